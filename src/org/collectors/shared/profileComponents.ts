import { andThen, complete, mapEvidence } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import type { MetadataComponent, OrgReader } from '../../client/types.js';
import { elementsOf, isObject } from '../../client/soap.js';

/** The profile that a component of the Metadata API names. */
export type NamedProfile = { name: string; ids: readonly string[] };

/**
 * A policy names its profile as the Metadata API does: in lower case (`admin`, `standardaul`), percent-encoded
 * (`Force%2Ecom - App Subscription User`), or as nil once the profile was deleted. Only the list of profiles, with full
 * name and Id of each, leads from there to the profile of a user (Metadata API, FileProperties).
 */
export async function profileComponents(org: OrgReader): Promise<Evidence<(value: unknown) => NamedProfile>> {
  return mapEvidence(await org.listComponents('Profile'), (profiles) => (value) => namedProfile(value, profiles));
}

/** The components of a type that belong to profiles; that of a deleted profile reaches no user. */
export async function componentsOfProfiles(org: OrgReader, type: string): Promise<Evidence<readonly Component[]>> {
  return andThen(await org.listMetadata(type), async (names) =>
    names.length === 0
      ? complete([])
      : mapEvidence(await org.readMetadata(type, names), (all) =>
          all.filter(({ profile }) => !isDeletedProfile(profile))
        )
  );
}

type Component = Readonly<Record<string, unknown>>;

/** Whether the profile of a component was deleted: the element is there, and nil. Asks nothing. */
function isDeletedProfile(value: unknown): boolean {
  const marks = isObject(value) ? Object.entries(elementsOf(value['$'])) : [];
  return marks.some(([name, mark]) => /^(?:\w+:)?nil$/.test(name) && mark === 'true');
}

function namedProfile(value: unknown, profiles: readonly MetadataComponent[]): NamedProfile {
  // An element that was not sent may belong to any profile.
  if (typeof value !== 'string' || value === '') return { name: 'a profile that was not sent', ids: [] };
  const found = profiles.filter(({ fullName }) => isSameName(value, fullName));
  const ids = found.flatMap(({ id }) => id ?? []);
  return { name: decodedName(found[0]?.fullName ?? value), ids };
}

function isSameName(one: string, other: string): boolean {
  const forms = formsOf(one);
  return formsOf(other).some((form) => forms.includes(form));
}

function formsOf(name: string): string[] {
  return [name, decodedName(name)].map((form) => form.toLowerCase());
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
