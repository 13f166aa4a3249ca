import { deviceFlow } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import { eachOwnOauthApp, orPackageCheck, ownAppSettings, switchGap, violation } from '../findings/ownApps.js';

export const ownAppsWithoutDeviceFlow = orgControl({
  id: 'org/own-apps-without-device-flow',
  title: 'No app of this org allows the OAuth device flow',
  severity: 'high',
  topic: 'device flow',
  problem: { one: 'app allows the device flow', many: 'apps allow the device flow' },
  requirement: 'Apps must not rely on the following OAuth flows: device flow.',
  why: 'In the device flow a user types a code that an attacker may have requested. One phone call is enough to get a token.',
  checks: ['Each app of this org that uses OAuth has isDeviceFlowEnabled off.'],
  fails: ['An app has isDeviceFlowEnabled on, even if no client uses the flow.'],
  inconclusive: [
    'Salesforce did not send the switch of an app.',
    '`readGlobalOauthSettings` is off, and the app is an External Client App.',
    'The org hides consumer secrets from the Metadata API, as Salesforce recommends: attest the External Client App.',
  ],
  fix: [
    'Change the clients to the authorization code flow with PKCE.',
    'Setup > App Manager (or External Client App Manager) > the app > OAuth settings: turn off Enable Device Flow.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_device_flow.htm&type=5',
  ],
  // A switch that was read is on, whatever else could not be read.
  ...ownAppSettings,
  judge: (facts, { declared }) =>
    eachOwnOauthApp(
      facts,
      (app) => {
        const allowed = app.settings?.deviceFlow;
        if (allowed === undefined) return orPackageCheck(app, 'device-flow', switchGap(app, deviceFlow), declared);
        return allowed
          ? violation(app, `${app.subject.name} allows the device flow: ${deviceFlow.element} is true.`)
          : undefined;
      },
      'The device flow is off in every app.'
    ),
});
