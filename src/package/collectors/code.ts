import { accounted } from '../../engine/coverage.js';
import type { Account, Collector, Gap, OpenFile } from '../../engine/types.js';
import { integrationBody, packageBody, unseenCode } from '../oauthFlows/codeBodies.js';
import type { CodeFact, CodePlace, CodeUse } from '../facts.js';
import { metadataUses } from '../oauthFlows/metadataUses.js';
import { apexLogins, withApexLogins } from '../oauthFlows/apexLogins.js';
import { exchangeUses, namedCredentials, passwordCredentials } from '../oauthFlows/namedCredentials.js';
import { readPlace, type PlaceReading } from '../oauthFlows/readPlace.js';
import { packageIndex } from '../source/packageIndex.js';
import type { PackageSource } from '../source/packageSource.js';
import { recordedAddresses } from '../oauthFlows/loginUrlsInCustomMetadata.js';
import type { PackageTree } from '../source/folderTree.js';

/** What the code of the package and of its integrations does with a login to Salesforce. */
export const codeFacts: Collector<PackageSource, CodeFact> = {
  reads: [
    'Apex, Visualforce, LWC, Aura, static resources (also zipped: `x.resource/inner.js`)',
    'NamedCredential, ExternalCredential, AuthProvider, ExternalDataSource',
    'tabs, links, buttons, S-controls, labels, flows and other metadata that can carry a URL or a script',
    'CustomMetadata (addresses of Salesforce)',
    'code of integrations',
  ],
  requires: [],
  collect: async (source) => {
    const ofPackage = await packagePlace(source);
    const places: CodePlace[] = [{ in: 'package', folder: '.', ...ofPackage.count }];
    const uses: CodeUse[] = [...ofPackage.uses];
    const gaps: Gap[] = [...ofPackage.gaps];
    const accounts: Account[] = [ofPackage.account];
    const seen = new Set<PackageTree>();
    for (const { tree, folder, integration } of distinctFolders(source.integrations)) {
      // eslint-disable-next-line no-await-in-loop -- one folder after the other keeps memory small
      const read = await readPlace(await integrationBody({ tree, folder }));
      places.push({ in: 'integration', folder, ...(integration === undefined ? {} : { integration }), ...read.count });
      // A folder may be the code of several integrations.
      if (seen.has(tree)) continue;
      seen.add(tree);
      uses.push(...read.uses);
      accounts.push(read.account);
      gaps.push(...unseenCode(tree));
    }
    return accounted({ places, uses }, joined(accounts), gaps);
  },
};

const packagePlace = async (source: PackageSource): Promise<PlaceReading & { gaps: readonly Gap[] }> => {
  const credentials = await namedCredentials(source);
  const records = await recordedAddresses(source);
  const metadata = await metadataUses(source);
  const body = await packageBody(source);
  const read = await readPlace(body);
  const inApex = await apexLogins(source, body.addresses.named);
  const ofCode = withApexLogins(read.uses, inApex);
  return {
    ...read,
    uses: [
      ...ofCode,
      ...passwordCredentials(credentials.read, ofCode),
      ...exchangeUses(credentials.exchanges),
      ...metadata.uses,
    ],
    gaps: [
      ...source.unseen.packaged,
      ...packageIndex(source).missingBodies,
      ...credentials.gaps,
      ...records.gaps,
      ...metadata.gaps,
      ...inApex.gaps,
    ],
  };
};

const joined = (accounts: readonly Account[]): Account => ({
  evaluated: accounts.flatMap(({ evaluated = [] }) => evaluated),
  excluded: accounts.flatMap(({ excluded = [] }) => excluded),
  open: accounts.flatMap(({ open = [] }): readonly OpenFile[] => open),
});

/** A folder of the command line counts once, and not where the policy says whose code it is. */
const distinctFolders = (folders: PackageSource['integrations']): PackageSource['integrations'] =>
  folders.filter(
    ({ tree, integration }, index) =>
      integration !== undefined ||
      folders.every((other, at) => other.tree !== tree || (other.integration === undefined && at >= index))
  );
