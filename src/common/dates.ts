/** Milliseconds. */
export const DAY = 86_400_000;

/** The moment so many days earlier. */
export const daysBefore = (moment: Date, days: number): Date => new Date(moment.getTime() - days * DAY);

/** The UTC day of a moment as an ISO date: days are compared as text. */
export const isoDay = (moment: Date): string => moment.toISOString().slice(0, 10);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The day of a moment as people read it, in UTC: `23 Nov 2026`. What is no moment stays as it is. */
export function shortDay(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** A moment as people read it: `23 Nov 2026, 09:00 UTC`. */
export function shortTime(moment: string | Date): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return String(moment);
  const time = date.toISOString();
  return `${shortDay(time)}, ${time.slice(11, 16)} UTC`;
}

/** Whether a time of an org lies after the moment at which it was read; a day less, because clocks differ. */
export const isInFuture = (
  time: string,
  { asOf, collected = asOf }: { asOf: Date; collected?: Date | undefined }
): boolean => Date.parse(time) > Math.max(asOf.getTime(), collected.getTime()) + DAY;
