import { expect } from 'chai';
import { records, refusal, run, small, stopAll } from './support.js';
import type { Running } from './support.js';

describe('simulated org: SOQL', () => {
  let running: Running;
  let names: (where: string) => Promise<unknown[]>;
  let refused: (soql: string) => Promise<string>;

  before(async () => {
    running = await run(
      small({
        tables: (ids) => ({
          LoginHistory: [
            {
              UserId: ids.user('bob@small.example'),
              LoginType: 'Application',
              LoginTime: '2026-06-15T08:00:00Z',
              Status: 'Success',
            },
            { UserId: ids.user('bob@small.example'), LoginType: 'application', LoginTime: '2026-06-14T08:00:00Z' },
            { UserId: ids.user('cid@small.example'), LoginType: 'Remote', LoginTime: '2026-05-01T08:00:00Z' },
          ],
        }),
      })
    );
    names = async (where) =>
      (await records(running.connection, `SELECT Name FROM User WHERE ${where} ORDER BY Name`)).map(
        (row) => row['Name']
      );
    refused = (soql) => refusal(Promise.resolve(running.connection.query(soql)));
  });
  after(stopAll);

  it('combines AND, OR, NOT and parentheses', async () => {
    expect(await names("IsActive = true AND (Name LIKE 'b%' OR NOT Name LIKE '%a%')")).to.deep.equal(['Bob Baker']);
    expect(await names("NOT (IsActive = false OR Name = 'ann admin')")).to.deep.equal(['Bob Baker']);
    expect(await names("(NOT Name = 'Bob Baker') AND IsActive = true")).to.deep.equal(['Ann Admin']);
  });

  it('wants parentheses where AND meets OR', async () => {
    expect(await refused("SELECT Id FROM User WHERE IsActive = true AND Name = 'a' OR Name = 'b'")).to.match(
      /^MALFORMED_QUERY/
    );
  });

  it('compares text without case, Ids with it, and takes both Id forms', async () => {
    const [bob] = await records(running.connection, "SELECT Id FROM User WHERE Username = 'BOB@small.example'");
    const id = String(bob?.['Id']);
    expect(await names(`Id = '${id}'`)).to.deep.equal(['Bob Baker']);
    expect(await names(`Id IN ('${id.slice(0, 15)}')`)).to.deep.equal(['Bob Baker']);
    expect(await names(`Id = '${id.slice(0, 15)}' AND IsActive = false`)).to.deep.equal([]);
  });

  it('treats null as Salesforce does', async () => {
    expect(await names('Phone = null')).to.have.length(3);
    expect(await names("Phone != 'x'")).to.have.length(3);
    expect(await names('LastLoginDate < TODAY')).to.deep.equal([]);
    expect(await names("Title IN ('x', null)")).to.have.length(3);
  });

  it('follows several levels and answers null for a missing parent', async () => {
    const [row] = await records(
      running.connection,
      "SELECT User.Profile.UserLicense.Name, Manager.Profile.Name, Id FROM User WHERE Profile.UserLicense.Name = 'Salesforce' LIMIT 1"
    );
    expect(row).to.have.nested.property('Profile.UserLicense.Name', 'Salesforce');
    expect(row).to.include({ Manager: null });
    expect(row).to.have.nested.property('attributes.url', `/services/data/v67.0/sobjects/User/${String(row?.['Id'])}`);
  });

  it('aggregates', async () => {
    const found = await records(
      running.connection,
      'SELECT Profile.Name who, COUNT(Id), COUNT_DISTINCT(IsActive) states, MAX(Username) FROM User GROUP BY Profile.Name ORDER BY COUNT(Id) DESC'
    );
    expect(found.map(({ attributes, ...rest }) => [rest, attributes !== undefined])).to.deep.equal([
      [{ who: 'Staff', expr0: 2, states: 2, expr1: 'cid@small.example' }, true],
      [{ who: 'Administrator', expr0: 1, states: 1, expr1: 'admin@small.example' }, true],
    ]);
    const days = await records(
      running.connection,
      'SELECT DAY_ONLY(LoginTime) d, COUNT(Id) n FROM LoginHistory GROUP BY DAY_ONLY(LoginTime) ORDER BY DAY_ONLY(LoginTime)'
    );
    expect(days.map((day) => day['d'])).to.deep.equal(['2026-05-01', '2026-06-14', '2026-06-15']);
  });

  it('counts as Salesforce counts', async () => {
    expect(await running.connection.query('SELECT COUNT() FROM User WHERE IsActive = true')).to.deep.include({
      totalSize: 2,
      records: [],
    });
    expect((await records(running.connection, 'SELECT COUNT(ManagerId) FROM User'))[0]).to.include({ expr0: 0 });
  });

  it('joins by Id within the documented limits', async () => {
    const holders = "SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Profile.Name = 'Staff'";
    expect(await names(`Id IN (${holders})`)).to.deep.equal(['Bob Baker', 'Cid Cook']);
    expect(await names(`Id NOT IN (${holders}) AND (IsActive = true OR Name = null)`)).to.deep.equal(['Ann Admin']);
    for (const where of [
      `Id IN (${holders}) OR IsActive = true`,
      `NOT Id IN (${holders})`,
      'Id IN (SELECT ManagerId FROM User)',
      'Id IN (SELECT Assignee.Id FROM PermissionSetAssignment)',
      'Id IN (SELECT ProfileId FROM PermissionSet)',
      'Name IN (SELECT AssigneeId FROM PermissionSetAssignment)',
      'Id IN (SELECT UserId FROM TwoFactorMethodsInfo)',
      `Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId IN (SELECT Id FROM PermissionSet))`,
    ]) {
      // eslint-disable-next-line no-await-in-loop
      expect(await refused(`SELECT Id FROM User WHERE ${where}`), where).to.match(/^MALFORMED_QUERY/);
    }
  });

  it('offsets and limits', async () => {
    expect(
      await records(running.connection, 'SELECT Name FROM User ORDER BY Name LIMIT 1 OFFSET 1')
    ).to.have.nested.property('[0].Name', 'Bob Baker');
    expect(await refused('SELECT Id FROM User LIMIT 1 OFFSET 2001')).to.match(/^NUMBER_OUTSIDE_VALID_RANGE/);
  });

  it('checks the type of a literal', async () => {
    expect(await refused("SELECT Id FROM User WHERE IsActive = 'true'")).to.match(
      /^INVALID_FIELD: value of filter criterion/
    );
    expect(await refused("SELECT Id FROM User WHERE CreatedDate > '2020-01-01'")).to.match(/^INVALID_FIELD/);
    expect(await refused('SELECT Id FROM User WHERE CreatedDate > 2020-01-01')).to.match(/^INVALID_FIELD/);
    expect(await refused("SELECT Id FROM User WHERE Id = 'nonsense'")).to.match(/^INVALID_QUERY_FILTER_OPERATOR/);
  });

  it('wants a LIMIT for FIELDS(ALL)', async () => {
    expect(await refused('SELECT FIELDS(ALL) FROM UserLogin')).to.match(/^MALFORMED_QUERY/);
    const [row] = await records(running.connection, 'SELECT FIELDS(ALL) FROM UserLogin LIMIT 200');
    expect(row).to.include({ IsFrozen: false, IsPasswordLocked: false });
  });

  it('names the columns that sf data query asks for', async () => {
    const url = `/query?columns=true&q=${encodeURIComponent('SELECT Id, Profile.Name, (SELECT IsActive FROM PermissionSetAssignments) FROM User')}`;
    const answer = await running.connection.request<{ columnMetadata: Array<{ columnName: string }> }>(url);
    expect(answer.columnMetadata.map((column) => column.columnName)).to.deep.equal([
      'Id',
      'Profile',
      'PermissionSetAssignments',
    ]);
  });
});
