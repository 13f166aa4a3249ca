import { mapEvidence } from '../../engine/evidence.js';
import type { UserRef } from '../facts.js';
import { orgCollector, seeUsers } from './shared/orgCollector.js';
import { userColumns, userRefOf, userRow } from './shared/soql.js';

/** One guest user a site; they do not show in the list of users in Setup. */
export const activeGuestUsers = orgCollector<readonly UserRef[]>({
  reads: ['User'],
  requires: [seeUsers],
  collect: async (org) =>
    mapEvidence(
      await org.query(`SELECT ${userColumns} FROM User WHERE UserType = 'Guest' AND IsActive = true`, userRow),
      (users) => users.map(userRefOf)
    ),
});
