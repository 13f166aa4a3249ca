import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@salesforce/core';
import { AUDIT_PERMISSIONS, scenario, startOrg } from '../../simulator/index.js';
import type { Scenario, ScenarioInput, SimulatedOrg } from '../../simulator/index.js';
import { connect } from '../../simulator/connect.js';

/** One folder for the keys and the Salesforce state of the whole test run. */
export const folder = mkdtempSync(join(tmpdir(), 'simulator-test-'));

export type Running = { org: SimulatedOrg; connection: Connection };

const started: SimulatedOrg[] = [];

/** Starts an org and logs in to it through core. `stopAll` ends it. */
export const run = async (org: Scenario): Promise<Running> => {
  const running = await startOrg(org);
  started.push(running);
  return { org: running, connection: await connect(running, folder) };
};

/** Stops every org that `run` started. */
export const stopAll = async (): Promise<void> => {
  await Promise.all(started.splice(0).map((org) => org.stop()));
};

/** A small org; `more` overrides. */
export const small = (more: Partial<ScenarioInput> = {}): Scenario =>
  scenario({
    name: 'small',
    now: '2026-06-15T12:00:00.000Z',
    profiles: [{ name: 'Administrator', permissions: AUDIT_PERMISSIONS }, { name: 'Staff' }],
    users: [
      { username: 'admin@small.example', name: 'Ann Admin', profile: 'Administrator' },
      { username: 'bob@small.example', name: 'Bob Baker', profile: 'Staff' },
      { username: 'cid@small.example', name: 'Cid Cook', profile: 'Staff', active: false },
    ],
    ...more,
  });

/** The small org without some of its auditor's permissions. */
export const without = (permissions: string[], more: Partial<ScenarioInput> = {}): Scenario =>
  small({
    auditor: { permissions: AUDIT_PERMISSIONS.filter((permission) => !permissions.includes(permission)) },
    ...more,
  });

/** `errorCode: message` of a promise that must be refused. */
export const refusal = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    const { errorCode, message } = error as { errorCode?: string; message: string };
    return `${errorCode ?? ''}: ${message}`;
  }
  throw new Error('The request was not refused.');
};

/** Records of a query on the standard endpoint. */
export const records = async (connection: Connection, soql: string): Promise<Array<Record<string, unknown>>> =>
  (await connection.query(soql)).records;
