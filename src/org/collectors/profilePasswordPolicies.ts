import { combine } from '../../engine/evidence.js';
import type { ProfilePasswordPolicy } from '../facts.js';
import { orgCollector, seeMetadata } from './orgCollector.js';
import { profileNames } from './profileNames.js';

/** Only a profile that overrides the org's policy has a component (Metadata API, ProfilePasswordPolicy). */
export const profilePasswordPolicies = orgCollector<readonly ProfilePasswordPolicy[]>({
  reads: ['ProfilePasswordPolicy (Metadata API)', 'Profile'],
  requires: [seeMetadata],
  collect: async (org) => {
    const names = await org.listMetadata('ProfilePasswordPolicy');
    if (names.status === 'unavailable') return names;
    const [policies, display] = await Promise.all([
      org.readMetadata('ProfilePasswordPolicy', names.value),
      profileNames(org),
    ]);
    return combine([policies, display], (components, displayName) =>
      components.map(({ fullName, profile, passwordExpiration }) => {
        // The Metadata API sends numbers as text.
        const days = /^\d+$/.test(String(passwordExpiration)) ? Number(passwordExpiration) : undefined;
        return { profile: displayName(String(profile ?? fullName)), expirationDays: days };
      })
    );
  },
});
