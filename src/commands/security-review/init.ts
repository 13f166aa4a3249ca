import { lstat, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { catalogue } from '../../catalogue.js';
import { failure, failureOf, errorFromMessages } from '../../cli/errors.js';
import { exitCodesOf, filled, HELP_GROUPS, oneOf } from '../../cli/flags.js';
import { refuseExisting, writeNewFiles } from '../../cli/newFiles.js';
import { namedOrgs, type NamedOrg } from '../../cli/orgs.js';
import { parsed } from '../../cli/parsing.js';
import { displayPath } from '../../cli/runConfig.js';
import { tool } from '../../cli/pluginInfo.js';
import { endOnSignals } from '../../cli/signals.js';
import { collect } from '../../engine/collect.js';
import { contextOf } from '../../engine/review.js';
import type { Policy } from '../../engine/types.js';
import { ofOrg, orgFactsOfDraft } from '../../init/orgProposals.js';
import { ofPackage, packageFactsOfDraft } from '../../init/packageProposals.js';
import {
  isPlainPath,
  pipelineFiles,
  pipelineOrgs,
  pipelineText,
  vendors,
  type Vendor,
} from '../../init/pipelines/index.js';
import { policyDraft } from '../../init/policyDraft.js';
import { together, type Found, type Proposal, type Unread } from '../../init/proposals.js';
import { openOrg, orgDomain } from '../../org/index.js';
import { isPackageProblem, openPackage, packageDomain } from '../../package/index.js';
import { policyFileName, readPolicy } from '../../policy/index.js';
import { plain } from '../../render/index.js';
import { maskedIn, maskTokens } from '../../salesforce/secretText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.init');

/** What was written, what the policy proposes, and what could not be read or was not looked at. */
type Initialised = { files: string[]; proposals: Proposal[]; unseen: Unread[]; skipped: string[] };

/** What one org or package came to. */
type Looked = { at: string; found: Found };

export default class Init extends SfCommand<Initialised> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.string({
      char: 'o',
      parse: filled,
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.target-org.summary'),
      multiple: true,
    }),
    'source-dir': Flags.string({
      char: 'd',
      parse: filled,
      helpGroup: HELP_GROUPS.input,
      summary: messages.getMessage('flags.source-dir.summary'),
      multiple: true,
    }),
    'output-dir': Flags.string({
      parse: filled,
      helpGroup: HELP_GROUPS.output,
      summary: messages.getMessage('flags.output-dir.summary'),
      default: '.',
    }),
    pipeline: Flags.custom<Vendor>({ parse: oneOf(vendors, 'pipeline') })({
      helpGroup: HELP_GROUPS.output,
      summary: messages.getMessage('flags.pipeline.summary'),
      helpValue: `<${vendors.join('|')}>`,
      multiple: true,
    }),
  };
  public static readonly errorCodes = exitCodesOf(messages);

  public async run(): Promise<Initialised> {
    endOnSignals();
    const { flags } = await parsed(this.parse(Init));
    const pipelines = [...new Set(flags.pipeline)];
    const folders = [...new Set(flags['source-dir'])];
    const unplain = pipelines.length > 0 ? folders.find((path) => !isPlainPath(path)) : undefined;
    if (unplain !== undefined) throw wrong(2, 'unplainPath', [unplain]);
    const files = await placesFor(flags['output-dir'], pipelines);
    const orgs = flags['target-org'] ? await namedOrgs(flags['target-org']) : [];
    const { policy } = await readPolicy({ from: flags['output-dir'], catalogue });

    // An org that cannot be opened ends the run: a draft that lacks it would look as if it were complete.
    const { packages, skipped } = await packagesAt(folders, policy);
    if (orgs.length === 0 && packages.length === 0) throw wrong(2, 'nothingToLookAt', [skipped.join(' ')]);
    const looked = [...(await Promise.all(orgs.map((org) => lookAtOrg(org, policy)))), ...packages];
    const found = together(looked.map((one) => one.found));
    const unlooked = [...skipped, ...(orgs.length === 0 ? [messages.getMessage('info.noOrg')] : [])];
    const draft = {
      day: new Date().toISOString().slice(0, 10),
      lookedAt: looked.map(({ at }) => at),
      skipped: unlooked,
    };
    const input = {
      orgs: pipelineOrgs(orgs.map(({ name }) => name)),
      ...(packages.length > 0 ? { sourceDirs: folders } : {}),
      plugin: tool(),
    };
    await writeNewFiles([
      { path: files.policy, text: policyDraft(draft, found) },
      ...pipelines.map((vendor) => ({ path: files.of(vendor), text: pipelineText(vendor, input) })),
    ]);

    const written = [files.policy, ...pipelines.map(files.of)].map(displayPath);
    for (const file of written) this.log(messages.getMessage('info.written', [plain(file)]));
    this.log(messages.getMessage('info.proposed', [found.proposals.length]));
    for (const { target, detail } of found.unseen) {
      this.log(messages.getMessage('info.unseen', [plain(`${target}: ${detail}`)]));
    }
    for (const one of unlooked) this.log(messages.getMessage('info.skipped', [plain(one)]));
    this.log(messages.getMessage('info.next', [checkOf(files.policy)]));
    return { files: written, proposals: [...found.proposals], unseen: [...found.unseen], skipped: unlooked };
  }
}

/** The command that checks the policy. From here it is found by itself only where it lies in this folder. */
const checkOf = (policy: string): string => {
  const path = plain(displayPath(policy));
  const given = path === policyFileName ? '' : ` --policy-file ${/\s/.test(path) ? `"${path}"` : path}`;
  return `sf security-review check-policy${given}`;
};

type Places = { policy: string; of: (vendor: Vendor) => string };

/** Where the files will be. Nothing may be there, and no policy in a folder above: the new one would hide it. */
const placesFor = async (outputDir: string, pipelines: readonly Vendor[]): Promise<Places> => {
  const found = await stat(outputDir).catch(() => undefined);
  if (!found?.isDirectory()) throw wrong(2, 'noOutputDir', [outputDir]);
  const folder = resolve(outputDir);
  const policy = join(folder, policyFileName);
  const of = (vendor: Vendor): string => join(folder, pipelineFiles[vendor]);
  await refuseExisting([policy, ...pipelines.map(of)]);
  const above = await policyAbove(dirname(folder));
  if (above !== undefined) throw wrong(1, 'policyAbove', [above]);
  return { policy, of };
};

const policyAbove = async (folder: string): Promise<string | undefined> => {
  const file = join(folder, policyFileName);
  if (await lstat(file).catch(() => undefined)) return file;
  return dirname(folder) === folder ? undefined : policyAbove(dirname(folder));
};

const lookAtOrg = async ({ name, username = name }: NamedOrg, policy: Policy): Promise<Looked> => {
  const reader = await openOrg({ username }).catch((error: unknown) => {
    throw failureOf(name, error);
  });
  const { orgId, namespace } = reader;
  const context = contextOf(orgDomain, { policy, asOf: new Date() });
  const evidence = await collect(orgDomain.collectors, new Set(orgFactsOfDraft), reader, context);
  const org = { name, orgId, ...(namespace === undefined ? {} : { namespace }) };
  return { at: `the org ${name} (${orgId})`, found: ofOrg(org, evidence) };
};

/** A folder found by default may contain no package; a named folder has to. */
const packagesAt = async (
  folders: readonly string[],
  policy: Policy
): Promise<{ packages: Looked[]; skipped: string[] }> => {
  try {
    const paths = folders.length > 0 ? folders : [undefined];
    return { packages: await Promise.all(paths.map((path) => lookAtPackage(path, policy))), skipped: [] };
  } catch (error) {
    if (!isPackageProblem(error)) throw error;
    if (folders.length > 0) throw failure(error.exitCode, error.name, error.message, error.actions);
    return { packages: [], skipped: [error.message] };
  }
};

const lookAtPackage = async (path: string | undefined, policy: Policy): Promise<Looked> => {
  const source = { ...(await openPackage(path)), integrations: [] };
  const context = contextOf(packageDomain, { policy, asOf: new Date() });
  const evidence = maskedIn(await collect(packageDomain.collectors, new Set(packageFactsOfDraft), source, context));
  const name = maskTokens(source.project.name);
  return { at: `the package ${name}`, found: ofPackage(name, evidence) };
};

const wrong = (exitCode: 1 | 2, key: string, tokens: string[]): Error =>
  errorFromMessages(messages, exitCode, key, tokens);
