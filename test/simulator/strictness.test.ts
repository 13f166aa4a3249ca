import { expect } from 'chai';
import type { Row } from '../../simulator/index.js';
import { records, refusal, run, small, stopAll } from './support.js';
import type { Running } from './support.js';

const many = (count: number, row: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => row(index));

describe('simulated org: strictness and caps', () => {
  let running: Running;
  let refused: (soql: string) => Promise<string>;
  let refusedTooling: (soql: string) => Promise<string>;

  before(async () => {
    running = await run(
      small({
        settings: { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: true } } },
        tables: (ids) => ({
          LoginHistory: many(2600, (index) => ({
            UserId: ids.user('bob@small.example'),
            SourceIp: `198.51.100.${index}`,
            LoginTime: '2026-06-01T00:00:00Z',
          })),
          OauthToken: many(2600, (index) => ({
            Id: null,
            AppName: `App ${index}`,
            UserId: ids.user(index < 100 ? 'cid@small.example' : 'bob@small.example'),
          })),
          TwoFactorMethodsInfo: many(2501, () => ({ UserId: ids.user('bob@small.example') })),
          SetupAuditTrail: [{ Action: 'changedpassword' }],
        }),
      })
    );
    refused = (soql) => refusal(Promise.resolve(running.connection.query(soql)));
    refusedTooling = (soql) => refusal(Promise.resolve(running.connection.tooling.query(soql)));
  });
  after(stopAll);

  it('refuses unknown objects, fields, relationships and broken text', async () => {
    expect(await refused('SELECT Id FROM Nonsense')).to.match(
      /^INVALID_TYPE: sObject type 'Nonsense' is not supported/
    );
    expect(await refused('SELECT Nonsense FROM User')).to.match(
      /^INVALID_FIELD: No such column 'Nonsense' on entity 'User'/
    );
    expect(await refused('SELECT Id FROM User WHERE Nonsense = 1')).to.match(
      /^INVALID_FIELD: No such column 'Nonsense'/
    );
    expect(await refused('SELECT Nonsense.Name FROM User')).to.match(/^INVALID_FIELD: Didn't understand relationship/);
    expect(await refused('SELECT Id, (SELECT Id FROM Nonsenses) FROM User')).to.match(
      /^INVALID_FIELD: Didn't understand/
    );
    expect(await refused('SELECT Id FROM User WHERE')).to.match(/^MALFORMED_QUERY/);
    expect(await refused('SELEKT Id FROM User')).to.match(/^MALFORMED_QUERY/);
  });

  it('keeps the objects of the two endpoints apart', async () => {
    expect(await refused('SELECT Id FROM InstalledSubscriberPackage')).to.match(/^INVALID_TYPE/);
    expect(await refusedTooling('SELECT Id FROM OauthToken')).to.match(/^INVALID_TYPE/);
    expect(await refused('SELECT Metadata FROM Profile')).to.match(/^INVALID_FIELD: No such column 'Metadata'/);
    expect(await refused('SELECT Id FROM ProfileLoginIpRange')).to.match(/^INVALID_TYPE/);
  });

  for (const field of ['Status', 'Application', 'ApiType', 'Browser', 'Platform']) {
    it(`does not filter LoginHistory by ${field}`, async () => {
      expect(await refused(`SELECT Id FROM LoginHistory WHERE ${field} = 'x'`)).to.match(
        /^INVALID_FIELD: field '\w+' can not be filtered in a query call/
      );
      expect(
        await records(running.connection, `SELECT ${field}, COUNT(Id) FROM LoginHistory GROUP BY ${field}`)
      ).to.have.length(1);
    });
  }

  it('knows no LIKE on a source address', async () => {
    const soql = "SELECT Id FROM LoginHistory WHERE SourceIp LIKE '198.%'";
    expect(await refused(soql)).to.match(/^INVALID_QUERY_FILTER_OPERATOR/);
  });

  it('does not filter or aggregate the audit trail', async () => {
    expect(await refused("SELECT Id FROM SetupAuditTrail WHERE Display = 'x'")).to.match(/^INVALID_FIELD/);
    expect(await refused("SELECT Id FROM SetupAuditTrail WHERE Section = 'x'")).to.match(/^INVALID_FIELD/);
    expect(await refused('SELECT COUNT(Id) FROM SetupAuditTrail')).to.match(/^MALFORMED_QUERY/);
    expect(await refused('SELECT Action, COUNT(Id) FROM SetupAuditTrail GROUP BY Action')).to.match(/^MALFORMED_QUERY/);
    const answer = await running.connection.query(
      "SELECT COUNT() FROM SetupAuditTrail WHERE Action = 'changedpassword'"
    );
    expect(answer.totalSize).to.equal(1);
  });

  it('gives Metadata for one row only, and never filters by it', async () => {
    expect(await refusedTooling('SELECT Metadata FROM Profile')).to.match(
      /^MALFORMED_QUERY: When retrieving results with Metadata/
    );
    expect(await refusedTooling("SELECT Id FROM Profile WHERE FullName = 'Admin'")).to.match(/^INVALID_FIELD/);
    const one = await running.connection.tooling.query("SELECT Id, Metadata FROM Profile WHERE Name = 'Staff'");
    expect(one.records[0]).to.have.nested.property('Metadata.loginIpRanges').that.deep.equals([]);
    const settings = await running.connection.tooling.query('SELECT Metadata FROM SecuritySettings');
    expect(settings.records[0]).to.have.nested.property('Metadata.sessionSettings.enableMFADirectUILoginOptIn', true);
    expect(await refusedTooling('SELECT IsCoepHeaderEnabled FROM SecuritySettings')).to.match(/^INVALID_FIELD/);
  });

  it('wants an Id for package versions', async () => {
    expect(await refusedTooling('SELECT Id FROM SubscriberPackageVersion')).to.match(/^MALFORMED_QUERY/);
    expect(await refusedTooling("SELECT Id FROM SubscriberPackage WHERE Name = 'x'")).to.match(/^MALFORMED_QUERY/);
    const { records: installed } = await running.connection.tooling.query(
      'SELECT SubscriberPackageVersionId, SubscriberPackage.NamespacePrefix FROM InstalledSubscriberPackage'
    );
    expect(
      installed.map((row) => (row['SubscriberPackage'] as { NamespacePrefix: string }).NamespacePrefix)
    ).to.deep.equal(['sf_com_apps', 'sf_chttr_apps', 'devedapp']);
    const id = String(installed[0]?.['SubscriberPackageVersionId']);
    const version = await running.connection.tooling.query(
      `SELECT Name, IsManaged FROM SubscriberPackageVersion WHERE Id = '${id}'`
    );
    expect(version.records[0]).to.include({ IsManaged: true });
  });

  it('refuses more than 2,000 groups', async () => {
    expect(await refused('SELECT SourceIp, COUNT(Id) FROM LoginHistory GROUP BY SourceIp')).to.match(
      /^EXCEEDED_ID_LIMIT: Aggregate query does not support queryMore/
    );
    expect(
      await records(running.connection, 'SELECT SourceIp, COUNT(Id) FROM LoginHistory GROUP BY SourceIp LIMIT 2000')
    ).to.have.length(2000);
  });

  it('pages by 2,000', async () => {
    const first = await running.connection.query('SELECT Id FROM LoginHistory');
    expect(first).to.include({ totalSize: 2600, done: false });
    expect(first.records).to.have.length(2000);
    expect(first.nextRecordsUrl).to.match(/\/services\/data\/v67\.0\/query\/01g\w{12}-2000$/);
    const second = await running.connection.queryMore(first.nextRecordsUrl ?? '');
    expect(second).to.include({ done: true });
    expect(second.records).to.have.length(600);
    expect(
      await refusal(Promise.resolve(running.connection.queryMore('/services/data/v67.0/query/01gxx0000000000-2000')))
    ).to.match(/^INVALID_QUERY_LOCATOR/);
  });

  it('stops OauthToken at 2,500 rows of 2,600 without a word, while COUNT() tells', async () => {
    const first = await running.connection.query('SELECT AppName FROM OauthToken');
    expect(first.records).to.have.length(500);
    const all = await running.connection.query('SELECT AppName FROM OauthToken', { autoFetch: true, maxFetch: 10_000 });
    expect(all.records).to.have.length(2500);
    expect(all.done).to.equal(true);
    expect((await running.connection.query('SELECT COUNT() FROM OauthToken')).totalSize).to.equal(2600);
    expect(await refused('SELECT AppName, COUNT(Id) FROM OauthToken GROUP BY AppName')).to.match(/^MALFORMED_QUERY/);
    const part = await running.connection.query(
      "SELECT AppName FROM OauthToken WHERE User.Username = 'cid@small.example'"
    );
    expect(part).to.include({ totalSize: 100, done: true });
  });

  it('caps TwoFactorMethodsInfo likewise', async () => {
    const all = await running.connection.query('SELECT UserId FROM TwoFactorMethodsInfo', {
      autoFetch: true,
      maxFetch: 10_000,
    });
    expect(all.records).to.have.length(2500);
    expect((await running.connection.query('SELECT COUNT() FROM TwoFactorMethodsInfo')).totalSize).to.equal(2501);
  });

  it('can leave a capped answer open, without a locator', async () => {
    const open = await run(
      small({
        name: 'open',
        features: { cappedAnswer: 'no-locator' },
        tables: (ids) => ({ OauthToken: many(2501, () => ({ Id: null, UserId: ids.user('bob@small.example') })) }),
      })
    );
    let page = await open.connection.query('SELECT AppName FROM OauthToken');
    while (page.nextRecordsUrl !== undefined) {
      // eslint-disable-next-line no-await-in-loop
      page = await open.connection.queryMore(page.nextRecordsUrl);
    }
    expect(page.done).to.equal(false);
  });
});
