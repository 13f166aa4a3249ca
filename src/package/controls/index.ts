import type { Control } from '../../engine/types.js';
import type { PackageFacts } from '../facts.js';
import { agentConnectionsAuthenticated } from './agent-connections-authenticated.js';
import { appsPackaged } from './apps-packaged.js';
import { broadScopesJustified } from './broad-scopes-justified.js';
import { callbacksHttps } from './callbacks-https.js';
import { callbacksNotMixed } from './callbacks-not-mixed.js';
import { externalClientAppsPackageable } from './external-client-apps-packageable.js';
import { idleTokensLimited } from './idle-tokens-limited.js';
import { localhostCallbackAlone } from './localhost-callback-alone.js';
import { newAppsAreExternalClientApps } from './new-apps-are-external-client-apps.js';
import { noAppRemoved } from './no-app-removed.js';
import { noDeviceFlow } from './no-device-flow.js';
import { noGlobalOauthSettings } from './no-global-oauth-settings.js';
import { noImplicitFlow } from './no-implicit-flow.js';
import { noSecretsInSource } from './no-secrets-in-source.js';
import { noSessionIdForMetadataApi } from './no-session-id-for-metadata-api.js';
import { noSessionIdFromFrontdoor } from './no-session-id-from-frontdoor.js';
import { noUsernamePasswordFlow } from './no-username-password-flow.js';
import { packagedSecretsProtected } from './packaged-secrets-protected.js';
import { pkceRequired } from './pkce-required.js';
import { publicClientsWithoutSecret } from './public-clients-without-secret.js';
import { refreshTokensRotated } from './refresh-tokens-rotated.js';
import { subscriberSecretsProtected } from './subscriber-secrets-protected.js';
import { tokenHandlingSurvivesRotation } from './token-handling-survives-rotation.js';
import { tokenIpsAllowlisted } from './token-ips-allowlisted.js';
import { tokensStoredSecurely } from './tokens-stored-securely.js';

/** Every control of the package, alphabetical. */
export const packageControls: ReadonlyArray<Control<PackageFacts>> = [
  agentConnectionsAuthenticated,
  appsPackaged,
  broadScopesJustified,
  callbacksHttps,
  callbacksNotMixed,
  externalClientAppsPackageable,
  idleTokensLimited,
  localhostCallbackAlone,
  newAppsAreExternalClientApps,
  noAppRemoved,
  noDeviceFlow,
  noGlobalOauthSettings,
  noImplicitFlow,
  noSecretsInSource,
  noSessionIdForMetadataApi,
  noSessionIdFromFrontdoor,
  noUsernamePasswordFlow,
  packagedSecretsProtected,
  pkceRequired,
  publicClientsWithoutSecret,
  refreshTokensRotated,
  subscriberSecretsProtected,
  tokenHandlingSurvivesRotation,
  tokenIpsAllowlisted,
  tokensStoredSecurely,
];
