import { each } from '../../engine/control.js';
import { deviceFlow } from '../../salesforce/oauth.js';
import { orgControl } from '../facts.js';
import { noOwnOauthApp, ownOauthApps, unseenSwitch, violation } from '../findings/ownApps.js';

export const ownAppsWithoutDeviceFlow = orgControl({
  id: 'org/own-apps-without-device-flow',
  title: 'No app of this org allows the OAuth device flow',
  severity: 'high',
  topic: 'device flow',
  problem: { one: 'app allows the device flow', many: 'apps allow the device flow' },
  area: "The org's apps",
  setup: '/lightning/setup/NavigationMenus/home',
  requirement: 'Apps must not rely on the following OAuth flows: device flow.',
  checks: [
    'Looks at every app of this org that uses OAuth. isDeviceFlowEnabled on is a violation, whether anybody uses the flow or not.',
  ],
  fails: [
    'Looks at every app of this org that uses OAuth. isDeviceFlowEnabled on is a violation, whether anybody uses the flow or not.',
  ],
  inconclusive: [
    'A switch that was not sent is not off, and makes it inconclusive; so does, unless `readGlobalOauthSettings` is on, every External Client App.',
  ],
  why:
    'In the device flow a user types a code that somebody else asked for, so one phone call is enough to hand a ' +
    'token to a stranger.',
  fix: [
    'Setup > App Manager > the app > OAuth settings: turn off Enable Device Flow, and use the authorization code flow with PKCE.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_device_flow.htm&type=5',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  params: { readGlobalOauthSettings: false },
  // A switch that was seen is on, whatever else could not be read.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail', ownGlobalOauthSettings: 'fail' },
  judge: (facts) =>
    each(
      ownOauthApps(facts),
      noOwnOauthApp(),
      (app) => {
        const allowed = app.settings?.deviceFlow;
        if (allowed === undefined) return unseenSwitch(app, deviceFlow);
        return allowed ? violation(app, `The device flow is on: ${deviceFlow.element} is true.`) : undefined;
      },
      'The device flow is off in every app.'
    ),
});
