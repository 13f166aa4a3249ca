import * as z from 'zod';
import { mapEvidence, valueOf } from '../../engine/evidence.js';
import type { RoleSign } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { organization } from './organization.js';
import { externalClientAppRows, isOwnExternalClientAppRow } from './shared/externalClientApps.js';
import { isPackagedState } from './shared/packagedState.js';
import { isHeld, orgCollector } from './shared/orgCollector.js';
import { inList, settingsOf, text, toBoolean } from './shared/soql.js';

/** What the org is for. A role that cannot be decided is part of the fact, so this is as complete as Organization. */
export const roleSigns = orgCollector<readonly RoleSign[]>({
  reads: [
    'Organization',
    'DevHubSettings (Tooling)',
    'ScratchOrgInfo',
    'MetadataPackage (Tooling)',
    'MetadataPackageVersion (Tooling)',
    'ExternalClientApplication',
    'ConnectedApp (Metadata API)',
  ],
  requires: [],
  collect: async (org, context) => {
    const [self, devHub, packages, appOwner] = await Promise.all([
      organization.collect(org, context),
      devHubSign(org),
      managedPackages(org),
      appOwnerSign(org),
    ]);
    return mapEvidence(self, ({ namespace }) => [
      devHub,
      packagingSign(packages),
      namespaceSign(namespace, packages),
      appOwner,
    ]);
  },
});

const devHubSign = async (org: OrgReader): Promise<RoleSign> => {
  const role = 'dev-hub';
  const enabled = toBoolean(valueOf(await settingsOf(org, 'DevHubSettings'))?.['enableScratchOrgManagementPref']);
  if (enabled !== undefined) {
    return { role, holds: enabled, because: `Dev Hub is switched ${enabled ? 'on' : 'off'} in its settings` };
  }
  // An object that answers proves a Dev Hub; one that is refused proves nothing, because a missing permission looks alike.
  const scratchOrgs = await org.count('SELECT COUNT() FROM ScratchOrgInfo');
  return scratchOrgs.status === 'unavailable'
    ? { role, holds: undefined, because: 'neither the Dev Hub settings nor the list of scratch orgs could be read' }
    : { role, holds: true, because: 'the org has a list of scratch orgs' };
};

/** First-generation managed packages made here, each with whether a version was released; `undefined`: not readable. */
type ManagedPackages = ReadonlyArray<{ name: string; namespace: string; released: boolean }> | undefined;

const managedPackages = async (org: OrgReader): Promise<ManagedPackages> => {
  const packages = await org.toolingQuery(
    "SELECT Id, Name, NamespacePrefix FROM MetadataPackage WHERE PackageCategory = 'Package'",
    z.object({ Id: z.string(), Name: z.string(), NamespacePrefix: text })
  );
  if (packages.status !== 'complete') return undefined;
  // Salesforce documents no permission for this object, so an empty list proves something only to who may view Setup.
  if (packages.value.length === 0 && !(await isHeld(org, 'ViewSetup'))) return undefined;
  // `Package` is first generation, managed or not; only managed ones have a namespace (Tooling API, MetadataPackage).
  const managed = packages.value.filter(({ NamespacePrefix }) => NamespacePrefix);
  if (managed.length === 0) return [];
  const versions = await org.toolingQuery(
    `SELECT MetadataPackageId FROM MetadataPackageVersion WHERE ReleaseState = 'Released' AND MetadataPackageId IN ${inList(managed.map(({ Id }) => Id))}`,
    z.object({ MetadataPackageId: z.string() })
  );
  if (versions.status !== 'complete') return undefined;
  const released = new Set(versions.value.map(({ MetadataPackageId }) => MetadataPackageId));
  return managed.map(({ Id, Name, NamespacePrefix }) => ({
    name: Name,
    namespace: NamespacePrefix ?? '',
    released: released.has(Id),
  }));
};

const unreadPackages = 'the list of packages made in this org could not be read';

const packagingSign = (packages: ManagedPackages): RoleSign => {
  const role = 'packaging';
  if (!packages) return { role, holds: undefined, because: unreadPackages };
  const released = packages.find((one) => one.released);
  if (released)
    return { role, holds: true, because: `it released the managed package ${released.name} (first generation)` };
  const [first] = packages;
  return {
    role,
    holds: false,
    because: first
      ? `its managed package ${first.name} (first generation) has no released version`
      : 'no managed package (first generation) was made here',
  };
};

const namespaceSign = (namespace: string | undefined, packages: ManagedPackages): RoleSign => {
  const role = 'namespace';
  if (!namespace) return { role, holds: false, because: 'the org has no namespace' };
  if (!packages) return { role, holds: undefined, because: `it has the namespace ${namespace}, but ${unreadPackages}` };
  return packages.length === 0
    ? { role, holds: true, because: `it has the namespace ${namespace} and no first-generation package` }
    : { role, holds: false, because: `its namespace ${namespace} belongs to a first-generation package` };
};

/** Both lists are read for other facts in the same words, so the org is asked once. */
const appOwnerSign = async (org: OrgReader): Promise<RoleSign> => {
  const role = 'app-owner';
  const [external, connected] = await Promise.all([externalClientAppRows(org), org.listComponents('ConnectedApp')]);
  const packaged =
    valueOf(external)?.find((row) => row.DistributionState === 'Packaged' && isOwnExternalClientAppRow(org, row))
      ?.DeveloperName ?? valueOf(connected)?.find(({ state }) => isPackagedState(state))?.fullName;
  if (packaged !== undefined) return { role, holds: true, because: `it owns the packaged app ${packaged}` };
  const isWhole =
    external.status === 'complete' &&
    connected.status === 'complete' &&
    (external.value.length > 0 || (await isHeld(org, 'ExternalClientAppViewer')));
  return isWhole
    ? { role, holds: false, because: 'it owns no packaged app' }
    : { role, holds: undefined, because: 'the list of its apps could not be read' };
};
