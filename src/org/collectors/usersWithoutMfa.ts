import { combine, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { UsersWithoutMfa } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { holdersAmong, holdersOf } from './shared/permissionHolders.js';
import { highAssuranceProfiles, listHighAssurance, type NeedsHighAssurance } from './shared/highAssuranceProfiles.js';
import { orgCollector, seeFrozen, seeMetadata, seeSetup, seeUsers } from './shared/orgCollector.js';
import { securitySettings } from './securitySettings.js';
import { frozenAmong, orPart, text, userColumns, userRefOf, userRow } from './shared/soql.js';
import { internalUsers, orContradiction, userCounts } from './shared/users.js';

/** Reads the org-wide switch first: where it is on, no user needs to be selected. */
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
    const [settings, counts] = await Promise.all([securitySettings.collect(org, context), userCounts(org)]);
    const population = mapEvidence(counts, ({ internal }) => internal);
    if (settings.status !== 'unavailable' && settings.value.mfaForDirectUiLogins) {
      return mapEvidence(population, (number) => ({ coveredByOrgSwitch: true, users: [], population: number }));
    }
    const users = await selected(org, context.asOf);
    return orContradiction(
      combine([users, population], (some, number) => ({ coveredByOrgSwitch: false, users: some, population: number }))
    );
  },
});

const selected = async (org: OrgReader, asOf: Date): Promise<Evidence<UsersWithoutMfa['users']>> => {
  // What users are looked at for is asked for along with what selects them: one round trip less.
  const [internal, forced] = await Promise.all([
    internalUsers(org),
    holdersOf(org, 'ForceTwoFactor', asOf, ['ApiUserOnly', 'IsSsoEnabled']),
    listHighAssurance(org),
  ]);
  if (internal.status === 'unavailable') return internal;
  if (forced.status === 'unavailable') return forced;
  const where = forced.value === undefined ? internal.value : `${internal.value} AND Id NOT IN (${forced.value})`;
  const users = await org.query(`SELECT ${userColumns}, ProfileId FROM User WHERE ${where}`, user);
  if (users.status === 'unavailable') return users;
  if (users.value.length === 0) return combine([internal, forced, users], () => []);
  const [apiOnly, sso, frozen, profiles] = await Promise.all([
    holdersAmong(org, where, 'ApiUserOnly', asOf),
    holdersAmong(org, where, 'IsSsoEnabled', asOf),
    frozenAmong(
      org,
      users.value.map(({ Id }) => Id)
    ),
    highAssuranceProfiles(org),
  ]);
  return combine(
    // What could not be read leaves the users with fewer excuses, and the evidence a part.
    [internal, forced, users, orPart(apiOnly, NO_USERS), orPart(sso, NO_USERS), frozen, orPart(profiles, needUnknown)],
    (_internal, _forced, rows, apiUsers, ssoUsers, frozenUsers, needsHighAssurance) =>
      rows.map((row) => ({
        ...userRefOf(row),
        frozen: frozenUsers.has(row.Id),
        apiOnly: apiUsers.has(row.Id),
        sso: ssoUsers.has(row.Id),
        highAssurance: row.ProfileId === null ? false : needsHighAssurance(row.ProfileId),
      }))
  );
};

const user = userRow.extend({ ProfileId: text });

const NO_USERS: ReadonlySet<string> = new Set();
const needUnknown: NeedsHighAssurance = () => undefined;
