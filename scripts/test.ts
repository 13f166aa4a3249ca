import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { noBrowser } from './tools/browser.js';
import { build } from './tools/build.js';
import { compile } from './tools/compile.js';
import { inRoot, root } from './tools/paths.js';

/** One step of the suite. A step that runs no test cases counts as one test. */
type Step = {
  name: string;
  /** Flags of Node. */
  flags?: readonly string[];
  script: string;
  args: readonly string[];
  counts?: true;
  /** Why the step cannot run on this machine; nothing if it can. */
  skipped?: () => Promise<string | undefined>;
};

const mocha = inRoot('node_modules', 'mocha', 'bin', 'mocha.js');
/** Loads what `compile` wrote before the first step. */
const typescript = ['--enable-source-maps', '--import', './scripts/tools/compiled.mjs'];
/** What a test or a rule makes lives long enough to be copied: a larger young generation copies less of it. */
const memory = ['--max-semi-space-size=64'];

/** So many processes at a time; each step is one. More than two cores, because end-to-end tests also wait for silent orgs. */
const LANES = 3;
/** Tests are dealt out, so that the lanes end at about the same time. */
const UNIT_PARTS = 3;
const END_TO_END_PARTS = 3;

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();

const dealt = (files: readonly string[], parts: number, step: Omit<Step, 'script' | 'counts'>): Step[] =>
  Array.from({ length: parts }, (_, part) => ({
    ...step,
    name: `${step.name}, ${part + 1} of ${parts}`,
    script: mocha,
    args: [...step.args, ...files.filter((__, index) => index % parts === part)],
    counts: true,
  }));

const unit: Omit<Step, 'script' | 'counts'> = {
  name: 'unit',
  flags: [...memory, ...typescript],
  // Without the configuration, whose files mocha would add to those that are named.
  args: ['--no-config', '--require', './test/setup.ts', '--timeout', '180000', '--reporter', 'dot'],
};

/** The longest first: a lane that is free takes the next. */
const steps: readonly Step[] = [
  ...dealt(filesIn('test', '.test.ts'), UNIT_PARTS, unit),
  {
    name: 'types, lint and layers',
    flags: memory,
    script: inRoot('scripts', 'lint.ts'),
    args: [],
    counts: true,
  },
  ...dealt(filesIn('test/e2e', '.e2e.ts'), END_TO_END_PARTS, {
    name: 'end to end, through sf',
    args: ['--config', 'test/e2e/.mocharc.json'],
  }),
  {
    name: 'format',
    script: inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs'),
    args: ['--check', '--log-level', 'warn', '.'],
  },
  {
    name: 'HTML report in Chromium',
    script: mocha,
    args: ['--config', 'test/browser/.mocharc.json'],
    counts: true,
    skipped: noBrowser,
  },
  { name: 'generated files are fresh', script: inRoot('scripts', 'docs.ts'), args: ['--check'] },
];

/** `failures`: what a step that failed printed about it; repeated at the end, where a log that was cut still shows it. */
type Outcome = { passed: number; failed: number; failures?: string };

const run = async ({ name, flags = [], script, args, counts, skipped }: Step): Promise<Outcome> => {
  const reason = await skipped?.();
  if (reason !== undefined) {
    console.log(`\n=== ${name}: SKIPPED, ${reason}`);
    return { passed: 0, failed: 0 };
  }
  const { status, output, seconds } = await node([
    ...flags,
    ...(script.endsWith('.ts') ? typescript : []),
    script,
    ...args,
  ]);
  const passed = Number(/(\d+) passing/.exec(output)?.[1] ?? 0);
  const failed = Number(/(\d+) failing/.exec(output)?.[1] ?? 0);
  const outcome = counts
    ? // A run that broke before its first test has failed, whatever it counted.
      { passed, failed: status === 0 && passed > 0 ? failed : Math.max(failed, 1) }
    : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  console.log(`\n=== ${name}: ${outcome.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (outcome.failed > 0 || counts) console.log(output.trimEnd());
  return outcome.failed === 0 ? outcome : { ...outcome, failures: `=== ${name}\n${failuresOf(output)}` };
};

/** The failed cases of a run of mocha, or the last lines of a step that broke. */
const failuresOf = (output: string): string => {
  const list = /\d+ failing\n[^]*/.exec(output)?.[0] ?? output;
  return list.trimEnd().split('\n').slice(-60).join('\n');
};

const node = async (args: string[]): Promise<{ status: number; output: string; seconds: number }> => {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      FORCE_COLOR: '0',
      NODE_NO_WARNINGS: '1',
      // Starts of sf in the end-to-end tests compile the same modules.
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

/** Takes steps from the list until it is empty. */
const lane = async (open: Step[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (let step = open.shift(); step; step = open.shift()) {
    // eslint-disable-next-line no-await-in-loop -- one after the other is the point
    outcomes.push(await run(step));
  }
  return outcomes;
};

const started = performance.now();
await Promise.all([build(), compile()]);
const open = [...steps];
const outcomes = (await Promise.all(Array.from({ length: LANES }, () => lane(open)))).flat();
const sum = (key: 'passed' | 'failed'): number => outcomes.reduce((total, outcome) => total + outcome[key], 0);
process.exitCode = sum('failed') === 0 ? 0 : 1;
console.log(`\nAll steps took ${Math.round((performance.now() - started) / 1000)} s.`);
for (const { failures } of outcomes) if (failures !== undefined) console.log(`\n${failures}\n`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
