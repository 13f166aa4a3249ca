/** Values of `LoginHistory.LoginSubType` (Object Reference, LoginHistory) for flows that apps must not rely on. */
export const userAgentFlows = ['OauthUserAgent', 'OauthUserAgentIdToken', 'OauthHybridUserAgent'] as const;
export const usernamePasswordFlows = ['OauthUsernamePassword'] as const;
