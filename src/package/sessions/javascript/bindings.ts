import type { AnyNode } from 'acorn';
import { full } from 'acorn-walk';
import { analyze, type Scope, type Variable } from 'eslint-scope';
import { Cell } from './values.js';
import { dotted, type Script } from './syntax.js';

/**
 * The variables of the scripts of one component. What a script declares outside of functions is there for all of them;
 * any other variable belongs to its scope.
 */
export class Bindings {
  private readonly shared = new Map<string, Cell>();
  private readonly cells = new Map<Variable, Cell>();
  private readonly variables = new Map<AnyNode, Variable>();

  public constructor(scripts: readonly Script[]) {
    for (const { program } of scripts) {
      for (const scope of scopesOf(program)) this.addScope(scope);
    }
  }

  /** Where the value of an identifier is kept; `undefined`: none of these scripts declares it. */
  public cellOf(node: AnyNode & { name: string }): Cell | undefined {
    const variable = this.variables.get(node);
    if (!variable) return this.shared.get(node.name);
    const cell = this.cells.get(variable) ?? new Cell();
    this.cells.set(variable, cell);
    return cell;
  }

  /** A variable outside of functions, also one that no script declares: `window.token`. */
  public top(name: string): Cell {
    const cell = this.shared.get(name) ?? new Cell();
    this.shared.set(name, cell);
    return cell;
  }

  public isDeclared(name: string): boolean {
    return this.shared.has(name);
  }

  private addScope(scope: Scope): void {
    for (const variable of scope.variables) {
      if (scope.type === 'global' || scope.type === 'module') this.top(variable.name);
      else if (!isOwnName(scope)) for (const node of variable.identifiers) this.variables.set(node, variable);
    }
    for (const { identifier, resolved } of scope.references) {
      const variable = resolved && isOwnName(resolved.scope) ? this.outside(resolved) : resolved;
      if (variable && !/^(?:global|module)$/.test(variable.scope.type)) this.variables.set(identifier, variable);
    }
  }

  /** The variable that code around a class has for it. */
  private outside({ identifiers: [name] }: Variable): Variable | undefined {
    return name && this.variables.get(name);
  }
}

/** The names that a script takes from outside of it: of variables that it does not declare, and of members of the window. */
export function namesFromOutside(program: Script['program']): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { references } of scopesOf(program))
    for (const { identifier, resolved } of references)
      if (resolved === null && identifier.type === 'Identifier') names.add(identifier.name);
  full(program, (node) => {
    const [, name] = ofWindow.exec(dotted(node)) ?? [];
    if (name !== undefined) names.add(name);
  });
  return names;
}

function scopesOf(program: Script['program']): readonly Scope[] {
  return analyze(program, { ecmaVersion: 2022, sourceType: program.sourceType, fallback: 'iteration' }).scopes;
}

const ofWindow = /^(?:(?:window|self|top|parent|opener|globalThis)\.)+([\w$]+)$/;

/** A class declares its name once more for the code inside of it. */
const isOwnName = ({ type, block }: Scope): boolean => type === 'class' && block.type === 'ClassDeclaration';
