import { randomInt } from 'node:crypto';
import type { Auth } from './auth.js';
import { SalesforceError, malformed, notFound } from './errors.js';
import { toId18, isId } from './ids.js';
import { absolute, decodeRequest } from './requests.js';
import type { OrgRequest } from './requests.js';
import type { Faults } from './faults.js';
import { CAPPED_OBJECTS, filterable } from './visibility.js';
import type { Scenario } from './scenario.js';
import type { Api, FieldDefinition, ObjectDefinition } from './schema.js';
import { queryColumns, readRecord, runQuery } from './soql/query.js';
import type { QueryResult } from './soql/result.js';
import { createView } from './auditorView.js';
import type { View } from './auditorView.js';

/** What the REST part of one running org keeps. */
export type Rest = {
  /** Answers an authenticated request; throws a `SalesforceError`. */
  answer(request: OrgRequest, target: string): RestAnswer;
  view(api: Api, version: number): View;
};

type RestAnswer = {
  status: number;
  body: unknown;
};

/** REST API Developer Guide: 2,000 records a page unless the object has its own limit. */
const PAGE_SIZE = 2000;
/** The first version Salesforce still serves (Salesforce Platform API versions 21 to 30 were retired in Summer '25). */
const LOWEST_VERSION = 31;
/** REST API Developer Guide, Composite and Composite Batch: at most 25 subrequests, at most 5 of them queries in Composite. */
const MAX_PARTS = 25;
const MAX_COMPOSITE_QUERIES = 5;

/** Creates the REST resources of an org. */
export function createRest(scenario: Scenario, auth: Auth, faults: Faults): Rest {
  const views = new Map<string, View>();
  const cursors = new Map<string, QueryResult>();
  const bodies = new Map<string, object>();
  const view = (api: Api, version: number): View => {
    const key = `${api} ${version}`;
    let found = views.get(key);
    if (!found) {
      found = createView(scenario, api, version);
      views.set(key, found);
    }
    return found;
  };
  const answer = (request: OrgRequest, target: string): RestAnswer => {
    const path = request.path.replace(/\/$/, '');
    if (path === '/services/data') {
      return { status: 200, body: versionList(scenario) };
    }
    const match = /^\/services\/data\/v(\d+)\.0(?:\/(.*))?$/.exec(path);
    const version = Number(match?.[1]);
    if (!match || version > scenario.apiVersion || version < LOWEST_VERSION) {
      throw notFound();
    }
    const resource = match[2] ?? '';
    // Tooling API, "Improve Performance with the Composite Resource": it has the composite, not the batch.
    if (/^(tooling\/composite|composite(\/batch)?)$/.test(resource) && request.method === 'POST') {
      return composite(request, !resource.endsWith('batch'), faults, answer);
    }
    if (request.method !== 'GET') {
      throw new SalesforceError(
        405,
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${request.method}' not allowed. Allowed are HEAD,GET`
      );
    }
    const api: Api = resource.startsWith('tooling/') ? 'tooling' : 'standard';
    const body =
      bodies.get(target) ??
      resourceBody(view(api, version), cursors, resource.replace(/^tooling\//, ''), request, target);
    // An org does not change while it runs; only a page before the last has an address of its own.
    if (!('nextRecordsUrl' in body) && !resource.includes('query/')) bodies.set(target, body);
    return { status: 200, body };
  };
  return { answer, view };
}

function resourceBody(
  view: View,
  cursors: Map<string, QueryResult>,
  resource: string,
  request: OrgRequest,
  target: string
): object {
  const base = `/services/data/v${view.version}.0`;
  const [first = '', second, third] = resource.split('/');
  if (first === '') {
    return Object.fromEntries(
      ['tooling', 'query', 'sobjects', 'limits', 'composite'].map((name) => [name, `${base}/${name}`])
    );
  }
  if (first === 'limits' && view.api === 'standard') {
    return { DailyApiRequests: { Max: 15_000, Remaining: 14_000 } };
  }
  if (first === 'query' && second === undefined) {
    const soql = request.soql;
    if (soql === undefined) {
      throw malformed('unexpected token: <EOF>');
    }
    if (new URL(target, 'http://localhost').searchParams.get('columns') === 'true') {
      return queryColumns(view, soql);
    }
    const result = runQuery(view, soql);
    const locator = `01gHs${String(randomInt(1e9)).padStart(10, '0')}`;
    cursors.set(locator, result);
    return page(view, cursors, locator, 0);
  }
  if (first === 'query' && second !== undefined) {
    const [locator = '', offset] = second.split('-');
    return page(view, cursors, locator, Number.parseInt(offset ?? '', 10));
  }
  if (first === 'sobjects') {
    return sobjects(view, base, second, third, target);
  }
  throw notFound();
}

/** One page. A capped object says nothing about the rows that it leaves out; `COUNT()` is not capped. */
function page(view: View, cursors: Map<string, QueryResult>, locator: string, start: number): object {
  const result = cursors.get(locator);
  if (!result || Number.isNaN(start)) {
    throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  const cap = result.pageable ? CAPPED_OBJECTS[result.object] : undefined;
  const available = Math.min(result.totalSize, cap?.total ?? Infinity);
  const size = result.pageable ? (cap?.page ?? PAGE_SIZE) : result.totalSize;
  const end = Math.min(start + size, available);
  const records = result.records(start, end);
  // Assumption: the total of a capped answer is what the query can still deliver, not what there is.
  const totalSize = result.pageable ? available : result.totalSize;
  if (end < available) {
    const prefix = `/services/data/v${view.version}.0/${view.api === 'tooling' ? 'tooling/' : ''}`;
    return { totalSize, done: false, nextRecordsUrl: `${prefix}query/${locator}-${end}`, records };
  }
  cursors.delete(locator);
  const cut = cap !== undefined && result.totalSize > available;
  return { totalSize, done: !(cut && view.scenario.features.cappedAnswer === 'no-locator'), records };
}

function sobjects(
  view: View,
  base: string,
  name: string | undefined,
  rest: string | undefined,
  target: string
): object {
  if (name === undefined) {
    return {
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: view.objects().map((object) => describeHead(view, object, base)),
    };
  }
  const object = view.object(name);
  if (!object) {
    throw notFound();
  }
  if (rest === 'describe') {
    return describe(view, object, base);
  }
  if (rest !== undefined && isId(rest)) {
    const row = view.find(object.name, toId18(rest));
    if (!row) {
      throw new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    const record = readRecord(view, object, row) as Record<string, unknown>;
    const wanted = new URL(target, 'http://localhost').searchParams.get('fields')?.split(',');
    return wanted ? Object.fromEntries(['attributes', ...wanted].map((field) => [field, record[field]])) : record;
  }
  if (rest !== undefined) {
    throw notFound();
  }
  return { objectDescribe: describeHead(view, object, base), recentItems: [] };
}

function describeHead(view: View, object: ObjectDefinition, base: string): object {
  const own = `${base}/${view.api === 'tooling' ? 'tooling/' : ''}sobjects/${object.name}`;
  return {
    name: object.name,
    label: object.name,
    labelPlural: object.name,
    keyPrefix: object.keyPrefix,
    custom: false,
    customSetting: false,
    queryable: true,
    retrieveable: true,
    createable: false,
    updateable: false,
    deletable: false,
    urls: { sobject: own, describe: `${own}/describe`, rowTemplate: `${own}/{ID}` },
  };
}

function describe(view: View, object: ObjectDefinition, base: string): object {
  return {
    ...describeHead(view, object, base),
    fields: [...object.fields.values()].map((field) => describeField(object, field)),
    childRelationships: [...object.children.values()]
      .filter((child) => view.object(child.object))
      .map((child) => ({ childSObject: child.object, field: child.field, relationshipName: child.name })),
  };
}

/** Type names of describe for the types of the stored stubs. */
const DESCRIBE_TYPES: Record<string, string> = { integer: 'int', number: 'int', decimal: 'double', blob: 'base64' };

function describeField(object: ObjectDefinition, field: FieldDefinition): object {
  const type = field.type === 'id' && field.name !== 'Id' ? 'reference' : (DESCRIBE_TYPES[field.type] ?? field.type);
  return {
    name: field.name,
    label: field.name,
    type,
    nillable: field.name !== 'Id' && field.type !== 'boolean',
    filterable: filterable(object.name, field.name),
    relationshipName: field.relationship ?? null,
    referenceTo: field.references === undefined ? [] : [field.references],
    custom: false,
  };
}

/** The label that Salesforce gives an API version: 66 is Spring '26, and each year has three. */
function releaseOf(version: number): string {
  const season = ['Spring', 'Summer', 'Winter'][version % 3] ?? '';
  const year = 26 + Math.floor((version - 66) / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${String(year).padStart(2, '0')}`;
}

function versionList(scenario: Scenario): object[] {
  const versions: object[] = [];
  for (let version = LOWEST_VERSION; version <= scenario.apiVersion; version++) {
    versions.push({ label: releaseOf(version), url: `/services/data/v${version}.0`, version: `${version}.0` });
  }
  return versions;
}

// --- composite -----------------------------------------------------------------------------------------------------

type CompositePart = {
  method?: string;
  url?: string;
  referenceId?: string;
};

function composite(
  request: OrgRequest,
  single: boolean,
  faults: Faults,
  answer: (request: OrgRequest, target: string) => RestAnswer
): RestAnswer {
  let parsed: { batchRequests?: CompositePart[]; compositeRequest?: CompositePart[] };
  try {
    parsed = JSON.parse(request.body) as typeof parsed;
  } catch {
    throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'Unexpected end of input');
  }
  const parts = (single ? parsed.compositeRequest : parsed.batchRequests) ?? [];
  if (parts.length > MAX_PARTS) {
    throw new SalesforceError(400, 'LIMIT_EXCEEDED', `Limit of ${MAX_PARTS} requests exceeded`);
  }
  const queries = parts.filter((part) => /\/query\/?\?/.test(part.url ?? '')).length;
  if (single && queries > MAX_COMPOSITE_QUERIES) {
    throw new SalesforceError(400, 'LIMIT_EXCEEDED', `Limit of ${MAX_COMPOSITE_QUERIES} query operations exceeded`);
  }
  const answers = parts.map((part) => partAnswer(part, single, faults, answer));
  if (single) {
    return {
      status: 200,
      body: {
        compositeResponse: answers.map((item, position) => ({
          body: item.body,
          httpHeaders: {},
          httpStatusCode: item.status,
          referenceId: parts[position]?.referenceId,
        })),
      },
    };
  }
  return {
    status: 200,
    body: {
      hasErrors: answers.some((item) => item.status >= 400),
      results: answers.map((item) => ({ statusCode: item.status, result: item.body })),
    },
  };
}

function partAnswer(
  part: CompositePart,
  single: boolean,
  faults: Faults,
  answer: (request: OrgRequest, target: string) => RestAnswer
): RestAnswer {
  const target = absolute(part.url ?? '');
  const request = decodeRequest((part.method ?? 'GET').toUpperCase(), target, '');
  const fault = faults.match(request);
  if (fault?.kind === 'error') {
    return { status: fault.status, body: [{ errorCode: fault.errorCode, message: fault.message ?? fault.errorCode }] };
  }
  try {
    // REST API Developer Guide, Composite Batch: Limits, Query, sObject and Connect resources; no Tooling resource.
    if (!single && request.path.includes('/tooling/')) {
      throw new SalesforceError(400, 'INVALID_BATCH_REQUEST', 'The requested resource is not supported in a batch');
    }
    const { status, body } = answer(request, target);
    return { status, body: fault?.kind === 'altered' ? JSON.parse(fault.alter(JSON.stringify(body))) : body };
  } catch (error) {
    return restError(error);
  }
}

/** The answer that an error becomes; an error of the simulator itself is a 500, as a gack would be. */
export function restError(error: unknown): RestAnswer {
  if (error instanceof SalesforceError) {
    return { status: error.status, body: [{ message: error.message, errorCode: error.errorCode }] };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: [{ message: `The simulator failed: ${message}`, errorCode: 'UNKNOWN_EXCEPTION' }] };
}
