import { combine, complete, mapEvidence } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import { sameId } from '../../../salesforce/ids.js';
import type { Component, OrgReader } from '../../client/openOrg.js';

/** Whether the users of a profile need a high-assurance session; nothing where it could not be told. */
export type NeedsHighAssurance = (profileId: string) => boolean | undefined;

type Setting = Readonly<Record<string, unknown>>;

/**
 * A profile without a component inherits the org's level. The component names its profile as the Metadata API does, in
 * lower case (`admin`, `platformportal` in the Metadata API guide), never as people see it; so it leads to a user only
 * through the list of profiles, which has the name and the Id of each (Metadata API, FileProperties).
 */
export const highAssuranceProfiles = async (org: OrgReader): Promise<Evidence<NeedsHighAssurance>> => {
  const names = await org.listMetadata('ProfileSessionSetting');
  if (names.status === 'unavailable') return names;
  if (names.value.length === 0) return complete(() => false);
  const settings = await org.readMetadata('ProfileSessionSetting', names.value);
  if (settings.status === 'unavailable') return settings;
  if (!settings.value.some(isHigh)) return mapEvidence(settings, () => () => false);
  return combine([settings, await org.listComponents('Profile')], decided);
};

const isHigh = ({ requiredSessionLevel }: Setting): boolean => requiredSessionLevel === 'HIGH_ASSURANCE';

/** A component that leads to no profile may belong to any that has none of its own. */
const decided = (settings: readonly Setting[], profiles: readonly Component[]): NeedsHighAssurance => {
  const found = settings.map((setting) => ({
    high: isHigh(setting),
    ids: profiles.flatMap(({ fullName, id }) => (id && sameName(String(setting['profile']), fullName) ? [id] : [])),
  }));
  const lost = found.some(({ high, ids }) => high && ids.length === 0);
  return (profileId) => {
    const own = found.filter(({ ids }) => ids.some((id) => sameId(id, profileId)));
    if (own.length > 0) return own.some(({ high }) => high);
    return lost ? undefined : false;
  };
};

/** Full names come percent-encoded (`Sales%3A EMEA`); whether the names in a component do is not documented. */
const sameName = (one: string, other: string): boolean => {
  const forms = formsOf(one);
  return formsOf(other).some((form) => forms.includes(form));
};

const formsOf = (name: string): string[] => [name, decodedName(name)].map((form) => form.toLowerCase());

const decodedName = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};
