import { expect } from 'chai';
import type { Evidence } from '../../../src/engine/types.js';
import { secretStores } from '../../../src/package/collectors/secretStores.js';
import type { SecretStore } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';
import { canary } from '../../support/secrets.js';

const header = { 'force-app/Acme.eca-meta.xml': metadata('ExternalClientApplication', '<label>Acme</label>') };
const collect = async (
  files: Record<string, string>,
  project = packageProject
): Promise<Evidence<readonly SecretStore[]>> => {
  const inside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`force-app/${path}`, text]));
  const source = await sourceOf({ 'sfdx-project.json': project, ...header, ...inside });
  return secretStores.collect(source, { asOf: new Date(0), params: {}, required: [] });
};
/** `kind name visibility: fields; records` of each store. */
const stores = async (files: Record<string, string>, project?: string): Promise<string[]> => {
  const evidence = await collect(files, project);
  expect(evidence.status).to.equal('complete');
  return evidence.status === 'complete'
    ? evidence.value.map(({ kind, name, visibility, fields, records }) => {
        const filled = records.map((one) => `${one.name}.${one.field}${one.protected ? ' protected' : ''}`);
        const places = fields.map((field) => `${field.name} ${field.use}${field.encrypted ? ' encrypted' : ''}`);
        return `${kind} ${name} ${visibility ?? '?'}: ${places.join(', ')}; ${filled.join(', ')}`;
      })
    : [];
};
const field = (name: string, type = 'Text'): string =>
  metadata('CustomField', `<fullName>${name}</fullName>`, `<type>${type}</type>`);
const object = (...lines: readonly string[]): string => metadata('CustomObject', '<label>T</label>', ...lines);
const record = (name: string, value: string, isProtected = 'true'): string =>
  metadata(
    'CustomMetadata',
    `<protected>${isProtected}</protected>`,
    `<values><field>${name}</field><value xsi:type="xsd:string">${value}</value></values>`
  );
const fieldFile = (store: string, name: string): string => `objects/${store}/fields/${name}.field-meta.xml`;
const objectFile = (store: string): string => `objects/${store}/${store}.object-meta.xml`;

describe('package/collectors/secretStores', () => {
  it('joins a type, its fields and its records, and contains no value', async () => {
    const evidence = await collect({
      [objectFile('T__mdt')]: object('<visibility>Protected</visibility>'),
      [fieldFile('T__mdt', 'Client_Secret__c')]: field('Client_Secret__c'),
      'customMetadata/T.R.md-meta.xml': record('Client_Secret__c', 'canary-value'),
    });
    expect(evidence).to.deep.equal({
      status: 'complete',
      value: [
        {
          name: 'T__mdt',
          kind: 'metadata-type',
          file: 'force-app/objects/T__mdt/T__mdt.object-meta.xml',
          line: 2,
          visibility: 'Protected',
          fields: [
            {
              name: 'Client_Secret__c',
              use: 'secret',
              encrypted: false,
              file: 'force-app/objects/T__mdt/fields/Client_Secret__c.field-meta.xml',
              line: 2,
            },
          ],
          records: [
            {
              name: 'R',
              field: 'Client_Secret__c',
              protected: true,
              file: 'force-app/customMetadata/T.R.md-meta.xml',
              line: 4,
            },
          ],
        },
      ],
    });
    expect(JSON.stringify(evidence)).to.not.contain('canary-value');
  });

  it('trap: the format of the Metadata API: fields in the object, records without -meta.xml', async () => {
    const fields = '<fields><fullName>Api_Key__c</fullName><type>Text</type></fields>';
    expect(
      await stores({
        'objects/T__mdt.object': object(fields, '<visibility>Public</visibility>'),
        'customMetadata/T.R.md': record('Api_Key__c', 'k', 'false'),
      })
    ).to.deep.equal(['metadata-type T__mdt Public: Api_Key__c key; R.Api_Key__c']);
  });

  it('trap: visibility that is left out is Public', async () => {
    const files = { [objectFile('T__mdt')]: object(), [fieldFile('T__mdt', 'Token__c')]: field('Token__c') };
    expect(await stores(files)).to.deep.equal(['metadata-type T__mdt Public: Token__c token; ']);
  });

  it('trap: until API 33 a setting had an element of its own', async () => {
    const setting = object(
      '<customSettingsType>Hierarchy</customSettingsType>',
      '<customSettingsVisibility>Protected</customSettingsVisibility>'
    );
    expect(
      await stores({ [objectFile('S__c')]: setting, [fieldFile('S__c', 'Password__c')]: field('Password__c') })
    ).to.deep.equal(['setting S__c Protected: Password__c password; ']);
  });

  it('trap: a definition that is not in the package leaves the visibility open', async () => {
    expect(
      await stores({
        [fieldFile('B__c', 'Token__c')]: field('Token__c', 'EncryptedText'),
        [fieldFile('Account', 'Token__c')]: field('Token__c'),
        'customMetadata/base__T.R.md': record('Token__c', 'v'),
      })
    ).to.deep.equal([
      'object Account ?: Token__c token; ',
      'object B__c ?: Token__c token encrypted; ',
      'metadata-type base__T__mdt ?: ; R.Token__c protected',
    ]);
  });

  it('a record may name its type with the namespace of the package', async () => {
    const project = JSON.stringify({ ...(JSON.parse(packageProject) as object), namespace: 'acme' });
    const files = { [objectFile('T__mdt')]: object(), 'customMetadata/acme__T.R.md': record('Token__c', 'v') };
    expect(await stores(files, project)).to.deep.equal(['metadata-type T__mdt Public: ; R.Token__c protected']);
  });

  // Code Analyzer reports the first three; the others are their kin.
  const harmless: ReadonlyArray<[string, string]> = [
    ['AllowRefreshTokens__c', 'Text'],
    ['Key__c', 'Text'],
    ['NamedCredentialForAPI__c', 'Text'],
    ['Token__c', 'Checkbox'],
    ['Max_Tokens__c', 'Text'],
    ['Token_Type__c', 'Text'],
    ['Secret_Name__c', 'Text'],
    ['Consumer_Key__c', 'Text'],
    ['Public_Key__c', 'LongTextArea'],
    ['External_Key__c', 'Text'],
    ['Next_Page_Token__c', 'Text'],
    ['Password_Policy__c', 'Picklist'],
    ['Token_Expiry__c', 'DateTime'],
    ['TokenEndpoint__c', 'Text'],
  ];
  for (const [name, type] of harmless) {
    it(`trap: a name that is none of a secret: ${name}, ${type}`, async () => {
      const files = { [objectFile('T__mdt')]: object(), [fieldFile('T__mdt', name)]: field(name, type) };
      expect(await stores(files)).to.deep.equal([]);
    });
  }

  const secret: ReadonlyArray<[string, string]> = [
    ['Client_Secret__c', 'secret'],
    ['ClientSecret__c', 'secret'],
    ['acme__Access_Token__c', 'token'],
    ['RefreshToken__c', 'token'],
    ['API_Key__c', 'key'],
    ['APIKey__c', 'key'],
    ['Apikey2__c', 'key'],
    ['Encryption_Key__c', 'key'],
    ['PrivateKey__c', 'key'],
    ['Token_Value__c', 'token'],
    ['User_Password__c', 'password'],
  ];
  for (const [name, use] of secret) {
    it(`a name of a secret: ${name}`, async () => {
      const files = { [objectFile('T__mdt')]: object(), [fieldFile('T__mdt', name)]: field(name, 'LongTextArea') };
      expect(await stores(files)).to.deep.equal([`metadata-type T__mdt Public: ${name} ${use}; `]);
    });
  }

  it('trap: a value that is a key, in a field with a harmless name', async () => {
    const files = { 'customMetadata/T.jwtAuthKey.md': record('Value__c', canary.barePkcs1, 'false') };
    expect(await stores(files)).to.deep.equal(['metadata-type T__mdt ?: ; jwtAuthKey.Value__c']);
  });

  for (const value of ['', 'true', '42', 'https://acme.com/token', 'Enter the token of the app']) {
    it(`trap: an empty value, a flag, a number, an address and a sentence are no secret: ${value}`, async () => {
      expect(await stores({ 'customMetadata/T.R.md': record('Token__c', value) })).to.deep.equal([]);
    });
  }

  it('a value that is filled in when the version is created is there', async () => {
    const replacements = [{ glob: '**/*.md', stringToReplace: 'FILLED_IN', replaceWithEnv: 'X' }];
    const project = JSON.stringify({ ...(JSON.parse(packageProject) as object), replacements });
    const files = { 'customMetadata/T.R.md': record('Token__c', 'FILLED_IN') };
    expect(await stores(files, project)).to.deep.equal(['metadata-type T__mdt ?: ; R.Token__c protected']);
  });

  for (const path of [objectFile('T__mdt'), fieldFile('T__mdt', 'Token__c'), 'customMetadata/T.R.md']) {
    it(`a file that does not parse makes the evidence a part: ${path}`, async () => {
      const evidence = await collect({ [path]: '<CustomObject><visibility>canary' });
      expect(evidence.status === 'partial' && evidence.gap.subject?.file).to.equal(`force-app/${path}`);
      expect(JSON.stringify(evidence)).to.not.contain('canary');
    });
  }

  it('an external object keeps its data elsewhere, and a standard field is none of the package', async () => {
    expect(
      await stores({
        [objectFile('E__x')]: object(),
        [fieldFile('E__x', 'Token__c')]: field('Token__c'),
        [fieldFile('Account', 'Token')]: field('Token'),
      })
    ).to.deep.equal([]);
  });
});
