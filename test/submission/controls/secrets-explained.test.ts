import { secretsExplained } from '../../../src/submission/controls/secrets-explained.js';
import { testControl } from '../../support/controlTester.js';
import { externalClientApp, secretStore } from '../../support/packageFacts.js';
import { declaring, endpoint, gateway, submissionFacts } from '../../support/submissionFacts.js';

const kept = {
  owner: 'isv' as const,
  storedIn: 'a vault',
  protection: 'Encrypted with its own key.',
  access: 'Only the service itself.',
};
const store = { secretStores: [secretStore({ kind: 'setting', name: 'Keys__c' })] };

testControl(secretsExplained, {
  pass: [
    {
      name: 'a store, by its subject or its name, and an integration',
      facts: submissionFacts({ secretStores: [...store.secretStores, secretStore({ kind: 'metadata-type' })] }),
      ...declaring([gateway], {
        secrets: [
          { name: 'Key', store: 'CustomSetting:Keys__c', ...kept },
          { name: 'Type', store: 'Acme__mdt', ...kept },
          { name: 'Client secret', integration: 'Gateway', ...kept },
        ],
      }),
    },
    {
      name: 'a secret that the policy names itself',
      facts: submissionFacts(),
      ...declaring([], { secrets: [{ name: 'Build key', ...kept }] }),
    },
  ],
  fail: [
    {
      trap: true,
      name: 'a store of the package that no entry explains',
      facts: submissionFacts(store),
      ...declaring([]),
      names: ['owner', 'storedIn', 'protection', 'access'].map(
        (key) => `Setting:submission.secrets.CustomSetting:Keys__c.${key}`
      ),
    },
    {
      trap: true,
      name: 'an integration that does not name its flow may have a token',
      facts: submissionFacts(),
      ...declaring([{ name: 'Sync' }], {
        secrets: [{ name: 'Sync token', integration: 'Sync', ...kept, access: 'n/a' }],
      }),
      names: ['Setting:submission.secrets.Sync.access'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'an app or endpoint that no integration names may have a secret',
      facts: submissionFacts({ externalClientApps: [externalClientApp()], endpoints: [endpoint('api.acme.example')] }),
    },
  ],
  notApplicable: [
    {
      name: 'no store, and an integration without a login',
      facts: submissionFacts(),
      ...declaring([{ name: 'Feed', flow: 'none' }]),
    },
  ],
});
