import * as z from 'zod';
import { combine, complete, mapEvidence, partial, unavailable } from '../../engine/evidence.js';
import type { Evidence, Gap } from '../../engine/types.js';
import { chunksOf } from '../../common/chunks.js';
import type { MetadataComponent, OrgReader, Query, ReadCall } from './types.js';
import { codedError, gapOfError, refusalOf, unreadableAnswer } from './errors.js';
import { elementList, elementsOf, envelope, escapeXml, isObject, responseOf } from './soap.js';
import { auditPermissions, type AuditorPermissions } from './auditPermissions.js';

type Verbs = Omit<OrgReader, 'username' | 'orgId' | 'namespace' | 'version' | 'release'>;

/** The verbs of a reader over one way to ask. */
export const createVerbs = (call: ReadCall, version: string): Verbs => {
  const base = `/services/data/v${version}`;
  const queryOf =
    (api: '' | 'tooling/'): Query =>
    async (soql, row) =>
      typed(await rowsOf(call, queryPath(version, soql, api), objectOf(soql)), row, objectOf(soql));
  const query = queryOf('');
  const count: Verbs['count'] = async (soql) => {
    const what = `The number of ${objectOf(soql)}`;
    return mapEvidence(await get(call, queryPath(version, soql), pageShape, what), ({ totalSize }) => totalSize);
  };
  const describe: Verbs['describe'] = async (object) => {
    const answer = await get(
      call,
      `${base}/sobjects/${object}/describe`,
      describeShape,
      `The description of ${object}`
    );
    return mapEvidence(answer, ({ fields }) => new Set(fields.map(({ name }) => name)));
  };
  const soap = `/services/Soap/m/${version}`;
  return {
    query,
    toolingQuery: queryOf('tooling/'),
    count,
    describe,
    isUnknown: async (soql, since) =>
      Number(version) >= since &&
      (await refusalCode(call, queryPath(version, soql))) === 'INVALID_TYPE' &&
      (await refusalCode(call, `${base}/sobjects/${objectOf(soql)}/describe`)) === 'NOT_FOUND',
    ahead: (api, soqls) => {
      const tooling = api === 'toolingQuery' ? 'tooling/' : '';
      const paths = soqls.map((soql) => queryPath(version, soql, tooling));
      call.ahead(`${base}/${tooling}composite`, paths);
    },
    listMetadata: async (type) =>
      mapEvidence(await listComponents(call, soap, type, version), (list) => list.map(({ fullName }) => fullName)),
    listComponents: (type) => listComponents(call, soap, type, version),
    readMetadata: (type, fullNames, keep) => readMetadata(call, soap, type, fullNames, keep),
    viewer: () => viewer({ query, describe }),
  };
};

/** The resource that answers a query. */
export const queryPath = (version: string, soql: string, api: '' | 'tooling/' = ''): string =>
  `/services/data/v${version}/${api}query?q=${encodeURIComponent(soql)}`;

/** The object of a query; no query here has a subquery among its columns. */
const objectOf = (soql: string): string => /\bFROM (\w+)/.exec(soql)?.[1] ?? 'The query';

const get = async <T>(call: ReadCall, path: string, shape: z.ZodType<T>, what: string): Promise<Evidence<T>> => {
  try {
    const answer = shape.safeParse(await call(path));
    return answer.success ? complete(answer.data) : unavailable(unreadableAnswer(what));
  } catch (error) {
    return unavailable(gapOfError(error, what, versionIn(path)));
  }
};

/** `52.0` of `/services/data/v52.0/…` */
function versionIn(path: string): string | undefined {
  return /\/v(\d+\.\d)\//.exec(path)?.[1];
}

/** Why a read is refused; nothing if it is answered. An identical read that was sent before is not sent again. */
const refusalCode = async (call: ReadCall, path: string): Promise<string | undefined> => {
  try {
    await call(path);
    return undefined;
  } catch (error) {
    return refusalOf(error).code;
  }
};

const pageShape = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  // The address of the next page gets the session with it, so it must be a path of this org.
  nextRecordsUrl: z
    .string()
    .regex(/^\/services\/data\/v[\d.]+\/(?:tooling\/)?query\/[\w-]+$/)
    .optional(),
  records: z.array(z.unknown()),
});

type Page = z.infer<typeof pageShape>;

const describeShape = z.object({ fields: z.array(z.object({ name: z.string() })).min(1) });

/** A query returns at most 50 million rows, in pages of 2,000: 25,000 pages. */
const mostPages = 30_000;

/**
 * All pages. Salesforce ends the pages of some objects early and still says nothing, so the total is compared. Every page
 * must be a new one and bring new rows, up to the total that the first page announced: a chain that leads back to itself
 * would be followed for ever, from answers that are kept in memory, past every time limit of a request.
 */
const rowsOf = async (call: ReadCall, path: string, object: string): Promise<Evidence<unknown[]>> => {
  const rows: unknown[] = [];
  const asked = new Set<string>();
  for (let next: string | undefined = path; next !== undefined;) {
    asked.add(next);
    // eslint-disable-next-line no-await-in-loop
    const page: Evidence<Page> = await get(call, next, pageShape, object);
    if (page.status !== 'complete') return rows.length > 0 ? partial(rows, page.gap) : unavailable(page.gap);
    const { totalSize, done, nextRecordsUrl, records }: Page = page.value;
    for (const record of records) rows.push(record);
    next = done || records.length === 0 ? undefined : nextRecordsUrl;
    if (next === undefined && (!done || rows.length < totalSize)) {
      return partial(rows, cutOff(object, rows.length, totalSize));
    }
    if (next !== undefined && (asked.has(next) || rows.length >= totalSize || asked.size >= mostPages)) {
      return partial(rows, endless(object, rows.length));
    }
  }
  return complete(rows);
};

const endless = (object: string, seen: number): Gap => ({
  kind: 'unreadable',
  detail: `${object} could not be read to its end: after ${seen} rows, the pages that Salesforce sent lead back or go on past their total.`,
});

const cutOff = (object: string, seen: number, total: number): Gap => ({
  kind: 'limit',
  detail:
    seen < total
      ? `${object} was cut off: ${seen} of ${total} rows were sent.`
      : `${object} was cut off after ${seen} rows.`,
});

const typed = <T>(evidence: Evidence<unknown[]>, row: z.ZodType<T>, object: string): Evidence<readonly T[]> => {
  if (evidence.status === 'unavailable') return evidence;
  const rows: T[] = [];
  // A schema of the list would be built, and compiled, for each query.
  for (const one of evidence.value) {
    const { success, data } = row.safeParse(one);
    if (!success) return unavailable(unreadableAnswer(object));
    rows.push(data);
  }
  return { ...evidence, value: rows };
};

const soapCall = async (
  call: ReadCall,
  path: string,
  action: 'readMetadata' | 'listMetadata',
  inner: string,
  type: string,
  secret = false
): Promise<Evidence<Record<string, unknown>>> => {
  const what = `The metadata of type ${type}`;
  try {
    const response = responseOf(await call(path, envelope(action, inner), secret), action);
    return response ? complete(response) : unavailable(unreadableAnswer(what));
  } catch (error) {
    // What Salesforce says of a refusal may quote what it refuses to give.
    const shown = secret
      ? codedError(refusalOf(error).code, 'the rest is not repeated, it may contain a secret')
      : error;
    return unavailable(gapOfError(shown, what));
  }
};

/** U+FFFD replaces bytes that are no text; a name with it, and an Id of another form, would match nothing. */
const named = z.array(
  z.object({
    fullName: z.string().refine((name) => !name.includes('\uFFFD')),
    id: z
      .string()
      .regex(/^(?:[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?)?$/)
      .optional(),
    manageableState: z.string().optional(),
  })
);

const listComponents = async (
  call: ReadCall,
  path: string,
  type: string,
  version: string
): Promise<Evidence<readonly MetadataComponent[]>> => {
  const inner = `<queries><type>${escapeXml(type)}</type></queries><asOfVersion>${version}</asOfVersion>`;
  const response = await soapCall(call, path, 'listMetadata', inner, type);
  if (response.status === 'unavailable') return response;
  const list = named.safeParse(elementList(response.value['result']));
  return list.success
    ? complete(
        list.data.map(({ fullName, id, manageableState: state }) => ({
          fullName,
          ...(id ? { id } : {}),
          ...(state ? { state } : {}),
        }))
      )
    : unavailable(unreadableAnswer(`The list of ${type}`));
};

/** Metadata API, readMetadata: ten names a call. */
const namesPerCall = 10;

const readMetadata = async (
  call: ReadCall,
  path: string,
  type: string,
  fullNames: readonly string[],
  keep?: readonly string[]
): Promise<Evidence<ReadonlyArray<Record<string, unknown>>>> => {
  const answers = await Promise.all(
    chunksOf(fullNames, namesPerCall).map((names) => {
      const elements = names.map((name) => `<fullNames>${escapeXml(name)}</fullNames>`).join('');
      return soapCall(
        call,
        path,
        'readMetadata',
        `<type>${escapeXml(type)}</type>${elements}`,
        type,
        keep !== undefined
      );
    })
  );
  const responses = combine(answers, (...all: unknown[]) => all.map(elementsOf));
  if (responses.status === 'unavailable') return responses;
  const found = responses.value
    .flatMap(({ result }) => elementList(elementsOf(result)['records']))
    .filter(isObject)
    .filter(({ fullName }) => typeof fullName === 'string');
  // A component that does not exist, or that this user does not see, comes as `<records xsi:nil="true"/>`.
  const missing = fullNames.filter((name) => !found.some(({ fullName }) => fullName === name));
  const kept = keep === undefined ? found : found.map((record) => only(record, ['fullName', ...keep]));
  if (missing.length === 0) return complete(kept);
  return partial(kept, { kind: 'unreadable', detail: `Salesforce did not send the ${type} ${missing.join(', ')}.` });
};

const only = (record: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));

const viewer = async ({
  query,
  describe,
}: Pick<Verbs, 'query' | 'describe'>): Promise<Evidence<AuditorPermissions>> => {
  const fields = await describe('UserPermissionAccess');
  if (fields.status === 'unavailable') return fields;
  const known = auditPermissions.filter((permission) => fields.value.has(`Permissions${permission}`));
  if (known.length === 0) return unavailable(unreadableAnswer('UserPermissionAccess'));
  const columns = known.map((permission) => `Permissions${permission}`).join(', ');
  const rows = await query(`SELECT ${columns} FROM UserPermissionAccess`, z.record(z.string(), z.unknown()));
  if (rows.status === 'unavailable') return rows;
  // One row: the permissions of the session's own user (Object Reference, UserPermissionAccess).
  const row = rows.value.length === 1 ? rows.value[0] : undefined;
  if (!row) return unavailable(unreadableAnswer('UserPermissionAccess'));
  const shown = known.filter((permission) => typeof row[`Permissions${permission}`] === 'boolean');
  const held = shown.filter((permission) => row[`Permissions${permission}`] === true);
  return complete({ held: new Set(held), known: new Set(shown) });
};
