import { expect } from 'chai';
import type { ScenarioInput } from '../../simulator/index.js';
import { records, refusal, run, small, stopAll, without } from './support.js';

/** What the auditor without the permissions gets for a query. */
const answerWithout = async (
  permissions: string[],
  soql: string,
  more?: Partial<ScenarioInput>,
  tooling = false
): Promise<string> => {
  const { connection } = await run(without(permissions, more));
  try {
    const { totalSize } = await (tooling ? connection.tooling.query(soql) : connection.query(soql));
    return String(totalSize);
  } catch (error) {
    return String((error as { errorCode?: string }).errorCode);
  }
};

describe('simulated org: permissions and features', () => {
  afterEach(stopAll);

  const hidden: Array<[string, string[], string[], boolean?]> = [
    ['PermissionSet', ['ViewSetup'], []],
    ['PermissionSetAssignment', ['ViewSetup', 'ManageUsers'], ['ViewSetup']],
    ['PermissionSetGroup', ['ViewSetup'], []],
    ['PermissionSetGroupComponent', ['ViewSetup'], []],
    ['SetupEntityAccess', ['ViewSetup'], []],
    ['Domain', ['ViewSetup'], []],
    ['UserLogin', ['ManageUsers'], []],
    ['VerificationHistory', ['ManageUsers'], []],
    ['TwoFactorMethodsInfo', ['ManageTwoFactor'], []],
    ['TwoFactorInfo', ['ManageTwoFactor'], []],
    ['ExternalClientApplication', ['ExternalClientAppViewer'], []],
    ['ExtlClntAppOauthPlcyCnfg', ['ExternalClientAppViewer'], []],
    ['InstalledSubscriberPackage', ['InstallPackaging'], [], true],
  ];
  for (const [object, missing, enough, tooling] of hidden) {
    it(`hides ${object} without ${missing.join(' and ')}`, async () => {
      const soql = `SELECT Id FROM ${object} LIMIT 1`;
      expect(await answerWithout(missing, soql, {}, tooling)).to.equal('INVALID_TYPE');
      expect(await answerWithout(enough, soql, {}, tooling)).to.match(/^\d/);
    });
  }

  it('leaves a hidden object out of describeGlobal, and describes it as not found', async () => {
    const { connection } = await run(without(['ViewSetup']));
    const { sobjects } = await connection.describeGlobal();
    expect(sobjects.map((object) => object.name))
      .to.include('User')
      .and.not.include('PermissionSet');
    expect(await refusal(Promise.resolve(connection.describe('PermissionSet')))).to.match(/^NOT_FOUND/);
  });

  it('shows Site only with a site feature and View Setup', async () => {
    const site: Partial<ScenarioInput> = { sites: [{ name: 'Help', kind: 'visualforce' }] };
    expect(await answerWithout([], 'SELECT Id FROM Site')).to.equal('INVALID_TYPE');
    expect(await answerWithout([], 'SELECT Id FROM Site', site)).to.equal('1');
    expect(await answerWithout(['ViewSetup'], 'SELECT Id FROM Site', site)).to.equal('INVALID_TYPE');
  });

  it('shows Network only with Digital Experiences', async () => {
    expect(
      await answerWithout([], 'SELECT Id FROM Network', { sites: [{ name: 'Help', kind: 'visualforce' }] })
    ).to.equal('INVALID_TYPE');
    expect(
      await answerWithout([], 'SELECT Id FROM Network', { sites: [{ name: 'Help', kind: 'experience' }] })
    ).to.equal('1');
  });

  it('shows Dev Hub objects only in a Dev Hub', async () => {
    for (const object of ['ScratchOrgInfo', 'NamespaceRegistry', 'ActiveScratchOrg']) {
      // eslint-disable-next-line no-await-in-loop
      expect(await answerWithout([], `SELECT Id FROM ${object}`)).to.equal('INVALID_TYPE');
      // eslint-disable-next-line no-await-in-loop
      expect(await answerWithout([], `SELECT Id FROM ${object}`, { features: { devHub: true } })).to.equal('0');
    }
    const hub: Partial<ScenarioInput> = { features: { devHub: true } };
    expect(await answerWithout([], 'SELECT Id FROM Package2', {}, true)).to.equal('INVALID_TYPE');
    expect(await answerWithout(['Packaging2'], 'SELECT Id FROM Package2', hub, true)).to.equal('INVALID_TYPE');
    expect(await answerWithout([], 'SELECT Id FROM Package2', hub, true)).to.equal('0');
  });

  it('limits rows to the own ones, silently', async () => {
    const more: Partial<ScenarioInput> = {
      tables: (ids) => ({
        LoginHistory: [{ UserId: ids.user('admin@small.example') }, { UserId: ids.user('bob@small.example') }],
        OauthToken: [
          { Id: null, UserId: ids.user('admin@small.example') },
          { Id: null, UserId: ids.user('bob@small.example') },
        ],
      }),
    };
    expect(await answerWithout(['ManageUsers'], 'SELECT Id FROM LoginHistory', more)).to.equal('2');
    expect(await answerWithout(['ManageUsers', 'MonitorLoginHistory'], 'SELECT Id FROM LoginHistory', more)).to.equal(
      '1'
    );
    expect(await answerWithout(['CustomizeApplication'], 'SELECT AppName FROM OauthToken', more)).to.equal('1');
    expect(await answerWithout([], 'SELECT COUNT() FROM OauthToken', more)).to.equal('2');
    const sharing: Partial<ScenarioInput> = { features: { userSharing: 'private' } };
    expect(await answerWithout(['ViewAllUsers', 'ManageUsers'], 'SELECT Id FROM User', sharing)).to.equal('1');
    expect(await answerWithout(['ManageUsers'], 'SELECT Id FROM User', sharing)).to.equal('3');
    const filtering: Partial<ScenarioInput> = { features: { profileFiltering: true } };
    expect(await answerWithout(['ViewAllProfiles'], 'SELECT Id FROM Profile', filtering)).to.equal('1');
    expect(await answerWithout([], 'SELECT Id FROM Profile', filtering)).to.equal('2');
  });

  it('gives null for a parent row that is not visible', async () => {
    const { connection } = await run(
      without(['ViewAllUsers', 'ManageUsers'], { features: { userSharing: 'private' } })
    );
    const found = await records(connection, 'SELECT Assignee.Name FROM PermissionSetAssignment');
    expect(found.filter((row) => row['Assignee'] === null)).to.have.length(2);
  });

  it('refuses Tooling settings without View Setup', async () => {
    const settings: Partial<ScenarioInput> = { settings: { SecuritySettings: {} } };
    expect(await answerWithout(['ViewSetup'], 'SELECT Metadata FROM SecuritySettings', settings, true)).to.equal(
      'INSUFFICIENT_ACCESS'
    );
    expect(await answerWithout([], 'SELECT Metadata FROM SecuritySettings', settings, true)).to.equal('1');
  });

  it('answers UserPermissionAccess with one row about the auditor, without View Setup', async () => {
    const { connection } = await run(
      without(['ViewSetup'], { hiddenFields: ['UserPermissionAccess.PermissionsManageTwoFactor'] })
    );
    const found = await records(
      connection,
      'SELECT PermissionsManageUsers, PermissionsViewSetup FROM UserPermissionAccess'
    );
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ PermissionsManageUsers: true, PermissionsViewSetup: false });
    const query = connection.query('SELECT PermissionsManageTwoFactor FROM UserPermissionAccess');
    expect(await refusal(Promise.resolve(query))).to.match(/^INVALID_FIELD/);
  });

  it('has Use Any API Client only where API Access Control is provisioned', async () => {
    const settings = { ConnectedAppSettings: { enableAdminApprovedAppsOnly: true, other: 1 } };
    for (const apiAccessControl of [true, false]) {
      // eslint-disable-next-line no-await-in-loop
      const { connection } = await run(
        small({ name: `aac${String(apiAccessControl)}`, features: { apiAccessControl }, settings })
      );
      for (const object of ['PermissionSet', 'Profile', 'MutingPermissionSet', 'UserPermissionAccess']) {
        // eslint-disable-next-line no-await-in-loop
        const { fields } = await connection.describe(object);
        const there = fields.some((field) => field.name === 'PermissionsUseAnyApiClient');
        expect(there, object).to.equal(apiAccessControl);
      }
      // eslint-disable-next-line no-await-in-loop
      const [row] = (await connection.tooling.query('SELECT Metadata FROM ConnectedAppSettings')).records;
      expect(Object.keys(row?.['Metadata'] as object)).to.deep.equal(
        apiAccessControl ? ['enableAdminApprovedAppsOnly', 'other'] : ['other']
      );
    }
  });

  it('knows what came with which API version', async () => {
    const { connection } = await run(
      small({
        settings: {
          SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: true, lockSessionsToIp: false } },
          OauthOidcSettings: {},
        },
      })
    );
    const at = async (version: number, soql: string, tooling = false): Promise<unknown> => {
      const url = `/services/data/v${version}.0/${tooling ? 'tooling/' : ''}query?q=${encodeURIComponent(soql)}`;
      try {
        return (await connection.request<{ records: unknown[] }>(url)).records[0];
      } catch (error) {
        return (error as { errorCode: string }).errorCode;
      }
    };
    expect(await at(62, 'SELECT HasUserVerifiedEmail FROM User')).to.equal('INVALID_FIELD');
    expect(await at(63, 'SELECT HasUserVerifiedEmail FROM User LIMIT 1')).to.be.an('object');
    expect(await at(51, 'SELECT IsActive FROM PermissionSetAssignment')).to.equal('INVALID_FIELD');
    expect(await at(55, 'SELECT Id FROM OauthOidcSettings', true)).to.equal('INVALID_TYPE');
    const settings = 'SELECT Metadata FROM SecuritySettings';
    expect(await at(54, settings, true))
      .to.have.nested.property('Metadata.sessionSettings')
      .that.has.all.keys('lockSessionsToIp');
    expect(await at(55, settings, true)).to.have.nested.property(
      'Metadata.sessionSettings.enableMFADirectUILoginOptIn',
      true
    );
    expect(await at(68, 'SELECT Id FROM User')).to.equal('NOT_FOUND');
  });

  it('can have its API switched off', async () => {
    const { connection } = await run(small({ features: { apiAccess: false } }));
    expect(await refusal(Promise.resolve(connection.request('/services/data/v67.0/limits')))).to.match(
      /^API_DISABLED_FOR_ORG/
    );
  });
});
