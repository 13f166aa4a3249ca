/* eslint-disable camelcase -- the names of the OAuth protocol */
import { readFileSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { AUDIT_PERMISSIONS } from '../../simulator/index.js';
import type { Scenario } from '../../simulator/index.js';
import { folder, refusal, run, small, stopAll, without } from './support.js';
import type { Running } from './support.js';

describe('simulated org: login, describe, composite, SOAP and the log', () => {
  let running: Running;
  beforeEach(async () => {
    running = await run(
      small({
        metadata: {
          ConnectedApp: { Sync: { label: 'A & B', oauthConfig: { isAdminApproved: true, scopes: ['Api', 'Web'] } } },
        },
      })
    );
  });
  afterEach(stopAll);

  const post = (path: string, body: string, type = 'application/json'): Promise<Response> =>
    fetch(running.org.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(running.connection.accessToken)}`, 'content-type': type },
      body,
    });

  it('writes the key for its owner only', () => {
    const path = running.org.writeKey(folder);
    // eslint-disable-next-line no-bitwise
    expect(statSync(path).mode & 0o777).to.equal(process.platform === 'win32' ? 0o666 : 0o600);
    expect(readFileSync(path, 'utf8')).to.match(/^-----BEGIN PRIVATE KEY-----/);
  });

  it('gives tokens that name the org, and refuses a wrong assertion', async () => {
    expect(running.connection.accessToken).to.match(/^00D\w{12}!/);
    const grant = 'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=';
    const form = 'application/x-www-form-urlencoded';
    const answer = await post('/services/oauth2/token', `${grant}e30.e30.e30`, form);
    expect(answer.status).to.equal(400);
    expect(await answer.json()).to.have.property('error', 'invalid_grant');
  });

  it('takes the refresh token', async () => {
    const { clientId, refreshToken } = running.org;
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: refreshToken,
    }).toString();
    const answer = await post('/services/oauth2/token', body, 'application/x-www-form-urlencoded');
    expect(await answer.json()).to.have.property('token_type', 'Bearer');
  });

  it('answers 401 after its tokens expired, until core has fetched a new one', async () => {
    running.org.expireTokens();
    await running.connection.query('SELECT Id FROM User');
    const statuses = running.org.requests.slice(-4).map((request) => `${request.status} ${request.path}`);
    expect(statuses[0]).to.equal('401 /services/data/v67.0/query');
    expect(statuses.at(-1)).to.equal('200 /services/data/v67.0/query');
  });

  it('tells who the user is', async () => {
    const identity = await running.connection.request<{ preferred_username: string }>('/services/oauth2/userinfo');
    expect(identity.preferred_username).to.equal('admin@small.example');
    const row = await running.connection.sobject('User').retrieve(running.org.scenario.auditor.userId);
    expect(row).to.include({ Username: 'admin@small.example' });
  });

  it('describes objects on both endpoints', async () => {
    const standard = await running.connection.describe('User');
    expect(standard.fields.find((field) => field.name === 'ProfileId')).to.deep.include({
      type: 'reference',
      relationshipName: 'Profile',
      referenceTo: ['Profile'],
    });
    expect(standard.childRelationships.map((child) => child.relationshipName)).to.include('PermissionSetAssignments');
    const history = await running.connection.describe('LoginHistory');
    expect(history.fields.find((field) => field.name === 'Status')).to.include({ filterable: false });
    const tooling = await running.connection.tooling.describe('Profile');
    expect(tooling.fields.map((field) => field.name)).to.include('Metadata');
  });

  it('refuses what it does not have', async () => {
    for (const path of [
      '/services/data/v99.0/query?q=x',
      '/services/data/v67.0/nonsense',
      '/services/data/v67.0/sobjects/Nonsense/describe',
    ]) {
      // eslint-disable-next-line no-await-in-loop
      expect(await refusal(Promise.resolve(running.connection.request(path))), path).to.match(/^NOT_FOUND/);
    }
  });

  it('answers a batch of GETs, each part on its own', async () => {
    const answer = await post(
      '/services/data/v67.0/composite/batch',
      JSON.stringify({
        batchRequests: [
          { method: 'GET', url: 'v67.0/query?q=SELECT+COUNT()+FROM+User' },
          { method: 'GET', url: 'v67.0/query?q=SELECT+Id+FROM+Nonsense' },
          { method: 'GET', url: 'v67.0/tooling/query?q=SELECT+Id+FROM+Profile' },
        ],
      })
    );
    const body = (await answer.json()) as {
      hasErrors: boolean;
      results: Array<{ statusCode: number; result: unknown }>;
    };
    expect(body.hasErrors).to.equal(true);
    expect(body.results.map((result) => result.statusCode)).to.deep.equal([200, 400, 400]);
    expect(body.results[0]?.result).to.include({ totalSize: 3 });
    running.org.assertReadOnly();
  });

  it('answers a composite, with at most 25 parts and 5 queries', async () => {
    const parts = (count: number, url: string): string =>
      JSON.stringify({
        compositeRequest: Array.from({ length: count }, (_, index) => ({
          method: 'GET',
          url,
          referenceId: `r${index}`,
        })),
      });
    const query = '/services/data/v67.0/query?q=SELECT+Id+FROM+User';
    const five = (await (await post('/services/data/v67.0/composite', parts(5, query))).json()) as {
      compositeResponse: Array<{ httpStatusCode: number; referenceId: string }>;
    };
    expect(five.compositeResponse.map((part) => [part.httpStatusCode, part.referenceId]).at(-1)).to.deep.equal([
      200,
      'r4',
    ]);
    expect((await post('/services/data/v67.0/composite', parts(6, query))).status).to.equal(400);
    expect((await post('/services/data/v67.0/composite', parts(26, '/services/data/v67.0/limits'))).status).to.equal(
      400
    );
    expect((await post('/services/data/v67.0/composite', parts(25, '/services/data/v67.0/limits'))).status).to.equal(
      200
    );
  });

  it('logs what each request was, and tells writes from reads', async () => {
    running.org.latency = 10;
    await Promise.all([
      running.connection.query('SELECT Id FROM User'),
      running.connection.query('SELECT Id FROM Profile'),
    ]);
    expect(running.org.requests.at(-1)).to.include({
      method: 'GET',
      path: '/services/data/v67.0/query',
      status: 200,
      isRead: true,
    });
    expect(running.org.maxInFlight).to.equal(2);
    running.org.assertReadOnly();
    const batch = JSON.stringify({
      batchRequests: [
        { method: 'GET', url: 'v67.0/limits' },
        { method: 'DELETE', url: 'v67.0/sobjects/User/005000000000001' },
      ],
    });
    await post('/services/data/v67.0/composite/batch', batch);
    await post('/services/data/v67.0/sobjects/User', '{}');
    expect(running.org.requests.slice(-2).map((request) => [request.isRead, request.status])).to.deep.equal([
      [false, 200],
      [false, 405],
    ]);
    expect(() => running.org.assertReadOnly()).to.throw('POST /services/data/v67.0/sobjects/User');
  });

  it('reads and lists metadata, all values as text', async () => {
    const { metadata } = running.connection;
    const read = await metadata.read('ConnectedApp', ['Sync', 'Missing']);
    expect(read[0]).to.have.property('label', 'A & B');
    expect(read[0]).to.have.nested.property('oauthConfig.scopes').that.deep.equals(['Api', 'Web']);
    expect(read[1]).to.not.have.property('fullName');
    expect((await metadata.list({ type: 'Profile' })).map((component) => component.fullName)).to.deep.equal([
      'Administrator',
      'Staff',
    ]);
    expect((await metadata.describe()).metadataObjects.map((object) => object.xmlName)).to.include('ConnectedApp');
    running.org.assertReadOnly();
    expect(running.org.requests.slice(-3).map((request) => request.soapAction)).to.deep.equal([
      'readMetadata',
      'listMetadata',
      'describeMetadata',
    ]);
  });

  it('reads ten components a call', async () => {
    const names = Array.from({ length: 11 }, (_, index) => `P${index}`);
    expect(await refusal(running.connection.metadata.read('Profile', names))).to.match(/^sf:EXCEEDED_ID_LIMIT/);
  });

  it('says how a component belongs to a package', async () => {
    const { connection } = await run(
      small({
        metadata: { ConnectedApp: { In: {}, Out: {} } },
        manageableStates: { ConnectedApp: { In: 'released' } },
      })
    );
    expect(
      (await connection.metadata.list({ type: 'ConnectedApp' })).map(({ manageableState }) => manageableState)
    ).to.deep.equal(['released', 'unmanaged']);
  });

  it('shows global OAuth settings with the keys of the version, where the org and a permission allow it', async () => {
    const settings = { consumerSecret: 'S', isEnforceRefreshTokenTTL: true, isDeviceFlowEnabled: true };
    const input = (apiVersion: number, shown = true, permissions = ['ViewClientSecret']): Scenario =>
      small({
        apiVersion,
        auditor: { permissions: [...AUDIT_PERMISSIONS, ...permissions] },
        settings: { ExternalClientAppSettings: { enableConsumerSecretApiAccess: shown } },
        metadata: { ExtlClntAppGlobalOauthSettings: { A: settings } },
      });
    const keys = async (org: Scenario): Promise<string[]> => {
      const { connection } = await run(org);
      const read = await connection.metadata.read('ExtlClntAppGlobalOauthSettings' as never, ['A']);
      return Object.keys(read[0] ?? {}).filter((key) => key in settings);
    };
    expect(await keys(input(67))).to.deep.equal(Object.keys(settings));
    expect(await keys(input(66))).to.deep.equal(['consumerSecret', 'isDeviceFlowEnabled']);
    for (const refused of [input(67, false), input(67, true, [])]) {
      // eslint-disable-next-line no-await-in-loop -- one org at a time
      const { connection: other } = await run(refused);
      // eslint-disable-next-line no-await-in-loop
      const said = await refusal(other.metadata.list({ type: 'ExtlClntAppGlobalOauthSettings' }));
      expect(said).to.match(/^sf:INSUFFICIENT_ACCESS/);
    }
    const { connection } = await run(input(58));
    expect(await refusal(connection.metadata.list({ type: 'ExtlClntAppGlobalOauthSettings' }))).to.match(
      /^sf:INVALID_TYPE/
    );
  });

  it('refuses the Metadata API without its permissions', async () => {
    const { connection } = await run(without(['ModifyMetadata', 'ModifyAllData']));
    expect(await refusal(connection.metadata.list({ type: 'Profile' }))).to.match(/^sf:INSUFFICIENT_ACCESS/);
  });

  it('answers an expired session on SOAP with a fault and status 500', async () => {
    running.org.expireTokens();
    await running.connection.metadata.list({ type: 'Profile' });
    const soap = running.org.requests.filter((request) => request.soapAction !== undefined);
    expect(soap.map((request) => request.status)).to.deep.equal([500, 200]);
  });
});
