import { expect } from 'chai';
import { orgControls } from '../../../src/org/controls/index.js';
import type { OrgFacts } from '../../../src/org/facts.js';

/** Facts of which a part is enough for a fail: a violation in the part stays one, whatever is missing. */
const proving: Record<string, ReadonlyArray<keyof OrgFacts>> = {
  'org/app-removals-reviewed': ['setupChanges'],
  'org/auditor-can-see': [],
  'org/certificates-rotated': ['certificates', 'ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  'org/connected-apps-trusted': ['connectedApps'],
  'org/external-client-apps-trusted': ['externalClientApps'],
  'org/ip-ranges-enforced-on-every-request': ['securitySettings'],
  'org/linked-orgs-audited': [],
  'org/login-ip-ranges-set': ['profileLoginRanges'],
  'org/logins-within-ranges': ['loginSources', 'profileLoginRanges'],
  'org/mfa-enforced': ['securitySettings', 'mfaWaivers', 'ssoInUse', 'privilegedUsers'],
  'org/no-guest-sites': ['sites', 'networks', 'activeGuestUsers'],
  'org/no-use-any-api-client': ['useAnyApiClient', 'apiAccessControl'],
  'org/oauth-tokens-trusted': [],
  'org/packages-trusted': ['installedPackages'],
  'org/passwords-rotated': ['securitySettings', 'profilePasswordPolicies'],
  'org/user-agent-flow-blocked': ['oauthFlowSettings', 'oauthLogins'],
  'org/username-password-flow-blocked': ['oauthFlowSettings', 'oauthLogins'],
};

describe('controls over an org', () => {
  it('never pass on a part', () => {
    const verdicts = orgControls.flatMap(({ provableFromPart }) => Object.values(provableFromPart ?? {}));
    expect(verdicts).not.to.include('pass');
  });

  it('can be attested only where Salesforce offers no way to read the answer', () => {
    expect(orgControls.flatMap(({ id, attestable }) => (attestable ? [id] : []))).to.deep.equal([
      'org/app-secrets-hidden-from-apis',
      'org/app-secrets-rotated',
      'org/apps-enforce-ip-ranges',
      'org/certificates-rotated',
      'org/contact-current',
      'org/incident-plan-attested',
      'org/mfa-enforced',
      'org/own-apps-allowlist-token-ips',
      'org/own-apps-callbacks-separate',
      'org/own-apps-controls-reviewed',
      'org/own-apps-limit-idle-tokens',
      'org/own-apps-require-pkce',
      'org/own-apps-rotate-refresh-tokens',
      'org/own-apps-without-device-flow',
    ]);
  });

  for (const [id, facts] of Object.entries(proving)) {
    it(`${id} fails on a part only where nothing that is missing could excuse`, () => {
      const control = orgControls.find((one) => one.id === id);
      expect(Object.keys(control?.provableFromPart ?? {})).to.deep.equal(facts);
    });
  }
});
