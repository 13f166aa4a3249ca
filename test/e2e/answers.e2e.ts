import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { inRoot } from '../../scripts/tools/paths.js';
import type { Ran } from '../../scripts/tools/sf.js';
import { answeredSchema } from '../../src/cli/resultSchemas.js';
import type { Report } from '../../src/engine/types.js';
import { errorIn, newSf, type Sf } from './support.js';

const policy = '# ours: keep this line\nversion: 1\nwaivers: [] # none yet\n';

describe('answers to findings, through sf', () => {
  let sf: Sf;
  let folder: string;
  let report: Report;
  const run = (...args: string[]): Promise<Ran> => sf.run(['security-review', ...args], { cwd: folder });
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'security-review-'));
    cpSync(inRoot('examples', 'acme-pay'), join(folder, 'acme-pay'), { recursive: true });
    writeFileSync(join(folder, 'security-review.yml'), policy);
    sf = newSf();
    sf.install();
    await run('check-package', '--source-dir', 'acme-pay', '--output-file', 'report.json');
    report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  });
  after(() => {
    sf.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const fingerprintOf = (id: string): string =>
    report.targets[0]?.results.find(({ control }) => control.id === id)?.findings[0]?.fingerprint ?? '';

  it('shows the entry for a fingerprint, and writes nothing', async () => {
    const shown = await run('waive', fingerprintOf('package/pkce-required').slice(0, 12), 'report.json');
    expect(shown.code, shown.stderr).to.equal(0);
    const { waivers } = parse(shown.stdout) as { waivers: Array<Record<string, string>> };
    expect(waivers[0]).to.include({ control: 'package/pkce-required', subject: 'ConnectedApp:AcmePayGateway' });
    expect(readFileSync(join(folder, 'security-review.yml'), 'utf8')).to.equal(policy);
  });

  it('adds the entry to the policy, keeps its comments, and the next run counts it', async () => {
    const author = ['--owner', 'security', '--reason', 'replaced in May', '--write', '--json'];
    const added = await run('waive', fingerprintOf('package/pkce-required'), 'report.json', ...author);
    expect(added.code, added.stderr).to.equal(0);
    const { result } = JSON.parse(added.stdout) as { result: unknown };
    expect(answeredSchema.parse(result)).to.deep.include({ section: 'waivers', file: 'security-review.yml' });
    expect(readFileSync(join(folder, 'security-review.yml'), 'utf8')).to.contain('# ours: keep this line');
    const again = await run('check-package', '--source-dir', 'acme-pay', '--json');
    const { result: after } = JSON.parse(again.stdout) as { result: Report };
    expect(after.summary.waivedFindings).to.equal(1);
  });

  it('justifies where the guidance allows it, and names the right answer where it does not', async () => {
    const author = ['--owner', 'security', '--reason', 'the export reads every object', '--write', '--json'];
    const broad = ['justify', 'broad-scopes-justified', 'report.json', ...author];
    expect(errorIn(await run(...broad))).to.include({ name: 'NoSupplement', exitCode: 2 });
    const justified = await run(...broad, '--supplemented-by', 'a permission set that only the integration user has');
    expect(justified.code, justified.stdout).to.equal(0);
    const refused = await run('justify', fingerprintOf('package/pkce-required'), 'report.json', '--json');
    expect(errorIn(refused)).to.include({ name: 'OtherAnswer', exitCode: 1 });
    expect(errorIn(refused).actions?.[0]).to.contain('waive');
  });

  it('names what tells several findings apart, and what was probably meant', async () => {
    const refusal = async (...args: string[]): Promise<{ code: number; name: string; text: string }> => {
      const ran = await run(...args, '--json');
      const { name, message, actions = [] } = errorIn(ran);
      return { code: ran.code, name, text: [message, ...actions].join('\n') };
    };
    const several = await refusal('attest', 'no-session-id-from-frontdoor', 'report.json');
    expect([several.code, several.name]).to.deep.equal([2, 'SeveralFindings']);
    expect(several.text)
      .to.contain('Add --subject with one of them, such as --subject "')
      .and.not.to.contain('--target');
    expect(several.text).not.to.contain('fingerprint');
    const control = await refusal('waive', 'pkce-require', 'report.json');
    expect([control.code, control.name]).to.deep.equal([1, 'UnknownFinding']);
    expect(control.text).to.contain('Did you mean package/pkce-required?');
    const target = await refusal('waive', 'pkce-required', 'report.json', '--target', 'Acme Pai');
    expect(target.text).to.contain('--target Acme Pai').and.to.contain('Did you mean Acme Pay?');
    const subject = ['--subject', 'ConnectedApp:AcmePayGatewai'];
    expect((await refusal('waive', 'pkce-required', 'report.json', ...subject)).text).to.contain(
      'Did you mean ConnectedApp:AcmePayGateway?'
    );
  });

  it('attests an External Client App for every control that waits for it, with one entry', async () => {
    const example = join(folder, 'connector');
    cpSync(inRoot('examples', 'example-connector'), example, { recursive: true });
    const file = join(example, 'security-review.yml');
    const [bare = ''] = readFileSync(file, 'utf8').split('\n# Read in');
    writeFileSync(file, bare);
    const within = (...args: string[]): Promise<Ran> => sf.run(['security-review', ...args], { cwd: example });
    await within('check-package', '--output-file', 'report.json');
    const app = ['attest', 'ExternalClientApp:Example_Connector', 'report.json'];
    const author = ['--owner', 'Rita Release', '--reason', 'read in Setup', '--write', '--json'];
    const shown = await within(...app);
    const { attestations } = parse(shown.stdout) as { attestations: Array<Record<string, unknown>> };
    expect(attestations[0]?.['control']).to.include.members(['package/pkce-required', 'package/no-device-flow']);
    const added = await within(...app, ...author);
    expect(added.code, added.stdout).to.equal(0);
    expect(answeredSchema.safeParse((JSON.parse(added.stdout) as { result: unknown }).result).success).to.equal(true);
    const again = await within('check-package', '--control', 'package/pkce-required', '--json');
    const { result } = JSON.parse(again.stdout) as { result: Report };
    expect(result.targets[0]?.results[0]?.verdict).to.equal('attested');
    const gone = await within('attest', 'ExternalClientApp:Old_Connector', 'report.json', '--json');
    expect(errorIn(gone)).to.include({ name: 'UnknownFinding', exitCode: 1 });
  });

  it('refuses an unknown finding, an entry without author, and an invalid day', async () => {
    const names = async (...args: string[]): Promise<unknown[]> => {
      const ran = await run(...args, '--json');
      return [ran.code, errorIn(ran).name];
    };
    const known = fingerprintOf('package/pkce-required');
    expect(await names('waive', 'ffffffffffff', 'report.json')).to.deep.equal([1, 'UnknownFinding']);
    expect(await names('waive', known, 'report.json', '--write')).to.deep.equal([2, 'NoAuthor']);
    expect(await names('waive', known, 'report.json', '--until', 'May')).to.deep.equal([2, 'NoDay']);
    expect(await names('trust')).to.deep.equal([2, 'NoFinding']);
  });
});
