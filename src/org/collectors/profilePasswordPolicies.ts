import { defined } from '../../common/defined.js';
import { combine, mapEvidence } from '../../engine/evidence.js';
import { sameId } from '../../common/ids.js';
import type { ProfilePasswordPolicy } from '../facts.js';
import { orgCollector, seeMetadata, seeUsers } from './shared/orgCollector.js';
import { componentsOfProfiles, profileComponents } from './shared/profileComponents.js';
import { toBoolean } from './shared/soql.js';
import { usersByProfile } from './shared/users.js';

/** Only a profile that overrides the org's policy has a component (Metadata API, ProfilePasswordPolicy). */
export const profilePasswordPolicies = orgCollector<readonly ProfilePasswordPolicy[]>({
  reads: ['ProfilePasswordPolicy (Metadata API)', 'Profile (Metadata API)', 'User'],
  requires: [seeMetadata, seeUsers],
  restsOn: (policies) => (policies.length === 0 ? [seeMetadata] : [seeMetadata, seeUsers]),
  collect: async (org) => {
    const policies = await componentsOfProfiles(org, 'ProfilePasswordPolicy');
    if (policies.status === 'unavailable' || policies.value.length === 0) return mapEvidence(policies, () => []);
    const [profileOf, assigned] = await Promise.all([profileComponents(org), usersByProfile(org)]);
    return combine([policies, profileOf, assigned], (components, profile, counts) =>
      components.map((component) => {
        const { name, ids } = profile(component['profile']);
        const users = counts.filter(({ id }) => id !== undefined && ids.some((one) => sameId(one, id)));
        const { passwordExpiration } = component;
        return defined<ProfilePasswordPolicy>({
          profile: users[0]?.name ?? name,
          // The Metadata API sends numbers as text.
          expirationDays: /^\d+$/.test(String(passwordExpiration)) ? Number(passwordExpiration) : undefined,
          disabled: toBoolean(component['isDisabled']) === true ? true : undefined,
          activeUsers: ids.length === 0 ? undefined : users.reduce((sum, one) => sum + one.users, 0),
        });
      })
    );
  },
});
