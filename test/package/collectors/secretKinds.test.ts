import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { secretFindings } from '../../../src/package/collectors/secretFindings.js';
import { secretStores } from '../../../src/package/collectors/secretStores.js';
import { secretUse } from '../../../src/salesforce/secretNames.js';
import { memoryTree } from '../../support/memoryTree.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context = { asOf: new Date(0), params: {}, required: [] };
const start = { 'sfdx-project.json': packageProject, 'force-app/A.eca-meta.xml': '<a><b/></a>' };

/** The kinds of the secrets in a file of the package. */
const kinds = async (path: string, text: string): Promise<string[]> => {
  const evidence = await secretFindings.collect(await sourceOf({ ...start, [`force-app/${path}`]: text }), context);
  return evidence.status === 'unavailable' ? [] : evidence.value.map(({ kind }) => kind);
};
const inApex = (code: string): Promise<string[]> => kinds('classes/A.cls', `public class A {\n${code}\n}`);
// Put together here, so that no scanner takes this file for a leak.
const stripe = `sk_${'live'}_Kq8vT2mZr4Wc7Ny1Xb5Hd9Lp`;
const azure = `Ab1${'8Q~'}tGh_kLm3Nq-rSt5Uv.wXy7Za~bCd9EfG`;
const storageKey = Buffer.from(Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256)).toString('base64');
const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
  .trim()
  .split('\n');
const pair = (field: string, value: string): string =>
  `<values><field>${field}</field><value>${value}</value></values>`;
const record = (...values: readonly string[]): string =>
  metadata('CustomMetadata', '<label>Main</label>', '<protected>false</protected>', ...values);

describe('kinds of secrets', () => {
  const cases: ReadonlyArray<readonly [string, string, string]> = [
    ['a Stripe key', `String k = '${stripe}';`, 'Stripe secret key'],
    ['an Azure client secret', `String k = '${azure}';`, 'Azure client secret'],
    ['an Azure storage key', `String c = 'AccountKey=${storageKey}';`, 'Azure storage key'],
    [
      'a key of an HMAC',
      "Blob m = Crypto.generateMac('hmacSHA256', body, Blob.valueOf('Tr0ub4dor&3-Acme'));",
      'hard-coded key',
    ],
    ['a key of AES', "Blob key = EncodingUtil.base64Decode('k3Jh8sLq2Vn5Xz7Bc1Md4Fg6Hj9Kp0Rt');", 'hard-coded key'],
    [
      'Basic of a literal',
      "r.setHeader('Authorization', 'Basic ' + EncodingUtil.base64Encode(Blob.valueOf('svc:Qz81-pl')));",
      'hard-coded authorization',
    ],
    [
      'Basic of a user and a literal',
      "r.setHeader('Authorization', 'Basic ' + EncodingUtil.base64Encode(Blob.valueOf(user + ':Qz81-pl')));",
      'hard-coded authorization',
    ],
    [
      'an encoded Basic',
      `r.setHeader('Authorization', 'Basic ${Buffer.from('svc:Qz81-plum').toString('base64')}');`,
      'hard-coded authorization',
    ],
    ['a PEM as a list', `List<String> k = new List<String>{ '${key.join("',\n '")}' };`, 'private key'],
    ['a PEM line by line', key.map((line) => `pem += '${line}';`).join('\n'), 'private key'],
    ['a PEM in a text block', `String k = '''\n${key.join('\n')}\n''';`, 'private key'],
    ['a password with words', "static final String PASSWORD = 'Winter2026Pass!';", 'hard-coded password'],
    [
      'a setting of keys and values',
      `new Cfg__c(Name = 'client_secret', Value__c = '${'9F8E7D6C5B4A3210'.repeat(4)}');`,
      'hard-coded secret',
    ],
  ];
  for (const [name, code, kind] of cases) {
    it(`finds ${name}`, async () => expect(await inApex(code)).to.include(kind));
  }

  it('finds a key and its value in JSON, in a record, in a label and in a hidden input', async () => {
    const secret = '4F1A9C0D7B2E8365'.repeat(4);
    expect(await kinds('staticresources/a.json', `{"key": "client_secret", "value": "${secret}"}`)).to.have.length(1);
    expect(
      await kinds(
        'customMetadata/Cfg.Main.md-meta.xml',
        record(pair('Key__c', 'clientSecret'), pair('Value__c', secret))
      )
    ).to.have.length(1);
    expect(
      await kinds('records/Cfg.Main.md-meta.xml', record(pair('Consumer_Secret__c', '8123456790123456789')))
    ).to.have.length(1);
    expect(
      await kinds(
        'pages/P.page',
        `<apex:page><input type="hidden" name="client_secret" value="${secret}"/></apex:page>`
      )
    ).to.have.length(1);
  });

  const harmless: ReadonlyArray<readonly [string, string]> = [
    ['a label', "String PASSWORD_LABEL = 'Enter your Password1!';"],
    ['a message', "String passwordHelp = 'Enter your password';"],
    ['a placeholder', "String clientSecret = '<your client secret>';"],
    ['a UUID', "String requestKey = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';"],
    ['a hash of a literal', "Blob h = Crypto.generateDigest('SHA-256', Blob.valueOf('acme-cache-key-1'));"],
    ['bytes that are no key', "Blob b = Blob.valueOf('Hello world 2026');"],
    [
      'a certificate by name',
      "Blob s = Crypto.signWithCertificate('RSA-SHA256', Blob.valueOf(payload), 'AcmeCert2026');",
    ],
    ['a JSON Web Token without a signature', "String t = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.';"],
    ['a Stripe test key by name', "String k = 'sk_test_xxxxxxxxxxxxxxxxxxxxxxxx';"],
  ];
  for (const [name, code] of harmless)
    it(`trap: ${name} isn't a secret`, async () => expect(await inApex(code)).to.deep.equal([]));

  it("trap: a public key in JSON isn't a secret, and a certificate as a list", async () => {
    const n = 'w4ylQ5RcUuq2F_jY41xbtSWJ3xM_CeI8B2sR-K5716Ot1JDkRTgGbrRvbPKicmoB';
    expect(await kinds('staticresources/a.json', `{"kty":"RSA","n":"${n}","e":"AQAB"}`)).to.deep.equal([]);
  });

  it('counts lines that end in a carriage return alone', async () => {
    const text = `public class A {\r  /* it's */\r  String clientSecret = '${'9F8E7D6C5B4A3210'.repeat(4)}';\r}`;
    const evidence = await secretFindings.collect(
      await sourceOf({ ...start, 'force-app/classes/A.cls': text }),
      context
    );
    expect(evidence.status === 'complete' && evidence.value.map(({ line }) => line)).to.deep.equal([3]);
  });
});

describe('secrets of integrations', () => {
  const secret = '9F8E7D6C5B4A3210'.repeat(4);
  const found = async (files: Record<string, string>): Promise<string[]> => {
    const source = { ...(await sourceOf(start)), integrations: [{ folder: 'gateway', tree: memoryTree(files) }] };
    const evidence = await secretFindings.collect(source, context);
    return evidence.status === 'unavailable' ? [] : evidence.value.map(({ file, in: where }) => `${where} ${file}`);
  };

  it('are findings, in code and in a committed environment file', async () => {
    const files = { 'src/a.ts': `const clientSecret = '${secret}';`, '.env': `CLIENT_SECRET=${secret}` };
    expect(await found(files)).to.have.members(['integration src/a.ts', 'integration .env']);
  });

  it('trap: not in a file that git ignores, in a template, in a test or in a library', async () => {
    const text = `const clientSecret = '${secret}';`;
    const files = {
      '.gitignore': '.env\n',
      '.env': `CLIENT_SECRET=${secret}`,
      '.env.example': `CLIENT_SECRET=${secret}`,
      'test/a.ts': text,
      'vendor/a.js': text,
      'vendor/LICENSE': 'Apache-2.0',
    };
    expect(await found(files)).to.deep.equal([]);
  });
});

describe('headers that Apex takes out of a map', () => {
  const value = '9F8E7D6C5B4A3210'.repeat(4);
  const send = `void go(HttpRequest req, Map<String, String> heads) { for (String key : heads.keySet()) { req.setHeader(key, heads.get(key)); } }`;
  for (const [how, code] of [
    [
      'put into it',
      `void a() { Map<String, String> all = new Map<String, String>(); all.put('X-Api-Key', PART); go(req, all); }`,
    ],
    ['written in it', `void a() { go(req, new Map<String, String>{ 'X-Api-Key' => PART }); }`],
    [
      'put into a field',
      `Map<String, String> all = new Map<String, String>(); void a() { all.put('Authorization', 'Basic ' + PART); go(req, all); }`,
    ],
    [
      'given by a method',
      `Map<String, String> all() { Map<String, String> one = new Map<String, String>(); one.put('Authorization', PART); return one; } void a() { go(req, all()); }`,
    ],
  ] as const) {
    it(`are a secret where the literal is ${how}`, async () => {
      expect(await inApex(`static final String PART = '${value}'; ${code} ${send}`)).to.deep.equal([
        'hard-coded authorization',
      ]);
    });
  }

  it('trap: are no secret where the name of the header says nothing of one', async () => {
    expect(
      await inApex(
        `static final String PART = '${value}'; void a() { go(req, new Map<String, String>{ 'X-Trace' => PART }); } ${send}`
      )
    ).to.deep.equal([]);
  });
});

describe('fields that Apex fills with a secret', () => {
  const stores = async (code: string): Promise<string[]> => {
    const evidence = await secretStores.collect(
      await sourceOf({
        ...start,
        'force-app/objects/Cfg__c/Cfg__c.object-meta.xml': metadata(
          'CustomObject',
          '<customSettingsType>List</customSettingsType>',
          '<visibility>Public</visibility>'
        ),
        'force-app/classes/A.cls': `public class A { ${code} }`,
      }),
      context
    );
    return evidence.status === 'unavailable'
      ? []
      : evidence.value.flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name} ${field.use}`));
  };
  for (const [name, code, expected] of [
    ['a key next to the value', "upsert new Cfg__c(Name = 'api_key', Value__c = s);", ['Cfg__c.Value__c key']],
    ['a variable', 'Cfg__c c = new Cfg__c(); c.Data__c = accessToken;', ['Cfg__c.Data__c token']],
    [
      'JSON',
      "Cfg__c c = Cfg__c.getOrgDefaults(); c.Data__c = JSON.serialize(new Map<String, String>{ 'refresh_token' => t });",
      ['Cfg__c.Data__c token'],
    ],
    ['a look-up by key', "String s = Cfg__c.getInstance('client_secret').Value__c;", ['Cfg__c.Value__c secret']],
    [
      'trap: something encrypted',
      "Cfg__c c = x; c.Data__c = EncodingUtil.base64Encode(Crypto.encryptWithManagedIV('AES256', k, token));",
      [],
    ],
    ['trap: a label and a size', 'Cfg__c c = x; c.Data__c = System.Label.Password; c.Text__c = tokens.size();', []],
    ['trap: another key', "upsert new Cfg__c(Name = 'page_size', Value__c = s);", []],
  ] as const) {
    it(name, async () => expect(await stores(code)).to.deep.equal(expected));
  }
});

describe('names of secrets', () => {
  for (const name of [
    'Client_Secret_Prod__c',
    'clientsecret__c',
    'Accesstoken__c',
    'JWT__c',
    'Private_Key_PEM__c',
    'Credentials__c',
    'Api_Key_Acme__c',
    'dbpassword',
    'Refresh_Token_EU__c',
  ]) {
    it(`${name} is one`, () => expect(secretUse(name)).to.not.equal(undefined));
  }
  for (const name of [
    'Access_Token_Url__c',
    'Api_Key_Header__c',
    'Client_Secret_Name__c',
    'Named_Credentials__c',
    'Is_JWT__c',
    'JWT_Audience__c',
    'Public_Key_PEM__c',
    'Certificate_PEM__c',
    'Api_Key_Id__c',
    'Password_Expiry__c',
    'Access_Token_Expires__c',
    'Cancellationtoken__c',
    'Session_Id__c',
  ]) {
    it(`trap: ${name} isn't a secret`, () => expect(secretUse(name)).to.equal(undefined));
  }
});
