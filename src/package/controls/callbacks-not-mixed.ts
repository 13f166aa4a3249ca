import { packageControl } from '../facts.js';
import { eachCallbackList, packagedAppSettings, subjectAt, unseenCallback } from '../apps/oauthApps.js';
import { againstOneKind } from '../apps/contradictions.js';

export const callbacksNotMixed = packageControl({
  id: 'package/callbacks-not-mixed',
  title: 'No app mixes web server callbacks with custom URL schemes',
  severity: 'high',
  topic: 'mixed callbacks',
  problem: { one: 'app mixes server and device callbacks', many: 'apps mix server and device callbacks' },
  requirement: 'Apps avoid mixed-use callback URLs; separate apps are used for public and confidential clients',
  why: 'A web server can keep a client secret, a device app cannot. When both share one app, the weaker client sets the protection of both.',
  checks: ['All callbacks of every app of the package that uses OAuth.'],
  fails: [
    'One app has a web server callback and a callback with a custom URL scheme.',
    'The app is attested, and its code sends users back to a web server and to a custom URL scheme.',
  ],
  inconclusive: [
    'A callback is a placeholder that is filled in later.',
    'The source does not contain the callbacks of an app: pass --owner-org, --owner-evidence or --eca-global-oauth for a packaged External Client App, or attest the app.',
  ],
  notes: ['A Salesforce page or localhost together with a custom URL scheme is accepted.'],
  fix: [
    'Create one External Client App for the web server and another for the mobile or desktop client.',
    'Move each callback (`callbackUrl`) to the app of its client.',
  ],
  examples: {
    bad: '<callbackUrl>https://login.example.com/callback\nacme://callback</callbackUrl>',
    good: '<callbackUrl>https://login.example.com/callback</callbackUrl>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  // All callbacks of an app are in one file.
  ...packagedAppSettings,
  contradictions: againstOneKind,
  judge: (facts) =>
    eachCallbackList(
      facts,
      (app, first) => {
        const ofServer = first('web', 'http');
        // Device apps often use a Salesforce page with a custom URL scheme. Another control checks localhost.
        const ofDevice = first('custom-scheme');
        if (ofServer && ofDevice) {
          return {
            kind: 'violation',
            subject: subjectAt(app, ofDevice),
            message: `${app.subject.name} has the web server callback ${ofServer.value} and the device callback ${ofDevice.value}.`,
          };
        }
        const unknown = first('placeholder');
        return unknown && unseenCallback(app, unknown);
      },
      'Every app has callbacks of one kind of client.'
    ),
});
