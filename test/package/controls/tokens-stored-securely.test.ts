import { tokensStoredSecurely } from '../../../src/package/controls/tokens-stored-securely.js';
import type { PackageFacts, SecretFinding, SecretStore, TokenExposure } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import {
  externalClientApp,
  namespaced,
  packageFacts,
  secretField,
  secretFinding,
  secretRecord,
  secretStore,
} from '../../support/packageFacts.js';

const stores = (...secretStores: SecretStore[]): PackageFacts => namespaced({ secretStores });
const finding = (said: Partial<SecretFinding>): PackageFacts => packageFacts({ secretFindings: [secretFinding(said)] });
const exposed = (to: TokenExposure['to'], sure: boolean): PackageFacts =>
  packageFacts({
    tokenRequests: {
      refreshes: [],
      authorizations: [],
      exposures: [
        {
          in: 'integration',
          folder: 'server',
          form: 'console.log',
          subject: { type: 'File', name: 'a.js', file: 'a.js', line: 4 },
          at: 'server console.log',
          to,
          sure,
        },
      ],
    },
  });
const password = [secretField('Password__c', 'password')];

testControl(tokensStoredSecurely, {
  pass: [
    { name: 'nothing is kept', facts: packageFacts() },
    {
      trap: true,
      name: 'an integration with the flow none has no token, and neither has its app',
      facts: packageFacts({ externalClientApps: [externalClientApp()] }),
      declared: { integrations: [{ name: 'export', app: 'Acme', flow: 'none' }] },
    },
    {
      trap: true,
      name: 'a protected object, setting or type is a plain pass',
      facts: stores(
        secretStore({ kind: 'object', visibility: 'Protected' }),
        secretStore({ kind: 'setting', visibility: 'Protected' }),
        secretStore({ kind: 'metadata-type', visibility: 'Protected' })
      ),
      latent: [],
    },
    {
      trap: true,
      name: 'a password in a Public setting is for another control',
      facts: stores(secretStore({ kind: 'setting', fields: password })),
    },
    {
      trap: true,
      name: 'the key and the token of a service in a Public setting are for another control',
      facts: stores(
        secretStore({ kind: 'setting', fields: [secretField('Auth_Token__c'), secretField('API_Key__c', 'key')] }),
        secretStore({
          kind: 'metadata-type',
          fields: [secretField('Subscription_Key__c', 'key')],
          records: [secretRecord(false, 'Default', 'Subscription_Key__c')],
        })
      ),
    },
    { trap: true, name: 'a token in code is for another control', facts: finding({}) },
    {
      name: 'a password in a label is for another control',
      facts: finding({ type: 'CustomLabels', kind: 'hard-coded password' }),
    },
  ],
  fail: [
    {
      name: 'code writes a token to a log',
      facts: exposed('log', true),
      names: ['File:a.js'],
      says: [/writes a token to a log \(console\.log\)/],
    },
    {
      name: 'code keeps a token in the storage of a browser',
      facts: exposed('browser', true),
      names: ['File:a.js'],
    },
    {
      trap: true,
      name: 'a field for a token in an ordinary object needs a justification, also on a standard object',
      facts: stores(
        secretStore({ kind: 'object' }),
        secretStore({ kind: 'object', name: 'Account', visibility: undefined })
      ),
      names: ['CustomObject:Acme__c', 'CustomObject:Account'],
    },
    {
      trap: true,
      name: 'EncryptedText is reported, and needs a justification',
      facts: stores(secretStore({ kind: 'object', fields: [secretField('Token__c', 'token', true)] })),
      names: ['CustomObject:Acme__c'],
      says: [/EncryptedText/],
    },
    {
      name: 'a password in an ordinary object',
      facts: stores(secretStore({ kind: 'object', fields: password })),
      names: ['CustomObject:Acme__c'],
    },
    {
      name: 'a token in a Public setting; an open record is a finding of packaged-secrets-protected',
      facts: stores(
        secretStore({ kind: 'setting' }),
        secretStore({ kind: 'metadata-type', records: [secretRecord(false)] })
      ),
      names: ['CustomSetting:Acme__c'],
      latent: ['CustomMetadataType:Acme__mdt'],
    },
    {
      name: 'the key of a service in an ordinary object, and keys and tokens of OAuth in a Public setting',
      facts: stores(
        secretStore({ kind: 'object', fields: [secretField('API_Key__c', 'key')] }),
        secretStore({
          kind: 'setting',
          fields: [secretField('Access_Token__c'), secretField('Encryption_Key__c', 'key')],
        })
      ),
      names: ['CustomObject:Acme__c', 'CustomSetting:Acme__c', 'CustomSetting:Acme__c'],
    },
    {
      name: 'a private key in a static resource',
      facts: finding({ type: 'StaticResource', name: 'key', kind: 'private key' }),
      names: ['StaticResource:key'],
    },
    {
      name: 'a token in a label, though an app is not read',
      facts: { ...finding({ type: 'CustomLabels', name: 'CustomLabels' }), externalClientApps: [externalClientApp()] },
      names: ['CustomLabels:CustomLabels'],
    },
  ],
  inconclusive: [
    {
      name: 'a token in the output of a script',
      facts: exposed('output', false),
      reason: /^a\.js writes a token to its output \(console\.log\), and what keeps the output could not be determined/,
    },
    {
      name: 'a token without an address in the storage of a browser',
      facts: exposed('browser', false),
      reason: /whose token it is could not be determined/,
    },
    {
      trap: true,
      name: 'an app has code outside the package',
      facts: packageFacts({ externalClientApps: [externalClientApp()] }),
      reason: /^Neither the package nor code shows how Acme stores its tokens/,
    },
    {
      trap: true,
      name: 'an integration that the policy names',
      facts: packageFacts(),
      declared: { integrations: [{ name: 'billing' }] },
    },
    {
      trap: true,
      name: 'an app that an integration names is reported once, as that app',
      facts: packageFacts({ externalClientApps: [externalClientApp()] }),
      declared: { integrations: [{ name: 'billing', app: 'Acme' }] },
      reason: /^Neither the package nor code shows how Acme stores its tokens\. [^:]*$/,
    },
    {
      name: 'an object of another package',
      facts: stores(secretStore({ kind: 'object', visibility: undefined })),
    },
  ],
});
