import { each, notApplicable, pass } from '../../engine/control.js';
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
  checks: [
    'Looks at every text file of the package and of its integrations, without tests and documents; of integrations also without libraries, build output and files that git ignores.',
    'Public keys, certificates, consumer keys, placeholders and empty values are fine.',
  ],
  fails: [
    'Each private key, token, password or other secret in clear is a violation; in a protected record of custom metadata it needs a justification.',
  ],
  inconclusive: [],
  why:
    'Whoever can read the repository, or the package in an org, holds the secret: it opens what it was made for, in ' +
    'every org at once, until somebody rotates it.',
  fix: [
    'Rotate the secret first: git keeps the history, and so does every installed version.',
    'Then take it out of the source.',
    'Let a named credential or a protected custom setting hold what a subscriber enters; fill protected custom metadata when the version is created, with `replaceWithEnv` under `replacements` in sfdx-project.json.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_storage_sensitive_data.htm',
    'https://developer.salesforce.com/docs/atlas.en-us.sfdx_dev.meta/sfdx_dev/sfdx_dev_ws_string_replace.htm',
  ],
  attestable: false,
  needs: ['project', 'secretFindings'],
  // A secret that was seen is there, whatever else could not be read.
  provableFromPart: { secretFindings: 'fail' },
  judge: ({ project, secretFindings }) => {
    const findings = secretFindings.filter((secret) => project.isPackage || secret.in === 'integration');
    if (!project.isPackage && findings.length === 0) return notApplicable('The project is not a package.');
    return each(
      findings,
      pass('No secret was found in the files of the package and of its integrations.'),
      ({ type, name, file, line, kind, length, fingerprint, isProtected, folder }) => ({
        kind: isProtected ? 'justification' : 'violation',
        subject: { type, name, file, line },
        // What it is and where it is, never the secret.
        message: isProtected
          ? `The protected record ${name} contains a secret (${kind}, ${length} characters, fingerprint ${fingerprint}): set it when the version is created.`
          : `${name} contains a secret (${kind}, ${length} characters, fingerprint ${fingerprint}): rotate it.`,
        at: [folder, kind, fingerprint].filter((part) => part !== undefined).join(' '),
      })
    );
  },
});
