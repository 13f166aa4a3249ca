import { loginsWithinRanges } from '../../../src/org/controls/logins-within-ranges.js';
import type { LoginSources, OrgFacts, ProfileLoginRanges } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { trusting, user } from './samples.js';

type Source = LoginSources['sources'][number];

const profile = { id: '00eA', name: 'Admin' };
const login = (address: string, rest: Partial<Source> = {}): Source => ({
  profile,
  user: user('ada'),
  address,
  logins: 3,
  last: '2026-11-20T00:00:00.000Z',
  ...rest,
});
const office: ProfileLoginRanges = {
  ...profile,
  activeUsers: 1,
  ranges: [{ start: '198.51.100.0', end: '198.51.100.255' }],
};
const broken: ProfileLoginRanges = {
  ...office,
  ranges: [
    { start: '198.51.100.0', end: '198.51.100.255' },
    { start: '192.0.2.40', end: '2001:db8::1' },
  ],
};
const facts = (
  sources: readonly Source[],
  profileLoginRanges: readonly ProfileLoginRanges[] = [office]
): Pick<OrgFacts, 'loginSources' | 'profileLoginRanges'> => ({
  loginSources: { since: '2026-08-25T10:00:00.000Z', sources },
  profileLoginRanges,
});
const declared = trusting({
  ipRanges: [
    { cidr: '203.0.113.0/24', name: 'VPN' },
    { cidr: '2001:db8::/32', name: 'VPN 6' },
  ],
});
const names = ['User:ada@acme.example'];

testControl(loginsWithinRanges, {
  pass: [
    { name: 'within the ranges of the profile', facts: facts([login('198.51.100.0'), login('198.51.100.255')]) },
    {
      name: 'within the ranges of the policy, both families',
      facts: facts([login('203.0.113.9'), login('2001:db8::1')]),
      declared,
    },
    {
      name: 'the policy has ranges, so those of profiles are not asked',
      facts: facts([login('203.0.113.9')], []),
      declared,
    },
    {
      name: 'within the ranges of a profile that can be read, and one that is no range',
      facts: facts([login('198.51.100.7')], [broken]),
    },
    {
      trap: true,
      name: "a login from Salesforce's own network has no address",
      facts: facts([login('Salesforce.com IP')]),
    },
    { trap: true, name: 'IPv4-mapped IPv6 is IPv4', facts: facts([login('::ffff:203.0.113.9')]), declared },
    {
      name: 'each profile has its own ranges',
      facts: facts(
        [login('198.51.100.7'), login('192.0.2.1', { profile: { id: '00eB', name: 'Api' } })],
        [office, { id: '00eB', name: 'Api', activeUsers: 1, ranges: [{ start: '192.0.2.1', end: '192.0.2.1' }] }]
      ),
    },
  ],
  fail: [
    {
      name: 'outside the ranges of the profile, two addresses of one user',
      facts: facts([login('192.0.2.44'), login('192.0.2.45', { logins: 1 }), login('198.51.100.7')]),
      names: [...names, ...names],
      says: [
        /^ada@acme\.example logged in from 192\.0\.2\.44, outside the login IP ranges of the profile \(3 logins, last on 20 Nov 2026\)\.$/,
        /\(1 login, /,
      ],
    },
    {
      trap: true,
      name: "the policy's ranges decide, not the profile's",
      facts: facts([login('198.51.100.7')]),
      declared,
      names,
      says: [/outside the ranges of the policy/],
    },
    {
      name: 'an org where logins could be counted by profile only',
      facts: facts([login('192.0.2.44', { user: undefined })]),
      names: ['Profile:Admin'],
    },
    {
      name: 'a finding, and a profile without ranges',
      facts: facts([login('192.0.2.44'), login('192.0.2.44', { profile: { id: '00eB', name: 'Api' } })]),
      names,
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'a word for the result that is not known may mean a success',
      facts: facts([login('192.0.2.1', { unknownStatus: 'Erfolg' })]),
      declared,
      reason: /may have succeeded: the result "Erfolg" is not a known value/,
    },
    {
      trap: true,
      name: 'logins after the evidence was collected are not known, even if no user had logged in before',
      facts: facts([]),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      reason: /^Logins after 22 Nov 2026/,
    },
    {
      trap: true,
      name: 'logins after the evidence was collected are not known, though all before are allowed',
      facts: facts([login('198.51.100.7')]),
      collected: new Date('2026-11-22T10:00:00.000Z'),
    },
    {
      trap: true,
      name: 'no ranges are declared and the profile has none',
      facts: facts([login('192.0.2.44'), login('192.0.2.45')], [{ ...office, ranges: [] }]),
      reason: /^Admin: Neither the policy \(trust\.ipRanges\) nor the profile has IP ranges\.$/,
    },
    {
      name: 'the ranges of the profile could not be read',
      facts: facts([login('192.0.2.44')], [{ ...office, ranges: undefined }]),
    },
    {
      trap: true,
      name: 'outside the ranges that can be read, and one that is no range',
      facts: facts([login('192.0.2.44'), login('198.51.100.7')], [broken]),
      reason: /^Admin: A login from 192\.0\.2\.44 .* 192\.0\.2\.40-2001:db8::1 is not a valid range of addresses\.$/,
    },
    { name: 'a profile that has no active user any more', facts: facts([login('192.0.2.44')], []) },
    { name: 'words that are no address', facts: facts([login('somewhere')]), declared },
  ],
  notApplicable: [{ name: 'no user logged in', facts: facts([]) }],
});
