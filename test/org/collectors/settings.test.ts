import { expect } from 'chai';
import { AUDIT_PERMISSIONS } from '../../../simulator/index.js';
import { collected, context, refusal, small, stopAll, whole, without } from '../support.js';

describe('collectors of settings and the rest', () => {
  afterEach(stopAll);

  it('organization', async () => {
    const input = small({
      organization: {
        Name: 'Acme',
        NamespacePrefix: 'acme',
        IsSandbox: true,
        TrialExpirationDate: '2026-07-01T00:00:00.000+0000',
      },
    });
    expect(whole(await collected('organization', input))).to.deep.equal({
      id: input.orgId,
      name: 'Acme',
      namespace: 'acme',
      edition: 'Developer Edition',
      sandbox: true,
      release: "Summer '26",
      trialExpires: '2026-07-01T00:00:00.000+0000',
    });
  });

  it('securitySettings keeps apart what is false and what was not sent', async () => {
    const settings = {
      SecuritySettings: {
        networkAccess: {
          ipRanges: [
            { start: '198.51.100.0', end: '198.51.100.255', description: 'Office' },
            { start: '203.0.113.1', end: '203.0.113.1' },
          ],
        },
        passwordPolicies: { expiration: 'Never' },
        sessionSettings: { enableMFADirectUILoginOptIn: false },
        singleSignOnSettings: { isLoginWithSalesforceCredentialsDisabled: true },
      },
    };
    expect(whole(await collected('securitySettings', small({ settings })))).to.deep.equal({
      mfaForDirectUiLogins: false,
      trustedRanges: [
        { start: '198.51.100.0', end: '198.51.100.255', description: 'Office' },
        { start: '203.0.113.1', end: '203.0.113.1' },
      ],
      passwordExpiration: 'Never',
      passwordLoginDisabled: true,
    });
  });

  it('securitySettings takes a boolean that comes as text for what it says ("false" is not true)', async () => {
    const settings = {
      SecuritySettings: {
        sessionSettings: { enableMFADirectUILoginOptIn: 'false', enforceIpRangesEveryRequest: 'true' },
      },
    };
    expect(whole(await collected('securitySettings', small({ settings })))).to.include({
      mfaForDirectUiLogins: false,
      ipRangesOnEveryRequest: true,
    });
  });

  it('securitySettings below API 55 has no MFA switch: absent, not false', async () => {
    const settings = { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: true } } };
    const value = whole(await collected('securitySettings', small({ settings, apiVersion: 54 })));
    expect(value).not.to.have.property('mfaForDirectUiLogins');
  });

  for (const [name, row] of [
    ['null metadata', [{ Metadata: null }]],
    ['no row', []],
    ['two rows', [{ Metadata: {} }, { Metadata: {} }]],
  ] as const) {
    it(`securitySettings takes ${name} for a gap`, async () => {
      const evidence = await collected('securitySettings', small(), (org) =>
        org.fault(/SecuritySettings/, { kind: 'json', body: { totalSize: row.length, done: true, records: row } })
      );
      expect(evidence).to.deep.nested.include({ status: 'unavailable', 'gap.kind': 'unreadable' });
    });
  }

  it('securitySettings refused is a gap', async () => {
    const evidence = await collected('securitySettings', small(), (org) => org.fault(/SecuritySettings/, refusal()));
    expect(evidence).to.deep.nested.include({ status: 'unavailable', 'gap.kind': 'no-access' });
  });

  it('apiAccessControl keeps apart off, and not provisioned (missing or null)', async () => {
    const read = async (settings: object): Promise<object> =>
      whole(
        await collected(
          'apiAccessControl',
          small({ settings: { ConnectedAppSettings: settings }, features: { apiAccessControl: true } })
        )
      );
    expect(await read({ enableAdminApprovedAppsOnly: false })).to.deep.equal({ adminApprovedAppsOnly: false });
    expect(await read({ enableAdminApprovedAppsOnly: null })).to.deep.equal({});
    expect(await read({})).to.deep.equal({});
  });

  it('auditor says what is held, lacked and not known', async () => {
    const required = [
      { anyOf: ['ViewSetup'] as [string], controls: ['org/a'] },
      { anyOf: ['ManageNetworks', 'ViewAllData'] as [string, string], controls: ['org/b'] },
      { anyOf: ['ManageNetworks'] as [string], controls: ['org/c'] },
      { anyOf: ['InstallPackaging'] as [string], controls: ['org/d'] },
      // Neither: of two that serve alike, one is known to be lacking and nobody knows of the other.
      { anyOf: ['AuthorApex', 'InstallPackaging'] as [string, ...string[]], controls: ['org/e'] },
    ];
    const input = small({ hiddenFields: ['UserPermissionAccess.PermissionsInstallPackaging'] });
    const value = whole(await collected('auditor', input, undefined, context({ required })));
    expect(value.username).to.equal('admin@small.example');
    expect(value.required.map(({ holds }) => holds)).to.deep.equal([true, true, false, undefined, undefined]);
  });

  it('trap: externalLogins counts a closed list of types by profile, and whom a permission requires to use MFA', async () => {
    const input = small({
      profiles: [
        { name: 'Administrator', permissions: AUDIT_PERMISSIONS },
        { name: 'Partner', userType: 'PowerPartner' },
        { name: 'System', userType: 'AutomatedProcess' },
        { name: 'Chatter Free User', userType: 'CsnOnly' },
        { name: 'New Kind', userType: 'SomethingNew' },
      ],
      permissionSets: [{ name: 'Mfa', permissions: ['ForceTwoFactor'] }],
      users: ['Administrator', 'Partner', 'Partner', 'System', 'Chatter Free User', 'New Kind'].map(
        (profile, index) => ({
          username: `u${index}@small.example`,
          profile,
          permissionSets: index === 1 ? ['Mfa'] : [],
        })
      ),
      sites: [{ name: 'Promo', kind: 'visualforce' }],
    });
    expect(whole(await collected('externalLogins', input))).to.deep.equal([
      { profile: 'Partner', userType: 'PowerPartner', users: 2, withoutMfa: 1 },
    ]);
  });

  it('trap: profilePasswordPolicies matches a profile by id: encoded, standard under its metadata name, deleted', async () => {
    const metadata = {
      ProfilePasswordPolicy: {
        P1: { profile: 'force%2Ecom - app subscription user', passwordExpiration: 0 },
        P2: { profile: 'admin', passwordExpiration: 365 },
        P3: { profile: 'standardaul', passwordExpiration: 90, isDisabled: true },
        P4: { profile: { $: { 'xsi:nil': 'true' } }, passwordExpiration: 0 },
        P5: { profile: null, passwordExpiration: 0 },
        P6: { profile: 'odd' },
      },
    };
    const profiles = [
      { name: 'Administrator', permissions: AUDIT_PERMISSIONS, fullName: 'Admin' },
      { name: 'Force.com - App Subscription User', fullName: 'Force%2Ecom - App Subscription User' },
      { name: 'Standard Platform User', fullName: 'StandardAul' },
    ];
    const users = profiles.map(({ name }, index) => ({ username: `u${index}@small.example`, profile: name }));
    expect(whole(await collected('profilePasswordPolicies', small({ metadata, profiles, users })))).to.deep.equal([
      { profile: 'Force.com - App Subscription User', expirationDays: 0, activeUsers: 1 },
      { profile: 'Administrator', expirationDays: 365, activeUsers: 1 },
      { profile: 'Standard Platform User', expirationDays: 90, disabled: true, activeUsers: 1 },
      // Left out, not nil: it may be the policy of any profile.
      { profile: 'a profile that was not sent', expirationDays: 0 },
      { profile: 'odd' },
    ]);
    expect(whole(await collected('profilePasswordPolicies', small()))).to.deep.equal([]);
  });

  it('profilePasswordPolicies counts the active users of a profile, and shows when they may be hidden', async () => {
    const metadata = { ProfilePasswordPolicy: { P1: { profile: 'staff', passwordExpiration: 0 } } };
    const users = [
      { username: 'admin@small.example', profile: 'Administrator' },
      { username: 'gone@small.example', profile: 'Staff', active: false },
    ];
    expect(whole(await collected('profilePasswordPolicies', small({ metadata, users })))).to.deep.equal([
      { profile: 'Staff', expirationDays: 0, activeUsers: 0 },
    ]);
    const hidden = await collected(
      'profilePasswordPolicies',
      small({ metadata, users, ...without('ViewAllUsers', 'ManageUsers') })
    );
    expect(hidden).to.have.property('status', 'partial');
    expect(hidden).to.have.nested.property('gap.grants').that.includes('ViewAllUsers');
  });

  it('profilePasswordPolicies is a gap that names the narrowest permission for the Metadata API', async () => {
    const evidence = await collected('profilePasswordPolicies', small(without('ModifyMetadata', 'ModifyAllData')));
    expect(evidence).to.deep.nested.include({
      status: 'unavailable',
      'gap.kind': 'no-access',
      'gap.grants': ['ModifyMetadata'],
    });
  });
});
