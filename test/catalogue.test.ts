import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Control, Severity } from '../src/engine/types.js';
import { orgDomain } from '../src/org/index.js';
import { packageDomain } from '../src/package/index.js';
import { submissionDomain } from '../src/submission/index.js';
import { inRoot } from '../scripts/tools/paths.js';
import { traps } from './traps.js';

/** Every id that the tool may ever have, and its severity: waivers and pipelines depend on both. */
const contract: Record<string, Severity> = {
  'org/contact-current': 'high',
  'org/no-use-any-api-client': 'critical',
  'org/mfa-enforced': 'critical',
  'org/login-ip-ranges-set': 'high',
  'org/ip-ranges-enforced-on-every-request': 'medium',
  'org/logins-within-ranges': 'medium',
  'org/connected-apps-trusted': 'critical',
  'org/external-client-apps-trusted': 'critical',
  'org/oauth-tokens-trusted': 'high',
  'org/no-guest-sites': 'critical',
  'org/packages-trusted': 'high',
  'org/passwords-rotated': 'high',
  'org/app-secrets-rotated': 'high',
  'org/certificates-rotated': 'high',
  'org/own-apps-require-pkce': 'high',
  'org/own-apps-rotate-refresh-tokens': 'high',
  'org/own-apps-limit-idle-tokens': 'high',
  'org/own-apps-allowlist-token-ips': 'medium',
  'org/own-apps-controls-reviewed': 'medium',
  'org/own-apps-without-device-flow': 'high',
  'org/user-agent-flow-blocked': 'high',
  'org/username-password-flow-blocked': 'high',
  'org/own-apps-broad-scopes-justified': 'high',
  'org/own-apps-callbacks-separate': 'high',
  'org/own-apps-packaged': 'medium',
  'org/app-removals-reviewed': 'medium',
  'org/own-apps-are-external-client-apps': 'medium',
  'org/incident-plan-attested': 'medium',
  'org/linked-orgs-audited': 'high',
  'org/auditor-can-see': 'info',
  'org/apps-enforce-ip-ranges': 'medium',
  'org/app-secrets-hidden-from-apis': 'high',
  'org/uninstalled-apps-not-approved': 'high',
  'org/soap-login-unused': 'medium',
  'package/new-apps-are-external-client-apps': 'high',
  'package/apps-packaged': 'high',
  'package/external-client-apps-packageable': 'high',
  'package/no-app-removed': 'high',
  'package/pkce-required': 'high',
  'package/refresh-tokens-rotated': 'high',
  'package/idle-tokens-limited': 'high',
  'package/token-ips-allowlisted': 'medium',
  'package/no-device-flow': 'high',
  'package/no-implicit-flow': 'high',
  'package/no-username-password-flow': 'high',
  'package/broad-scopes-justified': 'high',
  'package/no-session-id-from-frontdoor': 'critical',
  'package/callbacks-not-mixed': 'high',
  'package/localhost-callback-alone': 'high',
  'package/callbacks-https': 'high',
  'package/no-session-id-for-metadata-api': 'critical',
  'package/subscriber-secrets-protected': 'critical',
  'package/packaged-secrets-protected': 'critical',
  'package/no-secrets-in-source': 'critical',
  'package/tokens-stored-securely': 'high',
  'package/no-global-oauth-settings': 'high',
  'package/public-clients-without-secret': 'high',
  'submission/apps-disclosed': 'high',
  'submission/secrets-explained': 'high',
  'submission/client-key-only': 'high',
  'submission/credentials-ready': 'high',
  'submission/base-package-described': 'high',
  'submission/backend-secrets-explained': 'high',
  'submission/rotation-documented': 'high',
  'submission/subscriber-apps-documented': 'high',
  'submission/incident-plan': 'high',
};

/** Salesforce offers no way to read the answer to these; nothing else may be attested. */
const attestable: readonly string[] = [
  'org/contact-current',
  'org/app-secrets-rotated',
  'org/apps-enforce-ip-ranges',
  'org/certificates-rotated',
  'org/own-apps-controls-reviewed',
  'org/incident-plan-attested',
  'org/mfa-enforced',
  'package/no-device-flow',
  'package/no-implicit-flow',
  'package/no-username-password-flow',
  'package/no-session-id-from-frontdoor',
  'package/public-clients-without-secret',
  'package/tokens-stored-securely',
];

const domains: ReadonlyArray<{
  name: string;
  controls: ReadonlyArray<Omit<Control<Record<string, unknown>>, 'judge'>>;
  collectors: object;
}> = [orgDomain, packageDomain, submissionDomain];
const files = (folder: string, ending: string): string[] =>
  readdirSync(inRoot(folder))
    .filter((name) => name.endsWith(ending) && name !== 'index.ts')
    .map((name) => name.slice(0, -ending.length))
    .sort();

describe('the catalogue', () => {
  for (const { name, controls, collectors } of domains) {
    describe(name, () => {
      it('holds every control file once, in alphabetical order, under the id that is its path', () => {
        expect(controls.map(({ id }) => id)).to.deep.equal(
          files(`src/${name}/controls`, '.ts').map((file) => `${name}/${file}`)
        );
      });

      it('has a test table for every control that needs evidence', () => {
        const tables = files(`test/${name}/controls`, '.test.ts').map((file) => `${name}/${file}`);
        expect(tables).to.include.members(controls.filter(({ needs }) => needs.length > 0).map(({ id }) => id));
      });

      it('has a test for every fact', () => {
        const text = files(`test/${name}/collectors`, '.test.ts')
          .map((file) => readFileSync(inRoot(`test/${name}/collectors/${file}.test.ts`), 'utf8'))
          .join('\n');
        expect(Object.keys(collectors).filter((fact) => !new RegExp(`\\b${fact}\\b`).test(text))).to.deep.equal([]);
      });
    });
  }

  const everyControl = domains.flatMap(({ controls }) => controls);

  for (const control of everyControl) {
    it(`${control.id} keeps the contract and says what people need`, () => {
      expect(contract[control.id], 'a control that the contract does not name').to.equal(control.severity);
      expect(control.attestable).to.equal(attestable.includes(control.id));
      expect(control.title).not.to.match(/^Ensure|\.$/);
      expect(control.title.length).to.be.below(150);
      for (const text of [control.requirement, control.rationale, control.remediation]) {
        expect(text.length, `too short to help anybody: ${text}`).to.be.above(20);
      }
      expect(control.remediation).to.match(/\.$/);
      expect(control.references).not.to.have.length(0);
      control.references.forEach((link) => expect(link).to.match(/^https:\/\/([a-z]+\.)*salesforce\.com\//));
    });
  }

  for (const { id, decision, params } of everyControl) {
    it(`${id} says how it is decided, and names its parameters`, () => {
      expect(decision, 'at least 80 characters: what offends, and what leaves it open').to.match(/^[A-Z].{80,}\.$/);
      expect(decision.split(/\.(?: |$)/).filter((sentence) => sentence !== '')).to.have.length.within(1, 4);
      expect(decision.split(/[^A-Za-z0-9]+/)).to.include.members(Object.keys(params ?? {}));
      expect(everyControl.filter((other) => other.decision === decision).map((other) => other.id)).to.deep.equal([id]);
    });
  }

  it('tests every trap that is known for a control', () => {
    const missing = Object.entries(traps).flatMap(([id, titles]) => {
      const [domain = '', name = ''] = id.split('/');
      const folder = inRoot(join('test', domain, 'controls'));
      const test = readFileSync(join(folder, `${name}.test.ts`), 'utf8');
      // Controls of one kind may share a table.
      const tables = [...test.matchAll(/from '\.\/(\w+)\.js'/g)].map(([, file = '']) =>
        readFileSync(join(folder, `${file}.ts`), 'utf8')
      );
      const text = [test, ...tables].join('\n');
      const collectors = files(`test/${domain}/collectors`, '.test.ts')
        .map((file) => readFileSync(inRoot(`test/${domain}/collectors/${file}.test.ts`), 'utf8'))
        .join('\n');
      return titles
        .filter((title) => !text.includes(`trap: ${title}`) && !collectors.includes(title))
        .map((title) => `${id}: ${title}`);
    });
    expect(missing).to.deep.equal([]);
  });

  it('knows the traps of every control', () => {
    expect(Object.keys(traps).sort()).to.deep.equal(everyControl.map(({ id }) => id).sort());
  });
});
