import type { Evidence } from '../engine/types.js';
import { permissionLabel } from '../salesforce/permissions.js';
import type { Auditor } from './facts.js';

/**
 * Which permissions the auditing user lacks and which of the selected controls may be inconclusive because of it; undefined
 * if none. "May": a control can turn out to need less, such as when a setting covers every user.
 */
export const lackingOf = (auditor: Evidence<Auditor>): string | undefined => {
  if (auditor.status === 'unavailable') {
    return `The permissions of the auditing user are not known, so any control may be inconclusive: ${auditor.gap.detail}`;
  }
  const { username, required } = auditor.value;
  const lacking = required.filter(({ holds }) => holds === false);
  const unknown = required.filter(({ holds }) => holds === undefined);
  if (lacking.length + unknown.length === 0) return undefined;
  const controls = [...new Set([...lacking, ...unknown].flatMap((one) => [...one.controls]))].sort();
  return [
    ...(lacking.length > 0 ? [`${username} lacks ${named(lacking)}.`] : []),
    ...(unknown.length > 0 ? [`Could not determine whether ${username} has ${named(unknown)}.`] : []),
    `These controls may be inconclusive: ${controls.join(', ')}.`,
  ].join(' ');
};

const named = (required: Auditor['required']): string =>
  required.map(({ anyOf }) => anyOf.map(permissionLabel).join(' or ')).join('; ');
