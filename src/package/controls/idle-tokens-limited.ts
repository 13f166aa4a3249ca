import { each, notApplicable } from '../../engine/control.js';
import { limitsIdleTokens, refreshTokenTtl } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import {
  settingGap,
  isForServersOnly,
  noOauthApp,
  oauthApps,
  packagedAppSettings,
  refreshScopeOf,
  subjectAt,
  unseenSwitch,
} from '../apps/oauthApps.js';

export const idleTokensLimited = packageControl({
  id: 'package/idle-tokens-limited',
  title: 'Every app that gets refresh tokens revokes those that are not used for 30 days',
  severity: 'high',
  topic: 'idle limit',
  problem: {
    one: 'app keeps idle refresh tokens longer than 30 days',
    many: 'apps keep idle refresh tokens longer than 30 days',
  },
  requirement: 'Apps are onboarded to the security controls: refresh tokens expire after 30 days without use',
  why: 'The theft of a refresh token that is never used goes unnoticed.',
  checks: ['isEnforceRefreshTokenTTL and the refresh token policy of every app of the package that uses OAuth.'],
  fails: [
    'isEnforceRefreshTokenTTL is off, a scope requests refresh tokens, and the refresh token policy is not zero or an inactivity of at most 30 days.',
  ],
  inconclusive: [
    'The source does not show the switch or the scopes.',
    'The refresh token policy has a value that is not known.',
    'The switch of an External Client App is off, and its policy, which is never packaged, is not in the source.',
  ],
  notes: [
    'An app that the policy and its settings show to use only JWT bearer or client credentials is not checked.',
    'An app without a refresh scope and with the switch off is reported as information.',
  ],
  fix: [
    'Turn on the 30-day limit for idle refresh tokens in the OAuth settings of the app, or set its refresh token policy to zero or to an inactivity of at most 30 days.',
    'In the file of a Connected App, write `zero` or `specific_inactivity:30:DAYS` as refreshTokenPolicy under oauthPolicy.',
    `Retrieve the file again with API version ${refreshTokenTtl.since.ConnectedApp} or later.`,
    'If the client needs no refresh token, remove the refresh scope.',
  ],
  examples: {
    bad: '<oauthPolicy>\n    <refreshTokenPolicy>infinite</refreshTokenPolicy>\n</oauthPolicy>',
    good: '<oauthPolicy>\n    <refreshTokenPolicy>specific_inactivity:30:DAYS</refreshTokenPolicy>\n</oauthPolicy>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.eca_limit_idle_refresh_token_ttl.htm&type=5',
    'https://help.salesforce.com/s/articleView?id=xcloud.connected_app_limit_idle_ttl.htm&type=5',
  ],
  ...packagedAppSettings,
  compares: ['integrations'],
  // Everything that exempts a Connected App is in its one file. The policy of an External Client App is in a separate file.
  provableFromPart: { connectedApps: 'fail' },
  judge: (facts, { declared }) => {
    const apps = oauthApps(facts);
    return each(
      apps.filter((app) => !isForServersOnly(app, declared)),
      apps.length > 0
        ? notApplicable('Every app uses only JWT bearer or client credentials, which give no refresh token.')
        : noOauthApp,
      (app) => {
        const limited = app.settings?.idleTokensLimited;
        const ended = limitsIdleTokens(app.refreshTokenPolicy?.value ?? '') === true;
        if (limited?.value === true || ended) return undefined;
        const refresh = refreshScopeOf(app);
        if (refresh === 'none') {
          const message = `${refreshTokenTtl.element} of ${app.subject.name} is ${limited ? 'false' : 'not in the source'}, and no scope requests refresh tokens.`;
          return { kind: 'latent', subject: limited ? subjectAt(app, limited) : app.subject, message };
        }
        // `infinite` proves nothing: with the limit on, Salesforce leaves the old policy in the metadata.
        // https://help.salesforce.com/s/articleView?id=xcloud.connected_app_limit_idle_ttl.htm&type=5
        if (!limited) return unseenSwitch(app, refreshTokenTtl);
        if ('detail' in refresh) return refresh;
        const policy = app.refreshTokenPolicy;
        // The policy of an External Client App is never packaged; a Connected App that names none has infinite.
        // https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm&type=5
        if (!policy && app.subject.type === 'ExternalClientApp') {
          return settingGap(
            subjectAt(app, limited),
            `${refreshTokenTtl.element} of ${app.subject.name} is false, and its refresh token policy, which can also limit idle tokens, is not in the source. Retrieve its .ecaOauthPlcy file, and keep it outside the package directories.`
          );
        }
        if (policy && limitsIdleTokens(policy.value) === undefined) {
          return settingGap(
            subjectAt(app, policy),
            `The refresh token policy of ${app.subject.name} has an unknown value: ${policy.value}.`
          );
        }
        const message = `${refreshTokenTtl.element} of ${app.subject.name} is false, and the scope ${refresh.value} gives the app refresh tokens.`;
        return { kind: 'violation', subject: subjectAt(app, limited), message };
      },
      'Every app that gets refresh tokens revokes those that are not used for 30 days.'
    );
  },
});
