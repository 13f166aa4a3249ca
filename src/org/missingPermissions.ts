import type { Evidence } from '../engine/types.js';
import { permissionLabel } from '../salesforce/permissions.js';
import type { Auditor } from './facts.js';

/**
 * Which permissions the auditing user lacks and which of the selected controls may stay undecided for it; nothing if
 * none. "May": what a control rests on can turn out to need less, such as when a setting covers every user.
 */
export const lackingOf = (auditor: Evidence<Auditor>): string | undefined => {
  if (auditor.status === 'unavailable') {
    return `Which permissions the auditing user holds is not known, so any control may stay undecided: ${auditor.gap.detail}`;
  }
  const { username, required } = auditor.value;
  const lacking = required.filter(({ holds }) => holds === false);
  const unknown = required.filter(({ holds }) => holds === undefined);
  if (lacking.length + unknown.length === 0) return undefined;
  const controls = [...new Set([...lacking, ...unknown].flatMap((one) => [...one.controls]))].sort();
  return [
    ...(lacking.length > 0 ? [`${username} lacks ${named(lacking)}.`] : []),
    ...(unknown.length > 0 ? [`Whether ${username} holds ${named(unknown)} could not be told.`] : []),
    `These may stay undecided: ${controls.join(', ')}.`,
  ].join(' ');
};

const named = (required: Auditor['required']): string =>
  required.map(({ anyOf }) => anyOf.map(permissionLabel).join(' or ')).join('; ');
