import { SCHEMA, fieldExists, objectExists } from './schema.js';
import type { Api, FieldDefinition, ObjectDefinition } from './schema.js';
import { fieldHidden, objectHidden, visibleRows } from './visibility.js';
import type { Row, Scenario, Value } from './scenario.js';

/** What the auditing user sees of an org on one endpoint at one API version: objects, fields and rows. */
export type View = {
  api: Api;
  version: number;
  scenario: Scenario;
  /** The org's clock in milliseconds. */
  now: number;
  object(name: string): ObjectDefinition | undefined;
  objects(): ObjectDefinition[];
  rows(object: string): Row[];
  find(object: string, id: string): Row | undefined;
  /** Any visible row with that Id, for polymorphic references. */
  findAnywhere(id: string): { object: string; row: Row } | undefined;
  /** Rows of an object grouped by the value of one field; built once. */
  index(object: string, field: string): Map<Value, Row[]>;
};

const SYSTEM_DATES = new Set(['CreatedDate', 'LastModifiedDate', 'SystemModstamp']);

/**
 * The reader of one column. A row carries only what its scenario says: an unset checkbox is false, an unset system date is
 * the org's own, anything else unset is null.
 */
export function columnReader(field: FieldDefinition, scenario: Scenario): (row: Row) => Value {
  const name = field.name;
  if (field.type === 'boolean') {
    return (row) => row[name] ?? false;
  }
  const fallback = SYSTEM_DATES.has(name) ? scenario.createdDate : null;
  return (row) => row[name] ?? fallback;
}

/** The view of the scenario's auditor. */
export function createView(scenario: Scenario, api: Api, version: number): View {
  const definitions = new Map<string, ObjectDefinition | undefined>();
  // Most of the hundreds of columns are asked for by few tests, so each object is looked at when it is asked for.
  const objectOf = (name: string): ObjectDefinition | undefined => {
    const key = name.toLowerCase();
    if (!definitions.has(key)) definitions.set(key, visibleObject(scenario, SCHEMA[api].get(key), version));
    return definitions.get(key);
  };
  const objects = (): ObjectDefinition[] => [...SCHEMA[api].keys()].flatMap((name) => objectOf(name) ?? []);
  const rowCache = new Map<string, Row[]>();
  const idCache = new Map<string, Map<string, Row>>();
  const indexCache = new Map<string, Map<Value, Row[]>>();
  const rows = (object: string): Row[] => {
    let visible = rowCache.get(object);
    if (!visible) {
      visible = visibleRows(scenario, object, scenario.tables[object] ?? []);
      rowCache.set(object, visible);
    }
    return visible;
  };
  const byId = (object: string): Map<string, Row> => {
    let index = idCache.get(object);
    if (!index) {
      index = new Map();
      for (const row of rows(object)) {
        if (typeof row['Id'] === 'string') {
          index.set(row['Id'], row);
        }
      }
      idCache.set(object, index);
    }
    return index;
  };
  return {
    api,
    version,
    scenario,
    now: Date.parse(scenario.now),
    object: objectOf,
    objects,
    rows,
    find: (object, id) => byId(object).get(id),
    findAnywhere: (id) => {
      for (const definition of objects()) {
        const row = byId(definition.name).get(id);
        if (row) {
          return { object: definition.name, row };
        }
      }
      return undefined;
    },
    index: (object, field) => {
      const key = `${object}.${field}`;
      let index = indexCache.get(key);
      if (!index) {
        index = new Map();
        for (const row of rows(object)) {
          const value = row[field] ?? null;
          const bucket = index.get(value);
          if (bucket) {
            bucket.push(row);
          } else {
            index.set(value, [row]);
          }
        }
        indexCache.set(key, index);
      }
      return index;
    },
  };
}

/** An object with the columns that this version has and the auditor sees; undefined if it is not there at all. */
function visibleObject(
  scenario: Scenario,
  definition: ObjectDefinition | undefined,
  version: number
): ObjectDefinition | undefined {
  if (!definition || !objectExists(definition.name, version) || objectHidden(scenario, definition.name)) {
    return undefined;
  }
  const fields = new Map(
    [...definition.fields].filter(
      ([, field]) =>
        fieldExists(definition.name, field.name, version) && !fieldHidden(scenario, definition.name, field.name)
    )
  );
  const relationships = new Map(
    [...definition.relationships].filter(([, field]) => fields.has(field.name.toLowerCase()))
  );
  return { ...definition, fields, relationships };
}
