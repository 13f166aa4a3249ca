import { Messages } from '@salesforce/core';
import * as z from 'zod';
import { errorFromMessages } from './errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/** What `--as-of` names: a day, or a moment. */
export type AsOf = { text: string; start: Date; isDay: boolean };

export const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;
export const isMoment = (text: string): boolean => z.iso.datetime({ offset: true }).safeParse(text).success;

/** A day begins at midnight UTC. */
export const parseAsOf = (text: string): Promise<AsOf> => {
  if (!isDay(text) && !isMoment(text)) return Promise.reject(wrong('noDate', [text]));
  return Promise.resolve({ text, start: new Date(text), isDay: isDay(text) });
};

/**
 * The moment as of which evidence is judged: the one of the evidence itself, or a later one that `--as-of` names. The
 * day of the evidence means that moment, although the day began before it.
 *
 * @throws SfError with exit code 2 for an earlier one: what has expired since would count again
 */
export const evaluationDate = (asked: AsOf | undefined, collected: Date): Date => {
  if (!asked || (asked.isDay && collected.toISOString().startsWith(asked.text))) return collected;
  if (asked.start < collected) throw wrong('asOfTooEarly', [asked.text, collected.toISOString()]);
  return asked.start;
};

const wrong = (key: 'noDate' | 'asOfTooEarly', tokens: string[]): Error => errorFromMessages(messages, 2, key, tokens);
