import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Policy, TargetReport } from '../../src/engine/types.js';
import { crashText } from '../../src/cli/evaluateTargets.js';
import { evaluate, collectEvidence } from '../../src/engine/review.js';
import { orgDomain } from '../../src/org/index.js';
import { renderHuman } from '../../src/render/terminal.js';
import { formats, render } from '../../src/render/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { piecesOf, planted, typed } from '../support/planted.js';
import { reportOfTarget } from '../support/sampleReport.js';
import { canaries } from '../support/secrets.js';
import { folder, open, stopAll } from './support.js';

/** Reads everything that is read only if somebody asks for it. */
const policy: Policy = {
  ...emptyPolicy,
  controls: { 'org/own-apps-require-pkce': { params: { readGlobalOauthSettings: true } } },
};

const everyFormat = async (target: TargetReport): Promise<string> => {
  const report = reportOfTarget(target);
  const files = await Promise.all(formats.map((format) => render(report, format)));
  return [...files, renderHuman(report, { view: 'detail' })].join('\n');
};

const expectNone = (text: string, secrets: readonly string[]): void =>
  secrets.forEach((secret) => expect(text.includes(secret), `${secret.slice(0, 4)}…`).to.equal(false));

describe('secrets in an org', () => {
  after(stopAll);

  const refusals: ReadonlyArray<[name: string, status: number | undefined]> = [
    ['answers', undefined],
    ['refusals', 403],
    ['faults', 500],
  ];
  for (const [name, status] of refusals) {
    it(`canary: in ${name}, in no byte of the evidence and of the report, in any format`, async () => {
      const { org, reader } = await open(planted());
      if (status !== undefined) {
        org.fault(/FROM|Metadata|describe/, { kind: 'error', status, errorCode: 'UNKNOWN_EXCEPTION', message: typed });
      }
      const run = {
        policy,
        target: { kind: 'org', name: 'planted' },
        asOf: new Date(org.scenario.now),
        audited: [],
      } as const;
      const evidence = await collectEvidence(orgDomain, reader, run);
      const text = `${JSON.stringify(evidence)}\n${await everyFormat(evaluate(orgDomain, evidence, run))}`;
      // The session that this run had, and the key that it logged in with.
      const sessions = org.requests.flatMap(({ body }) => /<sessionId>([^<]+)/.exec(body)?.[1] ?? []);
      expect(sessions.length).to.be.above(0);
      const key = readFileSync(org.writeKey(folder), 'utf8');
      expectNone(text, piecesOf([...canaries, ...sessions, org.refreshToken, key]));
      if (status === undefined)
        expect(text, 'the rest of the text is still there').to.include('Deleted connected app Old Sync');
    });
  }

  it('canary: in what a collector and a judge throw', async () => {
    const { org, reader } = await open(planted());
    const broken = (): never => {
      throw new TypeError(`cannot read ${typed}`);
    };
    const domain = {
      ...orgDomain,
      collectors: { ...orgDomain.collectors, sites: { ...orgDomain.collectors.sites, collect: broken } },
      controls: orgDomain.controls.map((control) =>
        control.id === 'org/mfa-enforced' ? { ...control, judge: broken } : control
      ),
    };
    const crashes: string[] = [];
    const run = {
      ...({ policy, target: { kind: 'org', name: 'planted' }, asOf: new Date(org.scenario.now), audited: [] } as const),
      onCrash: (control: string, error: Error): void => void crashes.push(crashText(control, error)),
    };
    const evidence = await collectEvidence(domain, reader, run);
    const text = await everyFormat(evaluate(domain, evidence, run));
    expect(crashes.join()).to.match(/^org\/mfa-enforced: TypeError\n\s+at .*secretsUnseen/);
    expectNone([text, JSON.stringify(evidence), ...crashes].join('\n'), piecesOf(canaries));
  });
});
