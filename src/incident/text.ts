import { counted } from '../common/text.js';

/** A placeholder that only a person can fill; the same mark everywhere, so that one search finds what is left. */
export const fillIn = (what: string): string => `[FILL IN: ${what}]`;

/** How many lines of one list a document shows; evidence.json and timeline.csv contain all. */
export const shown = 200;

/** How much of something was seen: a part is never shown as if it were all. */
export type Extent = 'whole' | 'part' | 'none';

/** `3 users`, `at least 3 users`, or that it is not known. */
export const amount = (count: number, noun: string, extent: Extent): string =>
  // None of a part says nothing.
  extent === 'none' || (extent === 'part' && count === 0)
    ? `${noun}s not known`
    : `${extent === 'part' ? 'at least ' : ''}${counted(count, noun)}`;

/** What replaces an empty list. */
export const noneSeen = (extent: Extent): string =>
  extent === 'none'
    ? 'Not known: it could not be read.'
    : extent === 'part'
      ? 'None was seen, but not everything could be read.'
      : 'None was seen.';
