import { expect } from 'chai';
import { complete, partial, unavailable } from '../../src/engine/evidence.js';
import { judge } from '../../src/engine/judge.js';
import type { Control, Declared, EvidenceOf, Gap, JudgeContext, Judgement } from '../../src/engine/types.js';
import { nothingAnswered } from './submission.js';

/** One row of a control's table. */
type Case<Facts, Need extends keyof Facts, Params> = {
  name: string;
  /** Something that would deceive a careless control: of Salesforce, its files or its libraries. */
  trap?: true;
  facts: Pick<Facts, Need>;
  params?: Partial<Params>;
  /** When the facts were collected; absent: at the moment of the table. */
  collected?: Date;
  declared?: Partial<Declared>;
  /** `Type:name` of every latent finding, in order; absent: not looked at. */
  latent?: readonly string[];
  /** What the judge gives as reason for anything but a fail. */
  reason?: RegExp;
};
type Failing<C> = C & {
  /** `Type:name` of every subject that fails, in order. */
  names: readonly string[];
  /** Also the messages, where the wording carries a fact. */
  says?: readonly RegExp[];
};
/** `latent`: `Type:name` of everything that is worth knowing though it passes. */
type Passing<C> = C & { latent?: readonly string[] };
/** `'never'`: a verdict that the control cannot give, because no fact could carry it. */
type Table<C> = {
  pass: readonly [Passing<C>, ...Array<Passing<C>>] | 'never';
  fail: readonly [Failing<C>, ...Array<Failing<C>>] | 'never';
  /** One subject that could not be judged, or a selection that does not reach far enough. */
  inconclusive?: readonly C[];
  notApplicable?: readonly C[];
};

/** `3 of 5 active external users`: such a finding may grow, and drift compares its count. */
export const MEMBERS = /\d+ (?:of \d+ )?(?:active |live |external )*(?:user|token|profile)s?\b/;

/** The moment at which every table is judged. */
export const asOf = new Date('2026-11-23T10:00:00.000Z');

const nothingDeclared: Declared = {
  orgs: [],
  trust: { packages: [], apps: [], tokens: [], ipRanges: [] },
  integrations: [],
  submission: nothingAnswered,
  audited: [],
};
const unseen: Gap = { kind: 'no-access', detail: 'Refused.', grants: ['ViewSetup'] };

/**
 * Runs a control's table, and adds what every control owes: inconclusive without each needed fact, never better than
 * inconclusive on a part unless it says that a part is enough, and pure (the facts are frozen).
 */
export const testControl = <Facts, Need extends keyof Facts, Params>(
  control: Control<Facts, Need, Params>,
  table: Table<Case<Facts, Need, Params>>
): void => {
  type One = Case<Facts, Need, Params>;
  const context = ({ params, collected, declared }: One): JudgeContext<Params> => ({
    params: { ...(control.params ?? {}), ...params } as Params,
    asOf,
    ...(collected ? { collected } : {}),
    declared: freeze({ ...nothingDeclared, ...declared }),
  });
  const ask = (one: One): Judgement => {
    const judgement = control.judge(freeze(one.facts), context(one));
    if (one.latent) expect(latentOf(judgement)).to.deep.equal(one.latent);
    if (one.reason) expect('reason' in judgement && judgement.reason).to.match(one.reason);
    return judgement;
  };
  const evidenceOf = (facts: Pick<Facts, Need>): EvidenceOf<Facts> =>
    Object.fromEntries(control.needs.map((need) => [need, complete(freeze(facts[need]))])) as EvidenceOf<Facts>;
  const widened = control as unknown as Control<Facts>;
  const passing = table.pass === 'never' ? [] : table.pass;
  const failing = table.fail === 'never' ? [] : table.fail;
  const everyCase: One[] = [...passing, ...failing, ...(table.inconclusive ?? []), ...(table.notApplicable ?? [])];

  describe(control.id, () => {
    for (const one of passing) {
      it(`passes: ${titleOf(one)}`, () => {
        const judgement = ask(one);
        expect(judgement.verdict, JSON.stringify(judgement)).to.equal('pass');
        if (one.latent) expect(latentOf(judgement)).to.deep.equal(one.latent);
      });
    }
    for (const one of failing) {
      it(`fails: ${titleOf(one)}`, () => {
        const judgement = ask(one);
        expect(judgement.verdict, JSON.stringify(judgement)).to.equal('fail');
        const findings = judgement.verdict === 'fail' ? judgement.findings : [];
        expect(findings.map(({ subject }) => `${subject.type}:${subject.name}`)).to.deep.equal(one.names);
        one.says?.forEach((says, index) => expect(findings[index]?.message).to.match(says));
        for (const { message, count } of findings.filter((finding) => MEMBERS.test(finding.message))) {
          expect(count, `a finding about several members has a count: ${message}`).to.be.a('number').above(0);
        }
        const told = findings.map(({ subject, at }) =>
          JSON.stringify([subject.type, subject.name, subject.id ?? subject.file, at])
        );
        expect(new Set(told).size, 'two findings of one subject need `at` to tell them apart').to.equal(told.length);
      });
    }
    for (const one of table.inconclusive ?? []) {
      it(`inconclusive: ${titleOf(one)}`, () => {
        const judgement = ask(one);
        expect(judgement.verdict, JSON.stringify(judgement)).to.equal('inconclusive');
        expect(
          'unseen' in judgement && judgement.unseen?.length,
          'an inconclusive judge names what it did not see'
        ).to.be.above(0);
      });
    }
    for (const one of table.notApplicable ?? []) {
      it(`not applicable: ${titleOf(one)}`, () => {
        const judgement = ask(one);
        expect(judgement.verdict, JSON.stringify(judgement)).to.equal('not-applicable');
      });
    }
    for (const need of control.needs) {
      it(`is inconclusive when ${String(need)} cannot be seen`, () => {
        for (const one of everyCase) {
          const evidence = { ...evidenceOf(one.facts), [need]: unavailable(unseen) };
          const { judgement, gaps } = judge(widened, evidence, context(one));
          expect(judgement.verdict, one.name).to.equal('inconclusive');
          expect(gaps).to.deep.include({ fact: String(need), ...unseen });
        }
      });
      it(`does not pass on a part of ${String(need)}, unless a part is enough`, () => {
        for (const one of everyCase) {
          const evidence = { ...evidenceOf(one.facts), [need]: partial(freeze(one.facts[need]), unseen) };
          const { judgement } = judge(widened, evidence, context(one));
          expect(judgement.verdict, one.name).to.be.oneOf(['inconclusive', control.provableFromPart?.[need]]);
        }
      });
    }
  });
};

const titleOf = ({ name, trap }: { name: string; trap?: true }): string => `${trap ? 'trap: ' : ''}${name}`;

const latentOf = (judgement: Judgement): string[] =>
  (judgement.latent ?? []).map(({ subject }) => `${subject.type}:${subject.name}`);

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
};
