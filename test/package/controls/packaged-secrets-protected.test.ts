import { expect } from 'chai';
import { packagedSecretsProtected } from '../../../src/package/controls/packaged-secrets-protected.js';
import type { PackageFacts, SecretStore } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import { found, namespaced, packageFacts, secretRecord, secretStore } from '../../support/packageFacts.js';

const type = (said: Partial<SecretStore>): PackageFacts =>
  namespaced({ secretStores: [secretStore({ kind: 'metadata-type', ...said })] });

testControl(packagedSecretsProtected, {
  pass: [
    {
      trap: true,
      name: 'a secret in a protected type is a plain pass, whatever its records say',
      facts: type({ visibility: 'Protected', records: [secretRecord(false)] }),
      latent: [],
    },
    { name: 'PackageProtected', facts: type({ visibility: 'PackageProtected' }), latent: [] },
    {
      trap: true,
      name: 'protection is void in an unlocked package, which a project without a namespace may be',
      facts: packageFacts({ secretStores: [secretStore({ kind: 'metadata-type', visibility: 'Protected' })] }),
      latent: ['CustomMetadataType:Acme__mdt'],
    },
  ],
  fail: [
    { name: 'a Public type', facts: type({}), names: ['CustomMetadataType:Acme__mdt'], says: [/Token__c/] },
    {
      trap: true,
      name: 'a protected record of a Public type is hidden, and Code Analyzer reports its type',
      facts: type({ records: [secretRecord(true)] }),
      names: ['CustomMetadataType:Acme__mdt'],
      says: [/ and is protected, but its custom metadata type is Public/],
    },
    {
      name: 'two records of a Public type that are not protected, and one that is',
      facts: type({ records: [secretRecord(false, 'A'), secretRecord(false, 'B'), secretRecord(true, 'C')] }),
      names: ['CustomMetadataType:Acme__mdt', 'CustomMetadataType:Acme__mdt', 'CustomMetadataType:Acme__mdt'],
      says: [/record A .* is not protected, .* every user can read it/, /record B/, /record C .* is protected, but/],
    },
    {
      trap: true,
      name: 'a secret in a field with a harmless name',
      facts: type({ fields: [], records: [secretRecord(false, 'A', 'Value__c')] }),
      names: ['CustomMetadataType:Acme__mdt'],
    },
  ],
  inconclusive: [
    {
      name: 'the type belongs to another package',
      facts: type({ visibility: undefined, records: [secretRecord(true)] }),
    },
  ],
  notApplicable: [
    { name: 'no type with a secret', facts: packageFacts({ secretStores: [secretStore({ kind: 'setting' })] }) },
  ],
});

describe('package/packaged-secrets-protected', () => {
  it('asks for a justification, not for a repair, where the records are protected', () => {
    expect(found(packagedSecretsProtected, type({ records: [secretRecord(true)] }))).to.deep.equal([
      'justification CustomMetadataType:Acme__mdt force-app/customMetadata/Acme.Default.md-meta.xml:5 Token__c Default',
    ]);
  });

  it('points at the record, else at the field', () => {
    expect(found(packagedSecretsProtected, type({ records: [secretRecord(false)] }))).to.deep.equal([
      'violation CustomMetadataType:Acme__mdt force-app/customMetadata/Acme.Default.md-meta.xml:5 Token__c Default',
    ]);
    expect(found(packagedSecretsProtected, type({}))).to.deep.equal([
      'violation CustomMetadataType:Acme__mdt force-app/Token__c.field-meta.xml:3 Token__c',
    ]);
  });
});
