import { spawnSync } from 'node:child_process';
import { build } from './tools/build.js';
import { inRoot, root } from './tools/paths.js';

await build();
const given = process.argv.slice(2);
const files = given.some((arg) => arg.endsWith('.ts')) ? [] : ['test/e2e/**/*.e2e.ts'];
const mocha = [inRoot('node_modules', 'mocha', 'bin', 'mocha.js'), '--config', 'test/e2e/.mocharc.json'];
const { status } = spawnSync(process.execPath, [...mocha, ...given, ...files], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
