import { each, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Violation, Subject } from '../../engine/types.js';
import { classifyCallback, type Callback, type CallbackKind } from '../../salesforce/callbacks.js';
import { orgControl } from '../facts.js';
import { noOwnOauthApp, ownOauthApps, unseenCallbacks, violation, type OwnOauthApp } from '../findings/ownApps.js';

export const ownAppsCallbacksSeparate = orgControl({
  id: 'org/own-apps-callbacks-separate',
  title: 'Each app of this org has callbacks for one kind of client, over https or an own scheme',
  severity: 'high',
  topic: 'callbacks',
  problem: {
    one: 'app has callbacks that must be separated or secured',
    many: 'apps have callbacks that must be separated or secured',
  },
  area: "The org's apps",
  setup: '/lightning/setup/NavigationMenus/home',
  requirement:
    'Apps should avoid using mixed-use callback URLs in a single app: separate apps for public and confidential ' +
    'clients, and no localhost callback URL combined with any other.',
  checks: [
    'Looks at the callbacks of every app of this org that uses OAuth.',
    'Violations are a callback over http to another host than localhost, a web callback beside one with an own scheme, and localhost beside any of these or a page of Salesforce.',
  ],
  fails: ['Where all are localhost they need a justification, and so do a wildcard and a host of a testing service.'],
  inconclusive: [
    'It is inconclusive where no callback was sent, where one is filled in later, and, unless `readGlobalOauthSettings` is on, for every External Client App.',
  ],
  why:
    'A web server can keep a client secret, an app on a device cannot; when both share one app, the weaker client ' +
    'decides how well the stronger one is protected. Over http anybody on the way reads the authorization code.',
  fix: [
    'Setup > App Manager > the app > OAuth settings > Callback URL: keep the callbacks of one kind of client, with https or an own scheme, and move the others to an External Client App of their own.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  params: { readGlobalOauthSettings: false },
  // All callbacks of an app come together.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail', ownGlobalOauthSettings: 'fail' },
  judge: (facts) =>
    each(
      ownOauthApps(facts),
      noOwnOauthApp(),
      evaluateApp,
      'Every app has callbacks for one kind of client, none over http or localhost, to a testing service or with a wildcard.'
    ),
});

const evaluateApp = (app: OwnOauthApp): SubjectOutcome => {
  const { settings, subject } = app;
  if (!settings || settings.callbacks.length === 0) return unseenCallbacks(app);
  const callbacks = settings.callbacks.map((url) => ({ url, ...classifyCallback(url) }));
  const first = (...kinds: CallbackKind[]): string | undefined =>
    callbacks.find(({ kind }) => kinds.includes(kind))?.url;
  const [server, device, local] = [first('web', 'http'), first('custom-scheme'), first('loopback')];
  const other = first('web', 'http', 'custom-scheme', 'salesforce');
  const found: Array<Violation | Gap> = callbacks
    .filter(({ kind }) => kind === 'http')
    .map(({ url }) => ({ ...violation(app, `The callback ${url} uses http.`), at: url }));
  found.push(...callbacks.flatMap((callback) => doubtful(callback, subject) ?? []));
  if (server && device) {
    found.push({
      ...violation(app, `The web callback ${server} is mixed with the app callback ${device}.`),
      at: 'mixed',
    });
  }
  if (local && other) {
    found.push({ ...violation(app, `The localhost callback ${local} is combined with ${other}.`), at: 'localhost' });
  }
  if (local && callbacks.every(({ kind }) => kind === 'loopback')) {
    // The secure coding guide has an app that uses JWT bearer only name a dummy.
    const dummy = settings.certificate ? ', perhaps as the dummy of JWT bearer' : '';
    found.push({
      kind: 'justification',
      subject,
      message: `The only callback is localhost${dummy}: ${local}.`,
      at: 'only localhost',
    });
  }
  const unknown = first('placeholder');
  if (unknown) {
    found.push({ kind: 'unreadable', detail: `What is called back at ${unknown} could not be told.`, subject });
  }
  return found;
};

/** http offends already. */
const doubtful = (
  { url, kind, wildcard, testHost }: Callback & { url: string },
  subject: Subject
): Violation | undefined =>
  kind === 'http' || !(wildcard || testHost)
    ? undefined
    : {
        kind: 'justification',
        subject,
        message: `The callback ${url} ${testHost ? 'leads to a testing service' : 'holds a wildcard'}.`,
        at: url,
      };
