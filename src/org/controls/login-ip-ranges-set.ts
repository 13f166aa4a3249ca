import { each, notApplicable, note, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Subject } from '../../engine/types.js';
import {
  allocatedIpv6,
  holdHalf,
  interval,
  ipv4,
  isUnroutable,
  isWider,
  mergeIntervals,
  rangeText,
} from '../../salesforce/ipRanges.js';
import { orgControl, type IpRange, type ProfileLoginRanges } from '../facts.js';
import { counted } from '../../common/text.js';

type Params = { ipv4Prefix: number; ipv6Prefix: number };

const evaluateProfile = (profile: ProfileLoginRanges, params: Params): SubjectOutcome => {
  const { name, id, fullName, activeUsers, ranges } = profile;
  const subject: Subject = { type: 'Profile', name, ...(id === undefined ? {} : { id }) };
  const changed = fullName === undefined ? {} : { components: [{ type: 'Profile', fullName } as const] };
  if (ranges === undefined) {
    const detail = `The login IP ranges of this profile could not be read. ${profile.unseen ?? ''}`.trimEnd();
    return { kind: 'unreadable', detail, subject };
  }
  if (ranges.length === 0) {
    const message = `${name} has no login IP range for its ${counted(activeUsers, 'active user')}. Trusted ranges of the org do not restrict logins.`;
    return { kind: 'violation', subject, message, count: activeUsers, ...changed };
  }
  const parsed = ranges.map((range) => ({ range, addresses: interval(range.start, range.end) }));
  const unreadable = parsed.flatMap(({ range, addresses }) => (addresses ? [] : [noRange(range, subject)]));
  const read = parsed.flatMap(({ addresses }) => addresses ?? []);
  const open = mergeIntervals(read);
  const families = [
    ...(holdHalf(open, [ipv4]) ? ['IPv4'] : []),
    ...(holdHalf(open, allocatedIpv6) ? ['IPv6'] : []),
  ].join(' and ');
  if (families !== '') {
    const message = `The login IP ranges of ${name} together allow half of all ${families} addresses or more: ${open
      .map(rangeText)
      .join(', ')} for ${counted(activeUsers, 'active user')}.`;
    return [{ kind: 'violation', subject, message, count: activeUsers, ...changed }, ...unreadable];
  }
  const wide = mergeIntervals(read.filter((one) => !isUnroutable(one)))
    .filter((one) => isWider(one, { ipv4: params.ipv4Prefix, ipv6: params.ipv6Prefix }))
    .map(rangeText);
  const idle = mergeIntervals(read.filter(isUnroutable)).map(rangeText);
  return [
    ...unreadable,
    ...wide.map((at) => note(subject, `${name} allows a very wide range: ${at}.`, at)),
    ...idle.map((at) => note(subject, `${name} has a range that never matches: ${at}.`, at)),
  ];
};

/** Salesforce rejects such a range, so its effect is unknown. */
const noRange = ({ start, end }: IpRange, subject: Subject): Gap => ({
  kind: 'unreadable',
  detail: `${start}-${end} is not a valid range of addresses.`,
  subject,
});

export const loginIpRangesSet = orgControl({
  id: 'org/login-ip-ranges-set',
  title: 'Login IP ranges restrict every profile with active users',
  severity: 'high',
  topic: 'login IP ranges',
  problem: { one: 'profile has no effective login IP range', many: 'profiles have no effective login IP range' },
  area: 'Users and login',
  setup: '/lightning/setup/EnhancedProfiles/home',
  requirement: 'IP allowlisting should be implemented to restrict access to these orgs.',
  why: 'Users of a profile without login IP ranges can log in from anywhere, and so can users of ranges that cover the internet. Trusted IP ranges of the org only skip device activation, and permission sets cannot have ranges.',
  checks: [
    'Every profile with active users, including frozen users, has login IP ranges.',
    'The ranges of a profile cover less than half of all IPv4 and less than half of all allocated IPv6 addresses.',
  ],
  fails: [
    'A profile has no login IP range.',
    'The ranges of a profile together cover half or more of all IPv4 or of all allocated IPv6 addresses.',
  ],
  inconclusive: [
    'Salesforce did not send the ranges of a profile.',
    'A range is not a valid range of addresses.',
    'Some users have no profile.',
  ],
  notes: [
    'A range larger than a network of `ipv4Prefix` or `ipv6Prefix` is informational.',
    'A private range, which never matches a login, is informational.',
    'Guest users, users that Salesforce created and that never logged in, and trusted ranges of the org are not checked.',
  ],
  fix: ['Setup > Profiles > the profile > Login IP Ranges: add the ranges of your offices, VPN and pipelines.'],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=platform.login_ip_ranges.htm&type=5',
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_limit_login_ip_ranges.htm&type=5',
  ],
  attestable: false,
  needs: ['profileLoginRanges'],
  /** A range with more addresses than a network of this prefix length is very wide. */
  params: { ipv4Prefix: 16, ipv6Prefix: 48 },
  // A profile comes with all its ranges or with `undefined`; other profiles cannot exonerate it.
  provableFromPart: { profileLoginRanges: 'fail' },
  judge: ({ profileLoginRanges }, { params }) =>
    each(
      profileLoginRanges,
      notApplicable('No profile has active users.'),
      (profile) => evaluateProfile(profile, params),
      'Login IP ranges restrict every profile that has active users.'
    ),
});
