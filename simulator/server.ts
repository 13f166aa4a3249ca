/* eslint-disable camelcase -- the names of the OAuth protocol */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { OAuthError, createAuth, invalidSession } from './auth.js';
import type { Auth } from './auth.js';
import { SalesforceError } from './errors.js';
import { createFaults } from './faults.js';
import type { Fault, FaultOptions, FaultPattern } from './faults.js';
import { decodeRequest } from './requests.js';
import type { OrgRequest } from './requests.js';
import { createRest, restError } from './rest.js';
import type { Rest } from './rest.js';
import type { Scenario } from './scenario.js';
import { answerSoap, soapFault } from './soap.js';

/** A running org. */
export type SimulatedOrg = {
  /** `http://localhost:PORT`; serves as login URL and as instance URL. */
  url: string;
  scenario: Scenario;
  username: string;
  clientId: string;
  orgId: string;
  /** Accepted by the refresh token grant. */
  refreshToken: string;
  /** Every request since the start, in order of arrival. */
  requests: OrgRequest[];
  /** Highest number of requests that were open at one time. */
  maxInFlight: number;
  /** Milliseconds every answer waits; 0 unless set. */
  latency: number;
  fault: (pattern: FaultPattern, fault: Fault, options?: FaultOptions) => void;
  clearFaults: () => void;
  /** Every token issued so far answers 401 INVALID_SESSION_ID; new ones can be had. */
  expireTokens: () => void;
  /** Throws, listing them, when any request was not a read. */
  assertReadOnly: () => void;
  /** Writes the private key for the JWT flow into the folder and returns its path. */
  writeKey: (folder: string) => string;
  /** Closes the server and every open connection, hanging ones too. */
  stop: () => Promise<void>;
};

/** REST API Developer Guide, status codes: 414 when the address is longer than 16,384 bytes. */
const MAX_TARGET_LENGTH = 16_384;

type Running = {
  scenario: Scenario;
  auth: Auth;
  rest: Rest;
  org: SimulatedOrg;
  match: (request: OrgRequest) => Fault | undefined;
};

type Answer = {
  status: number;
  contentType: string;
  body: string;
};

/** Starts an org on a free port of the loopback interface. */
export async function startOrg(scenario: Scenario): Promise<SimulatedOrg> {
  const auth = createAuth(scenario);
  const faults = createFaults();
  const rest = createRest(scenario, auth, faults);
  const sockets = new Set<Socket>();
  const server = createServer({ maxHeaderSize: 1_048_576 });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const org: SimulatedOrg = {
    url: `http://localhost:${port}`,
    scenario,
    username: scenario.auditor.username,
    clientId: auth.clientId,
    orgId: scenario.orgId,
    refreshToken: auth.refreshToken,
    requests: [],
    maxInFlight: 0,
    latency: 0,
    fault: faults.add,
    clearFaults: faults.clear,
    expireTokens: auth.expireTokens,
    assertReadOnly: () => assertReadOnly(org.requests),
    writeKey: (folder) => {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${scenario.name}.key`);
      writeFileSync(path, auth.privateKey, { mode: 0o600 });
      return path;
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
  const running: Running = { scenario, auth, rest, org, match: faults.match };
  let inFlight = 0;
  server.on('request', (message, response) => {
    inFlight++;
    org.maxInFlight = Math.max(org.maxInFlight, inFlight);
    response.on('close', () => inFlight--);
    serve(running, message, response).catch((error: unknown) => {
      send(response, jsonAnswer(restError(error).status, restError(error).body));
    });
  });
  return org;
}

function assertReadOnly(requests: OrgRequest[]): void {
  const writes = requests.filter((request) => !request.isRead);
  if (writes.length > 0) {
    throw new Error(`Not read only:\n${writes.map((request) => `  ${request.text}`).join('\n')}`);
  }
}

async function serve(running: Running, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  const target = message.url ?? '/';
  const request = decodeRequest(message.method ?? 'GET', target, Buffer.concat(chunks).toString('utf8'));
  running.org.requests.push(request);
  const fault = running.match(request);
  if (fault?.kind === 'reset') {
    message.socket.resetAndDestroy();
    return;
  }
  if (fault?.kind === 'hang') {
    return;
  }
  const wait = running.org.latency + (fault?.kind === 'slow' ? fault.milliseconds : 0);
  if (wait > 0) {
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  const answer = faultAnswer(fault, request) ?? ownAnswer(running, message, request, target);
  request.status = answer.status;
  if (fault?.kind === 'cut') {
    cut(response, answer);
    return;
  }
  send(response, { ...answer, body: shown(fault, answer) });
}

function shown(fault: Fault | undefined, { status, body }: Answer): string {
  if (fault?.kind === 'truncated') {
    return body.slice(0, body.length / 2);
  }
  // A refusal has nothing in it to change.
  return fault?.kind === 'altered' && status < 400 ? fault.alter(body) : body;
}

function cut(response: ServerResponse, { status, contentType, body }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

function faultAnswer(fault: Fault | undefined, request: OrgRequest): Answer | undefined {
  switch (fault?.kind) {
    case 'error': {
      const text = fault.message ?? fault.errorCode;
      if (request.path.startsWith('/services/Soap/')) {
        return xmlAnswer(fault.status, soapFault(`sf:${fault.errorCode}`, text));
      }
      return request.path === '/services/oauth2/token'
        ? jsonAnswer(fault.status, { error: fault.errorCode, error_description: text })
        : jsonAnswer(fault.status, [{ message: text, errorCode: fault.errorCode }]);
    }
    case 'html':
      return {
        status: fault.status ?? 200,
        contentType: 'text/html; charset=UTF-8',
        body:
          fault.body ??
          '<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Down for maintenance</body></html>',
      };
    case 'json':
      return jsonAnswer(fault.status ?? 200, fault.body);
    case 'soapFault':
      return xmlAnswer(fault.status ?? 500, soapFault(fault.code, fault.message ?? fault.code));
    default:
      return undefined;
  }
}

function ownAnswer(running: Running, message: IncomingMessage, request: OrgRequest, target: string): Answer {
  const { auth, scenario, rest } = running;
  if (request.path === '/services/oauth2/token') {
    return tokenAnswer(running, request);
  }
  if (request.path.startsWith('/services/Soap/m/')) {
    const { status, body } = answerSoap(scenario, auth, request);
    return xmlAnswer(status, body);
  }
  try {
    if (target.length > MAX_TARGET_LENGTH) {
      throw new SalesforceError(414, 'URI_TOO_LONG', 'URI Too Long');
    }
    // GET /services/data needs no session (REST API Developer Guide, Versions).
    if (!/^\/services\/data\/?$/.test(request.path)) {
      checkSession(running, message);
    }
    if (/^\/services\/oauth2\/userinfo$|^\/id\//.test(request.path)) {
      return jsonAnswer(200, userInfo(scenario, running.org.url));
    }
    const answer = rest.answer(request, target);
    return jsonAnswer(answer.status, answer.body);
  } catch (error) {
    const answer = restError(error);
    return jsonAnswer(answer.status, answer.body);
  }
}

function checkSession(running: Running, message: IncomingMessage): void {
  const token = /^(?:Bearer|OAuth) (.+)$/.exec(message.headers.authorization ?? '')?.[1];
  if (token === undefined || !running.auth.isValid(token)) {
    throw invalidSession();
  }
  if (!running.scenario.features.apiAccess) {
    throw new SalesforceError(403, 'API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner');
  }
}

function tokenAnswer(running: Running, request: OrgRequest): Answer {
  try {
    return jsonAnswer(200, running.auth.token(new URLSearchParams(request.body), running.org.url));
  } catch (error) {
    if (error instanceof OAuthError) {
      return jsonAnswer(400, { error: error.error, error_description: error.message });
    }
    throw error;
  }
}

function userInfo(scenario: Scenario, url: string): object {
  return {
    sub: `${url}/id/${scenario.orgId}/${scenario.auditor.userId}`,
    user_id: scenario.auditor.userId,
    organization_id: scenario.orgId,
    preferred_username: scenario.auditor.username,
    username: scenario.auditor.username,
    active: true,
  };
}

/** The text of an answer that is given again. */
const written = new WeakMap<object, string>();

function jsonAnswer(status: number, body: unknown): Answer {
  const isObject = typeof body === 'object' && body !== null;
  const text = (isObject ? written.get(body) : undefined) ?? JSON.stringify(body);
  if (isObject) written.set(body, text);
  return { status, contentType: 'application/json;charset=UTF-8', body: text };
}

function xmlAnswer(status: number, body: string): Answer {
  return { status, contentType: 'text/xml;charset=UTF-8', body };
}

function send(response: ServerResponse, answer: Answer): void {
  if (!response.destroyed) {
    response.writeHead(answer.status, { 'content-type': answer.contentType });
    response.end(answer.body);
  }
}
