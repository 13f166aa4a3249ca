import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { newSf, type Sf } from '../../scripts/tools/sf.js';
import { reportSchema } from '../../src/render/reportSchema.js';
import { reportIn, verdictsOf } from './support.js';

const check = ['security-review', 'check-package'];

describe('sf security-review check-package, through the real sf', () => {
  let sf: Sf;
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(join(at(file), '..'), { recursive: true });
    await writeFile(at(file), text);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packages-'));
    sf = newSf();
    await sf.link();
    await cp(inRoot('examples', 'acme-pay'), at('acme pay'), { recursive: true });
  });
  after(async () => {
    sf.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('fails the example package, with file and line, and judges what is packaged only', async () => {
    const ran = await sf.run([...check, '--source-dir', at('acme pay'), '--json']);
    const report = reportIn(ran);
    expect(ran.code).to.equal(3);
    expect(reportSchema.parse(report)).to.deep.equal(report);
    expect(report.targets[0]?.target.name).to.equal('Acme Pay');
    expect(verdictsOf(report.targets[0])).to.deep.equal({
      'package/broad-scopes-justified': 'fail',
      'package/callbacks-https': 'inconclusive',
      'package/callbacks-not-mixed': 'fail',
      'package/external-client-apps-packageable': 'fail',
      'package/localhost-callback-alone': 'fail',
      'package/no-device-flow': 'inconclusive',
      'package/no-global-oauth-settings': 'pass',
      'package/no-implicit-flow': 'inconclusive',
      'package/no-username-password-flow': 'inconclusive',
      'package/pkce-required': 'fail',
      'package/refresh-tokens-rotated': 'fail',
    });
    const scopes = report.targets[0]?.results.find(({ control }) => control.id === 'package/broad-scopes-justified');
    expect(scopes?.findings.map(({ subject }) => [subject.name, subject.file, subject.line])).to.deep.equal([
      ['AcmePayGateway', 'force-app/main/default/connectedApps/AcmePayGateway.connectedApp-meta.xml', 14],
    ]);
    expect(JSON.stringify(report)).not.to.contain('DeveloperSandbox');
  });

  it('finds the project upwards when it stands in a folder of it', async () => {
    const ran = await sf.run([...check, '--json'], { cwd: at('acme pay', 'force-app', 'main') });
    expect(reportIn(ran).targets[0]?.target.name).to.equal('Acme Pay');
  });

  it('makes a file that does not parse inconclusive, never a pass', async () => {
    await write('half/connectedApps/Whole.connectedApp-meta.xml', connectedApp('<scopes>Api</scopes>'));
    await write('half/connectedApps/Half.connectedApp-meta.xml', connectedApp('<scopes>Full</scopes>').slice(0, 150));
    const ran = await sf.run([...check, '-d', at('half'), '--control', 'package/broad-scopes-justified', '--json']);
    const result = reportIn(ran).targets[0]?.results[0];
    expect(result?.verdict).to.equal('inconclusive');
    expect(result?.gaps.map(({ kind, subject }) => [kind, subject?.name])).to.deep.equal([
      ['unreadable', 'connectedApps/Half.connectedApp-meta.xml'],
    ]);
    expect(ran.code).to.equal(4);
  });

  it('asks for a justification, takes it from the policy, and quotes it', async () => {
    await write('just/connectedApps/Wide.connectedApp-meta.xml', connectedApp('<scopes>Web</scopes>'));
    await write(
      'just/security-review.yml',
      [
        'version: 1',
        'justifications:',
        '  - control: package/broad-scopes-justified',
        '    subject: ConnectedApp:Wide',
        '    why: The console opens Lightning pages for the signed-in user.',
        '    supplementedBy: OpenID Connect with the ISV identity provider',
        '    owner: security lead',
        '    on: 2026-01-01',
        '    expires: 2999-12-31',
      ].join('\n')
    );
    const args = [...check, '--control', 'package/broad-scopes-justified', '--json'];
    const without = await sf.run([...args, '-d', at('just')], { cwd: folder });
    const withPolicy = await sf.run([...args, '-d', '.'], { cwd: at('just') });
    expect([without.code, withPolicy.code], withPolicy.stdout).to.deep.equal([3, 0]);
    expect(reportIn(withPolicy).targets[0]?.results[0]?.reason).to.contain('opens Lightning pages');
  });

  it('judges the code of an integration, given by the flag or by the policy', async () => {
    await write('flows/connectedApps/App.connectedApp-meta.xml', connectedApp('<scopes>Api</scopes>'));
    await write('gateway/src/login.py', "url = 'https://login.salesforce.com/services/oauth2/token'\n");
    await write(
      'portal/login.js',
      "open('https://acme.my.salesforce.com/services/oauth2/authorize?response_type=token&');"
    );
    await write(
      'flows.yml',
      'version: 1\nintegrations:\n  - { name: Gateway, app: App, sourceDir: gateway }\n  - { name: Portal, sourceDir: portal }\n'
    );
    const args = [...check, '-d', at('flows'), '--control', 'package/no-implicit-flow', '--json'];
    const without = await sf.run(args, { cwd: folder });
    const given = await sf.run([...args, '--integration-dir', 'gateway'], { cwd: folder });
    const declared = await sf.run([...args, '--policy-file', at('flows.yml')], { cwd: folder });
    expect([without.code, given.code, declared.code], declared.stdout).to.deep.equal([4, 0, 3]);
    expect(reportIn(without).targets[0]?.results[0]?.gaps.map(({ kind }) => kind)).to.deep.equal(['not-given']);
    const [finding] = reportIn(declared).targets[0]?.results[0]?.findings ?? [];
    expect(finding?.subject).to.deep.equal({ type: 'File', name: 'login.js', file: 'login.js', line: 1 });
  });

  describe('bad input', () => {
    const cases: ReadonlyArray<{ name: string; args: string[]; code: number; says: RegExp }> = [
      { name: 'a folder that is not there', args: ['-d', 'nowhere'], code: 2, says: /nowhere does not exist/ },
      {
        name: 'a file in the place of a folder',
        args: ['-d', 'acme pay/sfdx-project.json'],
        code: 2,
        says: /not a folder/,
      },
      {
        name: 'an integration that is not there',
        args: ['-d', 'acme pay', '--integration-dir', 'nowhere'],
        code: 2,
        says: /nowhere does not exist/,
      },
      { name: 'a folder without package source', args: ['-d', 'empty'], code: 1, says: /empty/ },
      { name: 'a project file that is no JSON', args: ['-d', 'broken project'], code: 1, says: /sfdx-project\.json/ },
      {
        name: 'a policy with a typing error',
        args: ['-d', 'acme pay', '--policy-file', 'typo.yml'],
        code: 1,
        says: /typo\.yml.*2.*trusted/,
      },
    ];
    before(async () => {
      await write('empty/readme.txt', 'nothing here');
      await write('broken project/sfdx-project.json', '{ "packageDirectories": [');
      await write('typo.yml', 'version: 1\ntrusted: {}\n');
    });
    for (const { name, args, code, says } of cases) {
      it(`answers ${name} with one clear error and exit ${code}`, async () => {
        const ran = await sf.run([...check, ...args], { cwd: folder });
        expect(ran.code, ran.stdout + ran.stderr).to.equal(code);
        expect(ran.stderr.replace(/\s+/g, ' ')).to.match(says);
        expect(ran.stderr + ran.stdout).not.to.match(/^\s+at /m);
      });
    }
  });
});

const connectedApp = (oauth: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>App</label>
    <oauthConfig>
        <callbackUrl>https://app.acme.example/callback</callbackUrl>
        ${oauth}
    </oauthConfig>
</ConnectedApp>
`;
