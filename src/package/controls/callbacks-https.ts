import { each } from '../../engine/control.js';
import type { Gap, Violation } from '../../engine/types.js';
import { classifyCallback } from '../../salesforce/callbacks.js';
import { packageControl, type Located } from '../facts.js';
import {
  distinct,
  noOauthApp,
  oauthApps,
  subjectAt,
  unseenCallback,
  unseenCallbacks,
  type OauthApp,
} from '../apps/oauthApps.js';

export const callbacksHttps = packageControl({
  id: 'package/callbacks-https',
  title: 'Every callback uses https or a scheme of its own, and leads to the vendor',
  severity: 'high',
  topic: 'callback URLs',
  problem: { one: 'callback is not secured', many: 'callbacks are not secured' },
  area: 'Packaged apps',
  requirement: 'Callback URLs are controlled by the partner, and use https or a scheme of their own',
  checks: [
    'Looks at every callback of every app of the package that uses OAuth; https, an own scheme and localhost are fine. http to another host is a violation; a host of a testing service, and a wildcard, need a justification.',
  ],
  fails: [
    'Looks at every callback of every app of the package that uses OAuth; https, an own scheme and localhost are fine. http to another host is a violation; a host of a testing service, and a wildcard, need a justification.',
  ],
  inconclusive: [
    'It is inconclusive where a callback is filled in later, and where the source does not hold the callbacks of an app, as with a packaged External Client App unless --eca-global-oauth gives them.',
  ],
  why:
    'The authorization code travels to the callback: over http anybody on the way reads it, and a callback that ' +
    'somebody else controls gives it away.',
  fix: [
    'Use an https callback on a host of yours, or an own scheme for an app on a device.',
    'Remove callbacks of testing services and wildcards from the packaged app; where one is required, say under `justifications` in security-review.yml why.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps'],
  // A callback that was seen is called back, whatever else could not be read.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail' },
  judge: (facts) =>
    each(
      oauthApps(facts),
      noOauthApp(facts),
      (app) =>
        app.settings?.callbacks
          ? distinct(app.settings.callbacks).flatMap((callback) => look(app, callback) ?? [])
          : unseenCallbacks(app),
      'Every callback uses https, an own scheme or localhost.'
    ),
});

const look = (app: OauthApp, callback: Located<string>): Violation | Gap | undefined => {
  const { value, ...at } = callback;
  const { kind, wildcard, testHost } = classifyCallback(value);
  const subject = subjectAt(app, at);
  if (kind === 'http') {
    return { kind: 'violation', subject, message: `The callback ${value} uses http.`, at: value };
  }
  if (testHost) {
    return { kind: 'justification', subject, message: `The callback ${value} leads to a testing service.`, at: value };
  }
  if (wildcard) {
    return { kind: 'justification', subject, message: `The callback ${value} holds a wildcard.`, at: value };
  }
  return kind === 'placeholder' ? unseenCallback(app, callback) : undefined;
};
