import { decide, gapForEventsAfter } from '../../engine/control.js';
import type { Gap } from '../../engine/types.js';
import { appRemovals, auditTrailDays } from '../../salesforce/auditTrail.js';
import { orgControl } from '../facts.js';
import { shortDay } from '../../common/dates.js';

export const appRemovalsReviewed = orgControl({
  id: 'org/app-removals-reviewed',
  title: 'Every removal of a Connected App in the last 180 days is justified',
  severity: 'medium',
  topic: 'app removals',
  problem: { one: 'app removal in 180 days is not justified', many: 'app removals in 180 days are not justified' },
  area: "The org's apps",
  setup: '/lightning/setup/SecurityEvents/home',
  requirement:
    "Don't delete existing Connected Apps or ECAs from the org or remove them from the package before evaluating the " +
    'impact of such actions.',
  why: 'A removed app ends the access of every subscriber that still uses it. The audit trail names removals of Connected Apps; Salesforce documents no entry for External Client Apps.',
  checks: [
    'The audit trail of the last 180 days has no entry for an installed Connected App that was removed.',
    'It has no entry for a Connected App of this org that was deleted.',
  ],
  fails: ['A removed or deleted Connected App has no justification.'],
  inconclusive: [
    'The evidence was not selected by these entries of the audit trail.',
    'The evidence was collected before the day for which it is evaluated.',
  ],
  notes: ['Removals of External Client Apps are not checked: Salesforce documents no audit trail entry for them.'],
  fix: [
    'Setup > View Setup Audit Trail: find which user removed the app.',
    'If users or subscribers still need the app, restore it.',
    'Write under `justifications` in the policy how the impact was evaluated: the entry of the audit trail counts for 180 days.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_setupaudittrail.htm',
  ],
  attestable: false,
  needs: ['setupChanges'],
  // A removal that was seen happened.
  provableFromPart: { setupChanges: 'fail' },
  judge: ({ setupChanges: { actions, changes } }, context) => {
    const missing = appRemovals.filter((action) => !actions.includes(action));
    const notAsked: Gap[] = missing.map((action) => ({
      kind: 'not-given',
      detail: `The evidence was collected without the audit trail action ${action}.`,
    }));
    const removals = changes.filter(({ action }) => appRemovals.some((removal) => removal === action));
    return decide(
      [
        notAsked,
        gapForEventsAfter('Changes', context),
        ...removals.map(({ id, display, by, delegate, time }) => ({
          kind: 'justification' as const,
          subject: { type: 'AuditTrail', name: display, id },
          message: `A Connected App was removed on ${shortDay(time)}${by === undefined ? '' : ` by ${by}`}${delegate === undefined ? '' : ` (${delegate} logged in as that user)`}.`,
        })),
      ],
      `The audit trail of the last ${auditTrailDays} days shows no removed Connected App. Removals of External Client Apps are not checked.`
    );
  },
});
