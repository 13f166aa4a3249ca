import { decide, notApplicable, gapForEventsAfter, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Violation, Subject } from '../../engine/types.js';
import { cidrInterval, interval, isWithin, type Interval } from '../../salesforce/ipRanges.js';
import { orgControl, type IpRange, type LoginSources, type ProfileLoginRanges } from '../facts.js';
import { dayOf } from '../../common/dates.js';
import { counted } from '../../common/text.js';

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
  if (!at) return { kind: 'unreadable', detail: `A login came from "${address}", which is no address.`, subject };
  if (isWithin(at, ranges)) return undefined;
  if (unknownStatus !== undefined) {
    const detail = `${counted(logins, 'login')} from ${address}, outside ${whose}, may have succeeded: the result "${unknownStatus}" is not a known word.`;
    return { kind: 'unreadable', detail, subject };
  }
  const message = `${counted(logins, 'login')} from ${address}, last on ${dayOf(last)}, outside ${whose}.`;
  return { kind: 'violation', subject, message, at: address };
};

type Ranges = { read: readonly Interval[]; unreadable: readonly IpRange[] };

/** The ranges of one profile, or why there are none to compare with. */
const rangesOf = (profile: Source['profile'], known: readonly ProfileLoginRanges[]): Ranges | Gap => {
  const subject: Subject = { type: 'Profile', name: profile.name, id: profile.id };
  const ranges = known.find(({ id }) => id !== undefined && id === profile.id)?.ranges;
  if (ranges === undefined || ranges.length === 0) {
    const detail = ranges
      ? 'The policy declares no ranges (trust.ipRanges), and the profile has none.'
      : 'The policy declares no ranges (trust.ipRanges), and those of the profile were not seen.';
    return { kind: 'not-given', detail, subject };
  }
  return {
    read: ranges.flatMap(({ start, end }) => interval(start, end) ?? []),
    unreadable: ranges.filter(({ start, end }) => !interval(start, end)),
  };
};

/** Salesforce refuses a range that is none, so whether it admits an address is unknown. */
const evaluateProfileSource = (source: Source, { read, unreadable }: Ranges): SubjectOutcome => {
  const look = evaluateSource(source, read, 'the login IP ranges of the profile');
  const [first] = unreadable;
  if (first === undefined || look?.kind !== 'violation') return look;
  const detail = `A login from ${source.address} is outside the ranges that can be read, and ${first.start}-${first.end} is no range of addresses.`;
  const { id, name } = source.profile;
  return { kind: 'unreadable', detail, subject: { type: 'Profile', name, id } };
};

const evaluateProfiles = (sources: readonly Source[], known: readonly ProfileLoginRanges[]): SubjectOutcome[] => {
  const ids = new Set(sources.map(({ profile }) => profile.id));
  return [...ids].flatMap((id): SubjectOutcome[] => {
    const ours = sources.filter(({ profile }) => profile.id === id);
    const [first] = ours;
    if (first === undefined) return [];
    const ranges = rangesOf(first.profile, known);
    return 'detail' in ranges ? [ranges] : ours.map((source) => evaluateProfileSource(source, ranges));
  });
};

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
  checks: [
    "Checks every successful login of the last 90 days, of internal and external users; Salesforce's identities and network are left out.",
  ],
  fails: [
    'A login from outside `trust.ipRanges` is a violation; if the policy declares no ranges, one from outside the login IP ranges that the profile of the user has now.',
  ],
  inconclusive: [
    'It is inconclusive where neither the policy nor the profile has ranges, or those of the profile were not sent, where a login is outside the ranges of a profile and one of these is not a range, where the source of a login is not an address, where the word for the result of a login from outside is not known, where the history shows no login although users logged in, and where the evidence was collected before the day it is checked for.',
  ],
  why:
    'The login history shows whether the allowlist holds: a range can be too wide, or was added after somebody had come ' +
    'from elsewhere.',
  fix: [
    'Setup > Login History: find out whose login it was.',
    'Setup > Profiles > the profile > Login IP Ranges: admit known addresses only, and list them under trust.ipRanges in the policy.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=platform.login_ip_ranges.htm&type=5',
  ],
  attestable: false,
  needs: ['loginSources', 'profileLoginRanges'],
  compares: ['trust.ipRanges'],
  // A login that was seen happened; the ranges of a profile that was not seen are a gap, not an offence.
  provableFromPart: { loginSources: 'fail', profileLoginRanges: 'fail' },
  judge: ({ loginSources: { sources }, profileLoginRanges }, { declared, ...moments }) => {
    const unseen = gapForEventsAfter('Logins', moments);
    if (sources.length === 0 && unseen.length === 0) return notApplicable('Nobody logged in during the last 90 days.');
    const trusted = declared.trust.ipRanges.flatMap(({ cidr }) => cidrInterval(cidr) ?? []);
    const looks =
      declared.trust.ipRanges.length > 0
        ? sources.map((source) => evaluateSource(source, trusted, 'the ranges that the policy declares'))
        : evaluateProfiles(sources, profileLoginRanges);
    return decide([...looks, unseen], 'Every login of the last 90 days came from an allowed address.');
  },
});
