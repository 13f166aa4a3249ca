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
  checks: [
    'Checks every assignment of the permission through a profile, a permission set or a group after muting.',
    'Informational are expired or revoked assignments, inactive users, and permission sets without users.',
  ],
  fails: ['Each user with an assignment in force needs a justification.'],
  inconclusive: [
    'It is inconclusive where describe shows no column for the permission, because Salesforce added it in September 2025, or where Salesforce has not recalculated a group.',
  ],
  why:
    'The permission lets its user authorize an app that no administrator installed. Attackers talk a user through that ' +
    'step on the phone, and the app then reads what the user can read.',
  fix: [
    'Setup > Permission Sets, Permission Set Groups and Profiles > System Permissions: clear Approve Uninstalled Connected Apps.',
    'Salesforce gave it to the standard profile System Administrator: give each administrator another profile, or write under justifications why the user needs it.',
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
