import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Row, Scenario, ScenarioInput, SimulatedOrg } from '../../simulator/index.js';
import type { Evidence, EvidenceOf } from '../../src/engine/types.js';
import type { IncidentFacts, Window } from '../../src/org/incident/facts.js';
import { setupTrail } from '../../src/org/incident/setupTrail.js';
import { gatherIncident, incidentReads } from '../../src/org/index.js';
import { inRoot } from '../../scripts/tools/paths.js';
import { canary } from '../support/secrets.js';
import { context, daysBefore, now, open, refusal, small, stopAll, whole, without } from './support.js';

const lastWeek: Window = { since: daysBefore(7), until: now, open: true };
const asOf = new Date(now);

type People = { admin: string; bob: string; item: string; app: string };
const withRows = (rows: (people: People) => Record<string, Row[]>, more: Partial<ScenarioInput> = {}): Scenario =>
  small({
    tables: (ids) => {
      const people = {
        admin: ids.user('admin@small.example'),
        bob: ids.user('bob@small.example'),
        item: ids.next('AppMenuItem'),
        app: ids.next('ConnectedApplication'),
      };
      return {
        ConnectedApplication: [{ Id: people.app, Name: 'Sync' }],
        AppMenuItem: [{ Id: people.item, ApplicationId: people.app, Name: 'Sync_App' }],
        ...rows(people),
      };
    },
    ...more,
  });

const gathered = async (
  scenario: Scenario,
  { window = lastWeek, apps, prepare }: { window?: Window; apps?: string[]; prepare?: (org: SimulatedOrg) => void } = {}
): Promise<{ facts: EvidenceOf<IncidentFacts>; asked: string[] }> => {
  const { org, reader } = await open(scenario);
  prepare?.(org);
  org.requests.length = 0;
  const facts = await gatherIncident(reader, { window, asOf, ...(apps ? { apps } : {}) });
  org.assertReadOnly();
  return { facts, asked: org.requests.flatMap(({ soql, text }) => [soql ?? '', text]) };
};
const seen = <T>(evidence: Evidence<T> | undefined): T => {
  if (!evidence) throw new Error('It was not collected.');
  return whole(evidence);
};

const token = (UserId: string, more: Row = {}): Row => ({ Id: null, AppName: 'Phantom', UserId, ...more });
const login = (UserId: string, more: Row = {}): Row => ({
  UserId,
  LoginTime: daysBefore(1),
  LoginType: 'Remote Access 2.0',
  LoginSubType: 'OauthUsernamePassword',
  Application: 'Sync',
  SourceIp: '192.0.2.1',
  CountryIso: 'DE',
  Status: 'Success',
  ...more,
});

describe('what an incident reads', () => {
  afterEach(stopAll);

  it('needs no permission that the permission set for the auditing user lacks', () => {
    const granted = readFileSync(inRoot('permission-set/permissionsets/Security_Review_Auditor.permissionset'), 'utf8');
    const lacking = Object.values(incidentReads())
      .flatMap(({ requires }) => [...requires])
      .filter((anyOf) => !anyOf.some((name) => granted.includes(`<name>${name}</name>`)));
    expect(lacking).to.deep.equal([]);
  });

  describe('live tokens', () => {
    it('are counted by app and user, with their last use', async () => {
      const { facts } = await gathered(
        withRows(({ admin, bob, item }) => ({
          OauthToken: [
            token(admin, {
              AppName: 'Sync',
              AppMenuItemId: item,
              UseCount: 3,
              CreatedDate: daysBefore(9),
              LastUsedDate: daysBefore(2),
            }),
            token(admin, { AppName: 'Sync', AppMenuItemId: item, UseCount: 4, CreatedDate: daysBefore(5) }),
            token(bob, { CreatedDate: daysBefore(1) }),
          ],
        }))
      );
      const { population, holders } = seen(facts.liveTokens);
      expect(population).to.equal(3);
      expect(holders.map(({ app, user, item, ...rest }) => [app, user.username, item?.name, rest])).to.deep.equal([
        [
          'Sync',
          'admin@small.example',
          'Sync_App',
          { tokens: 2, uses: 7, oldest: daysBefore(9), newest: daysBefore(5), lastUsed: daysBefore(2) },
        ],
        [
          'Phantom',
          'bob@small.example',
          undefined,
          { tokens: 1, uses: 0, oldest: daysBefore(1), newest: daysBefore(1) },
        ],
      ]);
    });

    const crowd: ScenarioInput['users'] = [
      { username: 'admin@small.example', profile: 'Administrator' },
      { username: 'bob@small.example', profile: 'Staff' },
    ];

    it('trap: 2,500 rows and then silently nothing, so more are asked for by user', async () => {
      const { facts } = await gathered(
        withRows(
          ({ admin, bob }) => ({ OauthToken: Array.from({ length: 2600 }, (_, at) => token(at % 2 ? admin : bob)) }),
          {
            users: [
              ...crowd,
              ...Array.from({ length: 310 }, (_, at) => ({ username: `u${at}@small.example`, profile: 'Staff' })),
            ],
          }
        )
      );
      // Both users come in one query, so even that is cut off: 2,500 of it, and said so.
      expect(facts.liveTokens).to.have.property('status', 'partial');
      expect(facts.liveTokens).to.have.nested.property('gap.detail').that.contains('2500 of 2600');
    });

    it('are whole when asking by user brings the rest', async () => {
      const others = Array.from({ length: 500 }, (_, at) => `u${at}@small.example`);
      const { facts } = await gathered(
        small({
          users: [...crowd, ...others.map((username) => ({ username, profile: 'Staff' }))],
          tables: (ids) => ({
            OauthToken: Array.from({ length: 2600 }, (_, at) => token(ids.user(others[at % 500] ?? ''))),
          }),
        })
      );
      expect(seen(facts.liveTokens).holders.reduce((sum, { tokens }) => sum + tokens, 0)).to.equal(2600);
    });

    it('trap: without the permission a user sees the own tokens only, without a word', async () => {
      const { facts } = await gathered(
        withRows(({ admin, bob }) => ({ OauthToken: [token(admin), token(bob)] }), without('CustomizeApplication'))
      );
      expect(facts.liveTokens).to.have.property('status', 'partial');
      expect(facts.liveTokens).to.have.nested.property('gap.grants').that.deep.equals(['CustomizeApplication']);
    });

    it('trap: are a part when the org counts fewer than it shows', async () => {
      const scenario = withRows(({ admin }) => ({ OauthToken: [token(admin)] }));
      const { facts } = await gathered(scenario, {
        prepare: (org) =>
          org.fault(/COUNT\(\)\s*FROM OauthToken/, { kind: 'json', body: { totalSize: 0, done: true, records: [] } }),
      });
      expect(facts.liveTokens).to.have.nested.property('gap.detail').that.contains('contradict');
    });

    it('are not reported as complete when the org does not count them, or shows no menu', async () => {
      const scenario = withRows(({ admin }) => ({ OauthToken: [token(admin)] }));
      const uncounted = await gathered(scenario, {
        prepare: (org) => org.fault(/COUNT\(\)\s*FROM OauthToken/, refusal()),
      });
      const menuless = await gathered(scenario, { prepare: (org) => org.fault(/AppMenuItem(?!Id)/, refusal()) });
      for (const { facts } of [uncounted, menuless]) {
        expect(facts.liveTokens).to.have.property('status', 'partial');
        expect(facts.liveTokens).to.have.nested.property('value.holders').that.has.length(1);
      }
    });
  });

  describe('logins', () => {
    it('of the window are counted by user, app, flow, address, country and status', async () => {
      const { facts } = await gathered(
        withRows(({ admin, bob }) => ({
          LoginHistory: [
            login(bob),
            login(bob, { LoginTime: daysBefore(3) }),
            login(bob, { Status: 'Invalid Password' }),
            login(admin, { LoginTime: daysBefore(8) }),
          ],
        }))
      );
      const { groups, since } = seen(facts.logins);
      expect(since).to.equal(lastWeek.since);
      expect(groups).to.deep.equal([
        {
          user: { id: groups[0]?.user.id, username: 'bob@small.example' },
          app: 'Sync',
          type: 'Remote Access 2.0',
          flow: 'OauthUsernamePassword',
          address: '192.0.2.1',
          country: 'DE',
          status: 'Success',
          logins: 2,
          first: daysBefore(3),
          last: daysBefore(1),
        },
        { ...groups[0], status: 'Invalid Password', logins: 1, first: daysBefore(1) },
      ]);
    });

    it('of a window that has ended stop there; an open one takes what the clock of the org says of the next hours', async () => {
      const scenario = withRows(({ bob }) => ({
        LoginHistory: [login(bob, { LoginTime: daysBefore(2) }), login(bob, { LoginTime: daysBefore(-0.01) })],
      }));
      const number = async (window: Window): Promise<number> =>
        seen((await gathered(scenario, { window })).facts.logins).groups.reduce((sum, { logins }) => sum + logins, 0);
      expect(await number(lastWeek)).to.equal(2);
      expect(await number({ ...lastWeek, until: daysBefore(1), open: false })).to.equal(1);
    });

    it('trap: more groups than an answer contains are asked for in shorter times, and none is lost', async () => {
      const { facts } = await gathered(
        withRows(({ bob }) => ({
          LoginHistory: [
            ...Array.from({ length: 4500 }, (_, at) =>
              login(bob, {
                SourceIp: `10.0.${Math.floor(at / 250)}.${at % 250}`,
                LoginTime: daysBefore((at % 700) / 100),
              })
            ),
            login(bob, { LoginTime: daysBefore(1) }),
            login(bob, { LoginTime: daysBefore(6) }),
          ],
        }))
      );
      const { groups } = seen(facts.logins);
      expect(groups).to.have.length(4501);
      expect(groups.find(({ address }) => address === '192.0.2.1')).to.deep.include({
        logins: 2,
        first: daysBefore(6),
        last: daysBefore(1),
      });
    });

    it('are a part, with the time that was not read, when one moment has too many groups', async () => {
      const { facts } = await gathered(
        withRows(({ bob }) => ({
          LoginHistory: [
            login(bob, { LoginTime: daysBefore(6) }),
            ...Array.from({ length: 2100 }, (_, at) =>
              login(bob, { SourceIp: `10.0.${Math.floor(at / 250)}.${at % 250}` })
            ),
          ],
        }))
      );
      expect(facts.logins)
        .to.have.nested.property('gap.detail')
        .that.matches(/^Not read from 14 Jun 2026, .* to 14 Jun 2026, /);
      expect(facts.logins).to.have.nested.property('value.groups').that.has.length(1);
    });

    it('trap: without the permission a user sees the own logins only, without a word', async () => {
      const { facts } = await gathered(
        withRows(({ bob }) => ({ LoginHistory: [login(bob)] }), without('ManageUsers', 'MonitorLoginHistory'))
      );
      expect(facts.logins).to.have.nested.property('gap.grants').that.deep.equals(['MonitorLoginHistory']);
    });

    it('and changes of a window that is older than what Salesforce keeps are a part', async () => {
      const { facts } = await gathered(
        withRows(() => ({})),
        { window: { ...lastWeek, since: daysBefore(200) } }
      );
      for (const one of [facts.logins, facts.setupTrail]) {
        expect(one).to.have.nested.property('gap.detail').that.contains('what is older is gone');
      }
    });

    it('are not known when they are refused', async () => {
      const { facts } = await gathered(
        withRows(() => ({})),
        {
          prepare: (org) => org.fault(/FROM LoginHistory/, refusal()),
        }
      );
      expect(facts.logins).to.have.property('status', 'unavailable');
      expect(facts.setupTrail).to.have.property('status', 'complete');
    });
  });

  describe('changes in Setup', () => {
    const change = (CreatedById: string, days: number, more: Row = {}): Row => ({
      Action: 'PermSetEnableUserPerm',
      Section: 'Manage Users',
      Display: 'Changed permission set Integration',
      CreatedById,
      CreatedDate: daysBefore(days),
      ...more,
    });
    const scenario = (more: Partial<ScenarioInput> = {}): Scenario =>
      withRows(
        ({ admin }) => ({
          SetupAuditTrail: [
            change(admin, 6),
            change(admin, 1, { DelegateUser: 'support@small.example' }),
            change(admin, 8),
          ],
        }),
        more
      );

    it('of the window say who, what and when, the newest first', async () => {
      const { changes } = seen((await gathered(scenario())).facts.setupTrail);
      expect(changes.map(({ id, ...rest }) => [typeof id, rest])).to.deep.equal([
        [
          'string',
          {
            time: daysBefore(1),
            by: 'admin@small.example',
            delegate: 'support@small.example',
            action: 'PermSetEnableUserPerm',
            section: 'Manage Users',
            display: 'Changed permission set Integration',
          },
        ],
        [
          'string',
          {
            time: daysBefore(6),
            by: 'admin@small.example',
            action: 'PermSetEnableUserPerm',
            section: 'Manage Users',
            display: 'Changed permission set Integration',
          },
        ],
      ]);
    });

    it('beyond the limit are reported, and the newest kept', async () => {
      const { reader } = await open(scenario());
      const evidence = await setupTrail(lastWeek, 1).collect(reader, context());
      expect(evidence).to.have.nested.property('gap.detail', 'Of 2 changes in the window only the newest 1 were read.');
      expect(evidence).to.have.nested.property('value.changes[0].time', daysBefore(1));
    });

    it('need View Setup', async () => {
      const { facts } = await gathered(scenario(without('ViewSetup')));
      expect(facts.setupTrail).to.have.property('status', 'unavailable');
      expect(facts.setupTrail).to.have.nested.property('gap.grants').that.deep.equals(['ViewSetup']);
    });
  });

  describe('affected users', () => {
    const users: ScenarioInput['users'] = [
      { username: 'admin@small.example', profile: 'Administrator' },
      { username: 'bob@small.example', profile: 'Staff', frozen: true, active: false, permissionSets: ['Power'] },
      { username: 'cara@small.example', profile: 'Staff', groups: ['Team'] },
      { username: 'dan@small.example', profile: 'Staff' },
    ];
    const scenario = (more: Partial<ScenarioInput> = {}): Scenario =>
      small({
        users,
        permissionSets: [
          { name: 'Power', permissions: ['ModifyAllData', 'AuthorApex'] },
          { name: 'Member', permissions: ['ViewAllData', 'ManageUsers'] },
        ],
        groups: [{ name: 'Team', permissionSets: ['Member'], muted: ['ManageUsers'] }],
        tables: (ids) => ({
          OauthToken: [token(ids.user('bob@small.example'))],
          LoginHistory: [
            login(ids.user('cara@small.example'), { Application: 'phantom' }),
            login(ids.user('dan@small.example')),
          ],
        }),
        ...more,
      });

    it('have a token of an affected app, or logged in through one', async () => {
      const { facts } = await gathered(scenario());
      expect(seen(facts.people).map(({ username, profile, active }) => [username, profile, active])).to.deep.equal([
        ['bob@small.example', 'Staff', false],
        ['cara@small.example', 'Staff', true],
      ]);
      const [bob, cara] = seen(facts.people).map(({ id }) => id);
      expect(seen(facts.loginStates).find(({ userId }) => userId === bob)).to.deep.include({ frozen: true });
      expect(seen(facts.powers)).to.deep.equal([
        { userId: bob, permissions: ['AuthorApex', 'ModifyAllData'] },
        { userId: cara, permissions: ['ViewAllData'] },
      ]);
    });

    it('follow the apps that are asked for', async () => {
      const { facts } = await gathered(scenario(), { apps: ['SYNC'] });
      expect(seen(facts.people).map(({ username }) => username)).to.deep.equal(['dan@small.example']);
    });

    it('are asked about only where there are some', async () => {
      const { facts, asked } = await gathered(scenario(without('ManageUsers', 'ViewAllUsers')), { apps: ['Ghost'] });
      expect([seen(facts.people), seen(facts.loginStates), seen(facts.powers)]).to.deep.equal([[], [], []]);
      expect(asked.join()).not.to.match(/UserLogin|PermissionSetAssignment/);
    });

    it('are known in part where the auditing user lacks a permission, each part by itself', async () => {
      const { facts } = await gathered(scenario(without('ManageUsers', 'ViewSetup')));
      expect(facts.people).to.have.property('status', 'complete');
      expect(facts.loginStates).to.have.nested.property('gap.grants').that.deep.equals(['ManageUsers']);
      expect(facts.powers).to.have.nested.property('gap.grants').that.deep.equals(['ViewSetup']);
    });

    it('are known in part while Salesforce has not recalculated a group', async () => {
      const { facts } = await gathered(
        scenario({ groups: [{ name: 'Team', permissionSets: ['Member'], status: 'Outdated' }] })
      );
      expect(facts.powers).to.have.nested.property('gap.detail').that.contains('permission set group Team');
    });
  });

  it('never asks for a column that contains a secret, and lets none out', async () => {
    const secret = (seed: string): string =>
      `${seed} ${canary.accessToken} ${canary.refreshToken} ${canary.consumerSecret}`;
    const { facts, asked } = await gathered(
      withRows(({ admin, item }) => ({
        OauthToken: [
          token(admin, {
            AppName: secret('Sync'),
            AppMenuItemId: item,
            AccessToken: canary.refreshToken,
            DeleteToken: canary.token,
            RequestToken: canary.apiKey,
          }),
        ],
        LoginHistory: [
          login(admin, {
            Application: secret('Sync'),
            Status: secret('Failed'),
            SourceIp: secret(''),
            LoginUrl: `https://login.example/?sid=${canary.accessToken}`,
            Browser: canary.token,
            ForwardedForIp: canary.apiKey,
          }),
        ],
        SetupAuditTrail: [
          {
            Action: 'changedPassword',
            Section: secret('Users'),
            Display: `${secret('Changed the key')}, password to ${canary.password}, ${canary.token} ${canary.github}`,
            DelegateUser: secret('support'),
            CreatedById: admin,
            CreatedDate: daysBefore(1),
          },
        ],
      }))
    );
    expect(asked.join()).not.to.match(/AccessToken|DeleteToken|RequestToken|LoginUrl|ForwardedForIp/);
    const text = JSON.stringify(facts);
    expect(seen(facts.logins).groups).to.have.length(1);
    expect(seen(facts.setupTrail).changes).to.have.length(1);
    const { accessToken, refreshToken, consumerSecret, token: other, apiKey, password, github } = canary;
    for (const one of [accessToken, refreshToken, consumerSecret, other, apiKey, password, github]) {
      expect(text).not.to.contain(one);
    }
  });
});
