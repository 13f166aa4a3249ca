import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { exitCodes, sharedFlags } from '../../cli/flags.js';
import { fleetOf, namedOrgs, otherOrg, unknownOrg, type NamedOrg } from '../../cli/orgs.js';
import { prepare } from '../../cli/prepare.js';
import { compareWith } from '../../cli/previous.js';
import { closed, publish, reportCrash } from '../../cli/publish.js';
import { contextOf, review } from '../../engine/review.js';
import type { Report, Target, TargetReport } from '../../engine/types.js';
import { defaultTimeouts, openOrg, orgDomain, preflight, type OpenOptions, type OrgReader } from '../../org/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.audit-org');

type Opened = { target: Target; asOf: Date; reader?: OrgReader; error?: unknown };

/** Longer would overflow the timers of Node, which count milliseconds in 31 bits. */
const mostSeconds = 86_400;

export default class AuditOrg extends SfCommand<Report> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    // Not Flags.requiredOrg: it gives a bare Org when the value comes from the default, and one wrong alias loses the rest.
    'target-org': Flags.string({
      char: 'o',
      summary: messages.getMessage('flags.target-org.summary'),
      multiple: true,
    }),
    fleet: Flags.boolean({ summary: messages.getMessage('flags.fleet.summary'), exclusive: ['target-org'] }),
    'api-version': Flags.orgApiVersion({ summary: messages.getMessage('flags.api-version.summary') }),
    'request-timeout': Flags.integer({
      summary: messages.getMessage('flags.request-timeout.summary'),
      min: 1,
      max: mostSeconds,
      default: defaultTimeouts.request / 1000,
    }),
    'org-timeout': Flags.integer({
      summary: messages.getMessage('flags.org-timeout.summary'),
      min: 1,
      max: mostSeconds,
      default: defaultTimeouts.org / 1000,
    }),
    ...sharedFlags,
  };
  public static readonly errorCodes = toHelpSection('EXIT CODES', exitCodes);

  public async run(): Promise<Report> {
    const { flags } = await this.parse(AuditOrg);
    const { policy, scope, only, notices, previous } = await prepare(flags, catalogue, 'org');
    const named = flags.fleet ? await fleetOf(policy) : await namedOrgs(flags['target-org']);
    const options = {
      apiVersion: flags['api-version'],
      timeouts: { request: flags['request-timeout'] * 1000, org: flags['org-timeout'] * 1000 },
    };

    // A spinner that cannot turn would fill a log with its states.
    const watched = process.stderr.isTTY && !this.jsonEnabled();
    if (watched) this.spinner.start(messages.getMessage('info.progress', [named.map(({ name }) => name).join(', ')]));
    const opened = await Promise.all(named.map((org) => open(org, options)));
    const audited = opened.flatMap(({ reader }) =>
      reader
        ? [{ orgId: reader.orgId, ...(reader.namespace === undefined ? {} : { namespace: reader.namespace }) }]
        : []
    );
    const counts = new Map<string, string>();
    const audit = async ({ target, asOf, reader, error }: Opened): Promise<TargetReport> => {
      const { name } = target;
      if (!reader) return closed(target, asOf, policy, error);
      const progress = (done: number, of: number): void => {
        counts.set(name, `${name} ${done}/${of}`);
        if (watched) this.spinner.status = [...counts.values()].join(', ');
      };
      const run = { policy, target, asOf, audited, progress, onCrash: reportCrash, ...(only ? { only } : {}) };
      const lacking = await preflight(reader, contextOf(orgDomain, run));
      if (lacking !== undefined) this.logToStderr(messages.getMessage('info.preflight', [name, lacking]));
      const report = await review(orgDomain, reader, run);
      return { ...report, notices: [...report.notices, ...notices] };
    };
    const targets = await Promise.all(opened.map(audit));
    if (watched) this.spinner.stop();
    return publish(compareWith(previous, targets, policy, scope), scope, flags, this.log.bind(this));
  }
}

const open = async (
  { name, username, id }: NamedOrg,
  options: Pick<OpenOptions, 'apiVersion' | 'timeouts'>
): Promise<Opened> => {
  const opened = { target: { kind: 'org', name, ...(username ? { username } : {}) } as const, asOf: new Date() };
  try {
    if (username === undefined) throw unknownOrg(name);
    const reader = await openOrg({ username, ...options });
    // Salesforce ids come in 15 and 18 characters; the first 15 are the id.
    if (id !== undefined && reader.orgId.slice(0, 15) !== id.slice(0, 15)) throw otherOrg(name, reader.orgId, id);
    const { orgId, namespace } = reader;
    const target = { ...opened.target, orgId, ...(namespace === undefined ? {} : { namespace }) };
    return { ...opened, target, reader };
  } catch (error) {
    return { ...opened, error };
  }
};
