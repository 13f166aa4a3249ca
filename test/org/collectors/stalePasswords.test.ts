import { expect } from 'chai';
import type { Row, ScenarioInput } from '../../../simulator/index.js';
import { collected, context, daysBefore, small, stopAll, whole, without } from '../support.js';

const changed = (days: number | undefined, created = 900): Row => ({
  CreatedDate: daysBefore(created),
  ...(days === undefined ? {} : { LastPasswordChangeDate: daysBefore(days) }),
});
const user = (
  name: string,
  fields: Row,
  more: Partial<ScenarioInput['users'][number]> = {}
): ScenarioInput['users'][number] => ({
  username: `${name}@small.example`,
  profile: 'Staff',
  fields,
  ...more,
});
const org = (users: ScenarioInput['users'], more: Partial<ScenarioInput> = {}): ReturnType<typeof small> =>
  small({ ...more, users: [user('admin', changed(1), { profile: 'Administrator' }), ...users] });

describe('collector stalePasswords', () => {
  afterEach(stopAll);

  it('lets the org select who is older than the limit, or never had a password and is older', async () => {
    const value = whole(
      await collected(
        'stalePasswords',
        org([
          user('new', changed(364)),
          user('old', changed(366), { frozen: true }),
          user('none', changed(undefined)),
          user('fresh', changed(undefined, 10)),
          user('gone', changed(900), { active: false }),
        ])
      )
    );
    expect(value.changedBefore).to.equal(daysBefore(365));
    expect(value.population).to.equal(5);
    expect(
      value.users.map(({ username, changed: when, frozen }) => [username.split('@')[0], when, frozen])
    ).to.deep.equal([
      ['old', daysBefore(366), true],
      ['none', undefined, false],
    ]);
  });

  it('selects by the days of the policy', async () => {
    const evidence = await collected(
      'stalePasswords',
      org([user('new', changed(200))]),
      undefined,
      context({ params: { 'org/passwords-rotated': { days: 180 } } })
    );
    expect(whole(evidence)).to.deep.include({ changedBefore: daysBefore(180) });
    expect(whole(evidence).users).to.have.length(1);
  });

  it('leaves out users of single sign-on where passwords are switched off, and only there', async () => {
    const permissionSets = [{ name: 'Sso', permissions: ['IsSsoEnabled'] }];
    const users = [user('sso', changed(800), { permissionSets: ['Sso'] }), user('old', changed(800))];
    const settings = (off: boolean): Partial<ScenarioInput> => ({
      permissionSets,
      settings: { SecuritySettings: { singleSignOnSettings: { isLoginWithSalesforceCredentialsDisabled: off } } },
    });
    expect(whole(await collected('stalePasswords', org(users, settings(true)))).users).to.have.length(1);
    expect(whole(await collected('stalePasswords', org(users, settings(false)))).users).to.have.length(2);
  });

  it('trap: is a part where a group that is not recalculated may leave a user out, or not', async () => {
    const evidence = await collected(
      'stalePasswords',
      org([user('sso', changed(800), { groups: ['Team'] })], {
        permissionSets: [{ name: 'Sso', permissions: ['IsSsoEnabled'] }],
        groups: [{ name: 'Team', permissionSets: ['Sso'], status: 'Outdated' }],
        settings: { SecuritySettings: { singleSignOnSettings: { isLoginWithSalesforceCredentialsDisabled: true } } },
      })
    );
    expect(evidence).to.deep.nested.include({ status: 'partial', 'gap.kind': 'unreadable' });
  });

  it('is a part where a private sharing model may hide users', async () => {
    const evidence = await collected(
      'stalePasswords',
      org([user('old', changed(800))], {
        features: { userSharing: 'private' },
        ...without('ViewAllUsers', 'ManageUsers'),
      })
    );
    expect(evidence).to.deep.nested.include({ status: 'partial', 'gap.kind': 'no-access' });
    expect(evidence).to.have.nested.property('gap.grants').that.includes('ViewAllUsers');
  });

  it('is a part when it is not known who is frozen', async () => {
    const evidence = await collected('stalePasswords', org([user('old', changed(800))], without('ManageUsers')));
    expect(evidence.status).to.equal('partial');
    expect(evidence).to.have.nested.property('gap.grants').that.includes('ManageUsers');
  });
});
