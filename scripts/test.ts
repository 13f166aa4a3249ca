import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
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

/** Each file goes to the part that has least to do, the longest first. */
const dealt = (
  files: readonly string[],
  count: number,
  step: Omit<Step, 'script' | 'counts'>,
  secondsOf: (file: string) => number = () => 1
): Step[] => {
  const parts = Array.from({ length: count }, () => ({ files: [] as string[], seconds: 0 }));
  for (const file of files.toSorted((one, other) => secondsOf(other) - secondsOf(one))) {
    const least = parts.reduce((one, other) => (other.seconds < one.seconds ? other : one));
    least.files.push(file);
    least.seconds += secondsOf(file);
  }
  return parts.map((part, index) => ({
    ...step,
    name: `${step.name}, ${index + 1} of ${count}`,
    script: mocha,
    args: [...step.args, ...part.files],
    counts: true,
  }));
};

/** Without a configuration: mocha would add its files to those that are named, and load tsx for it. */
const casesWithin = (milliseconds: number): readonly string[] => [
  '--no-config',
  '--require',
  './test/setup.ts',
  '--timeout',
  String(milliseconds),
];

const unit: Omit<Step, 'script' | 'counts'> = {
  name: 'unit',
  flags: [...memory, ...typescript],
  args: [...casesWithin(180_000), '--reporter', 'dot'],
};

/** Processor time of the end-to-end tests that take more than the others, most of which take 6 seconds. */
const SECONDS: Readonly<Record<string, number>> = {
  resident: 37,
  trust: 25,
  pipeline: 17,
  plain: 15,
  drift: 9,
  'audit-org': 10,
  conventions: 8,
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
  ...dealt(
    filesIn('test/e2e', '.e2e.ts'),
    END_TO_END_PARTS,
    { name: 'end to end, through sf', flags: typescript, args: casesWithin(600_000) },
    (file) => SECONDS[basename(file, '.e2e.ts')] ?? 6
  ),
  {
    name: 'HTML report in Chromium',
    flags: typescript,
    script: mocha,
    args: [...casesWithin(300_000), ...filesIn('test/browser', '.browser.ts')],
    counts: true,
    skipped: noBrowser,
  },
  {
    name: 'format',
    script: inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs'),
    args: ['--check', '--log-level', 'warn', '.'],
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
