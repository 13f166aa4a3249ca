import { firstOfEach } from '../../common/firstOfEach.js';
import type { Collector, Gap } from '../../engine/types.js';
import { hostOf, isForeignHost } from '../../salesforce/endpoints.js';
import { readCode, type CodeFile } from '../source/reading/readCodeFiles.js';
import { isApexTest, withoutComments } from '../parsing/stripComments.js';
import { sightsInApex, type Origin } from '../endpoints/apex.js';
import { sightsInClient } from '../endpoints/browser.js';
import { declaredEndpoints } from '../endpoints/metadata.js';
import type { PackageEndpoint } from '../facts.js';
import { isComponentTest } from '../source/knownLibraries.js';
import type { PackageSource } from '../source/packageSource.js';
import { isArchive } from '../source/zipTree.js';
import { population } from '../source/reading/readAppFiles.js';
import { componentOf, isApex } from '../parsing/component.js';
import { fileGap } from '../parsing/gaps.js';
import { lineAt } from '../parsing/lineAt.js';

const browser = /\.(?:page|component|cmp|app|[cm]?[jt]sx?|html?|resource|scf)$/i;
const mayName =
  /setEndpoint|endpoint|https?:|wss?:|["'=]\/\/|\bfetch\b|<(?:apex:)?(?:iframe|script|includescript|form)\b/i;

/** Every host outside of Salesforce that the package talks to, and every place that does not say which. */
export const endpoints: Collector<PackageSource, readonly PackageEndpoint[]> = {
  reads: [
    'RemoteSiteSetting, CspTrustedSite, NamedCredential, ExternalCredential, AuthProvider, Workflow (outbound messages)',
    'ExternalDataSource, ExternalServiceRegistration, canvas settings of apps, web links, web tabs',
    'Apex, CustomLabels and CustomMetadata that it takes addresses from',
    'Visualforce, LWC, Aura, static resources',
  ],
  requires: [],
  collect: async (source) => {
    const declared = await declaredEndpoints(source);
    const code = await readCode(
      source,
      (path) => (isApex(path) || browser.test(path)) && !isComponentTest(path),
      (text) => mayName.test(text) || isArchive(text)
    );
    const archives = code.files.filter(({ text }) => isArchive(text));
    const files = code.files.filter(({ path, text }) => !isArchive(text) && !(isApex(path) && isApexTest(path, text)));
    const inClients = files
      .filter(({ path }) => !isApex(path))
      .flatMap((file) => inClient({ ...file, text: withoutComments(file.text) }));
    const inApex = await sightsInApex(
      files.filter(({ path }) => isApex(path)),
      source
    );
    const credentials = new Set(declared.read.flatMap(({ type, name }) => (type === 'NamedCredential' ? [name] : [])));
    const found = [
      ...declared.read,
      ...inApex.sights.flatMap(({ origin, file, line }): PackageEndpoint[] => {
        const host = hostIn(origin, credentials);
        return host === 'known' ? [] : [{ kind: 'callout', ...componentOf(file), file, line, ...host }];
      }),
      ...inClients,
    ];
    const gaps: Gap[] = [
      ...declared.gaps,
      ...code.gaps,
      ...inApex.gaps,
      ...archives.map(({ path }) => fileGap(path, 'is an archive, and was not searched.')),
    ];
    return population(distinct(found.filter(({ host }) => host === undefined || isForeignHost(host))), gaps);
  },
};

/** A named credential of the package is read where it is defined; the host of another package's is not known. */
const hostIn = (origin: Origin, credentials: ReadonlySet<string>): { host?: string } | 'known' => {
  if (origin === 'salesforce') return 'known';
  if (origin === 'unknown') return {};
  if ('url' in origin) return { host: hostOf(origin.url) };
  return [...credentials].some((name) => name.toLowerCase() === origin.credential.toLowerCase()) ? 'known' : {};
};

const inClient = (file: CodeFile): PackageEndpoint[] =>
  sightsInClient(file.text, file.component.type !== 'StaticResource').map(({ url, offset, kind }) => ({
    kind,
    ...file.component,
    file: file.path,
    line: lineAt(file.text, offset),
    ...(url === undefined ? {} : { host: hostOf(url) }),
  }));

/** Of one host in one file the first place; also of places that do not name their host. */
const distinct = (found: readonly PackageEndpoint[]): PackageEndpoint[] => {
  const lineOrder = (a: PackageEndpoint, b: PackageEndpoint): number => (a.line ?? 0) - (b.line ?? 0);
  return firstOfEach(found.toSorted(lineOrder), ({ file, host = '' }) => `${file} ${host}`).sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : lineOrder(a, b)
  );
};
