import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Latent, Subject } from '../../engine/types.js';
import { rotationStarts } from '../../salesforce/auditTrail.js';
import { orgControl, type SetupChanges } from '../facts.js';
import { dayOf, daysBefore } from '../../common/dates.js';

type App = { subject: Subject; created: string; own?: boolean };
type Limit = { days: number; time: number };

const evaluateApp = ({ subject, created, own }: App, { days, time }: Limit): SubjectOutcome => {
  if (Date.parse(created) >= time) return undefined;
  const unknown = own === undefined ? 'Whether the app was created in this org could not be told. ' : '';
  const detail = `${unknown}It is more than ${days} days old (${dayOf(created)}), and Salesforce offers no way to read when its secret was rotated.`;
  return { kind: 'not-supported', detail, subject };
};

/** What the audit trail calls so is the start of a rotation: the new credentials still have to be applied. */
const started = ({ changes }: SetupChanges): Latent[] =>
  changes
    .filter(({ action }) => rotationStarts.some((start) => start === action))
    .map(({ id, display, time }) => ({
      kind: 'latent',
      subject: { type: 'AuditTrail', name: display, id },
      message: `A rotation was started on ${dayOf(time)}; confirm that it was applied.`,
    }));

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
  setup: '/lightning/setup/NavigationMenus/home',
  requirement: 'The client key, client secret, and certificate must be regularly rotated.',
  checks: [
    'Looks at the Connected Apps and External Client Apps that were created in this org, and at those of which that could not be told; installed apps are left out.',
    'A person has to answer that the secret of each older app was rotated within the last `days` days, and that the new one was applied.',
  ],
  fails: [],
  inconclusive: [
    'An app that was created within the last `days` days is fine, for its secret is no older; an older one makes it inconclusive, because Salesforce offers no way to read when a secret was rotated.',
  ],
  notes: ['A rotation that the audit trail shows as started is latent.'],
  why:
    'Whoever once copied the secret of an app can pose as the app until it changes. Salesforce shows neither its age ' +
    'nor that a rotation was finished.',
  fix: [
    'Setup > External Client App Manager, or App Manager, > the app > Manage Consumer Details: generate new credentials, give them to the app, and apply them.',
    'Then say so under attestations in the policy.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.eca_stage_oauth_credentials.htm&type=5',
  ],
  attestable: true,
  needs: ['connectedApps', 'externalClientApps', 'setupChanges'],
  params: { days: 365 },
  judge: ({ connectedApps, externalClientApps, setupChanges }, { params: { days }, asOf }) => {
    // The secret of an app that was installed is its maker's to rotate.
    const apps: App[] = [
      ...connectedApps.map(({ name, id, ...app }) => ({ ...app, subject: { type: 'ConnectedApp', name, id } })),
      ...externalClientApps.map(({ name, id, ...app }) => ({
        ...app,
        subject: { type: 'ExternalClientApp', name, id },
      })),
    ].filter(({ own }) => own !== false);
    const rotations = started(setupChanges);
    if (apps.length === 0) return notApplicable('No app was created in this org.', rotations);
    const limit = { days, time: daysBefore(asOf, days).getTime() };
    return decide(
      [...apps.map((app) => evaluateApp(app, limit)), rotations],
      `Each app that was created in this org is at most ${days} days old, and so is its secret.`
    );
  },
});
