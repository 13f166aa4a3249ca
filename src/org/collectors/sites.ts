import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { complete, mapEvidence } from '../../engine/evidence.js';
import type { Sites } from '../facts.js';
import { isHeld, orgCollector, seeSetup } from './shared/orgCollector.js';
import { text } from './shared/soql.js';

const row = z.object({
  Id: z.string(),
  Name: z.string(),
  SiteType: text,
  Status: text,
  UrlPathPrefix: text,
  GuestUserId: text,
  GuestUser: z
    .object({ Username: z.string(), IsActive: z.boolean(), Profile: z.object({ Name: z.string() }).nullable() })
    .nullable(),
});

const columns =
  'Id, Name, SiteType, Status, UrlPathPrefix, GuestUserId, GuestUser.Username, GuestUser.IsActive, GuestUser.Profile.Name';

/** Object Reference, Site: API version. */
const siteSince = 16;

/** Every Experience site has two rows here, `name` and `name1` (Metadata API, SiteDotCom). */
export const sites = orgCollector<Sites>({
  reads: ['Site'],
  requires: [seeSetup],
  collect: async (org) => {
    const soql = `SELECT ${columns} FROM Site`;
    const rows = await org.query(soql, row);
    // Object Reference, Site: needs View Setup, and Digital Experiences, Salesforce Sites or Site.com switched on. With
    // the permission proven, an unknown object means that none of them is.
    if (rows.status === 'unavailable' && (await org.isUnknown(soql, siteSince)) && (await isHeld(org, 'ViewSetup'))) {
      return complete({ featureOn: false, sites: [] });
    }
    return mapEvidence(rows, (found) => ({ featureOn: true, sites: found.map(siteOf) }));
  },
});

type Site = Sites['sites'][number];

const siteOf = (site: z.infer<typeof row>): Site =>
  defined<Site>({
    id: site.Id,
    name: site.Name,
    type: site.SiteType ?? 'unknown',
    status: site.Status ?? 'unknown',
    path: site.UrlPathPrefix,
    guestUser: guestOf(site),
  });

const guestOf = ({ GuestUserId: id, GuestUser: user }: z.infer<typeof row>): Site['guestUser'] =>
  id && user
    ? defined({ id, username: user.Username, isActive: user.IsActive, profile: user.Profile?.Name })
    : undefined;
