import { decide, gapForEventsAfter } from '../../engine/control.js';
import { usernamePasswordFlows } from '../../salesforce/oauthFlows.js';
import { orgControl } from '../facts.js';
import { flowFindings } from '../findings/oauthFlows.js';

export const usernamePasswordFlowBlocked = orgControl({
  id: 'org/username-password-flow-blocked',
  title: 'The username-password flow is blocked and was not used in the last 90 days',
  severity: 'high',
  topic: 'username-password flow',
  problem: { one: 'finding about the username-password flow', many: 'findings about the username-password flow' },
  area: 'Users and login',
  setup: '/lightning/setup/OauthOidcSettings/home',
  requirement: 'Apps must not rely on the username/password flow.',
  checks: ['Checks the switch blockOAuthUnPwFlow of the org and the login history of the last 90 days.'],
  fails: [
    'A switch that does not block the flow is a violation, and so is each app that logged in through the username-password flow; up to 200 of its users are named.',
  ],
  inconclusive: [
    'It is inconclusive where the org did not send the switch, where the word for the result of a login is not known, where the history shows no login although users logged in, and where the evidence was collected before the day it is checked for.',
  ],
  notes: ['An app whose attempts all failed is informational.'],
  why:
    'The username-password flow hands the password of a user to the app and bypasses MFA. It ends on 20 Feb 2027, ' +
    'without extension. The list of tokens does not show it; the login history does.',
  fix: [
    'Move the apps to JWT bearer or client credentials.',
    'Then Setup > OAuth and OpenID Connect Settings: turn Allow OAuth Username-Password Flows off.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005461976',
    'https://help.salesforce.com/s/articleView?id=remoteaccess_oauth_username_password_flow.htm&type=5',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_oauthoidcsettings.htm',
  ],
  attestable: false,
  needs: ['oauthFlowSettings', 'oauthLogins'],
  provableFromPart: { oauthFlowSettings: 'fail', oauthLogins: 'fail' },
  judge: ({ oauthFlowSettings: { usernamePasswordBlocked: blocked }, oauthLogins }, context) =>
    decide(
      [
        ...flowFindings(
          { label: 'username-password flow', key: 'blockOAuthUnPwFlow', blocked, subtypes: usernamePasswordFlows },
          oauthLogins
        ),
        gapForEventsAfter('Logins', context),
      ],
      'The org blocks the username-password flow, and no app used it in the last 90 days.'
    ),
});
