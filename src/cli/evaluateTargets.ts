import { Logger, Messages } from '@salesforce/core';
import * as z from 'zod';
import { isOff } from '../engine/controlSettings.js';
import { shortTime } from '../common/dates.js';
import { gateOf, summaryOf } from '../engine/report.js';
import { evaluate } from '../engine/review.js';
import type { Declared, Domain, PackageCheck, Policy, Target, TargetReport } from '../engine/types.js';
import type { Collected } from '../evidence/file.js';
import { endingTrust, noticesOfTrust } from '../policy/index.js';
import { evaluationDate, type AsOf } from './asOf.js';
import type { Previous } from './previous.js';
import type { Prepared } from './runConfig.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/**
 * The reports of a run; with an earlier report also those of a policy that decides nothing, with the parameters of that
 * report, in the same order.
 */
export type Evaluated = { targets: TargetReport[]; undecided: TargetReport[] };

/** Evaluates what was collected, and once more without the decisions of the policy where an earlier report needs it. */
export const evaluateRun = <Source, Facts>(
  domain: Domain<Source, Facts>,
  collected: ReadonlyArray<Collected<Facts>>,
  prepared: Pick<Prepared, 'policy' | 'only' | 'notices' | 'previous' | 'checksOf'>,
  asked: AsOf | undefined
): Evaluated => ({
  targets: evaluateTarget(domain, collected, prepared, asked),
  undecided: prepared.previous
    ? evaluateTarget(
        domain,
        collected,
        { ...prepared, policy: withoutDecisions(prepared.policy, prepared.previous) },
        asked
      )
    : [],
});

/** What a policy trusts, turns off or allows by a parameter is found under this one. */
const withoutDecisions = (policy: Policy, { report }: Previous): Policy => ({
  ...policy,
  trust: { packages: [], apps: [], tokens: [], ipRanges: [] },
  controls: Object.fromEntries(Object.entries(report.scope.params ?? {}).map(([id, params]) => [id, { params }])),
});

/**
 * The policy by which facts are selected. A smaller `days` selects more: what the earlier report found with it is selected
 * again, so that it is known whether it is fixed.
 */
export const policyToCollect = <Source, Facts>(
  { controls }: Domain<Source, Facts>,
  { policy, previous }: Pick<Prepared, 'policy' | 'previous'>
): Policy => {
  if (previous === undefined) return policy;
  const earlier = previous.report.scope.params ?? {};
  const smallest = controls.flatMap(({ id, params: standard }) => {
    const daysIn = (params: unknown): number | undefined =>
      days.safeParse({ ...(standard as object | undefined), ...(params as object | undefined) }).data?.days;
    const given = policy.controls[id];
    const [now, before] = [daysIn(given?.params), daysIn(earlier[id])];
    if (now === undefined || before === undefined || before >= now) return [];
    return [[id, { ...given, params: { ...given?.params, days: before } }] as const];
  });
  return { ...policy, controls: { ...policy.controls, ...Object.fromEntries(smallest) } };
};

/** As in a policy: a report may have been edited, and no date may fail because of it. */
const days = z.object({ days: z.int().min(0) });

/** Judges what was collected, now or in an earlier run: both are this function. */
export const evaluateTarget = <Source, Facts>(
  domain: Domain<Source, Facts>,
  collected: ReadonlyArray<Collected<Facts>>,
  { policy, only, notices, checksOf }: Pick<Prepared, 'policy' | 'only' | 'notices' | 'checksOf'>,
  asked: AsOf | undefined
): TargetReport[] => {
  const audited = auditedOrgs(domain, collected, { policy, only }, asked);
  return collected.map((one) => {
    const { target } = one;
    const moment = new Date(one.asOf);
    const asOf = evaluationDate(asked, moment);
    const datedAs = asked ? [messages.getMessage('info.asOf', [shortTime(asOf), shortTime(one.asOf)])] : [];
    if ('error' in one) return { ...unopenedTargetReport(target, asOf, policy, one.error), notices: datedAs };
    const packages = checksOf?.(one.org?.orgId) ?? [];
    const run = {
      ...{ policy, target, asOf, collected: moment, audited, onCrash: reportCrash },
      ...(only ? { only } : {}),
      packages,
    };
    const report = evaluate(domain, one.facts, run);
    const ending = endingTrust(policy, asOf);
    return {
      ...report,
      notices: [...datedAs, ...packages.map(noticeOf), ...report.notices, ...notices, ...noticesOfTrust(ending, asOf)],
      ...(ending.length > 0 ? { endingTrust: ending } : {}),
    };
  });
};

/** A report that decides a part of this one. */
function noticeOf({ name, version, source, day }: PackageCheck): string {
  return messages.getMessage('info.packageReport', [
    source,
    `${name}${version === undefined ? '' : ` ${version}`}`,
    day,
  ]);
}

/** The orgs of the run that count as linked orgs. A run of chosen controls evaluates an org in part. */
const auditedOrgs = <Source, Facts>(
  domain: Domain<Source, Facts>,
  collected: ReadonlyArray<Collected<Facts>>,
  { policy, only }: Pick<Prepared, 'policy' | 'only'>,
  asked: AsOf | undefined
): Declared['audited'] => {
  const isEvaluated = ({ id }: { id: string }, selected: readonly string[], asOf: Date): boolean =>
    only === undefined && !isOff(policy, id, asOf) && selected.includes(id);
  return collected.flatMap((one) => {
    if (!('facts' in one) || !one.org || domain.describe(one.facts, policy).temporary) return [];
    const isWhole = domain.controls.every((control) =>
      isEvaluated(control, one.selection.controls, evaluationDate(asked, new Date(one.asOf)))
    );
    return [{ ...one.org, ...(isWhole ? {} : { partly: true as const }) }];
  });
};

/** The part of a report that says that a target could not be opened, and what to do about it. */
const unopenedTargetReport = (
  target: Target,
  asOf: Date,
  policy: Policy,
  error: NonNullable<TargetReport['error']>
): TargetReport => ({
  target,
  asOf: asOf.toISOString(),
  error,
  gate: gateOf([], policy.gate, false),
  summary: summaryOf([]),
  results: [],
  off: [],
  notices: [],
});

/** A control that broke is no verdict about the subject; its maintainer finds the place in sf's log. */
const reportCrash = (control: string, error: Error): void => {
  void Logger.child('security-review').then((logger) => logger.error(crashText(control, error)));
};

/** Where an error arose. Not its message: an unexpected error may quote the data that caused it. */
export const crashText = (control: string, { name, message, stack = '' }: Error): string => {
  const places = stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return [`${control}: ${name}`, ...places].join('\n');
};
