import { mapEvidence } from '../../engine/evidence.js';
import type { Collector, Gap } from '../../engine/types.js';
import {
  integrationFile,
  isSourceCode,
  packageFile,
  scriptEnding,
  type CandidateFile,
} from '../oauthFlows/classifyFile.js';
import { languageOf } from '../oauthFlows/languages.js';
import type { Addresses } from '../oauthFlows/destination.js';
import { isBundle, mayStartFlow, scan } from '../oauthFlows/scan.js';
import { isApexTest } from '../parsing/stripComments.js';
import type { Code, CodePlace, CodeUse } from '../facts.js';
import { metadataUses } from '../oauthFlows/metadataUses.js';
import { apexLogins, withApexLogins } from '../oauthFlows/apexLogins.js';
import { namedCredentials, passwordCredentials } from '../oauthFlows/namedCredentials.js';
import { packageIndex } from '../source/packageIndex.js';
import type { PackageSource } from '../source/packageSource.js';
import { recordedAddresses } from '../oauthFlows/loginUrlsInCustomMetadata.js';
import { fileGap, population } from '../reading/readAppFiles.js';
import { codeOf, type PackageTree } from '../source/folderTree.js';

/** What the code of the package and of its integrations does with a login to Salesforce. */
export const code: Collector<PackageSource, Code> = {
  reads: [
    'Apex, Visualforce, LWC, Aura, static resources (also zipped: `x.resource/inner.js`)',
    'NamedCredential, ExternalCredential, AuthProvider, ExternalDataSource',
    'tabs, links, buttons, S-controls, labels, flows and other metadata that can carry a URL or a script',
    'CustomMetadata (addresses of Salesforce)',
    'code of integrations',
  ],
  requires: [],
  collect: async (source) => {
    const credentials = await namedCredentials(source);
    const records = await recordedAddresses(source);
    const metadata = await metadataUses(source);
    const addresses: Addresses = {
      named: new Map(credentials.read.map(({ name, endpoint }) => [name, endpoint])),
      recorded: records.fields,
    };
    const ofPackage = await readPlace(source.tree, source.packaged.map(packageFile), addresses);
    const places: CodePlace[] = [{ in: 'package', folder: '.', ...ofPackage.count }];
    const inApex = await apexLogins(source, addresses.named);
    const ofCode = withApexLogins(ofPackage.uses, inApex);
    const uses: CodeUse[] = [...ofCode, ...passwordCredentials(credentials.read, ofCode), ...metadata.uses];
    const gaps: Gap[] = [
      ...source.unseen.packaged,
      ...packageIndex(source).missingBodies,
      ...credentials.gaps,
      ...records.gaps,
      ...metadata.gaps,
      ...ofPackage.gaps,
      ...inApex.gaps,
    ];
    const seen = new Set<PackageTree>();
    for (const { tree, folder, integration } of distinctFolders(source.integrations)) {
      const android = tree.paths.some((path) => path.endsWith('AndroidManifest.xml'));
      const candidates = tree.paths.map((path) => integrationFile(path, android));
      // eslint-disable-next-line no-await-in-loop -- one folder after the other keeps memory small
      const read = await readPlace(tree, candidates, { named: new Map(), recorded: new Map() }, folder);
      places.push({ in: 'integration', folder, ...(integration === undefined ? {} : { integration }), ...read.count });
      // A folder may be the code of several integrations.
      if (!seen.has(tree)) uses.push(...read.uses);
      seen.add(tree);
      const hidden = tree.unseen.filter(
        ({ path }) => path.endsWith('/') || typeof integrationFile(path, android) === 'object'
      );
      gaps.push(...read.gaps, ...hidden.map(({ path, reason }) => fileGap(path, `${reason}.`)));
    }
    return mapEvidence(population(uses, gaps), (whole) => ({ places, uses: whole }));
  },
};

/** A folder of the command line counts once, and not where the policy says whose code it is. */
const distinctFolders = (folders: PackageSource['integrations']): PackageSource['integrations'] =>
  folders.filter(
    ({ tree, integration }, index) =>
      integration !== undefined ||
      folders.every((other, at) => other.tree !== tree || (other.integration === undefined && at >= index))
  );

type Read = { uses: CodeUse[]; gaps: Gap[]; count: { read: number; leftOut: number } };
type One = { uses: CodeUse[]; isSource: boolean } | { gap: Gap } | 'left out' | 'no code';

/** Larger files are not cut into tokens: that would take minutes. */
const largest = 2_000_000;

const readPlace = async (
  tree: PackageTree,
  candidates: ReadonlyArray<ReturnType<typeof packageFile>>,
  addresses: Addresses,
  folder?: string
): Promise<Read> => {
  const files = candidates.filter((one): one is CandidateFile => typeof one === 'object');
  const results: One[] = [];
  // In portions: a system has only so many open files.
  for (let first = 0; first < files.length; first += 50) {
    const portion = files.slice(first, first + 50).map((file) => readFile(tree, file, addresses, folder));
    // eslint-disable-next-line no-await-in-loop
    results.push(...(await Promise.all(portion)));
  }
  const bundles = results.filter((one) => one === 'left out').length;
  return {
    uses: results.flatMap((one) => (typeof one === 'object' && 'uses' in one ? one.uses : [])),
    gaps: results.flatMap((one) => (typeof one === 'object' && 'gap' in one ? [one.gap] : [])),
    count: {
      read: results.filter((one) => typeof one === 'object' && 'uses' in one && one.isSource).length,
      leftOut: bundles + candidates.filter((one) => one === 'left out').length,
    },
  };
};

const readFile = async (
  tree: PackageTree,
  file: CandidateFile,
  addresses: Addresses,
  folder: string | undefined
): Promise<One> => {
  const { path, subject, client } = file;
  try {
    // The text of a file in UTF-16 stays readable without its zeros.
    const text = (await tree.read(path)).replaceAll('\0', '');
    const ending = /(^|\/)[^./]+$/.test(path) ? scriptEnding(text) : '';
    if (ending === undefined) return 'no code';
    const as = ending === '' ? file.as : `${path}.${ending}`;
    const language = languageOf(as) ?? 'other';
    if (language === 'Apex' && isApexTest(path, text)) return 'left out';
    const isSource = isSourceCode(as, language);
    if (text.startsWith('PK\u0003\u0004')) return { gap: fileGap(path, 'is an archive that was not opened.') };
    if (!mayStartFlow(text)) return { uses: [], isSource };
    if (isBundle(text)) return 'left out';
    if (language === 'other') return { gap: fileGap(path, 'is written in a language that is not read here.') };
    if (text.length > largest) return { gap: fileGap(path, 'is too large to be read.') };
    const where: Pick<CodeUse, 'in'> = { in: folder === undefined ? 'package' : 'integration' };
    const prefix = folder === undefined ? '' : `${folder.split(/[\\/]/).filter(Boolean).at(-1) ?? folder} `;
    const sightings = await scan({ path: as, text, language, client }, addresses);
    return {
      isSource,
      uses: sightings.map(({ line, ...rest }) => ({
        ...rest,
        ...where,
        subject: { ...subject, line },
        at: `${prefix}${rest.form}`,
      })),
    };
  } catch (error) {
    return { gap: fileGap(path, `could not be read (${codeOf(error)}).`) };
  }
};
