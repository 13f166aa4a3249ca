/** Values of `LoginHistory.LoginSubType` (Object Reference, LoginHistory) for flows that apps must not rely on. */
export const userAgentFlows = ['OauthUserAgent', 'OauthUserAgentIdToken', 'OauthHybridUserAgent'] as const;
/**
 * The end of SOAP login(), which takes a password: Summer '27. https://help.salesforce.com/s/articleView?id=005132110
 * The page names the release only; this is its first month.
 */
export const soapLoginEnds = '2027-06-01';

/** `SoapApiLogin`, and the same for portals and mobile apps, such as `SoapApiLoginPortal`. */
export const isSoapLogin = (subType: string | null | undefined): boolean =>
  subType?.startsWith('SoapApiLogin') ?? false;

export const usernamePasswordFlows = ['OauthUsernamePassword'] as const;
