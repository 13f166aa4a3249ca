import { decide, unseenSince } from '../../engine/control.js';
import { userAgentFlows } from '../../salesforce/oauthFlows.js';
import { orgControl } from '../facts.js';
import { flowLooks } from '../findings/oauthFlows.js';

export const userAgentFlowBlocked = orgControl({
  id: 'org/user-agent-flow-blocked',
  title: 'The user-agent flow is blocked and was not used in the last 90 days',
  severity: 'high',
  topic: 'user-agent flow',
  problem: { one: 'finding about the user-agent flow', many: 'findings about the user-agent flow' },
  area: 'Users and login',
  setup: '/lightning/setup/OauthOidcSettings/home',
  requirement: 'Apps must not rely on the implicit grant flow.',
  decision:
    'Looks at the switch blockOAuthUsrAgtFlow of the org and at the login history of the last 90 days. A switch ' +
    'that does not block the flow is a violation, and so is each app that logged in through any subtype of the ' +
    'user-agent flow; an app that only tried in vain is latent. A switch that the org did not send makes it ' +
    'inconclusive, and so does evidence that was collected before the day it is judged for.',
  rationale:
    'The user-agent flow, the implicit grant of OAuth, puts the access token into an address, where browsers, proxies ' +
    'and logs keep it.',
  remediation:
    'Move the apps to the web-server flow with PKCE. Then Setup > OAuth and OpenID Connect Settings: turn Allow OAuth ' +
    'User-Agent Flows off.',
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
        ...flowLooks(
          { label: 'user-agent flow', key: 'blockOAuthUsrAgtFlow', blocked, subtypes: userAgentFlows },
          oauthLogins
        ),
        unseenSince('Logins', context),
      ],
      'The org blocks the user-agent flow, and no app used it in the last 90 days.'
    ),
});
