// Entry of every npm script: installs what is missing, then runs the task on the Node that the project brings along.
// It must run on any Node >= 20 with nothing installed, so it is plain JavaScript without dependencies.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';
const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options }).status ?? 1;
const npm = (...args) => run('npm', args, { shell: windows });

/** What package-lock.json asks for, compared with what npm says that it installed. */
const installed = () => {
  const lock = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  const there = lock('node_modules/.package-lock.json');
  return Object.entries(lock('package-lock.json')).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || there[path]?.version === version
  );
};

const nodeWorks = () => spawnSync(node, ['--version']).status === 0;

if (!installed()) {
  console.error('Installing the dependencies (once, from package-lock.json) …');
  const status = npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  if (status !== 0) process.exit(status);
}
if (!nodeWorks()) {
  // An npm that runs no install scripts leaves the `node` package without its binary.
  run(process.execPath, ['installArchSpecificPackage.js'], { cwd: join(root, 'node_modules', 'node') });
  if (!nodeWorks()) {
    console.error('The npm package `node` could not bring Node 22 along. Run `npm rebuild node`, then try again.');
    process.exit(1);
  }
}

const [task, ...rest] = process.argv.slice(2);
const script = join(root, 'scripts', `${task}.ts`);
if (!task || !existsSync(script)) {
  console.error(`No such task: ${task ?? ''}`);
  process.exit(2);
}
// So that npm, tsx and the sf CLI find the same Node.
const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(windows ? ';' : ':');
process.exit(run(node, ['--import', 'tsx', script, ...rest], { env: { ...process.env, PATH: path } }));
