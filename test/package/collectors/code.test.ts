import { expect } from 'chai';
import { gapsIn } from '../../../src/engine/coverage.js';
import type { Evidence } from '../../../src/engine/types.js';
import type { CodePlace, PackageFacts } from '../../../src/package/facts.js';
import { codeFacts } from '../../../src/package/collectors/code.js';
import { codeOf, short } from '../../support/integrations.js';
import { memoryTree } from '../../support/memoryTree.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context = { asOf: new Date(0), params: {}, required: [] };
const ours = 'https://login.salesforce.com/services/oauth2/token';
const apex = (body: string): string => `public class A {\n  void f() {\n    ${body}\n  }\n}`;
const request = `request.setEndpoint('${ours}'); request.setBody('grant_type=password&username=' + name);`;
const valueOf = (evidence: Evidence<PackageFacts['code']>): PackageFacts['code'] => {
  if (evidence.status === 'unavailable') throw new Error(evidence.gap.detail);
  return evidence.value;
};
const counted = ({ places }: PackageFacts['code']): Array<Omit<CodePlace, 'touchpoints'>> =>
  places.map((place) => {
    const { touchpoints, ...rest } = place;
    expect(touchpoints).to.be.an('object');
    return rest;
  });
const seen = async (...given: Parameters<typeof codeOf>): Promise<string[]> =>
  valueOf(await codeOf(...given)).uses.map((use) => `${use.subject.type}:${use.subject.name} ${short(use)}`);

describe('package/collectors/code', () => {
  describe('the code of the package', () => {
    const cases: ReadonlyArray<{ name: string; file: string; text: string; seen: readonly string[] }> = [
      {
        name: 'Apex',
        file: 'classes/Login.cls',
        text: apex(request),
        seen: ['ApexClass:Login username-password grant_type=password 3'],
      },
      {
        name: 'Apex with an address in a string over lines',
        file: 'classes/Login.cls',
        text: apex(request.replace(`'${ours}'`, `'''\n${ours}'''`)),
        seen: ['ApexClass:Login username-password grant_type=password 4'],
      },
      {
        name: 'a trigger',
        file: 'triggers/On.trigger',
        text: `trigger On on Account (after insert) { ${request} }`,
        seen: ['ApexTrigger:On username-password grant_type=password 1'],
      },
      {
        name: 'SOAP login in Apex',
        file: 'classes/Soap.cls',
        text: apex("String url = '/services/Soap/u/60.0'; String body = '<urn:login>' + name;"),
        seen: ['ApexClass:Soap soap-login SOAP login() 3'],
      },
      {
        name: 'device flow in Apex',
        file: 'classes/Device.cls',
        text: apex(`request.setEndpoint('${ours}'); request.setBody('response_type=device_code&client_id=' + id);`),
        seen: ['ApexClass:Device device response_type=device_code 3'],
      },
      { name: 'trap: a comment in Apex', file: 'classes/A.cls', text: apex(`// ${request}`), seen: [] },
      {
        name: "trap: another vendor's endpoint in Apex",
        file: 'classes/A.cls',
        text: apex(request.replace('login.salesforce.com/services', 'vendor.example')),
        seen: [],
      },
      {
        name: 'trap: a class of tests',
        file: 'classes/ATest.cls',
        text: `// of A {\n@IsTest\nprivate ${apex(request)}`,
        seen: [],
      },
      {
        name: 'trap: a class with one test method is no class of tests',
        file: 'classes/B.cls',
        text: apex(`${request} } @IsTest static void t() {`),
        seen: ['ApexClass:B username-password grant_type=password 3'],
      },
      {
        name: 'a client secret in a Lightning web component',
        file: 'lwc/pay/pay.js',
        text: `fetch('${ours}', { body: 'client_secret=' + SECRET });`,
        seen: ['LightningComponentBundle:pay client-secret client_secret 1'],
      },
      {
        name: 'a client secret in an Aura component',
        file: 'aura/Pay/PayController.js',
        text: `({ go: function () { post('${ours}', { client_secret: 'x' }); } })`,
        seen: ['AuraDefinitionBundle:Pay client-secret client_secret 1'],
      },
      {
        name: "trap: another vendor's client secret in a component is for another control",
        file: 'lwc/pay/pay.js',
        text: "fetch('https://auth.vendor.example/token', { body: 'client_secret=' + SECRET });",
        seen: [],
      },
      {
        name: 'a static resource',
        file: 'staticresources/app.js',
        text: `location = '${ours.replace('token', 'authorize')}?response_type=token&scope=full';`,
        seen: ['StaticResource:app implicit response_type=token 1', 'StaticResource:app broad-scope scope=full 1'],
      },
      {
        name: 'a static resource of a Metadata API folder',
        file: 'staticresources/app.resource',
        text: `location = '${ours}?response_type=token&x';`,
        seen: ['StaticResource:app implicit response_type=token 1'],
      },
      {
        name: 'a page',
        file: 'pages/Login.page',
        text: `<apex:page><script>// response_type=token&\nopen('${ours}?response_type=token&x')</script></apex:page>`,
        seen: ['VisualforcePage:Login implicit response_type=token 2'],
      },
      {
        name: 'trap: a library that offers every flow',
        file: 'staticresources/jsforce.js',
        text: `!function(e){window.jsforce=e()}(function(){return function(){}({1:[function(){queryMore,describeGlobal,instanceUrl,oauth('${ours}', { grant_type: 'password' })},{}]},{},[1])(1)});\n`,
        seen: [],
      },
      {
        name: 'own code behind such a library',
        file: 'staticresources/jsforce.js',
        text: `!function(e){window.jsforce=e()}(function(){});\noauth('${ours}', { grant_type: 'password' });`,
        seen: ['StaticResource:jsforce username-password grant_type=password 2'],
      },
      {
        name: 'a bundle in one line leaves open what of it is started',
        file: 'staticresources/app/main.js',
        text: `${'a();'.repeat(2000)}oauth('${ours}', { grant_type: 'password' });`,
        seen: ['StaticResource:app username-password? grant_type=password 1'],
      },
      {
        name: 'an own file with the name of a library',
        file: 'staticresources/jsforce.js',
        text: `oauth('${ours}', { grant_type: 'password' });`,
        seen: ['StaticResource:jsforce username-password grant_type=password 1'],
      },
      {
        name: 'a folder of a static resource with the name of build output',
        file: 'staticresources/app/dist/main.js',
        text: `oauth('${ours}', { grant_type: 'password' });`,
        seen: ['StaticResource:app username-password grant_type=password 1'],
      },
      {
        name: 'trap: password as a value of custom metadata',
        file: 'customMetadata/Auth.Default.md-meta.xml',
        text: metadata('CustomMetadata', `<label>${ours}</label><field>grant_type</field><value>password</value>`),
        seen: [],
      },
    ];
    for (const { name, file, text, seen: expected } of cases) {
      it(name, async () => {
        expect(await seen({ [`force-app/${file}`]: text })).to.deep.equal(expected);
      });
    }

    it('is not what lies outside the package directories', async () => {
      expect(await seen({ 'other/classes/Login.cls': apex(request) })).to.deep.equal([]);
    });
  });

  describe('named credentials', () => {
    const credential = (endpoint: string, protocol: string): Record<string, string> => ({
      'force-app/namedCredentials/Login.namedCredential-meta.xml': metadata(
        'NamedCredential',
        `<endpoint>${endpoint}</endpoint>`,
        `<protocol>${protocol}</protocol>`
      ),
    });
    const parameters = (endpoint: string, protocol: string): Record<string, string> => ({
      'force-app/namedCredentials/Login.namedCredential-meta.xml': metadata(
        'NamedCredential',
        `<namedCredentialParameters><parameterType>Url</parameterType><parameterValue>${endpoint}</parameterValue></namedCredentialParameters>`,
        '<namedCredentialParameters><externalCredential>acme__Login</externalCredential><parameterType>Authentication</parameterType></namedCredentialParameters>'
      ),
      'force-app/externalCredentials/Login.externalCredential-meta.xml': metadata(
        'ExternalCredential',
        `<authenticationProtocol>${protocol}</authenticationProtocol>`
      ),
    });
    const callout = apex("request.setEndpoint('callout:Login'); request.setBody('grant_type=password&x');");
    const cases: ReadonlyArray<{ name: string; files: Record<string, string>; seen: readonly string[] }> = [
      {
        name: 'a password for the token endpoint',
        files: credential(ours, 'Password'),
        seen: ['NamedCredential:Login username-password protocol Password 3'],
      },
      {
        name: 'a password in an external credential',
        files: parameters(ours, 'Basic'),
        seen: ['NamedCredential:Login username-password protocol Basic 3'],
      },
      { name: 'trap: OAuth to Salesforce', files: credential(ours, 'Oauth'), seen: [] },
      {
        name: 'trap: a password for another vendor',
        files: credential('https://vendor.example', 'Password'),
        seen: [],
      },
      {
        name: 'trap: the client credentials flow may send its secret as Basic',
        files: {
          ...credential(ours, 'Basic'),
          'force-app/classes/A.cls': apex("request.setBody('grant_type=client_credentials&x');").replace(
            'request',
            `String url = '${ours}'; request`
          ),
        },
        seen: [
          'ApexClass:A client-credentials grant_type=client_credentials 3',
          'NamedCredential:Login username-password? protocol Basic 3',
        ],
      },
      {
        name: 'the endpoint behind a callout is that of the credential',
        files: { ...credential('https://login.salesforce.com', 'Oauth'), 'force-app/classes/A.cls': callout },
        seen: ['ApexClass:A username-password grant_type=password 3'],
      },
      {
        name: "trap: a callout to another vendor's endpoint",
        files: { ...credential('https://vendor.example', 'Oauth'), 'force-app/classes/A.cls': callout },
        seen: [],
      },
      {
        name: 'a callout to a credential that is not in the package',
        files: { 'force-app/classes/A.cls': callout },
        seen: ['ApexClass:A username-password? grant_type=password 3'],
      },
    ];
    for (const { name, files, seen: expected } of cases) {
      it(name, async () => {
        expect(await seen(files)).to.deep.equal(expected);
      });
    }

    it('is a part when one does not parse', async () => {
      const evidence = await codeOf({ 'force-app/namedCredentials/A.namedCredential-meta.xml': '<NamedCredential>' });
      expect(evidence).to.include({ status: 'partial' });
    });
  });

  describe('an address in a record of custom metadata', () => {
    const login = apex(
      "Auth__mdt a = load(); r.setEndpoint(a.Url__c); r.setBody('grant_type=password&username=' + n);"
    );
    const record = (address: string, field = 'Url__c'): string =>
      metadata('CustomMetadata', `<values><field>${field}</field><value>${address}</value></values>`);
    const folder = 'force-app/customMetadata';
    const rows: ReadonlyArray<[string, Record<string, string>, boolean]> = [
      ['is where the code goes', { [`${folder}/Auth.A.md-meta.xml`]: record(ours) }, true],
      ['in the format of the Metadata API, with a namespace', { [`${folder}/acme__Auth.A.md`]: record(ours) }, true],
      ['trap: of another type', { [`${folder}/Other.A.md-meta.xml`]: record(ours) }, false],
      ['trap: of another field', { [`${folder}/Auth.A.md-meta.xml`]: record(ours, 'Home__c') }, false],
      [
        'trap: of which another record goes elsewhere',
        {
          [`${folder}/Auth.A.md-meta.xml`]: record(ours),
          [`${folder}/Auth.B.md-meta.xml`]: record('https://vendor.example/token'),
        },
        false,
      ],
    ];
    for (const [name, files, sure] of rows) {
      it(name, async () => {
        const sign = sure ? '' : '?';
        expect(await seen({ 'force-app/classes/Login.cls': login, ...files })).to.deep.equal([
          `ApexClass:Login username-password${sign} grant_type=password 3`,
        ]);
      });
    }

    it('is a part when a record with an address does not parse', async () => {
      const evidence = await codeOf({ [`${folder}/Auth.A.md`]: '<CustomMetadata>https://' });
      expect(evidence.status === 'partial' && evidence.gap.subject?.file).to.equal(`${folder}/Auth.A.md`);
    });
  });

  describe('integrations', () => {
    const login = `post('${ours}', { grant_type: 'password' });`;

    it('names the file relative to its folder, and the folder in `at`', async () => {
      const { uses } = valueOf(await codeOf({}, { '../gateway/': { 'src/login.js': `\n${login}` } }));
      expect(uses).to.deep.equal([
        {
          what: 'username-password',
          form: 'grant_type=password',
          in: 'integration',
          subject: { type: 'File', name: 'src/login.js', file: 'src/login.js', line: 2 },
          at: 'gateway grant_type=password',
        },
      ]);
    });

    it('counts what it read, and what it left out', async () => {
      const files = {
        'src/login.js': login,
        'src/other.py': 'pass',
        'README.md': login,
        'vendor/a.js': login,
        'vendor/LICENSE': 'Apache-2.0',
        'dist/a.js': login,
        'app.min.js': login,
        'docs/a.js': login,
        'test/a.js': login,
        'classes/A.cls': login,
      };
      const value = valueOf(await codeOf({ 'force-app/classes/A.cls': apex('') }, { gateway: files }));
      expect(counted(value)).to.deep.equal([
        { in: 'package', folder: '.', read: 1, leftOut: 0 },
        { in: 'integration', folder: 'gateway', read: 2, leftOut: 6 },
      ]);
    });

    it('does not take the policy, or the draft of one, for code that was read', async () => {
      const value = valueOf(await codeOf({}, { gateway: { 'security-review.yml': 'version: 1' } }));
      expect(counted(value).at(-1)).to.deep.equal({ in: 'integration', folder: 'gateway', read: 0, leftOut: 0 });
    });

    it('trap: pipelines, manifests and settings of tools are looked at, and are no code that was read', async () => {
      const files = {
        '.github/workflows/ci.yml': `grant_type: password # ${ours}`,
        'azure-pipelines.yml': 'steps: []',
        'package.json': '{}',
        'jest.config.js': 'export default {};',
        '.eslintrc.cjs': 'module.exports = {};',
        '.husky/pre-commit': '#!/bin/sh\nnpm test',
        Dockerfile: 'FROM node',
        'config.toml': 'a = 1',
      };
      const value = valueOf(await codeOf({}, { gateway: files }));
      expect(counted(value).at(-1)).to.deep.equal({ in: 'integration', folder: 'gateway', read: 0, leftOut: 0 });
      const configured = { 'app.yml': `url: ${ours}\ngrant_type: password` };
      expect(await seen({}, { gateway: configured })).to.deep.equal([
        'File:app.yml username-password grant_type=password 2',
      ]);
    });

    it('counts one folder once, and as that of the integration that names it', async () => {
      const tree = memoryTree({ 'a.js': '' });
      const source = await sourceOf({
        'sfdx-project.json': packageProject,
        'force-app/classes/A.cls-meta.xml': '',
        'force-app/classes/A.cls': '',
      });
      const folders = [
        { folder: '/x/gateway' },
        { folder: './gateway' },
        { folder: 'gateway', integration: 'Gateway' },
      ];
      const all = { ...source, integrations: folders.map((one) => ({ ...one, tree })) };
      const two = { ...source, integrations: folders.slice(0, 2).map((one) => ({ ...one, tree })) };
      expect(counted(valueOf(await codeFacts.collect(all, context))).slice(1)).to.deep.equal([
        { in: 'integration', folder: 'gateway', integration: 'Gateway', read: 1, leftOut: 0 },
      ]);
      expect(counted(valueOf(await codeFacts.collect(two, context))).slice(1)).to.deep.equal([
        { in: 'integration', folder: '/x/gateway', read: 1, leftOut: 0 },
      ]);
    });

    it('names one form once in a file, where it stands first', async () => {
      expect(await seen({}, { gateway: { 'a.js': `${login}\n${login}` } })).to.deep.equal([
        'File:a.js username-password grant_type=password 1',
      ]);
    });

    it('sees the client secret of an Android app', async () => {
      const files = {
        'app/AndroidManifest.xml': '<manifest/>',
        'app/Login.java': `post("${ours}", "client_secret=" + secret);`,
      };
      expect(await seen({}, { app: files })).to.deep.equal(['File:app/Login.java client-secret client_secret 1']);
    });

    const gaps: ReadonlyArray<{ name: string; files: Record<string, string>; says: RegExp | undefined }> = [
      {
        name: 'a language that is not read',
        files: { 'a.lua': login },
        says: /^a\.lua: .* in a language that is not supported/,
      },
      { name: 'such a language, where nothing logs in', files: { 'a.lua': 'main()' }, says: undefined },
      {
        name: 'a file that is too large',
        files: { 'a.js': `${login}\n${'a();\n'.repeat(500_000)}` },
        says: /too large/,
      },
    ];
    for (const { name, files, says } of gaps) {
      it(`is ${says ? 'a part' : 'whole'}: ${name}`, async () => {
        const evidence = await codeOf({}, { gateway: files });
        if (says) expect(evidence.status === 'partial' && evidence.gap.detail).to.match(says);
        else expect(evidence.status).to.equal('complete');
      });
    }

    it('is a part when a file cannot be read, or a folder could not be listed', async () => {
      const tree = {
        paths: ['a.js'],
        unseen: [{ path: 'lib/', reason: 'could not be listed (EACCES)' }],
        read: () => Promise.reject(Object.assign(new Error('refused'), { code: 'EACCES' })),
      };
      const source = await sourceOf({ 'classes/A.cls-meta.xml': '', 'classes/A.cls': '' });
      const evidence = await codeFacts.collect({ ...source, integrations: [{ folder: 'gateway', tree }] }, context);
      expect(gapsIn(evidence).map(({ detail }) => detail)).to.have.members([
        'lib/ could not be listed (EACCES).',
        'a.js: The file could not be read (EACCES).',
      ]);
    });
  });
});
