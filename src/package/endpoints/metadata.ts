import type { Gap } from '../../engine/types.js';
import { hostOf } from '../../salesforce/endpoints.js';
import type { PackageSource } from '../source/packageSource.js';
import { packageIndex } from '../source/packageIndex.js';
import { child, type XmlElement } from '../parsing/xml.js';
import { suffixTable } from '../parsing/suffixTable.js';

/** An address that metadata names. `host` is `undefined` where it is filled in later. */
type DeclaredEndpoint = { kind: string; type: string; name: string; host?: string; file: string; line: number };

/** `link`: only a whole address counts, as a link may lead to a page of Salesforce or run a script. */
type Kind = { kind: string; type: string; elements: readonly string[]; link?: true };

/**
 * Elements with an address that the org or its users connect to, by the suffix of the file. A parameter of a credential
 * may contain something else, so only addresses count there.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_types_list.htm
 */
const kinds: Readonly<Record<string, Kind>> = suffixTable({
  remotesite: { kind: 'remote site', type: 'RemoteSiteSetting', elements: ['url'] },
  csptrustedsite: { kind: 'trusted site', type: 'CspTrustedSite', elements: ['endpointUrl'] },
  namedcredential: { kind: 'named credential', type: 'NamedCredential', elements: ['endpoint', 'parameterValue'] },
  externalcredential: { kind: 'external credential', type: 'ExternalCredential', elements: ['parameterValue'] },
  authprovider: {
    kind: 'authentication provider',
    type: 'AuthProvider',
    elements: ['authorizeUrl', 'tokenUrl', 'userInfoUrl'],
  },
  workflow: { kind: 'outbound message', type: 'WorkflowOutboundMessage', elements: ['endpointUrl'] },
  datasource: { kind: 'external data source', type: 'ExternalDataSource', elements: ['endpoint'] },
  connectedapp: { kind: 'canvas app', type: 'ConnectedApp', elements: ['canvasUrl'] },
  weblink: { kind: 'web link', type: 'WebLink', elements: ['url'], link: true },
  object: { kind: 'web link', type: 'CustomObject', elements: ['url'], link: true },
  custompageweblink: { kind: 'web link', type: 'CustomPageWebLink', elements: ['url'], link: true },
  tab: { kind: 'web tab', type: 'CustomTab', elements: ['url'], link: true },
  ecacanvas: { kind: 'canvas app', type: 'ExternalClientApp', elements: ['canvasUrl'] },
});

/** Every address that the metadata of the package names. */
export async function declaredEndpoints(
  source: PackageSource
): Promise<{ read: readonly DeclaredEndpoint[]; gaps: readonly Gap[] }> {
  const { read, gaps } = await packageIndex(source).documents({
    file: ({ suffix, form }) => form === 'metadata' && (kinds[suffix] !== undefined || suffix === registration),
  });
  const ofServers = new Set(
    read.flatMap(({ suffix, root }) => (suffix === registration ? credentialsOfServer(root) : []))
  );
  return {
    gaps,
    read: read.flatMap(({ path: file, suffix, component: { name }, root }) => {
      const kind = kinds[suffix];
      const ofServer = suffix === 'namedcredential' && ofServers.has(name);
      const all = kind ? addresses(root, kind) : [];
      return all.map((address) => ({ ...address, ...(ofServer ? { kind: 'MCP server' } : {}), name, file }));
    }),
  };
}

const registration = 'externalserviceregistration';

/** The named credentials through which agents reach an MCP server. */
function credentialsOfServer(root: XmlElement): string[] {
  const isServer = ['registrationProviderType', 'schemaType'].some(
    (element) => child(root, element)?.text === 'ModelContextProtocol'
  );
  const references = ['namedCredentialReference', 'namedCredential'].map((element) => child(root, element)?.text ?? '');
  return isServer ? references.map((reference) => reference.replace(/^.*?__/, '')) : [];
}

const addresses = (element: XmlElement, kind: Kind): Array<Omit<DeclaredEndpoint, 'name' | 'file'>> => {
  const inside = element.children.flatMap((one) => addresses(one, kind));
  const isParameter = element.name === 'parameterValue';
  if (!kind.elements.includes(element.name) || element.text === '') return inside;
  if ((isParameter || kind.link) && !/^https?:/i.test(element.text)) return inside;
  return [{ kind: kind.kind, type: kind.type, host: hostOf(element.text), line: element.line }, ...inside];
};
