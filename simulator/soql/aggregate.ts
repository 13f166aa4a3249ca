import type {
  FieldType,
  FunctionExp,
  GroupByClause,
  HavingClause,
  Query,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { SalesforceError, invalidField, malformed } from '../errors.js';
import { NO_AGGREGATES } from '../visibility.js';
import type { Row, Value } from '../scenario.js';
import type { FieldDefinition, ObjectDefinition } from '../schema.js';
import type { View } from '../auditorView.js';
import { dateFunction, output, pathOf, resolve } from './columns.js';
import type { Reader } from './columns.js';
import { NUMBER_TYPES, compareValues, comparison, direction, inOrder } from './compare.js';
import { compileLogic, tokens } from './logic.js';
import type { QueryResult } from './result.js';
import { selectRows } from './rows.js';

/** The largest number of groups one aggregate answer can have; there is no queryMore for it (SOQL Reference, GROUP BY). */
const MAX_GROUPS = 2000;

type GroupKey = {
  text: string;
  name: string;
  field: FieldDefinition;
  read: Reader;
};

type Group = { key: Value[]; rows: Row[] };

type GroupReader = (group: Group) => Value;

export function runAggregate(view: View, object: ObjectDefinition, query: Query, fields: FieldType[]): QueryResult {
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
    const text = key.map((value) => (typeof value === 'string' ? `'${value}` : String(value))).join('\n');
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
  groups.sort(inOrder(readers));
}
