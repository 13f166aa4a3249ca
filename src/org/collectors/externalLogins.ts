import { z } from 'zod';
import { mapEvidence } from '../../engine/evidence.js';
import type { ExternalLogins } from '../facts.js';
import { orgCollector, seeUsers } from './shared/orgCollector.js';
import { inList, text } from './shared/soql.js';

/** Object Reference, User, UserType: the company's own users, guests, and identities of Salesforce itself. */
const notExternal = ['Standard', 'Guest', 'AutomatedProcess', 'CloudIntegrationUser'];

export const externalLogins = orgCollector<readonly ExternalLogins[]>({
  reads: ['User'],
  requires: [seeUsers],
  collect: async (org) => {
    const rows = await org.query(
      `SELECT Profile.Name profileName, UserType userType, COUNT(Id) users FROM User WHERE IsActive = true AND UserType NOT IN ${inList(notExternal)} GROUP BY Profile.Name, UserType`,
      z.object({ profileName: text, userType: text, users: z.number() })
    );
    return mapEvidence(rows, (groups) =>
      groups.map(({ profileName, userType, users }) => ({
        profile: profileName ?? 'a profile that is not shown',
        userType: userType ?? 'unknown',
        users,
      }))
    );
  },
});
