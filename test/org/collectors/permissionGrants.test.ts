import { expect } from 'chai';
import type { GroupInput, ScenarioInput } from '../../../simulator/index.js';
import type { PermissionGrants } from '../../../src/org/facts.js';
import { collected, daysBefore, refusal, small, stopAll, whole, without } from '../support.js';

const administrator = { username: 'admin@small.example', profile: 'Administrator' };
const waiver = { name: 'Waiver', permissions: ['BypassMFAForUiLogins'] };
const bob = { username: 'bob@small.example', profile: 'Staff' };

const org = (more: Partial<ScenarioInput>): ReturnType<typeof small> =>
  small({ permissionSets: [waiver], users: [administrator, bob], ...more });

const grants = async (more: Partial<ScenarioInput>): Promise<PermissionGrants> =>
  whole(await collected('mfaWaivers', org(more)));

/** Who holds it, through what, and with what doubts. */
const said = ({ assignments, undecidedGroups }: PermissionGrants): string[] => [
  ...assignments.map(
    ({ user, through, userIsActive, assignmentIsActive, needsActivation }) =>
      `${user.username.split('@')[0]} ${through.kind} ${through.name}` +
      `${userIsActive ? '' : ' inactive'}${assignmentIsActive ? '' : ' ended'}${needsActivation ? ' activatable' : ''}`
  ),
  ...undecidedGroups.map((name) => `? ${name}`),
];

describe('collector permissionGrants', () => {
  afterEach(stopAll);

  it('finds no user where no user has it', async () => {
    expect(await grants({ permissionSets: [] })).to.deep.equal({
      permission: 'BypassMFAForUiLogins',
      provisioned: true,
      assignments: [],
      unassigned: [],
      undecidedGroups: [],
    });
  });

  it('names a profile by its name, not by the generated one of its permission set', async () => {
    const profiles = [
      { name: 'Administrator', permissions: ['ApiEnabled', 'ViewSetup'] },
      { name: 'Staff', permissions: ['BypassMFAForUiLogins'] },
    ];
    expect(said(await grants({ profiles }))).to.deep.equal(['bob profile Staff']);
  });

  it('sees frozen and inactive users, expired and inactive assignments, and session-based sets for what they are', async () => {
    const value = await grants({
      permissionSets: [waiver, { ...waiver, name: 'Session', sessionActivated: true }],
      users: [
        administrator,
        { ...bob, frozen: true, permissionSets: ['Waiver'] },
        { ...bob, username: 'ina@small.example', active: false, permissionSets: ['Waiver'] },
        { ...bob, username: 'sam@small.example', permissionSets: ['Session'] },
        { ...bob, username: 'eve@small.example' },
        { ...bob, username: 'lee@small.example' },
        { ...bob, username: 'max@small.example' },
      ],
      assignments: [
        { user: 'eve@small.example', permissionSet: 'Waiver', expires: daysBefore(1) },
        { user: 'lee@small.example', permissionSet: 'Waiver', active: false },
        { user: 'max@small.example', permissionSet: 'Waiver', expires: daysBefore(-1) },
      ],
    });
    expect(said(value)).to.have.members([
      'bob permission-set Waiver',
      'ina permission-set Waiver inactive',
      'sam permission-set Session activatable',
      'eve permission-set Waiver ended',
      'lee permission-set Waiver ended',
      'max permission-set Waiver',
    ]);
  });

  it('sees a revoked assignment, whose row stays', async () => {
    const value = await grants({
      tables: (ids) => ({
        PermissionSetAssignment: [
          {
            AssigneeId: ids.user('bob@small.example'),
            PermissionSetId: ids.permissionSet('Waiver'),
            IsActive: true,
            IsRevoked: true,
          },
        ],
      }),
    });
    expect(said(value)).to.deep.equal(['bob permission-set Waiver ended']);
  });

  const group = (more: Partial<GroupInput>): Partial<ScenarioInput> => ({
    groups: [{ name: 'Team', permissionSets: ['Waiver'], ...more }],
    users: [administrator, { ...bob, groups: ['Team'] }],
  });
  const held = ['BypassMFAForUiLogins'];
  const groups: ReadonlyArray<[string, Partial<GroupInput>, string[]]> = [
    ['a group grants what its members have', {}, ['bob group Team']],
    ['a muting set takes it away', { muted: held }, []],
    ['a session-based group can be activated', { sessionActivated: true }, ['bob group Team activatable']],
    ['a stale group whose members have it counts', { status: 'Outdated' }, ['bob group Team']],
    [
      'a failed group whose aggregate agrees counts once',
      { status: 'Failed', lastCalculated: held },
      ['bob group Team'],
    ],
    ['a stale group that mutes it, as its aggregate does, does not count', { status: 'Updating', muted: held }, []],
    [
      'a stale group whose aggregate still has what is muted now is undecided',
      { status: 'Outdated', muted: held, lastCalculated: held },
      ['? Team'],
    ],
  ];
  for (const [name, input, expected] of groups) {
    it(name, async () => expect(said(await grants(group(input)))).to.deep.equal(expected));
  }

  it('trap: names no metadata to change for a standard permission set, which only Salesforce can change', async () => {
    for (const standard of [true, false]) {
      // eslint-disable-next-line no-await-in-loop -- one org at a time
      const { assignments } = await grants({
        permissionSets: [{ name: 'Api', permissions: held, standard }],
        assignments: [{ user: 'bob@small.example', permissionSet: 'Api' }],
      });
      expect(assignments.map(({ through }) => through.components?.length ?? 0)).to.deep.equal([standard ? 0 : 1]);
    }
  });

  it('leaves a stale group undecided whose components are refused', async () => {
    const evidence = await collected('mfaWaivers', org(group({ status: 'Outdated' })), (running) =>
      running.fault(/PermissionSetGroupComponent/, refusal())
    );
    expect(said(whole(evidence))).to.deep.equal(['? Team']);
  });

  it('lists containers without assignees by their names; a member of a group is in use', async () => {
    const { unassigned } = await grants({
      profiles: [
        { name: 'Administrator', permissions: ['ApiEnabled', 'ViewSetup'] },
        { name: 'Staff' },
        { name: 'Nobody', permissions: held },
      ],
      permissionSets: [waiver, { ...waiver, name: 'Spare', label: 'Spare one' }],
      groups: [{ name: 'Team', permissionSets: ['Waiver'] }],
    });
    expect(unassigned.map(({ kind, name }) => `${kind} ${name}`)).to.have.members([
      'profile Nobody',
      'permission-set Spare one',
      'group Team',
    ]);
  });

  it('proves that a permission does not exist by columns that every org has', async () => {
    const absent = small({ features: { apiAccessControl: false } });
    expect(whole(await collected('useAnyApiClient', absent)).provisioned).to.equal(false);
    const evidence = await collected('useAnyApiClient', absent, (running) =>
      running.fault(/sobjects\/PermissionSet\/describe/, { kind: 'json', body: { fields: [{ name: 'Id' }] } })
    );
    expect(whole(evidence).provisioned).to.equal(undefined);
  });

  it('reads an org before API 52 and 57, without expiration and revocation', async () => {
    const value = await grants({
      apiVersion: 50,
      users: [administrator, { ...bob, permissionSets: ['Waiver'] }],
    });
    expect(said(value)).to.deep.equal(['bob permission-set Waiver']);
  });

  it('is a gap that names View Setup without it', async () => {
    const evidence = await collected('mfaWaivers', org(without('ViewSetup')));
    expect(evidence).to.deep.nested.include({
      status: 'unavailable',
      'gap.kind': 'not-supported',
      'gap.grants': ['ViewSetup'],
    });
  });

  it('is a part when rows are cut off', async () => {
    const evidence = await collected('mfaWaivers', org({}), (running) =>
      running.fault(/FROM PermissionSetAssignment/, { kind: 'json', body: { totalSize: 3, done: true, records: [] } })
    );
    expect(evidence).to.deep.nested.include({ status: 'partial', 'gap.kind': 'limit' });
  });
});
