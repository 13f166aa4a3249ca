import { sameId } from '../common/ids.js';

type Org = { orgId: string; namespace?: string };
type App = { orgScopedName?: string; distributionState?: string; namespace?: string };

/**
 * Whether an External Client App was made in this org, or under its namespace. `OrgScopedExternalApp` is the id of the
 * org that made it, a colon, and its name (Metadata API, ExternalClientApplication): it decides, because a package
 * without a namespace brings apps without one. Where it is missing, a state that only its maker gives does.
 */
export const isOwnExternalClientApp = (
  { orgId, namespace: ours }: Org,
  { orgScopedName, distributionState, namespace }: App
): boolean => {
  if (namespace && namespace.toLowerCase() === ours?.toLowerCase()) return true;
  const maker = orgScopedName?.split(':')[0];
  if (maker) return sameId(maker, orgId);
  return !namespace && ['Local', 'Packaged'].includes(distributionState ?? '');
};
