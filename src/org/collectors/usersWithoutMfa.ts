import { z } from 'zod';
import { combine, complete, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { UsersWithoutMfa } from '../facts.js';
import type { OrgReader } from '../client/openOrg.js';
import { holdersOf } from './shared/permissionHolders.js';
import { highAssuranceProfiles, type NeedsHighAssurance } from './shared/highAssuranceProfiles.js';
import { orgCollector, seeFrozen, seeMetadata, seeSetup, seeUsers } from './shared/orgCollector.js';
import { securitySettings } from './securitySettings.js';
import { activeInternal, frozenAmong, orPart, userColumns, userRefOf, userRow } from './shared/soql.js';

/** Reads the org-wide switch first: where it is on, nobody needs to be selected. */
export const usersWithoutMfa = orgCollector<UsersWithoutMfa>({
  reads: [
    'SecuritySettings (Tooling)',
    'User',
    'UserLogin',
    'PermissionSet',
    'PermissionSetAssignment',
    'PermissionSetGroup',
    'ProfileSessionSetting (Metadata API)',
    'Profile (Metadata API)',
  ],
  requires: [seeUsers, seeSetup, seeFrozen, seeMetadata],
  restsOn: ({ coveredByOrgSwitch, users }) =>
    coveredByOrgSwitch
      ? [seeUsers]
      : users.length === 0
        ? [seeUsers, seeSetup]
        : [seeUsers, seeSetup, seeFrozen, seeMetadata],
  collect: async (org, context) => {
    const [settings, population] = await Promise.all([
      securitySettings.collect(org, context),
      org.count(`SELECT COUNT() FROM User WHERE ${activeInternal}`),
    ]);
    if (settings.status !== 'unavailable' && settings.value.mfaForDirectUiLogins) {
      return mapEvidence(population, (number) => ({ coveredByOrgSwitch: true, users: [], population: number }));
    }
    return combine([await selected(org), population], (users, number) => ({
      coveredByOrgSwitch: false,
      users,
      population: number,
    }));
  },
});

const selected = async (org: OrgReader): Promise<Evidence<UsersWithoutMfa['users']>> => {
  const forced = await holdersOf(org, 'ForceTwoFactor');
  if (forced.status === 'unavailable') return forced;
  const where = forced.value === undefined ? activeInternal : `${activeInternal} AND Id NOT IN (${forced.value})`;
  const users = await org.query(`SELECT ${userColumns}, ProfileId FROM User WHERE ${where}`, user);
  if (users.status === 'unavailable') return users;
  if (users.value.length === 0) return combine([forced, users], () => []);
  const [apiOnly, sso, frozen, profiles] = await Promise.all([
    among(org, where, 'ApiUserOnly'),
    among(org, where, 'IsSsoEnabled'),
    frozenAmong(org, users.value),
    highAssuranceProfiles(org),
  ]);
  return combine(
    // What could not be read leaves the users with fewer excuses, and the evidence a part.
    [forced, users, orPart(apiOnly, nobody), orPart(sso, nobody), frozen, orPart(profiles, notTold)],
    (_forced, rows, apiUsers, ssoUsers, frozenUsers, needsHighAssurance) =>
      rows.map((row) => ({
        ...userRefOf(row),
        frozen: frozenUsers.has(row.Id),
        apiOnly: apiUsers.has(row.Id),
        sso: ssoUsers.has(row.Id),
        highAssurance: needsHighAssurance(row.ProfileId),
      }))
  );
};

const user = userRow.extend({ ProfileId: z.string() });

const nobody: ReadonlySet<string> = new Set();
const notTold: NeedsHighAssurance = () => undefined;

/** Ids of those among the selected users who hold a permission. */
const among = async (org: OrgReader, where: string, permission: string): Promise<Evidence<ReadonlySet<string>>> => {
  const holders = await holdersOf(org, permission);
  if (holders.status === 'unavailable') return holders;
  if (holders.value === undefined) return complete(new Set());
  const rows = await org.query(
    `SELECT Id FROM User WHERE ${where} AND Id IN (${holders.value})`,
    z.object({ Id: z.string() })
  );
  return combine([rows, holders], (found) => new Set(found.map(({ Id }) => Id)));
};
