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
  checks: ['Checks the switch blockOAuthUsrAgtFlow of the org and the login history of the last 90 days.'],
  fails: [
    'A switch that does not block the flow is a violation, and so is each app that logged in through any subtype of the user- agent flow; up to 200 of its users are named.',
  ],
  inconclusive: [
    'It is inconclusive where the org did not send the switch, where the word for the result of a login is not known, where the history shows no login although users logged in, and where the evidence was collected before the day it is checked for.',
  ],
  notes: ['An app whose attempts all failed is informational.'],
  why:
    'The user-agent flow, the implicit grant of OAuth, puts the access token into an address, where browsers, proxies ' +
    'and logs keep it.',
  fix: [
    'Move the apps to the web-server flow with PKCE.',
    'Then Setup > OAuth and OpenID Connect Settings: turn Allow OAuth User-Agent Flows off.',
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
