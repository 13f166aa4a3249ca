/** A half-open interval in milliseconds since 1970: `start <= t < end`. */
export type Interval = {
  start: number;
  end: number;
};

const DAY = 86_400_000;

function dayStart(now: number): number {
  return Math.floor(now / DAY) * DAY;
}

/** Start of the week, Sunday, as in the en_US locale. */
function weekStart(now: number): number {
  return dayStart(now) - new Date(now).getUTCDay() * DAY;
}

function monthStart(now: number, offset: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
}

function quarterStart(now: number, offset: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), (Math.floor(date.getUTCMonth() / 3) + offset) * 3, 1);
}

function yearStart(now: number, offset: number): number {
  return Date.UTC(new Date(now).getUTCFullYear() + offset, 0, 1);
}

/** Start of the unit that lies `offset` units from the current one. */
function unitStart(unit: string, now: number, offset: number): number | undefined {
  // Assumption: the fiscal year is the calendar year, as in an org that never changed it.
  switch (unit.replace('FISCAL_', '')) {
    case 'DAY':
      return dayStart(now) + offset * DAY;
    case 'WEEK':
      return weekStart(now) + offset * 7 * DAY;
    case 'MONTH':
      return monthStart(now, offset);
    case 'QUARTER':
      return quarterStart(now, offset);
    case 'YEAR':
      return yearStart(now, offset);
    default:
      return undefined;
  }
}

/**
 * The interval of a SOQL date literal (SOQL and SOSL Reference, "Date Formats and Date Literals in WHERE").
 * Days begin at midnight UTC: the auditing user of every scenario has that time zone.
 */
export function dateLiteral(literal: string, now: number): Interval | undefined {
  const [name = '', count] = literal.toUpperCase().split(':');
  const n = Number(count ?? 0);
  const fixed: Record<string, [string, number]> = {
    YESTERDAY: ['DAY', -1],
    TODAY: ['DAY', 0],
    TOMORROW: ['DAY', 1],
  };
  const day = fixed[name];
  if (day) {
    return between(day[0], now, day[1], day[1] + 1);
  }
  // LAST_N_DAYS and LAST_90_DAYS run up to and including today; every longer unit excludes the current one.
  if (name === 'LAST_90_DAYS' || name === 'LAST_N_DAYS') {
    return between('DAY', now, name === 'LAST_90_DAYS' ? -90 : -n, 1);
  }
  if (name === 'NEXT_90_DAYS') {
    return between('DAY', now, 1, 91);
  }
  const counted = /^(LAST_N|NEXT_N)_(.+)S$/.exec(name);
  if (counted) {
    return counted[1] === 'LAST_N' ? between(counted[2] ?? '', now, -n, 0) : between(counted[2] ?? '', now, 1, n + 1);
  }
  const ago = /^N_(.+)S_AGO$/.exec(name);
  if (ago) {
    return between(ago[1] ?? '', now, -n, -n + 1);
  }
  const relative = /^(LAST|THIS|NEXT)_(.+)$/.exec(name);
  if (relative) {
    const offset = relative[1] === 'LAST' ? -1 : relative[1] === 'NEXT' ? 1 : 0;
    return between(relative[2] ?? '', now, offset, offset + 1);
  }
  return undefined;
}

function between(unit: string, now: number, from: number, to: number): Interval | undefined {
  const start = unitStart(unit, now, from);
  const end = unitStart(unit, now, to);
  return start === undefined || end === undefined ? undefined : { start, end };
}
