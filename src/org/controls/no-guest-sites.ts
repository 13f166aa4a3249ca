import { decide, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Subject } from '../../engine/types.js';
import { orgControl, type Networks, type OrgFacts, type Sites } from '../facts.js';

type Site = Sites['sites'][number];
type Network = Networks['networks'][number];

/** An Experience Cloud site has two Site rows, ChatterNetwork and ChatterNetworkPicasso; its Network speaks for both. */
const isExperience = ({ type }: Site): boolean => type.startsWith('ChatterNetwork');
/** The docs name `Active` and `In Maintenance` as examples of a status, no list: what is not known to be off is on. */
const isOn = ({ status }: Site): boolean => status.toLowerCase() !== 'inactive';

/** Visualforce and Site.com pages are served to guests by construction. */
const evaluateSite = (site: Site): SubjectOutcome => {
  const { id, name, type, status, guestUser } = site;
  const subject: Subject = { type: 'Site', name, id };
  const guest = guestUser?.username ?? 'unknown';
  if (isOn(site) && guestUser?.isActive === false) {
    const detail = `${type} site, status ${status}, with the inactive guest user ${guest}: what that does to a site is undocumented.`;
    return { kind: 'not-supported', detail, subject };
  }
  if (isOn(site)) {
    return {
      kind: 'violation',
      subject,
      message: `Serves guests: ${type} site, status ${status}, guest user ${guest}.`,
    };
  }
  if (guestUser?.isActive !== true) return undefined;
  return { kind: 'latent', subject, message: `Is ${status}, but its guest user ${guest} is active.` };
};

const evaluateNetwork = (network: Network, guests: number): SubjectOutcome => {
  const { id, name, status } = network;
  const subject: Subject = { type: 'Network', name, id };
  if (status === 'UnderConstruction' || status === 'DownForMaintenance') {
    const message = `Is ${status}, but the org has active guest users (${guests}).`;
    return guests > 0 ? { kind: 'latent', subject, message } : undefined;
  }
  const allowed = [
    ...(network.guestFileAccess === true ? ['file access'] : []),
    ...(network.guestChatter === true ? ['Chatter'] : []),
    ...(network.guestMemberVisibility === true ? ['seeing members'] : []),
  ].join(', ');
  if (allowed !== '') return { kind: 'violation', subject, message: `Is ${status} and allows guests: ${allowed}.` };
  // The login page of a live site is always served to guests, so an active guest user proves nothing either way.
  const detail = `Is ${status}, and whether its pages are public is decided in its Experience Builder bundle, which no query shows: retrieve and read it.`;
  const gap: Gap = { kind: 'not-supported', detail, subject };
  if (network.selfRegistration !== true) return gap;
  return [gap, { kind: 'latent', subject, message: `Is ${status} and lets visitors register themselves.` }];
};

/** The site of a Network has its path, or its name with underscores (Metadata API, Network and CustomSite). */
const isOf = (network: Network, site: Site): boolean =>
  (network.path !== undefined && network.path === site.path) || plain(network.name) === plain(site.name);

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Sites and guests that nothing which was seen accounts for. */
const unexplained = ({ sites, networks, activeGuestUsers }: Seen): Gap[] => {
  const rows = (type: string): Site[] => sites.sites.filter((site) => site.type === type && isOn(site));
  const [classic, picasso] = [rows('ChatterNetwork'), rows('ChatterNetworkPicasso')];
  const experience = Math.max(classic.length, picasso.length);
  // A visible Network that belongs to another site says nothing about a hidden one.
  const strangeSites = classic.filter((site) => !networks.networks.some((network) => isOf(network, site)));
  const hidden = Math.max(strangeSites.length, experience - networks.networks.length);
  const known = new Set(sites.sites.map(({ guestUser }) => guestUser?.id));
  const strangers = activeGuestUsers.filter(({ id }) => !known.has(id));
  // All Network rows are shown only to those who see all data or may set up experiences: Object Reference, Network.
  const missing: Gap = {
    kind: 'no-access',
    detail: `${hidden} of ${experience} active Experience Cloud sites have a Site but no visible Network.`,
    grants: ['ManageNetworks', 'ViewAllData', 'ModifyAllData'],
  };
  const orphans: Gap = {
    kind: 'not-supported',
    detail: `Active guest users belong to no site that was seen: ${strangers.map((one) => one.username).join(', ')}.`,
  };
  return [...(hidden > 0 ? [missing] : []), ...(strangers.length > 0 ? [orphans] : [])];
};

type Seen = Pick<OrgFacts, 'sites' | 'networks' | 'activeGuestUsers'>;

export const noGuestSites = orgControl({
  id: 'org/no-guest-sites',
  title: 'No site lets guests in',
  severity: 'critical',
  topic: 'guest access',
  problem: { one: 'site lets guests in', many: 'sites let guests in' },
  area: 'Org and keys',
  setup: '/lightning/setup/SetupNetworks/home',
  requirement: 'These orgs must not host sites that allow guest user access.',
  checks: [
    'Looks at every site, every Experience Cloud site (Network) and every active guest user.',
    'Latent are an inactive site with an active guest user, an Experience Cloud site that is under construction or down in an org with active guest users, and self-registration.',
  ],
  fails: [
    'A site that is not inactive is a violation, and so is a live Experience Cloud site that allows guests files, Chatter or seeing members.',
  ],
  inconclusive: [
    'Any other live Experience Cloud site makes it inconclusive, because no query shows whether its pages are public; so does a site whose guest user is inactive, a Network that is hidden, and an active guest user of no site that was seen.',
  ],
  why:
    'A guest user runs code and reads data in the org without any login. Packaging orgs often keep a site that a demo ' +
    'once needed, and embedded service creates sites (ESW_) that nobody thinks of.',
  fix: [
    'Setup > Sites: deactivate the site.',
    'Setup > Digital Experiences > All Sites > Workspaces > Administration: deactivate the site, or in Experience Builder > Settings > General turn public access off.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_guest_user_access.htm&type=5',
    'https://help.salesforce.com/s/articleView?id=platform.networks_public_access.htm&type=5',
  ],
  attestable: false,
  needs: ['sites', 'networks', 'activeGuestUsers'],
  // A site that was seen to serve guests does so whatever else there is.
  provableFromPart: { sites: 'fail', networks: 'fail', activeGuestUsers: 'fail' },
  judge: (seen) => {
    const { sites, networks, activeGuestUsers } = seen;
    const own = sites.sites.filter((site) => !isExperience(site));
    return decide(
      [
        ...own.map(evaluateSite),
        ...networks.networks.map((network) => evaluateNetwork(network, activeGuestUsers.length)),
        unexplained(seen),
      ],
      sites.featureOn || networks.featureOn
        ? 'No site is live.'
        : 'The org has no site feature and no active guest user.'
    );
  },
});
