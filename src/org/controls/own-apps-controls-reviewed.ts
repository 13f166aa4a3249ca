import { each } from '../../engine/control.js';
import { orgControl } from '../facts.js';
import { noOwnOauthApp, ownOauthApps } from '../findings/ownApps.js';

export const ownAppsControlsReviewed = orgControl({
  id: 'org/own-apps-controls-reviewed',
  title: 'The security controls of every app of this org are reviewed and locked',
  severity: 'medium',
  topic: 'controls reviewed',
  problem: { one: 'app has security controls without a review', many: 'apps have security controls without a review' },
  area: "The org's apps",
  setup: '/lightning/setup/ManageExternalClientApplication/home',
  requirement: 'Make sure to onboard your CA/ECA to the security controls documented here.',
  checks: [
    'Looks at every app of this org that uses OAuth; without one it is not-applicable.',
    'A person has to answer that Review Controls was done; an attestation with a `subject` (`ConnectedApp:Name`) answers for that app, and one without signs every app of the org, also one that is made later.',
  ],
  fails: [],
  inconclusive: [
    'No API shows whether the four security controls of an app were reviewed and locked, so each app makes it inconclusive.',
  ],
  why: 'The review locks the four controls, so that nobody turns one off again.',
  fix: [
    'Setup > App Manager > the app > Review Controls: confirm the four controls, then attest it in the policy with an owner, a date and the app as its subject.',
    'No API shows whether it was done.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  attestable: true,
  needs: ['ownConnectedApps', 'ownExternalClientApps'],
  judge: (facts) =>
    each(ownOauthApps(facts), noOwnOauthApp(), ({ subject }) => ({
      kind: 'not-given',
      detail: 'Whether its security controls were reviewed and locked is shown by no API; attest it in the policy.',
      subject,
    })),
});
