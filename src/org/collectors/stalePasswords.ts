import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, mapEvidence, orGap, valueOf } from '../../engine/evidence.js';
import type { CollectContext, Evidence } from '../../engine/types.js';
import { daysBefore } from '../../common/dates.js';
import type { StalePasswords } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { holdersOf } from './shared/permissionHolders.js';
import { orgCollector, seeFrozen, seeSetup, seeUsers } from './shared/orgCollector.js';
import { securitySettings } from './securitySettings.js';
import { frozenAmong, isoTime, optionalTime, text, userColumns, userRefOf, userRow } from './shared/soql.js';
import { clockGap, internalUsers, orContradiction, userCounts } from './shared/users.js';

const row = userRow.extend({ LastPasswordChangeDate: text, CreatedDate: z.string() });

const params = z.object({ 'org/passwords-rotated': z.object({ days: z.number() }) });
const defaultDays = 365;

/** The org selects the users, so that the cost follows what is stale and not the number of users. */
export const stalePasswords = orgCollector<StalePasswords>({
  reads: ['User', 'UserLogin', 'SecuritySettings (Tooling)', 'PermissionSet', 'PermissionSetAssignment'],
  requires: [seeUsers, seeFrozen, seeSetup],
  // View Setup serves the users who cannot use a password, and UserLogin names the frozen among stale users only.
  restsOn: ({ users }) => (users.length === 0 ? [seeUsers] : [seeUsers, seeFrozen]),
  collect: async (org, context) => {
    const given = params.safeParse(context.params).data?.['org/passwords-rotated'].days ?? defaultDays;
    const until = context.evaluatedFor ?? context.asOf;
    const changedBefore = daysBefore(until, given).toISOString();
    const population = await passwordUsers(org, context);
    if (population.status === 'unavailable') return population;
    const stale = `(LastPasswordChangeDate < ${changedBefore} OR (LastPasswordChangeDate = null AND CreatedDate < ${changedBefore}))`;
    const [users, number, counts] = await Promise.all([
      org.query(
        `SELECT ${userColumns}, LastPasswordChangeDate FROM User WHERE ${population.value.where} AND ${stale}`,
        row
      ),
      population.value.all ? undefined : org.count(`SELECT COUNT() FROM User WHERE ${population.value.where}`),
      userCounts(org),
    ]);
    if (users.status === 'unavailable') return users;
    const frozen = await frozenAmong(
      org,
      users.value.map(({ Id }) => Id)
    );
    const count = number ?? mapEvidence(counts, ({ internal }) => internal);
    const found = combine([users, count, frozen, population, counts], (rows, size, isFrozen) => ({
      changedBefore,
      users: rows.map((user) =>
        defined<StalePasswords['users'][number]>({
          ...userRefOf(user),
          created: isoTime(user.CreatedDate),
          changed: optionalTime(user.LastPasswordChangeDate),
          frozen: isFrozen.has(user.Id),
        })
      ),
      population: size,
    }));
    return orGap(orContradiction(found), clockGap(valueOf(counts)?.latestLogin, context.asOf));
  },
});

/** WHERE for the users with a password; `all`: none of the internal users is left out. */
type Selection = { where: string; all: boolean };

/** Where passwords are switched off for single sign-on, its users have none that could be rotated. */
const passwordUsers = async (org: OrgReader, context: CollectContext): Promise<Evidence<Selection>> => {
  const internal = mapEvidence(await internalUsers(org), (where): Selection => ({ where, all: true }));
  if (internal.status === 'unavailable') return internal;
  const settings = await securitySettings.collect(org, context);
  if (settings.status === 'unavailable' || !settings.value.passwordLoginDisabled) return internal;
  const sso = await holdersOf(org, 'IsSsoEnabled', context.asOf);
  // Without the list of them no user is left out: more users are looked at, never fewer. A part of it may leave out too many.
  if (sso.status === 'unavailable') return internal;
  return combine([internal, sso], (all, ids) =>
    ids === undefined ? all : { where: `${all.where} AND Id NOT IN (${ids})`, all: false }
  );
};
