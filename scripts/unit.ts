import { spawnSync } from 'node:child_process';
import { inRoot, root } from './tools/paths.js';

const { status } = spawnSync(
  process.execPath,
  [inRoot('node_modules', 'mocha', 'bin', 'mocha.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' }
);
process.exitCode = status ?? 1;
