import { expect } from 'chai';
import type { Row, Scenario, ScenarioInput } from '../../../simulator/index.js';
import { orgCollectors } from '../../../src/org/collectors/index.js';
import { collected, context, daysBefore, open, small, stopAll, whole, without } from '../support.js';

type People = { admin: string; bob: string };

const withLogins = (rows: (people: People) => Row[], more: Partial<ScenarioInput> = {}): Scenario =>
  small({
    tables: (ids) => ({
      LoginHistory: rows({ admin: ids.user('admin@small.example'), bob: ids.user('bob@small.example') }),
    }),
    ...more,
  });
const login = (UserId: string, SourceIp: string | null, days = 1, more: Row = {}): Row => ({
  UserId,
  SourceIp,
  LoginTime: daysBefore(days),
  Status: 'Success',
  ...more,
});
/** As many addresses as wanted, on days that differ. */
const crowd = (id: string, count: number): Row[] =>
  Array.from({ length: count }, (_, index) => login(id, `10.1.${index % 256}.${Math.floor(index / 256)}`, index % 80));

describe('loginSources', () => {
  afterEach(stopAll);

  it('counts successful logins of 90 days by user and address', async () => {
    const evidence = await collected(
      'loginSources',
      withLogins(({ admin, bob }) => [
        login(admin, '192.0.2.1', 3),
        login(admin, '192.0.2.1', 80),
        login(admin, '192.0.2.1', 91),
        login(admin, '192.0.2.66', 1, { Status: 'Restricted IP' }),
        login(bob, null),
      ])
    );
    const { since, sources } = whole(evidence);
    expect(since).to.equal(daysBefore(90));
    expect(sources.map(({ user, profile, ...rest }) => [user?.username, profile.name, rest])).to.deep.equal([
      ['admin@small.example', 'Administrator', { address: '192.0.2.1', logins: 2, last: daysBefore(3) }],
      ['bob@small.example', 'Staff', { address: '', logins: 1, last: daysBefore(1) }],
    ]);
  });

  it('trap: a login of an identity of Salesforce counts like any other', async () => {
    const users: ScenarioInput['users'] = [
      { username: 'admin@small.example', profile: 'Administrator' },
      { username: 'bob@small.example', profile: 'Staff', fields: { UserType: 'CloudIntegrationUser' } },
    ];
    const evidence = await collected(
      'loginSources',
      withLogins(({ bob }) => [login(bob, '192.0.2.1')], { users })
    );
    expect(whole(evidence).sources.map(({ user }) => user?.username)).to.deep.equal(['bob@small.example']);
  });

  it('trap: more pairs than an answer contains are counted by profile, and by halves of the time', async () => {
    const { org, reader } = await open(
      withLogins(({ admin, bob }) => [
        ...crowd(admin, 2500),
        login(admin, '192.0.2.1', 2),
        login(admin, '192.0.2.1', 70),
        login(bob, '192.0.2.2'),
      ])
    );
    const before = org.requests.length;
    const { sources } = whole(await orgCollectors.loginSources.collect(reader, context()));
    expect(sources.some(({ user }) => user)).to.equal(false);
    expect(sources.filter(({ profile }) => profile.name === 'Staff')).to.have.length(1);
    expect(sources.find(({ address }) => address === '192.0.2.1')).to.deep.include({ logins: 2, last: daysBefore(2) });
    expect(sources.filter(({ profile }) => profile.name === 'Administrator')).to.have.length(2501);
    expect(org.requests.length - before).to.be.below(12);
    org.assertReadOnly();
  });

  it('is a gap when even a short time has too many addresses', async () => {
    const evidence = await collected(
      'loginSources',
      withLogins(({ admin }) => crowd(admin, 2500).map((row) => ({ ...row, LoginTime: daysBefore(1) })))
    );
    expect(evidence).to.have.nested.property('gap.kind', 'limit');
  });

  it('trap: without the permission a user sees the own logins only, without a word', async () => {
    const evidence = await collected(
      'loginSources',
      withLogins(({ bob }) => [login(bob, '192.0.2.1')], without('ManageUsers', 'MonitorLoginHistory'))
    );
    expect(evidence).to.have.property('status', 'partial');
    expect(evidence).to.have.nested.property('gap.grants').that.deep.equals(['MonitorLoginHistory']);
  });
});

describe('oauthLogins', () => {
  afterEach(stopAll);

  it('counts OAuth logins by flow, app and success', async () => {
    const flow = { LoginSubType: 'OauthUsernamePassword', Application: 'ERP' };
    const evidence = await collected(
      'oauthLogins',
      withLogins(({ admin, bob }) => [
        login(admin, '192.0.2.1', 3, flow),
        login(bob, '192.0.2.2', 2, flow),
        login(bob, '192.0.2.2', 2, { ...flow, Status: 'Invalid Password' }),
        login(bob, '192.0.2.2', 1, { ...flow, Status: 'Password Lockout' }),
        login(bob, '192.0.2.2', 91, flow),
        login(bob, '192.0.2.2', 2, { LoginSubType: 'UsernamePasswordUiLogin', Application: 'Browser' }),
        login(bob, '192.0.2.2', 2),
      ])
    );
    const counted = { flow: 'OauthUsernamePassword', app: 'ERP', logins: 2 };
    expect(whole(evidence)).to.deep.equal([
      {
        ...counted,
        succeeded: true,
        last: daysBefore(2),
        users: ['admin@small.example', 'bob@small.example'],
        userCount: 2,
      },
      { ...counted, succeeded: false, last: daysBefore(1), users: ['bob@small.example'], userCount: 1 },
    ]);
  });

  it('trap: neither subtype, status nor app is in WHERE', async () => {
    const { org, reader } = await open(withLogins(() => []));
    await orgCollectors.oauthLogins.collect(reader, context());
    const where = org.requests.flatMap(
      ({ soql }) => /FROM LoginHistory WHERE (.*) GROUP BY/.exec(soql ?? '')?.[1] ?? []
    );
    expect(where).to.have.length(1);
    expect(where[0]).not.to.match(/LoginSubType|Status|Application|SourceIp/);
  });

  it('is a part without the permission to see the logins of others', async () => {
    const evidence = await collected(
      'oauthLogins',
      withLogins(() => [], without('ManageUsers', 'MonitorLoginHistory'))
    );
    expect(evidence).to.have.property('status', 'partial');
  });
});

describe('soapLogins', () => {
  afterEach(stopAll);

  const soap = (id: string, more: Row = {}): Row =>
    login(id, '192.0.2.1', 3, { LoginSubType: 'SoapApiLogin', ApiType: 'SOAP Partner', Application: 'ERP', ...more });

  it('counts logins through login(), and those of the SOAP API without a sub type, by user', async () => {
    const evidence = await collected(
      'soapLogins',
      withLogins(({ admin, bob }) => [
        soap(bob),
        soap(bob),
        soap(admin, { LoginSubType: null, ApiType: 'SOAP Enterprise' }),
        soap(admin, { LoginSubType: 'OauthRefreshToken' }),
        login(admin, '192.0.2.1'),
      ])
    );
    expect(whole(evidence).map(({ user, ...rest }) => [user.username, rest])).to.deep.equal([
      ['bob@small.example', { app: 'ERP', status: 'Success', subType: 'SoapApiLogin', logins: 2, last: daysBefore(3) }],
      ['admin@small.example', { app: 'ERP', status: 'Success', logins: 1, last: daysBefore(3) }],
    ]);
  });

  it('asks an org without such logins once', async () => {
    const { org, reader } = await open(withLogins(({ bob }) => [login(bob, '192.0.2.1')]));
    org.requests.length = 0;
    expect(whole(await orgCollectors.soapLogins.collect(reader, context()))).to.deep.equal([]);
    expect(org.requests.filter(({ soql }) => soql?.includes('FROM LoginHistory'))).to.have.length(1);
  });

  it('is a part without the permission to see the logins of others', async () => {
    const evidence = await collected(
      'soapLogins',
      withLogins(() => [], without('ManageUsers', 'MonitorLoginHistory'))
    );
    expect(evidence.status).to.equal('partial');
  });
});
