import { spawnSync } from 'node:child_process';
import { inRoot, root } from './tools/paths.js';

const mocha = inRoot('node_modules', 'mocha', 'bin', 'mocha.js');
const given = process.argv.slice(2);
// mocha adds the `spec` of its configuration to the files that are given, so single files run without the configuration.
const command = given.some((arg) => arg.endsWith('.test.ts'))
  ? ['--import', 'tsx', mocha, '--no-config', '--require', './test/setup.ts', '--timeout', '180000', ...given]
  : [mocha, ...given];
const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
