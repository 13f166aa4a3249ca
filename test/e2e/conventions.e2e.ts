import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { moveTo, startOrg, type SimulatedOrg } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { inRoot } from '../../scripts/tools/paths.js';
import { newSf, type Sf } from './support.js';

const pluginName = 'sf-plugin-security-review';
type Flag = { helpGroup?: string; hidden?: boolean };
type Command = { id: string; aliases: string[]; examples: string[]; flags: Record<string, Flag> };
type Manifest = { commands: Record<string, Command> };
type Diagnosis = {
  result: { diagnosticResults: Array<{ testName: string; status: string }>; suggestions: string[] };
};

describe('the conventions of sf', () => {
  const { commands } = JSON.parse(readFileSync(inRoot('oclif.manifest.json'), 'utf8')) as Manifest;
  const { files } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { files: string[] };
  let sf: Sf;
  let org: SimulatedOrg;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'security-review-'));
    sf = newSf();
    sf.install();
    org = await startOrg(moveTo(SCENARIOS.hardened(), new Date()));
  });
  after(async () => {
    await org.stop();
    sf.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("gives each command with a hyphen a name in sf's grammar", async () => {
    const verbs = Object.values(commands).filter(({ id }) => /:\w+-/.test(id));
    expect(verbs).to.have.lengthOf(9);
    for (const { id, aliases } of verbs) expect(aliases).to.deep.equal([id.replace(/(?<=review:\w+)-/, ':')]);
    const ran = await sf.start(['security-review', 'list', 'controls', '--control', 'org/no-*']);
    expect(ran.code, ran.stderr).to.equal(0);
    expect(ran.stdout).to.contain('org/no-guest-sites');
  });

  it('shows examples that cmd.exe reads, and names no file that is not installed', () => {
    for (const { id, examples } of Object.values(commands)) {
      for (const example of examples) expect(example, id).not.to.match(/'|\$|\\\n|~\/|`/);
    }
    const texts = readdirSync(inRoot('messages')).map((file) => readFileSync(inRoot('messages', file), 'utf8'));
    const named = /\b((?:docs|src|test|examples|pipelines|simulator|scripts)\/[\w./-]+)/g;
    for (const [, path = ''] of [JSON.stringify(commands), ...texts].join('\n').matchAll(named)) {
      expect(
        files.map((file) => file.slice(1)).some((file) => path.startsWith(file)) && existsSync(inRoot(path))
      ).to.equal(true, path);
    }
  });

  it('lists the commands under the topic, and the flags of a command in groups', async () => {
    const topic = await sf.start(['security-review', '--help']);
    for (const name of Object.keys(commands)) expect(topic.stdout).to.contain(name.replace(':', ' '));
    expect(topic.stdout).to.match(/sf doctor\s+--plugin/);
    const command = await sf.start(['security-review', 'check-package', '--help']);
    for (const heading of ['INPUT FLAGS', 'POLICY AND GATE FLAGS', 'OUTPUT FLAGS', 'EVIDENCE FLAGS', 'ALIASES']) {
      expect(command.stdout).to.contain(heading);
    }
  });

  const diagnose = async (): Promise<Diagnosis['result']> => {
    const ran = await sf.start(['doctor', '--plugin', pluginName, '--output-dir', folder, '--json'], { cwd: folder });
    expect(ran.code, ran.stderr).to.equal(0);
    return (JSON.parse(ran.stdout) as Diagnosis).result;
  };
  const statuses = ({ diagnosticResults }: Diagnosis['result']): Record<string, string> =>
    Object.fromEntries(
      diagnosticResults
        .filter(({ testName }) => testName.includes(pluginName))
        .map(({ testName, status }) => [testName.replace(/^\[.*?\] /, '').split(' ')[0] ?? '', status])
    );

  it('answers sf doctor: Node.js, the folder of sf, the policy, the default org and its user', async () => {
    const without = await diagnose();
    expect(statuses(without)).to.deep.equal({ 'Node.js': 'pass', folder: 'pass', policy: 'warn', default: 'warn' });
    expect(without.suggestions.join('\n')).to.contain('sf security-review init').and.contain('target-org');

    await sf.logIn(org, 'hub');
    await sf.run(['config', 'set', 'target-org', 'hub', '--global']);
    const withOrg = await diagnose();
    expect(statuses(withOrg), withOrg.suggestions.join('\n')).to.deep.include({ default: 'pass', auditing: 'pass' });
    org.assertReadOnly();

    await org.stop();
    const gone = await diagnose();
    expect(statuses(gone)).to.deep.include({ default: 'fail' });
    expect(gone.suggestions.join('\n')).to.contain('The default org "hub"');
  }).timeout(200_000);
});
