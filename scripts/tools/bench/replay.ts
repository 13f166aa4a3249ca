import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedOrg } from '../../../simulator/index.js';
import { decodeRequest, type OrgRequest } from '../../../simulator/requests.js';

type Answer = { status: number; contentType: string; body: string };

/** What all replayed orgs of a process were asked. */
export type Traffic = { requests: OrgRequest[]; inFlight: number; mostInFlight: number; fresh: number };
/** Lets a request wait until its answer is due. */
export type Wait = (request: OrgRequest) => Promise<void>;

/**
 * An org that answers from memory, so that a measurement has no time of the simulator in it. What was not asked before is
 * asked of the simulated org and kept. The answer comes when `wait` is over.
 */
export async function startReplay(org: SimulatedOrg, traffic: Traffic, wait: Wait): Promise<{ url: string }> {
  const kept = new Map<string, Answer>();
  const server = createServer({ maxHeaderSize: 1_048_576 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { method = 'GET', url: target = '/' } = message;
    const request = decodeRequest(method, target, body);
    traffic.requests.push(request);
    const key = keyOf(request, target);
    const waited = wait(request);
    const answer = kept.get(key) ?? (await ask(org, message, target, body));
    if (!kept.has(key)) traffic.fresh++;
    kept.set(key, answer);
    await waited;
    response.writeHead(answer.status, { 'content-type': answer.contentType });
    response.end(answer.body.replaceAll(org.url, url));
  };
  server.on('request', (message, response) => {
    traffic.inFlight++;
    traffic.mostInFlight = Math.max(traffic.mostInFlight, traffic.inFlight);
    response.on('close', () => traffic.inFlight--);
    serve(message, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  return { url };
}

/** Each login signs another moment: one token serves all of them. Of the moment of a run in a query only the day counts. */
function keyOf({ method, path, body }: OrgRequest, target: string): string {
  if (path === '/services/oauth2/token') return path;
  const text = `${method} ${decodeURIComponent(target)}\n${body}`;
  // A part of a composite is encoded once more.
  return text.replaceAll('%3A', ':').replace(/(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d\.\d{3}Z/g, '$1');
}

async function ask(org: SimulatedOrg, message: IncomingMessage, target: string, body: string): Promise<Answer> {
  const { authorization, soapaction, 'content-type': contentType } = message.headers;
  const given = { authorization, soapaction, 'content-type': contentType };
  const headers = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : []
  );
  const answer = await fetch(`${org.url}${target}`, {
    method: message.method ?? 'GET',
    headers,
    ...(body === '' ? {} : { body }),
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  return { status: answer.status, contentType: type, body: await answer.text() };
}
