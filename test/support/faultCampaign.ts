import { SCENARIOS, startOrg, type FaultPattern, type Scenario, type SimulatedOrg } from '../../simulator/index.js';
import { logIn } from '../../simulator/connect.js';
import { catalogue } from '../../src/catalogue.js';
import { evaluateTarget } from '../../src/cli/evaluateTargets.js';
import type { Prepared } from '../../src/cli/runConfig.js';
import { problemOf, publish } from '../../src/cli/outputReport.js';
import { contextOf, collectEvidence } from '../../src/engine/review.js';
import type { Finding, Policy, Report, Result, TargetReport } from '../../src/engine/types.js';
import { selectionOf, type Collected } from '../../src/evidence/file.js';
import { orgCollectors } from '../../src/org/collectors/index.js';
import { openOrg, orgDomain, preflight, type OrgFacts } from '../../src/org/index.js';
import { readPolicy } from '../../src/policy/index.js';
import type { NamedFault } from './faults.js';
import { mayBecome } from './weakened.js';

/** One org under fire, one beside it that nothing happens to, and what both say when nothing happens at all. */
export type Field = {
  scenario: string;
  org: SimulatedOrg;
  neighbour: SimulatedOrg;
  policy: Policy;
  /** What each collector asks, and what opening the org asks. */
  asked: ReadonlyMap<string, ReadonlySet<string>>;
  calm: Run;
  stop(): Promise<void>;
};

export type Run = { report?: Report; exit: number; said: string; milliseconds: number };

/** What opening asks: a fault there closes the org. */
const opening = 'opening the org';
/** Nearly every collector asks it, so it is a case of its own. */
const viewing = 'the permissions of the auditing user';
const isAboutViewer = (text: string): boolean => text.includes('UserPermissionAccess');

const quick = { request: 250, org: 3000 };
/** Far above what any case may take, on a busy machine, too: nothing waits for the defaults of 20 and 120 seconds. */
const longest = 15_000;

/** Everything that somebody may declare about an org of this name: what it cannot answer is attested. */
const policyFor = async (name: string): Promise<Policy> => {
  const { policy } = await readPolicy({
    file: 'examples/orgs/security-review.yml',
    from: '.',
    catalogue,
    today: new Date('2026-11-20'),
  });
  const [first] = policy.attestations;
  if (!first) throw new Error('The example policy attests nothing.');
  const attestable = orgDomain.controls.filter((control) => control.attestable);
  return {
    ...policy,
    attestations: attestable.map(({ id: control, attestableSubjects }) => ({
      ...first,
      control,
      org: name,
      ...(attestableSubjects === 'each' || attestableSubjects?.includes('ExternalClientApp')
        ? { subject: 'ExternalClientApp:*' }
        : {}),
    })),
    justifications: policy.justifications.map((one) => ({ ...one, org: name })),
    trust: { ...policy.trust, tokens: policy.trust.tokens.map((one) => ({ ...one, org: name })) },
  };
};

type Open = { name: string; org: SimulatedOrg; timeouts?: typeof quick };

/** As the command does it, but without its pauses between two tries. */
const collect = async ({ name, org, timeouts }: Open, policy: Policy): Promise<Collected<OrgFacts>> => {
  const asOf = new Date(org.scenario.now);
  const target = { kind: 'org', name, username: org.username } as const;
  const about = { target, asOf: asOf.toISOString() };
  try {
    const reader = await openOrg({
      username: org.username,
      pause: () => Promise.resolve(),
      ...(timeouts ? { timeouts } : {}),
    });
    const run = { policy, asOf, collected: asOf };
    const context = contextOf(orgDomain, run);
    await preflight(reader, context);
    const { orgId, namespace } = reader;
    return {
      target: { ...target, orgId, ...(namespace === undefined ? {} : { namespace }) },
      asOf: about.asOf,
      org: { orgId, ...(namespace === undefined ? {} : { namespace }) },
      selection: selectionOf(context),
      facts: await collectEvidence(orgDomain, reader, run),
    };
  } catch (error) {
    return { ...about, error: problemOf(error) };
  }
};

/** One run over the orgs, judged, published and given its exit code by the functions of the command. */
const audit = async (orgs: readonly Open[], policy: Policy): Promise<Run> => {
  const started = performance.now();
  const said: string[] = [];
  const before = process.exitCode;
  const scope: Prepared['scope'] = {
    controls: 'all',
    failOn: policy.gate.failOn,
    inconclusive: policy.gate.inconclusive,
  };
  try {
    const collected = await Promise.all(orgs.map((one) => collect(one, policy)));
    const targets = evaluateTarget(orgDomain, collected, { policy, notices: [] }, undefined);
    const report = await publish({ targets, undecided: [] }, { policy, scope }, { view: 'table' }, (text) =>
      said.push(text)
    );
    return { report, exit: Number(process.exitCode), said: said.join('\n'), milliseconds: performance.now() - started };
  } catch (error) {
    const { exitCode, message } = error as { exitCode?: number; message: string };
    return { exit: exitCode ?? 10, said: message, milliseconds: performance.now() - started };
  } finally {
    process.exitCode = before;
  }
};

const orgs = (
  { scenario, org, neighbour }: Pick<Field, 'scenario' | 'org' | 'neighbour'>,
  beside: boolean,
  silent?: true
): Open[] => [
  { name: scenario, org, ...(silent ? { timeouts: quick } : {}) },
  ...(beside ? [{ name: 'neighbour', org: neighbour }] : []),
];

/** Starts the two orgs, and learns which requests belong to which collector. */
export const fieldOf = async (scenario: keyof typeof SCENARIOS, beside: Scenario, folder: string): Promise<Field> => {
  // The step summary of a CI is no place for thousands of reports.
  delete process.env['GITHUB_STEP_SUMMARY'];
  const org = await startOrg(SCENARIOS[scenario]());
  const neighbour = await startOrg(beside);
  await logIn(org, folder);
  await logIn(neighbour, folder);
  const policy = await policyFor(scenario);
  const calm = await audit(orgs({ scenario, org, neighbour }, true), policy);
  const context = contextOf(orgDomain, {
    policy,
    asOf: new Date(org.scenario.now),
    collected: new Date(org.scenario.now),
  });
  const asked = new Map<string, ReadonlySet<string>>();
  const texts = (): Set<string> => new Set(org.requests.splice(0).map(({ text }) => text));
  texts();
  for (const fact of Object.keys(orgCollectors) as Array<keyof OrgFacts>) {
    // eslint-disable-next-line no-await-in-loop -- which requests are whose shows only one after the other
    const reader = await openOrg({ username: org.username });
    asked.set(opening, texts());
    // eslint-disable-next-line no-await-in-loop
    await orgCollectors[fact].collect(reader, context);
    const own = texts();
    const others = [...own].filter((text) => !isAboutViewer(text));
    if (others.length > 0) asked.set(fact, new Set(others));
    const permissions = [...own].filter(isAboutViewer);
    if (permissions.length > 0) asked.set(viewing, new Set(permissions));
  }
  org.requests.length = neighbour.requests.length = 0;
  return {
    scenario,
    org,
    neighbour,
    policy,
    asked,
    calm,
    stop: async () => {
      await Promise.all([org.stop(), neighbour.stop()]);
    },
  };
};

/** Runs the audit with one fault on everything that matches; gives what is wrong with the outcome, nothing if all is well. */
export const underFault = async (
  field: Field,
  named: NamedFault,
  pattern: FaultPattern,
  beside = false
): Promise<string[] | 'no case'> => {
  const { fault, harmless, silent, changed } = named;
  const before = changed?.();
  field.org.clearFaults();
  field.org.fault(pattern, fault);
  const run = await audit(orgs(field, beside, silent), field.policy);
  field.org.clearFaults();
  const wrong = compare(field, run, harmless === true, beside);
  const asked = [...field.org.requests.splice(0), ...field.neighbour.requests.splice(0)];
  const writes = asked.filter(({ isRead }) => !isRead).map(({ text }) => `not a read: ${text}`);
  return changed !== undefined && changed() === before ? 'no case' : [...wrong, ...writes];
};

/** A part of a composite is hit, and so is what is asked alone; the composite around it only by what it cannot show in a part. */
export const requestsOf = (texts: ReadonlySet<string>, { kind }: NamedFault['fault']): FaultPattern => {
  const inParts = kind === 'error' || kind === 'altered';
  return ({ text, parts }) =>
    parts === undefined ? texts.has(text) : !inParts && parts.some((part) => texts.has(part.text));
};

const exitCodes = { passed: 0, failed: 3, undecided: 4 } as const;

const compare = ({ calm, scenario }: Field, run: Run, harmless: boolean, beside: boolean): string[] => {
  const wrong: string[] = [];
  const { report, exit, said, milliseconds } = run;
  if (milliseconds > longest) wrong.push(`took ${Math.round(milliseconds)} ms`);
  const text = `${said}\n${JSON.stringify(report ?? '')}`;
  if (/(?:\n|\\n)\s+at .*:\d+|node_modules|TypeError|\[object Object\]/.test(text))
    wrong.push(`shows its inside: ${text.slice(0, 500)}`);
  // Nothing could be opened, and nothing else was asked for.
  if (!report) return exit === 1 && !beside && !harmless ? wrong : [...wrong, `exit ${exit}, no report: ${said}`];
  if (exit !== exitCodes[report.gate]) wrong.push(`exit ${exit} for the gate ${report.gate}`);
  const [before, besideBefore] = calm.report?.targets ?? [];
  const [after, besideAfter] = report.targets;
  if (beside && JSON.stringify(besideBefore) !== JSON.stringify(besideAfter)) wrong.push('the other org changed');
  return [...wrong, ...(before && after ? worse(before, after, scenario, harmless) : ['the target is missing'])];
};

const worse = (before: TargetReport, after: TargetReport, scenario: string, harmless: boolean): string[] => {
  const wrong: string[] = [];
  if (before.gate !== 'passed' && after.gate === 'passed')
    wrong.push(`the gate became better: ${before.gate} → passed`);
  if (after.error) return harmless ? [...wrong, `did not open: ${after.error.message}`] : wrong;
  if (after.target.name !== scenario) wrong.push('the targets changed places');
  return [...wrong, ...changes(before, after, harmless)];
};

const offences = ({ findings }: Result): Finding[] => findings.filter(({ kind }) => kind !== 'latent');

/** The same thing of a subject with another name: of a profile where its users were too many, or of an app whose label came out wrong. */
const isOfOtherName = (one: Finding, other: Finding): boolean =>
  one.subject.name !== other.subject.name && one.kind === other.kind && whatIs(one) === whatIs(other);
const whatIs = ({ at, message }: Finding): string => at ?? message;

const changes = (before: TargetReport, after: TargetReport, harmless: boolean): string[] =>
  before.results.flatMap((was) => {
    const is = after.results.find(({ control }) => control.id === was.control.id);
    if (!is) return [`${was.control.id} is gone`];
    const { id } = was.control;
    const step = `${was.verdict} → ${is.verdict}`;
    if (harmless && step !== `${was.verdict} → ${was.verdict}`) return [`${id}: ${step}, though nothing was missing`];
    if (!mayBecome[was.verdict].includes(is.verdict)) return [`${id}: ${step} (${is.reason})`];
    const added = is.findings.filter((one) => !was.findings.some(({ fingerprint }) => fingerprint === one.fingerprint));
    const lost = (is.verdict === 'pass' ? was.findings : offences(was)).filter(
      (one) =>
        !is.findings.some(({ fingerprint }) => fingerprint === one.fingerprint) &&
        !added.some((other) => isOfOtherName(one, other))
    );
    // What is inconclusive, or has gaps, says that there may be more.
    return lost.length > 0 && is.verdict !== 'inconclusive' && is.gaps.length === 0
      ? [`${id}: ${step}, but ${lost.length} findings are gone`]
      : [];
  });
