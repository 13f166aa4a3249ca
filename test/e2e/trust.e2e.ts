import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Fault } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { writePolicyOfToday } from '../../scripts/tools/policyOfToday.js';
import type { Ran } from '../../scripts/tools/sf.js';
import type { Report } from '../../src/engine/types.js';
import { formats } from '../../src/render/index.js';
import { piecesOf, planted, plantedPackage } from '../support/planted.js';
import { writesIn } from '../support/reads.js';
import { canaries, canary } from '../support/secrets.js';
import { mayBecome } from '../support/weakened.js';
import { errorIn, reportIn, stageOf, verdictsOf, type Stage } from './support.js';

const audit = ['security-review', 'audit-org'];

/** Every file below a folder, by its path. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')])
  );

describe('what can be trusted, through sf', () => {
  let stage: Stage;
  let folder: string;
  let untouched: Record<string, string>;
  const orgs = (): Array<Stage['orgs'][string]> => Object.values(stage.orgs);
  const sf = (...args: string[]): Promise<Ran> => stage.sf.run(args, { cwd: folder });
  const state = (): Record<string, string> =>
    Object.fromEntries(Object.entries(filesIn(stage.sf.home)).filter(([path]) => /^\.sfdx?\/[^/]+\.json$/.test(path)));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'trust-'));
    stage = await stageOf({ hub: SCENARIOS.hardened(), planted: planted() });
    writePolicyOfToday(folder);
    untouched = Object.fromEntries(orgs().map(({ username, scenario }) => [username, JSON.stringify(scenario)]));
  });
  afterEach(() => orgs().forEach((org) => org.clearFaults()));
  after(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('an org under faults', () => {
    let calm: Report;
    before(async () => {
      calm = reportIn(await sf(...audit, '-o', 'hub', '-o', 'planted', '--json'));
    });

    const faults: ReadonlyArray<[name: string, on: RegExp, fault: Fault]> = [
      ['a page instead of data', /FROM (?:User|Profile)/, { kind: 'html' }],
      ['an org that stays silent', /FROM (?:User|Profile)/, { kind: 'hang' }],
      ['an overloaded org', /services\/data\/v/, { kind: 'error', status: 503, errorCode: 'SERVER_UNAVAILABLE' }],
      ['a token endpoint that refuses', /oauth2\/token/, { kind: 'error', status: 400, errorCode: 'invalid_grant' }],
    ];
    for (const [name, on, fault] of faults) {
      it(`${name}: nothing becomes better, the other org is as before, the exit code is right`, async () => {
        stage.orgs.hub?.fault(on, fault);
        if (on.source.includes('token')) stage.orgs.hub?.expireTokens();
        const ran = await sf(
          ...audit,
          '-o',
          'hub',
          '-o',
          'planted',
          '--json',
          '--request-timeout',
          '2',
          '--org-timeout',
          '20'
        );
        const report = reportIn(ran);
        const [hub, other] = report.targets;
        const [wasHub, wasOther] = calm.targets;
        expect(verdictsOf(other)).to.deep.equal(verdictsOf(wasOther));
        expect(hub?.gate).to.equal('undecided');
        const was = verdictsOf(wasHub);
        for (const [id, verdict] of Object.entries(verdictsOf(hub))) {
          expect(mayBecome[was[id] ?? 'inconclusive'], id).to.include(verdict);
        }
        expect(ran.code).to.equal(3);
        expect(`${ran.stdout}${ran.stderr}`).not.to.match(/\\n\s+at |\n\s+at |TypeError|node_modules/);
      });
    }

    it('an org that stays silent, alone: exit code 1, one line, no stack', async () => {
      stage.orgs.hub?.fault(/services\/data/, { kind: 'hang' });
      const ran = await sf(...audit, '-o', 'hub', '--request-timeout', '1');
      expect(ran.code).to.equal(1);
      expect(ran.stderr)
        .to.include('it did not answer in time')
        .and.not.match(/\n\s+at /);
    });
  });

  describe('secrets', () => {
    const at = (...parts: string[]): string => join(folder, ...parts);
    const inEveryFormat = (path: string): string[] =>
      formats.flatMap((format) => ['--output-file', `${path}${format}`]);
    /** The log of core at its most verbose level: in its file, as a user has it, or with DEBUG among the output. */
    const logged = { SF_LOG_LEVEL: 'trace', SF_DISABLE_LOG_FILE: 'false', SFDX_ENABLE_LOG_ROTATION: 'false' };
    const run = (args: string[], env: Record<string, string> = logged): Promise<Ran> =>
      stage.sf.start(['security-review', ...args], { cwd: folder, env });
    const logs = (): Array<[string, string]> =>
      Object.entries(filesIn(stage.sf.home)).filter(([path]) => path.endsWith('.log'));
    const secrets = (): string[] => {
      const sessions = orgs().flatMap(({ requests }) =>
        requests.flatMap(({ body }) => /<sessionId>([^<]+)/.exec(body)?.[1] ?? [])
      );
      expect(sessions.length).to.be.above(0);
      const org = stage.orgs.planted;
      return piecesOf([
        ...canaries,
        ...sessions,
        org?.refreshToken ?? '',
        readFileSync(org?.writeKey(stage.sf.home) ?? '', 'utf8'),
      ]);
    };
    /** What was said, every file below a folder, and the log: where a secret stands, and which, by its beginning. */
    const leaks = (ran: Ran, ...folders: string[]): string[] => {
      const files = folders.flatMap((path) => Object.entries(filesIn(at(path))));
      expect(files.every(([, text]) => text !== '')).to.equal(true);
      const places = [...files, ['stdout', ran.stdout], ['stderr', ran.stderr], ...logs()] as const;
      return places.flatMap(([place, text]) =>
        secrets()
          .filter((secret) => text.includes(secret))
          .map((secret) => `${place}: ${secret.slice(0, 6)}…`)
      );
    };

    let auth: Record<string, string>;
    let source: Record<string, string>;

    before(() => {
      auth = state();
      for (const [path, text] of Object.entries(plantedPackage())) {
        mkdirSync(dirname(at('package', path)), { recursive: true });
        writeFileSync(at('package', path), text);
      }
      // Names and addresses that somebody chose: they are told in every report.
      const callback = `<callbackUrl>https://acme.example/cb?sid=${canary.accessToken}</callbackUrl>`;
      const { pkcs8, refreshToken } = canary;
      writeFileSync(
        at('package', 'force-app', 'Named.connectedApp-meta.xml'),
        `<ConnectedApp><label>${refreshToken}</label><oauthConfig>${callback}<callbackUrl>http://${refreshToken}.example</callbackUrl><scopes>Full</scopes></oauthConfig></ConnectedApp>`
      );
      writeFileSync(
        at('package', 'force-app', `Of ${refreshToken}.connectedApp-meta.xml`),
        '<ConnectedApp></ConnectedApp>'
      );
      source = filesIn(at('package'));
      for (const name of ['org', 'checked', 'merged', 'draft', 'broken']) mkdirSync(at(name));
      const reason = JSON.stringify(`as ${canary.accessToken} shows, ${refreshToken} ${pkcs8}`);
      writeFileSync(
        at('planted.yml'),
        `version: 1\nwaivers:\n  - { control: org/mfa-enforced, subject: "User:*", owner: web, reason: ${reason}, expires: 2026-12-31 }\nsubmission: { summary: ${reason}, ${JSON.stringify(canary.token)}: 1 }\ngate: { failOn: ${JSON.stringify(canary.apiKey)} }\n`
      );
    });

    it('canary: in no output, file, evidence or log of audit-org, at the most verbose level', async () => {
      // With the session expired, core renews it, and says so at this level.
      stage.orgs.planted?.expireTokens();
      const shown = { ...logged, DEBUG: '*' };
      const evidence = at('org', 'evidence.json');
      const flags = [...inEveryFormat(at('org', 'report')), '--save-evidence', evidence, '--view', 'detail'];
      const live = await run(['audit-org', '-o', 'planted', ...flags], shown);
      const again = await run(['audit-org', '--from-evidence', evidence, '--json']);
      expect([live.code, again.code]).to.deep.equal([3, 3]);
      expect(live.stdout, 'the log of core stands among the output').to.include('TRACE');
      expect(Object.keys(filesIn(at('org')))).to.have.members([
        ...formats.map((format) => `report${format}`),
        'evidence.json',
      ]);
      expect([...leaks(live, 'org'), ...leaks(again)]).to.deep.equal([]);
    });

    it('canary: in no output, file, evidence or log of check-package', async () => {
      const args = ['check-package', '-d', 'package', '--save-evidence', at('checked', 'evidence.json'), '--json'];
      const ran = await run([...args, ...inEveryFormat(at('checked', 'report'))]);
      expect(ran.code).to.equal(3);
      expect(leaks(ran, 'checked')).to.deep.equal([]);
    });

    it('canary: in no output or file of merge-reports, even from reports of another author', async () => {
      const planting = `"reason": "${[canary.accessToken, canary.refreshToken, canary.pkcs8.replaceAll('\n', ' ')].join(' ')} `;
      const report = readFileSync(at('org', 'report.json'), 'utf8').replaceAll('"reason": "', () => planting);
      writeFileSync(at('planted.json'), report);
      const files = ['planted.json', join('checked', 'report.json')];
      const ran = await run(['merge-reports', ...files, ...inEveryFormat(at('merged', 'report')), '--json']);
      expect(ran.code).to.equal(3);
      expect(reportIn(ran).targets[0]?.results[0]?.reason).to.match(/^\[token\] \[token\]/);
      expect(leaks(ran, 'merged')).to.deep.equal([]);
    });

    it('canary: in no output or file of init, draft-incident-report and draft-submission', async () => {
      const started = mkdtempSync(join(tmpdir(), 'draft-'));
      const ends: Array<[code: number, name: string]> = [];
      stage.orgs.planted?.expireTokens();
      for (const args of [
        ['init', '-o', 'planted', '-d', at('package'), '--output-dir', started, '--pipeline', 'github', '--json'],
        ['draft-incident-report', '-o', 'planted', '--output-dir', at('draft', 'incident'), '--json'],
        [
          'draft-submission',
          '-d',
          'package',
          '--report',
          join('org', 'report.json'),
          '--output-dir',
          at('draft', 'new'),
          '--json',
        ],
      ]) {
        // eslint-disable-next-line no-await-in-loop
        const ran = await run(args);
        ends.push([ran.code, ran.code === 0 ? '' : errorIn(ran).name]);
        expect(leaks(ran, 'draft'), args[0]).to.deep.equal([]);
      }
      const text = Object.values(filesIn(started)).join('\n');
      rmSync(started, { recursive: true });
      expect(text).to.include('Legacy Sync [token]');
      expect(secrets().filter((secret) => text.includes(secret))).to.deep.equal([]);
      // Its documents would quote what is planted.
      expect(ends).to.deep.equal([
        [0, ''],
        [0, ''],
        [1, 'SecretRefused'],
      ]);
    });

    it('canary: a policy that contains one is refused by its place, and not repeated', async () => {
      const ran = await run(['check-policy', '--policy-file', 'planted.yml', '--json']);
      expect(ran.code).to.equal(1);
      expect(errorIn(ran).message).to.match(/waivers\[0\]\.reason: .*\n.*submission\.summary: /);
      expect(leaks(ran)).to.deep.equal([]);
    });

    it('canary: a command that breaks in the middle shows none', async () => {
      let broken = false;
      const breaks = (): boolean => {
        rmSync(at('broken'), { recursive: true, force: true });
        broken = true;
        return false;
      };
      stage.orgs.planted?.fault(breaks, { kind: 'reset' });
      const flags = [...inEveryFormat(at('broken', 'report')), '--save-evidence', at('broken', 'evidence.json')];
      const ran = await run(['audit-org', '-o', 'planted', ...flags]);
      expect(broken).to.equal(true);
      expect(ran.code).to.equal(1);
      expect(ran.stderr)
        .to.include('ENOENT')
        .and.not.match(/\n\s+at /);
      expect(leaks(ran)).to.deep.equal([]);
    });

    it("canary: in core's own log, which every run of these wrote", () => {
      const text = logs()
        .map(([, log]) => log)
        .join('\n');
      for (const command of ['check-package', 'merge-reports', 'init', 'draft-incident-report', 'draft-submission']) {
        expect(text).to.match(new RegExp(`security-review:${command}`));
      }
      expect(secrets().filter((secret) => text.includes(secret))).to.deep.equal([]);
    });

    it('none of these commands left anything but its files, its log and a renewed session', () => {
      expect(filesIn(at('package'))).to.deep.equal(source);
      const made = ['org', 'checked', 'merged', 'draft', 'package', 'planted.yml', 'planted.json'];
      expect(readdirSync(folder)).to.have.members(['security-review.yml', ...made]);
      expect(readdirSync(at('draft'))).to.deep.equal(['incident']);
      const changed = Object.entries(state()).filter(([path, text]) => auth[path] !== text);
      expect(changed.map(([path]) => path.replace(/^\.sfdx?\//, ''))).to.deep.equal([
        `${stage.orgs.planted?.username ?? ''}.json`,
      ]);
    });
  });

  describe('read only', () => {
    it('every command only reads, and changes nothing on this machine but what it was asked to write', async function () {
      this.timeout(300_000);
      const auth = state();
      const kept = filesIn(folder);
      const draft = mkdtempSync(join(tmpdir(), 'draft-'));
      const codes: number[] = [];
      for (const args of [
        [...audit, '-o', 'planted', '--save-evidence', 'kept.json'],
        [...audit, '--from-evidence', 'kept.json'],
        ['security-review', 'init', '-o', 'planted', '--output-dir', draft],
      ]) {
        // eslint-disable-next-line no-await-in-loop
        codes.push((await sf(...args)).code);
      }
      expect(codes).to.deep.equal([3, 3, 0]);
      rmSync(draft, { recursive: true });
      expect(state()).to.deep.equal(auth);
      const { 'kept.json': evidence, ...others } = filesIn(folder);
      expect(others).to.deep.equal(kept);
      expect(evidence).to.be.a('string');
    });

    it('a session that has to be renewed is the only thing that core writes', async () => {
      orgs().forEach((org) => org.expireTokens());
      const auth = state();
      await sf(...audit, '-o', 'hub');
      const changed = Object.entries(state()).filter(([path, text]) => auth[path] !== text);
      expect(changed.map(([path]) => path.replace(/^\.sfdx?\//, ''))).to.deep.equal([
        `${stage.orgs.hub?.username ?? ''}.json`,
      ]);
      const parsed = ([path, text]: [string, string]): Array<[string, unknown]> => {
        const old = JSON.parse(auth[path] ?? '{}') as Record<string, unknown>;
        return Object.entries(JSON.parse(text) as Record<string, unknown>).filter(
          ([name, value]) => old[name] !== value
        );
      };
      expect(changed.flatMap(parsed).map(([name]) => name)).to.deep.equal(['accessToken']);
    });

    it('no org was sent anything but reads, and none has changed', () => {
      for (const { username, scenario, requests } of orgs()) {
        expect(writesIn(requests), username).to.deep.equal([]);
        expect(JSON.stringify(scenario)).to.equal(untouched[username]);
      }
    });
  });
});
