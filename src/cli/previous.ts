import { isDeepStrictEqual } from 'node:util';
import { Messages } from '@salesforce/core';
import { compareReports } from '../engine/compareReports.js';
import { scopeDifferences } from '../engine/comparability.js';
import type { Policy, Report, Target, TargetReport } from '../engine/types.js';
import { maskedIn } from '../salesforce/secretText.js';
import { errorFromMessages } from './errors.js';
import type { SharedFlags } from './flags.js';
import { readReport } from './reportFiles.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/** An earlier report that answers the same question as this run, about the same kind of target. */
export type Previous = { file: string; report: Report; notices: readonly string[] };

/**
 * Reads the report of `--previous`.
 *
 * @throws SfError with exit code 2 for a wrong command line, 1 for a report that this run cannot be compared with
 */
export const readPrevious = async (
  flags: SharedFlags,
  scope: Report['scope'],
  kind: Target['kind']
): Promise<Previous | undefined> => {
  const file = flags.previous;
  if (file === undefined) {
    if (flags['gate-on'] === undefined) return undefined;
    throw errorFromMessages(messages, 2, 'noPrevious');
  }
  const report = maskedIn(await readReport(file));
  const different = scopeDifferences(report.scope, scope);
  if (different.length > 0) {
    const differences = different.map(({ what, one, other }) => `${what}: ${one} there, ${other} here`);
    throw incomparable(file, differences.join('; '));
  }
  const kinds = new Set(report.targets.map(({ target }) => target.kind));
  if (!kinds.has(kind))
    throw incomparable(
      file,
      `it is about ${[...kinds].map((one) => `${one}s`).join(' and ')}, this run about ${kind}s`
    );
  const changed = report.scope.policy?.sha256 !== scope.policy?.sha256;
  return {
    file,
    report: { ...report, targets: report.targets.filter(({ target }) => target.kind === kind) },
    notices: changed ? ['The policy has changed since the earlier report.'] : [],
  };
};

/**
 * Marks what changed since the earlier report.
 *
 * @throws SfError with exit code 1 when the earlier report is about other targets
 */
export const compareWith = (
  previous: Previous | undefined,
  targets: readonly TargetReport[],
  { gate }: Policy,
  { gateOn, params = {} }: Report['scope'],
  undecided: readonly TargetReport[] = []
): readonly TargetReport[] => {
  // Where nothing could be opened, that is what there is to say.
  if (previous === undefined || targets.every(({ error }) => error !== undefined)) return targets;
  const { file, report, notices } = previous;
  const compared = compareReports(
    targets,
    report.targets,
    gate,
    gateOn,
    undecided,
    changedParams(report.scope.params ?? {}, params)
  );
  if (compared.common === 0)
    throw incomparable(file, `it is about ${listed(report.targets.map(({ target }) => target))}`);
  const { missing } = compared;
  const toTell = [
    ...notices,
    ...(missing.length > 0
      ? [`Not part of this run, so their findings in the earlier report could not be compared: ${listed(missing)}.`]
      : []),
  ];
  return compared.targets.map((target, index) =>
    index === 0 ? { ...target, notices: [...target.notices, ...toTell] } : target
  );
};

type Params = NonNullable<Report['scope']['params']>;

/** The controls whose parameters differ. */
const changedParams = (one: Params, other: Params): Set<string> =>
  new Set(Object.keys({ ...one, ...other }).filter((id) => !isDeepStrictEqual(one[id], other[id])));

const mostNames = 20;
const listed = (targets: readonly Target[]): string => {
  const names = targets.map(({ name }) => name);
  const more = names.length - mostNames;
  return more > 0 ? `${names.slice(0, mostNames).join(', ')} and ${more} more` : names.join(', ');
};

const incomparable = (file: string, why: string): Error => errorFromMessages(messages, 1, 'otherReport', [file, why]);
