import { foreignHost, sessionTemplate, type SalesforceApi } from '../../../salesforce/sessionIds.js';
import type { SessionUse } from '../../facts.js';
import { addressUse, apiOfName, contentsIn, holdsSession, pagesIn, valuesOf } from '../sinks.js';
import { foreignCall, unfollowed } from './externalCalls.js';
import {
  announcesSession,
  asksForSession,
  baseOf,
  dottedName,
  isOwnAddress,
  isSessionId,
  isTelling,
  libraryCall,
  namesSession,
  pageNamesSession,
} from './platformCalls.js';
import { calledName, memory, methodsNamed, outerOf, typesIn, union, type Cell } from './taintStore.js';
import type { ApexClass, ApexFile, Expression, Marks, Method, Place } from './syntax.js';
import { handedOut, type ApexSource, type Surroundings, type Trail } from './escapes.js';

type Scope = { owner: ApexClass; method: Method; file: string };
type Call = Extract<Expression, { kind: 'call' }>;
type Creation = Extract<Expression, { kind: 'new' }>;
const nothing: Marks = new Set();

const mayHoldSession = (marks: Marks): boolean => holdsSession(marks) || contentsIn(marks).length > 0;
const saysText = (one: Expression | undefined, says: (text: string) => boolean): boolean =>
  one?.kind === 'text' && says(one.value);

/**
 * Follows session ids through classes, without regard to the order of statements: whatever may flow somewhere is taken
 * to flow there. What is not followed ends as an unknown use, so a session id is never lost in silence.
 */
export const followSessions = (files: readonly ApexFile[], around: Surroundings): Trail => {
  const scopes = files.flatMap(({ path, classes }) =>
    classes.flatMap((owner) => owner.methods.map((method): Scope => ({ owner, method, file: path })))
  );
  const { classOf, lineage, add, read, grew } = memory(files);
  const sources = new Map<string, ApexSource>();
  const uses = new Map<string, Map<string, SessionUse>>();
  const mentioned = new Map<Method, Set<string>>();
  const warm = new Set<Method>();
  const called = new Set<Method>();
  /** Pages outside of the package whose content something calls a session id, by where it is asked for. */
  const proven = new Set<string>();
  let learned = false;

  /** The content of a page that nobody sees here is a session id where a name or a text says so, and else a document. */
  const learn = (marks: Marks, says: () => boolean): void => {
    const open = contentsIn(marks).filter((key) => !proven.has(key));
    if (open.length === 0 || !says()) return;
    open.forEach((key) => proven.add(key));
    learned = true;
  };

  const use = (marks: Marks, { file }: Scope, { line }: Place, found: Pick<SessionUse, 'to' | 'what'>): void => {
    for (const key of valuesOf(marks, 'session:')) {
      const of = uses.get(key) ?? new Map<string, SessionUse>();
      uses.set(key, of.set(`${found.to} ${found.what} ${file}:${line}`, { ...found, file, line }));
    }
  };

  const keyOf = ({ file }: Scope, { line, column }: Place): string => `${file}:${line}:${column}`;

  const source = (scope: Scope, place: Place, text: string): Marks => {
    const { owner, method, file } = scope;
    const key = keyOf(scope, place);
    warm.add(method);
    sources.set(key, { ...place, file, label: owner.label, method: method.label, source: text, key });
    return new Set([`session:${key}`]);
  };

  /** Remembers which types a call names; only where a session id is handled do they matter. */
  const mention = ({ method }: Scope, types: readonly string[], given: readonly Marks[]): void => {
    if (given.some(mayHoldSession)) warm.add(method);
    const all = mentioned.get(method) ?? new Set<string>();
    types.forEach((type) => all.add(type));
    mentioned.set(method, all);
  };

  /** Where a value is kept that an expression names. */
  const cellsOf = (expression: Expression, scope: Scope): Cell[] => {
    if (expression.kind === 'name') {
      const { name } = expression;
      if (scope.method.locals.has(name)) return [{ root: scope.method, path: name }];
      const holder = lineage(scope.owner).find(({ fields }) => fields.has(name)) ?? scope.owner;
      return [{ root: holder, path: name }];
    }
    if (expression.kind !== 'member') return [];
    if (expression.name === '[]') return cellsOf(expression.of, scope);
    if (expression.of.kind === 'name' && expression.of.name === 'this') {
      return cellsOf(
        { kind: 'name', name: expression.name },
        { ...scope, method: { ...scope.method, locals: new Map() } }
      );
    }
    const named = staticClass(expression.of, scope);
    if (named) return [{ root: named, path: expression.name }];
    const typed = valuesOf(evaluate(expression.of, scope), 'type:').flatMap((type) => classOf(type, scope.owner) ?? []);
    return [
      ...cellsOf(expression.of, scope).map(({ root, path }) => ({ root, path: `${path}.${expression.name}` })),
      ...typed.map((root) => ({ root, path: expression.name })),
    ];
  };

  const staticClass = (expression: Expression | undefined, scope: Scope): ApexClass | undefined => {
    const path = dottedName(expression);
    return path === '' || isValue(path, scope) ? undefined : classOf(path, scope.owner);
  };

  const isValue = (path: string, { method, owner }: Scope): boolean => {
    const [first = ''] = path.split('.');
    const isField = lineage(owner).some(({ fields }) => fields.has(first));
    return first === 'this' || isField || method.locals.has(first);
  };

  const evaluate = (expression: Expression, scope: Scope): Marks => {
    switch (expression.kind) {
      case 'text':
        return textMarks(expression, scope);
      case 'name':
      case 'member': {
        if (expression.kind === 'name' && expression.name === 'this') return new Set([`type:${scope.owner.name}`]);
        if (expression.kind === 'member' && /^(system\.)?page$/.test(dottedName(expression.of))) {
          return new Set([`page:${expression.written}`]);
        }
        const places = cellsOf(expression, scope);
        // A field of what a call returned is not kept anywhere: it is taken for the whole.
        const value =
          places.length === 0 && expression.kind === 'member'
            ? evaluate(expression.of, scope)
            : union(places.map(read));
        learn(value, () => namesSession(expression.name));
        return value;
      }
      case 'assign': {
        const value = evaluate(expression.value, scope);
        const places = cellsOf(expression.target, scope);
        places.forEach((cell) => add(cell, value));
        const { target } = expression;
        learn(value, () => (target.kind === 'name' || target.kind === 'member') && namesSession(target.name));
        const base = baseOf(expression.target);
        // A field of what a call returned: kept somewhere, but where does not show.
        if (base.kind === 'call') use(value, scope, base.place, unfollowed(dottedName(base.of), base.written));
        return value;
      }
      case 'parts': {
        const parts = expression.parts.map((part) => evaluate(part, scope));
        parts.forEach((part, index) => learn(part, () => saysText(expression.parts[index - 1], announcesSession)));
        return expression.value ? union(parts) : nothing;
      }
      case 'new':
        return create(expression, scope);
      default:
        return call(expression, scope);
    }
  };

  /** A formula or a template that Apex writes gives the session id to whoever it is shown to. */
  const textMarks = ({ value, place }: Extract<Expression, { kind: 'text' }>, scope: Scope): Marks => {
    const [field] = sessionTemplate.exec(value) ?? [];
    const own: Marks = isTelling(value) ? new Set([`text:${value}`]) : nothing;
    if (field === undefined) return own;
    const found = source(scope, place, field);
    const host = foreignHost(value.slice(0, value.indexOf(field)));
    if (host !== undefined) use(found, scope, place, { to: 'third-party', what: `an address at ${host}` });
    return union([found, own]);
  };

  const create = ({ type, args: given, place }: Creation, scope: Scope): Marks => {
    // `new Account(Name = x)` and a list of values are made of what is in the brackets.
    const args = given.map((one) => evaluate(one, scope));
    mention(scope, typesIn(type), args);
    const owner = classOf(type, scope.owner);
    const made = new Set([`type:${type}`]);
    const constructors = owner ? methodsNamed(owner, 'new', args.length) : [];
    if (constructors.length > 0) return bind(constructors, args, made);
    const all = union([made, ...args]);
    if (type.endsWith('pagereference')) use(all, scope, place, addressUse(all));
    return all;
  };

  const bind = (methods: readonly Method[], args: readonly Marks[], result: Marks): Marks => {
    for (const method of methods) {
      called.add(method);
      method.parameters.forEach(({ name }, index) => {
        add({ root: method, path: name }, args[index] ?? nothing);
        learn(args[index] ?? nothing, () => namesSession(name));
      });
      if (args.some(mayHoldSession)) warm.add(method);
    }
    return union([result, ...methods.map((method) => read({ root: method, path: 'return' }))]);
  };

  /** What the literals of a call say: of the argument behind them, and of what something is cut out of. */
  const hear = (one: Call, path: string, receiver: Marks, args: readonly Marks[]): void => {
    args.forEach((given, index) => learn(given, () => saysText(one.args[index - 1], announcesSession)));
    if (libraryCall(path, one.name) === 'transform') {
      learn(receiver, () => one.args.some((argument) => saysText(argument, asksForSession)));
    }
  };

  /** The content of one of these pages; `undefined`: of something that is no page. */
  const contentOf = (pages: readonly string[], scope: Scope, place: Place): Marks | undefined => {
    if (pages.length === 0) return undefined;
    const shown = pages.find((page) => around.showsSession(page.toLowerCase()) === true);
    const unseen = pages.find((page) => around.showsSession(page.toLowerCase()) === undefined);
    const said = proven.has(keyOf(scope, place)) || pages.some(pageNamesSession);
    const page = shown ?? (said ? unseen : undefined);
    if (page !== undefined)
      return source(scope, place, `the content of ${page === '' ? 'some page' : `the page ${page}`}`);
    return unseen === undefined ? nothing : new Set([`content:${keyOf(scope, place)}`]);
  };

  const call = (one: Call, scope: Scope): Marks => {
    const path = dottedName(one.of);
    const args = one.args.map((argument) => evaluate(argument, scope));
    if (isSessionId(path, one.name)) return source(scope, one.place, 'UserInfo.getSessionId()');
    if (isOwnAddress(path, one.name)) return new Set(['own']);
    const receiver = one.of ? evaluate(one.of, scope) : nothing;
    hear(one, path, receiver, args);
    const shown = one.name === 'getcontent' ? contentOf(pagesIn(receiver), scope, one.place) : undefined;
    if (shown) return shown;
    if (!one.of || path === 'this') {
      const own = lineage(scope.owner).flatMap((owner) => methodsNamed(owner, calledName(one.name), args.length));
      const [nearest] = own;
      if (nearest?.body) return bind([nearest], args, nothing);
    }
    const fixed = staticClass(one.of, scope);
    const types = valuesOf(receiver, 'type:');
    const owners = fixed ? [fixed] : types.flatMap((type) => classOf(type, scope.owner) ?? []);
    mention(scope, [path, ...types], [receiver, ...args]);
    const methods = owners
      .flatMap((owner) => lineage(owner).flatMap((parent) => methodsNamed(parent, one.name, args.length)))
      .filter(({ body }) => body !== undefined);
    if (methods.length > 0) return bind(methods, args, nothing);
    const { result, kept, use: found } = foreignCall(path, one, receiver, union(args), apiOf);
    const places = kept && one.of ? cellsOf(one.of, scope) : [];
    places.forEach((cell) => add(cell, kept ?? nothing));
    if (found) use(union([receiver, ...args]), scope, one.place, found);
    // Something like Cache.Org: neither a variable nor an object that was made here.
    else if (kept && path !== '' && !isValue(path, scope)) use(kept, scope, one.place, unfollowed(path, one.written));
    return result;
  };

  const apiOf = (type: string): SalesforceApi | undefined => around.generated.get(outerOf(type)) ?? apiOfName(type);

  const again = (): boolean => {
    const more = learned;
    learned = false;
    return grew() || more;
  };

  do {
    // A later pass knows more, and says better where a value goes.
    uses.clear();
    for (const scope of scopes) {
      scope.method.body?.forEach((one) => evaluate(one, scope));
      scope.method.returns.forEach((one) => {
        const value = evaluate(one, scope);
        add({ root: scope.method, path: 'return' }, value);
        learn(value, () => namesSession(scope.method.name));
      });
    }
  } while (again());

  return {
    sources: [...sources.values()],
    uses: new Map([...uses].map(([key, of]) => [key, [...of.values()]])),
    reached: new Set([...warm].flatMap((method) => [...(mentioned.get(method) ?? [])])),
    handed: handedOut(files, read, called),
  };
};
