import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, complete, mapEvidence, partial } from '../../engine/evidence.js';
import type { Collectors, Evidence, Requirement } from '../../engine/types.js';
import { farReaching } from '../../salesforce/permissions.js';
import { inForce } from '../collectors/shared/assignmentsInForce.js';
import { staleGroupsQuery } from '../collectors/shared/staleGroups.js';
import { populationColumns, populationOfRow, populationRow } from '../collectors/shared/users.js';
import { orgCollector, seeFrozen, seeSetup, seeUsers } from '../collectors/shared/orgCollector.js';
import {
  existing,
  flag,
  optionalTime,
  queryByIds,
  text,
  userColumns,
  userRefOf,
  userRow,
} from '../collectors/shared/soql.js';
import type { OrgReader } from '../client/types.js';
import type { LoginState, PeopleFacts, Person, Powers } from './facts.js';

/** About these users. Without users nothing is read and nothing required. */
export const peopleCollectors = (ids: readonly string[]): Collectors<OrgReader, PeopleFacts> => {
  const requires = (one: Requirement): readonly Requirement[] => (ids.length === 0 ? [] : [one]);
  return {
    people: orgCollector<readonly Person[]>({
      reads: ['User'],
      requires: requires(seeUsers),
      collect: (org) => people(org, ids),
    }),
    loginStates: orgCollector<readonly LoginState[]>({
      reads: ['UserLogin'],
      requires: requires(seeFrozen),
      collect: (org) => loginStates(org, ids),
    }),
    powers: orgCollector<readonly Powers[]>({
      reads: ['PermissionSet', 'PermissionSetAssignment', 'PermissionSetGroup'],
      requires: requires(seeSetup),
      collect: (org, { asOf }) => (ids.length === 0 ? Promise.resolve(complete([])) : powers(org, ids, asOf)),
    }),
  };
};

const personRow = userRow.extend({ IsActive: z.boolean(), LastPasswordChangeDate: text }).and(populationRow);

const people = async (org: OrgReader, ids: readonly string[]): Promise<Evidence<readonly Person[]>> => {
  const rows = await queryByIds(
    org,
    ids,
    (list) =>
      `SELECT ${userColumns}, IsActive, LastPasswordChangeDate, ${populationColumns()} FROM User WHERE Id IN ${list}`,
    personRow
  );
  const found = mapEvidence(rows, (all) => all.map(personOf));
  if (found.status !== 'complete' || found.value.length >= ids.length) return found;
  const detail = `Of ${ids.length} affected users Salesforce sent ${found.value.length}; the others are listed by Id.`;
  return partial(found.value, { kind: 'unreadable', detail });
};

const personOf = (row: z.infer<typeof personRow>): Person =>
  defined<Person>({
    ...userRefOf(row),
    active: row.IsActive,
    type: row.UserType ?? 'unknown',
    population: populationOfRow(row),
    lastLogin: optionalTime(row.LastLoginDate),
    passwordChanged: optionalTime(row.LastPasswordChangeDate),
  });

const loginStates = async (org: OrgReader, ids: readonly string[]): Promise<Evidence<readonly LoginState[]>> =>
  mapEvidence(
    await queryByIds(
      org,
      ids,
      (list) => `SELECT UserId, IsFrozen, IsPasswordLocked FROM UserLogin WHERE UserId IN ${list}`,
      z.object({ UserId: z.string(), IsFrozen: flag, IsPasswordLocked: flag })
    ),
    (rows) =>
      rows.map(({ UserId, IsFrozen, IsPasswordLocked }) => ({
        userId: UserId,
        frozen: IsFrozen === true,
        passwordLocked: IsPasswordLocked === true,
      }))
  );

const column = (permission: string): string => `Permissions${permission}`;

const assignmentRow = z.object({
  AssigneeId: z.string(),
  PermissionSet: z.record(z.string(), z.unknown()).nullish(),
});

/** A profile is also an assignment; a group is one assignment of its aggregate (Object Reference, PermissionSetAssignment). */
const powers = async (org: OrgReader, ids: readonly string[], asOf: Date): Promise<Evidence<readonly Powers[]>> => {
  const [columns, conditions, stale] = await Promise.all([
    existing(org, 'PermissionSet', farReaching.map(column)),
    inForce(org, asOf),
    staleGroups(org),
  ]);
  if (columns.status === 'unavailable') return columns;
  if (conditions.status === 'unavailable') return conditions;
  const selected = columns.value.map((name) => `PermissionSet.${name}`).join(', ');
  const rows = await queryByIds(
    org,
    ids,
    (list) =>
      `SELECT AssigneeId, ${selected} FROM PermissionSetAssignment WHERE AssigneeId IN ${list}${conditions.value}`,
    assignmentRow
  );
  return combine([rows, columns, conditions, stale], (all) => {
    const held = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
    for (const { AssigneeId, PermissionSet } of all) {
      for (const name of farReaching) if (PermissionSet?.[column(name)] === true) held.get(AssigneeId)?.add(name);
    }
    return [...held].map(([userId, names]) => ({ userId, permissions: farReaching.filter((name) => names.has(name)) }));
  });
};

/** A group that Salesforce has not recalculated may grant more, or less, than its aggregate says. */
const staleGroups = async (org: OrgReader): Promise<Evidence<undefined>> => {
  const rows = await org.query(staleGroupsQuery, z.object({ DeveloperName: z.string() }));
  if (rows.status === 'unavailable') return partial(undefined, rows.gap);
  if (rows.value.length === 0) return complete(undefined);
  const names = rows.value.map(({ DeveloperName }) => DeveloperName).join(', ');
  const detail = `Salesforce has not recalculated the permission set group ${names}, so who has what through it is not certain.`;
  return partial(undefined, { kind: 'unreadable', detail });
};
