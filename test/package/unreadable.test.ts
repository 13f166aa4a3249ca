import { expect } from 'chai';
import { review } from '../../src/engine/review.js';
import type { TargetReport } from '../../src/engine/types.js';
import { packageDomain } from '../../src/package/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { metadata, packageProject, sourceOf } from '../support/packageSource.js';

const folder = 'force-app/main/default';
const harmless = {
  'sfdx-project.json': packageProject,
  [`${folder}/classes/Ok.cls`]: 'public class Ok {}',
  [`${folder}/classes/Ok.cls-meta.xml`]: metadata('ApexClass', '<status>Active</status>'),
};

const judged = async (...hidden: readonly string[]): Promise<TargetReport> =>
  review(
    packageDomain,
    await sourceOf(harmless, { unseen: hidden.map((path) => ({ path: `${folder}/${path}`, reason: 'is encrypted' })) }),
    {
      target: { kind: 'package', name: 'acme' },
      policy: emptyPolicy,
      asOf: new Date('2026-11-01'),
      audited: [],
    }
  );
const settled = ({ results }: TargetReport): string[] =>
  results.flatMap(({ control, verdict }) =>
    verdict === 'pass' || verdict === 'not-applicable' ? [control.id.replace('package/', '')] : []
  );

const flows = ['no-device-flow', 'no-implicit-flow', 'no-username-password-flow'];
const sessions = ['no-session-id-for-metadata-api', 'no-session-id-from-frontdoor'];
const stores = ['packaged-secrets-protected', 'subscriber-secrets-protected', 'tokens-stored-securely'];

/** A file that is there and cannot be read, and the controls that would look into it. */
const files: Readonly<Record<string, readonly string[]>> = {
  'classes/A.cls': [...flows, ...sessions, 'no-secrets-in-source'],
  'pages/P.page': [...flows, ...sessions, 'no-secrets-in-source', 'apps-packaged'],
  'lwc/pay/pay.js': [...flows, ...sessions, 'no-secrets-in-source'],
  'staticresources/Lib.resource': [...flows, ...sessions, 'no-secrets-in-source'],
  'staticresources/settings.json': ['no-secrets-in-source'],
  'objects/Vault__c/Vault__c.object-meta.xml': [...stores, 'no-secrets-in-source'],
  'objects/Vault__c/fields/Token__c.field-meta.xml': [...stores, 'no-secrets-in-source'],
  'customMetadata/Vault.One.md-meta.xml': [...stores, 'no-secrets-in-source'],
  'namedCredentials/Login.namedCredential-meta.xml': ['no-username-password-flow', 'no-secrets-in-source'],
  'connectedApps/App.connectedApp-meta.xml': ['broad-scopes-justified', 'callbacks-https', 'no-secrets-in-source'],
  'externalClientApps/App.eca-meta.xml': ['external-client-apps-packageable', 'callbacks-https'],
};

describe('a file of the package that is there and cannot be read', () => {
  it('matters: without it everything is settled', async () => {
    expect(settled(await judged())).to.include.members([...flows, ...sessions, ...stores, 'no-secrets-in-source']);
  });

  for (const [file, controls] of Object.entries(files)) {
    it(`leaves undecided what it may contain: ${file}`, async () => {
      const report = await judged(file);
      expect(settled(report)).not.to.include.oneOf([...controls]);
      const gaps = report.results.flatMap((result) => result.gaps);
      expect(
        gaps.some(({ detail }) => detail.includes(`${folder}/${file}`) && detail.includes('is encrypted'))
      ).to.equal(true);
    });
  }
});
