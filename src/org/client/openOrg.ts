import { addAbortListener } from 'node:events';
import { AuthInfo, Connection, SfError } from '@salesforce/core';
import type { HttpRequest } from '@jsforce/jsforce-node';
import * as z from 'zod';
import { askTogether } from './composite.js';
import { openProblem } from './openErrors.js';
import { codedError } from './errors.js';
import { orgTime, type OrgTime } from './orgTime.js';
import { boundTokenRequests } from './tokenRequestTimeout.js';
import { createTransport, defaultTimeouts, outOfTime, type Timeouts } from './transport.js';
import { createVerbs, queryPath } from './readRequests.js';
import type { OrgReader, ReadCall } from './types.js';

/** The first query of every run, and the collector's, so that it is asked once. */
export const organizationQuery =
  'SELECT Id, Name, NamespacePrefix, OrganizationType, IsSandbox, TrialExpirationDate FROM Organization';

export type OpenOptions = ({ username: string } | { connection: Connection }) & {
  /** Such as `66.0`. Default: the newest that the org and this tool know. */
  apiVersion?: string;
  timeouts?: Partial<Timeouts>;
  /** Waits between two tries; replaced in tests. */
  pause?: (milliseconds: number) => Promise<unknown>;
};

/** The newest API version whose answers this tool was built for. */
const newestVersion = '68.0';

/** Opens an org, or throws an `SfError` that says in one line why not. */
export const openOrg = async (options: OpenOptions): Promise<OrgReader> => {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  boundTokenRequests(timeouts.request);
  const time = orgTime(timeouts.org);
  const username = 'username' in options ? options.username : (options.connection.getUsername() ?? 'the org');
  try {
    const connection = 'connection' in options ? options.connection : await before(time.signal(), connect(username));
    const call = createCall(connection, timeouts.request, time, options.pause);
    // Read together with the list of versions, with the version of the login; the answer counts if that version is chosen.
    const likely = options.apiVersion ?? connection.getAuthInfoFields().instanceApiVersion;
    if (likely !== undefined) call(queryPath(likely, organizationQuery)).catch(() => undefined);
    const offered = await offeredVersions(call);
    const version = choose(
      offered.map((one) => one.version),
      options.apiVersion
    );
    const release = offered.at(-1)?.label;
    const reader = {
      username,
      version,
      ...(release === undefined ? {} : { release }),
      ...(await identity(call, version)),
      ...addressOf(connection.instanceUrl),
      ...createVerbs(call, version),
    };
    time.restart();
    return reader;
  } catch (error) {
    const { name, message, actions } = openProblem(error, username);
    throw new SfError(message, name, actions, 1);
  }
};

/** With a version given, core does not ask for one: it would do so by its own transport, and write the auth file. */
const connect = async (username: string): Promise<Connection> =>
  Connection.create({
    authInfo: await AuthInfo.create({ username }),
    connectionOptions: { version: newestVersion },
  });

const createCall = (
  connection: Connection,
  timeout: number,
  { signal: deadline, wait: queue }: OrgTime,
  pause: OpenOptions['pause']
): ReadCall => {
  let refreshes = 0;
  let lost: Error | undefined;
  connection.on('refresh', () => {
    refreshes += 1;
  });
  const transport = createTransport({ timeout, deadline, queue, refreshes: () => refreshes, pause });
  const ask = async (path: string, body?: string): Promise<unknown> => {
    if (lost) throw lost;
    const request: HttpRequest = body === undefined ? { method: 'GET', url: path } : posted(path, body);
    try {
      // The type of core's options leaves out what core passes on to jsforce.
      return await before(deadline(), connection.request(request, { transport } as never));
    } catch (error) {
      // A session that cannot be renewed stays so: the token endpoint is asked once.
      if (error instanceof Error && error.message.startsWith('Unable to refresh session')) lost = error;
      throw error;
    }
  };
  const asked = new Map<string, Promise<unknown>>();
  const call = (path: string, body?: string, secret = false): Promise<unknown> => {
    if (secret) return ask(path, body);
    const key = `${path} ${body ?? ''}`;
    const answer = asked.get(key) ?? ask(path, body);
    asked.set(key, answer);
    return answer;
  };
  const ahead: ReadCall['ahead'] = (composite, paths) => {
    const open = paths.filter((path) => !asked.has(`${path} `));
    askTogether(ask, composite, open).forEach((answer, index) => {
      // The caller sees a rejection; until then it has no handler.
      answer.catch(() => undefined);
      asked.set(`${open[index] ?? ''} `, answer);
    });
  };
  return Object.assign(call, { ahead });
};

/** A composite of reads is JSON, a call of the Metadata API XML. */
const posted = (url: string, body: string): HttpRequest => ({
  method: 'POST',
  url,
  body,
  headers: body.startsWith('{')
    ? { 'content-type': 'application/json' }
    : { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
});

/** Core renews the session without a time limit: the renewal may also wait for a lock. */
const before = async <T>(deadline: AbortSignal, promise: Promise<T>): Promise<T> => {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const listener = addAbortListener(deadline, () => reject(outOfTime()));
  try {
    return await Promise.race([promise, expired]);
  } finally {
    listener[Symbol.dispose]();
  }
};

const offeredVersions = async (call: ReadCall): Promise<Array<{ version: string; label?: string }>> => {
  const answer = z
    .array(z.object({ version: z.string(), label: z.string().optional() }))
    .safeParse(await call('/services/data'));
  if (!answer.success) throw codedError('UNREADABLE', 'The list of API versions is not what Salesforce answers.');
  return answer.data.sort((one, other) => Number(one.version) - Number(other.version));
};

const choose = (offered: readonly string[], asked: string | undefined): string => {
  const version = asked ?? offered.filter((one) => Number(one) <= Number(newestVersion)).at(-1);
  if (version !== undefined && offered.includes(version)) return version;
  const wanted = asked === undefined ? 'one that this tool knows' : `API version ${asked}`;
  const range = `${offered.at(0) ?? 'none'} to ${offered.at(-1) ?? 'none'}`;
  throw codedError('VERSION_NOT_OFFERED', `the org does not offer ${wanted}, but ${range}`);
};

/** The origin alone: an address with a name or a password in it would be a secret in a report. */
function addressOf(url: string): Pick<OrgReader, 'instanceUrl'> {
  return URL.canParse(url) && new URL(url).protocol === 'https:' ? { instanceUrl: new URL(url).origin } : {};
}

const identity = async (call: ReadCall, version: string): Promise<Pick<OrgReader, 'orgId' | 'namespace'>> => {
  const row = z.object({ Id: z.string(), NamespacePrefix: z.string().nullable() });
  const answer = z.object({ records: z.tuple([row]) }).safeParse(await call(queryPath(version, organizationQuery)));
  if (!answer.success)
    throw codedError('UNREADABLE', 'The answer about the organization is not what Salesforce answers.');
  const [{ Id, NamespacePrefix }] = answer.data.records;
  return { orgId: Id, ...(NamespacePrefix ? { namespace: NamespacePrefix } : {}) };
};
