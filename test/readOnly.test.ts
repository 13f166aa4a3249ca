import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { SCENARIOS } from '../simulator/index.js';
import type { OrgRequest } from '../simulator/index.js';
import { collectEvidence } from '../src/engine/review.js';
import { orgDomain } from '../src/org/index.js';
import { refusal, running, stopAll } from './org/support.js';
import { emptyPolicy } from './support/emptyPolicy.js';
import { isRead, writesIn } from './support/reads.js';

// ---- what stands in the code

type Seen = { file: string; module: string; names: readonly string[] };
type Source = { imports: readonly Seen[]; words: ReadonlyArray<{ file: string; word: string }> };

/** Words by which JavaScript reaches the network, or code that is not written down, without an import. */
const reaching = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'navigator', 'eval', 'Function', 'binding'];
/** What a Connection could do besides `request`, and what another plugin could be asked to do. */
const acting = [
  ...['request', 'requestGet', 'requestPost', 'requestPut', 'requestPatch', 'requestDelete', 'sobject', 'tooling'],
  ...['deploy', 'executeAnonymous', 'bulk', 'bulk2', 'apex', 'upsert', 'destroy', 'streaming', 'runCommand'],
];

const read = (): Source => {
  const imports: Seen[] = [];
  const words: Array<{ file: string; word: string }> = [];
  for (const path of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((one) => /\.tsx?$/.test(one))) {
    const file = join('src', path).replaceAll('\\', '/');
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) seen(node);
      if (ts.isImportDeclaration(node)) return;
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        imports.push({ file, module: node.arguments[0]?.getText(source).slice(1, -1) ?? '', names: ['*'] });
      }
      const called =
        (ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)
          ? node.expression
          : undefined;
      if (called && reaching.includes(called.text)) words.push({ file, word: called.text });
      const method =
        ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : '';
      if ([...reaching, ...acting].includes(method)) words.push({ file, word: `.${method}` });
      if (ts.isPropertyAccessExpression(node) && /^(?:global|globalThis)$/.test(node.expression.getText(source))) {
        words.push({ file, word: node.getText(source) });
      }
      ts.forEachChild(node, visit);
    };
    const seen = (node: ts.ImportDeclaration | ts.ExportDeclaration): void => {
      if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return;
      const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
      if (clause?.isTypeOnly ?? (ts.isExportDeclaration(node) && node.isTypeOnly)) return;
      const bindings = clause?.namedBindings;
      const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
      const names = named
        ? named.filter((one) => !one.isTypeOnly).map((one) => (one.propertyName ?? one.name).text)
        : ['*'];
      if (clause?.name && named) names.push('default');
      if (names.length > 0) imports.push({ file, module: node.moduleSpecifier.text, names });
    };
    visit(source);
  }
  return { imports, words };
};

describe('read only, by the code', () => {
  const { imports, words } = read();
  const filesThat = (wanted: (seen: Seen) => boolean): string[] => [
    ...new Set(imports.filter(wanted).map(({ file }) => file)),
  ];

  it('only the transport, the probe of a login host, and what bounds the requests of core, import something that reaches the network', () => {
    expect(filesThat(({ module }) => module === 'undici')).to.have.members([
      'src/owner/probeAuthorize.ts',
      'src/org/client/tokenRequestTimeout.ts',
      'src/org/client/transport.ts',
    ]);
    expect(
      filesThat(({ module }) =>
        /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|worker_threads|cluster|vm)(?:\/|$)/.test(module)
      )
    ).to.deep.equal([]);
    // A program that is started could do everything: git alone is, and its commands read.
    expect(filesThat(({ module }) => module.endsWith('child_process'))).to.deep.equal(['src/package/source/git.ts']);
    // Of createRequire: the version in package.json. A library that is found at run time is missing where it is installed.
    expect(filesThat(({ names }) => names.includes('createRequire'))).to.have.members(['src/cli/pluginInfo.ts']);
  });

  it('only the reader has a Connection', () => {
    const harmless = [
      'ConfigAggregator',
      'Global',
      'Lifecycle',
      'Logger',
      'Messages',
      'OrgConfigProperties',
      'SfError',
      'StateAggregator',
    ];
    const core = imports.filter(({ module }) => module === '@salesforce/core');
    const others = core.filter(({ names }) => names.some((name) => !harmless.includes(name)));
    expect(others).to.deep.equal([
      { file: 'src/org/client/openOrg.ts', module: '@salesforce/core', names: ['AuthInfo', 'Connection', 'SfError'] },
    ]);
    // Of jsforce two functions: they set the time limits of core's own requests.
    expect(imports.filter(({ module }) => module.startsWith('@jsforce'))).to.deep.equal([
      {
        file: 'src/org/client/tokenRequestTimeout.ts',
        module: '@jsforce/jsforce-node/lib/request.js',
        names: ['setDefaults', 'setDispatcher'],
      },
    ]);
  });

  it('every library is one that was looked at: none of the others speaks to a host', () => {
    const outside = imports.filter(({ module }) => !/^(?:\.|node:)/.test(module));
    const libraries = outside.map(({ module }) => /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? '');
    expect([...new Set(libraries)].sort()).to.deep.equal([
      '@apexdevtools/apex-parser',
      '@jsforce/jsforce-node',
      '@oclif/core',
      '@oclif/multi-stage-output',
      '@salesforce/core',
      '@salesforce/sf-plugins-core',
      '@secretlint/secretlint-rule-preset-recommend',
      '@sveltejs/acorn-typescript',
      'acorn',
      'acorn-walk',
      'beautiful-mermaid',
      'csv-stringify',
      'eslint-scope',
      'fast-xml-parser',
      'ignore',
      'ip-bigint',
      'junit-report-builder',
      'node-sarif-builder',
      'preact-render-to-string',
      'refractor',
      'undici',
      'yaml',
      'zod',
    ]);
  });

  it('nothing is sent but by one call of the reader and one of the transport, and no code is made of text', () => {
    expect(words).to.deep.equal([
      { file: 'src/org/client/openOrg.ts', word: '.request' },
      { file: 'src/org/client/transport.ts', word: 'fetch' },
    ]);
  });
});

// ---- what is sent

describe('read only: what is sent', () => {
  after(stopAll);

  const tried: ReadonlyArray<[name: string, request: Partial<OrgRequest>]> = [
    ['DELETE', { method: 'DELETE' }],
    ['a GET with a body', { method: 'GET', body: 'x' }],
    ['a PATCH', { method: 'PATCH', path: '/services/data/v67.0/sobjects/User/005' }],
    ['a POST of a record', { method: 'POST', path: '/services/data/v67.0/sobjects/User', body: '{}' }],
    ['a deployment', { method: 'POST', path: '/services/Soap/m/67.0', soapAction: 'deploy' }],
    ['the SOAP API of data', { method: 'POST', path: '/services/Soap/u/67.0', soapAction: 'readMetadata' }],
    ['the revocation of a token', { method: 'POST', path: '/services/oauth2/revoke' }],
    [
      'a composite with a part that writes',
      {
        method: 'POST',
        path: '/services/data/v67.0/composite',
        body: '{"compositeRequest":[{"method":"DELETE","url":"/services/data/v67.0/sobjects/User/005","referenceId":"a"}]}',
      },
    ],
  ];
  for (const [name, request] of tried) {
    it(`the list of reads does not contain ${name}`, () => {
      const given = { method: 'GET', path: '/services/data', isRead: true, status: 0, text: '', body: '', ...request };
      expect(isRead(given)).to.equal(false);
    });
  }

  const everything = {
    ...emptyPolicy,
    controls: { 'org/own-apps-require-pkce': { params: { readGlobalOauthSettings: true } } },
  };
  for (const name of Object.keys(SCENARIOS) as Array<keyof typeof SCENARIOS>) {
    it(`${name}: reads alone, and the org is afterwards what it was before, byte for byte`, async () => {
      const { org, reopen } = await running(SCENARIOS[name]());
      const before = JSON.stringify(org.scenario);
      const run = { policy: everything, asOf: new Date(org.scenario.now) };
      await collectEvidence(orgDomain, await reopen(), run);
      const asked = org.requests.length;
      expect(asked).to.be.above(20);
      // What answers a refusal, too: other questions, renewals of the session, tries again.
      org.fault(/FROM (?:User|Certificate|InstalledSubscriberPackage)/, refusal('UNKNOWN_EXCEPTION', 500));
      org.fault(/FROM Profile/, refusal('INVALID_TYPE', 400));
      org.expireTokens();
      await collectEvidence(orgDomain, await reopen(), run);
      expect(org.requests.length).to.be.above(2 * asked);
      expect(org.requests.map(({ path }) => path)).to.include('/services/oauth2/token');
      expect(writesIn(org.requests)).to.deep.equal([]);
      expect(JSON.stringify(org.scenario)).to.equal(before);
    });
  }
});
