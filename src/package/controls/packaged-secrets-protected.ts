import { each, notApplicable } from '../../engine/control.js';
import { packageControl } from '../facts.js';
import { lookAtStore } from '../secrets/secretStoreFindings.js';

export const packagedSecretsProtected = packageControl({
  id: 'package/packaged-secrets-protected',
  title: 'Every custom metadata type that holds a secret is protected',
  severity: 'critical',
  topic: 'packaged secrets',
  problem: { one: 'packaged secret is not protected', many: 'packaged secrets are not protected' },
  area: 'Code and secrets',
  requirement: 'Packaged secrets are stored in protected custom metadata',
  checks: [
    'Looks at every custom metadata type of the package with a field that is named like a secret, or with a record that holds one.',
  ],
  fails: [
    'In a Public type each record with a secret that is not protected is a violation, and so is each such field that no record fills; a protected record needs a justification.',
  ],
  inconclusive: ['A type that the package does not define makes it inconclusive.'],
  notes: [
    'A protected type is fine, and latent where the project names no namespace, because protection holds in a managed package only.',
  ],
  why:
    'Records of a Public type are visible in Setup and can be queried by everybody in every org that installs the ' +
    'package; of a protected type only the code of the package reads them.',
  fix: [
    'Give the type the visibility Protected, or PackageProtected in a 2GP (`<visibility>` in its .object-meta.xml; without it the type is Public), release it in a managed package, and rotate the secrets that were open.',
    'Where subscribers enter the secret, use a protected custom setting instead.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_protection.htm&type=5',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadata.htm',
  ],
  attestable: false,
  needs: ['project', 'secretStores'],
  // A type that was seen is open, whatever else could not be read.
  provableFromPart: { secretStores: 'fail' },
  judge: ({ project, secretStores }) =>
    each(
      secretStores.filter(({ kind }) => project.isPackage && kind === 'metadata-type'),
      notApplicable(
        project.isPackage
          ? 'No custom metadata of the package has a field or value that looks like a secret.'
          : 'The project is not a package.'
      ),
      (store) => lookAtStore(project, store),
      'Every custom metadata type that holds a secret is protected.'
    ),
});
