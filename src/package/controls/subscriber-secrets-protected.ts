import { each, notApplicable } from '../../engine/control.js';
import { packageControl, type SecretStore } from '../facts.js';
import { gapOf } from '../apps/oauthApps.js';
import { lookAtStore } from '../secrets/secretStoreFindings.js';

export const subscriberSecretsProtected = packageControl({
  id: 'package/subscriber-secrets-protected',
  title: 'Every custom setting that holds a secret is protected',
  severity: 'critical',
  topic: 'subscriber secrets',
  problem: { one: 'subscriber secret is not protected', many: 'subscriber secrets are not protected' },
  area: 'Code and secrets',
  requirement: 'Secrets that the subscriber owns are stored in protected custom settings',
  checks: ['Looks at every custom setting that the package defines with a field that is named like a secret.'],
  fails: ['Each such field of a Public setting is a violation.'],
  inconclusive: [
    'It is inconclusive for such a field of a custom object that the package does not define, because that may be a custom setting.',
  ],
  notes: [
    'A protected setting is fine, and latent where the project names no namespace, because protection holds in a managed package only.',
  ],
  why:
    'Everybody who can run a query or a formula in the org reads a Public custom setting; a protected one is read ' +
    'by the code of the package only.',
  fix: [
    'Give the custom setting the visibility Protected (`<visibility>` in its .object-meta.xml; without it the setting is Public), release it in a managed package, and ask subscribers to rotate what they entered.',
    'The submission documents how they can update the secrets.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_storage_sensitive_data.htm',
  ],
  attestable: false,
  needs: ['project', 'secretStores'],
  // A setting that was seen is open, whatever else could not be read.
  provableFromPart: { secretStores: 'fail' },
  judge: ({ project, secretStores }) =>
    each(
      secretStores.filter((store) => project.isPackage && (store.kind === 'setting' || mayBeSetting(store))),
      notApplicable(
        project.isPackage
          ? 'No custom setting of the package has a field that is named like a secret.'
          : 'The project is not a package.'
      ),
      (store) =>
        store.kind === 'setting'
          ? lookAtStore(project, store)
          : gapOf(
              { type: 'CustomObject', name: store.name, file: store.file },
              `The definition of ${store.name} is not in the package; whether it is a custom setting, and a protected one, cannot be seen.`
            ),
      'Every custom setting that holds a secret is protected.'
    ),
});

/** Only its definition tells a custom setting from an object. */
const mayBeSetting = ({ kind, name, visibility }: SecretStore): boolean =>
  kind === 'object' && visibility === undefined && name.endsWith('__c');
