import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import { dateLiteral } from '../dates.js';
import { SalesforceError, invalidField, malformed } from '../errors.js';
import { isId, toId18 } from '../ids.js';
import type { Row, Value } from '../scenario.js';
import type { FieldDefinition } from '../schema.js';
import type { View } from '../auditorView.js';
import type { Reader, Test } from './columns.js';

export const NUMBER_TYPES = new Set(['integer', 'number', 'decimal']);

export function unquote(text: string): string {
  if (!text.startsWith("'")) {
    return text;
  }
  return text
    .slice(1, -1)
    .replace(/\\(.)/g, (_, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character);
}

type Literal = {
  kind: string;
  text: string;
};

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

export function comparison(
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
  // Of a million rows many have the same time, and parsing it is what takes the longest.
  const times = new Map<string, number>();
  return orderTest(named, (row) => {
    const value = read(row);
    if (typeof value !== 'string') {
      return undefined;
    }
    const time = times.get(value) ?? Date.parse(value);
    times.set(value, time);
    return time < interval.start ? -1 : time >= interval.end ? 1 : 0;
  });
}

export function compareValues(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') {
    return left - right;
  }
  if (left === right) {
    return 0;
  }
  const a = String(left).toLowerCase();
  const b = String(right).toLowerCase();
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares by the first key that tells two items apart. */
export function inOrder<T>(
  keys: Array<{ read: (item: T) => Value; sign: number; nullsFirst: boolean }>
): (a: T, b: T) => number {
  return (a, b) => {
    for (const { read, sign, nullsFirst } of keys) {
      const result = compareForOrder(read(a), read(b), sign, nullsFirst);
      if (result !== 0) {
        return result;
      }
    }
    return 0;
  };
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

/** SOQL Reference, ORDER BY: ascending and NULLS FIRST unless the query says otherwise. */
export function direction(clause: OrderByClause): { sign: number; nullsFirst: boolean } {
  return { sign: clause.order === 'DESC' ? -1 : 1, nullsFirst: clause.nulls !== 'LAST' };
}
