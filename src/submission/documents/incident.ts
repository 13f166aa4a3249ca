import type { DraftBlock, DraftContext } from '../draftModel.js';
import { answersOf, paragraph } from './blocks.js';

/** What to do in an incident, and who does it. */
export const incident = (place: DraftContext): DraftBlock[] => [
  paragraph(
    'Suspicious activity and incidents that affect the applications, or secrets of customers, are reported to Salesforce immediately, to security@salesforce.com.'
  ),
  {
    kind: 'list',
    ordered: true,
    items: [
      'Report to security@salesforce.com, and name the apps and the subscribers that may be affected.',
      'Revoke what was exposed: tokens, then secrets and certificates.',
      'Inform the subscribers what they must rotate, and how.',
      'Fix the cause, audit the orgs again, and keep both reports.',
    ],
  },
  ...place.of('incident').flatMap(answersOf),
];
