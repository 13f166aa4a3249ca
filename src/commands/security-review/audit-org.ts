import { ConfigAggregator, Messages, OrgConfigProperties, StateAggregator } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { failure } from '../../cli/errors.js';
import { exitCodes, sharedFlags } from '../../cli/flags.js';
import { prepare } from '../../cli/prepare.js';
import { closed, publish, reportCrash } from '../../cli/publish.js';
import { review } from '../../engine/review.js';
import type { Report, TargetReport } from '../../engine/types.js';
import { openOrg, orgDomain, type OrgReader } from '../../org/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.audit-org');

/** An org as it was named on the command line. */
type Named = { name: string; username: string };
type Opened = Named & { asOf: Date; reader?: OrgReader; error?: unknown };

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
    'api-version': Flags.orgApiVersion({ summary: messages.getMessage('flags.api-version.summary') }),
    ...sharedFlags,
  };
  public static readonly errorCodes = toHelpSection('EXIT CODES', exitCodes);

  public async run(): Promise<Report> {
    const { flags } = await this.parse(AuditOrg);
    const { policy, scope, only, notices } = await prepare(flags, catalogue, 'org');
    const named = await namedOrgs(flags['target-org']);

    // A spinner that cannot turn would fill a log with its states.
    const watched = process.stderr.isTTY && !this.jsonEnabled();
    if (watched) this.spinner.start(messages.getMessage('info.progress', [named.map(({ name }) => name).join(', ')]));
    const opened = await Promise.all(named.map((org) => open(org, flags['api-version'])));
    const audited = opened.flatMap(({ reader }) =>
      reader
        ? [{ orgId: reader.orgId, ...(reader.namespace === undefined ? {} : { namespace: reader.namespace }) }]
        : []
    );
    const counts = new Map<string, string>();
    const audit = async ({ name, username, asOf, reader, error }: Opened): Promise<TargetReport> => {
      const target = { kind: 'org', name, username } as const;
      if (!reader) return closed(target, asOf, policy, error);
      const progress = (done: number, of: number): void => {
        counts.set(name, `${name} ${done}/${of}`);
        if (watched) this.spinner.status = [...counts.values()].join(', ');
      };
      const run = { policy, target, asOf, audited, progress, onCrash: reportCrash, ...(only ? { only } : {}) };
      const report = await review(orgDomain, reader, run);
      return { ...report, notices: [...report.notices, ...notices] };
    };
    const targets = await Promise.all(opened.map(audit));
    if (watched) this.spinner.stop();
    return publish(targets, scope, flags, this.log.bind(this));
  }
}

const open = async (org: Named, apiVersion: string | undefined): Promise<Opened> => {
  const asOf = new Date();
  try {
    return { ...org, asOf, reader: await openOrg({ username: org.username, apiVersion }) };
  } catch (error) {
    return { ...org, asOf, error };
  }
};

/** The orgs named on the command line, else sf's default org; each once, with the username that sf keeps for it. */
const namedOrgs = async (given: readonly string[] | undefined): Promise<Named[]> => {
  const state = await StateAggregator.getInstance();
  const orgs = new Map<string, Named>();
  for (const name of given ?? (await defaultOrg())) {
    const username = state.aliases.resolveUsername(name);
    // eslint-disable-next-line no-await-in-loop -- the first unknown name decides the message
    if (!(await state.orgs.hasFile(username))) {
      const actions = messages.getMessages('error.unknownOrg.actions', [name]);
      throw failure(2, 'UnknownOrg', messages.getMessage('error.unknownOrg', [name]), actions);
    }
    if (!orgs.has(username)) orgs.set(username, { name, username });
  }
  return [...orgs.values()];
};

const defaultOrg = async (): Promise<string[]> => {
  const aggregator = await ConfigAggregator.create();
  const name = aggregator.getPropertyValue<string>(OrgConfigProperties.TARGET_ORG);
  if (name) return [name];
  throw failure(2, 'NoOrg', messages.getMessage('error.noOrg'), messages.getMessages('error.noOrg.actions'));
};
