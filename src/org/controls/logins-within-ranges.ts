import { decide, notApplicable, gapForEventsAfter, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Violation, Subject } from '../../engine/types.js';
import { cidrInterval, interval, isInRanges, type Interval } from '../../salesforce/ipRanges.js';
import { orgControl, type IpRange, type LoginSources, type ProfileLoginRanges } from '../facts.js';
import { shortDay } from '../../common/dates.js';
import { groupsOf } from '../../common/lists.js';
import { counted } from '../../common/text.js';
import { aboutUser } from '../findings/users.js';

type Source = LoginSources['sources'][number];

/** The event logs of Salesforce write this for an address of its own network, say of a login from AppExchange. */
const ownNetwork = 'Salesforce.com IP';

const evaluateSource = (
  { user, profile, address, unknownStatus, logins, last }: Source,
  ranges: readonly Interval[],
  whose: string
): Violation | Gap | undefined => {
  const subject: Subject = user
    ? { type: 'User', name: user.username, id: user.id }
    : { type: 'Profile', name: profile.name, id: profile.id };
  if (address === ownNetwork) return undefined;
  const at = interval(address, address);
  if (!at)
    return { kind: 'unreadable', detail: `A login came from "${address}", which is not an IP address.`, subject };
  if (isInRanges(at, ranges)) return undefined;
  if (unknownStatus !== undefined) {
    const detail = `${counted(logins, 'login')} from ${address}, outside ${whose}, may have succeeded: the result "${unknownStatus}" is not a known value.`;
    return { kind: 'unreadable', detail, subject };
  }
  const message = `${subject.name} logged in from ${address}, outside ${whose} (${counted(logins, 'login')}, last on ${shortDay(last)}).`;
  return { kind: 'violation', ...(user ? aboutUser(user) : { subject }), message, at: address };
};

type Ranges = { read: readonly Interval[]; unreadable: readonly IpRange[] };

/** The ranges of one profile, or why there is no range to compare with. */
const rangesOf = (profile: Source['profile'], known: readonly ProfileLoginRanges[]): Ranges | Gap => {
  const subject: Subject = { type: 'Profile', name: profile.name, id: profile.id };
  const ranges = known.find(({ id }) => id !== undefined && id === profile.id)?.ranges;
  if (ranges === undefined || ranges.length === 0) {
    const detail = ranges
      ? 'Neither the policy (trust.ipRanges) nor the profile has IP ranges.'
      : 'The policy has no IP ranges (trust.ipRanges), and those of the profile could not be read.';
    return { kind: 'not-given', detail, subject };
  }
  return {
    read: ranges.flatMap(({ start, end }) => interval(start, end) ?? []),
    unreadable: ranges.filter(({ start, end }) => !interval(start, end)),
  };
};

/** Salesforce rejects an invalid range, so it is unknown whether it allows an address. */
const evaluateProfileSource = (source: Source, { read, unreadable }: Ranges): SubjectOutcome => {
  const look = evaluateSource(source, read, 'the login IP ranges of the profile');
  const [first] = unreadable;
  if (first === undefined || look?.kind !== 'violation') return look;
  const detail = `A login from ${source.address} is outside the ranges that can be read, and ${first.start}-${first.end} is not a valid range of addresses.`;
  const { id, name } = source.profile;
  return { kind: 'unreadable', detail, subject: { type: 'Profile', name, id } };
};

const evaluateProfiles = (sources: readonly Source[], known: readonly ProfileLoginRanges[]): SubjectOutcome[] =>
  groupsOf(sources, ({ profile }) => profile.id).flatMap((ours): SubjectOutcome[] => {
    const ranges = rangesOf(ours[0].profile, known);
    return 'detail' in ranges ? [ranges] : ours.map((source) => evaluateProfileSource(source, ranges));
  });

export const loginsWithinRanges = orgControl({
  id: 'org/logins-within-ranges',
  title: 'Every login of the last 90 days came from an allowed address',
  severity: 'medium',
  topic: 'logins outside ranges',
  problem: {
    one: 'user logged in from outside the allowed addresses',
    many: 'users logged in from outside the allowed addresses',
  },
  area: 'Users and login',
  setup: '/lightning/setup/OrgLoginHistory/home',
  requirement: 'IP allowlisting should be implemented to restrict access to these orgs.',
  why: 'The login history shows whether the allowlist works: a range can be too wide, or added after a login from elsewhere.',
  checks: [
    'Every successful login of the last 90 days, of internal and external users, came from an address in `trust.ipRanges` of the policy.',
    "If the policy has no ranges, the login IP ranges of the user's profile are used instead.",
  ],
  fails: ['A user logged in from an address outside these ranges.'],
  inconclusive: [
    'Neither the policy nor the profile has ranges, or Salesforce did not send the ranges of the profile.',
    'A login is outside the ranges of a profile, and one of these ranges is not a valid range.',
    'The source of a login is not an address.',
    'The result of a login from outside the ranges is not a known value.',
    'The login history is empty although users logged in.',
    'The evidence was collected before the day for which it is evaluated.',
  ],
  notes: ["Logins from Salesforce's own network are not checked."],
  fix: [
    'Setup > Login History: find out which user or integration logged in.',
    'Setup > Profiles > the profile > Login IP Ranges: allow known addresses only.',
    'List the same ranges under `trust.ipRanges` in the policy.',
    'Logins count for 90 days. Until then, accept the finding with `sf security-review waive`.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=platform.login_ip_ranges.htm&type=5',
  ],
  attestable: false,
  needs: ['loginSources', 'profileLoginRanges'],
  compares: ['trust.ipRanges'],
  // A login that was seen happened; missing ranges of a profile are a gap, not a violation.
  provableFromPart: { loginSources: 'fail', profileLoginRanges: 'fail' },
  judge: ({ loginSources: { sources }, profileLoginRanges }, { declared, ...moments }) => {
    const unseen = gapForEventsAfter('Logins', moments);
    if (sources.length === 0 && unseen.length === 0) return notApplicable('No user logged in during the last 90 days.');
    const trusted = declared.trust.ipRanges.flatMap(({ cidr }) => cidrInterval(cidr) ?? []);
    const looks =
      declared.trust.ipRanges.length > 0
        ? sources.map((source) => evaluateSource(source, trusted, 'the ranges of the policy'))
        : evaluateProfiles(sources, profileLoginRanges);
    return decide([...looks, unseen], 'Every login of the last 90 days came from an allowed address.');
  },
});
