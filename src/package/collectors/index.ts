import type { Collectors } from '../../engine/types.js';
import type { PackageFacts } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';
import { baseline } from './baseline.js';
import { canvasUses } from './canvasUses.js';
import { codeFacts } from './code.js';
import { packagedConnectedApps } from './connectedApps.js';
import { contents } from './contents.js';
import { destructiveChanges } from './destructiveChanges.js';
import { endpoints } from './endpoints.js';
import { packagedExternalClientApps } from './externalClientApps.js';
import { externalServices } from './externalServices.js';
import { givenOauthFiles } from './givenOauthFiles.js';
import { frontdoorUses } from './frontdoorUses.js';
import { globalOauthFiles } from './globalOauthFiles.js';
import { project } from './project.js';
import { sessionIds } from './sessionIds.js';
import { secretFindings } from './secretFindings.js';
import { secretStores } from './secretStores.js';
import { tokenRequests } from './tokenRequests.js';

/** One collector per fact; the compiler counts them. */
export const packageCollectors: Collectors<PackageSource, PackageFacts> = {
  project,
  connectedApps: packagedConnectedApps,
  externalClientApps: packagedExternalClientApps,
  globalOauthFiles,
  baseline,
  destructiveChanges,
  canvasUses,
  givenOauthFiles,
  sessionIds,
  frontdoorUses,
  secretFindings,
  secretStores,
  code: codeFacts,
  tokenRequests,
  endpoints,
  externalServices,
  contents,
};
