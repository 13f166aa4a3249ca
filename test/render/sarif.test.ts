import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import type { Log, Result as SarifResult, Run } from 'sarif';
import type { Report, Result, Severity } from '../../src/engine/types.js';
import { renderSarif } from '../../src/render/sarif.js';
import { hostile } from '../support/hostileNames.js';
import { findingOf, gap, justification, reportOn, resultWith, waiver } from '../support/reportVariants.js';
import { crowdedReport, passedReport, sampleReport } from '../support/sampleReport.js';

const parsed = (report: Report): Log => JSON.parse(renderSarif(report)) as Log;
const runOf = (report: Report): Run => {
  const [run] = parsed(report).runs;
  if (!run) throw new Error('No run.');
  return run;
};
const resultsOf = (report: Report): SarifResult[] => runOf(report).results ?? [];
const told = ({ kind, level, message, baselineState }: SarifResult): Array<string | undefined> =>
  [kind, level, message.text, baselineState].filter((part) => part !== undefined);

/** What the notifications of level note say. */
const notesOf = ({ invocations }: Run): string[] =>
  (invocations?.[0]?.toolExecutionNotifications ?? [])
    .filter(({ level }) => level === 'note')
    .map(({ message }) => message.text ?? '');

/** The official schema; its draft 4 is draft 6 but for the name of `id`. */
const validator = (): { validate: (log: unknown) => string } => {
  const { $schema, id, ...schema } = JSON.parse(
    readFileSync(new URL('../support/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8')
  ) as Record<string, unknown>;
  expect([$schema, typeof id]).to.deep.equal(['http://json-schema.org/draft-04/schema#', 'string']);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return { validate: (log) => (validate(log) ? '' : ajv.errorsText(validate.errors)) };
};

describe('SARIF', () => {
  describe('follows the official schema', () => {
    const { validate } = validator();
    const strange = Object.values(hostile).map((name) =>
      findingOf({ subject: { type: 'File', name, file: `force-app/${name}/a b%20?#.cls`, line: 3 }, message: name })
    );
    const reports = {
      sampleReport,
      passedReport,
      crowdedReport,
      strange: reportOn([resultWith('fail', { findings: strange })]),
    };
    for (const [name, report] of Object.entries(reports)) {
      it(name, () => expect(validate(parsed(report))).to.equal(''));
    }
    it('which refuses what is no SARIF', () => {
      expect(validate({ version: '2.1.0', runs: [{ results: [{ kind: 'green' }] }] })).to.contain('tool');
    });
  });

  it('relates a rule to the CWE and the OWASP ASVS, and names them as taxonomies of the run', () => {
    const { tool, taxonomies } = runOf(sampleReport);
    const rule = tool.driver.rules?.find(({ relationships }) => relationships !== undefined);
    const names = new Map(taxonomies?.map(({ name, taxa }) => [name, taxa?.map(({ id }) => id)]));
    expect([...names.keys()]).to.deep.equal(['CWE', 'OWASP ASVS']);
    expect(tool.driver.supportedTaxonomies?.map(({ name }) => name)).to.deep.equal([...names.keys()]);
    for (const { target } of rule?.relationships ?? []) {
      expect(names.get(target.toolComponent?.name ?? '')).to.include(target.id);
    }
    expect(rule?.properties?.tags?.join(' ')).to.match(/external\/cwe\/cwe-\d{3}/);
  });

  it('is the same text for the same report', () =>
    expect(renderSarif(sampleReport)).to.equal(renderSarif(structuredClone(sampleReport))));

  const levels: ReadonlyArray<[severity: Severity, level: string, github: string]> = [
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.0'],
    ['info', 'note', '0.0'],
  ];
  for (const [severity, level, github] of levels) {
    it(`a finding of severity ${severity} is a fail of level ${level}, ${github} on GitHub`, () => {
      const run = runOf(reportOn([resultWith('fail', { findings: [findingOf()] }, severity)]));
      expect(run.results?.map(told)).to.deep.equal([['fail', level, 'AcmePay offends.']]);
      expect(run.tool.driver.rules?.[0]).to.deep.include({
        id: 'package/one',
        name: 'PackageOne',
        helpUri: 'https://help.salesforce.com/s/articleView?id=005318040',
        defaultConfiguration: { level },
      });
      expect(run.tool.driver.rules?.[0]?.properties).to.deep.include({
        tags: ['security', 'salesforce'],
        'security-severity': github,
      });
    });
  }

  const attestable = resultWith('inconclusive', { gaps: [{ ...gap, fact: '' }] });
  const kinds: ReadonlyArray<[name: string, result: Result, told: unknown[]]> = [
    ['a pass', resultWith('pass'), []],
    ['what does not apply', resultWith('not-applicable'), []],
    ['what could not be checked', resultWith('inconclusive', { gaps: [gap] }), [['open', 'none', 'The reason.']]],
    [
      'what waits for a person',
      { ...attestable, control: { ...attestable.control, attestable: true } },
      [['review', 'none', 'The reason.']],
    ],
    ['what a person answered', resultWith('attested', { gaps: [gap] }), []],
    ['what is latent in a pass', resultWith('pass', { findings: [findingOf({ kind: 'latent' })] }), []],
    [
      'a fail that did not see everything',
      resultWith('fail', { findings: [findingOf()], gaps: [gap] }),
      [
        ['fail', 'error', 'AcmePay offends.'],
        ['open', 'none', 'One file does not parse.'],
      ],
    ],
    [
      'what is new, and what is not',
      resultWith('fail', { findings: [findingOf({ drift: 'new' }), findingOf({ drift: 'unchanged' })] }),
      [
        ['fail', 'error', 'AcmePay offends.', 'new'],
        ['fail', 'error', 'AcmePay offends.', 'unchanged'],
      ],
    ],
  ];
  for (const [name, result, expected] of kinds) {
    it(`says ${name}`, () => expect(resultsOf(reportOn([result])).map(told)).to.deep.equal(expected));
  }

  it('has no result for what is waived or justified, and a note with the words of who did so', () => {
    const findings = [
      findingOf({ waiver }),
      findingOf({ kind: 'justification', justification: { ...justification, supplementedBy: 'SAML' } }),
      findingOf(),
    ];
    const run = runOf(reportOn([resultWith('fail', { findings })]));
    expect(run.results?.map(told)).to.deep.equal([['fail', 'error', 'AcmePay offends.']]);
    expect(notesOf(run)).to.deep.equal([
      'waived by ciso until 1 Oct 2027: Leaves in May: AcmePay offends.',
      'justified by ciso until 1 Oct 2027: It opens a page (supplemented by SAML): AcmePay offends.',
    ]);
  });

  it('has no result for what is fixed, and never calls fixed what was not checked again', () => {
    const run = runOf(sampleReport);
    expect(run.results?.filter(({ baselineState }) => baselineState === 'absent')).to.deep.equal([]);
    expect(notesOf(run)).to.include('Found earlier, and fixed: User lee@acme.example offended.');
    const notifications = run.invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(notifications.at(-1)).to.deep.include({ level: 'warning', associatedRule: { id: 'org/no-guest-sites' } });
    expect(notifications.at(-1)?.message.text).to.contain('not checked again, so it may not be fixed');
  });

  it('has only results that require action', () => {
    for (const { results = [] } of parsed(sampleReport).runs) {
      for (const { kind } of results) expect(kind).to.be.oneOf(['fail', 'open', 'review']);
    }
  });

  it('has the edit that closes a finding of metadata, part by part', () => {
    const file = 'force-app/Acme.connectedApp-meta.xml';
    const finding = findingOf({ subject: { type: 'ConnectedApp', name: 'Acme', file, line: 11 } });
    const replacements = [
      { startLine: 11, startColumn: 25, endLine: 11, endColumn: 30, text: 'true' },
      { startLine: 12, startColumn: 1, endLine: 13, endColumn: 1, text: '' },
    ];
    const edits = new Map([[finding.fingerprint, { effect: 'Clients need PKCE.', changes: [{ file, replacements }] }]]);
    const log = JSON.parse(renderSarif(reportOn([resultWith('fail', { findings: [finding] })]), edits)) as Log;
    expect(validator().validate(log)).to.equal('');
    expect(log.runs[0]?.results?.[0]?.fixes).to.deep.equal([
      {
        description: { text: 'Clients need PKCE.' },
        artifactChanges: [
          {
            artifactLocation: { uri: file, uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 11, startColumn: 25, endLine: 11, endColumn: 30 },
                insertedContent: { text: 'true' },
              },
              { deletedRegion: { startLine: 12, startColumn: 1, endLine: 13, endColumn: 1 } },
            ],
          },
        ],
      },
    ]);
  });

  const runs: ReadonlyArray<[name: string, report: Report, successful: boolean, notifications: unknown[]]> = [
    ['everything was seen', reportOn([resultWith('pass')]), true, []],
    [
      'something could not be checked',
      reportOn([resultWith('inconclusive', { gaps: [{ ...gap, grants: ['ViewSetup'] }] })]),
      false,
      [
        [
          'warning',
          'Could not be checked (unreadable): One file does not parse. — grant: View Setup and Configuration (ViewSetup)',
        ],
      ],
    ],
    [
      'a person answered what could not be checked',
      reportOn([resultWith('attested', { gaps: [gap] })]),
      true,
      [['note', 'Could not be checked (unreadable): One file does not parse.']],
    ],
    [
      'the target could not be opened',
      reportOn([], {}, { error: { name: 'Expired', message: 'It expired.', actions: ['Log in.'] } }),
      false,
      [['error', 'It expired. Log in.']],
    ],
  ];
  for (const [name, report, successful, notifications] of runs) {
    it(`says whether it worked: ${name}`, () => {
      const [invocation] = runOf(report).invocations ?? [];
      expect(invocation?.executionSuccessful).to.equal(successful);
      expect(invocation?.toolExecutionNotifications?.map(({ level, message }) => [level, message.text])).to.deep.equal(
        notifications
      );
    });
  }

  describe('where', () => {
    const at = (subject: { file?: string; line?: number }): unknown => {
      const finding = findingOf({ subject: { type: 'File', name: 'x', ...subject } });
      return resultsOf(reportOn([resultWith('fail', { findings: [finding] })]))[0]?.locations?.[0]?.physicalLocation;
    };
    const places: ReadonlyArray<[file: string, uri: string]> = [
      ['force-app/a.cls', 'force-app/a.cls'],
      ['a b/100%#?.cls', 'a%20b/100%25%23%3F.cls'],
      ['/etc/passwd', 'etc/passwd'],
      ['https://evil.example/x', 'https%3A/evil.example/x'],
      ['ä/\uD800\u202E', '%C3%A4/%EF%BF%BD%E2%80%AE'],
    ];
    for (const [file, uri] of places) {
      it(`${JSON.stringify(file)} is ${uri}, below the root`, () => {
        expect(at({ file, line: 3 })).to.deep.equal({
          artifactLocation: { uri, uriBaseId: '%SRCROOT%', index: 0 },
          region: { startLine: 3 },
        });
      });
    }

    it('has no region without a line', () => expect(at({ file: 'a' })).not.to.have.property('region'));

    it('gives every result a file, for GitHub refuses all of them for one without; an org has names', () => {
      for (const { results = [], artifacts = [] } of parsed(sampleReport).runs) {
        for (const { locations = [], ruleId, kind } of results) {
          const uri = locations[0]?.physicalLocation?.artifactLocation?.uri;
          expect(uri, `${ruleId} ${kind}`).to.match(/./);
          expect(artifacts.map(({ location }) => location?.uri)).to.include(uri);
        }
      }
      const ada = resultsOf(sampleReport).find(({ baselineState }) => baselineState === 'new');
      expect(ada?.locations?.[0]?.logicalLocations).to.deep.equal([
        { name: 'ada@acme.example', fullyQualifiedName: 'User:ada@acme.example', kind: 'User' },
      ]);
    });

    it('tells findings apart by our fingerprint', () => {
      const [result] = resultsOf(reportOn([resultWith('fail', { findings: [findingOf()] })]));
      expect(Object.values(result?.partialFingerprints ?? {})).to.deep.equal(['a'.repeat(32), 'a'.repeat(32)]);
    });
  });

  it('has a run for each target, each of a category of its own', () => {
    const twice = { ...sampleReport, targets: [...sampleReport.targets, ...sampleReport.targets] };
    expect(parsed(twice as Report).runs.map(({ automationDetails }) => automationDetails?.id)).to.deep.equal([
      'security-review/org/acme-hub/',
      'security-review/org/acmepay-ns/',
      'security-review/package/Acme%20Pay/',
      'security-review/org/acme-hub/2/',
      'security-review/org/acmepay-ns/2/',
      'security-review/package/Acme%20Pay/2/',
    ]);
  });

  it('says the gate, the scope and that controls were chosen', () => {
    const run = runOf(passedReport);
    expect(run.properties).to.deep.include({ gate: 'passed', gateOfRun: 'passed', scope: passedReport.scope });
    expect(run.automationDetails?.description?.text).to.contain('chosen controls: org/passwords-rotated');
  });

  const messages: ReadonlyArray<[name: string, value: string, text: string]> = [
    ['a link', '[click](https://evil.example)', '[click] (https://evil.example)'],
    ['a placeholder', 'a {0} b', 'a {{0}} b'],
    ['an escape', 'a\u001b[31mb\r\nc\u202Ed', 'ab cd'],
    ['what the builder takes for a mistake', 'SARIF_BUILDER_INVALID', 'SARIF_BUILDER_INVALID'],
  ];
  for (const [name, value, text] of messages) {
    it(`takes nothing from a value for more than text: ${name}`, () => {
      const findings = [findingOf({ message: value, subject: { type: 'User', name: value } })];
      expect(resultsOf(reportOn([resultWith('fail', { findings })]))[0]?.message.text).to.equal(text);
    });
  }

  for (const [name, value] of Object.entries(hostile)) {
    it(`contains nothing that a viewer acts on: ${name}`, () => {
      const findings = [findingOf({ message: value, waiver: { ...waiver, reason: value } })];
      const text = renderSarif(reportOn([resultWith('fail', { findings })], {}, { notices: [value], off: [value] }));
      expect(text.replaceAll('\n', '')).not.to.match(/[\p{Cc}\p{Cf}\p{Cs}]|\\[urnt]/u);
      expect([...text.matchAll(/"text": .*/g)].join('\n')).not.to.contain('](');
    });
  }
});
