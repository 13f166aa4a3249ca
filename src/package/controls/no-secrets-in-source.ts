import { each, pass } from '../../engine/control.js';
import { packageControl } from '../facts.js';

export const noSecretsInSource = packageControl({
  id: 'package/no-secrets-in-source',
  title: 'No private key, token, password or other secret is in the source of the package or its integrations',
  severity: 'critical',
  topic: 'secrets',
  problem: { one: 'secret is in the source', many: 'secrets are in the source' },
  area: 'Code and secrets',
  requirement:
    'Secrets used by Connected and External Client Apps are protected: secrets are packaged securely, and client ' +
    'secrets, encryption keys and certificates are safeguarded',
  why: 'Anyone who can read the repository, or the package in an org, has the secret. It works in every org until it is rotated.',
  checks: [
    'Every text file of the package and of its integrations, without tests and documents.',
    'In integrations also without libraries, build output and files that git ignores.',
  ],
  fails: [
    'A file contains a private key, token, password or other secret in clear text.',
    'A protected custom metadata record contains a secret: this needs a justification.',
  ],
  inconclusive: ['A file could not be read.'],
  notes: ['Public keys, certificates, consumer keys, placeholders and empty values are accepted.'],
  fix: [
    'Rotate the secret first: git and every installed version keep it.',
    'Remove the value from the file.',
    'Store what a subscriber enters in a named credential or a protected custom setting.',
    'Fill protected custom metadata when the version is created, with `replaceWithEnv` under `replacements` in sfdx-project.json.',
  ],
  examples: {
    bad: "req.setHeader('Authorization', 'Bearer ' + '<access token>');",
    good: "req.setEndpoint('callout:Billing/invoices');",
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_storage_sensitive_data.htm',
    'https://developer.salesforce.com/docs/atlas.en-us.sfdx_dev.meta/sfdx_dev/sfdx_dev_ws_string_replace.htm',
  ],
  attestable: false,
  needs: ['project', 'secretFindings'],
  // A secret that was found is a finding, whatever else could not be read.
  provableFromPart: { secretFindings: 'fail' },
  judge: ({ secretFindings }) =>
    each(
      secretFindings,
      pass('No secret was found in the files of the package and of its integrations.'),
      ({ type, name, file, line, kind, length, fingerprint, isProtected, folder }) => ({
        kind: isProtected ? 'justification' : 'violation',
        subject: { type, name, file, line },
        // The kind and the place, never the secret.
        message: isProtected
          ? `The protected record ${name} contains a secret (${kind}, ${length} characters, fingerprint ${fingerprint}). Set it when the version is created.`
          : `${name} contains a secret (${kind}, ${length} characters, fingerprint ${fingerprint}). Rotate it.`,
        at: [folder, kind, fingerprint].filter((part) => part !== undefined).join(' '),
      })
    ),
});
