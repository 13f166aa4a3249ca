import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { transform } from 'esbuild';
import { inRoot } from './paths.js';

const COMPILED = inRoot('node_modules', '.cache', 'security-review', 'compiled');
const FOLDERS = ['src', 'test', 'scripts', 'simulator'];

/**
 * Compiles every source file once, for all processes of the suite; `compiled.mjs` loads what is written here. Functions
 * are not given their names again as they are made, which costs tests that follow code a third of their time.
 */
export async function compile(): Promise<void> {
  rmSync(COMPILED, { recursive: true, force: true });
  await Promise.all(FOLDERS.flatMap(sourcesIn).map(compileFile));
}

/** The small packages of the tests are no code of the project. */
function sourcesIn(folder: string): string[] {
  return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path === join('test', 'package', 'cases') ? [] : sourcesIn(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

async function compileFile(path: string): Promise<void> {
  const { code } = await transform(readFileSync(inRoot(path), 'utf8'), {
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    // The compiled text is loaded under the address of its source.
    sourcefile: basename(path),
    sourcemap: 'inline',
    sourcesContent: false,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const out = join(COMPILED, `${path}.js`);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, code);
}
