import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { inRoot, root } from './paths.js';

/** Compiles `src` to `lib`. */
export const build = (): void => {
  rmSync(inRoot('lib'), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', root], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The sources do not compile.');
};
