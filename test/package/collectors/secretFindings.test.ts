import { expect } from 'chai';
import type { Evidence } from '../../../src/engine/types.js';
import { secretFindings } from '../../../src/package/collectors/secretFindings.js';
import type { SecretFinding } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';
import { canaries, canary } from '../../support/secrets.js';

const header = { 'force-app/Acme.eca-meta.xml': metadata('ExternalClientApplication', '<label>Acme</label>') };
const collect = async (files: Record<string, string>): Promise<Evidence<readonly SecretFinding[]>> => {
  const source = await sourceOf({ 'sfdx-project.json': packageProject, ...header, ...files });
  return secretFindings.collect(source, { asOf: new Date(0), params: {}, required: [] });
};
/** `Type:name line kind` of each finding in a file of the package. */
const inFile = async (path: string, text: string): Promise<string[]> => {
  const evidence = await collect({ [`force-app/${path}`]: text });
  expect(evidence.status).to.equal('complete');
  return evidence.status === 'complete'
    ? evidence.value.map(({ type, name, line, kind }) => `${type}:${name} ${line} ${kind}`)
    : [];
};
const inApex = (...lines: readonly string[]): Promise<string[]> =>
  inFile('classes/A.cls', ['public class A {', ...lines, '}'].join('\n'));
const record = (field: string, value: string): string =>
  metadata(
    'CustomMetadata',
    '<protected>true</protected>',
    `<values><field>${field}</field><value>${value}</value></values>`
  );
const named = (name: string, ...lines: readonly string[]): [string, string] => [
  `namedCredentials/A.namedCredential-meta.xml`,
  metadata(name, ...lines),
];
const parameter = (type: string, name: string, value: string): string =>
  `<namedCredentialParameters><parameterName>${name}</parameterName><parameterType>${type}</parameterType>` +
  `<parameterValue>${value}</parameterValue></namedCredentialParameters>`;

describe('package/collectors/secretFindings', () => {
  describe('private keys', () => {
    for (const key of ['pkcs1', 'pkcs8', 'sec1', 'ed25519'] as const) {
      it(`a PEM block, ${key}`, async () => {
        expect(await inFile('staticresources/k.txt', `x\n${canary[key]}`)).to.deep.equal([
          'StaticResource:k 2 private key',
        ]);
      });
    }

    for (const key of ['barePkcs1', 'barePkcs8', 'bareSec1', 'bareEd25519'] as const) {
      it(`trap: a key without its header is proven, ${key}`, async () => {
        expect(await inFile('customMetadata/T.R.md-meta.xml', record('Value__c', canary[key]))).to.deep.equal([
          'CustomMetadata:T.R 4 private key',
        ]);
      });
    }

    for (const start of ['GIF8', 'ID3,name', 'RIFF raff']) {
      it(`a text that begins like a picture or a song, but isn't one: ${start}`, async () => {
        expect(await inFile('staticresources/k.resource', `${start}\n${canary.pkcs8}`)).to.deep.equal([
          'StaticResource:k 2 private key',
        ]);
      });
    }

    it('an encrypted key, and a block that was encoded as a whole', async () => {
      expect(await inFile('staticresources/k.txt', canary.encrypted)).to.deep.equal([
        'StaticResource:k 1 encrypted private key',
      ]);
      expect(await inApex(`  String k = '${canary.encoded}';`)).to.deep.equal(['ApexClass:A 2 private key']);
    });

    it('a key that Apex joins from literals, or JSON writes with \\n', async () => {
      const lines = canary.pkcs8.trim().split('\n');
      expect(await inApex(lines.map((line) => `'${line}'`).join(' +\n'))).to.deep.equal(['ApexClass:A 2 private key']);
      expect(await inFile('staticresources/k.json', JSON.stringify({ k: canary.pkcs8 }))).to.deep.equal([
        'StaticResource:k 1 private key',
      ]);
    });

    it('trap: a public key, a certificate and a sample of dots are no private key', async () => {
      const certificate = `MIIDdzCCAl+gAwIBAgIE${canary.barePkcs8.slice(40, 900)}`;
      const sample = '-----BEGIN PRIVATE KEY-----\n...your key...\n-----END PRIVATE KEY-----';
      const texts = [canary.publicKey, certificate, sample, `MIIEvQIBADAN${'A'.repeat(40)}`];
      const seen = await Promise.all(texts.map((text) => inFile('staticresources/k.txt', text)));
      expect(seen.flat()).to.deep.equal([]);
    });
  });

  describe('what Salesforce hands out', () => {
    const cases: ReadonlyArray<[string, string, string]> = [
      ['an access token', `  String s = '${canary.accessToken}';`, 'Salesforce access token'],
      ['a refresh token', `  String s = '${canary.refreshToken}';`, 'Salesforce refresh token'],
      ['an auth URL', `// force://PlatformCLI::${canary.token}@acme.my.salesforce.com`, 'Salesforce auth URL'],
      ['a consumer secret in a comment', `  // consumer secret: ${canary.consumerSecret}`, 'consumer secret'],
    ];
    for (const [name, line, kind] of cases) {
      it(name, async () => expect(await inApex(line)).to.deep.equal([`ApexClass:A 2 ${kind}`]));
    }
  });

  describe('what the recommended rules of secretlint find', () => {
    const cases: ReadonlyArray<[string, string]> = [
      ['github', canary.github],
      ['aws', `AWS_SECRET_ACCESS_KEY="${canary.token}"`],
      ['slack', `xoxb-${'1'.repeat(11)}-${'2'.repeat(11)}-${canary.token.slice(0, 24)}`],
      ['sendgrid', `SG.${canary.token.slice(0, 22)}.${canary.consumerSecret.slice(0, 43)}`],
      ['basicauth', `https://canary:${canary.apiKey}@host.acme.com/x`],
      ['database-connection-string', `postgres://canary:${canary.apiKey}@db.acme.com/x`],
      ['gitlab', `glpat-${canary.token.slice(0, 24)}`],
      ['npm', `npm_${canary.token.slice(0, 36)}`],
      ['shopify', `shpat_${canary.apiKey}`],
      ['anthropic', `sk-ant-api03-${(canary.token + canary.token + canary.token).slice(0, 93)}AA`],
      ['openai', `sk-${canary.token.slice(0, 20)}T3BlbkFJ${canary.token.slice(0, 20)}`],
      ['groq', `gsk_${(canary.token + canary.token).slice(0, 52)}`],
      ['huggingface', `hf_${'canaryAbCdEfGhIjKlMnOpQrStUvWxYzabc'.slice(0, 34)}`],
      ['linear', `lin_api_${canary.token}`],
      ['notion', `ntn_${'12345678901'}${canary.token.slice(0, 35)}`],
      ['grafana', `glsa_${canary.apiKey}_${canary.apiKey.slice(0, 8)}`],
      ['hashicorp-vault', `hvs.${(canary.token + canary.token + canary.token).slice(0, 95)}`],
      ['vercel', `vcp_${canary.token.slice(0, 24)}`],
      ['databricks', `dapi${canary.apiKey}`],
      ['docker', `dckr_pat_${canary.token.slice(0, 27)}`],
      ['figma', `figd_${canary.token}`],
    ];
    for (const [rule, value] of cases) {
      it(rule, async () => expect(await inApex(`// ${value}`)).to.deep.equal([`ApexClass:A 2 ${rule} credential`]));
    }

    const none: ReadonlyArray<[string, string]> = [
      ['a key that is the hash of a commit', `laws: { key: "${canary.consumerSecret.slice(0, 40).toLowerCase()}" }`],
      ['an address of a manual', 'https://username:password@host.acme.com'],
      ['an account id', 'AWS_ACCOUNT_ID = "123456789012"'],
    ];
    for (const [name, line] of none) {
      it(`trap: ${name}`, async () => expect(await inApex(line)).to.deep.equal([]));
    }

    it('leaves no performance marks and no promises behind: sf clears the marks at the end of a command', async () => {
      const before = performance.getEntriesByType('mark').length;
      await inApex(`// ${canary.github}`);
      expect(performance.getEntriesByType('mark')).to.have.length(before);
    });

    it('trap: a comment in the package switches no rule off', async () => {
      expect(await inApex(`// secretlint-disable`, `// ${canary.github}`)).to.deep.equal([
        'ApexClass:A 3 github credential',
      ]);
    });
  });

  describe('credentials that code spells out', () => {
    const cases: ReadonlyArray<[string, string, string]> = [
      ['an API key', `String apiKey = '${canary.apiKey}';`, 'hard-coded key'],
      ['a password', `String password = '${canary.password}';`, 'hard-coded password'],
      ['a secret in a map', `m.put('client_secret', '${canary.token}');`, 'hard-coded secret'],
      ['a token in an object', `"accessToken": "${canary.token}"`, 'hard-coded token'],
      ['a header', `{ r.setHeader('Authorization', 'Bearer ${canary.token}'); }`, 'hard-coded authorization'],
      ['a body', `String b = 'grant_type=x&client_secret=${canary.token}';`, 'hard-coded secret'],
      ['a login in an address', `String u = base + '/login?userid=acme&password=ABCDEFGH';`, 'hard-coded password'],
      [
        'an attribute of Aura',
        `<aura:attribute name="apiKey" type="String" default="${canary.apiKey}"/>`,
        'hard-coded key',
      ],
    ];
    for (const [name, line, kind] of cases) {
      it(name, async () => expect(await inApex(line)).to.deep.equal([`ApexClass:A 2 ${kind}`]));
    }

    // What the mandated scanner reports on real packages, and other code of that kind.
    const traps: ReadonlyArray<[string, string]> = [
      ['a constant of a test', `static final String TEST_SESSION_ID = 'TEST_SESSION_ID_1234';`],
      ['an audience is no token', `String tokenAudience = 'https://login.salesforce.com/id2024abc';`],
      ['the name of a key of a map', `static final String RESULT_KEY_TOKEN = 'resultKeyToken2';`],
      ['a consumer key is public', `String consumerKey = '3MVG9${canary.token}${canary.token}';`],
      ['an org id is no secret', `String orgToken = '00D5g000004abcdEAA';`],
      ['the name of a field', `String secret = 'acme__Client_Secret_V2__c';`],
      ...['{0}', '${pwd}', 'myPassword', "' + word + '", '%PWD%', ':word'].map((value): [string, string] => [
        `a login in an address, filled in by ${value}`,
        `String u = base + '/login?userid=acme&password=${value}';`,
      ]),
      ['a new password that is only asked for', `String u = '/reset?mode=password&changePassword=confirm';`],
      ['a label of an input', `passwordLabel: 'Enter password 123!'`],
      ['the token of a style sheet', `stylesheetToken="lwc-${canary.apiKey}-host"`],
      ['a merge field of a credential', `{ req.setHeader('Authorization', 'Bearer {!$Credential.OAuthToken}'); }`],
      ['a value that is joined at run time', `String token = 'Bearer ' + getAccessToken();`],
      ['a page of results', `String nextPageToken = '${canary.token}';`],
      ...[
        '__API_SECRET_2__',
        '{{API_SECRET_24}}',
        '%%API_SECRET_24%%',
        '${API_SECRET_24}',
        '********',
        'your-secret-1234',
      ].map((value): [string, string] => [`a placeholder, ${value.slice(0, 2)}`, `String clientSecret = '${value}';`]),
    ];
    for (const [name, line] of traps) {
      it(`trap: ${name}`, async () => expect(await inApex(line)).to.deep.equal([]));
    }
  });

  describe('elements of metadata', () => {
    const cases: ReadonlyArray<[string, [string, string], string]> = [
      ['a password', named('NamedCredential', '<password>hunter2</password>'), 'packaged password'],
      ['an AWS secret', named('NamedCredential', '<awsAccessSecret>hunter2</awsAccessSecret>'), 'packaged secret'],
      ['a token', named('ExternalDataSource', '<oauthToken>hunter2</oauthToken>'), 'packaged token'],
      [
        'a literal header',
        named('NamedCredential', parameter('HttpHeader', 'X-Api-Key', canary.apiKey)),
        'literal credential header',
      ],
    ];
    for (const [name, [path, text], kind] of cases) {
      it(name, async () => expect(await inFile(path, text)).to.deep.equal([`NamedCredential:A 3 ${kind}`]));
    }

    it('the consumer secret of an app and of a provider', async () => {
      const secret = '<consumerSecret>hunter2</consumerSecret>';
      expect(
        await inFile(
          'connectedApps/B.connectedApp-meta.xml',
          metadata('ConnectedApp', '<oauthConfig>', secret, '</oauthConfig>')
        )
      ).to.deep.equal(['ConnectedApp:B 4 packaged secret']);
      expect(await inFile('authproviders/B.authprovider', metadata('AuthProvider', secret))).to.deep.equal([
        'AuthProvider:B 3 packaged secret',
      ]);
      expect(
        await inFile(
          'x/B.ecaPush-meta.xml',
          metadata(
            'ExtlClntAppPushSettings',
            '<applePushConfig>',
            '<signingKey>hunter2</signingKey>',
            '</applePushConfig>'
          )
        )
      ).to.deep.equal(['ExternalClientApp:B 4 packaged key']);
    });

    it('a label, and a record of custom metadata in both formats', async () => {
      const label = `<labels><fullName>Api_Key</fullName><value>${canary.apiKey}</value></labels>`;
      expect(await inFile('labels/CustomLabels.labels-meta.xml', metadata('CustomLabels', label))).to.deep.equal([
        'CustomLabels:CustomLabels 3 hard-coded key',
      ]);
      const text = record('Client_Secret__c', canary.consumerSecret);
      const paths = ['customMetadata/T.R.md', 'customMetadata/T.R.md-meta.xml'];
      const seen = await Promise.all(paths.map((path) => inFile(path, text)));
      expect(seen.flat()).to.deep.equal(Array(2).fill('CustomMetadata:T.R 4 hard-coded secret'));
    });

    it('a weak password of a record, and a password of a flow with the security token behind it', async () => {
      expect(await inFile('customMetadata/T.R.md', record('Password__c', 'integration1'))).to.deep.equal([
        'CustomMetadata:T.R 4 hard-coded password',
      ]);
      const input = `<inputParameters><name>password</name><value><stringValue>test1234${canary.token}</stringValue></value></inputParameters>`;
      expect(
        await inFile('flows/F.flow-meta.xml', metadata('Flow', `<actionCalls>${input}</actionCalls>`))
      ).to.deep.equal(['Flow:F 3 hard-coded password']);
    });

    it('a login in an address, with the ampersand as XML writes it', async () => {
      const url = '<url>https://acme.example/login?user=acme&amp;password=ABCDEFGH&amp;x=1</url>';
      expect(await inFile('objects/A/webLinks/W.webLink-meta.xml', metadata('WebLink', url))).to.have.length(1);
    });

    it('the subscription key of a service', async () => {
      expect(await inFile('customMetadata/T.R.md', record('Subscription_Key__c', canary.apiKey))).to.deep.equal([
        'CustomMetadata:T.R 4 hard-coded key',
      ]);
    });

    const traps: ReadonlyArray<[string, [string, string]]> = [
      ['a placeholder of a password', ['customMetadata/T.R.md', record('Password__c', 'changeme1')]],
      ['a word', ['customMetadata/T.R.md', record('Password__c', 'required')]],
      ['an address', ['customMetadata/T.R.md', record('Reset_Password__c', 'https://acme.example/reset1')]],
      [
        'a password with a word in front that is not valid',
        [
          'flows/F.flow-meta.xml',
          metadata(
            'Flow',
            '<inputParameters><name>password</name><value><stringValue>testPassword1234</stringValue></value></inputParameters>'
          ),
        ],
      ],
      [
        'a header from the credential',
        named('NamedCredential', parameter('AuthHeader', 'Authorization', "{!'Bearer ' &amp; $Credential.A.Token}")),
      ],
      [
        'a header that is no credential',
        named('NamedCredential', parameter('HttpHeader', 'Content-Type', 'application/json')),
      ],
      ['an empty value (xsi:nil)', ['customMetadata/T.R.md', record('Client_Secret__c', '')]],
      ['a placeholder in an element', named('NamedCredential', '<password>__PASSWORD__</password>')],
      [
        'a text about a password',
        [
          'labels/CustomLabels.labels-meta.xml',
          metadata(
            'CustomLabels',
            '<labels><fullName>Invalid_Password</fullName><value>Your password needs 8 characters.</value></labels>'
          ),
        ],
      ],
    ];
    for (const [name, [path, text]] of traps) {
      it(`trap: ${name}`, async () => expect(await inFile(path, text)).to.deep.equal([]));
    }
  });

  describe('which files', () => {
    const secret = `String apiKey = '${canary.apiKey}';`;
    const others: ReadonlyArray<[string, string, string]> = [
      ['a class of tests', 'classes/T.cls', `// {\n@IsTest(SeeAllData=true)\nprivate class T { ${secret} }`],
      ['a test of a component', 'lwc/a/__tests__/a.test.js', secret],
      ['a README with a sample', 'staticresources/a/README.md', `secret = '${canary.consumerSecret}'`],
      ['a picture', 'staticresources/a.png', `\0${secret}`],
    ];
    for (const [name, path, text] of others) {
      it(`trap: ${name}`, async () => expect(await inFile(path, text)).to.deep.equal([]));
    }

    it('trap: an unpackaged folder is none of the package', async () => {
      const evidence = await collect({ 'scripts/a.cls': secret, 'config/.env': secret });
      expect(evidence).to.deep.include({ status: 'complete', value: [] });
    });

    it('a class that only mentions tests in a comment is one of the package', async () => {
      expect(await inFile('classes/A.cls', `/* not @IsTest */\npublic class A { ${secret} }`)).to.have.length(1);
    });

    const unread: ReadonlyArray<[string, string, string, RegExp]> = [
      ['an archive', 'staticresources/z.resource', 'PK\u0003\u0004\0\0', /is not text/],
      ['a huge file', 'staticresources/z.js', 'x'.repeat(10_000_001), /too long/],
      [
        'a file that does not parse',
        'namedCredentials/Z.namedCredential-meta.xml',
        '<NamedCredential><password>',
        /well-formed/,
      ],
    ];
    for (const [name, path, text, why] of unread) {
      it(`${name} leaves the evidence a part, and what was found stays`, async () => {
        const evidence = await collect({ 'force-app/classes/A.cls': secret, [`force-app/${path}`]: text });
        expect(evidence.status === 'partial' && evidence.gap.detail).to.match(why);
        expect(evidence.status === 'partial' && evidence.gap.subject?.file).to.equal(`force-app/${path}`);
        expect(evidence.status === 'partial' && evidence.value).to.have.length(1);
      });
    }
  });

  it('tells kind, length and a mark, which is the same for the same secret, and never the secret', async () => {
    const text = Object.entries(canary)
      .map(([name, value]) => `String ${name}Secret = '${value}';`)
      .join('\n');
    const evidence = await collect({ 'force-app/classes/A.cls': text, 'force-app/classes/B.cls': text });
    expect(evidence.status).to.equal('complete');
    const value = evidence.status === 'complete' ? evidence.value : [];
    const marks = (file: string): string[] =>
      value.filter((one) => one.file.endsWith(file)).map(({ fingerprint }) => fingerprint);
    expect(marks('A.cls')).to.deep.equal(marks('B.cls'));
    expect(new Set(marks('A.cls')).size).to.be.above(10);
    value.forEach(({ fingerprint, length }) => {
      expect(fingerprint).to.match(/^[\da-f]{6}$/);
      expect(length).to.be.above(7);
    });
    const said = JSON.stringify(evidence);
    canaries.forEach((secret) => expect(said).to.not.contain(secret));
  });

  it('a megabyte takes a moment, also a hostile one', async () => {
    const hostile = [
      'MIIEvQIBADAN '.repeat(80_000),
      'a'.repeat(1_000_000),
      `key='`.repeat(200_000),
      '://'.repeat(300_000),
    ];
    for (const text of hostile) {
      const start = performance.now();
      // eslint-disable-next-line no-await-in-loop
      await collect({ 'force-app/classes/A.cls': text });
      expect(performance.now() - start).to.be.below(5000);
    }
  });
});
