import { decide } from '../../engine/control.js';
import type { Gap, Violation } from '../../engine/types.js';
import { classifyCallback } from '../../salesforce/callbacks.js';
import { packageControl } from '../facts.js';
import { codeRead, integrationCode, unreadNotes, unreadIntegrations, usesIn } from '../apps/integrationCoverage.js';
import {
  settingGap,
  isForServersOnly,
  oauthApps,
  serverFlows,
  subjectAt,
  unseenCallbacks,
  type OauthApp,
} from '../apps/oauthApps.js';

export const publicClientsWithoutSecret = packageControl({
  id: 'package/public-clients-without-secret',
  title: 'No public client relies on a client secret',
  severity: 'high',
  topic: 'client secret',
  problem: { one: 'public client relies on a client secret', many: 'public clients rely on a client secret' },
  area: 'Packaged apps',
  requirement: 'Public clients do not rely on a client secret for OAuth flows',
  why: 'Users can read a secret that is shipped in a browser, phone or desktop client, so it proves nothing. Without PKCE, anyone who intercepts an authorization code can redeem it.',
  checks: [
    'The settings of every app of the package that uses OAuth.',
    'Code that its user can read: pages, components, static resources, desktop, command-line, mobile and browser clients.',
  ],
  fails: [
    'An app requires neither a client secret nor PKCE.',
    'Code of a public client contains or sends a client secret.',
  ],
  inconclusive: [
    'The source does not show the callbacks of an app.',
    'The code does not show whether it contains a secret.',
    ...unreadNotes,
  ],
  notes: [
    'An app that the policy and its settings show to use only JWT bearer or client credentials is not checked.',
    'Code does not replace settings that the source does not show.',
  ],
  fix: [
    'Create a separate app for the public client, with PKCE required.',
    'Turn off Require Secret for Web Server Flow and for Refresh Token Flow. In the file of a Connected App: isConsumerSecretOptional true, isSecretRequiredForRefreshToken false.',
    'Remove client_secret from the code of the client.',
  ],
  examples: {
    bad: "await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams({\n  grant_type: 'authorization_code', code, client_id, client_secret,\n}) });",
    good: "await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams({\n  grant_type: 'authorization_code', code, client_id, code_verifier,\n}) });",
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  ...integrationCode,
  // A look at one app, or at the code of one integration, says nothing about the next.
  attestableSubjects: 'each',
  judge: (facts, { declared }) => {
    const unread = unreadIntegrations(facts, declared);
    const apps = oauthApps(facts).filter((app) => !isForServersOnly(app, declared));
    return decide(
      [
        ...apps.map((app) => evaluateApp(app, unread.length === 0 && hasServer(facts))),
        ...usesIn(facts, ['client-secret'], ({ form, subject }) => ({
          message: `${subject.name} contains a client secret that its user can read: ${form}.`,
        })),
        unread,
      ],
      `No public client relies on a client secret, in the settings of apps and in ${codeRead(facts)}.`
    );
  },
});

/** The code of a server that adds the client secret was read, so its clients need none. */
const hasServer = ({ code: { places } }: Parameters<typeof codeRead>[0]): boolean =>
  places.some(({ in: where, serverSecret }) => where === 'integration' && serverSecret === true);

const evaluateApp = (app: OauthApp, server: boolean): Violation | Gap | undefined => {
  const { settings } = app;
  if (!settings?.callbacks) return unseenCallbacks(app);
  const { consumerSecretOptional: optional, pkceRequired: pkce, secretRequiredForRefresh: forRefresh } = settings;
  if (optional?.value && pkce?.value === false) {
    const message = `${app.subject.name} requires neither a client secret nor PKCE: isConsumerSecretOptional is true, isPkceRequired false.`;
    return { kind: 'violation', subject: subjectAt(app, optional), message };
  }
  // A file that was retrieved with an API version before 59 does not name it.
  if (optional?.value && !pkce) {
    return settingGap(
      subjectAt(app, optional),
      `Could not determine whether ${app.subject.name} requires PKCE: it requires no client secret, and isPkceRequired is not in its file.`
    );
  }
  const kinds = settings.callbacks.map(({ value, ...at }) => ({ ...at, value, kind: classifyCallback(value).kind }));
  // The localhost callback of an app with a certificate is a dummy.
  const client = kinds.find(
    ({ kind }) => kind === 'custom-scheme' || (kind === 'loopback' && !serverFlows(app).length)
  );
  const wanted = optional?.value === false ? optional : forRefresh?.value ? forRefresh : undefined;
  // Salesforce requires the secret in this case, and only code shows whether a server adds it or the client keeps it.
  return client && wanted && !server
    ? settingGap(
        subjectAt(app, wanted),
        `Could not determine whether a server adds the client secret that ${app.subject.name} requires: its callback ${client.value} belongs to a client that cannot keep a secret, and no code that was read shows the server.`
      )
    : undefined;
};
