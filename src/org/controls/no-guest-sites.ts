import { decide, note, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Subject } from '../../engine/types.js';
import { orgControl, type Networks, type OrgFacts, type Sites } from '../facts.js';

type Site = Sites['sites'][number];
type Network = Networks['networks'][number];

/** An Experience Cloud site has two Site rows, ChatterNetwork and ChatterNetworkPicasso; its Network speaks for both. */
const isExperience = ({ type }: Site): boolean => type.startsWith('ChatterNetwork');
/** The docs name `Active` and `In Maintenance` as examples of a status, no list: what is not known to be off is on. */
const isOn = ({ status }: Site): boolean => status.toLowerCase() !== 'inactive';

/** Guests can always open Visualforce and Site.com pages (Metadata API, CustomSite). */
const openTypes: readonly string[] = ['visualforce', 'siteforce'];

const evaluateSite = (site: Site): SubjectOutcome => {
  const { id, name, type, status, guestUser } = site;
  const subject: Subject = { type: 'Site', name, id };
  const guest = guestUser?.username ?? 'unknown';
  if (isOn(site) && guestUser?.isActive === false) {
    const detail = `${name} (${type} site, status ${status}) has the inactive guest user ${guest}: the effect is not documented.`;
    return { kind: 'not-supported', detail, subject };
  }
  if (isOn(site) && !openTypes.includes(type.toLowerCase())) {
    const detail = `${name} is ${status} and has the guest user ${guest}, and the type ${type} is not documented: check in Setup > Sites whether guests can open its pages.`;
    return { kind: 'not-supported', detail, subject };
  }
  if (isOn(site)) {
    return {
      kind: 'violation',
      subject,
      message: `${name} lets guests in (${type} site, status ${status}, guest user ${guest}).`,
    };
  }
  if (guestUser?.isActive !== true) return undefined;
  return note(subject, `${name} is ${status}, but its guest user ${guest} is active.`);
};

const evaluateNetwork = (network: Network, guests: number): SubjectOutcome => {
  const { id, name, status } = network;
  const subject: Subject = { type: 'Network', name, id };
  if (status === 'UnderConstruction' || status === 'DownForMaintenance') {
    const message = `${name} is ${status}, but the org has active guest users (${guests}).`;
    return guests > 0 ? note(subject, message) : undefined;
  }
  const allowed = [
    ...(network.guestFileAccess === true ? ['file access'] : []),
    ...(network.guestChatter === true ? ['Chatter'] : []),
    ...(network.guestMemberVisibility === true ? ['seeing members'] : []),
  ].join(', ');
  if (allowed !== '')
    return { kind: 'violation', subject, message: `${name} is ${status} and allows guests: ${allowed}.` };
  // The login page of a live site is always served to guests, so an active guest user proves nothing either way.
  const detail = `This site is ${status}, and no query shows whether its pages are public. Retrieve its Experience Builder bundle and check it.`;
  const gap: Gap = { kind: 'not-supported', detail, subject };
  if (network.selfRegistration !== true) return gap;
  return [gap, note(subject, `${name} is ${status} and lets visitors register themselves.`)];
};

/** The site of a Network has its path, or its name with underscores (Metadata API, Network and CustomSite). */
const isOf = (network: Network, site: Site): boolean =>
  (network.path !== undefined && network.path === site.path) || plain(network.name) === plain(site.name);

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Sites and guests without a visible counterpart. */
const unexplained = ({ sites, networks, activeGuestUsers }: SiteFacts): Gap[] => {
  const rows = (type: string): Site[] => sites.sites.filter((site) => site.type === type && isOn(site));
  const [classic, picasso] = [rows('ChatterNetwork'), rows('ChatterNetworkPicasso')];
  const experience = Math.max(classic.length, picasso.length);
  // A visible Network that belongs to another site says nothing about a hidden one.
  const sitesWithoutNetwork = classic.filter((site) => !networks.networks.some((network) => isOf(network, site)));
  const hidden = Math.max(sitesWithoutNetwork.length, experience - networks.networks.length);
  const known = new Set(sites.sites.map(({ guestUser }) => guestUser?.id));
  const orphanUsers = activeGuestUsers.filter(({ id }) => !known.has(id));
  // All Network rows are shown only to those who see all data or may set up experiences: Object Reference, Network.
  const missing: Gap = {
    kind: 'no-access',
    detail: `${hidden} of ${experience} active Experience Cloud sites have a Site but no visible Network.`,
    grants: ['ManageNetworks', 'ViewAllData', 'ModifyAllData'],
  };
  const orphans: Gap = {
    kind: 'not-supported',
    detail: `Active guest users belong to no site in the list: ${orphanUsers.map((one) => one.username).join(', ')}.`,
  };
  return [...(hidden > 0 ? [missing] : []), ...(orphanUsers.length > 0 ? [orphans] : [])];
};

type SiteFacts = Pick<OrgFacts, 'sites' | 'networks' | 'activeGuestUsers'>;

export const noGuestSites = orgControl({
  id: 'org/no-guest-sites',
  title: 'No site lets guests in',
  severity: 'critical',
  topic: 'guest access',
  problem: { one: 'site lets guests in', many: 'sites let guests in' },
  area: 'Org and keys',
  setup: '/lightning/setup/CustomDomain/home',
  requirement: 'These orgs must not host sites that allow guest user access.',
  why: 'A guest user runs code and reads data in the org without a login. Packaging orgs often keep a site from an old demo, and embedded service creates sites (ESW_) unnoticed.',
  checks: [
    'Every site is inactive.',
    'No live Experience Cloud site allows guests to use files or Chatter, or to see members.',
    'Every active guest user belongs to a known site.',
  ],
  fails: [
    'A Visualforce or Site.com site is not inactive.',
    'A live Experience Cloud site allows guests files, Chatter or seeing members.',
  ],
  inconclusive: [
    'An Experience Cloud site is live: no query shows whether its pages are public.',
    'An active site has an inactive guest user, or a type that is not documented.',
    'An Experience Cloud site has a Site but no visible Network.',
    'An active guest user belongs to no site in the list.',
  ],
  notes: [
    'An inactive site with an active guest user is informational.',
    'A site that is under construction or down for maintenance is informational if the org has active guest users.',
    'Self-registration on a live site is informational.',
  ],
  fix: [
    'Setup > Sites: if visitors need the site, move it to another org first, then deactivate it.',
    'Setup > Digital Experiences > All Sites > Workspaces > Administration: deactivate the site, or turn off public access in Experience Builder > Settings > General.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_guest_user_access.htm&type=5',
    'https://help.salesforce.com/s/articleView?id=platform.networks_public_access.htm&type=5',
  ],
  attestable: false,
  needs: ['sites', 'networks', 'activeGuestUsers'],
  // A site that lets guests in does so whatever else exists.
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
