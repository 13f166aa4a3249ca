import { expect } from 'chai';
import { formatOf, formats, render, renderHuman, reportJsonSchema, reportSchema } from '../../src/render/index.js';
import { renderHtml } from '../../src/render/html/page.js';
import { renderJson } from '../../src/render/json.js';
import { renderMarkdown } from '../../src/render/markdown.js';
import { grouped, toDecide } from '../../src/render/reportText.js';
import type { Report, Result } from '../../src/engine/types.js';
import { decisionsOf } from '../../src/render/html/decisions.js';
import { hostile, hostileInDocuments } from '../support/hostileNames.js';
import { gap, reportOn, resultWith } from '../support/reportVariants.js';
import { crowdedReport, passedReport, reportWith, sampleReport } from '../support/sampleReport.js';
import { hostileNamesIn } from '../support/hostileReport.js';

describe('formats', () => {
  const cases: ReadonlyArray<[file: string, format: string | undefined]> = [
    ['review.json', '.json'],
    ['out/Review.MD', '.md'],
    ['review.html', '.html'],
    ['review.txt', undefined],
    ['review', undefined],
    ['json', undefined],
    ['review.json.bak', undefined],
    ['review.sarif', '.sarif'],
    ['review.junit.xml', '.junit.xml'],
    ['review.CSV', '.csv'],
    ['review.xml', undefined],
    ['junit.xml', undefined],
  ];
  for (const [file, format] of cases) {
    it(`${file} is ${format ?? 'no format'}`, () => expect(formatOf(file)).to.equal(format));
  }

  it('lists what can be written', () =>
    expect(formats).to.deep.equal(['.html', '.json', '.md', '.sarif', '.junit.xml', '.csv']));
});

describe('an attestation about one subject', () => {
  const attestation = {
    control: 'package/one',
    subject: 'ConnectedApp:Sync',
    owner: 'ciso',
    on: '2026-11-01',
    expires: '2027-05-01',
    reason: 'I looked at Sync',
  };
  const gapOf = (name: string): typeof gap => ({ ...gap, subject: { type: 'ConnectedApp', name } });
  const report = reportOn([resultWith('inconclusive', { gaps: [{ ...gapOf('Sync'), attestation }, gapOf('Door')] })]);

  it('appears with its gap, and not with the others', async () => {
    const detail = 'ciso attested it until 1 May 2027: I looked at Sync';
    for (const text of [renderMarkdown(report), await render(report, '.html')]) {
      expect(text.replaceAll('\\', '').split(detail), text).to.have.length(2);
    }
    const rows = (await render(report, '.csv')).split('\r\n').filter((row) => row.includes('I looked at Sync'));
    expect(rows).to.have.length(1);
    expect(rows[0]).to.contain('Sync');
    expect(decisionsOf(report).map(({ subject }) => subject)).to.deep.equal(['ConnectedApp:Sync']);
  });

  it('is not lost when the report is read', async () => {
    const written = JSON.parse(await render(report, '.json')) as unknown;
    expect(reportSchema.parse(written)).to.deep.equal(written);
    expect(JSON.stringify(written)).to.contain('I looked at Sync');
  });
});

describe('gaps with one reason', () => {
  const about = (type: string, name: string, detail: string): Result['gaps'][number] => ({
    ...{ fact: 'apps', kind: 'not-given' as const, detail },
    subject: { type, name },
  });

  it('are one item that names all subjects, also where the sentence names each', () => {
    const gaps = ['Sync', 'Door'].map((name) =>
      about('ConnectedApp', name, `The code that uses ${name} was not read.`)
    );
    expect(grouped(gaps)).to.deep.equal([
      {
        about: ['ConnectedApp:Sync', 'ConnectedApp:Door'],
        kind: 'not-given',
        detail: 'The code that uses each of these was not read.',
        grants: undefined,
      },
    ]);
  });

  it('stay apart where a line differs, and keep their sentence where there is one subject', () => {
    const gaps = ['a.js', 'b.js'].map((name) => about('File', name, `${name}:3 calls eval.`));
    expect(grouped(gaps).map(({ detail }) => detail)).to.deep.equal(['a.js:3 calls eval.', 'b.js:3 calls eval.']);
    expect(grouped([about('ConnectedApp', 'Sync', 'Sync is new.')])[0]?.detail).to.equal('Sync is new.');
  });
});

const withName = (name: string): Report => ({
  ...passedReport,
  targets: passedReport.targets.map((target) => ({ ...target, target: { kind: 'org', name }, notices: [name] })),
});

describe('JSON', () => {
  it('is the report itself, with a newline at the end', async () => {
    const text = await render(sampleReport, '.json');
    expect(text.endsWith('}\n')).to.equal(true);
    expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(sampleReport)));
  });

  for (const [name, report] of Object.entries({ sampleReport, passedReport, crowdedReport })) {
    it(`${name} keeps the published contract, and loses nothing when it is read`, async () => {
      const written = JSON.parse(await render(report, '.json')) as unknown;
      expect(reportSchema.parse(written)).to.deep.equal(written);
    });
  }

  for (const [name, text] of Object.entries(hostileInDocuments)) {
    it(`keeps the name ${name} whole, and shows a terminal nothing to act on`, () => {
      const written = renderJson(withName(text));
      expect(written).not.to.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(written)).to.deep.equal(JSON.parse(JSON.stringify(withName(text))));
    });
  }

  it('may contain keys that a later version added', () => {
    expect(reportSchema.safeParse({ ...sampleReport, later: 1 }).success).to.equal(true);
    expect(JSON.stringify(reportJsonSchema())).not.to.contain('"additionalProperties":false');
  });

  const broken: ReadonlyArray<[name: string, report: unknown]> = [
    ['another version', { ...sampleReport, schemaVersion: 2 }],
    ['no targets', { ...sampleReport, targets: [] }],
    ['an unknown gate', { ...sampleReport, gate: 'green' }],
    ['a moment that is not valid', { ...sampleReport, asOf: 'today' }],
  ];
  for (const [name, report] of broken) {
    it(`is not a report: ${name}`, () => expect(reportSchema.safeParse(report).success).to.equal(false));
  }
});

/** Markdown without its code spans: what a viewer may act on. */
const active = (markdown: string): string => markdown.replace(/(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g, '§');

/** The signs between the four cells of the table of problems are ours; a cell has none that ends it. */
const withoutTable = (markdown: string): string =>
  active(markdown).replace(/^\| ([^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm, '$1 $2 $3 $4');

describe('Markdown', () => {
  const markdown = renderMarkdown(sampleReport);

  it('begins with the worst problems and their first steps as a table', () => {
    expect(markdown.slice(0, markdown.indexOf('## '))).to.contain('| critical | 7 users can log in without MFA |');
  });

  it('keeps a cell of that table whole, whatever the names in it', () => {
    const rows = renderMarkdown(hostileNamesIn(sampleReport))
      .split('\n')
      .filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|'), row).to.have.length(6);
  });

  it('puts whatever a viewer could act on into code', () => {
    for (const sign of ['<', '[', ']', '|', '@', '#1', '://', '`', '~', '_', '\\', '\u001b', '\u202E']) {
      expect(withoutTable(markdown).includes(sign), sign).to.equal(false);
    }
    expect(active(markdown).match(/&(?!gt;)/)).to.equal(null);
  });

  it('has no structure but its own', () => {
    for (const line of withoutTable(markdown)
      .replace(/^--- .*---$/m, '')
      .split('\n'))
      expect(line).to.match(/^(?:#{1,4} |- |\*\*|[\p{L}\d]|$)/u);
  });

  it('shows the first 200 findings of a control and how many there are', () => {
    const crowded = renderMarkdown(crowdedReport);
    expect(crowded).to.contain('user199@').and.to.contain('And 50 more').and.not.to.contain('user200@');
  });

  it('says that controls were chosen in the headline', () => {
    expect(renderMarkdown(passedReport).split('\n')[0]).to.contain('chosen controls: org/passwords-rotated');
    expect(markdown).not.to.contain('chosen');
  });
});

/** The sample with one of its targets; a folder has a space. */
const only = (index: number): Report => ({
  ...sampleReport,
  targets: sampleReport.targets
    .slice(index, index + 1)
    .map((one) => ({ ...one, target: { ...one.target, path: 'force app' } })),
});

/** The third target, as it was found at a path. */
const at = (path: string): Report => ({
  ...sampleReport,
  targets: sampleReport.targets.slice(2, 3).map((one) => ({ ...one, target: { ...one.target, path } })),
});

describe('the terminal', () => {
  for (const [name, value] of Object.entries(hostile)) {
    it(`shows nothing that a terminal acts on: ${name}`, () => {
      const text = renderHuman(withName(value), { view: 'detail' });
      expect(text.replaceAll('\n', '')).not.to.match(/[\p{Cc}\p{Cf}]/u);
    });
    it(`suggests no command that a shell could misread: ${name}`, () => {
      const [, command] = /^Next: (.*)$/m.exec(renderHuman(withName(value))) ?? [];
      expect(command).to.match(/^sf security-review audit-org --target-org (?:<org>|x+) --output-file [\w.-]+$/);
    });
  }

  const next: ReadonlyArray<[name: string, report: Report, command: string | undefined]> = [
    [
      'the first control that fails',
      sampleReport,
      'audit-org --target-org acme-hub --control org/mfa-enforced --view detail',
    ],
    ['a file, once all is well', passedReport, 'audit-org --target-org acme-hub --output-file security-review.md'],
    [
      'a folder with a space',
      only(2),
      'check-package --source-dir "force app" --control package/no-secrets-in-source --view detail',
    ],
    [
      'the zip that was checked',
      at('dist/acme.zip'),
      'check-package --package-zip dist/acme.zip --control package/no-secrets-in-source --view detail',
    ],
    [
      'no folder for the project around the working directory',
      at('.'),
      'check-package --control package/no-secrets-in-source --view detail',
    ],
    ['nothing, when the target could not be opened', only(1), undefined],
  ];
  for (const [name, report, command] of next) {
    it(`suggests ${name}`, () => {
      expect(/^Next: sf security-review (.*)$/m.exec(renderHuman(report))?.[1]).to.equal(command);
    });
  }

  it('never takes a line break from a value', () => {
    expect(renderHuman(withName('a\r\nGate: passed\u2028b\u0085c'))).to.contain(
      'Security review of org "a Gate: passed bc"'
    );
  });

  for (const width of [24, 40, 60, 80, 100, 200]) {
    it(`fits ${width} columns, but for the command to copy`, () => {
      const lines = renderHuman(sampleReport, { width, view: 'detail' }).split('\n');
      for (const line of lines.filter((one) => !one.startsWith('Next: '))) expect(line.length).to.be.at.most(width);
    });
  }

  it('breaks a long address or path behind one of its signs, and adds nothing to it', () => {
    const path = 'force-app/main/default/connectedApps/AcmePayGateway.connectedApp-meta.xml';
    const told = renderHuman(withName(path), { width: 40 });
    const [note = ''] = told.slice(told.indexOf('Notice: ')).split('\n\n');
    const pieces = note
      .replace('Notice: ', '')
      .split('\n')
      .map((line) => line.trim());
    expect(pieces).to.have.length.above(1);
    expect(pieces.join('')).to.equal(path);
    for (const piece of pieces.slice(0, -1)) expect(piece).to.match(/[/.-]$/);
  });

  it('states a missing answer once, although it is a finding and a gap', () => {
    const subject = { type: 'Setting', name: 'submission.version' };
    const message = 'Which version is submitted is not answered.';
    const text = renderHuman({
      ...sampleReport,
      targets: sampleReport.targets.slice(0, 1).map((target) => ({
        ...target,
        results: target.results.slice(0, 1).map((result): Result => ({
          ...result,
          verdict: 'fail',
          findings: [{ kind: 'violation', subject, message, fingerprint: 'f' }],
          gaps: [
            { fact: 'answers', kind: 'not-given', detail: message, subject },
            { fact: 'answers', kind: 'not-given', detail: 'Nobody looked.', subject },
          ],
        })),
      })),
    });
    expect(text.match(/could not be checked: Setting:submission.version/g)).to.have.length(1);
    expect(text).to.contain('Nobody looked.');
  });

  it('names what is missing where only a person can answer, and no kind without a name', () => {
    const detail = 'Only a person can say it.';
    const shown = (attestable: boolean, grants?: string[]): string => {
      const one = resultWith('inconclusive', {
        reason: detail,
        gaps: [{ fact: '', kind: 'not-given', detail, ...(grants ? { grants } : {}) }],
      });
      return renderHuman(reportOn([{ ...one, control: { ...one.control, attestable } }]));
    };
    expect(shown(true)).to.contain('? could not be checked: an attestation in the policy (not-given)');
    expect(shown(false)).not.to.contain('? could not be checked');
    expect(shown(false, ['ViewSetup'])).to.contain('? could not be checked: (not-given) — grant: View Setup');
  });

  it('does not say again what its reader has just read', () => {
    const report = reportOn([resultWith('pass')]);
    const noticed = {
      ...report,
      targets: report.targets.map((target) => ({ ...target, notices: ['It was said.', 'It was not.'] })),
    };
    const text = renderHuman(noticed, { alreadyShown: ['It was said.'] });
    expect(text).to.contain('Notice: It was not.').and.not.to.contain('It was said.');
  });

  it('shows in detail what to write into the policy where a reason is enough, and no command that was just typed', () => {
    const [target] = sampleReport.targets.slice(2);
    const results = target?.results.filter(({ control }) => control.id === 'package/broad-scopes-justified') ?? [];
    const report: Report = {
      ...sampleReport,
      scope: { ...sampleReport.scope, controls: ['package/broad-scopes-justified'] },
      targets: target ? [{ ...target, results }] : [],
    };
    const told = renderHuman(report, { view: 'detail' }).replace(/\s+/g, ' ');
    expect(told).to.contain(
      'To justify, write under justifications of the policy, for each subject: - { control: package/broad-scopes-justified, ' +
        'subject: "ConnectedApp:AcmePay", why: …, supplementedBy: …, owner: …, on: YYYY-MM-DD, expires: YYYY-MM-DD }'
    );
    expect(told).not.to.contain('Next: ');
    expect(renderHuman(report)).to.contain('Next: ');
  });

  it('tears the name of no control on a terminal of 40 columns', () => {
    const shown = renderHuman(sampleReport, { width: 40, view: 'detail' }).split('\n');
    const ids = sampleReport.targets.flatMap(({ results }) => results.map(({ control }) => control.id));
    expect(ids).not.to.have.length(0);
    for (const id of ids)
      expect(
        shown.some((line) => line.trimEnd().endsWith(id)),
        id
      ).to.equal(true);
  });

  it('counts wide letters twice', () => {
    const wide = withName('組織'.repeat(60));
    for (const line of renderHuman(wide, { width: 60 }).split('\n')) {
      if (!line.startsWith('Next: ')) expect([...line.replace(/[^組織]/g, '')].length).to.be.at.most(30);
    }
  });

  it('shows passes and not-applicables with the view detail only', () => {
    expect(renderHuman(passedReport)).not.to.match(/^(?:PASS|N\/A)/m);
    expect(renderHuman(passedReport, { view: 'detail' }))
      .to.match(/^PASS/m)
      .and.to.match(/^N\/A/m);
  });

  it('shows the first 200 findings of a control and how many there are', () => {
    const crowded = renderHuman(crowdedReport);
    expect(crowded).to.contain('user199@').and.to.contain('and 50 more').and.not.to.contain('user200@');
  });

  it('ends with what would let the rest be decided, each permission once', () => {
    const [sample] = sampleReport.targets.flatMap(({ results }) => results);
    if (!sample) throw new Error('The sample has no result.');
    const waiting = (id: string, grants: string[], verdict: 'inconclusive' | 'fail' = 'inconclusive'): Result => ({
      control: { ...sample.control, id },
      verdict,
      reason: 'It was not seen.',
      findings: [],
      gaps: [{ fact: 'one', kind: 'no-access', detail: 'It was not seen.', grants }],
    });
    const results = [
      waiting('org/a', ['InstallPackaging']),
      waiting('org/b', ['ViewSetup', 'ManageUsers']),
      waiting('org/c', ['ViewSetup', 'ViewSetup']),
      waiting('org/decided', ['ModifyMetadata'], 'fail'),
    ];
    expect(toDecide(results)).to.deep.equal([
      'View Setup and Configuration (ViewSetup): org/b, org/c',
      'Download AppExchange Packages (InstallPackaging): org/a',
      'Manage Users (ManageUsers): org/b',
    ]);
    expect(renderHuman(passedReport)).not.to.contain('To decide the rest');
  });

  it('leaves colours to the caller, outside of every value', () => {
    const toned = new Map<string, string[]>();
    const color = (tone: string, text: string): string => {
      toned.set(tone, [...(toned.get(tone) ?? []), text]);
      return `{${text}}`;
    };
    const text = renderHuman(sampleReport, { color });
    expect(toned.get('fail')).to.deep.equal(['FAIL', 'FAIL', 'FAIL']);
    expect(toned.get('failed')?.at(-1)).to.equal('Gate of all 3 targets: failed (medium and above)');
    expect(text.replace(/[{}]/g, '')).to.equal(renderHuman(sampleReport).replace(/[{}]/g, ''));
  });
});

describe('a control with 10,000 findings', () => {
  const many = reportWith(10_000);
  const few = reportWith(300);

  it('has all of them in JSON', () => {
    const written = JSON.parse(renderJson(many)) as Report;
    expect(written.targets[0]?.results[0]?.findings).to.have.length(10_000);
  });

  const forPeople: ReadonlyArray<[name: string, show: (report: Report) => string]> = [
    ['the terminal', (report): string => renderHuman(report)],
    ['the terminal in detail', (report): string => renderHuman(report, { view: 'detail' })],
    ['Markdown', (report): string => renderMarkdown(report)],
    ['HTML', (report): string => renderHtml(report)],
  ];
  for (const [name, show] of forPeople) {
    it(`takes no more of ${name} than one with 300, and says how many more there are`, () => {
      const text = show(many);
      expect(text).to.match(/[Aa]nd 9800 more/);
      // Only the numbers of findings are longer.
      expect(text.length - show(few).length).to.be.within(0, 20);
    });
  }
});

describe('what changed since an earlier report', () => {
  const [hub] = sampleReport.targets;
  const [finding] = hub?.results.find(({ verdict }) => verdict === 'fail')?.findings.slice(1) ?? [];
  if (!hub || !finding) throw new Error('The sample holds a Dev Hub with a finding.');
  const [mfa] = hub.results.filter(({ verdict }) => verdict === 'fail');
  const findings = [
    { ...finding, subject: { type: 'User', name: 'known' }, drift: 'unchanged' as const },
    { ...finding, subject: { type: 'User', name: 'expired' }, drift: 'unchanged' as const, uncovered: true as const },
    { ...finding, subject: { type: 'User', name: 'fresh' }, drift: 'new' as const },
  ];
  const report: Report = {
    ...sampleReport,
    scope: { ...sampleReport.scope, gateOn: 'new' },
    targets: [{ ...hub, results: mfa ? [{ ...mfa, findings }] : [] }],
  };

  for (const [format, show] of Object.entries({ terminal: renderHuman, Markdown: renderMarkdown })) {
    it(`appears in the ${format}: counts, marks, and that the gate asks for what is new`, () => {
      const text = show(report).replace(/\s+/g, ' ');
      expect(text).to.contain(
        '1 new · 2 unchanged · 1 fixed · 1 accepted · 1 not fully checked again since 22 Nov 2026'
      );
      expect(text).to.contain('failed (new findings only, medium and above)');
      expect(text).to.match(/User:expired.*[[(]no longer waived or justified[\])]/);
      // What can fail the gate stands before what cannot.
      expect(text.indexOf('User:known')).to.be.above(text.indexOf('User:fresh'));
    });

    it(`does not compare in the ${format} where the earlier report did not contain the target`, () => {
      const text = show({ ...report, targets: [{ ...hub, drift: { fixed: [], accepted: [], notSeen: [] } }] });
      expect(text).to.contain('1 new: the earlier report does not show this target').and.not.to.contain('unchanged');
    });
  }
});
