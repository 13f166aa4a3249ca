import { compare } from '../common/lists.js';
import { maskSecrets } from '../salesforce/secretText.js';
import type { Finding } from '../engine/types.js';
import { editFor } from './packageEdits.js';
import { unifiedDiff } from './unifiedDiff.js';

type Source = { text: string; lines: Array<string | undefined> };

/** Files of one project as they are, and with the lines that close findings. A line that is taken out is `undefined`. */
export class SourceEdits {
  private readonly files = new Map<string, Source | undefined>();

  public constructor(private readonly read: (file: string) => Promise<string | undefined>) {}

  /** Changes the first file that has the element; nothing if none has it, or if the diff would show a secret. */
  public async apply(
    control: string,
    finding: Finding,
    files: readonly string[]
  ): Promise<{ effect: string } | undefined> {
    const edit = editFor(control, finding);
    if (edit === undefined) return undefined;
    for (const file of files) {
      // eslint-disable-next-line no-await-in-loop -- the first file that has the element
      const isPlanned = await this.change(file, (lines) => edit.apply(lines, finding));
      if (!isPlanned) continue;
      const others = edit.also?.(file) ?? [];
      // eslint-disable-next-line no-await-in-loop
      for (const other of others) await this.change(other, (lines) => edit.apply(lines, finding));
      return { effect: edit.effect };
    }
    return undefined;
  }

  /** What `git apply` takes; empty if nothing changed. */
  public diff(): string {
    return [...this.files]
      .toSorted(([one], [other]) => compare(one, other))
      .map(([file, source]) => (source === undefined ? '' : unifiedDiff(file, source.text, sourceText(source.lines))))
      .join('');
  }

  /** Whether the file is changed, by this finding or by another one that needs the same. */
  private async change(file: string, apply: (lines: Array<string | undefined>) => boolean): Promise<boolean> {
    const source = await this.open(file);
    if (source === undefined) return false;
    const lines = [...source.lines];
    if (!apply(lines)) return isCovered(source, apply);
    if (showsSecret(unifiedDiff(file, source.text, sourceText(lines)))) return false;
    source.lines = lines;
    return true;
  }

  private async open(file: string): Promise<Source | undefined> {
    if (!this.files.has(file)) {
      const text = await this.read(file);
      this.files.set(file, text === undefined ? undefined : { text, lines: text.split('\n') });
    }
    return this.files.get(file);
  }
}

/** Whether another finding of the plan changes the lines already, to the same text. */
function isCovered({ text, lines }: Source, apply: (lines: Array<string | undefined>) => boolean): boolean {
  const before = text.split('\n');
  const after: Array<string | undefined> = [...before];
  if (!apply(after)) return false;
  return after.every((line, index) => line === before[index] || line === lines[index]);
}

function sourceText(lines: ReadonlyArray<string | undefined>): string {
  return lines.filter((line) => line !== undefined).join('\n');
}

function showsSecret(diff: string): boolean {
  return /<consumerSecret>/i.test(diff) || maskSecrets(diff) !== diff;
}
