import { foreignHost, sessionTemplate, type SalesforceApi } from '../../../salesforce/sessionIds.js';
import type { SessionUse } from '../../facts.js';
import { givesSession } from '../formulas.js';
import type { Use } from '../sinks.js';
import { apexAddressUse, apiOfName, pagesIn, portUse, unfollowed } from './sinks.js';
import { hasSession, keysOf, MarkTable, mayBeSession, NO_MARKS, unionOf, without, type Marks } from './marks.js';
import {
  announcesSession,
  asksForSession,
  baseOf,
  documentOf,
  dottedName,
  isOwnAddress,
  isSessionId,
  isTelling,
  libraryCall,
  namesSession,
  pageNamesSession,
} from './platformCalls.js';
import { methodsNamed, outerOf, type Program } from './program.js';
import type { Sink } from './requests.js';
import { TaintStore, typesIn, type TaintCell } from './taintStore.js';
import type { ApexClass, Call, Creation, Expression, Method, Place, Scope } from './syntax.js';
import type { ApexSource, FilledProperty, Surroundings } from './escapes.js';

/** How many expressions are evaluated for all classes together. Past it what was not followed is a gap. */
const MOST_WORK = 4_000_000;
/** To join so many marks takes about as long as to evaluate an expression. */
const MARKS_OF_A_STEP = 8;

type FoundUse = { key: string; use: SessionUse & { line: number } };
/** `uses`: those of the last time, which knew most. */
type MethodRun = { uses: readonly FoundUse[]; isOutdated: () => boolean };

/**
 * Follows session ids through classes, without regard to the order of statements: whatever may flow somewhere counts as
 * flowing there. What is not followed ends as an unknown use, so a session id is never lost in silence.
 */
export class SessionFlow {
  public readonly sources = new Map<string, ApexSource>();
  /** Requests that carry a session id, by the place of the call. */
  public readonly sinks = new Map<string, { sink: Sink; sessions: ReadonlySet<string> }>();
  public readonly called = new Set<Method>();
  /** Methods that are given the page whose content they read: who calls them decides. */
  public readonly askers = new Set<Method>();
  /** Pages of the package whose content Apex reads, in lower case. */
  public readonly pagesRead = new Set<string>();
  /** The bound on work was reached. */
  public cut = false;
  public readonly store = new TaintStore();
  private readonly uses = new Map<string, Map<string, SessionUse>>();
  /** What each method does, as far as it is known now. */
  private readonly runs = new Map<Scope, MethodRun>();
  /** Uses that the method which is evaluated now makes. */
  private found: FoundUse[] = [];
  private readonly mentioned = new Map<Method, Set<string>>();
  private readonly sessionMethods = new Set<Method>();
  /** Pages outside of the package whose content something calls a session id, by where it is asked for. */
  private readonly proven = new Set<string>();
  private readonly questioned = new Set<string>();
  private readonly absorbed = new Set<string>();
  /** The documents whose nodes variables are. */
  private readonly documents = new Map<ApexClass | Method, Map<string, readonly TaintCell[]>>();
  private readonly marks = new MarkTable();
  private readonly declared = new Map<string, Marks>();
  /** The values of the step that is evaluated now. */
  private values = new Map<Expression, Marks>();
  private asking = false;
  private work = MOST_WORK;
  private step = 0;

  public constructor(
    private readonly program: Program,
    private readonly around: Surroundings
  ) {}

  /** Evaluates every method until nothing new is learned; again only if what it depends on has grown. */
  public run(): void {
    this.around.filled.forEach((one) => this.fill(one));
    let isOpen = true;
    while (isOpen && !this.cut) {
      isOpen = false;
      for (const scope of this.program.scopes) {
        if (this.runs.get(scope)?.isOutdated() === false) continue;
        this.runs.set(scope, this.method(scope));
        isOpen = true;
      }
    }
    for (const scope of this.program.scopes) this.runs.get(scope)?.uses.forEach((one) => this.keep(one));
  }

  /** What is asked only whether it is there is no use. */
  public isOnlyAsked(key: string): boolean {
    return this.usesOf(key).length === 0 && this.questioned.has(key) && !this.absorbed.has(key);
  }

  public usesOf(key: string): readonly SessionUse[] {
    return [...(this.uses.get(key)?.values() ?? [])];
  }

  /** Classes that are named where a session id is handled, parsed or not. */
  public reached(): Set<string> {
    return new Set([...this.sessionMethods].flatMap((method) => [...(this.mentioned.get(method) ?? [])]));
  }

  /** The first class of a page that has the property gets the session id that the page assigns. */
  private fill(filled: FilledProperty): void {
    const { file, line, offset, source, classes, property, isInput = false } = filled;
    const [variable = ''] = property.split('.', 1);
    const key = `${file}:${line}:${offset}`;
    const place = { line, column: offset, file, key };
    for (const { owner, method } of this.program.scopes) {
      if (!classes.includes(owner.name)) continue;
      const root = isInput ? this.program.inputOf(owner, method, variable) : this.program.holderOf(owner, variable);
      if (!root) continue;
      this.sources.set(key, { ...place, label: filled.component.name, method: '', source, page: filled });
      this.store.add({ root, path: property }, this.marks.set('session', [key]));
      if (!isInput) return;
    }
  }

  private method(scope: Scope): MethodRun {
    const hasGrown = this.store.watch();
    const { size } = this.proven;
    this.found = [];
    for (const [index, { kind, value }] of (scope.method.steps ?? []).entries()) {
      this.values = new Map();
      this.step = index;
      const found = this.evaluate(value, scope);
      if (kind === 'do') continue;
      this.add({ root: scope.method, path: 'return' }, found);
      this.mark(found, () => namesSession(scope.method.name));
    }
    return { uses: this.found, isOutdated: () => this.proven.size > size || hasGrown() };
  }

  /** Joining is work as well: a set may have as many marks as the code has session ids. */
  private union(all: readonly Marks[]): Marks {
    this.work -= Math.floor(all.reduce((sum, { size }) => sum + size, 0) / MARKS_OF_A_STEP);
    return unionOf(all);
  }

  private evaluate(expression: Expression, scope: Scope): Marks {
    const known = this.values.get(expression);
    if (known) return known;
    this.work -= 1;
    if (this.work < 0) {
      this.cut = true;
      return NO_MARKS;
    }
    const found = this.evaluateKind(expression, scope);
    if (this.asking) keysOf(found, 'session').forEach((key) => this.questioned.add(key));
    this.values.set(expression, found);
    return found;
  }

  private evaluateKind(expression: Expression, scope: Scope): Marks {
    switch (expression.kind) {
      case 'text':
        return this.text(expression, scope);
      case 'name':
      case 'member':
        return this.variable(expression, scope);
      case 'assign':
        return this.assignment(expression, scope);
      case 'join':
      case 'parts':
        return this.parts(expression.parts, scope);
      case 'choice':
        this.question(expression.asked, scope);
        return this.union(expression.branches.map((branch) => this.evaluate(branch, scope)));
      case 'question':
        this.question(expression.parts, scope);
        return NO_MARKS;
      case 'new':
        return this.creation(expression, scope);
      case 'call':
        return this.call(expression, scope);
      default:
        return NO_MARKS;
    }
  }

  /** Evaluates what is only asked about: a session id there is not used. */
  private question(parts: readonly Expression[], scope: Scope): Marks[] {
    return this.whileAsking(true, () => parts.map((part) => this.evaluate(part, scope)));
  }

  private used<Value>(evaluate: () => Value): Value {
    return this.whileAsking(false, evaluate);
  }

  private whileAsking<Value>(asking: boolean, evaluate: () => Value): Value {
    const before = this.asking;
    this.asking = asking;
    const found = evaluate();
    this.asking = before;
    return found;
  }

  /** A formula or a template that Apex writes gives the session id to every user who sees it. */
  private text({ value, place }: Extract<Expression, { kind: 'text' }>, scope: Scope): Marks {
    const [field] = sessionTemplate.exec(value) ?? [];
    const own = isTelling(value) ? this.marks.set('text', [value]) : NO_MARKS;
    if (field === undefined || !isEvaluated(value)) return own;
    const found = this.source(scope, place, field);
    const host = foreignHost(value.slice(0, value.indexOf(field)));
    if (host !== undefined) this.use(found, scope, place, { to: 'third-party', what: `an address at ${host}` });
    return this.union([found, own]);
  }

  private variable(expression: Extract<Expression, { kind: 'name' | 'member' }>, scope: Scope): Marks {
    if (expression.kind === 'name' && /^(?:this|super)$/.test(expression.name)) {
      return this.marks.set('type', [scope.owner.name]);
    }
    if (expression.kind === 'member' && /^(system\.)?page$/.test(dottedName(expression.of))) {
      return this.marks.set('page', [expression.written]);
    }
    const places = this.cellsOf(expression, scope);
    // A field of what a call returned is not kept anywhere: it counts as the whole.
    const value =
      places.length === 0 && expression.kind === 'member'
        ? this.evaluate(expression.of, scope)
        : this.union(places.map((cell) => this.read(cell)));
    this.mark(value, () => namesSession(expression.name));
    return value;
  }

  private assignment({ target, value: given, append }: Extract<Expression, { kind: 'assign' }>, scope: Scope): Marks {
    const value = this.used(() => this.evaluate(given, scope));
    const places = this.cellsOf(target, scope);
    places.forEach((cell) => this.add(cell, value));
    this.belongs(places, given, scope);
    this.mark(value, () => (target.kind === 'name' || target.kind === 'member') && namesSession(target.name));
    const base = baseOf(target);
    // A field of what a call returned: kept somewhere, but where does not show.
    if (base.kind === 'call') {
      this.evaluate(base, scope);
      this.use(value, scope, base.place, unfollowed(dottedName(base.of), base.written));
    }
    return append ? this.union([value, this.evaluate(target, scope)]) : value;
  }

  private parts(expressions: readonly Expression[], scope: Scope): Marks {
    const parts = expressions.map((part) => this.evaluate(part, scope));
    parts.forEach((part, index) => this.mark(part, () => isText(expressions[index - 1], announcesSession)));
    return this.union(parts);
  }

  private creation({ type, args: given, place }: Creation, scope: Scope): Marks {
    // `new Account(Name = x)` and a list of values are made of what is in the brackets.
    const args = this.used(() => given.map((one) => this.evaluate(one, scope)));
    this.mention(scope, typesIn(type), args);
    const owner = this.program.classOf(type, scope.owner);
    const made = this.marks.set('type', [type]);
    const constructors = owner ? methodsNamed(owner, 'new', args.length) : [];
    if (constructors.length > 0) return this.bind(constructors, given, args, scope, made);
    const all = this.union([made, ...args]);
    if (type.endsWith('pagereference')) this.use(all, scope, place, apexAddressUse(all));
    return all;
  }

  private bind(
    methods: readonly Method[],
    given: readonly Expression[],
    args: readonly Marks[],
    scope: Scope,
    result: Marks
  ): Marks {
    for (const method of methods) {
      this.called.add(method);
      method.parameters.forEach(({ name }, index) => {
        this.add({ root: method, path: name }, args[index] ?? NO_MARKS);
        this.mark(args[index] ?? NO_MARKS, () => namesSession(name));
        const argument = given[index];
        // What the method puts into the object that it is given.
        const put = this.store.read({ root: method, path: outOf(name) });
        if (argument && put.size > 0) this.cellsOf(argument, scope).forEach((cell) => this.add(cell, put));
      });
      if (args.some(mayBeSession)) this.sessionMethods.add(method);
    }
    return this.union([result, ...methods.map((method) => this.store.read({ root: method, path: 'return' }))]);
  }

  private call(one: Call, scope: Scope): Marks {
    const path = dottedName(one.of);
    if (isSessionId(path, one.name) && !this.program.isOwnMethod(one, scope)) {
      return this.source(scope, one.place, 'UserInfo.getSessionId()');
    }
    if (isOwnAddress(path, one.name)) return NO_MARKS;
    const kind = libraryCall(path, one.name);
    if ((kind === 'question' || isHarmlessPart(one)) && !this.isFollowed(one, scope)) {
      const asked = this.question([...(one.of ? [one.of] : []), ...one.args], scope);
      if (kind !== 'question') return without(this.union(asked), ['session', 'content']);
      this.noteLiterals(one, path, one.of ? (asked[0] ?? NO_MARKS) : NO_MARKS, asked.slice(one.of ? 1 : 0));
      return NO_MARKS;
    }
    const evaluated = (): Marks[] => one.args.map((argument) => this.evaluate(argument, scope));
    const args = kind === 'transform' && !this.isFollowed(one, scope) ? evaluated() : this.used(evaluated);
    const receiver = one.of ? this.evaluate(one.of, scope) : NO_MARKS;
    this.noteLiterals(one, path, receiver, args);
    if (one.name === 'getcontent') {
      const shown = this.contentOf(one, receiver, scope);
      if (shown) return shown;
    }
    const methods = this.methodsFor(one, path, receiver, scope);
    this.mention(scope, [path, ...keysOf(receiver, 'type')], [receiver, ...args]);
    if (methods.length > 0) return this.bind(methods, one.args, args, scope, NO_MARKS);
    return this.foreign(one, path, receiver, this.union(args), scope);
  }

  /** Whether a method of the package runs, whatever it is called. */
  private isFollowed(one: Call, scope: Scope): boolean {
    return this.program.calleesOf(one, scope).length > 0;
  }

  private methodsFor(one: Call, path: string, receiver: Marks, scope: Scope): Method[] {
    const arity = one.args.length;
    if (!one.of || path === 'this' || path === 'super') {
      const found = this.program.calleesOf(one, scope).map(({ method }) => method);
      if (found.length > 0) return found;
    }
    const fixed = this.program.staticClass(one.of, scope);
    const owners = fixed
      ? [fixed]
      : keysOf(receiver, 'type').flatMap((type) => this.program.classOf(type, scope.owner) ?? []);
    const found = owners.flatMap((owner) => this.program.dispatch(owner, one.name, arity).map(({ method }) => method));
    return [...new Set(found)];
  }

  /** A call of the platform, of a generated class, or of something that is not here. */
  private foreign(one: Call, path: string, receiver: Marks, given: Marks, scope: Scope): Marks {
    const kind = libraryCall(path, one.name);
    if (kind === 'question') return NO_MARKS;
    if (kind === 'mutator') {
      this.keepIn(one, path, receiver, given, scope);
      return this.union([receiver, given]);
    }
    // What is handed out of the package goes with all that its fields contain.
    const whole = this.deep(given, scope, /^(?:system\.)?json$/.test(path));
    const all = this.union([receiver, whole]);
    if (kind === 'transform' || !hasSession(all)) return all;
    const request = one.args.at(-1);
    if (kind === 'send' && request) {
      const sessions = new Set(keysOf(whole, 'session'));
      this.sinks.set(keyOf(scope, one.place), { sink: { scope, step: this.step, call: one, request }, sessions });
      sessions.forEach((session) => this.absorbed.add(session));
    }
    // An object with a session id that sends something sends it, too.
    this.use(kind === 'send' ? receiver : all, scope, one.place, this.foreignUse(one, path, receiver, whole));
    return NO_MARKS;
  }

  private foreignUse({ name, written }: Call, path: string, receiver: Marks, given: Marks): Use {
    if (name === 'debug' && /^(?:system\.)?system$/.test(path)) return { to: 'unknown', what: 'the debug log' };
    if (!hasSession(receiver)) return unfollowed(path, written);
    const apiOf = (type: string): SalesforceApi | undefined =>
      this.around.generated.get(outerOf(type)) ?? apiOfName(type);
    return portUse(apiOf, written, receiver, given);
  }

  /** What a call puts into the object on which it is called. */
  private keepIn(one: Call, path: string, receiver: Marks, kept: Marks, scope: Scope): void {
    for (const cell of one.of ? this.cellsOf(documentOf(one.of) ?? one.of, scope) : []) {
      this.add(cell, kept);
      this.give(cell, kept);
    }
    const all = this.union([receiver, kept]);
    if (isPageParameter(one)) this.use(all, scope, one.place, apexAddressUse(all));
    // Something like Cache.Org: neither a variable nor an object that was made here.
    else if (path !== '' && !this.program.isValue(path, scope)) {
      this.use(kept, scope, one.place, unfollowed(path, one.written));
    }
  }

  /** What is put into a node is in its document, too. */
  private belongs(nodes: readonly TaintCell[], given: Expression, scope: Scope): void {
    const document = documentOf(given);
    if (!document) return;
    const within = this.cellsOf(document, scope);
    for (const { root, path } of nodes) {
      const of = this.documents.get(root) ?? new Map<string, readonly TaintCell[]>();
      this.documents.set(root, of.set(path, within));
      within.forEach((cell) => this.store.add(cell, this.store.read({ root, path })));
    }
  }

  /** A value with the session ids that the fields of its class contain. */
  private deep(marks: Marks, scope: Scope, withOwn = false): Marks {
    const seen = new Set<ApexClass>();
    const found: Marks[] = [marks];
    for (let next = marks; next.size > 0;) {
      const owners = keysOf(next, 'type')
        .flatMap((type) => this.program.classOf(type, scope.owner) ?? [])
        .filter((owner) => !seen.has(owner) && (withOwn || owner !== scope.owner));
      owners.forEach((owner) => seen.add(owner));
      next = this.union(owners.map((owner) => this.store.all(owner)));
      found.push(without(next, ['content', 'page', 'type']));
    }
    return this.union(found);
  }

  /** What the literals of a call say about the argument after them, and about the text that a part is cut out of. */
  private noteLiterals(one: Call, path: string, receiver: Marks, args: readonly Marks[]): void {
    args.forEach((given, index) => this.mark(given, () => isText(one.args[index - 1], announcesSession)));
    if (libraryCall(path, one.name) === 'transform') {
      this.mark(receiver, () => one.args.some((argument) => isText(argument, asksForSession)));
    }
  }

  /** The content of the pages that a call reads; `undefined`: of something that is no page. */
  private contentOf(one: Call, receiver: Marks, scope: Scope): Marks | undefined {
    const pages = pagesIn(receiver);
    const name = one.of?.kind === 'name' ? one.of.name : '';
    const parameter = scope.method.parameters.find((each) => each.name === name);
    if (parameter?.type.endsWith('pagereference')) this.askers.add(scope.method);
    if (pages.length === 0) return undefined;
    const shown = pages.find((page) => this.around.showsSession(page.toLowerCase()) === true);
    const unseen = pages.find((page) => this.around.showsSession(page.toLowerCase()) === undefined);
    const isProven = this.proven.has(keyOf(scope, one.place)) || pages.some(pageNamesSession);
    const page = shown ?? (isProven ? unseen : undefined);
    if (page !== undefined) {
      if (!this.asking && shown !== undefined) this.pagesRead.add(shown.toLowerCase());
      return this.source(scope, one.place, `the content of ${page === '' ? 'some page' : `the page ${page}`}`);
    }
    return unseen === undefined ? NO_MARKS : this.marks.set('content', [keyOf(scope, one.place)]);
  }

  private source(scope: Scope, place: Place, text: string): Marks {
    if (this.asking) return NO_MARKS;
    const { owner, method, file } = scope;
    const key = keyOf(scope, place);
    this.sessionMethods.add(method);
    this.sources.set(key, { ...place, file, label: owner.label, method: method.label, source: text, key });
    return this.marks.set('session', [key]);
  }

  private use(marks: Marks, { file }: Scope, { line }: Place, found: Use): void {
    for (const key of keysOf(marks, 'session')) this.found.push({ key, use: { ...found, file, line } });
  }

  private keep({ key, use }: FoundUse): void {
    const of = this.uses.get(key) ?? new Map<string, SessionUse>();
    this.uses.set(key, of.set(`${use.to} ${use.what} ${use.file}:${use.line}`, use));
  }

  /** The content of a page outside of the package is a session ID if a name or a text shows it, else a document. */
  private mark(marks: Marks, says: () => boolean): void {
    const open = keysOf(marks, 'content').filter((key) => !this.proven.has(key));
    if (open.length === 0 || !says()) return;
    open.forEach((key) => this.proven.add(key));
  }

  /** Remembers which types a call names; only where a session id is handled do they matter. */
  private mention({ method }: Scope, types: readonly string[], given: readonly Marks[]): void {
    if (given.some(mayBeSession)) this.sessionMethods.add(method);
    const all = this.mentioned.get(method) ?? new Set<string>();
    types.forEach((type) => all.add(type));
    this.mentioned.set(method, all);
  }

  private add(cell: TaintCell, marks: Marks): void {
    const { root, path } = cell;
    this.store.add(cell, marks);
    this.documents
      .get(root)
      ?.get(path)
      ?.forEach((document) => this.store.add(document, marks));
    const [variable = ''] = path.split('.', 1);
    const isMethod = 'locals' in root;
    if (!isMethod || path !== variable || !root.locals.has(path)) {
      keysOf(marks, 'session').forEach((key) => this.absorbed.add(key));
    }
    if (path !== variable) this.give(cell, marks);
  }

  /** What is put into the object of a parameter is put into the object of the caller. */
  private give({ root, path }: TaintCell, marks: Marks): void {
    const [variable = ''] = path.split('.', 1);
    if ('locals' in root && root.parameters.some(({ name }) => name === variable)) {
      this.store.add({ root, path: outOf(variable) }, marks);
    }
  }

  private read(cell: TaintCell): Marks {
    const { root, path } = cell;
    const type = ('locals' in root ? root.locals.get(path) : root.fields.get(path)?.type) ?? '';
    const known = this.declared.get(type) ?? this.marks.set('type', typesIn(type));
    this.declared.set(type, known);
    return this.union([this.store.read(cell), known]);
  }

  /** Where a value is kept that an expression names. */
  private cellsOf(expression: Expression, scope: Scope): TaintCell[] {
    if (expression.kind === 'name') {
      const { name } = expression;
      if (/^(?:this|super)$/.test(name)) return [];
      if (scope.method.locals.has(name)) return [{ root: scope.method, path: name }];
      return [{ root: this.program.holderOf(scope.owner, name) ?? scope.owner, path: name }];
    }
    if (expression.kind !== 'member') return [];
    const { of, name } = expression;
    if (name === '[]') return this.cellsOf(of, scope);
    if (of.kind === 'name' && /^(?:this|super)$/.test(of.name)) {
      return [{ root: this.program.holderOf(scope.owner, name) ?? scope.owner, path: name }];
    }
    const fixed = this.program.staticClass(of, scope);
    if (fixed) return [{ root: this.program.holderOf(fixed, name) ?? fixed, path: name }];
    const typed = keysOf(this.evaluate(of, scope), 'type').flatMap(
      (type) => this.program.classOf(type, scope.owner) ?? []
    );
    return [
      ...this.cellsOf(of, scope).map(({ root, path }) => ({ root, path: `${path}.${name}` })),
      ...typed.map((root) => ({ root: this.program.holderOf(root, name) ?? root, path: name })),
    ];
  }
}

/** Where a method keeps what it puts into the object of a parameter. */
function outOf(parameter: string): string {
  return `#${parameter}`;
}

export function keyOf({ file }: Pick<Scope, 'file'>, { line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

function isText(one: Expression | undefined, says: (text: string) => boolean): boolean {
  return one?.kind === 'text' && says(one.value);
}

/** A template, or a formula; else the text only mentions a merge field. */
function isEvaluated(text: string): boolean {
  return text.includes('{!')
    ? givesSession(text)
    : /(?:^|[&(,=+])\s{0,9}\$Api\s{0,9}\.\s{0,9}Session_ID\s{0,9}(?:[&),+]|$)/i.test(text);
}

/** What comes before the exclamation mark, and so the first 15 characters, is the id of the org. The last few open nothing. */
function isHarmlessPart({ of, name, args }: Call): boolean {
  const [first = '…', second = '…'] = args.map((one) => (one.kind === 'text' ? one.value : '…'));
  if (of === undefined) return false;
  if (name === 'substringbefore') return first === '!';
  if (name === 'left' || name === 'abbreviate') return Number(first) <= ORG_ID;
  if (name === 'right') return Number(first) <= 6;
  return /^(?:substring|mid)$/.test(name) && first === '0' && Number(second) <= ORG_ID;
}
const ORG_ID = 15;

/** `page.getParameters().put('sid', …)`: the value becomes a part of the address. */
function isPageParameter({ of, name }: Call): boolean {
  return /^put(?:all)?$/.test(name) && of?.kind === 'call' && of.name === 'getparameters';
}
