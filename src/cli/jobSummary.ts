import { appendFile, stat } from 'node:fs/promises';
import { Lifecycle, Messages } from '@salesforce/core';
import type { Report } from '../engine/types.js';
import { render } from '../render/index.js';
import { oneLineMessage } from './errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/** In bytes, for all that one step writes; GitHub drops a longer summary whole. */
const mostOfOneStep = 1024 * 1024;

/**
 * Appends the report to the summary of the GitHub job that runs this, if one does. A summary is an extra: that it cannot
 * be written is a warning, and changes neither the verdict nor the exit code.
 */
export const writeJobSummary = async (report: Report, file = process.env.GITHUB_STEP_SUMMARY): Promise<void> => {
  if (!file) return;
  try {
    const existing = await stat(file).then(
      ({ size }) => size,
      () => 0
    );
    const markdown = await render(report, '.md');
    await appendFile(file, fitted(existing > 0 ? `\n\n${markdown}` : markdown, mostOfOneStep - existing));
  } catch (error) {
    await Lifecycle.getInstance().emitWarning(messages.getMessage('warning.noJobSummary', [oneLineMessage(error)]));
  }
};

/** As many whole lines as there is room for; a finding is one line. */
const fitted = (markdown: string, room: number): string => {
  if (Buffer.byteLength(markdown) <= room) return markdown;
  const cut = `\n${messages.getMessage('info.jobSummaryCut')}\n`;
  const left = room - Buffer.byteLength(cut);
  if (left < 0) throw new Error(messages.getMessage('error.jobSummaryFull'));
  const start = Buffer.from(markdown).subarray(0, left);
  return start.toString('utf8', 0, start.lastIndexOf('\n') + 1) + cut;
};
