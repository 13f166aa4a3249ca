import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { failure } from '../../cli/errors.js';
import { exitCodes, sharedFlags } from '../../cli/flags.js';
import { prepare, told } from '../../cli/prepare.js';
import { closed, publish, reportCrash } from '../../cli/publish.js';
import { review } from '../../engine/review.js';
import type { Report, Target, TargetReport } from '../../engine/types.js';
import {
  isPackageProblem,
  openIntegrations,
  openPackage,
  packageDomain,
  type PackageSource,
} from '../../package/index.js';

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
    'integration-dir': Flags.string({
      summary: messages.getMessage('flags.integration-dir.summary'),
      description: messages.getMessage('flags.integration-dir.description'),
      multiple: true,
    }),
    ...sharedFlags,
  };
  public static readonly errorCodes = toHelpSection('EXIT CODES', exitCodes);

  public async run(): Promise<Report> {
    const { flags } = await this.parse(CheckPackage);
    const { policy, scope, only, notices } = await prepare(flags, catalogue, 'package');
    // Without the flag the project that holds the working directory is looked for; `.` means that very folder.
    const folders = flags['source-dir'] ? [...new Set(flags['source-dir'])] : [undefined];
    const opened = await Promise.all(folders.map(open));
    const given = [...new Set(flags['integration-dir'])];
    const integrations = await asked(openIntegrations(given, policy.integrations, scope.policy?.file));

    const check = async ({ target, asOf, source, error }: Opened): Promise<TargetReport> => {
      if (!source) return closed(target, asOf, policy, error);
      const run = { policy, target, asOf, audited: [], onCrash: reportCrash, ...(only ? { only } : {}) };
      const report = await review(packageDomain, { ...source, integrations }, run);
      return { ...report, notices: [...report.notices, ...notices] };
    };
    return publish(await Promise.all(opened.map(check)), scope, flags, this.log.bind(this));
  }
}

/** @throws SfError with the exit code of a problem */
const asked = <T>(opening: Promise<T>): Promise<T> =>
  opening.catch((error: unknown) => {
    if (!isPackageProblem(error)) throw error;
    throw failure(error.exitCode, error.name, error.message, error.actions);
  });

type Opened = { target: Target; asOf: Date; source?: PackageSource; error?: unknown };

/** @throws SfError with exit code 2 when the path itself is wrong */
const open = async (folder: string | undefined): Promise<Opened> => {
  const asOf = new Date();
  const target: Target = { kind: 'package', name: told(folder ?? '.'), path: told(folder ?? '.') };
  try {
    return { target, asOf, source: await openPackage(folder) };
  } catch (error) {
    if (!isPackageProblem(error)) return { target, asOf, error };
    const { exitCode, name, message, actions } = error;
    if (exitCode === 2) throw failure(2, name, message, actions);
    return { target, asOf, error: failure(1, name, `${target.name}: ${message}`, actions) };
  }
};
