import type { SubjectOutcome } from '../../engine/control.js';
import type { Declared, Gap, Violation } from '../../engine/types.js';
import { classifyCallback, type Callback, type CallbackKind } from '../../salesforce/callbacks.js';
import { orgControl } from '../facts.js';
import {
  eachOwnOauthApp,
  orPackageCheck,
  ownAppSettings,
  callbackGap,
  toJustify,
  violation,
  type OwnApp,
  type OwnOauthApp,
} from '../findings/ownApps.js';

export const ownAppsCallbacksSeparate = orgControl({
  id: 'org/own-apps-callbacks-separate',
  title: 'Each app of this org has callbacks for one kind of client, over https or a custom URL scheme',
  severity: 'high',
  topic: 'callbacks',
  problem: {
    one: 'app has callbacks that must be separated or secured',
    many: 'apps have callbacks that must be separated or secured',
  },
  requirement:
    'Apps should avoid using mixed-use callback URLs in a single app: separate apps for public and confidential ' +
    'clients, and no localhost callback URL combined with any other.',
  why: 'A web server can keep a client secret, an app on a device cannot. If both share one app, the weaker client limits the protection of the stronger one, and over http an attacker on the network reads the authorization code.',
  checks: [
    'No callback of an app uses http, except to localhost.',
    'An app does not mix web callbacks with custom URL schemes.',
    'A localhost callback is not combined with any other callback.',
  ],
  fails: [
    'A callback uses http and its host is not localhost.',
    'An app has a web callback and a callback with a custom URL scheme.',
    'An app has a localhost callback and another callback.',
    'All callbacks of an app are localhost, and there is no justification.',
    'A callback has a wildcard or leads to a testing service, and there is no justification.',
  ],
  inconclusive: [
    'Salesforce sent no callback for an app.',
    'A callback has a placeholder that is filled in later.',
    '`readGlobalOauthSettings` is off, and the app is an External Client App.',
    'The org hides consumer secrets from the Metadata API, as Salesforce recommends: attest the External Client App.',
  ],
  fix: [
    'Setup > App Manager (or External Client App Manager) > the app > OAuth settings > Callback URL: keep the callbacks of one kind of client, over https or a custom URL scheme.',
    'Move the other callbacks to a separate External Client App.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  // All callbacks of an app come together.
  ...ownAppSettings,
  judge: (facts, { declared }) =>
    eachOwnOauthApp(
      facts,
      (app) => evaluateApp(app, declared),
      'Every app has callbacks for one kind of client, none over http or localhost, to a testing service or with a wildcard.'
    ),
});

const evaluateApp = (app: OwnOauthApp, declared: Declared): SubjectOutcome => {
  const { settings, subject } = app;
  if (!settings || settings.callbacks.length === 0) return orPackageCheck(app, 'callbacks', callbackGap(app), declared);
  const callbacks = settings.callbacks.map((url) => ({ url, ...classifyCallback(url) }));
  const first = (...kinds: CallbackKind[]): string | undefined =>
    callbacks.find(({ kind }) => kinds.includes(kind))?.url;
  const [server, device, local] = [first('web', 'http'), first('custom-scheme'), first('loopback')];
  const other = first('web', 'http', 'custom-scheme', 'salesforce');
  const found: Array<Violation | Gap> = callbacks
    .filter(({ kind }) => kind === 'http')
    .map(({ url }) => violation(app, `The callback ${url} of ${subject.name} uses http.`, url));
  found.push(...callbacks.flatMap((callback) => doubtful(callback, app) ?? []));
  if (server && device) {
    const message = `${subject.name} mixes the web callback ${server} with the app callback ${device}.`;
    found.push(violation(app, message, 'mixed'));
  }
  if (local && other) {
    const message = `${subject.name} combines the localhost callback ${local} with ${other}.`;
    found.push(violation(app, message, 'localhost'));
  }
  if (local && callbacks.every(({ kind }) => kind === 'loopback')) {
    // The secure coding guide has an app that uses JWT bearer only name a dummy.
    const dummy = settings.certificate ? ', perhaps a placeholder for JWT bearer' : '';
    const message = `The only callback of ${subject.name} is localhost${dummy}: ${local}.`;
    found.push(toJustify(app, message, 'only localhost'));
  }
  const unknown = first('placeholder');
  if (unknown) {
    const detail = `Could not determine where the callback ${unknown} of this app leads.`;
    found.push({ kind: 'unreadable', detail, subject });
  }
  return found;
};

/** A callback over http is already a violation. */
const doubtful = (
  { url, kind, wildcard, testHost }: Callback & { url: string },
  app: OwnApp
): Violation | undefined => {
  if (kind === 'http' || !(wildcard || testHost)) return undefined;
  const why = testHost ? 'leads to a testing service' : 'has a wildcard';
  return toJustify(app, `The callback ${url} of ${app.subject.name} ${why}.`, url);
};
