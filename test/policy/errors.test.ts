import { expect } from 'chai';
import { PolicyError } from '../../src/policy/index.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { piecesOf } from '../support/planted.js';
import { canary } from '../support/secrets.js';
import { catalogue } from './catalogue.js';
import { orgId, problems, testErrors, version, waived, type Case } from './errorTester.js';

const TOO_DEEP = 'line 1: This is nested more than 50 levels deep. No key of a policy is.';

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
  ['lists in one another, 20,000 deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, TOO_DEEP],
  ['mappings in one another, 20,000 deep', '{a: '.repeat(20_000), TOO_DEEP],
  ['lists in a line, 20,000 deep', '- '.repeat(20_000), TOO_DEEP],
  ['keys of keys, 20,000 deep', '? '.repeat(20_000), TOO_DEEP],
  [
    'mappings on lines of their own, 1,000 deep',
    Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    TOO_DEEP.replace('1', '52'),
  ],
  ['an alias of itself', 'a: &a { b: *a }\n', 'line 1: a.b: Aliases are not read here. Write the value out.'],
  ['an alias of nothing', 'a: *b\n', 'line 1: a: Aliases are not read here. Write the value out.'],
  ['a key that is a list', `${version}? [a]\n: 1\n`, 'line 2: A key must be a text.'],
  ['a key of the language', `${version}controls:\n  __proto__: off\n`, 'line 3: controls: A key must be a text.'],
  ['a key twice', `${version}gate: {}\ngate: {}\n`, 'line 3: gate: This key appears here twice. Keep one.'],
  [
    'a key twice, deep',
    `${version}orgs:\n  - alias: hub\n    id: ${orgId}\n    alias: other\n`,
    'line 5: orgs[0].alias: This key appears here twice. Keep one.',
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
    'line 2: controls.foo: This key is not known. Known here: *',
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

describe('a policy that cannot be understood', () => testErrors(files));
describe('an unknown key or name', () => testErrors(keys));

describe('an error of the policy', () => {
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

describe('a secret in a policy', () => {
  const taken = 'A session id, a token or a private key is here. *';
  const inQuotes = (text: string): string => JSON.stringify(text);
  const token = inQuotes(`see ${canary.accessToken}`);

  testErrors([
    [
      'the reason of a waiver',
      `${version}waivers:\n  - { control: org/mfa-enforced, subject: "User:a", owner: web, reason: ${token}, expires: 2026-12-31 }\n`,
      `line 3: waivers[0].reason: ${taken}`,
    ],
    [
      'the name of an integration',
      `${version}integrations:\n  - name: ${inQuotes(canary.refreshToken)}\n`,
      `line 3: integrations[0].name: ${taken}`,
    ],
    [
      'an answer',
      `${version}submission: { summary: ${inQuotes(canary.pkcs8)} }\n`,
      `line 2: submission.summary: ${taken}`,
    ],
    [
      'the name of a key',
      `${version}controls: { ${token}: off }\n`,
      `line 2: controls: ${taken}`,
      'line 2: controls."see [token]": This key is not known. *',
    ],
    [
      'a number that can be one',
      `${version}orgs: [{ alias: 4837261950483726195, id: ${orgId} }]\n`,
      'line 2: orgs[0].alias: This is a number. Put it in quotes.',
    ],
  ]);

  for (const [name, secret] of Object.entries(canary)) {
    if (['publicKey', 'password'].includes(name)) continue;
    it(`is in no error: ${name}`, () => {
      const text = inQuotes(secret);
      const said = problems(
        `version: ${text}\norgs: ${text}\n${text}: 1\ngate: { failOn: ${text} }\ncontrols: { org/mfa-enforced: ${text} }\nmaxEvidenceAge: ${text}\nwaivers:\n  - { control: ${text}, subject: ${text} }\n`
      );
      said.push(...problems(`version: !${secret.split('\n').at(1) ?? secret} 1\n`));
      expect(said.length).to.be.above(1);
      expect(piecesOf([secret]).filter((piece) => said.join('\n').includes(piece))).to.deep.equal([]);
    });
  }
});
