import { expect } from 'chai';
import type { Evidence } from '../../src/engine/types.js';
import { secretFindings } from '../../src/package/collectors/secretFindings.js';
import { secretStores } from '../../src/package/collectors/secretStores.js';
import { gapsIn } from '../../src/engine/coverage.js';
import { memoryTree } from '../support/memoryTree.js';
import { metadata, packageProject, sourceOf } from '../support/packageSource.js';
import { canary } from '../support/secrets.js';

const context = { asOf: new Date(0), params: {}, required: [] };
const start = { 'sfdx-project.json': packageProject, 'force-app/A.eca-meta.xml': '<a><b/></a>' };
const detailOf = (evidence: Evidence<unknown>): string =>
  gapsIn(evidence)
    .map(({ detail }) => detail)
    .join(' ');

const inPackage = async (path: string, text: string): Promise<Evidence<unknown>> =>
  secretFindings.collect(await sourceOf({ ...start, [`force-app/${path}`]: text }), context);
const inIntegration = async (files: Record<string, string>): Promise<Evidence<unknown>> => {
  const source = { ...(await sourceOf(start)), integrations: [{ folder: 'gateway', tree: memoryTree(files) }] };
  return secretFindings.collect(source, context);
};
const writes = async (code: string): Promise<Evidence<unknown>> =>
  secretStores.collect(
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

const begin = `-----BEGIN ${'PRIVATE'} KEY-----`;
const MANY: ReadonlyArray<readonly [string, string]> = [
  ['headers of private keys', `${begin} x\n`.repeat(600)],
  ['beginnings of private keys', 'MIIabcIBA \n'.repeat(600)],
  ['encoded headers', `LS0tLS1CRUdJTi${'A'.repeat(40)} \n`.repeat(600)],
  ['members of JSON Web Keys', `kty\n${`"k": "${'ab1'.repeat(8)}",\n`.repeat(600)}`],
];

describe('bounds of the search for secrets', () => {
  for (const [what, text] of MANY) {
    it(`more ${what} than are tried are a gap, in a package and in an integration`, async () => {
      expect(detailOf(await inPackage('staticresources/k.txt', text))).to.contain('k.txt has more places');
      expect(detailOf(await inIntegration({ 'k.txt': text }))).to.contain('k.txt has more places');
    });
  }

  it('as many as are tried are no gap', async () => {
    expect(detailOf(await inPackage('staticresources/k.txt', `${begin} x\n`.repeat(500)))).to.equal('');
  });

  for (const [what, code] of [
    ['constructors', "Object a = new Cfg__c(Data__c = 'x');".repeat(5001)],
    ['assignments', "c.Data__c = 'x';".repeat(5001)],
    ['look-ups', "s = Cfg__c.getInstance('name').Data__c;".repeat(5001)],
    ['arguments of one constructor', `Object a = new Cfg__c(Data__c = '${'x '.repeat(2500)}', More__c = key);`],
    ['text of one assignment', `c.Data__c = '${'x '.repeat(2500)}' + key;`],
  ] as const) {
    it(`more ${what} than are tried are a gap of the places that keep secrets`, async () => {
      expect(detailOf(await writes(`String key; void go(Cfg__c c) { ${code} }`))).to.contain('A.cls writes more');
    });
  }

  it('a record whose value has more places than are tried is a gap of the places that keep secrets', async () => {
    const value = `<values><field>Data__c</field><value>${`${begin} x `.repeat(600)}</value></values>`;
    const source = await sourceOf({
      ...start,
      'force-app/customMetadata/T.R.md-meta.xml': metadata('CustomMetadata', '<protected>false</protected>', value),
    });
    expect(detailOf(await secretStores.collect(source, context))).to.contain('T.R.md-meta.xml has a value');
  });
});

describe('files of an integration that are not searched for secrets', () => {
  it('are counted with the reason', async () => {
    const { account } = await inIntegration({
      '.gitignore': '.env\n',
      '.env': `CLIENT_SECRET=${canary.consumerSecret}`,
      'vendor/a.js': 'x',
      'vendor/LICENSE': 'Apache-2.0',
      'logo.png': 'x',
      'tool.exe': 'x',
      'data.bin': 'a\0b',
      'src/a.ts': 'x',
    });
    const reasons = Object.fromEntries((account?.excluded ?? []).map(({ file, reason }) => [file, reason]));
    expect(reasons).to.include({
      'gateway/.env': 'ignored by git',
      'gateway/vendor/a.js': 'library',
      'gateway/logo.png': 'test, document or picture',
      'gateway/tool.exe': 'binary file',
      'gateway/data.bin': 'binary file',
    });
    expect(account?.evaluated).to.include('gateway/src/a.ts');
  });

  it('are a gap where they cannot be opened, whatever their name is', async () => {
    const tree = memoryTree({ 'credentials.txt': 'x' });
    const read = (): Promise<string> => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' }));
    const source = { ...(await sourceOf(start)), integrations: [{ folder: 'gateway', tree: { ...tree, read } }] };
    expect(detailOf(await secretFindings.collect(source, context))).to.contain('credentials.txt could not be opened');
  });

  it('are a gap where their XML cannot be parsed', async () => {
    const broken =
      '<?xml version="1.0"?><CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata"><values>secret';
    expect(detailOf(await inIntegration({ 'meta/a.xml': broken }))).to.contain('meta/a.xml could not be read');
  });
});
