import { each, notApplicable } from '../../engine/control.js';
import type { Gap } from '../../engine/types.js';
import { classifyCallback, isServerOrApp } from '../../salesforce/callbacks.js';
import { pkceSwitch as pkce } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import {
  settingGap,
  isForServersOnly,
  noOauthApp,
  oauthApps,
  packagedAppSettings,
  serverFlows,
  subjectAt,
  unseenSwitch,
  type OauthApp,
} from '../apps/oauthApps.js';
import { againstPkce } from '../apps/contradictions.js';

export const pkceRequired = packageControl({
  id: 'package/pkce-required',
  title: 'Every app that uses the authorization code flow requires PKCE',
  severity: 'high',
  topic: 'PKCE',
  problem: { one: 'app does not require PKCE', many: 'apps do not require PKCE' },
  requirement: 'Apps are onboarded to the security controls: Proof Key for Code Exchange (PKCE)',
  why: 'Without PKCE an intercepted authorization code is as good as a token, for public and confidential clients alike.',
  checks: ['isPkceRequired in every app of the package that uses OAuth.'],
  fails: [
    'isPkceRequired is off.',
    'The login host accepts an authorization request without code_challenge (--probe-authorize).',
    'The app is attested, and its code sends an authorization request to Salesforce without code_challenge.',
  ],
  inconclusive: [
    'The source does not show the switch: pass --owner-org, --owner-evidence or --eca-global-oauth for a packaged External Client App, or attest the app.',
    'The switch is off, JWT bearer or client credentials is on, and no callback leads to a server or a custom URL scheme: name the flow in the policy.',
  ],
  notes: ['An app that the policy and its settings show to use only JWT bearer or client credentials is not checked.'],
  fix: [
    'Change every client so that it sends a code challenge.',
    'Then turn on Require Proof Key for Code Exchange (PKCE) in the OAuth settings of the app: isPkceRequired in the file of a Connected App, API version 59 or later. It cannot be turned off again.',
    'If an app uses only JWT bearer or client credentials, name its flow under `integrations` in security-review.yml. PKCE does not affect these flows.',
  ],
  examples: {
    bad: '<isPkceRequired>false</isPkceRequired>',
    good: '<isPkceRequired>true</isPkceRequired>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  // Everything that exempts an app is in the file of its switch, or in the policy.
  ...packagedAppSettings,
  compares: ['integrations'],
  contradictions: againstPkce,
  judge: (facts, { declared }) => {
    const apps = oauthApps(facts);
    return each(
      apps.filter((app) => !isForServersOnly(app, declared)),
      apps.length > 0
        ? notApplicable(
            'Every app uses only JWT bearer or client credentials, according to the policy and the settings of the app.'
          )
        : noOauthApp,
      (app) => {
        const probe = app.pkceProbe;
        if (probe?.required === false) {
          const message = `${app.subject.name} does not require PKCE: ${probe.host} accepted a request without code_challenge.`;
          return { kind: 'violation', subject: app.subject, message, at: 'probe' };
        }
        const required = app.settings?.pkceRequired;
        if (!required && probe?.required === true) return undefined;
        if (!required) return unseenPkce(app);
        if (required.value) return undefined;
        const subject = subjectAt(app, required);
        // JWT bearer and client credentials are exempt, but a certificate does not prove that no client also uses the
        // authorization code flow: no pass. With only a dummy callback it is not a violation. PKCE cannot be justified,
        // so the flow in the policy is the way to answer.
        if (serverFlows(app).length > 0 && !hasClientCallback(app)) {
          return settingGap(
            subject,
            `${pkce.element} of ${app.subject.name} is false, and the source does not show whether the app uses only JWT ` +
              'bearer or client credentials. Name its flow under `integrations` in security-review.yml.'
          );
        }
        const message = `${app.subject.name} does not require PKCE: ${pkce.element} is false.`;
        return { kind: 'violation', subject, message };
      },
      'Every app that uses the authorization code flow requires PKCE.'
    );
  },
});

/** The settings are not here, and a probe, if there was one, proved nothing. */
function unseenPkce(app: OauthApp): Gap {
  const gap = unseenSwitch(app, pkce);
  const { pkceProbe } = app;
  if (pkceProbe === undefined) return gap;
  const { host, answer } = pkceProbe;
  return { ...gap, detail: `${gap.detail} --probe-authorize proved nothing: ${host} answered with ${answer}.` };
}

const hasClientCallback = ({ settings }: OauthApp): boolean =>
  (settings?.callbacks ?? []).some(({ value }) => isServerOrApp(classifyCallback(value)));
