import type { Control } from '../../engine/types.js';
import type { OrgFacts } from '../facts.js';
import { appRemovalsReviewed } from './app-removals-reviewed.js';
import { appSecretsHiddenFromApis } from './app-secrets-hidden-from-apis.js';
import { appSecretsRotated } from './app-secrets-rotated.js';
import { appsEnforceIpRanges } from './apps-enforce-ip-ranges.js';
import { auditorCanSee } from './auditor-can-see.js';
import { certificatesRotated } from './certificates-rotated.js';
import { connectedAppsTrusted } from './connected-apps-trusted.js';
import { contactCurrent } from './contact-current.js';
import { externalClientAppsTrusted } from './external-client-apps-trusted.js';
import { incidentPlanAttested } from './incident-plan-attested.js';
import { ipRangesEnforcedOnEveryRequest } from './ip-ranges-enforced-on-every-request.js';
import { linkedOrgsAudited } from './linked-orgs-audited.js';
import { loginIpRangesSet } from './login-ip-ranges-set.js';
import { loginsWithinRanges } from './logins-within-ranges.js';
import { mfaEnforced } from './mfa-enforced.js';
import { noGuestSites } from './no-guest-sites.js';
import { noUseAnyApiClient } from './no-use-any-api-client.js';
import { oauthTokensTrusted } from './oauth-tokens-trusted.js';
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
import { soapLoginUnused } from './soap-login-unused.js';
import { uninstalledAppsNotApproved } from './uninstalled-apps-not-approved.js';
import { userAgentFlowBlocked } from './user-agent-flow-blocked.js';
import { usernamePasswordFlowBlocked } from './username-password-flow-blocked.js';

export const orgControls: ReadonlyArray<Control<OrgFacts>> = [
  appRemovalsReviewed,
  appSecretsHiddenFromApis,
  appSecretsRotated,
  appsEnforceIpRanges,
  auditorCanSee,
  certificatesRotated,
  connectedAppsTrusted,
  contactCurrent,
  externalClientAppsTrusted,
  incidentPlanAttested,
  ipRangesEnforcedOnEveryRequest,
  linkedOrgsAudited,
  loginIpRangesSet,
  loginsWithinRanges,
  mfaEnforced,
  noGuestSites,
  noUseAnyApiClient,
  oauthTokensTrusted,
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
  soapLoginUnused,
  uninstalledAppsNotApproved,
  userAgentFlowBlocked,
  usernamePasswordFlowBlocked,
];
