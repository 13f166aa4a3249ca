import { partial, valueOf } from '../../../engine/evidence.js';
import { minimalPermissions } from '../../../engine/minimalPermissions.js';
import type { Collector, Evidence, Requirement } from '../../../engine/types.js';
import { maskedIn } from '../../../salesforce/secretText.js';
import type { OrgReader } from '../../client/types.js';

/** Without these a private sharing model shows fewer users, without a word (Salesforce Help, "User Sharing"). */
export const seeUsers: Requirement = ['ViewAllUsers', 'ManageUsers'];
/** Object Reference, PermissionSet, PermissionSetAssignment, Site: "View Setup and Configuration". */
export const seeSetup: Requirement = ['ViewSetup'];
/** Object Reference, UserLogin: "Manage Users". */
export const seeFrozen: Requirement = ['ManageUsers'];
/** Object Reference, LoginHistory: without one of these a user sees the own logins only, without a word. */
export const seeLogins: Requirement = ['MonitorLoginHistory', 'ManageUsers'];
/** Object Reference, OauthToken: without it a user sees the own tokens only, without a word. */
export const seeApps: Requirement = ['CustomizeApplication'];
/** Object Reference, AuthProvider: both. */
export const seeAuthProviders: readonly Requirement[] = [['CustomizeApplication'], ['ManageAuthProviders']];
/** Salesforce Help, "View all External Client Apps": without it the objects are unknown. */
export const seeExternalClientApps: Requirement = ['ExternalClientAppViewer'];
/** Metadata API, readMetadata and listMetadata. */
export const seeMetadata: Requirement = ['ModifyMetadata', 'ModifyAllData'];

/** Whether the auditing user has been shown to have a permission. */
export const isHeld = async (org: OrgReader, permission: string): Promise<boolean> =>
  valueOf(await org.viewer())?.held.has(permission) ?? false;

type Definition<T> = Collector<OrgReader, T> & {
  /** The requirements that this value rests on; default: all. */
  restsOn?: (value: T) => readonly Requirement[];
};

/**
 * A collector whose evidence is complete only if the auditing user has been shown to have what it requires: Salesforce leaves
 * rows out without a word, so nothing else shows whether an answer is complete. A user may have put a token into a name: no name is kept.
 */
export const orgCollector = <T>({ restsOn, ...collector }: Definition<T>): Collector<OrgReader, T> => ({
  ...collector,
  collect: async (org, context) => {
    const evidence = maskedIn(await collector.collect(org, context));
    const requires =
      evidence.status === 'unavailable' ? collector.requires : (restsOn?.(evidence.value) ?? collector.requires);
    return requires.length === 0 ? evidence : guard(org, requires, evidence);
  },
});

const guard = async <T>(
  org: OrgReader,
  requires: readonly Requirement[],
  evidence: Evidence<T>
): Promise<Evidence<T>> => {
  const viewer = await org.viewer();
  const held = viewer.status === 'unavailable' ? new Set<string>() : viewer.value.held;
  const lacking = requires.filter((anyOf) => !anyOf.some((name) => held.has(name)));
  if (lacking.length === 0) return evidence;
  const grants = minimalPermissions(lacking);
  if (evidence.status === 'complete') {
    const names = lacking.map((anyOf) => anyOf.join(' or ')).join(' and ');
    const detail =
      viewer.status === 'unavailable'
        ? `It could not be shown that the auditing user has ${names}; without it Salesforce leaves rows out silently.`
        : `The auditing user does not have ${names}; without it Salesforce leaves rows out silently.`;
    return partial(evidence.value, { kind: 'no-access', detail, grants });
  }
  const { gap } = evidence;
  const isAccess = gap.kind === 'no-access' || gap.kind === 'not-supported';
  return isAccess && !gap.grants ? { ...evidence, gap: { ...gap, grants } } : evidence;
};
