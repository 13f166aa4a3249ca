import { expect } from 'chai';
import type { Evidence } from '../../../src/engine/types.js';
import { endpoints } from '../../../src/package/collectors/endpoints.js';
import type { PackageEndpoint } from '../../../src/package/facts.js';

import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const collect = async (files: Readonly<Record<string, string>>): Promise<Evidence<readonly PackageEndpoint[]>> =>
  endpoints.collect(
    await sourceOf({
      'sfdx-project.json': packageProject,
      'force-app/labels/Acme.labels-meta.xml': metadata('CustomLabels', '<labels/>'),
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`force-app/${path}`, text])),
    }),
    { asOf: new Date(0), params: {}, required: [] }
  );

/** `host kind Type:name line` of everything that was found. */
const seen = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
  const evidence = await collect(files);
  expect(evidence.status).to.equal('complete');
  return 'value' in evidence
    ? evidence.value.map(({ host, kind, type, name, line }) => `${host ?? '?'} ${kind} ${type}:${name} ${line ?? ''}`)
    : [];
};

const apex = (...lines: readonly string[]): Record<string, string> => ({
  'classes/Gateway.cls': ['public class Gateway {', ...lines, '}'].join('\n'),
});
const site = (url: string): string => metadata('RemoteSiteSetting', '<isActive>true</isActive>', `<url>${url}</url>`);

describe('endpoints: what metadata names', () => {
  it('trap: reads no file whose suffix is the name of an object member', async () => {
    expect(await seen({ 'odd/A.constructor-meta.xml': site('https://a.example') })).to.deep.equal([]);
  });

  const cases: ReadonlyArray<[name: string, path: string, text: string, ...wanted: string[]]> = [
    [
      'a remote site',
      'remoteSiteSettings/A.remoteSite-meta.xml',
      site('https://API.acme.example:8443/v1'),
      'api.acme.example remote site RemoteSiteSetting:A 4',
    ],
    [
      'a remote site in the Metadata API format',
      'remoteSiteSettings/A.remoteSite',
      site('http://a.example'),
      'a.example remote site RemoteSiteSetting:A 4',
    ],
    ['a remote site of Salesforce', 'remoteSiteSettings/A.remoteSite-meta.xml', site('https://acme.my.salesforce.com')],
    [
      'a host of Salesforce in its name only',
      'remoteSiteSettings/A.remoteSite-meta.xml',
      site('https://salesforce.com.evil.example'),
      'salesforce.com.evil.example remote site RemoteSiteSetting:A 4',
    ],
    [
      'an address with a user name',
      'remoteSiteSettings/A.remoteSite-meta.xml',
      site('https://login.salesforce.com@evil.example/'),
      'evil.example remote site RemoteSiteSetting:A 4',
    ],
    [
      'a trusted site with a wildcard',
      'cspTrustedSites/A.cspTrustedSite-meta.xml',
      metadata('CspTrustedSite', '<endpointUrl>https://*.acme.example</endpointUrl>'),
      '*.acme.example trusted site CspTrustedSite:A 3',
    ],
    [
      'a named credential until API 55',
      'namedCredentials/A.namedCredential-meta.xml',
      metadata('NamedCredential', '<endpoint>https://a.example</endpoint>'),
      'a.example named credential NamedCredential:A 3',
    ],
    [
      'a named credential since',
      'namedCredentials/A.namedCredential-meta.xml',
      metadata(
        'NamedCredential',
        '<namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType><parameterValue>https://b.example/x</parameterValue></namedCredentialParameters>',
        '<namedCredentialParameters><parameterType>HttpHeader</parameterType><parameterValue>application/json</parameterValue></namedCredentialParameters>'
      ),
      'b.example named credential NamedCredential:A 3',
    ],
    [
      'a named credential that is filled in later',
      'namedCredentials/A.namedCredential-meta.xml',
      metadata('NamedCredential', '<endpoint>{!$Setup.Acme__c.Url__c}</endpoint>'),
      '? named credential NamedCredential:A 3',
    ],
    [
      'an authentication provider',
      'authproviders/A.authprovider-meta.xml',
      metadata(
        'AuthProvider',
        '<authorizeUrl>https://id.example/a</authorizeUrl>',
        '<tokenUrl>https://id.example/t</tokenUrl>'
      ),
      'id.example authentication provider AuthProvider:A 3',
    ],
    [
      'an outbound message',
      'workflows/Account.workflow-meta.xml',
      metadata('Workflow', '<outboundMessages><endpointUrl>https://hook.example/in</endpointUrl></outboundMessages>'),
      'hook.example outbound message WorkflowOutboundMessage:Account 3',
    ],
    [
      'a canvas app',
      'connectedApps/A.connectedApp-meta.xml',
      metadata(
        'ConnectedApp',
        '<canvasConfig><canvasUrl>https://canvas.example/</canvasUrl></canvasConfig>',
        '<infoUrl>https://www.acme.example</infoUrl>'
      ),
      'canvas.example canvas app ConnectedApp:A 3',
    ],
  ];
  for (const [name, path, text, ...wanted] of cases) {
    it(name, async () => expect(await seen({ [path]: text })).to.deep.equal(wanted));
  }

  it('is partial when a file cannot be read', async () => {
    const evidence = await collect({ 'remoteSiteSettings/A.remoteSite-meta.xml': '<RemoteSiteSetting>' });
    expect(evidence.status).to.equal('partial');
  });
});

describe('endpoints: callouts of Apex', () => {
  const cases: ReadonlyArray<[name: string, files: Record<string, string>, ...hosts: string[]]> = [
    ['a literal', apex("void a() { r.setEndpoint('https://api.acme.example/v1?x=' + id); }"), 'api.acme.example'],
    [
      'a constant of the class',
      apex("static final String BASE = 'https://api.acme.example';", 'void a() { r.setEndpoint(BASE + path); }'),
      'api.acme.example',
    ],
    [
      'a constant of another class',
      {
        ...apex('void a() { r.setEndpoint(Config.BASE); }'),
        'classes/Config.cls': "public class Config { public static String BASE = 'https://api.acme.example'; }",
      },
      'api.acme.example',
    ],
    [
      'a method',
      apex("String base() { return 'https://api.acme.example'; }", 'void a() { r.setEndpoint(base()); }'),
      'api.acme.example',
    ],
    [
      'a property',
      apex("String base { get { return 'https://api.acme.example'; } }", 'void a() { r.setEndpoint(base); }'),
      'api.acme.example',
    ],
    [
      'both sides of a choice',
      apex("void a() { r.setEndpoint(test ? 'https://test.example' : 'https://live.example'); }"),
      'test.example',
      'live.example',
    ],
    [
      'what follows a comment that begins in a string over lines',
      apex("String a = '''", '/* all', "''';", "void b() { r.setEndpoint('https://evil.example'); } /* c */"),
      'evil.example',
    ],
    [
      'a bracket in a string over lines ends no method',
      apex(
        "String base() { if (a) return 'https://api.acme.example'; String t = '''",
        "}}'''; return 'https://evil.example'; }",
        'void b() { r.setEndpoint(base()); }'
      ),
      'api.acme.example',
      'evil.example',
    ],
    [
      'what follows the line end of an old Mac',
      apex("// a\rvoid a() { r.setEndpoint('https://evil.example'); }"),
      'evil.example',
    ],
    ['a stub made from WSDL', apex("public String endpoint_x = 'https://soap.acme.example/in';"), 'soap.acme.example'],
    ['the org itself', apex("void a() { r.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + '/services/data'); }")],
    [
      'trap: a namespace of XML is no endpoint',
      apex(
        "void a() { String ns = 'http://schemas.xmlsoap.org/soap'; x.setNamespace('http://www.w3.org/2001/XMLSchema'); }"
      ),
    ],
    [
      'trap: a link to a manual in a comment is no endpoint',
      apex('// https://docs.acme.example', "/* r.setEndpoint('https://old.example') */"),
    ],
    [
      'trap: a class of tests sends nothing',
      { 'classes/T.cls': "@IsTest private class T { void a() { r.setEndpoint('https://mock.example'); } }" },
    ],
    ['a link in a message', apex("void a() { throw new X('See https://docs.acme.example'); }")],
    ['a custom setting', apex('void a() { r.setEndpoint(Acme__c.getInstance().Url__c); }'), '?'],
    [
      'a field of another object',
      apex("String endpointHost = 'x';", 'void a() { r.setEndpoint(config.endpointHost); }'),
      '?',
    ],
    ['a parameter', apex('void a(String url) { r.setEndpoint(url); }'), '?'],
    [
      'a variable that is a parameter elsewhere',
      apex("void a() { String url = 'https://a.example'; }", 'void b(String url) { r.setEndpoint(url); }'),
      'a.example',
      '?',
    ],
    ['half a host', apex("void a() { r.setEndpoint('https://' + host + '/x'); }"), '?'],
    ['the first half of a host', apex("void a() { r.setEndpoint('https://api.' + region + '.example/x'); }"), '?'],
    [
      'a place for a part of the host',
      apex("void a() { r.setEndpoint(String.format('https://{0}.acme.example', p)); }"),
      '?',
    ],
    [
      'what a caller in a third class passes from a constant',
      {
        ...apex('void send(String address) { r.setEndpoint(address + path); }'),
        'classes/Caller.cls': 'class Caller { void a() { new Gateway().send(Hosts.MAIN); } }',
        'classes/Hosts.cls': "class Hosts { static final String MAIN = 'https://api.acme.example'; }",
      },
      'api.acme.example',
    ],
    [
      'what a class that extends it supplies',
      {
        'classes/Gateway.cls':
          'public abstract class Gateway { abstract String base(); void a() { r.setEndpoint(base()); } }',
        'classes/Live.cls': 'public class Live extends Gateway { override String base() { return Hosts.MAIN; } }',
        'classes/Hosts.cls': "class Hosts { static final String MAIN = 'https://live.example'; }",
      },
      'live.example',
    ],
    [
      'a label',
      {
        ...apex('void a() { r.setEndpoint(Label.Host); }'),
        'labels/CustomLabels.labels-meta.xml': metadata(
          'CustomLabels',
          '<labels><fullName>Host</fullName><value>https://label.example</value></labels>'
        ),
      },
      'label.example',
    ],
    [
      'a record, which a subscriber may add to',
      {
        ...apex('void a() { Host__mdt host = Host__mdt.getInstance(x); r.setEndpoint(host.Url__c); }'),
        'customMetadata/Host.Main.md-meta.xml': metadata(
          'CustomMetadata',
          '<values><field>Url__c</field><value>https://record.example</value></values>'
        ),
      },
      'record.example',
      '?',
    ],
    [
      'a format whose values are written down',
      apex("void a() { r.setEndpoint(String.format('https://{0}.acme.example/x', new List<String>{ 'live' })); }"),
      'live.acme.example',
    ],
    ['a named credential that is put together', apex("void a(String name) { r.setEndpoint('callout:' + name); }"), '?'],
    [
      'a method that sends, with an address',
      apex("void a() { post('https://hook.example/in'); }", 'void post(String u) { r.setEndpoint(u); }'),
      'hook.example',
    ],
    [
      'a map in a property that returns itself',
      apex(
        "Map<String, String> hosts { get { if (hosts == null) { hosts = new Map<String, String>{ 'a' => 'https://map.example' }; } return hosts; } set; }",
        "void a() { r.setEndpoint(hosts.get('a')); }"
      ),
      'map.example',
      '?',
    ],
    ['a variable that is made of itself', apex("void a() { url = url + 'x'; r.setEndpoint(url); }"), '?'],
  ];
  for (const [name, files, ...hosts] of cases) {
    it(name, async () =>
      expect((await seen(files)).map((one) => one.split(' ')[0]).sort()).to.deep.equal([...hosts].sort())
    );
  }

  it('is partial where a class does not parse', async () => {
    const evidence = await collect(apex("void a() { r.setEndpoint('https://api.acme.example'; }"));
    expect(evidence.status).to.equal('partial');
  });

  it('takes a named credential for where it is defined, and asks where one of another package leads', async () => {
    const send = apex("void a() { r.setEndpoint('callout:acme__Bank/v1'); }");
    const bank = metadata('NamedCredential', '<endpoint>https://bank.example</endpoint>');
    expect(await seen({ ...send, 'namedCredentials/Bank.namedCredential-meta.xml': bank })).to.deep.equal([
      'bank.example named credential NamedCredential:Bank 3',
    ]);
    expect(await seen(send)).to.deep.equal(['? callout ApexClass:Gateway 2']);
  });

  it('names the host of an MCP server that agents reach through a named credential', async () => {
    const files = {
      'namedCredentials/Mcp.namedCredential-meta.xml': metadata(
        'NamedCredential',
        '<endpoint>https://mcp.acme.example</endpoint>'
      ),
      'externalServiceRegistrations/Mcp.externalServiceRegistration-meta.xml': metadata(
        'ExternalServiceRegistration',
        '<namedCredential>acme__Mcp</namedCredential>',
        '<registrationProviderType>ModelContextProtocol</registrationProviderType>'
      ),
    };
    expect(await seen(files)).to.deep.equal(['mcp.acme.example MCP server NamedCredential:Mcp 3']);
  });

  it('names the hosts of web links and web tabs, and no page of Salesforce or script', async () => {
    const link = (url: string): string => metadata('WebLink', `<url>${url}</url>`);
    const files = {
      'weblinks/Portal.weblink-meta.xml': link('https://portal.acme.example/{!Account.Id}'),
      'weblinks/Page.weblink-meta.xml': link('/apex/acme__Page'),
      'objects/Account/webLinks/Track.webLink-meta.xml': link('https://track.acme.example/'),
      'tabs/Help.tab-meta.xml': metadata('CustomTab', '<url>https://help.acme.example</url>'),
    };
    expect(await seen(files)).to.deep.equal([
      'track.acme.example web link WebLink:Account.Track 3',
      'help.acme.example web tab CustomTab:Help 3',
      'portal.acme.example web link WebLink:Portal 3',
    ]);
  });

  it('sees an address that a class hands to another which sends', async () => {
    const files = {
      ...apex('void send(String url) { r.setEndpoint(url); }'),
      'classes/Caller.cls': "class Caller { String gatewayEndpoint = 'https://api.acme.example'; }",
    };
    expect(await seen(files)).to.deep.equal([
      'api.acme.example callout ApexClass:Caller 1',
      '? callout ApexClass:Gateway 2',
    ]);
  });
});

describe('endpoints: what runs in a browser', () => {
  const cases: ReadonlyArray<[name: string, path: string, text: string, ...wanted: string[]]> = [
    [
      'fetch',
      'lwc/pay/pay.js',
      "fetch('https://api.acme.example/x')",
      'api.acme.example request of a browser LightningComponentBundle:pay 1',
    ],
    [
      'a request by hand',
      'aura/pay/payHelper.js',
      "x.open('GET', 'https://api.acme.example')",
      'api.acme.example request of a browser AuraDefinitionBundle:pay 1',
    ],
    [
      'a socket',
      'lwc/pay/pay.js',
      "new WebSocket('wss://live.example')",
      'live.example request of a browser LightningComponentBundle:pay 1',
    ],
    [
      'a constant',
      'lwc/pay/pay.js',
      "const apiUrl = 'https://api.acme.example';\nfetch(apiUrl)",
      'api.acme.example request of a browser LightningComponentBundle:pay 1',
    ],
    [
      'a computed address',
      'lwc/pay/pay.js',
      'fetch(this.url)',
      '? request of a browser LightningComponentBundle:pay 1',
    ],
    ['a computed address in a library says nothing', 'staticresources/lib.js', 'fetch(url)'],
    [
      'a script of a page',
      'pages/Pay.page',
      '<apex:page>\n<script src="https://cdn.example/x.js"/></apex:page>',
      'cdn.example resource of a page VisualforcePage:Pay 2',
    ],
    [
      'a script without a scheme',
      'pages/Pay.page',
      '<script src="//cdn.example/x.js"></script>',
      'cdn.example resource of a page VisualforcePage:Pay 1',
    ],
    [
      'a frame',
      'pages/Pay.page',
      '<apex:iframe src="https://frame.example"/>',
      'frame.example resource of a page VisualforcePage:Pay 1',
    ],
    [
      'a frame whose address is computed',
      'pages/Pay.page',
      '<iframe src="{!url}"></iframe>',
      '? resource of a page VisualforcePage:Pay 1',
    ],
    ['a file of the package', 'pages/Pay.page', '<script src="{!URLFOR($Resource.lib)}"></script>'],
    ['a link for people', 'pages/Pay.page', '<a href="https://www.acme.example">Help</a>'],
    ['a comment', 'pages/Pay.page', '<!-- <script src="https://cdn.example"></script> -->'],
    ['a test of a component', 'lwc/pay/__tests__/pay.test.js', "fetch('https://mock.example')"],
  ];
  for (const [name, path, text, ...wanted] of cases) {
    it(name, async () => expect(await seen({ [path]: text })).to.deep.equal(wanted));
  }

  it('searches a script that begins with the letters of an archive', async () => {
    const found = await seen({ 'staticresources/lib.js': "PK = fetch('https://api.acme.example/v1');" });
    expect(found).to.deep.equal(['api.acme.example request of a browser StaticResource:lib 1']);
  });

  it('is partial when a static resource is an archive that could not be opened', async () => {
    const evidence = await collect({ 'staticresources/lib.resource': 'PK\u0003\u0004 broken' });
    expect(evidence.status).to.equal('partial');
  });
});
