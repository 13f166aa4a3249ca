import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { severities } from '../engine/types.js';
import { formats } from '../render/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

export const views = ['table', 'detail'] as const;

/** The flags that both commands share; names and meaning are part of the tool's contract. */
export const sharedFlags = {
  control: Flags.string({ summary: messages.getMessage('flags.control.summary'), multiple: true }),
  'policy-file': Flags.string({ summary: messages.getMessage('flags.policy-file.summary') }),
  'output-file': Flags.string({
    char: 'f',
    summary: messages.getMessage('flags.output-file.summary', [formats.join(', ')]),
    description: messages.getMessage('flags.output-file.description'),
    multiple: true,
  }),
  'severity-threshold': Flags.option({
    summary: messages.getMessage('flags.severity-threshold.summary'),
    options: severities,
  })(),
  view: Flags.option({
    summary: messages.getMessage('flags.view.summary'),
    options: views,
    default: 'table' as const,
  })(),
};

export type SharedFlags = {
  control?: string[];
  'policy-file'?: string;
  'output-file'?: string[];
  'severity-threshold'?: (typeof severities)[number];
  view: (typeof views)[number];
};

/** For the help of a command: what each exit code means. */
export const exitCodes: Record<string, string> = Object.fromEntries(
  (['0', '1', '2', '3', '4'] as const).map((code) => [code, messages.getMessage(`exitCodes.${code}`)])
);
