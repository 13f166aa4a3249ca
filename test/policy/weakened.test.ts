import { expect } from 'chai';
import { isOff, severityOf } from '../../src/engine/controlSettings.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { weakeningsOf } from '../../src/policy/weakened.js';
import { catalogue } from './catalogue.js';
import { problems, testErrors, version } from './errorTester.js';

const today = new Date('2026-11-30T12:00:00Z');
const by = 'owner: ops, reason: replaced by a gateway, expires: 2026-12-31';
const ranges = { id: 'org/logins-within-ranges', attestable: false, severity: 'medium' as const };
const ids = [...catalogue, ranges].map(({ id }) => id);
const policyOf = (text: string): ReturnType<typeof parsePolicy> =>
  parsePolicy(`${version}${text}`, 'security-review.yml', [...catalogue, ranges]);
const weakened = (text: string, chosen = ids, asOf = today): string[] =>
  weakeningsOf(policyOf(text), [...catalogue, ranges], chosen, asOf).map(({ message }) => message);

describe('what makes a policy weaker than the default', () => {
  for (const [name, text, ...wanted] of [
    ['nothing in the default policy', ''],
    [
      'no control that can fail the gate',
      'gate: { failOn: never }',
      'No control can fail the gate (gate.failOn: never).',
    ],
    [
      'a threshold above medium',
      'gate: { failOn: high }',
      'Only controls of severity high or above can fail the gate; the default is medium.',
    ],
    ['no threshold below medium', 'gate: { failOn: info }'],
    [
      'inconclusive controls that pass',
      'gate: { inconclusive: allow }',
      'Inconclusive controls do not block the gate.',
    ],
    ['older evidence', 'maxEvidenceAge: 30', 'Evidence and reports of 30 days count; the default is 7.'],
    ['no younger evidence', 'maxEvidenceAge: 3'],
    [
      'a control that is off',
      `controls: { org/mfa-enforced: { severity: off, ${by} } }`,
      'org/mfa-enforced is off until 31 Dec 2026 (ops: replaced by a gateway).',
    ],
    [
      'a lower severity',
      `controls: { org/mfa-enforced: { severity: low, ${by} } }`,
      'org/mfa-enforced has severity low instead of critical until 31 Dec 2026 (ops: replaced by a gateway).',
    ],
    ['no higher severity', 'controls: { org/passwords-rotated: { severity: critical } }'],
    [
      'more than 365 days',
      'controls: { org/passwords-rotated: { params: { days: 366 } } }',
      'org/passwords-rotated allows 366 days; the guidance says 365.',
    ],
    ['no 365 days', 'controls: { org/passwords-rotated: { params: { days: 365 } } }'],
    [
      'a later day for new apps',
      'controls: { org/own-apps-are-external-client-apps: { params: { since: 2099-01-01 } } }',
      'org/own-apps-are-external-client-apps counts from 2099-01-01; the guidance counts from 2026-04-08.',
    ],
    [
      'a range of all IPv4 addresses',
      'trust: { ipRanges: [{ cidr: 0.0.0.0/0, name: all }] }',
      'trust.ipRanges admits half of all IPv4 addresses or more.',
    ],
    [
      'two ranges that are half of them together',
      'trust: { ipRanges: [{ cidr: 0.0.0.0/2, name: one }, { cidr: 128.0.0.0/2, name: two }] }',
      'trust.ipRanges admits half of all IPv4 addresses or more.',
    ],
    [
      'half of the IPv6 addresses that are in use',
      'trust: { ipRanges: [{ cidr: "2000::/4", name: v6 }] }',
      'trust.ipRanges admits half of all IPv6 addresses or more.',
    ],
    ['no office', 'trust: { ipRanges: [{ cidr: 198.51.100.0/24, name: office }] }'],
  ] as const) {
    it(`lists ${name}`, () => expect(weakened(text)).to.deep.equal(wanted));
  }

  it('leaves out controls that are not part of the run', () => {
    const text = `controls: { org/mfa-enforced: { severity: off, ${by} } }\ntrust: { ipRanges: [{ cidr: 0.0.0.0/0, name: all }] }`;
    expect(weakened(text, ['org/no-guest-sites'])).to.deep.equal([]);
  });

  it('ends on the last day: then the control is on again, with its own severity', () => {
    const policy = policyOf(
      `controls:\n  org/mfa-enforced: { severity: off, ${by} }\n  org/passwords-rotated: { severity: low, ${by} }`
    );
    const control = { id: 'org/passwords-rotated', severity: 'high' as const };
    const [last, after] = [new Date('2026-12-31T23:59:59Z'), new Date('2027-01-01T00:00:00Z')];
    expect([last, after].map((day) => isOff(policy, 'org/mfa-enforced', day))).to.deep.equal([true, false]);
    expect([last, after].map((day) => severityOf(policy, control, day))).to.deep.equal(['low', 'high']);
  });

  describe('needs an owner, a reason and a last day', () => {
    const needed = 'This is required: a control that is off needs owner, reason and expires.';
    testErrors([
      [
        'to turn a control off',
        `${version}controls: { org/mfa-enforced: off }\n`,
        'line 2: controls.org/mfa-enforced: A control that is off needs an owner, a reason and a last day. *',
      ],
      [
        'each of them',
        `${version}controls: { org/mfa-enforced: { severity: off, owner: ops } }\n`,
        `line 2: controls.org/mfa-enforced.reason: ${needed}`,
        `line 2: controls.org/mfa-enforced.expires: ${needed}`,
      ],
      [
        'to lower a severity',
        `${version}controls: { org/mfa-enforced: { severity: high, owner: ops, reason: known } }\n`,
        'line 2: controls.org/mfa-enforced.expires: This is required: a severity below critical needs owner, reason and expires.',
      ],
    ]);
  });
});

describe('an answer of the policy', () => {
  for (const placeholder of ['…', '...', 'TODO', 'todo: ask', 'TBD', 'xxx', '<owner>', 'x', '?', '-', 'n/a']) {
    it(`is refused where ${placeholder} is in its place`, () => {
      const told = JSON.stringify(placeholder);
      const list = (key: string): string => `${version}${key}\n`;
      const waiver = `waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: ${told}, reason: ${told}, expires: 2026-12-31 }]`;
      const trust = `trust: { packages: [{ namespace: acme, owner: ${told}, reason: ${told}, reviewBy: 2026-12-31 }] }`;
      const why = `justifications: [{ control: org/mfa-enforced, subject: "User:a", owner: ops, why: ${told}, expires: 2026-12-31 }]`;
      const found = [waiver, trust, why].flatMap((text) => problems(list(text)));
      expect(found.map((line) => line.replace(/^.*\.(\w+): .*? is a placeholder\..*$/, '$1'))).to.deep.equal([
        'owner',
        'reason',
        'owner',
        'reason',
        'why',
      ]);
    });
  }

  it('may begin or contain what looks like one', () => {
    const text = (reason: string): string =>
      `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: QA, reason: ${JSON.stringify(reason)}, expires: 2026-12-31 }]\n`;
    for (const reason of ['Xxl orders need it', 'see ticket <A-1> …', 'The todo list of the app']) {
      expect(problems(text(reason))).to.deep.equal([]);
    }
  });

  for (const [key, text] of [
    [
      'waivers[0].expires',
      'waivers: [{ control: org/mfa-enforced, subject: "User:a", owner: ops, reason: known, expires: DAY }]',
    ],
    [
      'trust.packages[0].reviewBy',
      'trust: { packages: [{ namespace: acme, owner: ops, reason: known, reviewBy: DAY }] }',
    ],
    [
      'controls.org/mfa-enforced.expires',
      'controls: { org/mfa-enforced: { severity: off, owner: ops, reason: known, expires: DAY } }',
    ],
  ] as const) {
    it(`lasts 400 days at most: ${key}`, () => {
      const read = (day: string): unknown =>
        parsePolicy(`${version}${text.replace('DAY', day)}`, 'security-review.yml', catalogue, today);
      expect(() => read('2028-01-04')).not.to.throw();
      expect(() => read('2028-01-05')).to.throw(
        `line 2: ${key}: 2028-01-05 is more than 400 days ahead. Write 2028-01-04 or earlier.`
      );
    });
  }
});
