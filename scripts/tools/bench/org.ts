import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../paths.js';
import type { Sf } from '../sf.js';
import { answerTime, startMeasuredOrg, type Asked } from './measuredOrg.js';
import { aimTable, circumstances, figuresOf, memory, seconds, table, type Aim, type Figures } from './page.js';

const times = 3;
const noOp = 'sf version';

type Measured = Figures & { code: number };
type OrgFigures = Figures & Asked & { users: number };

const measure = async (sf: Sf, args: readonly string[]): Promise<Measured> => {
  const peakFile = join(sf.home, 'peak');
  rmSync(peakFile, { force: true });
  const started = performance.now();
  const env = { NODE_OPTIONS: `--require=${inRoot('scripts', 'tools', 'bench', 'peak.cjs')}`, PEAK_FILE: peakFile };
  const { code } = await sf.run(args, { env });
  return {
    code,
    seconds: (performance.now() - started) / 1000,
    megabytes: process.platform === 'linux' ? peakIn(peakFile) : undefined,
  };
};

/** Of memory that Linux counts in kB. */
const peakIn = (file: string): number => Number(readFileSync(file, 'utf8')) / 1024;

/** The same command several times. */
const repeated = async (sf: Sf, args: readonly string[], accepted: readonly number[]): Promise<Measured[]> => {
  const all: Measured[] = [];
  for (let time = 0; time < times; time += 1) {
    // eslint-disable-next-line no-await-in-loop -- two at once would slow each other down
    const measured = await measure(sf, args);
    if (!accepted.includes(measured.code)) throw new Error(`sf ${args.join(' ')} ended with ${measured.code}.`);
    all.push(measured);
  }
  return all;
};

const audited = async (sf: Sf, users: number): Promise<OrgFigures> => {
  const org = await startMeasuredOrg(users, sf.home);
  try {
    const { url, username, clientId, key } = org.login;
    await sf.logIn({ url, username, clientId, writeKey: () => key }, 'population');
    await org.asked();
    const figures = figuresOf(await repeated(sf, audit, [0, 3, 4]), Math.max);
    const { requests, subrequests, mostInFlight } = await org.asked();
    return { users, ...figures, requests: requests / times, subrequests: subrequests / times, mostInFlight };
  } finally {
    org.stop();
  }
};

/** The command that is measured; the gate of the org may come out in any way. */
const audit = ['security-review', 'audit-org', '--target-org', 'population', '--json'];

const aimsOf = (idle: Figures, orgs: readonly OrgFigures[]): Aim[] => {
  const [small, middling, large] = [100, 10_000, 100_000].map((size) => orgs.find(({ users }) => users === size));
  const most = Math.max(...orgs.map(({ mostInFlight }) => mostInFlight));
  return [
    ...(small && large
      ? [
          {
            aim: 'calls at 100,000 users at most twice those at 100',
            figure: `${large.requests} and ${small.requests}`,
            met: large.requests <= 2 * small.requests,
          },
        ]
      : []),
    ...(middling
      ? [
          {
            aim: 'wall time at 10,000 users at most the no-op plus 2 s',
            figure: `plus ${(middling.seconds - idle.seconds).toFixed(2)} s`,
            met: middling.seconds - idle.seconds <= 2,
          },
        ]
      : []),
    ...(large ? [memoryAim(idle, large)] : []),
    { aim: 'never more than 20 requests in flight', figure: String(most), met: most <= 20 },
  ];
};

const memoryAim = (idle: Figures, large: OrgFigures): Aim => {
  const aim = 'memory at 100,000 users at most the no-op plus 120 MB';
  if (idle.megabytes === undefined || large.megabytes === undefined) return { aim, figure: 'missing', met: undefined };
  const more = large.megabytes - idle.megabytes;
  return { aim, figure: `plus ${more.toFixed(0)} MB`, met: more <= 120 };
};

/** audit-org on simulated orgs of several sizes, beside a command that does nothing. */
export const benchOrg = async (sf: Sf, sizes: readonly number[], versions: string): Promise<string> => {
  const where = circumstances('npm run bench -- org', versions);
  const idleRuns: Measured[] = [];
  const orgs: OrgFigures[] = [];
  for (const users of sizes) {
    console.log(`${users} users …`);
    // eslint-disable-next-line no-await-in-loop -- one org at a time has the machine
    orgs.push(await audited(sf, users));
    // eslint-disable-next-line no-await-in-loop -- between the orgs, so that a busy minute of the machine hits both
    idleRuns.push(...(await repeated(sf, ['version'], [0])));
  }
  const idle = figuresOf(idleRuns, Math.min);
  return [
    '## audit-org',
    `Simulated orgs in a process of their own, 3 assignments and 10 logins a user, 60 profiles, 2,600 tokens; every answer waits ${answerTime} ms. One user in a thousand is not forced to use MFA, and another has an old password. Measured is the whole process of the installed plugin, \`sf ${audit.join(' ')}\`, ${times} times: the time is the quickest, because whatever else the machine does only adds to it; the memory is the highest (of the no-op, run between the sizes, the lowest).`,
    where,
    table(
      ['run', 'requests', 'sub-requests', 'most in flight', 'wall time', 'peak resident memory'],
      [
        [`\`${noOp}\` (no-op)`, '–', '–', '–', seconds(idle), memory(idle)],
        ...orgs.map((org) => [
          `${org.users.toLocaleString('en')} users`,
          ...[org.requests, org.subrequests, org.mostInFlight].map(String),
          seconds(org),
          memory(org),
        ]),
      ]
    ),
    aimTable(aimsOf(idle, orgs)),
  ].join('\n\n');
};
