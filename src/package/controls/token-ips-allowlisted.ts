import { each, notApplicable } from '../../engine/control.js';
import type { Gap, Offence } from '../../engine/types.js';
import { classifyCallback } from '../../salesforce/callbacks.js';
import { interval } from '../../salesforce/ipRanges.js';
import { tokenIpAllowlist } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import {
  gapOf,
  isForServersOnly,
  noOauthApp,
  oauthApps,
  refreshScopeOf,
  subjectAt,
  type OauthApp,
} from '../oauthApps.js';

/** https://help.salesforce.com/s/articleView?id=xcloud.set_ip_allowlist_for_refresh_tokens.htm&type=5 */
const limits = { ranges: 128, addresses: 256n };
/** The allowlist is asked for only of an app with a callback that is none of these. */
const exempt: readonly string[] = ['loopback', 'salesforce', 'custom-scheme'];

export const tokenIpsAllowlisted = packageControl({
  id: 'package/token-ips-allowlisted',
  title: 'Every app whose callback is a server of the vendor accepts refresh tokens from listed addresses only',
  severity: 'medium',
  requirement: 'Apps are onboarded to the security controls: IP allowlist for refresh tokens',
  rationale: 'With an allowlist a stolen refresh token is worthless anywhere but on the servers of the vendor.',
  remediation:
    'Turn on Enforce Refresh Token IP Allowlist in the OAuth settings of the app, with the addresses of your servers ' +
    `(at most ${limits.ranges} ranges and ${limits.addresses} addresses), and retrieve the file of a Connected App ` +
    `again with API version ${tokenIpAllowlist.since} or later. Trusted IP ranges of the app are something else.`,
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.set_ip_allowlist_for_refresh_tokens.htm&type=5',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps'],
  compares: ['integrations'],
  // Everything that exempts a Connected App stands in its one file; scopes and callbacks of the other kind do not.
  provableFromPart: { connectedApps: 'fail' },
  judge: (facts, { declared }) => {
    const apps = oauthApps(facts);
    return each(
      apps.filter((app) => !isForServersOnly(app, declared) && refreshScopeOf(app) !== 'none' && !isExempt(app)),
      apps.length > 0
        ? notApplicable('No app gets refresh tokens at a callback other than localhost, Salesforce or an own scheme.')
        : noOauthApp(facts),
      look,
      'Every app accepts refresh tokens from listed addresses only.'
    );
  },
});

const isExempt = ({ settings }: OauthApp): boolean =>
  settings?.callbacks !== undefined &&
  settings.callbacks.length > 0 &&
  settings.callbacks.every(({ value }) => exempt.includes(classifyCallback(value).kind));

const look = (app: OauthApp): Offence | Gap | undefined => {
  const enforced = app.settings?.tokenIpsEnforced;
  if (enforced?.value) return undefined;
  const tooMany = lookAtRanges(app);
  if (tooMany) return tooMany;
  const { element, since } = tokenIpAllowlist;
  if (app.subject.type === 'ExternalClientApp') {
    return gapOf(
      app.subject,
      `No file says whether an External Client App enforces its allowlist${app.tokenIpRanges?.length ? ', which has ranges' : ''}; ` +
        'look at Enforce Refresh Token IP Allowlist in its settings.'
    );
  }
  if (!app.settings) return app.elsewhere.settings;
  if (!enforced) {
    const detail = `Its file does not say whether ${element} is on; retrieve it again with API version ${since} or later.`;
    return gapOf(subjectAt(app, app.settings), detail);
  }
  const refresh = refreshScopeOf(app);
  // Of a callback that is filled in later nobody knows whether the app is exempt.
  const known = app.settings.callbacks?.some(({ value }) => ['web', 'http'].includes(classifyCallback(value).kind));
  if (refresh === 'none' || 'detail' in refresh || !known) {
    return gapOf(
      subjectAt(app, enforced),
      `${element} is false, and whether the app must have it on is not in the source.`
    );
  }
  const message = `${element} is false, so refresh tokens of the app work from any address.`;
  return { kind: 'violation', subject: subjectAt(app, enforced), message };
};

const lookAtRanges = (app: OauthApp): Offence | undefined => {
  const [first, ...others] = app.tokenIpRanges ?? [];
  if (!first) return undefined;
  const sizes = [first, ...others].map(({ value: { start, end } }) => {
    const range = interval(start, end);
    return range ? range.end - range.start + 1n : 0n;
  });
  const addresses = sizes.reduce((sum, size) => sum + size, 0n);
  if (sizes.length <= limits.ranges && addresses <= limits.addresses) return undefined;
  const message = `The allowlist has ${sizes.length} ranges with ${addresses} addresses; ${limits.ranges} and ${limits.addresses} are the limit.`;
  return { kind: 'violation', subject: subjectAt(app, first), message };
};
