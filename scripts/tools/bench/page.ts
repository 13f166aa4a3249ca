import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { page, table } from '../markdown.js';
import { inRoot } from '../paths.js';

/** Wall time, and where the system tells them the most memory (MB) and the time on processors (s). */
export type Figures = { seconds: number; megabytes: number | undefined; processor?: number | undefined };
export type Aim = { aim: string; figure: string; met: boolean | undefined };
const file = inRoot('docs', 'benchmarks.md');
const begin = (part: Part): string => `<!-- begin: ${part} -->`;
const end = (part: Part): string => `<!-- end: ${part} -->`;
/** The parts of the page; a run writes those that it measured and leaves the others as they are: `profile` always. */
const parts = [
  'org',
  'waterfall',
  'fleet',
  'requests',
  'package',
  'repository',
  'profile',
  'start',
  'newUser',
] as const;
export type Part = (typeof parts)[number];

export const writeParts = (measured: Readonly<Partial<Record<Part, string>>>): void => {
  const before = readFileSync(file, 'utf8');
  const kept = (part: Part): string =>
    before
      .split(`${begin(part)}\n`)[1]
      ?.split(`\n${end(part)}`)[0]
      ?.trim() ?? '';
  const sections = parts.flatMap((part) => {
    const text = measured[part] ?? kept(part);
    return text === '' ? [] : [`${begin(part)}\n\n${text}\n\n${end(part)}`];
  });
  writeFileSync(file, page(['<!-- Written by `npm run bench`. -->', '# Benchmarks', ...sections]));
};

/** What was run, when and where. Load: what else the machine did; above its processors every time contains waiting. */
export const circumstances = (command: string, versions: string): string => {
  const [load = 0] = loadavg();
  const isQuiet = load <= cpus().length;
  return [
    `- Command: \`${command}\``,
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}; load average before the run ${load.toFixed(1)}${isQuiet ? '' : ': it was not quiet, and wall times include waiting'}`,
    `- Versions: ${versions}`,
  ].join('\n');
};

export const aimTable = (aims: readonly Aim[]): string =>
  table(
    ['aim', 'figure', ''],
    aims.map(({ aim, figure, met }) => [aim, figure, met === undefined ? 'not measured' : met ? 'met' : 'missed'])
  );

export const seconds = (figures: Figures): string => `${figures.seconds.toFixed(2)} s`;
export const processor = ({ processor: time }: Figures): string =>
  time === undefined ? 'missing' : `${time.toFixed(2)} s`;
export const memory = ({ megabytes }: Figures): string =>
  megabytes === undefined ? 'missing' : `${megabytes.toFixed(0)} MB`;

/** The quickest run: whatever else the machine does only adds time. `extreme`: which of the peaks to take. */
export const figuresOf = (runs: readonly Figures[], extreme: (...peaks: number[]) => number): Figures => {
  const peaks = runs.flatMap(({ megabytes }) => megabytes ?? []);
  const times = runs.flatMap((run) => run.processor ?? []);
  return {
    seconds: Math.min(...runs.map((run) => run.seconds)),
    megabytes: peaks.length > 0 ? extreme(...peaks) : undefined,
    processor: times.length > 0 ? Math.min(...times) : undefined,
  };
};
