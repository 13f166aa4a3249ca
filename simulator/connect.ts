import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AuthInfo, Connection } from '@salesforce/core';
import type { SimulatedOrg } from './server.js';

/**
 * Environment in which `@salesforce/core` and the CLI keep all state below a folder, log nothing, and look up no host.
 * Give it to a child process, or call `isolate` before core is imported.
 */
export function isolatedEnvironment(folder: string): Record<string, string> {
  return {
    HOME: folder,
    USERPROFILE: folder,
    XDG_DATA_HOME: resolve(folder, 'data'),
    XDG_CONFIG_HOME: resolve(folder, 'config'),
    XDG_CACHE_HOME: resolve(folder, 'cache'),
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    // The CLI reads the first name, its update plugin the second; with the first alone the plugin starts an update.
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_DISABLE_DNS_CHECK: 'true',
  };
}

let home: string | undefined;

/**
 * Points this process at a folder for all Salesforce state. Only the first call counts: core computes its folders from the
 * home directory once and shares them between all orgs of a process.
 */
export function isolate(folder: string): void {
  if (home === undefined) {
    home = resolve(folder);
    mkdirSync(home, { recursive: true });
    Object.assign(process.env, isolatedEnvironment(home));
  }
}

/**
 * Logs in to the org through the JWT flow and gives core's own connection. The folder keeps keys and state.
 *
 * Core keeps one authorization per username in a process. Do not renew the session of an org after logging in to another
 * one of the same username: core would take the other's token, and jsforce repeats a 401 without end.
 */
export async function connect(org: SimulatedOrg, folder: string): Promise<Connection> {
  const core = await isolatedCore(folder);
  const authInfo = await logIn(org, folder);
  return core.Connection.create({ authInfo });
}

/** Logs in to the org through the JWT flow and saves the authorization, as `sf org login jwt` does. */
export async function logIn(org: SimulatedOrg, folder: string): Promise<AuthInfo> {
  const core = await isolatedCore(folder);
  const aggregator = await core.StateAggregator.getInstance();
  if (await aggregator.orgs.exists(org.username)) {
    // The same scenario was started before in this process; core refuses to overwrite an authorization.
    await aggregator.orgs.remove(org.username);
  }
  const authInfo = await core.AuthInfo.create({
    username: org.username,
    oauth2Options: { clientId: org.clientId, privateKeyFile: org.writeKey(folder), loginUrl: org.url },
  });
  await authInfo.save();
  return authInfo;
}

async function isolatedCore(folder: string): Promise<typeof import('@salesforce/core')> {
  isolate(folder);
  return import('@salesforce/core');
}
