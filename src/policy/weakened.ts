import { isOff, severityOf } from '../engine/controlSettings.js';
import type { Policy, Weakening } from '../engine/types.js';
import { DEFAULT_MAX_EVIDENCE_AGE } from '../engine/checkReport.js';
import { shortDay } from '../common/dates.js';
import { gateWeakenings, isLower } from '../engine/weakening.js';
import { allocatedIpv6, cidrInterval, holdHalf, ipv4, mergeIntervals } from '../salesforce/ipRanges.js';
import type { Catalogue } from './catalogue.js';

/** Defaults that the guidance gives; a policy that goes past them is weaker. */
const MOST_DAYS = 365;
const LATEST_SINCE = '2026-04-08';
/** Logins are compared with the trusted ranges by this control. */
const RANGES_CONTROL = 'org/logins-within-ranges';

/** Every point in which the policy is weaker than the default, for the controls of a run. */
export function weakeningsOf(policy: Policy, catalogue: Catalogue, chosen: readonly string[], asOf: Date): Weakening[] {
  const controls = catalogue.filter(({ id }) => chosen.includes(id));
  return [
    ...gateWeakenings(policy.gate),
    ...ageWeakenings(policy),
    ...controls.flatMap((control) => controlWeakenings(policy, control, asOf)),
    ...(chosen.includes(RANGES_CONTROL) ? rangeWeakenings(policy.trust.ipRanges) : []),
  ];
}

function ageWeakenings({ maxEvidenceAge }: Policy): Weakening[] {
  if (maxEvidenceAge <= DEFAULT_MAX_EVIDENCE_AGE) return [];
  const message = `Evidence and reports of ${maxEvidenceAge} days count; the default is ${DEFAULT_MAX_EVIDENCE_AGE}.`;
  return [{ setting: 'maxEvidenceAge', message }];
}

function controlWeakenings(policy: Policy, control: Catalogue[number], asOf: Date): Weakening[] {
  const { id, severity } = control;
  const setting = policy.controls[id];
  if (!setting) return [];
  const { owner = '', reason = '', expires = '', params = {} } = setting;
  const weakening = (key: string, what: string): Weakening => ({
    setting: `controls.${id}.${key}`,
    control: id,
    message: `${id} ${what}`,
  });
  const decided = `until ${shortDay(expires)} (${owner}: ${reason})`;
  if (isOff(policy, id, asOf)) return [weakening('severity', `is off ${decided}.`)];
  const given = severityOf(policy, { id, severity }, asOf);
  const { days, since } = params;
  return [
    ...(isLower(given, severity)
      ? [weakening('severity', `has severity ${given} instead of ${severity} ${decided}.`)]
      : []),
    ...(typeof days === 'number' && days > MOST_DAYS
      ? [weakening('params.days', `allows ${days} days; the guidance says ${MOST_DAYS}.`)]
      : []),
    ...(typeof since === 'string' && since > LATEST_SINCE
      ? [weakening('params.since', `counts from ${since}; the guidance counts from ${LATEST_SINCE}.`)]
      : []),
  ];
}

/** Several ranges count together: two halves are all of the addresses. */
function rangeWeakenings(ranges: Policy['trust']['ipRanges']): Weakening[] {
  const merged = mergeIntervals(ranges.flatMap(({ cidr }) => cidrInterval(cidr) ?? []));
  return [
    { blocks: [ipv4], family: 'IPv4' },
    { blocks: allocatedIpv6, family: 'IPv6' },
  ]
    .filter(({ blocks }) => holdHalf(merged, blocks))
    .map(({ family }) => ({
      setting: 'trust.ipRanges',
      control: RANGES_CONTROL,
      message: `trust.ipRanges admits half of all ${family} addresses or more.`,
    }));
}
