import type { Gap, Violation } from '../../engine/types.js';
import { classifyCallback } from '../../salesforce/callbacks.js';
import { packageControl, type Located } from '../facts.js';
import {
  distinct,
  eachOauthApp,
  packagedAppSettings,
  subjectAt,
  unseenCallback,
  unseenCallbacks,
  type OauthApp,
} from '../apps/oauthApps.js';
import { againstHttps } from '../apps/contradictions.js';

export const callbacksHttps = packageControl({
  id: 'package/callbacks-https',
  title: 'Every callback uses https or a custom URL scheme, and leads to the vendor',
  severity: 'high',
  topic: 'callback URLs',
  problem: { one: 'callback is not secured', many: 'callbacks are not secured' },
  requirement: 'Callback URLs are controlled by the partner, and use https or a custom URL scheme',
  why: 'Salesforce sends the authorization code to the callback. Over http anyone on the network can read it, and a callback that another party controls gives it away.',
  checks: ['Every callback of every app of the package that uses OAuth.'],
  fails: [
    'A callback uses http and leads to a host other than localhost.',
    'A callback leads to a testing service: this needs a justification.',
    'A callback contains a wildcard: this needs a justification.',
    'The app is attested, and its code sends users back to an address with http.',
  ],
  inconclusive: [
    'A callback is a placeholder that is filled in later.',
    'The source does not contain the callbacks of an app: pass --owner-org, --owner-evidence or --eca-global-oauth for a packaged External Client App, or attest the app.',
  ],
  notes: ['https, a custom URL scheme and localhost are accepted.'],
  fix: [
    'Write an https callback on a host of the vendor, or a custom URL scheme for a device app, in the OAuth settings of the app (`callbackUrl`).',
    'Remove callbacks of testing services and wildcards from the packaged app.',
    'If one of them is required, say why under `justifications` in security-review.yml.',
  ],
  examples: {
    bad: '<callbackUrl>http://login.example.com/callback</callbackUrl>',
    good: '<callbackUrl>https://login.example.com/callback</callbackUrl>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  // A callback in a file that was read is a finding, whatever else could not be read.
  ...packagedAppSettings,
  contradictions: againstHttps,
  judge: (facts) =>
    eachOauthApp(
      facts,
      (app) =>
        app.settings?.callbacks
          ? distinct(app.settings.callbacks).flatMap((callback) => evaluateCallback(app, callback) ?? [])
          : unseenCallbacks(app),
      'Every callback uses https, a custom URL scheme or localhost.'
    ),
});

const evaluateCallback = (app: OauthApp, callback: Located<string>): Violation | Gap | undefined => {
  const { value, ...at } = callback;
  const { kind, wildcard, testHost } = classifyCallback(value);
  const finding = (outcome: Violation['kind'], what: string): Violation => ({
    kind: outcome,
    subject: subjectAt(app, at),
    message: `The callback ${value} of ${app.subject.name} ${what}.`,
    at: value,
  });
  if (kind === 'http') return finding('violation', 'uses http');
  if (testHost) return finding('justification', 'leads to a testing service');
  if (wildcard) return finding('justification', 'contains a wildcard');
  return kind === 'placeholder' ? unseenCallback(app, callback) : undefined;
};
