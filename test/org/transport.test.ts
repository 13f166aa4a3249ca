import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { afterRunning } from '../../src/common/runningTime.js';
import { orgTime } from '../../src/org/client/orgTime.js';
import { createTransport, type Transport, type TransportOptions } from '../../src/org/client/transport.js';
import { sessionPlaceholder } from '../../src/org/client/errors.js';

/** A server of its own, because it must break the rules of HTTP in ways that the simulated org does not. */
describe('transport', () => {
  let server: Server;
  let url: string;
  let answers: Array<(response: ServerResponse, body: string) => void>;
  let asked: Array<{ authorization?: string; body: string }>;
  let inFlight = 0;
  let most = 0;

  before((done) => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      inFlight += 1;
      most = Math.max(most, inFlight);
      response.on('close', () => (inFlight -= 1));
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        asked.push({ authorization: request.headers.authorization, body });
        const next = answers.length > 1 ? answers.shift() : answers[0];
        next?.(response, body);
      });
    }).listen(0, '127.0.0.1', () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/data`;
      done();
    });
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  beforeEach(() => {
    asked = [];
    answers = [(response) => response.end('fine')];
    inFlight = most = 0;
  });

  const endless = new AbortController().signal;
  const transport = (more: Partial<TransportOptions> = {}): Transport =>
    createTransport({
      timeout: 5000,
      deadline: () => endless,
      refreshes: () => 0,
      pause: () => Promise.resolve(),
      ...more,
    });
  const get = { method: 'GET' as const, headers: { Authorization: 'Bearer secret' } };
  const soap = (body: string): { method: 'POST'; headers: Record<string, string>; body: string } => ({
    method: 'POST',
    headers: { Authorization: 'Bearer secret', 'content-length': '7' },
    body,
  });
  const status =
    (code: number, body = '') =>
    (response: ServerResponse): void => {
      response.writeHead(code).end(body);
    };
  const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
    try {
      await promise;
      return 'no error';
    } catch (error) {
      return (error as { errorCode?: string }).errorCode;
    }
  };

  it('gives status, headers and body', async () => {
    answers = [(response) => response.writeHead(404, { 'X-One': '1' }).end('{}')];
    const answer = await transport().httpRequest({ ...get, url });
    expect(answer).to.deep.include({ statusCode: 404, body: '{}' });
    expect(answer.headers['x-one']).to.equal('1');
  });

  it('makes a body that is cut off an error, after three tries', async () => {
    answers = [
      (response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"half":');
        setImmediate(() => response.destroy());
      },
    ];
    expect(await codeOf(transport().httpRequest({ ...get, url }))).to.equal('CONNECTION_BROKEN');
    expect(asked).to.have.length(3);
  });

  it('ends a body that stalls, without another try', async () => {
    answers = [(response) => response.writeHead(200).write('{')];
    expect(await codeOf(transport({ timeout: 60 }).httpRequest({ ...get, url }))).to.equal('TIMED_OUT');
    expect(asked).to.have.length(1);
  });

  it('ends everything when the time of the org is used up', async () => {
    const time = new AbortController();
    answers = [
      (response): void => {
        response.writeHead(200).write('{');
        time.abort();
      },
    ];
    const carry = transport({ deadline: () => time.signal });
    expect(await codeOf(carry.httpRequest({ ...get, url }))).to.equal('OUT_OF_TIME');
    expect(await codeOf(carry.httpRequest({ ...get, url }))).to.equal('OUT_OF_TIME');
    expect(asked).to.have.length(1);
  });

  for (const [name, answer] of [
    ['429', status(429)],
    ['503', status(503)],
    ['REQUEST_LIMIT_EXCEEDED', status(403, '[{"errorCode":"REQUEST_LIMIT_EXCEEDED"}]')],
    ['a reset', (response: ServerResponse): void => void response.destroy()],
  ] as const) {
    it(`tries again after ${name}, three times in all`, async () => {
      answers = [answer, answer, status(200, 'at last')];
      expect((await transport().httpRequest({ ...get, url })).body).to.equal('at last');
      expect(asked).to.have.length(3);
    });
  }

  it('takes a refusal for an answer', async () => {
    const fault = '<soapenv:Fault><faultcode>sf:INSUFFICIENT_ACCESS</faultcode></soapenv:Fault>';
    for (const answer of [status(403, '[{"errorCode":"INSUFFICIENT_ACCESS"}]'), status(400), status(500, fault)]) {
      asked = [];
      answers = [answer];
      // eslint-disable-next-line no-await-in-loop
      await transport().httpRequest({ ...get, url });
      expect(asked).to.have.length(1);
    }
  });

  it('does not follow a redirect, which would carry the session away', async () => {
    answers = [(response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()];
    expect((await transport().httpRequest({ ...get, url })).statusCode).to.equal(302);
  });

  it('turns a 401 into an error once the session was renewed twice', async () => {
    answers = [status(401)];
    expect((await transport({ refreshes: () => 1 }).httpRequest({ ...get, url })).statusCode).to.equal(401);
    expect(await codeOf(transport({ refreshes: () => 2 }).httpRequest({ ...get, url }))).to.equal('INVALID_SESSION_ID');
  });

  const held = async (transports: number, limit: number): Promise<number> => {
    const waiting: ServerResponse[] = [];
    const arrived = new Promise<void>((resolve) => {
      answers = [
        (response): void => {
          waiting.push(response);
          if (waiting.length === limit) setImmediate(resolve);
        },
      ];
    });
    const each = Array.from({ length: transports }, () => transport());
    const all = Promise.all(
      each.flatMap((carry) => Array.from({ length: 25 }, () => carry.httpRequest({ ...get, url })))
    );
    await arrived;
    answers = [status(200)];
    waiting.forEach((response) => response.end());
    await all;
    return most;
  };

  it('keeps at most 20 requests to one org in flight', async () => {
    expect(await held(1, 20)).to.equal(20);
  });

  it('keeps at most 120 requests to all orgs in flight', async () => {
    expect(await held(8, 120)).to.equal(120);
  });

  it('trap: counts no time of an org in which its requests wait for those of other orgs', async () => {
    const waiting: ServerResponse[] = [];
    const arrived = new Promise<void>((resolve) => {
      answers = [
        (response): void => {
          waiting.push(response);
          if (waiting.length === 120) resolve();
        },
      ];
    });
    const others = Array.from({ length: 6 }, () => transport());
    const all = others.flatMap((carry) => Array.from({ length: 20 }, () => carry.httpRequest({ ...get, url })));
    await arrived;
    const time = orgTime(40);
    expect(time.signal().aborted).to.equal(false);
    const late = transport({ deadline: time.signal, queue: time.wait }).httpRequest({ ...get, url });
    await ran(200);
    answers = [status(200, 'at last')];
    waiting.forEach((response) => response.end());
    expect((await late).body).to.equal('at last');
    await Promise.all(all);
    await ran(200);
    expect(time.signal().aborted).to.equal(true);
  });

  it('writes the session into a SOAP body at the last moment, and nowhere else', async () => {
    const body = `<s:Header><sessionId>${sessionPlaceholder}</sessionId></s:Header><s:Body><readMetadata xmlns="x"></readMetadata></s:Body>`;
    await transport().httpRequest({ ...soap(body), url });
    expect(asked).to.deep.equal([{ authorization: undefined, body: body.replace(sessionPlaceholder, 'secret') }]);
  });

  it('shows jsforce an expired SOAP session as it shows one of REST', async () => {
    answers = [status(500, '<faultcode>sf:INVALID_SESSION_ID</faultcode>')];
    const body = '<s:Body><listMetadata ></listMetadata></s:Body>';
    expect((await transport().httpRequest({ ...soap(body), url })).statusCode).to.equal(401);
  });

  it('sends no SOAP call with a JWT-based token below API 68: no renewal would help', async () => {
    const request = {
      ...soap('<s:Body><listMetadata ></listMetadata></s:Body>'),
      headers: { Authorization: 'Bearer eyJ0.eyJ1.x' },
    };
    const at = (version: string): Promise<unknown> =>
      codeOf(
        transport().httpRequest({ ...request, url: url.replace('/services/data', `/services/Soap/m/${version}`) })
      );
    expect(await at('67.0')).to.equal('JWT_SESSION');
    expect(await at('68.0')).to.equal('no error');
  });

  it('carries a composite whose every part is a GET', async () => {
    const body = JSON.stringify({ compositeRequest: [{ method: 'GET', url: '/services/data', referenceId: 'q0' }] });
    await transport().httpRequest({ ...soap(body), url: `${url}/v67.0/composite` });
    expect(asked).to.deep.equal([{ authorization: 'Bearer secret', body }]);
  });

  const composites: ReadonlyArray<[name: string, composite: unknown]> = [
    ['a part that writes', { compositeRequest: [{ method: 'PATCH', url: '/services/data', referenceId: 'q0' }] }],
    ['a part with a body', { compositeRequest: [{ method: 'GET', url: '/', referenceId: 'q0', body: {} }] }],
    ['no part', { compositeRequest: [] }],
    ['something in addition to its parts', { compositeRequest: [], graphs: [] }],
  ];
  for (const [name, composite] of composites) {
    it(`carries no composite with ${name}`, async () => {
      const request = { ...soap(JSON.stringify(composite)), url: `${url}/v67.0/composite` };
      expect(await codeOf(transport().httpRequest(request))).to.equal('NOT_A_READ');
      expect(asked).to.deep.equal([]);
    });
  }

  it('carries nothing but reads', async () => {
    for (const request of [
      { ...get, method: 'DELETE' as const },
      { ...get, method: 'PATCH' as const, body: '{}' },
      soap('{}'),
      soap('<s:Body><deleteMetadata xmlns="x"></deleteMetadata></s:Body>'),
    ]) {
      // eslint-disable-next-line no-await-in-loop
      expect(await codeOf(transport().httpRequest({ ...request, url }))).to.equal('NOT_A_READ');
    }
    expect(asked).to.deep.equal([]);
  });

  it('says what kind of connection it did not get', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => void gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    expect(await codeOf(transport().httpRequest({ ...get, url: `http://127.0.0.1:${port}/` }))).to.equal(
      'ECONNREFUSED'
    );
  });
});

/** Until the process has run for so long; the server keeps it alive. */
async function ran(milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => afterRunning(milliseconds, resolve));
}
