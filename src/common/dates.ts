/** Milliseconds. */
export const day = 86_400_000;

/** The moment so many days earlier. */
export const daysBefore = (moment: Date, days: number): Date => new Date(moment.getTime() - days * day);

/** The day of an ISO time. */
export const dayOf = (time: string): string => time.slice(0, 10);
