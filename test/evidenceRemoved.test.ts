import fc from 'fast-check';
import { SCENARIOS } from '../simulator/index.js';
import { catalogue } from '../src/catalogue.js';
import { complete, partial, unavailable } from '../src/engine/evidence.js';
import { evaluate, collectEvidence } from '../src/engine/review.js';
import type { Control, Domain, Evidence, EvidenceOf, Gap, Policy, Target, TargetReport } from '../src/engine/types.js';
import { orgDomain, type OrgFacts } from '../src/org/index.js';
import type { PackageFacts } from '../src/package/facts.js';
import { openPackage, packageDomain } from '../src/package/index.js';
import { readPolicy } from '../src/policy/index.js';
import { open, stopAll } from './org/support.js';
import { emptyPolicy } from './support/emptyPolicy.js';
import {
  connectedApp,
  externalClientApp,
  packageFacts,
  samlApp,
  secretFinding,
  secretRecord,
  secretStore,
  stub,
  use,
  withCode,
} from './support/packageFacts.js';
import { mayBecome } from './support/weakened.js';

/** Values that each fact can have: whatever was seen of it in one place or another. */
type Pool<Facts> = { readonly [K in keyof Facts]: ReadonlyArray<Facts[K]> };
type State = { value: number; status: number; kind: Gap['kind'] };

/** From everything to nothing; the last stands for a fact that nobody collected. */
const statuses = 4;
/** Not `not-given`: what nobody gave, such as the code of an integration, a person may attest. */
const kinds = ['no-access', 'not-supported', 'limit', 'unreadable', 'error'] as const;
const asOf = new Date('2026-11-23T10:00:00.000Z');
const fixed = { seed: 2026, numRuns: 60 };

const evidenceOf = (values: readonly unknown[], { value, status, kind }: State): Evidence<unknown> | undefined => {
  const held = values[value % values.length];
  const gap: Gap = { kind, detail: 'Taken away.' };
  return [complete(held), partial(held, gap), unavailable(gap), undefined][status];
};

const states = (count: number): fc.Arbitrary<State[]> =>
  fc.array(
    fc.record({
      value: fc.nat(20),
      // Mostly whole, so that controls with many needs are judged, too.
      status: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(statuses - 1)),
      kind: fc.constantFrom(...kinds),
    }),
    { minLength: count, maxLength: count }
  );

const built = <Facts>(control: Control<Facts>, pool: Pool<Facts>, given: readonly State[]): EvidenceOf<Facts> =>
  Object.fromEntries(
    control.needs.flatMap((need, index) => {
      const state = given[index];
      const evidence = state && evidenceOf(pool[need], state);
      return evidence ? [[need, evidence]] : [];
    })
  ) as EvidenceOf<Facts>;

/** Everything that can be signed, signed: each entry may then be taken away. */
const generous = (policy: Policy, ids: readonly string[], org: string | undefined): Policy => {
  const dated = { owner: 'ciso', on: '2026-11-01', expires: '2026-12-31', ...(org === undefined ? {} : { org }) };
  return {
    ...policy,
    attestations: ids.map((control) => ({ ...dated, control, reason: 'asked' })),
    justifications: ids.map((control) => ({ ...dated, control, subject: '*', why: 'needed' })),
    waivers: ids.map((control) => ({ ...dated, control, subject: '*', reason: 'known' })),
    gate: { failOn: 'info', inconclusive: 'block' },
  };
};

type Kept = {
  waivers: boolean;
  justifications: boolean;
  attestations: boolean;
  packages: boolean;
  apps: boolean;
  tokens: boolean;
};
const kept: fc.Arbitrary<Kept> = fc.record({
  waivers: fc.boolean(),
  justifications: fc.boolean(),
  attestations: fc.boolean(),
  packages: fc.boolean(),
  apps: fc.boolean(),
  tokens: fc.boolean(),
});

/** Not the ranges: without any the control compares with those of the profiles, which may be wider. */
const only = (policy: Policy, keep: Kept): Policy => ({
  ...policy,
  waivers: keep.waivers ? policy.waivers : [],
  justifications: keep.justifications ? policy.justifications : [],
  attestations: keep.attestations ? policy.attestations : [],
  trust: {
    ...policy.trust,
    packages: keep.packages ? policy.trust.packages : [],
    apps: keep.apps ? policy.trust.apps : [],
    tokens: keep.tokens ? policy.trust.tokens : [],
  },
});

const ensure = (holds: boolean, said: () => string): void => {
  if (!holds) throw new Error(said());
};
const gates: ReadonlyArray<TargetReport['gate']> = ['failed', 'undecided', 'passed'];

const suite = <Source, Facts>(
  domain: Domain<Source, Facts>,
  target: Target,
  subject: () => { pool: Pool<Facts>; policy: Policy }
): void => {
  for (const control of domain.controls) {
    describe(control.id, () => {
      const assessed = (evidence: EvidenceOf<Facts>, policy: Policy): TargetReport =>
        evaluate(domain, evidence, { policy, target, asOf, only: [control.id], audited: [] });
      const verdictOf = (report: TargetReport): TargetReport['results'][number]['verdict'] =>
        report.results[0]?.verdict ?? 'pass';
      const given = states(control.needs.length);

      it('never passes where a fact that it needs is missing, and is attested only if a person may answer', () => {
        const { pool, policy } = subject();
        fc.assert(
          fc.property(given, kept, (some, keep) => {
            const evidence = built(control, pool, some);
            const verdict = verdictOf(assessed(evidence, only(policy, keep)));
            const whole = control.needs.every((need) => evidence[need]?.status === 'complete');
            const allowed = whole || verdict === 'fail' || verdict === 'inconclusive';
            ensure(allowed, () => `${verdict} of ${JSON.stringify(evidence)}`);
            ensure(verdict !== 'attested' || (control.attestable && keep.attestations), () => 'attested by nobody');
          }),
          fixed
        );
      });

      it('never becomes better by seeing less', () => {
        const { pool, policy } = subject();
        const steps = fc.array(fc.nat(statuses - 1), {
          minLength: control.needs.length,
          maxLength: control.needs.length,
        });
        fc.assert(
          fc.property(given, steps, kept, (some, down, keep) => {
            const declared = only(policy, keep);
            const less = some.map((state, index) => ({
              ...state,
              status: Math.min(state.status + (down[index] ?? 0), statuses - 1),
            }));
            const before = assessed(built(control, pool, some), declared);
            const after = assessed(built(control, pool, less), declared);
            const step = `${verdictOf(before)} → ${verdictOf(after)}, gate ${before.gate} → ${after.gate}`;
            ensure(mayBecome[verdictOf(before)].includes(verdictOf(after)), () => step);
            ensure(before.gate === 'passed' || after.gate !== 'passed', () => step);
          }),
          fixed
        );
      });

      it('never lets a gate become better by fewer entries in the policy', () => {
        const { pool, policy } = subject();
        fc.assert(
          fc.property(given, kept, kept, (some, keep, drop) => {
            const evidence = built(control, pool, some);
            const names = Object.keys(keep) as Array<keyof Kept>;
            const fewer = Object.fromEntries(names.map((name) => [name, keep[name] && drop[name]])) as Kept;
            const before = assessed(evidence, only(policy, keep)).gate;
            const after = assessed(evidence, only(policy, fewer)).gate;
            ensure(gates.indexOf(after) <= gates.indexOf(before), () => `${before} → ${after}`);
          }),
          fixed
        );
      });
    });
  }
};

const pooled = <Facts>(names: ReadonlyArray<keyof Facts>, seen: ReadonlyArray<Partial<Facts>>): Pool<Facts> =>
  Object.fromEntries(
    names.map((name) => [name, seen.flatMap((facts) => (facts[name] === undefined ? [] : [facts[name]]))])
  ) as unknown as Pool<Facts>;

const valuesOf = <Facts>(evidence: EvidenceOf<Facts>): Partial<Facts> =>
  Object.fromEntries(
    (Object.entries(evidence) as Array<[string, Evidence<unknown>]>).flatMap(([name, one]) =>
      one.status === 'unavailable' ? [] : [[name, one.value]]
    )
  ) as Partial<Facts>;

describe('evidence and policy that are taken away from an org', () => {
  let pool: Pool<OrgFacts>;
  let policy: Policy;

  before(async () => {
    const { policy: example } = await readPolicy({
      file: 'examples/orgs/security-review.yml',
      from: '.',
      catalogue,
      today: new Date('2026-11-20'),
    });
    const reading = { 'org/own-apps-require-pkce': { params: { readGlobalOauthSettings: true } } };
    const asked = { ...example, controls: { ...example.controls, ...reading } };
    const seen: Array<Partial<OrgFacts>> = [];
    for (const name of Object.keys(SCENARIOS) as Array<keyof typeof SCENARIOS>) {
      // eslint-disable-next-line no-await-in-loop
      const { org, reader } = await open(SCENARIOS[name]());
      // eslint-disable-next-line no-await-in-loop
      seen.push(
        // eslint-disable-next-line no-await-in-loop -- one report after the other
        valuesOf(await collectEvidence(orgDomain, reader, { policy: asked, asOf: new Date(org.scenario.now) }))
      );
    }
    await stopAll();
    pool = pooled(Object.keys(orgDomain.collectors) as Array<keyof OrgFacts>, seen);
    const attestable = orgDomain.controls.flatMap((control) => (control.attestable ? [control.id] : []));
    const ids = orgDomain.controls.map(({ id }) => id);
    policy = {
      ...generous(example, ids, target.orgId),
      attestations: generous(example, attestable, target.orgId).attestations,
    };
  });

  // What every scenario trusts is the hardened org's own.
  const target = { kind: 'org', name: 'hardened', orgId: '00DHs000000Gma9MAC' } as const;
  suite(orgDomain, target, () => ({ pool, policy }));
});

describe('evidence and policy that are taken away from a package', () => {
  const careless = { scopes: ['Full', 'Web'], callbacks: ['http://localhost/cb', 'https://acme.example/cb'] };
  const careful = {
    ...{ scopes: ['Api', 'RefreshToken'], callbacks: ['https://acme.example/cb'], pkceRequired: true },
    ...{ refreshTokenRotation: true, idleTokensLimited: true, tokenIpsEnforced: true, deviceFlow: false },
  };
  const fixtures: ReadonlyArray<Partial<PackageFacts>> = [
    packageFacts(),
    packageFacts({ connectedApps: [connectedApp(careless), stub, samlApp], secretFindings: [secretFinding()] }),
    packageFacts({
      connectedApps: [connectedApp(careful)],
      externalClientApps: [externalClientApp({ local: careful, global: careful })],
    }),
    packageFacts({
      externalClientApps: [externalClientApp({ local: careless, global: { ...careless, deviceFlow: true } })],
      secretStores: [secretStore({ kind: 'metadata-type', records: [secretRecord(false)] })],
      destructiveChanges: [],
    }),
    withCode(packageFacts(), use('device', 'device_code'), use('username-password', 'grant_type=password')),
  ];
  let pool: Pool<PackageFacts>;
  const ids = packageDomain.controls.map(({ id }) => id);
  const attestable = packageDomain.controls.flatMap((control) => (control.attestable ? [control.id] : []));
  const policy: Policy = {
    ...generous(emptyPolicy, ids, undefined),
    attestations: generous(emptyPolicy, attestable, undefined).attestations,
    integrations: [
      { name: 'Gateway', app: 'Acme', flow: 'authorization-code', callbackOwner: 'isv', secretOwner: 'isv' },
    ],
  };

  before(async () => {
    const source = await openPackage('examples/acme-pay');
    const example = valuesOf(await collectEvidence(packageDomain, source, { policy, asOf }));
    pool = pooled(Object.keys(packageDomain.collectors) as Array<keyof PackageFacts>, [...fixtures, example]);
  });

  suite(packageDomain, { kind: 'package', name: 'acme' }, () => ({ pool, policy }));
});
