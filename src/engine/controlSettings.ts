import { isoDay } from '../common/dates.js';
import type { ControlSetting, Policy, Severity } from './types.js';

/** Whether the policy turns a control off on this day. A setting that has expired turns nothing off. */
export function isOff(policy: Policy, id: string, asOf: Date): boolean {
  const setting = policy.controls[id];
  return setting?.severity === 'off' && isInForce(setting, asOf);
}

/** The severity of a control on this day: its own, or the one that the policy gives it. */
export function severityOf(policy: Policy, { id, severity }: { id: string; severity: Severity }, asOf: Date): Severity {
  const setting = policy.controls[id];
  const given = setting?.severity;
  return given === undefined || given === 'off' || !setting || !isInForce(setting, asOf) ? severity : given;
}

/** A severity that is not lower than the default needs no last day. */
function isInForce({ expires }: ControlSetting, asOf: Date): boolean {
  return expires === undefined || isoDay(asOf) <= expires;
}
