import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { andThen, combine, complete, mapEvidence, unavailable } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { Contact } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { holdersOf } from './shared/permissionHolders.js';
import { internalUsers } from './shared/users.js';
import { orgCollector, seeFrozen, seeSetup, seeUsers } from './shared/orgCollector.js';
import {
  existing,
  flag,
  frozenAmong,
  idsOf,
  optionalTime,
  soqlLiteral,
  text,
  userColumns,
  userRefOf,
  userRow,
} from './shared/soql.js';

const row = userRow.extend({ Name: z.string(), LastLoginDate: text, HasUserVerifiedEmail: flag.optional() });

export const contact = orgCollector<Contact>({
  reads: ['Organization', 'User', 'UserLogin', 'PermissionSet', 'PermissionSetAssignment'],
  requires: [seeUsers, seeFrozen, seeSetup],
  // Without a name there is no user to find, and Organization alone shows the violation.
  restsOn: ({ name }) => (name === undefined ? [] : [seeUsers, seeFrozen, seeSetup]),
  collect: async (org, { asOf }) => {
    const rows = await org.query(
      'SELECT PrimaryContact, Phone FROM Organization',
      z.object({ PrimaryContact: text, Phone: text })
    );
    if (rows.status === 'unavailable') return rows;
    const [found] = rows.value;
    if (!found) return unavailable({ kind: 'unreadable', detail: 'Salesforce sent no row of Organization.' });
    const name = filled(found.PrimaryContact);
    const phone = filled(found.Phone);
    if (name === undefined) return mapEvidence(rows, () => defined<Contact>({ phone, candidates: [] }));
    const email = await existing(org, 'User', ['HasUserVerifiedEmail']);
    if (email.status === 'unavailable') return email;
    const internal = await internalUsers(org);
    if (internal.status === 'unavailable') return internal;
    const [candidates, verifiedAdministrators] = await Promise.all([
      candidatesFor(org, internal.value, name, email.value),
      email.value.length > 0 ? countVerified(org, internal.value, asOf) : complete(undefined),
    ]);
    return combine([rows, internal, candidates, verifiedAdministrators], (_rows, _internal, users, administrators) =>
      defined<Contact>({ name, phone, candidates: users, verifiedAdministrators: administrators })
    );
  },
});

/** A blank value counts as missing. */
const filled = (value: string | null | undefined): string | undefined =>
  value?.trim() === '' ? undefined : value?.trim();

const candidatesFor = async (
  org: OrgReader,
  internal: string,
  name: string,
  emailColumn: readonly string[]
): Promise<Evidence<Contact['candidates']>> => {
  const words = name.split(/[\s,]+/).filter((word) => word !== '');
  const users = await org.query(
    `SELECT ${[userColumns, 'Name', 'LastLoginDate', ...emailColumn].join(', ')} FROM User WHERE ${internal} AND (Name = ${soqlLiteral(name)} OR LastName IN (${words.map(soqlLiteral).join(', ')}))`,
    row
  );
  return andThen(users, async (rows) =>
    mapEvidence(
      await frozenAmong(
        org,
        rows.map(({ Id }) => Id)
      ),
      (isFrozen) =>
        rows.map((user) =>
          defined<Contact['candidates'][number]>({
            ...userRefOf(user),
            name: user.Name,
            frozen: isFrozen.has(user.Id),
            lastLogin: optionalTime(user.LastLoginDate),
            emailVerified: user.HasUserVerifiedEmail,
          })
        )
    )
  );
};

/** A frozen user cannot answer, whatever address is verified. */
const countVerified = async (org: OrgReader, internal: string, asOf: Date): Promise<Evidence<number | undefined>> =>
  andThen(await holdersOf(org, 'CustomizeApplication', asOf), async (holders) => {
    if (holders === undefined) return complete(undefined);
    const verified = `${internal} AND HasUserVerifiedEmail = true AND Id IN (${holders})`;
    return andThen(await idsOf(org, `SELECT Id FROM User WHERE ${verified}`), async (ids) =>
      mapEvidence(await frozenAmong(org, ids), (isFrozen) => ids.filter((id) => !isFrozen.has(id)).length)
    );
  });
