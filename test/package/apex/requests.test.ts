import { expect } from 'chai';
import type { CollectContext } from '../../../src/engine/types.js';
import { sessionIds } from '../../../src/package/collectors/sessionIds.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const folder = 'force-app/main/default';
const OWN = 'URL.getOrgDomainUrl().toExternalForm()';

/** Something of a package in each of them. */
const header = { [`${folder}/labels/A.labels-meta.xml`]: metadata('CustomLabels', '<labels/>') };

/** Classes by their text: the file has the name of the class. */
const classes = (...texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    texts.map((text) => {
      const [, name = 'A'] = /(?:class|interface|enum)\s+(\w+)/.exec(text) ?? [];
      return [`${folder}/classes/${name}.cls`, text];
    })
  );

/** The kinds of use of every session id, in the order of the sources. */
const usesOf = async (files: Record<string, string>): Promise<string[]> => {
  const evidence = await sessionIds.collect(
    await sourceOf({ 'sfdx-project.json': packageProject, ...header, ...files }),
    context
  );
  if (evidence.status !== 'complete') throw new Error(JSON.stringify(evidence));
  return evidence.value.map(({ uses }) => [...new Set(uses.map(({ to }) => to))].sort().join(', '));
};

/** A class whose method sends the session id to a path behind the address of the org. */
const wrapper = (parameters: string, endpoint: string, ...lines: readonly string[]): string =>
  `public class Rest { public static String call(${parameters}) { HttpRequest req = new HttpRequest();
   req.setEndpoint(${endpoint}); req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
   ${lines.join(' ')} return new Http().send(req).getBody(); } }`;
const one = (endpoint: string, ...lines: readonly string[]): string => wrapper('', endpoint, ...lines);

type Row = [title: string, files: Record<string, string>, expected: readonly string[]];

const rows: readonly Row[] = [
  [
    'a hole behind the version is unknown',
    classes(wrapper('String path', `${OWN} + '/services/data/v60.0/' + path`)),
    ['unknown'],
  ],
  [
    'a version that is computed hides nothing',
    classes(wrapper('String version', `${OWN} + '/services/data/v' + version + '/query?q=SELECT+Id'`)),
    ['data'],
  ],
  [
    'path, method and body of one caller belong together',
    classes(
      wrapper('String path, String verb', `${OWN} + '/services/data/v60.0' + path`, 'req.setMethod(verb);'),
      "public class Reader { void go() { Rest.call('/tooling/sobjects/NamedCredential', 'GET'); } }",
      "public class Writer { void go() { Rest.call('/sobjects/Account', 'POST'); } }"
    ),
    ['data, tooling-query'],
  ],
  [
    'a caller of a caller supplies the path',
    classes(
      wrapper('String path, String verb', `${OWN} + '/services/data/v60.0' + path`, 'req.setMethod(verb);'),
      "public class Middle { public static void post(String path) { Rest.call('/tooling' + path, 'POST'); } }",
      "public class Writer { void go() { Middle.post('/sobjects/RemoteProxy'); } }"
    ),
    ['prohibited'],
  ],
  [
    'String.format with a constant of another class',
    classes(
      one(`String.format(Paths.QUERY, new List<Object>{ ${OWN}, 'tooling' })`),
      "public class Paths { public static final String QUERY = '{0}/services/data/v60.0/{1}/query'; }"
    ),
    ['tooling-query'],
  ],
  [
    'a custom label',
    {
      ...classes(one(`${OWN} + System.Label.Tooling_Path`)),
      [`${folder}/labels/CustomLabels.labels-meta.xml`]: metadata(
        'CustomLabels',
        '<labels><fullName>Tooling_Path</fullName><value>/services/data/v60.0/tooling/query</value></labels>'
      ),
    },
    ['tooling-query'],
  ],
  [
    'an enum as the method',
    classes(
      wrapper(
        'Verb verb',
        `${OWN} + '/services/data/v60.0/tooling/sobjects/CustomField'`,
        'req.setMethod(verb.name());'
      ),
      'public enum Verb { GET, POST }',
      'public class Writer { void go() { Rest.call(Verb.POST); } }'
    ),
    ['tooling-write'],
  ],
  [
    'both branches of a choice',
    classes(wrapper('Boolean b', `${OWN} + (b ? '/services/data/v60.0/query' : '/services/Soap/m/60.0')`)),
    ['data, unknown'],
  ],
  [
    'a text that is built with +=',
    classes(
      `public class A { void go() { String url = ${OWN}; url += '/services/data/v60.0'; url += '/tooling'; url += '/query';
       HttpRequest r = new HttpRequest(); r.setEndpoint(url); r.setHeader('A', UserInfo.getSessionId()); new Http().send(r);
       url = 'https://api.acme.example'; } }`
    ),
    ['tooling-query'],
  ],
  [
    'a request that a helper sets up',
    classes(
      `public class A { void go() { HttpRequest r = new HttpRequest(); prepare(r, '/services/data/v60.0/query'); new Http().send(r); }
       void prepare(HttpRequest q, String path) { q.setEndpoint(${OWN} + path); q.setHeader('A', 'Bearer ' + UserInfo.getSessionId()); } }`
    ),
    ['data'],
  ],
  [
    'a request that a method returns',
    classes(
      `public class A { void go() { HttpRequest r = make('/tooling/query'); r.setMethod('GET'); new Http().send(r); }
       HttpRequest make(String path) { HttpRequest q = new HttpRequest(); q.setEndpoint(${OWN} + '/services/data/v60.0' + path);
       q.setHeader('A', 'Bearer ' + UserInfo.getSessionId()); return q; } }`
    ),
    ['tooling-query'],
  ],
  [
    'the path that a constructor was given',
    classes(
      `public class Client { private String path; public Client(String path) { this.path = path; }
       public void go() { HttpRequest r = new HttpRequest(); r.setEndpoint(${OWN} + path); r.setMethod('DELETE');
       r.setHeader('A', UserInfo.getSessionId()); new Http().send(r); } }`,
      "public class Caller { void run() { new Client('/services/data/v60.0/tooling/sobjects/ApexTrigger/01q').go(); } }"
    ),
    ['prohibited'],
  ],
  [
    'the fields of a request object',
    classes(
      `public class Call { public String path; public String verb; }`,
      `public class Sender { public static void send(Call c) { HttpRequest r = new HttpRequest(); r.setEndpoint(${OWN} + c.path);
       r.setMethod(c.verb); r.setHeader('A', UserInfo.getSessionId()); new Http().send(r); } }`,
      `public class One { void go() { Call c = new Call(); c.path = '/services/data/v60.0/sobjects/Account'; c.verb = 'POST'; Sender.send(c); } }`,
      `public class Two { void go() { Call c = new Call(); c.path = '/services/data/v60.0/tooling/sobjects/ApexClass'; c.verb = 'GET'; Sender.send(c); } }`
    ),
    ['data, tooling-query'],
  ],
  [
    'a wrapper that is serialised and sent to another host',
    classes(
      'public class Payload { public String token; public Payload(String token) { this.token = token; } }',
      `public class A { void go() { HttpRequest r = new HttpRequest(); r.setEndpoint('https://api.acme.example/in');
       r.setBody(JSON.serialize(new Payload(UserInfo.getSessionId()))); new Http().send(r); } }`
    ),
    ['third-party'],
  ],
  [
    'a composite request that only works with data',
    classes(
      one(
        `${OWN} + '/services/data/v60.0/composite'`,
        "req.setMethod('POST');",
        `req.setBody('{"compositeRequest":[{"method":"POST","url":"/services/data/v60.0/sobjects/Account"}]}');`
      )
    ),
    ['data'],
  ],
  [
    'a composite request that creates a remote site',
    classes(
      one(
        `${OWN} + '/services/data/v60.0/composite/batch'`,
        "req.setMethod('POST');",
        `req.setBody('{"batchRequests":[{"method":"POST","url":"v60.0/tooling/sobjects/RemoteProxy"}]}');`
      )
    ),
    ['prohibited'],
  ],
  [
    'named credentials of the Connect API are read',
    classes(one(`${OWN} + '/services/data/v60.0/named-credentials/named-credential-setup'`, "req.setMethod('GET');")),
    ['unknown'],
  ],
  [
    'the Apex API compiles a class',
    classes(
      one(`${OWN} + '/services/Soap/s/60.0'`, "req.setMethod('POST');", "req.setBody('<compileClasses><scripts>');")
    ),
    ['prohibited'],
  ],
  [
    'a host of which only the end is known',
    classes(wrapper('String region', "'https://' + region + '.acme.example/in'")),
    ['third-party'],
  ],
  [
    'the host of the org, put behind https',
    classes(one("'https://' + URL.getOrgDomainUrl().getHost() + '/services/data/v60.0/query'")),
    ['data'],
  ],
  [
    'trap: a wrapper that others call with a token of their own',
    classes(
      `public class Rest { public static void call(String path, String verb, String token) { HttpRequest r = new HttpRequest();
       r.setEndpoint(${OWN} + path); r.setMethod(verb); r.setHeader('Authorization', 'Bearer ' + token); new Http().send(r); } }`,
      "public class One { void go() { Rest.call('/services/data/v60.0/query', 'GET', UserInfo.getSessionId()); } }",
      `public class Two { void go() { Rest.call('/services/data/v60.0/tooling/sobjects/RemoteProxy', 'POST', '{!$Credential.OAuthToken}'); } }`
    ),
    ['data'],
  ],
  [
    'trap: a session id that is kept in a variable and only asked about',
    classes(
      `public class A { Boolean go() { String sid = UserInfo.getSessionId(); if (String.isBlank(sid)) { return false; } return sid.length() > 15; } }`
    ),
    [],
  ],
  [
    'the session id itself in the debug log',
    classes('public class A { void go() { System.debug(UserInfo.getSessionId()); } }'),
    ['unknown'],
  ],
  [
    'trap: an answer about it in the debug log',
    classes(`public class A { void go() { System.debug('same ' + UserInfo.getSessionId().equals('x')); } }`),
    [],
  ],
  [
    'a helper that is handed the page whose content it reads',
    {
      ...classes(
        'public class Reader { public static String of(PageReference p) { return p.getContent().toString(); } }',
        'public class A { void go() { Vault.keep(Reader.of(Page.Shown)); } }'
      ),
      [`${folder}/pages/Shown.page`]: '<apex:page>{!$Api.Session_ID}</apex:page>',
    },
    ['unknown'],
  ],
  [
    'a subclass that supplies the path',
    classes(
      `public abstract class Base { protected abstract String path(); public void go() { HttpRequest r = new HttpRequest();
       r.setEndpoint(${OWN} + path()); r.setMethod('POST'); r.setHeader('A', UserInfo.getSessionId()); new Http().send(r); } }`,
      "public class Sub extends Base { protected override String path() { return '/services/data/v60.0/tooling/sobjects/RemoteProxy'; } }"
    ),
    ['prohibited'],
  ],
];

describe('package/apex/requests', () => {
  for (const [title, files, expected] of rows) {
    it(title, async () => expect(await usesOf(files)).to.deep.equal(expected));
  }
});
