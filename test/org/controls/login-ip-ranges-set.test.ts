import { expect } from 'chai';
import { loginIpRangesSet } from '../../../src/org/controls/login-ip-ranges-set.js';
import type { ProfileLoginRanges } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

const profile = (name: string, ranges: ReadonlyArray<[string, string]>): ProfileLoginRanges => ({
  id: `00e${name}`,
  name,
  activeUsers: 3,
  ranges: ranges.map(([start, end]) => ({ start, end })),
});
const facts = (
  ...profileLoginRanges: readonly ProfileLoginRanges[]
): { profileLoginRanges: typeof profileLoginRanges } => ({
  profileLoginRanges,
});
const unread: ProfileLoginRanges = { id: '00eUnread', name: 'Unread', activeUsers: 1 };
const office: [string, string] = ['198.51.100.0', '198.51.100.255'];

testControl(loginIpRangesSet, {
  pass: [
    { name: 'one office', facts: facts(profile('Admin', [office])), latent: [] },
    {
      name: 'narrower than that by parameter',
      facts: facts(profile('Admin', [office])),
      params: { ipv4Prefix: 25 },
      latent: ['Profile:Admin'],
    },
    { name: 'a /16 is not wide yet', facts: facts(profile('Admin', [['203.0.0.0', '203.0.255.255']])), latent: [] },
    {
      name: 'more than a /16, also when two ranges make it, is latent',
      facts: facts(
        profile('Admin', [
          ['203.0.0.0', '203.0.255.255'],
          ['203.1.0.0', '203.1.0.0'],
        ])
      ),
      latent: ['Profile:Admin'],
    },
    {
      name: 'more than a /48 is latent, a /48 is not',
      facts: facts(
        profile('Wide', [['2001:db8::', '2001:db8:1:ffff:ffff:ffff:ffff:ffff']]),
        profile('Fine', [['2001:db8::', '2001:db8:0:ffff:ffff:ffff:ffff:ffff']])
      ),
      latent: ['Profile:Wide'],
    },
    {
      trap: true,
      name: 'private, CGNAT and loopback ranges can never match',
      facts: facts(
        profile('Admin', [['10.0.0.0', '10.255.255.255'], ['100.64.0.0', '100.64.0.9'], ['::1', '::1'], office])
      ),
      latent: ['Profile:Admin', 'Profile:Admin', 'Profile:Admin'],
    },
    {
      name: 'one address less than half of IPv4 is latent only',
      facts: facts(profile('Admin', [['0.0.0.1', '127.255.255.255']])),
      latent: ['Profile:Admin'],
    },
  ],
  fail: [
    {
      trap: true,
      name: 'all IPv6 that the registries have allocated is a small part of 2000::/3',
      facts: facts(
        profile('Admin', [
          ['2400::', '241f:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
          ['2600::', '263f:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
          ['2800::', '280f:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
          ['2a00::', '2a1f:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
          ['2c00::', '2c0f:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
        ])
      ),
      names: ['Profile:Admin'],
    },
    {
      name: 'no ranges',
      facts: facts(profile('Admin', []), profile('Standard', [office])),
      names: ['Profile:Admin'],
      says: [/3 active users\. Trusted ranges of the org do not restrict/],
    },
    {
      trap: true,
      name: 'two ranges that together are everything',
      facts: facts(
        profile('Admin', [
          ['128.0.0.0', '255.255.255.255'],
          ['0.0.0.0', '127.255.255.255'],
        ])
      ),
      names: ['Profile:Admin'],
      says: [/half of all IPv4 addresses or more: 0\.0\.0\.0-255\.255\.255\.255 for 3 active users/],
    },
    {
      name: 'half of IPv4, out of ranges that overlap and do not touch',
      facts: facts(
        profile('Admin', [
          ['0.0.0.0', '63.255.255.255'],
          ['32.0.0.0', '63.255.255.255'],
          ['192.0.0.0', '255.255.255.255'],
        ])
      ),
      names: ['Profile:Admin'],
    },
    {
      trap: true,
      name: 'IPv4-mapped IPv6 is IPv4',
      facts: facts(profile('Admin', [['::ffff:0.0.0.0', '::FFFF:7fff:ffff']])),
      names: ['Profile:Admin'],
    },
    {
      trap: true,
      name: 'a range of IPv6 around all of IPv4',
      facts: facts(profile('Admin', [['::', '::1:0:0:0']])),
      names: ['Profile:Admin'],
    },
    {
      name: 'all of IPv6, in two halves; IPv4 lies within',
      facts: facts(
        profile('Admin', [
          ['::', '7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
          ['8000::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
        ])
      ),
      names: ['Profile:Admin'],
      says: [/IPv4 and IPv6/],
    },
    {
      name: 'what the internet routes of IPv6',
      facts: facts(profile('Admin', [['2000::', '3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], office])),
      names: ['Profile:Admin'],
    },
    {
      name: 'a finding, and a profile that could not be read',
      facts: facts(profile('Admin', []), unread),
      names: ['Profile:Admin'],
    },
    {
      name: 'an invalid range does not excuse the others',
      facts: facts(
        profile('Admin', [
          ['0.0.0.0', '255.255.255.255'],
          ['x', 'y'],
        ])
      ),
      names: ['Profile:Admin'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'users without a profile',
      facts: facts(profile('Admin', [office]), { name: 'no profile', activeUsers: 1, unseen: 'No profile.' }),
    },
    { trap: true, name: 'null metadata is not an empty list', facts: facts(profile('Standard', [office]), unread) },
    {
      name: 'a profile that could not be read, with the answer of Salesforce',
      facts: facts({ ...unread, unseen: 'Refused.' }),
      reason: /^Unread: The login IP ranges of this profile could not be read\. Refused\.$/,
    },
    { name: 'an end that is no address', facts: facts(profile('Admin', [office, ['198.51.100.0', '198.51.100.256']])) },
    { name: 'ends the wrong way round', facts: facts(profile('Admin', [['198.51.100.255', '198.51.100.0']])) },
    {
      trap: true,
      name: 'both ends must be of one family',
      facts: facts(profile('Admin', [['::', '::ffff:255.255.255.255']]), profile('Other', [['0.0.0.0', '::1:0:0:0']])),
    },
  ],
  notApplicable: [{ name: 'no profile has active users', facts: facts() }],
});

describe('org/login-ip-ranges-set, besides', () => {
  it('trap: org-wide trusted ranges are not even asked for', () => {
    expect(loginIpRangesSet.needs).to.deep.equal(['profileLoginRanges']);
  });
});
