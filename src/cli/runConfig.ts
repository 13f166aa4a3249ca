import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { Messages } from '@salesforce/core';
import { matches } from '../engine/applyPolicy.js';
import { isOff } from '../engine/controlSettings.js';
import type { PackageCheck, Policy, Report, Target } from '../engine/types.js';
import { closest, policyPath, readPolicy, weakeningsOf, type Catalogue } from '../policy/index.js';
import { actionsOf, errorFromMessages, failure, oneLineMessage } from './errors.js';
import type { EvidenceFlags, SharedFlags } from './flags.js';
import { checkOutputFiles } from './outputFiles.js';
import { readPrevious, type Previous } from './previous.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/** What a run decides by, before it looks at anything. */
export type Prepared = {
  policy: Policy;
  scope: Report['scope'];
  only?: readonly string[];
  notices: readonly string[];
  previous?: Previous;
  /** What reports about packages show of the org with this id. */
  checksOf?: (orgId: string | undefined) => readonly PackageCheck[];
  /** On which line of the policy file a part of it begins. */
  lineOf?: (path: readonly PropertyKey[]) => number;
};

/**
 * Checks everything that can be wrong about the command line and the policy, so that a run that starts can also finish.
 * `inputs`: the other files that the run reads.
 *
 * @throws SfError with exit code 1 or 2
 */
export const prepare = async (
  flags: SharedFlags & EvidenceFlags,
  catalogue: Catalogue,
  domain: Target['kind'],
  inputs: ReadonlyArray<string | undefined> = []
): Promise<Prepared> => {
  const ids = catalogue.map(({ id }) => id).filter((id) => id.startsWith(`${domain}/`));
  const chosen = chosenControls(flags.control, ids);
  await checkOutputFiles(flags['output-file'] ?? [], {
    save: flags['save-evidence'],
    inputs: [
      await policyPath({ file: flags['policy-file'], from: process.cwd() }),
      flags['from-evidence'],
      flags.previous,
      ...inputs,
    ],
  });
  const { policy: written, source, notices } = await policyOf(flags['policy-file'], catalogue);
  const failOn = flags['severity-threshold'] ?? written.gate.failOn;
  const policy = { ...written, gate: { ...written.gate, failOn } };
  const asOf = flags['as-of']?.start ?? new Date();
  const weakened = weakeningsOf(policy, catalogue, chosen, asOf);
  const scope: Report['scope'] = {
    controls: flags.control ? chosen : 'all',
    ...(source ? { policy: { file: displayPath(source.file), sha256: source.sha256 } } : {}),
    failOn,
    inconclusive: policy.gate.inconclusive,
    ...paramsOf(policy, chosen),
    ...(weakened.length > 0 ? { weakened } : {}),
    ...(flags['gate-on'] === 'new' ? { gateOn: 'new' } : {}),
  };
  refuseNothing(chosen, policy, asOf);
  const previous = await readPrevious(flags, scope, domain);
  return {
    policy,
    scope,
    notices: [...notices, ...weakened.map(({ message }) => `The policy is weaker than the default: ${message}`)],
    ...(flags.control ? { only: flags.control } : {}),
    ...(previous ? { previous } : {}),
    ...(source ? { lineOf: source.lineOf } : {}),
  };
};

/** The parameters that the policy sets for these controls. */
const paramsOf = ({ controls }: Policy, chosen: readonly string[]): Pick<Report['scope'], 'params'> => {
  const given = chosen.flatMap((id) => {
    const params = controls[id]?.params;
    return params && Object.keys(params).length > 0 ? [[id, params] as const] : [];
  });
  return given.length > 0 ? { params: Object.fromEntries(given) } : {};
};

/**
 * A run that evaluates no control proves nothing, and must not look like one that passed.
 *
 * @throws SfError with exit code 1
 */
const refuseNothing = (chosen: readonly string[], policy: Policy, asOf: Date): void => {
  if (chosen.some((id) => !isOff(policy, id, asOf))) return;
  const [only] = chosen;
  const what = chosen.length === 1 && only !== undefined ? only : `all ${chosen.length} controls of this run`;
  throw errorFromMessages(messages, 1, 'nothingEvaluated', [what]);
};

/**
 * The ids that one of the patterns names; all of them without patterns.
 *
 * @throws SfError with exit code 2 for a pattern that names none
 */
export const chosenControls = (patterns: readonly string[] | undefined, ids: readonly string[]): readonly string[] => {
  if (patterns === undefined) return ids;
  const unknown = patterns.find((pattern) => !ids.some((id) => matches(pattern, id)));
  if (unknown !== undefined) {
    const command = commandOf(unknown, ids);
    const near = command === undefined ? nearControls(unknown, ids) : undefined;
    const star = ids.every((id) => id.startsWith('package/')) ? 'package/*callback*' : 'org/own-apps-*';
    throw failure(2, 'UnknownControl', messages.getMessage('error.unknownControl', [unknown]), [
      ...(command === undefined ? [] : messages.getMessages('error.unknownControl.other', [unknown, command])),
      ...(near === undefined ? [] : messages.getMessages('error.unknownControl.closest', [near])),
      ...messages.getMessages('error.unknownControl.actions', [star]),
    ]);
  }
  return ids.filter((id) => patterns.some((pattern) => matches(pattern, id)));
};

/** The controls that were probably meant: the nearest id, or all ids, if they are few, that contain the typed text. */
export const nearControls = (text: string, ids: readonly string[]): string | undefined => {
  const own = (id: string): string => id.slice(id.indexOf('/') + 1);
  const typed = own(text.replaceAll('*', ''));
  const holding = typed.length < 3 ? [] : ids.filter((id) => own(id).includes(typed.toLowerCase()));
  if (holding.length > 0 && holding.length <= 5) return holding.join(' or ');
  return closest(text, ids) ?? ids.find((id) => own(id) === closest(typed, ids.map(own)));
};

/** The command that decides controls of this kind, where that is another one. */
const commandOf = (pattern: string, ids: readonly string[]): string | undefined => {
  const [domain = ''] = pattern.split('/');
  if (ids.some((id) => id.startsWith(`${domain}/`))) return undefined;
  return { org: 'audit-org', package: 'check-package', submission: 'draft-submission' }[domain];
};

/**
 * Reads the policy file given, else the nearest one.
 *
 * @throws SfError with exit code 2 when the given file does not exist, 1 when the policy is not valid
 */
export const policyOf = async (file: string | undefined, catalogue: Catalogue): ReturnType<typeof readPolicy> => {
  if (file !== undefined && !(await stat(file).catch(() => undefined))) {
    throw errorFromMessages(messages, 2, 'noPolicyFile', [file]);
  }
  try {
    return await readPolicy({ file, from: process.cwd(), catalogue });
  } catch (error) {
    const message = error instanceof Error ? error.message : oneLineMessage(error);
    throw failure(1, 'InvalidPolicy', message, actionsOf(error));
  }
};

/** A path as a report shows it: relative to the working directory, with forward slashes. */
export const displayPath = (path: string): string => relative(process.cwd(), path).split(sep).join('/') || '.';
