/* eslint-disable no-await-in-loop -- one sf after the other */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { reportSchema } from '../../src/render/reportSchema.js';
import { draftSchema } from '../../src/submission/index.js';
import { canaries, canary } from '../support/secrets.js';
import { errorIn, newSf, reportIn, verdictsOf, type Sf } from './support.js';

describe('sf security-review draft-submission, through sf', () => {
  let sf: Sf;
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  const draft = (...args: string[]): Promise<Ran> =>
    sf.run(['security-review', 'draft-submission', ...args], { cwd: folder });
  const ofExample = ['--source-dir', 'acme-pay', '--policy-file', 'acme-pay/submission.yml'];
  const bytesOf = async (path: string): Promise<string> => {
    const names = await readdir(at(path)).catch(() => []);
    return (await Promise.all(names.map((name) => readFile(at(path, name), 'utf8')))).join('\n');
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'submission-'));
    sf = newSf();
    sf.install();
    await cp(inRoot('examples', 'acme-pay'), at('acme-pay'), { recursive: true });
  });
  after(async () => {
    sf.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('writes a skeleton with every missing answer, and never over a file', async () => {
    const questions = ['--source-dir', 'acme-pay', '--output-dir', 'asked', '--questions', 'questions.yml', '--json'];
    expect((await draft(...questions)).code).to.equal(3);
    const text = await readFile(at('questions.yml'), 'utf8');
    expect(text).to.contain('    - app: "AcmeReports"').and.to.contain('purpose: "" # What AcmeReports is for');
    const again = await draft(...questions);
    expect(again.code).to.equal(1);
    expect(await readFile(at('questions.yml'), 'utf8')).to.equal(text);
    await rm(at('questions.yml'));
  });

  it('drafts the example, whose answers are all there, and replaces the draft of an earlier run', async () => {
    const ran = await draft(...ofExample, '--output-dir', 'draft', '--json');
    const report = reportIn(ran);
    // No report of the example is given.
    expect(ran.code).to.equal(3);
    expect(reportSchema.parse(report)).to.deep.equal(report);
    expect(report.targets[0]?.target).to.include({ kind: 'submission', name: 'Acme Pay' });
    const { 'submission/checks-passed': checks, ...others } = verdictsOf(report.targets[0]);
    expect(checks).to.equal('fail');
    expect(new Set(Object.values(others))).to.deep.equal(new Set(['pass']));
    expect(Object.keys(others)).to.have.length(9);
    expect(await readdir(at('draft'))).to.include.members([
      'README.md',
      'todo.md',
      'submission.html',
      'flows.svg',
      'draft.json',
    ]);
    expect(draftSchema.safeParse(JSON.parse(await readFile(at('draft', 'draft.json'), 'utf8'))).success).to.equal(true);

    await writeFile(at('draft', 'left-over.md'), 'of an earlier version');
    const again = await draft(...ofExample, '--output-dir', 'draft', '--previous', 'draft');
    expect(again.code).to.equal(3);
    expect(again.stdout).to.contain('Documents written to draft. What is left to do is in todo.md');
    expect(await readdir(at('draft'))).not.to.include('left-over.md');
    expect(await readFile(at('draft', 'todo.md'), 'utf8')).to.contain('The compared facts have not changed.');
    expect((await readdir(folder)).filter((name) => name.startsWith('draft.'))).to.deep.equal([]);
  });

  it('names every gap and fails where an answer is missing, and quotes the report that was given', async () => {
    await sf.run(['security-review', 'check-package', '--source-dir', 'acme-pay', '-f', 'package.json'], {
      cwd: folder,
    });
    const ran = await draft('-d', 'acme-pay', '--report', 'package.json', '--output-dir', 'gaps', '-f', 'gaps.json');
    expect(ran.code).to.equal(3);
    expect(await readFile(at('gaps', 'todo.md'), 'utf8')).to.contain('`submission.incident.plan`');
    const hardening = await readFile(at('gaps', '7-org-hardening.md'), 'utf8');
    expect(hardening).to.contain('requires PKCE | failed | AcmePayGateway does not require PKCE');
    // A reviewer does not know the ids of our controls.
    expect(hardening).not.to.contain('package/');
  });

  it('refuses a secret in the policy and in a report, and writes nothing', async () => {
    const policy = await readFile(at('acme-pay', 'submission.yml'), 'utf8');
    await writeFile(
      at('planted.yml'),
      policy.replace('Reads payments and nothing else.', `Reads with ${canary.token} only.`)
    );
    const planted = await draft('-d', 'acme-pay', '--policy-file', 'planted.yml', '--output-dir', 'refused', '--json');
    expect(planted.code).to.equal(1);
    expect(errorIn(planted).name).to.equal('SecretRefused');
    const line = policy.split('\n').findIndex((one) => one.includes('Reads payments and nothing else.')) + 1;
    expect(errorIn(planted).message).to.contain(`planted.yml:${line}: submission.apps.AcmeReports.data`);
    expect(planted.stdout + planted.stderr).not.to.contain(canary.token);
    const report = await readFile(at('package.json'), 'utf8');
    await writeFile(at('planted.json'), report.replace('"reason": "', `"reason": "${canary.accessToken} `));
    const ran = await draft(...ofExample, '--report', 'planted.json', '--output-dir', 'refused', '--json');
    expect(ran.code).to.equal(1);
    expect(errorIn(ran).message).to.match(/planted\.json: .*results\.package\/|planted\.json: /);
    expect(ran.stdout + ran.stderr).not.to.contain(canary.accessToken);
    expect(await readdir(folder)).not.to.include('refused');
  });

  it('says which report is about another package, or of another version', async () => {
    const report = await readFile(at('package.json'), 'utf8');
    const other = report.replace(/"version": "[^"]*"/, '"version": "0.0.1"').replaceAll('"Acme Pay"', '"Acme Ledger"');
    await writeFile(at('other.json'), other);
    const { stdout } = await draft(
      ...ofExample,
      '--report',
      'other.json',
      '--output-dir',
      'with-other',
      '--view',
      'detail'
    );
    const told = stdout.replace(/\s+/g, ' ');
    expect(told).to.contain('The report other.json is about the package Acme Ledger, which is not submitted here');
    expect(told).to.contain('The report other.json was made by version 0.0.1 of this tool');
  });

  it('lets no secret of the source into any byte', async () => {
    await cp(at('acme-pay'), at('leaky'), { recursive: true });
    await mkdir(at('leaky/force-app/main/default/classes'), { recursive: true });
    await writeFile(
      at('leaky/force-app/main/default/classes/Keys.cls'),
      `public class Keys { String token = '${canary.token}'; String k = '${canary.barePkcs8}'; void a() { r.setEndpoint('https://api.acme.example/x?api_key=${canary.apiKey}'); } }`
    );
    await writeFile(
      at('leaky/force-app/main/default/connectedApps/Leaky.connectedApp-meta.xml'),
      `<ConnectedApp><label>Leaky</label><oauthConfig><callbackUrl>https://a.example/cb</callbackUrl><consumerSecret>${canary.consumerSecret}</consumerSecret><scopes>Api</scopes></oauthConfig></ConnectedApp>`
    );
    const ran = await draft('-d', 'leaky', '--output-dir', 'leaky-draft', '-f', 'leaky.md');
    expect(ran.code).to.equal(3);
    const bytes = `${await bytesOf('leaky-draft')}${ran.stdout}${ran.stderr}${await readFile(at('leaky.md'), 'utf8')}`;
    expect(bytes).to.contain('api.acme.example').and.to.contain('Leaky');
    expect(canaries.filter((one) => bytes.includes(one))).to.deep.equal([]);
  });

  it('refuses a secret in a callback, by file and line', async () => {
    const app = at('leaky/force-app/main/default/connectedApps/Leaky.connectedApp-meta.xml');
    await writeFile(
      app,
      `<ConnectedApp>\n<oauthConfig>\n<callbackUrl>https://a.example/cb?token=${canary.token}</callbackUrl></oauthConfig></ConnectedApp>`
    );
    const ran = await draft('-d', 'leaky', '--output-dir', 'refused', '--json');
    expect(ran.code).to.equal(1);
    expect(errorIn(ran).message).to.contain('connectedApps/Leaky.connectedApp-meta.xml:3');
    expect(ran.stdout + ran.stderr).not.to.contain(canary.token);
  });

  it('answers a wrong command line and files that cannot be used with one error each', async () => {
    await mkdir(at('mine'));
    await writeFile(at('mine', 'notes.txt'), 'not a draft');
    await cp(at('draft'), at('edited'), { recursive: true });
    await writeFile(
      at('edited', 'draft.json'),
      (await readFile(at('draft', 'draft.json'), 'utf8')).replace('Acme Pay', 'Acme Pal')
    );
    const cases: ReadonlyArray<[code: number, name: string, ...args: string[]]> = [
      [1, 'ForeignFolder', ...ofExample, '--output-dir', 'mine'],
      [2, 'NoOutputParent', ...ofExample, '--output-dir', 'nowhere/draft'],
      [2, 'NoDraft', ...ofExample, '--output-dir', 'new', '--previous', 'mine'],
      [1, 'InvalidDraft', ...ofExample, '--output-dir', 'new', '--previous', 'edited'],
    ];
    for (const [code, name, ...args] of cases) {
      const ran = await draft(...args, '--json');
      expect(ran.code, name).to.equal(code);
      expect(errorIn(ran).name).to.equal(name);
    }
    expect(await readFile(at('mine', 'notes.txt'), 'utf8')).to.equal('not a draft');
    expect(await readdir(folder)).not.to.include('new');
  });
});
