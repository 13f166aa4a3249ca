import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import type { Ran } from '../../scripts/tools/sf.js';
import type { Report } from '../../src/engine/types.js';
import { formats } from '../../src/render/index.js';
import { errorIn, reportIn, stageOf, verdictsOf, type Stage } from './support.js';

const day = 86_400_000;
const dayIn = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);
const who = 'owner: ciso@acme.example, reason: Reviewed with the vendor';

describe('the gate, through sf', () => {
  let stage: Stage;
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  const sf = (...args: string[]): Promise<Ran> => stage.sf.run(['security-review', ...args], { cwd: folder });
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  };
  const read = (file: string): string => readFileSync(at(file), 'utf8');
  const asked = (): number => stage.orgs.hub?.requests.length ?? 0;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gate-'));
    stage = await stageOf({ hub: SCENARIOS.hardened() });
  });
  after(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('does not pass a project as sf project generate writes it, whose app breaks rules', async () => {
    write(
      'generated/sfdx-project.json',
      JSON.stringify({
        packageDirectories: [{ path: 'force-app', default: true }],
        name: 'generated',
        namespace: '',
        sfdcLoginUrl: 'https://login.salesforce.com',
        sourceApiVersion: '66.0',
      })
    );
    write('generated/force-app/main/default/connectedApps/Wide.connectedApp-meta.xml', connectedApp());
    const ran = await sf('check-package', '-d', 'generated', '--json');
    expect(ran.code, ran.stdout).to.equal(3);
    expect(verdictsOf(reportIn(ran).targets[0])).to.include({ 'package/broad-scopes-justified': 'fail' });
  });

  it('ends with exit 1 when the policy turns off every control of the run', async () => {
    const off = `{ severity: off, ${who}, expires: ${dayIn(100)} }`;
    write('off.yml', `version: 1\ncontrols: { package/pkce-required: ${off} }\n`);
    const ran = await sf(
      ...['check-package', '-d', 'generated', '--policy-file', 'off.yml', '--control', 'package/pkce-required'],
      '--json'
    );
    expect(ran.code).to.equal(1);
    expect(errorIn(ran).message).to.contain('package/pkce-required');
  });

  it('accepts a lower severity only with owner, reason and last day, and lists it with the gate', async () => {
    const lower = (more: string): string =>
      `version: 1\nmaxEvidenceAge: 30\ncontrols: { package/broad-scopes-justified: { severity: low${more} } }\n`;
    const checked = ['check-package', '-d', 'generated', '--policy-file', 'lower.yml'];
    write('lower.yml', lower(''));
    const refused = await sf(...checked, '--json');
    write('lower.yml', lower(`, ${who}, expires: ${dayIn(100)}`));
    const ran = await sf(...checked, '-f', 'lower.json', '-f', 'lower.html');
    expect([refused.code, ran.code], ran.stderr).to.deep.equal([1, 3]);
    expect(errorIn(refused).message).to.contain('package/broad-scopes-justified.owner');
    const { weakened = [] } = (JSON.parse(read('lower.json')) as Report).scope;
    expect(weakened.map(({ setting }) => setting)).to.deep.equal([
      'maxEvidenceAge',
      'controls.package/broad-scopes-justified.severity',
    ]);
    expect(read('lower.html')).to.contain('package/broad-scopes-justified has severity low instead of high');
    expect(ran.stdout.replace(/\s+/g, ' ')).to.contain('the policy weakens 1 control and the gate');
  });

  it('refuses a report in which a control was edited to matter less', async () => {
    const report = JSON.parse(read('lower.json')) as Report;
    write('edited.json', JSON.stringify({ ...report, scope: { ...report.scope, weakened: [] } }));
    const ran = await sf('merge-reports', 'edited.json', '--json');
    expect(ran.code).to.equal(1);
    expect(errorIn(ran).message).to.contain('control.severity is low');
  });

  it('stays undecided where an attestation signs evidence that was never collected', async () => {
    const [saved, signed] = ['org/no-guest-sites', 'org/own-apps-controls-reviewed'];
    const first = await sf('audit-org', '-o', 'hub', '--control', saved, '--save-evidence', 'one.json', '--json');
    expect(first.code, first.stdout).to.equal(0);
    const entry = `control: ${signed}, org: ${stage.orgs.hub?.orgId ?? ''}, ${who}, on: ${dayIn(-1)}, expires: ${dayIn(100)}`;
    write('signed.yml', `version: 1\nattestations: [{ ${entry} }]\n`);
    const ran = await sf(
      ...['audit-org', '--from-evidence', 'one.json', '--policy-file', 'signed.yml', '--control', signed, '--json']
    );
    expect(ran.code, ran.stdout).to.equal(4);
    const [result] = reportIn(ran).targets[0]?.results ?? [];
    expect([result?.verdict, result?.gaps[0]?.kind]).to.deep.equal(['inconclusive', 'not-collected']);
  });

  it('refuses to audit another org under an alias of the policy', async () => {
    write('other.yml', 'version: 1\norgs: [{ alias: hub, id: 00D000000000009 }]\n');
    const ran = await sf('audit-org', '-o', 'hub', '--policy-file', 'other.yml', '--json');
    expect(ran.code, ran.stdout).to.equal(1);
    expect(errorIn(ran).message).to.contain('00D000000000009').and.to.contain(stage.orgs.hub?.orgId);
  });

  it('refuses to replace the policy by evidence, and an output that cannot be written, before the org is asked', async () => {
    write('security-review.yml', 'version: 1\n');
    mkdirSync(at('taken.json'));
    const before = asked();
    const policy = await sf('audit-org', '-o', 'hub', '--save-evidence', 'security-review.yml', '--json');
    const taken = await sf('audit-org', '-o', 'hub', '-f', 'taken.json', '--json');
    rmSync(at('security-review.yml'));
    expect([policy.code, taken.code]).to.deep.equal([2, 1]);
    expect(errorIn(policy).message).to.contain('security-review.yml');
    expect(errorIn(taken).message).to.contain('taken.json');
    expect(asked()).to.equal(before);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });

  it('prints no secret of a callback URL, in no format, in no evidence and in no draft', async () => {
    const callback =
      'https://deploy:Tr0ub4dorAnd3@gateway.acme.example/callback?client_secret=8F3A91C0D27E4B56A1B2&amp;tenant=acme';
    write('leaky/sfdx-project.json', '{"packageDirectories":[{"path":"force-app","package":"Leaky"}]}');
    write('leaky/force-app/connectedApps/Leaky.connectedApp-meta.xml', connectedApp(callback));
    const outputs = formats.flatMap((format) => ['-f', `leaky${format}`]);
    const checked = await sf('check-package', '-d', 'leaky', ...outputs, '--save-evidence', 'leaky-evidence.json');
    const drafted = await sf('draft-submission', '-d', 'leaky', '--output-dir', 'leaky-draft');
    expect(checked.code, checked.stderr).to.equal(3);
    const written = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /^leaky[.-]/.test(path) && /\.[a-z]+$/.test(path))
      .map((path) => read(path));
    expect(written).to.have.length.of.at.least(formats.length + 1);
    for (const text of [checked.stdout, checked.stderr, drafted.stdout, drafted.stderr, ...written]) {
      expect(text).not.to.match(/Tr0ub4dorAnd3|8F3A91C0D27E4B56A1B2/);
    }
  });

  it('compares with the tag before the one on HEAD, as a pipeline that a tag started needs it', async () => {
    write('tagged/sfdx-project.json', '{"packageDirectories":[{"path":"force-app","package":"Acme"}]}');
    write('tagged/force-app/classes/A.cls', 'public class A {}');
    write('tagged/force-app/classes/A.cls-meta.xml', '<ApexClass><apiVersion>66.0</apiVersion></ApexClass>');
    write('tagged/force-app/connectedApps/Gone.connectedApp-meta.xml', connectedApp());
    const git = (...args: readonly string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@acme.example', ...args], {
        cwd: at('tagged'),
        stdio: 'ignore',
      });
    for (const args of [['init'], ['add', '--all'], ['commit', '-m', 'one'], ['tag', 'v1.0']]) git(...args);
    rmSync(at('tagged/force-app/connectedApps'), { recursive: true });
    for (const args of [
      ['add', '--all'],
      ['commit', '-m', 'two'],
      ['tag', 'v2.0'],
    ])
      git(...args);
    const ran = await sf('check-package', '-d', 'tagged', '--control', 'package/no-app-removed', '--json');
    expect(ran.code, ran.stdout).to.equal(3);
    expect(reportIn(ran).targets[0]?.results[0]?.findings.map(({ subject }) => subject.name)).to.deep.equal(['Gone']);
  });

  it('gives the same report when the process was stopped in the middle of its requests', async () => {
    const hub = stage.orgs.hub;
    if (!hub) throw new Error('No org.');
    const audit = (file: string): string[] => ['security-review', 'audit-org', '-o', 'hub', '-f', file];
    const calm = await stage.sf.run(audit('calm.json'), { cwd: folder });
    const { command, env } = stage.sf.command(audit('paused.json'));
    const [program, ...args] = command;
    const child = spawn(program, args, { cwd: folder, env, stdio: 'ignore' });
    const ended = once(child, 'close');
    const stopped = new Promise<void>((resolve) => {
      hub.fault(
        ({ text }) => {
          if (text.includes('FROM') && child.kill('SIGSTOP')) resolve();
          return false;
        },
        { kind: 'hang' }
      );
    });
    await stopped;
    hub.clearFaults();
    // The org has answered others in the meantime.
    for (let request = 0; request < 20; request += 1) {
      // eslint-disable-next-line no-await-in-loop -- one after the other
      await fetch(`${hub.url}/services/data`).then((answer) => answer.text());
    }
    child.kill('SIGCONT');
    const [code] = (await ended) as [number];
    expect(code).to.equal(calm.code);
    expect(timeless(read('paused.json'))).to.equal(timeless(read('calm.json')));
  });
});

/** The two runs began at different moments. */
function timeless(text: string): string {
  const moment = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  expect((JSON.parse(text) as Report).targets).to.have.length(1);
  return text.replace(moment, 'MOMENT');
}

function connectedApp(callback = 'https://app.acme.example/callback'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>App</label>
    <oauthConfig>
        <callbackUrl>${callback}</callbackUrl>
        <scopes>Full</scopes>
    </oauthConfig>
</ConnectedApp>
`;
}
