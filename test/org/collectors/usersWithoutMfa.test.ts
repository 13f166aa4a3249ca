import { expect } from 'chai';
import type { ScenarioInput } from '../../../simulator/index.js';
import { orgCollectors } from '../../../src/org/collectors/index.js';
import { collected, context, open, refusal, small, stopAll, whole, without } from '../support.js';

const administrator = { username: 'admin@small.example', profile: 'Administrator', permissionSets: ['Mfa'] };
const user = (name: string, more: Partial<ScenarioInput['users'][number]> = {}): ScenarioInput['users'][number] => ({
  username: `${name}@small.example`,
  profile: 'Staff',
  ...more,
});
const force = ['ForceTwoFactor'];

const org = (users: ScenarioInput['users'], more: Partial<ScenarioInput> = {}): ReturnType<typeof small> =>
  small({
    permissionSets: [
      { name: 'Mfa', permissions: force },
      { name: 'Session_Mfa', permissions: force, sessionActivated: true },
      { name: 'Sso', permissions: ['IsSsoEnabled'] },
      { name: 'Api', permissions: ['ApiUserOnly'] },
    ],
    settings: { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: false } } },
    ...more,
    users: [administrator, ...users],
  });

const names = async (scenario: ReturnType<typeof small>): Promise<string[]> =>
  whole(await collected('usersWithoutMfa', scenario)).users.map(({ username }) => username.split('@')[0] ?? '');

describe('collector usersWithoutMfa', () => {
  afterEach(stopAll);

  it('selects no user where the org-wide switch is on, and needs nothing for that but to see all users', async () => {
    const settings = { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: true } } };
    const on = org([user('bob')], { settings, ...without('ModifyMetadata', 'ModifyAllData') });
    const { org: simulated, reader } = await open(on);
    const value = whole(await orgCollectors.usersWithoutMfa.collect(reader, context()));
    expect(value).to.deep.equal({ coveredByOrgSwitch: true, users: [], population: 2 });
    expect(simulated.requests.filter(({ soql }) => (soql ?? '').includes('Username'))).to.deep.equal([]);
  });

  it('asks what it needs about the users before it knows them, in the calls that it sends anyway', async () => {
    const { org: simulated, reader } = await open(org([user('bob')]));
    await orgCollectors.usersWithoutMfa.collect(reader, context());
    const at = (is: (text: string) => boolean): number[] =>
      simulated.requests.flatMap(({ parts, text, body }, index) =>
        is([text, body, ...(parts ?? []).map((part) => part.text)].join(' ')) ? [index] : []
      );
    const [users = -1] = at((text) => text.includes('Username') && text.includes('NOT IN (SELECT AssigneeId'));
    const sets = ['ForceTwoFactor', 'ApiUserOnly', 'IsSsoEnabled'].map((name) =>
      at((text) => text.includes(`FROM PermissionSet WHERE Permissions${name}`))
    );
    expect(sets).to.deep.equal([sets[0], sets[0], sets[0]]);
    const listed = at((text) => text.includes('listMetadata') && text.includes('ProfileSessionSetting'));
    for (const [first = users] of [...sets, listed]) expect(first).to.be.below(users);
  });

  it('leaves out whom a profile, a permission set or a group forces', async () => {
    const selected = await names(
      org([user('bob'), user('pam', { permissionSets: ['Mfa'] }), user('gus', { groups: ['Team'] })], {
        groups: [{ name: 'Team', permissionSets: ['Mfa'] }],
      })
    );
    expect(selected).to.deep.equal(['bob']);
  });

  it('does not count an expired, inactive or revoked assignment, nor a session-based one, nor a muted one', async () => {
    const selected = await names(
      org(
        [
          user('eve'),
          user('sam', { permissionSets: ['Session_Mfa'] }),
          user('mia', { groups: ['Muted'] }),
          user('sue', { groups: ['Session'] }),
          user('rob'),
        ],
        {
          groups: [
            { name: 'Muted', permissionSets: ['Mfa'], muted: force },
            { name: 'Session', permissionSets: ['Mfa'], sessionActivated: true },
          ],
          assignments: [{ user: 'eve@small.example', permissionSet: 'Mfa', active: false }],
          tables: (ids) => ({
            PermissionSetAssignment: [
              {
                AssigneeId: ids.user('rob@small.example'),
                PermissionSetId: ids.permissionSet('Mfa'),
                IsActive: true,
                IsRevoked: true,
              },
            ],
          }),
        }
      )
    );
    expect(selected).to.have.members(['eve', 'sam', 'mia', 'sue', 'rob']);
  });

  it('counts active internal users only, frozen ones too, and says what it knows of each', async () => {
    const value = whole(
      await collected(
        'usersWithoutMfa',
        org(
          [
            user('ina', { active: false }),
            user('fay', { frozen: true }),
            user('sso', { permissionSets: ['Sso'] }),
            user('api', { permissionSets: ['Api'] }),
          ],
          { metadata: { ProfileSessionSetting: { S1: { profile: 'staff', requiredSessionLevel: 'HIGH_ASSURANCE' } } } }
        )
      )
    );
    expect(value.population).to.equal(4);
    const flags = value.users.map(({ username, frozen, apiOnly, sso, highAssurance }) => [
      username.split('@')[0],
      frozen,
      apiOnly,
      sso,
      highAssurance,
    ]);
    expect(flags).to.deep.equal([
      ['fay', true, false, false, true],
      ['sso', false, false, true, true],
      ['api', false, true, false, true],
    ]);
  });

  describe('the profiles that need a high-assurance session', () => {
    const everything = ['ApiEnabled', 'ViewSetup', 'ManageUsers', 'ModifyAllData'];
    const orgOf = (
      profiles: ReadonlyArray<{ name: string; fullName?: string }>,
      settings: Record<string, 'HIGH_ASSURANCE' | 'STANDARD'>
    ): ReturnType<typeof small> =>
      org(
        profiles.map(({ name }, index) => user(`user${index}`, { profile: name })),
        {
          profiles: [{ name: 'Administrator', permissions: everything }, ...profiles],
          metadata: {
            ProfileSessionSetting: Object.fromEntries(
              Object.entries(settings).map(([profile, requiredSessionLevel], index) => [
                `S${index}`,
                { profile, requiredSessionLevel },
              ])
            ),
          },
        }
      );
    const needs = async (scenario: ReturnType<typeof small>): Promise<Array<boolean | undefined>> =>
      whole(await collected('usersWithoutMfa', scenario)).users.map(({ highAssurance }) => highAssurance);

    for (const [name, profile, setting] of [
      ['System Administrator', { name: 'System Administrator', fullName: 'Admin' }, 'admin'],
      ['a translated System Administrator', { name: 'Systemadministrator', fullName: 'Admin' }, 'admin'],
      ['Standard User', { name: 'Standard User', fullName: 'Standard' }, 'standard'],
      ['Authenticated Website', { name: 'Authenticated Website', fullName: 'PlatformPortal' }, 'platformportal'],
      ['a custom one', { name: 'Sales EMEA' }, 'sales emea'],
      ['a name that comes encoded in both', { name: 'Sales: EMEA', fullName: 'Sales%3A EMEA' }, 'sales%3a emea'],
      ['a name that comes encoded in one', { name: 'Sales: EMEA', fullName: 'Sales%3A EMEA' }, 'sales: emea'],
      ['a sign of percent that encodes nothing', { name: '50% Staff', fullName: '50% Staff' }, '50% staff'],
    ] as const) {
      it(`are found by the name that the Metadata API gives them: ${name}`, async () => {
        const scenario = orgOf([profile, { name: 'Other' }], { [setting]: 'HIGH_ASSURANCE' });
        expect(await needs(scenario)).to.deep.equal([true, false]);
      });
    }

    it('are not those that people see under that name', async () => {
      const profiles = [
        { name: 'Admin', fullName: 'Admin1' },
        { name: 'System Administrator', fullName: 'Admin' },
      ];
      expect(await needs(orgOf(profiles, { admin: 'HIGH_ASSURANCE' }))).to.deep.equal([false, true]);
    });

    it('trap: leave open each profile when a component came without its profile, which is not a deleted one', async () => {
      const scenario = orgOf([{ name: 'Sales' }], { sales: 'HIGH_ASSURANCE' });
      const evidence = await collected('usersWithoutMfa', scenario, (running) =>
        running.fault(/readMetadata/, {
          kind: 'altered',
          alter: (body) => body.replace(/<profile>[^<]*<\/profile>/, ''),
        })
      );
      expect(whole(evidence).users.map(({ highAssurance }) => highAssurance)).to.deep.equal([undefined]);
    });

    it('leave open, when one is not in the list of profiles, each profile that has no level of its own', async () => {
      const profiles = [{ name: 'Other' }, { name: 'Plain' }, { name: 'Strict' }];
      const settings = { elsewhere: 'HIGH_ASSURANCE', plain: 'STANDARD', strict: 'HIGH_ASSURANCE' } as const;
      expect(await needs(orgOf(profiles, settings))).to.deep.equal([undefined, false, true]);
    });

    it('leave no user open when the one that is not in the list asks for less', async () => {
      expect(await needs(orgOf([{ name: 'Other' }], { elsewhere: 'STANDARD' }))).to.deep.equal([false]);
    });

    it('accuse no user, and make it a part, when the list of profiles is refused', async () => {
      const scenario = orgOf([{ name: 'Strict' }], { strict: 'HIGH_ASSURANCE' });
      const evidence = await collected('usersWithoutMfa', scenario, (running) =>
        running.fault(({ body }) => body.includes('<type>Profile</type>'), refusal())
      );
      expect(evidence.status).to.equal('partial');
      expect(
        evidence.status === 'partial' && evidence.value.users.map(({ highAssurance }) => highAssurance)
      ).to.deep.equal([undefined]);
    });
  });

  it('is a part when a stale group may force a user', async () => {
    const stale = org([user('otto', { groups: ['Team'] })], {
      groups: [{ name: 'Team', permissionSets: ['Mfa'], status: 'Outdated' }],
    });
    expect(await collected('usersWithoutMfa', stale)).to.deep.nested.include({
      status: 'partial',
      'gap.kind': 'unreadable',
    });
  });

  it('is a part without the permissions that the excuses of a user rest on', async () => {
    const evidence = await collected(
      'usersWithoutMfa',
      org([user('bob')], without('ManageUsers', 'ModifyMetadata', 'ModifyAllData'))
    );
    expect(evidence.status).to.equal('partial');
    expect(evidence).to.have.nested.property('gap.grants').that.includes.members(['ManageUsers', 'ModifyMetadata']);
  });

  it('selects users when the settings are refused', async () => {
    const evidence = await collected('usersWithoutMfa', org([user('bob')]), (running) =>
      running.fault(/SecuritySettings/, refusal())
    );
    expect(whole(evidence)).to.deep.include({ coveredByOrgSwitch: false });
  });
});
