import type { AnyNode, CallExpression, Expression, NewExpression, Pattern, Program, Super } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import { holdsSession, valuesOf } from '../sinks.js';
import { union } from '../apex/taintStore.js';
import type { Marks } from '../apex/syntax.js';
import type { SessionUse } from '../../facts.js';
import { memory, type Cell } from './taintStore.js';
import {
  dataLibrary,
  isAddress,
  isContainer,
  isTransform,
  opensAddress,
  requestCall,
  scriptAddress,
  scriptRequest,
} from './sinks.js';
import { apexImport, dotted, memberName, sourceNamed, takesSid, type Givers } from './sources.js';

/** A script of a component, and where in its file the script begins. */
export type Script = { file: string; program: Program; linesBefore: number };
export type ScriptSource = { file: string; line: number; source: string; uses: readonly SessionUse[] };

type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;
type Place = { script: Script; node: AnyNode };
type Made = { function: FunctionNode; script: Script };
/** A call, what its name and the last part of it is, and what it is given. */
type Call = {
  node: CallExpression | NewExpression;
  name: string;
  last: string;
  args: readonly Marks[];
  receiver: Marks;
  all: Marks;
  place: Place;
};
const nothing: Marks = new Set();
const toLibrary = { to: 'data', what: 'a library for the data API of the org' } as const;

/**
 * Follows session ids through the scripts of one component, without regard to the order of statements: whatever may flow
 * somewhere is taken to flow there. What is not followed ends as an unknown use. `controllers`: the classes that the
 * markup of an Aura component names, in lower case.
 */
export const followScripts = (
  scripts: readonly Script[],
  givers: Givers,
  controllers: readonly string[]
): ScriptSource[] => {
  const { add, read, grew } = memory();
  const sources = new Map<string, Omit<ScriptSource, 'uses'>>();
  const uses = new Map<string, Map<string, SessionUse>>();
  const scopeOf = new Map<AnyNode, readonly FunctionNode[]>();
  const declared = new Map<FunctionNode, Set<string>>();
  const functions = new Map<string, Made[]>();
  const imported = new Map<string, string>();
  const selves = new Set<string>();
  const visited: Place[] = [];
  const component = {};
  const surveyed = scripts.map((script) => survey(script, visited, scopeOf, declared, functions, imported, selves));
  const cookies = surveyed.some((one) => one);

  const line = ({ script, node }: Place): number => (node.loc?.start.line ?? 1) + script.linesBefore;

  const use = (marks: Marks, place: Place, found: Pick<SessionUse, 'to' | 'what'>): void => {
    const { file } = place.script;
    for (const key of valuesOf(marks, 'session:')) {
      const of = uses.get(key) ?? new Map<string, SessionUse>();
      uses.set(key, of.set(`${found.to} ${found.what} ${line(place)}`, { ...found, file, line: line(place) }));
    }
  };

  const source = (place: Place, name: string): Marks => {
    const key = `${place.script.file}:${place.script.linesBefore}:${place.node.start}`;
    sources.set(key, { file: place.script.file, line: line(place), source: name });
    return new Set([`session:${key}`]);
  };

  const rootOf = (name: string, node: AnyNode): object =>
    scopeOf.get(node)?.findLast((scope) => declared.get(scope)?.has(name)) ?? component;

  /** Where a value is kept that an expression names. */
  const cellOf = (node: Expression | Super | Pattern): Cell | undefined => {
    if (node.type === 'Identifier')
      return selves.has(node.name)
        ? { root: component, path: 'this' }
        : { root: rootOf(node.name, node), path: node.name };
    if (node.type === 'ThisExpression') return { root: component, path: 'this' };
    if (node.type === 'ChainExpression') return cellOf(node.expression);
    if (node.type !== 'MemberExpression') return undefined;
    const of = cellOf(node.object);
    if (of === undefined) return undefined;
    const name = memberName(node);
    return name === undefined ? of : { root: of.root, path: `${of.path}.${name}` };
  };

  /** A value beside what makes it up: only the first part of an address says whether it is relative. */
  const chain = (parts: readonly Marks[]): Marks =>
    union(parts.map((part, index) => (index === 0 ? part : new Set([...part].filter((mark) => mark !== 'relative')))));

  const text = (value: string): Marks =>
    value === '' ? nothing : new Set([`text:${value}`, ...(/^\/(?!\/)/.test(value) ? ['relative'] : [])]);

  const evaluate = (node: Expression | Super | AnyNode | null | undefined, script: Script): Marks => {
    if (!node) return nothing;
    const inside = (one: AnyNode | null | undefined): Marks => evaluate(one, script);
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'string' ? text(node.value) : nothing;
      case 'TemplateLiteral': {
        const pieces = node.quasis.flatMap((quasi, index) => [
          text(quasi.value.cooked ?? ''),
          inside(node.expressions[index]),
        ]);
        return chain(pieces[0]?.size === 0 ? pieces.slice(1) : pieces);
      }
      case 'BinaryExpression':
        return node.operator === '+' && node.left.type !== 'PrivateIdentifier'
          ? chain([inside(node.left), inside(node.right)])
          : nothing;
      case 'Identifier':
      case 'MemberExpression': {
        const name = dotted(node);
        const found = sourceNamed(name, cookies);
        if (found !== undefined) return source({ script, node }, found);
        if (/(?:^|\.)location\b|^sforce\.connection\.serverUrl$/.test(name)) return new Set(['own']);
        const cell = cellOf(node);
        if (cell) return read(cell);
        return node.type === 'MemberExpression' ? inside(node.object) : nothing;
      }
      case 'CallExpression':
      case 'NewExpression':
        return call(node, script);
      default:
        return union(partsOf(node).map(inside));
    }
  };

  /** Keeps a value, and what of an object that is written down hangs on which name. */
  const keep = (
    target: Pattern,
    value: Expression | null | undefined,
    script: Script,
    marks = evaluate(value, script)
  ): void => {
    if (target.type === 'AssignmentPattern') return keep(target.left, value, script, marks);
    if (target.type === 'ObjectPattern') {
      target.properties.forEach((one) =>
        keep(one.type === 'Property' ? one.value : one.argument, undefined, script, marks)
      );
      return undefined;
    }
    if (target.type === 'ArrayPattern') {
      target.elements.forEach((one) => (one ? keep(one, undefined, script, marks) : undefined));
      return undefined;
    }
    if (target.type === 'RestElement') return keep(target.argument, undefined, script, marks);
    const cell = cellOf(target);
    if (!cell) return undefined;
    if (value?.type !== 'ObjectExpression') return add(cell, marks);
    for (const one of value.properties) {
      if (one.type === 'SpreadElement') add(cell, evaluate(one.argument, script));
      else {
        const name =
          one.key.type === 'Identifier' ? one.key.name : one.key.type === 'Literal' ? String(one.key.value) : '?';
        add({ root: cell.root, path: `${cell.path}.${name}` }, evaluate(one.value, script));
      }
    }
    return undefined;
  };

  const bind = ({ function: made, script }: Made, args: readonly Marks[]): void =>
    made.params.forEach((parameter, index) => keep(parameter, undefined, script, args[index] ?? nothing));

  const made = (node: AnyNode, script: Script): Made[] => {
    if (isFunction(node)) return [{ function: node, script }];
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && memberName(node.callee) === 'bind')
      return made(node.callee.object, script);
    if (node.type === 'CallExpression' && dotted(node.callee).endsWith('.getCallback'))
      return node.arguments.flatMap((one) => made(one, script));
    const name =
      node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' ? memberName(node) : undefined;
    return functions.get(name ?? '') ?? [];
  };

  const returned = (all: readonly Made[]): Marks =>
    union(all.map((one) => read({ root: one.function, path: '#return' })));

  /** A property of an object that is written down or kept somewhere. */
  const property = (node: AnyNode | undefined, names: readonly string[], script: Script): Marks => {
    if (!node) return nothing;
    if (node.type === 'ObjectExpression') {
      return union(
        node.properties.flatMap((one) =>
          one.type === 'Property' && one.key.type === 'Identifier' && names.includes(one.key.name)
            ? [evaluate(one.value, script)]
            : []
        )
      );
    }
    const cell = node.type === 'Identifier' || node.type === 'MemberExpression' ? cellOf(node) : undefined;
    return cell ? union(names.map((name) => read({ root: cell.root, path: `${cell.path}.${name}` }))) : nothing;
  };

  /** A call of Apex that gives a session id: an import of LWC, `c.name` of Aura, remoting of Visualforce. */
  const giver = (node: CallExpression | NewExpression, name: string): string | undefined => {
    const texts = node.arguments.flatMap((one) =>
      one.type === 'Literal' && typeof one.value === 'string' ? [one.value] : []
    );
    const action = name.endsWith('.get') ? /^c\.(\w+)$/.exec(texts[0] ?? '')?.[1] : undefined;
    const named = [
      ...(imported.has(name) ? [imported.get(name) ?? ''] : []),
      ...(action === undefined ? [] : controllers.map((controller) => `${controller}.${action}`)),
      ...(name.endsWith('.invokeAction') ? texts.flatMap((one) => /(\w+\.\w+)\W*$/.exec(one)?.[1] ?? []) : []),
      ...(/^(?:\w+\.)?\w+\.\w+$/.test(name) ? [name.split('.').slice(-2).join('.')] : []),
    ];
    return named.find((one) => givers.has(one.toLowerCase()));
  };

  const call = (node: CallExpression | NewExpression, script: Script): Marks => {
    const place = { script, node };
    const name = dotted(node.callee);
    const last =
      name.slice(name.lastIndexOf('.') + 1) ||
      (node.callee.type === 'MemberExpression' ? (memberName(node.callee) ?? '') : '');
    const args = node.arguments.map((one) => evaluate(one, script));
    const on = node.callee.type === 'MemberExpression' ? node.callee.object : undefined;
    const receiver = on ? evaluate(on, script) : nothing;
    const gives = giver(node, name);
    const given = gives === undefined ? nothing : source(place, `the Apex method ${gives}`);
    const all = union([receiver, ...args, given]);
    // What is called back gets what the call is about.
    const back = node.arguments.flatMap((one) => made(one, script));
    if (holdsSession(all))
      back.forEach((one) =>
        bind(
          one,
          one.function.params.map(() => all)
        )
      );
    if (given.size > 0) return given;
    if (last === 'then' || last === 'finally' || last === 'catch') return union([receiver, returned(back)]);
    const one = { node, name, last, args, receiver, all, place };
    return inSteps(one) ?? atOnce(one) ?? handed(one) ?? attribute(one) ?? within(one) ?? ofOthers(one);
  };

  /** A request that is put together in steps, as with XMLHttpRequest; `undefined`: it is none of them. */
  const inSteps = ({ node, name, last, args, all, place }: Call): Marks | undefined => {
    const on = node.callee.type === 'MemberExpression' ? cellOf(node.callee.object) : undefined;
    const part = (path: string): Cell | undefined => (on ? { root: on.root, path: `${on.path}.#${path}` } : undefined);
    const known = (path: string): Marks => {
      const cell = part(path);
      return cell ? read(cell) : nothing;
    };
    const store = (path: string, marks: Marks): Marks => {
      const cell = part(path);
      if (cell) add(cell, marks);
      else use(marks, place, unfollowed(name, last));
      return nothing;
    };
    const [first = nothing, second = nothing] = args;
    const isMethod = valuesOf(first, 'text:').some((one) => /^(?:get|post|put|patch|delete|head)$/i.test(one));
    if (last === 'open' && (isMethod || args.length >= 3)) {
      store('method', first);
      return store('endpoint', second);
    }
    if (last === 'setRequestHeader') return store('sent', union(args));
    const endpoint = known('endpoint');
    if (last !== 'send' || endpoint.size === 0) return undefined;
    const whole = union([all, endpoint, known('sent')]);
    use(whole, place, scriptRequest({ endpoint, method: known('method'), all: whole }));
    return nothing;
  };

  /** A request that one call sends; `undefined`: it is none. */
  const atOnce = ({ node, name, args, all, place }: Call): Marks | undefined => {
    const request = requestCall(name);
    if (!request) return undefined;
    const [first, second] = node.arguments;
    const inObject = property(first, ['url', 'baseURL'], place.script);
    const endpoint = inObject.size > 0 ? inObject : (args[0] ?? nothing);
    const method = union([
      property(first, ['method', 'type'], place.script),
      property(second, ['method', 'type'], place.script),
      request.method === undefined ? nothing : text(request.method),
    ]);
    use(all, place, scriptRequest({ endpoint, method, all }));
    return nothing;
  };

  /** A library of Salesforce that takes a session id, a window, or a message to one; `undefined`: it is none. */
  const handed = ({ name, last, args, all, place }: Call): Marks | undefined => {
    const found = dataLibrary.test(name)
      ? toLibrary
      : opensAddress.test(name)
        ? scriptAddress(all)
        : last === 'postMessage'
          ? scriptAddress(union(args))
          : undefined;
    if (!found || !holdsSession(all)) return undefined;
    use(all, place, found);
    return nothing;
  };

  /** An attribute of an Aura component; `undefined`: it is none. */
  const attribute = ({ last, args: [name = nothing, value = nothing] }: Call): Marks | undefined => {
    const path = valuesOf(name, 'text:').find((one) => /^v\.\w+/.test(one));
    if (path === undefined || (last !== 'set' && last !== 'get')) return undefined;
    const cell = { root: component, path: `#${path}` };
    if (last === 'get') return read(cell);
    add(cell, value);
    return nothing;
  };

  /** A function of the component; `undefined`: of somebody else. */
  const within = ({ node, last, args, receiver, place }: Call): Marks | undefined => {
    const own = isFunction(node.callee)
      ? [{ function: node.callee, script: place.script }]
      : (functions.get(last) ?? []);
    own.forEach((one) => bind(one, args));
    return own.length > 0 ? union([receiver, returned(own)]) : undefined;
  };

  const ofOthers = ({ node, name, last, args, receiver, all, place }: Call): Marks => {
    if (!holdsSession(all)) return all;
    const given = union(args);
    const passes = node.type === 'NewExpression' ? isContainer(name) : isTransform(name) || isTransform(last);
    if (!passes && !holdsSession(receiver)) use(given, place, unfollowed(name, last));
    const cell = node.callee.type === 'MemberExpression' && passes ? cellOf(node.callee.object) : undefined;
    if (cell && /^(?:push|append|set)$/.test(last)) add(cell, given);
    return all;
  };

  const visit = (place: Place): void => {
    const { node, script } = place;
    if (node.type === 'VariableDeclarator') keep(node.id, node.init, script);
    else if (node.type === 'AssignmentExpression') assign(place);
    else if (node.type === 'PropertyDefinition' && node.value) {
      const name = node.key.type === 'Identifier' ? node.key.name : '?';
      add({ root: component, path: `this.${name}` }, evaluate(node.value, script));
    } else if (node.type === 'ReturnStatement') {
      const maker = scopeOf.get(node)?.at(-1);
      if (maker) add({ root: maker, path: '#return' }, evaluate(node.argument, script));
    } else if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement') {
      add({ root: node, path: '#return' }, evaluate(node.body, script));
    } else if (node.type === 'CallExpression' || node.type === 'NewExpression') call(node, script);
  };

  const assign = (place: Place): void => {
    const { node, script } = place;
    if (node.type !== 'AssignmentExpression') return;
    const name = dotted(node.left);
    const value = evaluate(node.right, script);
    if (holdsSession(value)) {
      if (/(?:^|\.)sforce\.connection\.sessionId$/.test(name)) {
        use(value, place, toLibrary);
        return;
      }
      const [of] = node.left.type === 'MemberExpression' ? [memberName(node.left)] : [name];
      if (isAddress.test(of ?? '')) use(value, place, scriptAddress(value));
      // A global variable is there for every other script, and a field of something unknown is nowhere.
      else if (
        /^(?:window|self|top|parent|document|globalThis)\./.test(name) ||
        (node.left.type === 'MemberExpression' && !cellOf(node.left))
      ) {
        use(value, place, { to: 'unknown', what: `${name === '' ? 'a field' : name}, which other scripts read` });
      }
    }
    keep(node.left, node.right, script, value);
  };

  // Enough for a value that goes through as many functions; what is still on its way then has its source all the same.
  for (let pass = 0; pass < 20; pass += 1) {
    uses.clear();
    visited.forEach(visit);
    if (!grew()) break;
  }
  return [...sources].map(([key, one]) => ({ ...one, uses: [...(uses.get(key)?.values() ?? [])] }));
};

/** What the value of an expression is made up of. */
const partsOf = (node: AnyNode): ReadonlyArray<AnyNode | null | undefined> => {
  switch (node.type) {
    case 'AssignmentExpression':
      return [node.right];
    case 'LogicalExpression':
      return [node.left, node.right];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate];
    case 'SequenceExpression':
      return node.expressions.slice(-1);
    case 'AwaitExpression':
    case 'SpreadElement':
    case 'YieldExpression':
      return [node.argument];
    case 'ChainExpression':
      return [node.expression];
    case 'ArrayExpression':
      return node.elements;
    case 'ObjectExpression':
      return node.properties.map((one) => (one.type === 'Property' ? one.value : one.argument));
    case 'TaggedTemplateExpression':
      return [node.quasi];
    default:
      return [];
  }
};

const unfollowed = (name: string, last: string): Pick<SessionUse, 'to' | 'what'> => ({
  to: 'unknown',
  what: `${name || last || 'a function'}(), which could not be followed`,
});

const isFunction = (node: AnyNode): node is FunctionNode =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';

/** Learns what a script declares, in which function everything stands, and whether it takes `sid` out of something. */
const survey = (
  script: Script,
  visited: Place[],
  scopeOf: Map<AnyNode, readonly FunctionNode[]>,
  declared: Map<FunctionNode, Set<string>>,
  functions: Map<string, Made[]>,
  imported: Map<string, string>,
  selves: Set<string>
): boolean => {
  let sid = false;
  const declare = (scope: FunctionNode, target: Pattern): void => {
    if (target.type === 'Identifier') declared.set(scope, (declared.get(scope) ?? new Set()).add(target.name));
    else if (target.type === 'AssignmentPattern') declare(scope, target.left);
    else if (target.type === 'RestElement') declare(scope, target.argument);
    else if (target.type === 'ArrayPattern') target.elements.forEach((one) => (one ? declare(scope, one) : undefined));
    else if (target.type === 'ObjectPattern')
      target.properties.forEach((one) => declare(scope, one.type === 'Property' ? one.value : one.argument));
  };
  const name = (key: AnyNode, value: AnyNode | null | undefined): void => {
    const plain =
      key.type === 'Identifier'
        ? key.name
        : key.type === 'MemberExpression'
          ? memberName(key)
          : key.type === 'Literal'
            ? String(key.value)
            : undefined;
    if (plain !== undefined && value && isFunction(value))
      functions.set(plain, [...(functions.get(plain) ?? []), { function: value, script }]);
  };
  fullAncestor(script.program, (node, _, ancestors) => {
    const scopes = ancestors.filter((one) => one !== node).filter(isFunction);
    const scope = scopes.at(-1);
    scopeOf.set(node, scopes);
    sid ||= takesSid(node);
    if (isFunction(node)) {
      node.params.forEach((one) => declare(node, one));
      if (node.type === 'FunctionDeclaration' && node.id) name(node.id, node);
    } else if (node.type === 'VariableDeclarator') {
      // What stands in no function is there for every script of the component.
      if (scope) declare(scope, node.id);
      name(node.id, node.init);
      if (node.id.type === 'Identifier' && node.init?.type === 'ThisExpression') selves.add(node.id.name);
    } else if (node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition')
      name(node.key, node.value);
    else if (node.type === 'AssignmentExpression') name(node.left, node.right);
    else if (node.type === 'ImportDeclaration') {
      const method = typeof node.source.value === 'string' ? apexImport(node.source.value) : undefined;
      if (method !== undefined) node.specifiers.forEach(({ local }) => imported.set(local.name, method));
    }
    visited.push({ script, node });
  });
  return sid;
};
