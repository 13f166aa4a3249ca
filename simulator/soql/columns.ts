import type { FieldType, FunctionExp } from '@jetstreamapp/soql-parser-js';
import { invalidType, malformed, noSuchColumn, noSuchRelationship } from '../errors.js';
import type { Row, Value } from '../scenario.js';
import { visibleMetadata } from '../schema.js';
import type { FieldDefinition, ObjectDefinition } from '../schema.js';
import { columnReader } from '../auditorView.js';
import type { View } from '../auditorView.js';

export type Reader = (row: Row) => Value;

export type Test = (row: Row) => boolean;

export type Column = {
  field: FieldDefinition;
  owner: ObjectDefinition;
  read: Reader;
};

/** Fields of the `Name` object that a polymorphic reference offers (SOQL Reference, polymorphic relationships). */
const POLYMORPHIC_FIELDS: Record<string, FieldDefinition> = {
  id: { name: 'Id', type: 'id' },
  name: { name: 'Name', type: 'string' },
  type: { name: 'Type', type: 'string' },
};

export const POLYMORPHIC_OBJECT: ObjectDefinition = {
  name: 'Name',
  keyPrefix: '',
  fields: new Map(Object.entries(POLYMORPHIC_FIELDS)),
  relationships: new Map(),
  children: new Map(),
};

export function visibleObject(view: View, name: string): ObjectDefinition {
  const object = view.object(name);
  if (!object) {
    throw invalidType(name);
  }
  return object;
}

export function resolve(view: View, object: ObjectDefinition, path: string[], alias: string | undefined): Column {
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

export function isPrefix(step: string | undefined, object: ObjectDefinition, alias: string | undefined): boolean {
  const text = step?.toLowerCase();
  return (
    text !== undefined &&
    (text === alias?.toLowerCase() || (text === object.name.toLowerCase() && !object.relationships.has(text)))
  );
}

/** Path of a selected field as the parser gives it, its own alias prefix included. */
export function pathOf(field: FieldType): string[] {
  if (field.type === 'FieldRelationship') {
    const prefix = 'objectPrefix' in field ? [field.objectPrefix] : [];
    return [...prefix, ...field.relationships, field.field];
  }
  if (field.type === 'Field') {
    return [...('objectPrefix' in field ? [field.objectPrefix] : []), field.field];
  }
  return [];
}

/** A value as REST answers it: date-times with milliseconds and a numeric zone. */
export function output(field: FieldDefinition, value: Value, view: View): Value {
  if (field.type === 'datetime' && typeof value === 'string') {
    return new Date(value).toISOString().replace('Z', '+0000');
  }
  return field.type === 'complexvalue'
    ? (visibleMetadata(value, view.version, view.scenario.features.apiAccessControl) as Value)
    : value;
}

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

export function dateFunction(
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
