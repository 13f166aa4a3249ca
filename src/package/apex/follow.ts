import { foreignHost, type SalesforceApi } from '../../salesforce/sessionIds.js';
import type { SessionUse } from '../facts.js';
import { dottedName, isOwnAddress, isSessionId, isTelling, libraryCall } from './library.js';
import { calledName, memory, methodsNamed, outerOf, typesIn, union, type Cell } from './memory.js';
import { apiOfName, portUse, requestOf, requestUse, valuesOf } from './sinks.js';
import type { ApexClass, ApexFile, Expression, Marks, Method, Place } from './syntax.js';

/** What is known of the package besides the files that were parsed. */
export type Surroundings = {
  /** Whether a Visualforce page shows a session id; `undefined`: it is not in the package. */
  showsSession: (page: string) => boolean | undefined;
  /** Classes that WSDL2Apex made, by name, and the API that they call: their calls are where the trail ends. */
  generated: ReadonlyMap<string, SalesforceApi | undefined>;
};

export type ApexSource = Place & { file: string; label: string; method: string; source: string; key: string };
/** A method or a field that holds a session id for whoever asks. */
export type Handed = {
  owner: ApexClass;
  file: string;
  name: string;
  /** Reached from outside of the package or by the platform. */
  exposed: boolean;
  /** Some caller of the method was followed. */
  called: boolean;
  marks: Marks;
};
export type Trail = {
  sources: readonly ApexSource[];
  /** By key of the source. */
  uses: ReadonlyMap<string, readonly SessionUse[]>;
  /** Classes that are named where a session id is handled, parsed or not. */
  reached: ReadonlySet<string>;
  handed: readonly Handed[];
};

type Scope = { owner: ApexClass; method: Method; file: string };
type Call = Extract<Expression, { kind: 'call' }>;
const nothing: Marks = new Set();

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

  const use = (marks: Marks, { file }: Scope, { line }: Place, found: Pick<SessionUse, 'to' | 'what'>): void => {
    for (const key of valuesOf(marks, 'session:')) {
      const of = uses.get(key) ?? new Map<string, SessionUse>();
      uses.set(key, of.set(`${found.to} ${found.what} ${file}:${line}`, { ...found, file, line }));
    }
  };

  const source = ({ owner, method, file }: Scope, place: Place, text: string): Marks => {
    const key = `${file}:${place.line}:${place.column}`;
    warm.add(method);
    sources.set(key, {
      ...place,
      file,
      label: owner.label,
      method: method.name || 'initial values',
      source: text,
      key,
    });
    return new Set([`session:${key}`]);
  };

  const mention = ({ method }: Scope, types: readonly string[]): void => {
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
    const [first = ''] = path.split('.');
    const isValue = scope.method.locals.has(first) || lineage(scope.owner).some(({ fields }) => fields.has(first));
    return path === '' || isValue ? undefined : classOf(path, scope.owner);
  };

  const evaluate = (expression: Expression, scope: Scope): Marks => {
    switch (expression.kind) {
      case 'text':
        return isTelling(expression.value) ? new Set([`text:${expression.value}`]) : nothing;
      case 'name':
      case 'member': {
        const page = /^(?:system\.)?page\.(\w+)$/.exec(dottedName(expression))?.[1];
        if (page !== undefined) return new Set([`page:${page}`]);
        const places = cellsOf(expression, scope);
        // A field of what a call returned is not kept anywhere: it is taken for the whole.
        return places.length === 0 && expression.kind === 'member'
          ? evaluate(expression.of, scope)
          : union(places.map(read));
      }
      case 'assign': {
        const value = evaluate(expression.value, scope);
        const places = cellsOf(expression.target, scope);
        places.forEach((cell) => add(cell, value));
        return value;
      }
      case 'parts': {
        const parts = expression.parts.map((part) => evaluate(part, scope));
        return expression.value ? union(parts) : nothing;
      }
      case 'new': {
        // `new Account(Name = x)` and a list of values are made of what is in the brackets.
        const args = expression.args.map((one) => evaluate(one, scope));
        mention(scope, typesIn(expression.type));
        const owner = classOf(expression.type, scope.owner);
        const type = new Set([`type:${expression.type}`]);
        const constructors = owner ? methodsNamed(owner, 'new', args.length) : [];
        if (constructors.length > 0) return bind(constructors, args, type);
        const made = union([type, ...args]);
        if (expression.type.endsWith('pagereference')) {
          const host = valuesOf(made, 'text:')
            .map(foreignHost)
            .find((one) => one !== undefined);
          const what = host === undefined ? 'the address of a page' : `an address at ${host}`;
          use(made, scope, expression.place, { to: host === undefined ? 'unknown' : 'third-party', what });
        }
        return made;
      }
      default:
        return call(expression, scope);
    }
  };

  const bind = (methods: readonly Method[], args: readonly Marks[], result: Marks): Marks => {
    for (const method of methods) {
      called.add(method);
      method.parameters.forEach(({ name }, index) => add({ root: method, path: name }, args[index] ?? nothing));
      if (args.some(holdsSession)) warm.add(method);
    }
    return union([result, ...methods.map((method) => read({ root: method, path: 'return' }))]);
  };

  const call = (one: Call, scope: Scope): Marks => {
    const path = dottedName(one.of);
    const args = one.args.map((argument) => evaluate(argument, scope));
    if (isSessionId(path, one.name)) return source(scope, one.place, 'UserInfo.getSessionId()');
    if (isOwnAddress(path, one.name)) return new Set(['own']);
    const receiver = one.of ? evaluate(one.of, scope) : nothing;
    if (one.name.startsWith('getcontent')) {
      const page = pageIn(receiver);
      const shows = page === undefined ? false : around.showsSession(page);
      if (shows !== false) return source(scope, one.place, `the content of the page ${page ?? ''}`);
    }
    if (!one.of || path === 'this') {
      const own = lineage(scope.owner).flatMap((owner) => methodsNamed(owner, calledName(one.name), args.length));
      const [nearest] = own;
      if (nearest?.body) return bind([nearest], args, nothing);
    }
    const fixed = staticClass(one.of, scope);
    const types = valuesOf(receiver, 'type:');
    const owners = fixed ? [fixed] : types.flatMap((type) => classOf(type, scope.owner) ?? []);
    mention(scope, [path, ...types]);
    const methods = owners
      .filter(({ name }) => !around.generated.has(outerOf(name)))
      .flatMap((owner) => lineage(owner).flatMap((parent) => methodsNamed(parent, one.name, args.length)))
      .filter(({ body }) => body !== undefined);
    return methods.length > 0 ? bind(methods, args, nothing) : foreignCall(one, scope, receiver, args);
  };

  /** A call of the platform, of a generated class, or of something that is not here. */
  const foreignCall = (one: Call, scope: Scope, receiver: Marks, args: readonly Marks[]): Marks => {
    const given = union(args);
    const all = union([receiver, given]);
    const kind = libraryCall(dottedName(one.of), one.name);
    if (kind === 'question') return nothing;
    if (kind === 'mutator' && one.of) {
      const label = { setendpoint: 'endpoint:', setmethod: 'method:' }[one.name];
      const kept =
        label === undefined
          ? given
          : new Set([...given].map((mark) => (mark.startsWith('session:') ? mark : label + mark)));
      cellsOf(one.of, scope).forEach((cell) => add(cell, kept));
      return union([receiver, kept]);
    }
    if (kind === 'transform') return all;
    if (!holdsSession(all)) return all;
    if (kind === 'send') use(given, scope, one.place, requestUse(requestOf(given)));
    else if (holdsSession(receiver)) {
      const api = valuesOf(receiver, 'type:')
        .map(apiOf)
        .find((found) => found !== undefined);
      use(all, scope, one.place, portUse(api, one.name, given));
    } else use(given, scope, one.place, { to: 'unknown', what: `${words(one)}, which could not be followed` });
    return nothing;
  };

  const apiOf = (type: string): SalesforceApi | undefined => around.generated.get(outerOf(type)) ?? apiOfName(type);

  do {
    // A later pass knows more, and says better where a value goes.
    uses.clear();
    for (const scope of scopes) {
      scope.method.body?.forEach((one) => evaluate(one, scope));
      scope.method.returns.forEach((one) => add({ root: scope.method, path: 'return' }, evaluate(one, scope)));
    }
  } while (grew());

  const handed = scopes.map(({ owner, method, file }): Handed => {
    const marks = read({ root: method, path: 'return' });
    return { owner, file, name: method.name, exposed: method.exposed ?? false, called: called.has(method), marks };
  });
  const kept = files.flatMap(({ path: file, classes }) =>
    classes.flatMap((owner) =>
      [...owner.fields].map(([name, { exposed }]): Handed => {
        const marks = read({ root: owner, path: name });
        return { owner, file, name, exposed, called: true, marks };
      })
    )
  );
  return {
    sources: [...sources.values()],
    uses: new Map([...uses].map(([key, of]) => [key, [...of.values()]])),
    reached: new Set([...warm].flatMap((method) => [...(mentioned.get(method) ?? [])])),
    handed: [...handed, ...kept].filter(({ marks }) => holdsSession(marks)),
  };
};

const holdsSession = (marks: Marks): boolean => valuesOf(marks, 'session:').length > 0;

/** The page whose content is asked for; `''`: one whose name is made up as the code runs. */
const pageIn = (receiver: Marks): string | undefined => {
  const address = valuesOf(receiver, 'text:').flatMap((text) => /\/apex\/(\w*)/i.exec(text)?.[1] ?? []);
  return valuesOf(receiver, 'page:')[0] ?? address[0]?.toLowerCase();
};

/** The call without its arguments: they may hold a secret. */
const words = ({ of, name }: Call): string => `${dottedName(of) || 'an argument of'} ${name}()`;
