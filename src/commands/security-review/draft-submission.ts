import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { evaluationDate, type AsOf } from '../../cli/asOf.js';
import { checkDraftFolder, readDraft, writeDraftFolder } from '../../cli/draftFolder.js';
import { errorFromMessages, failure, orFailure } from '../../cli/errors.js';
import { exitCodes, filled, HELP_GROUPS, ownerFlags, sharedFlags } from '../../cli/flags.js';
import { refuseExisting, writeNewFiles } from '../../cli/newFiles.js';
import { evaluateTarget } from '../../cli/evaluateTargets.js';
import { parsed } from '../../cli/parsing.js';
import { prepare, displayPath, type Prepared } from '../../cli/runConfig.js';
import { publish } from '../../cli/outputReport.js';
import { readReport } from '../../cli/reportFiles.js';
import { tool } from '../../cli/pluginInfo.js';
import { endOnSignals } from '../../cli/signals.js';
import { askLoginHosts, unknownClients } from '../../owner/probeAuthorize.js';
import { readOwners, refuseOtherOwner } from '../../owner/readOwners.js';
import { collect } from '../../engine/collect.js';
import type { CollectContext, EvidenceOf, Policy, Report, Target } from '../../engine/types.js';
import {
  isPackageProblem,
  openIntegrations,
  openPackage,
  packageDomain,
  type PackageFacts,
} from '../../package/index.js';
import { renderDraft } from '../../render/draft.js';
import { maskTokens } from '../../salesforce/secretText.js';
import {
  combined,
  draftOf,
  factsOfPackage,
  secretsIn,
  submissionDomain,
  type Draft,
  type GivenReport,
} from '../../submission/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.draft-submission');

const { 'policy-file': policyFile, 'output-file': outputFile, 'severity-threshold': threshold, view } = sharedFlags;

export default class DraftSubmission extends SfCommand<Report> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly aliases = ['security-review:draft:submission'];
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'source-dir': Flags.string({
      char: 'd',
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.source-dir.summary'),
      multiple: true,
    }),
    'integration-dir': Flags.string({
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.integration-dir.summary'),
      multiple: true,
    }),
    report: Flags.string({
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.report.summary'),
      description: messages.getMessage('flags.report.description'),
      multiple: true,
    }),
    'output-dir': Flags.string({
      helpGroup: HELP_GROUPS.output,
      summary: messages.getMessage('flags.output-dir.summary'),
      description: messages.getMessage('flags.output-dir.description'),
      default: 'security-review-submission',
    }),
    previous: Flags.string({
      helpGroup: HELP_GROUPS.comparison,
      summary: messages.getMessage('flags.previous.summary'),
      description: messages.getMessage('flags.previous.description'),
    }),
    questions: Flags.string({
      parse: filled,
      helpGroup: HELP_GROUPS.output,
      summary: messages.getMessage('flags.questions.summary'),
      description: messages.getMessage('flags.questions.description'),
    }),
    ...ownerFlags,
    'policy-file': policyFile,
    'output-file': outputFile,
    'severity-threshold': threshold,
    'as-of': sharedFlags['as-of'],
    view,
  };
  public static readonly errorCodes = exitCodes;

  public async run(): Promise<Report> {
    endOnSignals();
    const { flags } = await parsed(this.parse(DraftSubmission));
    const { 'as-of': judgeAs, 'output-dir': folder, previous: before, questions, ...shared } = flags;
    const now = timesOf(judgeAs);
    await checkDraftFolder(folder);
    if (questions !== undefined) await refuseExisting([questions]);
    const prepared = await prepare(shared, catalogue, 'submission', [...(flags.report ?? []), flags['owner-evidence']]);
    const { policy, scope } = prepared;
    const previous = before === undefined ? undefined : await readDraft(before);
    const reports = await readReports(flags.report);
    const packages = await readPackages(flags, prepared, now);
    const source = { evidence: combined(packages.facts), reports, previous };
    await refuseSecrets([
      { place: scope.policy?.file ?? '', value: answersOf(policy), lineOf: prepared.lineOf },
      ...reports.map(({ file, report }) => ({ place: file, value: spoken(report) })),
      { place: packages.where, value: source.evidence },
    ]);
    const required = new Set([...factsOfPackage, 'reports', 'previous'] as const);
    const evidence = await collect(submissionDomain.collectors, required, source, now);
    const target: Target = { kind: 'submission', name: packages.where, path: packages.where };
    const collected = {
      target,
      asOf: now.asOf.toISOString(),
      selection: { controls: [], params: {} },
      facts: evidence,
    };
    const notices = [...prepared.notices, ...packages.notices, ...unlinkedReports(reports, packages.names)];
    const targets = evaluateTarget(submissionDomain, [collected], { ...prepared, notices }, judgeAs);
    const [report] = targets;
    if (report) await this.write(draftOf({ tool: tool(), evidence, policy, report }), folder, questions);
    return publish({ targets, undecided: [] }, prepared, shared, this.log.bind(this));
  }

  private async write(draft: Draft, folder: string, questions: string | undefined): Promise<void> {
    await writeDraftFolder(folder, await renderDraft(draft));
    this.log(messages.getMessage('info.drafted', [displayPath(folder)]));
    if (questions === undefined) return;
    await writeNewFiles([{ path: questions, text: draft.questions }]);
    this.log(messages.getMessage('info.questions', [displayPath(questions)]));
  }
}

function timesOf(judgeAs: AsOf | undefined): CollectContext {
  const asOf = new Date();
  return { asOf, evaluatedFor: evaluationDate(judgeAs, asOf), params: {}, required: [] };
}

/** @throws SfError with exit code 1 for a file that is no report, or a report of changes only */
async function readReports(files: readonly string[] = []): Promise<GivenReport[]> {
  const reports = await Promise.all(
    [...new Set(files)].map(async (file) => ({ file: displayPath(file), report: await readReport(file) }))
  );
  const limited = reports.find(({ report }) => report.scope.changedSince !== undefined);
  if (limited) throw errorFromMessages(messages, 1, 'limitedReport', [limited.file]);
  return reports;
}

type GivenFlags = Interfaces.InferredFlags<typeof DraftSubmission.flags>;
type ReadPackages = {
  /** Of each package. */
  facts: Array<EvidenceOf<PackageFacts>>;
  names: string[];
  where: string;
  notices: string[];
};

/** @throws SfError with exit code 1 or 2 when a package, an integration or the owner of the apps cannot be read */
async function readPackages(flags: GivenFlags, prepared: Prepared, now: CollectContext): Promise<ReadPackages> {
  const { policy, scope } = prepared;
  const paths = [...new Set(flags['source-dir'] ?? [undefined])];
  const opened = await orFailure(Promise.all(paths.map((path) => openPackage(path))), isPackageProblem);
  const integrations = await orFailure(
    openIntegrations([...new Set(flags['integration-dir'])], policy.integrations, scope.policy?.file),
    isPackageProblem
  );
  const owners = await readOwners(flags, prepared);
  const probes = flags['probe-authorize'] ? await askLoginHosts(policy) : [];
  const shown = { integrations, owners, probes };
  const facts = await Promise.all(
    opened.map((source) => collect(packageDomain.collectors, new Set(factsOfPackage), { ...source, ...shown }, now))
  );
  refuseOtherOwner(owners, facts);
  return {
    facts,
    names: opened.map(({ project }) => project.name),
    where: paths.map((path) => displayPath(path ?? '.')).join(', '),
    notices: unknownClients(probes, facts),
  };
}

/** Reports that were probably not meant: the documents quote them all the same. */
const unlinkedReports = (reports: readonly GivenReport[], packages: readonly string[]): string[] =>
  reports.flatMap(({ file, report }) => [
    ...report.targets
      .filter(({ target }) => target.kind === 'package' && !packages.includes(target.name))
      .map(({ target }) => messages.getMessage('info.otherPackage', [file, target.name, packages.join(', ')])),
    ...(report.tool.version === tool().version
      ? []
      : [messages.getMessage('info.otherVersion', [file, report.tool.version, tool().version])]),
  ]);

/** Everything of a policy that a document may quote. */
const answersOf = ({ integrations, submission, justifications, waivers }: Policy): unknown => ({
  integrations,
  submission,
  justifications,
  waivers,
});

/** Everything of a report that a document may quote, by control. */
const spoken = ({ targets }: Report): unknown => ({
  targets: targets.map(({ target, error, notices, results }) => ({
    name: target.name,
    target,
    error: error?.message,
    notices,
    results: results.map(({ control, reason, findings }) => ({
      name: control.id,
      reason,
      subjects: findings.map(({ subject, waiver }) => [`${subject.type}:${subject.name}`, waiver?.subject]),
    })),
  })),
});

/** @throws SfError with exit code 1: where something that looks like a secret stands, never the secret */
const refuseSecrets = async (
  texts: ReadonlyArray<{ place: string; value: unknown; lineOf?: Prepared['lineOf'] }>
): Promise<void> => {
  const found = await Promise.all(
    texts.map(async ({ place, value, lineOf }) =>
      (await secretsIn(value, '')).map(({ path, steps, file, line, kind }) =>
        file === undefined
          ? `${place}${lineOf ? `:${lineOf(steps)}` : ''}: ${path} (${kind})`
          : `${file}${line === undefined ? '' : `:${line}`} (${kind})`
      )
    )
  );
  // A file may be named after its content.
  const lines = [...new Set(found.flat().map(maskTokens))];
  if (lines.length === 0) return;
  const text = messages.getMessage('error.secret', [lines.map((line) => `  ${line}`).join('\n')]);
  throw failure(1, 'SecretRefused', text, messages.getMessages('error.secret.actions'));
};
