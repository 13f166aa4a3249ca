import { isOpen } from '../engine/report.js';
import type { Report } from '../engine/types.js';
import { maskSecrets } from '../salesforce/secretText.js';
import { editFor } from './packageEdits.js';
import type { ReadSource } from './plan.js';
import { sameEnds } from './unifiedDiff.js';

/** Text that takes the place of a part of a file. Lines and columns count from 1; the end is not part of it. */
export type LineReplacement = {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
  text: string;
};
/** What closes one finding of a package, whichever others are closed. */
export type LineEdit = {
  effect: string;
  changes: ReadonlyArray<{ file: string; replacements: readonly LineReplacement[] }>;
};

/** The edits of metadata that close findings of packages, by fingerprint. */
export async function lineEditsOf(report: Report, read: ReadSource): Promise<ReadonlyMap<string, LineEdit>> {
  const edits = new Map<string, LineEdit>();
  for (const { target, results } of report.targets.filter((one) => one.target.kind === 'package')) {
    for (const { control, findings } of results) {
      const edit = editFor(control.id);
      for (const finding of edit === undefined ? [] : findings.filter(isOpen)) {
        const { file } = finding.subject;
        if (edit === undefined || file === undefined) continue;
        const apply = (lines: Array<string | undefined>): boolean => edit.apply(lines, finding);
        // eslint-disable-next-line no-await-in-loop -- few findings, and the file is in the cache of the system
        const changes = await changesIn([file, ...(edit.files?.(file) ?? [])], edit.also?.(file) ?? [], (one) =>
          replacementsIn(read(target, one), apply)
        );
        if (changes.length > 0) edits.set(finding.fingerprint, { effect: edit.effect, changes });
      }
    }
  }
  return edits;
}

type Change = LineEdit['changes'][number];

/** The first file that has the element, and what changes in addition. */
async function changesIn(
  files: readonly string[],
  also: readonly string[],
  replace: (file: string) => Promise<LineReplacement[]>
): Promise<Change[]> {
  for (const file of files) {
    // eslint-disable-next-line no-await-in-loop -- the first file that has the element
    const replacements = await replace(file);
    if (replacements.length === 0) continue;
    // eslint-disable-next-line no-await-in-loop
    const others = await Promise.all(also.map(async (one) => ({ file: one, replacements: await replace(one) })));
    return [{ file, replacements }, ...others.filter((one) => one.replacements.length > 0)];
  }
  return [];
}

/** Nothing where the text of a change would show a secret. */
async function replacementsIn(
  source: Promise<string | undefined>,
  apply: (lines: Array<string | undefined>) => boolean
): Promise<LineReplacement[]> {
  const text = await source;
  const before = text?.split('\n') ?? [];
  const after: Array<string | undefined> = [...before];
  if (!apply(after)) return [];
  const changed = before.flatMap((line, index) => replacementOf(line, after[index], index + 1));
  return changed.some((one) => maskSecrets(one.text) !== one.text) ? [] : changed;
}

/** A line that is taken out ends where the next one begins. */
function replacementOf(before: string, after: string | undefined, line: number): LineReplacement[] {
  if (after === before) return [];
  if (after === undefined) return [{ startLine: line, startColumn: 1, endLine: line + 1, endColumn: 1, text: '' }];
  const { start, end } = sameEnds(before, after);
  const text = after.slice(start, after.length - end);
  return [{ startLine: line, startColumn: start + 1, endLine: line, endColumn: before.length - end + 1, text }];
}
