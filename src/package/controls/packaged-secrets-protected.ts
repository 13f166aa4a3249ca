import { each, notApplicable } from '../../engine/control.js';
import { packageControl } from '../facts.js';
import { lookAtStore } from '../secrets/secretStoreFindings.js';

export const packagedSecretsProtected = packageControl({
  id: 'package/packaged-secrets-protected',
  title: 'Every custom metadata type that contains a secret is protected',
  severity: 'critical',
  topic: 'packaged secrets',
  problem: { one: 'packaged secret is not protected', many: 'packaged secrets are not protected' },
  area: 'Code and secrets',
  requirement: 'Packaged secrets are stored in protected custom metadata',
  why: 'Every user in every org that installs the package can query the records of a Public type. Only code of the package can read a protected type.',
  checks: ['Every custom metadata type of the package with a field name or a record that looks like a secret.'],
  fails: [
    'A Public type has a record with a secret, and the record is not protected.',
    'A Public type has a field that looks like a secret and that no record fills.',
    'A Public type has a protected record with a secret: this needs a justification.',
  ],
  inconclusive: ['The package does not define the type.'],
  notes: [
    'A protected type is reported as information when the project names no namespace: protection works only in a managed package.',
  ],
  fix: [
    'Set `<visibility>` to Protected, or PackageProtected in a 2GP, in the .object-meta.xml file of the type. Without it the type is Public.',
    'Release the type in a managed package.',
    'Rotate the secrets that were public.',
    'If subscribers enter the secret, use a protected custom setting instead.',
  ],
  examples: {
    bad: '<CustomObject>\n    <label>Billing Keys</label>\n    <visibility>Public</visibility>\n</CustomObject>',
    good: '<CustomObject>\n    <label>Billing Keys</label>\n    <visibility>Protected</visibility>\n</CustomObject>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_protection.htm&type=5',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadata.htm',
  ],
  attestable: false,
  needs: ['project', 'secretStores'],
  // A type that was read is a finding, whatever else could not be read.
  provableFromPart: { secretStores: 'fail' },
  judge: ({ project, secretStores }) =>
    each(
      secretStores.filter(({ kind }) => kind === 'metadata-type'),
      notApplicable('No custom metadata of the package has a field or value that looks like a secret.'),
      (store) => lookAtStore(project, store),
      'Every custom metadata type that contains a secret is protected.'
    ),
});
