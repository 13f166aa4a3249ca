import { z } from 'zod';
import { mapEvidence } from '../../../engine/evidence.js';
import type { Evidence } from '../../../engine/types.js';
import type { OrgReader } from '../../client/openOrg.js';

type Shown = { name: string; shown: boolean };

/**
 * Turns the name that the Metadata API gives a profile into the one that people see. It writes custom profiles in lower
 * case, and `admin` for System Administrator; the names of other standard profiles stay as they come. `shown`: the org
 * has a profile of that name.
 */
export const profileNames = async (org: OrgReader): Promise<Evidence<(metadataName: string) => Shown>> =>
  mapEvidence(await org.query('SELECT Name FROM Profile', z.object({ Name: z.string() })), (profiles) => {
    const known = new Map(profiles.map(({ Name }) => [Name.toLowerCase(), Name]));
    return (metadataName) => {
      const wanted = metadataName.toLowerCase() === 'admin' ? 'System Administrator' : metadataName;
      const found = known.get(wanted.toLowerCase());
      return { name: found ?? wanted, shown: found !== undefined };
    };
  });
