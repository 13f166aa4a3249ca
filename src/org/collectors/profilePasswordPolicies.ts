import { z } from 'zod';
import { combine, mapEvidence } from '../../engine/evidence.js';
import type { ProfilePasswordPolicy } from '../facts.js';
import { orgCollector, seeMetadata, seeUsers } from './shared/orgCollector.js';
import { profileNames } from './shared/profileNames.js';
import { activePeople, text } from './shared/soql.js';

/** Guests and identities of Salesforce itself have no password. */
const users = `SELECT Profile.Name profileName, COUNT(Id) users FROM User WHERE ${activePeople} GROUP BY Profile.Name`;

/** Only a profile that overrides the org's policy has a component (Metadata API, ProfilePasswordPolicy). */
export const profilePasswordPolicies = orgCollector<readonly ProfilePasswordPolicy[]>({
  reads: ['ProfilePasswordPolicy (Metadata API)', 'Profile', 'User'],
  requires: [seeMetadata, seeUsers],
  restsOn: (policies) => (policies.length === 0 ? [seeMetadata] : [seeMetadata, seeUsers]),
  collect: async (org) => {
    const names = await org.listMetadata('ProfilePasswordPolicy');
    if (names.status === 'unavailable') return names;
    if (names.value.length === 0) return mapEvidence(names, () => []);
    const [policies, display, assigned] = await Promise.all([
      org.readMetadata('ProfilePasswordPolicy', names.value),
      profileNames(org),
      org.query(users, z.object({ profileName: text, users: z.number() })),
    ]);
    return combine([names, policies, display, assigned], (_names, components, displayName, counts) =>
      components.map(({ fullName, profile, passwordExpiration }) => {
        const { name, shown } = displayName(String(profile ?? fullName));
        const active = counts.find(({ profileName }) => profileName === name)?.users ?? (shown ? 0 : undefined);
        return {
          profile: name,
          // The Metadata API sends numbers as text.
          expirationDays: /^\d+$/.test(String(passwordExpiration)) ? Number(passwordExpiration) : undefined,
          activeUsers: active,
        };
      })
    );
  },
});
