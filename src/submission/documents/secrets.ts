import type { DraftBlock, DraftContext } from '../draftModel.js';
import { secretsOf } from '../questions/topics.js';
import { answersOf, heading, paragraph, unclaimedIn, unseenOf } from './blocks.js';

/** Every place for a secret, and how it is secured. */
export const secrets = (place: DraftContext): DraftBlock[] => {
  const all = secretsOf(place.known, place.declared);
  return [
    ...unseenOf(place, 'secretStores'),
    ...unclaimedIn(place),
    ...(all.length === 0
      ? [paragraph('No secret store was found in the package, and no declared integration logs in.')]
      : []),
    ...all.flatMap(({ name, origin, entry }): DraftBlock[] => [
      heading(name),
      paragraph(`Found in: ${origin}.`),
      ...(entry === undefined || entry.name === name ? [] : [paragraph(`It is called ${entry.name}.`)]),
      ...place.of(`secrets.${name}`).flatMap(answersOf),
    ]),
  ];
};
