import type { AnyNode, Expression, Program, Super } from 'acorn';

export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;
export type ClassNode = Extract<AnyNode, { type: 'ClassDeclaration' | 'ClassExpression' }>;
export type CallNode = Extract<AnyNode, { type: 'CallExpression' | 'NewExpression' }>;
export type MemberNode = Extract<AnyNode, { type: 'MemberExpression' }>;

/** A script, and where in its file it begins. `text`: as written, where signs replace the merge fields of a page. */
export type Script = { file: string; program: Program; linesBefore: number; text?: string };

export const isFunction = (node: AnyNode): node is FunctionNode =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';

/** What a name with dots says: `window.sforce.connection`; `''`: it is computed. */
export function dotted(node: Expression | Super | AnyNode): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'ChainExpression') return dotted(node.expression);
  if (node.type !== 'MemberExpression') return '';
  const [of, name] = [dotted(node.object), memberName(node)];
  return of === '' || name === undefined ? '' : `${of}.${name}`;
}

/** The name of a member; `undefined`: it is computed, or a number. */
export function memberName({ property, computed }: MemberNode): string | undefined {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

/** The name of a key in an object, a pattern or a class. */
export function keyName(key: AnyNode, computed: boolean): string | undefined {
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Identifier' && !computed ? key.name : undefined;
}

/** A name in the import or the export of a module. */
export function nameInModule(node: AnyNode): string {
  return node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';
}

/** The name of the variable with what a module exports by default. */
export function defaultExport(path: string): string {
  return `#default:${path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')}`;
}
