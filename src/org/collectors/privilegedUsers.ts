import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { complete, firstGap, mapEvidence, valueOf } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import { chunksOf } from '../../common/chunks.js';
import { reportedMethod } from '../../salesforce/authenticationMethods.js';
import { loginSucceeded } from '../../salesforce/loginStatus.js';
import { privilegedPermissions } from '../../salesforce/permissions.js';
import type { PrivilegedUsers } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { inForce } from './shared/assignmentsInForce.js';
import { reportedLogins, type LoginGroup } from './shared/loginGroups.js';
import { orgCollector } from './shared/orgCollector.js';
import { existing, flag, inList, joined, queryByIds, userColumns, userRefOf, userRow } from './shared/soql.js';
import { internalUsers } from './shared/users.js';

/** Physical security keys and built-in authenticators resist phishing (Help 005321563). */
const methodColumns = ['HasSecurityKey', 'HasU2F', 'HasBuiltInAuthenticator'] as const;
const methods = z.object({
  UserId: z.string(),
  HasSecurityKey: flag.optional(),
  HasU2F: flag.optional(),
  HasBuiltInAuthenticator: flag.optional(),
});

const usersPerQuestion = 300;

/** No verdict rests on this fact, so what could not be read is stated in the fact itself. */
export const privilegedUsers = orgCollector<PrivilegedUsers>({
  reads: ['User', 'PermissionSetAssignment', 'PermissionSet', 'LoginHistory', 'TwoFactorMethodsInfo'],
  requires: [],
  collect: async (org, { asOf }) => {
    const users = await privileged(org, asOf);
    const none = { population: 0, withoutEvidence: [], logInDirectly: false };
    if (users.status === 'unavailable') return complete({ ...none, unseen: users.gap.detail });
    const ids = users.value.map(({ Id }) => Id);
    if (ids.length === 0) return complete(none);
    const [registered, logins] = await Promise.all([registeredBy(org, ids), loginsOf(org, ids, asOf)]);
    const groups = (valueOf(logins) ?? []).filter(({ status }) => loginSucceeded(status) !== false);
    const reported = groups.filter(({ amr, acr }) => reportedMethod(amr, acr) === 'phishing-resistant');
    const proven = new Set([...(valueOf(registered) ?? []), ...reported.flatMap(({ user }) => user ?? [])]);
    return complete(
      defined<PrivilegedUsers>({
        population: ids.length,
        withoutEvidence: users.value.filter(({ Id }) => !proven.has(Id)).map(userRefOf),
        logInDirectly: groups.some(({ service }) => !service),
        unseen: firstGap(users, registered, logins)?.detail,
      })
    );
  },
});

/** The profile System Administrator always has all of these permissions. */
async function privileged(org: OrgReader, asOf: Date): Promise<Evidence<ReadonlyArray<z.infer<typeof userRow>>>> {
  const [internal, columns, conditions] = await Promise.all([
    internalUsers(org),
    existing(
      org,
      'PermissionSet',
      privilegedPermissions.map((name) => `Permissions${name}`)
    ),
    inForce(org, asOf),
  ]);
  if (internal.status === 'unavailable') return internal;
  if (columns.status === 'unavailable') return columns;
  if (conditions.status === 'unavailable') return conditions;
  const any = columns.value.map((column) => `PermissionSet.${column} = true`).join(' OR ');
  const holders = `SELECT AssigneeId FROM PermissionSetAssignment WHERE (${any})${conditions.value}`;
  return org.query(`SELECT ${userColumns} FROM User WHERE ${internal.value} AND Id IN (${holders})`, userRow);
}

/** Users with a registered method that resists phishing. The object is hidden without Manage MFA in API. */
async function registeredBy(org: OrgReader, ids: readonly string[]): Promise<Evidence<readonly string[]>> {
  const rows = await queryByIds(
    org,
    ids,
    (list) => `SELECT UserId, ${methodColumns.join(', ')} FROM TwoFactorMethodsInfo WHERE UserId IN ${list}`,
    methods
  );
  return mapEvidence(rows, (found) =>
    found.filter((row) => methodColumns.some((column) => row[column] === true)).map(({ UserId }) => UserId)
  );
}

async function loginsOf(org: OrgReader, ids: readonly string[], asOf: Date): Promise<Evidence<readonly LoginGroup[]>> {
  const by = ['user', 'service', 'status'] as const;
  return joined(
    await Promise.all(
      chunksOf(ids, usersPerQuestion).map((chunk) =>
        reportedLogins(org, { by, asOf, where: `UserId IN ${inList(chunk)}` }, false)
      )
    )
  );
}
