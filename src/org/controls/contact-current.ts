import { decide, gapForEventsAfter, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, JudgeContext, Subject } from '../../engine/types.js';
import { orgControl, type Contact } from '../facts.js';
import { dayOf, daysBefore } from '../../common/dates.js';

type Candidate = Contact['candidates'][number];
type Limit = Pick<JudgeContext, 'asOf' | 'collected'> & { days: number };

const setting = (name: string): Subject => ({ type: 'Setting', name: `Organization.${name}` });

const isIdle = ({ lastLogin }: Candidate, days: number, at: Date): boolean =>
  lastLogin === undefined || Date.parse(lastLogin) < daysBefore(at, days).getTime();

const evaluateUser = (user: Candidate, { days, ...moments }: Limit): SubjectOutcome => {
  const { asOf, collected = asOf } = moments;
  const subject: Subject = { type: 'User', name: user.username, id: user.id };
  if (isIdle(user, days, asOf)) {
    // Who was there when the evidence was collected may have come back since.
    if (!isIdle(user, days, collected)) return gapForEventsAfter('Logins', moments).map((gap) => ({ ...gap, subject }));
    const seen = user.lastLogin === undefined ? 'never logged in' : `last logged in on ${dayOf(user.lastLogin)}`;
    return { kind: 'violation', subject, message: `Is the primary contact and ${seen}; the limit is ${days} days.` };
  }
  if (user.emailVerified !== false) return undefined;
  return { kind: 'latent', subject, message: 'Is the primary contact and has not verified the e-mail address.' };
};

/** Two people may have one name: it is enough that one of them is there, or may be. */
const bestOf = (able: readonly Candidate[], { days, ...moments }: Limit): SubjectOutcome[] => {
  const { asOf, collected = asOf } = moments;
  const present = able.filter((user) => !isIdle(user, days, asOf));
  const maybe = able.filter((user) => !isIdle(user, days, collected));
  const chosen = present.length > 0 ? present : maybe.length > 0 ? maybe : able;
  const looks = chosen.map((user) => evaluateUser(user, { days, ...moments }));
  return looks.some((look) => look === undefined) ? [] : looks;
};

const evaluateName = ({ name, candidates }: Contact, limit: Limit): SubjectOutcome[] => {
  const subject = setting('PrimaryContact');
  if (name === undefined) return [{ kind: 'violation', subject, message: 'The org names no primary contact.' }];
  const same = candidates.filter((user) => user.name.trim().toLowerCase() === name.toLowerCase());
  const able = same.filter(({ frozen }) => !frozen);
  if (able.length > 0) return bestOf(able, limit);
  if (same.length > 0) {
    return [{ kind: 'violation', subject, message: `The primary contact "${name}" is a frozen user.` }];
  }
  const alike = candidates.filter(({ frozen }) => !frozen).map(({ name: other }) => other);
  return alike.length > 0
    ? [
        {
          kind: 'latent',
          subject,
          message: `The primary contact "${name}" is only like the name of a user: ${alike.join(', ')}.`,
        },
      ]
    : [{ kind: 'violation', subject, message: `The primary contact "${name}" is no active user of the org.` }];
};

const evaluateAdministrator = ({ verifiedAdministrators, name }: Contact): SubjectOutcome => {
  if (verifiedAdministrators !== undefined) {
    const message = 'No active user who may customize the application has verified the e-mail address.';
    return verifiedAdministrators > 0
      ? undefined
      : { kind: 'violation', subject: { type: 'Permission', name: 'CustomizeApplication' }, message };
  }
  if (name === undefined) return undefined;
  return {
    kind: 'not-supported',
    detail: 'Whether administrators verified their e-mail address is told from API 63 on.',
  };
};

/** Salesforce offers no way to read these. */
const forPeople: Gap = {
  kind: 'not-given',
  detail:
    'Only a person can say that the Security Contact and the contacts in the Partner Console are right, and that they answer.',
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
  checks: [
    'Looks at the primary contact and the phone of Organization, at the active internal users of that name, and at those who may customize the application.',
    'Violations are: no primary contact or no phone; a contact who is no active user, is frozen, or has not logged in for `days` days, where no other user of the name has; no active, unfrozen user who can customize the application with a verified e-mail address; a trial org.',
  ],
  fails: [],
  inconclusive: [],
  notes: [
    'A contact whose name is only like that of a user, or whose e-mail address is not verified, is latent.',
    'It never passes by itself: a person has to answer that the Security Contact and the contacts in the Partner Console are right, and that they respond.',
  ],
  why:
    'When Salesforce finds an attack on the org, it writes to the contacts that the org names. The primary contact is ' +
    'free text, so nobody notices when its owner leaves.',
  fix: [
    'Setup > Company Information: correct Primary Contact and Phone.',
    'Setup > Security Contact: name who answers in an incident.',
    'Then say so under attestations in the policy.',
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
    const trial = `The org is a trial that ends on ${dayOf(trialExpires ?? '')}; it is deleted with its contacts.`;
    return decide(
      [
        ...evaluateName(contact, { days, asOf, ...(collected ? { collected } : {}) }),
        phone === undefined
          ? { kind: 'violation', subject: setting('Phone'), message: 'The org names no phone.' }
          : undefined,
        evaluateAdministrator(contact),
        trialExpires === undefined
          ? undefined
          : { kind: 'violation', subject: { type: 'Org', name: namespace ?? id, id }, message: trial },
        forPeople,
      ],
      ''
    );
  },
});
