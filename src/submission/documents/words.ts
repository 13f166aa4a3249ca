import type { Gate, Integration, Verdict } from '../../engine/types.js';

/** What a reviewer reads in place of the words of the policy and of reports. */
const flows: Record<NonNullable<Integration['flow']>, string> = {
  'authorization-code': 'authorization code',
  'client-credentials': 'client credentials',
  'jwt-bearer': 'JWT bearer',
  canvas: 'Canvas',
  'token-exchange': 'token exchange',
  saml: 'SAML',
  none: 'no login',
};
const owners: Record<NonNullable<Integration['secretOwner']>, string> = {
  isv: 'the partner',
  subscriber: 'the subscriber',
};
const verdicts: Record<Verdict, string> = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'not completely checked',
  'not-applicable': 'does not apply',
  attested: 'confirmed by the partner',
};
const gates: Record<Gate, string> = {
  passed: 'all checks passed',
  failed: 'not all checks passed',
  undecided: 'not everything could be checked',
};

export function flowText(flow: Integration['flow']): string {
  return flow === undefined ? 'not stated' : flows[flow];
}

export function ownerText(owner: Integration['secretOwner']): string {
  return owner === undefined ? 'not stated' : owners[owner];
}

export function verdictText(verdict: Verdict): string {
  return verdicts[verdict];
}

export function gateText(gate: Gate): string {
  return gates[gate];
}
