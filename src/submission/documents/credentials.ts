import type { DraftBlock, DraftContext } from '../draftModel.js';
import { answersByName, paragraph, unclaimedIn } from './blocks.js';

/** What the reviewers log in with, and how they get it. */
export const credentials = (place: DraftContext): DraftBlock[] => {
  const topics = place.of('credentials');
  return [
    paragraph('Reviewers get the passwords as each entry states. These documents contain no password.'),
    ...unclaimedIn(place),
    ...(topics.length === 0 ? [paragraph('No declared integration logs in.')] : []),
    ...answersByName('credentials', topics),
  ];
};
