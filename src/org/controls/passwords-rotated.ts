import { decide, notApplicable, gapForEventsAfter, note, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, JudgeContext, Violation, Subject } from '../../engine/types.js';
import { expirationDays, longestExpiration } from '../../salesforce/passwordExpiration.js';
import { daysBefore, shortDay, shortTime } from '../../common/dates.js';
import { orgControl, type ProfilePasswordPolicy, type StalePasswords } from '../facts.js';
import { aboutUser } from '../findings/users.js';
import { permissionFindings } from '../findings/permissionGrants.js';

const neverExpires = { label: 'Password Never Expires', at: 'PasswordNeverExpires', aboutPasswords: true } as const;

type Limit = { days: number; time: number };
type Moments = Pick<JudgeContext, 'asOf' | 'collected'>;

/** Evidence that was selected by an earlier date lacks the users who changed between the two dates. */
const selection = ({ changedBefore }: StalePasswords, { time, days }: Limit): Gap[] => {
  if (Date.parse(changedBefore) >= time) return [];
  const detail = `The evidence contains only passwords last changed before ${shortTime(changedBefore)}; a limit of ${days} days needs those before ${shortTime(new Date(time))}.`;
  return [{ kind: 'not-given', detail }];
};

const evaluatePassword = (user: StalePasswords['users'][number], limit: Limit, moments: Moments): SubjectOutcome => {
  const subject: Subject = { type: 'User', name: user.username, id: user.id };
  if (user.changed === undefined) {
    if (Date.parse(user.created) >= limit.time) return undefined;
    const message = `${user.username} has no recorded password change since ${shortDay(user.created)}, or logs in through single sign-on or JWT only.`;
    return note(subject, message);
  }
  if (Date.parse(user.changed) >= limit.time) return undefined;
  const message = `The password of ${user.username} was last changed on ${shortDay(user.changed)}, more than ${limit.days} days ago.`;
  if (user.frozen) return note(subject, `${message} The user is frozen.`);
  // A password that was young enough when the evidence was collected may have been changed since.
  const { asOf, collected = asOf } = moments;
  if (Date.parse(user.changed) >= daysBefore(collected, limit.days).getTime()) {
    return gapForEventsAfter('Changes of passwords', moments).map((gap) => ({ ...gap, subject }));
  }
  return { kind: 'violation', ...aboutUser(user), message };
};

/** `days`: 0 means that passwords never expire. */
const evaluateExpiry = (
  days: number | undefined,
  subject: Subject,
  limit: Limit,
  raw: string
): Violation | Gap | undefined => {
  if (days === undefined) {
    const detail = `The password expiry could not be read: ${raw}.`;
    return { kind: 'not-supported', detail, subject };
  }
  if (days > 0 && days <= limit.days) return undefined;
  const observed = days === 0 ? 'never expire' : `expire after ${days} days`;
  return { kind: 'violation', subject, message: `Passwords ${observed}; the limit is ${limit.days} days.` };
};

/** A policy applies to the users of the profile. */
const evaluateProfile = (policy: ProfilePasswordPolicy, limit: Limit): SubjectOutcome => {
  const { profile, expirationDays: days, disabled, activeUsers } = policy;
  const subject: Subject = { type: 'Profile', name: profile };
  if (disabled && activeUsers !== 0) {
    // Salesforce does not document which policy then applies.
    const detail =
      'The password policy of the profile is disabled (isDisabled), and Salesforce does not document the effect.';
    return { kind: 'not-supported', detail, subject };
  }
  const look = evaluateExpiry(days, subject, limit, 'the policy of the profile has no value');
  if (look === undefined || (activeUsers !== undefined && activeUsers > 0)) return look;
  const observed = 'detail' in look ? look.detail : look.message;
  if (activeUsers === 0) return note(subject, `The profile has no active user. ${observed}`);
  return {
    kind: 'unreadable',
    detail: `${observed} Could not determine whether the profile has active users.`,
    subject,
  };
};

export const passwordsRotated = orgControl({
  id: 'org/passwords-rotated',
  title: 'Every password, including those of API users, is changed at least once a year',
  severity: 'high',
  topic: 'passwords',
  problem: {
    one: 'user or policy keeps old passwords',
    many: 'users or policies keep old passwords',
  },
  area: 'Users and login',
  setup: '/lightning/setup/ManageUsers/home',
  requirement: 'User passwords, including API users, should be rotated at least once a year.',
  why: 'A password that never changes works for everyone who ever learned it. An integration that logs in with a JWT also has a password.',
  checks: [
    'The password of each active internal user, API users included, was changed within the last `days` days.',
    'No active user who can log in with a password has Password Never Expires.',
    'The password policies of the org and of each profile let passwords expire within `days` days.',
  ],
  fails: [
    'A password was last changed more than `days` days ago.',
    'An active user who can log in with a password has Password Never Expires.',
    'Passwords never expire, or expire after more than `days` days.',
  ],
  inconclusive: [
    'The org did not send a password expiry, or its value is not known.',
    'The password policy of a profile is disabled, or its profile is not in the list of profiles.',
    'Salesforce has not recalculated a permission set group, or a profile and its permission set disagree.',
    'Counts or dates of the org contradict each other.',
    'The evidence was selected with a larger `days`, or a password became too old after it was collected.',
  ],
  notes: [
    'Old passwords of frozen users, and users without a recorded password change, are informational.',
    'Users that Salesforce created and that never logged in, and grants that are not in force, are informational.',
    'The expiry of a profile without active users is informational.',
    'Passwords of external users and guests, users who can only use single sign-on, and policies of deleted profiles are not checked.',
  ],
  fix: [
    'Setup > Users: reset the password, or make the user log in through single sign-on only.',
    'Setup > Password Policies, and Setup > Profiles > Password Policies: let passwords expire within a year.',
    'Setup > Permission Sets: clear Password Never Expires.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040'],
  attestable: false,
  needs: ['stalePasswords', 'passwordNeverExpires', 'securitySettings', 'profilePasswordPolicies'],
  params: { days: 365 },
  // Neither stalePasswords nor passwordNeverExpires: the missing part may show that a listed user is frozen or can
  // use single sign-on only.
  provableFromPart: { securitySettings: 'fail', profilePasswordPolicies: 'fail' },
  judge: (facts, { params: { days }, ...moments }) => {
    const { asOf } = moments;
    const { stalePasswords, passwordNeverExpires, securitySettings, profilePasswordPolicies } = facts;
    if (stalePasswords.population === 0) return notApplicable('No active internal user can log in with a password.');
    const limit: Limit = { days, time: daysBefore(asOf, days).getTime() };
    const { passwordExpiration: expiration } = securitySettings;
    const expiry = evaluateExpiry(
      expiration === undefined ? undefined : expirationDays(expiration),
      { type: 'Setting', name: 'Security.passwordPolicies.expiration' },
      limit,
      expiration === undefined ? 'the org did not send it' : `the org sent ${expiration}`
    );
    const value = longestExpiration(limit.days);
    const orgPolicy =
      expiry !== undefined && 'message' in expiry && value !== undefined
        ? { ...expiry, components: [{ type: 'Settings', fullName: expiry.subject.name, value } as const] }
        : expiry;
    return decide(
      [
        ...stalePasswords.users.map((user) => evaluatePassword(user, limit, moments)),
        ...permissionFindings(passwordNeverExpires, neverExpires, asOf),
        orgPolicy,
        ...profilePasswordPolicies.map((policy) => evaluateProfile(policy, limit)),
        selection(stalePasswords, limit),
      ],
      `Every password of an internal user is at most ${days} days old, and passwords expire in time. External users are not checked.`
    );
  },
});
