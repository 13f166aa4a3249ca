import { appSecretsHiddenFromApis } from '../../../src/org/controls/app-secrets-hidden-from-apis.js';
import { testControl } from '../../support/controlTester.js';

const metadata = 'Setting:ExternalClientApp.enableConsumerSecretApiAccess';
const rest = 'Setting:ExternalClientApp.enableClientSecretInRestApiAccess';

testControl(appSecretsHiddenFromApis, {
  pass: [
    {
      name: 'both are off',
      facts: { externalClientAppSettings: { secretsInMetadataApi: false, secretsInRestApi: false } },
    },
  ],
  fail: [
    {
      name: 'both are on',
      facts: { externalClientAppSettings: { secretsInMetadataApi: true, secretsInRestApi: true } },
      names: [metadata, rest],
      says: [/^The Metadata API can read/, /^The REST API can read/],
    },
    {
      name: 'one is on and the other one was not sent',
      facts: { externalClientAppSettings: { secretsInRestApi: true } },
      names: [rest],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'a key that was not sent is not off',
      facts: { externalClientAppSettings: { secretsInRestApi: false } },
    },
    { name: 'nothing was sent', facts: { externalClientAppSettings: {} } },
  ],
});
