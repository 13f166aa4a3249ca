import { readFile } from 'node:fs/promises';
import { Args, type Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { stringify } from 'yaml';
import { catalogue } from '../catalogue.js';
import {
  answersFor,
  dayAfter,
  entryFor,
  LASTS,
  PLACEHOLDER,
  type Author,
  type PolicyAnswer,
  type PolicyEntry,
} from '../engine/policyEntries.js';
import { isOpen } from '../engine/report.js';
import type { Finding, Report, Result, Subject, Target } from '../engine/types.js';
import { addEntry, closest, parsePolicy } from '../policy/index.js';
import { appAttestations } from '../render/index.js';
import { maskedIn } from '../salesforce/secretText.js';
import { isDay } from './asOf.js';
import { failure, errorFromMessages, oneLineMessage } from './errors.js';
import { filled, HELP_GROUPS, sharedFlags } from './flags.js';
import { replaceFile } from './outputFiles.js';
import { readReport } from './reportFiles.js';
import { displayPath, nearControls, policyOf } from './runConfig.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.answers');

/** What the commands answer: the entry, and the policy file if it was written. */
export type WrittenEntry = { section: string; entry: Record<string, string | readonly string[]>; file?: string };

/** The arguments of waive, trust, attest and justify. Not `required`: each error has an exit code and a message of this tool. */
export const answerArgs = {
  finding: Args.string({ description: messages.getMessage('args.finding.description') }),
  report: Args.string({ description: messages.getMessage('args.report.description') }),
};

const entryFlag = { parse: filled, helpGroup: HELP_GROUPS.entry } as const;

export const answerFlags = {
  owner: Flags.string({ ...entryFlag, summary: messages.getMessage('flags.owner.summary') }),
  reason: Flags.string({ ...entryFlag, summary: messages.getMessage('flags.reason.summary') }),
  until: Flags.string({ ...entryFlag, summary: messages.getMessage('flags.until.summary') }),
  subject: Flags.string({ ...entryFlag, summary: messages.getMessage('flags.subject.summary') }),
  target: Flags.string({ ...entryFlag, summary: messages.getMessage('flags.target.summary') }),
  write: Flags.boolean({ helpGroup: HELP_GROUPS.output, summary: messages.getMessage('flags.write.summary') }),
  'policy-file': sharedFlags['policy-file'],
};

/** Of `justify` alone. */
export const supplementedBy = Flags.string({
  ...entryFlag,
  summary: messages.getMessage('flags.supplemented-by.summary'),
});

type Parsed = {
  args: Interfaces.InferredArgs<typeof answerArgs>;
  flags: Interfaces.InferredFlags<typeof answerFlags> & { 'supplemented-by'?: string };
};

/**
 * Prints the entry of the policy that answers a finding, or adds it to the policy.
 *
 * @throws SfError
 */
export async function answerFinding(
  answer: PolicyAnswer,
  { args, flags }: Parsed,
  log: (text: string) => void
): Promise<WrittenEntry> {
  const { owner, reason, until, write, 'supplemented-by': supplement } = flags;
  if (args.finding === undefined || args.report === undefined)
    throw errorFromMessages(messages, 2, 'noFinding', [], [answer]);
  if (write && (owner === undefined || reason === undefined)) throw errorFromMessages(messages, 2, 'noAuthor');
  if (until !== undefined && !isDay(until)) throw errorFromMessages(messages, 2, 'noDay', [until]);
  const report = maskedIn(await readReport(args.report));
  const on = new Date().toISOString().slice(0, 10);
  const author = { owner: owner ?? PLACEHOLDER.owner, reason: reason ?? PLACEHOLDER.reason, on };
  const isApp = answer === 'attest' && args.finding.startsWith(APP);
  const proposed = isApp
    ? appEntryFor(args.finding, report, { ...author, until, target: flags.target })
    : entryOf(answer, candidateFor(answer, args.finding, report, flags), {
        ...author,
        until,
        supplementedBy: supplement,
      });
  const section = proposed.section.join('.');
  if (write) {
    const isIncomplete = Object.values(proposed.entry).includes(PLACEHOLDER.supplementedBy);
    if (isIncomplete) throw errorFromMessages(messages, 2, 'noSupplement');
    const file = await addToPolicy(proposed, flags['policy-file']);
    log(messages.getMessage('info.written', [section, file]));
    return { section, entry: { ...proposed.entry }, file };
  }
  log(yamlOf(proposed));
  return { section, entry: { ...proposed.entry } };
}

const APP = 'ExternalClientApp:';

/** One look at an External Client App in Setup answers several controls, with one entry. */
function appEntryFor(
  asked: string,
  { targets }: Report,
  { target: wanted, until, owner, reason, on }: Author & { target?: string }
): PolicyEntry {
  const found = targets
    .filter(({ target }) => wanted === undefined || target.name === wanted)
    .flatMap((one) =>
      appAttestations(one).flatMap((app) => (`${APP}${app.app}` === asked ? [{ ...app, target: one.target.name }] : []))
    );
  const [first, second] = found;
  if (first === undefined) throw errorFromMessages(messages, 1, 'unknownFinding', [asked]);
  if (second !== undefined) {
    const names = found.map(({ target }) => target);
    const lines = names.map((name) => `  ${asked}  ${name}`).join('\n');
    throw failure(2, 'SeveralFindings', messages.getMessage('error.severalFindings', [asked, lines]), [
      messages.getMessage('info.useTarget', [names.slice(0, MOST_LISTED).join(', ')]),
    ]);
  }
  const { controls, org } = first;
  const about = { control: controls, ...(org === undefined ? {} : { org }), subject: asked };
  const expires = until ?? dayAfter(on, LASTS.attest);
  return { section: ['attestations'], entry: { ...about, reason, owner, on, expires } };
}

/** @throws SfError with exit code 1 where the policy has no such answer */
function entryOf(answer: PolicyAnswer, candidate: Candidate, author: Author): PolicyEntry {
  const entry = entryFor(answer, candidate, author);
  if (entry === undefined) throw notAnswered(answer, candidate);
  return entry;
}

type Candidate = { target: Target; result: Result; finding?: Finding; subject?: Subject };

/** The one finding, or the one open question, that is meant. */
function candidateFor(answer: PolicyAnswer, asked: string, report: Report, flags: Parsed['flags']): Candidate {
  const targets = report.targets.filter(({ target }) => flags.target === undefined || target.name === flags.target);
  const all = targets.flatMap(({ target, results }) => results.flatMap((result) => candidatesIn(target, result)));
  const meant = all.filter((one) => isMeant(one, asked));
  const named = meant.filter((one) => flags.subject === undefined || candidateName(one) === flags.subject);
  const fitting = named.filter(({ result, finding }) => answersFor(result, finding).includes(answer));
  const [first, second] = fitting;
  if (first === undefined && named[0] !== undefined) throw notAnswered(answer, named[0]);
  if (first === undefined) throw notFound(asked, report, meant, flags);
  if (second !== undefined) throw ambiguous(asked, fitting);
  return first;
}

/** Names what was probably meant: of the targets, the subjects or the controls of the report. */
function notFound(asked: string, report: Report, meant: readonly Candidate[], flags: Parsed['flags']): Error {
  const { target, subject } = flags;
  const targets = report.targets.map((one) => one.target.name);
  const controls = report.targets.flatMap(({ results }) => results.map(({ control }) => control.id));
  const [what, near] =
    target !== undefined && !targets.includes(target)
      ? [`${asked} --target ${target}`, closest(target, targets)]
      : subject !== undefined && meant.length > 0
        ? [`${asked} --subject ${subject}`, closest(subject, meant.map(candidateName))]
        : [asked, nearControls(asked, [...new Set(controls)])];
  return failure(1, 'UnknownFinding', messages.getMessage('error.unknownFinding', [what]), [
    ...(near === undefined || near === asked ? [] : [messages.getMessage('info.didYouMean', [near])]),
    ...messages.getMessages('error.unknownFinding.actions'),
  ]);
}

/** Names each way to tell the findings apart. */
function ambiguous(asked: string, candidates: readonly Candidate[]): Error {
  const targets = [...new Set(candidates.map(({ target }) => target.name))];
  const subjects = [...new Set(candidates.map(candidateName))];
  return failure(2, 'SeveralFindings', messages.getMessage('error.severalFindings', [asked, listed(candidates)]), [
    ...(candidates.every(({ finding }) => finding) ? [messages.getMessage('info.useFingerprint')] : []),
    ...(targets.length > 1 ? [messages.getMessage('info.useTarget', [targets.slice(0, MOST_LISTED).join(', ')])] : []),
    ...(subjects.length > 1 ? [messages.getMessage('info.useSubject', [JSON.stringify(subjects[0])])] : []),
  ]);
}

function candidatesIn(target: Target, result: Result): Candidate[] {
  const findings = result.findings.filter(isOpen).map((finding) => ({ target, result, finding }));
  if (result.verdict !== 'inconclusive') return findings;
  const subjects = new Map(
    result.gaps.flatMap(({ subject }) => (subject ? [[`${subject.type}:${subject.name}`, subject] as const] : []))
  );
  const about = [...subjects.values()].map((subject) => ({ target, result, subject }));
  return [...findings, ...(about.length > 0 ? about : [{ target, result }])];
}

/** A fingerprint, or its first 8 characters or more; the id of the control, with or without `org/`. */
function isMeant({ result: { control }, finding }: Candidate, asked: string): boolean {
  if (control.id === asked || control.id.slice(control.id.indexOf('/') + 1) === asked) return true;
  return asked.length >= 8 && finding !== undefined && finding.fingerprint.startsWith(asked);
}

function candidateName({ finding, subject }: Candidate): string {
  const about = finding?.subject ?? subject;
  return about === undefined ? '' : `${about.type}:${about.name}`;
}

const MOST_LISTED = 10;

function listed(candidates: readonly Candidate[]): string {
  const lines = candidates.slice(0, MOST_LISTED).map((one) => {
    const mark = one.finding?.fingerprint.slice(0, 12) ?? one.result.control.id;
    return `  ${mark}  ${one.target.name}  ${candidateName(one)}`.trimEnd();
  });
  const more = candidates.length - MOST_LISTED;
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}

function notAnswered(answer: PolicyAnswer, { result, finding }: Candidate): Error {
  const possible = answersFor(result, finding);
  const how = possible.length === 0 ? messages.getMessage('info.fixOnly') : possible.join(', ');
  return errorFromMessages(messages, 1, 'otherAnswer', [result.control.id, answer], [how]);
}

/** @returns the file as a person types it */
async function addToPolicy({ section, entry }: PolicyEntry, given: string | undefined): Promise<string> {
  const { source } = await policyOf(given, catalogue);
  if (source === undefined) throw errorFromMessages(messages, 1, 'noPolicy');
  const file = displayPath(source.file);
  const text = addEntry(await readFile(source.file, 'utf8'), section, entry);
  try {
    parsePolicy(text, file, catalogue, new Date());
  } catch (error) {
    throw failure(1, 'InvalidEntry', messages.getMessage('error.invalidEntry', [oneLineMessage(error)]), [
      ...messages.getMessages('error.invalidEntry.actions'),
    ]);
  }
  await replaceFile(source.file, text);
  return file;
}

function yamlOf({ section, entry }: PolicyEntry): string {
  const nested = section.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), [entry]);
  return stringify(nested, { lineWidth: 0 }).trimEnd();
}
