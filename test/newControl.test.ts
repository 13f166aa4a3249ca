import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { newControl } from '../scripts/tools/newControl.js';
import { inRoot } from '../scripts/tools/paths.js';

const read = (file: string): string | undefined =>
  existsSync(inRoot(file)) ? readFileSync(inRoot(file), 'utf8') : undefined;
const refused = async (id: string | undefined, severity = 'medium'): Promise<string> => {
  const made = await newControl(id, severity, read);
  return 'refused' in made ? made.refused : '';
};
const filesOf = async (id: string): Promise<Readonly<Record<string, string>>> => {
  const made = await newControl(id, 'high', read);
  if ('refused' in made) throw new Error(made.refused);
  return made.files;
};

describe('npm run new-control', () => {
  for (const id of [undefined, 'org', 'org/', 'org/Sessions', 'org/a/b', 'org/../x', 'org/two--hyphens', 'a b/c']) {
    it(`refuses ${id ?? 'no id'}`, async () => {
      expect(await refused(id)).to.match(/is no id: write <domain>\/<name-in-lower-case>, such as /);
    });
  }

  it('refuses a domain that there is not, a control that there is, and an unknown severity', async () => {
    expect(await refused('moon/sessions-time-out')).to.match(/^There is no domain moon: no src\/moon\/controls/);
    expect(await refused('org/mfa-enforced')).to.match(/^src\/org\/controls\/mfa-enforced\.ts exists/);
    expect(await refused('org/sessions-time-out', 'severe')).to.match(/^severe is no severity: choose one of critical/);
  });

  for (const domain of ['org', 'package', 'submission']) {
    it(`adds to each list of the ${domain} domain one entry, and nothing else`, async () => {
      const files = await filesOf(`${domain}/no-sessions-at-night`);
      expect(Object.keys(files)).to.have.members([
        `src/${domain}/controls/no-sessions-at-night.ts`,
        `src/${domain}/controls/index.ts`,
        `test/${domain}/controls/no-sessions-at-night.test.ts`,
      ]);
      const added = (file: string): string[] => {
        const before = new Set(read(file)?.split('\n'));
        return (files[file] ?? '').split('\n').filter((line) => !before.has(line));
      };
      expect(added(`src/${domain}/controls/index.ts`)).to.deep.equal([
        "import { noSessionsAtNight } from './no-sessions-at-night.js';",
        '  noSessionsAtNight,',
      ]);
    });
  }

  it('builds facts with the helper of the domain, and names the rules that need the control', async () => {
    const made = await newControl('package/no-sessions-at-night', 'high', read);
    if ('refused' in made) throw new Error(made.refused);
    expect(made.files['test/package/controls/no-sessions-at-night.test.ts']).to.contain('facts: packageFacts()');
    expect(made.next.join('\n')).to.contain('src/salesforce/rules');
  });

  it('adds the control to the rule that is named, and to no other', async () => {
    for (const [rule, file] of [
      ['packaging/apps-packaged', 'src/salesforce/rules/guidance.ts'],
      ['rotation/code-survives', 'src/salesforce/rules/companionPages.ts'],
    ] as const) {
      // eslint-disable-next-line no-await-in-loop -- two
      const made = await newControl('package/no-sessions-at-night', 'high', read, rule);
      if ('refused' in made) throw new Error(made.refused);
      const text = made.files[file] ?? '';
      const row = text.slice(text.indexOf(`id: '${rule}'`)).split("id: '")[1] ?? '';
      expect(row).to.contain("'package/no-sessions-at-night'");
      expect(text.split("'package/no-sessions-at-night'")).to.have.length(2);
      expect(made.next.join('\n')).not.to.contain('src/salesforce/rules');
    }
    const made = await newControl('package/no-sessions-at-night', 'high', read, 'packaging/apps');
    expect('refused' in made && made.refused).to.match(/^packaging\/apps is no rule: sf security-review list-rules/);
  });

  it('writes a table that fails, and says what to do, until the control is decided', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'new-control-'));
    try {
      for (const part of ['src', 'package.json', 'test/support']) {
        cpSync(inRoot(part), join(copy, part), { recursive: true });
      }
      cpSync(inRoot('test', 'org', 'controls'), join(copy, 'test', 'org', 'controls'), { recursive: true });
      symlinkSync(inRoot('node_modules'), join(copy, 'node_modules'), 'junction');
      for (const [file, text] of Object.entries(await filesOf('org/sessions-time-out'))) {
        writeFileSync(join(copy, file), text);
      }
      const mocha = inRoot('node_modules', 'mocha', 'bin', 'mocha.js');
      const table = 'test/org/controls/sessions-time-out.test.ts';
      const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', mocha, '--no-config', table], {
        cwd: copy,
        encoding: 'utf8',
      });
      expect(status).to.be.above(0);
      expect(stdout).to.contain('passes: FILL IN');
      expect(stdout).to.contain('write the judge in src/org/controls/sessions-time-out.ts');
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }).timeout(60_000);
});
