import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { errorFromMessages } from '../../cli/errors.js';
import { exitCodes, outputFileBesideFiles, sharedFlags } from '../../cli/flags.js';
import { checkOutputFiles } from '../../cli/outputFiles.js';
import { show } from '../../cli/outputReport.js';
import { parsed } from '../../cli/parsing.js';
import { expandFiles, readReport } from '../../cli/reportFiles.js';
import { tool } from '../../cli/pluginInfo.js';
import { endOnSignals } from '../../cli/signals.js';
import { policyOf } from '../../cli/runConfig.js';
import { DEFAULT_MAX_EVIDENCE_AGE } from '../../engine/checkReport.js';
import { conflictsOf, mergeReports, type ReportPart, type Parts } from '../../engine/merge.js';
import type { Report } from '../../engine/types.js';
import { linkedAgain } from '../../org/index.js';
import { maskedIn } from '../../salesforce/secretText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.merge-reports');

export default class MergeReports extends SfCommand<Report> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly aliases = ['security-review:merge:reports'];
  public static readonly examples = messages.getMessages('examples');
  public static readonly args = {
    // Not `required`: every error of the command line has an exit code and a message of this tool.
    file: Args.string({ description: messages.getMessage('args.file.description'), multiple: true }),
  };
  public static readonly flags = {
    'output-file': outputFileBesideFiles,
    'severity-threshold': sharedFlags['severity-threshold'],
    view: sharedFlags.view,
  };
  public static readonly errorCodes = exitCodes;

  public async run(): Promise<Report> {
    endOnSignals();
    const { args, flags } = await parsed(this.parse(MergeReports));
    const files = (await Promise.all((args.file ?? []).map(expandFiles))).flat();
    const [first, ...others] = files;
    if (first === undefined) throw wrong(2, 'noReports');
    await checkOutputFiles(flags['output-file'] ?? [], { inputs: files });
    const parts: [ReportPart, ...ReportPart[]] = [await partOf(first)];
    // One after the other: of hundreds of files only one is held as text.
    // eslint-disable-next-line no-await-in-loop
    for (const file of others) parts.push(await partOf(file));
    const now = new Date();
    await refuse(parts, now);
    return show(mergeReports(tool(), parts, linkedAgain, now, flags['severity-threshold']), flags, this.log.bind(this));
  }
}

const partOf = async (file: string): Promise<ReportPart> => ({ file, report: maskedIn(await readReport(file)) });

const mostConflicts = 10;

/** @throws SfError with exit code 1 when the reports cannot become one */
const refuse = async (parts: Parts, now: Date): Promise<void> => {
  const fresh = { version: tool().version, now, maxEvidenceAge: await maxAgeOf(parts), controls: catalogue };
  const conflicts = conflictsOf(parts, fresh);
  if (conflicts.length === 0) return;
  const more = conflicts.length - mostConflicts;
  const lines = [...conflicts.slice(0, mostConflicts), ...(more > 0 ? [`and ${more} more`] : [])];
  throw wrong(1, 'cannotMerge', [lines.map((line) => `  ${line}`).join('\n')]);
};

/** Of the policy of these reports, if it is the one that applies here; else the default. */
const maxAgeOf = async ([{ report }]: Parts): Promise<number> => {
  const { policy, source } = await policyOf(undefined, catalogue);
  const isSame = source !== undefined && source.sha256 === report.scope.policy?.sha256;
  return isSame ? policy.maxEvidenceAge : DEFAULT_MAX_EVIDENCE_AGE;
};

const wrong = (exitCode: 1 | 2, key: 'noReports' | 'cannotMerge', tokens: string[] = []): Error =>
  errorFromMessages(messages, exitCode, key, tokens);
