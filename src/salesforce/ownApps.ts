import { sameId } from './ids.js';

type Org = { orgId: string; namespace?: string };
type App = { orgScopedName?: string; distributionState?: string; namespace?: string };

/**
 * Whether an External Client App was made in this org. `OrgScopedExternalApp` is the id of the org that made it, a
 * colon, and its name (Metadata API, ExternalClientApplication): it decides, because a package without a namespace
 * brings apps without one. Where it is missing, a state that only its maker sees and no foreign namespace do.
 */
export const isOwnExternalClientApp = (
  { orgId, namespace: ours }: Org,
  { orgScopedName, distributionState, namespace }: App
): boolean => {
  const maker = orgScopedName?.split(':')[0];
  if (maker) return sameId(maker, orgId);
  const foreign = namespace !== undefined && namespace.toLowerCase() !== ours?.toLowerCase();
  return !foreign && ['Local', 'Packaged'].includes(distributionState ?? '');
};
