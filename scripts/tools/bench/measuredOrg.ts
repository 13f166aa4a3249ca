import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { moveTo, startOrg, type OrgRequest, type Scenario } from '../../../simulator/index.js';
import { scenario } from '../../../simulator/scenario.js';
import { hardenedInput } from '../../../simulator/scenarios/hardened.js';
import { SCENARIOS } from '../../../simulator/scenarios/index.js';
import { population } from '../../../simulator/scenarios/population.js';
import { startReplay, type Traffic, type Wait } from './replay.js';

/** One org of so many users, a fleet of so many small orgs, or a scenario by its name. */
export type OrgKind = { users: number } | { orgs: number } | { name: keyof typeof SCENARIOS };
/** How to log in to an org. */
export type Login = { alias: string; url: string; username: string; clientId: string; key: string };
/** `fresh`: answers that the simulated org had to give. `rounds`: what was asked at a time, if answers were held back. */
export type Asked = {
  requests: number;
  subrequests: number;
  mostInFlight: number;
  fresh: number;
  rounds: string[][];
};
type Order = 'asked' | 'rounds';

/** Orgs in a process of their own, so that memory and processor time of sf are sf's alone. */
export type MeasuredOrgs = {
  logins: Login[];
  /** What was asked since the last call. */
  asked(): Promise<Asked>;
  /** From now on, answers are held back until no further request comes, and are then given together. */
  hold(): Promise<Asked>;
  stop(): void;
};

/** Milliseconds that every answer waits. */
export const answerTime = 80;
/** Milliseconds without a request after which a round is complete: much more than an audit computes between two. */
const quiet = 2500;

export async function startMeasuredOrgs(kind: OrgKind, folder: string): Promise<MeasuredOrgs> {
  const file = fileURLToPath(import.meta.url);
  const child = fork(file, [JSON.stringify(kind), folder], { execArgv: ['--import', 'tsx'] });
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('exit', (code) => reject(new Error(`The process of the orgs ended with ${String(code)}.`)));
    });
  const send = (order: Order): Promise<Asked> => {
    const answer = next<Asked>();
    child.send(order);
    return answer;
  };
  const logins = await next<Login[]>();
  return { logins, asked: () => send('asked'), hold: () => send('rounds'), stop: () => child.kill() };
}

async function serve(kind: OrgKind, folder: string): Promise<void> {
  const traffic: Traffic = { requests: [], inFlight: 0, mostInFlight: 0, fresh: 0 };
  const rounds = new Rounds();
  const wait: Wait = (request) => rounds.wait(request);
  const logins: Login[] = [];
  for (const one of scenariosOf(kind)) {
    // eslint-disable-next-line no-await-in-loop -- an org of many users fills the memory
    const org = await startOrg(moveTo(one, new Date()));
    // eslint-disable-next-line no-await-in-loop
    const { url } = await startReplay(org, traffic, wait);
    const { username, clientId } = org;
    logins.push({ alias: one.name, url, username, clientId, key: org.writeKey(folder) });
  }
  process.on('message', (order: Order) => {
    const { requests, mostInFlight, fresh } = traffic;
    const subrequests = requests.reduce((sum, { parts = [] }) => sum + parts.length, 0);
    process.send?.({
      ...{ requests: requests.length, subrequests, mostInFlight, fresh, rounds: rounds.take() },
    } satisfies Asked);
    rounds.areHeld = order === 'rounds';
    Object.assign(traffic, { requests: [], mostInFlight: 0, fresh: 0 });
  });
  process.on('disconnect', () => process.exit());
  process.send?.(logins);
}

function scenariosOf(kind: OrgKind): Scenario[] {
  if ('users' in kind) return [population(kind.users)];
  if ('name' in kind) return [SCENARIOS[kind.name]()];
  return Array.from({ length: kind.orgs }, (_, index) =>
    scenario({ ...hardenedInput(`fleet${index}`), orgNumber: 100 + index })
  );
}

/** Gives answers after a fixed time, or all of a round together. */
class Rounds {
  public areHeld = false;
  private rounds: string[][] = [];
  private open: Array<{ text: string; release: () => void }> = [];
  private timer: NodeJS.Timeout | undefined;

  public wait(request: OrgRequest): Promise<void> {
    if (!this.areHeld) return new Promise((resolve) => setTimeout(resolve, answerTime));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.release(), quiet);
    return new Promise((resolve) => this.open.push({ text: shortTextOf(request), release: resolve }));
  }

  public take(): string[][] {
    const { rounds } = this;
    this.rounds = [];
    return rounds;
  }

  private release(): void {
    const { open } = this;
    this.open = [];
    this.rounds.push(open.map(({ text }) => text));
    for (const { release } of open) release();
  }
}

/** The objects that a request is about. */
function shortTextOf(request: OrgRequest): string {
  const { parts, soql, soapAction, path } = request;
  if (parts !== undefined) return [...new Set(parts.map(shortTextOf))].join(' + ');
  if (soapAction !== undefined) return soapAction;
  const object = soql === undefined ? undefined : /\bFROM (\w+)/.exec(soql)?.[1];
  const described = /\/sobjects\/(\w+)\/describe/.exec(path)?.[1];
  return object ?? (described === undefined ? path.replace(/^\/services\//, '') : `describe ${described}`);
}

const [file, kind, folder] = process.argv.slice(1);
if (process.send && file === fileURLToPath(import.meta.url) && kind !== undefined && folder !== undefined)
  await serve(JSON.parse(kind) as OrgKind, folder);
