import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

export type Graph = {
  /** File → files that it imports, for values or for types. */
  imports: ReadonlyMap<string, readonly string[]>;
  /** Room → rooms that it imports. */
  arrows: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Reads the imports of every source file below a folder. Paths are relative to it, with forward slashes. */
export function readGraph(folder: string): Graph {
  const files = sourceFiles(folder);
  const imports = new Map<string, string[]>();
  const arrows = new Map<string, Set<string>>();
  for (const file of files) {
    const found = importsOf(readFileSync(join(folder, file), 'utf8')).flatMap((name) => targetOf(file, name, files));
    imports.set(file, found);
    const room = roomOf(file);
    const others = found.map(roomOf).filter((target) => target !== room);
    arrows.set(room, new Set([...(arrows.get(room) ?? []), ...others]));
  }
  return { imports, arrows };
}

/** A room is a folder of a domain, with its subfolders. The root of a domain has files on different floors: each is a room. */
function roomOf(file: string): string {
  const parts = file.replace(/\.tsx?$/, '').split('/');
  return parts.slice(0, 2).join('/');
}

function targetOf(file: string, name: string, files: readonly string[]): string[] {
  const path = join(dirname(file), name).replaceAll('\\', '/').replace(/\.js$/, '');
  return [`${path}.ts`, `${path}.tsx`].filter((source) => files.includes(source));
}

/** The part of a graph of rooms below one room. */
export function roomsBelow(arrows: Graph['arrows'], root: string): Graph['arrows'] {
  const isBelow = (room: string): boolean => room === root || room.startsWith(`${root}/`);
  return new Map(
    [...arrows]
      .filter(([room]) => isBelow(room))
      .map(([room, targets]) => [room, new Set([...targets].filter(isBelow))])
  );
}

/** Groups of nodes that import each other in a circle. */
export function findCycles(arrows: ReadonlyMap<string, Iterable<string>>): string[][] {
  const reach = new Map([...arrows.keys()].map((node) => [node, reachable(arrows, node)]));
  const seen = new Set<string>();
  return [...arrows.keys()].flatMap((node) => {
    if (seen.has(node) || !reach.get(node)?.has(node)) return [];
    const group = [...arrows.keys()].filter((other) => reach.get(node)?.has(other) && reach.get(other)?.has(node));
    group.forEach((member) => seen.add(member));
    return [group];
  });
}

/** Floor of each room: 1 imports no other room, else one above the highest room that it imports. */
export function floorsOf(arrows: Graph['arrows']): Map<string, number> {
  const floors = new Map<string, number>();
  const floorOf = (room: string, path: readonly string[]): number => {
    const known = floors.get(room);
    if (known !== undefined) return known;
    const below = [...(arrows.get(room) ?? [])].filter((target) => !path.includes(target));
    const floor = 1 + Math.max(0, ...below.map((target) => floorOf(target, [...path, room])));
    floors.set(room, floor);
    return floor;
  };
  for (const room of arrows.keys()) floorOf(room, []);
  return floors;
}

/** Named functions, methods and callbacks with more lines than `most`: `file name lines`. */
export function longFunctions(folder: string, most: number): Array<{ file: string; name: string; lines: number }> {
  return sourceFiles(folder).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const found: Array<{ file: string; name: string; lines: number }> = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && 'body' in node && node.body) {
        const [from, to] = [node.getStart(source), node.getEnd()].map(
          (at) => source.getLineAndCharacterOfPosition(at).line
        );
        const lines = (to ?? 0) - (from ?? 0) + 1;
        if (lines > most) found.push({ file, name: functionName(node), lines });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function functionName(node: ts.SignatureDeclaration): string {
  if (node.name) return node.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : '(callback)';
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Values and types, what is exported again, a file that is only run, and what is imported when it is needed. */
function importsOf(text: string): string[] {
  return [
    ...text.matchAll(/^(?:(?:import|export)\b[^;]*?from|import) '(\.[^']*)'|\bimport\(\s*'(\.[^']*)'\s*\)/gm),
  ].map(([, always = '', whenNeeded = '']) => always || whenNeeded);
}

function reachable(arrows: ReadonlyMap<string, Iterable<string>>, start: string): Set<string> {
  const reached = new Set<string>();
  const queue = [...(arrows.get(start) ?? [])];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    queue.push(...(arrows.get(node) ?? []));
  }
  return reached;
}
