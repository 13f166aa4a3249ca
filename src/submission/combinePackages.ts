import { combine } from '../engine/evidence.js';
import type { Evidence, EvidenceOf } from '../engine/types.js';
import type { PackageFacts, Project } from '../package/facts.js';
import { packagesIn } from './packageApps.js';

type Facts = EvidenceOf<PackageFacts>;

/** The facts of several packages that are submitted together: a gap of one is a gap of all. */
export function combined(packages: readonly Facts[]): Facts {
  return packages.reduce((one, other): Facts => ({
    project: both(one.project, other.project, projects),
    connectedApps: both(one.connectedApps, other.connectedApps, joined),
    externalClientApps: both(one.externalClientApps, other.externalClientApps, joined),
    canvasUses: both(one.canvasUses, other.canvasUses, joined),
    endpoints: both(one.endpoints, other.endpoints, joined),
    secretStores: both(one.secretStores, other.secretStores, joined),
    sessionIds: both(one.sessionIds, other.sessionIds, joined),
    code: both(one.code, other.code, (a, b) => ({ places: [...a.places, ...b.places], uses: [...a.uses, ...b.uses] })),
    contents: both(one.contents, other.contents, (a, b) => ({
      appFiles: a.appFiles + b.appFiles,
      otherFiles: a.otherFiles + b.otherFiles,
      installedPackages: [...a.installedPackages, ...b.installedPackages],
    })),
  }));
}

function both<T>(
  one: Evidence<T> | undefined,
  other: Evidence<T> | undefined,
  turn: (a: T, b: T) => T
): Evidence<T> | undefined {
  return one && other ? combine([one, other], turn) : (one ?? other);
}

function joined<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  return [...one, ...other];
}

/** A package that is also submitted is no base package of another. */
function projects(a: Project, b: Project): Project {
  const packages = [a, b].flatMap(packagesIn);
  const dependencies = new Set([...(a.dependencies ?? []), ...(b.dependencies ?? [])]);
  return {
    ...a,
    name: packages.join(' and '),
    packages,
    namespace: a.namespace ?? b.namespace,
    version: a.version === b.version ? a.version : undefined,
    aliases: { ...a.aliases, ...b.aliases },
    dependencies: [...dependencies].filter((name) => !packages.includes(name.replace(/@[^]*$/, ''))),
    ignored: a.ignored + b.ignored,
  };
}
