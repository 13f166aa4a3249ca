import { expect } from 'chai';
import { generatedClass } from '../../../scripts/tools/bench/syntheticPackage.js';
import type { CollectContext, Evidence } from '../../../src/engine/types.js';
import { sessionIds } from '../../../src/package/collectors/sessionIds.js';
import type { SessionId } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const folder = 'force-app/main/default';
const header = { [`${folder}/labels/A.labels-meta.xml`]: metadata('CustomLabels', '<labels/>') };

const collect = async (
  files: Record<string, string>,
  json: string | undefined = packageProject,
  options: Parameters<typeof sourceOf>[1] = {}
): Promise<Evidence<readonly SessionId[]>> =>
  sessionIds.collect(
    await sourceOf({ ...(json === '' ? {} : { 'sfdx-project.json': json }), ...header, ...files }, options),
    context
  );

/** `Type:name:line → kinds of use`, one for each source. */
const told = (evidence: Evidence<readonly SessionId[]>): string[] => {
  expect(evidence.status, JSON.stringify(evidence)).to.equal('complete');
  return evidence.status === 'complete'
    ? evidence.value.map(
        ({ component: { type, name }, line, uses }) =>
          `${type}:${name}:${line ?? ''} → ${[...new Set(uses.map(({ to }) => to))].sort().join(', ')}`
      )
    : [];
};

/** Classes by their text: the file goes by the name of the class. */
const classes = (...texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    texts.map((text) => {
      const [, trigger, name = 'A'] = /(?:(trigger)|class|interface)\s+(\w+)/.exec(text) ?? [];
      return [`${folder}/${trigger ? 'triggers' : 'classes'}/${name}.${trigger ? 'trigger' : 'cls'}`, text];
    })
  );
const method = (...lines: readonly string[]): string => `public class A { void run() {\n${lines.join('\n')}\n} }`;
const service = [
  'MetadataService.MetadataPort service = new MetadataService.MetadataPort();',
  'service.SessionHeader = new MetadataService.SessionHeader_element();',
];
const header1 = 'service.SessionHeader.sessionId = UserInfo.getSessionId();';
const request = (url: string, ...lines: readonly string[]): string =>
  method(
    'HttpRequest req = new HttpRequest();',
    `req.setEndpoint(${url});`,
    "req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());",
    ...lines,
    'HttpResponse res = new Http().send(req);'
  );
const own = 'URL.getOrgDomainUrl().toExternalForm()';
const page = (text: string): Record<string, string> => ({ [`${folder}/pages/P.page`]: text });

type Row = [title: string, files: Record<string, string>, expected: readonly string[]];

const apex: readonly Row[] = [
  [
    'a session header of the Metadata API, written with a kind that is not prohibited',
    classes(
      method(
        ...service,
        header1,
        'service.createMetadata(new List<MetadataService.Metadata>{ new MetadataService.CustomField() });'
      )
    ),
    ['ApexClass:A:4 → metadata-write'],
  ],
  [
    'the same with a remote site, by its type',
    classes(
      method(
        ...service,
        header1,
        'MetadataService.RemoteSiteSetting site = new MetadataService.RemoteSiteSetting();',
        'service.upsertMetadata(new MetadataService.Metadata[]{ site });'
      )
    ),
    ['ApexClass:A:4 → prohibited'],
  ],
  [
    'the same by its name',
    classes(method(...service, header1, "service.deleteMetadata('NamedCredential', new List<String>{ 'x' });")),
    ['ApexClass:A:4 → prohibited'],
  ],
  [
    'settings of the org, by their type and by their name',
    classes(
      method(
        ...service,
        header1,
        'MetadataService.AddressSettings all = new MetadataService.AddressSettings();',
        'service.updateMetadata(new MetadataService.Metadata[]{ all });'
      ),
      `public class B { void run() { ${service.join(' ')} ${header1} service.deleteMetadata('CaseSettings', names); } }`
    ),
    ['ApexClass:A:4 → prohibited', 'ApexClass:B:1 → prohibited'],
  ],
  [
    'trap: a class and a component of the package that are only called settings',
    classes(
      method(
        ...service,
        header1,
        'OrderSettings mine = new OrderSettings();',
        "MetadataService.Layout layout = new MetadataService.Layout(); layout.fullName = 'Acme Settings'; layout.x = mine.name;",
        "service.updateMetadata(new MetadataService.Metadata[]{ layout }); service.deleteMetadata('CustomTab', new String[]{ 'My_Settings' });"
      ),
      'public class OrderSettings { public String name; }'
    ),
    ['ApexClass:A:4 → metadata-write'],
  ],
  [
    'a package.xml with settings, and what SOAP deletes',
    classes(
      ...['<types><members>Case</members><name>Settings</name></types>', '<met:type>RemoteSiteSetting</met:type>'].map(
        (text, index) =>
          `public class ${'AB'[index] ?? ''} { void run() {\nHttpRequest r = new HttpRequest(); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + '/services/Soap/m/60.0'); r.setBody('<deployRequest><sessionId>' + UserInfo.getSessionId() + '</sessionId>${text}'); new Http().send(r);\n} }`
      )
    ),
    ['ApexClass:A:2 → prohibited', 'ApexClass:B:2 → prohibited'],
  ],
  [
    'trap: a name of a component that ends in Settings',
    classes(
      method(
        "HttpRequest r = new HttpRequest(); r.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + '/services/Soap/m/60.0');",
        "r.setBody('<createMetadata><sessionId>' + UserInfo.getSessionId() + '</sessionId><fullName>OrderSettings</fullName><name>Settings</name><name>CaseSettings</name>'); new Http().send(r);"
      )
    ),
    ['ApexClass:A:3 → metadata-write'],
  ],
  [
    'reading what must not be written is reading',
    classes(method(...service, header1, "service.readMetadata('NamedCredential', new List<String>{ 'x' });")),
    ['ApexClass:A:4 → metadata-read'],
  ],
  [
    'a service of another package',
    classes(
      method(
        'usf3.MetadataService.MetadataPort s = new usf3.MetadataService.MetadataPort();',
        's.SessionHeader.sessionId = System.UserInfo.getSessionId();',
        's.deploy(zip, options);'
      )
    ),
    ['ApexClass:A:3 → metadata-write'],
  ],
  [
    'through a helper of the class, whatever it is called',
    classes(`public class A {
      static String getOAuthToken() { return UserInfo.getSessionId(); }
      static MetadataService.MetadataPort make() {
        MetadataService.MetadataPort service = new MetadataService.MetadataPort();
        service.SessionHeader.sessionId = getOAuthToken();
        return service;
      }
      void run() { make().createMetadata(new MetadataService.Metadata[]{}); }
    }`),
    ['ApexClass:A:2 → metadata-write'],
  ],
  [
    'trap: getOAuthToken() that gets a token is nothing',
    classes(`public class A {
      static String getOAuthToken() { return '{!$Credential.OAuthToken}'; }
      void run() { MetadataService.MetadataPort service = new MetadataService.MetadataPort();
        service.SessionHeader.sessionId = getOAuthToken(); service.createMetadata(null); }
    }`),
    [],
  ],
  [
    'trap: {!$Credential.OAuthToken} with the session id does not excuse it',
    classes(
      method(
        ...service,
        header1,
        "if (x) { service.SessionHeader.sessionId = '{!$Credential.OAuthToken}'; }",
        'service.updateMetadata(all);'
      )
    ),
    ['ApexClass:A:4 → metadata-write'],
  ],
  [
    'a helper of another class, a field, and a class that only calls',
    classes(
      'public class Sessions { public static String current() { return UserInfo.getSessionId(); } }',
      "public class Client { private String key; public Client(String key) { this.key = key; }\n public void go() { HttpRequest r = new HttpRequest(); r.setEndpoint(Ends.tooling()); r.setMethod('POST'); r.setHeader('X', key); new Http().send(r); } }",
      "public class Ends { public static String tooling() { return URL.getSalesforceBaseUrl().toExternalForm() + '/services/data/v60.0/tooling/sobjects/ApexClass'; } }",
      'public class Caller { void run() { Client c = new Client(Sessions.current()); c.go(); } }'
    ),
    ['ApexClass:Sessions:1 → prohibited'],
  ],
  [
    'trap: getSessionID in another spelling, and nested in an argument',
    classes(
      request(`${own} + '/services/data/v60.0/tooling/query'`).replace(
        'UserInfo.getSessionId()',
        'userinfo.getSessionID()'
      )
    ),
    ['ApexClass:A:4 → tooling-query'],
  ],
  ['a data API of the org', classes(request(`${own} + '/services/data/v60.0/query?q='`)), ['ApexClass:A:4 → data']],
  [
    'the Tooling API, a remote site',
    classes(request(`${own} + '/services/data/v60.0/tooling/sobjects/RemoteProxy'`, "req.setMethod('POST');")),
    ['ApexClass:A:4 → prohibited'],
  ],
  [
    'a Salesforce host that is written down is not the own org',
    classes(request("'https://acme-dev-ed.lightning.force.com' + '/services/data/v60.0/query'")),
    ['ApexClass:A:4 → third-party'],
  ],
  ['another host', classes(request("'https://api.acme.example/x'")), ['ApexClass:A:4 → third-party']],
  [
    'an address that is not known here',
    classes(request('Settings__c.getInstance().Host__c')),
    ['ApexClass:A:4 → unknown'],
  ],
  [
    'raw SOAP to the Metadata API',
    classes(
      method(
        'HttpRequest r = new HttpRequest();',
        "r.setEndpoint(Url.getSalesforceBaseUrl().toExternalForm() + '/services/Soap/m/58.0');",
        'String xml = \'<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><sessionId>\' + UserInfo.getSessionId() + \'</sessionId><createMetadata><metadata xsi:type="RemoteSiteSetting">\';',
        'r.setBody(xml);',
        'new Http().send(r);'
      )
    ),
    ['ApexClass:A:4 → prohibited'],
  ],
  ['a use that is not followed', classes(method('Vault.keep(UserInfo.getSessionId());')), ['ApexClass:A:2 → unknown']],
  [
    'one known use does not hide another that is not followed',
    classes(request(`${own} + '/services/data/v60.0/query'`, 'Vault.keep(req.getHeader(x));')),
    ['ApexClass:A:4 → data, unknown'],
  ],
  [
    'stored in the database',
    classes(method('insert new Log__c(Key__c = UserInfo.getSessionId());')),
    ['ApexClass:A:2 → unknown'],
  ],
  [
    'kept in a cache of the platform',
    classes(method("Cache.Org.put('k', UserInfo.getSessionId());")),
    ['ApexClass:A:2 → unknown'],
  ],
  [
    'trap: a merge field in a literal of Apex is a session id, in both spellings',
    classes(
      method("link.Url = '/x?s={!API.Session_ID}';", "WebLinks.make('https://acme.example/?s={!$Api.Session_ID}');")
    ),
    ['ApexClass:A:2 → unknown', 'ApexClass:A:3 → third-party, unknown'],
  ],
  [
    'trap: the words of a formula in a literal that is no template',
    classes(method("String s = 'API.Session_ID';")),
    [],
  ],
  ['never used', classes(method('String s = UserInfo.getSessionId();')), ['ApexClass:A:2 → unknown']],
  [
    'handed to Lightning',
    classes('public class A { @AuraEnabled public static String key() { return UserInfo.getSessionId(); } }'),
    ['ApexClass:A:1 → unknown'],
  ],
  [
    'shown by a page with a harmless use',
    {
      ...classes(
        `public class A { public String key { get; set; } public A() { key = UserInfo.getSessionId(); HttpRequest r = new HttpRequest(); r.setEndpoint(${own} + '/services/data/v60.0/query'); r.setHeader('a', key); new Http().send(r); } }`
      ),
      ...page('<apex:page controller="A">{!key}</apex:page>'),
    },
    ['ApexClass:A:1 → data, unknown'],
  ],
  [
    'a redirect to another host',
    classes(method("return new PageReference('https://acme.example/?sid=' + UserInfo.getSessionId());")),
    ['ApexClass:A:2 → third-party, unknown'],
  ],
  [
    'a trigger',
    classes('trigger T on Account (before insert) { Vault.keep(UserInfo.getSessionId()); }'),
    ['ApexTrigger:T:1 → unknown'],
  ],
  [
    'trap: a comment and a string are nothing',
    classes(
      method('// UserInfo.getSessionId()', "String s = 'UserInfo.getSessionId()'; /* UserInfo.getSessionId() */")
    ),
    [],
  ],
  [
    'trap: a test class and a test method are nothing',
    classes(
      '/** x */ @IsTest\nprivate class T { void run() { Vault.keep(UserInfo.getSessionId()); } }',
      'public class B { @isTest static void run() { Vault.keep(UserInfo.getSessionId()); } }'
    ),
    [],
  ],
  ['trap: scripts/apex is not packaged', { 'scripts/apex/A.cls': method('Vault.keep(UserInfo.getSessionId());') }, []],
  [
    'trap: getContent() of other classes, and of a page without a session id',
    {
      ...classes(method('String s = part.getContent(); Vault.keep(s);', 'Vault.keep(Page.P.getContent());')),
      ...page('<apex:page/>'),
    },
    [],
  ],
  [
    'trap: the content of a page of another package is a document: mailed, attached, posted, or kept next to a token',
    classes(
      method(
        'PageReference p = Page.ns__Invoice;',
        "p.getParameters().put('id', x);",
        "Attachment a = new Attachment(Name = 'invoice.pdf', Body = p.getContent());",
        'insert a;',
        'Messaging.EmailFileAttachment f = new Messaging.EmailFileAttachment();',
        'f.setBody(Page.ns__TrainingSession.getContent());',
        'HttpRequest r = new HttpRequest();',
        "r.setHeader('Authorization', 'Bearer ' + key);",
        'r.setBodyAsBlob(a.Body);',
        "r.setEndpoint('callout:Archive/x');",
        'new Http().send(r);',
        "new PageReference('/apex/' + some).getContent();",
        'Vault.keep(Page.ns__X.getContentAsPdf());'
      )
    ),
    [],
  ],
  ...(
    [
      ['its name', 'Vault.keep(Page.ns__GenerateSessionIdForLWC.getContent().toString());'],
      ['a variable', 'String sessionId = Page.ns__X.getContent().toString(); Vault.keep(sessionId);'],
      [
        'a key',
        "Object all = JSON.deserializeUntyped(Page.ns__X.getContent().toString()); Vault.keep(all.get('sid'));",
      ],
      ['a marker', "Vault.keep(Page.ns__X.getContent().toString().substringBetween('Start_Of_Session', 'End'));"],
      [
        'a field',
        'Shown s = (Shown) JSON.deserialize(Page.ns__X.getContent().toString(), Shown.class); Vault.keep(s.sessionId);',
      ],
      [
        'a header',
        "HttpRequest r = new HttpRequest(); r.setHeader('Authorization', Page.ns__X.getContent().toString());",
      ],
      ['a scheme', "String h = 'Bearer ' + new PageReference('/apex/' + some).getContent().toString(); Vault.keep(h);"],
      ['a parameter', "String u = '/secur/frontdoor.jsp?sid=' + Page.ns__X.getContent().toString(); Vault.keep(u);"],
      [
        'an element of SOAP',
        "String b = '<a><sessionId>' + Page.ns__X.getContent().toString() + '</sessionId></a>'; Vault.keep(b);",
      ],
    ] as const
  ).map(([what, line]): Row => [
    `the content of a page of another package that ${what} calls a session id`,
    classes(method(line)),
    ['ApexClass:A:2 → unknown'],
  ]),
  [
    'the same, called so in another class only',
    classes(
      'public class A { public static String all() { return Page.ns__X.getContent().toString(); } }',
      'public class B { void run() { MetadataService.MetadataPort s = new MetadataService.MetadataPort(); s.SessionHeader.sessionId = A.all(); s.deploy(zip); } }'
    ),
    ['ApexClass:A:1 → metadata-write'],
  ],
  [
    'the content of a page that contains one, by name and by address',
    {
      ...classes(
        method(
          ...service,
          'service.SessionHeader.sessionId = Page.P.getContent().toString();',
          "service.SessionHeader.sessionId = new PageReference('/apex/p').getContent().toString();",
          'service.deploy(zip);'
        )
      ),
      ...page('<apex:page>{!$Api.Session_ID}</apex:page>'),
    },
    ['ApexClass:A:4 → metadata-write', 'ApexClass:A:5 → metadata-write'],
  ],
];

const markup: readonly Row[] = [
  [
    'a page that creates a remote site',
    page(
      '<apex:page>\n<script>x = \'<sessionId>{!$Api.Session_ID}</sessionId><upsertMetadata><metadata xsi:type="RemoteSiteSetting">\'; r = new XMLHttpRequest(); r.open("POST", "https://{!Host}/services/Soap/m/31.0"); r.send(x);</script></apex:page>'
    ),
    ['VisualforcePage:P:2 → prohibited'],
  ],
  [
    'the AJAX toolkit',
    page("<apex:page><script>sforce.connection.sessionId = '{!GETSESSIONID()}';</script></apex:page>"),
    ['VisualforcePage:P:1 → data'],
  ],
  [
    'a frame of another host',
    page('<apex:page><apex:iframe src="https://acme.example/?s={!$Api.Session_ID}"/></apex:page>'),
    ['VisualforcePage:P:1 → third-party'],
  ],
  ['trap: an HTML comment is not rendered', page('<apex:page><!-- {!$Api.Session_ID} --></apex:page>'), []],
  [
    'a web link to another host, and a formula',
    {
      [`${folder}/objects/Account/webLinks/Go.webLink-meta.xml`]: metadata(
        'WebLink',
        '<url>https://acme.example/?sid={!API.Session_ID}</url>'
      ),
      [`${folder}/objects/Account/fields/Go__c.field-meta.xml`]: metadata(
        'CustomField',
        '<fullName>Go__c</fullName>',
        '<formula>$Api.Session_ID</formula>'
      ),
    },
    ['CustomField:Account.Go__c:4 → unknown', 'WebLink:Account.Go:3 → third-party'],
  ],
  [
    'an outbound message, and one without',
    {
      [`${folder}/workflows/Account.workflow-meta.xml`]: metadata(
        'Workflow',
        '<outboundMessages><fullName>Send</fullName><includeSessionId>true</includeSessionId></outboundMessages>',
        '<outboundMessages><fullName>Not</fullName><includeSessionId>false</includeSessionId></outboundMessages>'
      ),
    },
    ['WorkflowOutboundMessage:Account.Send:3 → third-party'],
  ],
  [
    'a flow',
    {
      [`${folder}/flows/F.flow-meta.xml`]: metadata(
        'Flow',
        '<formulas><name>key</name><expression>{!$Api.Session_ID}</expression></formulas>'
      ),
    },
    ['Flow:F:3 → unknown'],
  ],
];

describe('package/collectors/sessionIds', () => {
  for (const [title, files, expected] of [...apex, ...markup]) {
    it(title, async () => expect(told(await collect(files))).to.deep.equal(expected));
  }

  it('a Metadata API folder and a namespaced project', async () => {
    const mdapi = await collect(
      {
        'package.xml': metadata('Package', '<version>66.0</version>'),
        'classes/A.cls': method('Vault.keep(UserInfo.getSessionId());'),
      },
      ''
    );
    expect(told(mdapi)).to.deep.equal(['ApexClass:A:2 → unknown']);
    const json = JSON.stringify({ namespace: 'acme', packageDirectories: [{ path: 'force-app', package: 'A' }] });
    const named = await collect(
      { ...classes(method('Vault.keep(Page.acme__P.getContent());')), ...page('<apex:page/>') },
      json
    );
    expect(told(named)).to.deep.equal([]);
  });

  it('says what stands where, apart from its line, and where it goes', async () => {
    const evidence = await collect(
      classes(method('Vault.keep(UserInfo.getSessionId());', 'Vault.keep(UserInfo.getSessionId());'))
    );
    expect(evidence.status === 'complete' && evidence.value.map(({ at, uses }) => [at, uses[0]])).to.deep.equal([
      [
        'A.run: UserInfo.getSessionId()',
        { to: 'unknown', what: 'vault.keep(), which could not be followed', file: `${folder}/classes/A.cls`, line: 2 },
      ],
      [
        'A.run: UserInfo.getSessionId() #2',
        { to: 'unknown', what: 'vault.keep(), which could not be followed', file: `${folder}/classes/A.cls`, line: 3 },
      ],
    ]);
  });

  for (const [what, text] of [
    ['does not parse', method('UserInfo.getSessionId( ;')],
    ['is nested too deep', method(`Vault.keep(UserInfo.getSessionId()); ${'{'.repeat(20_000)}${'}'.repeat(20_000)}`)],
  ] as const) {
    it(`a class that ${what} makes the evidence a part`, async () => {
      const evidence = await collect(classes(text));
      expect(evidence.status === 'partial' && evidence.gap.subject?.file).to.equal(`${folder}/classes/A.cls`);
    });
  }

  it('nothing throws, and nothing runs on, whatever is cut out of or put into a class', async () => {
    const text = method(
      ...service,
      header1,
      "String s = x ? 'a' : y.b(c, new List<String>{ 'd' })[0]; service.deploy(s);"
    );
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const mutants = Array.from({ length: 150 }, () => {
      const at = random(text.length);
      const pieces = ['', '{', '}', '(', ')', "'", ';', 'new ', '.', '[', 'class B', '/*', '\u0000', '@IsTest '];
      return text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + random(6));
    });
    const statuses = await Promise.all(
      mutants.map(async (mutant) => (await collect({ [`${folder}/classes/A.cls`]: mutant })).status)
    );
    expect(statuses).to.not.include('unavailable');
    expect(new Set(statuses)).to.deep.equal(new Set(['complete', 'partial']));
  });

  for (const [what, lines] of [
    ['an address that is set from the last one', ["req.setEndpoint(req.getEndpoint() + '?q=' + q);"]],
    ['a page that leads to the next', ['while (x) { req.setEndpoint(next); next = http.send(req).getHeader(n); }']],
    ['a request that contains itself', ['req.setBody(req.toString()); req.setHeader(a, req.getBody() + next);']],
  ] as const) {
    it(`comes to an end on ${what}`, async () => {
      const text = method("HttpRequest req = new HttpRequest(); String next = 'https://api.acme.example/';", ...lines);
      const asks = text.replace('run() {', 'run() { Boolean b = UserInfo.getSessionId() != null;');
      expect(told(await collect(classes(asks)))).to.have.length(0);
    });
  }

  it('a class that could not be opened makes the evidence a part, one without such words is not parsed', async () => {
    const unseen = [{ path: `${folder}/classes/B.cls`, reason: 'is a broken link (ENOENT)' }];
    expect((await collect({}, packageProject, { unseen })).status).to.equal('partial');
    expect(told(await collect(classes('this is not Apex')))).to.deep.equal([]);
  });

  it('does not parse a generated class, and knows its API by its address', async () => {
    const generated = `public class Port { public class Stub { String url = '/services/Soap/m/60.0'; void x() { WebServiceCallout.invoke(this, ;; } } }`;
    const caller = method(
      'Port.Stub s = new Port.Stub();',
      's.SessionHeader.sessionId = UserInfo.getSessionId();',
      's.deleteMetadata(x);'
    );
    expect(told(await collect(classes(generated, caller)))).to.deep.equal(['ApexClass:A:3 → metadata-write']);
  });

  it('follows a session id that a generated class itself reads, and no further when it does not parse', async () => {
    const text = generatedClass(20_000);
    const line = text.slice(0, text.indexOf('UserInfo.getSessionId')).split('\n').length;
    const [found] = told(await collect(classes(text)));
    expect(found).to.match(new RegExp(`^ApexClass:MetadataService:${line} → `));
    expect((await collect(classes(text.replace(/;(?=[^;]*$)/, '')))).status).to.equal('partial');
  });
});
