import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import { askLoginHosts } from '../../src/owner/probeAuthorize.js';
import type { PkceProbe } from '../../src/package/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';

const key = '3MVG9Example.Key';
const callback = 'https://door.acme.example/callback';

type Answer = { status: number; location?: string; body?: string };

/** Asks a login host that gives this answer, whatever is asked. */
const asked = async ({ status, location, body = '' }: Answer): Promise<PkceProbe | undefined> => {
  const server: Server = createServer((_, response) => {
    response.writeHead(status, location === undefined ? {} : { location });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return (await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))[0];
  } finally {
    server.close();
  }
};

const ask = (loginUrl: string): Promise<PkceProbe[]> =>
  askLoginHosts({
    submission: { ...emptyPolicy.submission, clientKeys: [{ app: 'Acme_Door', key, callback, loginUrl }] },
  });

const loginPage = '/setup/secur/RemoteAccessAuthorizationPage.apexp?source=abc';
const missing = 'error=invalid_request&error_description=missing%20required%20code%20challenge';

describe('the probe of a login host', () => {
  it('proves that PKCE is required by the documented error, at the callback or on the page', async () => {
    expect((await asked({ status: 302, location: `${callback}?${missing}` }))?.required).to.equal(true);
    expect((await asked({ status: 400, body: `${missing}` }))?.required).to.equal(true);
  });

  it('proves that PKCE is not required by a redirect to the login page of the same host', async () => {
    expect((await asked({ status: 302, location: loginPage }))?.required).to.equal(false);
    const start = `/?ec=302&startURL=${encodeURIComponent(loginPage)}`;
    expect((await asked({ status: 302, location: start }))?.required).to.equal(false);
  });

  const unknown: ReadonlyArray<[name: string, answer: Answer, says: RegExp]> = [
    [
      'a callback that is not registered',
      {
        status: 400,
        body: 'error=redirect_uri_mismatch&error_description=redirect_uri%20must%20match%20configuration',
      },
      /the error redirect_uri_mismatch/,
    ],
    [
      'an unknown client',
      { status: 302, location: `${callback}?error=invalid_client_id&error_description=client%20identifier%20invalid` },
      /the error invalid_client_id/,
    ],
    ['a maintenance page', { status: 503, body: '<h1>We are down for maintenance</h1>' }, /status 503/],
    [
      'an error in another language',
      { status: 302, location: `${callback}?error=invalid_request&error_description=Der%20Code%20fehlt` },
      /the error invalid_request/,
    ],
    ['a CAPTCHA page', { status: 200, body: '<form action="/captcha">' }, /status 200/],
    ['a proxy that asks for a password', { status: 407, body: 'Proxy Authentication Required' }, /status 407/],
    ['a captive portal', { status: 302, location: 'http://portal.example/login' }, /another page/],
    [
      'a portal that sends the documented error',
      { status: 302, location: `http://portal.example/?${missing}` },
      /another address/,
    ],
    ['a broken redirect', { status: 302 }, /status 302/],
  ];
  for (const [name, answer, says] of unknown) {
    it(`proves nothing by ${name}`, async () => {
      const probe = await asked(answer);
      expect(probe).not.to.have.property('required');
      expect(probe?.answer).to.match(says);
    });
  }

  it('proves nothing where nothing answers, and asks no host that is not of Salesforce', async () => {
    expect((await ask('http://127.0.0.1:1'))[0]).to.deep.include({ answer: 'there was no complete answer' });
    expect((await ask('https://login.example'))[0]?.answer).to.match(/not a login host of Salesforce/);
  });

  it('sends one GET with public parameters, and no cookie, token, secret or code_challenge', async () => {
    const bytes: Buffer[] = [];
    const server = createTcpServer((socket) => {
      socket.on('data', (piece) => {
        bytes.push(piece);
        socket.end(`HTTP/1.1 302 Found\r\nlocation: ${loginPage}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await ask(`http://127.0.0.1:${port}`);
    server.close();
    expect(Buffer.concat(bytes).toString('utf8').split('\r\n')).to.deep.equal([
      `GET /services/oauth2/authorize?response_type=code&client_id=${key}&redirect_uri=${encodeURIComponent(callback)} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      'connection: keep-alive',
      '',
      '',
    ]);
  });

  it('refuses to run where the policy names no client key with a callback', async () => {
    const error = await askLoginHosts(emptyPolicy).catch((thrown: unknown) => thrown);
    expect(error).to.include({ name: 'NothingToProbe', exitCode: 1 });
  });
});
