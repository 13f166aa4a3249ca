import { createHash } from 'node:crypto';
import { sameId } from '../common/ids.js';
import { isoDay, shortDay } from '../common/dates.js';
import { compare } from '../common/lists.js';
import { counted } from '../common/text.js';
import { severityOf } from './controlSettings.js';
import { infoOf } from './control.js';
import type { Judged } from './judge.js';
import { isUnjustified } from './report.js';
import type {
  Attestation,
  Control,
  Finding,
  Gap,
  Latent,
  Violation,
  Policy,
  Result,
  Subject,
  Target,
  Verdict,
} from './types.js';

/** A result, and the entries of the policy that took part in it. */
export type Settled = { result: Result; used: ReadonlySet<object>; notices: readonly string[] };

type Dated = { on?: string; expires: string };

/** An entry counts from the day in `on` through the day in `expires` (UTC). */
export const isLive = ({ on = '', expires }: Dated, asOf: Date): boolean =>
  on <= isoDay(asOf) && isoDay(asOf) <= expires;

/**
 * Whether an org that the policy names is this one. A name counts only if it is bound: an org id, or an alias in `orgs`
 * of the policy. What a machine calls by an alias, or a username, is another org on the next machine.
 */
export const isOrg = (named: string, orgId: string | undefined, { orgs }: Pick<Policy, 'orgs'>): boolean =>
  sameId(orgs.find(({ alias }) => alias === named)?.id ?? named, orgId);

/** Whether an entry is about this target: it names no org, or this one. */
export const concerns = (org: string | undefined, { orgId }: Target, policy: Pick<Policy, 'orgs'>): boolean =>
  org === undefined || isOrg(org, orgId, policy);

/** Applies the entries of the policy to one judgement, in a fixed order: justifications, attestations, waivers. */
export function settle<Facts>(
  control: Control<Facts>,
  judged: Judged,
  policy: Policy,
  target: Target,
  asOf: Date
): Settled {
  const { judgement, gaps } = judged;
  const entries = entriesFor(control.id, policy, target, asOf);
  const seen = judgement.verdict === 'fail' ? judgement.findings : [];
  const wrong = disproved(gaps, control.attestable ? entries.attestations : []);
  const found = [...seen, ...wrong.map(({ violation }) => violation)];
  const shared = sharedNames([...found, ...gaps].flatMap(({ subject }) => subject ?? []));
  const applied = found.map((violation) => applyEntries(control.id, violation, entries, shared));
  const findings = applied.map(({ finding }) => finding);
  const decided = verdictOf(judgement, findings, findings.slice(seen.length), gaps);
  const { answer, notices } = attest(control, judged, decided, entries.attestations);
  const latent = (judgement.latent ?? []).map((one): Finding => ({
    ...one,
    fingerprint: fingerprint(control.id, one),
  }));
  return {
    result: {
      control: infoOf(control, severityOf(policy, control, asOf)),
      verdict: answer.verdict,
      reason: answer.reason,
      findings: [...findings, ...latent],
      gaps: answer.gaps,
      ...(answer.attestation ? { attestation: answer.attestation } : {}),
    },
    used: new Set<object>([...wrong.map(({ entry }) => entry), ...applied.flatMap(({ used }) => used), ...answer.used]),
    notices: [
      ...applied.flatMap((one) => one.notices),
      ...[...entries.justifications, ...entries.waivers].flatMap((one) =>
        namingNotices(one, control.id, found, shared)
      ),
      ...notices,
    ],
  };
}

type Entries = Pick<Policy, 'justifications' | 'attestations' | 'waivers'>;

/** The entries of the policy that are about a control of a target, and in force. */
function entriesFor(control: string, policy: Policy, target: Target, asOf: Date): Entries {
  const about = <E extends Dated & { control: string; org?: string }>(entries: readonly E[]): E[] =>
    entries.filter((entry) => entry.control === control && concerns(entry.org, target, policy) && isLive(entry, asOf));
  return {
    justifications: about(policy.justifications),
    attestations: about(policy.attestations),
    waivers: about(policy.waivers),
  };
}

/** A violation with the justification and the waiver that cover it. */
function applyEntries(
  control: string,
  violation: Violation,
  entries: Entries,
  shared: SharedNames
): { finding: Finding; used: object[]; notices: string[] } {
  const justification = entries.justifications.find((entry) => covers(entry, violation, shared));
  const waiver = entries.waivers.find((entry) => covers(entry, violation, shared));
  return {
    finding: {
      ...violation,
      fingerprint: fingerprint(control, violation),
      ...(justification && violation.kind === 'justification' ? { justification } : {}),
      ...(waiver ? { waiver } : {}),
    },
    used: [justification, waiver].flatMap((entry) => entry ?? []),
    notices:
      justification && violation.kind === 'violation'
        ? [`A violation cannot be justified: ${control}, ${justification.subject}.`]
        : [],
  };
}

/** The verdict before attestations. `disproofs`: findings that contradict an attestation. */
function verdictOf(
  judgement: Judged['judgement'],
  findings: readonly Finding[],
  disproofs: readonly Finding[],
  gaps: readonly Gap[]
): { verdict: Verdict; reason: string } {
  const [first, ...others] = disproofs.filter(isUnjustified);
  if (first && judgement.verdict !== 'fail') return { verdict: 'fail', reason: reasonOfFail([first, ...others]) };
  if (findings.length > 0 && !findings.some(isUnjustified)) {
    const texts = [...new Set(findings.map(({ justification }) => justification?.why ?? ''))].join(' · ');
    return gaps.length === 0
      ? { verdict: 'pass', reason: `Justified: ${texts}` }
      : { verdict: 'inconclusive', reason: `What was seen is justified (${texts}), but not everything was seen.` };
  }
  const { verdict } = judgement;
  return { verdict, reason: verdict === 'fail' ? reasonOfFail(judgement.findings) : judgement.reason };
}

/** The attestations answer what Salesforce does not show, never a refused read: that may be a violation. */
function attest<Facts>(
  control: Control<Facts>,
  { gaps, refused, crash }: Judged,
  decided: { verdict: Verdict; reason: string },
  attestations: readonly Attestation[]
): { answer: ReturnType<typeof answered>; notices: string[] } {
  const entries = !refused && !crash && decided.verdict === 'inconclusive' ? attestations : [];
  const answers = entries.filter(({ subject }) => isAnswerable(control, subject));
  const answer = answered(decided, gaps, answers, control.attestable);
  const subjects = gaps.flatMap(({ subject }) => (subject ? [subjectKey(subject)] : []));
  const isUnnamed = answer.attestation !== undefined && answer.attestation.subject === undefined;
  return {
    answer,
    notices: [
      ...(answers.length < entries.length
        ? [`Attestation ${control.id} answers nothing without a subject${typesOf(control)}.`]
        : []),
      ...(isUnnamed && subjects.length === gaps.length
        ? [
            `Attestation ${control.id} names no subject: it signs ${[...new Set(subjects)].join(', ')}, and whatever comes later.`,
          ]
        : []),
    ],
  };
}

/** Attestations that what was seen contradicts. The gap stays: which of the two is right is not known. */
function disproved(
  gaps: Judged['gaps'],
  entries: readonly Attestation[]
): Array<{ entry: Attestation; violation: Violation }> {
  return gaps.flatMap(({ subject: about, disproof }) => {
    if (about === undefined || disproof === undefined) return [];
    const entry = entries.find(({ subject }) => subject !== undefined && matches(subject, subjectKey(about)));
    if (entry === undefined) return [];
    const { owner, on } = entry;
    const message = `The attestation of ${owner} (${shortDay(on)}) is contradicted: ${disproof.message}`;
    const { kind = 'violation', subject } = disproof;
    return [{ entry, violation: { kind, subject, message, at: `attestation ${about.name}` } }];
  });
}

/** Where Salesforce hides the answer about some subjects only, nothing else can be signed. */
const isAnswerable = <Facts>({ attestableSubjects }: Control<Facts>, subject: string | undefined): boolean =>
  attestableSubjects === undefined ||
  (attestableSubjects === 'each'
    ? subject !== undefined && /^\w+:/.test(subject)
    : attestableSubjects.some((type) => subject?.startsWith(`${type}:`)));

const typesOf = <Facts>({ attestableSubjects }: Control<Facts>): string =>
  Array.isArray(attestableSubjects) ? ` of type ${attestableSubjects.join(', ')}` : '';

type Answered = Pick<Result, 'verdict' | 'reason' | 'gaps' | 'attestation'> & { used: readonly Attestation[] };

/**
 * An entry without a subject answers everything; entries with one answer together, if they leave no gap. What was not
 * understood needs an entry with its subject, under any control: its owner has checked that file.
 */
const answered = (
  decided: { verdict: Verdict; reason: string },
  gaps: Judged['gaps'],
  entries: readonly Attestation[],
  attestable: boolean
): Answered => {
  const isPlace = ({ kind }: Gap): boolean => kind === 'not-understood';
  const whole = attestable ? entries.find(({ subject }) => subject === undefined) : undefined;
  if (whole && !gaps.some((gap) => isPlace(gap) || gap.readable === true)) {
    return { verdict: 'attested', reason: attestationText(whole), gaps, attestation: whole, used: [whole] };
  }
  const answeredGaps = gaps.map((gap): Result['gaps'][number] => {
    if (gap.readable === true || (!attestable && !isPlace(gap))) return gap;
    const { subject: about } = gap;
    const covered = (subject: string | undefined): boolean =>
      subject !== undefined &&
      about !== undefined &&
      (isPlace(gap) ? subject === subjectKey(about) : matches(subject, subjectKey(about)));
    const named = entries.find(({ subject }) => covered(subject));
    const attestation = named ?? (isPlace(gap) ? undefined : whole);
    return attestation ? { ...gap, attestation } : gap;
  });
  const used = [...new Set(answeredGaps.flatMap(({ attestation }) => attestation ?? []))];
  const [first] = used.toSorted((one, other) => compare(one.expires, other.expires));
  if (first === undefined) return { ...decided, gaps, used };
  const texts = used.map(attestationText).join(' · ');
  return answeredGaps.every(({ attestation }) => attestation)
    ? { verdict: 'attested', reason: texts, gaps: answeredGaps, attestation: first, used }
    : { ...decided, reason: `${decided.reason} Answered in part: ${texts}`, gaps: answeredGaps, used };
};

const attestationText = ({ owner, expires, subject, reason }: Attestation): string =>
  `${owner} attested${subject === undefined ? '' : ` ${subject}`} until ${shortDay(expires)}: ${reason}`;

type Stated = Pick<Violation, 'message'>;

/** The first finding, and how many more. */
export const reasonOfFail = ([first, ...others]: readonly [Stated, ...Stated[]]): string =>
  others.length > 0 ? `${first.message} And ${counted(others.length, 'more finding')}.` : first.message;

type Naming = { subject: string; on?: string };
/** By `Type:name`: the ids or files of the subjects that share the name. */
type SharedNames = ReadonlyMap<string, readonly string[]>;

/**
 * `Type:name`, exact or with `*`, `Type:id` or `Type:file`. A name that several subjects share covers none of them, and
 * no subject that is newer than the entry: a second app of that name was never looked at.
 */
const covers = ({ subject: pattern, on }: Naming, { subject, since }: Violation, shared: SharedNames): boolean => {
  const { type, id, file } = subject;
  const written = pattern.startsWith(`${type}:`) ? pattern.slice(type.length + 1) : undefined;
  if (written !== undefined && (written === file || written === id || (isId(written) && sameId(written, id)))) {
    return true;
  }
  const name = subjectKey(subject);
  if (pattern !== name) return matches(pattern, name);
  return !shared.has(name) && !isNewer(since, on);
};

/** An app that was replaced under its name: the entry was written before this one was there. */
const isNewer = (since: string | undefined, on: string | undefined): boolean =>
  since !== undefined && on !== undefined && since > on;

/** What an entry by name does not cover, and how to name it instead. */
const namingNotices = (
  { subject: name, on }: Naming,
  control: string,
  found: readonly Violation[],
  shared: SharedNames
): string[] => {
  const places = shared.get(name);
  const instead = (place: string): string => `${name.slice(0, name.indexOf(':'))}:${place}`;
  if (places) {
    const what = isId(places[0] ?? '') ? 'id' : 'file';
    return [
      `${name} is the name of ${places.length} subjects under ${control}, so the entry covers none of them. ` +
        `Name one by its ${what}: ${instead(places[0] ?? '')}.`,
    ];
  }
  const newer = found.find(({ subject, since }) => subjectKey(subject) === name && isNewer(since, on));
  if (newer === undefined) return [];
  return [
    `${name} is in the org since ${shortDay(newer.since ?? '')}, after the entry of ${shortDay(on ?? '')} under ${control} was written, so the entry does not ` +
      `cover it. Name it by its id: ${instead(newer.subject.id ?? '')}.`,
  ];
};

const isId = (text: string): boolean => /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text);

/** Names with several ids, or files of the same name in several folders: the files of one component differ in theirs. */
const sharedNames = (subjects: readonly Subject[]): SharedNames => {
  const places = new Map<string, Map<string, Set<string>>>();
  for (const subject of subjects) {
    const { id, file } = subject;
    const place = id ?? file;
    if (place === undefined) continue;
    const kind = id === undefined ? place.slice(place.lastIndexOf('/') + 1) : 'id';
    const kinds = places.get(subjectKey(subject)) ?? new Map<string, Set<string>>();
    places.set(subjectKey(subject), kinds.set(kind, (kinds.get(kind) ?? new Set()).add(place)));
  }
  return new Map(
    [...places].flatMap(([name, kinds]): Array<[string, string[]]> => {
      const several = [...kinds.values()].find(({ size }) => size > 1);
      return several ? [[name, [...several]]] : [];
    })
  );
};

const subjectKey = ({ type, name }: Subject): string => `${type}:${name}`;

/** Glob with `*` only; everything else is literal. */
export const matches = (pattern: string, text: string): boolean => {
  const [head = '', ...tails] = pattern.split('*');
  if (tails.length === 0) return pattern === text;
  if (!text.startsWith(head)) return false;
  const last = tails.pop() ?? '';
  let at = head.length;
  for (const middle of tails) {
    const found = text.indexOf(middle, at);
    if (found < 0) return false;
    at = found + middle.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
};

/** Stable over runs: no wording, no line number. */
const fingerprint = (control: string, { subject, at }: Violation | Latent): string =>
  createHash('sha256')
    .update(JSON.stringify([control, subject.type, subject.id ?? subject.file ?? '', subject.name, at ?? '']))
    .digest('hex')
    .slice(0, 32);
