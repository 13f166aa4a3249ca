import { passwordsRotated } from '../../../src/org/controls/passwords-rotated.js';
import type { OrgFacts, StalePasswords } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { grant, grants, user } from './samples.js';

type Facts = Pick<OrgFacts, 'stalePasswords' | 'passwordNeverExpires' | 'securitySettings' | 'profilePasswordPolicies'>;
type Stale = StalePasswords['users'][number];

/** 365 days before the moment of the tables. */
const limit = '2025-11-23T10:00:00.000Z';
const long = '2020-01-01T00:00:00.000Z';

const stale = (name: string, rest: Partial<Stale> = {}): Stale => ({
  ...user(name),
  created: long,
  frozen: false,
  ...rest,
});
const facts = (users: readonly Stale[], rest: Partial<Facts> = {}): Facts => ({
  stalePasswords: { changedBefore: limit, users, population: 5 },
  passwordNeverExpires: grants(),
  securitySettings: { passwordExpiration: 'OneYear', trustedRanges: [] },
  profilePasswordPolicies: [],
  ...rest,
});
const expiring = (passwordExpiration?: string): Partial<Facts> => ({
  securitySettings: { trustedRanges: [], ...(passwordExpiration === undefined ? {} : { passwordExpiration }) },
});
const selectedBefore = (changedBefore: string, users: readonly Stale[] = []): Partial<Facts> => ({
  stalePasswords: { changedBefore, users, population: 5 },
});
const orgPolicy = 'Setting:Security.passwordPolicies.expiration';

testControl(passwordsRotated, {
  pass: [
    {
      name: 'no user is stale, and a year of expiry is exactly enough',
      facts: facts([]),
      latent: [],
      reason: /of an internal user .* External users are not checked/,
    },
    {
      trap: true,
      name: "only who can log in with a password: guests, single sign-on only and Salesforce's own are left out",
      facts: facts([], {
        passwordNeverExpires: grants([
          grant('visitor', { population: 'external', guest: true }),
          grant('sso', { ssoOnly: true }),
          grant('integration', { population: 'salesforce' }),
        ]),
      }),
      latent: ['User:integration@acme.example'],
    },
    {
      trap: true,
      name: 'the disabled policy of a profile without users',
      facts: facts([], {
        profilePasswordPolicies: [{ profile: 'Old', expirationDays: 0, disabled: true, activeUsers: 0 }],
      }),
    },
    { name: 'a password changed exactly at the limit', facts: facts([stale('ada', { changed: limit })]), latent: [] },
    {
      name: 'evidence selected by a later date, with the users in between',
      facts: facts(
        [],
        selectedBefore('2026-05-01T00:00:00.000Z', [stale('ada', { changed: '2026-01-01T00:00:00.000Z' })])
      ),
    },
    {
      trap: true,
      name: 'no change on record is no old password: single sign-on, JWT, or never set',
      facts: facts([stale('jwt'), stale('new', { created: limit })]),
      latent: ['User:jwt@acme.example'],
    },
    {
      name: 'a frozen user with an old password is latent',
      facts: facts([stale('ice', { changed: long, frozen: true })]),
      latent: ['User:ice@acme.example'],
    },
    {
      name: 'an inactive holder of Password Never Expires is latent',
      facts: facts([], { passwordNeverExpires: grants([grant('gone', { userIsActive: false })]) }),
      latent: ['User:gone@acme.example'],
    },
    {
      trap: true,
      name: 'a profile without active users overrides no user, and is latent',
      facts: facts([], {
        profilePasswordPolicies: [
          { profile: 'Old', expirationDays: 0, activeUsers: 0 },
          { profile: 'Odd', expirationDays: undefined, activeUsers: 0 },
        ],
      }),
      latent: ['Profile:Old', 'Profile:Odd'],
    },
    {
      name: 'profiles that expire sooner',
      facts: facts([], {
        profilePasswordPolicies: [
          { profile: 'Admin', expirationDays: 1, activeUsers: 2 },
          { profile: 'Api', expirationDays: 365, activeUsers: 2 },
        ],
      }),
    },
  ],
  fail: [
    {
      name: 'a password that was too old when the evidence was collected, judged as of a later day',
      facts: facts([stale('ada', { changed: '2025-11-22T09:59:59.999Z' })]),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      names: ['User:ada@acme.example'],
    },
    {
      trap: true,
      name: 'an API user counts, and a JWT integration whose password exists',
      facts: facts([stale('sync', { changed: '2025-11-23T09:59:59.999Z' })]),
      names: ['User:sync@acme.example'],
      says: [/last changed on 23 Nov 2025, more than 365 days ago/],
    },
    {
      name: 'half a year, because the policy asks for it',
      params: { days: 180 },
      facts: facts([], {
        ...selectedBefore('2026-05-27T10:00:00.000Z', [stale('ada', { changed: '2026-05-27T09:00:00.000Z' })]),
        ...expiring('SixMonths'),
      }),
      names: ['User:ada@acme.example'],
    },
    {
      name: 'Password Never Expires, besides an old password',
      facts: facts([stale('ada', { changed: long })], { passwordNeverExpires: grants([grant('ada'), grant('bob')]) }),
      names: ['User:ada@acme.example', 'User:ada@acme.example', 'User:bob@acme.example'],
    },
    {
      name: 'the org never expires passwords',
      facts: facts([], expiring('Never')),
      names: [orgPolicy],
      says: [/never expire/],
    },
    {
      name: 'a year is longer than 180 days',
      params: { days: 180 },
      facts: facts([], { ...selectedBefore('2026-05-27T10:00:00.000Z'), ...expiring('OneYear') }),
      names: [orgPolicy],
      says: [/expire after 365 days; the limit is 180 days/],
    },
    {
      name: 'profiles that override the org',
      facts: facts([], {
        profilePasswordPolicies: [
          { profile: 'Api', expirationDays: 0, activeUsers: 2 },
          { profile: 'Ops', expirationDays: 400, activeUsers: 2 },
        ],
      }),
      names: ['Profile:Api', 'Profile:Ops'],
    },
    {
      name: 'a finding in evidence that does not reach far enough',
      facts: facts([], selectedBefore('2025-01-01T00:00:00.000Z', [stale('ada', { changed: long })])),
      names: ['User:ada@acme.example'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'what isDisabled means for the policy of a profile is not documented',
      facts: facts([], {
        profilePasswordPolicies: [{ profile: 'Staff', expirationDays: 90, disabled: true, activeUsers: 2 }],
      }),
    },
    {
      trap: true,
      name: 'a password that became too old after the evidence was collected may have been changed since',
      facts: facts([stale('ada', { changed: '2025-11-22T10:00:00.000Z' })]),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      reason: /^ada@acme\.example: Changes of passwords after 22 Nov 2026/,
    },
    {
      name: 'a profile that overrides the org, and its users are not known',
      facts: facts([], { profilePasswordPolicies: [{ profile: 'Api', expirationDays: 0, activeUsers: undefined }] }),
      reason: /^Api: Passwords never expire; .* Could not determine/,
    },
    {
      trap: true,
      name: 'selected with 365 days, judged with 180',
      params: { days: 180 },
      facts: facts([], expiring('NinetyDays')),
    },
    {
      trap: true,
      name: 'judged as of a day after the one that the users were selected for',
      facts: facts([], selectedBefore('2025-11-22T10:00:00.000Z')),
      collected: new Date('2026-11-22T10:00:00.000Z'),
    },
    { name: 'selected by an unreadable date', facts: facts([], selectedBefore('last year')) },
    {
      trap: true,
      name: 'the expiry of the org was not sent',
      facts: facts([], expiring()),
      reason: /the org did not send it/,
    },
    {
      name: 'an expiry that no page documents',
      facts: facts([], expiring('TwoYears')),
      reason: /the org sent TwoYears/,
    },
    {
      name: 'a profile without a value',
      facts: facts([], { profilePasswordPolicies: [{ profile: 'Api', expirationDays: undefined, activeUsers: 2 }] }),
    },
    {
      name: 'a group that may grant Password Never Expires',
      facts: facts([], { passwordNeverExpires: grants([], { undecidedGroups: ['Ops'] }) }),
    },
    {
      name: 'unknown whether Password Never Expires exists',
      facts: facts([], { passwordNeverExpires: grants([], { provisioned: undefined }) }),
    },
  ],
  notApplicable: [
    {
      name: 'only users of single sign-on',
      facts: facts([], { stalePasswords: { changedBefore: limit, users: [], population: 0 }, ...expiring('Never') }),
    },
  ],
});
