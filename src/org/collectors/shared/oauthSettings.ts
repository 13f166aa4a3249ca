import { X509Certificate } from 'node:crypto';
import { defined } from '../../../common/defined.js';
import type { OwnOauthSettings } from '../../facts.js';
import { toBoolean } from './soql.js';

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
    certificateValidity: validityOf(element['certificate']),
  });

/** A certificate as the Metadata API writes it: PEM, or its base64 text alone. */
const validityOf = (value: unknown): OwnOauthSettings['certificateValidity'] => {
  const base64 = typeof value === 'string' ? value.replace(/-----[A-Z ]+-----/g, '').replace(/\s+/g, '') : '';
  if (base64 === '') return undefined;
  try {
    const { validFrom, validTo } = new X509Certificate(Buffer.from(base64, 'base64'));
    return { from: new Date(validFrom).toISOString(), to: new Date(validTo).toISOString() };
  } catch {
    return undefined;
  }
};

/** The callbacks of an app are one text, one a line. */
const words = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : [];
