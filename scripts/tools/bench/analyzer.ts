import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../paths.js';

/** Pinned, so that two runs of the bench compare with the same. */
const packages = ['@salesforce/code-analyzer-core@0.52.0', '@salesforce/code-analyzer-pmd-engine@0.46.0'] as const;

/** How Code Analyzer is run over a folder, or why it cannot be. */
type Analyzer = { versions: string; run(folder: string): readonly [command: string, ...args: string[]] };

/** Installs Code Analyzer outside of the project, once. */
export const analyzer = (): Analyzer | { missing: string } => {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const [, first = '0', second = '0'] = /version "(\d+)(?:\.(\d+))?/.exec(java.stderr ?? '') ?? [];
  // Java 8 calls itself 1.8.
  const version = Number(first === '1' ? second : first);
  if (version < 11) return { missing: 'Code Analyzer is not measured: it needs Java 11 or newer.' };
  const folder = join(tmpdir(), 'security-review-bench', packages.map((one) => one.replace(/.*@/, '')).join('-'));
  if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) {
    mkdirSync(folder, { recursive: true });
    const { status } = spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', ...packages], {
      shell: process.platform === 'win32',
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) return { missing: 'Code Analyzer is not measured: npm could not install it.' };
  }
  const script = inRoot('scripts', 'tools', 'bench', 'codeAnalyzer.mjs');
  return {
    run: (target) => [process.execPath, script, folder, target],
    versions: `${packages.join(', ')}, Java ${version}`,
  };
};
