import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { makeId, moveTo, startOrg, type Scenario, type SimulatedOrg } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { inRoot } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import type { Finding, Report, Result, TargetReport } from '../../src/engine/types.js';
import { formats } from '../../src/render/index.js';
import { errorIn, reportIn, stageOf, verdictsOf, type Stage } from './support.js';

const day = 86_400_000;
const dayIn = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);
const who = 'owner: ciso@acme.example, reason: Reviewed with the vendor';
const until = `expires: ${dayIn(100)}`;

describe('the rules of the gate, one by one, through sf', () => {
  let stage: Stage;
  let folder: string;
  let bad: SimulatedOrg;
  const sf = (...args: string[]): Promise<Ran> => stage.sf.run(['security-review', ...args], { cwd: folder });
  const write = (file: string, text: string): string => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    return file;
  };
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const report = (file: string): Report => JSON.parse(read(file)) as Report;
  const first = (one: Report): TargetReport => one.targets[0] ?? expect.fail('There is no target.');
  const resultOf = (one: Report, id: string): Result =>
    first(one).results.find(({ control }) => control.id === id) ?? expect.fail(`${id} was not evaluated.`);
  /** Evaluates the audit of the first run again, under this policy. */
  const again = (text: string, ...args: string[]): Promise<Ran> =>
    sf(
      'audit-org',
      '--from-evidence',
      'evidence.json',
      '--policy-file',
      write('p.yml', `version: 1\n${text}\n`),
      ...args
    );

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rules-'));
    stage = await stageOf({ bad: SCENARIOS.broken() });
    bad = stage.orgs.bad ?? expect.fail('No org.');
    const ran = await sf('audit-org', '-o', 'bad', '--save-evidence', 'evidence.json', '-f', 'first.json');
    expect(ran.code, ran.stderr).to.equal(3);
  });
  after(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('A1, coverage', () => {
    const control = 'package/no-username-password-flow';
    const check = (...args: string[]): Promise<Ran> =>
      sf('check-package', '-d', 'pack', '--integration-dir', 'backend', '--control', control, ...args);

    it('a touchpoint that no rule explains is a gap in every format, attestable by its subject only', async () => {
      write('pack/sfdx-project.json', '{"packageDirectories":[{"path":"force-app","package":"Pack"}]}');
      write('pack/force-app/classes/A.cls', 'public class A {}');
      write('pack/force-app/classes/A.cls-meta.xml', '<ApexClass><apiVersion>66.0</apiVersion></ApexClass>');
      write('backend/sync.py', 'import os\nHOST = "https://login.salesforce.com/services/unheard/of"\n');
      const ran = await check(...formats.flatMap((format) => ['-f', `covered${format}`]));
      expect(ran.code, ran.stdout).to.equal(4);
      const covered = report('covered.json');
      const gap = resultOf(covered, control).gaps.find(({ kind }) => kind === 'not-understood');
      expect(gap?.subject).to.include({ file: 'sync.py', line: 2 });
      const { coverage } = first(covered).target;
      expect(coverage).to.include({ files: 3, notUnderstood: 1 });
      const line = /, 1 not understood|"notUnderstood": ?1/;
      for (const format of formats) expect(read(`covered${format}`), format).to.match(line);
      expect(ran.stdout.replace(/\s+/g, ' ')).to.match(line);

      const subject = `${gap?.subject?.type ?? ''}:${gap?.subject?.name ?? ''}`;
      const signed = (about: string): string =>
        write(
          'signed.yml',
          `version: 1\nattestations: [{ control: ${control}, ${about}${who}, on: ${dayIn(-1)}, ${until} }]\n`
        );
      const whole = await check('--policy-file', signed(''), '--json');
      const named = await check('--policy-file', signed(`subject: "${subject}", `), '--json');
      expect([resultOf(reportIn(whole), control).verdict, whole.code]).to.deep.equal(['inconclusive', 4]);
      expect([resultOf(reportIn(named), control).verdict, named.code]).to.deep.equal(['attested', 0]);
    });
  });

  it('A4: a waiver for an alias counts only where the policy binds the alias to the id', async () => {
    const waived = `waivers: [{ control: org/no-guest-sites, subject: "*", org: lab, ${who}, ${until} }]`;
    const guests = ['--control', 'org/no-guest-sites', '--json'];
    const unbound = await again(waived.replace('"*"', '"Site:*"'), ...guests);
    const bound = await again(
      `orgs: [{ alias: lab, id: ${bad.orgId} }]\n${waived.replace('"*"', '"Site:*"')}`,
      ...guests
    );
    const count = (ran: Ran): number => reportIn(ran).summary.waivedFindings;
    expect([count(unbound), count(bound)]).to.deep.equal([0, 1]);
    expect(first(reportIn(unbound)).notices.join(' ')).to.contain('Entries for the org lab do not count');
  });

  it('A5: refuses placeholders and days that are far ahead, each with its line', async () => {
    const entry = (owner: string, reason: string, expires: string): string =>
      `  - { control: org/no-guest-sites, subject: 'Site:*', owner: ${owner}, reason: ${reason}, expires: ${expires} }\n`;
    const ran = await again(
      `waivers:\n${entry('"…"', 'Reviewed it', dayIn(9))}${entry('ops', 'TODO', dayIn(9))}${entry('ops', 'x', dayIn(9))}${entry('ops', 'Reviewed it', '9999-12-31')}`,
      '--json'
    );
    expect(ran.code).to.equal(1);
    const { message } = errorIn(ran);
    for (const line of [3, 4, 5, 6]) expect(message).to.match(new RegExp(`line ${line}: waivers\\[${line - 3}\\]`));
    expect(message.match(/is a placeholder/g)).to.have.length(3);
  });

  it('A6: lists what makes the policy weaker than the default', async () => {
    const ran = await again(
      [
        'gate: { failOn: high, inconclusive: allow }',
        'trust: { ipRanges: [{ cidr: 0.0.0.0/0, name: everything }] }',
        'controls:',
        '  org/passwords-rotated: { params: { days: 36500 } }',
        '  org/own-apps-are-external-client-apps: { params: { since: 2099-01-01 } }',
        `  org/no-guest-sites: { severity: off, ${who}, ${until} }`,
      ].join('\n'),
      '--json'
    );
    expect(reportIn(ran).scope.weakened?.map(({ setting }) => setting)).to.have.members([
      'gate.failOn',
      'gate.inconclusive',
      'controls.org/passwords-rotated.params.days',
      'controls.org/own-apps-are-external-client-apps.params.since',
      'controls.org/no-guest-sites.severity',
      'trust.ipRanges',
    ]);
  });

  describe('a second app of the same name, and an app whose tokens grow', () => {
    const apps = ['org/connected-apps-trusted', 'org/oauth-tokens-trusted'];
    const only = apps.flatMap((id) => ['--control', id]);
    const spoof = makeId('0H4', 4711);
    const later = (): Scenario => {
      const scenario = SCENARIOS.broken();
      const { AppMenuItem = [], ConnectedApplication = [], OauthToken = [], User = [] } = scenario.tables;
      const handy = ConnectedApplication.find(({ Name }) => Name === 'Handy Data Loader');
      const item = AppMenuItem.find(({ ApplicationId }) => ApplicationId === handy?.Id);
      const phantom = OauthToken.find(({ AppName }) => AppName === 'Phantom Exporter');
      const more = User.filter(({ IsActive, UserType }) => IsActive === true && UserType === 'Standard').slice(0, 5);
      return {
        ...scenario,
        tables: {
          ...scenario.tables,
          ConnectedApplication: [...ConnectedApplication, { ...handy, Id: spoof }],
          AppMenuItem: [...AppMenuItem, { ...item, Id: makeId('0DS', 4711), ApplicationId: spoof }],
          OauthToken: [...OauthToken, ...more.map(({ Id }) => ({ ...phantom, UserId: Id }))],
        },
      };
    };
    let grown: Report;

    before(async () => {
      const org = await startOrg(moveTo(later(), new Date()));
      try {
        await stage.sf.logIn(org, 'bad');
        const earlier = await again('', ...only, '-f', 'apps.json');
        const args = [
          '--previous',
          'apps.json',
          '--gate-on',
          'new',
          '--save-evidence',
          'spoofed.json',
          '-f',
          'later.json',
        ];
        const ran = await sf('audit-org', '-o', 'bad', ...only, ...args, '--policy-file', 'p.yml');
        expect([earlier.code, ran.code], ran.stderr).to.deep.equal([3, 3]);
        grown = report('later.json');
      } finally {
        await org.stop();
      }
    });

    it('A8: the tokens have grown, which counts like new', () => {
      const [tokens] = resultOf(grown, 'org/oauth-tokens-trusted').findings as Array<Finding & { count?: number }>;
      expect(tokens).to.include({ drift: 'grown' });
      expect(tokens?.count).to.be.above(1);
    });

    it('A7: a waiver by name covers neither of two apps, and one by id only its own', async () => {
      const waive = async (subject: string): Promise<Report> => {
        const entry = `{ control: org/connected-apps-trusted, subject: "ConnectedApp:${subject}", ${who}, ${until} }`;
        write('waive.yml', `version: 1\nwaivers: [${entry}]\n`);
        const args = ['--from-evidence', 'spoofed.json', '--policy-file', 'waive.yml', ...only, '--json'];
        return reportIn(await sf('audit-org', ...args));
      };
      const waived = (one: Report): Array<string | undefined> =>
        resultOf(one, 'org/connected-apps-trusted').findings.flatMap(({ waiver, subject }) =>
          waiver ? [subject.id] : []
        );
      const byName = await waive('Handy Data Loader');
      expect(waived(byName)).to.deep.equal([]);
      expect(first(byName).notices.join(' ')).to.contain('is the name of 2 subjects');
      expect(waived(await waive(spoof))).to.deep.equal([spoof]);
    });
  });

  it('A9: refuses reports of another time, version or scope, and one that contradicts itself', async () => {
    const given = report('first.json');
    const edited = (file: string, change: (one: Report) => unknown): string => {
      const copy = report('first.json');
      change(copy);
      return write(file, JSON.stringify(copy));
    };
    const at = (asOf: string) => (one: Report) => Object.assign(one, { asOf, targets: [{ ...first(one), asOf }] });
    const only = (one: Report): unknown => {
      const [result] = first(one).results as [Result];
      const summary = { ...one.summary, pass: 0, fail: 0, inconclusive: 0, 'not-applicable': 0, attested: 0 };
      Object.assign(summary, { [result.verdict]: 1, waivedFindings: 0 });
      const gate = result.verdict === 'fail' ? 'failed' : result.verdict === 'inconclusive' ? 'undecided' : 'passed';
      return Object.assign(one, { summary, gate, targets: [{ ...first(one), results: [result], summary, gate }] });
    };
    const files = [
      edited('old.json', at('2024-01-01T00:00:00.000Z')),
      edited('future.json', at('2099-01-01T00:00:00.000Z')),
      edited('version.json', (one) => Object.assign(one.tool, { version: '9.9.9' })),
      edited('part.json', only),
    ];
    const ran = await sf('merge-reports', ...files, '--json');
    expect(ran.code).to.equal(1);
    expect(errorIn(ran).message)
      .to.match(/old\.json: .*more than 7 days ago/)
      .and.match(/future\.json: .*in the future/)
      .and.match(/version\.json: tool\.version is 9\.9\.9/)
      .and.match(/part\.json: .*does not cover its scope/);
    const none = edited('none.json', (one) => Object.assign(one.targets[0] ?? {}, { results: [] }));
    const passing = edited('passing.json', (one) => {
      const failed = first(one).results.find(({ verdict }) => verdict === 'fail');
      Object.assign(failed ?? {}, { verdict: 'pass' });
    });
    for (const file of [none, passing]) {
      // eslint-disable-next-line no-await-in-loop -- two cases
      const refused = await sf('merge-reports', file, '--json');
      expect(refused.code, refused.stdout).to.equal(1);
      expect(errorIn(refused).message).to.match(/targets\[0\]\.(?:summary|results)/);
    }
    expect(given.gate).to.equal('failed');
  });

  describe('A12, every run ends', () => {
    for (const name of ['h01-pagination', 'z13-endpoint-ternaries']) {
      it(`on the source of ${name}`, async () => {
        cpSync(inRoot('test', 'package', 'cases', name, 'src'), join(folder, name), { recursive: true });
        const ran = await sf('check-package', '-d', name, '--json');
        expect([0, 3, 4], ran.stdout).to.include(ran.code);
        expect(reportIn(ran).targets).to.have.length(1);
      });
    }

    it('on an org whose page of rows comes after itself, and it is a gap', async () => {
      const attributes = { type: 'User', url: '/services/data/v67.0/sobjects/User/1' };
      const body = {
        totalSize: 9999,
        done: false,
        records: [{ attributes }],
        nextRecordsUrl: '/services/data/v67.0/query/01g-1',
      };
      bad.fault(/FROM Site\b|query\/01g/, { kind: 'json', body });
      await stage.sf.logIn(bad, 'bad');
      const ran = await sf('audit-org', '-o', 'bad', '--control', 'org/no-guest-sites', '--json');
      bad.clearFaults();
      expect([3, 4], ran.stdout).to.include(ran.code);
      expect(resultOf(reportIn(ran), 'org/no-guest-sites').gaps).to.have.length.above(0);
    });

    it('with the exit code of its gate, when it compares with a folder as baseline', async () => {
      cpSync(inRoot('examples', 'acme-pay'), join(folder, 'now'), { recursive: true });
      cpSync(inRoot('examples', 'acme-pay'), join(folder, 'released'), { recursive: true });
      const ran = await sf('check-package', '-d', 'now', '--baseline', 'released', '-f', 'now.json');
      expect([ran.code, ran.uncaught]).to.deep.equal([3, '']);
      expect(verdictsOf(first(report('now.json')))).to.have.property('package/no-secrets-in-source');
    });
  });
});
