import { usernamePasswordFlows } from '../../salesforce/oauthFlows.js';
import { endText, startOf } from '../../salesforce/rules/index.js';
import { orgControl } from '../facts.js';
import { blockedFlowSheet, evaluateFlow } from '../findings/oauthFlows.js';

export const usernamePasswordFlowBlocked = orgControl({
  id: 'org/username-password-flow-blocked',
  title: 'The username-password flow is blocked and was not used in the last 90 days',
  severity: 'high',
  topic: 'username-password flow',
  problem: { one: 'finding about the username-password flow', many: 'findings about the username-password flow' },
  requirement: 'Apps must not rely on the username/password flow.',
  why: `The username-password flow gives the password of a user to the app and bypasses MFA. It ends on ${startOf('username-password/ends')}. The list of tokens does not show it; the login history does.`,
  checks: [
    'The org setting blockOAuthUnPwFlow is on.',
    'The login history of the last 90 days has no successful login through the username-password flow.',
  ],
  fix: [
    'Change the apps to JWT bearer or client credentials.',
    'Setup > OAuth and OpenID Connect Settings: turn off Allow OAuth Username-Password Flows.',
    'Logins count for 90 days. Until then, accept the finding with `sf security-review waive`.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005461976',
    'https://help.salesforce.com/s/articleView?id=remoteaccess_oauth_username_password_flow.htm&type=5',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_oauthoidcsettings.htm',
  ],
  ...blockedFlowSheet,
  judge: ({ oauthFlowSettings: { usernamePasswordBlocked: blocked }, oauthLogins }, context) =>
    evaluateFlow(
      {
        label: 'username-password flow',
        key: 'blockOAuthUnPwFlow',
        blocked,
        subtypes: usernamePasswordFlows,
        end: endText('username-password/ends', context.asOf),
      },
      oauthLogins,
      context
    ),
});
