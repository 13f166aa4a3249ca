import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { orgSettings } from '../../src/salesforce/orgSettings.js';

describe('salesforce/orgSettings', () => {
  it('knows every type of settings that the types of the Metadata API contain', () => {
    const file = createRequire(import.meta.url).resolve('@salesforce/types/metadata');
    const types = readFileSync(file.replace(/\.js$/, '.d.ts'), 'utf8');
    const settings = [...types.matchAll(/^export type (\w+Settings) = Metadata\b/gm)].map(([, name = '']) => name);
    expect(settings).to.include('CaseSettings');
    expect(settings.filter((name) => !name.startsWith('ExtlClntApp') && orgSettings(name) !== name)).to.deep.equal([]);
  });

  it('knows no other word that ends so', () => {
    for (const name of ['Settings', 'AcmeSettings', 'Acme_Settings__c', 'constructor']) {
      expect(orgSettings(name)).to.equal(undefined);
    }
  });
});
