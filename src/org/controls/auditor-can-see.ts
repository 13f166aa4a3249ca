import { decide, type SubjectOutcome } from '../../engine/control.js';
import type { Subject } from '../../engine/types.js';
import { permissionLabel } from '../../salesforce/permissions.js';
import { orgControl, type Auditor } from '../facts.js';

const evaluatePermission = (
  { anyOf, controls, holds }: Auditor['required'][number],
  username: string
): SubjectOutcome => {
  const [first = '', ...others] = anyOf;
  if (holds === true) return undefined;
  const subject: Subject = { type: 'Permission', name: first };
  const named = [first, ...others].map(permissionLabel).join(' or ');
  if (holds === undefined) {
    const detail = `Could not determine whether ${username} has ${named}: UserPermissionAccess of this org has no column for it.`;
    return { kind: 'not-supported', detail, grants: anyOf, subject };
  }
  const message = `${username} does not have ${named}. These controls may be inconclusive: ${controls.join(', ')}.`;
  return { kind: 'violation', subject, message, ...(others.length > 0 ? { at: anyOf.join('|') } : {}) };
};

export const auditorCanSee = orgControl({
  id: 'org/auditor-can-see',
  title: 'The auditing user has every permission that the audit needs',
  severity: 'info',
  topic: 'audit permissions',
  problem: {
    one: 'permission is missing for the auditing user',
    many: 'permissions are missing for the auditing user',
  },
  area: 'Org and keys',
  setup: '/lightning/setup/PermSets/home',
  requirement: 'The auditing user can see what it judges (a condition of the audit, no line of the guidance).',
  why: 'Salesforce hides what a user may not see, often without an error. What is hidden cannot be checked.',
  checks: [
    'The auditing user has each permission that the selected controls require. Where several permissions serve, one is enough.',
  ],
  fails: ['The auditing user does not have a required permission.'],
  inconclusive: ['UserPermissionAccess of this org has no column for a required permission.'],
  fix: [
    'Setup > Permission Sets: give the auditing user a permission set with the missing permissions, and no others.',
  ],
  references: [
    'https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userpermissionaccess.htm',
  ],
  attestable: false,
  needs: ['auditor'],
  judge: ({ auditor: { username, required } }) =>
    decide(
      required.map((one) => evaluatePermission(one, username)),
      required.length === 0
        ? 'The selected controls require no permission.'
        : `${username} has every permission that the selected controls require.`
    ),
});
