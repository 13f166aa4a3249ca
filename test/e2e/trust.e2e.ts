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
import { canaries } from '../support/secrets.js';
import { mayBecome } from '../support/weakened.js';
import { reportIn, stageOf, verdictsOf, type Stage } from './support.js';

const audit = ['security-review', 'audit-org'];

/** Every file below a folder, by its path. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')])
  );

describe('what can be trusted, through the real sf', () => {
  let stage: Stage;
  let folder: string;
  let untouched: Record<string, string>;
  const orgs = (): Array<Stage['orgs'][string]> => Object.values(stage.orgs);
  const sf = (...args: string[]): Promise<Ran> => stage.sf.run(args, { cwd: folder });
  const state = (): Record<string, string> =>
    Object.fromEntries(Object.entries(filesIn(stage.sf.home)).filter(([path]) => /^\.sfdx?\/[^/]+\.json$/.test(path)));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'trust-'));
    stage = await stageOf({ hub: SCENARIOS.hardened(), planted: planted() }, 'linked');
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
    it('canary: in no output, file, evidence or log, at the most verbose level', async () => {
      const out = join(folder, 'out');
      mkdirSync(out);
      const files = [...formats.map((format) => `report${format}`), 'evidence.json'];
      const flags = formats.flatMap((format) => ['--output-file', join(out, `report${format}`)]);
      // With the session expired, core renews it, and says so at this level.
      stage.orgs.planted?.expireTokens();
      const env = {
        SF_LOG_LEVEL: 'trace',
        SF_DISABLE_LOG_FILE: 'false',
        DEBUG: '*',
        SFDX_ENABLE_LOG_ROTATION: 'false',
      };
      const run = (...args: string[]): Promise<Ran> => stage.sf.run([...audit, ...args], { cwd: folder, env });
      const ran = [
        await run('-o', 'planted', ...flags, '--save-evidence', join(out, 'evidence.json'), '--view', 'detail'),
        await run('--from-evidence', join(out, 'evidence.json'), '--json'),
      ];
      expect(ran.map(({ code }) => code)).to.deep.equal([3, 3]);
      expect(ran[0]?.stdout, 'the log of core stands among the output').to.include('TRACE');
      const written = filesIn(out);
      expect(Object.keys(written)).to.have.members(files);
      const sessions = orgs().flatMap(({ requests }) =>
        requests.flatMap(({ body }) => /<sessionId>([^<]+)/.exec(body)?.[1] ?? [])
      );
      expect(sessions.length).to.be.above(0);
      const org = stage.orgs.planted;
      const key = readFileSync(org?.writeKey(stage.sf.home) ?? '', 'utf8');
      const secrets = piecesOf([...canaries, ...sessions, org?.refreshToken ?? '', key]);
      const logs = Object.entries(filesIn(stage.sf.home)).filter(([path]) => path.endsWith('.log'));
      const places = [
        ...Object.entries(written),
        ...ran.flatMap(
          ({ stdout, stderr }, index) =>
            [
              [`stdout ${index}`, stdout],
              [`stderr ${index}`, stderr],
            ] as const
        ),
        ...logs,
      ];
      const found = places.flatMap(([place, text]) =>
        secrets.filter((secret) => text.includes(secret)).map((secret) => `${place}: ${secret.slice(0, 6)}…`)
      );
      expect(found).to.deep.equal([]);
    });

    it('canary: in no output of check-package', async () => {
      const project = join(folder, 'package');
      for (const [path, text] of Object.entries(plantedPackage())) {
        mkdirSync(dirname(join(project, path)), { recursive: true });
        writeFileSync(join(project, path), text);
      }
      const env = { SF_LOG_LEVEL: 'trace', SF_DISABLE_LOG_FILE: 'false', DEBUG: '*' };
      const args = ['security-review', 'check-package', '-d', project, '--output-file', join(project, 'r.sarif')];
      const ran = await stage.sf.run(args, { cwd: folder, env });
      expect(ran.code).to.equal(3);
      const text = [ran.stdout, ran.stderr, readFileSync(join(project, 'r.sarif'), 'utf8')].join('\n');
      expect(piecesOf(canaries).filter((secret) => text.includes(secret))).to.deep.equal([]);
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
