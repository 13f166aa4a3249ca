/** What a text is made of: literal parts, the address of the org, a session id, and holes, which nothing is known of. */
type Part = { kind: 'text'; value: string } | { kind: 'own' } | { kind: 'session'; key: string } | { kind: 'hole' };
export type Text = readonly Part[];
/** The texts that a value may be. Empty: no value was found. */
export type Texts = readonly Text[];

/** Texts are a finite lattice: past these limits the rest is a hole. */
const MOST_PARTS = 60;
const MOST_TEXTS = 24;
const MOST_CHARACTERS = 200_000;

const HOLE: Part = { kind: 'hole' };
export const UNKNOWN: Texts = [[HOLE]];
export const OWN_ADDRESS: Texts = [[{ kind: 'own' }]];

export function literal(value: string): Texts {
  return [value === '' ? [] : [{ kind: 'text', value }]];
}

export function session(key: string): Texts {
  return [[{ kind: 'session', key }]];
}

/** Every text of one, followed by every text of the next. What has no value is a hole. */
export function join(...all: readonly Texts[]): Texts {
  return all
    .map((texts) => (texts.length === 0 ? UNKNOWN : texts))
    .reduce<Texts>(
      (before, texts) => capped(before.flatMap((first) => texts.map((second) => shortened([...first, ...second])))),
      [[]]
    );
}

export function union(...all: readonly Texts[]): Texts {
  const filled = all.filter(({ length }) => length > 0);
  const [only] = filled;
  return filled.length === 1 && only ? only : capped(filled.flat());
}

/** A text that was changed: of what it was made of only the session ids are still known. */
export function vague(texts: Texts): Texts {
  const sessions = sessionsIn(texts);
  return [[HOLE, ...[...sessions].map((key): Part => ({ kind: 'session', key }))]];
}

export function sessionsIn(texts: Texts): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.flatMap((part) => (part.kind === 'session' ? [part.key] : []))));
}

/** The parts of the longest text. */
export function partsIn(texts: Texts): number {
  return Math.max(1, ...texts.map(({ length }) => length));
}

/** `change` for the literal parts of every text. */
export function mapped(texts: Texts, change: (value: string) => Text): Texts {
  return capped(
    texts.map((text) => shortened(text.flatMap((part) => (part.kind === 'text' ? change(part.value) : [part]))))
  );
}

/** For patterns: a hole and a session id are `…`, the address of the org is `⌂`. */
export function written(text: Text): string {
  return text
    .map((part) => (part.kind === 'text' ? part.value.replace(/[…⌂]/g, '?') : part.kind === 'own' ? '⌂' : '…'))
    .join('')
    .replace(/…+/g, '…');
}

/** The value of a text without holes. */
export function wholeText(text: Text): string | undefined {
  return text.every(({ kind }) => kind === 'text') ? written(text) : undefined;
}

function shortened(parts: Text): Text {
  const merged: Part[] = [];
  let characters = 0;
  for (const [index, part] of parts.entries()) {
    const last = merged.at(-1);
    characters += part.kind === 'text' ? part.value.length : 1;
    if (merged.length >= MOST_PARTS || characters > MOST_CHARACTERS) {
      return [...merged, ...(vague([parts.slice(index)])[0] ?? [])];
    }
    if (part.kind === 'text' && last?.kind === 'text') {
      merged[merged.length - 1] = { kind: 'text', value: last.value + part.value };
    } else if (part.kind !== 'hole' || last?.kind !== 'hole') merged.push(part);
  }
  return merged;
}

function capped(texts: readonly Text[]): Texts {
  const distinct = new Map(texts.map((text) => [JSON.stringify(text), text]));
  if (distinct.size <= MOST_TEXTS) return [...distinct.values()];
  const all = [...distinct.values()];
  const [first = []] = all;
  const same = first.findIndex((part, index) =>
    all.some((text) => JSON.stringify(text[index]) !== JSON.stringify(part))
  );
  // What all of them begin with is still known.
  return [[...first.slice(0, Math.max(0, same)), ...(vague(all)[0] ?? [])]];
}
