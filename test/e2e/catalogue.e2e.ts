import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Ran } from '../../scripts/tools/sf.js';
import { resultSchemas } from '../../src/cli/resultSchemas.js';
import { severities } from '../../src/engine/types.js';
import { errorIn, newSf, type Sf } from './support.js';

const resultOf = <T>({ stdout }: Ran): T => (JSON.parse(stdout) as { result: T }).result;
/** Whether a result is what the published schema promises, without a key that it does not name. */
const keeps = (command: keyof typeof resultSchemas, told: Ran): void => {
  expect(resultSchemas[command].parse(resultOf(told))).to.deep.equal(resultOf(told));
};

const check = (file: string): string[] => ['security-review', 'check-policy', '--policy-file', file, '--json'];

describe('what needs no org and no project, through sf', () => {
  let sf: Sf;
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'security-review-'));
    sf = newSf();
    sf.install();
  });
  after(() => {
    sf.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists the controls that a glob names, each with its severity', async () => {
    const told = await sf.run(['security-review', 'list-controls', '--control', 'org/no-*']);
    expect(told.code, told.stderr).to.equal(0);
    expect(told.stdout).to.match(/critical +org\/no-guest-sites +No site lets guests in/);
    expect(told.stdout).not.to.contain('org/mfa-enforced');
  });

  it('lists the rules, each in force on the day that its page names', async () => {
    const on = async (day: string): Promise<Array<{ id: string; inForce: boolean }>> => {
      const ran = await sf.run(['security-review', 'list-rules', '--as-of', day, '--json']);
      keeps('list-rules', ran);
      return resultOf(ran);
    };
    const [before, after] = [await on('2027-02-19'), await on('2027-02-20')];
    const changed = after.filter(({ inForce }, index) => inForce !== before[index]?.inForce);
    expect(changed.map(({ id }) => id)).to.deep.equal(['username-password/ends']);
    const ran = await sf.run(['security-review', 'list-rules', '--control', 'org/soap-login-unused']);
    expect(ran.code, ran.stderr).to.equal(0);
    expect(ran.stdout).to.contain("from Summer '27").and.to.contain('soap-login/ends');
    expect(ran.stdout).not.to.contain('agents/');
  });

  it('lists the most severe controls first, those of orgs and packages together', async () => {
    const ran = await sf.run(['security-review', 'list-controls', '--json']);
    const listed = resultOf<Array<{ severity: (typeof severities)[number] }>>(ran).map(({ severity }) => severity);
    const order = listed.map((severity) => severities.indexOf(severity));
    expect(order).to.deep.equal(order.toSorted((one, other) => one - other));
  });

  it('refuses a glob that names no control', async () => {
    const told = await sf.run(['security-review', 'list-controls', '--control', 'org/nothing*', '--json']);
    expect([told.code, errorIn(told).name]).to.deep.equal([2, 'UnknownControl']);
  });

  it('names the command that decides a control of the other kind, and a flag whose variable is not set', async () => {
    const other = errorIn(
      await sf.run([
        'security-review',
        'audit-org',
        '--control',
        'package/pkce-required',
        '--target-org',
        'hub',
        '--json',
      ])
    );
    expect(other).to.include({ name: 'UnknownControl', exitCode: 2 });
    expect(other.actions?.[0]).to.equal(
      'package/pkce-required: sf security-review check-package decides controls of this kind.'
    );
    const empty = errorIn(await sf.run(['security-review', 'audit-org', '--target-org', '', '--json']));
    expect(empty).to.include({ name: 'EmptyValue', exitCode: 2 });
    expect(empty.message).to.contain('--target-org is empty');
  });

  it('knows which control was meant by one that is nearly right', async () => {
    const told = await sf.run(['security-review', 'list-controls', '--control', 'org/mfa-enforce', '--json']);
    expect([told.code, errorIn(told).actions?.[0]]).to.deep.equal([2, 'Did you mean org/mfa-enforced?']);
  });

  it('explains a control by its short name: how it is decided, what it reads, what it needs, what to do', async () => {
    const told = await sf.run(['security-review', 'explain', 'passwords-rotated']);
    expect(told.code, told.stderr).to.equal(0);
    for (const text of [
      'org/passwords-rotated (high)',
      'Checks\n  - ',
      'Manage Users (ManageUsers)',
      'days, 365',
      'Fix\n',
    ]) {
      expect(told.stdout).to.contain(text);
    }
    const whole = await sf.run(['security-review', 'explain', 'org/passwords-rotated', '--json']);
    expect(resultOf<{ parameters: unknown }>(whole).parameters).to.deep.equal({ days: 365 });
    keeps('explain', whole);
    keeps('list-controls', await sf.run(['security-review', 'list-controls', '--json']));
  });

  it('knows what was meant by a control that does not exist, and says when a name is missing', async () => {
    const typo = errorIn(await sf.run(['security-review', 'explain', 'mfa-enforce', '--json']));
    expect([typo.exitCode, typo.actions?.[0]]).to.deep.equal([2, 'Did you mean org/mfa-enforced?']);
    expect(errorIn(await sf.run(['security-review', 'explain', '--json']))).to.include({
      name: 'NoControl',
      exitCode: 2,
    });
  });

  it('checks a policy without an org: valid, and what of it has ended', async () => {
    const file = join(folder, 'valid.yml');
    const waiver =
      '{ control: org/no-guest-sites, subject: "Site:Promo", reason: closes, owner: web, expires: 2020-12-31 }';
    writeFileSync(file, `version: 1\nwaivers:\n  - ${waiver}\n`);
    const told = await sf.run(['security-review', 'check-policy', '--policy-file', file]);
    expect(told.code, told.stderr).to.equal(0);
    expect(told.stdout).to.match(/2020-12-31 +ended +waivers +web +org\/no-guest-sites Site:Promo/);
    const data = resultOf<{ entries: unknown[] }>(
      await sf.run(['security-review', 'check-policy', '--policy-file', file, '--json'])
    );
    expect(data.entries).to.have.length(1);
  });

  it('counts the days from the day that is given', async () => {
    const file = join(folder, 'later.yml');
    const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const waiver = `{ control: org/no-guest-sites, subject: "Site:Promo", reason: closes, owner: web, expires: ${dayFromNow(30)} }`;
    writeFileSync(file, `version: 1\nwaivers:\n  - ${waiver}\n`);
    const checked = await sf.run([...check(file), '--as-of', dayFromNow(29)]);
    keeps('check-policy', checked);
    expect(resultOf<{ entries: unknown[] }>(checked).entries).to.deep.include.members([
      {
        section: 'waivers',
        about: 'org/no-guest-sites Site:Promo',
        owner: 'web',
        until: dayFromNow(30),
        daysLeft: 1,
        state: 'ending',
      },
    ]);
    expect((await sf.run([...check(file), '--as-of', 'soon'])).code).to.equal(2);
  });

  it('names line and path of every error of a policy', async () => {
    const file = join(folder, 'wrong.yml');
    writeFileSync(file, 'version: 1\ngate: { failOn: hihg }\nwaiver: []\n');
    const told = await sf.run(['security-review', 'check-policy', '--policy-file', file, '--json']);
    expect([told.code, errorIn(told).name]).to.deep.equal([1, 'InvalidPolicy']);
    expect(errorIn(told).message)
      .to.match(/2:.*gate\.failOn.*high/s)
      .and.to.match(/3:.*waivers/s);
  });

  it('does not call a folder without a policy valid', async () => {
    const told = await sf.run(['security-review', 'check-policy', '--json'], { cwd: folder });
    expect([told.code, errorIn(told).name]).to.deep.equal([1, 'NoPolicy']);
  });

  it('finds a sourceDir of the policy that is not a folder', async () => {
    const file = join(folder, 'security-review.yml');
    writeFileSync(file, 'version: 1\nintegrations:\n  - { name: Gateway, flow: none, sourceDir: gone }\n');
    const { notices } = resultOf<{ notices: string[] }>(await sf.run(check(file)));
    expect(notices).to.include(
      'The sourceDir of the integration Gateway is not a folder: gone. Correct it, or remove it.'
    );
  });
});
