import { baseOf, documentOf, dottedName, putsInto } from './platformCalls.js';
import type { Core, Frame, Self } from './runs.js';
import type { CallSite, Program, ValueSite } from './program.js';
import { join, literal, partsIn, UNKNOWN, type Texts } from './texts.js';
import type { Call, Creation, Expression } from './syntax.js';

/** What is asked of the walk through the code. */
export type Reader = {
  readonly program: Program;
  read: (expression: Expression, frame: Frame) => Texts;
  memberOf: (of: Expression, name: string, frame: Frame) => Texts;
  selves: (expression: Expression, frame: Frame) => readonly Self[];
  callees: (call: Call, frame: Frame) => Core[];
  frameOfSite: (site: ValueSite, self: Self, depth: number) => Frame;
  frameOf: (scope: CallSite['scope'], at: number, root: boolean, depth?: number) => Frame;
  /** Counts one step of work, and answers whether another is allowed. */
  spend: () => boolean;
};

/** How deep objects are followed into each other, and how many parts of one are read. */
const DEEPEST = 12;
const MOST = 200;
/** A text keeps fewer parts than this; see `texts.ts`. */
const MOST_PARTS = 50;
const END = Number.MAX_SAFE_INTEGER;

const BETWEEN = literal('\n');
/** A part of a list that is not known, as JSON. */
const OPEN: Texts = join(literal('['), UNKNOWN, literal(']'));

/**
 * One text with everything that is known of what an object is made of: a map, a list or a class that becomes JSON. Keys
 * and their values stay together, `"url":"…"`; a part of a list that is not known is `[…]`.
 */
export class ObjectTexts {
  private readonly found: Texts[] = [];
  private isCut = false;
  /** A key whose value a generator of JSON writes next. */
  private key: Texts | undefined;

  public constructor(private readonly reader: Reader) {}

  public textOf(expression: Expression, frame: Frame): Texts {
    this.visit(expression, frame, { depth: 0, inBody: false });
    // What a value may be is listed one after the other, so that this stays one text.
    const all = this.found.flatMap((texts) => texts.map((text): Texts => [text]));
    const distinct = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
    const size = distinct.reduce((sum, texts) => sum + partsIn(texts), 0);
    const first = size > MOST_PARTS || this.isCut ? OPEN : [];
    return join(UNKNOWN, ...[first, ...distinct].flatMap((one) => (one.length === 0 ? [] : [one, BETWEEN])), UNKNOWN);
  }

  private visit(one: Expression, from: Frame, at: Position): void {
    if (at.depth > DEEPEST || this.found.length > MOST || !this.reader.spend()) {
      this.isCut = true;
      return;
    }
    const before = this.found.length;
    if (one.kind === 'new') this.creation(one, from, at);
    else if (one.kind === 'choice') one.branches.forEach((branch) => this.visit(branch, from, deeper(at)));
    else if (one.kind === 'assign') this.visit(one.value, from, deeper(at));
    else if (one.kind === 'name' && one.name !== 'this') this.variable(one, from, at);
    const isMade = one.kind === 'new' && this.reader.program.classOf(one.type, from.core.scope.owner) === undefined;
    if (!isMade) this.objects(one, from, at);
    const isEmpty = isNothing(one) || (one.kind === 'name' && this.isMadeHere(one.name, from));
    if (this.found.length === before && !isEmpty) this.text(one, from, at);
  }

  /** A text, or something of which nothing is known. */
  private text(one: Expression, from: Frame, at: Position): void {
    const value = this.reader.read(one, from);
    const isOpen = value.length === 0 || value.every((text) => text.every(({ kind }) => kind === 'hole'));
    if (!isOpen) this.found.push(value);
    else if (!at.inBody) this.found.push(OPEN);
  }

  /** An empty list that is made in this method and never filled. */
  private isMadeHere(name: string, { core }: Frame): boolean {
    const { method } = core.scope;
    const sites = this.reader.program.localSites(method, name);
    return sites.length > 0 && sites.every(({ value }) => isNothing(value));
  }

  private creation({ type, args }: Creation, from: Frame, at: Position): void {
    if (type.startsWith('map<')) {
      args.forEach((key, index) => {
        const value = args[index + 1];
        if (index % 2 === 0 && value) this.entry(this.reader.read(key, from), value, from, at);
      });
      return;
    }
    if (this.reader.program.classOf(type, from.core.scope.owner)) return;
    for (const arg of args) {
      if (arg.kind === 'assign' && arg.target.kind === 'name') {
        this.entry(literal(arg.target.written), arg.value, from, at);
      } else this.visit(arg, from, deeper(at));
    }
  }

  private entry(key: Texts, value: Expression, from: Frame, at: Position): void {
    const inBody = at.inBody || isBody(key);
    if (isObject(value, this.reader.program.typeOf(value, from.core.scope))) {
      this.found.push(join(literal('"'), key, literal('":')));
      this.visit(value, from, { depth: at.depth + 1, inBody });
    } else this.pair(key, this.reader.read(value, from));
  }

  private pair(key: Texts, value: Texts): void {
    this.found.push(join(literal('"'), key, literal('":"'), value, literal('"')));
  }

  /** What a variable or a field is given, and what is put in. */
  private variable(one: Extract<Expression, { kind: 'name' }>, from: Frame, at: Position): void {
    const { core } = from;
    const { program } = this.reader;
    const bound = core.bound?.get(one.name);
    if (bound) this.visit(bound.expression, bound.frame, deeper(at));
    const { method } = core.scope;
    if (method.locals.has(one.name)) {
      for (const { step, value } of program.localSites(method, one.name)) {
        if (step < from.at) this.visit(value, { core, at: step }, deeper(at));
      }
      this.changes(one.name, core, at);
      if (!bound && method.parameters.some(({ name }) => name === one.name)) this.given(one.name, from, at);
      return;
    }
    const holder = program.holderOf(core.self.owner, one.name) ?? program.holderOf(core.scope.owner, one.name);
    if (holder) this.field({ owner: holder, name: one.name, self: core.self }, core, deeper(at));
  }

  /** What a field is given anywhere, and what the methods of its class put in. */
  private field({ owner, name, self }: Field, core: Core, at: Position): void {
    const { program } = this.reader;
    for (const site of program.fieldSites(owner, name)) {
      this.visit(site.value, this.reader.frameOfSite(site, self, core.depth), at);
    }
    for (const scope of program.scopesWithin(owner)) {
      const isRunning = scope.method === core.scope.method;
      this.changes(name, isRunning ? core : this.reader.frameOf(scope, END, false, core.depth + 1).core, at);
    }
  }

  /** What the callers of a method give for a parameter. */
  private given(name: string, { core }: Frame, at: Position): void {
    const { program } = this.reader;
    const { method } = core.scope;
    const index = method.parameters.findIndex((one) => one.name === name);
    const callers = core.root ? [] : program.callersOf(method);
    for (const { call, scope, step } of callers) {
      const given = call.args[index];
      if (given) this.visit(given, this.reader.frameOf(scope, step, false, core.depth + 1), deeper(at));
    }
    if ((callers.length === 0 || method.exposed) && !at.inBody) this.found.push(OPEN);
  }

  /** What a method puts into an object that goes by this name there. */
  private changes(name: string, core: Core, at: Position): void {
    if (at.depth > DEEPEST || !this.reader.spend()) {
      this.isCut = true;
      return;
    }
    for (const node of this.nodesOf(name, core)) this.changes(node, core, deeper(at));
    for (const { call, step } of this.reader.program.callsIn(core.scope.method)) {
      const frame = { core, at: step };
      if (call.kind === 'call' && isPutInto(call, name)) this.change(call, frame, at);
      const index = call.args.findIndex((one) => one.kind === 'name' && one.name === name);
      if (index < 0 || call.kind !== 'call') continue;
      for (const callee of this.reader.callees(call, frame)) {
        const parameter = callee.scope.method.parameters[index];
        if (parameter) this.changes(parameter.name, callee, deeper(at));
      }
    }
  }

  /** The variables that are nodes of an XML document. */
  private nodesOf(name: string, { scope }: Core): string[] {
    return [...scope.method.locals.keys()].filter((local) =>
      this.reader.program.localSites(scope.method, local).some(({ value }) => {
        const document = local === name ? undefined : documentOf(value);
        return document?.kind === 'name' && document.name === name;
      })
    );
  }

  private change({ name, args }: Call, frame: Frame, at: Position): void {
    const [first, second] = args;
    const { key } = this;
    this.key = first && name === 'writefieldname' ? this.reader.read(first, frame) : undefined;
    if (this.key) return;
    if (key && first) this.entry(key, first, frame, at);
    else if (first && second && name !== 'add') this.entry(this.reader.read(first, frame), second, frame, at);
    else args.forEach((one) => this.visit(one, frame, deeper(at)));
  }

  /** The fields of the objects of the package that an expression may mean. */
  private objects(one: Expression, from: Frame, at: Position): void {
    const { program } = this.reader;
    for (const self of this.reader.selves(one, from)) {
      if (self.owner === from.core.scope.owner && self.owner.methods.length > 3) continue;
      for (const [field, { type }] of self.owner.fields) {
        const key = literal(field);
        if (!isObject(undefined, type)) {
          this.pair(key, this.reader.memberOf(one, field, from));
          continue;
        }
        this.found.push(join(literal('"'), key, literal('":')));
        const inside = { depth: at.depth + 1, inBody: at.inBody || isBody(key) };
        const local = one.kind === 'name' ? program.localSites(from.core.scope.method, `${one.name}.${field}`) : [];
        for (const { value, step } of local) this.visit(value, { core: from.core, at: step }, inside);
        if (local.length > 0) continue;
        const owner = program.holderOf(self.owner, field) ?? self.owner;
        this.field({ owner, name: field, self }, from.core, inside);
      }
    }
  }
}

/** `inBody`: within the record that a request carries, which sends nothing itself. */
type Position = { depth: number; inBody: boolean };

type Field = { owner: Self['owner']; name: string; self: Self };

function deeper({ depth, inBody }: Position): Position {
  return { depth: depth + 1, inBody };
}

function isBody(key: Texts): boolean {
  return key.every(([part, ...others]) => others.length === 0 && part?.kind === 'text' && bodies.test(part.value));
}
const bodies = /^(?:body|richInput|httpHeaders|metadata|records)$/i;

/** Whether a value is made of others, as far as its type shows. */
function isObject(value: Expression | undefined, type: string | undefined): boolean {
  return (
    value?.kind === 'new' ||
    (type !== undefined &&
      !/^(?:system\.)?(?:string|id|integer|long|decimal|double|boolean|date|datetime|time|blob)$/.test(type))
  );
}

/** Nothing, or an object that is filled later. */
function isNothing(one: Expression): boolean {
  return (
    one.kind === 'nothing' ||
    one.kind === 'new' ||
    (one.kind === 'call' && one.name === 'creategenerator' && /^(?:system\.)?json$/.test(dottedName(one.of)))
  );
}

function isPutInto(call: Call, name: string): boolean {
  if (!putsInto.test(call.name)) return false;
  const base = call.of && baseOf(call.of);
  if (base?.kind === 'call') return isChained(base, name);
  return (
    base?.kind === 'name' &&
    (base.name === name || (base.name === 'this' && call.of?.kind === 'member' && call.of.name === name))
  );
}

/** `list.get(0).put(…)` changes what the list contains. */
function isChained({ of }: Call, name: string): boolean {
  const base = of && baseOf(of);
  if (base?.kind === 'call') return isChained(base, name);
  return base?.kind === 'name' && base.name === name;
}
