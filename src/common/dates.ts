/** Milliseconds. */
export const DAY = 86_400_000;

/** The moment so many days earlier. */
export const daysBefore = (moment: Date, days: number): Date => new Date(moment.getTime() - days * DAY);

/** The day of an ISO time. */
export const dayOf = (time: string): string => time.slice(0, 10);

/** Whether a time of an org lies after the moment at which it was read; a day less, because clocks differ. */
export const isInFuture = (
  time: string,
  { asOf, collected = asOf }: { asOf: Date; collected?: Date | undefined }
): boolean => Date.parse(time) > Math.max(asOf.getTime(), collected.getTime()) + DAY;
