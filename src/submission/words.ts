import type { Gate, Integration, Verdict } from '../engine/types.js';

// What a reviewer reads in place of the words of the policy, of facts and of reports.

const flows: Record<NonNullable<Integration['flow']>, string> = {
  'authorization-code': 'authorization code',
  'client-credentials': 'client credentials',
  'jwt-bearer': 'JWT bearer',
  canvas: 'Canvas',
  'token-exchange': 'token exchange',
  saml: 'SAML',
  none: 'no login',
};

export function flowText(flow: Integration['flow']): string {
  return flow === undefined ? 'not stated' : flows[flow];
}

export function ownerText(owner: Integration['secretOwner']): string {
  if (owner === undefined) return 'not stated';
  return owner === 'isv' ? 'the partner' : 'the subscriber';
}

export const verdictTexts: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'not completely checked',
  'not-applicable': 'does not apply',
  attested: 'confirmed by the partner',
};

export const gateTexts: Readonly<Record<Gate, string>> = {
  passed: 'all checks passed',
  failed: 'not all checks passed',
  undecided: 'not everything could be checked',
};

export const useTexts: Readonly<Record<string, string>> = {
  'authorization-code': 'authorization code',
  'client-credentials': 'client credentials',
  device: 'device flow',
  implicit: 'implicit grant',
  'jwt-bearer': 'JWT bearer',
  'soap-login': 'SOAP login',
  'token-exchange': 'token exchange',
  saml: 'SAML',
  'username-password': 'username and password',
  'broad-scope': 'a broad scope',
  'client-secret': 'a client secret',
  unknown: 'a flow that the code does not name',
};

export const generationTexts: Readonly<Record<string, string>> = {
  first: 'first-generation package',
  second: 'second-generation package',
  unknown: 'not in the source',
};

/** What a reviewer reads in place of `ApexClass:Gateway`. */
export function subjectText(subject: string): string {
  const at = subject.indexOf(':');
  const words = subject.slice(0, at).replace(/([a-z])(?=[A-Z])/g, '$1 ');
  return at < 0 ? subject : `${subject.slice(at + 1)} (${words})`;
}

/** The words of Setup for scopes, by the name of the scope in the protocol without underscores. */
const scopes: Readonly<Record<string, string>> = {
  api: 'Manage user data via APIs (api)',
  web: 'Manage user data via Web browsers (web)',
  full: 'Full access (full)',
  refreshtoken: 'Perform requests at any time (refresh_token, offline_access)',
  offlineaccess: 'Perform requests at any time (refresh_token, offline_access)',
  openid: 'Access unique user identifiers (openid)',
  mcpapi: 'Access Salesforce hosted MCP servers (mcp_api)',
};

export function scopeText(scope: string): string {
  return scopes[scope.trim().toLowerCase().replaceAll('_', '')] ?? scope;
}

/** What a reviewer reads in place of `SpecificInactivity:7:Days`. */
export function refreshPolicyText(policy: string): string {
  const words = policy.toLowerCase().replaceAll('_', '');
  if (words === 'infinite') return 'valid until revoked';
  if (words === 'zero') return 'expires immediately';
  const [, kind, count, unit] = /^specific(inactivity|lifetime):(\d+):(hour|day|month)s?$/.exec(words) ?? [];
  if (kind === undefined) return policy;
  const period = `${count ?? ''} ${unit ?? ''}${count === '1' ? '' : 's'}`;
  return kind === 'inactivity' ? `expires after ${period} without use` : `expires ${period} after it was issued`;
}
