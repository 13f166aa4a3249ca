import { wordSet } from '../common/text.js';

/**
 * What an identity provider reported about a login, in `LoginHistory.AuthMethodReference` (OpenID Connect, `amr`) and
 * `AuthContextClassRef` (SAML AuthnContextClassRef, `acr`). Salesforce evaluates both (Help 005321563).
 */
type ReportedMethod = 'phishing-resistant' | 'mfa' | 'weak' | 'unknown';

const phishingResistant = wordSet(
  'cert fido fido2 fpt hwk iris pin pki pop retina sc smartcard swk tlsclient user vbm wia x509'
);
/** `mfa` and `otp`: RFC 8176. */
const standard = wordSet('face mobiletwofactorcontract multipleauthn okta_verify passkey webauthn mfa otp');
const weak = wordSet('pwd sms tel email');

/** The strongest method that the values name. `undefined`: the provider reported nothing. */
export function reportedMethod(...values: ReadonlyArray<string | null | undefined>): ReportedMethod | undefined {
  const names = values.flatMap((value) => namesIn(value ?? ''));
  if (names.length === 0) return undefined;
  if (names.some((name) => phishingResistant.has(name))) return 'phishing-resistant';
  if (names.some((name) => standard.has(name))) return 'mfa';
  return names.every((name) => weak.has(name)) ? 'weak' : 'unknown';
}

/** A value may be a list; a URN or URL ends with the name of the method. */
function namesIn(value: string): string[] {
  return value
    .toLowerCase()
    .split(/[\s,;"[\]]+/)
    .map((one) => one.split(/[:/#]/).at(-1) ?? '')
    .filter((name) => name !== '');
}
