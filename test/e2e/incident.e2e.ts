import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Row, Scenario } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { incidentResult, type IncidentResult } from '../../src/incident/index.js';
import { canaries, canary } from '../support/secrets.js';
import { errorIn, stageOf, type Stage } from './support.js';

/** Secrets wherever a row of the org can hold one; they open nothing. */
const withSecrets = (org: Scenario): Scenario => {
  const all = `${canary.accessToken} ${canary.refreshToken} ${canary.token}`;
  const rows = (object: string, turn: (row: Row) => Row): Row[] => (org.tables[object] ?? []).map(turn);
  return {
    ...org,
    tables: {
      ...org.tables,
      OauthToken: rows('OauthToken', (row) => ({
        ...row,
        AccessToken: canary.refreshToken,
        DeleteToken: canary.token,
        RequestToken: canary.apiKey,
      })),
      LoginHistory: rows('LoginHistory', (row) => ({ ...row, Status: `Failed: ${all}`, LoginUrl: all, Browser: all })),
      SetupAuditTrail: rows('SetupAuditTrail', (row) => ({
        ...row,
        Display: `${String(row['Display'])} ${all}, password to ${canary.password}, ${canary.consumerSecret}`,
      })),
    },
  };
};

const resultIn = ({ stdout, stderr }: Ran): IncidentResult => {
  try {
    return incidentResult.parse((JSON.parse(stdout) as { result: unknown }).result);
  } catch {
    throw new Error(`No result came out: ${stdout}\n${stderr}`);
  }
};

describe('sf security-review draft-incident-report, through sf', () => {
  let stage: Stage;
  let folder: string;

  before(async () => {
    stage = await stageOf({ broken: withSecrets(SCENARIOS.broken()), blind: SCENARIOS.blind() });
  });
  after(() => stage.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'incident-'));
  });
  afterEach(async () => {
    Object.values(stage.orgs).forEach((org) => org.clearFaults());
    await rm(folder, { recursive: true, force: true });
  });

  const draft = (...args: string[]): Promise<Ran> =>
    stage.sf.run(['security-review', 'draft-incident-report', ...args], { cwd: folder });
  const both = ['-o', 'broken', '-o', 'blind'];
  const since = new Date(Date.now() - 100 * 86_400_000).toISOString().slice(0, 10);

  it('writes a folder about two orgs, of which one shows nothing, with correct checksums and no secret', async () => {
    const ran = await draft(...both, '--since', since, '--output-dir', 'kit', '--json');
    expect(ran.code, ran.stderr).to.equal(0);
    const { files, orgs } = resultIn(ran);
    expect((await readdir(join(folder, 'kit'))).sort()).to.deep.equal(files.map(({ name }) => name).sort());
    expect(await readdir(folder)).to.deep.equal(['kit']);
    const texts = await Promise.all(files.map(({ name }) => readFile(join(folder, 'kit', name), 'utf8')));
    files.forEach(({ sha256, bytes }, index) => {
      expect(
        createHash('sha256')
          .update(texts[index] ?? '')
          .digest('hex')
      ).to.equal(sha256);
      expect(Buffer.byteLength(texts[index] ?? '')).to.equal(bytes);
    });
    const everything = [...texts, ran.stdout, ran.stderr].join('\n');
    expect(canaries.filter((secret) => everything.includes(secret))).to.deep.equal([]);
    expect(everything).to.contain('[token]');

    const [broken, blind] = orgs;
    expect(broken?.counts).to.deep.equal({ apps: 5, users: 3, tokens: 5, logins: 5, setupChanges: 2 });
    expect(blind?.opened).to.equal(true);
    expect(blind?.counts).not.to.have.property('setupChanges');
    expect(blind?.unknown.flatMap(({ grants }) => grants)).to.include.members(['CustomizeApplication', 'ViewSetup']);
    Object.values(stage.orgs).forEach((org) => org.assertReadOnly());
    const asked = stage.orgs.broken?.requests.map(({ text }) => text).join('\n');
    expect(asked)
      .to.contain('OauthToken')
      .and.not.to.match(/AccessToken|DeleteToken|RequestToken/);
  });

  it('says on the terminal what was written, what is not known, and what a person does next', async () => {
    const ran = await draft(...both, '--app', 'legacy sync', '--app', 'Ghost');
    const date = new Date().toISOString().slice(0, 10);
    expect(ran.code, ran.stderr).to.equal(0);
    expect(ran.stdout.replace(/\s+/g, ' ')).to.match(/broken: 1 affected app, 1 affected user, 1 live token/);
    expect(ran.stdout).to.contain(`incident-${date}`).and.to.contain('Now open README.md');
    const warned = ran.stderr.replace(/[\s»›]+/g, ' ');
    expect(warned).to.contain('Org "blind": ').and.to.contain('No org shows an app named "Ghost"');
    expect(warned).not.to.contain('named legacy sync');
    const written = (await readdir(folder)).find((name) => name.startsWith(`incident-${date}-`)) ?? '';
    expect(written).to.match(/^incident-\d{4}-\d\d-\d\d-\d{4}$/);
    const page = await readFile(join(folder, written, 'incident-report.md'), 'utf8');
    expect(page).to.contain('`Legacy Sync`; Connected App').and.not.to.contain('Phantom Exporter');
  });

  it('reports an org that cannot be opened as not known, with a warning', async () => {
    stage.orgs.blind?.fault(/services\/data/, { kind: 'hang' });
    const ran = await draft(...both, '--request-timeout', '1', '--output-dir', 'kit', '--json');
    expect(ran.code, ran.stdout).to.equal(0);
    const { orgs } = resultIn(ran);
    expect(orgs.map(({ name, opened }) => [name, opened])).to.deep.equal([
      ['broken', true],
      ['blind', false],
    ]);
    expect(orgs[1]?.counts).to.deep.equal({});
    expect((JSON.parse(ran.stdout) as { warnings: string[] }).warnings.join()).to.contain(
      'Nothing is known about org "blind"'
    );
    expect(await readFile(join(folder, 'kit', 'README.md'), 'utf8')).to.contain('could not be opened');
  });

  it('writes nothing when no org can be opened', async () => {
    stage.orgs.blind?.fault(/services\/data/, { kind: 'hang' });
    const ran = await draft('-o', 'blind', '--request-timeout', '1', '--output-dir', 'kit', '--json');
    expect([ran.code, errorIn(ran).name]).to.deep.equal([1, 'OrgNotReachableError']);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('takes the contact of the policy, and works without one', async () => {
    const policy = join(folder, 'security-review.yml');
    await writeFile(policy, 'version: 1\nsubmission:\n  incident:\n    contact: psirt@acme.example\n');
    const contact = resultIn(await draft('-o', 'broken', '--output-dir', 'kit', '--json')).contact;
    expect(contact).to.equal('psirt@acme.example');
    expect(await readFile(join(folder, 'kit', 'mail-draft.txt'), 'utf8')).to.contain('Contact: psirt@acme.example');
    await writeFile(policy, 'version: 99\n');
    const ran = await draft('-o', 'broken', '--output-dir', 'other', '--json');
    expect(ran.code, ran.stdout).to.equal(0);
    expect((JSON.parse(ran.stdout) as { warnings: string[] }).warnings.join()).to.contain('The policy cannot be used');
    const named = await draft('-o', 'broken', '--output-dir', 'third', '--policy-file', policy, '--json');
    expect([named.code, errorIn(named).name]).to.deep.equal([1, 'InvalidPolicy']);
  });

  describe('the command line', () => {
    const cases: ReadonlyArray<{ name: string; args: string[]; error: string; says: RegExp }> = [
      { name: 'no org', args: [], error: 'NoOrg', says: /no default org/ },
      { name: 'an unknown alias', args: ['-o', 'nobody'], error: 'UnknownOrg', says: /nobody/ },
      { name: 'a mistyped alias', args: ['-o', 'brocken'], error: 'UnknownOrg', says: /Did you mean broken\?/ },
      {
        name: 'a beginning after the end',
        args: ['-o', 'broken', '--since', '2026-02-02', '--until', '2026-02-01'],
        error: 'EmptyWindow',
        says: /2026-02-02/,
      },
      { name: 'the future', args: ['-o', 'broken', '--until', '2999-01-01'], error: 'FutureWindow', says: /2999/ },
      { name: 'words for a date', args: ['-o', 'broken', '--since', 'monday'], error: 'NoMoment', says: /monday/ },
      { name: 'an app without a name', args: ['-o', 'broken', '--app', ' '], error: 'EmptyApp', says: /empty/ },
      {
        name: 'a folder that is not empty',
        args: ['-o', 'broken', '--output-dir', 'full'],
        error: 'FolderNotEmpty',
        says: /full/,
      },
      {
        name: 'a folder in no folder',
        args: ['-o', 'broken', '--output-dir', 'a/b'],
        error: 'NoOutputFolder',
        says: /a\/b/,
      },
    ];
    for (const { name, args, error, says } of cases) {
      it(`refuses ${name} with exit 2, asks nothing and writes nothing`, async () => {
        await mkdir(join(folder, 'full'));
        await writeFile(join(folder, 'full', 'mine.txt'), 'mine');
        const before = stage.orgs.broken?.requests.length;
        const ran = await draft(...args, '--json');
        expect([ran.code, errorIn(ran).name]).to.deep.equal([2, error]);
        const { message, actions = [] } = errorIn(ran);
        expect([message, ...actions].join(' ')).to.match(says);
        expect(actions).not.to.have.length(0);
        expect(await readdir(folder)).to.deep.equal(['full']);
        expect(await readdir(join(folder, 'full'))).to.deep.equal(['mine.txt']);
        expect(stage.orgs.broken?.requests.length).to.equal(before);
      });
    }
  });
});
