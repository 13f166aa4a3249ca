import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect } from 'chai';
import { severities, verdicts, type Report, type Result, type Verdict } from '../../src/engine/types.js';
import { renderJunit } from '../../src/render/junit.js';
import { hostile } from '../support/hostileNames.js';
import { findingOf, gap, reportOn, resultWith, waiver } from '../support/reportVariants.js';
import { crowdedReport, passedReport, sampleReport } from '../support/sampleReport.js';

type Told = { message?: string; type?: string; text?: string };
type Case = {
  name: string;
  classname: string;
  failure?: Told[];
  error?: Told[];
  skipped?: unknown[];
  'system-out'?: string;
};
type Suite = { name: string; tests: string; failures: string; errors: string; skipped: string; testcase?: Case[] };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  parseTagValue: false,
  isArray: (name, _path, _leaf, isAttribute) =>
    !isAttribute && ['testsuite', 'testcase', 'failure', 'error', 'skipped', 'property'].includes(name),
});
const suitesOf = (report: Report): Suite[] => {
  const text = renderJunit(report);
  expect(XMLValidator.validate(text)).to.equal(true);
  return (parser.parse(text) as { testsuites: { testsuite: Suite[] } }).testsuites.testsuite;
};
const caseOf = (report: Report): Case => {
  const [test] = suitesOf(report)[0]?.testcase ?? [];
  if (!test) throw new Error('No test case.');
  return test;
};
const colour = (test: Case): string =>
  test.failure ? 'failure' : test.error ? 'error' : test.skipped ? 'skipped' : 'green';

const offence = { findings: [findingOf()] };
const waived = { findings: [findingOf({ waiver })] };
const error = { name: 'Expired', message: 'It expired.', actions: ['Log in.'] };

describe('JUnit XML', () => {
  const verdictCases: ReadonlyArray<[name: string, report: Report, colour: string]> = [
    ['a pass', reportOn([resultWith('pass')]), 'green'],
    ['a finding at the threshold', reportOn([resultWith('fail', offence, 'medium')]), 'failure'],
    ['a finding below the threshold', reportOn([resultWith('fail', offence, 'low')]), 'skipped'],
    ['a finding where no severity fails', reportOn([resultWith('fail', offence)], { failOn: 'never' }), 'skipped'],
    ['a finding that is waived', reportOn([resultWith('fail', waived)]), 'skipped'],
    ['a waived finding and a gap', reportOn([resultWith('fail', { ...waived, gaps: [gap] })]), 'error'],
    ['what could not be checked', reportOn([resultWith('inconclusive', { gaps: [gap] })]), 'error'],
    [
      'what could not be checked, allowed',
      reportOn([resultWith('inconclusive')], { inconclusive: 'allow' }),
      'skipped',
    ],
    ['what could not be checked below the threshold', reportOn([resultWith('inconclusive', {}, 'info')]), 'skipped'],
    ['what does not apply', reportOn([resultWith('not-applicable')]), 'skipped'],
    ['what a person answered', reportOn([resultWith('attested')]), 'skipped'],
    ['a target that could not be opened', reportOn([], {}, { error }), 'error'],
    ['the same, allowed', reportOn([], { inconclusive: 'allow' }, { error }), 'skipped'],
    [
      'an old finding where only new ones count',
      reportOn([resultWith('fail', { findings: [findingOf({ drift: 'unchanged' })] })], { gateOn: 'new' }),
      'skipped',
    ],
    [
      'a new finding where only new ones count',
      reportOn([resultWith('fail', { findings: [findingOf({ drift: 'new' })] })], { gateOn: 'new' }),
      'failure',
    ],
  ];
  for (const [name, report, expected] of verdictCases) {
    it(`shows ${name} as ${expected}`, () => expect(colour(caseOf(report))).to.equal(expected));
  }

  it('agrees with the gate, whatever verdict, severity, threshold, waiver and gap come together', () => {
    const agreed = { failed: 'failure', undecided: 'error' } as const;
    const results = (verdict: Verdict): Result[] =>
      severities.flatMap((severity) =>
        [[], [gap]].flatMap((gaps) =>
          [offence, waived].map(({ findings }) =>
            resultWith(verdict, { gaps, findings: verdict === 'fail' ? findings : [] }, severity)
          )
        )
      );
    for (const failOn of [...severities, 'never'] as const) {
      for (const inconclusive of ['block', 'allow'] as const) {
        for (const result of verdicts.flatMap(results)) {
          const report = reportOn([result], { failOn, inconclusive });
          const shown = colour(caseOf(report));
          const about = JSON.stringify([failOn, inconclusive, result.verdict, result.control.severity, report.gate]);
          if (report.gate === 'passed') expect(shown, about).to.be.oneOf(['green', 'skipped']);
          else expect(shown, about).to.equal(agreed[report.gate]);
          // Green is only what was seen and is well.
          if (shown === 'green') expect(result.verdict, about).to.equal('pass');
        }
      }
    }
  });

  it('counts in every suite what it contains', () => {
    for (const { testcase = [], tests, failures, errors, skipped } of suitesOf(sampleReport)) {
      const count = (what: string): string => String(testcase.filter((test) => colour(test) === what).length);
      expect([tests, failures, errors, skipped]).to.deep.equal([
        String(testcase.length),
        count('failure'),
        count('error'),
        count('skipped'),
      ]);
    }
  });

  it('has a suite for each target and a case for each control', () => {
    expect(
      suitesOf(sampleReport).map(({ name, testcase }) => [
        name,
        testcase?.map((test) => `${test.classname} ${test.name}`),
      ])
    ).to.deep.equal([
      [
        'org "acme-hub"',
        [
          'org/acme-hub org/passwords-rotated',
          'org/acme-hub org/contact-current',
          'org/acme-hub org/no-guest-sites',
          'org/acme-hub org/mfa-enforced',
        ],
      ],
      ['org "acmepay-ns"', ['org/acmepay-ns The target can be opened']],
      [
        'package "Acme Pay"',
        [
          'package/Acme Pay package/no-device-flow',
          'package/Acme Pay package/broad-scopes-justified',
          'package/Acme Pay package/no-secrets-in-source',
        ],
      ],
    ]);
  });

  it('names in a failure what counts, and all of it in the output', () => {
    const test = caseOf(
      reportOn([resultWith('fail', { findings: [findingOf(), findingOf({ message: 'Waived one.', waiver })] })])
    );
    expect(test.failure?.[0]).to.deep.include({ message: 'The reason.', type: 'high' });
    expect(test.failure?.[0]?.text).to.contain('AcmePay offends.').and.contain('Turn it on.').and.not.contain('Waived');
    expect(test['system-out']).to.contain('AcmePay offends.').and.contain('Waived one. [waived by ciso');
  });

  it('says why something is skipped', () => {
    expect(caseOf(reportOn([resultWith('not-applicable')]))['system-out']).to.contain(
      'NOT-APPLICABLE (high): The reason.'
    );
  });

  it('says the scope and the gate', () => {
    expect(renderJunit(passedReport)).to.contain('chosen controls: org/passwords-rotated, package/no-device-flow');
    expect(renderJunit(passedReport)).to.contain('passed (critical, inconclusive allowed)');
  });

  it('is the same text for the same report', () =>
    expect(renderJunit(sampleReport)).to.equal(renderJunit(structuredClone(sampleReport))));

  it('contains every finding of a control with many', () => {
    expect(caseOf(crowdedReport).failure?.[0]?.text?.match(/user\d+@acme\.example may/g)).to.have.length(250);
  });

  const names = {
    ...hostile,
    'two ends of CDATA': 'a]]>b]]><failure message="x"/>',
    'no characters of XML': 'a\u0000\u000b\uD800\uFFFE\uFFFFb',
    attribute: '"><testcase name="x"/>',
    entity: '&xxe; <!ENTITY x "y"> <!-- --> <?php ?>',
  };
  for (const [name, value] of Object.entries(names)) {
    it(`stays one failure of one case: ${name}`, () => {
      const text = [value, value].join(' ');
      const findings = [findingOf({ message: text, subject: { type: 'User', name: text } })];
      const result = resultWith('fail', { findings, reason: text });
      const report = reportOn([result], {}, { notices: [text], off: [text] });
      const named = {
        ...report,
        targets: report.targets.map((one) => ({ ...one, target: { kind: 'org', name: text } })),
      };
      const [suite, ...others] = suitesOf(named as Report);
      expect(others).to.deep.equal([]);
      expect(suite?.testcase?.map(colour)).to.deep.equal(['failure']);
      const [failure, ...more] = suite?.testcase?.[0]?.failure ?? [];
      expect([Object.keys(failure ?? {}).sort(), more]).to.deep.equal([['message', 'text', 'type'], []]);
      // The text and what to do stand on a line each: nothing ended the text in between.
      expect(failure?.text?.split('\n')).to.have.length(2);
      expect(renderJunit(named as Report).replaceAll('\n', '')).not.to.match(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u);
    });
  }
});
