import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { errorFromMessages } from '../../cli/errors.js';
import { catalogue } from '../../catalogue.js';
import { exitCodesOf, filled, HELP_GROUPS, sharedFlags } from '../../cli/flags.js';
import { checkOutputFolder, writeOutputFolder } from '../../cli/outputFolder.js';
import { parsed } from '../../cli/parsing.js';
import { readReport } from '../../cli/reportFiles.js';
import { readRetrieved } from '../../cli/readRetrieved.js';
import { readSource } from '../../cli/readSource.js';
import type { PlannedFixes } from '../../cli/resultSchemas.js';
import { policyOf } from '../../cli/runConfig.js';
import { endOnSignals } from '../../cli/signals.js';
import { planOf, type Item } from '../../fixes/plan.js';
import { renderActionPlan, renderPlanPage } from '../../render/fixPlan.js';
import { maskedIn } from '../../salesforce/secretText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.plan-fixes');

export default class PlanFixes extends SfCommand<PlannedFixes> {
  public static readonly aliases = ['security-review:plan:fixes'];
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly args = {
    // Not `required`: every error of the command line has an exit code and a message of this tool.
    report: Args.string({ description: messages.getMessage('args.report.description') }),
  };
  public static readonly flags = {
    'org-source': Flags.string({
      parse: filled,
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.org-source.summary'),
      description: messages.getMessage('flags.org-source.description'),
    }),
    'output-dir': Flags.string({
      parse: filled,
      helpGroup: HELP_GROUPS.output,
      summary: messages.getMessage('flags.output-dir.summary'),
      default: 'fix-plan',
    }),
    'policy-file': sharedFlags['policy-file'],
  };
  public static readonly errorCodes = exitCodesOf(messages);

  public async run(): Promise<PlannedFixes> {
    endOnSignals();
    const { args, flags } = await parsed(this.parse(PlanFixes));
    const folder = flags['output-dir'];
    if (args.report === undefined) throw errorFromMessages(messages, 2, 'noReport');
    await checkOutputFolder(folder);
    const { policy } = await policyOf(flags['policy-file'], catalogue);
    const plan = await planOf(maskedIn(await readReport(args.report)), {
      read: readSource,
      ranges: policy.trust.ipRanges,
      retrieved: flags['org-source'] === undefined ? [] : await readRetrieved(flags['org-source']),
    });
    const files = [
      { name: 'README.md', content: renderPlanPage(plan) },
      { name: 'action-plan.csv', content: renderActionPlan(plan) },
      ...plan.files,
    ];
    await writeOutputFolder(folder, files);
    const planned = plan.items.filter(({ way }) => way === 'diff' || way === 'deploy').length;
    this.log(messages.getMessage('info.written', [folder, planned, plan.items.length]));
    return { folder, files: files.map(({ name }) => name), findings: plan.items.map(summaryOf) };
  }
}

function summaryOf({ finding, control, target, way }: Item): PlannedFixes['findings'][number] {
  return { fingerprint: finding.fingerprint, control: control.id, target: target.name, closedBy: way };
}
