import type { DraftBlock, DraftContext } from '../draftModel.js';
import { answersByName, paragraph, unclaimedIn } from './blocks.js';

/** The apps that subscribers create in their own orgs. */
export const subscriberApps = (place: DraftContext): DraftBlock[] => {
  const topics = place.of('subscriberApps');
  return [
    ...unclaimedIn(place),
    ...(topics.length === 0 ? [paragraph('No declared integration has its app in the subscriber org.')] : []),
    ...answersByName('subscriberApps', topics),
  ];
};
