import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { EnvHttpProxyAgent, fetch, type Dispatcher } from 'undici';
import type { HttpRequest, HttpResponse } from '@jsforce/jsforce-node';
import { runningLimit } from '../../common/runningTime.js';
import { isCompositeOfReads } from './composite.js';
import { codedError, sessionPlaceholder } from './errors.js';

/** Milliseconds for one request, body included, and for everything that is asked of one org. */
export type Timeouts = { request: number; org: number };
export const defaultTimeouts: Timeouts = { request: 20_000, org: 120_000 };

export type TransportOptions = {
  /** Milliseconds for one try, body included. */
  timeout: number;
  /** Aborts when the org's time is used up. */
  deadline: () => AbortSignal;
  /** Called when a request has to wait for those to other orgs; what it returns is called when the wait ends. */
  queue?: () => () => void;
  /** How often the session was renewed so far. */
  refreshes: () => number;
  /** Waits between two tries; replaced in tests. */
  pause?: (milliseconds: number) => Promise<unknown>;
};

/** The part of jsforce's transport that a request uses. */
export type Transport = {
  httpRequest(request: HttpRequest): Promise<HttpResponse> & { stream(): PassThrough };
};

/**
 * Requests to one org that are open at a time. Salesforce limits only those that run for 20 seconds or longer (25 in a
 * production org, 5 in a developer org), and our reads rarely do.
 */
const maxInFlight = 20;
/** Requests to all orgs of the process: what a machine and a proxy carry without a queue of their own. */
const maxInProcess = 120;
const maxRefreshes = 2;
/** Milliseconds before the second and the third try. */
const backoff = [250, 1000];

const inProcess = limiter(maxInProcess);

/**
 * Carries read requests, and nothing else. jsforce's own transport crashes the process when a body is cut off (the
 * error of `Readable.fromWeb` has no listener), waits half an hour for a body that stalls, and repeats a request for as
 * long as the answer is 401.
 */
export const createTransport = (options: TransportOptions): Transport => {
  const limited = limiter(maxInFlight);
  // Proxies come from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
  const dispatcher = new EnvHttpProxyAgent();
  return {
    httpRequest: (request) =>
      Object.assign(
        limited(() => inProcess(() => answer(request, options, dispatcher), options.queue)),
        // jsforce asks for the stream of every request, and pipes nothing through it unless its caller does.
        { stream: () => new PassThrough() }
      ),
  };
};

function limiter(limit: number): <T>(run: () => Promise<T>, queue?: () => () => void) => Promise<T> {
  let free = limit;
  const waiting: Array<() => void> = [];
  return async (run, queue) => {
    if (free > 0) {
      free -= 1;
    } else {
      const proceed = queue?.();
      await new Promise<void>((resolve) => waiting.push(resolve));
      proceed?.();
    }
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

const answer = async (
  request: HttpRequest,
  options: TransportOptions,
  dispatcher: Dispatcher
): Promise<HttpResponse> => {
  const { pause = wait, refreshes } = options;
  // An answer to a request that was sent before a renewal says nothing about the session after it.
  const renewed = refreshes();
  for (let attempt = 0; ; attempt += 1) {
    // eslint-disable-next-line no-await-in-loop
    const outcome = await send(request, options, dispatcher);
    const delay = backoff[attempt];
    if (delay !== undefined && isTransient(outcome)) {
      // eslint-disable-next-line no-await-in-loop
      await pause(delay);
      continue;
    }
    if (outcome instanceof Error) throw outcome;
    if (outcome.statusCode === 401 && renewed >= maxRefreshes) {
      // jsforce answers every 401 by a renewal and the same request again; an error ends that.
      throw codedError(
        'INVALID_SESSION_ID',
        `Salesforce keeps refusing the session after it was renewed twice.${quoted(outcome.body)}`
      );
    }
    return outcome;
  }
};

/** A session may be refused for a reason that no renewal changes, and the answer names it. */
const quoted = (body: string): string => {
  const quote =
    /"message"\s*:\s*"([^"\\]{1,200})"|<faultstring>(?:INVALID_SESSION_ID: )?([^<]{1,200})<\/faultstring>/.exec(body);
  const message = quote?.[1] ?? quote?.[2];
  return message === undefined ? '' : ` Salesforce answers: ${message.replace(/\.?$/, '.')}`;
};

const send = async (
  request: HttpRequest,
  options: TransportOptions,
  dispatcher: Dispatcher
): Promise<HttpResponse | Error> => {
  const { timeout } = options;
  const deadline = options.deadline();
  if (deadline.aborted) return outOfTime();
  const { method, url, body, headers } = withSession(request);
  if (!isRead(method, url, body)) return codedError('NOT_A_READ', 'Only reads are sent to an org.');
  if (isRefusedBySoap(request)) {
    return codedError(
      'JWT_SESSION',
      'SOAP below API version 68.0 does not take the JWT-based access token of this login.'
    );
  }
  const { signal: limit, stop } = runningLimit(timeout);
  try {
    const signal = AbortSignal.any([limit, deadline]);
    // A redirect would carry the session to another host.
    const response = await fetch(url, { method, headers, body, signal, dispatcher, redirect: 'manual' });
    const text = await response.text();
    return {
      // SOAP reports an expired session as 500; as 401 jsforce renews it, as it does for REST.
      statusCode: isExpiredSoapSession(response.status, text) ? 401 : response.status,
      headers: Object.fromEntries(response.headers),
      body: text,
    };
  } catch (error) {
    if (deadline.aborted) return outOfTime();
    if (limit.aborted) return codedError('TIMED_OUT', `There was no complete answer within ${timeout / 1000} seconds.`);
    return codedError(connectionCode(error), 'The connection failed or was closed before the answer was whole.');
  } finally {
    stop();
  }
};

export const outOfTime = (): Error => codedError('OUT_OF_TIME', 'The time for this org is used up.');

const isRead = (method: string, url: string, body: string | undefined): boolean => {
  if (method === 'GET') return body === undefined;
  if (method !== 'POST' || body === undefined) return false;
  return url.endsWith('/composite')
    ? isCompositeOfReads(body)
    : /<(?:[a-z]+:)?Body[^<>]*><(?:read|list)Metadata[ >]/.test(body);
};

type Outgoing = { method: string; url: string; body: string | undefined; headers: Record<string, string> };

/**
 * Writes the session into a SOAP body at the last moment: core logs the requests it is given, and jsforce repeats the
 * same body with a renewed session.
 */
const withSession = ({ method, url, body, headers = {} }: HttpRequest): Outgoing => {
  const authorization = headers['Authorization'] ?? '';
  // jsforce counted the length before the session was written.
  const others = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(?:content-length|authorization)$/i.test(name))
  );
  const text = typeof body === 'string' ? body : undefined;
  const session = authorization.replace(/^Bearer /, '');
  return text?.includes(sessionPlaceholder)
    ? { method, url, headers: others, body: text.replace(sessionPlaceholder, () => session) }
    : { method, url, headers: { ...others, authorization }, body: text };
};

/** jsforce 3.12.0, soap.js: such a call is answered by INVALID_SESSION_ID, which no renewal changes. */
const isRefusedBySoap = ({ url, headers = {} }: HttpRequest): boolean =>
  Number(/\/Soap\/m\/(\d+)/.exec(url)?.[1] ?? 68) < 68 && (headers['Authorization'] ?? '').startsWith('Bearer eyJ');

const isExpiredSoapSession = (status: number, body: string): boolean =>
  status === 500 && /<faultcode>(?:\w+:)?INVALID_SESSION_ID<\/faultcode>/.test(body);

const transientStatuses = new Set([429, 500, 502, 503, 504]);
const transientCodes = /REQUEST_LIMIT_EXCEEDED|SERVER_UNAVAILABLE/;
const isSoapFault = (body: string): boolean => body.includes('Fault>') && /<(?:\w+:)?Fault>/.test(body);

/** Worth another try: overload, a platform fault or a broken connection; never a refusal or a timeout. */
const isTransient = (outcome: HttpResponse | Error): boolean => {
  if (outcome instanceof Error) return 'errorCode' in outcome && transientConnections.has(String(outcome.errorCode));
  const { statusCode, body } = outcome;
  if (isSoapFault(body) || statusCode === 403) return transientCodes.test(body);
  return transientStatuses.has(statusCode);
};

const transientConnections = new Set(['CONNECTION_BROKEN', 'ECONNREFUSED', 'EAI_AGAIN']);

const connectionCode = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // ECONNRESET, UND_ERR_SOCKET, a content length that is wrong …: all of them are a connection that broke.
  return /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$|CERT|TLS|SSL/.test(code)
    ? code
    : 'CONNECTION_BROKEN';
};
