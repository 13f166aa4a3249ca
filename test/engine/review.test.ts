import { expect } from 'chai';
import { pass } from '../../src/engine/control.js';
import { complete, partial, unavailable } from '../../src/engine/evidence.js';
import { evaluate, review, selected, type Run } from '../../src/engine/review.js';
import type { CollectContext, Control, EvidenceOf, JudgeContext } from '../../src/engine/types.js';
import {
  asOf,
  doorsLocked,
  houseDomain,
  offence,
  policy,
  refused,
  saying,
  street,
  target,
  type House,
} from './samples.js';

const alarmOn = saying(() => pass('The alarm is on.'));
const both: ReadonlyArray<Control<House>> = [alarmOn, doorsLocked];
const run: Run = { policy, target, asOf, audited: [] };
const verdicts = (report: {
  results: ReadonlyArray<{ control: { id: string }; verdict: string }>;
}): Record<string, string> => Object.fromEntries(report.results.map(({ control, verdict }) => [control.id, verdict]));

describe('review', () => {
  it('collects, judges, settles and reports', async () => {
    const report = await review(houseDomain(both), street, run);
    expect(verdicts(report)).to.deep.equal({ 'house/alarm-on': 'pass', 'house/doors-locked': 'pass' });
    expect(report).to.deep.include({ target, asOf: asOf.toISOString(), gate: 'passed', off: [], notices: [] });
    expect(report.summary.pass).to.equal(2);
  });

  it('lets a collector that throws close its own fact only, and does not repeat what it threw', async () => {
    const report = await review(houseDomain(both), { doors: street.doors }, run);
    expect(verdicts(report)).to.deep.equal({ 'house/alarm-on': 'inconclusive', 'house/doors-locked': 'pass' });
    expect(report.results[0]?.gaps).to.deep.equal([
      { fact: 'alarm', kind: 'error', detail: 'Reading it failed (Error).' },
    ]);
    expect(report.gate).to.equal('undecided');
  });

  for (const doors of [unavailable(refused), partial([{ name: 'Front', locked: true }], refused)]) {
    it(`never passes what is ${doors.status}`, async () => {
      const report = await review(houseDomain([doorsLocked]), { ...street, doors }, run);
      expect(verdicts(report)).to.deep.equal({ 'house/doors-locked': 'inconclusive' });
      expect(report.results[0]?.gaps).to.deep.equal([{ fact: 'doors', ...refused }]);
    });
  }

  it('reads only what the chosen controls need', async () => {
    const domain = houseDomain(both);
    const asked: string[] = [];
    const alarm = {
      ...domain.collectors.alarm,
      collect: async () => Promise.resolve((asked.push('alarm'), complete(true))),
    };
    const report = await review({ ...domain, collectors: { ...domain.collectors, alarm } }, street, {
      ...run,
      only: ['house/doors-*'],
    });
    expect(asked).to.deep.equal([]);
    expect(Object.keys(verdicts(report))).to.deep.equal(['house/doors-locked']);
  });

  it('keeps what counts once trust ends, while the report may still be merged', async () => {
    const dayIn = (days: number): string => new Date(asOf.getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const apps = [3, 6, 30].map((days) => ({
      externalApp: `App ${days}`,
      reviewBy: dayIn(days),
      owner: 'ciso',
      reason: 'Reviewed',
    }));
    const trusting: Control<House> = {
      ...doorsLocked,
      compares: ['trust.apps'],
      judge: (_facts, { declared }) => {
        const names = new Set(declared.trust.apps.map(({ externalApp }) => externalApp));
        const [first, ...others] = apps
          .filter(({ externalApp }) => !names.has(externalApp))
          .map(({ externalApp }) => offence(externalApp));
        return first ? { verdict: 'fail', findings: [first, ...others] } : pass('Every app is trusted.');
      },
    };
    const trust = { ...policy.trust, apps };
    const domain = houseDomain([trusting]);
    const report = await review(domain, street, { ...run, policy: { ...policy, maxEvidenceAge: 7, trust } });
    expect(verdicts(report)).to.deep.equal({ 'house/doors-locked': 'pass' });
    const later = report.results[0]?.trusted?.map(({ until, findings }) => [
      until,
      findings.map(({ subject }) => subject.name),
    ]);
    expect(later).to.deep.equal([
      [dayIn(3), ['App 3']],
      [dayIn(6), ['App 6']],
    ]);
    // Without its policy, the report is merged by the default of 7 days.
    const strict = await review(domain, street, { ...run, policy: { ...policy, maxEvidenceAge: 2, trust } });
    expect(strict.results[0]?.trusted).to.deep.equal(report.results[0]?.trusted);
    const lax = await review(domain, street, { ...run, policy: { ...policy, maxEvidenceAge: 40, trust } });
    expect(lax.results[0]?.trusted?.map(({ until }) => until)).to.deep.equal([3, 6, 30].map(dayIn));
  });

  it('leaves out a control that the policy turned off, and reports it', async () => {
    const off = { ...policy, controls: { 'house/alarm-on': { severity: 'off' as const } } };
    const report = await review(houseDomain(both), street, { ...run, policy: off });
    expect(Object.keys(verdicts(report))).to.deep.equal(['house/doors-locked']);
    expect(report.off).to.deep.equal(['house/alarm-on']);
  });

  it('tells collectors the parameters, and what their controls require of the auditor', async () => {
    const domain = houseDomain(both);
    const seen: CollectContext[] = [];
    const doors: typeof domain.collectors.doors = {
      ...domain.collectors.doors,
      collect: async (source: EvidenceOf<House>, context: CollectContext) => {
        seen.push(context);
        return domain.collectors.doors.collect(source, context);
      },
    };
    const strict = { ...policy, controls: { 'house/alarm-on': { params: { days: 7 } } } };
    await review({ ...domain, collectors: { ...domain.collectors, doors } }, street, { ...run, policy: strict });
    expect(seen).to.have.length(1);
    expect(seen[0]?.params).to.deep.equal({ 'house/alarm-on': { days: 7 }, 'house/doors-locked': {} });
    expect(seen[0]?.required).to.deep.equal([
      { anyOf: ['OpenGate'], controls: ['house/alarm-on', 'house/doors-locked'] },
      { anyOf: ['HearAlarm', 'SeeAlarm'], controls: ['house/alarm-on'] },
    ]);
  });

  it('reads what the description needs, and takes notices and facts about the target from it', async () => {
    const domain = houseDomain([doorsLocked]);
    const described = {
      ...domain,
      describes: ['alarm'] as const,
      describe: (evidence: EvidenceOf<House>) => ({
        roles: ['dev-hub'] as const,
        notices: [`The alarm is ${evidence.alarm?.status ?? 'unread'}.`],
      }),
    };
    const report = await review(described, street, run);
    expect(report.target).to.deep.equal({ ...target, roles: ['dev-hub'] });
    expect(report.notices).to.deep.equal(['The alarm is complete.']);
  });

  it('reports progress from none to all', async () => {
    const steps: string[] = [];
    await review(houseDomain(both), street, { ...run, progress: (done, of) => steps.push(`${done}/${of}`) });
    expect(steps).to.deep.equal(['0/2', '1/2', '2/2']);
  });
});

describe('assess', () => {
  it('gives the judge its parameters, each replaced where the policy names it, and what people declared', () => {
    const contexts: JudgeContext[] = [];
    const control = saying((_facts, context) => {
      contexts.push(context);
      return pass('Fine.');
    });
    const declared = {
      ...policy,
      orgs: [{ alias: 'hub', id: '00D1' }],
      controls: { 'house/alarm-on': { params: { days: 7 } } },
    };
    const audited = [{ orgId: '00D1' }];
    evaluate(houseDomain([control]), street, { ...run, audited });
    evaluate(houseDomain([control]), street, { ...run, audited, policy: declared });
    expect(contexts.map(({ params }) => params)).to.deep.equal([{ days: 30 }, { days: 7 }]);
    expect(contexts[1]?.declared).to.deep.equal({
      orgs: declared.orgs,
      trust: policy.trust,
      integrations: [],
      submission: policy.submission,
      audited,
    });
    expect(contexts[0]?.asOf).to.equal(asOf);
  });

  it('tells about a judge that broke, and judges the others', () => {
    const crashes: string[] = [];
    const broken = saying(() => {
      throw new Error('undefined is no door');
    });
    const onCrash = (id: string, error: Error): void => void crashes.push(`${id}: ${error.message}`);
    const report = evaluate(houseDomain([broken, doorsLocked]), street, { ...run, onCrash });
    expect(verdicts(report)).to.deep.equal({ 'house/alarm-on': 'inconclusive', 'house/doors-locked': 'pass' });
    expect(crashes).to.deep.equal(['house/alarm-on: undefined is no door']);
  });

  it('says once what several findings have in common with one entry of the policy', () => {
    const justifications = [
      { control: doorsLocked.id, subject: 'Door:*', why: 'A barn', owner: 'ciso', expires: '2026-12-31' },
    ];
    const doors = complete([
      { name: 'Front', locked: false },
      { name: 'Back', locked: false },
    ]);
    const report = evaluate(houseDomain([doorsLocked]), { doors }, { ...run, policy: { ...policy, justifications } });
    expect(report.notices).to.deep.equal([
      'A violation cannot be justified: house/doors-locked, Door:*.',
      'Justification house/doors-locked Door:* may cover more than one subject.',
    ]);
    expect(report.gate).to.equal('failed');
  });
});

describe('selected', () => {
  it('takes ids and globs, and everything without them', () => {
    const ids = (only?: readonly string[]): string[] => selected(both, only).map(({ id }) => id);
    expect(ids()).to.deep.equal(['house/alarm-on', 'house/doors-locked']);
    expect(ids(['house/alarm-on'])).to.deep.equal(['house/alarm-on']);
    expect(ids(['*-locked', 'house/a*'])).to.deep.equal(['house/alarm-on', 'house/doors-locked']);
    expect(ids(['house'])).to.deep.equal([]);
    expect(ids([])).to.deep.equal([]);
  });
});
