import { orgControl } from '../facts.js';
import { evaluateInstalledApps, trustedAppSheet } from '../findings/installedApps.js';

export const connectedAppsTrusted = orgControl({
  id: 'org/connected-apps-trusted',
  title: 'Every installed Connected App is trusted',
  topic: 'Connected Apps',
  problem: { one: 'Connected App is not on the trust list', many: 'Connected Apps are not on the trust list' },
  setup: '/lightning/setup/ConnectedAppsUsage/home',
  why: 'A Connected App acts as the users who authorized it, from anywhere, for as long as its refresh tokens live. A name proves nothing: attackers install a data loader under a well-known name.',
  checks: [
    'Every Connected App in the org is created by this org, published by Salesforce, or on the trust list.',
    "`trust.apps` in the policy must list an app with this org and the app's Id, and its `reviewBy` date must not have passed.",
  ],
  fix: [
    'Setup > Connected Apps OAuth Usage: uninstall the app, or list it under `trust.apps` in the policy with its org and Id. Blocking ends its access, but does not uninstall it.',
    'Setup > Manage Connected Apps > the app > Edit Policies: set Permitted Users to Admin approved users are pre-authorized.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005225370',
    'https://help.salesforce.com/s/articleView?id=005132365',
  ],
  ...trustedAppSheet,
  needs: ['connectedApps', 'organization'],
  // An app that was seen is installed; one that this org may have created is a gap, not a violation.
  provableFromPart: { connectedApps: 'fail' },
  judge: ({ connectedApps, organization }, { declared, asOf }) =>
    evaluateInstalledApps('ConnectedApp', 'Connected App', connectedApps, { orgId: organization.id, declared, asOf }),
});
