/** The two kinds of app that OAuth settings belong to. */
export type AppType = 'ConnectedApp' | 'ExternalClientApp';

/**
 * A switch of the OAuth settings, and the first API version whose files name it. An older file says nothing about it.
 * For an External Client App the switch is in its global OAuth settings.
 */
export type Switch = { element: string; since: Readonly<Record<AppType, number>> };

export const pkceSwitch: Switch = {
  element: 'isPkceRequired',
  since: { ConnectedApp: 59, ExternalClientApp: 59 },
};
export const refreshTokenRotation: Switch = {
  element: 'isRefreshTokenRotationEnabled',
  since: { ConnectedApp: 60, ExternalClientApp: 60 },
};
export const deviceFlow: Switch = {
  element: 'isDeviceFlowEnabled',
  since: { ConnectedApp: 68, ExternalClientApp: 60 },
};

export const refreshTokenTtl: Switch = {
  element: 'isEnforceRefreshTokenTTL',
  since: { ConnectedApp: 68, ExternalClientApp: 67 },
};

/** That it is "Enforce Refresh Token IP Allowlist" is known by its name only; External Client Apps show no such switch. */
export const ipBinding: Switch = {
  element: 'isIpBindingEnabled',
  since: { ConnectedApp: 68, ExternalClientApp: 68 },
};
export const tokenIpRanges: Switch = {
  element: 'tokenIpRanges',
  since: { ConnectedApp: 68, ExternalClientApp: 67 },
};

/** `RefreshToken` and `refresh_token` are the scope of metadata and the scope of the protocol. */
const plain = (scope: string): string => scope.trim().toLowerCase().replaceAll('_', '');

/** The scopes that the guidance wants justified, as the Metadata API writes them. `Web` includes Visualforce. */
const broadScopes = ['Full', 'Web'] as const;

/** Whether a text names a scope, known or not; `__SCOPE__` or `{{SCOPE}}` is filled in later. */
export const isScope = (text: string): boolean => /^[a-z0-9]+(_[a-z0-9]+)*$/i.test(text);

/** The broad scope that a text names, in any case. A scope that this tool does not know is nothing to it. */
export const broadScope = (scope: string): (typeof broadScopes)[number] | undefined =>
  broadScopes.find((broad) => plain(broad) === plain(scope));

/** Whether a scope makes Salesforce issue refresh tokens. `Full` alone does not; the two names are synonyms. */
export const isRefreshScope = (scope: string): boolean => ['refreshtoken', 'offlineaccess'].includes(plain(scope));

const inactivity = /^specificinactivity:(\d+):(hour|day)s?$/;

/**
 * Whether a refresh token policy ends tokens that are idle for 30 days: `zero`, `specific_inactivity:30:DAYS`, or the
 * same words as External Client Apps have them. `undefined`: none of the words that are known. A month is longer.
 */
export const limitsIdleTokens = (policy: string): boolean | undefined => {
  const words = policy.toLowerCase().replaceAll('_', '');
  if (words === 'zero') return true;
  const [, period, unit] = inactivity.exec(words) ?? [];
  if (period !== undefined) return Number(period) <= (unit === 'hour' ? 30 * 24 : 30);
  return /^(infinite|specific(lifetime|inactivity):\d+:(hour|day|month)s?)$/.test(words) ? false : undefined;
};
