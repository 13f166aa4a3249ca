import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { Global, Lifecycle, Messages } from '@salesforce/core';
import { catalogue } from '../catalogue.js';
import { systemCode, oneLineMessage } from '../cli/errors.js';
import { namedOrgs, type NamedOrg } from '../cli/orgs.js';
import { supportedNode, tool } from '../cli/pluginInfo.js';
import { policyOf } from '../cli/runConfig.js';
import { contextOf } from '../engine/review.js';
import type { Policy } from '../engine/types.js';
import { openOrg, orgDomain, preflight } from '../org/index.js';
import { maskTokens } from '../salesforce/secretText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.doctor');

/** In milliseconds; the doctor asks a few questions only. */
const TIMEOUTS = { request: 10_000, org: 30_000 };

/** What sf hands to a hook of `sf doctor`. */
type Doctor = { addSuggestion(text: string): void };
type Status = 'pass' | 'fail' | 'warn';

/** `sf doctor`: whether Node.js, the folder of sf, the policy, the default org and its user are ready for a run. */
export default async function doctor(options: { doctor: Doctor }): Promise<void> {
  const suggest = (key: string, tokens: string[] = []): void =>
    options.doctor.addSuggestion(`[${tool().name}] ${maskTokens(messages.getMessage(`suggestion.${key}`, tokens))}`);
  await checkNode(suggest);
  await checkHome(suggest);
  const policy = await checkPolicy(suggest);
  await checkOrg(policy, suggest);
}

type Suggest = (key: string, tokens?: string[]) => void;

async function checkNode(suggest: Suggest): Promise<void> {
  const least = supportedNode().replace(/^>=/, '');
  const isNewEnough = least.localeCompare(process.versions.node, 'en', { numeric: true }) <= 0;
  await record('node', isNewEnough ? 'pass' : 'fail', [process.versions.node]);
  if (!isNewEnough) suggest('node', [least, process.versions.node]);
}

async function checkHome(suggest: Suggest): Promise<void> {
  const folder = Global.SF_DIR;
  try {
    await mkdir(folder, { recursive: true });
    // eslint-disable-next-line no-bitwise -- the flags of access
    await access(folder, constants.R_OK | constants.W_OK);
    await record('home', 'pass');
  } catch (error) {
    await record('home', 'fail');
    suggest('home', [folder, systemCode(error) ?? 'unknown error']);
  }
}

async function checkPolicy(suggest: Suggest): Promise<Policy | undefined> {
  try {
    const { policy, source } = await policyOf(undefined, catalogue);
    await record('policy', source ? 'pass' : 'warn');
    if (!source) suggest('noPolicy');
    return policy;
  } catch (error) {
    await record('policy', 'fail');
    suggest('policy', [oneLineMessage(error)]);
    return undefined;
  }
}

/** Without a valid policy the org is checked against the default one. */
async function checkOrg(policy: Policy | undefined, suggest: Suggest): Promise<void> {
  const [org] = await namedOrgs(undefined, policy).catch((): NamedOrg[] => []);
  if (org?.username === undefined) {
    await record('org', 'warn');
    suggest('noOrg');
    return;
  }
  try {
    const reader = await openOrg({ username: org.username, timeouts: TIMEOUTS });
    await record('org', 'pass');
    if (!policy) return;
    const lacking = await preflight(reader, contextOf(orgDomain, { policy, asOf: new Date() }));
    await record('permissions', lacking === undefined ? 'pass' : 'warn');
    if (lacking !== undefined) suggest('permissions', [org.name, lacking]);
  } catch (error) {
    await record('org', 'fail');
    suggest('org', [org.name, oneLineMessage(error)]);
  }
}

async function record(test: string, status: Status, tokens: string[] = []): Promise<void> {
  const testName = `[${tool().name}] ${messages.getMessage(`test.${test}`, tokens)}`;
  await Lifecycle.getInstance().emit('Doctor:diagnostic', { testName, status });
}
