import { expect } from 'chai';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { evaluateTarget } from '../src/cli/evaluateTargets.js';
import { contradictionsIn } from '../src/engine/checkReport.js';
import { conflictsOf, mergeReports } from '../src/engine/merge.js';
import { reportOf } from '../src/engine/report.js';
import type { Gate, Report, TargetReport, Verdict } from '../src/engine/types.js';
import { evidenceText, parseEvidence, type Collected } from '../src/evidence/file.js';
import { orgDomain, type OrgFacts } from '../src/org/index.js';
import { weakeningsOf } from '../src/policy/index.js';
import { parsePolicy } from '../src/policy/parse.js';
import { reportSchema } from '../src/render/reportSchema.js';
import { collectedFrom } from './evidence/support.js';
import { stopAll } from './org/support.js';

const SEED = 2026;
/** Each property; together about a thousand mutations. */
const RUNS = 350;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Place = { parent: Json[] | { [key: string]: Json }; key: string };

/** Values that a person or a merge conflict leaves behind, and words that mean something somewhere in these files. */
const LEFTOVERS: readonly Json[] = [
  ...[null, true, false, 0, -1, 1e9, '', ' ', '*', 'x', 'TODO', [], {}],
  ...['pass', 'fail', 'inconclusive', 'attested', 'not-applicable', 'latent', 'unchanged', 'accepted', 'new'],
  ...['passed', 'failed', 'undecided', 'never', 'off', 'allow', 'block', 'all', 'low', 'critical', 'info'],
  ...['0.0.0.0/0', '::/0', '1999-01-01', '2099-01-01', '9999-12-31', 'User:*', '*:*'],
];

function placesIn(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [{ parent: value as Place['parent'], key }, ...placesIn(one)]);
}

type Mutation = { at: number; how: 'delete' | 'replace' | 'rename' | 'repeat'; leftover: Json; what: number };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('delete', 'replace', 'replace', 'rename', 'repeat'),
  leftover: fc.constantFrom(...LEFTOVERS),
  what: fc.nat(),
});

/** A copy of the document with one thing changed. */
function mutated<T>(document: T, { at, how, leftover, what }: Mutation): Json {
  const copy = JSON.parse(JSON.stringify(document)) as Json;
  const places = placesIn(copy);
  const { parent, key } = places[at % places.length] as Place;
  const record = parent as Record<string, Json>;
  if (Array.isArray(parent)) {
    if (how === 'delete') parent.splice(Number(key), 1);
    else if (how === 'repeat') parent.push(parent[Number(key)] as Json);
    else parent[Number(key)] = leftover;
    return copy;
  }
  if (how === 'delete') delete record[key];
  else if (how === 'rename') {
    const letter = what % key.length;
    record[`${key.slice(0, letter)}${key.slice(letter + 1)}`] = record[key] as Json;
    delete record[key];
  } else record[key] = how === 'repeat' ? [record[key] as Json] : leftover;
  return copy;
}

const RANK: Record<Verdict, number> = { fail: 0, inconclusive: 1, attested: 2, 'not-applicable': 2, pass: 2 };
const GATES: Record<Gate, number> = { failed: 0, undecided: 1, passed: 2 };

/** The controls and gates that are better than in the original, and what is no longer there at all. */
function betterIn(targets: readonly TargetReport[], original: readonly TargetReport[]): string[] {
  return original.flatMap((before, index) => {
    const now = targets[index];
    if (now === undefined) return ['a target is missing'];
    return [
      ...(GATES[now.gate] > GATES[before.gate] ? [`the gate is ${now.gate} instead of ${before.gate}`] : []),
      ...before.results.flatMap(({ control, verdict }) => {
        const result = now.results.find((one) => one.control.id === control.id);
        if (result === undefined)
          return now.off.includes(control.id) ? [`${control.id} is off`] : [`${control.id} is missing`];
        return RANK[result.verdict] > RANK[verdict] ? [`${control.id} is ${result.verdict}, was ${verdict}`] : [];
      }),
    ];
  });
}

function verify(mutation_: fc.Arbitrary<Mutation>, holds: (one: Mutation) => void): void {
  fc.assert(fc.property(mutation_, holds), { seed: SEED, numRuns: RUNS });
}

describe('a mutated file', () => {
  let collected: Collected<OrgFacts>;
  let original: TargetReport;
  const tool = { name: 'sf-plugin-security-review', version: '0.1.0' };
  const controls = catalogue.filter(({ id }) => id.startsWith('org/'));
  const ids = controls.map(({ id }) => id);
  const scope: Report['scope'] = { controls: 'all', failOn: 'medium', inconclusive: 'block' };

  before(async () => {
    ({ collected } = await collectedFrom('broken', parsePolicy('version: 1', 'p.yml', catalogue)));
    [original] = evaluated(parsePolicy('version: 1', 'p.yml', catalogue)) as [TargetReport];
  });
  after(stopAll);

  function evaluated(policy: ReturnType<typeof parsePolicy>): TargetReport[] {
    return evaluateTarget(orgDomain, [collected], { policy, notices: [] }, undefined);
  }

  it('that is a policy is refused with line and key, or is no better than the original without a word', () => {
    const document = policyFor(original, collected.asOf);
    const today = new Date(collected.asOf);
    const before = evaluated(parsePolicy(stringify(document), 'security-review.yml', catalogue, today));
    const listed = new Set(
      weakeningsOf(parsePolicy(stringify(document), 'p.yml', catalogue, today), catalogue, ids, today).map(
        ({ message }) => message
      )
    );
    verify(mutation, (one) => {
      const text = stringify(mutated(document, one));
      let policy;
      try {
        policy = parsePolicy(text, 'security-review.yml', catalogue, today);
      } catch (error) {
        expect((error as Error).name, String(error)).to.equal('PolicyError');
        expect((error as Error).message).to.match(/line \d+: \S+/);
        return;
      }
      const better = betterIn(evaluated(policy), before);
      const weakened = weakeningsOf(policy, catalogue, ids, today).filter(({ message }) => !listed.has(message));
      if (better.length > 0) expect(weakened, `${better.join('; ')}\n${text}`).not.to.deep.equal([]);
    });
  });

  it('that is evidence is refused', () => {
    const text = evidenceText(tool, 'org', [collected]);
    const document = JSON.parse(text) as Json;
    verify(mutation, (one) => {
      const changed = mutated(document, one);
      if (JSON.stringify(changed) === JSON.stringify(document)) return;
      expect(() => parseEvidence(JSON.stringify(changed), tool, orgDomain)).to.throw(Error, /./);
    });
  });

  it('that is a report is refused with its key, or is no better once it was merged', () => {
    const report = reportOf(tool, scope, [original]);
    const fresh = { version: tool.version, now: new Date(report.asOf), maxEvidenceAge: 7, controls };
    const document = JSON.parse(JSON.stringify(report)) as Json;
    verify(mutation, (one) => {
      const { data, error } = reportSchema.safeParse(mutated(document, one));
      if (error) {
        expect(error.issues[0]?.message).to.be.a('string');
        return;
      }
      const part = { file: 'part.json', report: data as Report };
      const problems = [...contradictionsIn(data as Report), ...conflictsOf([part], fresh)];
      if (problems.length > 0) {
        expect(problems[0]).to.match(/\S+ is |\S+ has |verdict|results|entry|\w+\.\w+/);
        return;
      }
      const { targets } = mergeReports(tool, [part], (all) => all, fresh.now);
      expect(betterIn(targets, [original]), JSON.stringify(one)).to.deep.equal([]);
    });
  });
});

/** A policy with an entry in every section, for the org of the report. */
function policyFor({ target, results }: TargetReport, asOf: string): Json {
  const org = target.orgId ?? '';
  const dayIn = (days: number): string => new Date(Date.parse(asOf) + days * 86_400_000).toISOString().slice(0, 10);
  const who = { owner: 'ciso@acme.example', reason: 'Reviewed together with the vendor' };
  const found = (id: string): { id?: string; name: string; type: string } =>
    results.find(({ control }) => control.id === id)?.findings[0]?.subject ?? { type: 'User', name: 'nobody' };
  const [pack, site] = [found('org/packages-trusted'), found('org/no-guest-sites')];
  return {
    version: 1,
    orgs: [{ alias: 'hub', id: org, roles: ['dev-hub'] }],
    trust: {
      packages: [{ id: pack.id ?? '033000000000001', ...who, reviewBy: dayIn(100) }],
      tokens: [{ org: 'hub', appName: 'Salesforce CLI', ...who, reviewBy: dayIn(100) }],
      ipRanges: [{ cidr: '198.51.100.0/24', name: 'office VPN' }],
    },
    attestations: [{ control: 'org/incident-plan-attested', org: 'hub', ...who, on: dayIn(-1), expires: dayIn(100) }],
    waivers: [
      { control: 'org/no-guest-sites', org: 'hub', subject: `${site.type}:${site.name}`, ...who, expires: dayIn(50) },
    ],
    controls: { 'org/passwords-rotated': { params: { days: 365 } } },
    gate: { failOn: 'medium', inconclusive: 'block' },
    maxEvidenceAge: 7,
  };
}
