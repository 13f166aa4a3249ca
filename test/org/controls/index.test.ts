import { expect } from 'chai';
import { orgControls } from '../../../src/org/controls/index.js';
import type { OrgFacts } from '../../../src/org/facts.js';

/** Facts of which a part is enough for a fail: what was seen offends by itself, and nothing that is missing excuses it. */
const proving: Record<string, ReadonlyArray<keyof OrgFacts>> = {
  'org/app-removals-reviewed': ['setupChanges'],
  'org/auditor-can-see': [],
  'org/certificates-rotated': ['certificates'],
  'org/connected-apps-trusted': ['connectedApps'],
  'org/external-client-apps-trusted': ['externalClientApps'],
  'org/ip-ranges-enforced-on-every-request': ['securitySettings'],
  'org/linked-orgs-audited': [],
  'org/login-ip-ranges-set': ['profileLoginRanges'],
  'org/logins-within-ranges': ['loginSources', 'profileLoginRanges'],
  'org/mfa-enforced': ['securitySettings', 'mfaWaivers', 'ssoInUse', 'externalLogins'],
  'org/no-guest-sites': ['sites', 'networks', 'activeGuestUsers'],
  'org/no-use-any-api-client': ['useAnyApiClient', 'apiAccessControl'],
  'org/oauth-tokens-trusted': [],
  'org/packages-trusted': ['installedPackages'],
  'org/passwords-rotated': ['passwordNeverExpires', 'securitySettings', 'profilePasswordPolicies'],
  'org/user-agent-flow-blocked': ['oauthFlowSettings', 'oauthLogins'],
  'org/username-password-flow-blocked': ['oauthFlowSettings', 'oauthLogins'],
};

describe('controls over an org', () => {
  it('never pass on a part', () => {
    const verdicts = orgControls.flatMap(({ provableFromPart }) => Object.values(provableFromPart ?? {}));
    expect(verdicts).not.to.include('pass');
  });

  for (const [id, facts] of Object.entries(proving)) {
    const control = orgControls.find((one) => one.id === id);

    it(`${id} fails on a part only where nothing that is missing could excuse`, () => {
      expect(Object.keys(control?.provableFromPart ?? {})).to.deep.equal(facts);
    });

    it(`${id} can be read, so it cannot be attested`, () => {
      expect(control).to.have.property('attestable', false);
    });
  }
});
