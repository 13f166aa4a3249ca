import type { Collector } from '../../engine/types.js';
import { appFile, globalSuffix, isConnectedAppFile, policySuffix, securitySuffix } from '../parsing/appFiles.js';
import type { ExternalClientApp, PkceProbe } from '../facts.js';
import { appOf, assembleApps } from '../apps/assembleExternalClientApp.js';
import { withOwner } from '../apps/ownerSettings.js';
import type { PackageSource } from '../source/packageSource.js';
import { population, readAppFiles } from '../source/reading/readAppFiles.js';
import { fileGap } from '../parsing/gaps.js';

const answering = [globalSuffix, policySuffix, securitySuffix];

/** The External Client Apps of the package, each joined from its files. */
export const packagedExternalClientApps: Collector<PackageSource, readonly ExternalClientApp[]> = {
  reads: ['External Client App family (.eca, .ecaOauth, .ecaGlblOauth and the other .eca… files)'],
  requires: [],
  collect: async (source) => {
    const { project, packaged, files, unseen } = source;
    const inPackage = new Set(packaged);
    const family = files
      .flatMap((path) => appFile(path) ?? [])
      .filter((file) => !isConnectedAppFile(file))
      // These are never packaged; wherever the tree keeps them, they answer for their app.
      .filter(({ path, suffix }) => inPackage.has(path) || answering.includes(suffix));
    const { read, gaps } = await readAppFiles(source, family);
    const nameless = read.filter((file) => appOf(file, project.namespace) === undefined);
    const members = [...read, ...(source.given ?? [])].flatMap((file) => appOf(file, project.namespace) ?? []);
    const names = new Set(members.filter(({ path }) => inPackage.has(path)).map(({ app }) => app));
    const joined = [...names].map((app) =>
      assembleApps(
        app,
        members.filter((member) => member.app === app),
        inPackage
      )
    );
    return population(
      joined.map(({ app }) => withProbe(withOwner(app, source.owners), source.probes)),
      [
        ...unseen.packaged,
        ...gaps,
        ...nameless.map(({ path }) => fileGap(path, 'does not name its app (externalClientApplication).')),
        ...joined.flatMap(({ gaps: contradictions }) => contradictions),
      ]
    );
  },
};

function withProbe(app: ExternalClientApp, probes: readonly PkceProbe[] = []): ExternalClientApp {
  const pkceProbe = probes.find((probe) => probe.app === app.name);
  return pkceProbe === undefined ? app : { ...app, pkceProbe };
}
