import { userAgentFlows } from '../../salesforce/oauthFlows.js';
import { orgControl } from '../facts.js';
import { blockedFlowSheet, evaluateFlow } from '../findings/oauthFlows.js';

export const userAgentFlowBlocked = orgControl({
  id: 'org/user-agent-flow-blocked',
  title: 'The user-agent flow is blocked and was not used in the last 90 days',
  severity: 'high',
  topic: 'user-agent flow',
  problem: { one: 'finding about the user-agent flow', many: 'findings about the user-agent flow' },
  requirement: 'Apps must not rely on the implicit grant flow.',
  why: 'The user-agent flow, the implicit grant of OAuth, puts the access token into a URL, where browsers, proxies and logs keep it.',
  checks: [
    'The org setting blockOAuthUsrAgtFlow is on.',
    'The login history of the last 90 days has no successful login with any subtype of the user-agent flow.',
  ],
  fix: [
    'Change the apps to the web-server flow with PKCE.',
    'Setup > OAuth and OpenID Connect Settings: turn off Allow OAuth User-Agent Flows.',
    'Logins count for 90 days. Until then, accept the finding with `sf security-review waive`.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_oauthoidcsettings.htm',
  ],
  ...blockedFlowSheet,
  judge: ({ oauthFlowSettings: { userAgentBlocked: blocked }, oauthLogins }, context) =>
    evaluateFlow(
      { label: 'user-agent flow', key: 'blockOAuthUsrAgtFlow', blocked, subtypes: userAgentFlows },
      oauthLogins,
      context
    ),
});
