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
    const detail = `Whether ${username} holds ${named} could not be told: UserPermissionAccess of this org has no column for it.`;
    return { kind: 'not-supported', detail, grants: anyOf, subject };
  }
  const message = `${username} does not hold ${named}, so these stay undecided: ${controls.join(', ')}.`;
  return { kind: 'violation', subject, message, ...(others.length > 0 ? { at: anyOf.join('|') } : {}) };
};

export const auditorCanSee = orgControl({
  id: 'org/auditor-can-see',
  title: 'The auditing user can see what it judges',
  severity: 'info',
  topic: 'audit permissions',
  problem: {
    one: 'permission is missing for the auditing user',
    many: 'permissions are missing for the auditing user',
  },
  area: 'Org and keys',
  setup: '/lightning/setup/PermSets/home',
  requirement: 'The auditing user can see what it judges (a condition of the audit, no line of the guidance).',
  checks: [
    'Looks at each permission that the selected controls require of the auditing user; of several alternatives any one is enough.',
  ],
  fails: ['A permission that the user does not hold is a violation.'],
  inconclusive: ['One for which UserPermissionAccess of this org has no column makes it inconclusive.'],
  why: 'Salesforce hides what a user may not see, often without an error; what is hidden cannot be judged.',
  fix: [
    'Setup > Permission Sets: give the auditing user a permission set with the permissions that are named, and no more.',
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
        : `${username} holds every permission that the selected controls require.`
    ),
});
