import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthInfo, SfError } from '@salesforce/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import type { Fault } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { collect } from '../../src/engine/collect.js';
import type { Evidence, Gap } from '../../src/engine/types.js';
import { orgCollectors } from '../../src/org/collectors/index.js';
import type { OrgFacts } from '../../src/org/facts.js';
import { openOrg } from '../../src/org/index.js';
import { createVerbs } from '../../src/org/client/readRequests.js';
import { openProblem } from '../../src/org/client/openErrors.js';
import { clean } from '../../src/org/client/errors.js';
import { auditPermissions } from '../../src/org/client/auditPermissions.js';
import { canary } from '../support/secrets.js';
import { context, gapIn, open, running, small, stopAll, whole } from './support.js';

const token = /00D[A-Za-z0-9]{12,15}!/;
const named = z.object({ Username: z.string() });
const users = 'SELECT Username FROM User';

const errorOf = async (promise: Promise<unknown>): Promise<SfError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SfError) return error;
    throw error;
  }
  throw new Error('There was no error.');
};

describe('opening an org', () => {
  afterEach(stopAll);

  it('chooses the newest API version that the org and the tool know, by number', async () => {
    expect((await open(small({ apiVersion: 67 }))).reader.version).to.equal('67.0');
    const { org, reopen } = await running(small());
    const versions = ['9.0', '67.0', '68.0', '100.0'].map((version) => ({ version }));
    org.fault(/data$/, { kind: 'json', body: versions });
    org.fault(/v68\.0/, {
      kind: 'json',
      body: { totalSize: 1, done: true, records: [{ Id: '00D000000000001', NamespacePrefix: null }] },
    });
    expect(await reopen()).to.deep.include({ version: '68.0', orgId: '00D000000000001' });
  });

  it('uses the version that was asked for, or says which ones the org offers', async () => {
    expect((await open(small(), { apiVersion: '60.0' })).reader.version).to.equal('60.0');
    const error = await errorOf(open(small({ apiVersion: 52 }), { apiVersion: '66.0' }));
    expect(error).to.deep.include({ name: 'ApiVersionNotOfferedError', exitCode: 1 });
    expect(error.message).to.contain('does not offer API version 66.0, but 31.0 to 52.0');
  });

  it('names an old API version where an object is missing, and no recent one', async () => {
    const detail = async (apiVersion: number): Promise<string> => {
      const { reader } = await open(small({ apiVersion }));
      return gapIn(await reader.query('SELECT Id FROM NoSuchObject', z.object({}))).detail;
    };
    expect(await detail(52)).to.contain('This run used API version 52.0, which is old');
    expect(await detail(67)).not.to.contain('which is old');
  });

  it('opens by username, without asking for versions by other means or writing', async () => {
    const { org } = await running(small());
    const reader = await openOrg({ username: org.username });
    expect(reader).to.include({ username: org.username, orgId: org.orgId });
    // Both are sent at once, so either may arrive first.
    expect(org.requests.map(({ path }) => path).sort()).to.deep.equal(['/services/data', '/services/data/v67.0/query']);
  });

  it('renews an expired session once, and goes on', async () => {
    const { org, reopen } = await running(small());
    org.expireTokens();
    const reader = await reopen();
    whole(await reader.query(users, named));
    expect(org.requests.filter(({ path }) => path === '/services/oauth2/token')).to.have.length(1);
  });

  const error = (errorCode: string, status = 403): Fault => ({ kind: 'error', status, errorCode });
  const query = /query/;
  const cases: ReadonlyArray<{ name: string; pattern: RegExp; fault: Fault; error: string; expire?: boolean }> = [
    {
      name: 'a session that stays expired',
      pattern: query,
      fault: error('INVALID_SESSION_ID', 401),
      error: 'SessionNotValidError',
    },
    { name: 'no API access', pattern: query, fault: error('API_DISABLED_FOR_ORG'), error: 'ApiDisabledError' },
    {
      name: 'a login IP range',
      pattern: query,
      fault: error('LOGIN_DURING_RESTRICTED_DOMAIN'),
      error: 'LoginRestrictedError',
    },
    { name: 'a locked org', pattern: query, fault: error('ORG_LOCKED'), error: 'OrgLockedError' },
    { name: 'an expired trial', pattern: query, fault: error('TRIAL_EXPIRED'), error: 'OrgLockedError' },
    {
      name: 'an expired password',
      pattern: query,
      fault: error('INVALID_OPERATION_WITH_EXPIRED_PASSWORD'),
      error: 'PasswordExpiredError',
    },
    { name: 'another refusal', pattern: query, fault: error('SOMETHING_ELSE'), error: 'OrgNotOpenedError' },
    { name: 'a page instead of versions', pattern: /data$/, fault: { kind: 'html' }, error: 'OrgNotReadableError' },
    {
      name: 'a page with status 503',
      pattern: query,
      fault: { kind: 'html', status: 503 },
      error: 'OrgNotReadableError',
    },
    { name: 'a page instead of data', pattern: query, fault: { kind: 'html' }, error: 'OrgNotReadableError' },
    { name: 'an answer that is cut off', pattern: query, fault: { kind: 'truncated' }, error: 'OrgNotReadableError' },
    {
      name: 'an answer of another shape',
      pattern: query,
      fault: { kind: 'json', body: [] },
      error: 'OrgNotReadableError',
    },
    { name: 'no answer', pattern: query, fault: { kind: 'hang' }, error: 'OrgNotReachableError' },
    { name: 'connections that are reset', pattern: query, fault: { kind: 'reset' }, error: 'OrgNotReachableError' },
    {
      name: 'a token endpoint that refuses',
      pattern: /token/,
      fault: error('invalid_grant', 400),
      error: 'SessionNotValidError',
      expire: true,
    },
    {
      name: 'a token endpoint with a page',
      pattern: /token/,
      fault: { kind: 'html' },
      error: 'SessionNotValidError',
      expire: true,
    },
    {
      name: 'a token endpoint that is cut off',
      pattern: /token/,
      fault: { kind: 'truncated' },
      error: 'SessionNotValidError',
      expire: true,
    },
    {
      name: 'a token endpoint that hangs',
      pattern: /token/,
      fault: { kind: 'hang' },
      error: 'SessionNotValidError',
      expire: true,
    },
    {
      name: 'a token endpoint that resets',
      pattern: /token/,
      fault: { kind: 'reset' },
      error: 'SessionNotValidError',
      expire: true,
    },
  ];
  for (const { name, pattern, fault, error: kind, expire } of cases) {
    it(`ends with one clean error at ${name}`, async () => {
      const { org, reopen } = await running(small());
      if (expire) org.expireTokens();
      org.fault(pattern, fault);
      const thrown = await errorOf(reopen({ timeouts: { request: 150, org: 3000 } }));
      expect(thrown.name).to.equal(kind);
      expect(thrown).to.include({ exitCode: 1, cause: undefined });
      expect(thrown.actions).to.have.length.greaterThan(0);
      expect(thrown.message).to.match(/^Cannot open admin@small\.example: [^\n]+\.$/);
      expect(thrown.message + String(thrown.stack))
        .not.to.match(token)
        .and.not.to.contain('TypeError');
      expect(org.requests.length, 'requests').to.be.lessThan(12);
    });
  }

  it('quotes why Salesforce refuses a session for the API, and names both causes', async () => {
    const { org, reopen } = await running(small());
    const message = 'This session is not valid for use with the REST API';
    org.fault(/query/, { kind: 'error', status: 401, errorCode: 'INVALID_SESSION_ID', message });
    const thrown = await errorOf(reopen());
    expect(thrown.name).to.equal('SessionRefusedError');
    expect(thrown.message).to.match(
      /^Cannot open admin@small\.example: Salesforce refuses this session for the API.*not valid for use with the REST API\.$/
    );
    expect(thrown.actions?.[0]).to.match(/^API Access Control: /);
    expect(thrown.actions?.[1]).to.match(/^IP restrictions: /);
  });

  it('says that a host cannot be reached', async () => {
    const { org, reopen } = await running(small());
    await org.stop();
    expect((await errorOf(reopen())).name).to.equal('OrgNotReachableError');
  });

  it('says that the key file of a login is gone, and not only that the session has ended', async () => {
    const { org } = await running(small());
    const info = await AuthInfo.create({ username: org.username });
    await info.save({ privateKey: '/nowhere/acme.key' });
    org.expireTokens();
    const { name, message, actions } = await errorOf(openOrg({ username: org.username }));
    expect(name).to.equal('SessionNotValidError');
    expect(message).to.match(/cannot read the key file .*ENOENT.*'\/nowhere\/acme\.key'\.$/);
    expect(String(actions)).to.contain('Put the key file back');
  });

  it('says why Salesforce renews a session no more, without what it was asked with', async () => {
    const { org, reopen } = await running(small());
    org.expireTokens();
    const secrets = [canary.accessToken, canary.refreshToken, canary.consumerSecret, canary.token];
    const why = `user hasn't approved this consumer, ${secrets.join(', ')}`;
    org.fault(/token/, { kind: 'error', status: 400, errorCode: 'invalid_grant', message: why });
    const { message } = await errorOf(reopen());
    expect(message).to.match(/has ended and could not be renewed.*user hasn't approved this consumer/);
    secrets.forEach((secret) => expect(message).not.to.contain(secret.slice(0, 20)));
  });

  it('says that sf lost its own key, which looks like a login without a user', () => {
    const { name, message, actions } = openProblem(
      Object.assign(new Error('Failed to decipher auth data.'), { name: 'AuthDecryptError' }),
      'admin@small.example'
    );
    expect(name).to.equal('LoginNotReadableError');
    expect(message).to.contain('key.json');
    expect(actions).to.have.length(2);
  });

  it('survives a token endpoint whose body breaks off, which would crash the process in jsforce', async () => {
    const { org } = await running(small());
    const broken = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"access_token":');
      setImmediate(() => response.destroy());
    });
    await new Promise<void>((resolve) => void broken.listen(0, '127.0.0.1', resolve));
    const loginUrl = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
    const info = await AuthInfo.create({ username: org.username });
    await info.save({ loginUrl });
    org.expireTokens();
    expect((await errorOf(openOrg({ username: org.username }))).name).to.equal('SessionNotValidError');
    await new Promise((resolve) => broken.close(resolve));
  });
});

describe('reading an org', () => {
  afterEach(stopAll);

  const many = (count: number): ReturnType<typeof small> =>
    small({
      profiles: [{ name: 'Administrator', permissions: ['ApiEnabled', 'ViewSetup', 'CustomizeApplication'] }],
      users: Array.from({ length: count }, (_, index) => ({
        username: `u${index}@small.example`,
        profile: 'Administrator',
      })),
    });

  it('pages to the end', async () => {
    const { reader, org } = await open(many(4100));
    expect(whole(await reader.query(users, named))).to.have.length(4100);
    expect(org.requests.filter(({ path }) => path.includes('query'))).to.have.length(4);
  });

  it('gives opening and reading the time each, and then ends every read', async () => {
    const { org, reader } = await open(small(), { timeouts: { org: 400 } });
    org.fault(/FROM User/, { kind: 'hang' });
    expect(gapIn(await reader.query(users, named)).detail).to.contain('OUT_OF_TIME');
    expect(gapIn(await reader.describe('User')).detail).to.contain('OUT_OF_TIME');
  });

  it('asks an identical read once a run', async () => {
    const { reader, org } = await open(small());
    const before = org.requests.length;
    await Promise.all([reader.query(users, named), reader.query(users, named), reader.viewer(), reader.viewer()]);
    expect(org.requests.length - before).to.equal(3);
  });

  const attributes = { records: [{ Username: 'a' }], totalSize: 1, done: true };
  const bad: ReadonlyArray<{ name: string; fault: Fault; kind: Gap['kind']; status?: 'partial'; says?: RegExp }> = [
    { name: 'HTML with status 200', fault: { kind: 'html' }, kind: 'unreadable' },
    { name: 'a body that is cut off', fault: { kind: 'truncated' }, kind: 'unreadable' },
    { name: 'a list instead of a page', fault: { kind: 'json', body: [] }, kind: 'unreadable' },
    { name: 'null', fault: { kind: 'json', body: null }, kind: 'unreadable' },
    {
      name: 'rows without the column',
      fault: { kind: 'json', body: { ...attributes, records: [{}] } },
      kind: 'unreadable',
    },
    { name: 'no answer', fault: { kind: 'hang' }, kind: 'limit', says: /TIMED_OUT/ },
    { name: 'resets', fault: { kind: 'reset' }, kind: 'error' },
    {
      name: 'an overload that stays',
      fault: { kind: 'error', status: 503, errorCode: 'SERVER_UNAVAILABLE' },
      kind: 'error',
    },
    {
      name: 'a limit that stays',
      fault: { kind: 'error', status: 403, errorCode: 'REQUEST_LIMIT_EXCEEDED' },
      kind: 'limit',
    },
    { name: 'QUERY_TIMEOUT', fault: { kind: 'error', status: 400, errorCode: 'QUERY_TIMEOUT' }, kind: 'limit' },
    {
      name: 'INSUFFICIENT_ACCESS',
      fault: { kind: 'error', status: 403, errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' },
      kind: 'no-access',
    },
    {
      name: 'INVALID_TYPE',
      fault: { kind: 'error', status: 400, errorCode: 'INVALID_TYPE' },
      kind: 'not-supported',
      says: /returns the same error/,
    },
    {
      name: 'fewer rows than the total',
      fault: { kind: 'json', body: { ...attributes, totalSize: 3 } },
      kind: 'limit',
      status: 'partial',
      says: /1 of 3/,
    },
    {
      name: 'done: false without a locator',
      fault: { kind: 'json', body: { ...attributes, done: false } },
      kind: 'limit',
      status: 'partial',
    },
    {
      name: 'a next page on another host',
      fault: {
        kind: 'json',
        body: { ...attributes, done: false, nextRecordsUrl: 'https://elsewhere.example/query/x' },
      },
      kind: 'unreadable',
    },
    {
      name: 'pages without rows for ever',
      fault: {
        kind: 'json',
        body: { totalSize: 3, done: false, records: [], nextRecordsUrl: '/services/data/v67.0/query/01g-1' },
      },
      kind: 'limit',
      status: 'partial',
    },
    {
      name: 'a page that comes after itself',
      fault: {
        kind: 'json',
        body: { ...attributes, totalSize: 10_000, done: false, nextRecordsUrl: '/services/data/v67.0/query/01g-1' },
      },
      kind: 'unreadable',
      status: 'partial',
      says: /lead back/,
    },
  ];
  for (const { name, fault, kind, status = 'unavailable', says = /User/ } of bad) {
    it(`takes ${name} for a gap`, async () => {
      const { org, reader } = await open(small(), { timeouts: { request: 200 } });
      org.fault(/FROM User|query\/01g/, fault);
      const evidence = await reader.query(users, named);
      expect(evidence.status).to.equal(status);
      expect(gapIn(evidence)).to.include({ kind });
      expect(gapIn(evidence).detail)
        .to.match(says)
        .and.match(/^[^\n]+\.$/);
    });
  }

  it('ends every chain of pages: the same page is never asked twice, and a chain that leads back is incomplete', async () => {
    const page = fc.record({ rows: fc.nat(3), next: fc.option(fc.nat(7), { nil: undefined }), done: fc.boolean() });
    const chains = fc.record({ pages: fc.array(page, { minLength: 8, maxLength: 8 }), totalSize: fc.nat(12) });
    await fc.assert(
      fc.asyncProperty(chains, async ({ pages, totalSize }) => {
        const asked: string[] = [];
        const call = (path: string): Promise<unknown> => {
          asked.push(path);
          const { rows, next, done } = pages[Number(/\/01g-(\d)$/.exec(path)?.[1] ?? 0)] ?? { rows: 0, done: true };
          const records = Array.from({ length: rows }, () => ({ Username: 'a' }));
          const nextRecordsUrl = next === undefined ? undefined : `/services/data/v67.0/query/01g-${next}`;
          return Promise.resolve({ totalSize, done, records, nextRecordsUrl });
        };
        const verbs = createVerbs(Object.assign(call, { ahead: () => undefined }), '67.0');
        const evidence = await verbs.query(users, named);
        expect(new Set(asked).size).to.equal(asked.length);
        if (evidence.status === 'complete') expect(evidence.value.length).to.be.at.least(totalSize);
      }),
      { numRuns: 500 }
    );
  });

  it('keeps the pages before one that fails, as a part', async () => {
    const { org, reader } = await open(many(2100));
    org.fault(/query\/01g/, { kind: 'html' });
    const evidence = await reader.query(users, named);
    expect(evidence).to.deep.include({ status: 'partial' });
    expect(evidence.status === 'partial' && evidence.value.length).to.equal(2000);
  });

  it('reads on after two overloads', async () => {
    const { org, reader } = await open(small());
    org.fault(/FROM User/, { kind: 'error', status: 503, errorCode: 'SERVER_UNAVAILABLE' }, { times: 2 });
    expect(whole(await reader.query(users, named))).to.have.length(2);
  });

  it('ends a session that is refused for ever after two renewals, and asks the token endpoint no more', async () => {
    const { org, reader } = await open(small());
    org.fault(/FROM User/, { kind: 'error', status: 401, errorCode: 'INVALID_SESSION_ID' });
    const evidence = await Promise.all(
      ['Id', 'Username', 'Alias', 'Name'].map((name) => reader.query(`SELECT ${name} FROM User`, z.unknown()))
    );
    evidence.forEach((one) => expect(gapIn(one).detail).to.contain('INVALID_SESSION_ID'));
    expect(org.requests.filter(({ path }) => path.includes('token')).length).to.be.at.most(2);
  });

  it('takes a description that is not one for a gap, never for missing fields', async () => {
    const { org, reader } = await open(small());
    for (const body of ['text', {}, { fields: [] }]) {
      org.clearFaults();
      org.fault(/describe/, { kind: 'json', body });
      // eslint-disable-next-line no-await-in-loop
      expect(gapIn(await reader.describe(`Object${JSON.stringify(body).length}`)).kind).to.equal('unreadable');
    }
  });

  describe('metadata', () => {
    const components = Object.fromEntries(
      Array.from({ length: 23 }, (_, index) => [`P${index}`, { profile: `p${index}` }])
    );

    it('reads ten a call; a single component is not a list, and none is nothing', async () => {
      const { org, reader } = await open(
        small({ metadata: { ProfilePasswordPolicy: components, ProfileSessionSetting: { One: {} } } })
      );
      const names = whole(await reader.listMetadata('ProfilePasswordPolicy'));
      expect(names).to.have.length(23);
      const before = org.requests.length;
      expect(whole(await reader.readMetadata('ProfilePasswordPolicy', names))).to.have.length(23);
      expect(org.requests.length - before).to.equal(3);
      expect(whole(await reader.listMetadata('ProfileSessionSetting'))).to.deep.equal(['One']);
      expect(whole(await reader.readMetadata('ProfileSessionSetting', ['One']))).to.have.length(1);
      expect(whole(await reader.listMetadata('CustomSite'))).to.deep.equal([]);
      expect(whole(await reader.readMetadata('CustomSite', []))).to.deep.equal([]);
    });

    for (const element of ['fullName', 'id']) {
      it(`trap: a list of components whose ${element} is no text is no list, and no component is missing from it`, async () => {
        const { org, reader } = await open(small());
        const alter = (body: string): string =>
          body.replace(new RegExp(`<${element}>[^<]*<`, 'g'), `<${element}>&#65533;<`);
        org.fault(/listMetadata/, { kind: 'altered', alter });
        expect(gapIn(await reader.listComponents('Profile')).detail).to.match(/^The list of Profile could not be read/);
      });
    }

    it('names a component that comes as nil', async () => {
      const { reader } = await open(small({ metadata: { ProfilePasswordPolicy: { P0: {} } } }));
      const evidence = await reader.readMetadata('ProfilePasswordPolicy', ['P0', 'Gone <&> "one"']);
      expect(gapIn(evidence).detail).to.contain('Gone <&> "one"');
      expect(evidence.status).to.equal('partial');
    });

    for (const [name, fault, kind] of [
      [
        'a fault',
        { kind: 'soapFault', code: 'sf:INSUFFICIENT_ACCESS', message: 'INSUFFICIENT_ACCESS: no' },
        'no-access',
      ],
      [
        'a fault of a limit',
        { kind: 'soapFault', code: 'sf:EXCEEDED_ID_LIMIT', message: 'EXCEEDED_ID_LIMIT: too many' },
        'limit',
      ],
      ['HTML', { kind: 'html' }, 'unreadable'],
      ['a cut-off answer', { kind: 'truncated' }, 'error'],
      ['JSON', { kind: 'json', body: {} }, 'unreadable'],
    ] as ReadonlyArray<[string, Fault, Gap['kind']]>) {
      it(`takes ${name} for a gap, never for no components`, async () => {
        const { org, reader } = await open(small());
        org.fault(/Metadata/, fault);
        for (const evidence of [
          await reader.listMetadata('CustomSite'),
          await reader.readMetadata('CustomSite', ['A']),
        ]) {
          expect(evidence.status).to.equal('unavailable');
          expect(gapIn(evidence).kind).to.equal(kind);
          expect(gapIn(evidence).detail).not.to.contain('sf:').and.not.to.match(token);
        }
      });
    }

    describe('of a type that carries a secret', () => {
      const type = 'ConnectedApp';
      const secretOrg = small({ metadata: { [type]: { Pay: { label: 'Pay', consumerSecret: canary.token } } } });

      it('gives what was asked for and nothing else, and keeps no answer', async () => {
        const { org, reader } = await open(secretOrg);
        const read = (): Promise<Evidence<unknown>> => reader.readMetadata(type, ['Pay'], ['label']);
        expect([whole(await read()), whole(await read())]).to.deep.equal([
          [{ fullName: 'Pay', label: 'Pay' }],
          [{ fullName: 'Pay', label: 'Pay' }],
        ]);
        expect(org.requests.filter(({ body }) => body.includes('readMetadata'))).to.have.length(2);
      });

      it('repeats no word of a refusal, which may quote what it refuses', async () => {
        const { org, reader } = await open(secretOrg);
        org.fault(/Metadata/, { kind: 'soapFault', code: 'sf:UNKNOWN_EXCEPTION', message: `no: ${canary.token}` });
        expect(gapIn(await reader.readMetadata(type, ['Pay'], ['label'])).detail)
          .to.contain('UNKNOWN_EXCEPTION')
          .and.not.to.contain(canary.token);
      });
    });

    it('renews a session that has expired in between', async () => {
      const { org, reader } = await open(small({ metadata: { CustomSite: { A: {} } } }));
      org.expireTokens();
      expect(whole(await reader.listMetadata('CustomSite'))).to.deep.equal(['A']);
    });
  });

  it('lists what the auditing user may do, of the columns that the org has', async () => {
    const { reader } = await open(small({ hiddenFields: ['UserPermissionAccess.PermissionsViewAllUsers'] }));
    const { held, known } = whole(await reader.viewer());
    expect([...held])
      .to.include('ViewSetup')
      .and.not.to.include('ViewAllUsers');
    expect([...known])
      .to.include('ManageNetworks')
      .and.not.to.include('ViewAllUsers');
  });

  it('knows every permission that a collector requires', () => {
    const required = Object.values(orgCollectors).flatMap(({ requires }) => requires.flat());
    expect(auditPermissions).to.include.members(required);
  });

  for (const [name, make] of Object.entries(SCENARIOS)) {
    it(`only ever reads: all collectors over the ${name} org`, async () => {
      const { org, reader } = await open(make());
      const all = new Set(Object.keys(orgCollectors) as Array<keyof OrgFacts>);
      const evidence = await collect(orgCollectors, all, reader, context({ asOf: new Date(org.scenario.now) }));
      org.assertReadOnly();
      expect(org.maxInFlight).to.be.at.most(10);
      expect(JSON.stringify(evidence)).not.to.match(token);
      expect(
        org.requests.every(({ soql }) => !/ConsumerSecret|AccessToken|RequestToken|DeleteToken/.test(soql ?? ''))
      ).to.equal(true);
    });
  }
});

describe('clean', () => {
  const secrets: ReadonlyArray<[string, string]> = [
    ['a session id', 'bad 00D000000000001!AQ.abc_DEF'],
    ['an encoded session id', 'sid=00D000000000001EAA%21AQ.abc_DEF'],
    ['a bearer header', 'Authorization: Bearer abc_DEF'],
    ['a JWT', 'got eyJabc_DEF.eyJabc_DEF.abc_DEF'],
    ['a refresh token', 'token 5Aepabc_DEF.x'],
    ['a SOAP header', '<sessionId>abc_DEF</sessionId>'],
    ['a form field', 'a=1&client_secret=abc_DEF&b=2'],
    ['a JSON field', '{"access_token":"abc_DEF"}'],
  ];
  for (const [name, text] of secrets) {
    it(`masks ${name}`, () => expect(clean(text)).not.to.contain('abc_DEF'));
  }

  it('makes one short line', () => {
    expect(clean(`a\n  b\t<b>c</b> ${'x'.repeat(500)}`))
      .to.match(/^a b c x+…$/)
      .and.to.have.length(300);
    expect(clean('<!DOCTYPE html><html><body>Down</body></html>')).to.equal('a page instead of data');
  });
});
