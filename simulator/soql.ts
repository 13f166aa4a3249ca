import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type {
  FieldType,
  FunctionExp,
  GroupByClause,
  HavingClause,
  OrderByClause,
  Query,
  QueryBase,
  Subquery,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { dateLiteral } from './dates.js';
import {
  SalesforceError,
  insufficientAccess,
  invalidField,
  invalidType,
  malformed,
  noSuchColumn,
  noSuchRelationship,
} from './errors.js';
import { isId, toId18 } from './ids.js';
import { NEEDS_ID_FILTER, NO_AGGREGATES, accessRefused, filterable } from './rules.js';
import type { Row, Value } from './scenario.js';
import { visibleMetadata } from './schema.js';
import type { FieldDefinition, ObjectDefinition } from './schema.js';
import { columnReader } from './view.js';
import type { View } from './view.js';

/** The answer to a query before it is cut into pages. */
export interface QueryResult {
  /** Object asked, for caps that hang on it. */
  object: string;
  totalSize: number;
  /** False for aggregates, which can not be paged. */
  pageable: boolean;
  /** Records from `start` to `end`, made only when a page is asked. */
  records(start: number, end: number): object[];
}

type Reader = (row: Row) => Value;
type Test = (row: Row) => boolean;

interface Column {
  field: FieldDefinition;
  owner: ObjectDefinition;
  read: Reader;
}

/** The largest number of groups one aggregate answer can hold; there is no queryMore for it (SOQL Reference, GROUP BY). */
const MAX_GROUPS = 2000;
/** SOQL Reference, OFFSET: "The maximum offset is 2,000 rows". */
const MAX_OFFSET = 2000;

/** Parses and runs a query as the view's user. Throws a `SalesforceError` where Salesforce refuses. */
export function runQuery(view: View, soql: string): QueryResult {
  let query: Query;
  try {
    query = parseQuery(soql);
  } catch (error) {
    throw malformed(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
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

/** One record with all its columns, as `GET /sobjects/X/id` answers it. */
export function readRecord(view: View, object: ObjectDefinition, row: Row): object {
  const fields: FieldType[] = [...object.fields.values()].map((field) => ({ type: 'Field', field: field.name }));
  return compileProjection(view, object, fields, undefined, true)(row);
}

function visibleObject(view: View, name: string): ObjectDefinition {
  const object = view.object(name);
  if (!object) {
    throw invalidType(name);
  }
  return object;
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

// --- columns -------------------------------------------------------------------------------------------------------

/** Fields of the `Name` object that a polymorphic reference offers (SOQL Reference, polymorphic relationships). */
const POLYMORPHIC_FIELDS: Record<string, FieldDefinition> = {
  id: { name: 'Id', type: 'id' },
  name: { name: 'Name', type: 'string' },
  type: { name: 'Type', type: 'string' },
};

function resolve(view: View, object: ObjectDefinition, path: string[], alias: string | undefined): Column {
  const steps = path.length > 1 && isPrefix(path[0], object, alias) ? path.slice(1) : path;
  const name = steps.at(-1) ?? '';
  let owner = object;
  const hops: Array<(row: Row) => Row | undefined> = [];
  for (const step of steps.slice(0, -1)) {
    const relationship = owner.relationships.get(step.toLowerCase());
    if (relationship === undefined) {
      throw noSuchRelationship(step);
    }
    const read = columnReader(relationship, view.scenario);
    if (relationship.references === 'SObject') {
      return polymorphicColumn(view, owner, hops, read, name);
    }
    const target = view.object(relationship.references ?? '');
    if (!target) {
      throw noSuchRelationship(step);
    }
    hops.push((row) => {
      const id = read(row);
      return typeof id === 'string' ? view.find(target.name, id) : undefined;
    });
    owner = target;
  }
  const field = owner.fields.get(name.toLowerCase());
  if (!field) {
    throw noSuchColumn(name, owner.name);
  }
  const readLast = columnReader(field, view.scenario);
  return { field, owner, read: through(hops, readLast) };
}

function through(hops: Array<(row: Row) => Row | undefined>, read: Reader): Reader {
  if (hops.length === 0) {
    return read;
  }
  return (row) => {
    let current: Row | undefined = row;
    for (const hop of hops) {
      current = hop(current);
      if (!current) {
        return null;
      }
    }
    return read(current);
  };
}

function polymorphicColumn(
  view: View,
  owner: ObjectDefinition,
  hops: Array<(row: Row) => Row | undefined>,
  readId: Reader,
  name: string
): Column {
  const field = POLYMORPHIC_FIELDS[name.toLowerCase()];
  if (!field) {
    throw noSuchColumn(name, 'Name');
  }
  const read: Reader = (row) => {
    const id = readId(row);
    const found = typeof id === 'string' ? view.findAnywhere(id) : undefined;
    if (!found) {
      return null;
    }
    return field.name === 'Type' ? found.object : (found.row[field.name] ?? null);
  };
  return { field, owner, read: through(hops, read) };
}

function isPrefix(step: string | undefined, object: ObjectDefinition, alias: string | undefined): boolean {
  const text = step?.toLowerCase();
  return (
    text !== undefined &&
    (text === alias?.toLowerCase() || (text === object.name.toLowerCase() && !object.relationships.has(text)))
  );
}

/** Path of a selected field as the parser gives it, its own alias prefix included. */
function pathOf(field: FieldType): string[] {
  if (field.type === 'FieldRelationship') {
    const prefix = 'objectPrefix' in field ? [field.objectPrefix] : [];
    return [...prefix, ...field.relationships, field.field];
  }
  if (field.type === 'Field') {
    return [...('objectPrefix' in field ? [field.objectPrefix] : []), field.field];
  }
  return [];
}

// --- projection ----------------------------------------------------------------------------------------------------

/** A value as REST answers it: date-times with milliseconds and a numeric zone. */
function output(field: FieldDefinition, value: Value, view: View): Value {
  if (field.type === 'datetime' && typeof value === 'string') {
    return new Date(value).toISOString().replace('Z', '+0000');
  }
  return field.type === 'complexvalue'
    ? (visibleMetadata(value, view.version, view.scenario.features.apiAccessControl) as Value)
    : value;
}

interface ProjectionNode {
  object: ObjectDefinition;
  columns: Array<{ key: string; field: FieldDefinition; read: Reader }>;
  children: Array<{ key: string; run: (row: Row) => object | null }>;
  parents: Map<string, { key: string; follow: (row: Row) => Row | undefined; node: ProjectionNode }>;
}

function newNode(object: ObjectDefinition): ProjectionNode {
  return { object, columns: [], children: [], parents: new Map() };
}

function compileProjection(
  view: View,
  object: ObjectDefinition,
  fields: FieldType[],
  alias: string | undefined,
  subqueriesAllowed: boolean
): (row: Row) => object {
  const root = newNode(object);
  for (const field of fields) {
    if (field.type === 'FieldSubquery') {
      if (!subqueriesAllowed) {
        throw malformed('Nesting of child sub-selects is not supported');
      }
      root.children.push(compileChildren(view, object, field.subquery));
    } else if (field.type === 'FieldFunctionExpression') {
      const column = resolve(view, object, String(field.parameters[0]).split('.'), alias);
      if (!/^(toLabel|format|convertTimezone)$/i.test(field.functionName)) {
        throw malformed(`unexpected function: ${field.functionName}`);
      }
      root.columns.push({ key: field.alias ?? column.field.name, field: column.field, read: column.read });
    } else if (field.type === 'FieldTypeof') {
      throw malformed('TYPEOF is not supported on this object');
    } else {
      addPath(view, root, pathOf(field), alias, 'alias' in field ? field.alias : undefined);
    }
  }
  return (row) => project(view, root, row);
}

function addPath(
  view: View,
  root: ProjectionNode,
  path: string[],
  alias: string | undefined,
  key: string | undefined
): void {
  const full = resolve(view, root.object, path, alias);
  const steps = path.length > 1 && isPrefix(path[0], root.object, alias) ? path.slice(1) : path;
  let node = root;
  for (const step of steps.slice(0, -1)) {
    const existing = node.parents.get(step.toLowerCase());
    if (existing) {
      node = existing.node;
      continue;
    }
    const relationship = node.object.relationships.get(step.toLowerCase());
    if (!relationship?.relationship) {
      throw noSuchRelationship(step);
    }
    const read = columnReader(relationship, view.scenario);
    const target = view.object(relationship.references ?? '');
    const next = newNode(target ?? POLYMORPHIC_OBJECT);
    node.parents.set(step.toLowerCase(), {
      key: relationship.relationship,
      node: next,
      follow: (row) => {
        const id = read(row);
        if (typeof id !== 'string') {
          return undefined;
        }
        if (target) {
          return view.find(target.name, id);
        }
        const found = view.findAnywhere(id);
        return found && { ...found.row, Type: found.object };
      },
    });
    node = next;
  }
  const field = full.field;
  node.columns.push({ key: key ?? field.name, field, read: columnReader(field, view.scenario) });
}

const POLYMORPHIC_OBJECT: ObjectDefinition = {
  name: 'Name',
  keyPrefix: '',
  fields: new Map(Object.entries(POLYMORPHIC_FIELDS)),
  relationships: new Map(),
  children: new Map(),
};

function project(view: View, node: ProjectionNode, row: Row): object {
  const record: Record<string, unknown> = { attributes: attributes(view, node.object, row) };
  for (const column of node.columns) {
    record[column.key] = output(column.field, column.read(row), view);
  }
  for (const parent of node.parents.values()) {
    const target = parent.follow(row);
    record[parent.key] = target ? project(view, parent.node, target) : null;
  }
  for (const child of node.children) {
    record[child.key] = child.run(row);
  }
  return record;
}

function attributes(view: View, object: ObjectDefinition, row: Row): object {
  const id = row['Id'];
  const base = `/services/data/v${view.version}.0/${view.api === 'tooling' ? 'tooling/' : ''}sobjects/${object.name}`;
  return { type: object.name, url: typeof id === 'string' ? `${base}/${id}` : base };
}

function compileChildren(view: View, object: ObjectDefinition, subquery: Subquery): ProjectionNode['children'][number] {
  const relation = object.children.get(subquery.relationshipName.toLowerCase());
  const child = relation && view.object(relation.object);
  if (!relation || !child) {
    throw new SalesforceError(
      400,
      'INVALID_FIELD',
      `Didn't understand relationship '${subquery.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`
    );
  }
  const test = compileWhere(view, child, subquery.where, subquery.sObjectAlias, 1);
  const order = compileOrder(view, child, subquery);
  const projectChild = compileProjection(view, child, subquery.fields ?? [], subquery.sObjectAlias, false);
  const index = view.index(child.name, relation.field);
  return {
    key: relation.name,
    run: (row) => {
      const rows = (index.get(row['Id'] ?? null) ?? []).filter(test);
      if (order) {
        rows.sort(order);
      }
      const cut = rows.slice(subquery.offset ?? 0, (subquery.offset ?? 0) + (subquery.limit ?? rows.length));
      return cut.length === 0 ? null : { totalSize: cut.length, done: true, records: cut.map(projectChild) };
    },
  };
}

// --- rows ----------------------------------------------------------------------------------------------------------

function selectRows(view: View, object: ObjectDefinition, query: Query, depth: number): Row[] {
  const test = compileWhere(view, object, query.where, query.sObjectAlias, depth);
  let rows = candidates(view, object, query).filter(test);
  const order = compileOrder(view, object, query);
  if (order) {
    rows = rows === view.rows(object.name) ? [...rows] : rows;
    rows.sort(order);
  }
  const offset = query.offset ?? 0;
  return query.limit === undefined && offset === 0 ? rows : rows.slice(offset, offset + (query.limit ?? rows.length));
}

/** Rows that an Id or reference in a pure AND of conditions leaves; a large org is not scanned for `UserId IN (…)`. */
function candidates(view: View, object: ObjectDefinition, query: Query): Row[] {
  if (!everyOperatorIsAnd(query.where)) {
    return view.rows(object.name);
  }
  for (let clause = query.where; clause; clause = 'right' in clause ? clause.right : undefined) {
    const left = clause.left;
    if (!left || !('field' in left) || !('value' in left) || (left.operator !== '=' && left.operator !== 'IN')) {
      continue;
    }
    const field = object.fields.get(left.field.toLowerCase());
    if (field?.type !== 'id') {
      continue;
    }
    const index = view.index(object.name, field.name);
    const wanted = [left.value].flat().map((text) => (/^null$/i.test(text) ? null : toId18(unquote(text))));
    return [...new Set(wanted)].flatMap((value) => index.get(value) ?? []);
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

function compileOrder(
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
  return (a, b) => {
    for (const key of keys) {
      const result = compareForOrder(key.read(a), key.read(b), key.sign, key.nullsFirst);
      if (result !== 0) {
        return result;
      }
    }
    return 0;
  };
}

/** SOQL Reference, ORDER BY: ascending and NULLS FIRST unless the query says otherwise. */
function direction(clause: OrderByClause): { sign: number; nullsFirst: boolean } {
  return { sign: clause.order === 'DESC' ? -1 : 1, nullsFirst: clause.nulls !== 'LAST' };
}

function compareForOrder(left: Value, right: Value, sign: number, nullsFirst: boolean): number {
  if (left === null || right === null) {
    if (left === right) {
      return 0;
    }
    return (left === null) === nullsFirst ? -1 : 1;
  }
  return sign * compareValues(left, right);
}

function compareValues(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') {
    return left - right;
  }
  const a = String(left).toLowerCase();
  const b = String(right).toLowerCase();
  return a < b ? -1 : a > b ? 1 : 0;
}

// --- WHERE ---------------------------------------------------------------------------------------------------------

type ConditionLike = NonNullable<WhereClause['left']>;
type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { condition: ConditionLike };

/** The parser gives WHERE as a chain with parentheses counted on its conditions; this is the sequence it was read from. */
function tokens(where: WhereClause): Token[] {
  const sequence: Token[] = [];
  let clause: WhereClause | undefined = where;
  while (clause) {
    const left: WhereClause['left'] = clause.left;
    const operator = 'operator' in clause ? clause.operator : undefined;
    const opening = left && 'openParen' in left ? (left.openParen ?? 0) : 0;
    sequence.push(...Array<Token>(opening).fill('('));
    if (left && ('field' in left || 'fn' in left)) {
      sequence.push({ condition: left });
      sequence.push(...Array<Token>(left.closeParen ?? 0).fill(')'));
    }
    if (operator !== undefined) {
      sequence.push(operator);
    }
    clause = 'right' in clause ? clause.right : undefined;
  }
  return sequence;
}

function compileWhere(
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

/** AND, OR and NOT over compiled conditions. Mixing AND with OR needs parentheses (SOQL Reference, logical operators). */
function compileLogic<T>(
  sequence: Token[],
  compile: (condition: ConditionLike) => (item: T) => boolean
): (item: T) => boolean {
  let position = 0;
  const group = (): ((item: T) => boolean) => {
    const terms = [unary()];
    let operator: 'AND' | 'OR' | undefined;
    for (let token = sequence[position]; token === 'AND' || token === 'OR'; token = sequence[position]) {
      if (operator !== undefined && operator !== token) {
        throw malformed(`unexpected token: '${token}'`);
      }
      operator = token;
      position++;
      terms.push(unary());
    }
    const only = terms[0];
    if (terms.length === 1 && only) {
      return only;
    }
    return operator === 'OR' ? (item) => terms.some((term) => term(item)) : (item) => terms.every((term) => term(item));
  };
  const unary = (): ((item: T) => boolean) => {
    const token = sequence[position++];
    if (token === 'NOT') {
      const inner = unary();
      return (item) => !inner(item);
    }
    if (token === '(') {
      const inner = group();
      if (sequence[position++] !== ')') {
        throw malformed("expecting a right parentheses, found 'EOF'");
      }
      return inner;
    }
    if (typeof token === 'object') {
      return compile(token.condition);
    }
    throw malformed(`unexpected token: '${token ?? 'EOF'}'`);
  };
  const test = group();
  if (position < sequence.length) {
    throw malformed(`unexpected token: '${String(sequence[position])}'`);
  }
  return test;
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
  if ('valueQuery' in condition) {
    return semiJoin(view, object, column, condition.field, condition.valueQuery, condition.operator, depth);
  }
  return comparison(column.field, column.read, condition.operator, condition.value, condition.literalType, view);
}

/** The limits of SOQL Reference, "Considerations for Semi-Join and Anti-Join Queries". The wordings are the simulator's. */
function checkSemiJoins(where: WhereClause): void {
  const sequence = tokens(where);
  const joins = sequence.filter((token) => typeof token === 'object' && 'valueQuery' in token.condition);
  if (joins.length === 0) {
    return;
  }
  if (joins.length > 2) {
    throw malformed('No more than two semi join or anti join sub-selects are allowed');
  }
  for (const join of joins) {
    const around = enclosingOperators(sequence, sequence.indexOf(join));
    for (const operator of ['OR', 'NOT'] as const) {
      if (around.includes(operator)) {
        throw malformed(`Semi join sub-selects are not allowed with the '${operator}' operator`);
      }
    }
  }
}

/** Operators that act on the condition at a position: those of its own group and of every group around it. */
function enclosingOperators(sequence: Token[], position: number): Token[] {
  const operators: Token[] = [];
  const walk = (part: Token[], opening: Token, closing: Token): void => {
    let level = 0;
    for (const token of part) {
      if (token === opening) {
        level++;
      } else if (token === closing) {
        level = Math.max(0, level - 1);
      } else if (level === 0 && typeof token === 'string') {
        operators.push(token);
      }
    }
  };
  walk(sequence.slice(0, position).reverse(), ')', '(');
  walk(sequence.slice(position + 1), '(', ')');
  return operators;
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
    // Public reports: the object refuses to stand in a semi-join.
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
  const values = new Set<Value>();
  for (const row of selectRows(view, object, query, depth + 1)) {
    values.add(selected.read(row));
  }
  values.delete(null);
  return operator === 'NOT IN' ? (row) => !values.has(column.read(row)) : (row) => values.has(column.read(row));
}

function lastStep(path: string): string {
  return path.split('.').at(-1)?.toLowerCase() ?? '';
}

/** Object whose Ids a column holds; undefined where several objects are possible. */
function targetOf(object: ObjectDefinition, field: FieldDefinition): string | undefined {
  if (field.name === 'Id') {
    return object.name;
  }
  return field.references === 'SObject' ? undefined : field.references;
}

function unquote(text: string): string {
  if (!text.startsWith("'")) {
    return text;
  }
  return text
    .slice(1, -1)
    .replace(/\\(.)/g, (_, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character);
}

interface Literal {
  kind: string;
  text: string;
}

function literals(value: string | string[], literalType: string | string[] | undefined): Literal[] {
  const kinds = [literalType ?? 'STRING'].flat();
  return [value].flat().map((text, position) => ({ kind: kinds[position] ?? kinds[0] ?? 'STRING', text }));
}

function wrongType(field: FieldDefinition, quoted: boolean): SalesforceError {
  const expected = field.type === 'datetime' ? 'dateTime' : field.type;
  return invalidField(
    `value of filter criterion for field '${field.name}' must be of type ${expected} and should ${quoted ? 'not ' : ''}be enclosed in quotes`
  );
}

const NUMBER_TYPES = new Set(['integer', 'number', 'decimal']);

function comparison(
  field: FieldDefinition,
  read: Reader,
  operator: string,
  value: string | string[],
  literalType: string | string[] | undefined,
  view: View
): Test {
  const given = literals(value, literalType);
  const single = given[0];
  if (field.type === 'datetime' || field.type === 'date') {
    return anyOf(
      operator,
      given.map((literal) => dateTest(field, read, operator, literal, view))
    );
  }
  if (operator === 'IN' || operator === 'NOT IN') {
    const wanted = new Set(given.map((literal) => normal(field, scalar(field, literal))));
    return operator === 'IN'
      ? (row) => wanted.has(normal(field, read(row)))
      : (row) => !wanted.has(normal(field, read(row)));
  }
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    throw invalidField(`field '${field.name}' is not a multi-select picklist`);
  }
  if (!single) {
    throw malformed(`unexpected token: '${operator}'`);
  }
  const wanted = normal(field, scalar(field, single));
  if (operator === 'LIKE') {
    if (field.type !== 'string') {
      throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${field.type} field`);
    }
    const pattern = likePattern(unquote(single.text));
    return (row) => pattern.test(String(read(row) ?? ''));
  }
  return orderTest(operator, (row) => {
    const actual = normal(field, read(row));
    if (actual === null || wanted === null) {
      return actual === wanted ? 0 : undefined;
    }
    return compareValues(actual, wanted);
  });
}

/** Text is compared without case, Ids with it. */
function normal(field: FieldDefinition, value: Value): Value {
  return typeof value === 'string' && field.type !== 'id' ? value.toLowerCase() : value;
}

function scalar(field: FieldDefinition, literal: Literal): Value {
  const quoted = literal.kind === 'STRING';
  if (literal.kind === 'NULL') {
    return null;
  }
  if (field.type === 'boolean') {
    if (literal.kind !== 'BOOLEAN') {
      throw wrongType(field, quoted);
    }
    return literal.text.toUpperCase() === 'TRUE';
  }
  if (NUMBER_TYPES.has(field.type)) {
    if (quoted || Number.isNaN(Number(literal.text))) {
      throw wrongType(field, quoted);
    }
    return Number(literal.text);
  }
  if (!quoted) {
    throw wrongType(field, false);
  }
  const text = unquote(literal.text);
  if (field.type === 'id') {
    if (text !== '' && !isId(text)) {
      throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
    }
    return text === '' ? null : toId18(text);
  }
  return text === '' ? null : text;
}

function likePattern(text: string): RegExp {
  const source = text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%/g, '.*')
    .replace(/_/g, '.');
  return new RegExp(`^${source}$`, 'is');
}

/** Turns a three-way comparison (undefined where one side is null) into the operator's test. */
function orderTest(operator: string, compare: (row: Row) => number | undefined): Test {
  switch (operator) {
    case '=':
      return (row) => compare(row) === 0;
    case '!=':
      return (row) => compare(row) !== 0;
    case '<':
      return (row) => (compare(row) ?? 0) < 0;
    case '<=':
      return (row) => (compare(row) ?? 1) <= 0;
    case '>':
      return (row) => (compare(row) ?? 0) > 0;
    case '>=':
      return (row) => (compare(row) ?? -1) >= 0;
    default:
      throw malformed(`unexpected token: '${operator}'`);
  }
}

function anyOf(operator: string, tests: Test[]): Test {
  const only = tests[0];
  if (tests.length === 1 && only) {
    return only;
  }
  return operator === 'NOT IN' ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row));
}

function dateTest(field: FieldDefinition, read: Reader, operator: string, literal: Literal, view: View): Test {
  const named = operator === 'IN' ? '=' : operator === 'NOT IN' ? '!=' : operator;
  if (literal.kind === 'NULL') {
    return named === '!=' ? (row) => read(row) !== null : (row) => read(row) === null;
  }
  const isRange = literal.kind === 'DATE_LITERAL' || literal.kind === 'DATE_N_LITERAL';
  const expected = field.type === 'datetime' ? 'DATETIME' : 'DATE';
  if (!isRange && literal.kind !== expected) {
    throw wrongType(field, literal.kind === 'STRING');
  }
  const moment = Date.parse(literal.text);
  const interval = isRange
    ? dateLiteral(literal.text, view.now)
    : { start: moment, end: moment + (field.type === 'date' ? 86_400_000 : 1) };
  if (!interval || Number.isNaN(interval.start)) {
    throw malformed(`unexpected token: '${literal.text}'`);
  }
  return orderTest(named, (row) => {
    const value = read(row);
    if (typeof value !== 'string') {
      return undefined;
    }
    const time = Date.parse(value);
    return time < interval.start ? -1 : time >= interval.end ? 1 : 0;
  });
}

// --- aggregates ----------------------------------------------------------------------------------------------------

/** SOQL Reference, date functions, on a date or date-time column (UTC). */
const DATE_FUNCTIONS: Record<string, (date: Date) => Value> = {
  CALENDAR_YEAR: (date) => date.getUTCFullYear(),
  CALENDAR_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: (date) => date.getUTCMonth() + 1,
  DAY_IN_MONTH: (date) => date.getUTCDate(),
  DAY_IN_WEEK: (date) => date.getUTCDay() + 1,
  DAY_ONLY: (date) => date.toISOString().slice(0, 10),
  HOUR_IN_DAY: (date) => date.getUTCHours(),
};

function dateFunction(
  view: View,
  object: ObjectDefinition,
  fn: FunctionExp,
  alias: string | undefined
): { read: Reader; type: string } {
  const name = (fn.functionName ?? '').toUpperCase();
  const compute = DATE_FUNCTIONS[name];
  const parameter = fn.parameters?.[0];
  if (!compute || typeof parameter !== 'string') {
    throw malformed(`unexpected token: '${fn.rawValue ?? name}'`);
  }
  const column = resolve(view, object, parameter.split('.'), alias);
  return {
    type: name === 'DAY_ONLY' ? 'date' : 'integer',
    read: (row) => {
      const value = column.read(row);
      return typeof value === 'string' ? compute(new Date(value)) : null;
    },
  };
}

interface GroupKey {
  text: string;
  name: string;
  field: FieldDefinition;
  read: Reader;
}

type Group = { key: Value[]; rows: Row[] };
type GroupReader = (group: Group) => Value;

function runAggregate(view: View, object: ObjectDefinition, query: Query, fields: FieldType[]): QueryResult {
  const first = fields[0];
  const countOnly =
    fields.length === 1 &&
    first?.type === 'FieldFunctionExpression' &&
    first.functionName.toUpperCase() === 'COUNT' &&
    first.parameters.length === 0;
  if (NO_AGGREGATES.has(object.name) && (!countOnly || query.groupBy !== undefined)) {
    throw malformed(`Grouping or aggregate functions are not supported on ${object.name}`);
  }
  const rows = selectRows(view, object, { ...query, orderBy: undefined, limit: undefined, offset: undefined }, 0);
  if (countOnly) {
    if (query.groupBy !== undefined) {
      throw malformed('COUNT() can not be used with GROUP BY');
    }
    const count = Math.min(rows.length, query.limit ?? rows.length);
    return { object: object.name, totalSize: count, pageable: false, records: () => [] };
  }
  const keys =
    query.groupBy === undefined ? [] : [query.groupBy].flat().map((clause) => groupKey(view, object, clause, query));
  const groups = collectGroups(rows, keys);
  const having = query.having ? compileHaving(view, object, query.having, keys, query) : (): boolean => true;
  const kept = groups.filter(having);
  orderGroups(view, object, query, keys, fields, kept);
  const offset = query.offset ?? 0;
  const cut = kept.slice(offset, offset + (query.limit ?? kept.length));
  if (cut.length > MAX_GROUPS) {
    throw new SalesforceError(
      400,
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch'
    );
  }
  const columns = aggregateColumns(view, object, query, fields, keys);
  return {
    object: object.name,
    totalSize: cut.length,
    pageable: false,
    records: (start, end) =>
      cut.slice(start, end).map((group) => ({
        attributes: { type: 'AggregateResult' },
        ...Object.fromEntries(columns.map((column) => [column.name, column.read(group)])),
      })),
  };
}

function groupKey(view: View, object: ObjectDefinition, clause: GroupByClause, query: Query): GroupKey {
  if ('fn' in clause) {
    if (/^(rollup|cube)$/i.test(clause.fn.functionName ?? '')) {
      throw malformed('GROUP BY ROLLUP and CUBE are not simulated');
    }
    const { read, type } = dateFunction(view, object, clause.fn, query.sObjectAlias);
    const text = (clause.fn.rawValue ?? '').toLowerCase();
    return { text, name: '', field: { name: text, type }, read };
  }
  // SOQL Reference, GROUP BY: a grouped field may be named by its alias.
  const aliased = query.fields?.find(
    (field) => field.type === 'Field' && 'alias' in field && field.alias === clause.field
  );
  const path = aliased ? pathOf(aliased) : clause.field.split('.');
  const column = resolve(view, object, path, query.sObjectAlias);
  if (column.field.type === 'complexvalue') {
    throw invalidField(`field '${column.field.name}' can not be grouped in a query call`);
  }
  return { text: clause.field.toLowerCase(), name: column.field.name, field: column.field, read: column.read };
}

function collectGroups(rows: Row[], keys: GroupKey[]): Group[] {
  if (keys.length === 0) {
    return [{ key: [], rows }];
  }
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = keys.map((part) => part.read(row));
    const text = JSON.stringify(key);
    const group = groups.get(text);
    if (group) {
      group.rows.push(row);
    } else {
      groups.set(text, { key, rows: [row] });
    }
  }
  return [...groups.values()];
}

function aggregateColumns(
  view: View,
  object: ObjectDefinition,
  query: Query,
  fields: FieldType[],
  keys: GroupKey[]
): Array<{ name: string; read: GroupReader }> {
  let unnamed = 0;
  return fields.map((field) => {
    if (field.type === 'FieldFunctionExpression') {
      const read = aggregateFunction(view, object, field, keys, query);
      return { name: field.alias ?? `expr${unnamed++}`, read };
    }
    if (field.type !== 'Field' && field.type !== 'FieldRelationship') {
      throw malformed('Only fields and aggregate functions can be selected in a grouped query');
    }
    const path = pathOf(field);
    const alias = 'alias' in field ? field.alias : undefined;
    const column = resolve(view, object, path, query.sObjectAlias);
    const position = keys.findIndex(
      (key) =>
        key.text === path.join('.').toLowerCase() ||
        key.text === alias?.toLowerCase() ||
        key.text === path.at(-1)?.toLowerCase()
    );
    if (position < 0) {
      throw malformed(`Field must be grouped or aggregated: ${path.join('.')}`);
    }
    return {
      name: alias ?? column.field.name,
      read: (group) => output(column.field, group.key[position] ?? null, view),
    };
  });
}

function aggregateFunction(
  view: View,
  object: ObjectDefinition,
  fn: FunctionExp,
  keys: GroupKey[],
  query: Query
): GroupReader {
  const name = (fn.functionName ?? '').toUpperCase();
  const raw = (fn.rawValue ?? '').toLowerCase();
  const grouped = keys.findIndex((key) => key.text === raw);
  if (grouped >= 0) {
    return (group) => group.key[grouped] ?? null;
  }
  const parameter = fn.parameters?.[0];
  if (parameter === undefined && name === 'COUNT') {
    return (group) => group.rows.length;
  }
  if (typeof parameter !== 'string') {
    throw malformed(`unexpected token: '${fn.rawValue ?? name}'`);
  }
  const column = resolve(view, object, parameter.split('.'), query.sObjectAlias);
  // SOQL Reference, aggregate functions: nulls do not count.
  const values = (group: Group): Value[] => group.rows.map(column.read).filter((value) => value !== null);
  switch (name) {
    case 'COUNT':
      return (group) => values(group).length;
    case 'COUNT_DISTINCT':
      return (group) => new Set(values(group)).size;
    case 'MIN':
    case 'MAX': {
      if (column.field.type === 'boolean' || column.field.type === 'complexvalue') {
        throw malformed(`field ${column.field.name} does not support aggregate operator ${name}`);
      }
      const sign = name === 'MIN' ? 1 : -1;
      return (group) => {
        const best = values(group).reduce<Value>(
          (current, value) => (current === null || sign * compareValues(value, current) < 0 ? value : current),
          null
        );
        return output(column.field, best, view);
      };
    }
    case 'SUM':
    case 'AVG': {
      if (!NUMBER_TYPES.has(column.field.type)) {
        throw malformed(`field ${column.field.name} does not support aggregate operator ${name}`);
      }
      return (group) => {
        const numbers = values(group).map(Number);
        const sum = numbers.reduce((total, number) => total + number, 0);
        return numbers.length === 0 ? null : name === 'SUM' ? sum : sum / numbers.length;
      };
    }
    default:
      throw malformed(`unexpected token: '${fn.rawValue ?? name}'`);
  }
}

function groupReader(
  view: View,
  object: ObjectDefinition,
  clause: { fn: FunctionExp } | { field: string },
  keys: GroupKey[],
  query: Query
): { read: GroupReader; type: string } {
  if ('fn' in clause) {
    return { read: aggregateFunction(view, object, clause.fn, keys, query), type: 'number' };
  }
  const text = clause.field.toLowerCase();
  const position = keys.findIndex((key) => key.text === text || key.name.toLowerCase() === text);
  if (position < 0) {
    const aliased = query.fields?.find(
      (field) => field.type === 'FieldFunctionExpression' && field.alias?.toLowerCase() === text
    );
    if (aliased?.type === 'FieldFunctionExpression') {
      return { read: aggregateFunction(view, object, aliased, keys, query), type: 'number' };
    }
    throw malformed(`Field must be grouped or aggregated: ${clause.field}`);
  }
  return { read: (group) => group.key[position] ?? null, type: keys[position]?.field.type ?? 'string' };
}

function compileHaving(
  view: View,
  object: ObjectDefinition,
  having: HavingClause,
  keys: GroupKey[],
  query: Query
): (group: Group) => boolean {
  // HAVING has the shape of WHERE, so the same sequence and logic serve both.
  return compileLogic<Group>(tokens(having as WhereClause), (condition) => {
    if (!('value' in condition)) {
      throw malformed('unexpected token in HAVING');
    }
    const { read, type } = groupReader(view, object, condition, keys, query);
    const field = { name: 'HAVING', type };
    const test = comparison(
      field,
      (row) => row['value'] ?? null,
      condition.operator,
      condition.value,
      condition.literalType,
      view
    );
    return (group) => test({ value: read(group) });
  });
}

function orderGroups(
  view: View,
  object: ObjectDefinition,
  query: Query,
  keys: GroupKey[],
  fields: FieldType[],
  groups: Group[]
): void {
  const clauses = query.orderBy === undefined ? [] : [query.orderBy].flat();
  const readers = clauses.map((clause) => ({
    read: groupReader(view, object, clause, keys, { ...query, fields }).read,
    ...direction(clause),
  }));
  if (readers.length === 0) {
    return;
  }
  groups.sort((a, b) => {
    for (const reader of readers) {
      const result = compareForOrder(reader.read(a), reader.read(b), reader.sign, reader.nullsFirst);
      if (result !== 0) {
        return result;
      }
    }
    return 0;
  });
}
