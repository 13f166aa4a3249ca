/**
 * Reasons of a failed login as `LoginHistory.Status` words them, in lower case. Source: Object Reference, EventLogFile,
 * LOGIN_STATUS values, and public login histories. Many begin with `Failed: `, which is enough.
 */
const failures: ReadonlySet<string> = new Set([
  'activation secret missing',
  'installed package for this consumer is out of date',
  'invalid - experience cloud site offline',
  'invalid - portal disabled',
  'invalid gateway',
  'invalid password',
  'invalid profile association',
  'lightning login required',
  'login invalid',
  'login rate exceeded',
  'maximum logins exceeded',
  'missing consumer key parameter',
  'missing oauth token parameter',
  'multi-factor (formerly called two-factor) is required',
  'multi-factor required',
  'mutual authentication failed',
  'no experience cloud site access',
  'offline disabled',
  'offline trial expired',
  'organization closed',
  'organization is a dot',
  'organization is in maintenance',
  'organization is inactive',
  'organization locked',
  'organization suspended',
  'outlook integration disabled',
  'package for this consumer is not installed in your organization',
  'password lockout',
  'restricted country',
  'restricted domain',
  'restricted ip',
  'restricted time',
  'the single sign-on gateway url is invalid',
  'trial expired',
  'unable to process your login request',
  'user is frozen',
  'user is inactive',
  'wireless disabled',
  'wireless trial expired',
  "your company's authentication service is down",
]);

/** Whether a login succeeded. `undefined`: the word is not known, as in another language; it exonerates nothing. */
export function loginSucceeded(status: string | null | undefined): boolean | undefined {
  const word = (status ?? '').trim().toLowerCase();
  if (word === 'success') return true;
  return failures.has(word) || word.startsWith('failed: ') ? false : undefined;
}
