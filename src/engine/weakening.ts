import { severities, type Policy, type Severity, type Weakening } from './types.js';

/** Whether a severity is below another one. */
export function isLower(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) > severities.indexOf(other);
}

/** In which points a gate is weaker than the default: it stops at medium, and inconclusive controls block it. */
export function gateWeakenings({ failOn, inconclusive }: Policy['gate']): Weakening[] {
  const threshold =
    failOn === 'never'
      ? 'No control can fail the gate (gate.failOn: never).'
      : `Only controls of severity ${failOn} or above can fail the gate; the default is medium.`;
  return [
    ...(failOn === 'never' || isLower('medium', failOn) ? [{ setting: 'gate.failOn', message: threshold }] : []),
    ...(inconclusive === 'allow'
      ? [{ setting: 'gate.inconclusive', message: 'Inconclusive controls do not block the gate.' }]
      : []),
  ];
}
