import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { catalogue } from '../../src/catalogue.js';
import { review } from '../../src/engine/review.js';
import type { Policy, Result, TargetReport } from '../../src/engine/types.js';
import { openIntegrations, openPackage, packageDomain, type OwnerSettings } from '../../src/package/index.js';
import { parsePolicy } from '../../src/policy/index.js';

const example = inRoot('examples', 'example-connector');
const file = join(example, 'security-review.yml');
const asOf = new Date('2026-11-30T00:00:00Z');

/** What the simulated Dev Hub shows while it hides consumer secrets from APIs: no global OAuth settings. */
const hub: OwnerSettings = {
  orgId: '00DHs000000Gma9MAC',
  source: 'hub',
  complete: true,
  apps: [
    {
      name: 'Example_Connector',
      packaged: true,
      scopes: ['API', 'REFRESH_TOKEN'],
      refreshTokenPolicy: 'SpecificInactivity:7:Days',
      tokenIpRanges: [{ start: '203.0.113.0', end: '203.0.113.63' }],
    },
  ],
};

type Integrations = Awaited<ReturnType<typeof openIntegrations>>;

type Change = { file: string; from: string; to: string };
type Given = { owners?: OwnerSettings[]; policy?: Partial<Policy> };

async function check(change?: Change, { owners = [hub], policy: more }: Given = {}): Promise<TargetReport> {
  const policy: Policy = { ...parsePolicy(await readFile(file, 'utf8'), file, catalogue, asOf), ...more };
  const integrations = await openIntegrations([], policy.integrations, file);
  const source = {
    ...(await openPackage(example)),
    integrations: change === undefined ? integrations : changed(integrations, change),
    owners,
  };
  return review(packageDomain, source, {
    policy,
    target: { kind: 'package', name: 'Example Connector' },
    asOf,
    audited: [],
  });
}

function changed(integrations: Integrations, { file: path, from, to }: Change): Integrations {
  return integrations.map((integration) => ({
    ...integration,
    tree: {
      ...integration.tree,
      read: async (asked) => {
        const text = await integration.tree.read(asked);
        return asked === path ? text.replace(from, to) : text;
      },
    },
  }));
}

const resultOf = ({ results }: TargetReport, id: string): Result | undefined =>
  results.find(({ control }) => control.id === id);

describe('a package of the recommended shape', () => {
  it('passes with no gap: hub evidence, one attestation of the app and correct code', async () => {
    const report = await check();
    const open = report.results.filter(
      ({ verdict, gaps }) => verdict === 'fail' || gaps.some(({ attestation }) => attestation === undefined)
    );
    expect(open.map(({ control, reason }) => `${control.id}: ${reason}`)).to.deep.equal([]);
    expect(report.gate).to.equal('passed');
    expect(report.notices).to.deep.equal([]);
    expect(report.target.coverage?.notUnderstood).to.equal(0);
    for (const id of [
      'package/token-handling-survives-rotation',
      'package/agent-connections-authenticated',
      'package/idle-tokens-limited',
    ])
      expect(resultOf(report, id)?.verdict, id).to.equal('pass');
  });

  it('asks for no secret while the hub hides them from APIs', async () => {
    const texts = (await check()).results.flatMap(({ gaps, reason }) => [reason, ...gaps.map(({ detail }) => detail)]);
    expect(texts.filter((text) => /enableConsumerSecret|consumer secret|ViewClientSecret/i.test(text))).to.deep.equal(
      []
    );
  });

  it('fails at the line with code that drops the rotated token', async () => {
    const report = await check({
      file: 'src/tokens.js',
      from: '{ ...answer, refresh_token: answer.refresh_token ?? old }',
      to: '{ access_token: answer.access_token, refresh_token: old }',
    });
    const result = resultOf(report, 'package/token-handling-survives-rotation');
    expect(report.gate).to.equal('failed');
    expect(result?.findings.map(({ subject, message }) => [subject.file, subject.line, message])).to.deep.equal([
      [
        'src/tokens.js',
        25,
        'The refresh token of the answer is dropped (grant_type=refresh_token): after one refresh with rotation the next fails.',
      ],
    ]);
  });
});

describe('an attestation of an External Client App', () => {
  const attested = 'The attestation of Rita Release (28 Nov 2026) is contradicted: ';
  const login = 'src/login.js';
  const place = login;

  it('is contradicted by an authorization request without code_challenge', async () => {
    const report = await check({
      file: login,
      from: "code_challenge: createHash('sha256').update(verifier).digest('base64url'),\n    code_challenge_method: 'S256',",
      to: '',
    });
    const result = resultOf(report, 'package/pkce-required');
    expect(result?.verdict).to.equal('fail');
    expect(result?.findings.map(({ kind, subject, message }) => [kind, subject.line, message])).to.deep.equal([
      [
        'violation',
        18,
        `${attested}${place}:18 sends an authorization request without code_challenge, which Salesforce refuses where Example_Connector requires PKCE.`,
      ],
    ]);
  });

  it('is contradicted by a loopback redirect, which alone needs a justification', async () => {
    const change = {
      file: login,
      from: 'https://connector.example.com/oauth/callback',
      to: 'http://localhost:8080/cb',
    };
    const id = 'package/localhost-callback-alone';
    const result = resultOf(await check(change), id);
    expect(result?.findings.map(({ kind, message }) => [kind, message])).to.deep.equal([
      [
        'justification',
        `${attested}${place}:18 sends users back to http://localhost:8080/cb, so Example_Connector has the localhost callback http://localhost:8080/cb.`,
      ],
    ]);
    expect(result?.verdict).to.equal('fail');
    const why = 'A command line client of administrators uses the app.';
    const justifications = [
      { control: id, subject: 'File:login.js', why, owner: 'Rita Release', expires: '2027-10-01' },
    ].map((one) => ({ ...one, subject: `${result?.findings[0]?.subject.type}:${result?.findings[0]?.subject.name}` }));
    expect(resultOf(await check(change, { policy: { justifications } }), id)?.verdict).to.equal('attested');
  });

  it('is contradicted by a redirect over http', async () => {
    const change = { file: login, from: 'https://connector.example.com', to: 'http://connector.example.com' };
    const result = resultOf(await check(change), 'package/callbacks-https');
    expect(result?.findings.map(({ kind }) => kind)).to.deep.equal(['violation']);
    expect(result?.reason).to.contain('http callback http://connector.example.com/oauth/callback');
  });

  it('is contradicted by an owning org that lists no address for the tokens of a server', async () => {
    const [app] = hub.apps;
    const owners = [{ ...hub, apps: [{ name: 'Example_Connector', ...app, tokenIpRanges: [] }] }];
    const result = resultOf(await check(undefined, { owners }), 'package/token-ips-allowlisted');
    expect(result?.verdict).to.equal('fail');
    expect(result?.reason).to.contain('the owning org (hub) lists no address for the refresh tokens');
  });

  it('is named where the package does not have the app any more', async () => {
    const policy: Policy = parsePolicy(await readFile(file, 'utf8'), file, catalogue, asOf);
    const attestations = policy.attestations.map((one) => ({ ...one, subject: 'ExternalClientApp:Old_Connector' }));
    const report = await check(undefined, { policy: { attestations } });
    expect(report.notices).to.deep.equal([
      'The policy attests ExternalClientApp:Old_Connector, which Example Connector does not have. Remove the attestation, or correct the name.',
    ]);
    expect(report.gate).to.equal('undecided');
  });

  it('of a control over many subjects counts only with its subject', async () => {
    const policy: Policy = parsePolicy(await readFile(file, 'utf8'), file, catalogue, asOf);
    const attestations = policy.attestations.map((one) => ({ ...one, subject: undefined }));
    const report = await check(undefined, { policy: { attestations } });
    for (const id of ['package/no-device-flow', 'package/public-clients-without-secret']) {
      expect(resultOf(report, id)?.verdict, id).to.equal('inconclusive');
      expect(report.notices.join()).to.contain(`Attestation ${id} answers nothing without a subject.`);
    }
  });

  it('stands where the code of another integration is the one without code_challenge', async () => {
    const change = {
      file: login,
      from: "code_challenge: createHash('sha256').update(verifier).digest('base64url'),\n    code_challenge_method: 'S256',",
      to: '',
    };
    const policy: Policy = parsePolicy(await readFile(file, 'utf8'), file, catalogue, asOf);
    const integrations = policy.integrations.map((one) => ({ ...one, app: 'Other_App' }));
    expect(resultOf(await check(change, { policy: { integrations } }), 'package/pkce-required')?.verdict).to.equal(
      'attested'
    );
  });
});
