import { spawn } from 'node:child_process';
import { expect } from 'chai';
import { SCENARIOS, makeId, toId18, withPermissions } from '../../simulator/index.js';
import { SCHEMA } from '../../simulator/schema.js';
import { isId } from '../../simulator/ids.js';
import { records, refusal, run, small, stopAll } from './support.js';

describe('simulated org: what Salesforce derives', () => {
  afterEach(stopAll);

  it('makes Ids with a right checksum', () => {
    // The pair of Salesforce's own 18-character example (Help, "Record IDs").
    expect(toId18('0D54D00000Ghy6H')).to.have.length(18);
    expect(toId18('00e3X000002HGbg')).to.equal('00e3X000002HGbgQAG');
    expect(isId(makeId('005', 123_456_789))).to.equal(true);
    expect(isId('00e3X000002HGbgQAA')).to.equal(false);
  });

  it('gives every profile a permission set and every user a row for it', async () => {
    const { connection } = await run(small());
    const found = await records(
      connection,
      "SELECT Assignee.Name, PermissionSet.Profile.Name, IsActive FROM PermissionSetAssignment WHERE PermissionSet.Type = 'Profile' AND PermissionSet.IsOwnedByProfile = true"
    );
    expect(found).to.have.length(3);
    expect(found[0]).to.have.nested.property('PermissionSet.Profile.Name', 'Administrator');
  });

  it('assigns a group as one row on its aggregate, net of muting, and lagging while outdated', async () => {
    const { connection } = await run(
      small({
        permissionSets: [{ name: 'Grant', permissions: ['ModifyAllData', 'ViewAllData'] }],
        groups: [
          { name: 'Plain', permissionSets: ['Grant'] },
          { name: 'Muted', permissionSets: ['Grant'], muted: ['ModifyAllData'] },
          { name: 'Late', permissionSets: ['Grant'], status: 'Outdated', lastCalculated: ['ViewAllData'] },
        ],
        assignments: ['Plain', 'Muted', 'Late'].map((group) => ({ user: 'bob@small.example', group })),
      })
    );
    const holders = async (permission: string): Promise<unknown[]> =>
      (
        await records(
          connection,
          `SELECT PermissionSetGroup.DeveloperName FROM PermissionSetAssignment WHERE PermissionSetGroupId != null AND PermissionSet.${permission} = true`
        )
      ).map((row) => (row['PermissionSetGroup'] as { DeveloperName: string }).DeveloperName);
    expect(await holders('PermissionsModifyAllData')).to.deep.equal(['Plain']);
    expect(await holders('PermissionsViewAllData')).to.deep.equal(['Plain', 'Muted', 'Late']);
    const components = await records(
      connection,
      "SELECT PermissionSetId, PermissionSet.Name FROM PermissionSetGroupComponent WHERE PermissionSetGroup.DeveloperName = 'Muted'"
    );
    expect(
      components.map((row) => [String(row['PermissionSetId']).slice(0, 3), row['PermissionSet'] !== null])
    ).to.deep.equal([
      ['0PS', true],
      ['0QM', false],
    ]);
  });

  it('gives an Experience site two Site rows, a Network and a guest user', async () => {
    const { connection } = await run(small({ sites: [{ name: 'Help Center', kind: 'experience' }] }));
    const sites = await records(
      connection,
      'SELECT Name, SiteType, GuestUser.UserType, GuestUser.Profile.Name FROM Site ORDER BY Name'
    );
    expect(sites.map((site) => [site['Name'], site['SiteType']])).to.deep.equal([
      ['Help_Center', 'ChatterNetwork'],
      ['Help_Center1', 'ChatterNetworkPicasso'],
    ]);
    expect(sites[0]).to.have.nested.property('GuestUser.UserType', 'Guest');
    expect(await records(connection, "SELECT Id FROM Network WHERE Status = 'Live'")).to.have.length(1);
  });

  it('takes the auditor’s permissions from the grants that are in force', () => {
    const org = small({
      permissionSets: [
        { name: 'Now', permissions: ['AuthorApex'] },
        { name: 'Later', permissions: ['ManageTranslation'], sessionActivated: true },
        { name: 'Past', permissions: ['ManageTranslation'] },
      ],
      profiles: [{ name: 'Administrator', permissions: ['ApiEnabled'] }, { name: 'Staff' }],
      assignments: [
        { user: 'admin@small.example', permissionSet: 'Now' },
        { user: 'admin@small.example', permissionSet: 'Later' },
        { user: 'admin@small.example', permissionSet: 'Past', active: false },
      ],
    });
    expect(org.auditor.permissions).to.deep.equal(['ApiEnabled', 'AuthorApex']);
    expect(withPermissions(org, ['ViewSetup']).tables['UserPermissionAccess']?.[0]).to.include({
      PermissionsViewSetup: true,
    });
  });

  it('refuses a name that the description does not have', () => {
    expect(() => small({ assignments: [{ user: 'nobody', permissionSet: 'x' }] })).to.throw('no user named "nobody"');
  });
});

describe('simulated org: named scenarios', () => {
  afterEach(stopAll);

  for (const [name, build] of Object.entries(SCENARIOS)) {
    it(`${name} uses only objects and columns that exist`, () => {
      for (const [object, rows] of Object.entries(build().tables)) {
        const fields = [SCHEMA.standard, SCHEMA.tooling].map((schema) => schema.get(object.toLowerCase())?.fields);
        const known = fields.flatMap((map) => [...(map?.values() ?? [])].map((field) => field.name));
        const used = [...new Set(rows.flatMap((row) => Object.keys(row)))];
        expect(
          used.filter((field) => !known.includes(field)),
          object
        ).to.have.length(0);
      }
    });

    it(`${name} lets its auditor in`, async () => {
      const { connection } = await run(build());
      expect((await connection.query('SELECT Id FROM Organization')).totalSize).to.equal(1);
    });
  }

  it("hardened has Use Any API Client in Salesforce's own profiles only, and ranges on every other profile", async () => {
    const { connection } = await run(SCENARIOS['hardened']?.() ?? small());
    expect(
      await records(
        connection,
        "SELECT Id FROM PermissionSet WHERE PermissionsUseAnyApiClient = true AND Profile.Name NOT IN ('Analytics Cloud Integration User', 'Analytics Cloud Security User')"
      )
    ).to.have.length(0);
    const used = 'SELECT ProfileId FROM User WHERE LastLoginDate != null';
    for (const { Id } of await records(connection, `SELECT Id FROM Profile WHERE Id IN (${used})`)) {
      // eslint-disable-next-line no-await-in-loop
      const { records: profiles } = await connection.tooling.query(
        `SELECT Metadata FROM Profile WHERE Id = '${String(Id)}'`
      );
      expect(profiles[0]).to.have.nested.property('Metadata.loginIpRanges').that.has.length.above(0);
    }
    expect(await refusal(Promise.resolve(connection.query('SELECT Id FROM Site')))).to.match(/^INVALID_TYPE/);
    expect((await connection.query('SELECT Id FROM ScratchOrgInfo')).totalSize).to.equal(0);
  });

  it('broken has the permission in every form', async () => {
    const { connection } = await run(SCENARIOS['broken']?.() ?? small());
    const found = await records(
      connection,
      'SELECT Assignee.Name FROM PermissionSetAssignment WHERE PermissionSet.PermissionsUseAnyApiClient = true ORDER BY Assignee.Name'
    );
    expect(found.map((row) => (row['Assignee'] as { Name: string }).Name)).to.deep.equal([
      'ERP Integration User',
      'Eve Expired',
      'Frank Frozen',
      'Ina Inactive',
      'Integration User',
      'Paul Partner',
      'Sam Session',
      'Security User',
    ]);
    expect((await connection.query("SELECT Id FROM Site WHERE Status = 'Active'")).totalSize).to.equal(3);
    expect((await connection.tooling.query('SELECT Id FROM InstalledSubscriberPackage')).totalSize).to.equal(8);
    expect(
      (await connection.query("SELECT Id FROM MetadataPackage WHERE PackageCategory = 'Package'")).totalSize
    ).to.equal(1);
  });

  it('blind shows its auditor next to nothing', async () => {
    const { connection } = await run(SCENARIOS['blind']?.() ?? small());
    const { sobjects } = await connection.describeGlobal();
    const names = sobjects.map((object) => object.name);
    expect(names).to.include.members(['Organization', 'User', 'UserPermissionAccess', 'OauthToken']);
    expect(names).to.not.include.members(['PermissionSet']);
    expect((await connection.query('SELECT COUNT() FROM OauthToken')).totalSize).to.equal(0);
    expect(await refusal(connection.metadata.list({ type: 'Profile' }))).to.match(/^sf:INSUFFICIENT_ACCESS/);
  });

  it('old offers API 52 and no Use Any API Client', async () => {
    const { connection } = await run(SCENARIOS['old']?.() ?? small());
    expect(await connection.retrieveMaxApiVersion()).to.equal('52.0');
    connection.setApiVersion('52.0');
    const { fields } = await connection.describe('PermissionSet');
    expect(fields.map((field) => field.name)).to.not.include('PermissionsUseAnyApiClient');
    expect(await refusal(Promise.resolve(connection.query('SELECT Id FROM ExternalClientApplication')))).to.match(
      /^INVALID_TYPE/
    );
  });

  it('names the known scenarios when asked for another', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', 'nonsense'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).to.equal(2);
    expect(told).to.equal('There is no scenario "nonsense". Known: hardened, broken, blind, old.\n');
  });
});
