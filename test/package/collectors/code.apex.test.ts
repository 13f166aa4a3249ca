import { expect } from 'chai';
import { codeOf, short } from '../../support/integrations.js';

const OURS = 'https://login.salesforce.com/services/oauth2/token';
const seen = async (...texts: readonly string[]): Promise<string[]> => {
  const files = Object.fromEntries(
    texts.map((text) => [`force-app/classes/${/(?:class|enum)\s+(\w+)/.exec(text)?.[1] ?? 'A'}.cls`, text])
  );
  const evidence = await codeOf(files);
  if (evidence.status !== 'complete') throw new Error(JSON.stringify(evidence));
  return evidence.value.uses.map((use) => `${use.subject.name} ${short(use)}`);
};
const sender =
  'public class Sender { public static void send(String url, String body) { HttpRequest r = new HttpRequest(); r.setEndpoint(url); r.setBody(body); new Http().send(r); } }';

const rows: ReadonlyArray<[title: string, texts: readonly string[], expected: readonly string[]]> = [
  [
    'a wrapper that is given address and body',
    [
      sender,
      `public class A { void go(String u) { Sender.send('${OURS}', 'grant_type=' + 'password' + '&username=' + u); } }`,
    ],
    ['A username-password grant_type=password 1'],
  ],
  [
    'trap: the same wrapper, called for another vendor',
    [
      sender,
      "public class A { void go() { Sender.send('https://auth.vendor.example/token', 'grant_type=password'); } }",
    ],
    [],
  ],
  [
    'parameters in a map that is joined',
    [
      `public class A { void go() { List<String> all = new List<String>(); all.add('grant_type=password'); all.add('x=y');
      HttpRequest r = new HttpRequest(); r.setEndpoint(K.URL); r.setBody(String.join(all, '&')); new Http().send(r); } }`,
      `public class K { public static final String URL = '${OURS}'; }`,
    ],
    ['A username-password grant_type=password 1'],
  ],
  [
    'a grant that a class which extends the sender overrides',
    [
      `public virtual class A { protected virtual String grant() { return 'refresh_token'; }
      public void go() { HttpRequest r = new HttpRequest(); r.setEndpoint('${OURS}'); r.setBody('grant_type=' + grant()); new Http().send(r); } }`,
      "public class Sub extends A { protected override String grant() { return 'password'; } }",
    ],
    ['A username-password grant_type=password 2'],
  ],
  [
    'a grant of a class that implements the interface of a parameter',
    [
      `public class A { public static void go(Grants.Kind k) { HttpRequest r = new HttpRequest(); r.setEndpoint('${OURS}'); r.setBody('grant_type=' + k.grant()); new Http().send(r); } }`,
      'public class Grants { public interface Kind { String grant(); } }',
      "public class Old implements Grants.Kind { public String grant() { return 'password'; } }",
    ],
    ['A username-password grant_type=password 1'],
  ],
  [
    'trap: a grant that a class of another name overrides',
    [
      `public virtual class A { protected virtual String grant() { return 'client_credentials'; }
      public void go() { HttpRequest r = new HttpRequest(); r.setEndpoint('${OURS}'); r.setBody('grant_type=' + grant()); new Http().send(r); } }`,
      "public class Sub extends AB { protected override String grant() { return 'password'; } }",
    ],
    ['A client-credentials grant_type=client_credentials 2'],
  ],
  [
    'a JWT exchange of the platform',
    [`public class A { void go(Auth.JWS jws) { new Auth.JWTBearerTokenExchange('${OURS}', jws).getAccessToken(); } }`],
    ['A jwt-bearer Auth.JWTBearerTokenExchange 1'],
  ],
  [
    'trap: a JWT exchange with another vendor',
    [
      "public class A { void go(Auth.JWS jws) { new Auth.JWTBearerTokenExchange('https://oauth2.vendor.example/token', jws); } }",
    ],
    [],
  ],
  [
    'a login element that a stream writer writes',
    [
      `public class A { void go() { XmlStreamWriter w = new XmlStreamWriter(); w.writeStartElement('urn', 'login', Ns.PARTNER); } }`,
      "public class Ns { public static final String PARTNER = 'urn:partner.soap.sforce.com'; }",
    ],
    ['A soap-login SOAP login() 1'],
  ],
  [
    'trap: a proxy that only defines login()',
    [
      "public class partnerSoap { public class Soap { public String login(String u, String p) { WebServiceCallout.invoke(this, u, p, new String[]{ 'urn:partner.soap.sforce.com', 'login' }); return null; } } }",
    ],
    [],
  ],
  [
    'trap: login() of a class of the package',
    [
      'public class Portal { public void login(String u, String p) {} }',
      'public class A { void go() { new Portal().login(a, b); } }',
    ],
    [],
  ],
];

describe('logins of Apex', () => {
  for (const [title, texts, expected] of rows) {
    it(title, async () => expect(await seen(...texts)).to.deep.equal(expected));
  }
});
