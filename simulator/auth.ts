/* eslint-disable camelcase -- the names of the OAuth protocol */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Scenario } from './scenario.js';
import { SalesforceError } from './errors.js';

/** The connected app and the tokens of one running org. */
export type Auth = {
  clientId: string;
  /** PEM of the private key whose public half the connected app knows. */
  privateKey: string;
  refreshToken: string;
  /** Makes every access token issued so far invalid. */
  expireTokens: () => void;
  isValid: (token: string) => boolean;
  /** Answers `POST /services/oauth2/token`; throws an `OAuthError`. */
  token: (form: URLSearchParams, url: string) => object;
};

/** An error of the token endpoint, which has its own form: `{ error, error_description }`. */
export class OAuthError extends Error {
  public constructor(
    public readonly error: string,
    description: string
  ) {
    super(description);
  }
}

const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

// One key for all orgs of a process: making an RSA key takes longer than starting an org.
let sharedKey: string | undefined;

/** Creates the auth state of an org. The key is made in memory and never stored by the simulator itself. */
export function createAuth(scenario: Scenario): Auth {
  sharedKey ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
  const privateKey = sharedKey;
  const publicKey = createPublicKey(createPrivateKey(privateKey));
  const clientId = `3MVG9${randomBytes(24).toString('hex')}`;
  const refreshToken = `5Aep861${randomBytes(24).toString('hex')}`;
  const valid = new Set<string>();
  return {
    clientId,
    privateKey,
    refreshToken,
    expireTokens: () => valid.clear(),
    isValid: (token) => valid.has(token),
    token: (form, url) => {
      const grant = form.get('grant_type');
      if (grant === JWT_GRANT) {
        checkAssertion(form.get('assertion') ?? '', publicKey, clientId, scenario.auditor.username);
      } else if (grant === 'refresh_token') {
        if (form.get('refresh_token') !== refreshToken || form.get('client_id') !== clientId) {
          throw new OAuthError('invalid_grant', 'expired access/refresh token');
        }
      } else {
        throw new OAuthError('unsupported_grant_type', 'grant type not supported');
      }
      const accessToken = `${scenario.orgId.slice(0, 15)}!AQ${randomBytes(40).toString('hex')}`;
      valid.add(accessToken);
      return {
        access_token: accessToken,
        scope: 'refresh_token api',
        instance_url: url,
        id: `${url}/id/${scenario.orgId}/${scenario.auditor.userId}`,
        token_type: 'Bearer',
      };
    },
  };
}

/** Salesforce Help, "OAuth 2.0 JWT Bearer Flow": signature RS256, iss the client id, sub the username, exp in the future. */
function checkAssertion(assertion: string, publicKey: KeyObject, clientId: string, username: string): void {
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  const claims = decode(payload);
  if (decode(header)['alg'] !== 'RS256') {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
  if (claims['iss'] !== clientId) {
    throw new OAuthError('invalid_client_id', 'client identifier invalid');
  }
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))) {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
  if (typeof claims['exp'] !== 'number' || claims['exp'] <= Date.now() / 1000) {
    throw new OAuthError('invalid_grant', 'assertion expired');
  }
  if (claims['sub'] !== username) {
    throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  }
}

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

/** The refusal of an expired or unknown session on REST. */
export function invalidSession(): SalesforceError {
  return new SalesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
}
