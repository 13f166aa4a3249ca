import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';

const signals = pathToFileURL(inRoot('src', 'cli', 'signals.ts')).href;

/** Runs a program that listens as sf does, and sends it a signal as soon as it has written "ready". */
const ended = (program: string, signal: NodeJS.Signals, cwd = inRoot()): Promise<number> =>
  new Promise((resolve, reject) => {
    const before = `import { writeSync, writeFileSync } from 'node:fs';
      import { cleaningUp, endOnSignals } from ${JSON.stringify(signals)};
      process.on('SIGINT', () => {}).on('SIGTERM', () => {});
      endOnSignals();
      const ready = () => writeSync(1, 'ready');`;
    const loader = pathToFileURL(inRoot('node_modules', 'tsx', 'dist', 'loader.mjs')).href;
    const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', before + program], { cwd });
    child.stdout.once('data', () => child.kill(signal));
    child.stderr.on('data', (text: Buffer) => reject(new Error(text.toString())));
    child.on('close', (code, by) => resolve(by === null ? (code ?? 0) : 128 + constants.signals[by]));
  });

describe('signals', () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`${signal} ends a computation that never lets the event loop go`, async () => {
      expect(await ended('ready(); for (;;);', signal)).to.equal(code);
    });

    it(`${signal} ends a run that waits`, async () => {
      expect(await ended('ready(); setInterval(() => {}, 1000);', signal)).to.equal(code);
    });

    it(`${signal} removes a temporary file, then ends the process`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'signals-'));
      const program = `import { rmSync } from 'node:fs';
        await cleaningUp(() => rmSync('draft'), () => new Promise(() => {
          writeFileSync('draft', 'half'); ready(); setInterval(() => {}, 1000);
        }));`;
      try {
        expect(await ended(program, signal, folder)).to.equal(code);
        expect(readdirSync(folder)).to.deep.equal([]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  if (existsSync('/dev/full')) {
    it('a full disk behind the standard output ends the process with one line and exit 1', async () => {
      const program = `import { endOnSignals } from ${JSON.stringify(signals)};
      process.stdout.on('error', (error) => { throw error; });
      endOnSignals();
      process.exitCode = 0;
      process.stdout.write('report');`;
      const loader = pathToFileURL(inRoot('node_modules', 'tsx', 'dist', 'loader.mjs')).href;
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', program], {
        stdio: ['ignore', full, 'pipe'],
      });
      let told = '';
      child.stderr?.on('data', (text: Buffer) => (told += text.toString()));
      const code = await new Promise((resolve) => child.on('close', resolve));
      closeSync(full);
      expect([code, told]).to.deep.equal([
        1,
        'Error (OutputNotWritable): The standard output cannot be written (ENOSPC). Use --output-file.\n',
      ]);
    });
  }

  it('every command lets them end the process before it does anything else', () => {
    const folder = inRoot('src', 'commands', 'security-review');
    const texts = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
    const first = texts.map(([file, text]) => [file, /async run\(\).*\{\n\s*(.*)/.exec(text)?.[1]]);
    expect(first).to.deep.equal(texts.map(([file]) => [file, 'endOnSignals();']));
  });
});
