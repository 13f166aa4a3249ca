import { compare } from '../common/lists.js';
import type { Account, Coverage, Evidence, EvidenceOf, Gap, OpenFile } from './types.js';

/** Files that are named one by one; the rest of a fact share one gap, which no attestation covers. */
const MOST_NAMED = 500;

/** Evidence of a fact that was read from files: complete only if the account leaves nothing open. */
export function accounted<T>(value: T, account: Account, gaps: readonly Gap[] = []): Evidence<T> {
  const { gap, open: files } = separated(gaps);
  const all = files.length === 0 ? account : { ...account, open: [...(account.open ?? []), ...files] };
  const [open] = all.open ?? [];
  if (gap === undefined && open === undefined) return { status: 'complete', value, account };
  return { status: 'partial', value, gap: gap ?? openFileGap(open as OpenFile), account: all };
}

/**
 * Gaps of one fact, as evidence keeps them: a gap for each file, so that an attestation about one file covers no other,
 * and one gap for what belongs to no file.
 */
function separated(gaps: readonly Gap[]): { gap?: Gap; open: readonly OpenFile[] } {
  const files = gaps.filter(isOfFile);
  const [first, ...others] = gaps.filter((gap) => !isOfFile(gap));
  const open = files.map(({ subject, detail, kind }) => ({ ...subject, why: detail, kind }));
  if (first === undefined) return { open };
  const detail = [first, ...others].map((gap) => gap.detail).join(' ');
  return { gap: others.length === 0 ? first : { ...first, detail }, open };
}

type GapOfFile = Gap & { kind: NonNullable<OpenFile['kind']>; subject: { type: string; name: string; file: string } };

function isOfFile(gap: Gap): gap is GapOfFile {
  const { kind, subject } = gap;
  return subject?.file !== undefined && (kind === 'unreadable' || kind === 'not-understood' || kind === 'limit');
}

/**
 * Everything that is missing from the evidence of one fact. This is the only place where a file that was not read, or
 * not understood, turns into a gap.
 */
export function gapsIn(evidence: Evidence<unknown>): Gap[] {
  const open = evidence.account?.open ?? [];
  const named = open.slice(0, MOST_NAMED).map(openFileGap);
  const more = open.length - named.length;
  const gaps: Gap[] = [
    ...(evidence.status === 'complete' ? [] : [evidence.gap]),
    ...named,
    ...(more > 0 ? [{ kind: 'limit' as const, detail: `${more} more files could not be evaluated.` }] : []),
  ];
  // The gap of the evidence may be that of its first file.
  return [...new Map(gaps.map((gap) => [JSON.stringify([gap.kind, gap.detail]), gap])).values()];
}

/** What became of the files of a target; nothing where no fact was read from files. */
export function targetCoverage<Facts>(evidence: EvidenceOf<Facts>): Coverage | undefined {
  const accounts = Object.values(evidence as Record<string, Evidence<unknown> | undefined>).flatMap(
    (fact) => fact?.account ?? []
  );
  if (accounts.length === 0) return undefined;
  // The most serious state of a file is the one that counts: what one rule read, another did not understand.
  const open = new Set(
    accounts.flatMap((account) => [...(account.open ?? []).map(({ file }) => file), ...(account.unread ?? [])])
  );
  const reasons = new Map(
    accounts.flatMap((account) => account.excluded ?? []).map(({ file, reason }) => [file, reason] as const)
  );
  const evaluated = new Set(accounts.flatMap((account) => account.evaluated ?? []));
  const inScope = accounts.flatMap((account) => account.inScope ?? []);
  const files = new Set([...inScope, ...evaluated, ...reasons.keys(), ...open]);
  const excluded = new Map<string, number>();
  for (const file of files) {
    const reason = open.has(file) ? undefined : (reasons.get(file) ?? (evaluated.has(file) ? undefined : NO_RULE));
    if (reason !== undefined) excluded.set(reason, (excluded.get(reason) ?? 0) + 1);
  }
  const left = [...excluded].map(([reason, count]) => ({ reason, files: count }));
  return {
    files: files.size,
    evaluated: files.size - open.size - left.reduce((sum, one) => sum + one.files, 0),
    excluded: left.sort((one, other) => other.files - one.files || compare(one.reason, other.reason)),
    notUnderstood: open.size,
  };
}

const NO_RULE = 'no selected control reads this kind of file';

function openFileGap(open: OpenFile): Gap {
  const { line, why, kind = 'not-understood', type = 'File' } = open;
  const file = open.path ?? open.file;
  const at = line === undefined ? {} : { line };
  return {
    kind,
    // A sentence that begins with its file needs no second one.
    detail: why.startsWith(file) ? why : `${file}${line === undefined ? '' : `:${line}`}: ${why}`,
    subject: { type, name: open.name ?? file, file, ...at },
  };
}
