/** Values of `LoginHistory.LoginSubType` (Object Reference, LoginHistory) for flows that apps must not rely on. */
export const userAgentFlows = ['OauthUserAgent', 'OauthUserAgentIdToken', 'OauthHybridUserAgent'] as const;

/** `SoapApiLogin`, and the same for portals and mobile apps, such as `SoapApiLoginPortal`. */
export const isSoapLogin = (subType: string | null | undefined): boolean =>
  subType?.startsWith('SoapApiLogin') ?? false;

export const usernamePasswordFlows = ['OauthUsernamePassword'] as const;
