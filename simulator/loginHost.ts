import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** An app that the login host knows. */
export type RegisteredClient = { key: string; callbacks: readonly string[]; pkce: boolean };

/**
 * What answers in place of the login: a maintenance page, a CAPTCHA page, a proxy that asks for a password, a captive
 * portal that leads to a page of its own.
 */
export type Disturbance = 'maintenance' | 'captcha' | 'proxy' | 'portal' | 'reset';

export type LoginHostOptions = {
  clients: readonly RegisteredClient[];
  /** Language of the error descriptions. */
  language?: 'en' | 'de';
};

/** A running login host: `/services/oauth2/authorize`, and nothing else. */
export type LoginHost = {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Every byte that arrived, over all connections. */
  received: () => Buffer;
  /** From now on answers in this way; `undefined`: as Salesforce. */
  disturb: (disturbance: Disturbance | undefined) => void;
  stop: () => Promise<void>;
};

/** In English the words that public reports quote; nothing is documented about other languages. */
const DESCRIPTIONS = {
  en: {
    client: 'client identifier invalid',
    redirect: 'redirect_uri must match configuration',
    challenge: 'missing required code challenge',
    type: 'response type not supported',
  },
  de: {
    client: 'Client-ID ungueltig',
    redirect: 'redirect_uri stimmt nicht mit der Konfiguration ueberein',
    challenge: 'Erforderliche Code Challenge fehlt',
    type: 'Antworttyp wird nicht unterstuetzt',
  },
} as const;

const CONSENT = '/setup/secur/RemoteAccessAuthorizationPage.apexp';

/** Starts a login host on a free port of the loopback interface. */
export async function startLoginHost({ clients, language = 'en' }: LoginHostOptions): Promise<LoginHost> {
  const pieces: Buffer[] = [];
  const sockets = new Set<Socket>();
  let disturbance: Disturbance | undefined;
  const server = createServer((request, response) => {
    if (disturbance !== undefined) return disturbed(disturbance, request.socket, response);
    return authorize(new URL(request.url ?? '/', 'http://127.0.0.1'), response, { clients, language });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('close', () => sockets.delete(socket));
  });
  // A proxy is asked for a tunnel first.
  server.on('connect', (_request, socket) =>
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n')
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received: () => Buffer.concat(pieces),
    disturb: (next) => (disturbance = next),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}

function disturbed(disturbance: Disturbance, socket: Socket, response: ServerResponse): void {
  if (disturbance === 'reset') {
    socket.resetAndDestroy();
  } else if (disturbance === 'portal') {
    response.writeHead(302, { location: 'http://portal.example/welcome' }).end();
  } else if (disturbance === 'proxy') {
    response.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end('Proxy Authentication Required');
  } else if (disturbance === 'maintenance') {
    page(response, 503, '<h1>We are down for maintenance</h1>');
  } else {
    page(response, 200, '<form action="/captcha"><input name="answer"></form>');
  }
}

function authorize(
  { pathname, searchParams }: URL,
  response: ServerResponse,
  { clients, language = 'en' }: LoginHostOptions
): void {
  const words = DESCRIPTIONS[language];
  const refuse = (error: string, description: string): void =>
    page(response, 400, `error=${error}&error_description=${encodeURIComponent(description)}`);
  if (pathname !== '/services/oauth2/authorize') return page(response, 404, '<h1>URL No Longer Exists</h1>');
  const client = clients.find(({ key }) => key === searchParams.get('client_id'));
  const callback = searchParams.get('redirect_uri') ?? '';
  if (client === undefined) return refuse('invalid_client_id', words.client);
  if (!client.callbacks.includes(callback)) return refuse('redirect_uri_mismatch', words.redirect);
  const back = (error: string, description: string): void => {
    const target = new URL(callback);
    target.search = `?error=${error}&error_description=${encodeURIComponent(description)}`;
    response.writeHead(302, { location: target.href }).end();
  };
  if (searchParams.get('response_type') !== 'code') return back('unsupported_response_type', words.type);
  if (client.pkce && !searchParams.has('code_challenge')) return back('invalid_request', words.challenge);
  response.writeHead(302, { location: `${CONSENT}?source=CAAAAexample` }).end();
  return undefined;
}

function page(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(body);
}
