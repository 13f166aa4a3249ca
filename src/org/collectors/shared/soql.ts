import * as z from 'zod';
import { combine, complete, mapEvidence, partial, unavailable } from '../../../engine/evidence.js';
import type { Evidence, Gap } from '../../../engine/types.js';
import { chunksOf } from '../../../common/chunks.js';
import { defined } from '../../../common/defined.js';
import type { UserRef } from '../../facts.js';
import type { OrgReader } from '../../client/types.js';

/** What a column may contain: Salesforce sends null for an empty one, so one that is not sent was not read. */
export const text = z.string().nullable();
export const flag = z.boolean().nullable();

/** Columns of User that make a `UserRef`. */
export const userColumns = 'Id, Username, CreatedDate, Profile.Name';
export const userRow = z.object({
  Id: z.string(),
  Username: z.string(),
  CreatedDate: text,
  Profile: z.object({ Name: z.string() }).nullable(),
});

export const userRefOf = ({ Id, Username, CreatedDate, Profile }: z.infer<typeof userRow>): UserRef =>
  defined<UserRef>({ id: Id, username: Username, created: optionalTime(CreatedDate), profile: Profile?.Name });

/** Text as a literal. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm */
export const soqlLiteral = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`;

/** A list for IN. */
export const inList = (values: readonly string[]): string => `(${values.map(soqlLiteral).join(', ')})`;

/** Of these columns those that exist here: some came with later API versions, editions or features. */
export const existing = async (
  org: OrgReader,
  object: string,
  columns: readonly string[]
): Promise<Evidence<readonly string[]>> =>
  mapEvidence(await org.describe(object), (fields) => columns.filter((column) => fields.has(column)));

/** The Ids that a query selects. */
export const idsOf = async (org: OrgReader, soql: string): Promise<Evidence<readonly string[]>> =>
  mapEvidence(await org.query(soql, z.object({ Id: z.string() })), (rows) => rows.map(({ Id }) => Id));

/** All rows of several reads of one kind: a part if one of them is. */
export const joined = <T>(evidences: ReadonlyArray<Evidence<readonly T[]>>): Evidence<readonly T[]> =>
  combine(evidences, (...lists: unknown[]) => (lists as T[][]).flat());

/** More Ids than this in one query would come near the limit of 16,384 bytes for an address. */
const idsPerQuery = 300;

/** One query for each few of the Ids. */
export const queryByIds = async <T>(
  org: OrgReader,
  ids: readonly string[],
  soql: (list: string) => string,
  row: z.ZodType<T>
): Promise<Evidence<readonly T[]>> =>
  joined(await Promise.all(chunksOf(ids, idsPerQuery).map((chunk) => org.query(soql(inList(chunk)), row))));

/**
 * Ids of the users among these that are frozen: they cannot log in until they are unfrozen. Where that cannot be read, no user counts as frozen.
 */
export const frozenAmong = async (org: OrgReader, ids: readonly string[]): Promise<Evidence<ReadonlySet<string>>> => {
  if (ids.length === 0) return complete(new Set());
  const where = ids.length > idsPerQuery ? '' : ` AND UserId IN ${inList(ids)}`;
  const rows = await org.query(
    `SELECT UserId FROM UserLogin WHERE IsFrozen = true${where}`,
    z.object({ UserId: z.string() })
  );
  const frozen = mapEvidence(rows, (logins) => new Set(logins.map(({ UserId }) => UserId)));
  return orPart(frozen, new Set<string>());
};

/** `Metadata` of a Tooling object that has one row, such as the settings. */
export const settingsOf = async (org: OrgReader, object: string): Promise<Evidence<Record<string, unknown>>> => {
  // The flattened columns of these objects are not selectable everywhere; `Metadata` is (facts of several tools).
  const row = z.object({ Metadata: z.record(z.string(), z.unknown()).nullable() });
  const rows = await org.toolingQuery(`SELECT Metadata FROM ${object}`, row);
  if (rows.status !== 'complete') return unavailable(withUsualPermission(rows.gap));
  const metadata = rows.value.length === 1 ? rows.value[0]?.Metadata : undefined;
  return metadata
    ? complete(metadata)
    : unavailable({ kind: 'unreadable', detail: `Salesforce sent no metadata for ${object}.` });
};

/** What could not be read at all is a part, of which only this is known. */
export const orPart = <T, U>(evidence: Evidence<T>, otherwise: U): Evidence<T | U> =>
  evidence.status === 'unavailable' ? partial(otherwise, evidence.gap) : evidence;

/** No page of Salesforce names the permission for these objects, so a gap may only suggest one. */
const withUsualPermission = (gap: Gap): Gap =>
  gap.kind === 'no-access'
    ? {
        ...gap,
        detail: `${gap.detail} Salesforce does not document the permission; it is usually View Setup and Configuration.`,
        grants: ['ViewSetup'],
      }
    : gap;

/** The Tooling API sends booleans, the Metadata API text; a key that was not sent, or null, is `undefined`. */
export const toBoolean = (value: unknown): boolean | undefined =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;

/** When what lasts until a date ends: a date without a time includes that day. */
export const endTime = (date: string): string =>
  isoTime(/^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T23:59:59.999Z` : date);

/** Salesforce writes times as 2026-11-20T09:00:00.000+0000. */
export const isoTime = (time: string): string => new Date(time).toISOString();

/** The times of a column that may be empty, in order. */
export const timesOf = (column: ReadonlyArray<string | null | undefined>): string[] =>
  column.flatMap((time) => optionalTime(time) ?? []).sort();

/** The same for a column that may be empty. */
export const optionalTime = (time: string | null | undefined): string | undefined => (time ? isoTime(time) : undefined);
