import type { OwnOauthSettings } from '../../facts.js';
import { defined, toBoolean } from './soql.js';

/** The OAuth settings in an element of the Metadata API, whose values are text; a secret is not among them. */
export const oauthSettings = (element: Record<string, unknown>): OwnOauthSettings =>
  defined<OwnOauthSettings>({
    callbacks: [...new Set(words(element['callbackUrl']))],
    pkceRequired: toBoolean(element['isPkceRequired']),
    refreshTokenRotation: toBoolean(element['isRefreshTokenRotationEnabled']),
    deviceFlow: toBoolean(element['isDeviceFlowEnabled']),
    refreshTokenTtl: toBoolean(element['isEnforceRefreshTokenTTL']),
    ipBinding: toBoolean(element['isIpBindingEnabled']),
    // The name for a Connected App, and the one for global OAuth settings.
    clientCredentials: toBoolean(element['isClientCredentialEnabled'] ?? element['isClientCredentialsFlowEnabled']),
    certificate: words(element['certificate']).length > 0,
  });

/** The callbacks of an app are one text, one a line. */
const words = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : [];
