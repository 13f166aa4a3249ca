import { defined } from '../../common/defined.js';
import { combine } from '../../engine/evidence.js';
import type { UserCounts, UserRef } from '../facts.js';
import { orgCollector, seeUsers } from './shared/orgCollector.js';
import { clockOff, salesforceUsers, userCounts } from './shared/users.js';

/** Whose the active users are; the users of Salesforce's own by name. */
export const userPopulations = orgCollector<UserCounts>({
  reads: ['User'],
  requires: [seeUsers],
  collect: async (org, { asOf }) =>
    combine([await userCounts(org), await salesforceUsers(org)], ({ internal, external, latestLogin }, own) =>
      defined<UserCounts>({
        internal,
        external,
        salesforce: own.map(({ id, username, profile }) => defined<UserRef>({ id, username, profile })),
        latestLogin,
        clock: clockOff(latestLogin, asOf),
      })
    ),
});
