import { Messages } from '@salesforce/core';
import { EnvHttpProxyAgent, request } from 'undici';
import { runningLimit } from '../common/runningTime.js';
import { valueOf } from '../engine/evidence.js';
import type { EvidenceOf, Policy } from '../engine/types.js';
import type { PackageFacts, PkceProbe } from '../package/index.js';
import { isSalesforceHost } from '../salesforce/endpoints.js';
import { errorFromMessages } from '../cli/errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/** An External Client App as the policy names it: public parameters only. */
type Client = { app: string; key: string; callback: string; loginUrl: string };

const DEFAULT_LOGIN_URL = 'https://login.salesforce.com';
const TIMEOUT = 20_000;
/** Bytes of a page that are looked at. */
const MOST_BYTES = 65_536;
const ERROR = 'missing required code challenge';
/** Errors that a wrong entry of the policy causes. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['invalid_client_id', 'the client key in the policy is not known there'],
  ['invalid_client', 'the client key in the policy is not known there'],
  ['redirect_uri_mismatch', 'the callback in the policy is not registered for the app'],
]);

/**
 * Asks the login host of each app of the policy for a code without `code_challenge`: one request each, no redirect is
 * followed.
 *
 * @throws SfError with exit code 1 when the policy names no client key with a callback
 */
export async function askLoginHosts({ submission }: Pick<Policy, 'submission'>): Promise<PkceProbe[]> {
  const clients = submission.clientKeys.flatMap(({ app, key, callback, loginUrl = DEFAULT_LOGIN_URL }): Client[] =>
    key === undefined || callback === undefined ? [] : [{ app, key, callback, loginUrl }]
  );
  if (clients.length === 0) throw errorFromMessages(messages, 1, 'nothingToProbe');
  return Promise.all(clients.map(probe));
}

/** Notices about client keys of apps that no package of the run contains. */
export function unknownClients(
  probes: readonly PkceProbe[],
  packages: ReadonlyArray<EvidenceOf<PackageFacts>>
): string[] {
  const names = packages.flatMap(({ externalClientApps }) => valueOf(externalClientApps) ?? []).map(({ name }) => name);
  return probes
    .filter(({ app }) => !names.includes(app))
    .map(({ app }) => messages.getMessage('info.unknownClientKey', [app]));
}

async function probe(client: Client): Promise<PkceProbe> {
  const { app, key, callback, loginUrl } = client;
  const base = URL.canParse(loginUrl) ? new URL(loginUrl) : undefined;
  if (base === undefined || !isLoginHost(base)) {
    return { app, host: loginUrl, answer: 'nothing, because loginUrl in the policy is not a login host of Salesforce' };
  }
  const url = new URL('/services/oauth2/authorize', base);
  url.search = new URLSearchParams([
    ['response_type', 'code'],
    ['client_id', key],
    ['redirect_uri', callback],
  ]).toString();
  const { signal, stop } = runningLimit(TIMEOUT);
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: new EnvHttpProxyAgent(),
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
      signal,
    });
    const location = typeof headers.location === 'string' ? headers.location : undefined;
    const page = await beginningOf(body);
    return { app, host: base.host, ...classify({ status: statusCode, location, page }, url, callback) };
  } catch (error) {
    return { app, host: base.host, answer: brokenOff(error) };
  } finally {
    stop();
  }
}

/** A proxy refuses before the login host is reached. */
function brokenOff(error: unknown): string {
  const [, status] = /\bProxy response \((\d{3})\)/i.exec(error instanceof Error ? error.message : '') ?? [];
  return status === undefined ? 'no complete answer' : `a proxy that refused the connection (status ${status})`;
}

/** A host of Salesforce over https; localhost is for tests with a simulated login host. */
function isLoginHost({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' ? isSalesforceHost(hostname) : protocol === 'http:' && hostname === '127.0.0.1';
}

async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= MOST_BYTES) break;
  }
  return Buffer.concat(pieces).subarray(0, MOST_BYTES).toString('utf8');
}

/** Only the two documented answers prove something. Everything else is described, and proves nothing. */
function classify(
  { status, location, page }: { status: number; location?: string; page: string },
  asked: URL,
  callback: string
): Pick<PkceProbe, 'required' | 'answer'> {
  if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, asked)) {
    const target = new URL(location, asked);
    const error = parameterOf(target, 'error');
    if (error !== undefined && isSamePlace(target, callback))
      return ofError(error, parameterOf(target, 'error_description'));
    return isLoginPage(target, asked)
      ? { required: false, answer: 'a redirect to the login page' }
      : { answer: elsewhere(target, asked, error) };
  }
  const [, error, description] = /\berror=(\w+)&(?:amp;)?error_description=([\w%+ ]+)/.exec(page) ?? [];
  if (status >= 400 && status < 500 && error !== undefined) {
    return ofError(error, decodeURIComponentOrNothing(description?.replaceAll('+', ' ')));
  }
  if (status === 407) return { answer: 'a proxy that asks for a login (status 407)' };
  return { answer: `a page with status ${status} that is not known` };
}

/** A captive portal leads to its own host. */
function elsewhere(target: URL, asked: URL, error: string | undefined): string {
  const place = target.host === asked.host ? 'another page' : `another host, ${target.host.slice(0, 100)}`;
  return error === undefined ? `a redirect to ${place}` : `an error at ${place}`;
}

function ofError(error: string, description = ''): Pick<PkceProbe, 'required' | 'answer'> {
  if (error === 'invalid_request' && description.trim() === ERROR) return { required: true, answer: ERROR };
  if (!/^\w{1,60}$/.test(error)) return { answer: 'an error that is not known' };
  const reason = REASONS.get(error);
  return { answer: `the error ${error}${reason === undefined ? '' : ` (${reason})`}` };
}

function parameterOf(url: URL, name: string): string | undefined {
  return url.searchParams.get(name) ?? new URLSearchParams(url.hash.slice(1)).get(name) ?? undefined;
}

function isSamePlace(target: URL, callback: string): boolean {
  if (!URL.canParse(callback)) return false;
  const expected = new URL(callback);
  return (
    target.protocol === expected.protocol && target.host === expected.host && target.pathname === expected.pathname
  );
}

/** The page that asks for a password before the page that asks for consent, on the host that was asked. */
function isLoginPage(target: URL, asked: URL): boolean {
  const consent = '/setup/secur/RemoteAccessAuthorizationPage.apexp';
  if (target.origin !== asked.origin) return false;
  if (target.pathname === consent) return target.searchParams.has('source');
  return target.pathname === '/' && (target.searchParams.get('startURL') ?? '').startsWith(consent);
}

function decodeURIComponentOrNothing(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
