import { each } from '../../engine/control.js';
import { classifyCallback } from '../../salesforce/callbacks.js';
import { packageControl } from '../facts.js';
import { noOauthApp, oauthApps, subjectAt, unseenCallback, unseenCallbacks } from '../apps/oauthApps.js';

export const callbacksNotMixed = packageControl({
  id: 'package/callbacks-not-mixed',
  title: 'No app mixes callbacks of a web server with callbacks of an app on a device',
  severity: 'high',
  topic: 'mixed callbacks',
  problem: { one: 'app mixes server and device callbacks', many: 'apps mix server and device callbacks' },
  area: 'Packaged apps',
  requirement: 'Apps avoid mixed-use callback URLs; separate apps are used for public and confidential clients',
  checks: ['Looks at all callbacks of every app of the package that uses OAuth.'],
  fails: [
    'A callback of a web server beside one with an own scheme is a violation; a page of Salesforce, and localhost, beside one is not.',
  ],
  inconclusive: [
    'It is inconclusive where a callback is filled in later, and where the source does not hold the callbacks of an app, as with a packaged External Client App unless --eca-global-oauth gives them.',
  ],
  why:
    'A web server can keep a client secret, an app on a device cannot; when both share one app, the weaker client ' +
    'decides how well the stronger one is protected.',
  fix: [
    'Create one External Client App for the web server and another for the mobile or desktop client, and move each callback to its own.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps'],
  // All callbacks of an app stand in one file.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail' },
  judge: (facts) =>
    each(
      oauthApps(facts),
      noOauthApp(facts),
      (app) => {
        const callbacks = app.settings?.callbacks;
        if (!callbacks) return unseenCallbacks(app);
        const kindOf = ({ value }: { value: string }): string => classifyCallback(value).kind;
        const ofServer = callbacks.find((callback) => ['web', 'http'].includes(kindOf(callback)));
        // A page of Salesforce beside an own scheme is usual for an app on a device, and localhost is not for this control.
        const ofDevice = callbacks.find((callback) => kindOf(callback) === 'custom-scheme');
        if (ofServer && ofDevice) {
          return {
            kind: 'violation',
            subject: subjectAt(app, ofDevice),
            message: `One app has the web callback ${ofServer.value} and the app callback ${ofDevice.value}.`,
          };
        }
        const unknown = callbacks.find((callback) => kindOf(callback) === 'placeholder');
        return unknown && unseenCallback(app, unknown);
      },
      'Every app is for one kind of client.'
    ),
});
