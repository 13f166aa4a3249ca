import { each, notApplicable } from '../../engine/control.js';
import { packageControl } from '../facts.js';
import { lookAtStore } from '../storeLooks.js';

export const subscriberSecretsProtected = packageControl({
  id: 'package/subscriber-secrets-protected',
  title: 'Every custom setting that holds a secret is protected',
  severity: 'critical',
  requirement: 'Secrets that the subscriber owns are stored in protected custom settings',
  decision:
    'Looks at every custom setting that the package defines with a field that is named like a secret. Each such ' +
    'field of a Public setting is a violation. A protected setting is fine, and latent where the project names no ' +
    'namespace, because protection holds in a managed package only. A field whose object the package does not ' +
    'define is not taken for one of a setting; package/tokens-stored-securely names it.',
  rationale:
    'Everybody who can run a query or a formula in the org reads a Public custom setting; a protected one is read ' +
    'by the code of the package only.',
  remediation:
    'Give the custom setting the visibility Protected, release it in a managed package, and ask subscribers to ' +
    'rotate what they entered. The submission documents how they can update the secrets.',
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
      secretStores.filter(({ kind }) => project.isPackage && kind === 'setting'),
      notApplicable(
        project.isPackage
          ? 'No custom setting of the package has a field that is named like a secret.'
          : 'The project is not a package.'
      ),
      (store) => lookAtStore(project, store),
      'Every custom setting that holds a secret is protected.'
    ),
});
