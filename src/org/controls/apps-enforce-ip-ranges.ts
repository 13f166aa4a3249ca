import { decide, notApplicable, note, type SubjectOutcome } from '../../engine/control.js';
import type { Component, Subject } from '../../engine/types.js';
import { orgControl } from '../facts.js';

/** The words of the Metadata API (`BYPASS_2FACTOR`), of queries (`Bypass_2factor`) and of the Tooling API (`Bypass2Factor`). */
const evaluateRelaxation = (subject: Subject, relaxation: string | undefined, component: Component): SubjectOutcome => {
  if (relaxation === undefined) {
    return { kind: 'unreadable', detail: 'Salesforce sent no IP relaxation policy for this app.', subject };
  }
  const word = relaxation.toLowerCase().replaceAll('_', '');
  if (word === 'enforce') return undefined;
  if (word === 'enforcerelaxrefresh') {
    const message = `${subject.name} does not apply IP ranges when it refreshes an access token.`;
    return note(subject, message);
  }
  if (word === 'bypass' || word === 'bypass2factor') {
    const message = `${subject.name} relaxes IP restrictions (${relaxation}).`;
    return { kind: 'violation', subject, message, components: [component] };
  }
  const detail = `The IP relaxation policy of this app (${relaxation}) is not a known value.`;
  return { kind: 'unreadable', detail, subject };
};

const unreadableHere = (subject: Subject): SubjectOutcome => ({
  kind: 'not-given',
  detail:
    'No API shows the IP relaxation of an installed Connected App. Check it in Setup > Manage Connected Apps > the app, ' +
    'and attest it.',
  subject,
});

export const appsEnforceIpRanges = orgControl({
  id: 'org/apps-enforce-ip-ranges',
  title: 'Every app enforces the IP ranges of its users',
  severity: 'medium',
  topic: 'IP relaxation',
  problem: { one: 'app relaxes IP restrictions', many: 'apps relax IP restrictions' },
  area: 'Installed apps and packages',
  setup: '/lightning/setup/ConnectedApplication/home',
  requirement: 'IP allowlisting should be implemented to restrict access to these orgs.',
  why: 'An app with relaxed IP restrictions can use its tokens from any address, whatever login IP ranges the profiles have.',
  checks: [
    'The IP relaxation of each Connected App of this org (Metadata API) enforces IP restrictions.',
    'The IP relaxation of each External Client App (its OAuth policies) enforces IP restrictions.',
  ],
  fails: ['An app relaxes IP restrictions, with or without a second factor.'],
  inconclusive: [
    'Salesforce sent no IP relaxation for an app, or a value that is not known.',
    'The app is an installed Connected App: no API shows its IP relaxation. An attestation for that app closes the gap.',
  ],
  notes: ['An app that relaxes IP restrictions only when it refreshes a token is informational.'],
  fix: [
    'Setup > Manage Connected Apps (or External Client App Manager) > the app > OAuth Policies: set IP Relaxation to Enforce IP restrictions.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005225370',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm',
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_external_client_apps.htm&type=5',
  ],
  attestable: true,
  needs: ['ownConnectedApps', 'connectedApps', 'externalClientApps', 'externalClientAppPolicies'],
  // An app that was seen is there, with the policy that was sent for it.
  provableFromPart: {
    ownConnectedApps: 'fail',
    connectedApps: 'fail',
    externalClientApps: 'fail',
    externalClientAppPolicies: 'fail',
  },
  judge: ({ ownConnectedApps, connectedApps, externalClientApps, externalClientAppPolicies }) => {
    const own = ownConnectedApps.flatMap(({ name, developerName: fullName, oauth }) =>
      oauth
        ? [evaluateRelaxation({ type: 'ConnectedApp', name }, oauth.ipRelaxation, { type: 'ConnectedApp', fullName })]
        : []
    );
    const installed = connectedApps
      .filter((app) => app.own !== true)
      .map(({ id, name }) => unreadableHere({ type: 'ConnectedApp', name, id }));
    const external = externalClientApps.flatMap(({ id, name }) => {
      const policies = externalClientAppPolicies.filter(({ app }) => app === id);
      const values = [...new Set(policies.map(({ ipRelaxation }) => ipRelaxation))];
      return (values.length > 0 ? values : [undefined]).map((relaxation) =>
        evaluateRelaxation({ type: 'ExternalClientApp', name, id }, relaxation, {
          type: 'ExternalClientApplication',
          fullName: name,
        })
      );
    });
    const all = [...own, ...installed, ...external];
    return all.length === 0
      ? notApplicable('The org has no app that uses OAuth.')
      : decide(
          all,
          `Each of the ${own.length + installed.length + externalClientApps.length} apps enforces IP restrictions.`
        );
  },
});
