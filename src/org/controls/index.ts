import type { Control } from '../../engine/types.js';
import type { OrgFacts } from '../facts.js';
import { auditorCanSee } from './auditor-can-see.js';
import { ipRangesEnforcedOnEveryRequest } from './ip-ranges-enforced-on-every-request.js';
import { loginIpRangesSet } from './login-ip-ranges-set.js';
import { mfaEnforced } from './mfa-enforced.js';
import { noGuestSites } from './no-guest-sites.js';
import { noUseAnyApiClient } from './no-use-any-api-client.js';
import { ownAppsAllowlistTokenIps } from './own-apps-allowlist-token-ips.js';
import { ownAppsAreExternalClientApps } from './own-apps-are-external-client-apps.js';
import { ownAppsBroadScopesJustified } from './own-apps-broad-scopes-justified.js';
import { ownAppsCallbacksSeparate } from './own-apps-callbacks-separate.js';
import { ownAppsControlsReviewed } from './own-apps-controls-reviewed.js';
import { ownAppsLimitIdleTokens } from './own-apps-limit-idle-tokens.js';
import { ownAppsPackaged } from './own-apps-packaged.js';
import { ownAppsRequirePkce } from './own-apps-require-pkce.js';
import { ownAppsRotateRefreshTokens } from './own-apps-rotate-refresh-tokens.js';
import { ownAppsWithoutDeviceFlow } from './own-apps-without-device-flow.js';
import { packagesTrusted } from './packages-trusted.js';
import { passwordsRotated } from './passwords-rotated.js';

export const orgControls: ReadonlyArray<Control<OrgFacts>> = [
  auditorCanSee,
  ipRangesEnforcedOnEveryRequest,
  loginIpRangesSet,
  mfaEnforced,
  noGuestSites,
  noUseAnyApiClient,
  ownAppsAllowlistTokenIps,
  ownAppsAreExternalClientApps,
  ownAppsBroadScopesJustified,
  ownAppsCallbacksSeparate,
  ownAppsControlsReviewed,
  ownAppsLimitIdleTokens,
  ownAppsPackaged,
  ownAppsRequirePkce,
  ownAppsRotateRefreshTokens,
  ownAppsWithoutDeviceFlow,
  packagesTrusted,
  passwordsRotated,
];
