import { testErrors, trusted, version, waived, type Case } from './errorTester.js';

const since = 'controls.org/own-apps-are-external-client-apps.params';
const setting = (params: string): string =>
  `${version}controls:\n  org/own-apps-are-external-client-apps:\n    params: { ${params} }\n`;
const values: readonly Case[] = [
  [
    'nothing where a list goes',
    `${version}waivers:\n`,
    'line 2: waivers: This is empty. Write a list, or remove the key.',
  ],
  [
    'a text where a list goes',
    `${version}orgs: hub\n`,
    'line 2: orgs: This is "hub". Write a list: each entry begins with "- ".',
  ],
  [
    'a setting',
    `${version}controls: { org/mfa-enforced: of }\n`,
    'line 2: controls.org/mfa-enforced: This is "of". Write a mapping.',
  ],
  [
    'true for off',
    `${version}controls: { org/mfa-enforced: true }\n`,
    'line 2: controls.org/mfa-enforced: This is true. Write a mapping.',
  ],
  [
    'a text for a number',
    `${version}maxEvidenceAge: seven\n`,
    'line 2: maxEvidenceAge: This is "seven". Write a number.',
  ],
  ['a part of a day', `${version}maxEvidenceAge: 1.5\n`, 'line 2: maxEvidenceAge: This is 1.5. Write a whole number.'],
  ['less than nothing', `${version}maxEvidenceAge: -1\n`, 'line 2: maxEvidenceAge: -1 is too small. Write 0 or more.'],
  ['a parameter: number', setting('ratio: x'), `line 4: ${since}.ratio: This is "x". Write a number.`],
  ['a parameter: day', setting('since: soon'), `line 4: ${since}.since: "soon" is not a day. *`],
  ['a parameter: switch', setting('strict: yes'), `line 4: ${since}.strict: This is "yes". Write true or false.`],
  [
    'a parameter: list',
    setting('names: a'),
    `line 4: ${since}.names: This is "a". Write a list: each entry begins with "- ".`,
  ],
  ['a parameter: text', setting('mode: 1'), `line 4: ${since}.mode: 1 is not read as text. Put it in quotes: "1".`],
  [
    'a day that does not exist',
    `${version}trust:\n  tokens:\n    - { org: hub, appName: A, owner: ops, reason: known, reviewBy: 2026-02-30 }\n`,
    'line 4: trust.tokens[0].reviewBy: "2026-02-30" is not a day. Write one that exists as YYYY-MM-DD.',
  ],
  [
    'a moment',
    `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: ops, reason: known, expires: 2026-12-31T00:00:00Z }]\n`,
    'line 2: waivers[0].expires: "2026-12-31T00:00:00Z" is not a day. Write one that exists as YYYY-MM-DD.',
  ],
  [
    'a year',
    `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: ops, reason: known, expires: 2026 }]\n`,
    'line 2: waivers[0].expires: 2026 is not read as text. Put it in quotes: "2026".',
  ],
  [
    'an id of digits without quotes',
    `${version}trust: { packages: [{ id: 033000000000001, ${trusted} }] }\n`,
    'line 2: trust.packages[0].id: 033000000000001 is not read as text. Put it in quotes: "033000000000001".',
  ],
  [
    'an id of something else',
    `${version}orgs: [{ alias: hub, id: 033000000000001AAA }]\n`,
    'line 2: orgs[0].id: "033000000000001AAA" is not the id of an org. It starts with 00D and has 15 or 18 characters.',
  ],
  [
    'an id that is too short',
    `${version}orgs: [{ alias: hub, id: 00Dxx }]\n`,
    'line 2: orgs[0].id: "00Dxx" is not the id *',
  ],
  [
    'an id of 16 characters',
    `${version}trust: { apps: [{ org: hub, id: 0H4000000000001A, ${trusted} }] }\n`,
    'line 2: trust.apps[0].id: "0H4000000000001A" is not the id of an app. *',
  ],
  [
    'an external app without its org',
    `${version}trust: { apps: [{ externalApp: Release, ${trusted} }] }\n`,
    'line 2: trust.apps[0].externalApp: "Release" is not an External Client App. *',
  ],
  ...['198.51.100.0/33', '198.51.100.0', '10.0.0/8', '2001:db8::/129', 'office'].map((range): Case => [
    `the range ${range}`,
    `${version}trust: { ipRanges: [{ cidr: "${range}", name: office }] }\n`,
    `line 2: trust.ipRanges[0].cidr: "${range}" is not a CIDR range. *`,
  ]),
  ...['ada@acme.example', ':ada', 'User:', 'User: ', '*'].map((subject): Case => [
    `the subject "${subject}"`,
    `${version}waivers: [{ control: org/mfa-enforced, subject: "${subject}", ${waived} }]\n`,
    `line 2: waivers[0].subject: "${subject}" is not a subject. *`,
  ]),
  [
    'an owner of spaces',
    `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: " ", reason: known, expires: 2026-12-31 }]\n`,
    'line 2: waivers[0].owner: This is empty. Write a text.',
  ],
];

describe('a value of the policy that is wrong', () => testErrors(values));
