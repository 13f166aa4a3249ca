import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { evaluationDate } from '../../cli/asOf.js';
import { failure, errorFromMessages, orFailure } from '../../cli/errors.js';
import { rejectConflictingFlags, replay, saveEvidence } from '../../cli/evidenceFile.js';
import { evidenceFlags, exitCodes, filled, HELP_GROUPS, ownerFlags, sharedFlags } from '../../cli/flags.js';
import { evaluateRun } from '../../cli/evaluateTargets.js';
import { parsed } from '../../cli/parsing.js';
import { prepare, displayPath, type Prepared } from '../../cli/runConfig.js';
import { problemOf, publish } from '../../cli/outputReport.js';
import { readOwners, refuseOtherOwner } from '../../owner/readOwners.js';
import { askLoginHosts, unknownClients } from '../../owner/probeAuthorize.js';
import { endOnSignals } from '../../cli/signals.js';
import { noCache, textCache, type TextCache } from '../../cli/textCache.js';
import { limitToChanges } from '../../engine/limitToChanges.js';
import { contextOf, collectEvidence } from '../../engine/review.js';
import type { EvidenceOf, Report, Target } from '../../engine/types.js';
import { selectionOf, type Collected } from '../../evidence/file.js';
import {
  changedSince,
  isChanged,
  isPackageProblem,
  keepAnswers,
  keepFacts,
  loadAnswers,
  loadKnown,
  openIntegrations,
  openPackage,
  openPackageZip,
  packageDomain,
  withKnown,
  type ChangedFiles,
  type Extras,
  type PackageFacts,
  type PackageSource,
} from '../../package/index.js';
import { maskedIn } from '../../salesforce/secretText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.check-package');

export default class CheckPackage extends SfCommand<Report> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly aliases = ['security-review:check:package'];
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'source-dir': Flags.string({
      char: 'd',
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.source-dir.summary'),
      description: messages.getMessage('flags.source-dir.description'),
      multiple: true,
    }),
    'package-zip': Flags.string({
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.package-zip.summary'),
      description: messages.getMessage('flags.package-zip.description'),
    }),
    baseline: Flags.string({
      helpGroup: HELP_GROUPS.comparison,
      summary: messages.getMessage('flags.baseline.summary'),
      description: messages.getMessage('flags.baseline.description'),
    }),
    'changed-since': Flags.string({
      parse: filled,
      helpGroup: HELP_GROUPS.comparison,
      summary: messages.getMessage('flags.changed-since.summary'),
      description: messages.getMessage('flags.changed-since.description'),
    }),
    'eca-global-oauth': Flags.string({
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.eca-global-oauth.summary'),
      description: messages.getMessage('flags.eca-global-oauth.description'),
      multiple: true,
    }),
    'integration-dir': Flags.string({
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.integration-dir.summary'),
      description: messages.getMessage('flags.integration-dir.description'),
      multiple: true,
    }),
    'no-cache': Flags.boolean({
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.no-cache.summary'),
      description: messages.getMessage('flags.no-cache.description'),
    }),
    ...ownerFlags,
    ...evidenceFlags,
    ...sharedFlags,
  };
  public static readonly errorCodes = exitCodes;

  public async run(): Promise<Report> {
    endOnSignals();
    const { flags } = await parsed(this.parse(CheckPackage));
    const { 'from-evidence': evidence, 'as-of': judgeAs } = flags;
    const log = this.log.bind(this);
    rejectConflictingFlags(evidence, Object.fromEntries(COLLECTING_FLAGS.map((name) => [name, flags[name]])));
    evaluationDate(evidence === undefined ? judgeAs : undefined, new Date());
    const prepared = await prepare(flags, catalogue, 'package', inputsOf(flags));
    const { policy, scope } = prepared;
    if (evidence !== undefined) {
      return publish(await replay(evidence, packageDomain, prepared, judgeAs), prepared, flags, log);
    }
    const asked = sourcesOf(flags);
    const changes = await changesOf(flags);
    const opened = await Promise.all(asked.map(open));
    const given = [...new Set(flags['integration-dir'])];
    const integrations = await orFailure(
      openIntegrations(given, policy.integrations, scope.policy?.file),
      isPackageProblem
    );
    const owners = await readOwners(flags, prepared);
    const probes = flags['probe-authorize'] ? await askLoginHosts(policy) : [];
    const cache = flags['no-cache'] ? noCache : textCache(join(this.config.cacheDir, 'security-review'));
    const collecting = { prepared, judgeAs, cache, shown: { integrations, owners, probes } };
    // A name in the source may contain a token. The draft of a submission refuses one; here it is not kept.
    const collected = maskedIn(await Promise.all(opened.map((one) => collect(one, collecting))));
    const facts = collected.flatMap((one) => ('facts' in one ? [one.facts] : []));
    refuseOtherOwner(owners, facts);
    const notices = [...prepared.notices, ...unknownClients(probes, facts)];
    const result = evaluateRun(packageDomain, collected, { ...prepared, notices }, judgeAs);
    await saveEvidence(flags['save-evidence'], 'package', collected);
    if (!changes) return publish(result, prepared, flags, log);
    const limited = { ...scope, changedSince: { ref: changes.ref, files: changes.paths.size } };
    const targets = result.targets.map((one, index) =>
      limitToChanges(one, isElsewhere(changes, opened[index]?.source, integrations), limited)
    );
    return publish({ ...result, targets }, { ...prepared, scope: limited }, flags, log);
  }
}

type GivenFlags = Interfaces.InferredFlags<typeof CheckPackage.flags>;

/** Flags that have no meaning for saved evidence. */
const COLLECTING_FLAGS = [
  'source-dir',
  'package-zip',
  'baseline',
  'changed-since',
  'eca-global-oauth',
  'integration-dir',
  'no-cache',
  'save-evidence',
  'owner-org',
  'owner-evidence',
  'probe-authorize',
] as const;

/** Files that no output may replace. */
function inputsOf(flags: GivenFlags): Array<string | undefined> {
  return [
    ...(flags['eca-global-oauth'] ?? []),
    flags['owner-evidence'],
    flags.baseline,
    flags['package-zip'],
    // What a report next to the source must not replace.
    ...(flags['source-dir'] ?? ['.']).flatMap((folder) => [
      join(folder, 'sfdx-project.json'),
      join(folder, 'package.json'),
    ]),
  ];
}

/** @throws SfError with exit code 2 when flags exclude each other */
function sourcesOf(flags: GivenFlags): Asked[] {
  const { 'source-dir': folders, 'package-zip': zip, baseline } = flags;
  // Not `exclusive`: every error of the command line has an exit code and a message of this tool.
  if (zip !== undefined && folders) throw errorFromMessages(messages, 2, 'zipAndSourceDir');
  // One released folder cannot be what several packages were.
  if (baseline !== undefined && new Set(folders).size > 1 && existsSync(baseline))
    throw errorFromMessages(messages, 2, 'oneBaseline');
  const extras: Extras = { baseline, ecaGlobalOauth: flags['eca-global-oauth'] };
  if (zip !== undefined) return [{ path: zip, source: () => openPackageZip(zip, extras) }];
  // Without the flag the project of the working directory is looked for; `.` means that very folder.
  return [...new Set(folders ?? [undefined])].map((path) => ({ path, source: () => openPackage(path, extras) }));
}

type Collecting = {
  prepared: Prepared;
  judgeAs: Parameters<typeof evaluationDate>[0];
  cache: TextCache;
  shown: Pick<PackageSource, 'integrations' | 'owners' | 'probes'>;
};

/** The facts of one source, from the cache where nothing changed. */
async function collect(
  { target, asOf: moment, source, error }: Opened,
  { prepared: { policy, only }, judgeAs, cache, shown }: Collecting
): Promise<Collected<PackageFacts>> {
  const about = { target, asOf: moment.toISOString() };
  if (!source) return { ...about, error: problemOf(error) };
  const run = { policy, asOf: evaluationDate(judgeAs, moment), collected: moment, ...(only ? { only } : {}) };
  const selection = selectionOf(contextOf(packageDomain, run));
  const complete = { ...source, ...shown };
  const factsOf = async (domain: typeof packageDomain, from: PackageSource): Promise<EvidenceOf<PackageFacts>> =>
    maskedIn(await collectEvidence(domain, from, run));
  // Neither asked nor kept: the digests of all texts would be for nothing.
  if (cache === noCache) return { ...about, selection, facts: await factsOf(packageDomain, complete) };
  const known = await loadKnown(cache, complete, selection);
  if (known) return { ...about, selection, facts: await factsOf(withKnown(packageDomain, known), complete) };
  const answers = loadAnswers(cache, complete);
  const facts = await factsOf(packageDomain, { ...complete, answers });
  keepFacts(cache, complete, selection, facts);
  keepAnswers(cache, complete, answers);
  return { ...about, selection, facts };
}

/** @throws SfError with exit code 2 when git cannot tell what changed, or another flag excludes the question */
async function changesOf(flags: GivenFlags): Promise<ChangedFiles | undefined> {
  const ref = flags['changed-since'];
  if (ref === undefined) return undefined;
  const excluding = (['package-zip', 'previous'] as const).find((name) => flags[name] !== undefined);
  if (excluding !== undefined) throw errorFromMessages(messages, 2, 'changedSinceAnd', [excluding], [excluding]);
  return orFailure(changedSince(ref, flags['source-dir']?.[0] ?? '.'), isPackageProblem);
}

/** Whether a file of a finding exists and did not change. A path that was masked is shown in any case. */
function isElsewhere(
  changes: ChangedFiles,
  source: PackageSource | undefined,
  integrations: PackageSource['integrations']
): (file: string) => boolean {
  const places = new Map<string, string>();
  for (const { folder, root, tree } of integrations) {
    for (const path of root === undefined ? [] : tree.paths) places.set(`${folder}/${path}`, join(root ?? '', path));
  }
  const { root } = source ?? {};
  for (const path of root === undefined ? [] : (source?.tree.paths ?? [])) places.set(path, join(root ?? '', path));
  return (file) => {
    const place = places.get(file);
    return place !== undefined && !isChanged(changes, place);
  };
}

type Asked = { path: string | undefined; source: () => Promise<PackageSource> };
type Opened = { target: Target; asOf: Date; source?: PackageSource; error?: unknown };

/** @throws SfError with exit code 2 when the path itself is wrong */
const open = async ({ path = '.', source }: Asked): Promise<Opened> => {
  const asOf = new Date();
  const target: Target = { kind: 'package', name: displayPath(path), path: displayPath(path) };
  try {
    return { target, asOf, source: await source() };
  } catch (error) {
    if (!isPackageProblem(error)) return { target, asOf, error };
    const { exitCode, name, message, actions } = error;
    if (exitCode === 2) throw failure(2, name, message, actions);
    return { target, asOf, error: failure(1, name, message, actions) };
  }
};
