import { noGuestSites } from '../../../src/org/controls/no-guest-sites.js';
import type { Networks, OrgFacts, Sites } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { user } from './samples.js';

type Facts = Pick<OrgFacts, 'sites' | 'networks' | 'activeGuestUsers'>;
type Site = Sites['sites'][number];
type Network = Networks['networks'][number];

const site = (name: string, type: string, status: string, guestIsActive?: boolean): Site => ({
  id: `0DM${name}`,
  name,
  type,
  status,
  ...(guestIsActive === undefined ? {} : { guestUser: { ...user(`guest-${name}`), isActive: guestIsActive } }),
});
const network = (name: string, status: string, rest: Partial<Network> = {}): Network => ({
  id: `0DB${name}`,
  name,
  status,
  guestFileAccess: false,
  guestChatter: false,
  guestMemberVisibility: false,
  selfRegistration: false,
  ...rest,
});
/** An Experience Cloud site as an org shows it: one Network, two Site rows, one guest user. */
const experience = (name: string): Site[] => {
  const first = site(name, 'ChatterNetwork', 'Active', true);
  return [first, { ...first, id: `0DM${name}1`, name: `${name}1`, type: 'ChatterNetworkPicasso' }];
};
const org = (sites: readonly Site[], networks: readonly Network[], guests: readonly string[] = []): Facts => ({
  sites: { featureOn: true, sites },
  networks: { featureOn: true, networks },
  activeGuestUsers: guests.map(user),
});
const nothing: Facts = {
  sites: { featureOn: false, sites: [] },
  networks: { featureOn: false, networks: [] },
  activeGuestUsers: [],
};

testControl(noGuestSites, {
  pass: [
    { name: 'no site feature and no active guest user', facts: nothing, reason: /no site feature/ },
    { name: 'the feature, and nothing in it', facts: org([], []), reason: /No site is live/ },
    {
      name: 'only one of the two features',
      facts: { ...nothing, sites: { featureOn: true, sites: [] } },
      reason: /No site is live/,
    },
    {
      name: 'a site that is off, and its guest user too',
      facts: org([site('Old', 'Visualforce', 'Inactive', false)], []),
    },
    {
      trap: true,
      name: 'a site that is off with an active guest user is one click from public',
      facts: org([site('Old', 'Visualforce', 'Inactive', true)], [], ['guest-Old']),
      latent: ['Site:Old'],
    },
    {
      name: 'a network that is not live, with its guest user',
      facts: org(experience('Portal'), [network('Portal', 'UnderConstruction')], ['guest-Portal']),
      latent: ['Network:Portal'],
    },
    {
      name: 'a network that is down for maintenance, without guests',
      facts: org([], [network('Portal', 'DownForMaintenance', { guestChatter: true })]),
      latent: [],
    },
  ],
  fail: [
    {
      name: 'an active Visualforce site, an embedded service site (ESW_) and a Site.com site',
      facts: org(
        [
          site('Promo', 'Visualforce', 'Active', true),
          site('ESW_Chat', 'Visualforce', 'Active', true),
          site('Web', 'Siteforce', 'Active', true),
        ],
        [],
        ['guest-Promo', 'guest-ESW_Chat', 'guest-Web']
      ),
      names: ['Site:Promo', 'Site:ESW_Chat', 'Site:Web'],
      says: [/Visualforce site, status Active, guest user guest-Promo@acme\.example/],
    },
    {
      trap: true,
      name: 'a status that is not known to be off is on, and is printed raw',
      facts: org([site('Promo', 'Visualforce', 'In Maintenance', true)], [], ['guest-Promo']),
      names: ['Site:Promo'],
      says: [/status In Maintenance/],
    },
    {
      name: 'a guest user that was not sent does not excuse an active site',
      facts: org([site('Promo', 'Visualforce', 'Active')], []),
      names: ['Site:Promo'],
    },
    {
      trap: true,
      name: 'one finding for an Experience site, though it has two Site rows',
      facts: org(experience('Portal'), [network('Portal', 'Live', { guestFileAccess: true })], ['guest-Portal']),
      names: ['Network:Portal'],
      says: [/Live and allows guests: file access\./],
    },
    {
      name: 'every guest option counts, and an unknown status counts as live',
      facts: org(
        [],
        [network('One', 'Live', { guestChatter: true }), network('Two', 'Migrating', { guestMemberVisibility: true })]
      ),
      names: ['Network:One', 'Network:Two'],
    },
    {
      name: 'a finding, and a site that cannot be judged',
      facts: org([site('Promo', 'Visualforce', 'Active', true)], [network('Portal', 'Live')], ['guest-Promo']),
      names: ['Site:Promo'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'a live site whose Network is hidden, and a visible Network of another site',
      facts: org(experience('Portal'), [network('Old Idea', 'UnderConstruction')]),
    },
    {
      trap: true,
      name: 'what an inactive guest user does to an active site is undocumented',
      facts: org([site('Promo', 'Visualforce', 'Active', false)], []),
    },
    {
      trap: true,
      name: 'a live network without guest options may still have public pages, guest user or not',
      facts: org(experience('Portal'), [network('Portal', 'Live')], ['guest-Portal']),
    },
    {
      name: 'a live network whose options were not sent',
      facts: org([], [{ id: '0DB1', name: 'Portal', status: 'Live' }]),
    },
    {
      name: 'a live network with self-registration only',
      facts: org([], [network('Portal', 'Live', { selfRegistration: true }), network('Other', 'Live')]),
      latent: ['Network:Portal'],
    },
    {
      trap: true,
      name: 'an active guest user in an org without any site',
      facts: { ...nothing, activeGuestUsers: [user('ghost')] },
    },
    { name: 'an active guest user that belongs to no site', facts: org([], [], ['ghost']) },
    {
      trap: true,
      name: 'an Experience site whose Network the auditor cannot see',
      facts: org([...experience('Portal'), ...experience('Hidden')], [network('Portal', 'UnderConstruction')], []),
    },
  ],
});
