import { expect } from 'chai';
import { review } from '../../src/engine/review.js';
import type { Attestation, Policy, TargetReport } from '../../src/engine/types.js';
import { refuseOtherOwner } from '../../src/owner/readOwners.js';
import { complete } from '../../src/engine/evidence.js';
import { packageDomain, type OwnerSettings, type PkceProbe } from '../../src/package/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { metadata, sourceOf } from '../support/packageSource.js';

const orgId = '00D000000000001AAA';
const folder = 'force-app/main/default';
const asOf = new Date('2026-11-20T00:00:00Z');

const files = (link = `${orgId}:Acme_Door`): Record<string, string> => ({
  'sfdx-project.json': JSON.stringify({
    packageDirectories: [{ path: 'force-app', package: 'Acme', default: true }],
    namespace: 'acme',
    packageAliases: {},
  }),
  [`${folder}/externalClientApps/Acme_Door.eca-meta.xml`]: metadata(
    'ExternalClientApplication',
    '<distributionState>Packaged</distributionState>',
    '<label>Acme Door</label>',
    `<orgScopedExternalApp>${link}</orgScopedExternalApp>`
  ),
  [`${folder}/extlClntAppOauthSettings/Acme_Door.ecaOauth-meta.xml`]: metadata(
    'ExtlClntAppOauthSettings',
    '<commaSeparatedOauthScopes>Api, RefreshToken</commaSeparatedOauthScopes>',
    '<externalClientApplication>Acme_Door</externalClientApplication>',
    '<label>Acme Door</label>',
    '<oauthLink>00D000000000001:888000000000001</oauthLink>'
  ),
  [`${folder}/namedCredentials/Acme.namedCredential-meta.xml`]: metadata(
    'NamedCredential',
    '<endpoint>https://door.acme.example</endpoint>',
    '<label>Acme</label>',
    '<protocol>NoAuthentication</protocol>',
    '<principalType>Anonymous</principalType>'
  ),
});

const hub: OwnerSettings = {
  orgId,
  source: 'hub',
  complete: true,
  apps: [
    {
      name: 'Acme_Door',
      packaged: true,
      scopes: ['API', 'REFRESH_TOKEN'],
      refreshTokenPolicy: 'SpecificInactivity:30:Days',
      tokenIpRanges: [{ start: '203.0.113.0', end: '203.0.113.7' }],
    },
  ],
};

const onlyInSetup = [
  'package/callbacks-https',
  'package/callbacks-not-mixed',
  'package/localhost-callback-alone',
  'package/no-device-flow',
  'package/pkce-required',
  'package/public-clients-without-secret',
  'package/refresh-tokens-rotated',
  'package/token-ips-allowlisted',
];
const attestations: Attestation[] = onlyInSetup.map((control) => ({
  control,
  subject: 'ExternalClientApp:Acme_Door',
  owner: 'release engineering',
  reason: 'read in Setup',
  on: '2026-11-01',
  expires: '2027-10-31',
}));

const check = async (
  given: { owners?: OwnerSettings[]; probes?: PkceProbe[]; policy?: Partial<Policy>; link?: string } = {}
): Promise<TargetReport> =>
  review(
    packageDomain,
    { ...(await sourceOf(files(given.link))), owners: given.owners, probes: given.probes },
    { policy: { ...emptyPolicy, ...given.policy }, target: { kind: 'package', name: 'Acme' }, asOf, audited: [] }
  );

const resultOf = ({ results }: TargetReport, id: string): TargetReport['results'][number] | undefined =>
  results.find(({ control }) => control.id === id);

describe('a package and the org that owns its app', () => {
  it('have no open setting of the app with evidence of the hub and one attestation, and nothing asks for a secret', async () => {
    const report = await check({ owners: [hub], policy: { attestations } });
    const open = report.results.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'fail');
    const texts = open.flatMap(({ reason, gaps, findings }) => [
      reason,
      ...gaps.map(({ detail }) => detail),
      ...findings.map(({ message }) => message),
    ]);
    expect(texts.filter((text) => /OAuth settings|secret|PKCE|callback|allowlist/i.test(text))).to.deep.equal([]);
    expect(onlyInSetup.map((id) => resultOf(report, id)?.verdict)).to.deep.equal(onlyInSetup.map(() => 'attested'));
    expect(resultOf(report, 'package/idle-tokens-limited')?.verdict).to.equal('pass');
  });

  it('leave the settings open without the org and the attestation', async () => {
    const report = await check();
    for (const id of ['package/idle-tokens-limited', 'package/pkce-required'])
      expect(resultOf(report, id)?.verdict, id).to.equal('inconclusive');
  });

  it('are a finding where the app links to another org, or to an app that the org does not have', async () => {
    const id = 'package/external-client-apps-packageable';
    const messagesOf = (report: TargetReport): string[] =>
      (resultOf(report, id)?.findings ?? []).map(({ message }) => message);
    const other = await check({ owners: [{ ...hub, orgId: '00D000000000009AAA' }] });
    expect(messagesOf(other).join()).to.match(
      /Acme_Door belongs to the org 00D000000000001AAA, which is not the org of hub/
    );
    const gone = await check({ owners: [hub], link: `${orgId}:Old_Door` });
    expect(messagesOf(gone).join()).to.match(/links to the app Old_Door, which the owning org \(hub\) does not have/);
    const cut = await check({ owners: [{ ...hub, complete: false }], link: `${orgId}:Old_Door` });
    expect(resultOf(cut, id)?.verdict).to.equal('inconclusive');
    const [app] = hub.apps;
    const local = await check({ owners: [{ ...hub, apps: [{ name: 'Acme_Door', ...app, packaged: false }] }] });
    expect(messagesOf(local).join()).to.match(/Packaged in the source and Local in the owning org/);
  });

  it('fail by what the org shows, whatever is attested', async () => {
    const settings = { callbacks: ['https://door.acme.example/cb'], pkceRequired: false };
    const [app] = hub.apps;
    const report = await check({
      owners: [{ ...hub, apps: [{ name: 'Acme_Door', ...app, settings }] }],
      policy: { attestations },
    });
    expect(resultOf(report, 'package/pkce-required')?.verdict).to.equal('fail');
    expect(resultOf(report, 'package/callbacks-https')?.verdict).to.equal('pass');
  });

  it('check no PKCE of an app that the org lets use client credentials, and that the policy declares so', async () => {
    const [app] = hub.apps;
    const owners = [{ ...hub, apps: [{ name: 'Acme_Door', ...app, clientCredentials: true }] }];
    const policy = { integrations: [{ name: 'Nightly', app: 'Acme_Door', flow: 'client-credentials' as const }] };
    expect(resultOf(await check({ owners, policy }), 'package/pkce-required')?.verdict).to.equal('not-applicable');
    expect(resultOf(await check({ owners }), 'package/pkce-required')?.verdict).to.equal('inconclusive');
  });

  it('name a policy of the org that relaxes IP restrictions for the app', async () => {
    const [app] = hub.apps;
    const owners = [{ ...hub, apps: [{ name: 'Acme_Door', ...app, ipRelaxation: 'Bypass' }] }];
    const result = resultOf(await check({ owners }), 'package/token-ips-allowlisted');
    expect(result?.findings.map(({ kind, message }) => [kind, message])).to.deep.equal([
      ['latent', 'The policy of the owning org (hub) relaxes IP restrictions for Acme_Door: Bypass.'],
    ]);
  });

  it('refuse an org that owns none of the apps', () => {
    const externalClientApps = complete([
      { name: 'Acme_Door', file: 'a', hasHeader: true, ownerOrg: orgId, files: [] },
    ]);
    expect(() => refuseOtherOwner([hub], [{ externalClientApps }])).not.to.throw();
    expect(() => refuseOtherOwner([{ ...hub, orgId: '00D000000000009AAA' }], [{ externalClientApps }])).to.throw(
      'hub (00D000000000009AAA) does not own an External Client App of the package. They belong to 00D000000000001AAA.'
    );
    expect(() => refuseOtherOwner([hub], [{}])).to.throw(/names no owning org/);
  });

  it('decide PKCE by the probe of the login host, and leave it open where the answer proves nothing', async () => {
    const probe = async (required?: boolean): Promise<TargetReport['results'][number] | undefined> =>
      resultOf(
        await check({
          probes: [
            {
              app: 'Acme_Door',
              host: 'login.salesforce.com',
              answer: 'a page',
              ...(required === undefined ? {} : { required }),
            },
          ],
        }),
        'package/pkce-required'
      );
    expect((await probe(true))?.verdict).to.equal('pass');
    expect((await probe(false))?.verdict).to.equal('fail');
    const open = await probe();
    expect(open?.verdict).to.equal('inconclusive');
    expect(open?.gaps[0]?.detail).to.match(
      /--probe-authorize proved nothing: login\.salesforce\.com answered with a page\./
    );
  });
});
