import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { sameId } from '../../common/ids.js';
import { evaluationDate, type AsOf } from '../../cli/asOf.js';
import { rejectConflictingFlags, replay, saveEvidence } from '../../cli/evidenceFile.js';
import {
  HELP_GROUPS,
  connectionFlags,
  connectionOf,
  evidenceFlags,
  exitCodes,
  filled,
  sharedFlags,
} from '../../cli/flags.js';
import { evaluateRun, policyToCollect } from '../../cli/evaluateTargets.js';
import { fleetOf, namedOrgs, otherOrg, unknownOrg, type NamedOrg } from '../../cli/orgs.js';
import { parsed } from '../../cli/parsing.js';
import { prepare, type Prepared } from '../../cli/runConfig.js';
import { showProgress } from '../../cli/progress.js';
import { problemOf, publish } from '../../cli/outputReport.js';
import { endOnSignals } from '../../cli/signals.js';
import { contextOf, collectEvidence } from '../../engine/review.js';
import type { Report, Target } from '../../engine/types.js';
import { selectionOf, type Collected } from '../../evidence/file.js';
import {
  defaultTimeouts,
  openOrg,
  orgDomain,
  preflight,
  type OpenOptions,
  type OrgFacts,
  type OrgReader,
} from '../../org/index.js';
import { packageChecksOf, readPackageReports, refuseOtherPackages } from '../../owner/packageReports.js';
import { plain, wrap } from '../../render/index.js';
import { maskedIn } from '../../salesforce/secretText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.audit-org');

/** Flags that have no meaning for saved evidence. */
const COLLECTING_FLAGS = [
  'target-org',
  'fleet',
  'api-version',
  'request-timeout',
  'org-timeout',
  'save-evidence',
] as const;

type Opened = { target: Target; asOf: Date; reader?: OrgReader; error?: unknown };

export default class AuditOrg extends SfCommand<Report> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly aliases = ['security-review:audit:org'];
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    // Not Flags.requiredOrg: it gives a bare Org when the value comes from the default, and one wrong alias loses the rest.
    'target-org': Flags.string({
      char: 'o',
      parse: filled,
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.target-org.summary'),
      multiple: true,
    }),
    fleet: Flags.boolean({
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.fleet.summary'),
      exclusive: ['target-org'],
    }),
    ...connectionFlags(messages, defaultTimeouts),
    'package-report': Flags.string({
      parse: filled,
      helpGroup: HELP_GROUPS.evidence,
      summary: messages.getMessage('flags.package-report.summary'),
      description: messages.getMessage('flags.package-report.description'),
      multiple: true,
    }),
    ...evidenceFlags,
    ...sharedFlags,
  };
  public static readonly errorCodes = exitCodes;

  public async run(): Promise<Report> {
    endOnSignals();
    const { flags, metadata } = await parsed(this.parse(AuditOrg));
    const { 'target-org': orgs, fleet, 'save-evidence': file, 'from-evidence': evidence, 'as-of': asked } = flags;
    const given = COLLECTING_FLAGS.filter((name) => !metadata.flags[name]?.setFromDefault);
    rejectConflictingFlags(evidence, Object.fromEntries(given.map((name) => [name, flags[name]])));
    evaluationDate(evidence === undefined ? asked : undefined, new Date());
    const reports = flags['package-report'] ?? [];
    const inputs = await prepare(flags, catalogue, 'org', reports);
    const packages = await readPackageReports(reports, inputs.policy, asked);
    const prepared: Prepared = { ...inputs, checksOf: (orgId) => packageChecksOf(packages, orgId) };
    if (evidence !== undefined) {
      const result = await replay(evidence, orgDomain, prepared, asked);
      refuseOtherPackages(packages, result.targets);
      return publish(result, prepared, flags, this.log.bind(this));
    }
    const named = fleet ? await fleetOf(prepared.policy) : await namedOrgs(orgs, prepared.policy);
    const shownWarnings: string[] = [];
    // What a replay does not show is not shown here either: the names of targets, and why one could not be opened.
    const collected = maskedIn(await this.collect(named, connectionOf(flags), prepared, asked, shownWarnings));
    const result = evaluateRun(orgDomain, collected, prepared, asked);
    refuseOtherPackages(packages, result.targets);
    await saveEvidence(file, 'org', collected);
    return publish(result, prepared, flags, this.log.bind(this), shownWarnings);
  }

  /** The warning of the preflight is added to the notices. */
  private async collect(
    named: readonly NamedOrg[],
    options: Pick<OpenOptions, 'apiVersion' | 'timeouts'>,
    prepared: Prepared,
    asked: AsOf | undefined,
    shownWarnings: string[]
  ): Promise<Array<Collected<OrgFacts>>> {
    const { only } = prepared;
    const [opening, reading] = [messages.getMessage('info.progress.open'), messages.getMessage('info.progress.read')];
    const progress = await showProgress(
      messages.getMessage('info.progress', [named.length === 1 ? (named[0]?.name ?? '') : `${named.length} orgs`]),
      [opening, reading],
      process.stdout.isTTY && !this.jsonEnabled(),
      this.logToStderr.bind(this)
    );
    const read = async ({ target, asOf: moment, reader, error }: Opened): Promise<Collected<OrgFacts>> => {
      const about = { target, asOf: moment.toISOString() };
      if (!reader) return { ...about, error: problemOf(error) };
      const { name } = target;
      const count = (done: number, of: number): void => progress.count(name, done, of);
      const asOf = evaluationDate(asked, moment);
      const policy = policyToCollect(orgDomain, prepared);
      const run = { policy, asOf, collected: moment, progress: count, ...(only ? { only } : {}) };
      const context = contextOf(orgDomain, run);
      const warned = preflight(reader, context).then((lacking) => {
        if (lacking === undefined) return;
        progress.say(onLines(messages.getMessage('info.preflight', [name, lacking])));
        // What goes to a file is read by another program.
        if (process.stdout.isTTY && process.stderr.isTTY) shownWarnings.push(lacking);
      });
      // The reads of both are shared; one after the other they would cost two more round trips.
      const [facts] = await Promise.all([collectEvidence(orgDomain, reader, run), warned]);
      const { orgId, namespace } = reader;
      return {
        ...about,
        org: { orgId, ...(namespace === undefined ? {} : { namespace }) },
        selection: selectionOf(context),
        facts,
      };
    };
    try {
      progress.goTo(opening);
      // Each org is read as soon as it is open: none waits for a slower one.
      return await Promise.all(
        named.map(async (org) => {
          const opened = await open(org, options);
          progress.goTo(reading);
          return read(opened);
        })
      );
    } finally {
      progress.stop();
    }
  }
}

/** For stderr, whose width is that of the terminal even where stdout goes to a file. */
const onLines = (text: string): string => wrap(plain(text), (process.stderr.columns ?? 100) - 2).join('\n  ');

const open = async (
  { name, username, id }: NamedOrg,
  options: Pick<OpenOptions, 'apiVersion' | 'timeouts'>
): Promise<Opened> => {
  const opened = { target: { kind: 'org', name, ...(username ? { username } : {}) } as const, asOf: new Date() };
  try {
    if (username === undefined) throw await unknownOrg(name);
    const reader = await openOrg({ username, ...options });
    if (id !== undefined && !sameId(id, reader.orgId)) throw otherOrg(name, reader.orgId, id);
    const { orgId, namespace } = reader;
    const target = { ...opened.target, orgId, ...(namespace === undefined ? {} : { namespace }) };
    return { ...opened, target, reader };
  } catch (error) {
    return { ...opened, error };
  }
};
