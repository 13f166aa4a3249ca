import { combine, mapEvidence } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import { sameId } from '../../../common/ids.js';
import type { OrgReader } from '../../client/types.js';
import { componentsOfProfiles, profileComponents, type NamedProfile } from './profileComponents.js';

/** Whether the users of a profile need a high-assurance session; nothing where it could not be determined. */
export type NeedsHighAssurance = (profileId: string) => boolean | undefined;

type Setting = Readonly<Record<string, unknown>>;

/** The first of the reads below: identical reads are sent once. */
export const listHighAssurance = (org: OrgReader): Promise<Evidence<readonly string[]>> =>
  org.listMetadata('ProfileSessionSetting');

/** A profile without a component inherits the org's level; the component of a deleted profile reaches no user. */
export const highAssuranceProfiles = async (org: OrgReader): Promise<Evidence<NeedsHighAssurance>> => {
  const settings = await componentsOfProfiles(org, 'ProfileSessionSetting');
  if (settings.status === 'unavailable') return settings;
  if (!settings.value.some(isHigh)) return mapEvidence(settings, () => () => false);
  return combine([settings, await profileComponents(org)], decided);
};

const isHigh = ({ requiredSessionLevel }: Setting): boolean => requiredSessionLevel === 'HIGH_ASSURANCE';

/** A component that leads to no profile may belong to any that has none of its own. */
const decided = (settings: readonly Setting[], profileOf: (value: unknown) => NamedProfile): NeedsHighAssurance => {
  const found = settings.map((setting) => {
    const { ids } = profileOf(setting['profile']);
    return { high: isHigh(setting), ids };
  });
  const lost = found.some(({ high, ids }) => high && ids.length === 0);
  return (profileId) => {
    const own = found.filter(({ ids }) => ids.some((id) => sameId(id, profileId)));
    if (own.length > 0) return own.some(({ high }) => high);
    return lost ? undefined : false;
  };
};
