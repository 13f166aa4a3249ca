import { expect } from 'chai';
import type { Row, Scenario, ScenarioInput } from '../../../simulator/index.js';
import { orgCollectors } from '../../../src/org/collectors/index.js';
import { collected, context, daysBefore, gapIn, open, refusal, small, stopAll, whole, without } from '../support.js';

describe('setupChanges', () => {
  afterEach(stopAll);

  it('selects removals and rotations by their action', async () => {
    const evidence = await collected(
      'setupChanges',
      small({
        tables: (ids) => ({
          SetupAuditTrail: [
            {
              Action: 'deleteConnectedApplication',
              Display: 'Deleted connected app Sync',
              CreatedById: ids.user('bob@small.example'),
              CreatedDate: daysBefore(9),
            },
            { Action: 'deleteApplication', CreatedDate: daysBefore(8) },
            { Action: 'generateOauthStagedCredential', Display: 'Generated', CreatedDate: daysBefore(7) },
            { Action: 'insertApplication', Display: 'Created', CreatedDate: daysBefore(6) },
          ],
        }),
      })
    );
    const { actions, changes } = whole(evidence);
    expect(actions).to.have.members([
      'deleteConnectedApplication',
      'deleteApplication',
      'generateOauthStagedCredential',
    ]);
    expect(changes.map(({ display, by, time }) => [display, by, time])).to.deep.equal([
      ['Deleted connected app Sync', 'bob@small.example', daysBefore(9)],
      ['deleteApplication', undefined, daysBefore(8)],
      ['Generated', undefined, daysBefore(7)],
    ]);
  });

  it('is unavailable without View Setup, and states it', async () => {
    const evidence = await collected('setupChanges', small(without('ViewSetup')));
    expect(evidence).to.have.property('status', 'unavailable');
    expect(evidence).to.have.nested.property('gap.grants').that.deep.equals(['ViewSetup']);
  });
});

describe('certificates', () => {
  afterEach(stopAll);

  const org = (rows: readonly Row[], more: Partial<ScenarioInput> = {}): Scenario =>
    small({
      metadata: { Certificate: Object.fromEntries(rows.map(({ DeveloperName }) => [String(DeveloperName), {}])) },
      tables: () => ({ Certificate: [...rows] }),
      ...more,
    });
  const selfSigned = (DeveloperName: string, KeySize: number): Row => ({
    DeveloperName,
    KeySize,
    ExpirationDate: '2027-03-01T00:00:00.000Z',
    CreatedDate: '2026-01-01T00:00:00.000Z',
  });

  it('reads dates and what is unusable', async () => {
    const rows = [
      selfSigned('Jwt', 2048),
      { ...selfSigned('Off', 4096), OptionsIsUnusable: true, ExpirationDate: '2026-01-31' },
    ];
    const found = whole(await collected('certificates', org(rows)));
    expect(found.map(({ name, expires, created, unusable }) => [name, expires, created, unusable])).to.deep.equal([
      ['Jwt', '2027-03-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', false],
      ['Off', '2026-01-31T00:00:00.000Z', '2026-01-01T00:00:00.000Z', true],
    ]);
    expect(found.map(({ derived }) => derived)).to.deep.equal([false, false]);
  });

  it('trap: a date without a time is the end of that day', async () => {
    const rows = [{ ...selfSigned('Jwt', 2048), Id: '0P1Hs0000000001AAA', OptionsIsCaSigned: false }];
    const body = {
      totalSize: 1,
      done: true,
      records: [{ ...rows[0], ExpirationDate: '2027-03-01', OptionsIsUnusable: false, OptionsIsSystemManaged: false }],
    };
    const evidence = await collected('certificates', org(rows), (running) =>
      running.fault(/FROM Certificate/, { kind: 'json', body })
    );
    expect(whole(evidence)[0]?.expires).to.equal('2027-03-01T23:59:59.999Z');
  });

  it('names the certificates that Salesforce manages, and reads the others where that column is missing', async () => {
    const rows = [selfSigned('Jwt', 2048), { ...selfSigned('Identity', 4096), OptionsIsSystemManaged: true }];
    const managed = async (more: Partial<ScenarioInput> = {}): Promise<unknown[]> =>
      whole(await collected('certificates', org(rows, more))).map((one) => [one.name, one.systemManaged, one.derived]);
    expect(await managed()).to.deep.equal([
      ['Jwt', undefined, false],
      ['Identity', true, false],
    ]);
    expect(await managed({ hiddenFields: ['Certificate.OptionsIsSystemManaged'] })).to.deep.equal([
      ['Jwt', undefined, false],
      ['Identity', undefined, false],
    ]);
  });

  it('trap: a column that was asked for and not sent is a gap, not a certificate that Salesforce does not manage', async () => {
    const evidence = await collected('certificates', org([selfSigned('Own', 2048)]), (running) =>
      running.fault(/FROM Certificate/, {
        kind: 'altered',
        alter: (body) => body.replace(/"OptionsIsSystemManaged":(?:true|false),?/g, '').replace(/,}/g, '}'),
      })
    );
    expect(gapIn(evidence).detail).to.match(/^Certificate could not be read/);
  });

  it('trap: without CreatedDate a self-signed certificate tells it by its term', async () => {
    const rows = [
      selfSigned('Small', 2048),
      selfSigned('Large', 4096),
      selfSigned('Odd', 1024),
      { ...selfSigned('Signed', 2048), OptionsIsCaSigned: true },
    ];
    const found = whole(await collected('certificates', org(rows, { hiddenFields: ['Certificate.CreatedDate'] })));
    expect(found.map(({ name, created, derived }) => [name, created?.slice(0, 10), derived])).to.deep.equal([
      ['Small', '2026-03-01', true],
      ['Large', '2025-03-01', true],
      ['Odd', undefined, false],
      ['Signed', undefined, false],
    ]);
  });

  it('trap: no page documents who sees certificates, so the Metadata API must name no others', async () => {
    const metadata = { Certificate: { Jwt: {}, Unseen: {} } };
    const evidence = await collected('certificates', org([selfSigned('Jwt', 2048)], { metadata }));
    expect(evidence).to.have.property('status', 'partial');
    expect(evidence)
      .to.have.nested.property('gap.detail')
      .that.matches(/Unseen/);
  });

  it('is unavailable without the Metadata API', async () => {
    const evidence = await collected('certificates', org([], without('ModifyMetadata', 'ModifyAllData')));
    expect(evidence).to.have.property('status', 'unavailable');
    expect(evidence).to.have.nested.property('gap.grants').that.includes('ModifyMetadata');
  });
});

describe('oauthFlowSettings', () => {
  afterEach(stopAll);

  const settings = { OauthOidcSettings: { blockOAuthUnPwFlow: true, blockOAuthUsrAgtFlow: false } };

  it('reads both switches', async () => {
    expect(whole(await collected('oauthFlowSettings', small({ settings })))).to.deep.equal({
      usernamePasswordBlocked: true,
      userAgentBlocked: false,
    });
  });

  it('leaves out what was not sent', async () => {
    expect(whole(await collected('oauthFlowSettings', small({ settings: { OauthOidcSettings: {} } })))).to.deep.equal(
      {}
    );
  });

  it('trap: the type is absent below API 56', async () => {
    const evidence = await collected('oauthFlowSettings', small({ settings, apiVersion: 55 }));
    expect(evidence).to.have.nested.property('gap.kind', 'not-supported');
  });
});

describe('linkedOrgs', () => {
  afterEach(stopAll);

  const hub = (more: Partial<ScenarioInput> = {}): Scenario =>
    small({
      features: { devHub: true },
      settings: { DevHubSettings: { enableScratchOrgManagementPref: true } },
      tables: () => ({
        NamespaceRegistry: [
          { NamespacePrefix: 'acmepay', NamespaceOrg: '00D00000000000P' },
          { NamespacePrefix: 'spare', NamespaceOrg: '00D00000000000S' },
        ],
        Package2: [
          { Name: 'Pay', NamespacePrefix: 'AcmePay', ContainerOptions: 'Managed' },
          { Name: 'Pay Plus', NamespacePrefix: 'acmepay', ContainerOptions: 'Managed' },
          { Name: 'Old', NamespacePrefix: 'gone', ContainerOptions: 'Managed' },
          { Name: 'Retired', NamespacePrefix: 'retired', ContainerOptions: 'Managed', IsDeprecated: true },
          { Name: 'Scripts', NamespacePrefix: 'tools', ContainerOptions: 'Unlocked' },
          { Name: 'Loose', ContainerOptions: 'Unlocked' },
        ],
      }),
      ...more,
    });

  it('trap: joins the registry and managed packages by namespace, without deprecated and unlocked ones', async () => {
    expect(whole(await collected('linkedOrgs', hub()))).to.deep.equal({
      read: true,
      links: [
        { namespace: 'acmepay', orgId: '00D00000000000P', packages: ['Pay', 'Pay Plus'] },
        { namespace: 'spare', orgId: '00D00000000000S', packages: [] },
        { namespace: 'gone', packages: ['Old'] },
      ],
    });
  });

  it('trap: a namespace with two entries in the registry is two linked orgs', async () => {
    const NamespaceRegistry = ['P', 'Q'].map((end) => ({
      NamespacePrefix: 'acmepay',
      NamespaceOrg: `00D00000000000${end}`,
    }));
    const { links } = whole(await collected('linkedOrgs', hub({ tables: () => ({ NamespaceRegistry }) })));
    expect(links.map(({ orgId }) => orgId)).to.deep.equal(['00D00000000000P', '00D00000000000Q']);
  });

  it('asks for nothing where the org is no Dev Hub, and needs no permission then', async () => {
    const settings = { DevHubSettings: { enableScratchOrgManagementPref: false } };
    const { org, reader } = await open(hub({ settings, features: {}, ...without('Packaging2') }));
    expect(whole(await orgCollectors.linkedOrgs.collect(reader, context()))).to.deep.equal({ read: false, links: [] });
    expect(org.requests.map(({ text }) => text).join()).not.to.match(/NamespaceRegistry|FROM Package2/);
  });

  it('leaves an undecided role undecided', async () => {
    const evidence = await collected('linkedOrgs', hub({ settings: {}, features: {} }));
    expect(whole(evidence)).to.deep.equal({ read: false, links: [] });
  });

  it('trap: packages are hidden without the permission to create them', async () => {
    const evidence = await collected('linkedOrgs', hub(without('Packaging2')));
    expect(evidence).to.have.property('status', 'unavailable');
    expect(evidence).to.have.nested.property('gap.grants').that.deep.equals(['Packaging2']);
  });

  it('is unavailable when the registry of a Dev Hub is refused', async () => {
    const evidence = await collected('linkedOrgs', hub(), (org) => org.fault(/NamespaceRegistry/, refusal()));
    expect(evidence).to.have.property('status', 'unavailable');
  });
});
