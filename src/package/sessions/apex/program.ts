import { dottedName } from './platformCalls.js';
import { typesIn } from './taintStore.js';
import type { ApexClass, ApexFile, Call, Creation, Expression, Method, Scope } from './syntax.js';

/** A step of a method. `step`: its index in the body. */
type Site = { scope: Scope; step: number; nested: boolean; looped: boolean };
/** A place where a variable or a field gets a value. */
export type ValueSite = Site & { value: Expression; append: boolean };
export type CallSite = Site & { call: Call | Creation };

/** How deep the type of an expression is looked for. */
const DEEPEST_TYPE = 20;

/** The classes that were parsed, and where their variables get values and their methods are called. */
export class Program {
  public readonly scopes: readonly Scope[];
  private readonly classes = new Map<string, ApexClass>();
  private readonly children = new Map<ApexClass, ApexClass[]>();
  private readonly lineages = new Map<ApexClass, readonly ApexClass[]>();
  private readonly locals = new Map<Method, Map<string, ValueSite[]>>();
  private readonly fields = new Map<ApexClass, Map<string, ValueSite[]>>();
  private readonly calls = new Map<Method, CallSite[]>();
  private readonly ofMethod = new Map<Method, Scope>();
  private readonly within = new Map<ApexClass, readonly Scope[]>();
  private readonly types = new Map<Expression, string | undefined>();
  private readonly callers = new Map<Method, CallSite[]>();

  public constructor(files: readonly ApexFile[]) {
    const all = files.flatMap(({ classes }) => classes);
    all.forEach((one) => this.classes.set(one.name, one));
    this.scopes = files.flatMap(({ path: file, classes }) =>
      classes.flatMap((owner) => owner.methods.map((method): Scope => ({ owner, method, file })))
    );
    for (const one of all) {
      for (const name of [one.extends ?? '', ...one.implements]) {
        const parent = name === '' ? undefined : this.classOf(name, one);
        if (parent) keepIn(this.children, parent, one);
      }
    }
    for (const scope of this.scopes) this.ofMethod.set(scope.method, scope);
    for (const scope of this.scopes) {
      scope.method.steps?.forEach(({ value, nested, looped }, step) =>
        this.index(value, { scope, step, nested, looped })
      );
    }
    for (const site of [...this.calls.values()].flat()) {
      for (const { method } of this.calleesOf(site.call, site.scope)) keepIn(this.callers, method, site);
    }
  }

  public classOf(type: string, from: ApexClass): ApexClass | undefined {
    const plain = type.replace(/^system\./, '');
    return (
      this.classes.get(`${from.name}.${plain}`) ??
      this.classes.get(`${outerOf(from.name)}.${plain}`) ??
      this.classes.get(plain)
    );
  }

  /** A class, the classes that it extends, and those that contain it. */
  public lineage(owner: ApexClass): readonly ApexClass[] {
    const known = this.lineages.get(owner);
    if (known) return known;
    const found: ApexClass[] = [];
    const visit = (one: ApexClass | undefined): void => {
      if (!one || found.includes(one)) return;
      found.push(one);
      if (one.extends !== undefined) visit(this.classOf(one.extends, one));
      if (one.name.includes('.')) visit(this.classes.get(outerOf(one.name)));
    };
    visit(owner);
    this.lineages.set(owner, found);
    return found;
  }

  /** The classes that extend or implement a class, at any distance. */
  public descendants(owner: ApexClass): readonly ApexClass[] {
    const found = new Set<ApexClass>();
    const visit = (one: ApexClass): void => {
      for (const child of this.children.get(one) ?? []) {
        if (found.has(child)) continue;
        found.add(child);
        visit(child);
      }
    };
    visit(owner);
    return [...found];
  }

  public scopeOf(method: Method): Scope | undefined {
    return this.ofMethod.get(method);
  }

  /** The methods of a class, of those that extend it, and of those inside. */
  public scopesWithin(owner: ApexClass): readonly Scope[] {
    const known = this.within.get(owner);
    if (known) return known;
    const found = this.scopes.filter((scope) => this.lineage(scope.owner).includes(owner));
    this.within.set(owner, found);
    return found;
  }

  public localSites(method: Method, path: string): readonly ValueSite[] {
    return this.locals.get(method)?.get(path) ?? [];
  }

  public fieldSites(owner: ApexClass, name: string): readonly ValueSite[] {
    return this.fields.get(owner)?.get(name) ?? [];
  }

  public callsIn(method: Method): readonly CallSite[] {
    return this.calls.get(method) ?? [];
  }

  public callersOf(method: Method): readonly CallSite[] {
    return this.callers.get(method) ?? [];
  }

  /** The class that declares a field, as seen from a class. */
  public holderOf(owner: ApexClass, field: string): ApexClass | undefined {
    return this.lineage(owner).find(({ fields }) => fields.has(field));
  }

  /** What gets an input of an action: a field of the class of a parameter (`List<Input>`), or the parameter. */
  public inputOf(owner: ApexClass, method: Method, name: string): ApexClass | Method | undefined {
    const types = method.parameters.flatMap(({ type }) => typesIn(type));
    const fields = types.flatMap((type) => this.classOf(type, owner) ?? []).find((one) => one.fields.has(name));
    return fields ?? (method.parameters.some((one) => one.name === name) ? method : undefined);
  }

  /** The class that a chain of names means, if it is no variable. */
  public staticClass(expression: Expression | undefined, scope: Scope): ApexClass | undefined {
    const path = dottedName(expression);
    return path === '' || this.isValue(path, scope) ? undefined : this.classOf(path, scope.owner);
  }

  public isValue(path: string, { method, owner }: Scope): boolean {
    const [first = ''] = path.split('.');
    return /^(?:this|super)$/.test(first) || method.locals.has(first) || this.holderOf(owner, first) !== undefined;
  }

  /** The nearest method of this name that has a body. */
  public methodIn(owner: ApexClass, name: string, arity: number): Scope | undefined {
    for (const one of this.lineage(owner)) {
      const [found] = this.withBody(one, name, arity);
      if (found) return found;
    }
    return undefined;
  }

  /** The methods that may run for a call on an object of a class or of one that extends it. */
  public dispatch(owner: ApexClass, name: string, arity: number): Scope[] {
    const nearest = this.methodIn(owner, name, arity);
    const overriding = this.descendants(owner).flatMap((one) => this.withBody(one, name, arity));
    return [...(nearest ? [nearest] : []), ...overriding];
  }

  /** The methods of the package that a call may run, by the types that are written down. */
  public calleesOf(call: Call | Creation, scope: Scope, depth = 0): Scope[] {
    const arity = call.args.length;
    if (call.kind === 'new') return this.constructors(this.classOf(call.type, scope.owner), arity);
    const path = dottedName(call.of);
    if (call.of === undefined || path === 'this') {
      if (call.name === 'this') return this.constructors(scope.owner, arity);
      if (call.name === 'super') return this.constructors(this.parentOf(scope.owner), arity);
      return this.dispatch(scope.owner, call.name, arity);
    }
    if (path === 'super') {
      const parent = this.parentOf(scope.owner);
      const found = parent && this.methodIn(parent, call.name, arity);
      return found ? [found] : [];
    }
    const owner = this.ownerOf(call.of, scope, depth + 1);
    return owner ? this.dispatch(owner, call.name, arity) : [];
  }

  /** Whether a name of the platform, such as `UserInfo`, is here a variable or a class of the package. */
  public isOwnMethod(call: Call, scope: Scope): boolean {
    const path = dottedName(call.of);
    // `System.UserInfo` is always the platform's.
    return !path.includes('.') && (scope.method.locals.has(path) || this.calleesOf(call, scope).length > 0);
  }

  public parentOf(owner: ApexClass): ApexClass | undefined {
    return owner.extends === undefined ? undefined : this.classOf(owner.extends, owner);
  }

  /** The type of an expression as far as declarations show it, in lower case. */
  public typeOf(expression: Expression, scope: Scope, depth = 0): string | undefined {
    if (depth > DEEPEST_TYPE) return undefined;
    if (!this.types.has(expression)) {
      this.types.set(expression, undefined);
      this.types.set(expression, this.declaredType(expression, scope, depth));
    }
    return this.types.get(expression);
  }

  private declaredType(expression: Expression, scope: Scope, depth: number): string | undefined {
    switch (expression.kind) {
      case 'name':
        if (expression.name === 'this') return scope.owner.name;
        if (expression.name === 'super') return scope.owner.extends;
        return (
          scope.method.locals.get(expression.name) ??
          this.holderOf(scope.owner, expression.name)?.fields.get(expression.name)?.type
        );
      case 'new':
        return expression.type;
      case 'nothing':
        return expression.records;
      case 'member':
        return this.typeOfMember(expression, scope, depth);
      case 'call': {
        const [found] = this.calleesOf(expression, scope, depth + 1);
        if (found) return found.method.type;
        const records = recordsOf(expression);
        if (records !== undefined) return records;
        const holder = expression.of && this.typeOf(expression.of, scope, depth + 1);
        return /^(?:get|values)$/.test(expression.name) ? elementOf(holder, expression.name) : undefined;
      }
      case 'assign':
        return this.typeOf(expression.value, scope, depth + 1);
      case 'choice':
        return expression.branches.map((one) => this.typeOf(one, scope, depth + 1)).find((one) => one !== undefined);
      default:
        return undefined;
    }
  }

  private typeOfMember(
    { of, name }: Extract<Expression, { kind: 'member' }>,
    scope: Scope,
    depth: number
  ): string | undefined {
    if (name === '[]') {
      const all = this.typeOf(of, scope, depth + 1);
      return of.kind === 'nothing' ? all : elementOf(all);
    }
    const owner = this.ownerOf(of, scope, depth + 1);
    return owner && this.holderOf(owner, name)?.fields.get(name)?.type;
  }

  /** The class that an expression names, or that its value has as far as declarations show it. */
  private ownerOf(of: Expression, scope: Scope, depth: number): ApexClass | undefined {
    const fixed = this.staticClass(of, scope);
    if (fixed) return fixed;
    const type = this.typeOf(of, scope, depth);
    return type === undefined ? undefined : this.classOf(type, scope.owner);
  }

  private withBody(owner: ApexClass, name: string, arity: number): Scope[] {
    return methodsNamed(owner, name, arity).flatMap((method) =>
      method.steps === undefined ? [] : (this.scopeOf(method) ?? [])
    );
  }

  private constructors(owner: ApexClass | undefined, arity: number): Scope[] {
    const found = owner ? methodsNamed(owner, 'new', arity) : [];
    return found.flatMap((method) => this.scopeOf(method) ?? []);
  }

  /** Remembers every assignment and every call of an expression. */
  private index(expression: Expression, site: Site): void {
    if (expression.kind === 'assign') this.indexAssignment(expression, site);
    if (expression.kind === 'call' || expression.kind === 'new') {
      keepIn(this.calls, site.scope.method, { ...site, call: expression });
    }
    partsOf(expression).forEach((part) => this.index(part, site));
  }

  private indexAssignment({ target, value, append = false }: Extract<Expression, { kind: 'assign' }>, at: Site): void {
    const { scope } = at;
    const site: ValueSite = { ...at, value, append };
    const plain = target.kind === 'member' && target.name === '[]' ? target.of : target;
    if (plain.kind === 'name') {
      if (scope.method.locals.has(plain.name)) keep(this.locals, scope.method, plain.name, site);
      else keep(this.fields, this.holderOf(scope.owner, plain.name) ?? scope.owner, plain.name, site);
    } else if (plain.kind === 'member') {
      if (plain.of.kind === 'name' && scope.method.locals.has(plain.of.name)) {
        keep(this.locals, scope.method, `${plain.of.name}.${plain.name}`, site);
      }
      const owner = this.ownerOf(plain.of, scope, 0);
      if (owner) keep(this.fields, this.holderOf(owner, plain.name) ?? owner, plain.name, site);
    }
  }
}

function keep<Root>(all: Map<Root, Map<string, ValueSite[]>>, root: Root, name: string, site: ValueSite): void {
  const of = all.get(root) ?? new Map<string, ValueSite[]>();
  all.set(root, of);
  keepIn(of, name, site);
}

function keepIn<Key, Kept>(all: Map<Key, Kept[]>, key: Key, one: Kept): void {
  const known = all.get(key);
  if (known) known.push(one);
  else all.set(key, [one]);
}

/** The expressions within an expression. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'member':
      return [expression.of];
    case 'call':
      return [...(expression.of ? [expression.of] : []), ...expression.args];
    case 'new':
      return expression.args;
    case 'assign':
      return [expression.target, expression.value];
    case 'choice':
      return [...expression.asked, ...expression.branches];
    case 'join':
    case 'parts':
    case 'question':
      return expression.parts;
    default:
      return [];
  }
}

/** `Hub__mdt.getInstance('Main')`, `Hub__mdt.getAll()`: records of custom metadata. */
function recordsOf({ of, name }: Call): string | undefined {
  const type = dottedName(of).replace(/^\w+\.(?=\w+__mdt$)/, '');
  if (!type.endsWith('__mdt')) return undefined;
  if (name === 'getinstance') return type;
  return name === 'getall' ? `map<string,${type}>` : undefined;
}

/** The type of an element of a list or of a value of a map; of `values()`, the list of them. */
function elementOf(type: string | undefined, method = 'get'): string | undefined {
  if (type === undefined) return undefined;
  if (type.endsWith('[]')) return type.slice(0, -2);
  const [, inner] = /^(?:list|set|iterable|iterator)<(.*)>$/.exec(type) ?? /^map<[\w.]+,(.*)>$/.exec(type) ?? [];
  return method === 'values' && inner !== undefined ? `list<${inner}>` : inner;
}

export function outerOf(name: string): string {
  return name.replace(/\..*/, '');
}

export function methodsNamed({ methods }: ApexClass, name: string, arity: number): Method[] {
  return methods.filter((one) => one.name === name && one.parameters.length === arity);
}
