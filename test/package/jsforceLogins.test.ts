import { expect } from 'chai';
import { jsforceLogins } from '../../src/package/oauthFlows/jsforceLogins.js';

const rows: ReadonlyArray<[title: string, file: string, lines: readonly string[], expected: readonly string[]]> = [
  [
    'a field of a class',
    'a.ts',
    [
      `import { Connection } from 'jsforce';`,
      `class Sf { private c = new Connection(); open() { return this.c.login(u, p); } }`,
    ],
    ['jsforce login'],
  ],
  [
    'a parameter of a constructor, by its type',
    'a.ts',
    [
      `import jsforce from 'jsforce';`,
      `class Sf { constructor(private readonly x: jsforce.Connection) {} open() { return this.x.login(u, p); } }`,
    ],
    ['jsforce login'],
  ],
  [
    'what a function returns',
    'a.js',
    [
      `const { Connection } = require('jsforce');`,
      `function make() { return new Connection({}); }`,
      `make().login(u, p);`,
    ],
    ['jsforce login'],
  ],
  [
    'a parameter that is given a connection',
    'a.js',
    [
      `const jsforce = require('jsforce');`,
      `async function open(x) { await x.login(u, p); }`,
      `open(new jsforce.Connection());`,
    ],
    ['jsforce login'],
  ],
  [
    'a property of an object that is taken apart',
    'a.js',
    [
      `const jsforce = require('jsforce');`,
      `const all = { x: new jsforce.Connection() };`,
      `const { x } = all;`,
      `x.login(u, p);`,
    ],
    ['jsforce login'],
  ],
  [
    'a class that extends a connection',
    'a.js',
    [
      `import jsforce from 'jsforce';`,
      `class Mine extends jsforce.Connection { start() { return this.login(u, p); } }`,
    ],
    ['jsforce login'],
  ],
  [
    'an import that happens later',
    'a.mjs',
    [
      `const { default: jsforce } = await import('jsforce');`,
      `const x = new jsforce.Connection();`,
      `x.loginBySoap(u, p);`,
    ],
    ['jsforce loginBySoap'],
  ],
  [
    'OAuth2.authenticate, the password grant of jsforce',
    'a.js',
    [`const jsforce = require('jsforce');`, `const o = new jsforce.OAuth2({});`, `o.authenticate(u, p);`],
    ['jsforce OAuth2.authenticate'],
  ],
  [
    'a parameter by the name of a connection',
    'a.js',
    [`import 'jsforce';`, `export const open = (conn) => conn.login(u, p);`],
    ['jsforce login'],
  ],
  [
    'a parameter that may be anything',
    'a.js',
    [`import 'jsforce';`, `export const open = (x) => x.login(u, p);`],
    ['jsforce login?'],
  ],
  [
    'trap: a client of another library',
    'a.js',
    [
      `const jsforce = require('jsforce');`,
      `const client = new (require('ftp'))();`,
      `client.login('u', 'p');`,
      `const conn = new Imap(); conn.login(u, p);`,
    ],
    [],
  ],
  [
    'trap: a connection with a token, and a login with one argument',
    'a.js',
    [
      `const jsforce = require('jsforce');`,
      `const conn = new jsforce.Connection({ accessToken: t });`,
      `conn.query('SELECT Id FROM User'); conn.login();`,
    ],
    [],
  ],
];

describe('logins with jsforce', () => {
  for (const [title, file, lines, expected] of rows) {
    it(title, async () => {
      const found = await jsforceLogins(file, lines.join('\n'));
      expect(found?.map(({ form, unsure }) => form + (unsure === undefined ? '' : '?'))).to.deep.equal(expected);
    });
  }

  it('says that it does not know where the scripts do not parse', async () => {
    expect(await jsforceLogins('a.js', 'conn.login(;')).to.equal(undefined);
  });
});
