import * as z from 'zod';
import { andThen, combine, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { externalUserTypes, guestUserType } from '../../salesforce/userPopulations.js';
import type { ExternalLogins } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { holdersOf } from './shared/permissionHolders.js';
import { orgCollector, seeSetup, seeUsers } from './shared/orgCollector.js';
import { inList, text } from './shared/soql.js';

/** Guests have no login. */
const withLogin = `IsActive = true AND UserType IN ${inList(externalUserTypes.filter((type) => type !== guestUserType))}`;

const row = z.object({ profileName: text, userType: text, users: z.number() });

/** The org switch does not reach external users, the permission does (Help, xcloud.mfa_direct_login_user_perm). */
export const externalLogins = orgCollector<readonly ExternalLogins[]>({
  reads: ['User', 'PermissionSet', 'PermissionSetAssignment', 'PermissionSetGroup'],
  requires: [seeUsers, seeSetup],
  restsOn: (profiles) => (profiles.length === 0 ? [seeUsers] : [seeUsers, seeSetup]),
  collect: async (org, { asOf }) => {
    const all = await grouped(org, withLogin);
    if (all.status === 'unavailable' || all.value.length === 0) return mapEvidence(all, () => []);
    const free = await andThen(await holdersOf(org, 'ForceTwoFactor', asOf), (forced) =>
      forced === undefined ? all : grouped(org, `${withLogin} AND Id NOT IN (${forced})`)
    );
    return combine([all, free], (profiles, without) =>
      profiles.map(({ profileName, userType, users }) => ({
        profile: profileName ?? 'a profile that is not shown',
        userType: userType ?? 'unknown',
        users,
        withoutMfa: without.find((one) => one.profileName === profileName && one.userType === userType)?.users ?? 0,
      }))
    );
  },
});

async function grouped(org: OrgReader, where: string): Promise<Evidence<ReadonlyArray<z.infer<typeof row>>>> {
  return org.query(
    `SELECT Profile.Name profileName, UserType userType, COUNT(Id) users FROM User WHERE ${where} GROUP BY Profile.Name, UserType`,
    row
  );
}
