import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { FieldType, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import { SalesforceError, insufficientAccess, malformed } from '../errors.js';
import { NEEDS_ID_FILTER, accessRefused } from '../visibility.js';
import type { Row } from '../scenario.js';
import type { ObjectDefinition } from '../schema.js';
import type { View } from '../auditorView.js';
import { runAggregate } from './aggregate.js';
import { visibleObject } from './columns.js';
import { compileProjection } from './projection.js';
import { selectRows } from './rows.js';
import type { QueryResult } from './result.js';
import { describeColumns } from './describe.js';

/** SOQL Reference, OFFSET: "The maximum offset is 2,000 rows". */
const MAX_OFFSET = 2000;

/** Parses and runs a query as the view's user. Throws a `SalesforceError` where Salesforce refuses. */
export function runQuery(view: View, soql: string): QueryResult {
  const query = parse(soql);
  const object = visibleObject(view, query.sObject ?? '');
  if (view.api === 'tooling' && accessRefused(view.scenario, object.name)) {
    throw insufficientAccess();
  }
  requireIdFilter(object, query.where);
  if ((query.offset ?? 0) > MAX_OFFSET) {
    throw new SalesforceError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  const fields = expandFields(object, query, soql);
  if (isAggregate(query, fields)) {
    return runAggregate(view, object, query, fields);
  }
  const rows = selectRows(view, object, query, 0);
  const project = compileProjection(view, object, fields, query.sObjectAlias, true);
  const metadataAsked = fields.some(
    (field) => field.type === 'Field' && /^(metadata|fullname)$/i.test(field.field) && view.api === 'tooling'
  );
  if (metadataAsked && rows.length > 1) {
    // Tooling API, "Metadata" and "FullName" field: "Query this field only if the query result contains no more than one
    // record. Otherwise, an error is returned."
    throw malformed(
      `When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: ${rows.length}`
    );
  }
  return {
    object: object.name,
    totalSize: rows.length,
    pageable: true,
    records: (start, end) => rows.slice(start, end).map(project),
  };
}

/** What `columns=true` on the query resource answers; `sf data query` asks it to lay out its table. */
export function queryColumns(view: View, soql: string): object {
  const query = parse(soql);
  const object = visibleObject(view, query.sObject ?? '');
  return {
    columnMetadata: describeColumns(view, object, expandFields(object, query, soql), query),
    entityName: object.name,
    groupBy: query.groupBy !== undefined,
    idSelected: (query.fields ?? []).some((field) => field.type === 'Field' && /^id$/i.test(field.field)),
    keyPrefix: object.keyPrefix,
  };
}

/** What was parsed last, so that a query that is asked again and again is parsed once. */
const parsed = new Map<string, Query>();
const MOST_PARSED = 1000;

function parse(soql: string): Query {
  const known = parsed.get(soql);
  if (known) return known;
  try {
    const query = parseQuery(soql);
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(soql, query);
    return query;
  } catch (error) {
    throw malformed(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

/** One record with all its columns, as `GET /sobjects/X/id` answers it. */
export function readRecord(view: View, object: ObjectDefinition, row: Row): object {
  const fields: FieldType[] = [...object.fields.values()].map((field) => ({ type: 'Field', field: field.name }));
  return compileProjection(view, object, fields, undefined, true)(row);
}

function requireIdFilter(object: ObjectDefinition, where: WhereClause | undefined): void {
  if (!NEEDS_ID_FILTER.has(object.name)) {
    return;
  }
  for (let clause = where; clause; clause = 'right' in clause ? clause.right : undefined) {
    if (clause.left && 'field' in clause.left && clause.left.field.toLowerCase() === 'id') {
      return;
    }
  }
  // Tooling API, SubscriberPackageVersion: "you must filter by Id". The wording is the simulator's.
  throw malformed(`A filter on a reified column is required [${object.name},Id]`);
}

function isAggregate(query: Query, fields: FieldType[]): boolean {
  return (
    query.groupBy !== undefined ||
    fields.some((field) => field.type === 'FieldFunctionExpression' && field.isAggregateFn === true)
  );
}

function expandFields(object: ObjectDefinition, query: Query, soql: string): FieldType[] {
  const fields = query.fields ?? [];
  const expanded = fields.flatMap((field): FieldType[] => {
    if (field.type !== 'FieldFunctionExpression' || field.functionName.toUpperCase() !== 'FIELDS') {
      return [field];
    }
    // SOQL Reference, FIELDS(): unbounded ALL and CUSTOM need a LIMIT of at most 200.
    const group = String(field.parameters[0]).toUpperCase();
    if (group !== 'STANDARD' && (query.limit === undefined || query.limit > 200)) {
      throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
    }
    if (group === 'CUSTOM') {
      return [];
    }
    return [...object.fields.values()].map((definition) => ({ type: 'Field', field: definition.name }));
  });
  if (expanded.length === 0) {
    throw malformed(`unexpected token: ${soql.slice(0, 40)}`);
  }
  return expanded;
}
