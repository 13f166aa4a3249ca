import { expect } from 'chai';
import type { Evidence } from '../../../src/engine/types.js';
import { externalServices } from '../../../src/package/collectors/externalServices.js';
import type { ExternalService } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const collect = async (files: Readonly<Record<string, string>>): Promise<Evidence<readonly ExternalService[]>> =>
  externalServices.collect(
    await sourceOf({
      'sfdx-project.json': packageProject,
      'force-app/labels/Acme.labels-meta.xml': '<CustomLabels/>',
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`force-app/${path}-meta.xml`, text])),
    }),
    { asOf: new Date(0), params: {}, required: [] }
  );
const only = async (files: Readonly<Record<string, string>>): Promise<ExternalService> => {
  const evidence = await collect(files);
  expect(evidence.status).to.equal('complete');
  const [first, ...others] = 'value' in evidence ? evidence.value : [];
  expect(others).to.deep.equal([]);
  return first as ExternalService;
};

const registration = (...lines: readonly string[]): Record<string, string> => ({
  'externalServiceRegistrations/Mcp.externalServiceRegistration': metadata('ExternalServiceRegistration', ...lines),
});
const mcp = registration(
  '<label>Mcp</label>',
  '<namedCredential>acme__Api</namedCredential>',
  '<namedCredentialReference>Api</namedCredentialReference>',
  '<registrationProviderType>ModelContextProtocol</registrationProviderType>',
  '<schemaType>ModelContextProtocol</schemaType>'
);
const parameter = (element: string, type: string, value: string, tag = 'parameterValue'): string =>
  `<${element}><${tag}>${value}</${tag}><parameterName>p</parameterName><parameterType>${type}</parameterType></${element}>`;
const credential = (...more: readonly string[]): Record<string, string> => ({
  'namedCredentials/Api.namedCredential': metadata(
    'NamedCredential',
    '<namedCredentialType>SecuredEndpoint</namedCredentialType>',
    parameter('namedCredentialParameters', 'Url', 'https://mcp.acme.example'),
    parameter('namedCredentialParameters', 'Authentication', 'acme__Auth', 'externalCredential'),
    ...more
  ),
});
const external = (protocol: string, ...more: readonly string[]): Record<string, string> => ({
  'externalCredentials/Auth.externalCredential': metadata(
    'ExternalCredential',
    `<authenticationProtocol>${protocol}</authenticationProtocol>`,
    ...more
  ),
});

describe('externalServices', () => {
  it('joins an MCP server with its credentials, with and without the namespace of the package', async () => {
    expect(await only({ ...mcp, ...credential(), ...external('Oauth') })).to.deep.include({
      name: 'Mcp',
      isAgent: true,
      credential: 'Api',
      authentication: {
        type: 'ExternalCredential',
        name: 'Auth',
        file: 'force-app/externalCredentials/Auth.externalCredential-meta.xml',
        line: 3,
        protocol: 'Oauth',
        hasHeader: false,
        isGranted: false,
      },
    });
  });

  it('finds the variant of a protocol, a header and a permission set', async () => {
    const { authentication } = await only({
      ...mcp,
      ...credential(parameter('namedCredentialParameters', 'HttpHeader', 'x')),
      ...external('Custom', parameter('externalCredentialParameters', 'AuthProtocolVariant', 'NoAuthentication')),
      'permissionsets/Acme.permissionset': metadata(
        'PermissionSet',
        '<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>Auth-Main</externalCredentialPrincipal></externalCredentialPrincipalAccesses>'
      ),
    });
    expect(authentication).to.deep.include({ variant: 'NoAuthentication', hasHeader: true, isGranted: true });
  });

  it('finds protocol and principal type of a legacy named credential', async () => {
    const { authentication } = await only({
      ...mcp,
      'namedCredentials/Api.namedCredential': metadata(
        'NamedCredential',
        '<endpoint>https://mcp.acme.example</endpoint>',
        '<principalType>Anonymous</principalType>',
        '<protocol>NoAuthentication</protocol>'
      ),
    });
    expect(authentication).to.deep.include({ type: 'NamedCredential', protocol: 'NoAuthentication', anonymous: true });
  });

  it('knows what the package does not contain', async () => {
    expect(await only(mcp)).not.to.have.property('authentication');
    expect((await only({ ...mcp, ...credential() })).authentication).to.deep.include({ external: 'acme__Auth' });
    expect(await only(registration('<registrationProviderType>Custom</registrationProviderType>'))).to.deep.include({
      isAgent: false,
      provider: 'Custom',
    });
  });

  it('has a gap for a credential that is not well-formed', async () => {
    const evidence = await collect({ ...mcp, ...credential(), 'externalCredentials/Auth.externalCredential': '<a>' });
    expect(evidence.status).to.equal('partial');
  });
});
