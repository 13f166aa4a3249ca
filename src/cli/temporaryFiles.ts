import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cleaningUp } from './signals.js';

/** A place next to a path: what is complete there is renamed to the path. */
type Draft = { path: string; draft: string };

/** Runs `work` with a draft of each path, and removes what is left of them, also where a signal ends the process. */
export async function withDrafts<T>(
  paths: readonly string[],
  work: (drafts: readonly Draft[]) => Promise<T>
): Promise<T> {
  const drafts = paths.map((path) => ({ path, draft: `${path}.${randomUUID()}.tmp` }));
  const options = { recursive: true, force: true };
  try {
    return await cleaningUp(
      () => drafts.forEach(({ draft }) => rmSync(draft, options)),
      () => work(drafts)
    );
  } finally {
    // What cannot be removed must not take the place of why nothing was written.
    await Promise.all(drafts.map(({ draft }) => rm(draft, options).catch(() => undefined)));
  }
}

export const withDraft = <T>(path: string, work: (draft: string) => Promise<T>): Promise<T> =>
  withDrafts([path], ([only]) => work(only?.draft ?? ''));
