/* eslint-disable camelcase -- the names of Salesforce columns and components */
import { expect } from 'chai';
import { SCENARIOS } from '../../../simulator/index.js';
import type { Ids, Row, Scenario, ScenarioInput } from '../../../simulator/index.js';
import { GLOBAL_SECRET } from '../../../simulator/scenarios/hardened.js';
import { AUDIT_PERMISSIONS } from '../../../simulator/scenario.js';
import { complete } from '../../../src/engine/evidence.js';
import { review } from '../../../src/engine/review.js';
import type { Evidence } from '../../../src/engine/types.js';
import { catalogue } from '../../../src/catalogue.js';
import { orgCollectors } from '../../../src/org/collectors/index.js';
import { orgDomain } from '../../../src/org/index.js';
import { parsePolicy } from '../../../src/policy/parse.js';
import { collected, context, daysBefore, gapIn, open, refusal, small, stopAll, whole, without } from '../support.js';

const secret = 'CANARY77DEADBEEF77DEADBEEF77DEADBEEF77DEADBEEF77DEADBEEF77DEADBE';
const asking = context({ params: { 'org/own-apps-require-pkce': { readGlobalOauthSettings: true } } });
const sync = {
  label: 'Acme Sync',
  oauthConfig: {
    callbackUrl: 'https://a.example/cb\nhttp://localhost:1717/cb\nhttps://a.example/cb',
    certificate: 'MIIC',
    consumerKey: 'key',
    consumerSecret: secret,
    isClientCredentialEnabled: true,
    isDeviceFlowEnabled: false,
    isEnforceRefreshTokenTTL: true,
    isIpBindingEnabled: false,
    isPkceRequired: false,
    isRefreshTokenRotationEnabled: true,
    scopes: ['Api', 'RefreshToken'],
  },
  oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'specific_inactivity:30:DAYS' },
};

/** A public certificate, without its key, for a year from 30 Nov 2026 on. */
const certificate = [
  'MIIBiTCCAS+gAwIBAgIUf6zbjHmAOaAQe2N4cw5DBMpr5AcwCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwPand0LmV4YW1wbGUu',
  'Y29tMB4XDTI2MTEzMDAwNTMwNVoXDTI3MTEzMDAwNTMwNVowGjEYMBYGA1UEAwwPand0LmV4YW1wbGUuY29tMFkwEwYHKoZI',
  'zj0CAQYIKoZIzj0DAQcDQgAEgs6c9rhX7bpnZsHdZmU6/PttAMIqBcO46NMDqJK6ie6k/c94rtaNxnegfgYo5NLMWINsyZ3T',
  'pf3p+QcbxVmObKNTMFEwHQYDVR0OBBYEFASPQkV2i485sRHYg+YzaowmL2leMB8GA1UdIwQYMBaAFASPQkV2i485sRHYg+Yz',
  'aowmL2leMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgefTGP07Ll8FKJ73TKzE11Q3Mo/Vrav+3M96yNjDA',
  'Tn0CIQCireHP9cHpaC/I2LWizGdmM9SMc29WQHrjKeaBqqSKUQ==',
].join('\n');

const withConnectedApps = (
  apps: Record<string, object>,
  more: Partial<ScenarioInput> = {},
  rows: Row[] = [{ Name: 'Acme Sync', CreatedDate: daysBefore(50) }]
): Scenario =>
  small({ apiVersion: 68, metadata: { ConnectedApp: apps }, tables: () => ({ ConnectedApplication: rows }), ...more });

describe('ownConnectedApps', () => {
  afterEach(stopAll);

  it('trap: does not date an app by one of several apps with its name', async () => {
    const rows = [50, 900].map((days) => ({ Name: 'Acme Sync', CreatedDate: daysBefore(days) }));
    const [app] = whole(await collected('ownConnectedApps', withConnectedApps({ Acme_Sync: sync }, {}, rows)));
    expect([app?.name, app?.created]).to.deep.equal(['Acme Sync', undefined]);
  });

  it('reads text as booleans, callbacks by line, and how the app is packaged', async () => {
    const input = withConnectedApps(
      { Acme_Sync: sync },
      { manageableStates: { ConnectedApp: { Acme_Sync: 'released' } } }
    );
    expect(whole(await collected('ownConnectedApps', input))).to.deep.equal([
      {
        developerName: 'Acme_Sync',
        name: 'Acme Sync',
        created: daysBefore(50),
        packaged: true,
        oauth: {
          callbacks: ['https://a.example/cb', 'http://localhost:1717/cb'],
          pkceRequired: false,
          refreshTokenRotation: true,
          deviceFlow: false,
          refreshTokenTtl: true,
          ipBinding: false,
          clientCredentials: true,
          certificate: true,
          scopes: ['Api', 'RefreshToken'],
          refreshTokenPolicy: 'specific_inactivity:30:DAYS',
          ipRelaxation: 'ENFORCE',
        },
      },
    ]);
  });

  it('trap: one scope is no list, no scope is not none, and an app for SAML has no OAuth settings', async () => {
    const input = withConnectedApps({
      One: { label: 'One', oauthConfig: { scopes: 'Full' } },
      None: { label: 'None', oauthConfig: {} },
      Saml: { label: 'Saml' },
    });
    const [one, empty, saml] = whole(await collected('ownConnectedApps', input));
    expect(one?.oauth).to.deep.equal({ callbacks: [], certificate: false, scopes: ['Full'] });
    expect(empty?.oauth).to.deep.equal({ callbacks: [], certificate: false });
    expect(saml).to.deep.equal({ developerName: 'Saml', name: 'Saml', packaged: false });
  });

  it('dates the JWT certificate from the certificate, with and without the lines around it', async () => {
    const pem = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`;
    const input = withConnectedApps({
      Bare: { label: 'Bare', oauthConfig: { certificate } },
      Pem: { label: 'Pem', oauthConfig: { certificate: pem } },
      Cut: { label: 'Cut', oauthConfig: { certificate: certificate.slice(0, 200) } },
    });
    const validity = { from: '2026-11-30T00:53:05.000Z', to: '2027-11-30T00:53:05.000Z' };
    expect(
      whole(await collected('ownConnectedApps', input)).map(({ oauth }) => [
        oauth?.certificate,
        oauth?.certificateValidity,
      ])
    ).to.deep.equal([
      [true, validity],
      [true, validity],
      [true, undefined],
    ]);
  });

  it('trap: an app without a label goes by its developer name', async () => {
    const input = withConnectedApps({ Acme_Sync: { ...sync, label: undefined } });
    const [app] = whole(await collected('ownConnectedApps', input));
    expect(app).to.include({ name: 'Acme_Sync', developerName: 'Acme_Sync' });
  });

  it('an unknown name of a scope could be any, so the scopes are a gap', async () => {
    const input = withConnectedApps({ One: { label: 'One', oauthConfig: { scopes: ['Api', '\u{FFFD}'] } } });
    const [one] = whole(await collected('ownConnectedApps', input));
    expect(one?.oauth).to.deep.equal({ callbacks: [], certificate: false });
  });

  it('trap: an older API version leaves a switch out, which is not false', async () => {
    const [app] = whole(
      await collected('ownConnectedApps', withConnectedApps({ Acme_Sync: sync }, { apiVersion: 59 }))
    );
    expect(app?.oauth).to.have.property('pkceRequired', false);
    for (const later of ['refreshTokenRotation', 'deviceFlow', 'refreshTokenTtl', 'ipBinding']) {
      expect(app?.oauth).not.to.have.property(later);
    }
  });

  it('asks for ten apps a call, and for nothing without an app', async () => {
    const { org, reader } = await open(
      withConnectedApps(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`A${i}`, sync])))
    );
    org.requests.length = 0;
    expect(whole(await orgCollectors.ownConnectedApps.collect(reader, context()))).to.have.length(11);
    // listMetadata, readMetadata twice, the dates, and two for the permissions of the auditing user.
    expect(org.requests).to.have.length(6);
    const bare = await open(small());
    bare.org.requests.length = 0;
    expect(whole(await orgCollectors.ownConnectedApps.collect(bare.reader, context()))).to.deep.equal([]);
    expect(bare.org.requests).to.have.length(3);
  });

  it('trap: a missing component looks like a record, and makes a part', async () => {
    const { reader } = await open(withConnectedApps({ Acme_Sync: sync }));
    const listed = complete([{ fullName: 'Acme_Sync' }, { fullName: 'Gone' }]);
    const evidence = await orgCollectors.ownConnectedApps.collect(
      { ...reader, listComponents: () => Promise.resolve(listed) },
      context()
    );
    expect(evidence.status === 'partial' && evidence.value.map(({ name }) => name)).to.deep.equal(['Acme Sync']);
    expect(gapIn(evidence).detail).to.contain('Gone');
  });

  it('is refused without the permission, and says which', async () => {
    const evidence = await collected(
      'ownConnectedApps',
      withConnectedApps({ Acme_Sync: sync }, without('ModifyMetadata', 'ModifyAllData'))
    );
    expect(evidence.status).to.equal('unavailable');
    expect(gapIn(evidence)).to.deep.include({ kind: 'no-access', grants: ['ModifyMetadata'] });
  });

  const dates = { records: [{ Name: 'Acme Sync', CreatedDate: daysBefore(900) }], totalSize: 2, done: true };
  for (const [name, fault] of [
    ['is refused', refusal()],
    ['is cut off, so that a newer app of the name may be missing', { kind: 'json', body: dates }],
  ] as const) {
    it(`knows no date where ConnectedApplication ${name}, and the apps all the same`, async () => {
      const evidence = await collected('ownConnectedApps', withConnectedApps({ Acme_Sync: sync }), (org) =>
        org.fault(/ConnectedApplication/, fault)
      );
      expect(whole(evidence)[0]).to.include({ name: 'Acme Sync' }).and.not.to.have.property('created');
    });
  }
});

const externalTables = (ids: Ids, app: Row, ranges: readonly string[] = []): Record<string, Row[]> => {
  const [id, security] = [ids.next('ExternalClientApplication'), ids.next('ExtlClntAppOauthSecuritySettings')];
  return {
    ExternalClientApplication: [
      { Id: id, DeveloperName: 'Door', DistributionState: 'Local', OrgScopedExternalApp: `${ids.org}:Door`, ...app },
    ],
    ExtlClntAppOauthSettings: [
      { ExternalClientApplicationId: id, OauthScopesAPI: true, OauthScopesREFRESH_TOKEN: true },
    ],
    ExtlClntAppOauthPlcyCnfg: [
      {
        ExternalClientApplicationId: id,
        RefreshTokenPolicyType: 'SpecificInactivity',
        RefreshTokenValidityPeriod: 7,
        RefreshTokenValidityUnit: 'Days',
      },
    ],
    ExtlClntAppOauthSecuritySettings: [{ Id: security, ExternalClientApplicationId: id }],
    ExtlClntAppOauthSecurityTokenIpRange: ranges.map((address) => ({
      ExtlClntAppOauthSecurityId: security,
      StartIpAddress: address,
      EndIpAddress: address,
    })),
  };
};
const withExternalApp = (app: Row = {}, more: Partial<ScenarioInput> = {}): Scenario =>
  small({ tables: (ids) => externalTables(ids, app, ['203.0.113.7']), ...more });

describe('ownExternalClientApps', () => {
  afterEach(stopAll);

  it('joins scopes, policy and allowlist', async () => {
    const [app] = whole(await collected('ownExternalClientApps', withExternalApp()));
    expect(app).to.deep.include({
      developerName: 'Door',
      packaged: false,
      oauth: {
        scopes: ['API', 'REFRESH_TOKEN'],
        refreshTokenPolicy: 'SpecificInactivity:7:Days',
        clientCredentials: false,
        tokenRanges: [{ start: '203.0.113.7', end: '203.0.113.7' }],
      },
    });
  });

  it('leaves out what was installed, and asks no more', async () => {
    const foreign = { OrgScopedExternalApp: '00D000000000009:Door', DistributionState: 'Packaged' };
    const { org, reader } = await open(withExternalApp(foreign));
    org.requests.length = 0;
    expect(whole(await orgCollectors.ownExternalClientApps.collect(reader, context()))).to.deep.equal([]);
    expect(org.requests).to.have.length(3);
  });

  it('trap: an unknown object proves nothing, unless the Metadata API knows the type and lists no app', async () => {
    const hidden = { hiddenObjects: ['ExternalClientApplication'] };
    expect(whole(await collected('ownExternalClientApps', withExternalApp({}, hidden)))).to.deep.equal([]);
    for (const more of [
      { ...hidden, metadata: { ExternalClientApplication: { Door: {} } } },
      // Below API 59 neither API knows External Client Apps.
      { apiVersion: 58 },
    ]) {
      // eslint-disable-next-line no-await-in-loop -- one org at a time
      expect(gapIn(await collected('ownExternalClientApps', withExternalApp({}, more))).kind).to.equal('not-supported');
    }
    const blind = await collected('ownExternalClientApps', withExternalApp({}, without('ExternalClientAppViewer')));
    expect(blind.status).to.equal('partial');
    expect(gapIn(blind).grants).to.deep.equal(['ExternalClientAppViewer']);
  });

  it('trap: an app without a settings row uses OAuth when it has a policy', async () => {
    const scenario = small({
      tables: (ids) => {
        const app = ids.next('ExternalClientApplication');
        return {
          ExternalClientApplication: [{ Id: app, DeveloperName: 'Door', DistributionState: 'Local' }],
          ExtlClntAppOauthPlcyCnfg: [{ ExternalClientApplicationId: app, RefreshTokenPolicyType: 'Infinite' }],
        };
      },
    });
    const [app] = whole(await collected('ownExternalClientApps', scenario));
    expect(app?.oauth).to.deep.equal({ refreshTokenPolicy: 'Infinite', clientCredentials: false, tokenRanges: [] });
  });

  it('trap: below API 67 nothing is known of an allowlist, which is not an empty one', async () => {
    const [app] = whole(await collected('ownExternalClientApps', withExternalApp({}, { apiVersion: 66 })));
    expect(app?.oauth).not.to.have.property('tokenRanges');
  });

  it('is unavailable when one of its reads is, and a part when one is cut off', async () => {
    const refused = await collected('ownExternalClientApps', withExternalApp(), (org) =>
      org.fault(/ExtlClntAppOauthPlcyCnfg/, refusal())
    );
    expect(refused.status).to.equal('unavailable');
    const cut = await collected('ownExternalClientApps', withExternalApp(), (org) =>
      org.fault(/TokenIpRange/, { kind: 'json', body: { totalSize: 9, done: true, records: [] } })
    );
    expect([cut.status, gapIn(cut).kind]).to.deep.equal(['partial', 'limit']);
  });
});

const globals = {
  Door_global: {
    callbackUrl: 'https://door.example/cb',
    consumerKey: 'key',
    consumerSecret: secret,
    externalClientApplication: 'Door',
    isDeviceFlowEnabled: true,
    isEnforceRefreshTokenTTL: false,
    isPkceRequired: true,
  },
};
/** An org that gives the consumer secret away. */
const generous = (more: Partial<ScenarioInput> = {}): Scenario =>
  small({
    auditor: { permissions: [...AUDIT_PERMISSIONS, 'ViewClientSecret'] },
    settings: { ExternalClientAppSettings: { enableConsumerSecretApiAccess: true } },
    metadata: { ExtlClntAppGlobalOauthSettings: globals },
    ...more,
  });

describe('ownGlobalOauthSettings', () => {
  afterEach(stopAll);

  it('trap: asks for no settings of an app unless a parameter turns it on', async () => {
    const { org, reader } = await open(generous());
    org.requests.length = 0;
    const evidence = await orgCollectors.ownGlobalOauthSettings.collect(
      reader,
      context({ params: { 'org/own-apps-require-pkce': { readGlobalOauthSettings: false } } })
    );
    expect(whole(evidence)).to.deep.equal({ read: false, apps: [] });
    expect(org.requests.filter(({ text }) => text.includes('ExtlClntAppGlobalOauthSettings'))).to.deep.equal([]);
  });

  it('keeps callbacks and switches; key and secret are dropped, and the answer is not kept', async () => {
    const { org, reader } = await open(generous());
    const read = (): Promise<Evidence<unknown>> => orgCollectors.ownGlobalOauthSettings.collect(reader, asking);
    org.requests.length = 0;
    expect(whole(await read())).to.deep.equal({
      read: true,
      apps: [
        {
          app: 'Door',
          callbacks: ['https://door.example/cb'],
          pkceRequired: true,
          deviceFlow: true,
          refreshTokenTtl: false,
          certificate: false,
        },
      ],
    });
    await read();
    expect(org.requests.filter(({ soapAction }) => soapAction === 'readMetadata')).to.have.length(2);
    expect(org.requests.filter(({ soapAction }) => soapAction === 'listMetadata')).to.have.length(1);
  });

  it('trap: the secret is in no answer of the reader', async () => {
    const { reader } = await open(generous());
    const answer = await reader.readMetadata('ExtlClntAppGlobalOauthSettings', ['Door_global'], ['isPkceRequired']);
    expect(whole(answer)).to.deep.equal([{ fullName: 'Door_global', isPkceRequired: 'true' }]);
  });

  for (const [name, fault] of [
    ['cut off', { kind: 'truncated' }],
    ['a page', { kind: 'html', status: 500, body: `<records><consumerSecret>${secret}</consumerSecret></records>` }],
    ['a fault', { kind: 'soapFault', code: 'sf:INSUFFICIENT_ACCESS', message: `<consumerSecret>${secret}` }],
  ] as const) {
    it(`says no secret when the answer is ${name}`, async () => {
      const evidence = await collected(
        'ownGlobalOauthSettings',
        generous(),
        (org) => org.fault(/readMetadata/, fault),
        asking
      );
      expect(evidence.status).to.equal('unavailable');
      expect(JSON.stringify(evidence)).not.to.contain('CANARY');
    });
  }

  it('trap: asks no more of an org that hides secrets, whatever the parameter says', async () => {
    const { org, reader } = await open(
      generous({
        settings: { ExternalClientAppSettings: { enableConsumerSecretApiAccess: false } },
        tables: () => ({ ExternalClientApplication: [{ DeveloperName: 'Door', DistributionState: 'Local' }] }),
      })
    );
    const value = whole(await orgCollectors.ownGlobalOauthSettings.collect(reader, asking));
    expect(value).to.deep.equal({ read: false, secrets: 'hidden', apps: [] });
    expect(org.requests.filter(({ text }) => text.includes('ExtlClntAppGlobalOauthSettings'))).to.deep.equal([]);
  });

  it('trap: a refused switch is a gap, so that no attestation replaces what the org may show', async () => {
    const evidence = await collected(
      'ownGlobalOauthSettings',
      generous({
        tables: () => ({ ExternalClientApplication: [{ DeveloperName: 'Door', DistributionState: 'Local' }] }),
      }),
      (org) => org.fault(/FROM ExternalClientAppSettings/, refusal())
    );
    expect([evidence.status, gapIn(evidence).kind]).to.deep.equal(['partial', 'no-access']);
  });

  it('names the permissions when it is refused', async () => {
    const evidence = await collected(
      'ownGlobalOauthSettings',
      generous(),
      (org) => org.fault(/readMetadata/, { kind: 'soapFault', code: 'sf:INSUFFICIENT_ACCESS', message: 'no' }),
      asking
    );
    expect(gapIn(evidence)).to.deep.include({ kind: 'no-access', grants: ['ViewClientSecret', 'ModifyMetadata'] });
  });
});

const policy = `version: 1
controls: { org/own-apps-require-pkce: { params: { readGlobalOauthSettings: true } } }
integrations: [{ name: Door, app: Open_Door, flow: canvas }]
`;

describe("the controls over the org's apps", () => {
  afterEach(stopAll);

  it('fail in the broken org, but for the one that nothing shows, and give no secret away', async () => {
    const { org, reader } = await open(SCENARIOS.broken());
    const { results } = await review(orgDomain, reader, {
      policy: parsePolicy(policy, 'security-review.yml', catalogue),
      target: { kind: 'org', name: 'broken' },
      asOf: new Date(org.scenario.now),
      only: ['org/own-apps-*'],
      audited: [],
    });
    org.assertReadOnly();
    expect(results.filter(({ verdict }) => verdict !== 'fail').map(({ control }) => control.id)).to.deep.equal([
      'org/own-apps-controls-reviewed',
    ]);
    expect(JSON.stringify(results)).not.to.contain(GLOBAL_SECRET);
  });
});

describe('ownGlobalOauthSettings and the namespace of the org', () => {
  afterEach(stopAll);

  it('trap: names an app without the namespace of this org, and keeps any other one', async () => {
    const settings = (app: string): object => ({ externalClientApplication: app, callbackUrl: 'https://a.example/cb' });
    const input = generous({
      apiVersion: 68,
      organization: { NamespacePrefix: 'acme' },
      metadata: {
        ExtlClntAppGlobalOauthSettings: {
          A: settings('Acme__Door'),
          B: settings('other__Door'),
          C: settings('My__Door'),
        },
      },
    });
    const { apps } = whole(await collected('ownGlobalOauthSettings', input, undefined, asking));
    expect(apps.map(({ app }) => app)).to.deep.equal(['Door', 'other__Door', 'My__Door']);
  });
});
