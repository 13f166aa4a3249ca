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

async function check(change?: { file: string; from: string; to: string }): Promise<TargetReport> {
  const policy: Policy = parsePolicy(await readFile(file, 'utf8'), file, catalogue, asOf);
  const integrations = await openIntegrations([], policy.integrations, file);
  const source = {
    ...(await openPackage(example)),
    integrations: change === undefined ? integrations : changed(integrations, change),
    owners: [hub],
  };
  return review(packageDomain, source, {
    policy,
    target: { kind: 'package', name: 'Example Connector' },
    asOf,
    audited: [],
  });
}

function changed(
  integrations: Integrations,
  { file: path, from, to }: { file: string; from: string; to: string }
): Integrations {
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
        'backend/src/tokens.js',
        25,
        'The refresh token of the answer is dropped (grant_type=refresh_token): after one refresh with rotation the next fails.',
      ],
    ]);
  });
});
