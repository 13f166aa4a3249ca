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
import { noSessionIdForMetadataApi } from './no-session-id-for-metadata-api.js';
import { noSessionIdFromFrontdoor } from './no-session-id-from-frontdoor.js';
import { noUsernamePasswordFlow } from './no-username-password-flow.js';
import { pkceRequired } from './pkce-required.js';
import { refreshTokensRotated } from './refresh-tokens-rotated.js';

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
  noSessionIdForMetadataApi,
  noSessionIdFromFrontdoor,
  noUsernamePasswordFlow,
  pkceRequired,
  refreshTokensRotated,
];
