import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { moveTo, startOrg } from '../../../simulator/index.js';
import { population } from '../../../simulator/scenarios/population.js';

/** What the process of the org tells: how to log in to it, and later what it was asked. */
export type Login = { url: string; username: string; clientId: string; key: string };
export type Asked = { requests: number; subrequests: number; mostInFlight: number };

/** An org in a process of its own, so that the memory of sf is sf's alone. */
export type MeasuredOrg = {
  login: Login;
  /** What was asked since the last call. */
  asked(): Promise<Asked>;
  stop(): void;
};

/** Milliseconds that every answer waits. */
export const answerTime = 80;

export const startMeasuredOrg = async (users: number, folder: string): Promise<MeasuredOrg> => {
  const child = fork(fileURLToPath(import.meta.url), [String(users), folder], { execArgv: ['--import', 'tsx'] });
  const told = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('exit', (code) => reject(new Error(`The process of the org ended with ${String(code)}.`)));
    });
  const login = await told<Login>();
  return {
    login,
    asked: async () => {
      const answer = told<Asked>();
      child.send('asked');
      return answer;
    },
    stop: () => child.kill(),
  };
};

const serve = async (users: number, folder: string): Promise<void> => {
  const org = await startOrg(moveTo(population(users), new Date()));
  org.latency = answerTime;
  process.on('message', () => {
    const asked: Asked = {
      requests: org.requests.length,
      subrequests: org.requests.reduce((sum, { parts = [] }) => sum + parts.length, 0),
      mostInFlight: org.maxInFlight,
    };
    org.requests.length = 0;
    org.maxInFlight = 0;
    process.send?.(asked);
  });
  process.on('disconnect', () => process.exit());
  const { url, username, clientId } = org;
  process.send?.({ url, username, clientId, key: org.writeKey(folder) } satisfies Login);
};

const [file, users, folder] = process.argv.slice(1);
if (process.send && file === fileURLToPath(import.meta.url) && folder) await serve(Number(users), folder);
