import { each } from '../../engine/control.js';
import { deviceFlow } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import { noOauthApp, oauthApps, subjectAt, unseenSwitch } from '../oauthApps.js';

export const noDeviceFlow = packageControl({
  id: 'package/no-device-flow',
  title: 'No app allows the OAuth device flow',
  severity: 'high',
  requirement: 'Apps must not rely on the device flow',
  rationale:
    'In the device flow a user types a code that somebody else asked for, so one phone call is enough to hand a ' +
    'token to a stranger.',
  remediation:
    'Turn off Enable Device Flow in the OAuth settings of the app, and use the authorization code flow with PKCE. ' +
    'Where the source cannot show the switch, retrieve the Connected App with API version 68 or later.',
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_device_flow.htm&type=5',
  ],
  // What the code of an integration starts, no metadata shows.
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps'],
  // A switch that was seen is on, whatever else could not be read.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail' },
  judge: (facts) =>
    each(
      oauthApps(facts),
      noOauthApp(facts),
      (app) => {
        const allowed = app.settings?.deviceFlow;
        // Below API 68 a Connected App's file never names the switch, whichever way it stands.
        if (!allowed) return unseenSwitch(app, deviceFlow);
        return allowed.value
          ? {
              kind: 'violation',
              subject: subjectAt(app, allowed),
              message: `The device flow is on: ${deviceFlow.element} is true.`,
            }
          : undefined;
      },
      'The device flow is off in every app.'
    ),
});
