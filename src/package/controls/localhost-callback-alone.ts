import { packageControl } from '../facts.js';
import { eachCallbackList, packagedAppSettings, subjectAt, unseenCallback } from '../apps/oauthApps.js';
import { againstLocalhostAlone } from '../apps/contradictions.js';

export const localhostCallbackAlone = packageControl({
  id: 'package/localhost-callback-alone',
  title: 'No app combines a localhost callback with another callback',
  severity: 'high',
  topic: 'localhost',
  problem: { one: 'app has a localhost callback', many: 'apps have a localhost callback' },
  requirement: 'A localhost callback URL is not combined with any other callback URL',
  why: 'Any program on a machine can listen on localhost. With another callback in the same app, that program can take an authorization code that was meant for the other client.',
  checks: ['All callbacks of every app of the package that uses OAuth.'],
  fails: [
    'An app has a localhost callback, under any name or address, and a callback of another kind.',
    'All callbacks of an app are localhost: this needs a justification, also for the dummy callback of JWT bearer.',
    'The app is attested, and its code sends users back to localhost. Without another callback this needs a justification.',
  ],
  inconclusive: [
    'A callback is a placeholder that is filled in later.',
    'The source does not contain the callbacks of an app: pass --owner-org, --owner-evidence or --eca-global-oauth for a packaged External Client App, or attest the app.',
  ],
  fix: [
    'Remove the localhost callback (`callbackUrl`) from the packaged app.',
    'Use a separate app for development or for a desktop client.',
    'If localhost is the only callback, say what it is for under `justifications` in security-review.yml. A dummy callback for JWT bearer is documented practice.',
  ],
  examples: {
    bad: '<callbackUrl>https://login.example.com/callback\nhttp://localhost:8080/callback</callbackUrl>',
    good: '<callbackUrl>https://login.example.com/callback</callbackUrl>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  // All callbacks of an app are in one file.
  ...packagedAppSettings,
  contradictions: againstLocalhostAlone,
  judge: (facts) =>
    eachCallbackList(
      facts,
      (app, first) => {
        const local = first('loopback');
        const other = first('web', 'http', 'custom-scheme', 'salesforce');
        const unknown = first('placeholder');
        if (local && other) {
          const message = `${app.subject.name} combines the localhost callback ${local.value} with ${other.value}.`;
          return { kind: 'violation', subject: subjectAt(app, local), message };
        }
        // A placeholder may become localhost or another callback.
        if (unknown) return unseenCallback(app, unknown);
        if (!local) return undefined;
        // The secure coding guide uses a dummy URL for a JWT bearer app.
        const dummy = app.settings?.certificate?.value ? ', perhaps as the dummy callback of JWT bearer' : '';
        const message = `The only callback of ${app.subject.name} is localhost${dummy}: ${local.value}.`;
        return { kind: 'justification', subject: subjectAt(app, local), message };
      },
      'No app has a localhost callback.'
    ),
});
