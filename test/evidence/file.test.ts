import { expect } from 'chai';
import Ajv from 'ajv/dist/2020.js';
import { evaluateTarget } from '../../src/cli/evaluateTargets.js';
import { complete } from '../../src/engine/evidence.js';
import { contextOf, collectEvidence } from '../../src/engine/review.js';
import { reportOf } from '../../src/engine/report.js';
import type { Domain, Policy, Report, TargetReport } from '../../src/engine/types.js';
import { evidenceText, parseEvidence, selectionOf, type Collected } from '../../src/evidence/file.js';
import { evidenceJsonSchema } from '../../src/evidence/schema.js';
import { orgDomain } from '../../src/org/index.js';
import { openIntegrations, openPackage, packageDomain, type PackageFacts } from '../../src/package/index.js';
import { formats, render } from '../../src/render/index.js';
import { stopAll } from '../org/support.js';
import { collectedFrom, curious, policyOf } from './support.js';

const tool = { name: 'sf-plugin-security-review', version: '0.1.0' };

/** Where something stands that JSON does not carry as it is. A key that is `undefined` says what a missing one says. */
const notPlain = (value: unknown, path: string): string[] => {
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) =>
      one === undefined ? [`${path}[${index}]`] : notPlain(one, `${path}[${index}]`)
    );
  }
  if (typeof value === 'object' && value !== null) {
    if (Object.getPrototypeOf(value) !== Object.prototype) return [path];
    return Object.entries(value).flatMap(([key, one]) => notPlain(one, `${path}.${key}`));
  }
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? [] : [path];
  return ['string', 'boolean', 'undefined'].includes(typeof value) || value === null ? [] : [path];
};

const scope = { controls: 'all', failOn: 'medium', inconclusive: 'block' } as const;
const inEveryFormat = async ([first, ...others]: readonly TargetReport[]): Promise<Record<string, string>> => {
  if (!first) throw new Error('No target.');
  const report: Report = reportOf(tool, scope, [first, ...others]);
  const texts = await Promise.all(formats.map(async (format) => [format, await render(report, format)] as const));
  return Object.fromEntries(texts);
};

/** Judges what was collected, and what became of it in a file; the caller compares. */
const both = async <Source, Facts>(
  domain: Domain<Source, Facts>,
  collected: Collected<Facts>,
  policy: Policy
): Promise<{ text: string; live: Record<string, string>; replayed: Record<string, string> }> => {
  const text = evidenceText(tool, domain.name, [collected]);
  const run = { policy, notices: [] };
  return {
    text,
    live: await inEveryFormat(evaluateTarget(domain, [collected], run, undefined)),
    replayed: await inEveryFormat(evaluateTarget(domain, parseEvidence(text, tool, domain).targets, run, undefined)),
  };
};

const validates = (text: string): boolean | Promise<unknown> =>
  new Ajv.default({ strict: false, validateFormats: false }).validate(evidenceJsonSchema(), JSON.parse(text));

describe('evidence', () => {
  after(stopAll);

  for (const name of ['hardened', 'broken', 'blind', 'old'] as const) {
    it(`of the org ${name} gives the same report in every format after it was saved, and contains no secret`, async () => {
      const { org, collected } = await collectedFrom(name);
      expect(notPlain(collected, name)).to.deep.equal([]);
      const { text, live, replayed } = await both(orgDomain, collected, curious);
      expect(replayed).to.deep.equal(live);
      expect(validates(text)).to.equal(true);
      expect(text).not.to.match(/CANARY|!AQ|BEGIN [A-Z ]*PRIVATE KEY/);
      expect(text).not.to.contain(org.clientId);
    });
  }

  it('of the example package gives the same report in every format, without the folder', async () => {
    const policy = policyOf('integrations: [{ name: gateway, app: AcmePay, sourceDir: force-app }]');
    const moment = new Date('2026-11-23T10:00:00.000Z');
    const source = await openPackage('examples/acme-pay', { baseline: 'examples/acme-pay' });
    const integrations = await openIntegrations([], policy.integrations, 'examples/acme-pay/security-review.yml');
    const run = { policy, asOf: moment };
    const collected: Collected<PackageFacts> = {
      target: { kind: 'package', name: 'acme-pay', path: 'examples/acme-pay' },
      asOf: moment.toISOString(),
      selection: selectionOf(contextOf(packageDomain, run)),
      facts: await collectEvidence(packageDomain, { ...source, integrations }, run),
    };
    expect(notPlain(collected, 'acme-pay')).to.deep.equal([]);
    const { text, live, replayed } = await both(packageDomain, collected, policy);
    expect(replayed).to.deep.equal(live);
    expect(validates(text)).to.equal(true);
  });

  it('is inconclusive about a control that was not selected when it was saved, and reports it', async () => {
    const { collected } = await collectedFrom('hardened', curious, { only: ['org/no-guest-sites'] });
    const { targets } = parseEvidence(evidenceText(tool, 'org', [collected]), tool, orgDomain);
    const [report] = evaluateTarget(orgDomain, targets, { policy: curious, notices: [] }, undefined);
    const verdicts = new Map(report?.results.map(({ control, ...result }) => [control.id, result]));
    expect(verdicts.get('org/no-guest-sites')?.verdict).to.equal('pass');
    expect(verdicts.get('org/packages-trusted')).to.deep.include({ verdict: 'inconclusive' });
    expect(verdicts.get('org/packages-trusted')?.gaps[0]).to.deep.include({ fact: 'installedPackages' });
    expect(verdicts.get('org/packages-trusted')?.reason).to.match(/was selected when it was saved/);
    expect([...verdicts].filter(([, { verdict }]) => verdict === 'pass').map(([id]) => id)).to.deep.equal([
      'org/auditor-can-see',
      'org/no-guest-sites',
    ]);
  });

  it('asks again for the permissions that the controls of the replay need, not for those of the saved run', async () => {
    const { collected } = await collectedFrom('blind', curious, { only: ['org/auditor-can-see'] });
    const replayed = (only?: string[]): TargetReport['results'][number] | undefined =>
      evaluateTarget(orgDomain, [collected], { policy: curious, notices: [], ...(only ? { only } : {}) }, undefined)
        .flatMap(({ results }) => results)
        .find(({ control }) => control.id === 'org/auditor-can-see');
    expect(replayed(['org/auditor-can-see'])?.verdict).to.equal('pass');
    expect(replayed()?.verdict).to.equal('fail');
    expect(
      replayed(['org/auditor-can-see', 'org/packages-trusted'])?.findings.map(({ subject }) => subject.name)
    ).to.include('InstallPackaging');
  });

  it('is inconclusive when another parameter needs more than was selected', async () => {
    const { collected } = await collectedFrom('hardened');
    const stricter = policyOf('controls: { org/passwords-rotated: { params: { days: 180 } } }');
    const verdictUnder = (policy: Policy): string | undefined =>
      evaluateTarget(orgDomain, [collected], { policy, notices: [], only: ['org/passwords-rotated'] }, undefined)[0]
        ?.results[0]?.verdict;
    expect(verdictUnder(curious)).to.equal('pass');
    // The org lets passwords expire after 90 days, so nothing but the selection is in doubt.
    expect(verdictUnder(stricter)).to.equal('inconclusive');
  });

  it('is selected for the later day as of which a run judges', async () => {
    const { org } = await collectedFrom('hardened');
    const asOf = new Date(Date.parse(org.scenario.now) + 400 * 86_400_000);
    const { collected } = await collectedFrom('hardened', curious, { asOf });
    const days = { text: asOf.toISOString(), start: asOf, isDay: false };
    const [report] = evaluateTarget(
      orgDomain,
      [collected],
      { policy: curious, notices: [], only: ['org/passwords-rotated'] },
      days
    );
    // Whose password grows too old until then is named; whether it was changed in between nobody saw.
    expect(report?.results[0]?.verdict).to.equal('inconclusive');
    const gaps = report?.results[0]?.gaps ?? [];
    expect(gaps).not.to.have.length(0);
    for (const { subject, detail } of gaps) {
      expect(subject?.type).to.equal('User');
      expect(detail).to.match(/^Changes of passwords after /);
    }
    expect(report?.notices[0]).to.match(/^Evaluated as of .* \(--as-of\); the evidence was collected on /);
  });

  it('never passes as of a later day what depends on events that were not read', async () => {
    const { collected } = await collectedFrom('hardened');
    const start = new Date(Date.parse(collected.asOf) + 86_400_000);
    const asked = { text: start.toISOString(), start, isDay: false };
    const [report] = evaluateTarget(orgDomain, [collected], { policy: curious, notices: [] }, asked);
    const undecided = report?.results
      .filter(({ verdict }) => verdict === 'inconclusive')
      .map(({ control }) => control.id);
    expect(undecided).to.include.members([
      'org/app-removals-reviewed',
      'org/logins-within-ranges',
      'org/mfa-enforced',
      'org/passwords-rotated',
      'org/user-agent-flow-blocked',
      'org/username-password-flow-blocked',
    ]);
  });

  it('keeps why a target could not be opened', () => {
    const error = { name: 'UnknownOrg', message: 'sf knows no org', actions: ['Log in.'] };
    const closed = { target: { kind: 'org', name: 'nobody' } as const, asOf: '2026-11-23T10:00:00.000Z', error };
    const { targets } = parseEvidence(evidenceText(tool, 'org', [closed]), tool, orgDomain);
    const [report] = evaluateTarget(orgDomain, targets, { policy: curious, notices: [] }, undefined);
    expect(report).to.deep.include({ error, gate: 'undecided', asOf: closed.asOf, results: [] });
  });

  it('takes a fact that this version does not know for nothing', async () => {
    const { collected } = await collectedFrom('hardened', curious, { only: ['org/no-guest-sites'] });
    if (!('facts' in collected)) throw new Error('Not opened.');
    const facts = { ...collected.facts, moonPhase: complete('full') };
    const text = evidenceText(tool, 'org', [{ ...collected, facts }]);
    const [one] = parseEvidence(text, tool, orgDomain).targets;
    expect(one && 'facts' in one && Object.keys(one.facts)).to.deep.equal(Object.keys(orgDomain.collectors));
  });

  describe('is refused', () => {
    const closed: Collected<never> = {
      target: { kind: 'org', name: 'nobody' },
      asOf: '2026-11-23T10:00:00.000Z',
      error: { name: 'E', message: 'm', actions: [] },
    };
    const text = evidenceText(tool, 'org', [closed]);
    const otherwise = (change: (content: Record<string, unknown>) => void): string => {
      const content = JSON.parse(text) as Record<string, unknown>;
      change(content);
      return JSON.stringify(content);
    };
    const cases: ReadonlyArray<[string, string, RegExp]> = [
      ['when it is empty', '', /no JSON/],
      ['when it is not JSON', 'version: 1', /no JSON/],
      ['when it was cut off', text.slice(0, -20), /cut off/],
      ['when it is nested 20,000 deep', `{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`, /nested too deep/],
      ['when it is other JSON', '[]', /no evidence file/],
      ['when it is null', 'null', /no evidence file/],
      ['when it is a report', JSON.stringify({ schemaVersion: 1, tool, targets: [] }), /no evidence file/],
      ['when it nests without end', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /nested too deep/],
      ['of another tool', evidenceText({ ...tool, name: 'other' }, 'org', [closed]), /another tool \(other\)/],
      ['of another schema version', otherwise((one) => (one.schemaVersion = 2)), /schema version is 2.*reads 1/],
      ['without a schema version', otherwise((one) => delete one.schemaVersion), /schema version is undefined/],
      ['when a value was edited', text.replace('nobody', 'somebody'), /changed after it was saved/],
      ['when a key was added', otherwise((one) => (one.note = 'fine')), /changed after it was saved/],
      ['when its hash is gone', otherwise((one) => delete one.sha256), /changed after it was saved/],
      ['of a package', evidenceText(tool, 'package', [closed]), /about package source, and this command judges orgs/],
      ['without a target', evidenceText(tool, 'org', []), /schema: targets/],
      ['with one target twice', evidenceText(tool, 'org', [closed, closed]), /contains the target nobody twice/],
      [
        'with a target of another kind',
        evidenceText(tool, 'org', [{ ...closed, target: { kind: 'package', name: 'Pay' } }]),
        /its target Pay is of the kind package/,
      ],
      [
        'with a moment that is not valid',
        evidenceText(tool, 'org', [{ ...closed, asOf: 'today' }]),
        /schema: targets\.0/,
      ],
    ];
    for (const [name, given, says] of cases) {
      it(name, () => expect(() => parseEvidence(given, tool, orgDomain)).to.throw(says));
    }

    it('when a fact has no state that is known', async () => {
      const { collected } = await collectedFrom('hardened', curious, { only: ['org/no-guest-sites'] });
      const facts = { sites: { status: 'fine', value: {} } } as never;
      const given = evidenceText(tool, 'org', [{ ...collected, facts }]);
      expect(() => parseEvidence(given, tool, orgDomain)).to.throw(/schema: targets/);
    });

    it('not when only its white space changed', () => {
      const pretty = JSON.stringify(JSON.parse(text), null, 4);
      expect(parseEvidence(pretty, tool, orgDomain).targets).to.have.length(1);
    });
  });
});
