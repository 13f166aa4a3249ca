import { stat } from 'node:fs/promises';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { failure, said } from '../../cli/errors.js';
import { exitCodes, sharedFlags } from '../../cli/flags.js';
import { prepare, told } from '../../cli/prepare.js';
import { closed, publish, reportCrash } from '../../cli/publish.js';
import { review } from '../../engine/review.js';
import type { Report, TargetReport } from '../../engine/types.js';
import { openPackage, packageDomain } from '../../package/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.check-package');

export default class CheckPackage extends SfCommand<Report> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'source-dir': Flags.string({
      char: 'd',
      summary: messages.getMessage('flags.source-dir.summary'),
      description: messages.getMessage('flags.source-dir.description'),
      multiple: true,
    }),
    ...sharedFlags,
  };
  public static readonly errorCodes = toHelpSection('EXIT CODES', exitCodes);

  public async run(): Promise<Report> {
    const { flags } = await this.parse(CheckPackage);
    const { policy, scope, only, notices } = await prepare(flags, catalogue, 'package');
    const folders = [...new Set(flags['source-dir'] ?? ['.'])];
    await Promise.all(folders.map(refuseWrongPath));

    const check = async (folder: string): Promise<TargetReport> => {
      const asOf = new Date();
      const target = { kind: 'package', name: told(folder), path: told(folder) } as const;
      try {
        const source = await openPackage(folder);
        const run = { policy, target, asOf, audited: [], onCrash: reportCrash, ...(only ? { only } : {}) };
        const report = await review(packageDomain, source, run);
        return { ...report, notices: [...report.notices, ...notices] };
      } catch (error) {
        return closed(target, asOf, policy, error, messages.getMessages('error.notAPackage.actions'));
      }
    };
    return publish(await Promise.all(folders.map(check)), scope, flags, this.log.bind(this));
  }
}

const refuseWrongPath = async (folder: string): Promise<void> => {
  const found = await stat(folder).catch((error: unknown) => said(error));
  if (typeof found === 'string') {
    const actions = messages.getMessages('error.noSource.actions');
    throw failure(2, 'NoSource', messages.getMessage('error.noSource', [folder]), actions);
  }
  if (!found.isDirectory()) {
    const actions = messages.getMessages('error.notAFolder.actions');
    throw failure(2, 'NotAFolder', messages.getMessage('error.notAFolder', [folder]), actions);
  }
};
