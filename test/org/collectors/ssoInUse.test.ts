import { expect } from 'chai';
import { AUDIT_PERMISSIONS, type Row, type ScenarioInput } from '../../../simulator/index.js';
import { collected, daysBefore, small, stopAll, whole, without } from '../support.js';

const org = (more: Partial<ScenarioInput> = {}): ReturnType<typeof small> =>
  small({
    tables: (ids) => {
      const saml = ids.next('SamlSsoConfig');
      const provider = ids.next('AuthProvider');
      const login = (days: number, service: string | null, other: Row = {}): Row => ({
        UserId: ids.user('bob@small.example'),
        LoginTime: daysBefore(days),
        LoginType: 'SAML Sfdc Initiated SSO',
        Status: 'Success',
        AuthenticationServiceId: service,
        ...other,
      });
      return {
        SamlSsoConfig: [{ Id: saml, DeveloperName: 'Corporate', OptionsRequireMfaSaml: true }],
        AuthProvider: [{ Id: provider, DeveloperName: 'Partner_Login', OptionsRequireMfa: false }],
        LoginHistory: [
          login(1, saml),
          login(2, saml),
          login(3, saml, { Status: 'Failed: SAML Error' }),
          login(89, provider, { LoginType: 'Third Party SSO' }),
          login(120, '0LE000000000009AAA'),
          login(4, '0LE000000000008AAA'),
          login(5, null),
          login(6, null, { LoginType: 'Application' }),
        ],
      };
    },
    ...more,
  });

describe('collector ssoInUse', () => {
  afterEach(stopAll);

  it('counts successful logins of 90 days by identity provider, also one without a row', async () => {
    const paths = whole(await collected('ssoInUse', org()));
    expect(paths.map(({ kind, name, requiresMfa, logins }) => [kind, name, requiresMfa, logins])).to.have.deep.members([
      ['SamlSsoConfig', 'Corporate', true, 2],
      ['AuthProvider', 'Partner_Login', false, 1],
      ['SamlSsoConfig', '0LE000000000008AAA', undefined, 1],
      ['unknown', 'SAML Sfdc Initiated SSO', undefined, 1],
    ]);
  });

  it("trap: a portal's single sign-on of external users is no path of the company's own", async () => {
    const scenario = small({
      profiles: [
        { name: 'Administrator', permissions: AUDIT_PERMISSIONS },
        { name: 'Customer', userType: 'CspLitePortal' },
      ],
      users: [
        { username: 'admin@small.example', profile: 'Administrator' },
        { username: 'carl@small.example', profile: 'Customer' },
      ],
      tables: (ids) => ({
        AuthProvider: [{ Id: ids.next('AuthProvider'), DeveloperName: 'Portal', OptionsRequireMfa: false }],
        LoginHistory: ['admin', 'carl'].map((name) => ({
          UserId: ids.user(`${name}@small.example`),
          LoginTime: daysBefore(1),
          LoginType: `SSO of ${name}`,
          Status: 'Success',
        })),
      }),
    });
    const paths = whole(await collected('ssoInUse', scenario));
    expect(paths.map(({ name, logins }) => [name, logins])).to.deep.equal([['SSO of admin', 1]]);
  });

  it('is a part where a private sharing model may hide users, and with them their logins', async () => {
    const evidence = await collected('ssoInUse', org(without('ViewAllUsers', 'ManageUsers')));
    expect(evidence).to.have.nested.property('gap.grants').that.includes('ViewAllUsers');
  });

  it('says nothing about MFA where the columns do not exist', async () => {
    const hiddenFields = ['SamlSsoConfig.OptionsRequireMfaSaml', 'AuthProvider.OptionsRequireMfa'];
    const paths = whole(await collected('ssoInUse', org({ hiddenFields })));
    expect(paths.every(({ requiresMfa }) => requiresMfa === undefined)).to.equal(true);
  });

  it('is a part for an auditor who sees the own logins only, which Salesforce does not say', async () => {
    const evidence = await collected('ssoInUse', org(without('ManageUsers', 'MonitorLoginHistory')));
    expect(evidence).to.deep.include({ status: 'partial', value: [] });
    expect(evidence).to.have.nested.property('gap.grants').that.includes.members(['MonitorLoginHistory']);
  });

  it('is a gap when the history is too large', async () => {
    const evidence = await collected('ssoInUse', org(), (running) =>
      running.fault(/LoginHistory/, { kind: 'error', status: 400, errorCode: 'OPERATION_TOO_LARGE' })
    );
    expect(evidence).to.deep.nested.include({ status: 'unavailable', 'gap.kind': 'limit' });
  });
});
