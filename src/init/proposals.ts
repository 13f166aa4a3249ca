import type { Evidence } from '../engine/types.js';

/** The sections of the policy for which entries can be proposed, in the order of the file. */
export const sections = [
  'orgs',
  'trust.packages',
  'trust.apps',
  'trust.tokens',
  'trust.ipRanges',
  'integrations',
  'attestations',
] as const;
export type Section = (typeof sections)[number];

/** An entry that a person may take over into the policy. Nothing trusts it before. */
export type Proposal = {
  section: Section;
  /** The org or package that shows it, as it was given. */
  target: string;
  /** What is known of it, for the reviewer. */
  about: string;
  /** What the org or the package says of it. */
  entry: Readonly<Record<string, string>>;
  /** Keys whose value is a list. */
  lists?: Readonly<Record<string, readonly string[]>>;
  /** Keys that only a person can fill in; the entry is not valid without them. */
  fill: readonly string[];
};
/** Something that was seen and needs no entry, or that no entry can say. */
type Remark = { section: Section; target: string; text: string };
/** Something that could not be read, or not whole. */
export type Unread = { section: Section; target: string; detail: string; grants?: readonly string[] };
export type Found = { proposals: readonly Proposal[]; remarks: readonly Remark[]; unseen: readonly Unread[] };

/** Several finds as one, each proposal once: a package that two orgs have is decided once. */
export const together = (all: readonly Found[]): Found => {
  const proposals = new Map<string, Proposal>();
  for (const one of all.flatMap((each) => each.proposals)) {
    const key = JSON.stringify([one.section, one.entry]);
    if (!proposals.has(key)) proposals.set(key, one);
  }
  const lookedAt = new Set([...proposals.values()].filter(({ entry }) => 'alias' in entry).map(namespaceOf));
  return {
    // An org that was looked at needs no second entry because another one is linked to it.
    proposals: [...proposals.values()].filter(
      (one) => one.section !== 'orgs' || 'alias' in one.entry || !lookedAt.has(namespaceOf(one))
    ),
    remarks: all.flatMap(({ remarks }) => remarks),
    unseen: all.flatMap(({ unseen }) => unseen),
  };
};

/** Namespaces do not tell upper from lower case. */
const namespaceOf = ({ entry }: Proposal): string | undefined => entry.namespace?.toLowerCase();

/** A proposal for the section of its evidence, unless it names another one. */
export type Proposed = Omit<Proposal, 'section' | 'target'> & { section?: Section };
export type Shown = { proposals?: readonly Proposed[]; remarks?: readonly string[] };

/** What one piece of evidence comes to: what it shows, and what it hides. */
export const found = <T>(
  section: Section,
  target: string,
  evidence: Evidence<T> | undefined,
  show: (value: T) => Shown
): Found => {
  const held: Evidence<T> = evidence ?? { status: 'unavailable', gap: { kind: 'error', detail: 'It was not read.' } };
  const { proposals = [], remarks = [] } = held.status === 'unavailable' ? {} : show(held.value);
  const { detail = '', grants = [] } = held.status === 'complete' ? {} : held.gap;
  return {
    proposals: proposals.map((one) => ({ section, target, ...one })),
    remarks: remarks.map((text) => ({ section, target, text })),
    unseen: held.status === 'complete' ? [] : [{ section, target, detail, ...(grants.length > 0 ? { grants } : {}) }],
  };
};

/** What only a person knows of an integration. */
export const integrationChoices = ['name', 'flow', 'callbackOwner', 'secretOwner'];
