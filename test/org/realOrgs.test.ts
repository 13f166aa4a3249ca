import { expect } from 'chai';
import { AUDIT_PERMISSIONS, type Row, type ScenarioInput } from '../../simulator/index.js';
import { review } from '../../src/engine/review.js';
import type { Result } from '../../src/engine/types.js';
import { orgDomain } from '../../src/org/index.js';
import { policy as samplePolicy } from '../engine/samples.js';
import { daysBefore, now, open, small, stopAll } from './support.js';

/** Shapes of public org dumps, written anew. docs/field-tests.md says what each of them showed. */
const loggedIn: Row = {
  LastLoginDate: daysBefore(1),
  LastPasswordChangeDate: daysBefore(30),
  CreatedDate: daysBefore(900),
};
const analytics = 'Analytics Cloud Integration User';
const office = [{ startAddress: '198.51.100.0', endAddress: '198.51.100.24', description: 'Americas 1' }];
const admin = { username: 'admin@small.example', profile: 'System Administrator', fields: loggedIn };
const administrators = {
  name: 'System Administrator',
  fullName: 'Admin',
  permissions: AUDIT_PERMISSIONS,
  ranges: office,
};
const settings = (security: object): ScenarioInput['settings'] => ({ SecuritySettings: security });
const login = (user: string, more: Row = {}): Row => ({
  UserId: user,
  LoginTime: daysBefore(1),
  LoginType: 'Application',
  SourceIp: '198.51.100.7',
  Status: 'Success',
  ...more,
});

const resultOf = async (control: string, input: Partial<ScenarioInput>, policy = samplePolicy): Promise<Result> => {
  const { org, reader } = await open(small({ profiles: [administrators], users: [admin], ...input }));
  const target = { kind: 'org', name: 'real' } as const;
  const report = await review(orgDomain, reader, { policy, target, asOf: new Date(now), audited: [], only: [control] });
  org.assertReadOnly();
  const [result] = report.results;
  if (!result) throw new Error('No result.');
  return result;
};
const told = ({ findings }: Result): string[] =>
  findings.map(({ kind, subject }) => `${kind} ${subject.type}:${subject.name}`);

describe('shapes of real orgs', () => {
  afterEach(stopAll);

  it('policies in lower case and encoded, and those of deleted profiles', async () => {
    const policies = {
      pt1: { profile: 'admin', passwordExpiration: 90 },
      pt2: { profile: 'adm%5fsales %26 service', passwordExpiration: 0, passwordHistory: 0 },
      pt3: { profile: 'platformportal', passwordExpiration: 0 },
      pt4: { profile: { $: { 'xsi:nil': 'true' } }, passwordExpiration: 0 },
    };
    const result = await resultOf('org/passwords-rotated', {
      profiles: [
        administrators,
        { name: 'ADM_Sales & Service', fullName: 'ADM_Sales %26 Service' },
        { name: 'Authenticated Website', fullName: 'PlatformPortal', userType: 'CspLitePortal' },
      ],
      users: [admin, { username: 'sue@small.example', profile: 'ADM_Sales & Service', fields: loggedIn }],
      settings: settings({ passwordPolicies: { expiration: 'NinetyDays' } }),
      metadata: { ProfilePasswordPolicy: policies },
    });
    expect(told(result)).to.deep.equal(['violation Profile:ADM_Sales & Service', 'latent Profile:PlatformPortal']);
    expect(result.gaps).to.deep.equal([]);
  });

  it("an otherwise perfect org with Salesforce's integration users", async () => {
    const input: Partial<ScenarioInput> = {
      profiles: [
        administrators,
        { name: analytics, license: analytics, permissions: ['ApiEnabled', 'PasswordNeverExpires', 'ViewSetup'] },
        {
          name: 'Analytics Cloud Security User',
          license: analytics,
          permissions: ['PasswordNeverExpires', 'ViewAllData'],
        },
      ],
      users: [
        admin,
        { username: 'integration@00d5j000000abcd.com', profile: analytics },
        { username: 'insightssecurity@00d5j000000abcd.com', profile: 'Analytics Cloud Security User' },
      ],
      settings: settings({
        passwordPolicies: { expiration: 'OneYear' },
        sessionSettings: { enableMFADirectUILoginOptIn: true, enableU2F: false, enableBuiltInAuthenticator: true },
      }),
      tables: (ids) => ({ LoginHistory: [login(ids.user('admin@small.example'))] }),
    };
    for (const control of [
      'org/mfa-enforced',
      'org/passwords-rotated',
      'org/login-ip-ranges-set',
      'org/logins-within-ranges',
    ]) {
      // eslint-disable-next-line no-await-in-loop -- one org at a time
      const { verdict, findings, reason } = await resultOf(control, input);
      expect(verdict, `${control}: ${reason}`).to.equal('pass');
      expect(
        findings.every(({ kind }) => kind === 'latent'),
        control
      ).to.equal(true);
    }
  });

  it('trusted ranges of the whole internet, and passwords that never expire', async () => {
    const everywhere = { start: '0.0.0.0', end: '255.255.255.255', description: 'Allow all IP ranges' };
    const security = settings({ networkAccess: { ipRanges: [everywhere] }, passwordPolicies: { expiration: 'Never' } });
    expect(told(await resultOf('org/passwords-rotated', { settings: security }))).to.deep.equal([
      'violation Setting:Security.passwordPolicies.expiration',
    ]);
    const bare = { ...administrators, ranges: [] };
    expect(told(await resultOf('org/login-ip-ranges-set', { settings: security, profiles: [bare] }))).to.deep.equal([
      'violation Profile:System Administrator',
    ]);
  });

  it('single sign-on only, and an identity provider that reports a password', async () => {
    const input = (amr: string): Partial<ScenarioInput> => ({
      profiles: [{ ...administrators, permissions: [...AUDIT_PERMISSIONS, 'IsSsoEnabled'] }],
      settings: settings({
        sessionSettings: { enableMFADirectUILoginOptIn: false },
        singleSignOnSettings: { enableSamlLogin: true, isLoginWithSalesforceCredentialsDisabled: true },
      }),
      tables: (ids) => {
        const provider = ids.next('AuthProvider');
        const sso = { AuthenticationServiceId: provider, LoginType: 'Third Party SSO', AuthMethodReference: amr };
        return {
          AuthProvider: [{ Id: provider, DeveloperName: 'Entra', OptionsRequireMfa: true }],
          LoginHistory: [login(ids.user('admin@small.example'), sso)],
        };
      },
    });
    const weak = await resultOf('org/mfa-enforced', input('pwd'));
    expect(weak.verdict).to.equal('inconclusive');
    expect(weak.gaps.map(({ subject }) => subject && `${subject.type}:${subject.name}`)).to.deep.equal([
      'AuthProvider:Entra',
    ]);
    expect((await resultOf('org/mfa-enforced', input('pwd,mfa'))).verdict).to.equal('pass');
  });

  it('settings of an org that was never asked about MFA, which lack the key', async () => {
    const result = await resultOf('org/mfa-enforced', {
      settings: settings({ sessionSettings: { enableSMSIdentity: true, sessionTimeout: 'TwoHours' } }),
    });
    expect(result.verdict).to.equal('inconclusive');
    expect(told(result).filter((one) => one.startsWith('violation'))).to.deep.equal([]);
  });

  it('settings of a recent release, which leave out the deprecated switch for consumer secrets', async () => {
    const control = 'org/app-secrets-hidden-from-apis';
    const input = { settings: { ExternalClientAppSettings: { enableClientSecretInRestApiAccess: false } } };
    const subject = 'Setting:ExternalClientApp.enableConsumerSecretApiAccess';
    const undecided = await resultOf(control, input);
    expect([
      undecided.verdict,
      undecided.gaps.map((gap) => gap.subject && `${gap.subject.type}:${gap.subject.name}`),
    ]).to.deep.equal(['inconclusive', [subject]]);
    const attestation = {
      control,
      owner: 'security',
      reason: 'as seen in Setup',
      on: '2026-06-01',
      expires: '2027-06-01',
    };
    const attested = (more: object): Promise<Result> =>
      resultOf(control, input, { ...samplePolicy, attestations: [{ ...attestation, ...more }] });
    expect((await attested({ subject })).verdict).to.equal('attested');
    expect((await attested({})).verdict, 'without the setting').to.equal('inconclusive');
    const refused = await resultOf(
      control,
      { ...input, settings: {} },
      {
        ...samplePolicy,
        attestations: [{ ...attestation, subject }],
      }
    );
    expect(refused.verdict, 'settings that were not read').to.equal('inconclusive');
  });

  it('a login history in another language', async () => {
    const result = await resultOf('org/logins-within-ranges', {
      tables: (ids) => ({
        LoginHistory: [login(ids.user('admin@small.example'), { SourceIp: '203.0.113.9', Status: 'Erfolgreich' })],
      }),
    });
    expect(result.verdict).to.equal('inconclusive');
    expect(result.gaps.map(({ detail }) => detail).join(' ')).to.contain('"Erfolgreich" is not a known value');
  });
});
