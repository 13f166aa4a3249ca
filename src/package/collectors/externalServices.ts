import type { Collector } from '../../engine/types.js';
import type { Authentication, ExternalService } from '../facts.js';
import { parameterOf } from '../oauthFlows/namedCredentials.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import { population } from '../source/reading/readAppFiles.js';
import { packageIndex, type PackageDocument } from '../source/packageIndex.js';
import type { PackageSource } from '../source/packageSource.js';

/**
 * Registrations of external services, MCP servers among them, and how the named credential of each proves who calls.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalserviceregistration.htm
 */
export const externalServices: Collector<PackageSource, readonly ExternalService[]> = {
  reads: ['ExternalServiceRegistration, NamedCredential, ExternalCredential, PermissionSet'],
  requires: [],
  collect: async (source) => {
    const wanted = /^(?:externalserviceregistration|namedcredential|externalcredential)$/;
    const documents = await packageIndex(source).documents({
      file: ({ suffix, form }) => form === 'metadata' && wanted.test(suffix),
    });
    const registrations = ofKind(documents.read, 'externalserviceregistration');
    const gaps = [...source.unseen.packaged, ...documents.gaps];
    if (registrations.length === 0) return population([], gaps);
    const grants = await packageIndex(source).documents({
      file: ({ path }) => /\.permissionset(?:-meta\.xml)?$/i.test(path),
      mentions: /externalCredentialPrincipalAccesses/,
    });
    const credentials = byName(ofKind(documents.read, 'namedcredential'));
    const externals = byName(ofKind(documents.read, 'externalcredential'));
    const granted = new Set(grants.read.flatMap(({ root }) => grantedCredentials(root)));
    return population(
      registrations.map((registration) => serviceOf(registration, { credentials, externals, granted })),
      [...gaps, ...grants.gaps]
    );
  },
};

type Documents = ReadonlyMap<string, PackageDocument>;
type Credentials = { credentials: Documents; externals: Documents; granted: ReadonlySet<string> };

function ofKind(documents: readonly PackageDocument[], suffix: string): PackageDocument[] {
  return documents.filter((document) => document.suffix === suffix);
}

function byName(documents: readonly PackageDocument[]): Documents {
  return new Map(documents.map((document) => [localName(document.component.name), document]));
}

/** References carry the namespace of the package in some files and not in others. */
function localName(name: string): string {
  return name.replace(/^[a-z]\w*?__(?=\w)/i, '').toLowerCase();
}

function serviceOf({ path: file, component: { name }, root }: PackageDocument, all: Credentials): ExternalService {
  const provider = child(root, 'registrationProviderType')?.text;
  const schema = child(root, 'schemaType')?.text;
  const reference = ['namedCredentialReference', 'namedCredential', 'namedCredentialReferenceId']
    .map((element) => child(root, element))
    .find((element) => element !== undefined && element.text !== '');
  const credential = reference && all.credentials.get(localName(reference.text));
  return {
    name,
    file,
    line: root.line,
    isAgent: [provider, schema].includes('ModelContextProtocol'),
    ...(provider === undefined ? {} : { provider }),
    ...(reference ? { credential: reference.text } : {}),
    ...(credential ? { authentication: authenticationOf(credential, all) } : {}),
  };
}

function authenticationOf({ path: file, component, root }: PackageDocument, all: Credentials): Authentication {
  const parameters = childrenNamed(root, 'namedCredentialParameters');
  const url = child(parameterOf(parameters, 'Url'), 'parameterValue') ?? child(root, 'endpoint');
  const at = { name: component.name, type: 'NamedCredential' as const, file, line: url?.line ?? root.line };
  if (parameters.length === 0) {
    const protocol = child(root, 'protocol');
    const anonymous = child(root, 'principalType')?.text === 'Anonymous';
    return { ...at, line: protocol?.line ?? at.line, ...(protocol ? { protocol: protocol.text } : {}), anonymous };
  }
  const reference = child(parameterOf(parameters, 'Authentication'), 'externalCredential');
  if (!reference) return at;
  const external = all.externals.get(localName(reference.text));
  const headers = parameters.some(isHeader);
  if (!external) return { ...at, line: reference.line, external: reference.text };
  return ofExternal(external, headers, all.granted);
}

function ofExternal(
  { path: file, component: { name }, root }: PackageDocument,
  headers: boolean,
  granted: ReadonlySet<string>
): Authentication {
  const protocol = child(root, 'authenticationProtocol');
  const parameters = childrenNamed(root, 'externalCredentialParameters');
  const variant = child(parameterOf(parameters, 'AuthProtocolVariant'), 'parameterValue');
  return {
    name,
    type: 'ExternalCredential',
    file,
    line: variant?.line ?? protocol?.line ?? root.line,
    ...(protocol ? { protocol: protocol.text } : {}),
    ...(variant ? { variant: variant.text } : {}),
    hasHeader: headers || parameters.some(isHeader),
    isGranted: granted.has(localName(name)),
  };
}

function isHeader(parameter: XmlElement): boolean {
  return /^(?:AuthHeader|HttpHeader)$/.test(child(parameter, 'parameterType')?.text ?? '');
}

/** The external credentials whose principal a permission set grants: `Credential-Principal`. */
function grantedCredentials(permissionSet: XmlElement): string[] {
  return childrenNamed(permissionSet, 'externalCredentialPrincipalAccesses')
    .filter((one) => child(one, 'enabled')?.text === 'true')
    .map((one) => localName((child(one, 'externalCredentialPrincipal')?.text ?? '').replace(/-[^-]*$/, '')));
}
