import { expect } from 'chai';
import { gapsIn } from '../../../src/engine/coverage.js';
import { codeFacts } from '../../../src/package/collectors/code.js';
import { sessionIds } from '../../../src/package/collectors/sessionIds.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context = { asOf: new Date(0), params: {}, required: [] };
const login = 'https://login.salesforce.com/services/oauth2';
const start = { 'sfdx-project.json': packageProject, 'force-app/A.eca-meta.xml': '<a><b/></a>' };

/** `what form subject` of each use, and `gap` of each gap. */
const uses = async (path: string, text: string, more: Record<string, string> = {}): Promise<string[]> => {
  const evidence = await codeFacts.collect(await sourceOf({ ...start, ...more, [`force-app/${path}`]: text }), context);
  if (evidence.status === 'unavailable') return ['unavailable'];
  return [
    ...evidence.value.uses.map(
      ({ what, form, subject, unsure }) =>
        `${what} ${form} ${subject.type}:${subject.name}${unsure === undefined ? '' : '?'}`
    ),
    ...gapsIn(evidence).map(({ kind }) => `gap ${kind}`),
  ];
};

describe('package/collectors/code, metadata', () => {
  for (const [name, path, text, expected] of [
    [
      'a web tab',
      'tabs/T.tab-meta.xml',
      metadata('CustomTab', `<url>${login}/authorize?response_type=token&amp;client_id=1</url>`),
      ['implicit response_type=token CustomTab:T'],
    ],
    [
      'a button that opens an address',
      'webLinks/Go.weblink-meta.xml',
      metadata('CustomPageWebLink', `<url>window.open("${login}/authorize?client_id=1&amp;response_type=token")</url>`),
      ['implicit response_type=token WebLink:Go'],
    ],
    [
      'a link in an object of a Metadata API folder',
      'objects/Account.object',
      metadata(
        'CustomObject',
        `<webLinks><fullName>Go</fullName><url>${login}/authorize?response_type=token</url></webLinks>`
      ),
      ['implicit response_type=token CustomObject:Account'],
    ],
    [
      'a label with the scope full',
      'labels/CustomLabels.labels-meta.xml',
      metadata(
        'CustomLabels',
        `<labels><fullName>U</fullName><value>${login}/authorize?response_type=code&amp;scope=full%20api</value></labels>`
      ),
      [
        'authorization-code response_type=code CustomLabels:CustomLabels',
        'broad-scope scope=full CustomLabels:CustomLabels',
      ],
    ],
    [
      'an address without its flow',
      'tabs/T.tab-meta.xml',
      metadata('CustomTab', `<url>${login}/authorize?client_id=1</url>`),
      ['unknown services/oauth2/authorize CustomTab:T?'],
    ],
    [
      'a provider that asks for full',
      'authproviders/Sf.authprovider-meta.xml',
      metadata('AuthProvider', '<providerType>Salesforce</providerType>', '<defaultScopes>full</defaultScopes>'),
      ['authorization-code AuthProvider for Salesforce AuthProvider:Sf', 'broad-scope scope=full AuthProvider:Sf'],
    ],
    [
      'an S-control',
      'scontrols/Go.scf',
      `<html>\n<script>window.location = '${login}/authorize?response_type=token&client_id=1';</script></html>`,
      ['implicit response_type=token Scontrol:Go'],
    ],
    [
      'trap: a provider of another',
      'authproviders/G.authprovider-meta.xml',
      metadata(
        'AuthProvider',
        '<providerType>OpenIdConnect</providerType>',
        '<tokenUrl>https://id.acme.example/token</tokenUrl>',
        '<defaultScopes>full</defaultScopes>'
      ),
      [],
    ],
    [
      'trap: the implicit flow of another',
      'tabs/T.tab-meta.xml',
      metadata('CustomTab', '<url>https://id.acme.example/authorize?response_type=token</url>'),
      [],
    ],
    [
      'trap: a named credential of another with a scope of that name',
      'namedCredentials/N.namedCredential-meta.xml',
      metadata('NamedCredential', '<endpoint>https://api.acme.example</endpoint>', '<oauthScope>full</oauthScope>'),
      [],
    ],
    [
      'a kind that no rule reads',
      'samples/S.someNewKind-meta.xml',
      metadata('SomeNewKind', `<target>${login}/authorize?response_type=token</target>`),
      ['gap not-understood'],
    ],
    [
      'trap: such a kind without these words',
      'samples/S.someNewKind-meta.xml',
      metadata('SomeNewKind', '<target>https://acme.example</target>'),
      [],
    ],
  ] as const) {
    it(name, async () => expect(await uses(path, text)).to.deep.equal(expected));
  }

  it('a credential whose provider is one of Salesforce', async () => {
    const provider = {
      'force-app/authproviders/Sf.authprovider-meta.xml': metadata(
        'AuthProvider',
        '<providerType>Salesforce</providerType>'
      ),
    };
    const credential = metadata(
      'ExternalCredential',
      '<externalCredentialParameters><authProvider>Sf</authProvider><parameterType>AuthProvider</parameterType></externalCredentialParameters>',
      '<externalCredentialParameters><parameterName>Scope</parameterName><parameterType>AuthParameter</parameterType><parameterValue>web api</parameterValue></externalCredentialParameters>'
    );
    expect(await uses('externalCredentials/E.externalCredential-meta.xml', credential, provider)).to.include(
      'broad-scope scope=web ExternalCredential:E'
    );
  });

  it('a session ID in an S-control goes to the host of its address', async () => {
    const text = "<html><script>window.open('https://app.acme.example/?s={!API.Session_ID}');</script></html>";
    const evidence = await sessionIds.collect(
      await sourceOf({ ...start, 'force-app/scontrols/Go.scf': text }),
      context
    );
    const found = evidence.status === 'unavailable' ? [] : evidence.value;
    expect(found.map(({ component, uses: [use] }) => `${component.type}:${component.name} ${use.to}`)).to.include(
      'Scontrol:Go third-party'
    );
  });

  it('a session ID in a kind that no rule reads is a gap of the session ids', async () => {
    const source = await sourceOf({
      ...start,
      'force-app/x/S.someNewKind-meta.xml': metadata('SomeNewKind', '<u>{!$Api.Session_ID}</u>'),
    });
    expect(
      gapsIn(await sessionIds.collect(source, context)).map(({ kind, subject }) => `${kind} ${subject?.line ?? 0}`)
    ).to.deep.equal(['not-understood 3']);
  });
});
