import type { AnyNode } from 'acorn';
import { full, type base } from 'acorn-walk';
import { anyWalker } from './program.js';
import { SESSION_SIGN, sourceNamed, takesSid } from './sources.js';
import { dotted, memberName, type Script } from './syntax.js';

/**
 * The statements with which scripts hand session IDs to the AJAX toolkit, if nothing else in them has one: then what the
 * rest of a large page does has no part in it. `undefined`: another part of the scripts has a session ID.
 */
export function handedToToolkit(scripts: readonly Script[]): Script[] | undefined {
  const reduced: Script[] = [];
  for (const script of scripts) {
    const found = handedIn(script);
    if (!found) return undefined;
    if (found.length > 0) reduced.push({ ...script, program: { ...script.program, body: found } });
  }
  return reduced;
}

type Statement = Script['program']['body'][number];

function handedIn({ program, text }: Script): Statement[] | undefined {
  // A call that gives a session ID is known by its name, which may be computed.
  if (text === undefined || /RESTAPISession/i.test(text)) return undefined;
  const statements: Statement[] = [];
  const explained = new Set<AnyNode>();
  const open: AnyNode[] = [];
  let hasSid = false;
  const look = (node: AnyNode): void => {
    const given = givenToToolkit(node);
    for (const one of [...given, ...askedOnly(node)]) explained.add(one);
    if (node.type === 'MemberExpression' && memberName(node) !== undefined) explained.add(node.object);
    if (given.length > 0) statements.push(node as Statement);
    if (isSource(node) || isToolkitItself(node)) open.push(node);
    hasSid ||= takesSid(node);
  };
  full(program, look as Parameters<typeof full>[1], anyWalker as typeof base);
  // A library may read the cookie, under whatever name.
  return (hasSid && /cookie/i.test(text)) || open.some((node) => !explained.has(node)) ? undefined : statements;
}

/** What `sforce.connection.sessionId = '{!$Api.Session_ID}';` and `sforce.connection.init(…);` hand over. */
function givenToToolkit(node: AnyNode): readonly AnyNode[] {
  if (node.type !== 'ExpressionStatement') return [];
  const { expression } = node;
  if (expression.type === 'AssignmentExpression' && dotted(expression.left) === 'sforce.connection.sessionId')
    return [expression.left, expression.right];
  return expression.type === 'CallExpression' && dotted(expression.callee) === 'sforce.connection.init'
    ? expression.arguments
    : [];
}

/** What a node only asks about: `sforce.connection.sessionId == null`. */
function askedOnly(node: AnyNode): readonly AnyNode[] {
  if (node.type === 'BinaryExpression') return node.operator === '+' ? [] : [node.left, node.right];
  if (node.type === 'UnaryExpression') return [node.argument];
  return node.type === 'IfStatement' || node.type === 'ConditionalExpression' ? operandsOf(node.test) : [];
}

function operandsOf(node: AnyNode): AnyNode[] {
  return node.type === 'LogicalExpression' ? [...operandsOf(node.left), ...operandsOf(node.right)] : [node];
}

/** The toolkit may be kept under another name, and read from there. */
const isToolkitItself = (node: AnyNode): boolean => /(?:^|\.)sforce(?:\.connection)?$/.test(dotted(node));

/** Whether a session ID is read here. */
function isSource(node: AnyNode): boolean {
  switch (node.type) {
    case 'Identifier':
      return node.name.includes(SESSION_SIGN) || isNamedSource(node);
    case 'Literal':
      return typeof node.value === 'string' && node.value.includes(SESSION_SIGN);
    case 'TemplateElement':
      return node.value.raw.includes(SESSION_SIGN);
    case 'MemberExpression':
      return isNamedSource(node);
    default:
      return false;
  }
}

const isNamedSource = (node: AnyNode): boolean => sourceNamed(dotted(node), false) !== undefined;
