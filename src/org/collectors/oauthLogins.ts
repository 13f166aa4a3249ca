import { mapEvidence } from '../../engine/evidence.js';
import type { OauthLogin } from '../facts.js';
import { loginGroups } from './shared/loginGroups.js';
import { orgCollector, seeLogins } from './shared/orgCollector.js';
import { isoTime } from './shared/soql.js';

/**
 * Whether LoginSubType may stand in WHERE is documented both ways (Object Reference, LoginHistory), so logins are counted
 * by it; the answer follows the number of apps, not of logins.
 */
export const oauthLogins = orgCollector<readonly OauthLogin[]>({
  reads: ['LoginHistory'],
  requires: [seeLogins],
  collect: async (org, { asOf }) =>
    mapEvidence(await loginGroups(org, { by: ['flow', 'app', 'status'], asOf }), (groups) => {
      const counted = new Map<string, OauthLogin>();
      for (const { flow, app, status, logins, latest } of groups) {
        if (!flow?.startsWith('Oauth')) continue;
        const succeeded = status === 'Success';
        const key = JSON.stringify([flow, app, succeeded]);
        const time = isoTime(latest);
        const seen = counted.get(key) ?? {
          flow,
          app: app ?? 'an app without a name',
          succeeded,
          logins: 0,
          last: time,
        };
        counted.set(key, { ...seen, logins: seen.logins + logins, last: time > seen.last ? time : seen.last });
      }
      return [...counted.values()];
    }),
});
