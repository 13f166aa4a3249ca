import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import * as z from 'zod';
import { catalogue } from '../../catalogue.js';
import { errorFromMessages, oneLineMessage } from '../../cli/errors.js';
import { HELP_GROUPS, connectionFlags, connectionOf, exitCodesOf, filled } from '../../cli/flags.js';
import { namedOrgs, type NamedOrg } from '../../cli/orgs.js';
import { checkOutputFolder, writeOutputFolder } from '../../cli/outputFolder.js';
import { parsed } from '../../cli/parsing.js';
import { policyOf } from '../../cli/runConfig.js';
import { showProgress, type ProgressLine } from '../../cli/progress.js';
import { nothingOpened, problemOf } from '../../cli/outputReport.js';
import { tool } from '../../cli/pluginInfo.js';
import { windowOf } from '../../cli/timeWindow.js';
import { endOnSignals } from '../../cli/signals.js';
import {
  countsText,
  documentsOf,
  namesNowhere,
  resultOf,
  viewsOf,
  type Incident,
  type IncidentOrg,
  type IncidentResult,
} from '../../incident/index.js';
import { defaultTimeouts, gatherIncident, openOrg, type IncidentQuestion, type OpenOptions } from '../../org/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.draft-incident-report');

export default class DraftIncidentReport extends SfCommand<IncidentResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly aliases = ['security-review:draft:incident-report'];
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
    app: Flags.string({
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.app.summary'),
      description: messages.getMessage('flags.app.description'),
      multiple: true,
    }),
    since: Flags.string({ helpGroup: HELP_GROUPS.input, summary: messages.getMessage('flags.since.summary') }),
    until: Flags.string({ helpGroup: HELP_GROUPS.input, summary: messages.getMessage('flags.until.summary') }),
    'output-dir': Flags.string({
      parse: filled,
      helpGroup: HELP_GROUPS.output,
      summary: messages.getMessage('flags.output-dir.summary'),
    }),
    'policy-file': Flags.string({
      parse: filled,
      helpGroup: HELP_GROUPS.gate,
      summary: messages.getMessage('flags.policy-file.summary'),
    }),
    ...connectionFlags(messages, defaultTimeouts),
  };
  public static readonly errorCodes = exitCodesOf(messages);

  public async run(): Promise<IncidentResult> {
    endOnSignals();
    const { flags } = await parsed(this.parse(DraftIncidentReport));
    const now = new Date();
    const window = windowOf(flags.since, flags.until, now);
    const apps = appsOf(flags.app);
    const folder =
      flags['output-dir'] ?? `incident-${now.toISOString().slice(0, 16).replace('T', '-').replace(':', '')}`;
    await checkOutputFolder(folder);
    const contact = await this.contact(flags['policy-file']);
    const named = await namedOrgs(flags['target-org']);
    const orgs = await this.read(named, connectionOf(flags), { window, asOf: now, ...(apps ? { apps } : {}) });
    const incident: Incident = {
      tool: tool(),
      asOf: now.toISOString(),
      window,
      ...(apps ? { apps } : {}),
      ...(contact === undefined ? {} : { contact }),
      orgs,
    };
    const documents = documentsOf(incident);
    await writeOutputFolder(folder, documents);
    const result = resultOf(folder, incident, documents);
    this.tell(incident, result);
    return result;
  }

  /** Only the contact is used, so an invalid policy that was found by default is ignored. */
  private async contact(file: string | undefined): Promise<string | undefined> {
    try {
      const { policy } = await policyOf(file, catalogue);
      const { data } = z.object({ incident: z.object({ contact: z.string().min(1) }) }).safeParse(policy.submission);
      return data?.incident.contact;
    } catch (error) {
      if (file !== undefined) throw error;
      this.warn(messages.getMessage('warning.policy', [oneLineMessage(error)]));
      return undefined;
    }
  }

  /** @throws SfError with exit code 1 when no org could be opened */
  private async read(
    named: readonly NamedOrg[],
    options: Pick<OpenOptions, 'apiVersion' | 'timeouts'>,
    question: IncidentQuestion
  ): Promise<IncidentOrg[]> {
    const stage = messages.getMessage('info.progress.read');
    const progress = await showProgress(
      messages.getMessage('info.progress', [named.length === 1 ? (named[0]?.name ?? '') : `${named.length} orgs`]),
      [stage],
      process.stdout.isTTY && !this.jsonEnabled(),
      this.logToStderr.bind(this)
    );
    progress.goTo(stage);
    // Nothing is thrown here: an org that cannot be read is a problem of its own.
    const read = await Promise.all(named.map((org) => readOrg(org, options, question, progress)));
    progress.stop();
    const closed = read.flatMap(({ org, error }) => (error ? [{ name: org.name, error }] : []));
    if (closed.length === read.length) throw nothingOpened(closed);
    for (const { name, error } of closed) this.warn(messages.getMessage('warning.notOpened', [error.message, name]));
    return read.map(({ org }) => org);
  }

  private tell(incident: Incident, { folder, files, orgs }: IncidentResult): void {
    for (const { name, opened, unknown } of orgs) {
      if (opened && unknown.length > 0) {
        this.warn(messages.getMessage('warning.unknown', [name, unknown.map(({ what }) => what).join(', ')]));
      }
    }
    const views = viewsOf(incident);
    for (const name of namesNowhere(views, incident.apps)) this.warn(messages.getMessage('warning.notSeen', [name]));
    for (const view of views) this.log(messages.getMessage('info.counts', [view.org.name, countsText(view)]));
    this.log(messages.getMessage('info.written', [folder, files.map(({ name }) => name).join(', ')]));
    this.log(messages.getMessage('info.next'));
  }
}

type Read = { org: IncidentOrg; error?: ReturnType<typeof problemOf> };

const readOrg = async (
  { name, username }: NamedOrg,
  options: Pick<OpenOptions, 'apiVersion' | 'timeouts'>,
  question: IncidentQuestion,
  progress: ProgressLine
): Promise<Read> => {
  const about = { name, ...(username === undefined ? {} : { username }) };
  try {
    const reader = await openOrg({ username: username ?? name, ...options });
    const { orgId, namespace } = reader;
    const facts = await gatherIncident(reader, question, (done, of) => progress.count(name, done, of));
    return { org: { ...about, orgId, ...(namespace === undefined ? {} : { namespace }), facts } };
  } catch (thrown) {
    const error = problemOf(thrown);
    return { org: { ...about, error: { message: error.message, actions: error.actions } }, error };
  }
};

/** @throws SfError with exit code 2 for a name that is not valid */
const appsOf = (given: readonly string[] | undefined): string[] | undefined => {
  const names = given?.map((name) => name.trim());
  if (names?.includes('')) throw errorFromMessages(messages, 2, 'emptyApp');
  return names && [...new Set(names)];
};
