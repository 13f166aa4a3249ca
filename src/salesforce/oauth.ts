/** The two kinds of app that OAuth settings belong to. */
export type AppType = 'ConnectedApp' | 'ExternalClientApp';

/**
 * A switch of the OAuth settings, and the first API version whose files name it. An older file says nothing about it.
 * For an External Client App the switch stands in its global OAuth settings.
 */
export type Switch = { element: string; since: Readonly<Record<AppType, number>> };

export const pkceRequired: Switch = {
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

export const idleLimit: Switch = {
  element: 'isEnforceRefreshTokenTTL',
  since: { ConnectedApp: 68, ExternalClientApp: 67 },
};
/** That this is Enforce Refresh Token IP Allowlist is told by its name. An External Client App has no such element. */
export const tokenIpAllowlist = { element: 'isIpBindingEnabled', since: 68 };

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

/**
 * Whether a refresh token policy ends every token that is not used for 30 days: `zero`, or an inactivity of that many
 * days. Both kinds of app are read: `specific_inactivity:30:DAYS` and `SpecificInactivity:30:Days`.
 */
export const endsIdleTokens = (policy: string): boolean => {
  const [kind, period, unit] = policy.toLowerCase().replaceAll('_', '').split(':');
  if (kind === 'zero') return true;
  if (kind !== 'specificinactivity' || !/^[1-9]\d*$/.test(period ?? '')) return false;
  // Whether a month is over after 30 days depends on the month.
  return (unit === 'days' && Number(period) <= 30) || (unit === 'hours' && Number(period) <= 30 * 24);
};
