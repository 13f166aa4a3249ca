import type { AnyNode } from 'acorn';
import { fullAncestor, base } from 'acorn-walk';
import { Bindings } from './bindings.js';
import { takesSid } from './sources.js';
import { isFunction, keyName, memberName, type ClassNode, type FunctionNode, type Script } from './syntax.js';
import { isNode, Thing } from './values.js';

export type ScriptPlace = { script: Script; node: AnyNode };

/** The scripts of one component: their nodes in order, what each function and class is, and who `this` is where. */
export class ProgramIndex {
  public readonly nodes: ScriptPlace[] = [];
  public readonly bindings: Bindings;
  /** Whether a script takes `sid` out of something, which makes a cookie a session id. */
  public takesSid = false;
  /** `this` outside of a class and of an object: one for all. */
  public readonly component = new Thing('this');
  /** Lightning modules among the scripts: `rest/rest`. */
  private readonly modules: ReadonlySet<string>;
  private readonly things = new Map<AnyNode, Thing>();
  private readonly functions = new Map<string, Thing[]>();
  private readonly selves = new Map<AnyNode, Thing>();
  /** The files whose scripts name a variable or a member. */
  private readonly namedIn = new Map<string, Set<string>>();
  private readonly returning = new Map<AnyNode, FunctionNode>();

  public constructor(scripts: readonly Script[]) {
    this.bindings = new Bindings(scripts);
    this.modules = new Set(
      scripts.map(({ file }) =>
        file
          .replace(/\.\w+$/, '')
          .split('/')
          .slice(-2)
          .join('/')
      )
    );
    for (const script of scripts) {
      fullAncestor(
        script.program,
        (node, _, ancestors) => this.addNode(node, ancestors, script),
        anyWalker as typeof base
      );
    }
  }

  /** Whether an import means a file of these scripts or of the package: `./flow`, `c/rest`, `acme/rest`. */
  public isModule(from: string): boolean {
    const name = from.replace(/^[\w-]+\//, '');
    return /^(?:\.|c\/)/.test(from) || this.modules.has(`${name}/${name}`);
  }

  /** The object that a node makes. */
  public thingAt(node: AnyNode, kind: string): Thing {
    const thing = this.things.get(node) ?? new Thing(kind);
    this.things.set(node, thing);
    return thing;
  }

  public functionAt(node: FunctionNode, script: Script): Thing {
    const known = this.things.get(node);
    if (known) return known;
    const thing = new Thing('function', { function: node, script });
    this.things.set(node, thing);
    return thing;
  }

  public selfAt(node: AnyNode): Thing {
    return this.selves.get(node) ?? this.component;
  }

  public functionOf(node: AnyNode): FunctionNode | undefined {
    return this.returning.get(node);
  }

  /**
   * Functions by their name alone, for an object that is created elsewhere, such as the helper of an Aura component.
   */
  public named(name: string): readonly Thing[] {
    return this.functions.get(name) ?? [];
  }

  /** Whether a script of another file names a variable. */
  public isNamedElsewhere(name: string, file: string): boolean {
    return [...(this.namedIn.get(name) ?? [])].some((one) => one !== file);
  }

  private addNode(node: AnyNode, ancestors: readonly AnyNode[], script: Script): void {
    this.takesSid ||= takesSid(node);
    const named =
      node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' ? memberName(node) : undefined;
    if (named !== undefined) this.namedIn.set(named, (this.namedIn.get(named) ?? new Set<string>()).add(script.file));
    if (isFunction(node) || node.type === 'ThisExpression' || node.type === 'Super') {
      const self = this.selfIn(ancestors);
      if (self) this.selves.set(node, self);
    }
    if (isFunction(node)) this.name(node, ancestors.at(-2), script);
    if (node.type === 'ReturnStatement' || node.type === 'YieldExpression') {
      const maker = ancestors.slice(0, -1).findLast(isFunction);
      if (maker) this.returning.set(node, maker);
    }
    this.nodes.push({ script, node });
  }

  private name(node: FunctionNode, parent: AnyNode | undefined, script: Script): void {
    const name = functionName(node, parent);
    const thing = this.functionAt(node, script);
    if (name !== undefined) this.functions.set(name, [...(this.functions.get(name) ?? []), thing]);
  }

  /** The class or the object that a method belongs to; an inner function is taken to have the `this` of the outer. */
  private selfIn(ancestors: readonly AnyNode[]): Thing | undefined {
    for (let at = ancestors.length - 1; at > 0; at -= 1) {
      const [node, parent, above] = [ancestors[at], ancestors[at - 1], ancestors[at - 2]];
      if (node?.type === 'ClassBody' && parent && isClass(parent)) return this.thingAt(parent, 'class');
      const isMethod = node?.type === 'FunctionExpression' && parent?.type === 'Property' && parent.value === node;
      if (isMethod && above?.type === 'ObjectExpression') return this.thingAt(above, 'object');
    }
    return undefined;
  }
}

export const isClass = (node: AnyNode): node is ClassNode =>
  node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

const functionName = (node: FunctionNode, parent: AnyNode | undefined): string | undefined => {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  if (parent?.type === 'VariableDeclarator') return parent.id.type === 'Identifier' ? parent.id.name : undefined;
  if (parent?.type === 'Property' || parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition')
    return keyName(parent.key, parent.computed);
  if (parent?.type !== 'AssignmentExpression') return undefined;
  if (parent.left.type === 'Identifier') return parent.left.name;
  return parent.left.type === 'MemberExpression' ? memberName(parent.left) : undefined;
};

type Step = (node: AnyNode, state: unknown, visit: (child: AnyNode, state: unknown) => void) => void;
/** Visits the children of a node that the grammar of JavaScript does not have, such as JSX. */
const anyNode: Step = (node, state, visit) => {
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc') continue;
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) visit(child, state);
  }
};
export const anyWalker = new Proxy(base as unknown as Record<string, Step>, {
  get: (steps, type: string) => steps[type] ?? anyNode,
});
