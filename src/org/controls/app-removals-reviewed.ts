import { decide, gapForEventsAfter } from '../../engine/control.js';
import type { Gap } from '../../engine/types.js';
import { appRemovals, auditTrailDays } from '../../salesforce/auditTrail.js';
import { orgControl } from '../facts.js';
import { dayOf } from '../../common/dates.js';

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
  checks: [
    'Looks at the entries of the audit trail, which keeps 180 days, for an installed Connected App that was removed and a Connected App of this org that was deleted.',
    'How the trail names the removal of an External Client App is documented nowhere, so none is looked for.',
  ],
  fails: ['Each of them needs a justification.'],
  inconclusive: [
    'Evidence that was not selected by these entries, or collected before the day it is judged for, makes it inconclusive.',
  ],
  why:
    'A removed app takes the access of every subscriber with it that still relies on it. The audit trail has names for ' +
    'the removal of Connected Apps; for External Client Apps none is documented.',
  fix: [
    'Setup > View Setup Audit Trail: find who removed the app.',
    'Say under justifications in the policy what was evaluated, or restore the app.',
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
      detail: `The evidence was not selected by the action ${action}.`,
    }));
    const removals = changes.filter(({ action }) => appRemovals.some((removal) => removal === action));
    return decide(
      [
        notAsked,
        gapForEventsAfter('Changes', context),
        ...removals.map(({ id, display, by, delegate, time }) => ({
          kind: 'justification' as const,
          subject: { type: 'AuditTrail', name: display, id },
          message: `An app was removed on ${dayOf(time)}${by === undefined ? '' : ` by ${by}`}${delegate === undefined ? '' : ` (${delegate} logged in as that user)`}.`,
        })),
      ],
      `The audit trail of ${auditTrailDays} days names no removed Connected App; how it names External Client Apps is not documented.`
    );
  },
});
