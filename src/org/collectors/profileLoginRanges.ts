import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { mapEvidence } from '../../engine/evidence.js';
import type { IpRange, ProfileLoginRanges } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { orgCollector, seeSetup, seeUsers } from './shared/orgCollector.js';
import { text } from './shared/soql.js';
import { usersByProfile } from './shared/users.js';

/**
 * Frozen users count: an administrator can unfreeze them at any time. The number of calls follows the number of profiles in use:
 * a query for `Metadata` must give exactly one row.
 */
export const profileLoginRanges = orgCollector<readonly ProfileLoginRanges[]>({
  reads: ['User', 'Profile (Tooling)'],
  requires: [seeSetup, seeUsers],
  collect: async (org) => {
    const profiles = await usersByProfile(org);
    if (profiles.status === 'unavailable') return profiles;
    org.ahead(
      'toolingQuery',
      profiles.value.flatMap(({ id }) => (id === undefined ? [] : [metadataOf(id)]))
    );
    const ranges = await Promise.all(
      profiles.value.map(async ({ id, name, users }) => ({
        ...(id === undefined ? {} : { id }),
        name,
        activeUsers: users,
        ...(id === undefined ? { unseen: 'These users have no profile.' } : await rangesOf(org, id)),
      }))
    );
    return mapEvidence(profiles, () => ranges);
  },
});

const row = z.object({
  FullName: text.optional(),
  Metadata: z
    .object({
      loginIpRanges: z
        .array(z.object({ startAddress: z.string(), endAddress: z.string(), description: text.optional() }))
        .nullish(),
    })
    .nullable(),
});

// By Id: a localized name finds nothing (Tooling API, Profile).
const metadataOf = (id: string): string => `SELECT Id, Name, FullName, Metadata FROM Profile WHERE Id = '${id}'`;

const rangesOf = async (
  org: OrgReader,
  id: string
): Promise<Pick<ProfileLoginRanges, 'ranges' | 'fullName' | 'unseen'>> => {
  const rows = await org.toolingQuery(metadataOf(id), row);
  if (rows.status === 'unavailable') return { unseen: rows.gap.detail };
  // The column is documented as nillable; a profile without ranges sends an empty list.
  const ranges = rows.value[0]?.Metadata?.loginIpRanges;
  if (!ranges) return { unseen: 'Salesforce sent no metadata for this profile.' };
  return defined({
    fullName: rows.value[0]?.FullName,
    ranges: ranges.map(({ startAddress: start, endAddress: end, description }) =>
      defined<IpRange>({ start, end, description })
    ),
  });
};
