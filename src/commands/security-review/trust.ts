import { Messages } from '@salesforce/core';
import { SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { answerArgs, answerFinding, answerFlags, type Answered } from '../../cli/answerFinding.js';
import { endOnSignals } from '../../cli/signals.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.trust');

export default class Trust extends SfCommand<Answered> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly args = answerArgs;
  public static readonly flags = answerFlags;
  public static readonly errorCodes = toHelpSection(
    'EXIT CODES',
    Object.fromEntries((['0', '1', '2'] as const).map((code) => [code, messages.getMessage(`exitCodes.${code}`)]))
  );

  public async run(): Promise<Answered> {
    endOnSignals();
    return answerFinding('trust', await this.parse(Trust), this.log.bind(this));
  }
}
