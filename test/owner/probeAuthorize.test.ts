import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import { startLoginHost, type LoginHost } from '../../simulator/index.js';
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
      /the error redirect_uri_mismatch \(the callback in the policy is not registered for the app\)/,
    ],
    [
      'an unknown client',
      { status: 302, location: `${callback}?error=invalid_client_id&error_description=client%20identifier%20invalid` },
      /the error invalid_client_id \(the client key in the policy is not known there\)/,
    ],
    ['a maintenance page', { status: 503, body: '<h1>We are down for maintenance</h1>' }, /status 503/],
    [
      'an error in another language',
      { status: 302, location: `${callback}?error=invalid_request&error_description=Der%20Code%20fehlt` },
      /the error invalid_request/,
    ],
    ['a CAPTCHA page', { status: 200, body: '<form action="/captcha">' }, /status 200/],
    [
      'a proxy that asks for a password',
      { status: 407, body: 'Proxy Authentication Required' },
      /a proxy that asks for a login/,
    ],
    ['a captive portal', { status: 302, location: 'http://portal.example/login' }, /another host, portal.example/],
    [
      'a portal that sends the documented error',
      { status: 302, location: `http://portal.example/?${missing}` },
      /an error at another host, portal.example/,
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
    expect((await ask('http://127.0.0.1:1'))[0]).to.deep.include({ answer: 'no complete answer' });
    expect((await ask('https://login.example'))[0]?.answer).to.match(/not a login host of Salesforce/);
  });

  it('refuses to run where the policy names no client key with a callback', async () => {
    const error = await askLoginHosts(emptyPolicy).catch((thrown: unknown) => thrown);
    expect(error).to.include({ name: 'NothingToProbe', exitCode: 1 });
  });
});

describe('the probe of the simulated login host', () => {
  const other = '3MVG9Other.Key';
  let host: LoginHost;
  beforeEach(async () => {
    host = await startLoginHost({
      clients: [
        { key, callbacks: [callback], pkce: true },
        { key: other, callbacks: [callback], pkce: false },
      ],
    });
  });
  afterEach(() => host.stop());

  const probe = async (given: { key?: string; callback?: string } = {}): Promise<PkceProbe | undefined> =>
    (
      await askLoginHosts({
        submission: {
          ...emptyPolicy.submission,
          clientKeys: [{ app: 'Acme_Door', key, callback, loginUrl: host.url, ...given }],
        },
      })
    )[0];

  it('tells PKCE on from PKCE off', async () => {
    expect((await probe())?.required).to.equal(true);
    expect((await probe({ key: other }))?.required).to.equal(false);
  });

  it('names a client key and a callback that the host does not know', async () => {
    const client = await probe({ key: 'unknown' });
    expect(client).not.to.have.property('required');
    expect(client?.answer).to.contain('the client key in the policy is not known there');
    const redirect = await probe({ callback: 'https://door.acme.example/other' });
    expect(redirect).not.to.have.property('required');
    expect(redirect?.answer).to.contain('the callback in the policy is not registered');
  });

  it('proves nothing by a page that is no login, or by an error in another language', async () => {
    for (const disturbance of ['maintenance', 'captcha', 'proxy', 'portal', 'reset'] as const) {
      host.disturb(disturbance);
      // eslint-disable-next-line no-await-in-loop -- one host
      expect(await probe(), disturbance).not.to.have.property('required');
    }
    const german = await startLoginHost({ clients: [{ key, callbacks: [callback], pkce: true }], language: 'de' });
    try {
      expect((await ask(german.url))[0]).not.to.have.property('required');
    } finally {
      await german.stop();
    }
  });

  it('names a proxy that refuses the tunnel to the login host', async () => {
    const before = process.env['https_proxy'];
    const noProxy = process.env['no_proxy'];
    try {
      process.env['https_proxy'] = host.url;
      process.env['no_proxy'] = '';
      const [answer] = await ask('https://login.salesforce.com');
      expect(answer?.answer).to.equal('a proxy that refused the connection (status 407)');
    } finally {
      restore('https_proxy', before);
      restore('no_proxy', noProxy);
    }
  });

  it('sends one GET with public parameters, and no cookie, token, secret or code_challenge', async () => {
    await probe();
    expect(host.received().toString('latin1').split('\r\n')).to.deep.equal([
      `GET /services/oauth2/authorize?response_type=code&client_id=${key}&redirect_uri=${encodeURIComponent(callback)} HTTP/1.1`,
      `host: ${new URL(host.url).host}`,
      'connection: keep-alive',
      '',
      '',
    ]);
  });
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
