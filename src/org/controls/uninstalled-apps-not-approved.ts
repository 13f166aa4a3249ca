import { decide, inconclusive } from '../../engine/control.js';
import { orgControl } from '../facts.js';
import { permissionFindings } from '../findings/permissionGrants.js';

const label = 'Approve Uninstalled Connected Apps';

export const uninstalledAppsNotApproved = orgControl({
  id: 'org/uninstalled-apps-not-approved',
  title: 'No user can approve uninstalled Connected Apps without a justification',
  severity: 'high',
  topic: 'uninstalled apps',
  problem: { one: 'user can approve uninstalled apps', many: 'users can approve uninstalled apps' },
  area: 'Users and login',
  setup: '/lightning/setup/PermSets/home',
  requirement: 'These orgs must not have untrusted Connected Apps or ECAs installed.',
  why: 'The permission lets its user authorize an app that no administrator installed. Attackers talk a user through that step on the phone, and the app then reads what the user can read.',
  checks: [
    'No active user has the permission through a profile, a permission set or a permission set group after muting, or each has a justification.',
  ],
  fails: ['An active user has the permission and no justification.'],
  inconclusive: [
    'Describe shows no column for the permission, which Salesforce added in September 2025.',
    'Salesforce has not recalculated a permission set group.',
  ],
  notes: [
    'Expired or revoked assignments, inactive users, and permission sets without users are informational.',
    'Users that Salesforce created and that never logged in are informational.',
  ],
  fix: [
    'Setup > Permission Sets, Permission Set Groups and Profiles > System Permissions: clear Approve Uninstalled Connected Apps.',
    'The standard profile System Administrator has it: give each administrator another profile, or explain under `justifications` why the user needs it.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005132365',
    'https://help.salesforce.com/s/articleView?id=005225370',
  ],
  attestable: false,
  needs: ['uninstalledAppApprovers'],
  // A user that was seen has the permission: a grant carries its own user and dates, and muting is already taken off.
  provableFromPart: { uninstalledAppApprovers: 'fail' },
  judge: ({ uninstalledAppApprovers: grants }, { asOf }) => {
    if (grants.provisioned === false) {
      const detail = `describe of PermissionSet has no column for ${label}. An older API version, or an org without the permission, looks the same.`;
      return inconclusive(detail, [{ kind: 'not-supported', detail }]);
    }
    return decide(permissionFindings(grants, { label, kind: 'justification' }, asOf), `No user has ${label}.`);
  },
});
