import { expect } from 'chai';
import { AUDIT_PERMISSIONS, type ScenarioInput } from '../../../simulator/index.js';
import { collected, open, refusal, small, stopAll, whole, without, context } from '../support.js';
import { orgCollectors } from '../../../src/org/collectors/index.js';

const office = { startAddress: '198.51.100.0', endAddress: '198.51.100.255', description: 'Office' };
const administrator = { name: 'Administrator', permissions: AUDIT_PERMISSIONS, ranges: [office] };
const user = (
  name: string,
  profile: string,
  more: Partial<ScenarioInput['users'][number]> = {}
): ScenarioInput['users'][number] => ({
  username: `${name}@small.example`,
  profile,
  ...more,
});
const org = (
  profiles: ScenarioInput['profiles'],
  users: ScenarioInput['users'],
  more: Partial<ScenarioInput> = {}
): ReturnType<typeof small> =>
  small({ profiles: [administrator, ...profiles], users: [user('admin', 'Administrator'), ...users], ...more });

describe('collector profileLoginRanges', () => {
  afterEach(stopAll);

  it('reads each profile that has active users, frozen and external ones too, and no other', async () => {
    const value = whole(
      await collected(
        'profileLoginRanges',
        org(
          [{ name: 'Staff' }, { name: 'Partner', userType: 'PowerPartner' }, { name: 'Former' }, { name: 'Unused' }],
          [
            user('bob', 'Staff', { frozen: true }),
            user('cid', 'Staff'),
            user('pam', 'Partner'),
            user('dan', 'Former', { active: false }),
          ],
          { sites: [{ name: 'Promo', kind: 'visualforce' }] }
        )
      )
    );
    expect(value.map(({ name, activeUsers, ranges }) => [name, activeUsers, ranges])).to.deep.equal([
      ['Administrator', 1, [{ start: '198.51.100.0', end: '198.51.100.255', description: 'Office' }]],
      ['Staff', 2, []],
      ['Partner', 1, []],
    ]);
  });

  it('takes null metadata, which is documented as possible, for a profile that was not read', async () => {
    const [, staff] = whole(
      await collected('profileLoginRanges', org([{ name: 'Staff', metadata: null }], [user('bob', 'Staff')]))
    );
    expect(staff).to.deep.include({ name: 'Staff', unseen: 'Salesforce sent no metadata for this profile.' });
    expect(staff).not.to.have.property('ranges');
  });

  it('takes a profile whose metadata is refused for one that was not read', async () => {
    const evidence = await collected('profileLoginRanges', org([], []), (running) =>
      running.fault(/FROM Profile WHERE/, refusal())
    );
    expect(whole(evidence)[0]?.unseen).to.contain('INSUFFICIENT_ACCESS');
  });

  it('takes a profile that profile filtering hides for one that was not read', async () => {
    const evidence = await collected(
      'profileLoginRanges',
      org([{ name: 'Staff' }], [user('bob', 'Staff')], {
        features: { profileFiltering: true },
        ...without('ViewAllProfiles'),
      })
    );
    expect(whole(evidence).filter(({ unseen }) => unseen !== undefined)).to.have.length(1);
  });

  it('asks once a profile, however many users there are', async () => {
    const users = Array.from({ length: 300 }, (_, index) => user(`u${index}`, 'Staff'));
    const { org: running, reader } = await open(org([{ name: 'Staff' }], users));
    const before = running.requests.length;
    whole(await orgCollectors.profileLoginRanges.collect(reader, context()));
    expect(running.requests.length - before).to.be.at.most(5);
  });

  it('is a part for an auditor who may not see all users', async () => {
    const evidence = await collected('profileLoginRanges', org([], [], without('ViewAllUsers', 'ManageUsers')));
    expect(evidence).to.deep.nested.include({ status: 'partial', 'gap.grants': ['ViewAllUsers'] });
  });
});
