import { contactCurrent } from '../../../src/org/controls/contact-current.js';
import type { Contact, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { organization, user } from './samples.js';

type Candidate = Contact['candidates'][number];

const ada = (rest: Partial<Candidate> = {}): Candidate => ({
  ...user('ada'),
  name: 'Ada Admin',
  frozen: false,
  lastLogin: '2026-11-20T00:00:00.000Z',
  emailVerified: true,
  ...rest,
});
const facts = (
  contact: Partial<Contact> = {},
  rest: Partial<OrgFacts['organization']> = {}
): Pick<OrgFacts, 'contact' | 'organization'> => ({
  contact: { name: 'Ada Admin', phone: '+49', candidates: [ada()], verifiedAdministrators: 1, ...contact },
  organization: { ...organization, ...rest },
});
const primary = 'Setting:Organization.PrimaryContact';
const person = 'User:ada@acme.example';
const limit = '2026-08-25T10:00:00.000Z';

testControl(contactCurrent, {
  pass: 'never',
  fail: [
    {
      name: 'who had been away for too long when the evidence was collected, judged as of a later day',
      facts: facts({ candidates: [ada({ lastLogin: '2026-08-24T09:59:59.999Z' })] }),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      names: [person],
    },
    {
      name: 'no name and no phone',
      facts: facts({ name: undefined, phone: undefined, candidates: [], verifiedAdministrators: undefined }),
      names: [primary, 'Setting:Organization.Phone'],
    },
    {
      trap: true,
      name: 'the primary contact is free text, and no user has the name any more',
      facts: facts({ candidates: [] }),
      names: [primary],
      says: [/"Ada Admin" is not an active user/],
    },
    {
      name: 'the contact is frozen',
      facts: facts({ candidates: [ada({ frozen: true })] }),
      names: [primary],
      says: [/frozen/],
    },
    {
      name: 'the contact has not logged in for more than 90 days, or never',
      facts: facts({
        candidates: [ada({ lastLogin: '2026-08-25T09:59:59.999Z' }), ada({ ...user('eva'), lastLogin: undefined })],
      }),
      names: [person, 'User:eva@acme.example'],
      says: [/last logged in on 25 Aug 2026\. The limit is 90 days/, /never logged in/],
    },
    {
      name: 'fewer days by parameter',
      facts: facts({ candidates: [ada({ lastLogin: '2026-11-10T00:00:00.000Z' })] }),
      params: { days: 7 },
      names: [person],
    },
    {
      name: 'no administrator verified the e-mail address',
      facts: facts({ verifiedAdministrators: 0 }),
      names: ['Permission:CustomizeApplication'],
    },
    {
      name: 'a trial is deleted with its contacts',
      facts: facts({}, { trialExpires: '2026-12-01T00:00:00.000Z', namespace: 'acme' }),
      names: ['Org:acme'],
      says: [/ends on 1 Dec 2026/],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'a login in the future, by the clock of the org, shows no contact that responds',
      facts: facts({ candidates: [ada({ lastLogin: '2028-11-24T10:00:00.000Z' })] }),
      reason: /in the future: a clock is wrong/,
    },
    {
      name: 'who was there when the evidence was collected may have logged in since',
      facts: facts({ candidates: [ada({ lastLogin: '2026-08-25T00:00:00.000Z' })] }),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      reason: /^ada@acme\.example: Logins after 22 Nov 2026/,
    },
    {
      trap: true,
      name: 'never passes from the API alone, though everything that can be read is right',
      facts: facts(),
      latent: [],
      reason: /No API shows whether the Security Contact/,
    },
    { name: 'a login exactly at the limit', facts: facts({ candidates: [ada({ lastLogin: limit })] }), latent: [] },
    { name: 'any case of the name', facts: facts({ name: 'ADA admin' }), latent: [] },
    {
      name: 'one of two people of the name is there',
      facts: facts({ candidates: [ada({ lastLogin: undefined }), ada(user('eva'))] }),
      latent: [],
    },
    {
      trap: true,
      name: 'two people of the name, the one who is there has not verified the e-mail address',
      facts: facts({ candidates: [ada({ emailVerified: false }), ada({ ...user('eva'), lastLogin: undefined })] }),
      latent: [person],
    },
    {
      name: 'two people of the name, of whom one may have logged in since the evidence was collected',
      facts: facts({
        candidates: [ada({ lastLogin: '2026-08-25T00:00:00.000Z' }), ada({ ...user('eva'), lastLogin: undefined })],
      }),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      reason: /^ada@acme\.example: Logins after/,
    },
    { trap: true, name: 'a name that is only alike is latent', facts: facts({ name: 'A. Admin' }), latent: [primary] },
    {
      name: 'the contact did not verify the e-mail address',
      facts: facts({ candidates: [ada({ emailVerified: false })] }),
      latent: [person],
    },
    {
      trap: true,
      name: 'verified e-mail addresses are shown from API 63 on',
      facts: facts({ candidates: [ada({ emailVerified: undefined })], verifiedAdministrators: undefined }),
      latent: [],
      reason: /API 63/,
    },
  ],
});
