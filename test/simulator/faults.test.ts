import { expect } from 'chai';
import { refusal, run, small, stopAll } from './support.js';
import type { Running } from './support.js';

describe('simulated org: faults', () => {
  let running: Running;
  let get: (soql: string) => Promise<Response>;
  beforeEach(async () => {
    running = await run(small());
    get = (soql) =>
      fetch(`${running.org.url}/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, {
        headers: { authorization: `Bearer ${String(running.connection.accessToken)}` },
      });
  });
  afterEach(stopAll);

  it('answers an error to matching queries only, after a skip and for a number of times', async () => {
    running.org.fault(
      /FROM User/i,
      { kind: 'error', status: 503, errorCode: 'SERVER_UNAVAILABLE' },
      { skip: 1, times: 2 }
    );
    const statuses: number[] = [];
    for (const soql of [
      'SELECT Id FROM User',
      'SELECT Id FROM User',
      'SELECT Id FROM Profile',
      'SELECT Id FROM User',
      'SELECT Id FROM User',
    ]) {
      // eslint-disable-next-line no-await-in-loop
      statuses.push((await get(soql)).status);
    }
    expect(statuses).to.deep.equal([200, 503, 200, 503, 200]);
    expect(running.org.requests.slice(-5).map((request) => request.status)).to.deep.equal(statuses);
  });

  it('shows core the code and message', async () => {
    running.org.fault((request) => request.soql !== undefined, {
      kind: 'error',
      status: 403,
      errorCode: 'REQUEST_LIMIT_EXCEEDED',
      message: 'TotalRequests Limit exceeded.',
    });
    expect(await refusal(Promise.resolve(running.connection.query('SELECT Id FROM User')))).to.equal(
      'REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.'
    );
    running.org.clearFaults();
    expect((await get('SELECT Id FROM User')).status).to.equal(200);
  });

  it('resets a connection', async () => {
    running.org.fault(/FROM User/, { kind: 'reset' });
    const error = await get('SELECT Id FROM User').catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TypeError);
    expect(running.org.requests.at(-1)?.status).to.equal(0);
  });

  it('hangs until the org is stopped', async () => {
    const arrived = new Promise<void>((resolve) => {
      running.org.fault(
        () => {
          resolve();
          return true;
        },
        { kind: 'hang' }
      );
    });
    const hanging = get('SELECT Id FROM User').catch((reason: unknown) => reason);
    await arrived;
    await stopAll();
    expect(await hanging).to.be.instanceOf(TypeError);
  });

  it('cuts an answer off', async () => {
    running.org.fault(/FROM User/, { kind: 'truncated' });
    const answer = await get('SELECT Id FROM User');
    expect(answer.status).to.equal(200);
    const text = await answer.text();
    expect(text).to.match(/^\{"totalSize"/);
    expect(() => JSON.parse(text) as unknown).to.throw(SyntaxError);
  });

  it('answers HTML or another shape with status 200', async () => {
    running.org.fault(/FROM User/, { kind: 'html' });
    running.org.fault(/FROM Profile/, { kind: 'json', body: { nothing: true } });
    const html = await get('SELECT Id FROM User');
    expect([html.status, html.headers.get('content-type')]).to.deep.equal([200, 'text/html; charset=UTF-8']);
    expect(await (await get('SELECT Id FROM Profile')).json()).to.deep.equal({ nothing: true });
  });

  it('is slow on demand and in general', async () => {
    running.org.fault(/FROM User/, { kind: 'slow', milliseconds: 5 });
    running.org.latency = 5;
    expect((await get('SELECT Id FROM User')).status).to.equal(200);
  });

  it('answers a SOAP fault', async () => {
    running.org.fault(/listMetadata/, { kind: 'soapFault', code: 'sf:UNKNOWN_EXCEPTION', message: 'gack 123' });
    expect(await refusal(running.connection.metadata.list({ type: 'Profile' }))).to.equal(
      'sf:UNKNOWN_EXCEPTION: gack 123'
    );
  });

  it('hits parts of a batch', async () => {
    running.org.fault((request) => request.parts === undefined && request.text.includes('FROM User'), {
      kind: 'error',
      status: 500,
      errorCode: 'UNKNOWN_EXCEPTION',
    });
    const answer = await running.connection.request<{ results: Array<{ statusCode: number }> }>({
      method: 'POST',
      url: '/services/data/v67.0/composite/batch',
      body: JSON.stringify({
        batchRequests: [
          { method: 'GET', url: 'v67.0/query?q=SELECT+Id+FROM+User' },
          { method: 'GET', url: 'v67.0/limits' },
        ],
      }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.results.map((result) => result.statusCode)).to.deep.equal([500, 200]);
  });

  it('hits the token endpoint', async () => {
    running.org.expireTokens();
    running.org.fault(/oauth2\/token/, {
      kind: 'error',
      status: 400,
      errorCode: 'invalid_grant',
      message: 'user is not admin approved to access this app',
    });
    expect(await refusal(Promise.resolve(running.connection.query('SELECT Id FROM User')))).to.contain(
      'not admin approved'
    );
  });
});
