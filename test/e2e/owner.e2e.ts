import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startLoginHost } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { inRoot } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { errorIn, reportIn, stageOf, type Stage } from './support.js';

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('sf security-review check-package with the owning org, through sf', () => {
  let stage: Stage;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'owner-'));
    stage = await stageOf({ hub: SCENARIOS.hardened(), other: SCENARIOS.broken() });
    await cp(inRoot('examples', 'example-connector'), join(folder, 'package'), { recursive: true });
    const policy = join(folder, 'package', 'security-review.yml');
    const text = await readFile(policy, 'utf8');
    await writeFile(
      policy,
      text.replace(/^ {4}on: .*$/m, `    on: ${day(-1)}`).replace(/^ {4}expires: .*$/m, `    expires: ${day(300)}`)
    );
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  const check = (...args: string[]): Promise<Ran> =>
    stage.sf.run(['security-review', 'check-package', ...args, '--json'], { cwd: join(folder, 'package') });

  it('passes the package of the recommended shape with the hub, or with its saved evidence', async () => {
    const evidence = join(folder, 'hub.json');
    await stage.sf.run(['security-review', 'audit-org', '--target-org', 'hub', '--save-evidence', evidence, '--json']);
    for (const flags of [
      ['--owner-org', 'hub'],
      ['--owner-evidence', evidence],
    ]) {
      // eslint-disable-next-line no-await-in-loop -- one process at a time
      const ran = await check(...flags);
      const open = reportIn(ran).targets.flatMap(({ results }) =>
        results.filter(({ gaps }) => gaps.some(({ attestation }) => attestation === undefined))
      );
      expect(open, flags.join(' ')).to.deep.equal([]);
      expect(ran.code, ran.stdout).to.equal(0);
      expect(ran.stdout).not.to.contain('enableConsumerSecret');
    }
    stage.orgs.hub?.assertReadOnly();
  });

  it('fails at the line where code drops the rotated token', async () => {
    const tokens = join(folder, 'package', 'backend', 'src', 'tokens.js');
    const text = await readFile(tokens, 'utf8');
    try {
      await writeFile(
        tokens,
        text.replace(
          '{ ...answer, refresh_token: answer.refresh_token ?? old }',
          '{ access_token: answer.access_token, refresh_token: old }'
        )
      );
      const ran = await check('--owner-org', 'hub');
      const found = reportIn(ran).targets.flatMap(({ results }) => results.flatMap(({ findings }) => findings));
      expect(ran.code).to.equal(3);
      expect(found.map(({ subject }) => [subject.file, subject.line])).to.deep.equal([['src/tokens.js', 25]]);
    } finally {
      await writeFile(tokens, text);
    }
  });

  it('completes the audit of the hub with the report about the package, and refuses it for another org', async () => {
    const callback = 'https://connector.example.com/oauth/callback';
    const host = await startLoginHost({ clients: [{ key: 'known-key', callbacks: [callback], pkce: false }] });
    const policy = join(folder, 'package', 'security-review.yml');
    const text = await readFile(policy, 'utf8');
    const report = join(folder, 'package.json');
    const audit = (...aliases: string[]): Promise<Ran> =>
      stage.sf.run([
        ...['security-review', 'audit-org', ...aliases.flatMap((alias) => ['--target-org', alias])],
        ...['--package-report', report],
        ...['--control', 'org/own-apps-require-pkce', '--json'],
      ]);
    try {
      const client = `{ app: Example_Connector, key: known-key, callback: '${callback}', loginUrl: '${host.url}' }`;
      await writeFile(policy, `${text}\nsubmission:\n  clientKeys:\n    - ${client}\n`);
      await check('--probe-authorize', '--output-file', report);
      const ran = await audit('hub');
      const [target] = reportIn(ran).targets;
      expect(ran.code, ran.stdout).to.equal(3);
      expect(target?.results.flatMap(({ findings }) => findings.map(({ message }) => message)).join()).to.match(
        /^The check of Example Connector .*found: Example_Connector /
      );
      expect(target?.notices.join()).to.contain('completes this audit: the check of Example Connector');
      const both = reportIn(await audit('hub', 'other')).targets.map(({ notices }) => notices.join());
      expect(both.map((notices) => notices.includes('completes this audit'))).to.deep.equal([true, false]);
      const refused = await audit('other');
      expect(errorIn(refused)).to.include({ name: 'OtherPackage', exitCode: 1 });
    } finally {
      await writeFile(policy, text);
      await host.stop();
    }
  });

  it('refuses an org that does not own the app, and its evidence', async () => {
    const evidence = join(folder, 'other.json');
    await stage.sf.run([
      'security-review',
      'audit-org',
      '--target-org',
      'other',
      '--save-evidence',
      evidence,
      '--json',
    ]);
    for (const flags of [
      ['--owner-org', 'other'],
      ['--owner-evidence', evidence],
    ]) {
      // eslint-disable-next-line no-await-in-loop
      const ran = await check(...flags);
      expect(ran.code, ran.stdout).to.equal(1);
      expect(errorIn(ran)).to.include({ name: 'OtherOwner', exitCode: 1 });
    }
  });

  it('names an attestation of an app that the package does not have any more, which answers nothing', async () => {
    const policy = join(folder, 'package', 'security-review.yml');
    const text = await readFile(policy, 'utf8');
    try {
      await writeFile(policy, text.replace('ExternalClientApp:Example_Connector', 'ExternalClientApp:Old_Connector'));
      const ran = await check('--owner-org', 'hub');
      expect(ran.code, ran.stdout).to.equal(4);
      expect(reportIn(ran).targets[0]?.notices.join()).to.contain(
        'The policy attests ExternalClientApp:Old_Connector, which Example Connector does not have.'
      );
    } finally {
      await writeFile(policy, text);
    }
  });

  it('refuses two readings of one org', async () => {
    const evidence = join(folder, 'hub.json');
    await stage.sf.run(['security-review', 'audit-org', '--target-org', 'hub', '--save-evidence', evidence, '--json']);
    const ran = await check('--owner-org', 'hub', '--owner-evidence', evidence);
    expect(errorIn(ran)).to.include({ name: 'SameOwnerTwice', exitCode: 2 });
  });

  it('decides PKCE by the login host, and names a client key, a proxy and a portal that prove nothing', async () => {
    const callback = 'https://connector.example.com/oauth/callback';
    const host = await startLoginHost({ clients: [{ key: 'known-key', callbacks: [callback], pkce: true }] });
    const policy = join(folder, 'package', 'security-review.yml');
    const text = await readFile(policy, 'utf8');
    const pkce = async (key: string): Promise<[verdict?: string, details?: string]> => {
      const client = `{ app: Example_Connector, key: ${key}, callback: '${callback}', loginUrl: '${host.url}' }`;
      await writeFile(policy, `${text}\nsubmission:\n  clientKeys:\n    - ${client}\n`);
      const ran = await check('--owner-org', 'hub', '--probe-authorize', '--control', 'package/pkce-required');
      const result = reportIn(ran).targets[0]?.results[0];
      return [result?.verdict, result?.gaps.map(({ detail }) => detail).join(' ')];
    };
    try {
      expect((await pkce('known-key'))[0]).to.equal('pass');
      expect((await pkce('other-key'))[1]).to.contain('the client key in the policy is not known there');
      host.disturb('portal');
      expect((await pkce('known-key'))[1]).to.contain('a redirect to another host, portal.example');
      host.disturb('proxy');
      expect((await pkce('known-key'))[1]).to.contain('a proxy that asks for a login');
      expect(host.received().toString('latin1')).not.to.match(/cookie|authorization:|secret|token/i);
    } finally {
      await writeFile(policy, text);
      await host.stop();
    }
  });
});
