import type { FieldType, QueryBase } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition, ObjectDefinition } from '../schema.js';
import type { View } from '../auditorView.js';
import { isPrefix, pathOf, resolve } from './columns.js';

/** Description of one selected column (Tooling WSDL, QueryResultColumnMetadata; only what clients read is filled). */
type ColumnMetadata = {
  aggregate: boolean;
  columnName: string;
  displayName: string;
  booleanType: boolean;
  custom: boolean;
  joinColumns: ColumnMetadata[];
};

function column(name: string, display: string, field?: FieldDefinition): ColumnMetadata {
  return {
    aggregate: false,
    columnName: name,
    displayName: display,
    booleanType: field?.type === 'boolean',
    custom: false,
    joinColumns: [],
  };
}

/** The columns of a query; parents and children carry theirs in `joinColumns`. */
export function describeColumns(
  view: View,
  object: ObjectDefinition,
  fields: FieldType[],
  query: QueryBase
): ColumnMetadata[] {
  let unnamed = 0;
  const columns: ColumnMetadata[] = [];
  for (const field of fields) {
    if (field.type === 'FieldSubquery') {
      const relation = object.children.get(field.subquery.relationshipName.toLowerCase());
      const child = relation && view.object(relation.object);
      if (relation && child) {
        const inner = describeColumns(view, child, field.subquery.fields ?? [], field.subquery);
        columns.push({ ...column(relation.name, relation.name), aggregate: true, joinColumns: inner });
      }
    } else if (field.type === 'FieldFunctionExpression') {
      const name = field.alias ?? `expr${unnamed++}`;
      columns.push({ ...column(name, field.rawValue ?? name), aggregate: true });
    } else if (query.groupBy !== undefined) {
      // A grouped record is flat: the value of `Profile.Name` is under `Name`.
      const { field: grouped } = resolve(view, object, pathOf(field), query.sObjectAlias);
      const name = ('alias' in field ? field.alias : undefined) ?? grouped.name;
      columns.push(column(name, name, grouped));
    } else {
      addPath(view, object, columns, pathOf(field), query.sObjectAlias);
    }
  }
  return columns;
}

function addPath(
  view: View,
  object: ObjectDefinition,
  columns: ColumnMetadata[],
  path: string[],
  alias: string | undefined
): void {
  const { field } = resolve(view, object, path, alias);
  const steps = path.length > 1 && isPrefix(path[0], object, alias) ? path.slice(1) : path;
  let level = columns;
  for (const step of steps.slice(0, -1)) {
    let parent = level.find((candidate) => candidate.columnName.toLowerCase() === step.toLowerCase());
    if (!parent) {
      parent = column(step, step);
      level.push(parent);
    }
    level = parent.joinColumns;
  }
  level.push(column(field.name, field.name, field));
}
