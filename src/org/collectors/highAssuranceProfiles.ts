import { complete, mapEvidence } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { OrgReader } from '../reader.js';
import { plainProfileName } from './profileNames.js';

/**
 * Names, in lower case, of the profiles that ask for a high-assurance session. A profile without a component inherits
 * the org's level.
 */
export const highAssuranceProfiles = async (org: OrgReader): Promise<Evidence<ReadonlySet<string>>> => {
  const names = await org.listMetadata('ProfileSessionSetting');
  if (names.status === 'unavailable') return names;
  if (names.value.length === 0) return complete(new Set());
  return mapEvidence(
    await org.readMetadata('ProfileSessionSetting', names.value),
    (components) =>
      new Set(
        components.flatMap(({ profile, requiredSessionLevel }) =>
          requiredSessionLevel === 'HIGH_ASSURANCE' ? plainProfileName(String(profile)).toLowerCase() : []
        )
      )
  );
};
