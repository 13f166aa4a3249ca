import { defined } from '../../common/defined.js';
import { combine, mapEvidence } from '../../engine/evidence.js';
import { sameId } from '../../common/ids.js';
import type { ProfilePasswordPolicy } from '../facts.js';
import { orgCollector, seeMetadata, seeUsers } from './shared/orgCollector.js';
import { isDeletedProfile, profileComponents } from './shared/profileComponents.js';
import { toBoolean } from './shared/soql.js';
import { usersByProfile } from './shared/users.js';

/** Only a profile that overrides the org's policy has a component (Metadata API, ProfilePasswordPolicy). */
export const profilePasswordPolicies = orgCollector<readonly ProfilePasswordPolicy[]>({
  reads: ['ProfilePasswordPolicy (Metadata API)', 'Profile (Metadata API)', 'User'],
  requires: [seeMetadata, seeUsers],
  restsOn: (policies) => (policies.length === 0 ? [seeMetadata] : [seeMetadata, seeUsers]),
  collect: async (org) => {
    const names = await org.listMetadata('ProfilePasswordPolicy');
    if (names.status === 'unavailable') return names;
    if (names.value.length === 0) return mapEvidence(names, () => []);
    const policies = await org.readMetadata('ProfilePasswordPolicy', names.value);
    if (policies.status === 'unavailable') return policies;
    // The policy of a deleted profile reaches no user.
    const live = mapEvidence(policies, (all) => all.filter(({ profile }) => !isDeletedProfile(profile)));
    if (policies.value.every(({ profile }) => isDeletedProfile(profile))) return mapEvidence(live, () => []);
    const [profileOf, assigned] = await Promise.all([profileComponents(org), usersByProfile(org)]);
    return combine([names, live, profileOf, assigned], (_names, components, profile, counts) =>
      components.flatMap((component): ProfilePasswordPolicy[] => {
        const named = profile(component['profile']);
        if (named.kind === 'deleted') return [];
        const users = counts.filter(({ id }) => id !== undefined && named.ids.some((one) => sameId(one, id)));
        const { passwordExpiration } = component;
        return [
          defined<ProfilePasswordPolicy>({
            profile: users[0]?.name ?? named.name,
            // The Metadata API sends numbers as text.
            expirationDays: /^\d+$/.test(String(passwordExpiration)) ? Number(passwordExpiration) : undefined,
            disabled: toBoolean(component['isDisabled']) === true ? true : undefined,
            activeUsers: named.ids.length === 0 ? undefined : users.reduce((sum, one) => sum + one.users, 0),
          }),
        ];
      })
    );
  },
});
