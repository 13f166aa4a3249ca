import { combine } from '../engine/evidence.js';
import type { Evidence, EvidenceOf } from '../engine/types.js';
import type { PackageFacts, Project } from '../package/facts.js';

type List = 'connectedApps' | 'externalClientApps' | 'canvasUses' | 'endpoints' | 'secretStores' | 'sessionIds';
type Facts = EvidenceOf<PackageFacts>;

/** The facts of several packages that are submitted together: a gap of one is a gap of all. */
export function combined(packages: readonly Facts[]): Facts {
  return packages.reduce((one, other): Facts => ({
    project: both('project', one, other, projects),
    ...Object.fromEntries(lists.map((fact) => [fact, both(fact, one, other, joined)])),
    code: both('code', one, other, (a, b) => ({ places: [...a.places, ...b.places], uses: [...a.uses, ...b.uses] })),
    contents: both('contents', one, other, (a, b) => ({
      appFiles: a.appFiles + b.appFiles,
      otherFiles: a.otherFiles + b.otherFiles,
      installedPackages: [...a.installedPackages, ...b.installedPackages],
    })),
  }));
}

const lists: readonly List[] = [
  'connectedApps',
  'externalClientApps',
  'canvasUses',
  'endpoints',
  'secretStores',
  'sessionIds',
];

const joined = (a: readonly unknown[], b: readonly unknown[]): readonly never[] => [...a, ...b] as never[];

const both = <K extends keyof PackageFacts>(
  fact: K,
  one: Facts,
  other: Facts,
  turn: (a: PackageFacts[K], b: PackageFacts[K]) => PackageFacts[K]
): Evidence<PackageFacts[K]> | undefined => {
  const [a, b]: [Evidence<PackageFacts[K]> | undefined, Evidence<PackageFacts[K]> | undefined] = [
    one[fact],
    other[fact],
  ];
  return a && b ? combine([a, b], turn) : (a ?? b);
};

/** A package that is also submitted is no base package of the other. */
const projects = (a: Project, b: Project): Project => {
  const names = new Set([a.name, b.name]);
  const dependencies = [...new Set([...(a.dependencies ?? []), ...(b.dependencies ?? [])])];
  return {
    ...a,
    name: `${a.name} and ${b.name}`,
    namespace: a.namespace ?? b.namespace,
    version: a.version === b.version ? a.version : undefined,
    aliases: { ...a.aliases, ...b.aliases },
    dependencies: dependencies.filter((name) => !names.has(name.replace(/@[^]*$/, ''))),
    ignored: a.ignored + b.ignored,
  };
};
