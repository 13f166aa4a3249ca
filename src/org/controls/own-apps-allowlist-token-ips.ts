import { each, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Gap } from '../../engine/types.js';
import { classifyCallback } from '../../salesforce/callbacks.js';
import { interval } from '../../salesforce/ipRanges.js';
import { ipBinding, isRefreshScope, tokenIpRanges as allowlist } from '../../salesforce/oauth.js';
import { orgControl, type IpRange } from '../facts.js';
import {
  noOwnOauthApp,
  orPackageCheck,
  ownOauthApps,
  callbackGap,
  unseenScopes,
  switchGap,
  violation,
  type OwnOauthApp,
} from '../findings/ownApps.js';

export const ownAppsAllowlistTokenIps = orgControl({
  id: 'org/own-apps-allowlist-token-ips',
  title: 'Every server app of this org accepts refresh tokens from listed addresses only',
  severity: 'medium',
  topic: 'token IP ranges',
  problem: { one: 'app accepts refresh tokens from any address', many: 'apps accept refresh tokens from any address' },
  area: "The org's apps",
  setup: '/lightning/setup/NavigationMenus/home',
  requirement: 'Make sure to onboard your CA/ECA to the security controls: the IP allowlist for refresh tokens.',
  why: 'A stolen refresh token does not work from an address that is not listed.',
  checks: [
    'Each Connected App of this org with a refresh scope has isIpBindingEnabled on.',
    'Each External Client App of this org with a refresh scope lists at most 128 ranges and 256 addresses.',
    'Apps whose callbacks all lead to localhost, a custom URL scheme or Salesforce are exempt.',
  ],
  fails: [
    'A Connected App has isIpBindingEnabled off.',
    'An External Client App lists no address, more than 128 ranges, or more than 256 addresses.',
  ],
  inconclusive: [
    'An External Client App lists addresses, and no API shows whether the list is enforced: attest the app.',
    'Salesforce did not send the switch, the list, the scopes or the callbacks of an app.',
    '`readGlobalOauthSettings` is off, and an External Client App is not exempt.',
    'The org hides consumer secrets from the Metadata API, as Salesforce recommends: attest the External Client App.',
  ],
  fix: [
    'Setup > App Manager (or External Client App Manager) > the app > OAuth settings: list the addresses of your servers.',
    'On the same page, turn on Enforce Refresh Token IP Allowlist.',
    'For an External Client App, check the switch in Setup > External Client App Manager and attest the app.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.set_ip_allowlist_for_refresh_tokens.htm&type=5',
  ],
  attestable: true,
  attestableSubjects: ['ExternalClientApp'],
  needs: ['ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  params: { readGlobalOauthSettings: false },
  // Not from a part of the External Client Apps: the ranges of one may be what is missing.
  provableFromPart: { ownConnectedApps: 'fail', ownGlobalOauthSettings: 'fail' },
  judge: (facts, { declared }) => {
    const apps = ownOauthApps(facts);
    return each(
      apps.filter((app) => !isExempt(app)),
      apps.length > 0
        ? notApplicable('No app gets refresh tokens at a server: no refresh scope, or only exempt callbacks.')
        : noOwnOauthApp(),
      (app) => evaluateApp(app, declared),
      'Every app that gets refresh tokens at a server has an IP allowlist for them.'
    );
  },
});

/** "Only if your CA/ECA uses a callback URL that is not a: Localhost, Salesforce org, Custom URL scheme" (the page). */
const exempt = ['loopback', 'salesforce', 'custom-scheme'];

const isExempt = ({ scopes, settings }: OwnOauthApp): boolean => {
  const callbacks = settings?.callbacks ?? [];
  const isExemptCallback = (callback: string): boolean => exempt.includes(classifyCallback(callback).kind);
  const withoutRefresh = scopes !== undefined && !scopes.some(isRefreshScope);
  return withoutRefresh || (callbacks.length > 0 && callbacks.every(isExemptCallback));
};

const evaluateApp = (app: OwnOauthApp, declared: Declared): SubjectOutcome => {
  const orChecked = (gap: Gap): SubjectOutcome => orPackageCheck(app, 'token-ips', gap, declared);
  const { subject, settings, scopes, tokenRanges } = app;
  // Only a Connected App has this switch (Metadata API, ConnectedApp).
  if (subject.type === 'ConnectedApp' && settings?.ipBinding) return undefined;
  // A list is complete whether or not the callbacks, which may be hidden, exempt the app.
  if (subject.type === 'ExternalClientApp' && tokenRanges?.length && !isTooWide(tokenRanges))
    return orChecked(unseenEnforcement(app));
  // Without callbacks and scopes it is not known whether the app is exempt.
  if (!settings || settings.callbacks.length === 0) return orChecked(callbackGap(app));
  if (!scopes) return unseenScopes(app);
  if (!settings.callbacks.some((callback) => ['web', 'http'].includes(classifyCallback(callback).kind))) {
    const detail = `Could not determine where the callbacks of this app lead: ${settings.callbacks.join(', ')}.`;
    return { kind: 'unreadable', detail, subject };
  }
  if (subject.type === 'ConnectedApp') {
    return settings.ipBinding === undefined
      ? switchGap(app, ipBinding)
      : violation(app, `${subject.name} accepts refresh tokens from every address: ${ipBinding.element} is false.`);
  }
  if (!tokenRanges) return switchGap(app, allowlist);
  if (tokenRanges.length === 0)
    return violation(app, `${subject.name} lists no address for refresh tokens: they work from everywhere.`);
  return violation(app, `${subject.name} lists more than 128 ranges or 256 addresses.`);
};

const unseenEnforcement = ({ subject }: OwnOauthApp): Gap => ({
  kind: 'not-given',
  detail:
    `${subject.name} lists addresses, but no API shows whether Enforce Refresh Token IP Allowlist is on. Check it in ` +
    'Setup > External Client App Manager, and attest the app.',
  subject,
});

/** At most 128 ranges and 256 addresses may be listed (Salesforce Help, the page of the allowlist). */
const isTooWide = (ranges: readonly IpRange[]): boolean => {
  const addresses = ranges.reduce((sum, { start, end }) => {
    const found = interval(start, end);
    return found ? sum + found.end - found.start + 1n : sum;
  }, 0n);
  return ranges.length > 128 || addresses > 256n;
};
