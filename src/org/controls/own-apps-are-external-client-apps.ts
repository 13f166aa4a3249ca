import { decide, notApplicable, note, type SubjectOutcome } from '../../engine/control.js';
import type { Subject } from '../../engine/types.js';
import { shortDay } from '../../common/dates.js';
import { orgControl, type OwnConnectedApp } from '../facts.js';

export const ownAppsAreExternalClientApps = orgControl({
  id: 'org/own-apps-are-external-client-apps',
  title: 'Every new app of this org is an External Client App',
  severity: 'medium',
  topic: 'app type',
  problem: { one: 'new app is a Connected App', many: 'new apps are Connected Apps' },
  area: "The org's apps",
  setup: '/lightning/setup/ManageExternalClientApplication/home',
  requirement: 'New integrations must use ECAs instead of Connected Apps.',
  why: 'External Client Apps are closed by default, and keep their secrets out of the package.',
  checks: ['No Connected App of this org was created on `since` or later. Apps for SAML only are included.'],
  fails: ['A Connected App was created on `since` or later and has no justification.'],
  inconclusive: ['The creation date of a Connected App could not be read.'],
  notes: [
    'A Connected App that was created before `since` is informational.',
    'An org without any app is not applicable.',
  ],
  fix: [
    'Setup > External Client App Manager: create an External Client App for the integration.',
    'If the Connected App serves an integration that existed before, state it under `justifications` in the policy.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm&type=5',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps'],
  /** The date of the guidance. */
  params: { since: '2026-04-08' },
  // A Connected App that was seen is one, whatever else there is.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail' },
  judge: ({ ownConnectedApps, ownExternalClientApps }, { params: { since } }) => {
    if (ownConnectedApps.length + ownExternalClientApps.length === 0) return notApplicable('This org owns no app.');
    return decide(
      ownConnectedApps.map((app) => evaluateApp(app, since)),
      `No Connected App was created in this org since ${shortDay(since)}.`
    );
  },
});

const evaluateApp = ({ name, created }: OwnConnectedApp, since: string): SubjectOutcome => {
  const subject: Subject = { type: 'ConnectedApp', name };
  if (created === undefined) {
    const detail =
      'The creation date of this Connected App could not be read: ConnectedApplication does not show it, or several apps have its name.';
    return { kind: 'unreadable', detail, subject };
  }
  const [day, limit] = [created.slice(0, 10), shortDay(since)];
  const what = `${name} is a Connected App that was created on ${shortDay(created)}`;
  return day >= since
    ? {
        kind: 'justification',
        subject,
        message: `${what}, not before ${limit}.`,
        since: day,
      }
    : note(subject, `${what}, before ${limit}.`);
};
