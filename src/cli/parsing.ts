import { Messages } from '@salesforce/core';
import { errorFromMessages } from './errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/**
 * The flags and arguments of a command. sf itself answers a flag without its value with exit code 1 and no next step.
 *
 * @throws SfError with exit code 2 and a next step for a flag without its value
 */
export async function parsed<T>(parsing: Promise<T>): Promise<T> {
  try {
    return await parsing;
  } catch (thrown) {
    const [, flag] = /^Flag --([\w-]+) expects a value$/.exec(thrown instanceof Error ? thrown.message : '') ?? [];
    throw flag === undefined ? thrown : errorFromMessages(messages, 2, 'noValue', [flag]);
  }
}
