import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Subject } from '../../engine/types.js';
import { orgControl } from '../facts.js';

/** Words of the Metadata API (`ENFORCE`) and of ExtlClntAppOauthPlcyCnfg (`Enforce`), in one spelling. */
const evaluateRelaxation = (subject: Subject, relaxation: string | undefined): SubjectOutcome => {
  switch (relaxation?.toLowerCase()) {
    case 'enforce':
      return undefined;
    case 'enforce_relaxrefresh':
      return {
        kind: 'latent',
        subject,
        message: `${subject.name} does not apply IP ranges when it refreshes an access token.`,
      };
    case 'bypass':
    case 'bypass_2factor':
      return { kind: 'violation', subject, message: `${subject.name} relaxes IP restrictions (${relaxation ?? ''}).` };
    case undefined:
      return { kind: 'unreadable', detail: 'Salesforce sent no IP relaxation policy for it.', subject };
    default:
      return { kind: 'unreadable', detail: `Its IP relaxation policy (${relaxation ?? ''}) is not known.`, subject };
  }
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
  checks: [
    'Checks the IP relaxation of each Connected App of this org (Metadata API), and of each External Client App (its OAuth policies).',
  ],
  fails: [
    'An app that relaxes IP restrictions, also after a second factor, is a violation; one that relaxes them for refreshing only is informational.',
  ],
  inconclusive: [
    'A policy that is missing or not known makes it inconclusive.',
    'No API shows the policy of an installed Connected App: each is a gap that an attestation with that subject closes.',
  ],
  why: 'An app with relaxed IP restrictions can use its tokens from any address, whatever login IP ranges the profiles have.',
  fix: [
    'Setup > Manage Connected Apps, or External Client App Manager > the app > OAuth Policies: set IP Relaxation to Enforce IP restrictions.',
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
    const own = ownConnectedApps.flatMap(({ name, oauth }) =>
      oauth ? [evaluateRelaxation({ type: 'ConnectedApp', name }, oauth.ipRelaxation)] : []
    );
    const installed = connectedApps
      .filter((app) => app.own !== true)
      .map(({ id, name }) => unreadableHere({ type: 'ConnectedApp', name, id }));
    const external = externalClientApps.map(({ id, name }) =>
      evaluateRelaxation(
        { type: 'ExternalClientApp', name, id },
        externalClientAppPolicies.find(({ app }) => app === id)?.ipRelaxation
      )
    );
    const all = [...own, ...installed, ...external];
    return all.length === 0
      ? notApplicable('The org has no app that uses OAuth.')
      : decide(all, `Each of the ${all.length} apps enforces IP restrictions.`);
  },
});
