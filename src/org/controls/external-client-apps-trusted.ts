import { decide } from '../../engine/control.js';
import { orgControl } from '../facts.js';
import { installedApp } from '../findings/installedApps.js';

export const externalClientAppsTrusted = orgControl({
  id: 'org/external-client-apps-trusted',
  title: 'Every installed External Client App is trusted',
  severity: 'critical',
  topic: 'External Client Apps',
  problem: {
    one: 'External Client App is not on the trust list',
    many: 'External Client Apps are not on the trust list',
  },
  area: 'Installed apps and packages',
  setup: '/lightning/setup/ManageExternalClientApplication/home',
  requirement: 'These orgs must not have untrusted Connected Apps or ECAs installed.',
  checks: [
    'Checks every External Client App in the org; apps that were created in this org, and apps with a namespace of Salesforce itself, are left out, unless Publisher shows that Salesforce does not publish that namespace.',
  ],
  fails: [
    'Any other is a violation unless `trust.apps` lists it as `externalApp`, or with this org and its Id, and `reviewBy` has not passed; who may authorize the app is part of the finding and decides nothing.',
  ],
  inconclusive: [
    'An app that is not listed, and of which the org does not show whether it was created in this org, makes it inconclusive.',
  ],
  why:
    'An External Client App that came with a package acts as the users who authorize it, like any other app. Nothing is ' +
    'trusted because it is there, and not for its name.',
  fix: [
    'Setup > External Client App Manager: uninstall the package of the app, or list the app under trust.apps in the policy as externalApp.',
    'In the policies of the app set Permitted Users to Admin approved users are pre-authorized.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005225370',
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_external_client_apps.htm&type=5',
  ],
  attestable: false,
  needs: ['externalClientApps', 'organization'],
  compares: ['orgs', 'trust.apps'],
  // An app that was seen is installed; one of which it is not certain that it is foreign is a gap, not an offence.
  provableFromPart: { externalClientApps: 'fail' },
  judge: ({ externalClientApps, organization }, { declared, asOf }) =>
    decide(
      externalClientApps.map((app) =>
        installedApp('ExternalClientApp', app, { orgId: organization.id, declared, asOf })
      ),
      externalClientApps.length === 0
        ? 'The org has no External Client App.'
        : `Each of the External Client Apps (${externalClientApps.length}) is the org's own, Salesforce's own or listed as trusted.`
    ),
});
