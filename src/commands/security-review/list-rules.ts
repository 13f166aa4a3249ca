import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { parseAsOf, type AsOf } from '../../cli/asOf.js';
import type { ListedRule } from '../../cli/resultSchemas.js';
import { HELP_GROUPS } from '../../cli/flags.js';
import { parsed } from '../../cli/parsing.js';
import { chosenControls } from '../../cli/runConfig.js';
import { endOnSignals } from '../../cli/signals.js';
import { narrowTerminal, renderEntries, renderTable } from '../../render/index.js';
import { shortDay } from '../../common/dates.js';
import { isInForce, pages, rules, type Rule } from '../../salesforce/rules/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.list-rules');

export default class ListRules extends SfCommand<ListedRule[]> {
  public static readonly aliases = ['security-review:list:rules'];
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    control: Flags.string({
      helpGroup: HELP_GROUPS.gate,
      summary: messages.getMessage('flags.control.summary'),
      multiple: true,
    }),
    'as-of': Flags.custom<AsOf>({ parse: parseAsOf })({
      helpGroup: HELP_GROUPS.gate,
      summary: messages.getMessage('flags.as-of.summary'),
    }),
  };

  public async run(): Promise<ListedRule[]> {
    endOnSignals();
    const { flags } = await parsed(this.parse(ListRules));
    const asOf = flags['as-of']?.start ?? new Date();
    const ids = catalogue.map(({ id }) => id);
    const chosen = new Set(chosenControls(flags.control, ids));
    const shown = rules.filter(({ controls }) => !flags.control || controls.some((control) => chosen.has(control)));
    const width = process.stdout.columns ?? narrowTerminal;
    this.log(`${width < narrowTerminal ? entriesOf(shown, asOf, width) : tableOf(shown, asOf, width)}\n`);
    this.log(messages.getMessage('info.next', [rules[0]?.checked ?? '']));
    return shown.map((rule) => listed(rule, asOf));
  }
}

function tableOf(shown: readonly Rule[], asOf: Date, width: number): string {
  return renderTable(
    ['start', 'id', 'text'].map((column) => messages.getMessage(`columns.${column}`)),
    shown.map((rule) => [startOf(rule, asOf), rule.id, `${rule.text} ${actorsOf(rule)}`]),
    width
  );
}

function entriesOf(shown: readonly Rule[], asOf: Date, width: number): string {
  return renderEntries(
    shown.map((rule) => ({ head: `${rule.id} (${startOf(rule, asOf)})`, about: [rule.text, actorsOf(rule)] })),
    width
  );
}

/** `in force`, or when it begins. */
function startOf(rule: Rule, asOf: Date): string {
  if (isInForce(rule, asOf)) return messages.getMessage('state.inForce');
  return messages.getMessage('state.from', [rule.release ?? shortDay(rule.effective ?? '')]);
}

function actorsOf({ controls, person }: Rule): string {
  return [
    ...(controls.length === 0 ? [] : [messages.getMessage('info.controls', [controls.join(', ')])]),
    ...(person === undefined ? [] : [messages.getMessage('info.person', [person])]),
  ].join(' ');
}

function listed(rule: Rule, asOf: Date): ListedRule {
  return {
    ...rule,
    controls: [...rule.controls],
    cwe: [...rule.cwe],
    asvs: [...rule.asvs],
    page: { id: rule.page, ...pages[rule.page] },
    inForce: isInForce(rule, asOf),
  };
}
