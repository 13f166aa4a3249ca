import { expect } from 'chai';
import { collected, refusal, small, stopAll, whole, without } from '../support.js';

const both = [
  { name: 'Promo', kind: 'visualforce' as const },
  { name: 'Portal', kind: 'experience' as const, guestActive: false, network: { OptionsGuestFileAccessEnabled: true } },
];

describe('collectors of sites', () => {
  afterEach(stopAll);

  it('reads both rows of an Experience site, and the guest user of each', async () => {
    const { featureOn, sites } = whole(await collected('sites', small({ sites: both })));
    expect(featureOn).to.equal(true);
    expect(sites.map(({ name, type, status, guestUser }) => [name, type, status, guestUser?.isActive])).to.deep.equal([
      ['Promo', 'Visualforce', 'Active', true],
      ['Portal', 'ChatterNetwork', 'Active', false],
      ['Portal1', 'ChatterNetworkPicasso', 'Active', false],
    ]);
    expect(sites[0]?.guestUser).to.include({ profile: 'Promo Profile' });
  });

  it('takes an unknown Site for no site feature, with View Setup proven', async () => {
    expect(whole(await collected('sites', small()))).to.deep.equal({ featureOn: false, sites: [] });
  });

  it('takes an unknown Site for a gap without View Setup', async () => {
    const evidence = await collected('sites', small({ sites: both, ...without('ViewSetup') }));
    expect(evidence).to.deep.nested.include({
      status: 'unavailable',
      'gap.kind': 'not-supported',
      'gap.grants': ['ViewSetup'],
    });
  });

  it('takes an unknown Site for a gap when the permissions could not be read', async () => {
    const evidence = await collected('sites', small(), (running) => running.fault(/UserPermissionAccess/, refusal()));
    expect(evidence.status).to.equal('unavailable');
  });

  const doubts: ReadonlyArray<[name: string, errorCode: string, status: number]> = [
    ['INVALID_FIELD', 'INVALID_FIELD', 400],
    ['404', 'NOT_FOUND', 404],
    ['INVALID_TYPE of an object that describe knows', 'INVALID_TYPE', 400],
  ];
  for (const [name, errorCode, status] of doubts) {
    it(`trap: takes ${name} for a gap, not for an absent feature`, async () => {
      for (const fact of ['sites', 'networks'] as const) {
        // eslint-disable-next-line no-await-in-loop -- one simulated org at a time
        const evidence = await collected(fact, small({ sites: both }), (running) =>
          running.fault(/FROM (Site|Network)/, refusal(errorCode, status))
        );
        expect(evidence, fact).to.deep.nested.include({ status: 'unavailable', 'gap.kind': 'not-supported' });
      }
    });
  }

  it('trap: takes an unknown Network for a gap when describe is refused for another reason than 404', async () => {
    const evidence = await collected('networks', small(), (running) =>
      running.fault(/Network\/describe/, refusal('INVALID_TYPE', 400))
    );
    expect(evidence.status).to.equal('unavailable');
  });

  it('reads networks and what guests may do there', async () => {
    const { featureOn, networks } = whole(await collected('networks', small({ sites: both })));
    expect(featureOn).to.equal(true);
    expect(networks[0]).to.deep.include({ name: 'Portal', status: 'Live', guestFileAccess: true, guestChatter: false });
  });

  it('leaves out what the API version does not have (guest member visibility, before 47)', async () => {
    const { networks } = whole(
      await collected('networks', small({ sites: both, hiddenFields: ['Network.OptionsGuestMemberVisibility'] }))
    );
    expect(networks[0]).not.to.have.property('guestMemberVisibility');
  });

  it('takes an unknown Network for no digital experiences', async () => {
    expect(whole(await collected('networks', small()))).to.deep.equal({ featureOn: false, networks: [] });
  });

  it('is a part for an auditor to whom networks may be hidden silently', async () => {
    const evidence = await collected(
      'networks',
      small({ sites: both, ...without('ModifyAllData', 'ViewAllData', 'ManageNetworks') })
    );
    expect(evidence).to.deep.include({ status: 'partial' });
    expect(evidence).to.have.nested.property('gap.grants').that.includes('ManageNetworks');
  });

  it('reads active guest users only', async () => {
    const users = whole(await collected('activeGuestUsers', small({ sites: both })));
    expect(users.map(({ profile }) => profile)).to.deep.equal(['Promo Profile']);
  });

  it('is a part where a private sharing model may hide guest users', async () => {
    const hidden = small({
      sites: both,
      features: { userSharing: 'private' },
      ...without('ViewAllUsers', 'ManageUsers'),
    });
    expect(await collected('activeGuestUsers', hidden)).to.deep.include({ status: 'partial', value: [] });
  });
});
