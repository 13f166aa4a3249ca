import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUDIT_PERMISSIONS, scenario, startOrg } from '../../simulator/index.js';
import type { Scenario, ScenarioInput, SimulatedOrg } from '../../simulator/index.js';
import { connect } from '../../simulator/connect.js';
import type { CollectContext, Evidence, Gap } from '../../src/engine/types.js';
import { orgCollectors } from '../../src/org/collectors/index.js';
import type { OrgFacts } from '../../src/org/facts.js';
import { openOrg, type OpenOptions, type OrgReader } from '../../src/org/index.js';

/** Keys and Salesforce state of the whole test run. */
export const folder = mkdtempSync(join(tmpdir(), 'org-test-'));

const started: SimulatedOrg[] = [];

type Options = Partial<Pick<OpenOptions, 'apiVersion' | 'timeouts'>>;

/** An org that runs and that core is logged in to, not opened yet. */
export const running = async (
  input: Scenario
): Promise<{ org: SimulatedOrg; reopen: (options?: Options) => Promise<OrgReader> }> => {
  const org = await startOrg(input);
  started.push(org);
  const connection = await connect(org, folder);
  org.requests.length = 0;
  return { org, reopen: (options = {}) => openOrg({ connection, pause: () => Promise.resolve(), ...options }) };
};

/** A running org, and its reader as the command would open it, but without pauses between tries. */
export const open = async (
  input: Scenario,
  options: Options = {}
): Promise<{ org: SimulatedOrg; reader: OrgReader }> => {
  const { org, reopen } = await running(input);
  return { org, reader: await reopen(options) };
};

/** Stops every org that runs. */
export const stopAll = async (): Promise<void> => {
  await Promise.all(started.splice(0).map((org) => org.stop()));
};

/** The clock of the small org, and of the run that looks at it. */
export const now = '2026-06-15T12:00:00.000Z';
export const daysBefore = (days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString();

/** A small org whose auditor may see everything; `more` overrides. */
export const small = (more: Partial<ScenarioInput> = {}): Scenario =>
  scenario({
    name: 'small',
    now,
    profiles: [{ name: 'Administrator', permissions: AUDIT_PERMISSIONS }, { name: 'Staff' }],
    users: [
      { username: 'admin@small.example', name: 'Ann Admin', profile: 'Administrator' },
      { username: 'bob@small.example', name: 'Bob Baker', profile: 'Staff' },
    ],
    ...more,
  });

/** The same org, whose auditor lacks these permissions. */
export const without = (...permissions: string[]): Partial<ScenarioInput> => ({
  auditor: { permissions: AUDIT_PERMISSIONS.filter((name) => !permissions.includes(name)) },
});

export const context = (more: Partial<CollectContext> = {}): CollectContext => ({
  asOf: new Date(now),
  params: {},
  required: [],
  ...more,
});

/** Collects one fact from an org; `prepare` sets faults once the org is open. */
export const collected = async <K extends keyof OrgFacts>(
  fact: K,
  input: Scenario,
  prepare: (org: SimulatedOrg) => void = () => undefined,
  given: CollectContext = context()
): Promise<Evidence<OrgFacts[K]>> => {
  const { org, reader } = await open(input);
  prepare(org);
  return orgCollectors[fact].collect(reader, given);
};

/** The value of evidence that must be complete. */
export const whole = <T>(evidence: Evidence<T>): T => {
  if (evidence.status !== 'complete') throw new Error(`Not complete: ${JSON.stringify(evidence)}`);
  return evidence.value;
};

/** What is missing from evidence that must not be complete. */
export const gapIn = (evidence: Evidence<unknown>): Gap => {
  if (evidence.status === 'complete') throw new Error('The evidence is complete.');
  return evidence.gap;
};

/** The fault of a request that is refused. */
export const refusal = (
  errorCode = 'INSUFFICIENT_ACCESS',
  status = 403
): { kind: 'error'; status: number; errorCode: string } => ({
  kind: 'error',
  status,
  errorCode,
});
