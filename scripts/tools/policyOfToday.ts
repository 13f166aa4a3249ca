import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.js';

/** The day on which the example was written. */
const written = Date.parse('2026-11-20');
const day = 86_400_000;

/**
 * Writes the example policy of the simulated orgs into a folder, with every date as far from today as it is from the
 * day it was written: an attestation lives for a year at most, and the demo should live longer.
 */
export const writePolicyOfToday = (folder: string): string => {
  const days = Math.floor((Date.now() - written) / day);
  const moved = (date: string): string => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);
  const text = readFileSync(inRoot('examples', 'orgs', 'security-review.yml'), 'utf8');
  const file = join(folder, 'security-review.yml');
  writeFileSync(file, text.replace(/\d{4}-\d\d-\d\d/g, moved));
  return file;
};
