import { decide, gapForEventsAfter } from '../../engine/control.js';
import { userAgentFlows } from '../../salesforce/oauthFlows.js';
import { orgControl } from '../facts.js';
import { flowFindings } from '../findings/oauthFlows.js';

export const userAgentFlowBlocked = orgControl({
  id: 'org/user-agent-flow-blocked',
  title: 'The user-agent flow is blocked and was not used in the last 90 days',
  severity: 'high',
  topic: 'user-agent flow',
  problem: { one: 'finding about the user-agent flow', many: 'findings about the user-agent flow' },
  area: 'Users and login',
  setup: '/lightning/setup/OauthOidcSettings/home',
  requirement: 'Apps must not rely on the implicit grant flow.',
  why: 'The user-agent flow, the implicit grant of OAuth, puts the access token into a URL, where browsers, proxies and logs keep it.',
  checks: [
    'The org setting blockOAuthUsrAgtFlow is on.',
    'The login history of the last 90 days has no successful login with any subtype of the user-agent flow.',
  ],
  fails: [
    'The org does not block the flow.',
    'An app logged in through the flow. The finding names up to 200 of its users.',
  ],
  inconclusive: [
    'The org did not send the setting.',
    'The result of a login is not a known value.',
    'The login history is empty although users logged in.',
    'The evidence was collected before the day for which it is evaluated.',
  ],
  notes: ['An app whose attempts all failed is informational.'],
  fix: [
    'Change the apps to the web-server flow with PKCE.',
    'Setup > OAuth and OpenID Connect Settings: turn off Allow OAuth User-Agent Flows.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_oauthoidcsettings.htm',
  ],
  attestable: false,
  needs: ['oauthFlowSettings', 'oauthLogins'],
  provableFromPart: { oauthFlowSettings: 'fail', oauthLogins: 'fail' },
  judge: ({ oauthFlowSettings: { userAgentBlocked: blocked }, oauthLogins }, context) =>
    decide(
      [
        ...flowFindings(
          { label: 'user-agent flow', key: 'blockOAuthUsrAgtFlow', blocked, subtypes: userAgentFlows },
          oauthLogins
        ),
        gapForEventsAfter('Logins', context),
      ],
      'The org blocks the user-agent flow, and no app used it in the last 90 days.'
    ),
});
