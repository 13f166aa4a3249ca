import type { AnyNode } from 'acorn';
import type { ScriptFlow } from './dataFlow.js';
import { defaultExport, nameInModule, type Script } from './syntax.js';
import type { Thing, Value } from './values.js';

/**
 * What a module exports. `names`: by the way to it, such as `open()` or `org`, and `''` for the default, the libraries
 * that it may come from. `all`: the modules whose exports are all its own.
 */
export type ModuleExports = { names: ReadonlyMap<string, ReadonlySet<string>>; all: readonly string[] };

/** Steps into what is exported: `services.crm.connect()`. */
const MAX_DEPTH = 5;
/** Ways that are noted; a further one stays unknown. */
const MAX_NAMES = 400;

/** The exports of a script that was followed, of either kind of module. */
export function moduleExports(flow: ScriptFlow, script: Script): ModuleExports {
  const found = new ExportTable();
  const all: string[] = [];
  for (const node of script.program.body) {
    if (node.type === 'ExportAllDeclaration') {
      const from = String(node.source.value);
      if (node.exported) found.add(nameInModule(node.exported), from);
      else all.push(from);
    } else if (node.type === 'ExportNamedDeclaration') {
      const from = node.source?.value;
      for (const { local, exported } of node.specifiers) {
        const [inside, outside] = [nameInModule(local), nameInModule(exported)];
        const way = outside === 'default' ? '' : outside;
        if (typeof from === 'string') found.add(way, inside === 'default' ? from : `${from}.${inside}`);
        else found.describe(way, flow.index.bindings.top(inside).value);
      }
      for (const name of declaredIn(node.declaration)) found.describe(name, flow.index.bindings.top(name).value);
    }
  }
  const own = defaultExport(script.file);
  if (flow.index.bindings.isDeclared(own)) found.describe('', flow.index.bindings.top(own).value);
  for (const thing of [flow.library('exports'), flow.library('module').part('exports')])
    found.describeMembers('', thing);
  return { names: found.names, all };
}

class ExportTable {
  public readonly names = new Map<string, Set<string>>();

  public add(way: string, library: string): void {
    if (this.names.size >= MAX_NAMES && !this.names.has(way)) return;
    this.names.set(way, (this.names.get(way) ?? new Set()).add(library));
  }

  public describe(way: string, value: Value, depth = 0): void {
    if (depth > MAX_DEPTH || this.names.size >= MAX_NAMES) return;
    for (const thing of value.things) {
      if (thing.kind === 'function') this.describe(`${way}()`, thing.cell('#return').value, depth + 1);
      else if (thing.kind === 'class') this.describeClass(way, thing, depth);
      else if (thing.kind === 'object') this.describeMembers(way, thing, depth + 1);
      else if (thing.isLibrary && !thing.kind.startsWith('?')) this.add(way, thing.kind);
    }
  }

  public describeMembers(way: string, thing: Thing, depth = 0): void {
    for (const [name, cell] of thing.properties) {
      if (!/^#|^constructor$/.test(name)) this.describe(way === '' ? name : `${way}.${name}`, cell.value, depth);
    }
  }

  /** What an instance has, and what the class itself has: one table does for both. */
  private describeClass(way: string, thing: Thing, depth: number): void {
    for (const parent of thing.properties.get('#parent')?.value.things ?? []) {
      if (parent.isLibrary) this.add(`${way}()`, `${parent.kind}()`);
    }
    this.describeMembers(`${way}()`, thing, depth + 1);
    this.describeMembers(way, thing, depth + 1);
  }
}

function declaredIn(node: AnyNode | null | undefined): readonly string[] {
  if (node?.type === 'FunctionDeclaration' || node?.type === 'ClassDeclaration') return node.id ? [node.id.name] : [];
  if (node?.type !== 'VariableDeclaration') return [];
  return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
}
