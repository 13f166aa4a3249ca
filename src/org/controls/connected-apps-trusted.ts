import { decide } from '../../engine/control.js';
import { orgControl } from '../facts.js';
import { installedApp } from '../findings/installedApps.js';

export const connectedAppsTrusted = orgControl({
  id: 'org/connected-apps-trusted',
  title: 'Every installed Connected App is trusted',
  severity: 'critical',
  topic: 'Connected Apps',
  problem: { one: 'Connected App is not on the trust list', many: 'Connected Apps are not on the trust list' },
  area: 'Installed apps and packages',
  setup: '/lightning/setup/ConnectedAppsUsage/home',
  requirement: 'These orgs must not have untrusted Connected Apps or ECAs installed.',
  checks: [
    'Checks every Connected App in the org; apps that were created in this org, and apps with a namespace of Salesforce itself, are left out, unless Publisher shows that Salesforce does not publish that namespace.',
  ],
  fails: [
    'Any other is a violation unless `trust.apps` lists it with this org and its Id, and `reviewBy` has not passed; who may authorize the app is part of the finding and decides nothing.',
  ],
  inconclusive: [
    'An app that is not listed, and of which the org does not show whether it was created in this org, makes it inconclusive.',
  ],
  why:
    'A Connected App that a user authorized acts as that user, from anywhere, for as long as its refresh token lives. ' +
    'A name proves nothing: attackers install a data loader under a name that everybody knows.',
  fix: [
    'Setup > Connected Apps OAuth Usage: block or uninstall the app, or list it under trust.apps in the policy with its org and Id.',
    'Setup > Manage Connected Apps > the app > Edit Policies: set Permitted Users to Admin approved users are pre-authorized.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005225370',
    'https://help.salesforce.com/s/articleView?id=005132365',
  ],
  attestable: false,
  needs: ['connectedApps', 'organization'],
  compares: ['orgs', 'trust.apps'],
  // An app that was seen is installed; one of which it is not certain that it is foreign is a gap, not an offence.
  provableFromPart: { connectedApps: 'fail' },
  judge: ({ connectedApps, organization }, { declared, asOf }) =>
    decide(
      connectedApps.map((app) => installedApp('ConnectedApp', app, { orgId: organization.id, declared, asOf })),
      connectedApps.length === 0
        ? 'The org has no Connected App.'
        : `Each of the Connected Apps (${connectedApps.length}) is the org's own, Salesforce's own or listed as trusted.`
    ),
});
