import { decide, inconclusive, pass } from '../../engine/control.js';
import { orgControl } from '../facts.js';
import { permissionFindings } from '../findings/permissionGrants.js';

const label = 'Use Any API Client';

export const noUseAnyApiClient = orgControl({
  id: 'org/no-use-any-api-client',
  title: 'No user holds Use Any API Client',
  severity: 'critical',
  topic: 'Use Any API Client',
  problem: { one: 'user has Use Any API Client', many: 'users have Use Any API Client' },
  area: 'Users and login',
  setup: '/lightning/setup/PermSets/home',
  requirement: 'No user within these organizations should possess the Use Any API Client permission.',
  checks: [
    'Checks every assignment of the permission through a profile, a permission set or a group after muting.',
    'Informational are expired or revoked assignments, inactive users, users of Salesforce itself that never logged in, and containers of the permission without users.',
  ],
  fails: ['An assignment in force for an active user is a violation, frozen users and session-based grants included.'],
  inconclusive: [
    'It passes if describe and the settings both prove that the permission is not provisioned; it is inconclusive if they contradict each other, if describe shows too little, if a profile and its permission set disagree, or if Salesforce has not recalculated a group.',
  ],
  why:
    'The permission bypasses API Access Control: its holder can reach the API through any app, also through one that ' +
    'nobody approved. A frozen user keeps it, and a session-based grant needs one click.',
  fix: [
    'Setup > Permission Sets, Permission Set Groups and Profiles > System Permissions: clear Use Any API Client in what the finding names, or remove the assignment.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005228838',
  ],
  attestable: false,
  needs: ['useAnyApiClient', 'apiAccessControl'],
  // A holder that was seen is a holder: a grant carries its own user and dates, and muting is already taken off.
  provableFromPart: { useAnyApiClient: 'fail', apiAccessControl: 'fail' },
  judge: ({ useAnyApiClient: grants, apiAccessControl }, { asOf }) => {
    // The permission exists only after Salesforce Support turned API Access Control on, and so does the setting; one
    // without the other is no proof of anything. https://help.salesforce.com/s/articleView?id=005228838
    if (grants.provisioned === false) {
      const { adminApprovedAppsOnly } = apiAccessControl;
      if (adminApprovedAppsOnly === undefined) {
        return pass('The permission does not exist in this org: API Access Control is not provisioned.', [
          {
            kind: 'latent',
            subject: { type: 'Setting', name: 'ConnectedApp.enableAdminApprovedAppsOnly' },
            message: 'API Access Control, the stronger control, is not available in this org.',
          },
        ]);
      }
      const detail = `describe of PermissionSet lacks ${label}, but the org sends enableAdminApprovedAppsOnly (${String(
        adminApprovedAppsOnly
      )}), which only exists together with it.`;
      return inconclusive(`The answers of the org contradict each other: ${detail}`, [
        { kind: 'not-supported', detail },
      ]);
    }
    return decide(permissionFindings(grants, { label }, asOf), 'No user holds Use Any API Client.');
  },
});
