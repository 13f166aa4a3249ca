import type { AnyNode, Program } from 'acorn';
import { isNode } from './values.js';

/** What says something about types only. */
const TYPES: ReadonlySet<string> = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'superTypeParameters',
  'superTypeArguments',
  'implements',
]);
/** An expression with a type annotation. */
const WRAPPED: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'JSXExpressionContainer',
]);

type Fields = Record<string, unknown>;

/** The same program without its types, so that the data flow reads only JavaScript. Changes the tree in place. */
export function withoutTypes(program: Program): Program {
  strip(program as unknown as Fields);
  return program;
}

/** The type that a variable, a parameter or a field is declared with: `Connection`, `jsforce.Connection`. */
export function declaredType(node: AnyNode): string | undefined {
  const { declaredType: name } = node as unknown as { declaredType?: string };
  return name;
}

function strip(node: Fields): void {
  const type = isNode(node.typeAnnotation) ? typeName((node.typeAnnotation as unknown as Fields).typeAnnotation) : '';
  if (type !== '') Object.assign(node, { declaredType: type });
  for (const [key, value] of Object.entries(node)) {
    const left = TYPES.has(key) ? undefined : withoutTypesIn(value);
    if (left !== value) Object.assign(node, { [key]: left });
  }
}

const typeName = (type: unknown): string => {
  if (!isNode(type)) return '';
  const { type: kind, typeName: name, left, right } = type as unknown as Fields;
  if (kind === 'TSTypeReference') return typeName(name);
  if (kind === 'TSQualifiedName') return `${typeName(left)}.${typeName(right)}`;
  return type.type === 'Identifier' ? type.name : '';
};

function withoutTypesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => (isNode(one) ? plain(one) : [one]));
  return isNode(value) ? (plain(value)[0] ?? null) : value;
}

/** What is left of a node: itself, what is inside of it, or nothing. */
function plain(node: AnyNode): AnyNode[] {
  const fields = node as unknown as Fields;
  const type = String(fields.type);
  if (WRAPPED.has(type)) return inside(fields.expression);
  if (type === 'TSExportAssignment') return [{ ...fields, type: 'ExpressionStatement' } as unknown as AnyNode];
  if (type === 'TSParameterProperty') return inside(fields.parameter);
  if (type === 'TSEnumDeclaration') return [enumAsVariable(fields)];
  if (type === 'TSModuleDeclaration') return inside(fields.body);
  if (type === 'TSModuleBlock') return inside({ ...fields, type: 'BlockStatement' });
  if (type.startsWith('TS') || isBodyless(fields) || isTypeOnly(fields)) return [];
  const kept = type === 'MethodDefinition' ? parameterProperties(fields.value) : [];
  strip(fields);
  if (kept.length > 0) assignToFields(fields.value, kept);
  return [node];
}

const inside = (value: unknown): AnyNode[] => (isNode(value) ? plain(value) : []);

const isBodyless = ({ type, value, declare }: Fields): boolean =>
  declare === true || (type === 'MethodDefinition' && isNode(value) && String(value.type).startsWith('TS'));

/** What is imported as a type still says which library a value comes from. */
const isTypeOnly = ({ exportKind }: Fields): boolean => exportKind === 'type';

/** `enum Color { Red = 'red' }` is an object with these properties. */
function enumAsVariable({ id, members, start, end, loc, range }: Fields): AnyNode {
  const place = { start, end, loc, range };
  const properties = (Array.isArray(members) ? (members as Fields[]) : []).map((member) => ({
    ...place,
    type: 'Property',
    kind: 'init',
    key: member.id,
    value: inside(member.initializer)[0] ?? { ...place, type: 'Literal', value: 0 },
  }));
  const init = { ...place, type: 'ObjectExpression', properties };
  const declarations = [{ ...place, type: 'VariableDeclarator', id, init }];
  return { ...place, type: 'VariableDeclaration', kind: 'const', declarations } as unknown as AnyNode;
}

/** The parameters of `constructor(private client: Client)`, which are fields as well. */
function parameterProperties(method: unknown): AnyNode[] {
  const { params } = (isNode(method) ? method : {}) as Fields;
  return (Array.isArray(params) ? (params as Fields[]) : []).flatMap(({ type, parameter }) =>
    type === 'TSParameterProperty' && isNode(parameter)
      ? [parameter.type === 'AssignmentPattern' ? parameter.left : parameter]
      : []
  );
}

/** Adds `this.client = client`, which TypeScript writes for such a parameter. */
function assignToFields(method: unknown, names: readonly AnyNode[]): void {
  const { body } = ((isNode(method) ? method : {}) as Fields).body as { body: unknown[] };
  for (const name of names) {
    const { start, end, loc, range } = name as unknown as Fields;
    const place = { start, end, loc, range };
    const object = { ...place, type: 'ThisExpression' };
    const left = { ...place, type: 'MemberExpression', object, property: { ...name }, computed: false };
    const expression = { ...place, type: 'AssignmentExpression', operator: '=', left, right: { ...name } };
    body.push({ ...place, type: 'ExpressionStatement', expression });
  }
}
