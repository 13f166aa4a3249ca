import { expect } from 'chai';
import type { Fault, Row, Scenario, ScenarioInput, SimulatedOrg } from '../../../simulator/index.js';
import { orgCollectors } from '../../../src/org/collectors/index.js';
import type { OauthTokens } from '../../../src/org/facts.js';
import { collected, context, daysBefore, gapIn, open, refusal, small, stopAll, whole, without } from '../support.js';

const approvedOnly = (enableAdminApprovedAppsOnly: boolean): Partial<ScenarioInput> => ({
  features: { apiAccessControl: true },
  settings: { ConnectedAppSettings: { enableAdminApprovedAppsOnly } },
});

describe('connectedApps', () => {
  afterEach(stopAll);

  /** Each app with the namespace of its menu item; `undefined`: it has none. */
  const apps = (
    wanted: ReadonlyArray<[name: string, namespace: string | null | undefined]>,
    made: readonly string[] = [],
    more: Partial<ScenarioInput> = {}
  ): Scenario =>
    small({
      metadata: { ConnectedApp: Object.fromEntries(made.map((name) => [name, {}])) },
      tables: (ids) => {
        const all = wanted.map(([name, namespace]) => ({ id: ids.next('ConnectedApplication'), name, namespace }));
        return {
          ConnectedApplication: all.map(({ id, name }) => ({ Id: id, Name: name, CreatedDate: daysBefore(9) })),
          AppMenuItem: all.flatMap(({ id, name, namespace }) =>
            namespace === undefined ? [] : [{ ApplicationId: id, Name: name, NamespacePrefix: namespace }]
          ),
        };
      },
      ...more,
    });
  const owned = async (scenario: Scenario, prepare?: (org: SimulatedOrg) => void): Promise<unknown[]> => {
    const evidence = await collected('connectedApps', scenario, prepare);
    return evidence.status === 'unavailable' ? [] : evidence.value.map(({ name, own }) => [name, own]);
  };

  it("distinguishes the org's apps from installed ones by the menu and the Metadata API", async () => {
    const scenario = apps(
      [
        ['Mine', null],
        ['Other', null],
        ['Vendor', 'vendor'],
        ['Hidden', undefined],
      ],
      ['mine']
    );
    expect(await owned(scenario)).to.deep.equal([
      ['Mine', true],
      ['Other', false],
      ['Vendor', false],
      ['Hidden', false],
    ]);
  });

  it('trap: an app of the namespace of this org is own, with or without the prefix', async () => {
    const organization = { NamespacePrefix: 'acme' };
    const scenario = apps(
      [
        ['Mine', 'acme'],
        ['Two', 'Acme'],
        ['Mine', 'other'],
      ],
      ['acme__Mine', 'Two'],
      { organization }
    );
    expect(await owned(scenario)).to.deep.equal([
      ['Mine', true],
      ['Two', true],
      ['Mine', false],
    ]);
  });

  it('trap: an app without a menu item may be the own one that has none either', async () => {
    expect(await owned(apps([['Hidden', undefined]], ['Mine']))).to.deep.equal([['Hidden', undefined]]);
  });

  it("trap: any app can take a name, so of two with the name of the org's app neither is known to be it", async () => {
    const twins = apps(
      [
        ['Mine', null],
        ['Mine', null],
        ['Other', null],
      ],
      ['Mine']
    );
    expect(await owned(twins)).to.deep.equal([
      ['Mine', undefined],
      ['Mine', undefined],
      ['Other', false],
    ]);
  });

  it('trap: an app whose menu item may have been cut off may belong to any org', async () => {
    const cut: Fault = { kind: 'json', body: { totalSize: 2, done: true, records: [] } };
    const vendors = apps([['Vendor', 'sf_com_apps']]);
    expect(await owned(vendors, (org) => org.fault(/AppMenuItem/, cut))).to.deep.equal([['Vendor', undefined]]);
  });

  it("cannot recognize the org's apps without the Metadata API or the menu", async () => {
    const scenario = apps(
      [
        ['Mine', null],
        ['Vendor', 'vendor'],
      ],
      ['Mine']
    );
    expect(await owned(scenario, (org) => org.fault(/listMetadata/, refusal()))).to.deep.equal([
      ['Mine', undefined],
      ['Vendor', false],
    ]);
    expect(await owned(scenario, (org) => org.fault(/AppMenuItem/, refusal()))).to.deep.equal([
      ['Mine', undefined],
      ['Vendor', undefined],
    ]);
  });

  it('says that any user may authorize an app, unless API Access Control asks for approval', async () => {
    const self = async (more?: Partial<ScenarioInput>, prepare?: (org: SimulatedOrg) => void): Promise<unknown> =>
      whole(await collected('connectedApps', apps([['App', null]], [], more), prepare))[0]?.selfAuthorized;
    expect(await self()).to.equal(true);
    expect(await self(approvedOnly(false))).to.equal(true);
    expect(await self(approvedOnly(true))).to.equal(false);
    expect(await self(approvedOnly(true), (org) => org.fault(/ConnectedAppSettings/, refusal()))).to.equal(true);
  });

  it('is a part without the permissions that show all apps', async () => {
    const evidence = await collected('connectedApps', apps([], [], without('CustomizeApplication')));
    expect(evidence).to.have.nested.property('gap.grants').that.deep.equals(['CustomizeApplication']);
    const listed = await collected('connectedApps', apps([], [], without('ModifyMetadata', 'ModifyAllData')));
    expect(listed).to.have.property('status', 'partial');
    expect(listed).to.have.nested.property('gap.grants').that.includes('ModifyMetadata');
  });
});

describe('externalClientApps', () => {
  afterEach(stopAll);

  const apps = (rows: readonly Row[], more: Partial<ScenarioInput> = {}): Scenario =>
    small({
      tables: (ids) => {
        const all = rows.map((row) => ({ Id: ids.next('ExternalClientApplication'), ...row }));
        return {
          ExternalClientApplication: all.map((row) => ({ CreatedDate: daysBefore(9), ...row })),
          ExtlClntAppOauthPlcyCnfg: all.flatMap(({ Id, Policy }: Row) =>
            Policy === undefined ? [] : [{ ExternalClientApplicationId: Id, PermittedUsersPolicyType: Policy }]
          ),
        };
      },
      ...more,
    });
  const orgId = small().orgId;

  it("recognizes the org's apps by the org in their name and by the namespace", async () => {
    const scenario = apps(
      [
        { DeveloperName: 'Local', OrgScopedExternalApp: `${orgId.slice(0, 15)}:Local` },
        { DeveloperName: 'Packaged', NamespacePrefix: 'acme', OrgScopedExternalApp: '00D000000000009:Packaged' },
        { DeveloperName: 'Foreign', NamespacePrefix: 'vendor', OrgScopedExternalApp: `${orgId}:Foreign` },
        { DeveloperName: 'Moved', OrgScopedExternalApp: '00D000000000009:Moved' },
        { DeveloperName: 'Unknown' },
      ],
      { organization: { NamespacePrefix: 'Acme' } }
    );
    const found = whole(await collected('externalClientApps', scenario));
    expect(found.map(({ name, own }) => [name, own])).to.deep.equal([
      ['Local', true],
      ['Packaged', true],
      ['Foreign', false],
      ['Moved', false],
      ['Unknown', undefined],
    ]);
  });

  it('says who may authorize an app, as far as its policy tells', async () => {
    const rows = [
      { DeveloperName: 'A', Policy: 'AllSelfAuthorized' },
      { DeveloperName: 'B', Policy: 'AdminApprovedPreAuthorized' },
      { DeveloperName: 'C' },
    ];
    const self = async (more?: Partial<ScenarioInput>, prepare?: (org: SimulatedOrg) => void): Promise<unknown[]> =>
      whole(await collected('externalClientApps', apps(rows, more), prepare)).map(
        ({ selfAuthorized }) => selfAuthorized
      );
    expect(await self()).to.deep.equal([true, false, undefined]);
    expect(await self(approvedOnly(true))).to.deep.equal([false, false, undefined]);
    const refuse = (org: SimulatedOrg): void => org.fault(/ExtlClntAppOauthPlcyCnfg/, refusal());
    expect(await self({}, refuse)).to.deep.equal([undefined, undefined, undefined]);
  });

  it('trap: an unknown object is an absent feature only where the Metadata API knows the type and lists none', async () => {
    const hiddenObjects = ['ExternalClientApplication'];
    expect(whole(await collected('externalClientApps', apps([], { hiddenObjects })))).to.deep.equal([]);
    const listed = { ExternalClientApplication: { Local: {} } };
    const refused = [
      await collected('externalClientApps', apps([], { hiddenObjects, metadata: listed })),
      await collected('externalClientApps', apps([], { apiVersion: 52 })),
      await collected('externalClientApps', apps([], { hiddenObjects, ...without('ModifyMetadata', 'ModifyAllData') })),
      // Below API 59 the Metadata API does not know the type, whatever it lists.
      await collected('externalClientApps', apps([], { hiddenObjects, apiVersion: 58 })),
      await collected('externalClientApps', apps([], without('ExternalClientAppViewer'))),
    ];
    expect(refused.map(({ status }) => status)).to.deep.equal([
      ...['unavailable', 'unavailable', 'unavailable', 'unavailable'],
      'partial',
    ]);
    expect(refused[4]).to.have.nested.property('gap.grants').that.deep.equals(['ExternalClientAppViewer']);
  });
});

describe('an External Client App inventory that is refused', () => {
  afterEach(stopAll);

  for (const [errorCode, status] of [
    ['INVALID_FIELD', 400],
    ['NOT_FOUND', 404],
    ['INVALID_TYPE', 400],
  ] as const) {
    it(`trap: is a gap after one ${errorCode}, while describe knows the object`, async () => {
      for (const fact of ['externalClientApps', 'ownExternalClientApps'] as const) {
        // eslint-disable-next-line no-await-in-loop -- one org at a time
        const evidence = await collected(fact, small(), (org) =>
          org.fault(/FROM ExternalClientApplication/, refusal(errorCode, status))
        );
        expect(evidence, fact).to.deep.nested.include({ status: 'unavailable', 'gap.kind': 'not-supported' });
      }
    });
  }
});

describe('oauthTokens', () => {
  afterEach(stopAll);

  const tokens = (
    rows: (users: readonly string[], item: string) => Row[],
    more: Partial<ScenarioInput> = {},
    installed = true
  ): Scenario =>
    small({
      tables: (ids) => {
        const [app, item] = [ids.next('ConnectedApplication'), ids.next('AppMenuItem')];
        return {
          ConnectedApplication: installed ? [{ Id: app, Name: 'Sync' }] : [],
          AppMenuItem: [{ Id: item, ApplicationId: app, Name: 'Sync' }],
          OauthToken: rows([ids.user('admin@small.example'), ids.user('bob@small.example')], item),
        };
      },
      ...more,
    });
  const many = (count: number, users: readonly string[], more: Row = {}): Row[] =>
    Array.from({ length: count }, (_, index) => ({
      Id: null,
      AppName: 'Phantom',
      UserId: users[index % users.length],
      ...more,
    }));
  const crowd: ScenarioInput['users'] = [
    { username: 'admin@small.example', profile: 'Administrator' },
    { username: 'bob@small.example', profile: 'Staff' },
    ...Array.from({ length: 600 }, (_, index) => ({ username: `u${index}@small.example`, profile: 'Staff' })),
  ];
  const crowded = (count: number): Scenario =>
    small({
      users: crowd,
      tables: (ids) => ({
        OauthToken: many(
          count,
          crowd.map(({ username }) => ids.user(username))
        ),
      }),
    });

  it('trap: groups tokens of apps that are not installed by name, because Id is always null', async () => {
    const scenario = tokens(([admin, bob], item) => [
      { Id: null, AppName: 'Sync', AppMenuItemId: item, UserId: admin },
      { Id: null, AppName: 'Phantom', UserId: bob, UseCount: 3, LastUsedDate: daysBefore(9) },
      { Id: null, AppName: 'Phantom', UserId: admin, UseCount: 4, LastUsedDate: daysBefore(2) },
      { Id: null, AppName: 'Phantom', UserId: admin },
      { Id: null, UserId: admin },
    ]);
    const expected: OauthTokens = {
      uninstalled: [
        {
          appName: 'Phantom',
          tokens: 3,
          ofAnotherApp: 0,
          users: ['admin@small.example', 'bob@small.example'],
          uses: 7,
          lastUsed: daysBefore(2),
        },
        { appName: 'an app without a name', tokens: 1, ofAnotherApp: 0, users: ['admin@small.example'], uses: 0 },
      ],
      population: 5,
    };
    expect(whole(await collected('oauthTokens', scenario))).to.deep.equal(expected);
  });

  it('never asks for a column that contains a secret', async () => {
    const { org, reader } = await open(tokens((users, item) => many(30, users, { AppMenuItemId: item })));
    const before = org.requests.length;
    expect(whole(await orgCollectors.oauthTokens.collect(reader, context()))).to.deep.equal({
      uninstalled: [],
      population: 30,
    });
    expect(org.requests.slice(before).filter(({ soql }) => soql?.includes('OauthToken'))).to.have.length(3);
    expect(org.requests.map(({ text }) => text).join()).not.to.match(/AccessToken|DeleteToken|RequestToken/);
  });

  it('trap: a menu entry whose app is in no inventory exonerates no token', async () => {
    const scenario = tokens((users, item) => many(2, users, { AppMenuItemId: item }), {}, false);
    const { uninstalled } = whole(await collected('oauthTokens', scenario));
    expect(uninstalled.map(({ appName, tokens: held, ofAnotherApp }) => [appName, held, ofAnotherApp])).to.deep.equal([
      ['Phantom', 2, 2],
    ]);
  });

  it('trap: a count of 0 with rows is a contradiction', async () => {
    const scenario = tokens((users) => many(2, users, {}));
    const evidence = await collected('oauthTokens', scenario, (org) =>
      org.fault(/COUNT\(\) FROM OauthToken/, { kind: 'json', body: { totalSize: 0, done: true, records: [] } })
    );
    expect(gapIn(evidence).detail).to.match(/counted 0 live tokens and sent 2/);
  });

  it("counts tokens of Salesforce's own users apart", async () => {
    const scenario = small({
      users: [
        { username: 'admin@small.example', profile: 'Administrator' },
        { username: 'cloud@00dhs0000000001', profile: 'Staff', fields: { UserType: 'CloudIntegrationUser' } },
      ],
      tables: (ids) => ({
        OauthToken: ['admin@small.example', 'cloud@00dhs0000000001'].map((username) => ({
          Id: null,
          AppName: 'AI Platform Auth',
          UserId: ids.user(username),
          UseCount: 1,
        })),
      }),
    });
    const { uninstalled } = whole(await collected('oauthTokens', scenario));
    expect(uninstalled.map(({ users, salesforceUsers }) => [users, salesforceUsers])).to.deep.equal([
      [['admin@small.example'], undefined],
      [['cloud@00dhs0000000001'], true],
    ]);
  });

  it('trap: the menu has more entries than an address has room for', async () => {
    const scenario = small({
      tables: (ids) => {
        const entries = Array.from(
          { length: 700 },
          () => [ids.next('ConnectedApplication'), ids.next('AppMenuItem')] as const
        );
        return {
          ConnectedApplication: entries.map(([Id], index) => ({ Id, Name: `App ${index}` })),
          AppMenuItem: entries.map(([ApplicationId, Id]) => ({ Id, ApplicationId, Name: 'app' })),
          OauthToken: [
            ...entries.map(([, item]) => ({
              Id: null,
              AppName: 'App',
              AppMenuItemId: item,
              UserId: ids.user('bob@small.example'),
            })),
            { Id: null, AppName: 'Phantom', UserId: ids.user('bob@small.example') },
          ],
        };
      },
    });
    const { org, reader } = await open(scenario);
    const { uninstalled, population } = whole(await orgCollectors.oauthTokens.collect(reader, context()));
    expect(uninstalled.map(({ appName, tokens: held }) => [appName, held])).to.deep.equal([['Phantom', 1]]);
    expect(population).to.equal(701);
    expect(Math.max(...org.requests.map(({ text }) => text.length))).to.be.below(16_000);
  });

  it('reads 2,500 tokens in pages of 500', async () => {
    const { uninstalled } = whole(await collected('oauthTokens', crowded(2500)));
    expect(uninstalled[0]).to.deep.include({ tokens: 2500 });
  });

  it('trap: 2,500 rows and then silently nothing, so more are asked for by user', async () => {
    const { uninstalled } = whole(await collected('oauthTokens', crowded(2501)));
    expect(uninstalled[0]).to.deep.include({ tokens: 2501 });
    expect(uninstalled[0]?.users).to.have.length(602);
  });

  for (const cappedAnswer of ['done', 'no-locator'] as const) {
    it(`is a part when even the users of one query have more (${cappedAnswer})`, async () => {
      const evidence = await collected(
        'oauthTokens',
        tokens((users) => many(2600, users), { features: { cappedAnswer } })
      );
      expect(evidence).to.have.property('status', 'partial');
      expect(evidence).to.have.nested.property('gap.kind', 'limit');
    });
  }

  it('trap: without the permission a user sees the own tokens only, without a word', async () => {
    const evidence = await collected(
      'oauthTokens',
      tokens((users) => many(4, users), without('CustomizeApplication'))
    );
    expect(evidence).to.have.property('status', 'partial');
    expect(evidence).to.have.nested.property('gap.grants').that.deep.equals(['CustomizeApplication']);
  });
});

describe('externalClientAppPolicies', () => {
  afterEach(stopAll);

  const policies = (more: Partial<ScenarioInput> = {}): Scenario =>
    small({
      tables: () => ({
        ExternalClientApplication: [
          { Id: '0xIHs0000000001AAA', DeveloperName: 'One' },
          { Id: '0xIHs0000000002AAA', DeveloperName: 'Two' },
        ],
        ExtlClntAppOauthPlcyCnfg: [
          { ExternalClientApplicationId: '0xIHs0000000001AAA', IpRelaxationPolicyType: 'Bypass' },
          { ExternalClientApplicationId: '0xIHs0000000002AAA' },
        ],
      }),
      ...more,
    });

  it('gives the IP relaxation of each app, and none where Salesforce sent none', async () => {
    expect(whole(await collected('externalClientAppPolicies', policies()))).to.deep.equal([
      { app: '0xIHs0000000001AAA', ipRelaxation: 'Bypass' },
      { app: '0xIHs0000000002AAA' },
    ]);
  });

  it('is a part without View all External Client Apps, and a gap when it is refused', async () => {
    expect(
      (await collected('externalClientAppPolicies', policies(without('ExternalClientAppViewer')))).status
    ).to.equal('partial');
    const refused = await collected('externalClientAppPolicies', policies(), (org) =>
      org.fault(/ExtlClntAppOauthPlcyCnfg/, refusal('INVALID_FIELD', 400))
    );
    expect(refused.status).to.equal('unavailable');
  });
});

describe('externalClientAppSettings', () => {
  afterEach(stopAll);

  it('trap: a key that was not sent, or is null, is not off', async () => {
    const settings = {
      ExternalClientAppSettings: { enableConsumerSecretApiAccess: null, enableClientSecretInRestApiAccess: false },
    };
    expect(whole(await collected('externalClientAppSettings', small({ settings })))).to.deep.equal({
      secretsInRestApi: false,
    });
  });

  it('trap: a version that does not have the settings yet leaves a gap of the read, which no attestation replaces', async () => {
    const settings = { ExternalClientAppSettings: { enableConsumerSecretApiAccess: true } };
    const { reader } = await open(small({ settings }), { apiVersion: '59.0' });
    const gap = gapIn(await orgCollectors.externalClientAppSettings.collect(reader, context()));
    expect(gap.kind).to.equal('not-supported');
    expect(gap.detail).to.contain('60.0 or later');
  });

  it('is a gap when the org sends no settings', async () => {
    expect((await collected('externalClientAppSettings', small())).status).to.equal('unavailable');
  });
});

describe('uninstalledAppApprovers and anyApiAuth', () => {
  afterEach(stopAll);

  it('read the grants of Approve Uninstalled Connected Apps and of Use Any API Auth', async () => {
    const input = small({
      permissionSets: [{ name: 'Apps', permissions: ['CanApproveUninstalledApps', 'UseAnyApiAuth'] }],
      assignments: [{ user: 'bob@small.example', permissionSet: 'Apps' }],
    });
    for (const fact of ['uninstalledAppApprovers', 'anyApiAuth'] as const) {
      // eslint-disable-next-line no-await-in-loop -- one org at a time
      const { provisioned, assignments } = whole(await collected(fact, input));
      expect(provisioned).to.equal(true);
      expect(
        assignments.map(({ user }) => user.username),
        fact
      ).to.deep.equal(['bob@small.example']);
    }
  });
});
