import { decide } from '../../engine/control.js';
import type { Gap, Offence, Subject } from '../../engine/types.js';
import { classifyCallback } from '../../salesforce/callbacks.js';
import { packageControl } from '../facts.js';
import {
  gapOf,
  isForServersOnly,
  noOauthApp,
  oauthApps,
  serverFlows,
  subjectAt,
  unseenCallbacks,
  type OauthApp,
} from '../oauthApps.js';

export const publicClientsWithoutSecret = packageControl({
  id: 'package/public-clients-without-secret',
  title: 'No public client relies on a client secret',
  severity: 'high',
  requirement: 'Public clients do not rely on a client secret for OAuth flows',
  rationale:
    'A secret that is shipped in a browser, a phone or a desktop can be read by whoever holds it; then it proves ' +
    'nothing, and without PKCE whoever catches an authorization code can redeem it.',
  remediation:
    'Give the public client an app of its own with PKCE required and Require Secret for Web Server Flow and for ' +
    'Refresh Token Flow off, and take client_secret out of its code.',
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  attestable: true,
  needs: ['project', 'connectedApps', 'externalClientApps'],
  compares: ['integrations'],
  // The switches of an app stand in one file.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail' },
  judge: (facts, { declared }) => {
    const apps = oauthApps(facts);
    const others = declared.integrations.filter(
      ({ app, flow }) => !between.includes(flow ?? '') && !apps.some(({ subject }) => subject.name === app)
    );
    const unread = facts.project.isPackage
      ? others.map(({ app, name }) => unreadCode({ type: 'ExternalClientApp', name: app ?? name }))
      : [];
    if (apps.length + unread.length === 0) return noOauthApp(facts);
    return decide(
      [...apps.map((app) => (isForServersOnly(app, declared) ? undefined : look(app))), unread],
      'Every app uses only JWT bearer or client credentials, so none is for a public client.'
    );
  },
});

/** Flows between servers, or none at all. */
const between: readonly string[] = ['client-credentials', 'jwt-bearer', 'none'];

/** The settings ask for a secret or not; whether the client holds one stands in its code. */
const unreadCode = (subject: Subject): Gap =>
  gapOf(subject, 'Whether its client holds a client secret is in its code, which was not read.');

const look = (app: OauthApp): Offence | Gap => {
  const { settings } = app;
  if (!settings?.callbacks) return unseenCallbacks(app);
  const { consumerSecretOptional: optional, pkceRequired: pkce, secretRequiredForRefresh: forRefresh } = settings;
  if (optional?.value && pkce?.value === false) {
    const message =
      'The app asks for neither a client secret nor PKCE: isConsumerSecretOptional is true, isPkceRequired false.';
    return { kind: 'violation', subject: subjectAt(app, optional), message };
  }
  const kinds = settings.callbacks.map(({ value, ...at }) => ({ ...at, value, kind: classifyCallback(value).kind }));
  // The localhost callback of an app with a certificate is a dummy.
  const client = kinds.find(
    ({ kind }) => kind === 'custom-scheme' || (kind === 'loopback' && !serverFlows(app).length)
  );
  const wanted = optional?.value === false ? optional : forRefresh?.value ? forRefresh : undefined;
  // Salesforce asks for the secret then, and only the code shows whether a server adds it or the client holds it.
  if (client && wanted) {
    return gapOf(
      subjectAt(app, wanted),
      `It asks for the client secret, and calls back a client that cannot keep one (${client.value}).`
    );
  }
  return unreadCode(app.subject);
};
