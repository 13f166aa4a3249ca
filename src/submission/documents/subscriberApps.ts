import type { DraftBlock, Place } from '../buildDraft.js';
import { answersByName, text, unclaimedIn } from './blocks.js';

/** The apps that subscribers create in their own orgs. */
export const subscriberApps = (place: Place): DraftBlock[] => {
  const topics = place.of('subscriberApps');
  return [
    ...unclaimedIn(place),
    ...(topics.length === 0 ? [text('No declared integration has its app in the subscriber org.')] : []),
    ...answersByName('subscriberApps', topics),
  ];
};
