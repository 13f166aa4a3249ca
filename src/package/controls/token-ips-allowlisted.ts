import { each, notApplicable } from '../../engine/control.js';
import type { Gap, Latent, Violation } from '../../engine/types.js';
import { classifyCallback } from '../../salesforce/callbacks.js';
import { interval } from '../../salesforce/ipRanges.js';
import { ipBinding, tokenIpRanges } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import {
  settingGap,
  isForServersOnly,
  noOauthApp,
  oauthApps,
  packagedAppSettings,
  refreshScopeOf,
  subjectAt,
  unseenCallback,
  unseenCallbacks,
  unseenSwitch,
  type OauthApp,
} from '../apps/oauthApps.js';
import { againstTokenIps } from '../apps/contradictions.js';

/** https://help.salesforce.com/s/articleView?id=xcloud.set_ip_allowlist_for_refresh_tokens.htm&type=5 */
const limits = { ranges: 128, addresses: 256n };
/** Only an app with another callback than these needs the allowlist. */
const exempt: readonly string[] = ['loopback', 'salesforce', 'custom-scheme'];

export const tokenIpsAllowlisted = packageControl({
  id: 'package/token-ips-allowlisted',
  title: 'Every app with a vendor server as its callback accepts refresh tokens only from listed addresses',
  severity: 'medium',
  topic: 'token IP ranges',
  problem: { one: 'app accepts refresh tokens from any address', many: 'apps accept refresh tokens from any address' },
  requirement: 'Apps are onboarded to the security controls: IP allowlist for refresh tokens',
  why: 'With an allowlist, a stolen refresh token works only on the servers of the vendor.',
  checks: [
    'Every app of the package that uses OAuth, has a refresh scope, and has a callback other than localhost, a custom URL scheme or Salesforce.',
  ],
  fails: [
    'isIpBindingEnabled of a Connected App is off.',
    `An External Client App lists no address, more than ${limits.ranges} ranges or more than ${limits.addresses} addresses.`,
    'The app is attested, the owning org lists no address for it, and its code sends users back to a web server.',
  ],
  inconclusive: [
    'The source does not show the switch, the list, the scopes or the callbacks: pass --owner-org or --owner-evidence for a packaged External Client App.',
    'An External Client App lists addresses, and no file and no API shows whether the list is enforced: attest the app.',
  ],
  notes: [
    'An app that the policy and its settings show to use only JWT bearer or client credentials is not checked.',
    'The trusted IP ranges of an app are a different setting.',
    'A policy of the owning org that relaxes IP restrictions for the app is reported as information.',
  ],
  fix: [
    `Turn on Enforce Refresh Token IP Allowlist in the OAuth settings of the app, with the addresses of the vendor's servers: at most ${limits.ranges} ranges and ${limits.addresses} addresses.`,
    `Retrieve the file of a Connected App again with API version ${ipBinding.since.ConnectedApp} or later.`,
  ],
  examples: {
    bad: '<isIpBindingEnabled>false</isIpBindingEnabled>',
    good: '<isIpBindingEnabled>true</isIpBindingEnabled>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.set_ip_allowlist_for_refresh_tokens.htm&type=5',
  ],
  ...packagedAppSettings,
  compares: ['integrations'],
  contradictions: againstTokenIps,
  // Everything that exempts a Connected App is in its one file. An External Client App has several files.
  provableFromPart: { connectedApps: 'fail' },
  judge: (facts, { declared }) => {
    const apps = oauthApps(facts);
    return each(
      apps.filter((app) => !isForServersOnly(app, declared) && refreshScopeOf(app) !== 'none' && !isExempt(app)),
      apps.length > 0
        ? notApplicable(
            'No app gets refresh tokens at a callback other than localhost, Salesforce or a custom URL scheme.'
          )
        : noOauthApp,
      (app) => [evaluateApp(app) ?? [], relaxed(app) ?? []].flat(),
      'Every app accepts refresh tokens only from listed addresses.'
    );
  },
});

const isExempt = ({ settings }: OauthApp): boolean =>
  settings?.callbacks !== undefined &&
  settings.callbacks.length > 0 &&
  settings.callbacks.every(({ value }) => exempt.includes(classifyCallback(value).kind));

const evaluateApp = (app: OauthApp): Violation | Gap | undefined => {
  const { settings, tokenIpRanges: ranges } = app;
  // Only a Connected App has this switch (Metadata API, ConnectedApp).
  if (app.subject.type === 'ConnectedApp' && settings?.tokenIpsEnforced?.value) return undefined;
  const wrong = ranges && wrongIn(ranges.map(({ value }) => value));
  // A list is complete whether or not the callbacks, which may be hidden, exempt the app.
  if (app.subject.type === 'ExternalClientApp' && ranges && wrong === undefined) {
    const detail = `${app.subject.name} lists addresses, but no file and no API shows whether ${enforced}`;
    return settingGap(ranges[0] ? subjectAt(app, ranges[0]) : app.subject, detail);
  }
  // Without callbacks and scopes it is not known whether the app is exempt.
  if (!settings?.callbacks?.length) return unseenCallbacks(app);
  const refresh = refreshScopeOf(app);
  if (refresh !== 'none' && 'detail' in refresh) return refresh;
  if (!settings.callbacks.some(({ value }) => ['web', 'http'].includes(classifyCallback(value).kind))) {
    const unknown = settings.callbacks.find(({ value }) => classifyCallback(value).kind === 'placeholder');
    return unknown && unseenCallback(app, unknown);
  }
  if (app.subject.type === 'ConnectedApp') {
    if (!settings.tokenIpsEnforced) return unseenSwitch(app, ipBinding);
    const message = `${ipBinding.element} of ${app.subject.name} is false, so its refresh tokens work from any address.`;
    return { kind: 'violation', subject: subjectAt(app, settings.tokenIpsEnforced), message };
  }
  if (!ranges || wrong === undefined)
    return settingGap(app.subject, `The IP allowlist of ${app.subject.name} is never packaged. ${howToRetrieve}`);
  const subject = ranges[0] ? subjectAt(app, ranges[0]) : app.subject;
  return { kind: 'violation', subject, message: `${app.subject.name} ${wrong}` };
};

/** A policy of the owning org, which its audit checks: org/apps-enforce-ip-ranges. */
const relaxed = ({ subject, owner }: OauthApp): Latent | undefined =>
  owner?.ipRelaxation?.startsWith('Bypass') === true
    ? {
        kind: 'latent',
        subject,
        message: `The policy of the owning org (${owner.source}) relaxes IP restrictions for ${subject.name}: ${owner.ipRelaxation}.`,
        at: 'ipRelaxation',
      }
    : undefined;

const enforced =
  'Enforce Refresh Token IP Allowlist is on. Check it in Setup > External Client App Manager, and attest the app.';

const howToRetrieve =
  `Retrieve its ExtlClntAppOauthSecuritySettings with API version ${tokenIpRanges.since.ExternalClientApp} or later, ` +
  'and keep the file outside the package directory.';

const wrongIn = (ranges: ReadonlyArray<{ start: string; end: string }>): string | undefined => {
  if (ranges.length === 0) return 'lists no address, so its refresh tokens work from any address.';
  const addresses = ranges.reduce((sum, { start, end }) => {
    const range = interval(start, end);
    return range ? sum + range.end - range.start + 1n : sum;
  }, 0n);
  return ranges.length > limits.ranges || addresses > limits.addresses
    ? `lists ${ranges.length} ranges with ${addresses} addresses. Salesforce allows ${limits.ranges} ranges and ${limits.addresses} addresses.`
    : undefined;
};
