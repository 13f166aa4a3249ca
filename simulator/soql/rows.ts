import type { Query, QueryBase, WhereClause } from '@jetstreamapp/soql-parser-js';
import { SalesforceError, invalidField, malformed } from '../errors.js';
import { toId18 } from '../ids.js';
import { filterable, likeable } from '../visibility.js';
import type { Row, Value } from '../scenario.js';
import type { FieldDefinition, ObjectDefinition } from '../schema.js';
import type { View } from '../auditorView.js';
import { dateFunction, pathOf, resolve, visibleObject } from './columns.js';
import type { Column, Test } from './columns.js';
import { comparison, direction, inOrder, unquote } from './compare.js';
import { checkSemiJoins, compileLogic, tokens } from './logic.js';
import type { ConditionLike } from './logic.js';

/** Rows of the view that a query selects, ordered and cut. A `depth` above 0 is inside another query. */
export function selectRows(view: View, object: ObjectDefinition, query: Query, depth: number): Row[] {
  const test = compileWhere(view, object, query.where, query.sObjectAlias, depth);
  const rows = candidates(view, object, query).filter(test);
  const order = compileOrder(view, object, query);
  if (order) {
    rows.sort(order);
  }
  const offset = query.offset ?? 0;
  return query.limit === undefined && offset === 0 ? rows : rows.slice(offset, offset + (query.limit ?? rows.length));
}

/**
 * Rows that an Id or reference in a pure AND of conditions leaves; a large org is not scanned for `UserId IN (…)`, be it
 * a list or a sub-select. Everything that can be refused has been by then.
 */
function candidates(view: View, object: ObjectDefinition, query: Query): Row[] {
  if (!everyOperatorIsAnd(query.where)) {
    return view.rows(object.name);
  }
  for (let clause = query.where; clause; clause = 'right' in clause ? clause.right : undefined) {
    const left = clause.left;
    if (!left || !('field' in left) || (left.operator !== '=' && left.operator !== 'IN')) {
      continue;
    }
    const field = object.fields.get(left.field.toLowerCase());
    if (field?.type !== 'id') {
      continue;
    }
    const index = view.index(object.name, field.name);
    const wanted =
      'valueQuery' in left
        ? selectedIds(view, left.valueQuery, 1)
        : new Set([left.value].flat().map((text) => (/^null$/i.test(text) ? null : toId18(unquote(text)))));
    return [...wanted].flatMap((value) => index.get(value) ?? []);
  }
  return view.rows(object.name);
}

function everyOperatorIsAnd(where: WhereClause | undefined): boolean {
  for (let clause = where; clause; clause = 'right' in clause ? clause.right : undefined) {
    if ('operator' in clause && clause.operator !== 'AND') {
      return false;
    }
  }
  return true;
}

export function compileOrder(
  view: View,
  object: ObjectDefinition,
  query: QueryBase
): ((a: Row, b: Row) => number) | undefined {
  const clauses = query.orderBy === undefined ? [] : [query.orderBy].flat();
  if (clauses.length === 0) {
    return undefined;
  }
  const keys = clauses.map((clause) => {
    if (!('field' in clause)) {
      throw malformed('Only a grouped query can be ordered by a function');
    }
    const column = resolve(view, object, clause.field.split('.'), query.sObjectAlias);
    if (column.field.type === 'complexvalue' || column.field.name === 'Metadata') {
      throw invalidField(`field '${column.field.name}' can not be sorted in a query call`);
    }
    return { read: column.read, ...direction(clause) };
  });
  return inOrder(keys);
}

export function compileWhere(
  view: View,
  object: ObjectDefinition,
  where: WhereClause | undefined,
  alias: string | undefined,
  depth: number
): Test {
  if (!where) {
    return () => true;
  }
  checkSemiJoins(where);
  return compileLogic(tokens(where), (condition) => compileCondition(view, object, condition, alias, depth));
}

function compileCondition(
  view: View,
  object: ObjectDefinition,
  condition: ConditionLike,
  alias: string | undefined,
  depth: number
): Test {
  if ('fn' in condition) {
    const { read, type } = dateFunction(view, object, condition.fn, alias);
    return comparison(
      { name: condition.fn.rawValue ?? '', type },
      read,
      condition.operator,
      condition.value,
      condition.literalType,
      view
    );
  }
  if (!('field' in condition)) {
    throw malformed('unexpected token');
  }
  const column = resolve(view, object, condition.field.split('.'), alias);
  if (!filterable(column.owner.name, column.field.name)) {
    throw invalidField(`field '${column.field.name}' can not be filtered in a query call`);
  }
  if (condition.operator === 'LIKE' && !likeable(column.owner.name, column.field.name)) {
    throw new SalesforceError(
      400,
      'INVALID_QUERY_FILTER_OPERATOR',
      `invalid operator on field '${column.field.name}': LIKE`
    );
  }
  if ('valueQuery' in condition) {
    return semiJoin(view, object, column, condition.field, condition.valueQuery, condition.operator, depth);
  }
  return comparison(column.field, column.read, condition.operator, condition.value, condition.literalType, view);
}

function semiJoin(
  view: View,
  outer: ObjectDefinition,
  column: Column,
  path: string,
  query: Query,
  operator: string,
  depth: number
): Test {
  if (depth > 0) {
    throw malformed('Nesting of semi join sub-selects is not supported');
  }
  if (column.field.type !== 'id' || column.owner !== outer || column.field.name.toLowerCase() !== lastStep(path)) {
    throw malformed(`The left operand of a semi join must be an Id or reference field of ${outer.name}: '${path}'`);
  }
  const object = visibleObject(view, query.sObject ?? '');
  if (object.name === outer.name) {
    throw malformed('The inner and outer selects should not be on the same object type');
  }
  if (object.name === 'TwoFactorMethodsInfo') {
    // Public reports: a semi-join of the object is refused.
    throw malformed(`Entity '${object.name}' is not supported for semi join inner selects`);
  }
  if (query.limit !== undefined || query.orderBy !== undefined) {
    throw malformed('ORDER BY and LIMIT are not supported in semi join sub-selects');
  }
  const field = query.fields?.[0];
  if (query.fields?.length !== 1 || field?.type !== 'Field') {
    throw malformed('Semi join sub-selects must query exactly one field, without relationships');
  }
  const selected = resolve(view, object, pathOf(field), query.sObjectAlias);
  if (selected.field.type !== 'id') {
    throw malformed(`Semi join sub-selects can only query id fields, cannot use: '${selected.field.name}'`);
  }
  const left = targetOf(outer, column.field);
  const right = targetOf(object, selected.field);
  if (left !== undefined && right !== undefined && left !== right) {
    throw malformed(
      `The selected field '${selected.field.name}' in the sub-select and the left operand field refer to different objects`
    );
  }
  const values = selectedIds(view, query, depth + 1);
  return operator === 'NOT IN' ? (row) => !values.has(column.read(row)) : (row) => values.has(column.read(row));
}

/** The Ids that a sub-select of one field gives; null is no Id. */
function selectedIds(view: View, query: Query, depth: number): Set<Value> {
  const object = visibleObject(view, query.sObject ?? '');
  const [field] = query.fields ?? [];
  const values = new Set<Value>();
  if (field) {
    const { read } = resolve(view, object, pathOf(field), query.sObjectAlias);
    for (const row of selectRows(view, object, query, depth)) {
      values.add(read(row));
    }
  }
  values.delete(null);
  return values;
}

function lastStep(path: string): string {
  return path.split('.').at(-1)?.toLowerCase() ?? '';
}

/** Object whose Ids a column has; undefined where several objects are possible. */
function targetOf(object: ObjectDefinition, field: FieldDefinition): string | undefined {
  if (field.name === 'Id') {
    return object.name;
  }
  return field.references === 'SObject' ? undefined : field.references;
}
