import { oncePer } from '../../common/oncePer.js';
import { isLoginPath } from '../../salesforce/endpoints.js';
import type { Gap } from '../../engine/types.js';
import type { CodeUse } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { packageIndex } from '../source/packageIndex.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';

/** Where a named credential leads, and how it proves who calls. */
type NamedCredential = { name: string; file: string; line: number; endpoint: string; protocol: string };

/** An exchange of tokens that a credential of the package starts by itself. */
type Exchange = { type: string; name: string; file: string; line: number; flow: Flow; form: string };
type Flow = 'jwt-bearer' | 'client-credentials';

type Parsed = { name: string; file: string; suffix: string; root: XmlElement };

type Credentials = { read: readonly NamedCredential[]; exchanges: readonly Exchange[]; gaps: readonly Gap[] };

/** The named credentials of the package, each with the protocol of its external credential. */
export const namedCredentials = oncePer(async (source: PackageSource): Promise<Credentials> => {
  const { read, gaps } = await packageIndex(source).documents({
    file: ({ suffix, form }) => form === 'metadata' && /^(?:named|external)credential$/.test(suffix),
  });
  const parsed = read.map(({ path: file, suffix, component: { name }, root }) => ({ file, name, suffix, root }));
  const protocols = new Map(
    parsed
      .filter(({ suffix }) => suffix === 'externalcredential')
      .map(({ name, root }) => [name, child(root, 'authenticationProtocol')?.text ?? ''])
  );
  return {
    read: parsed
      .filter(({ suffix }) => suffix === 'namedcredential')
      .map((credential) => namedCredential(credential, protocols)),
    exchanges: parsed.flatMap((credential) => exchangeOf(credential) ?? []),
    gaps,
  };
});

/** Until API 55 endpoint and protocol had separate elements; since then in parameters. */
const namedCredential = ({ name, file, root }: Parsed, protocols: ReadonlyMap<string, string>): NamedCredential => {
  const parameters = childrenNamed(root, 'namedCredentialParameters');
  const endpoint = child(parameterOf(parameters, 'Url'), 'parameterValue') ?? child(root, 'endpoint');
  const external =
    child(parameterOf(parameters, 'Authentication'), 'externalCredential')?.text.replace(/^.*?__/, '') ?? '';
  const protocol = protocols.get(external) ?? child(root, 'protocol')?.text ?? '';
  return { name, file, line: endpoint?.line ?? root.line, endpoint: endpoint?.text ?? '', protocol };
};

/** The parameter of a type among those of a named or external credential. */
export function parameterOf(parameters: readonly XmlElement[], type: string): XmlElement | undefined {
  return parameters.find((one) => child(one, 'parameterType')?.text === type);
}

/**
 * A username and password for the token endpoint of Salesforce, or for the `login()` of its SOAP API. The client
 * credentials flow may send its key and secret in the same way, so code that starts it leaves the question open.
 */
export const passwordCredentials = (credentials: readonly NamedCredential[], uses: readonly CodeUse[]): CodeUse[] =>
  credentials
    .filter(({ protocol, endpoint }) => ['Password', 'Basic'].includes(protocol) && isLoginPath(endpoint))
    .map(({ name, file, line, protocol }) => ({
      what: 'username-password',
      form: `protocol ${protocol}`,
      in: 'package',
      subject: { type: 'NamedCredential', name, file, line },
      at: `protocol ${protocol}`,
      ...(uses.some(({ what }) => what === 'client-credentials')
        ? { unsure: 'the package also starts the client credentials flow, which may send its secret in this way' }
        : {}),
    }));

/** The flow that a credential starts at the token endpoint of Salesforce. */
function exchangeOf({ name, file, suffix, root }: Parsed): Exchange | undefined {
  const parameters = childrenNamed(root, 'externalCredentialParameters');
  const valueOf = (type: string): XmlElement | undefined => child(parameterOf(parameters, type), 'parameterValue');
  const isNamed = suffix === 'namedcredential';
  const form = isNamed
    ? (child(root, 'protocol')?.text ?? '')
    : (valueOf('AuthProtocolVariant')?.text ?? child(root, 'authenticationProtocol')?.text ?? '');
  const endpoint = isNamed ? child(root, 'authTokenEndpointUrl') : valueOf('AuthProviderUrl');
  const flow = /^Jwt(?:Exchange|Bearer)/i.test(form)
    ? 'jwt-bearer'
    : /^ClientCredentials/i.test(form)
      ? 'client-credentials'
      : undefined;
  if (!endpoint || !flow || !isLoginPath(endpoint.text)) return undefined;
  return { type: isNamed ? 'NamedCredential' : 'ExternalCredential', name, file, line: endpoint.line, flow, form };
}

/** The exchanges as uses of OAuth: each needs an app at Salesforce. */
export function exchangeUses(exchanges: readonly Exchange[]): CodeUse[] {
  return exchanges.map(({ type, name, file, line, flow, form }) => ({
    what: flow,
    form,
    in: 'package',
    subject: { type, name, file, line },
    at: form,
  }));
}
