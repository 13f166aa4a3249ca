import { table } from '../markdown.js';
import type { Sf } from '../sf.js';
import { measured, type Run } from './measure.js';
import { answerTime, startMeasuredOrgs, type Asked, type MeasuredOrgs, type OrgKind } from './measuredOrg.js';
import { aimTable, circumstances, figuresOf, memory, processor, seconds, type Aim, type Figures } from './page.js';

const times = 3;
const noOp = 'sf version';
const fleetSize = 30;

type OrgFigures = Figures & Asked & { users: number };

/** audit-org on orgs of several sizes, compared with a command that does nothing. */
export async function benchOrg(sf: Sf, sizes: readonly number[], versions: string): Promise<string> {
  const where = circumstances('npm run bench -- org', versions);
  const idleRuns: Run[] = [];
  const orgs: OrgFigures[] = [];
  for (const users of sizes) {
    console.log(`${users} users …`);
    // eslint-disable-next-line no-await-in-loop -- one org at a time has the machine
    orgs.push({ users, ...(await withOrgs(sf, { users }, audited)) });
    // eslint-disable-next-line no-await-in-loop -- between the orgs, so that a busy minute of the machine hits both
    idleRuns.push(...(await repeated(sf, ['version'], [0])));
  }
  const idle = figuresOf(idleRuns, Math.min);
  return [
    '## audit-org',
    `An org of 3 assignments and 10 logins a user, 60 profiles and 2,600 tokens. One user in a thousand is not forced to use MFA, and another has an old password. The answers are those of the simulated org, kept from an earlier run and given from memory by another process, each after ${answerTime} ms: no time of the simulator counts. Measured is the whole process of the installed plugin, \`sf security-review audit-org --json\`, ${times} times: the times are the least, because whatever else the machine does only adds to them; the memory is the highest (of the no-op, run between the sizes, the lowest).`,
    where,
    table(
      ['run', 'requests', 'sub-requests', 'most in flight', 'wall time', 'processor time', 'peak resident memory'],
      [
        [`\`${noOp}\` (no-op)`, '–', '–', '–', seconds(idle), processor(idle), memory(idle)],
        ...orgs.map((org) => [
          `${org.users.toLocaleString('en')} users`,
          ...[org.requests, org.subrequests, org.mostInFlight].map(String),
          seconds(org),
          processor(org),
          memory(org),
        ]),
      ]
    ),
    aimTable(aimsOf(idle, orgs)),
  ].join('\n\n');
}

/** What an audit asks at a time, and what must be answered before it can ask on. */
export async function benchWaterfall(sf: Sf): Promise<string> {
  const hold = async (orgs: MeasuredOrgs, args: readonly string[]): Promise<string[][]> => {
    await orgs.hold();
    await repeated(sf, args, [0, 3, 4], 1);
    return (await orgs.asked()).rounds;
  };
  const rounds = await withOrgs(sf, { users: 100 }, hold);
  const others: Array<[string, number]> = [
    ['10,000 users', (await withOrgs(sf, { users: 10_000 }, hold)).length],
    ['hardened', (await withOrgs(sf, { name: 'hardened' }, hold)).length],
    [
      'broken, with permission set groups that Salesforce has not recalculated',
      (await withOrgs(sf, { name: 'broken' }, hold)).length,
    ],
  ];
  const widest = Math.max(...rounds.map(({ length }) => length));
  return [
    '## Round trips of an audit',
    'The org of 100 users. Every answer is held back until no further request comes; then all are given together. So each line is one round trip, with what the audit asks in it: a composite counts once, and at most 20 requests are in flight.',
    `- Command: \`npm run bench -- waterfall\`\n- Date: ${today()}`,
    [
      '```text',
      ...rounds.map(
        (texts, index) => `${String(index + 1).padStart(2)} ${'█'.repeat(texts.length).padEnd(widest)} ${texts.length}`
      ),
      '```',
    ].join('\n'),
    table(
      ['round trip', 'asks'],
      rounds.map((texts, index) => [String(index + 1), counted(texts)])
    ),
    `Other orgs: ${others.map(([name, depth]) => `${name}: ${depth}`).join('; ')}.`,
    aimTable([{ aim: 'at most 7 round trips deep', figure: String(rounds.length), met: rounds.length <= 7 }]),
  ].join('\n\n');
}

/** A whole fleet in one run. */
export async function benchFleet(sf: Sf, versions: string): Promise<string> {
  const where = circumstances('npm run bench -- fleet', versions);
  const fleet = await withOrgs(sf, { orgs: fleetSize }, audited);
  return [
    '## A fleet',
    `${fleetSize} small orgs in one run of \`sf security-review audit-org --json\`, measured in the same way.`,
    where,
    table(
      ['requests', 'most in flight', 'wall time', 'processor time', 'peak resident memory'],
      [[String(fleet.requests), String(fleet.mostInFlight), seconds(fleet), processor(fleet), memory(fleet)]]
    ),
    aimTable([
      {
        aim: `${fleetSize} orgs in at most 8 s`,
        figure: `${seconds(fleet)}, processor time ${processor(fleet)}`,
        met: fleet.seconds <= 8,
      },
      {
        aim: 'never more than 120 requests in flight',
        figure: String(fleet.mostInFlight),
        met: fleet.mostInFlight <= 120,
      },
    ]),
  ].join('\n\n');
}

/** Orgs that sf is logged in to, and whose answers are all kept: one run has asked them. */
async function withOrgs<T>(
  sf: Sf,
  kind: OrgKind,
  use: (orgs: MeasuredOrgs, args: readonly string[], sf: Sf) => Promise<T>
): Promise<T> {
  const orgs = await startMeasuredOrgs(kind, sf.home);
  try {
    // eslint-disable-next-line no-await-in-loop -- sf keeps all aliases in one file
    for (const { alias, key, ...login } of orgs.logins) await sf.logIn({ ...login, writeKey: () => key }, alias);
    const names = orgs.logins.flatMap(({ alias }) => ['--target-org', alias]);
    const args = ['security-review', 'audit-org', ...names, '--json'];
    await repeated(sf, args, [0, 3, 4], 1);
    await orgs.asked();
    return await use(orgs, args, sf);
  } finally {
    orgs.stop();
  }
}

async function audited(orgs: MeasuredOrgs, args: readonly string[], sf: Sf): Promise<Figures & Asked> {
  const figures = figuresOf(await repeated(sf, args, [0, 3, 4]), Math.max);
  const asked = await orgs.asked();
  return { ...asked, ...figures, requests: asked.requests / times, subrequests: asked.subrequests / times };
}

/** The same command several times. */
async function repeated(sf: Sf, args: readonly string[], accepted: readonly number[], count = times): Promise<Run[]> {
  const { command, env } = sf.command(args);
  const all: Run[] = [];
  for (let time = 0; time < count; time += 1) {
    // eslint-disable-next-line no-await-in-loop -- two together would slow each other down
    const run = await measured(command, { env });
    if (!accepted.includes(run.code)) throw new Error(`sf ${args.join(' ')} ended with ${run.code}: ${run.output}`);
    all.push(run);
  }
  return all;
}

/** `User ×3, Site`, in alphabetical order. */
function counted(texts: readonly string[]): string {
  const numbers = new Map<string, number>();
  for (const text of texts) numbers.set(text, (numbers.get(text) ?? 0) + 1);
  return [...numbers]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([text, number]) => (number > 1 ? `${text} ×${number}` : text))
    .join(', ');
}

const today = (): string => new Date().toISOString().slice(0, 10);

function aimsOf(idle: Figures, orgs: readonly OrgFigures[]): Aim[] {
  const [small, middling, large] = [100, 10_000, 100_000].map((size) => orgs.find(({ users }) => users === size));
  const most = Math.max(...orgs.map(({ mostInFlight }) => mostInFlight));
  return [
    ...(small && large ? flatAims(small, large) : []),
    ...(middling
      ? [
          {
            aim: 'wall time at 10,000 users at most the no-op plus 2 s',
            figure: `plus ${(middling.seconds - idle.seconds).toFixed(2)} s${ofProcessor(idle, middling)}`,
            met: middling.seconds - idle.seconds <= 2,
          },
        ]
      : []),
    ...(large ? [memoryAim(idle, large)] : []),
    { aim: 'never more than 20 requests in flight', figure: String(most), met: most <= 20 },
  ];
}

/** On a machine that is not quiet the rest is waiting. */
function ofProcessor(idle: Figures, org: Figures): string {
  if (idle.processor === undefined || org.processor === undefined) return '';
  return `, of processor time plus ${(org.processor - idle.processor).toFixed(2)} s`;
}

function flatAims(small: OrgFigures, large: OrgFigures): Aim[] {
  const [few, many] = [small.processor, large.processor];
  const ratio = few === undefined || many === undefined ? undefined : many / few;
  return [
    {
      aim: 'calls at 100,000 users at most twice those at 100',
      figure: `${large.requests} and ${small.requests}`,
      met: large.requests <= 2 * small.requests,
    },
    {
      aim: 'processor time at 100,000 users at most 1.2 times that at 100',
      figure: ratio === undefined ? 'missing' : `${ratio.toFixed(2)} times`,
      met: ratio === undefined ? undefined : ratio <= 1.2,
    },
  ];
}

function memoryAim(idle: Figures, large: OrgFigures): Aim {
  const aim = 'memory at 100,000 users at most the no-op plus 120 MB';
  if (idle.megabytes === undefined || large.megabytes === undefined) return { aim, figure: 'missing', met: undefined };
  const more = large.megabytes - idle.megabytes;
  return { aim, figure: `plus ${more.toFixed(0)} MB`, met: more <= 120 };
}
