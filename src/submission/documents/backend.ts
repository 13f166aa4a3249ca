import type { DraftBlock, DraftContext } from '../draftModel.js';
import { keptByPartner } from '../questions/topics.js';
import { flowText, ownerText } from '../words.js';
import { answersOf, missing, table, paragraph, unclaimedIn } from './blocks.js';

/** The secrets that the partner keeps outside of Salesforce. */
export const backend = (place: DraftContext): DraftBlock[] => {
  const { declared } = place;
  const kept = declared.integrations.filter((one) => keptByPartner(one) === true);
  const open = declared.integrations.filter((one) => keptByPartner(one) === undefined);
  return [
    ...unclaimedIn(place),
    ...table(
      ['Integration', 'Flow', 'Callback of', 'Secret of'],
      kept.map(({ name, flow, callbackOwner, secretOwner }) => [
        name,
        flowText(flow),
        ownerText(callbackOwner),
        ownerText(secretOwner),
      ])
    ),
    ...(kept.length === 0 && open.length === 0
      ? [paragraph('No declared integration has a secret or a callback of the partner.')]
      : []),
    ...open.map(({ name }) =>
      missing(`The owner of the secret of the integration ${name} is not answered.`, `integrations.${name}.secretOwner`)
    ),
    ...place.of('backend').flatMap(answersOf),
  ];
};
