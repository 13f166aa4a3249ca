import { z } from 'zod';
import { complete, partial } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { OrgReader } from '../reader.js';
import { inForce, staleGroups } from './groups.js';
import { existing, inList } from './soql.js';

/**
 * A subquery for the users who hold a permission outright, for `Id IN` and `Id NOT IN`; `undefined` if the permission
 * does not exist here. Session-based sets and groups do not count: they grant nothing until somebody activates them. Nor
 * do groups that are not calculated; if one of those matters, the evidence is partial.
 */
export const holdersOf = async (org: OrgReader, permission: string): Promise<Evidence<string | undefined>> => {
  const column = `Permissions${permission}`;
  const fields = await org.describe('PermissionSet');
  if (fields.status === 'unavailable') return fields;
  if (!fields.value.has(column)) return complete(undefined);
  const [conditions, groups, activated] = await Promise.all([
    inForce(org),
    staleGroups(org, column),
    sessionGroups(org),
  ]);
  if (conditions.status === 'unavailable') return conditions;
  if (groups.status === 'unavailable') return groups;
  if (activated.status === 'unavailable') return activated;
  const sets = await org.query(
    `SELECT Id, PermissionSetGroupId${fields.value.has('HasActivationRequired') ? ', HasActivationRequired' : ''} FROM PermissionSet WHERE ${column} = true`,
    z.object({
      Id: z.string(),
      PermissionSetGroupId: z.string().nullish(),
      HasActivationRequired: z.boolean().nullish(),
    })
  );
  if (sets.status === 'unavailable') return sets;
  const stale = new Map(groups.value.map((group) => [group.id, group]));
  const excluded = sets.value.filter(
    ({ HasActivationRequired, PermissionSetGroupId: group }) =>
      HasActivationRequired === true || (group && (activated.value.has(group) || stale.has(group)))
  );
  const text = `SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.${column} = true${
    excluded.length > 0 ? ` AND PermissionSetId NOT IN ${inList(excluded.map(({ Id }) => Id))}` : ''
  }${conditions.value}`;
  const aggregates = new Set(sets.value.map(({ PermissionSetGroupId }) => PermissionSetGroupId));
  const undecided = groups.value.filter((group) => group.holds !== false || aggregates.has(group.id));
  if (sets.status === 'partial') return partial(text, sets.gap);
  if (undecided.length === 0) return complete(text);
  const names = undecided.map(({ name }) => name).join(', ');
  return partial(text, {
    kind: 'unreadable',
    detail: `Salesforce has not recalculated the permission set group ${names}, so who holds ${permission} through it is not certain.`,
  });
};

const sessionGroups = async (org: OrgReader): Promise<Evidence<ReadonlySet<string>>> => {
  const columns = await existing(org, 'PermissionSetGroup', ['HasActivationRequired']);
  if (columns.status === 'unavailable') return columns;
  if (columns.value.length === 0) return complete(new Set());
  const rows = await org.query(
    'SELECT Id FROM PermissionSetGroup WHERE HasActivationRequired = true',
    z.object({ Id: z.string() })
  );
  return rows.status === 'unavailable' ? rows : { ...rows, value: new Set(rows.value.map(({ Id }) => Id)) };
};
