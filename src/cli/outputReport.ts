import { styleText } from 'node:util';
import { Messages, SfError } from '@salesforce/core';
import { reportOf } from '../engine/report.js';
import type { Gate, Report, TargetReport } from '../engine/types.js';
import { renderHuman, renderSummary, type Tone } from '../render/index.js';
import { actionsOf, failure, oneLineMessage } from './errors.js';
import type { Evaluated } from './evaluateTargets.js';
import type { EvidenceFlags, SharedFlags } from './flags.js';
import { writeJobSummary } from './jobSummary.js';
import { writeOutputFiles } from './outputFiles.js';
import type { Prepared } from './runConfig.js';
import { compareWith } from './previous.js';
import { tool } from './pluginInfo.js';

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

type Output = Pick<SharedFlags, 'output-file' | 'view'> & Pick<EvidenceFlags, 'save-evidence'>;

/**
 * Makes the report of a run, compared with an earlier one where that was asked for, and shows it.
 *
 * @throws SfError with exit code 1 when no target could be opened, the earlier report is about others, or an output file
 * could not be written
 */
export const publish = async (
  { targets, undecided }: Evaluated,
  { policy, scope, previous }: Pick<Prepared, 'policy' | 'scope' | 'previous'>,
  flags: Output,
  log: (text: string) => void,
  alreadyShown: readonly string[] = []
): Promise<Report> =>
  show(reportOf(tool(), scope, compareWith(previous, targets, policy, scope, undecided)), flags, log, alreadyShown);

/**
 * Shows and writes a report, and sets the exit code. `shown`: notices that were shown before it.
 *
 * @throws SfError with exit code 1 when it contains no target that could be opened, or an output file could not be written
 */
export const show = async (
  report: Report,
  flags: Output,
  log: (text: string) => void,
  shown: readonly string[] = []
): Promise<Report> => {
  const { targets } = report;
  if (targets.every(({ error }) => error !== undefined))
    throw nothingOpened(targets.flatMap(({ target, error }) => (error ? [{ name: target.name, error }] : [])));
  const files = flags['output-file'] ?? [];
  await writeOutputFiles(files, report);
  const width = process.stdout.columns ?? 100;
  const exitCode = exitCodes[report.gate];
  if (flags.view === 'summary') {
    log(renderSummary(report, { width, files, exitCode, shown, color }));
  } else {
    log(renderHuman(report, { view: flags.view, width, alreadyShown: shown, color }));
    for (const file of files) log(messages.getMessage('info.written', [file]));
  }
  const saved = flags['save-evidence'];
  if (saved !== undefined) log(messages.getMessage('info.saved', [saved]));
  await writeJobSummary(report);
  // Not this.exit(): sf would put an error object in the place of the report.
  process.exitCode = exitCode;
  return report;
};

type Problem = NonNullable<TargetReport['error']>;

/** Why a target could not be opened, as a report says it. */
export const problemOf = (thrown: unknown): Problem => ({
  name: thrown instanceof Error ? thrown.name : 'Error',
  message: oneLineMessage(thrown),
  actions: actionsOf(thrown),
});

/** @returns SfError with exit code 1: the error of the only one, or all of them */
export const nothingOpened = (errors: ReadonlyArray<{ name: string; error: Problem }>): SfError => {
  const [only] = errors;
  if (only && errors.length === 1) return failure(1, only.error.name, only.error.message, only.error.actions);
  const lines = errors.map(({ name, error }) => `${name}: ${error.message}`);
  const actions = new Set(errors.flatMap(({ error }) => error.actions));
  return failure(1, 'NothingOpened', messages.getMessage('error.nothingOpened', [lines.join('\n')]), [...actions]);
};
