import { decide, notApplicable, gapForEventsAfter, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, JudgeContext, Violation, Subject } from '../../engine/types.js';
import { expirationDays } from '../../salesforce/passwordExpiration.js';
import { daysBefore } from '../../common/dates.js';
import { orgControl, type ProfilePasswordPolicy, type StalePasswords } from '../facts.js';
import { permissionFindings } from '../findings/permissionGrants.js';

const neverExpires = { label: 'Password Never Expires', at: 'PasswordNeverExpires', aboutPasswords: true } as const;

type Limit = { days: number; time: number };
type Moments = Pick<JudgeContext, 'asOf' | 'collected'>;

/** Evidence that was selected by an earlier date never listed those who changed between the two dates. */
const selection = ({ changedBefore }: StalePasswords, { time, days }: Limit): Gap[] => {
  if (Date.parse(changedBefore) >= time) return [];
  const detail = `The evidence holds passwords last changed before ${changedBefore}; ${days} days reach to ${new Date(time).toISOString()}.`;
  return [{ kind: 'not-given', detail }];
};

const evaluatePassword = (user: StalePasswords['users'][number], limit: Limit, moments: Moments): SubjectOutcome => {
  const subject: Subject = { type: 'User', name: user.username, id: user.id };
  if (user.changed === undefined) {
    if (Date.parse(user.created) >= limit.time) return undefined;
    const message = `Never had a password since ${user.created}, or logs in through single sign-on or JWT only.`;
    return { kind: 'latent', subject, message };
  }
  if (Date.parse(user.changed) >= limit.time) return undefined;
  const message = `The password was last changed on ${user.changed}, more than ${limit.days} days ago.`;
  if (user.frozen) return { kind: 'latent', subject, message: `Is frozen. ${message}` };
  // A password that was young enough when the evidence was collected may have been changed since.
  const { asOf, collected = asOf } = moments;
  if (Date.parse(user.changed) >= daysBefore(collected, limit.days).getTime()) {
    return gapForEventsAfter('Changes of passwords', moments).map((gap) => ({ ...gap, subject }));
  }
  return { kind: 'violation', subject, message };
};

/** `days`: 0 means that passwords never expire. */
const evaluateExpiry = (
  days: number | undefined,
  subject: Subject,
  limit: Limit,
  raw: string
): Violation | Gap | undefined => {
  if (days === undefined) {
    const detail = `When passwords expire could not be read: ${raw}.`;
    return { kind: 'not-supported', detail, subject };
  }
  if (days > 0 && days <= limit.days) return undefined;
  const observed = days === 0 ? 'never expire' : `expire after ${days} days`;
  return { kind: 'violation', subject, message: `Passwords ${observed}; the limit is ${limit.days} days.` };
};

/** A policy reaches those who have the profile. */
const evaluateProfile = (policy: ProfilePasswordPolicy, limit: Limit): SubjectOutcome => {
  const { profile, expirationDays: days, disabled, activeUsers } = policy;
  const subject: Subject = { type: 'Profile', name: profile };
  if (disabled && activeUsers !== 0) {
    // Which policy then applies, Salesforce does not document.
    const detail =
      'The password policy of the profile is disabled (isDisabled), and what that means is not documented.';
    return { kind: 'not-supported', detail, subject };
  }
  const look = evaluateExpiry(days, subject, limit, 'the policy of the profile has no value');
  if (look === undefined || (activeUsers !== undefined && activeUsers > 0)) return look;
  const observed = 'detail' in look ? look.detail : look.message;
  if (activeUsers === 0) return { kind: 'latent', subject, message: `The profile has no active user. ${observed}` };
  return { kind: 'unreadable', detail: `${observed} Whether the profile has active users could not be told.`, subject };
};

export const passwordsRotated = orgControl({
  id: 'org/passwords-rotated',
  title: 'Every password, API users included, is changed at least once a year',
  severity: 'high',
  topic: 'passwords',
  problem: {
    one: 'user or policy keeps passwords longer than allowed',
    many: 'users or policies keep passwords longer than allowed',
  },
  area: 'Users and login',
  setup: '/lightning/setup/SecurityPolicies/home',
  requirement: 'User passwords, including API users, should be rotated at least once a year.',
  checks: [
    'Checks the password of each active user who is not external, API users included, every grant of Password Never Expires, and the expiry that the org and each profile with its own policy set; external passwords, guests, users of single sign-on where passwords are off for them, and policies of deleted profiles are left out.',
    'Violations are a password last changed more than `days` days ago, that permission in force for an active user who can log in with a password, and passwords that never expire or expire after more than `days` days.',
    'Informational are an old password of a frozen user, an older user without a change on record, users of Salesforce itself that never logged in, that permission not in force, and the expiry of a profile without active users.',
  ],
  fails: [],
  inconclusive: [
    'It is inconclusive where an expiry was not sent or has no known value, where the policy of a profile is disabled, where Salesforce has not recalculated a group, where a profile and its permission set disagree, where the profile of an expiry in violation is not in the list of profiles, where counts or clocks contradict each other, where the evidence was selected by a larger `days`, and where a password became too old only after the evidence was collected.',
  ],
  why:
    'A password that never changes outlives everyone who ever saw it. An integration that logs in with a JWT still ' +
    'has a password.',
  fix: [
    'Setup > Users: reset the password, or make the user log in through single sign-on only.',
    'Setup > Password Policies and Setup > Profiles > Password Policies: let passwords expire within a year.',
    'Setup > Permission Sets: clear Password Never Expires.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040'],
  attestable: false,
  needs: ['stalePasswords', 'passwordNeverExpires', 'securitySettings', 'profilePasswordPolicies'],
  params: { days: 365 },
  // Neither stalePasswords nor passwordNeverExpires: what exonerates a listed user (frozen, single sign-on only) may be in
  // the part not seen.
  provableFromPart: { securitySettings: 'fail', profilePasswordPolicies: 'fail' },
  judge: (facts, { params: { days }, ...moments }) => {
    const { asOf } = moments;
    const { stalePasswords, passwordNeverExpires, securitySettings, profilePasswordPolicies } = facts;
    if (stalePasswords.population === 0) return notApplicable('No active internal user can log in with a password.');
    const limit: Limit = { days, time: daysBefore(asOf, days).getTime() };
    const { passwordExpiration: expiration } = securitySettings;
    const orgPolicy = evaluateExpiry(
      expiration === undefined ? undefined : expirationDays(expiration),
      { type: 'Setting', name: 'Security.passwordPolicies.expiration' },
      limit,
      expiration === undefined ? 'the org did not send it' : `the org sent ${expiration}`
    );
    return decide(
      [
        ...stalePasswords.users.map((user) => evaluatePassword(user, limit, moments)),
        ...permissionFindings(passwordNeverExpires, neverExpires, asOf),
        orgPolicy,
        ...profilePasswordPolicies.map((policy) => evaluateProfile(policy, limit)),
        selection(stalePasswords, limit),
      ],
      `Every password of an internal user is at most ${days} days old, and none may grow older; external users are not looked at.`
    );
  },
});
