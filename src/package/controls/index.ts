import type { Control } from '../../engine/types.js';
import type { PackageFacts } from '../facts.js';
import { broadScopesJustified } from './broad-scopes-justified.js';
import { callbacksHttps } from './callbacks-https.js';
import { callbacksNotMixed } from './callbacks-not-mixed.js';
import { externalClientAppsPackageable } from './external-client-apps-packageable.js';
import { localhostCallbackAlone } from './localhost-callback-alone.js';
import { noDeviceFlow } from './no-device-flow.js';
import { noGlobalOauthSettings } from './no-global-oauth-settings.js';
import { noImplicitFlow } from './no-implicit-flow.js';
import { noSecretsInSource } from './no-secrets-in-source.js';
import { noUsernamePasswordFlow } from './no-username-password-flow.js';
import { packagedSecretsProtected } from './packaged-secrets-protected.js';
import { pkceRequired } from './pkce-required.js';
import { refreshTokensRotated } from './refresh-tokens-rotated.js';
import { subscriberSecretsProtected } from './subscriber-secrets-protected.js';
import { tokensStoredSecurely } from './tokens-stored-securely.js';

/** Every control of the package, alphabetical. */
export const packageControls: ReadonlyArray<Control<PackageFacts>> = [
  broadScopesJustified,
  callbacksHttps,
  callbacksNotMixed,
  externalClientAppsPackageable,
  localhostCallbackAlone,
  noDeviceFlow,
  noGlobalOauthSettings,
  noImplicitFlow,
  noSecretsInSource,
  noUsernamePasswordFlow,
  packagedSecretsProtected,
  pkceRequired,
  refreshTokensRotated,
  subscriberSecretsProtected,
  tokensStoredSecurely,
];
