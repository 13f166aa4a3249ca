import type { DraftBlock, Place } from '../buildDraft.js';
import { answersByName, text, unclaimedIn } from './blocks.js';

/** What the reviewers log in with, and how they get it. */
export const credentials = (place: Place): DraftBlock[] => {
  const topics = place.of('credentials');
  return [
    text('Passwords are handed over as each entry says; none stands in these documents.'),
    ...unclaimedIn(place),
    ...(topics.length === 0 ? [text('No declared integration logs in anywhere.')] : []),
    ...answersByName('credentials', topics),
  ];
};
