import { createRequire } from 'node:module';
import { styleText } from 'node:util';
import { Logger, Messages, SfError } from '@salesforce/core';
import { gateOf, reportOf, summaryOf } from '../engine/report.js';
import type { Gate, Policy, Report, Target, TargetReport } from '../engine/types.js';
import { renderHuman, type Tone } from '../render/index.js';
import { failure, said } from './errors.js';
import type { SharedFlags } from './flags.js';
import { writeJobSummary } from './jobSummary.js';
import { writeOutputFiles } from './outputFiles.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

const exitCodes: Record<Gate, number> = { passed: 0, failed: 3, undecided: 4 };

const tones: Record<Tone, Parameters<typeof styleText>[0]> = {
  fail: 'red',
  failed: 'red',
  inconclusive: 'yellow',
  undecided: 'yellow',
  pass: 'green',
  passed: 'green',
  attested: 'cyan',
  'not-applicable': 'gray',
  strong: 'bold',
  quiet: 'dim',
};

/** Nothing is coloured where no terminal shows it, nor where NO_COLOR asks for that. */
const color = (tone: Tone, text: string): string => styleText(tones[tone], text, { stream: process.stdout });

/**
 * Makes the report of a run, shows and writes it, and sets the exit code.
 *
 * @throws SfError with exit code 1 when no target could be opened, or an output file could not be written
 */
export const publish = async (
  targets: readonly TargetReport[],
  scope: Report['scope'],
  flags: SharedFlags,
  log: (text: string) => void
): Promise<Report> => {
  const [first, ...others] = targets;
  if (!first || targets.every(({ error }) => error !== undefined)) throw nothingOpened(targets);
  const report = reportOf(tool(), scope, [first, ...others]);
  const files = flags['output-file'] ?? [];
  await writeOutputFiles(files, report);
  log(renderHuman(report, { view: flags.view, width: process.stdout.columns ?? 100, color }));
  for (const file of files) log(messages.getMessage('info.written', [file]));
  await writeJobSummary(report);
  // Not this.exit(): sf would put an error object in the place of the report.
  process.exitCode = exitCodes[report.gate];
  return report;
};

/** The part of a report that says that a target could not be opened, and what to do about it. */
export const closed = (
  target: Target,
  asOf: Date,
  policy: Policy,
  thrown: unknown,
  actions: readonly string[] = []
): TargetReport => {
  const own = thrown instanceof Error && 'actions' in thrown && Array.isArray(thrown.actions) ? thrown.actions : [];
  return {
    target,
    asOf: asOf.toISOString(),
    error: {
      name: thrown instanceof Error ? thrown.name : 'Error',
      message: said(thrown),
      actions: own.length > 0 ? own.map(String) : actions,
    },
    gate: gateOf([], policy.gate, false),
    summary: summaryOf([]),
    results: [],
    off: [],
    notices: [],
  };
};

/** A control that broke is no verdict about the subject; whoever maintains it finds the stack in sf's log. */
export const reportCrash = (control: string, error: Error): void => {
  void Logger.child('security-review').then((logger) => logger.error(`${control}: ${error.stack ?? error.message}`));
};

const nothingOpened = (targets: readonly TargetReport[]): SfError => {
  const errors = targets.flatMap(({ target, error }) => (error ? [{ target, error }] : []));
  const [only] = errors;
  if (only && errors.length === 1) return failure(1, only.error.name, only.error.message, only.error.actions);
  const lines = errors.map(({ target, error }) => `${target.name}: ${error.message}`);
  const actions = new Set(errors.flatMap(({ error }) => error.actions));
  return failure(1, 'NothingOpened', messages.getMessage('error.nothingOpened', [lines.join('\n')]), [...actions]);
};

const tool = (): Report['tool'] => {
  const { name, version } = createRequire(import.meta.url)('../../package.json') as Report['tool'];
  return { name, version };
};
