import { spawn } from 'node:child_process';
import { noBrowser } from './tools/browser.js';
import { build } from './tools/build.js';
import { inRoot, root } from './tools/paths.js';

/** One step of the suite. A step that runs no test cases counts as one test. */
type Step = {
  name: string;
  script: string;
  args: readonly string[];
  counts?: true;
  /** Why the step cannot run on this machine; nothing if it can. */
  skipped?: () => Promise<string | undefined>;
};

const bin = (...parts: string[]): string => inRoot('node_modules', ...parts);
const mocha = bin('mocha', 'bin', 'mocha.js');
const tsx = ['--import', 'tsx'];

/** Two lanes side by side; the end-to-end tests come last, so that nothing else competes with their processes. */
const lanes: Step[][] = [
  [
    { name: 'types', script: bin('typescript', 'bin', 'tsc'), args: ['--noEmit', '-p', 'test'] },
    {
      name: 'lint and layers',
      script: bin('eslint', 'bin', 'eslint.js'),
      args: ['--ext', '.ts,.tsx', '--max-warnings', '0', 'src', 'test', 'scripts', 'simulator'],
    },
    { name: 'format', script: bin('prettier', 'bin', 'prettier.cjs'), args: ['--check', '--log-level', 'warn', '.'] },
  ],
  [{ name: 'unit', script: mocha, args: ['--reporter', 'dot'], counts: true }],
];
const last: Step[] = [
  { name: 'generated files are fresh', script: inRoot('scripts', 'docs.ts'), args: ['--check'] },
  {
    name: 'end to end, through the real sf',
    script: mocha,
    args: ['--config', 'test/e2e/.mocharc.json'],
    counts: true,
  },
  {
    name: 'HTML report in Chromium',
    script: mocha,
    args: ['--config', 'test/browser/.mocharc.json'],
    counts: true,
    skipped: noBrowser,
  },
];

type Outcome = { passed: number; failed: number };

const run = async ({ name, script, args, counts, skipped }: Step): Promise<Outcome> => {
  const reason = await skipped?.();
  if (reason !== undefined) {
    console.log(`\n=== ${name}: SKIPPED, ${reason}`);
    return { passed: 0, failed: 0 };
  }
  const { status, output, seconds } = await node([...(script.endsWith('.ts') ? tsx : []), script, ...args]);
  const passed = Number(/(\d+) passing/.exec(output)?.[1] ?? 0);
  const failed = Number(/(\d+) failing/.exec(output)?.[1] ?? 0);
  const outcome = counts
    ? // A run that broke before its first test has failed, whatever it counted.
      { passed, failed: status === 0 && passed > 0 ? failed : Math.max(failed, 1) }
    : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  console.log(`\n=== ${name}: ${outcome.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (outcome.failed > 0 || counts) console.log(output.trimEnd());
  return outcome;
};

const node = async (args: string[]): Promise<{ status: number; output: string; seconds: number }> => {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      FORCE_COLOR: '0',
      NODE_NO_WARNINGS: '1',
      // Hundreds of starts of sf in the end-to-end tests compile the same modules.
      NODE_COMPILE_CACHE: inRoot('node_modules', '.cache', 'compile'),
    },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const status = await new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
  });
  return {
    status,
    output: Buffer.concat(chunks).toString('utf8'),
    seconds: Math.round((performance.now() - started) / 1000),
  };
};

const inTurn = async (steps: readonly Step[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  // eslint-disable-next-line no-await-in-loop -- one after the other is the point
  for (const step of steps) outcomes.push(await run(step));
  return outcomes;
};

await build();
const outcomes = [...(await Promise.all(lanes.map(inTurn))).flat(), ...(await inTurn(last))];
const sum = (key: keyof Outcome): number => outcomes.reduce((total, outcome) => total + outcome[key], 0);
process.exitCode = sum('failed') === 0 ? 0 : 1;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
