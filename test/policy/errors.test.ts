import { expect } from 'chai';
import { PolicyError } from '../../src/policy/index.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { catalogue } from './catalogue.js';

/** The lines of the error without the headline. */
const problems = (text: string): string[] => {
  try {
    parsePolicy(text, 'security-review.yml', catalogue);
  } catch (error) {
    expect(error).to.be.instanceOf(PolicyError);
    return (error as PolicyError).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
};

const trusted = 'owner: ops, reason: needed, reviewBy: 2027-03-01';
const waived = 'owner: web, reason: closes soon, expires: 2026-12-31';
const attested = 'org: hub, owner: ciso, reason: asked, on: 2026-11-01';
const scopes = 'control: package/broad-scopes-justified, owner: ciso, expires: 2027-10-01';
const orgId = '00D000000000001AAA';
const version = 'version: 1\n';

type Case = readonly [name: string, text: string, ...problems: string[]];

const files: readonly Case[] = [
  ['empty', '', 'line 1: This is empty. Write at least "version: 1".'],
  ['only a comment', '# nothing\n', 'line 1: This is empty. Write at least "version: 1".'],
  ['a list', '- version: 1\n', 'line 1: This is a list. Write a mapping.'],
  ['a word', 'version\n', 'line 1: This is "version". Write a mapping.'],
  ['not YAML', 'version: 1\norgs: [\n', 'line 3: This is not valid YAML. *'],
  [
    'a tab',
    'version: 1\ngate:\n\tfailOn: high\n',
    'line 3: This is not valid YAML. Tabs are not allowed as indentation.',
  ],
  ['an unknown tag', 'version: !!js 1\n', 'line 1: This is not valid YAML. Unresolved tag: *'],
  ['two documents', 'version: 1\n---\nversion: 1\n', 'line 2: A second document begins. Keep one.'],
  ['no version', 'gate: {}\n', 'line 1: version: This is required.'],
  ['another version', 'version: 2\n', 'line 1: version: 2 is not known. Known here: 1.'],
  [
    'an alias bomb',
    'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n',
    ...['b[0]', 'b[1]', 'c[0]', 'c[1]'].map(
      (path) => `line ${path.startsWith('b') ? 2 : 3}: ${path}: Aliases are not read here. Write the value out.`
    ),
  ],
  ['an alias of itself', 'a: &a { b: *a }\n', 'line 1: a.b: Aliases are not read here. Write the value out.'],
  ['an alias of nothing', 'a: *b\n', 'line 1: a: Aliases are not read here. Write the value out.'],
  ['a key that is a list', `${version}? [a]\n: 1\n`, 'line 2: A key must be a text.'],
  ['a key of the language', `${version}controls:\n  __proto__: off\n`, 'line 3: controls: A key must be a text.'],
  ['a key twice', `${version}gate: {}\ngate: {}\n`, 'line 3: gate: This key stands here twice. Keep one.'],
  [
    'a key twice, deep',
    `${version}orgs:\n  - alias: hub\n    id: ${orgId}\n    alias: other\n`,
    'line 5: orgs[0].alias: This key stands here twice. Keep one.',
  ],
];

const keys: readonly Case[] = [
  ['a section', `${version}waiver: []\n`, 'line 2: waiver: This key is not known. Did you mean waivers?'],
  [
    'a section that is nothing like one',
    `${version}"a b": []\n`,
    'line 2: "a b": This key is not known. Known here: *',
  ],
  [
    'a field',
    `${version}trust:\n  packages:\n    - namespace: acme\n      owner: ops\n      reason: ours\n      reviewby: 2027-03-01\n`,
    'line 4: trust.packages[0].reviewBy: This is required.',
    'line 7: trust.packages[0].reviewby: This key is not known. Did you mean reviewBy?',
  ],
  [
    'a control',
    `${version}controls:\n  org/password-rotated: off\n`,
    'line 3: controls.org/password-rotated: This key is not known. Did you mean org/passwords-rotated?',
  ],
  [
    'a control that is nothing like one',
    `${version}controls: { foo: off }\n`,
    'line 2: controls.foo: This key is not known. The documentation lists the known ones.',
  ],
  [
    'a control of an entry',
    `${version}waivers:\n  - { control: mfa-enforced, subject: "User:a", ${waived} }\n`,
    'line 3: waivers[0].control: "mfa-enforced" is not known. Did you mean org/mfa-enforced?',
  ],
  [
    'a parameter',
    `${version}controls: { org/passwords-rotated: { params: { day: 1 } } }\n`,
    'line 2: controls.org/passwords-rotated.params.day: This key is not known. Did you mean days?',
  ],
  [
    'a parameter of a control that has none',
    `${version}controls: { org/mfa-enforced: { params: { days: 1 } } }\n`,
    'line 2: controls.org/mfa-enforced.params.days: This key is not known. None is known here.',
  ],
  ['a severity', `${version}gate: { failOn: hihg }\n`, 'line 2: gate.failOn: "hihg" is not known. Did you mean high?'],
];

const since = 'controls.org/own-apps-are-external-client-apps.params';
const setting = (params: string): string =>
  `${version}controls:\n  org/own-apps-are-external-client-apps:\n    params: { ${params} }\n`;
const values: readonly Case[] = [
  [
    'nothing where a list goes',
    `${version}waivers:\n`,
    'line 2: waivers: This is empty. Write a list, or remove the key.',
  ],
  ['a text where a list goes', `${version}orgs: hub\n`, 'line 2: orgs: This is "hub". Write a list.'],
  [
    'a setting',
    `${version}controls: { org/mfa-enforced: of }\n`,
    'line 2: controls.org/mfa-enforced: "of" is neither *',
  ],
  [
    'true for off',
    `${version}controls: { org/mfa-enforced: true }\n`,
    'line 2: controls.org/mfa-enforced: true is neither "off" nor a mapping. Write off, or severity and params.',
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
  ['a parameter: list', setting('names: a'), `line 4: ${since}.names: This is "a". Write a list.`],
  ['a parameter: text', setting('mode: 1'), `line 4: ${since}.mode: 1 is not read as text. Put it in quotes: "1".`],
  [
    'a day that does not exist',
    `${version}trust:\n  tokens:\n    - { org: hub, appName: A, owner: ops, reason: x, reviewBy: 2026-02-30 }\n`,
    'line 4: trust.tokens[0].reviewBy: "2026-02-30" is not a day. Write one that exists as YYYY-MM-DD.',
  ],
  [
    'a moment',
    `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: o, reason: r, expires: 2026-12-31T00:00:00Z }]\n`,
    'line 2: waivers[0].expires: "2026-12-31T00:00:00Z" is not a day. Write one that exists as YYYY-MM-DD.',
  ],
  [
    'a year',
    `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: o, reason: r, expires: 2026 }]\n`,
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
    `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: " ", reason: r, expires: 2026-12-31 }]\n`,
    'line 2: waivers[0].owner: This is empty. Write a text.',
  ],
];

const rules: readonly Case[] = [
  [
    'a package without a name',
    `${version}trust: { packages: [{ ${trusted} }] }\n`,
    'line 2: trust.packages[0]: Name the package by id, by namespace, or by both.',
  ],
  ...['', `org: hub, `, `id: 0H4000000000001, `, `org: hub, externalApp: "${orgId}:App", `].map((named): Case => [
    `an app named by "${named}"`,
    `${version}trust: { apps: [{ ${named}${trusted} }] }\n`,
    'line 2: trust.apps[0]: Name the app by externalApp alone, or by org and id.',
  ]),
  [
    'tokens without an org',
    `${version}trust: { tokens: [{ appName: A, ${trusted} }] }\n`,
    'line 2: trust.tokens[0].org: This is required.',
  ],
  [
    'an alias twice',
    `${version}orgs:\n  - { alias: hub, id: 00D000000000001 }\n  - { alias: Hub, id: 00D000000000002 }\n`,
    'line 4: orgs[1].alias: Give every org its own alias. It is the same as in entry 1 of this list.',
  ],
  [
    'a control that nobody may attest',
    `${version}attestations: [{ control: org/mfa-enforced, ${attested}, expires: 2027-01-01 }]\n`,
    'line 2: attestations[0].control: org/mfa-enforced cannot be attested: the tool can read the answer.',
  ],
  [
    'an attestation about no org',
    `${version}attestations: [{ control: org/contact-current, owner: o, reason: r, on: 2026-01-01, expires: 2026-02-01 }]\n`,
    'line 2: attestations[0].org: This is required: an attestation about an org names the org.',
  ],
  [
    'an attestation without its day',
    `${version}attestations: [{ control: org/contact-current, org: hub, owner: o, reason: r, expires: 2026-02-01 }]\n`,
    'line 2: attestations[0].on: This is required.',
  ],
  [
    'an attestation for more than a year',
    `${version}attestations: [{ control: org/contact-current, ${attested}, expires: 2027-11-02 }]\n`,
    'line 2: attestations[0].expires: An attestation lasts at most a year: write 2027-11-01 or earlier.',
  ],
  [
    'an attestation that ends before it begins',
    `${version}attestations: [{ control: org/contact-current, ${attested}, expires: 2026-10-31 }]\n`,
    'line 2: attestations[0].expires: It expires before 2026-11-01, where it begins.',
  ],
  [
    'a waiver that ends before it begins',
    `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", on: 2027-01-01, ${waived} }]\n`,
    'line 2: waivers[0].expires: It expires before 2027-01-01, where it begins.',
  ],
  [
    'a broad scope that nothing supplements',
    `${version}justifications: [{ ${scopes}, subject: "ConnectedApp:A", why: needed }]\n`,
    'line 2: justifications[0].supplementedBy: This is required: say what supplements the broad scope.',
  ],
  [
    'a justification that does not say why',
    `${version}justifications: [{ ${scopes}, subject: "ConnectedApp:A", supplementedBy: SAML }]\n`,
    'line 2: justifications[0].why: This is required.',
  ],
  [
    'two justifications with one text',
    `${version}justifications:\n` +
      `  - { ${scopes}, subject: "ConnectedApp:A", why: The app needs it., supplementedBy: SAML }\n` +
      `  - { ${scopes}, subject: "ConnectedApp:B", why: "The app  needs it. ", supplementedBy: OpenID }\n`,
    'line 4: justifications[1].why: Every justification gives its own reason. It is the same as in entry 1 of this list.',
  ],
];

describe('an error of the policy', () => {
  for (const [group, cases] of Object.entries({ file: files, 'unknown key': keys, value: values, rule: rules })) {
    describe(group, () => {
      for (const [name, text, ...wanted] of cases) {
        it(name, () => {
          const found = problems(text);
          expect(found.map((one, index) => shortened(one, wanted[index]))).to.deep.equal(wanted);
        });
      }
    });
  }

  it('stands with all others in one message, in the order of the file, without a stack', () => {
    const text =
      'maxEvidenceAge: x\nversion: 1\ngate: 3\nwaivers:\n  - 1\n  - { control: org/mfa-enforced }\ngate: {}\n';
    expect(() => parsePolicy(text, 'my.yml', catalogue)).to.throw(
      PolicyError,
      /^The policy my\.yml has 7 problems:\n {2}line 1: .*\n {2}line 5: /
    );
    expect(problems(text).map((line) => Number(/\d+/.exec(line)?.[0]))).to.deep.equal([1, 5, 6, 6, 6, 6, 7]);
  });

  it('shows no character of a value that a terminal acts on', () => {
    expect(problems('version: "\\e[31m\\u202E"\n').join('')).not.to.match(/[\p{Cc}\p{Cf}]/u);
  });
});

/** The wanted text may end in `*`: the rest does not matter. */
const shortened = (text: string, wanted: string | undefined): string => {
  const start = wanted?.endsWith('*') ? wanted.slice(0, -1) : undefined;
  return start !== undefined && text.startsWith(start) ? `${start}*` : text;
};
