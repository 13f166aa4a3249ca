import type { Collectors } from '../../engine/types.js';
import type { PackageFacts } from '../facts.js';
import type { PackageSource } from '../project.js';
import { code } from './code.js';
import { connectedApps } from './connectedApps.js';
import { externalClientApps } from './externalClientApps.js';
import { globalOauthFiles } from './globalOauthFiles.js';
import { project } from './project.js';
import { secretFindings } from './secretFindings.js';
import { secretStores } from './secretStores.js';

/** One collector per fact; the compiler counts them. */
export const packageCollectors: Collectors<PackageSource, PackageFacts> = {
  project,
  connectedApps,
  externalClientApps,
  globalOauthFiles,
  secretFindings,
  secretStores,
  code,
};
