import { expect } from 'chai';
import { records, run, small, stopAll } from './support.js';
import type { Running } from './support.js';

// Queries as they stand in Salesforce's documentation. Record Ids in them are those of the documentation.
describe('simulated org: queries of the documentation', () => {
  let running: Running;
  let query: (soql: string) => Promise<Array<Record<string, unknown>>>;

  before(async () => {
    running = await run(
      small({
        profiles: [
          { name: 'Administrator', permissions: ['ApiEnabled', 'ViewSetup', 'ManageUsers', 'ModifyAllData'] },
          { name: 'Staff' },
        ],
        permissionSets: [{ name: 'Power', permissions: ['ModifyAllData'] }],
        users: [
          { username: 'admin@small.example', name: 'Ann Admin', profile: 'Administrator' },
          {
            username: 'bob@small.example',
            name: 'Bob Baker',
            profile: 'Staff',
            permissionSets: ['Power'],
            frozen: true,
          },
        ],
        tables: (ids) => {
          const [acme, globex, initech] = [ids.next('Account'), ids.next('Account'), ids.next('Account')];
          return {
            Account: [
              {
                Id: acme,
                Name: 'Acme',
                Industry: 'Media',
                BillingState: 'California',
                CreatedDate: '2026-06-01T00:00:00Z',
              },
              { Id: globex, Name: 'Globex', BillingState: 'New York', CreatedDate: '2025-01-01T00:00:00Z' },
              { Id: initech, Name: 'Initech', BillingState: 'Texas', CreatedDate: '2026-03-16T00:00:00Z' },
            ],
            Contact: [
              { FirstName: 'Ada', LastName: 'Apple', AccountId: acme },
              { FirstName: 'Lone', LastName: 'Ranger' },
            ],
            Opportunity: [
              { Name: 'Won', AccountId: globex, IsClosed: true, StageName: 'Closed Lost' },
              { Name: 'Open', AccountId: initech, IsClosed: false },
            ],
            LoginHistory: [
              { UserId: ids.user('bob@small.example'), LoginTime: '2010-09-21T10:00:00.000Z' },
              { UserId: ids.user('bob@small.example'), LoginTime: '2010-09-21T11:00:00.000Z' },
              { UserId: ids.user('admin@small.example'), LoginTime: '2010-09-22T10:00:00.000Z' },
              { UserId: ids.user('admin@small.example'), LoginTime: '2010-09-19T10:00:00.000Z' },
            ],
            SetupAuditTrail: [{ Action: 'PermSetCreate' }, { Action: 'suOrgAdminLogin' }],
            SetupEntityAccess: [
              {
                ParentId: ids.permissionSet('Power'),
                SetupEntityId: '01pHs0000000001IAA',
                SetupEntityType: 'ApexClass',
              },
              {
                ParentId: ids.permissionSet('Power'),
                SetupEntityId: '066Hs0000000001IAA',
                SetupEntityType: 'ApexPage',
              },
            ],
          };
        },
      })
    );
    query = (soql) => records(running.connection, soql);
  });
  after(stopAll);

  // Object Reference, PermissionSet, Usage.
  it('finds all permission sets that contain a permission', async () => {
    const found = await query(
      'SELECT Name, PermissionsModifyAllData FROM PermissionSet WHERE PermissionsModifyAllData=true'
    );
    expect(found).to.have.length(2);
    expect(found.map((row) => row['Name'])).to.include('Power');
  });

  // Object Reference, PermissionSet, Usage.
  it('reads the assignees of those permission sets with a child sub-select', async () => {
    const found = await query(
      'SELECT Name, (SELECT AssigneeId FROM Assignments)\nFROM PermissionSet\nWHERE PermissionsModifyAllData=true'
    );
    expect(found).to.have.length(2);
    for (const row of found) {
      expect(row).to.have.nested.property('Assignments.totalSize', 1);
      expect(row)
        .to.have.nested.property('Assignments.records[0].AssigneeId')
        .that.matches(/^005.{15}$/);
    }
  });

  // Object Reference, PermissionSet, User Licenses.
  it('follows a relationship to a parent', async () => {
    const [first] = await query('SELECT Id, Profile.UserLicenseId\nFROM User');
    expect(first)
      .to.have.nested.property('Profile.UserLicenseId')
      .that.matches(/^100.{15}$/);
  });

  // Object Reference, PermissionSetAssignment, Usage.
  it('compares a column of a parent with null', async () => {
    const found = await query(
      'SELECT Id, Assignee.Name, PermissionSet.Name\nFROM PermissionSetAssignment\nWHERE PermissionSet.LicenseId = null'
    );
    expect(found.map((row) => (row['Assignee'] as { Name: string }).Name).sort()).to.deep.equal([
      'Ann Admin',
      'Bob Baker',
      'Bob Baker',
    ]);
  });

  // Object Reference, PermissionSetAssignment, Usage; the Id belongs to no org but its own.
  it('finds nothing for an Id of 15 characters that is not there', async () => {
    expect(
      await query("SELECT Id, PermissionSetId\nFROM PermissionSetAssignment\nWHERE AssigneeId = '005600000017cKt'")
    ).to.have.length(0);
  });

  // Object Reference, SetupEntityAccess, Usage.
  it('filters on a picklist', async () => {
    const found = await query(
      "SELECT Id, ParentId, Parent.Name, SetupEntityId\nFROM SetupEntityAccess\nWHERE SetupEntityType='ApexClass'"
    );
    expect(found).to.have.length(1);
    expect(found[0]).to.have.nested.property('Parent.Name', 'Power');
  });

  // Object Reference, SetupEntityAccess, Usage.
  it('answers a semi-join', async () => {
    const found = await query(
      'SELECT Id, ParentId, Parent.Name, SetupEntityId\nFROM SetupEntityAccess\nWHERE ParentId\nIN (SELECT Id\n   FROM PermissionSet\n   WHERE isOwnedByProfile = false)'
    );
    expect(found).to.have.length(2);
  });

  // Object Reference, UserLogin, Usage.
  it('finds frozen users', async () => {
    expect(await query('SELECT Id, UserId\nFROM UserLogin\nWHERE IsFrozen = true')).to.have.length(1);
  });

  // Object Reference, LoginHistory, Usage.
  it('compares with a date-time', async () => {
    const found = await query('SELECT UserId, LoginTime from LoginHistory WHERE LoginTime > 2010-09-20T22:16:30.000Z');
    expect(found).to.have.length(3);
    expect(found[0]).to.have.property('LoginTime', '2010-09-21T10:00:00.000+0000');
  });

  // SOQL Reference, SOQL SELECT Examples.
  it('counts logins per user in a time range', async () => {
    const found = await query(
      'SELECT UserId, COUNT(Id) from LoginHistory WHERE LoginTime > 2010-09-20T22:16:30.000Z AND LoginTime < 2010-09-21T22:16:30.000Z GROUP BY UserId'
    );
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ expr0: 2 });
    expect(found[0]).to.have.nested.property('attributes.type', 'AggregateResult');
  });

  // Object Reference, SetupAuditTrail: "SELECT count() … works but SELECT count(Id) … fails".
  it('counts the audit trail, without records', async () => {
    const answer = await running.connection.query('SELECT count() FROM SetupAuditTrail');
    expect(answer).to.deep.include({ totalSize: 2, done: true, records: [] });
  });

  // SOQL Reference, Comparison Operators, "ID Field Semi-Join" and "ID Field Anti-Join".
  it('answers semi- and anti-joins on the example objects', async () => {
    const lost = await query(
      "SELECT Id, Name FROM Account WHERE Id IN ( SELECT AccountId FROM Opportunity WHERE StageName = 'Closed Lost' )"
    );
    expect(lost.map((row) => row['Name'])).to.deep.equal(['Globex']);
    const quiet = await query(
      'SELECT Id FROM Account WHERE Id NOT IN ( SELECT AccountId FROM Opportunity WHERE IsClosed = false )'
    );
    expect(quiet).to.have.length(2);
  });

  // SOQL Reference, Date Formats and Date Literals in WHERE. The org's clock stands at 15 June 2026.
  it('reads date literals by the clock of the org', async () => {
    expect(await query('SELECT Id FROM Account WHERE CreatedDate = LAST_90_DAYS')).to.have.length(1);
    expect(await query('SELECT Id FROM Account WHERE CreatedDate = LAST_N_MONTHS:3')).to.have.length(1);
    expect(await query('SELECT Id FROM Account WHERE CreatedDate < LAST_N_DAYS:365')).to.have.length(1);
    expect(await query('SELECT Id FROM Account WHERE CreatedDate = THIS_MONTH')).to.have.length(1);
  });

  // SOQL Reference, SOQL SELECT Examples.
  it('answers the other examples of the SELECT page', async () => {
    expect((await query('SELECT Name FROM Account ORDER BY Name DESC NULLS LAST'))[0]).to.include({ Name: 'Initech' });
    expect(await query("SELECT Name FROM Account WHERE Industry = 'media' LIMIT 125")).to.have.length(1);
    expect(await query('SELECT Name, COUNT(Id) FROM Account GROUP BY Name HAVING COUNT(Id) > 1')).to.have.length(0);
    const [, lone] = await query('SELECT Contact.FirstName, Contact.Account.Name FROM Contact');
    expect(lone).to.include({ FirstName: 'Lone', Account: null });
    const nested = await query(
      "SELECT Name, (SELECT LastName FROM Contacts WHERE CreatedBy.Alias = 'x') FROM Account WHERE Industry = 'media'"
    );
    expect(nested[0]).to.include({ Name: 'Acme', Contacts: null });
  });
});
