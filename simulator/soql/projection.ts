import type { FieldType, Subquery } from '@jetstreamapp/soql-parser-js';
import { SalesforceError, malformed, noSuchRelationship } from '../errors.js';
import type { Row } from '../scenario.js';
import type { FieldDefinition, ObjectDefinition } from '../schema.js';
import { columnReader } from '../auditorView.js';
import type { View } from '../auditorView.js';
import { POLYMORPHIC_OBJECT, isPrefix, output, pathOf, resolve } from './columns.js';
import type { Reader } from './columns.js';
import { compileOrder, compileWhere } from './rows.js';

type ProjectionNode = {
  object: ObjectDefinition;
  columns: Array<{ key: string; field: FieldDefinition; read: Reader }>;
  children: Array<{ key: string; run: (row: Row) => object | null }>;
  parents: Map<string, { key: string; follow: (row: Row) => Row | undefined; node: ProjectionNode }>;
};

function newNode(object: ObjectDefinition): ProjectionNode {
  return { object, columns: [], children: [], parents: new Map() };
}

export function compileProjection(
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
