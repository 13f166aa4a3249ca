import type { Gap } from '../../engine/types.js';
import { hostOf } from '../../salesforce/endpoints.js';
import type { PackageSource } from '../source/packageSource.js';
import { fileGap } from '../reading/readAppFiles.js';
import { withPlaceholders } from '../source/replacements.js';
import { codeOf } from '../source/folderTree.js';
import { parseXml, type XmlElement } from '../parsing/xml.js';

/** An address that metadata names. `host` is `undefined` where it is filled in later. */
export type DeclaredEndpoint = { kind: string; type: string; name: string; host?: string; file: string; line: number };

type Kind = { kind: string; type: string; elements: readonly string[] };

/**
 * Elements that hold an address which the org or its users then talk to, by the suffix of the file. A parameter of a
 * credential holds other things, too, so of those only addresses count.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_types_list.htm
 */
const kinds: Readonly<Record<string, Kind>> = {
  remoteSite: { kind: 'remote site', type: 'RemoteSiteSetting', elements: ['url'] },
  cspTrustedSite: { kind: 'trusted site', type: 'CspTrustedSite', elements: ['endpointUrl'] },
  namedCredential: { kind: 'named credential', type: 'NamedCredential', elements: ['endpoint', 'parameterValue'] },
  externalCredential: { kind: 'external credential', type: 'ExternalCredential', elements: ['parameterValue'] },
  authprovider: {
    kind: 'authentication provider',
    type: 'AuthProvider',
    elements: ['authorizeUrl', 'tokenUrl', 'userInfoUrl'],
  },
  workflow: { kind: 'outbound message', type: 'WorkflowOutboundMessage', elements: ['endpointUrl'] },
  dataSource: { kind: 'external data source', type: 'ExternalDataSource', elements: ['endpoint'] },
  connectedApp: { kind: 'canvas app', type: 'ConnectedApp', elements: ['canvasUrl'] },
  ecaCanvas: { kind: 'canvas app', type: 'ExternalClientApp', elements: ['canvasUrl'] },
};

/** Every address that the metadata of the package names. */
export const declaredEndpoints = async ({
  packaged,
  tree,
  replacements,
}: PackageSource): Promise<{ read: readonly DeclaredEndpoint[]; gaps: readonly Gap[] }> => {
  const read: DeclaredEndpoint[] = [];
  const gaps: Gap[] = [];
  for (const file of packaged) {
    const [, name = '', suffix = ''] = /([^/]+)\.(\w+)$/.exec(file.replace(/-meta\.xml$/, '')) ?? [];
    const kind = kinds[suffix];
    if (!kind) continue;
    try {
      // eslint-disable-next-line no-await-in-loop -- few files
      const text = withPlaceholders(replacements, file, await tree.read(file));
      if (text === undefined) {
        gaps.push(fileGap(file, 'could not be read: sfdx-project.json replaces parts of it.'));
        continue;
      }
      const parsed = parseXml(text);
      if ('problem' in parsed) gaps.push(fileGap(file, `could not be read: ${parsed.problem}`, parsed.line));
      else read.push(...addresses(parsed.root, kind).map((one) => ({ ...one, name, file })));
    } catch (error) {
      gaps.push(fileGap(file, `could not be opened (${codeOf(error)}).`));
    }
  }
  return { read, gaps };
};

const addresses = (element: XmlElement, kind: Kind): Array<Omit<DeclaredEndpoint, 'name' | 'file'>> => {
  const inside = element.children.flatMap((one) => addresses(one, kind));
  const isParameter = element.name === 'parameterValue';
  if (!kind.elements.includes(element.name) || element.text === '') return inside;
  if (isParameter && !/^https?:/i.test(element.text)) return inside;
  return [{ kind: kind.kind, type: kind.type, host: hostOf(element.text), line: element.line }, ...inside];
};
