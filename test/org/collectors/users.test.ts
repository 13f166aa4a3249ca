import { expect } from 'chai';
import { AUDIT_PERMISSIONS, type Row, type ScenarioInput } from '../../../simulator/index.js';
import { isAssignmentInForce } from '../../../src/org/collectors/shared/assignmentsInForce.js';
import { orgCollectors } from '../../../src/org/collectors/index.js';
import { collected, context, daysBefore, gapIn, now, open, small, stopAll, whole } from '../support.js';

const analytics = 'Analytics Cloud Integration User';
const profiles: ScenarioInput['profiles'] = [
  { name: 'Administrator', permissions: AUDIT_PERMISSIONS },
  { name: 'Staff' },
  { name: analytics, license: analytics, permissions: ['PasswordNeverExpires'] },
  { name: 'Chatter Free User', userType: 'CsnOnly', license: 'Chatter Free' },
  { name: 'Partner', userType: 'PowerPartner' },
  { name: 'Robot', userType: 'AutomatedProcess' },
];
const loggedIn: Row = { LastLoginDate: daysBefore(1) };

/** One user of each kind. `more` overrides. */
const mixed = (more: Partial<ScenarioInput> = {}): ReturnType<typeof small> =>
  small({
    profiles,
    users: [
      { username: 'admin@small.example', profile: 'Administrator', fields: loggedIn },
      { username: 'integration@00d000000000001.com', profile: analytics },
      { username: 'used@small.example', profile: analytics, fields: loggedIn },
      { username: 'chatty.00d000000000001.x9@chatter.salesforce.com', profile: 'Chatter Free User' },
      { username: 'cora@small.example', profile: 'Chatter Free User' },
      { username: 'pat@partner.example', profile: 'Partner' },
      { username: 'autoproc@00d000000000001', profile: 'Robot', fields: { ProfileId: null } },
    ],
    ...more,
  });

describe('users by whose they are', () => {
  afterEach(stopAll);

  it("userPopulations counts the three kinds and names Salesforce's own users", async () => {
    const { salesforce, ...counts } = whole(await collected('userPopulations', mixed()));
    expect(counts).to.deep.equal({ internal: 3, external: 1, latestLogin: daysBefore(1) });
    expect(salesforce.map(({ username }) => username).sort()).to.deep.equal([
      'autoproc@00d000000000001',
      'chatty.00d000000000001.x9@chatter.salesforce.com',
      'integration@00d000000000001.com',
    ]);
  });

  it("trap: Salesforce's own users are left out by every collector of internal users, and count once they logged in", async () => {
    const input = mixed({
      settings: { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: false } } },
    });
    const { users, population } = whole(await collected('usersWithoutMfa', input));
    const internal = ['admin@small.example', 'cora@small.example', 'used@small.example'];
    expect(users.map(({ username }) => username).sort()).to.deep.equal(internal);
    expect(population).to.equal(3);
    const stale = whole(
      await collected('stalePasswords', mixed(), undefined, context({ asOf: new Date(Date.parse(now) + 86_400_000) }))
    );
    expect(stale.population).to.equal(3);
  });

  it("trap: identities of Salesforce's own types are internal once they logged in", async () => {
    const input = mixed({
      profiles: [...profiles, { name: 'Cloud', userType: 'CloudIntegrationUser' }],
      settings: { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: false } } },
      users: [
        { username: 'autoproc@00d000000000001', profile: 'Robot', fields: loggedIn },
        { username: 'cloud@00d000000000001', profile: 'Cloud', fields: { ProfileId: null } },
        { username: 'admin@small.example', profile: 'Administrator', fields: loggedIn },
      ],
      auditor: { username: 'admin@small.example' },
    });
    const { internal, salesforce } = whole(await collected('userPopulations', input));
    expect([internal, salesforce.map(({ username }) => username)]).to.deep.equal([2, ['cloud@00d000000000001']]);
    const { users } = whole(await collected('usersWithoutMfa', input));
    expect(users.map(({ username }) => username)).to.deep.equal(['autoproc@00d000000000001', 'admin@small.example']);
    const ranges = whole(await collected('profileLoginRanges', input));
    expect(ranges.map(({ name }) => name)).to.have.members(['Robot', 'Administrator']);
  });

  it('trap: a user without a profile is one group, and the others are evaluated', async () => {
    const input = mixed({
      users: [
        { username: 'admin@small.example', profile: 'Administrator', fields: loggedIn },
        { username: 'odd@small.example', profile: 'Staff', fields: { ProfileId: null, ...loggedIn } },
      ],
    });
    const ranges = whole(await collected('profileLoginRanges', input));
    expect(ranges.map(({ name, unseen }) => [name, unseen])).to.have.deep.members([
      ['Administrator', undefined],
      ['no profile', 'These users have no profile.'],
    ]);
  });

  it("trap: profileLoginRanges leaves out profiles with only Salesforce's own users", async () => {
    const names = whole(await collected('profileLoginRanges', mixed())).map(({ name, activeUsers }) => [
      name,
      activeUsers,
    ]);
    expect(names).to.have.deep.members([
      ['Administrator', 1],
      [analytics, 1],
      ['Chatter Free User', 1],
      ['Partner', 1],
    ]);
  });

  it('trap: a count that is below the rows it counts is a contradiction, not an empty org', async () => {
    const settings = { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: false } } };
    const evidence = await collected('usersWithoutMfa', mixed({ settings }), (org) => {
      org.fault(/composite/, { kind: 'error', status: 404, errorCode: 'NOT_FOUND' });
      org.fault(/GROUP BY UserType$/, { kind: 'json', body: { totalSize: 0, done: true, records: [] } });
    });
    expect(gapIn(evidence).detail).to.match(/counted -?\d+ .* contradict/);
  });

  it('trap: an empty login history while users logged in is no proof that none did', async () => {
    for (const fact of ['loginSources', 'oauthLogins', 'ssoInUse'] as const) {
      // eslint-disable-next-line no-await-in-loop -- one org at a time
      expect(gapIn(await collected(fact, mixed())).detail, fact).to.match(/^LoginHistory shows no login/);
    }
  });

  it('trap: a newest login in the future means that a clock is wrong', async () => {
    const early = context({ asOf: new Date(Date.parse(now) - 730 * 86_400_000) });
    expect(gapIn(await collected('stalePasswords', mixed(), undefined, early)).detail).to.match(/clocks is wrong/);
  });

  it('trap: userPopulations compares the clock of the org with that of the run', async () => {
    const { reader } = await open(mixed());
    const clocks = [-3, 0, 89, 92].map(async (days) => {
      const asOf = new Date(Date.parse(now) + days * 86_400_000);
      return whole(await orgCollectors.userPopulations.collect(reader, context({ asOf }))).clock;
    });
    expect(await Promise.all(clocks)).to.deep.equal(['ahead', undefined, undefined, 'behind']);
  });

  it('passwordNeverExpires says whose a user is, and who has no password', async () => {
    const never = { permissions: ['PasswordNeverExpires'] };
    const input = mixed({
      settings: { SecuritySettings: { singleSignOnSettings: { isLoginWithSalesforceCredentialsDisabled: true } } },
      permissionSets: [
        { name: 'Never', ...never },
        { name: 'Sso', permissions: ['IsSsoEnabled'] },
      ],
      sites: [{ name: 'Promo', kind: 'visualforce', guestPermissions: ['PasswordNeverExpires'] }],
      users: [
        {
          username: 'admin@small.example',
          profile: 'Administrator',
          permissionSets: ['Never', 'Sso'],
          fields: loggedIn,
        },
        { username: 'integration@00d000000000001.com', profile: analytics },
        { username: 'bob@small.example', profile: 'Staff', permissionSets: ['Never'] },
      ],
    });
    const { assignments } = whole(await collected('passwordNeverExpires', input));
    const seen = assignments.map(({ user, population, guest, ssoOnly }) => [
      user.username.split('@')[0],
      population,
      guest ?? false,
      ssoOnly ?? false,
    ]);
    expect(seen).to.have.deep.members([
      ['admin', 'internal', false, true],
      ['integration', 'salesforce', false, false],
      ['bob', 'internal', false, false],
      ['promo', 'external', true, false],
    ]);
  });

  it('trap: a row of Profile that says more than its permission set leaves the profile undecided', async () => {
    const input = mixed({
      features: { apiAccessControl: true },
      profiles: [...profiles, { name: 'Split', fields: { PermissionsUseAnyApiClient: true } }],
    });
    expect(whole(await collected('useAnyApiClient', input)).undecidedProfiles).to.deep.equal(['Split']);
  });

  it('trap: a grant that expired at the second of the run is in force for no collector', async () => {
    const input = mixed({
      permissionSets: [{ name: 'Mfa', permissions: ['ForceTwoFactor'] }],
      users: [
        { username: 'admin@small.example', profile: 'Administrator', permissionSets: ['Mfa'], fields: loggedIn },
        { username: 'bob@small.example', profile: 'Staff' },
      ],
      assignments: [{ user: 'bob@small.example', permissionSet: 'Mfa', expires: now }],
      settings: { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: false } } },
    });
    const { users } = whole(await collected('usersWithoutMfa', input));
    expect(users.map(({ username }) => username)).to.deep.equal(['bob@small.example']);
  });

  it('trap: a date without a time ends at the end of its day', () => {
    const today = { ExpirationDate: now.slice(0, 10) };
    expect(isAssignmentInForce(today, new Date(now))).to.equal(true);
    expect(isAssignmentInForce(today, new Date(Date.parse(now) + 86_400_000))).to.equal(false);
  });

  it('privilegedUsers names those without a phishing-resistant method, registered or reported', async () => {
    const input = mixed({
      permissionSets: [{ name: 'Power', permissions: ['ModifyAllData'] }],
      users: ['admin', 'key', 'reported', 'phone'].map((name) => ({
        username: `${name}@small.example`,
        profile: name === 'admin' ? 'Administrator' : 'Staff',
        permissionSets: name === 'admin' ? [] : ['Power'],
        fields: loggedIn,
      })),
      tables: (ids) => ({
        TwoFactorMethodsInfo: [
          { UserId: ids.user('key@small.example'), HasSecurityKey: true },
          { UserId: ids.user('phone@small.example'), HasTotp: true },
        ],
        LoginHistory: [
          {
            UserId: ids.user('reported@small.example'),
            LoginTime: daysBefore(1),
            Status: 'Success',
            AuthenticationServiceId: '0SO000000000001AAA',
            AuthMethodReference: 'pwd,hwk',
          },
          { UserId: ids.user('phone@small.example'), LoginTime: daysBefore(2), Status: 'Success' },
        ],
      }),
    });
    const { population, withoutEvidence, logInDirectly, unseen } = whole(await collected('privilegedUsers', input));
    expect(withoutEvidence.map(({ username }) => username)).to.deep.equal([
      'admin@small.example',
      'phone@small.example',
    ]);
    expect([population, logInDirectly, unseen]).to.deep.equal([4, true, undefined]);
  });

  it('trap: a frozen administrator is no verified contact', async () => {
    const fields = { ...loggedIn, HasUserVerifiedEmail: true };
    const input = mixed({
      organization: { PrimaryContact: 'Ann Admin', Phone: '1' },
      users: [
        { username: 'admin@small.example', name: 'Ann Admin', profile: 'Administrator', fields: loggedIn },
        { username: 'ice@small.example', profile: 'Administrator', frozen: true, fields },
      ],
    });
    expect(whole(await collected('contact', input)).verifiedAdministrators).to.equal(0);
  });
});
