import { each, notApplicable } from '../../engine/control.js';
import { packageControl, type SecretStore } from '../facts.js';
import { settingGap } from '../apps/oauthApps.js';
import { lookAtStore } from '../secrets/secretStoreFindings.js';

export const subscriberSecretsProtected = packageControl({
  id: 'package/subscriber-secrets-protected',
  title: 'Every custom setting that contains a secret is protected',
  severity: 'critical',
  topic: 'subscriber secrets',
  problem: { one: 'subscriber secret is not protected', many: 'subscriber secrets are not protected' },
  area: 'Code and secrets',
  requirement: 'Secrets that the subscriber owns are stored in protected custom settings',
  why: 'Every user who can run a query or a formula can read a Public custom setting. Only code of the package can read a protected one.',
  checks: ['Every custom setting of the package with a field that looks like a secret.'],
  fails: ['A Public custom setting has a field that looks like a secret.'],
  inconclusive: ['The package does not define the custom object of such a field, which may be a custom setting.'],
  notes: [
    'A protected setting is reported as information when the project names no namespace: protection works only in a managed package.',
  ],
  fix: [
    'Set `<visibility>` to Protected in the .object-meta.xml file of the custom setting. Without it the setting is Public.',
    'Release it in a managed package.',
    'Ask subscribers to rotate the secrets that they entered.',
    'Document in the submission how subscribers update the secrets.',
  ],
  examples: {
    bad: '<CustomObject>\n    <customSettingsType>Hierarchy</customSettingsType>\n    <visibility>Public</visibility>\n</CustomObject>',
    good: '<CustomObject>\n    <customSettingsType>Hierarchy</customSettingsType>\n    <visibility>Protected</visibility>\n</CustomObject>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_storage_sensitive_data.htm',
  ],
  attestable: false,
  needs: ['project', 'secretStores'],
  // A setting that was read is a finding, whatever else could not be read.
  provableFromPart: { secretStores: 'fail' },
  judge: ({ project, secretStores }) =>
    each(
      secretStores.filter((store) => store.kind === 'setting' || mayBeSetting(store)),
      notApplicable('No custom setting of the package has a field that looks like a secret.'),
      (store) =>
        store.kind === 'setting'
          ? lookAtStore(project, store)
          : settingGap(
              { type: 'CustomObject', name: store.name, file: store.file },
              `Could not determine whether ${store.name} is a protected custom setting: its definition is not in the package.`
            ),
      'Every custom setting that contains a secret is protected.'
    ),
});

/** Only the definition shows whether it is a custom setting or an object. */
const mayBeSetting = ({ kind, name, visibility }: SecretStore): boolean =>
  kind === 'object' && visibility === undefined && name.endsWith('__c');
