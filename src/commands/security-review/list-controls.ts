import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { reference, type CataloguedControl } from '../../catalogue.js';
import { HELP_GROUPS } from '../../cli/flags.js';
import { parsed } from '../../cli/parsing.js';
import { chosenControls } from '../../cli/runConfig.js';
import { endOnSignals } from '../../cli/signals.js';
import { bySeverity } from '../../engine/report.js';
import { narrowTerminal, renderEntries, renderTable } from '../../render/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.list-controls');

export default class ListControls extends SfCommand<CataloguedControl[]> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly aliases = ['security-review:list:controls'];
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    control: Flags.string({
      helpGroup: HELP_GROUPS.gate,
      summary: messages.getMessage('flags.control.summary'),
      multiple: true,
    }),
  };

  public async run(): Promise<CataloguedControl[]> {
    endOnSignals();
    const { flags } = await parsed(this.parse(ListControls));
    const controls = reference();
    const ids = controls.map(({ id }) => id);
    const chosen = new Set(chosenControls(flags.control, ids));
    // Otherwise as the catalogue orders them.
    const listed = controls.filter(({ id }) => chosen.has(id)).toSorted(bySeverity);
    const width = process.stdout.columns ?? narrowTerminal;
    if (width < narrowTerminal) {
      const entries = listed.map(({ id, severity, title }) => ({ head: `${id} (${severity})`, about: [title] }));
      this.log(`${renderEntries(entries, width)}\n`);
    } else
      this.log(
        `${renderTable(
          ['severity', 'id', 'title'].map((key) => messages.getMessage(`columns.${key}`)),
          listed.map(({ id, severity, title }) => [severity, id, title]),
          width
        )}\n`
      );
    this.log(messages.getMessage('info.next', [listed[0]?.id ?? '<control>']));
    return listed;
  }
}
