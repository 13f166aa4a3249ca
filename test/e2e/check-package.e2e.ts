import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { inRoot } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { reportSchema } from '../../src/render/reportSchema.js';
import { newSf, reportIn, verdictsOf, type Sf } from './support.js';

const check = ['security-review', 'check-package'];

describe('sf security-review check-package, through sf', () => {
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
    sf.install();
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
    // A later control has a table of its own and need not be listed.
    expect(verdictsOf(report.targets[0])).to.include({
      'package/agent-connections-authenticated': 'not-applicable',
      'package/apps-packaged': 'pass',
      'package/broad-scopes-justified': 'fail',
      'package/callbacks-https': 'inconclusive',
      'package/callbacks-not-mixed': 'fail',
      'package/external-client-apps-packageable': 'fail',
      'package/idle-tokens-limited': 'inconclusive',
      'package/localhost-callback-alone': 'fail',
      'package/new-apps-are-external-client-apps': 'fail',
      'package/no-app-removed': 'not-applicable',
      'package/no-device-flow': 'inconclusive',
      'package/no-global-oauth-settings': 'pass',
      'package/no-implicit-flow': 'inconclusive',
      'package/no-secrets-in-source': 'pass',
      'package/no-session-id-for-metadata-api': 'pass',
      'package/no-session-id-from-frontdoor': 'inconclusive',
      'package/no-username-password-flow': 'inconclusive',
      'package/packaged-secrets-protected': 'not-applicable',
      'package/pkce-required': 'fail',
      'package/public-clients-without-secret': 'inconclusive',
      'package/refresh-tokens-rotated': 'fail',
      'package/subscriber-secrets-protected': 'not-applicable',
      'package/token-handling-survives-rotation': 'inconclusive',
      'package/token-ips-allowlisted': 'inconclusive',
      'package/tokens-stored-securely': 'inconclusive',
    });
    const scopes = report.targets[0]?.results.find(({ control }) => control.id === 'package/broad-scopes-justified');
    expect(scopes?.findings.map(({ subject }) => [subject.name, subject.file, subject.line])).to.deep.equal([
      ['AcmePayGateway', 'force-app/main/default/connectedApps/AcmePayGateway.connectedApp-meta.xml', 14],
    ]);
    expect(JSON.stringify(report)).not.to.contain('DeveloperSandbox');
  });

  it('says the same from its cache, which no secret enters', async () => {
    const secret = ['sk', 'live', '51HxTq8KJ2mZ0aVb7Ww9YcRe4'].join('_');
    await cp(at('acme pay'), at('keys'), { recursive: true });
    await write(
      'keys/force-app/main/default/classes/Pay.cls',
      `public class Pay { String k = '${secret}'; String s = UserInfo.getSessionId(); }`
    );
    await write('keys/force-app/main/default/classes/Pay.cls-meta.xml', '<ApexClass/>');
    const args = [...check, '-d', at('keys'), '--json'];
    const plain = await sf.run([...args, '--no-cache']);
    const cold = await sf.run(args);
    const warm = await sf.run(args);
    const timeless = ({ stdout }: Ran): string => stdout.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…');
    expect(timeless(cold)).to.equal(timeless(plain));
    expect(timeless(warm)).to.equal(timeless(plain));
    const cache = join(sf.home, 'cache', 'sf', 'security-review');
    // The tests before this one keep the facts of their packages, too.
    const files = await readdir(cache);
    const kept = await Promise.all(files.map((name) => readFile(join(cache, name), 'utf8')));
    expect(kept.some((text) => text.includes('Pay.cls'))).to.equal(true);
    expect(kept.filter((text) => text.includes(secret))).to.deep.equal([]);
  });

  it('finds the project upwards from a folder inside it', async () => {
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
        `    expires: ${new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10)}`,
      ].join('\n')
    );
    const args = [...check, '--control', 'package/broad-scopes-justified', '--json'];
    const without = await sf.run([...args, '-d', at('just')], { cwd: folder });
    const withPolicy = await sf.run([...args, '-d', '.'], { cwd: at('just') });
    expect([without.code, withPolicy.code], withPolicy.stdout).to.deep.equal([3, 0]);
    expect(reportIn(withPolicy).targets[0]?.results[0]?.reason).to.contain('opens Lightning pages');
  });

  it('judges a package zip, and compares it with the zip of the version before', async () => {
    const [wide, narrow] = [connectedApp('<scopes>Full</scopes>'), connectedApp('<scopes>Api</scopes>')].map((text) =>
      strToU8(text)
    );
    const list = strToU8(manifest);
    if (!wide || !narrow) throw new Error('No app.');
    await writeFile(
      at('old.zip'),
      zipSync({
        'package.xml': list,
        'connectedApps/Kept.connectedApp': narrow,
        'connectedApps/Gone.connectedApp': narrow,
      })
    );
    await writeFile(
      at('new.zip'),
      zipSync({
        'Acme/package.xml': list,
        'Acme/connectedApps/Kept.connectedApp': wide,
        'Acme/connectedApps/New.connectedApp': narrow,
      })
    );
    const ran = await sf.run([...check, '--package-zip', 'new.zip', '--baseline', 'old.zip', '--json'], {
      cwd: folder,
    });
    const [target] = reportIn(ran).targets;
    const found = (id: string): string[] | undefined =>
      target?.results
        .find(({ control }) => control.id === id)
        ?.findings.map(({ kind, subject }) => `${kind} ${subject.name}`);
    expect([ran.code, target?.target.name], ran.stdout).to.deep.equal([3, 'new']);
    expect(found('package/broad-scopes-justified')).to.deep.equal(['justification Kept']);
    expect(found('package/new-apps-are-external-client-apps')).to.deep.equal(['violation New']);
    expect(found('package/no-app-removed')).to.deep.equal(['justification Gone']);
  });

  it('compares with the newest tag, or with a ref, and names it', async () => {
    await write('tagged/sfdx-project.json', '{"packageDirectories":[{"path":"force-app","package":"Acme"}]}');
    await write('tagged/force-app/connectedApps/A.connectedApp-meta.xml', connectedApp('<scopes>Api</scopes>'));
    const git = (...args: readonly string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@acme.example', ...args], {
        cwd: at('tagged'),
        stdio: 'ignore',
      });
    for (const args of [['init'], ['add', '--all'], ['commit', '-m', 'x'], ['tag', 'v1.0']]) git(...args);
    git('commit', '--allow-empty', '-m', 'next');
    const args = [...check, '--control', 'package/no*app-removed', '--control', 'package/new-apps*', '--json'];
    for (const more of [[], ['--baseline', 'v1.0']]) {
      // eslint-disable-next-line no-await-in-loop
      const ran = await sf.run([...args, ...more], { cwd: at('tagged') });
      expect(ran.code, ran.stdout).to.equal(0);
      expect(
        reportIn(ran).targets[0]?.results.map(({ verdict, reason }) => `${verdict} ${reason.includes('v1.0')}`)
      ).to.deep.equal(['pass true', 'pass true']);
    }
  });

  it('answers an External Client App with the settings of a file outside the repository, without its secret', async () => {
    const header =
      '<ExternalClientApplication><distributionState>Packaged</distributionState></ExternalClientApplication>';
    await write('eca/externalClientApps/Acme.eca-meta.xml', header);
    const settings = (app: string): string =>
      `<ExtlClntAppGlobalOauthSettings><callbackUrl>https://app.acme.example/callback</callbackUrl><consumerSecret>S3CRET</consumerSecret>` +
      `<externalClientApplication>${app}</externalClientApplication><isPkceRequired>true</isPkceRequired></ExtlClntAppGlobalOauthSettings>`;
    await write('secret/acme.xml', settings('Acme'));
    await write('secret/other.xml', settings('Other'));
    const args = [...check, '-d', 'eca', '--control', 'package/pkce-required', '--json'];
    const without = await sf.run(args, { cwd: folder });
    const given = ['--eca-global-oauth', 'secret/acme.xml', '--eca-global-oauth', 'secret/other.xml'];
    const ran = await sf.run([...args, ...given], { cwd: folder });
    expect([without.code, ran.code], ran.stdout).to.deep.equal([4, 0]);
    expect(reportIn(ran).targets[0]?.notices.join()).to.contain('secret/other.xml configures the app Other');
    expect(ran.stdout).not.to.contain('S3CRET');
  });

  it('passes a package without app, never released, in silence', async () => {
    await write('plain/sfdx-project.json', '{"packageDirectories":[{"path":"force-app","package":"Acme"}]}');
    await write('plain/force-app/classes/A.cls-meta.xml', '<ApexClass><apiVersion>66.0</apiVersion></ApexClass>');
    await write('plain/force-app/classes/A.cls', 'public class A {}');
    const ran = await sf.run([...check, '-d', 'plain', '--json'], { cwd: folder });
    expect(ran.code, ran.stdout).to.equal(0);
  });

  it('judges the code of an integration, given by the flag or by the policy', async () => {
    await write('flows/connectedApps/App.connectedApp-meta.xml', connectedApp('<scopes>Api</scopes>'));
    await write(
      'gateway/src/login.py',
      "import requests\nrequests.post('https://login.salesforce.com/services/oauth2/token', data={'grant_type': 'client_credentials'})\n"
    );
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
        name: 'a zip and a folder',
        args: ['-d', 'empty', '--package-zip', 'bad.zip'],
        code: 2,
        says: /exclude each other/,
      },
      { name: 'a zip that is not there', args: ['--package-zip', 'no.zip'], code: 2, says: /no\.zip does not exist/ },
      { name: 'a zip that is not valid', args: ['--package-zip', 'bad.zip'], code: 1, says: /zip/ },
      { name: 'a ref that git does not know', args: ['-d', 'just', '--baseline', 'v9'], code: 1, says: /baseline v9/ },
      { name: 'an option as baseline', args: ['-d', 'just', '--baseline=--output=x'], code: 1, says: /baseline/ },
      {
        name: 'one zip as the baseline of two packages',
        args: ['-d', 'just', '-d', 'half', '--baseline', 'bad.zip'],
        code: 2,
        says: /several --source-dir/,
      },
      {
        name: 'settings that are not there',
        args: ['-d', 'just', '--eca-global-oauth', 'no.xml'],
        code: 2,
        says: /no\.xml does not exist/,
      },
      {
        name: 'settings that cannot be read',
        args: ['-d', 'just', '--eca-global-oauth', 'bad.zip'],
        code: 1,
        says: /bad\.zip is not usable/,
      },
      {
        name: 'a policy with a typing error',
        args: ['-d', 'acme pay', '--policy-file', 'typo.yml'],
        code: 1,
        says: /typo\.yml.*2.*trusted/,
      },
    ];
    before(async () => {
      await write('empty/readme.txt', 'nothing here');
      await write('bad.zip', 'no zip');
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

const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types><members>*</members><name>ConnectedApp</name></types>
    <version>66.0</version>
</Package>
`;
