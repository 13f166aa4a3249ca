import type { DraftBlock, Place } from '../draft.js';
import { answersOf, heading, text, unclaimedIn } from './blocks.js';

/** The apps that subscribers create in their own orgs. */
export const subscriberApps = (place: Place): DraftBlock[] => {
  const topics = place.of('subscriberApps');
  return [
    ...unclaimedIn(place),
    ...(topics.length === 0 ? [text('No declared integration has its app in the subscriber org.')] : []),
    ...topics.flatMap((topic): DraftBlock[] => [
      heading(topic.path.replace('subscriberApps.', '')),
      ...answersOf(topic),
    ]),
  ];
};
