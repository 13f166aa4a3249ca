import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { severities, type Severity } from '../engine/types.js';
import { closest } from '../policy/index.js';
import { formats } from '../render/index.js';
import { parseAsOf, type AsOf } from './asOf.js';
import { failure } from './errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

export const views = ['summary', 'table', 'detail'] as const;
export type View = (typeof views)[number];

const gateOns = ['all', 'new'] as const;
type GateOn = (typeof gateOns)[number];

/** The headings under which the help of a command lists its flags. */
export const HELP_GROUPS = {
  /** What the command reads. */
  input: 'Input',
  gate: 'Policy and gate',
  /** The earlier state with which the command compares. */
  comparison: 'Comparison',
  /** What the command writes into an entry of the policy. */
  entry: 'Entry',
  output: 'Output',
  evidence: 'Evidence',
  connection: 'Connection',
  owner: 'Owning org',
} as const;

/** Parses a flag with few values. Not Flags.option: sf answers a wrong value of that with exit code 1. */
export const oneOf =
  <T extends string>(values: readonly T[], flag: string) =>
  (input: string): Promise<T> => {
    const value = values.find((one) => one === input);
    if (value !== undefined) return Promise.resolve(value);
    const message = messages.getMessage('error.unknownValue', [input, flag]);
    const actions = messages.getMessages('error.unknownValue.actions', [values.join(', ')]);
    return Promise.reject(failure(2, 'UnknownValue', message, [...didYouMean(input, values), ...actions]));
  };

/** The value that was probably meant, as the first thing to try. */
export function didYouMean(text: string, candidates: readonly string[]): string[] {
  const near = closest(text, candidates);
  return near === undefined ? [] : messages.getMessages('error.unknownControl.closest', [near]);
}

/** Parses a flag that says something. A variable of a script that is not set leaves it empty. */
export const filled = (input: string, _context: unknown, { name }: { name: string }): Promise<string> => {
  if (input.trim() !== '') return Promise.resolve(input);
  const actions = messages.getMessages('error.emptyValue.actions');
  return Promise.reject(failure(2, 'EmptyValue', messages.getMessage('error.emptyValue', [name]), actions));
};

const outputFile = {
  char: 'f',
  helpGroup: HELP_GROUPS.output,
  parse: filled,
  summary: messages.getMessage('flags.output-file.summary', [formats.join(', ')]),
  description: messages.getMessage('flags.output-file.description'),
  multiple: true,
} as const;

/** `--output-file` of a command whose arguments are files: one value each time, what follows it is an argument. */
export const outputFileBesideFiles = Flags.string({ ...outputFile, multipleNonGreedy: true });

/** The flags that the commands that judge share; names and meaning are part of the tool's contract. */
export const sharedFlags = {
  control: Flags.string({
    parse: filled,
    helpGroup: HELP_GROUPS.gate,
    summary: messages.getMessage('flags.control.summary'),
    multiple: true,
  }),
  'policy-file': Flags.string({
    parse: filled,
    helpGroup: HELP_GROUPS.gate,
    summary: messages.getMessage('flags.policy-file.summary'),
  }),
  'output-file': Flags.string(outputFile),
  previous: Flags.string({
    parse: filled,
    helpGroup: HELP_GROUPS.comparison,
    summary: messages.getMessage('flags.previous.summary'),
    description: messages.getMessage('flags.previous.description'),
  }),
  // Not `dependsOn`: every error of the command line has an exit code and a message of this tool.
  'gate-on': Flags.custom<GateOn>({ parse: oneOf(gateOns, 'gate-on') })({
    helpGroup: HELP_GROUPS.gate,
    summary: messages.getMessage('flags.gate-on.summary'),
    helpValue: `<${gateOns.join('|')}>`,
  }),
  'severity-threshold': Flags.custom<Severity>({ parse: oneOf(severities, 'severity-threshold') })({
    helpGroup: HELP_GROUPS.gate,
    summary: messages.getMessage('flags.severity-threshold.summary'),
    helpValue: `<${severities.join('|')}>`,
  }),
  'as-of': Flags.custom<AsOf>({ parse: parseAsOf })({
    helpGroup: HELP_GROUPS.gate,
    summary: messages.getMessage('flags.as-of.summary'),
    description: messages.getMessage('flags.as-of.description'),
  }),
  view: Flags.custom<View>({ parse: oneOf(views, 'view') })({
    helpGroup: HELP_GROUPS.output,
    summary: messages.getMessage('flags.view.summary'),
    helpValue: `<${views.join('|')}>`,
    default: 'summary',
  }),
};

/** The flags that decide what only the owning org or the login host shows of an External Client App. */
export const ownerFlags = {
  'owner-org': Flags.string({
    parse: filled,
    helpGroup: HELP_GROUPS.owner,
    summary: messages.getMessage('flags.owner-org.summary'),
    description: messages.getMessage('flags.owner-org.description'),
  }),
  'owner-evidence': Flags.string({
    parse: filled,
    helpGroup: HELP_GROUPS.owner,
    summary: messages.getMessage('flags.owner-evidence.summary'),
  }),
  'probe-authorize': Flags.boolean({
    helpGroup: HELP_GROUPS.owner,
    summary: messages.getMessage('flags.probe-authorize.summary'),
    description: messages.getMessage('flags.probe-authorize.description'),
  }),
};

/** How a command opens orgs, by its flags. */
export const connectionOf = (
  flags: Connection
): { apiVersion?: string; timeouts: { request: number; org: number } } => ({
  apiVersion: flags['api-version'],
  timeouts: { request: flags['request-timeout'] * 1000, org: flags['org-timeout'] * 1000 },
});
type Connection = { 'api-version'?: string; 'request-timeout': number; 'org-timeout': number };

/** Longer would overflow the timers of Node, which count milliseconds in 31 bits. */
const mostSeconds = 86_400;

type ConnectionFlags = {
  'api-version': Interfaces.OptionFlag<string | undefined>;
  'request-timeout': Interfaces.OptionFlag<number>;
  'org-timeout': Interfaces.OptionFlag<number>;
};

/** The flags of the commands that read orgs, with the texts of the command and the default timeouts. */
export const connectionFlags = (
  texts: Messages<string>,
  { request, org }: { request: number; org: number }
): ConnectionFlags => ({
  'api-version': Flags.orgApiVersion({
    helpGroup: HELP_GROUPS.connection,
    summary: messages.getMessage('flags.api-version.summary'),
  }),
  'request-timeout': seconds(texts.getMessage('flags.request-timeout.summary'), request),
  'org-timeout': seconds(texts.getMessage('flags.org-timeout.summary'), org),
});

const seconds = (summary: string, milliseconds: number): Interfaces.OptionFlag<number> =>
  Flags.integer({
    helpGroup: HELP_GROUPS.connection,
    summary,
    min: 1,
    max: mostSeconds,
    default: milliseconds / 1000,
  });

/** The flags of the commands that collect evidence. */
export const evidenceFlags = {
  'save-evidence': Flags.string({
    parse: filled,
    helpGroup: HELP_GROUPS.evidence,
    summary: messages.getMessage('flags.save-evidence.summary'),
    description: messages.getMessage('flags.save-evidence.description'),
  }),
  'from-evidence': Flags.string({
    parse: filled,
    helpGroup: HELP_GROUPS.evidence,
    summary: messages.getMessage('flags.from-evidence.summary'),
    description: messages.getMessage('flags.from-evidence.description'),
  }),
};

export type EvidenceFlags = Partial<Interfaces.InferredFlags<typeof evidenceFlags>>;

/** A command has some of them, and `view` always. */
export type SharedFlags = Partial<Interfaces.InferredFlags<typeof sharedFlags>> & { view: View };

/** The exit codes of a command in its help, by its messages. */
export function exitCodesOf(texts: Messages<string>, codes = ['0', '1', '2']): ReturnType<typeof toHelpSection> {
  return toHelpSection(
    'EXIT CODES',
    Object.fromEntries(codes.map((code) => [code, texts.getMessage(`exitCodes.${code}`)]))
  );
}

/** The exit codes of the commands that have a gate. */
export const exitCodes = exitCodesOf(messages, ['0', '1', '2', '3', '4']);
