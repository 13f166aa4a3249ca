import { subscriberSecretsProtected } from '../../../src/package/controls/subscriber-secrets-protected.js';
import type { PackageFacts, SecretStore } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import { namespaced, packageFacts, secretField, secretStore } from '../../support/packageFacts.js';

const setting = (said: Partial<SecretStore>): PackageFacts =>
  namespaced({ secretStores: [secretStore({ kind: 'setting', ...said })] });

testControl(subscriberSecretsProtected, {
  pass: [
    {
      trap: true,
      name: 'a secret in a protected setting is a plain pass',
      facts: setting({ visibility: 'Protected' }),
      latent: [],
    },
    {
      trap: true,
      name: 'protection is void in an unlocked package, which a project without a namespace may be',
      facts: packageFacts({ secretStores: [secretStore({ kind: 'setting', visibility: 'Protected' })] }),
      latent: ['CustomSetting:Acme__c'],
    },
  ],
  fail: [
    {
      name: 'a Public setting',
      facts: setting({}),
      names: ['CustomSetting:Acme__c'],
      says: [/Token__c looks like a token/],
    },
    {
      name: 'each field is a finding of its own',
      facts: setting({ fields: [secretField(), secretField('Password__c', 'password')] }),
      names: ['CustomSetting:Acme__c', 'CustomSetting:Acme__c'],
      says: [/Token__c/, /Password__c/],
    },
  ],
  inconclusive: [
    { name: 'the definition is not here', facts: setting({ visibility: undefined }) },
    {
      trap: true,
      name: 'an object whose definition is not here may be a custom setting',
      facts: setting({ kind: 'object', visibility: undefined }),
      reason: /^Could not determine whether Acme__c is a protected custom setting/,
    },
  ],
  notApplicable: [
    {
      trap: true,
      name: 'a standard object has no definition in a package, and is no custom setting',
      facts: setting({ kind: 'object', name: 'Account', visibility: undefined }),
    },
    { name: 'no setting', facts: packageFacts({ secretStores: [secretStore({ kind: 'object' })] }) },
  ],
});
