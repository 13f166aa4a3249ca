import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { moveTo, startOrg, type SimulatedOrg } from '../../simulator/index.js';
import type { Scenario } from '../../simulator/index.js';
import { root } from '../../scripts/tools/paths.js';
import { newSf as plainSf, type Ran, type Sf as PlainSf } from '../../scripts/tools/sf.js';
import type { Gate, Report, TargetReport, Verdict } from '../../src/engine/types.js';
import { Resident } from './resident.js';

/** sf as most tests run it. */
export type Sf = Omit<PlainSf, 'run'> & {
  /**
   * Runs a command in the process that stays (see residentSf.ts), if the plugin is installed. What the process reads as it
   * starts, such as NODE_OPTIONS and the level of the log, is that of its first run: such a test needs `start`.
   */
  run: PlainSf['run'];
  /** Runs a command in a process of its own, as a user does. */
  start: PlainSf['run'];
};

/**
 * An sf whose every run is checked: no exception or rejection escapes, and the exit code says what the gate of the
 * report says, wherever a report comes out.
 */
export const newSf = (): Sf => {
  const sf = plainSf();
  let resident: Resident | undefined;
  const checked = (ran: Ran, args: readonly string[], cwd?: string): Ran => {
    const problems = problemsOf(ran, args, cwd);
    if (problems.length > 0) throw new Error(`sf ${args.join(' ')}\n${problems.join('\n')}`);
    return ran;
  };
  const start: Sf['start'] = async (args, options) => checked(await sf.run(args, options), args, options?.cwd);
  return {
    ...sf,
    start,
    run: async (args, options) => {
      if (!resident) return start(args, options);
      const env = { ...sf.command([]).env, ...options?.env };
      return checked(await resident.run(args, options?.cwd ?? root, env), args, options?.cwd);
    },
    install: () => {
      sf.install();
      resident = new Resident(sf.home, sf.pluginFolder, sf.command([]).env);
    },
    logIn: async (org, alias) => {
      if (!resident) return sf.logIn(org, alias);
      const { code, stdout, stderr } = await resident.run(sf.loginOf(org, alias), sf.home);
      if (code !== 0) throw new Error(`The login answered ${code}: ${stderr}${stdout}`);
    },
    remove: () => {
      resident?.stop();
      sf.remove();
    },
  };
};

const exitCodes: Readonly<Record<Gate, number>> = { passed: 0, failed: 3, undecided: 4 };

/** What no run may show, whatever its test looks at. */
export const problemsOf = (ran: Ran, args: readonly string[], cwd?: string): string[] => {
  const reports = [shownReport(ran), ...writtenReports(ran, args, cwd)];
  return [
    ...((ran.uncaught ?? '') === '' ? [] : [`Nothing caught this:\n${ran.uncaught}`]),
    ...reports.flatMap((report) =>
      report?.gate === undefined || exitCodes[report.gate] === ran.code
        ? []
        : [`The gate is ${report.gate}, and the exit code is ${ran.code}.`]
    ),
  ];
};

const shownReport = ({ stdout }: Ran): Partial<Report> | undefined => {
  try {
    return (JSON.parse(stdout) as { result?: Partial<Report> }).result;
  } catch {
    return undefined;
  }
};

/** Only where the run judged something: otherwise an earlier run wrote what is there. */
const writtenReports = ({ code }: Ran, args: readonly string[], cwd = '.'): Array<Partial<Report>> =>
  ![0, 3, 4].includes(code)
    ? []
    : args
        .filter((arg, index) => /^(?:-f|--output-file)$/.test(args[index - 1] ?? '') && arg.endsWith('.json'))
        .map((file) => resolve(cwd, file))
        .flatMap((file) => (existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as Partial<Report>] : []));

/** sf with the plugin in it, and the orgs that it is logged in to. */
export type Stage = { sf: Sf; orgs: Record<string, SimulatedOrg>; close(): Promise<void> };

/** The plugin is installed, as a user has it. */
export const stageOf = async (scenarios: Record<string, Scenario>): Promise<Stage> => {
  const sf = newSf();
  const orgs: Record<string, SimulatedOrg> = {};
  sf.install();
  for (const [alias, scenario] of Object.entries(scenarios)) {
    // eslint-disable-next-line no-await-in-loop -- sf keeps all aliases in one file
    const org = (orgs[alias] = await startOrg(moveTo(scenario, new Date())));
    // eslint-disable-next-line no-await-in-loop
    await sf.logIn(org, alias);
  }
  return {
    sf,
    orgs,
    close: async () => {
      await Promise.all(Object.values(orgs).map((org) => org.stop()));
      sf.remove();
    },
  };
};

export const reportIn = ({ stdout, stderr }: Ran): Report => {
  try {
    return (JSON.parse(stdout) as { result: Report }).result;
  } catch {
    throw new Error(`No JSON came out: ${stdout}\n${stderr}`);
  }
};

export const errorIn = ({ stdout }: Ran): { name: string; message: string; exitCode: number; actions?: string[] } =>
  JSON.parse(stdout) as { name: string; message: string; exitCode: number; actions?: string[] };

export const verdictsOf = (target: TargetReport | undefined): Record<string, Verdict> =>
  Object.fromEntries((target?.results ?? []).map(({ control, verdict }) => [control.id, verdict]));
