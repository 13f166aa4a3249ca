import { orgControl } from '../facts.js';
import { evaluateInstalledApps, trustedAppSheet } from '../findings/installedApps.js';

export const externalClientAppsTrusted = orgControl({
  id: 'org/external-client-apps-trusted',
  title: 'Every installed External Client App is trusted',
  topic: 'External Client Apps',
  problem: {
    one: 'External Client App is not on the trust list',
    many: 'External Client Apps are not on the trust list',
  },
  setup: '/lightning/setup/ManageExternalClientApplication/home',
  why: 'An External Client App from a package acts as the users who authorize it, like any other app. Neither its presence nor its name makes it trusted.',
  checks: [
    'Every External Client App in the org is created by this org, published by Salesforce, or on the trust list.',
    "`trust.apps` in the policy must list an app as `externalApp`, or with this org and the app's Id, and its `reviewBy` date must not have passed.",
  ],
  fix: [
    'Setup > External Client App Manager: uninstall the package of the app, or list the app under `trust.apps` in the policy as `externalApp`.',
    'In the policies of the app, set Permitted Users to Admin approved users are pre-authorized.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005225370',
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_external_client_apps.htm&type=5',
  ],
  ...trustedAppSheet,
  needs: ['externalClientApps', 'organization'],
  // An app that was seen is installed; one that this org may have created is a gap, not a violation.
  provableFromPart: { externalClientApps: 'fail' },
  judge: ({ externalClientApps, organization }, { declared, asOf }) =>
    evaluateInstalledApps('ExternalClientApp', 'External Client App', externalClientApps, {
      orgId: organization.id,
      declared,
      asOf,
    }),
});
