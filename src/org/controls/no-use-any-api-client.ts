import { decide, inconclusive, note, pass } from '../../engine/control.js';
import { orgControl } from '../facts.js';
import { permissionFindings } from '../findings/permissionGrants.js';

const label = 'Use Any API Client';

export const noUseAnyApiClient = orgControl({
  id: 'org/no-use-any-api-client',
  title: 'No user has Use Any API Client',
  severity: 'critical',
  topic: 'Use Any API Client',
  problem: { one: 'user has Use Any API Client', many: 'users have Use Any API Client' },
  area: 'Users and login',
  setup: '/lightning/setup/PermSets/home',
  requirement: 'No user within these organizations should possess the Use Any API Client permission.',
  why: 'The permission bypasses API Access Control: its user can reach the API through any app, including one that no administrator approved. A frozen user keeps it, and a session-based grant needs one click.',
  checks: [
    'No active user has the permission through a profile, a permission set or a permission set group after muting.',
    'It passes without a list of users if describe and the settings both prove that the org does not have the permission.',
  ],
  fails: ['An active user, frozen or not, has the permission, also through a session-based grant.'],
  inconclusive: [
    'Describe and the settings contradict each other.',
    'Describe shows too little to know whether the permission exists.',
    'A profile and its permission set disagree.',
    'Salesforce has not recalculated a permission set group.',
  ],
  notes: [
    'Expired or revoked assignments, inactive users, users that Salesforce created and that never logged in, and permission sets without users are informational.',
  ],
  fix: [
    'Setup > Permission Sets, Permission Set Groups and Profiles > System Permissions: clear Use Any API Client in what the finding names, or remove the assignment.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005228838',
  ],
  attestable: false,
  needs: ['useAnyApiClient', 'apiAccessControl'],
  // A grant has its own user and dates, and muting is already applied.
  provableFromPart: { useAnyApiClient: 'fail', apiAccessControl: 'fail' },
  judge: ({ useAnyApiClient: grants, apiAccessControl }, { asOf }) => {
    // The permission exists only after Salesforce Support turned API Access Control on, and so does the setting; one
    // without the other is no proof of anything. https://help.salesforce.com/s/articleView?id=005228838
    if (grants.provisioned === false) {
      const { adminApprovedAppsOnly } = apiAccessControl;
      if (adminApprovedAppsOnly === undefined) {
        return pass('The permission does not exist in this org: API Access Control is not provisioned.', [
          note(
            { type: 'Setting', name: 'ConnectedApp.enableAdminApprovedAppsOnly' },
            'API Access Control, the stronger control, is not available in this org.'
          ),
        ]);
      }
      const detail = `describe of PermissionSet lacks ${label}, but the org sends enableAdminApprovedAppsOnly (${String(
        adminApprovedAppsOnly
      )}), which exists only together with it.`;
      return inconclusive(`The org contradicts itself: ${detail}`, [{ kind: 'not-supported', detail }]);
    }
    return decide(permissionFindings(grants, { label }, asOf), 'No user has Use Any API Client.');
  },
});
