import type { AnyNode, Expression, Pattern } from 'acorn';
import { sessionMergeField } from '../../../salesforce/sessionIds.js';
import type { SessionUse } from '../../facts.js';
import type { Use } from '../sinks.js';
import { declaredType } from './typescript.js';
import { isClass, ProgramIndex, type ScriptPlace } from './program.js';
import { addressUse, isAddress } from './sinks.js';
import {
  sourceNamed,
  exposedMethodSource,
  SERVER_SIGN,
  SESSION_SIGN,
  UNKNOWN_SIGN,
  type SessionMethods,
} from './sources.js';
import { FixedSet } from './fixedSet.js';
import {
  defaultExport,
  dotted,
  isFunction,
  keyName,
  memberName,
  nameInModule,
  type CallNode,
  type ClassNode,
  type FunctionNode,
  type MemberNode,
  type Script,
} from './syntax.js';
import {
  Cell,
  concat,
  HOLE,
  isNode,
  NOTHING,
  ORG,
  sessionValue,
  taint,
  textsOf,
  textValue,
  Thing,
  unionOfValues,
  UNKNOWN_VALUE,
  type Value,
} from './values.js';
import { type Work } from './work.js';

export type ScriptSource = { file: string; line: number; source: string; uses: readonly SessionUse[] };
/** A call of a function of a library, by the name of the library: `jsforce.Connection().login`; and as written. */
export type LibraryCall = {
  name: string;
  written: string;
  place: ScriptPlace;
  args: readonly Value[];
  spread: boolean;
};

/** Session ids in texts: signs for merge fields are longer than this. */
const SIGNS = new RegExp(`([${SESSION_SIGN}${UNKNOWN_SIGN}${SERVER_SIGN}])\\1{3,}`, 'g');

/** A call of what these scripts do not define. */
export type ScriptCall = {
  node: CallNode;
  script: Script;
  /** As written; `''`: it is computed. */
  name: string;
  /** The last part of the name. */
  last: string;
  /** What is called, as far as it comes from a library or from other code. */
  libraries: readonly Thing[];
  object: Value;
  args: readonly Value[];
  spread: boolean;
};

/** One component. A value is learned once and only grows, so that the passes end. */
export class ScriptFlow {
  public readonly calls: LibraryCall[] = [];
  public readonly index: ProgramIndex;
  /** The last pass notes uses. */
  public isRecording = false;
  private readonly sources = new Map<string, Omit<ScriptSource, 'uses'>>();
  private readonly sessions = new Map<string, Value>();
  private readonly uses = new Map<string, Map<string, SessionUse>>();
  private readonly libraries = new Map<string, Thing>();
  private readonly values = new Map<AnyNode, Value>();
  private readonly toolkitSession = new Cell();
  private grown = false;
  /** From the second round on, what nothing is ever assigned to is an unknown value. */
  private closed = false;

  public constructor(
    scripts: readonly Script[],
    public readonly sessionMethods: SessionMethods,
    public readonly controllers: readonly string[],
    public readonly work: Work,
    /** What a call does that these scripts do not define, and its result. */
    private readonly callOutside: (flow: ScriptFlow, site: ScriptCall) => Value,
    /** The script is one module: what it imports from another file is known by the name of that file. */
    private readonly isModule = false
  ) {
    this.index = new ProgramIndex(scripts);
  }

  public run(): void {
    this.untilStable();
    this.closed = true;
    this.untilStable();
    this.isRecording = true;
    this.pass();
  }

  /** Notes the session ids in properties that a template binds to an address. */
  public useAddresses(paths: readonly string[]): void {
    const classes = this.index.nodes.filter(({ node }) => isClass(node));
    for (const path of paths) {
      const aura = path.startsWith('v.') ? this.index.component.cell(`#${path}`).value : NOTHING;
      const [first] = this.index.nodes;
      if (first) this.use(aura.sessions, first, addressUse(textsOf(aura)));
      for (const place of classes) {
        const self = this.index.thingAt(place.node, 'class').value;
        const value = path.split('.').reduce((of, name) => this.member(of, name), self);
        this.use(value.sessions, place, addressUse(textsOf(value)));
      }
    }
  }

  public results(): ScriptSource[] {
    return [...this.sources].map(([key, one]) => ({ ...one, uses: [...(this.uses.get(key)?.values() ?? [])] }));
  }

  /** Notes where session ids go. */
  public use(sessions: FixedSet<string>, { script, node }: ScriptPlace, { to, what }: Use): void {
    if (!this.isRecording) return;
    const line = lineOf({ script, node });
    for (const key of sessions) {
      const uses = this.uses.get(key) ?? new Map<string, SessionUse>();
      this.uses.set(key, uses.set(`${to} ${what} ${line} ${script.file}`, { to, what, file: script.file, line }));
    }
  }

  public source({ script, node }: ScriptPlace, name: string): Value {
    const key = `${script.file}:${script.linesBefore}:${node.start}`;
    this.sources.set(key, { file: script.file, line: lineOf({ script, node }), source: name });
    const value = this.sessions.get(key) ?? sessionValue(key);
    this.sessions.set(key, value);
    return value;
  }

  public library(name: string): Thing {
    const thing = this.libraries.get(name) ?? new Thing(name);
    this.libraries.set(name, thing);
    return thing;
  }

  public add(cell: Cell, value: Value): void {
    if (cell.add(value, this.work)) this.grown = true;
  }

  public noteCall(call: LibraryCall): void {
    if (this.isRecording) this.calls.push(call);
  }

  /** What is kept in a variable or a property; nothing is known of one that is never assigned. */
  public read(cell: Cell, name: string): Value {
    return this.closed && !cell.isWritten
      ? { ...UNKNOWN_VALUE, things: cell.unknownThing(name).value.things }
      : cell.value;
  }

  /** A property of a value; without a name, any of them. */
  public member(of: Value, name: string | undefined): Value {
    if (name === 'length') return NOTHING;
    const found = [...of.things].map((thing) => this.property(thing, name));
    if (of.sessions.size > 0) found.push(taint(of.sessions));
    else if (of.things.size === 0 && of.texts.size > 0) found.push(UNKNOWN_VALUE);
    return this.merge(found);
  }

  /** An option of a call: only what the code gives, whatever else the object may have. */
  public option(of: Value, name: string): Value {
    return this.merge([...of.things].flatMap((thing) => thing.properties.get(name)?.value ?? []));
  }

  public merge(values: readonly Value[]): Value {
    return unionOfValues(values, this.work);
  }

  public evaluate(node: AnyNode | null | undefined, script: Script): Value {
    if (!node) return NOTHING;
    const known = this.values.get(node);
    if (known) return known;
    this.work.spend(1);
    const value = this.valueOf(node, script);
    this.values.set(node, value);
    return value;
  }

  /** Gives the parameters of a function their values, and returns what it returns. */
  public invoke(thing: Thing, args: readonly Value[]): Value {
    const { code } = thing;
    if (!code) return NOTHING;
    code.function.params.forEach((parameter, index) => {
      const value = args[index];
      if (value) this.assign(parameter, value, code.script);
      else if (parameter.type === 'RestElement') this.assign(parameter, this.merge(args.slice(index)), code.script);
    });
    return thing.cell('#return').value;
  }

  /** What an array or a collection is made of. */
  public elements(all: Value): Value {
    const inside = this.member(all, undefined);
    return all.sessions.size > 0 ? this.merge([inside, taint(all.sessions)]) : inside;
  }

  /** `{ ...options }` has what the options have. */
  public copy(from: Value, to: Thing): void {
    for (const thing of from.things) {
      if (thing === to) continue;
      for (const [name, cell] of thing.properties) this.add(to.cell(name), cell.value);
      if (thing.isLibrary) this.add(to.cell('#base'), thing.value);
    }
    if (from.sessions.size > 0) this.add(to.cell('#of'), taint(from.sessions));
  }

  /** Keeps a value where a pattern says. */
  public assign(target: Pattern | AnyNode, value: Value, script: Script): void {
    switch (target.type) {
      case 'Identifier': {
        const cell = this.index.bindings.cellOf(target) ?? this.index.bindings.top(target.name);
        this.add(cell, value);
        return;
      }
      case 'MemberExpression':
        this.assignMember(target, value, script);
        return;
      case 'AssignmentPattern':
        this.assign(target.left, this.merge([value, this.evaluate(target.right, script)]), script);
        return;
      case 'RestElement':
        this.assign(target.argument, value, script);
        return;
      case 'ArrayPattern':
        target.elements.forEach((one, index) => {
          if (!one) return;
          const isRest = one.type === 'RestElement';
          this.assign(one, isRest ? value : this.member(value, String(index)), script);
        });
        return;
      case 'ObjectPattern':
        for (const one of target.properties) {
          if (one.type === 'RestElement') this.assign(one, value, script);
          else
            this.assign(one.value, this.picked(value, keyName(one.key, one.computed), { script, node: one }), script);
        }
        return;
      default:
    }
  }

  /** Session IDs that can be reached from values. */
  public reach(values: readonly Value[]): FixedSet<string> {
    let found = NOTHING.sessions;
    for (const { sessions, things } of values) {
      found = found.join(sessions, this.work);
      this.work.spend(1 + things.size);
      for (const thing of things) found = found.join(thing.sessions, this.work);
    }
    return found;
  }

  /** Everything that can be reached from values: session IDs, texts and literals. */
  public deep(values: readonly Value[]): Value {
    const seen = new Set<Thing>();
    const [sessions, texts, words] = [new FixedSet<string>(), new FixedSet<string>(), new FixedSet<string>()];
    const open = [...values];
    for (let value = open.pop(); value; value = open.pop()) {
      value.sessions.forEach((one) => sessions.add(one));
      value.texts.forEach((one) => texts.add(one));
      value.words.forEach((one) => words.add(one));
      this.work.spend(1 + value.sessions.size + value.things.size + value.texts.size + value.words.size);
      for (const thing of value.things) {
        if (seen.has(thing) || thing.isOpaque) continue;
        seen.add(thing);
        for (const cell of thing.properties.values()) open.push(cell.value);
      }
    }
    return { sessions, texts, words, things: NOTHING.things };
  }

  private untilStable(): void {
    do {
      this.grown = false;
      this.pass();
    } while (this.grown);
  }

  private pass(): void {
    this.values.clear();
    for (const { node, script } of this.index.nodes) {
      this.work.spend(1);
      this.visit(node, script);
    }
  }

  private visit(node: AnyNode, script: Script): void {
    switch (node.type) {
      case 'VariableDeclarator':
        if (node.init) this.assign(node.id, this.evaluate(node.init, script), script);
        this.assignType(node.id, script);
        return;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.visitFunction(node, script);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.visitClass(node, script);
        return;
      case 'ReturnStatement':
      case 'YieldExpression':
        this.visitReturn(node, node.argument, script);
        return;
      case 'ForOfStatement':
      case 'ForInStatement':
        this.visitLoop(node, script);
        return;
      case 'ImportDeclaration':
        node.specifiers.forEach((one) => this.visitImport(one, String(node.source.value)));
        return;
      case 'ExportDefaultDeclaration':
        this.add(this.index.bindings.top(defaultExport(script.file)), this.evaluate(node.declaration, script));
        return;
      case 'AssignmentExpression':
      case 'CallExpression':
      case 'NewExpression':
      case 'ObjectExpression':
        this.evaluate(node, script);
        return;
      default:
        this.visitJsx(node, script);
    }
  }

  private visitFunction(node: FunctionNode, script: Script): void {
    const thing = this.index.functionAt(node, script);
    if (node.type !== 'ArrowFunctionExpression' && node.id) this.assign(node.id, thing.value, script);
    for (const parameter of node.params) this.assignType(parameter, script);
    if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement') {
      this.add(thing.cell('#return'), this.evaluate(node.body, script));
    }
    for (const parameter of node.params) {
      if (parameter.type === 'AssignmentPattern') this.assign(parameter, NOTHING, script);
    }
  }

  private visitClass(node: ClassNode, script: Script): void {
    const thing = this.index.thingAt(node, 'class');
    if (node.id) this.assign(node.id, thing.value, script);
    if (node.superClass) this.add(thing.cell('#parent'), this.evaluate(node.superClass, script));
    for (const member of node.body.body) {
      if (member.type === 'PropertyDefinition') {
        const name = keyName(member.key, member.computed);
        const values = [this.evaluate(member.value, script), this.wired(member, script), this.ofType(member)];
        if (name !== undefined) values.forEach((value) => value !== NOTHING && this.add(thing.cell(name), value));
      } else if (member.type === 'MethodDefinition') {
        this.addMethod(thing, member.key, member.computed, member.kind, member.value, script);
        const wired = this.wired(member, script);
        if (wired !== NOTHING) this.invoke(this.index.functionAt(member.value, script), [wired]);
      }
    }
  }

  /** TypeScript declares what a library makes: `client: Connection`. */
  private assignType(target: AnyNode, script: Script): void {
    const value = this.ofType(target);
    if (value !== NOTHING) this.assign(target, value, script);
  }

  private ofType(node: AnyNode): Value {
    const [root = '', ...names] = declaredType(node)?.split('.') ?? [];
    if (root === '' || !this.index.bindings.isDeclared(root)) return NOTHING;
    const libraries = [...this.index.bindings.top(root).value.things].filter(({ isLibrary }) => isLibrary);
    return this.merge(libraries.map((library) => names.reduce((at, name) => at.part(name), library).result('').value));
  }

  /** What `@wire(method)` gives a field or a function of a Lightning Web Component. */
  private wired(member: AnyNode, script: Script): Value {
    const { decorators } = member as { decorators?: ReadonlyArray<{ expression: AnyNode }> };
    const calls = (decorators ?? []).flatMap(({ expression }) =>
      expression.type === 'CallExpression' && dotted(expression.callee) === 'wire' ? [expression] : []
    );
    return this.merge(
      calls.map((call) => {
        const [adapter] = this.evaluate(call.arguments[0], script).things;
        const method = adapter?.kind.replace(/^@salesforce\/apex\/(?:\w+\.)?(?=\w+\.\w+$)/, '').toLowerCase() ?? '';
        return this.sessionMethods.has(method)
          ? this.source({ script, node: call }, exposedMethodSource(method))
          : NOTHING;
      })
    );
  }

  private addMethod(owner: Thing, key: AnyNode, computed: boolean, kind: string, value: AnyNode, script: Script): void {
    const name = keyName(key, computed) ?? '#any';
    if (!isFunction(value)) return;
    const thing = this.index.functionAt(value, script);
    if (kind === 'get') this.add(owner.cell(name), thing.cell('#return').value);
    else if (kind === 'set') this.invoke(thing, [owner.cell(name).value]);
    else this.add(owner.cell(name), thing.value);
  }

  private visitReturn(node: AnyNode, argument: AnyNode | null | undefined, script: Script): void {
    const maker = this.index.functionOf(node);
    if (maker) this.add(this.index.functionAt(maker, script).cell('#return'), this.evaluate(argument, script));
  }

  private visitLoop(node: Extract<AnyNode, { type: 'ForOfStatement' | 'ForInStatement' }>, script: Script): void {
    const target = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
    const all = this.evaluate(node.right, script);
    if (target) this.assign(target, node.type === 'ForInStatement' ? UNKNOWN_VALUE : this.elements(all), script);
  }

  private visitImport(
    one: Extract<AnyNode, { type: 'ImportSpecifier' | 'ImportDefaultSpecifier' | 'ImportNamespaceSpecifier' }>,
    from: string
  ): void {
    const imported = one.type === 'ImportSpecifier' ? nameInModule(one.imported) : undefined;
    const cell = this.index.bindings.top(one.local.name);
    const own = imported === undefined || imported === 'default' ? defaultExport(from) : imported;
    const isOwn = this.index.isModule(from);
    const declared = isOwn && own !== one.local.name && this.index.bindings.isDeclared(own);
    if (declared) this.add(cell, this.index.bindings.top(own).value);
    else if (own !== one.local.name || !isOwn || this.isModule) {
      const library = this.library(from);
      this.add(cell, (imported === undefined || imported === 'default' ? library : library.part(imported)).value);
    }
  }

  /** An attribute of JSX: `<a href={…}>`. */
  private visitJsx(node: AnyNode, script: Script): void {
    const { type, name, value } = node as unknown as { type: string; name?: { name?: unknown }; value?: unknown };
    if (type !== 'JSXAttribute' || !isNode(value) || !isAddress.test(String(name?.name))) return;
    const address = this.evaluate(value, script);
    this.use(address.sessions, { script, node }, addressUse(address.texts));
  }

  private valueOf(node: AnyNode, script: Script): Value {
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'string' ? this.text(node.value, node, script) : NOTHING;
      case 'TemplateLiteral':
        return this.template(node, script);
      case 'BinaryExpression':
        return node.operator === '+' && node.left.type !== 'PrivateIdentifier'
          ? concat(this.evaluate(node.left, script), this.evaluate(node.right, script), this.work)
          : NOTHING;
      case 'Identifier':
        return this.identifier(node, script);
      case 'MemberExpression':
        return this.memberOf(node, script);
      case 'ThisExpression':
        return this.index.selfAt(node).value;
      case 'Super':
        return this.index.selfAt(node).cell('#parent').value;
      case 'CallExpression':
      case 'NewExpression':
        return this.call(node, script);
      case 'ObjectExpression':
        return this.object(node, script);
      case 'ArrayExpression':
        return this.array(node, script);
      case 'AssignmentExpression':
        return this.assignment(node, script);
      case 'FunctionExpression':
      case 'FunctionDeclaration':
      case 'ArrowFunctionExpression':
        return this.index.functionAt(node, script).value;
      default:
        return this.otherValueOf(node, script);
    }
  }

  private otherValueOf(node: AnyNode, script: Script): Value {
    if (node.type === 'ImportExpression') return this.imported(this.evaluate(node.source, script));
    if (isClass(node)) return this.index.thingAt(node, 'class').value;
    return this.merge(partsOf(node).map((part) => this.evaluate(part, script)));
  }

  /** A text of a script, in which signs take the place of merge fields. */
  private text(text: string, node: AnyNode, script: Script): Value {
    const pieces = [...text.matchAll(SIGNS)];
    if (pieces.length === 0) return textValue(text);
    const parts: Value[] = [];
    let end = 0;
    for (const { 0: signs, 1: sign, index } of pieces) {
      if (index > end) parts.push(textValue(text.slice(end, index)));
      parts.push(this.field(sign ?? '', node, script));
      end = index + signs.length;
    }
    if (end < text.length) parts.push(textValue(text.slice(end)));
    return parts.reduce((all, part) => concat(all, part, this.work));
  }

  private field(sign: string, node: AnyNode, script: Script): Value {
    if (sign === SESSION_SIGN) {
      const [name] = sessionMergeField.exec(script.text?.slice(node.start) ?? '') ?? [];
      return this.source({ script, node }, name ?? '$Api.Session_ID');
    }
    return sign === SERVER_SIGN ? textValue(`${ORG}/services/Soap/u/`) : UNKNOWN_VALUE;
  }

  private template(node: Extract<AnyNode, { type: 'TemplateLiteral' }>, script: Script): Value {
    const pieces = node.quasis.flatMap((quasi, index) => [
      ...(quasi.value.cooked === '' ? [] : [this.text(quasi.value.cooked ?? HOLE, quasi, script)]),
      ...(node.expressions[index] ? [this.evaluate(node.expressions[index], script)] : []),
    ]);
    return pieces.length === 0 ? textValue('') : pieces.reduce((all, piece) => concat(all, piece, this.work));
  }

  private identifier(node: Extract<AnyNode, { type: 'Identifier' }>, script: Script): Value {
    const [sign = ''] = node.name;
    if (/^(.)\1{3,}$/.test(node.name) && [SESSION_SIGN, UNKNOWN_SIGN, SERVER_SIGN].includes(sign))
      return this.field(sign, node, script);
    if (node.name === 'undefined') return NOTHING;
    const cell = this.index.bindings.cellOf(node);
    if (cell) return this.read(cell, node.name);
    const found = sourceNamed(node.name, this.index.takesSid);
    return found === undefined ? this.global(node.name) : this.source({ script, node }, found);
  }

  /** A name that no script declares. */
  private global(name: string): Value {
    if (this.index.bindings.isDeclared(name)) return this.read(this.index.bindings.top(name), name);
    return this.libraryValue(this.library(/^(?:window|self|top|parent|globalThis)$/.test(name) ? 'window' : name));
  }

  private libraryValue(thing: Thing): Value {
    const value = thing.value;
    return thing.isLocation ? { ...value, texts: ORG_TEXTS } : value;
  }

  private memberOf(node: MemberNode, script: Script): Value {
    const root = dotted(node);
    const found = sourceNamed(root, this.index.takesSid);
    const isExact = found !== undefined && root.endsWith(found);
    if (isExact && !this.isAssigned(node, root)) return this.source({ script, node }, found);
    if (root === 'sforce.connection.serverUrl') return textValue(`${ORG}/services/Soap/u/`);
    return this.picked(this.evaluate(node.object, script), this.nameOf(node, script), { script, node });
  }

  /** A member of a value; of the AJAX toolkit, whatever it is called here, the session id. */
  private picked(of: Value, name: string | undefined, place: ScriptPlace): Value {
    const ofToolkit = name === 'sessionId' && [...of.things].some(isToolkit);
    const kept = this.member(of, name);
    return ofToolkit ? this.merge([kept, this.source(place, 'sforce.connection.sessionId')]) : kept;
  }

  /** `sforce` or `document` may be a variable of the script itself. */
  private isAssigned(node: MemberNode, root: string): boolean {
    let at: AnyNode = node;
    while (at.type === 'MemberExpression') at = at.object;
    return at.type === 'Identifier' && !/^(?:window|self|top|parent)\b/.test(root) && !!this.index.bindings.cellOf(at);
  }

  /** A member that is computed has a name where one text only is possible. */
  private nameOf(node: MemberNode, script: Script): string | undefined {
    const name = memberName(node);
    if (name !== undefined || node.property.type === 'PrivateIdentifier') return name;
    if (node.property.type === 'Literal' && typeof node.property.value === 'number') return String(node.property.value);
    return this.onlyText(node.property, script);
  }

  private property(thing: Thing, name: string | undefined, depth = 0): Value {
    if (thing.kind === 'window') return name === undefined ? UNKNOWN_VALUE : this.global(name);
    if (name === 'sessionId' && isToolkit(thing) && this.toolkitSession.isWritten) return this.toolkitSession.value;
    if (thing.isLocation && name !== undefined) return ofLocation(name) ?? this.part(thing, name);
    this.work.spend(1);
    const cells =
      name === undefined
        ? [...thing.properties].filter(([key]) => !key.startsWith('#')).map(([, cell]) => cell)
        : [thing.properties.get(name), thing.properties.get('#any')];
    const found = cells.flatMap((cell) => (cell && !cell.isEmpty ? [cell.value] : []));
    const of = thing.properties.get('#of')?.value.sessions;
    if (of && of.size > 0) found.push(taint(of));
    const parents = depth > 10 ? [] : [...(thing.properties.get('#parent')?.value.things ?? [])];
    found.push(
      ...parents.map((parent) =>
        parent.isLibrary ? this.property(parent.result(''), name, depth + 1) : this.property(parent, name, depth + 1)
      )
    );
    if (thing.isLibrary) found.push(this.part(thing, name ?? '[]'));
    else if (found.length === 0 && name !== undefined) return this.read(thing.cell(name), name);
    return this.merge(found);
  }

  private part(thing: Thing, name: string): Value {
    const part = thing.part(name);
    if (part !== thing && !isAnswer.test(part.kind)) this.add(part.cell('#base'), thing.value);
    return this.libraryValue(part);
  }

  private object(node: Extract<AnyNode, { type: 'ObjectExpression' }>, script: Script): Value {
    const thing = this.index.thingAt(node, 'object');
    for (const one of node.properties) {
      if (one.type === 'SpreadElement') this.copy(this.evaluate(one.argument, script), thing);
      else if (one.kind === 'get' || one.kind === 'set')
        this.addMethod(thing, one.key, one.computed, one.kind, one.value, script);
      else {
        const name = one.computed ? this.onlyText(one.key, script) : keyName(one.key, false);
        this.add(thing.cell(name ?? '#any'), this.evaluate(one.value, script));
      }
    }
    return thing.value;
  }

  private onlyText(node: AnyNode, script: Script): string | undefined {
    const [only, ...others] = this.evaluate(node, script).texts;
    return others.length === 0 && only !== undefined && !only.includes(HOLE) ? only : undefined;
  }

  private array(node: Extract<AnyNode, { type: 'ArrayExpression' }>, script: Script): Value {
    const thing = this.index.thingAt(node, 'object');
    let isOpen = false;
    node.elements.forEach((element, index) => {
      if (element?.type === 'SpreadElement') isOpen = true;
      const value =
        element?.type === 'SpreadElement'
          ? this.elements(this.evaluate(element.argument, script))
          : this.evaluate(element, script);
      this.add(thing.cell(isOpen ? '#any' : String(index)), value);
    });
    return thing.value;
  }

  private assignment(node: Extract<AnyNode, { type: 'AssignmentExpression' }>, script: Script): Value {
    const right = this.evaluate(node.right, script);
    const value =
      node.operator === '+=' ? concat(this.evaluate(node.left as AnyNode, script), right, this.work) : right;
    if (!/^(?:=|\+=|\|\|=|&&=|\?\?=)$/.test(node.operator)) return NOTHING;
    this.assignedAddress(node, value, { script, node });
    if (/^module\.exports$/.test(dotted(node.left as AnyNode)))
      this.add(this.index.bindings.top(defaultExport(script.file)), value);
    this.assign(node.left, value, script);
    return value;
  }

  /** A session id that is assigned to an address, to the toolkit, or where other scripts read it. */
  private assignedAddress(
    { left }: Extract<AnyNode, { type: 'AssignmentExpression' }>,
    value: Value,
    place: ScriptPlace
  ): void {
    if (!this.isRecording) return;
    const sessions = this.reach([value]);
    if (sessions.size === 0) return;
    const name = dotted(left as AnyNode);
    if (/(?:^|\.)sforce\.connection\.sessionId$/.test(name)) {
      this.use(sessions, place, { to: 'data', what: 'a library for the data API of the org' });
      return;
    }
    const last = left.type === 'MemberExpression' ? memberName(left) : name;
    const of = left.type === 'MemberExpression' ? this.evaluate(left.object, place.script) : undefined;
    // Another script of the page reads it, and is followed.
    const isFollowed = last !== undefined && this.index.isNamedElsewhere(last, place.script.file);
    if (isAddress.test(last ?? '')) this.use(sessions, place, addressUse(textsOf(value)));
    else if (isFollowed && of && [...of.things].some(({ kind }) => kind === 'window')) return;
    else if (of && ([...of.things].some(({ kind }) => /^(?:window|document)$/.test(kind)) || of.things.size === 0)) {
      this.use(sessions, place, { to: 'unknown', what: `${name === '' ? 'a field' : name}, which other scripts read` });
    }
  }

  private assignMember(target: MemberNode, value: Value, script: Script): void {
    const name = this.nameOf(target, script);
    for (const thing of this.evaluate(target.object, script).things) {
      // What the toolkit fetches with it does not contain it.
      if (name === 'sessionId' && isToolkit(thing)) this.add(this.toolkitSession, value);
      else if (thing.kind === 'window' && name !== undefined) this.add(this.index.bindings.top(name), value);
      else this.add(thing.cell(name ?? '#any'), value);
    }
  }

  private imported(module: Value): Value {
    return this.merge(
      [...module.texts].map((name) => {
        const own = defaultExport(name);
        if (name.startsWith('.') && this.index.bindings.isDeclared(own)) return this.index.bindings.top(own).value;
        return this.library(name).value;
      })
    );
  }

  private call(node: CallNode, script: Script): Value {
    const { callee } = node;
    const object = callee.type === 'MemberExpression' ? this.evaluate(callee.object, script) : NOTHING;
    const target = this.evaluate(callee, script);
    const args = node.arguments.map((one) =>
      one.type === 'SpreadElement' ? this.elements(this.evaluate(one.argument, script)) : this.evaluate(one, script)
    );
    const last = callee.type === 'MemberExpression' ? (this.nameOf(callee, script) ?? '') : dotted(callee);
    const libraries = [...target.things].filter(({ isLibrary }) => isLibrary);
    const own = this.ownFunctions(target, libraries, last);
    const site: ScriptCall = {
      node,
      script,
      last,
      name: dotted(callee),
      libraries,
      object,
      args,
      spread: node.arguments.some(({ type }) => type === 'SpreadElement'),
    };
    if (libraries.some(({ kind }) => kind === 'require') && args[0]) return this.imported(args[0]);
    const returned = own.map((thing) => this.invokeOwn(thing, args, node.type === 'NewExpression'));
    if (own.length > 0 && libraries.every(({ kind }) => kind.startsWith('?'))) return this.merge(returned);
    return this.merge([...returned, this.callOutside(this, site)]);
  }

  /** Functions of these scripts. For an object that is created elsewhere: all functions of the name. */
  private ownFunctions(target: Value, libraries: readonly Thing[], last: string): readonly Thing[] {
    const own = [...target.things].filter(({ code, kind }) => code !== undefined || kind === 'class');
    if (own.length > 0) return own;
    return libraries.every(({ kind }) => kind.startsWith('?')) ? this.index.named(last) : [];
  }

  private invokeOwn(thing: Thing, args: readonly Value[], isNew: boolean): Value {
    if (thing.kind !== 'class') {
      const returned = this.invoke(thing, args);
      return isNew ? this.merge([returned, this.index.component.value]) : returned;
    }
    for (const one of thing.properties.get('constructor')?.value.things ?? []) this.invoke(one, args);
    const parents = [...(thing.properties.get('#parent')?.value.things ?? [])];
    for (const parent of parents.filter(({ isLibrary }) => isLibrary)) {
      args.forEach((value) => this.add(parent.result('').cell('#options'), value));
    }
    return thing.value;
  }
}

const ORG_TEXTS = new FixedSet([ORG]);

/** The AJAX toolkit of Salesforce. */
export const isToolkit = ({ kind }: Thing): boolean => /(?:^|\.)sforce\.connection$/.test(kind);

/** What came back for a request that was put together in steps. */
const isAnswer = /(?:^|\.)XMLHttpRequest\(\)\.(?:response\w*|status\w*|getResponseHeader)$/;

const lineOf = ({ script, node }: ScriptPlace): number => (node.loc?.start.line ?? 1) + script.linesBefore;

const ofLocation = (name: string): Value | undefined => {
  if (name === 'protocol') return textValue('https:');
  if (/^(?:origin|host|hostname|href)$/.test(name)) return textValue(ORG);
  return /^(?:search|hash|pathname|port)$/.test(name) ? UNKNOWN_VALUE : undefined;
};

/** What the value of another expression is made of. */
const partsOf = (node: AnyNode): ReadonlyArray<AnyNode | Expression | null | undefined> => {
  switch (node.type) {
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
    case 'ParenthesizedExpression':
      return [node.expression];
    case 'TaggedTemplateExpression':
      return [node.quasi];
    default:
      return [];
  }
};
