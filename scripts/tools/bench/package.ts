import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { table } from '../markdown.js';
import type { Sf } from '../sf.js';
import { analyzer } from './analyzer.js';
import { measured, type Run } from './measure.js';
import {
  aimTable,
  circumstances,
  figuresOf,
  memory,
  processor,
  seconds,
  type Aim,
  type Figures,
  type Part,
} from './page.js';
import { emptyPackage, generatedPackage, synthetic, syntheticPackage, writeFiles } from './syntheticPackage.js';

const REPEATS = 3;

/** The words after which `src/package` looks before it parses anything, as grep writes them. */
const words = [
  'getSessionId|getContent[[:space:]]*\\(|frontdoor|singleaccess|canvas',
  'grant[-_]?type|response[-_]?type|client[-_]?secret|jsforce|simple_salesforce|restforce|\\bSforce|LoginScopeHeader',
  '\\.soap\\.sforce\\.|com\\.sforce|UsernamePasswordAsync|go-salesforce|simpleforce|UseWebServerAuthentication|services/soap',
  'secret|passw|pwd|passphrase|passcode|token|key|bearer|basic|-----BEGIN|00D[[:alnum:]]{12}|5Aep861',
  'aws|\\bnpm_|\\bxox[a-z]-|\\bxapp-|hooks\\.slack|\\bsk-|\\bgsk_|\\bhf_|\\blin_api_|\\bntn_|\\bSG\\.|\\bshp[a-z]{2}_',
  '\\bgh[a-z]_|github_pat_|glpat-|\\bgl(c|sa)_|\\bops_|mongodb|mysql|postgres|\\bhv[sbr]\\.|\\bvc[a-z]_|\\bdapi|dckr_pat_|figd_',
].join('|');

type Size = { files: number; bytes: number };
type Tree = { folder: string; size: Size };
type Row = { tool: string; figures: Figures };
/** `start`: check-package where there is nothing to look at. */
type Measured = { start: Figures; grep?: Figures; cold: Figures; warm: Figures; analyzer?: Figures };
type Tools = { sf: Sf; analyzer: ReturnType<typeof analyzer> };
type Parts = Partial<Record<Part, string>>;

/** A public repository that lies on this machine, and how to call it. */
type Repository = { folder: string; name: string | undefined };

/** check-package on a synthetic package, on a generated class, and on a repository, compared with other tools. */
export const benchPackage = async (sf: Sf, versions: string, repository: Repository | undefined): Promise<Parts> => {
  const tools: Tools = { sf, analyzer: analyzer() };
  const all = 'versions' in tools.analyzer ? `${versions}, ${tools.analyzer.versions}` : versions;
  if ('missing' in tools.analyzer) console.log(tools.analyzer.missing);
  const write = (name: string, files: Parameters<typeof writeFiles>[1]): Tree => {
    const folder = join(sf.home, name);
    return { folder, size: writeFiles(folder, files) };
  };
  const empty = write('empty', emptyPackage());
  const generated = write('generated', generatedPackage());
  const large = write('synthetic', syntheticPackage());

  const where = circumstances('npm run bench -- package', all);
  console.log('synthetic package …');
  const figures = await compared(tools, empty, large);
  const one = await coldOf(sf, generated);
  const parts: Parts = { package: ofPackage(tools, where, large, figures, one) };
  if (!repository) return parts;

  const folder = resolve(repository.folder);
  const tree = { folder, size: sizeOf(folder) };
  const label = repository.name ?? basename(folder);
  console.log(`${label} …`);
  const there = circumstances('npm run bench -- package --source-dir <folder> --name <name>', all);
  return { ...parts, repository: ofRepository(tools, there, label, tree, await compared(tools, empty, tree)) };
};

const compared = async ({ sf, analyzer: other }: Tools, empty: Tree, tree: Tree): Promise<Measured> => {
  const [start, grep, cold, warm, pmd]: [Run[], Run[], Run[], Run[], Run[]] = [[], [], [], [], []];
  for (let time = 0; time < REPEATS; time += 1) {
    /* eslint-disable no-await-in-loop -- one after the other; by turns, so that a busy minute hits each of them */
    start.push(await checked(sf, empty));
    if (process.platform !== 'win32') grep.push(await grepped(tree));
    cold.push(await checked(sf, tree, ['--no-cache']));
    // The first run keeps the facts of the package.
    if (time === 0) await checked(sf, tree);
    warm.push(await checked(sf, tree));
    // Minutes, so that a few seconds of others make no difference.
    if ('run' in other && time === 0) pmd.push(await analyzed(other.run(tree.folder)));
    /* eslint-enable no-await-in-loop */
  }
  return {
    start: figuresOf(start, Math.min),
    cold: figuresOf(cold, Math.max),
    warm: figuresOf(warm, Math.max),
    ...(grep.length > 0 ? { grep: figuresOf(grep, Math.max) } : {}),
    ...(pmd.length > 0 ? { analyzer: figuresOf(pmd, Math.max) } : {}),
  };
};

const checked = async (sf: Sf, { folder }: Tree, flags: readonly string[] = []): Promise<Run> => {
  const { command, env } = sf.command(['security-review', 'check-package', '--source-dir', folder, '--json', ...flags]);
  const run = await measured(command, { cwd: sf.home, env });
  // Any outcome of the gate, but a report.
  if (![0, 3, 4].includes(run.code)) throw new Error(`check-package ended with ${run.code}: ${run.output}`);
  return run;
};

const coldOf = async (sf: Sf, tree: Tree): Promise<Figures> => {
  const runs: Run[] = [];
  // eslint-disable-next-line no-await-in-loop -- two together would slow each other down
  for (let time = 0; time < REPEATS; time += 1) runs.push(await checked(sf, tree, ['--no-cache']));
  return figuresOf(runs, Math.max);
};

/** In the C locale, in which it is quickest. */
const grepped = async ({ folder }: Tree): Promise<Run> =>
  measured(['grep', '-rEi', words, folder], { env: { ...process.env, LC_ALL: 'C' } });

const analyzed = async (command: readonly [string, ...string[]]): Promise<Run> => {
  const run = await measured(command);
  if (run.code !== 0) throw new Error(`Code Analyzer ended with ${run.code}.`);
  return run;
};

const sizeOf = (folder: string): Size => {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/(^|[\\/])\.git([\\/]|$)/.test(entry.parentPath))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
};

const sizeText = ({ files, bytes }: Size): string =>
  `${files.toLocaleString('en')} files, ${(bytes / 1e6).toFixed(0)} MB`;

const how = `Measured is each whole process with all that it starts, ${REPEATS} times by turns (Code Analyzer once): the times are the fastest, because other load only adds to them; the memory is the highest sum over the processes that run at the same time, sampled every 25 ms. Processor time is the sum over all processes and processors; other load changes it little. Files per second count all files of the folder. \`grep\` looks for the words after which check-package decides whether to parse a file (\`LC_ALL=C grep -rEi\`), and Code Analyzer runs the AppExchange rules of its PMD engine (\`pmd:AppExchange\`) through its API.`;

const rowsOf = ({ start, grep, cold, warm, analyzer: other }: Measured): Row[] => [
  { tool: 'check-package, the project without its code (start-up)', figures: start },
  ...(grep ? [{ tool: 'grep', figures: grep }] : []),
  { tool: 'check-package, `--no-cache`', figures: cold },
  { tool: 'check-package, nothing changed since the last run', figures: warm },
  ...(other ? [{ tool: 'Code Analyzer, PMD engine', figures: other }] : []),
];

const comparison = ({ size }: Tree, figures: Measured): string =>
  table(
    ['run', 'wall time', 'processor time', 'files per second', 'peak resident memory'],
    rowsOf(figures).map((row) => [
      row.tool,
      seconds(row.figures),
      processor(row.figures),
      row.figures === figures.start ? '–' : Math.round(size.files / row.figures.seconds).toLocaleString('en'),
      memory(row.figures),
    ])
  );

const missing = ({ analyzer: other }: Tools): string[] => ('missing' in other ? [other.missing] : []);

const aimsOf = ({ start, grep, cold, warm, analyzer: other }: Measured): Aim[] => [
  {
    aim: '18 times faster than Code Analyzer',
    figure: other ? `${(other.seconds / cold.seconds).toFixed(1)} times` : 'missing',
    met: other && other.seconds >= 18 * cold.seconds,
  },
  withinGrep('at most seven times `grep`, plus start-up', 7, cold, start, grep),
  withinGrep('with nothing changed, at most twice `grep`, plus start-up', 2, warm, start, grep),
  {
    aim: 'at most 270 MB',
    figure: memory(cold),
    met: cold.megabytes === undefined ? undefined : cold.megabytes <= 270,
  },
];

const withinGrep = (aim: string, times: number, run: Figures, start: Figures, grep: Figures | undefined): Aim => {
  if (!grep) return { aim, figure: 'missing', met: undefined };
  const most = times * grep.seconds + start.seconds;
  const figure = `${run.seconds.toFixed(2)} s of ${most.toFixed(2)} s, ${((run.seconds - start.seconds) / grep.seconds).toFixed(1)} times \`grep\``;
  return { aim, figure, met: run.seconds <= most };
};

const ofPackage = (tools: Tools, where: string, tree: Tree, figures: Measured, generated: Figures): string => {
  const more = generated.seconds - figures.start.seconds;
  return [
    '## check-package',
    `A synthetic package: ${synthetic.classes.toLocaleString('en')} Apex classes with their \`-meta.xml\`, ${sizeText(tree.size)}. ${synthetic.matter} classes matter: a session id that goes to an API, to another host or into a record, a key in clear, a username-password login. ${how}`,
    where,
    ...missing(tools),
    comparison(tree, figures),
    `One class of a megabyte as WSDL2Apex writes them, with a session id in its stub: ${seconds(generated)}, ${memory(generated)}.`,
    aimTable([
      ...aimsOf(figures),
      {
        aim: 'a generated class of one megabyte in less than a second more than start-up',
        figure: `plus ${more.toFixed(2)} s`,
        met: more < 1,
      },
    ]),
  ].join('\n\n');
};

const ofRepository = (tools: Tools, where: string, label: string, tree: Tree, figures: Measured): string => {
  const commit = spawnSync('git', ['-C', tree.folder, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout?.trim();
  return [
    `## check-package on a public repository`,
    `${label}${commit ? `, commit ${commit}` : ''}: ${sizeText(tree.size)}. Measured in the same way.`,
    where,
    ...missing(tools),
    comparison(tree, figures),
    aimTable(aimsOf(figures)),
  ].join('\n\n');
};
