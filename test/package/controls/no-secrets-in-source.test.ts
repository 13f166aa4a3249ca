import { expect } from 'chai';
import { noSecretsInSource } from '../../../src/package/controls/no-secrets-in-source.js';
import { testControl } from '../../support/controlTester.js';
import { found, packageFacts, secretFinding } from '../../support/packageFacts.js';

const key = secretFinding({ type: 'StaticResource', name: 'keys', kind: 'private key', fingerprint: '0f0f0f' });
const other = secretFinding({ fingerprint: 'ffffff' });

testControl(noSecretsInSource, {
  pass: [
    {
      name: 'no secret',
      facts: packageFacts(),
      reason: /^No secret was found in the files of the package and of its integrations\.$/,
    },
  ],
  fail: [
    {
      name: 'one secret: kind, length and fingerprint are reported',
      facts: packageFacts({ secretFindings: [secretFinding()] }),
      names: ['ApexClass:Acme'],
      says: [/\(hard-coded token, 40 characters, fingerprint a1b2c3\)/],
    },
    {
      trap: true,
      name: 'two secrets of one file are two findings',
      facts: packageFacts({ secretFindings: [secretFinding(), other, key] }),
      names: ['ApexClass:Acme', 'ApexClass:Acme', 'StaticResource:keys'],
    },
    {
      name: 'a protected record needs a justification',
      facts: packageFacts({
        secretFindings: [secretFinding({ type: 'CustomMetadata', name: 'A.B', isProtected: true })],
      }),
      names: ['CustomMetadata:A.B'],
      says: [/The protected record A\.B contains a secret/],
    },
  ],
});

describe('package/no-secrets-in-source', () => {
  it('points at the line, and tells secrets apart by their marks', () => {
    expect(found(noSecretsInSource, packageFacts({ secretFindings: [secretFinding()] }))).to.deep.equal([
      'violation ApexClass:Acme force-app/main/default/classes/Acme.cls:7 hard-coded token a1b2c3',
    ]);
  });
});
