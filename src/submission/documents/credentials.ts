import type { DraftBlock, Place } from '../buildDraft.js';
import { answersByName, text, unclaimedIn } from './blocks.js';

/** What the reviewers log in with, and how they get it. */
export const credentials = (place: Place): DraftBlock[] => {
  const topics = place.of('credentials');
  return [
    text('Reviewers get the passwords as each entry states. These documents contain no password.'),
    ...unclaimedIn(place),
    ...(topics.length === 0 ? [text('No declared integration logs in.')] : []),
    ...answersByName('credentials', topics),
  ];
};
