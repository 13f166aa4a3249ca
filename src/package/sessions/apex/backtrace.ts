import { dottedName, isOwnAddress, keepsText, putsInto } from './platformCalls.js';
import type { CallSite, Program, ValueSite } from './program.js';
import { ObjectTexts } from './objectTexts.js';
import type { Bound, Core, Frame, Self } from './runs.js';
import { join, literal, mapped, OWN_ADDRESS, session, UNKNOWN, union, vague, wholeText, type Texts } from './texts.js';
import type { ApexClass, Call, Creation, Expression, Method, Place, Scope } from './syntax.js';

/** What texts are looked up outside of Apex. */
export type Outside = {
  /** The text of a custom label. */
  label: (name: string) => string | undefined;
  /** What the records of a custom metadata type contain in a field. */
  records: (type: string, field: string) => readonly string[];
  /** The session ID that a place reads, by its key. */
  sourceAt: (file: string, place: Place) => string | undefined;
};

/** A method that a call may run, and on what object. */
type Callee = Scope & { self: Self };
/** The parts of a request. */
export type Gathered = { endpoint: Texts; method: Texts; body: Texts; headers: Texts };
const NOTHING: Gathered = { endpoint: [], method: [], body: [], headers: [] };

/** How many expressions are read for one request, and how deep calls are followed. Past it there are holes. */
export const MOST_WORK = 6000;
const DEEPEST_CALL = 12;
const DEEPEST_EXPRESSION = 150;
/** How many objects and callers are tried for one value. */
const MOST_CANDIDATES = 24;
const END = Number.MAX_SAFE_INTEGER;

/**
 * Reads backwards what a value may be, from where it is used to where it is written, through the callers of a method.
 */
export class Backtrace {
  /** Something was too much work, so that a hole may be one that could be filled. */
  public cut = false;
  /** Methods whose parameters were asked for without a caller. */
  public readonly opened = new Set<Method>();
  /** Types that were asked for, parsed or not. */
  public readonly asked = new Set<string>();
  /** Classes whose own methods are called, so that a class that extends them may supply others. */
  public readonly extended = new Set<string>();
  private work: number;
  private depth = 0;
  private readonly active = new Set<string>();
  private readonly ids = new Map<object, number>();

  public constructor(
    public readonly program: Program,
    private readonly outside: Outside,
    work = MOST_WORK
  ) {
    this.work = work;
  }

  /** How much work is left. */
  public get left(): number {
    return Math.max(0, this.work);
  }

  public frameOf(scope: Scope, at: number, root: boolean, depth = 0): Frame {
    return { core: { scope, self: { owner: scope.owner, exact: false }, root, depth, memo: new Map() }, at };
  }

  /** A run of a method for one of its calls. */
  public called(site: CallSite, scope: Scope, caller: Frame): Core {
    const bound = boundBy(scope.method, site.call.args, caller);
    const self = this.selfOfCall(site.call, scope.owner, caller);
    return { scope, self, bound, root: false, depth: caller.core.depth + 1, memo: new Map() };
  }

  public read(expression: Expression, frame: Frame): Texts {
    return this.bounded(UNKNOWN, () => this.readKind(expression, frame));
  }

  /** What is set on the request that an expression means. */
  public gather(expression: Expression, frame: Frame): Gathered {
    return this.bounded(NOTHING, () => this.gatherKind(expression, frame));
  }

  public frameOfSite({ scope, step }: ValueSite, self: Self, depth: number): Frame {
    const frame = this.frameOf(scope, step, false, depth + 1);
    const { made } = self;
    if (scope.method.name !== 'new' || !made || scope.owner !== self.owner) return frame;
    if (made.args.length !== scope.method.parameters.length) return frame;
    const bound = boundBy(scope.method, made.args, made.frame);
    return { ...frame, core: { ...frame.core, bound, self } };
  }

  /** A field of whatever object an expression means. */
  public memberOf(of: Expression, name: string, frame: Frame): Texts {
    const { scope } = frame.core;
    const type = this.program.typeOf(of, scope) ?? '';
    if (type.endsWith('__mdt')) {
      const texts = this.outside.records(type, name).map((text) => literal(text));
      // A subscriber or an upgrade may add records.
      return union(...texts, UNKNOWN);
    }
    if (of.kind === 'name' && scope.method.locals.has(of.name)) {
      const sites = this.program.localSites(scope.method, `${of.name}.${name}`);
      const known = sites.some(({ step, nested }) => step < frame.at && !nested);
      const made = (): Texts => (known ? [] : this.fieldOfObject(of, name, frame));
      return this.fold(sites, made, frame, `${of.name}.${name}`);
    }
    return this.fieldOfObject(of, name, frame);
  }

  /** The objects that an expression may mean. */
  public selves(expression: Expression, frame: Frame): readonly Self[] {
    const { core, at } = frame;
    this.work -= 1;
    const declared = (): Self[] => {
      const type = this.program.typeOf(expression, core.scope);
      if (type !== undefined) this.asked.add(type);
      const owner = type === undefined ? undefined : this.program.classOf(type, core.scope.owner);
      return owner ? [{ owner, exact: false }] : [];
    };
    if (this.work < 0 || core.depth > DEEPEST_CALL || this.depth > DEEPEST_EXPRESSION) return declared();
    this.depth += 1;
    const found = ((): readonly Self[] => {
      switch (expression.kind) {
        case 'name': {
          if (expression.name === 'this') return [core.self];
          const bound = core.bound?.get(expression.name);
          if (bound) return this.selves(bound.expression, bound.frame);
          if (!core.scope.method.locals.has(expression.name)) return declared();
          const sites = this.program.localSites(core.scope.method, expression.name).filter(({ step }) => step < at);
          const last = sites.findLastIndex(({ nested }) => !nested);
          return sites.slice(Math.max(0, last)).flatMap(({ value, step }) => this.selves(value, { core, at: step }));
        }
        case 'new': {
          const owner = this.program.classOf(expression.type, core.scope.owner);
          this.asked.add(expression.type);
          return owner ? [{ owner, exact: true, made: { args: expression.args, frame } }] : [];
        }
        case 'call':
          return this.returned(this.callees(expression, frame), (value, from) => this.selves(value, from)).flat();
        case 'assign':
          return this.selves(expression.value, frame);
        case 'choice':
          return expression.branches.flatMap((branch) => this.selves(branch, frame));
        default:
          return declared();
      }
    })();
    this.depth -= 1;
    const objects = found.length > 0 ? found : declared();
    this.cut ||= objects.length > MOST_CANDIDATES;
    return objects.slice(0, MOST_CANDIDATES);
  }

  /** The runs of methods that a call starts. */
  public callees(call: Call, frame: Frame): Core[] {
    const { core } = frame;
    if (core.depth > DEEPEST_CALL) {
      this.cut = true;
      return [];
    }
    const found = this.methodsFor(call, frame);
    this.cut ||= found.length > MOST_CANDIDATES;
    return found.slice(0, MOST_CANDIDATES).map(({ self, ...scope }) => {
      const bound = boundBy(scope.method, call.args, frame);
      return { scope, self, bound, root: false, depth: core.depth + 1, memo: new Map() };
    });
  }

  /** Counts one step of work, and answers whether another is allowed. */
  public spend(): boolean {
    this.work -= 1;
    const isLeft = this.work >= 0 && this.depth <= DEEPEST_EXPRESSION;
    this.cut ||= !isLeft;
    return isLeft;
  }

  /** Looks within the bounds on work and depth; past them there is `past`. */
  private bounded<Found>(past: Found, look: () => Found): Found {
    if (!this.spend()) return past;
    this.depth += 1;
    const found = look();
    this.depth -= 1;
    return found;
  }

  /** Looks unless the same look is under way: then there is `again`. */
  private once<Found>(active: string, again: Found, look: () => Found): Found {
    if (this.active.has(active)) return again;
    this.active.add(active);
    const found = look();
    this.active.delete(active);
    return found;
  }

  /** Looks at what runs of methods return. */
  private returned<Found>(callees: readonly Core[], look: (value: Expression, from: Frame) => Found): Found[] {
    return callees.flatMap((core) =>
      (core.scope.method.steps ?? []).flatMap(({ kind, value }, at) =>
        kind === 'return' ? [look(value, { core, at })] : []
      )
    );
  }

  private readKind(expression: Expression, frame: Frame): Texts {
    switch (expression.kind) {
      case 'text': {
        const key = this.outside.sourceAt(frame.core.scope.file, expression.place);
        return key === undefined ? literal(expression.value) : join(literal(expression.value), session(key));
      }
      case 'name':
        return this.readName(expression.name, frame);
      case 'member':
        return this.readMember(expression, frame);
      case 'call':
        return this.readCall(expression, frame);
      case 'new':
        return this.readElements(expression, frame);
      case 'assign':
        return this.read(expression.value, frame);
      case 'join':
        return join(...expression.parts.map((part) => this.read(part, frame)));
      case 'choice':
        return union(...expression.branches.map((branch) => this.read(branch, frame)));
      case 'parts':
        return vague(union(...expression.parts.map((part) => this.read(part, frame))));
      default:
        return [];
    }
  }

  private readName(name: string, frame: Frame): Texts {
    const { scope } = frame.core;
    if (/^(?:dom\.)?(?:document|xmlnode)$/.test(scope.method.locals.get(name) ?? '')) {
      return this.readAll({ kind: 'name', name, written: name }, frame);
    }
    if (scope.method.locals.has(name)) {
      return this.fold(this.program.localSites(scope.method, name), () => this.parameter(name, frame), frame, name);
    }
    return this.readOwnField(name, frame);
  }

  private readOwnField(name: string, frame: Frame): Texts {
    const holder = this.holderIn(frame.core, name);
    return holder ? this.readField(holder, name, frame.core.self, frame) : UNKNOWN;
  }

  /** The class that declares a field of the object whose method runs. */
  private holderIn({ self, scope }: Core, name: string): ApexClass | undefined {
    return this.program.holderOf(self.owner, name) ?? this.program.holderOf(scope.owner, name);
  }

  /** What a parameter is given; nothing for a variable. */
  private parameter(name: string, frame: Frame): Texts {
    const { core } = frame;
    if (core.scope.method.parameters.every((one) => one.name !== name)) return [];
    const bound = core.bound?.get(name);
    if (bound) return this.read(bound.expression, bound.frame);
    return this.fromCallers(name, frame, (expression, from) => this.read(expression, from));
  }

  /** What the callers of a method give for a parameter, all together. */
  private fromCallers(name: string, frame: Frame, look: (expression: Expression, frame: Frame) => Texts): Texts {
    const { method } = frame.core.scope;
    const given = this.given(name, frame, look);
    const { length } = this.program.callersOf(method);
    if (!given || length === 0) return UNKNOWN;
    return union(...given, ...(length > MOST_CANDIDATES || method.exposed ? [UNKNOWN] : []));
  }

  /** What each caller gives for a parameter; `undefined`: the callers are not looked at. */
  private given<Found>(
    name: string,
    { core }: Frame,
    look: (expression: Expression, frame: Frame) => Found
  ): Found[] | undefined {
    const { scope, root, depth } = core;
    this.opened.add(scope.method);
    if (root || depth > DEEPEST_CALL) return undefined;
    const index = scope.method.parameters.findIndex((one) => one.name === name);
    const callers = this.program.callersOf(scope.method).slice(0, MOST_CANDIDATES);
    return callers.flatMap((site) => {
      const expression = site.call.args[index];
      return expression ? [look(expression, this.frameOf(site.scope, site.step, false, depth + 1))] : [];
    });
  }

  /** Follows the assignments of a variable in the order of the text up to the step that asks. */
  private fold(sites: readonly ValueSite[], initial: () => Texts, { core, at }: Frame, name: string): Texts {
    const key = `${name}@${at}`;
    const known = core.memo.get(key);
    if (known) return known;
    return this.once(`${this.idOf(core)} ${key}`, UNKNOWN, () => {
      let state = initial();
      for (const site of sites) {
        if (site.step >= at && !site.looped) continue;
        const value = this.read(site.value, { core, at: site.step });
        if (site.append) {
          const longer = join(state, value);
          if (site.looped) state = union(state, join(longer, UNKNOWN));
          else state = site.nested ? union(state, longer) : longer;
        } else state = site.nested || site.step >= at ? union(state, value) : value;
      }
      core.memo.set(key, state);
      return state;
    });
  }

  /** Whatever a field is given anywhere; by its constructor what was given to the one that made the object. */
  private readField(holder: ApexClass, name: string, self: Self, { core }: Frame): Texts {
    const made = self.made && self.owner === holder ? self.made : undefined;
    return this.once(`${holder.name}.${name} ${made ? this.idOf(made.args) : ''}`, UNKNOWN, () => {
      const appended: Texts[] = [];
      const values = this.program.fieldSites(holder, name).map((site) => {
        const value = this.read(site.value, this.frameOfSite(site, self, core.depth));
        if (site.append) appended.push(value);
        return site.append ? [] : value;
      });
      const all = union(...values);
      return appended.length === 0 ? all : union(all, join(all, ...appended), join(all, UNKNOWN));
    });
  }

  private readMember({ of, name, written }: Extract<Expression, { kind: 'member' }>, frame: Frame): Texts {
    const { scope } = frame.core;
    const path = dottedName(of);
    if (/^(?:system\.)?label$/.test(path)) {
      const text = this.outside.label(written);
      return text === undefined ? UNKNOWN : literal(text);
    }
    if (name === '[]') return this.readElements(of, frame);
    if (path === 'this') return this.readOwnField(name, frame);
    if (path !== '' && !this.program.isValue(path, scope)) {
      this.asked.add(path);
      const fixed = this.program.classOf(path, scope.owner);
      const constant = fixed?.constants?.get(name);
      if (constant !== undefined) return literal(constant);
      const holder = fixed && this.program.holderOf(fixed, name);
      return holder ? this.readField(holder, name, { owner: holder, exact: false }, frame) : UNKNOWN;
    }
    return this.memberOf(of, name, frame);
  }

  private fieldOfObject(of: Expression, name: string, frame: Frame): Texts {
    const { core } = frame;
    const bound = of.kind === 'name' ? core.bound?.get(of.name) : undefined;
    if (bound) return this.memberOf(bound.expression, name, bound.frame);
    const isParameter = of.kind === 'name' && core.scope.method.parameters.some((one) => one.name === of.name);
    if (isParameter) return this.fromCallers(of.name, frame, (given, from) => this.memberOf(given, name, from));
    if (of.kind === 'new' && of.args.length > 0 && of.args.every(({ kind }) => kind === 'assign')) {
      const value = of.args.find(
        (one) => one.kind === 'assign' && one.target.kind === 'name' && one.target.name === name
      );
      return value ? this.read(value, frame) : [];
    }
    const objects = this.selves(of, frame);
    const values = objects.flatMap((self) => {
      const holder = this.program.holderOf(self.owner, name);
      return holder ? [this.readField(holder, name, self, frame)] : [];
    });
    return values.length === 0 ? UNKNOWN : union(...values);
  }

  private selfOfCall(call: Call | Creation, owner: ApexClass, caller: Frame): Self {
    if (call.kind === 'new') return { owner, exact: true, made: { args: call.args, frame: caller } };
    const path = dottedName(call.of);
    const own = call.of === undefined || path === 'this' || path === 'super';
    const objects = own ? [caller.core.self] : call.of ? this.selves(call.of, caller) : [];
    const object = objects.find((self) => this.program.lineage(self.owner).includes(owner));
    return object ?? { owner, exact: false };
  }

  private methodsFor(call: Call, frame: Frame): Callee[] {
    const { scope, self } = frame.core;
    const arity = call.args.length;
    const path = dottedName(call.of);
    const one = (from: ApexClass, object: Self): Callee[] => {
      const found = object.exact
        ? [this.program.methodIn(from, call.name, arity)].flatMap((single) => single ?? [])
        : this.program.dispatch(from, call.name, arity);
      return found.map((single) => {
        const isOf = this.program.lineage(object.owner).includes(single.owner);
        return { ...single, self: isOf ? object : { owner: single.owner, exact: false } };
      });
    };
    if (call.of === undefined || path === 'this') {
      const isOf = this.program.lineage(self.owner).includes(scope.owner);
      const object: Self = isOf ? self : { owner: scope.owner, exact: false };
      if (!object.exact) this.extended.add(object.owner.name);
      return one(object.owner, object);
    }
    if (path === 'super') {
      const parent = this.program.parentOf(scope.owner);
      const found = parent && this.program.methodIn(parent, call.name, arity);
      return found ? [{ ...found, self }] : [];
    }
    const fixed = this.program.staticClass(call.of, scope);
    if (fixed) return one(fixed, { owner: fixed, exact: false });
    if (path !== '' && !this.program.isValue(path, scope)) {
      this.asked.add(path);
      return [];
    }
    const known = this.selves(call.of, frame).flatMap((object) => {
      // Of an object whose class is not proven, the method of a class that extends it may run.
      if (!object.exact) this.extended.add(object.owner.name);
      return one(object.owner, object);
    });
    return [...new Map(known.map((single) => [single.method, single])).values()];
  }

  private readCall(call: Call, frame: Frame): Texts {
    const path = dottedName(call.of);
    const key = this.outside.sourceAt(frame.core.scope.file, call.place);
    if (key !== undefined) return session(key);
    if (isOwnAddress(path, call.name)) return OWN_ADDRESS;
    const callees = this.callees(call, frame);
    if (callees.length > 0) return union(...this.returned(callees, (value, from) => this.read(value, from)));
    return this.readLibrary(call, path.replace(/^system\./, ''), frame);
  }

  private readLibrary(call: Call, path: string, frame: Frame): Texts {
    const { name, args, of } = call;
    const [first] = args;
    const composed = first && this.readComposed(call, path, first, frame);
    if (composed) return composed;
    const isStatic = path !== '' && !this.program.isValue(path, frame.core.scope);
    if (of && /^(?:getasstring|getxmlstring|toxmlstring)$/.test(name)) return this.readAll(of, frame);
    if (of && name === 'gethost') {
      const address = this.read(of, frame);
      return address.every(([part]) => part?.kind === 'own') ? address : vague(address);
    }
    if (keepsText(name)) {
      const value = isStatic ? first : of;
      return value ? this.read(value, frame) : UNKNOWN;
    }
    if (of && /^(?:get|values|next|iterator|clone|deepclone|remove)$/.test(name)) return this.readElements(of, frame);
    const all = [...(of && !isStatic ? [this.read(of, frame)] : []), ...args.map((one) => this.read(one, frame))];
    return vague(union(...all));
  }

  /** A call that puts a text together; `undefined`: it is another one. */
  private readComposed(call: Call, path: string, first: Expression, frame: Frame): Texts | undefined {
    const { name, args, of } = call;
    const [, second] = args;
    if (path === 'json') return this.readAll(first, frame);
    if (path === 'string' && name === 'format') return this.readFormat(first, second, frame);
    if (path === 'string' && name === 'join') {
      return this.readJoined(first, second ? this.read(second, frame) : [], frame);
    }
    return of && /^(?:replace|replaceall|replacefirst)$/.test(name) ? this.readReplaced(call, frame) : undefined;
  }

  /** `String.format('{0}/x', new List<String>{ a })`. */
  private readFormat(format: Expression, list: Expression | undefined, frame: Frame): Texts {
    const values = list ? this.elements(list, frame) : [];
    const texts = this.read(format, frame);
    const slots = /\{(\d+)\}/;
    return union(
      ...texts.map((text) =>
        join(
          ...text.flatMap((part) =>
            part.kind !== 'text'
              ? [[[part]]]
              : part.value
                  .replaceAll("''", "'")
                  .split(slots)
                  .map((piece, index) => (index % 2 === 0 ? literal(piece) : (values[Number(piece)] ?? UNKNOWN)))
          )
        )
      )
    );
  }

  /** `String.join(list, separator)`, in the order in which the list was filled. */
  private readJoined(list: Expression, separator: Texts, frame: Frame): Texts {
    const values = this.elements(list, frame);
    if (values.length === 0) return UNKNOWN;
    return join(...values.flatMap((value, index) => (index === 0 ? [value] : [separator, value])));
  }

  private readReplaced({ of, args }: Call, frame: Frame): Texts {
    const [first, second] = args;
    const texts = of ? this.read(of, frame) : UNKNOWN;
    const searched = first ? this.read(first, frame) : UNKNOWN;
    const needle = searched.length === 1 && searched[0] ? wholeText(searched[0])?.replace(/\\(.)/g, '$1') : undefined;
    if (needle === undefined || needle === '') return vague(texts);
    const values = second ? this.read(second, frame) : UNKNOWN;
    return union(
      ...(values.length === 0 ? UNKNOWN : values).map((value) =>
        mapped(texts, (written) =>
          written.split(needle).flatMap((piece, index) => [...(index > 0 ? value : []), ...(literal(piece)[0] ?? [])])
        )
      )
    );
  }

  /** Any element of a collection. */
  private readElements(of: Expression, frame: Frame): Texts {
    if (of.kind === 'new' && this.program.classOf(of.type, frame.core.scope.owner)) return this.readAll(of, frame);
    if (of.kind === 'new' && /^(?:system\.)?url$/.test(of.type)) return this.readUrl(of, frame);
    if (of.kind === 'new' && !/^(?:list|set|map)<|\[\]/.test(of.type)) {
      return of.args.length === 0 ? UNKNOWN : union(...of.args.map((one) => this.read(one, frame)));
    }
    const values = this.elements(of, frame);
    return values.length === 0 ? UNKNOWN : union(...values);
  }

  /** `new Url('https', host, 443, path)`, `new Url(base, path)`. */
  private readUrl({ args }: Creation, frame: Frame): Texts {
    const [first = UNKNOWN, second = UNKNOWN, ...others] = args.map((one) => this.read(one, frame));
    if (args.length <= 2) return args.length === 1 ? first : join(first, second);
    return join(first, literal('://'), second, others.at(-1) ?? UNKNOWN);
  }

  /** The elements of a list, or the values of a map, in the order in which they were put in. */
  private elements(of: Expression, frame: Frame): Texts[] {
    const isMap = (this.program.typeOf(of, frame.core.scope) ?? '').startsWith('map<');
    return this.entries(of, frame, isMap);
  }

  private entries(of: Expression, frame: Frame, isMap: boolean): Texts[] {
    return this.bounded([UNKNOWN], () => this.entriesOfKind(of, frame, isMap));
  }

  private entriesOfKind(of: Expression, frame: Frame, isMap: boolean): Texts[] {
    if (of.kind === 'new') {
      return of.args.filter((_, index) => !isMap || index % 2 === 1).map((one) => this.read(one, frame));
    }
    if (of.kind === 'name') return this.entriesOfName(of.name, frame, isMap);
    if (of.kind === 'member' && dottedName(of) !== '') return [this.read({ ...of }, frame)];
    return of.kind === 'call' || of.kind === 'choice' || of.kind === 'assign' ? [this.read(of, frame)] : [];
  }

  /** What a variable or a field is given as a whole, and what is put in. */
  private entriesOfName(name: string, { core, at }: Frame, isMap: boolean): Texts[] {
    const bound = core.bound?.get(name);
    if (bound) return this.entries(bound.expression, bound.frame, isMap);
    const isLocal = core.scope.method.locals.has(name);
    const holder = isLocal ? undefined : this.program.holderOf(core.scope.owner, name);
    // A field is the same in each run of a method: the getter of a property may return the property.
    const active = holder ? `entries ${holder.name}.${name}` : `entries ${this.idOf(core)} ${name}@${at}`;
    return this.once(active, [UNKNOWN], () => {
      const sites = isLocal
        ? this.program.localSites(core.scope.method, name).filter(({ step }) => step < at)
        : holder
          ? this.program.fieldSites(holder, name)
          : [];
      const values = sites.flatMap((site) => {
        const from = isLocal ? { core, at: site.step } : this.frameOfSite(site, core.self, core.depth);
        return this.entries(site.value, from, isMap);
      });
      const added = this.program
        .callsIn(core.scope.method)
        .filter(({ call, step, looped }) => (step < at || looped) && isMutation(call, name))
        .flatMap(({ call, step }) => call.args.slice(-1).map((one) => this.read(one, { core, at: step })));
      return [...values, ...added];
    });
  }

  /** One text with everything that is known of what an object is made of. */
  private readAll(of: Expression, frame: Frame): Texts {
    const active = `all ${this.idOf(of)} ${this.idOf(frame.core)}`;
    return this.once(active, UNKNOWN, () => new ObjectTexts(this).textOf(of, frame));
  }

  private gatherKind(expression: Expression, frame: Frame): Gathered {
    switch (expression.kind) {
      case 'name':
        return this.gatherName(expression.name, frame);
      case 'member':
        return this.gatherField(expression.name, frame);
      case 'call':
        return merged(...this.returned(this.callees(expression, frame), (value, from) => this.gather(value, from)));
      case 'assign':
        return this.gather(expression.value, frame);
      case 'choice':
        return merged(...expression.branches.map((branch) => this.gather(branch, frame)));
      default:
        return NOTHING;
    }
  }

  private gatherName(name: string, frame: Frame): Gathered {
    const { core, at } = frame;
    const { method } = core.scope;
    if (!method.locals.has(name)) return this.gatherField(name, frame);
    return this.once(`gather ${this.idOf(core)} ${name}@${at}`, NOTHING, () => {
      const sites = this.program.localSites(method, name).filter(({ step }) => step < at);
      const made = sites.map(({ value, step }) => this.gather(value, { core, at: step }));
      const given = method.parameters.some((one) => one.name === name) ? this.gatherParameter(name, frame) : NOTHING;
      return this.changed(name, merged(given, ...made, this.gatherPassed(name, frame)), frame);
    });
  }

  private gatherParameter(name: string, frame: Frame): Gathered {
    const { bound, scope } = frame.core;
    const value = bound?.get(name);
    if (value) return this.gather(value.expression, value.frame);
    const given = this.given(name, frame, (expression, from) => this.gather(expression, from));
    this.cut ||= given !== undefined && this.program.callersOf(scope.method).length > MOST_CANDIDATES;
    return merged(...(given ?? []));
  }

  /** What methods set on a request that they are given. */
  private gatherPassed(name: string, { core, at }: Frame): Gathered {
    const found: Gathered[] = [];
    for (const { call, step, looped } of this.program.callsIn(core.scope.method)) {
      const index = call.args.findIndex((one) => one.kind === 'name' && one.name === name);
      if (index < 0 || call.kind !== 'call' || (step >= at && !looped)) continue;
      for (const callee of this.callees(call, { core, at: step })) {
        const parameter = callee.scope.method.parameters[index];
        if (parameter) found.push(this.gatherChanges(parameter.name, callee));
      }
    }
    return merged(...found);
  }

  private gatherChanges(name: string, core: Core): Gathered {
    return this.once(`changes ${core.scope.owner.name}.${core.scope.method.name} ${name}`, NOTHING, () => {
      const frame: Frame = { core, at: END };
      return this.changed(name, this.gatherPassed(name, frame), frame);
    });
  }

  /** A request after the calls that set its parts. */
  private changed(name: string, before: Gathered, frame: Frame): Gathered {
    const { core } = frame;
    const sites = (pattern: RegExp): ValueSite[] =>
      this.program.callsIn(core.scope.method).flatMap(({ call, scope, step, nested, looped }): ValueSite[] => {
        const value =
          call.kind === 'call' && pattern.test(call.name) && rootOf(call) === name ? call.args.at(-1) : undefined;
        return value ? [{ scope, step, value, append: false, nested, looped }] : [];
      });
    const part = (pattern: RegExp, initial: Texts, label: string): Texts =>
      this.fold(sites(pattern), () => initial, frame, `${name}#${label}`);
    const headers = sites(/^setheader$/)
      .filter(({ step, looped }) => step < frame.at || looped)
      .map(({ value, step }) => this.read(value, { core, at: step }));
    return {
      endpoint: part(/^setendpoint$/, before.endpoint, 'endpoint'),
      method: part(/^setmethod$/, before.method, 'method'),
      body: part(/^setbody(?:asblob|document)?$/, before.body, 'body'),
      headers: union(before.headers, ...headers),
    };
  }

  /** A request that a field keeps: whatever any method of the class sets on it. */
  private gatherField(name: string, { core }: Frame): Gathered {
    const holder = this.holderIn(core, name);
    if (!holder) return NOTHING;
    return this.once(`gather ${holder.name}.${name}`, NOTHING, () => {
      const made = this.program
        .fieldSites(holder, name)
        .map((site) => this.gather(site.value, this.frameOfSite(site, core.self, core.depth)));
      const changes = this.program.scopesWithin(holder).map((scope) => {
        const frame =
          scope.method === core.scope.method ? { core, at: END } : this.frameOf(scope, END, false, core.depth + 1);
        return merged(this.changed(name, NOTHING, frame), this.gatherPassed(name, frame));
      });
      return merged(...made, ...changes);
    });
  }

  private idOf(of: object): number {
    const known = this.ids.get(of) ?? this.ids.size + 1;
    this.ids.set(of, known);
    return known;
  }
}

/** The arguments of a call as the values of the parameters that get them. */
function boundBy(method: Method, args: readonly Expression[], frame: Frame): ReadonlyMap<string, Bound> {
  return new Map(
    method.parameters.flatMap(({ name }, index) => {
      const expression = args[index];
      return expression ? [[name, { expression, frame }] as const] : [];
    })
  );
}

function merged(...all: readonly Gathered[]): Gathered {
  return {
    endpoint: union(...all.map(({ endpoint }) => endpoint)),
    method: union(...all.map(({ method }) => method)),
    body: union(...all.map(({ body }) => body)),
    headers: union(...all.map(({ headers }) => headers)),
  };
}

/** The variable at the beginning of a chain of calls: `request` of `request.x().y()`, `this.request.x()`. */
function rootOf(call: Call): string | undefined {
  const { of } = call;
  if (of?.kind === 'call') return rootOf(of);
  if (of?.kind === 'member' && of.of.kind === 'name' && of.of.name === 'this') return of.name;
  return of?.kind === 'name' ? of.name : undefined;
}

function isMutation(call: Call | Creation, name: string): call is Call {
  return call.kind === 'call' && putsInto.test(call.name) && rootOf(call) === name;
}
