import { decide, gapForEventsAfter, note, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, JudgeContext, Subject } from '../../engine/types.js';
import { orgControl, type Contact } from '../facts.js';
import { shortDay, daysBefore, isInFuture } from '../../common/dates.js';

type Candidate = Contact['candidates'][number];
type Limit = Pick<JudgeContext, 'asOf' | 'collected'> & { days: number };

const setting = (name: string): Subject => ({ type: 'Setting', name: `Organization.${name}` });

const isIdle = ({ lastLogin }: Candidate, days: number, at: Date): boolean =>
  lastLogin === undefined || Date.parse(lastLogin) < daysBefore(at, days).getTime();

const evaluateUser = (user: Candidate, limit: Limit): SubjectOutcome => {
  const { days, asOf, collected = asOf } = limit;
  const subject: Subject = { type: 'User', name: user.username, id: user.id };
  if (isIdle(user, days, asOf)) {
    // A user who was not idle when the evidence was collected may have logged in since.
    if (!isIdle(user, days, collected)) return gapForEventsAfter('Logins', limit).map((gap) => ({ ...gap, subject }));
    const seen = user.lastLogin === undefined ? 'never logged in' : `last logged in on ${shortDay(user.lastLogin)}`;
    return {
      kind: 'violation',
      subject,
      message: `The primary contact ${user.username} ${seen}. The limit is ${days} days.`,
    };
  }
  if (user.lastLogin !== undefined && isInFuture(user.lastLogin, limit)) {
    const detail = `The last login of the primary contact is from ${shortDay(user.lastLogin)}, in the future: a clock is wrong.`;
    return { kind: 'unreadable', detail, subject };
  }
  if (user.emailVerified !== false) return undefined;
  return note(subject, `The primary contact ${user.username} has not verified the email address.`);
};

/** Several users may have one name: one that is active, or may be, is enough. */
const bestOf = (able: readonly Candidate[], limit: Limit): SubjectOutcome[] => {
  const { days, asOf, collected = asOf } = limit;
  const present = able.filter((user) => !isIdle(user, days, asOf));
  const maybe = able.filter((user) => !isIdle(user, days, collected));
  const chosen = present.length > 0 ? present : maybe.length > 0 ? maybe : able;
  const looks = chosen.map((user) => evaluateUser(user, limit));
  return looks.some((look) => look === undefined) ? [] : looks;
};

const evaluateName = ({ name, candidates }: Contact, limit: Limit): SubjectOutcome[] => {
  const subject = setting('PrimaryContact');
  if (name === undefined) return [{ kind: 'violation', subject, message: 'The org has no primary contact.' }];
  const same = candidates.filter((user) => user.name.trim().toLowerCase() === name.toLowerCase());
  const able = same.filter(({ frozen }) => !frozen);
  if (able.length > 0) return bestOf(able, limit);
  if (same.length > 0) {
    return [{ kind: 'violation', subject, message: `The primary contact "${name}" is a frozen user.` }];
  }
  const alike = candidates.filter(({ frozen }) => !frozen).map(({ name: other }) => other);
  return alike.length > 0
    ? [note(subject, `The primary contact "${name}" is only similar to the name of a user: ${alike.join(', ')}.`)]
    : [{ kind: 'violation', subject, message: `The primary contact "${name}" is not an active user of the org.` }];
};

const evaluateAdministrator = ({ verifiedAdministrators, name }: Contact): SubjectOutcome => {
  if (verifiedAdministrators !== undefined) {
    const message = 'No active user who can customize the application has a verified email address.';
    return verifiedAdministrators > 0
      ? undefined
      : { kind: 'violation', subject: { type: 'Permission', name: 'CustomizeApplication' }, message };
  }
  if (name === undefined) return undefined;
  return {
    kind: 'not-supported',
    detail: 'Could not determine whether an administrator has a verified email address: API 63 or later is needed.',
  };
};

/** No API shows these. */
const attestationNeeded: Gap = {
  kind: 'not-given',
  detail:
    'No API shows whether the Security Contact and the contacts in the Partner Console are correct and respond. Check and attest them.',
};

export const contactCurrent = orgControl({
  id: 'org/contact-current',
  title: 'Contact information is current and the contact person responds',
  severity: 'high',
  topic: 'contact',
  problem: { one: 'contact detail is not current', many: 'contact details are not current' },
  area: 'Org and keys',
  setup: '/lightning/setup/CompanyProfileInfo/home',
  requirement:
    'ISVs must ensure contact information is always current for critical organizational environments and that the ' +
    'designated contact person is responsive.',
  why: 'When Salesforce finds an attack on the org, it writes to the contacts of the org. The primary contact is free text, so Salesforce reports no error when that user leaves.',
  checks: [
    'Company Information has a primary contact and a phone number.',
    'The primary contact has the name of an active internal user who logged in within the last `days` days. If several users have that name, one is enough.',
    'An active user who can customize the application has a verified email address.',
  ],
  fails: [
    'The org has no primary contact or no phone number.',
    'The primary contact is not an active user, is frozen, or has not logged in for `days` days.',
    'No active, unfrozen user who can customize the application has a verified email address.',
    'The org is a trial.',
  ],
  inconclusive: [
    'No attestation states that the Security Contact and the contacts in the Partner Console are correct and respond.',
    'The last login of the primary contact is in the future.',
    'The primary contact became idle only after the evidence was collected.',
  ],
  notes: [
    'A contact whose name is only similar to the name of a user is informational.',
    'A contact whose email address is not verified is informational.',
    'It never passes without an attestation, because no API shows the Security Contact or the Partner Console.',
  ],
  fix: [
    'Setup > Company Information: correct Primary Contact and Phone.',
    'Setup > Security Contact: name the contact for incidents.',
    'Check the contacts in the Partner Console.',
    'Attest both under `attestations` in the policy.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005317096',
    'https://help.salesforce.com/s/articleView?id=000380369',
  ],
  attestable: true,
  needs: ['contact', 'organization'],
  /** A contact who has not logged in for longer does not respond. */
  params: { days: 90 },
  judge: ({ contact, organization }, { params: { days }, asOf, collected }) => {
    const { phone } = contact;
    const { trialExpires, namespace, id } = organization;
    const trial = `The org is a trial that ends on ${shortDay(trialExpires ?? '')}; it is deleted with its contacts.`;
    return decide(
      [
        ...evaluateName(contact, { days, asOf, collected }),
        phone === undefined
          ? { kind: 'violation', subject: setting('Phone'), message: 'The org has no phone number.' }
          : undefined,
        evaluateAdministrator(contact),
        trialExpires === undefined
          ? undefined
          : { kind: 'violation', subject: { type: 'Org', name: namespace ?? id, id }, message: trial },
        attestationNeeded,
      ],
      ''
    );
  },
});
