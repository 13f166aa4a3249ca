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
  setup: '/lightning/setup/NavigationMenus/home',
  requirement: 'Make sure to onboard your CA/ECA to the security controls documented here.',
  why: 'Review Controls locks the four security controls, so that no user turns one off again.',
  checks: [
    'An attestation states that Review Controls was completed for every app of this org that uses OAuth.',
    'An attestation with a `subject` (`ConnectedApp:Name`) covers that app. One without a subject covers every app of the org, including apps created later.',
  ],
  fails: ['It never fails by itself, because no API shows the review.'],
  inconclusive: ['An app has no attestation.'],
  notes: ['An org without such an app is not applicable.'],
  fix: [
    'Setup > App Manager (or External Client App Manager) > the app > Review Controls: confirm the four controls.',
    'Attest it under `attestations` in the policy, with an owner, a date and the app as subject.',
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
      detail:
        'No API shows whether the security controls of this app were reviewed and locked. Attest it in the policy.',
      subject,
    })),
});
