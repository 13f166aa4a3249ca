import { decide, notApplicable, note, type SubjectOutcome } from '../../engine/control.js';
import type { Latent, Subject } from '../../engine/types.js';
import { rotationStarts } from '../../salesforce/auditTrail.js';
import { orgControl, type AuditTrail } from '../facts.js';
import { shortDay, daysBefore, isInFuture } from '../../common/dates.js';

type App = { subject: Subject; created: string; own?: boolean };
type Limit = { days: number; time: number; asOf: Date; collected?: Date };

const evaluateApp = ({ subject, created, own }: App, { days, time, ...moments }: Limit): SubjectOutcome => {
  if (isInFuture(created, moments)) {
    const detail = `The app was created on ${shortDay(created)}, in the future: a clock is wrong, and the age of its secret is unknown.`;
    return { kind: 'unreadable', detail, subject };
  }
  if (Date.parse(created) >= time) return undefined;
  const unknown = own === undefined ? 'Could not determine whether this org created the app. ' : '';
  const detail = `${unknown}The app is more than ${days} days old (created ${shortDay(created)}), and no API shows when its secret was rotated. Attest the rotation.`;
  return { kind: 'not-supported', detail, subject };
};

/** These entries show the start of a rotation only: the new credentials still have to be applied. */
const started = ({ changes }: AuditTrail): Latent[] =>
  changes
    .filter(({ action }) => rotationStarts.some((start) => start === action))
    .map(({ id, display, time }) =>
      note(
        { type: 'AuditTrail', name: display, id },
        `A rotation was started on ${shortDay(time)}; confirm that it was applied.`
      )
    );

export const appSecretsRotated = orgControl({
  id: 'org/app-secrets-rotated',
  title: "The client secret of each of the org's own apps is rotated at least once a year",
  severity: 'high',
  topic: 'client secret',
  problem: {
    one: 'app has no proof that its secret was rotated',
    many: 'apps have no proof that their secrets were rotated',
  },
  area: "The org's apps",
  setup: '/lightning/setup/ManageExternalClientApplication/home',
  requirement: 'The client key, client secret, and certificate must be regularly rotated.',
  why: 'A copied client secret works until it changes. Salesforce shows neither the age of a secret nor whether a rotation was finished.',
  checks: [
    'Every Connected App and External Client App that this org created, or may have created, is at most `days` days old or has an attested rotation.',
    'Installed apps are skipped: their vendor rotates the secret.',
  ],
  fails: ['It never fails by itself, because no API shows the age of a secret.'],
  inconclusive: [
    'An app is older than `days` days, and no attestation states that its secret was rotated and the new secret applied.',
    'An app was created in the future.',
  ],
  notes: ['A rotation that the audit trail shows as started is informational.'],
  fix: [
    'Setup > External Client App Manager (or App Manager) > the app > Manage Consumer Details: generate new credentials.',
    'Give the new credentials to the app, and apply them.',
    'Attest the rotation under `attestations` in the policy.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.eca_stage_oauth_credentials.htm&type=5',
  ],
  attestable: true,
  needs: ['connectedApps', 'externalClientApps', 'setupChanges'],
  params: { days: 365 },
  judge: ({ connectedApps, externalClientApps, setupChanges }, { params: { days }, asOf, collected }) => {
    // The vendor of an installed app rotates its secret.
    const apps: App[] = [
      ...connectedApps.map(({ name, id, ...app }) => ({ ...app, subject: { type: 'ConnectedApp', name, id } })),
      ...externalClientApps.map(({ name, id, ...app }) => ({
        ...app,
        subject: { type: 'ExternalClientApp', name, id },
      })),
    ].filter(({ own }) => own !== false);
    const rotations = started(setupChanges);
    if (apps.length === 0) return notApplicable('No app was created in this org.', rotations);
    const limit = { days, time: daysBefore(asOf, days).getTime(), asOf, collected };
    return decide(
      [...apps.map((app) => evaluateApp(app, limit)), rotations],
      `Each app that was created in this org is at most ${days} days old, and so is its secret.`
    );
  },
});
