import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { parseAsOf, type AsOf } from '../../cli/asOf.js';
import { errorFromMessages } from '../../cli/errors.js';
import { exitCodesOf, HELP_GROUPS, sharedFlags } from '../../cli/flags.js';
import { parsed } from '../../cli/parsing.js';
import type { CheckedPolicy } from '../../cli/resultSchemas.js';
import { policyOf, displayPath } from '../../cli/runConfig.js';
import { endOnSignals } from '../../cli/signals.js';
import type { Policy } from '../../engine/types.js';
import { expiriesOf, type Expiry } from '../../policy/index.js';
import { narrowTerminal, renderEntries, renderTable } from '../../render/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.check-policy');

export default class CheckPolicy extends SfCommand<CheckedPolicy> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly aliases = ['security-review:check:policy'];
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'policy-file': sharedFlags['policy-file'],
    days: Flags.integer({
      helpGroup: HELP_GROUPS.gate,
      summary: messages.getMessage('flags.days.summary'),
      min: 0,
      max: 3650,
      default: 30,
    }),
    'as-of': Flags.custom<AsOf>({ parse: parseAsOf })({
      helpGroup: HELP_GROUPS.gate,
      summary: messages.getMessage('flags.as-of.summary'),
    }),
  };
  public static readonly errorCodes = exitCodesOf(messages);

  public async run(): Promise<CheckedPolicy> {
    endOnSignals();
    const { flags } = await parsed(this.parse(CheckPolicy));
    const { policy, source, notices: found } = await policyOf(flags['policy-file'], catalogue);
    if (!source) throw errorFromMessages(messages, 1, 'noPolicy');
    const file = displayPath(source.file);
    const notices = [...found, ...(await missingFolders(policy, source.file))];
    const entries = expiriesOf(policy, flags['as-of']?.start ?? new Date(), flags.days);
    this.log(messages.getMessage('info.valid', [file, counted(entries)]));
    for (const notice of notices) this.log(notice);
    this.show(
      entries.filter(({ state }) => state === 'ended' || state === 'ending'),
      flags.days
    );
    return { file, sha256: source.sha256, notices, entries };
  }

  private show(entries: readonly Expiry[], days: number): void {
    if (entries.length === 0) {
      this.log(messages.getMessage('info.nothingEnds', [days]));
      return;
    }
    this.log(messages.getMessage('info.ends', [days]));
    const width = process.stdout.columns ?? narrowTerminal;
    if (width < narrowTerminal) {
      const blocks = entries.map(({ until, state, section, about, owner }) => ({
        head: `${until} (${state}) ${section}`,
        about: [about, `${messages.getMessage('columns.owner')}: ${owner}`],
      }));
      this.log(renderEntries(blocks, width));
      return;
    }
    const keys = ['until', 'state', 'section', 'owner', 'about'] as const;
    const heads = keys.map((key) => messages.getMessage(`columns.${key}`));
    const rows = entries.map((entry) => keys.map((key) => entry[key]));
    this.log(renderTable(heads, rows, width));
  }
}

const counted = (entries: readonly Expiry[]): string =>
  `${entries.length} dated ${entries.length === 1 ? 'entry' : 'entries'}`;

/** Code that the policy names and that is not there would be judged by no run. */
const missingFolders = async ({ integrations }: Policy, file: string): Promise<string[]> => {
  const named = integrations.flatMap(({ name, sourceDir }) => (sourceDir === undefined ? [] : [{ name, sourceDir }]));
  const found = await Promise.all(
    named.map(({ sourceDir }) =>
      stat(resolve(dirname(file), sourceDir)).then(
        (one) => one.isDirectory(),
        () => false
      )
    )
  );
  return named
    .filter((_, index) => !found[index])
    .map(({ name, sourceDir }) => messages.getMessage('info.noSourceDir', [name, sourceDir]));
};
