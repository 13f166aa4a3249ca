import { spawn } from 'node:child_process';
import { expect } from 'chai';
import { inRoot } from '../scripts/tools/paths.js';
import { afterRunning, runningLimit } from '../src/common/runningTime.js';

describe('limits of requests', () => {
  it('end when the process has run for so long', async () => {
    const { signal } = runningLimit(40);
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
      // The count itself keeps no process alive.
      const alive = setInterval(() => signal.aborted && clearInterval(alive), 5);
    });
    expect(signal.aborted).to.equal(true);
  });

  it('end nothing once they are stopped', async () => {
    let ended = false;
    const stop = afterRunning(20, () => (ended = true));
    stop();
    await new Promise<void>((resolve) => {
      afterRunning(200, resolve);
      const alive = setInterval(() => undefined, 5);
      afterRunning(200, () => clearInterval(alive));
    });
    expect(ended).to.equal(false);
  });

  if (process.platform !== 'win32') {
    it('count no time while the process is paused', async () => {
      const code = `
      import { afterRunning } from ${JSON.stringify(inRoot('src', 'common', 'runningTime.ts'))};
      let limit = 'open';
      process.stdout.write('ready\\n');
      process.stdin.once('data', () => {
        const until = Date.now() + 1000;
        afterRunning(800, () => (limit = 'ended'));
        process.kill(process.pid, 'SIGSTOP');
        // The first turn of the loop after the pause: an ordinary timer would be overdue in it.
        setTimeout(() => { process.stdout.write(String(Date.now() >= until) + ' ' + limit); process.exit(0); }, 1);
      });`;
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code]);
      const out: string[] = [];
      const paused = new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          out.push(chunk.toString());
          if (out.join('').includes('ready')) resolve();
        });
      });
      await paused;
      child.stdin.write('go\n');
      const until = Date.now() + 1300;
      await new Promise<void>((resolve) => {
        const alive = setInterval(() => {
          if (Date.now() < until) return;
          clearInterval(alive);
          resolve();
        }, 50);
      });
      child.kill('SIGCONT');
      await new Promise((resolve) => child.on('close', resolve));
      expect(out.join('')).to.match(/true open$/);
    });
  }
});
