import { mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseAsOf } from '../../src/cli/asOf.js';
import { rejectConflictingFlags, replay, saveEvidence } from '../../src/cli/evidenceFile.js';
import { checkOutputFiles } from '../../src/cli/outputFiles.js';
import type { TargetReport } from '../../src/engine/types.js';
import { complete, unavailable } from '../../src/engine/evidence.js';
import { evidenceText, type Collected } from '../../src/evidence/file.js';
import { mostBytes } from '../../src/evidence/schema.js';
import { orgDomain, type OrgFacts } from '../../src/org/index.js';
import { policyOf } from '../evidence/support.js';
import { canary } from '../support/secrets.js';

type Refusal = { exitCode: number; message: string; actions: string[] };
const refusalOf = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => Promise.reject(new Error('Nothing was refused.')),
    (error: unknown) => error as Refusal
  );

const day = (number: number): Date => new Date(Date.UTC(2026, 10, number, 10));
const open = (collected: Date, name = 'hub'): Collected<OrgFacts> => ({
  target: { kind: 'org', name },
  asOf: collected.toISOString(),
  org: { orgId: '00D000000000001AAA' },
  selection: { controls: ['org/certificates-rotated'], params: {} },
  facts: { certificates: complete([]) },
});
const closed = (collected: Date): Collected<OrgFacts> => ({
  target: { kind: 'org', name: 'nobody' },
  asOf: collected.toISOString(),
  error: { name: 'E', message: 'm', actions: [] },
});

describe('an evidence file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evidence-'));
    file = join(folder, 'evidence.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const prepared = (...lines: readonly string[]): Parameters<typeof replay>[2] => ({
    policy: policyOf(...lines),
    scope: { controls: 'all', failOn: 'medium', inconclusive: 'block' },
    notices: [],
  });
  const replayed = async (now: Date, asOf?: string, ...lines: readonly string[]): Promise<TargetReport[]> =>
    (await replay(file, orgDomain, prepared(...lines), asOf === undefined ? undefined : await parseAsOf(asOf), now))
      .targets;

  describe('saving', () => {
    it('makes a file that only its owner reads, in the place of another, and leaves no other file', async () => {
      await writeFile(file, 'something else', { mode: 0o644 });
      await saveEvidence(file, 'org', [open(day(1))]);
      expect((await stat(file)).mode & 0o777).to.equal(0o600);
      expect(await readdir(folder)).to.deep.equal(['evidence.json']);
      expect(await replayed(day(2))).to.have.length(1);
    });

    it('replays no token, even from a file of another author', async () => {
      const detail = `Sync ${canary.accessToken} ${canary.refreshToken}`;
      const facts = { certificates: unavailable({ kind: 'error', detail }) };
      await saveEvidence(file, 'org', [{ ...open(day(1), canary.refreshToken), facts }]);
      const text = JSON.stringify(await replayed(day(2)));
      expect(text).to.contain('"name":"[token]"').and.contain('Sync [token] [token]');
      expect(text).not.to.contain(canary.refreshToken).and.not.to.contain(canary.accessToken);
    });

    it('makes no file when nothing could be opened', async () => {
      await saveEvidence(file, 'org', [closed(day(1))]);
      expect(await readdir(folder)).to.deep.equal([]);
    });

    it('leaves nothing behind when it fails', async () => {
      await writeFile(join(folder, 'x'), '');
      const { exitCode, message } = await refusalOf(saveEvidence(join(folder, 'x', 'y'), 'org', [open(day(1))]));
      expect(exitCode).to.equal(1);
      expect(message).to.contain('cannot be written');
      expect(await readdir(folder)).to.deep.equal(['x']);
    });

    const places: ReadonlyArray<[string, string[], { save?: string; inputs?: string[] }, number, RegExp]> = [
      ['where a report goes', ['a.json'], { save: './a.json' }, 2, /same file/],
      ['where no folder is', [], { save: 'missing/a.json' }, 2, /folder of .* does not exist/],
      ['where a folder is', [], { save: '.' }, 1, /it is a folder/],
      ['by a report in its place', ['a.json'], { inputs: ['a.json'] }, 2, /read by this run/],
    ];
    for (const [name, files, { save, inputs = [] }, code, says] of places) {
      it(`is refused before any work ${name}`, async () => {
        const at = (path: string): string => `${folder}/${path}`;
        const evidence = { ...(save === undefined ? {} : { save: at(save) }), inputs: inputs.map(at) };
        const { exitCode, message } = await refusalOf(checkOutputFiles(files.map(at), evidence));
        expect([exitCode, message]).to.satisfy(() => exitCode === code && says.test(message), message);
      });
    }
  });

  describe('replaying', () => {
    it('judges as of the moment when it was collected, each target of its own', async () => {
      await saveEvidence(file, 'org', [open(day(1)), open(day(2), 'packaging'), closed(day(2))]);
      const targets = await replayed(day(5));
      expect(targets.map(({ target, asOf }) => [target.name, asOf])).to.deep.equal([
        ['hub', day(1).toISOString()],
        ['packaging', day(2).toISOString()],
        ['nobody', day(2).toISOString()],
      ]);
      expect(targets[2]?.error).to.deep.equal({ name: 'E', message: 'm', actions: [] });
    });

    it('takes evidence exactly as old as the policy says, and none that is older', async () => {
      await saveEvidence(file, 'org', [open(day(1)), open(day(5), 'packaging')]);
      expect(await replayed(day(8))).to.have.length(2);
      const { exitCode, message, actions } = await refusalOf(replayed(new Date(day(8).getTime() + 1)));
      expect(exitCode).to.equal(1);
      expect(message).to.match(/too old: it was collected on 1 Nov 2026.*last 7 days \(maxEvidenceAge\)/);
      expect(actions.join()).to.contain('--as-of');
      expect(await replayed(day(20), undefined, 'maxEvidenceAge: 30')).to.have.length(2);
    });

    it('accepts older evidence as of a named day, and states it in every target', async () => {
      await saveEvidence(file, 'org', [open(day(1)), closed(day(1))]);
      const targets = await replayed(day(28), '2026-11-01');
      for (const { asOf, notices } of targets) {
        expect(asOf).to.equal(day(1).toISOString());
        expect(notices[0]).to.equal(
          'Evaluated as of 1 Nov 2026, 10:00 UTC (--as-of); the evidence was collected on 1 Nov 2026, 10:00 UTC.'
        );
      }
    });

    it('does not revive what expired: as of an earlier day it is refused, as of a later one it has expired', async () => {
      await saveEvidence(file, 'org', [open(day(10))]);
      const { exitCode, message } = await refusalOf(replayed(day(11), '2026-11-09'));
      expect(exitCode).to.equal(2);
      expect(message).to.match(/lies before the evidence/);
      const trust = 'trust: { packages: [{ namespace: acme, owner: ops, reason: ours, reviewBy: 2026-11-20 }] }';
      const overdue = 'Trust in package acme ended on 20 Nov 2026: review it, or remove it from the policy.';
      expect((await replayed(day(11), undefined, trust))[0]?.notices).not.to.include(overdue);
      expect((await replayed(day(11), '2026-11-21', trust))[0]?.notices).to.include(overdue);
      // The real clock does not enter: the same evidence gives the same report on the last day, too.
      expect(await replayed(day(17), undefined, trust)).to.deep.equal(await replayed(day(11), undefined, trust));
    });

    it('refuses evidence of a day to come, however it is to be judged', async () => {
      await saveEvidence(file, 'org', [open(day(14)), open(day(20), 'packaging')]);
      for (const asOf of [undefined, '2026-12-01']) {
        // eslint-disable-next-line no-await-in-loop -- two cases
        const { exitCode, message } = await refusalOf(replayed(day(18), asOf));
        expect(exitCode).to.equal(1);
        expect(message).to.match(/20 Nov 2026, .*not come yet/);
      }
      expect(await replayed(day(19))).to.have.length(2);
    });

    it('names both versions when another one saved it', async () => {
      const tool = { name: 'sf-plugin-security-review', version: '0.0.1' };
      await writeFile(file, evidenceText(tool, 'org', [open(day(1))]));
      const [report] = await replayed(day(2));
      expect(report?.notices).to.satisfy((all: string[]) => all.some((one) => one.includes('saved by version 0.0.1')));
    });

    it('refuses values that it cannot describe', async () => {
      const facts = { auditor: complete(null) } as unknown as OrgFacts;
      await saveEvidence(file, 'org', [{ ...open(day(1)), facts: facts as never }]);
      const { exitCode, message } = await refusalOf(replayed(day(2)));
      expect(exitCode).to.equal(1);
      expect(message).to.match(/cannot be used: it contains values/);
    });

    it('refuses what is no file, is not there, is too large or is no evidence', async () => {
      const refused = async (): Promise<[number, string]> => {
        const { exitCode, message } = await refusalOf(replayed(day(2)));
        return [exitCode, message.replace(folder, '')];
      };
      expect(await refused()).to.deep.equal([2, 'The evidence file /evidence.json does not exist.']);
      await symlink(folder, file);
      expect(await refused()).to.deep.equal([1, 'The evidence file /evidence.json cannot be used: it is a folder.']);
      await rm(file);
      await writeFile(file, '{}');
      await truncate(file, mostBytes + 1);
      expect(await refused()).to.deep.equal([
        1,
        'The evidence file /evidence.json cannot be used: it is larger than 256 MB.',
      ]);
      await saveEvidence(file, 'org', [open(day(1))]);
      await writeFile(file, (await readFile(file, 'utf8')).replace('"value":[]', '"value":[ ]').replace('hub', 'hob'));
      expect(await refused()).to.deep.equal([
        1,
        'The evidence file /evidence.json cannot be used: it was changed after it was saved.',
      ]);
    });
  });

  it('is judged alone: flags that say what to collect are refused, all by name', () => {
    expect(() =>
      rejectConflictingFlags('e.json', { 'target-org': ['hub'], fleet: false, 'save-evidence': 'f.json' })
    ).to.throw(/excludes --target-org, --save-evidence/);
    expect(() => rejectConflictingFlags('e.json', { 'target-org': undefined, fleet: false })).not.to.throw();
    expect(() => rejectConflictingFlags(undefined, { 'target-org': ['hub'] })).not.to.throw();
  });
});
