import { Messages } from '@salesforce/core';
import { DAY } from '../common/dates.js';
import { isDay, isMoment } from './asOf.js';
import { errorFromMessages } from './errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.draft-incident-report');

/** A period as ISO times. `open`: without a given end, so it ends now. */
type GivenWindow = { since: string; until: string; open: boolean };

/**
 * The time that `--since` and `--until` name; the last seven days without them. A day begins at midnight UTC, and as an end
 * it counts whole, as far as it has come.
 *
 * @throws SfError with exit code 2
 */
export const windowOf = (since: string | undefined, until: string | undefined, now: Date): GivenWindow => {
  const end = until === undefined ? now.getTime() : endOf(until, now);
  const start = since === undefined ? end - 7 * DAY : startOf('since', since);
  if (start > now.getTime()) throw wrong('futureWindow', ['--since', since ?? '']);
  if (start >= end) throw wrong('emptyWindow', [new Date(start).toISOString(), new Date(end).toISOString()]);
  return { since: new Date(start).toISOString(), until: new Date(end).toISOString(), open: end === now.getTime() };
};

const startOf = (flag: string, text: string): number => {
  if (!isDay(text) && !isMoment(text)) throw wrong('noMoment', [text, `--${flag}`]);
  return Date.parse(text);
};

const endOf = (text: string, now: Date): number => {
  const start = startOf('until', text);
  if (start > now.getTime()) throw wrong('futureWindow', ['--until', text]);
  return isDay(text) ? Math.min(start + DAY, now.getTime()) : start;
};

const wrong = (key: 'noMoment' | 'futureWindow' | 'emptyWindow', tokens: string[]): Error =>
  errorFromMessages(messages, 2, key, tokens);
