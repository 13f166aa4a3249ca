import { Messages } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { answerArgs, answerFinding, answerFlags, supplementedBy, type WrittenEntry } from '../../cli/answerFinding.js';
import { exitCodesOf } from '../../cli/flags.js';
import { parsed } from '../../cli/parsing.js';
import { endOnSignals } from '../../cli/signals.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.justify');

export default class Justify extends SfCommand<WrittenEntry> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly args = answerArgs;
  public static readonly flags = { ...answerFlags, 'supplemented-by': supplementedBy };
  public static readonly errorCodes = exitCodesOf(messages);

  public async run(): Promise<WrittenEntry> {
    endOnSignals();
    return answerFinding('justify', await parsed(this.parse(Justify)), this.log.bind(this));
  }
}
