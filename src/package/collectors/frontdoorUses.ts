import type { Collector } from '../../engine/types.js';
import { isApexTest, readCode } from '../codeFiles.js';
import type { FrontdoorUse } from '../facts.js';
import { frontdoorSigns } from '../frontdoor.js';
import type { PackageSource } from '../project.js';
import { fileGap, population } from '../readApps.js';

const isCode = (path: string): boolean => /\.(cls|trigger|page|component|cmp|app|html?|js|mjs|resource)$/i.test(path);
const isArchive = (text: string): boolean => text.startsWith('PK\u0003\u0004');

/** What code of the package does with frontdoor URLs. */
export const frontdoorUses: Collector<PackageSource, readonly FrontdoorUse[]> = {
  reads: [
    'ApexClass (.cls)',
    'ApexTrigger (.trigger)',
    'ApexPage (.page)',
    'VisualforceComponent (.component)',
    'AuraDefinitionBundle (.cmp, .app, .js)',
    'LightningComponentBundle (.html, .js)',
    'StaticResource (.js, .html, .resource)',
  ],
  requires: [],
  collect: async (source) => {
    const { files, gaps } = await readCode(
      source,
      isCode,
      (text) => isArchive(text) || /frontdoor|singleaccess/i.test(text)
    );
    const archives = files.filter(({ text }) => isArchive(text));
    const uses = files
      .filter(({ path, text }) => !isArchive(text) && !(/\.cls$/i.test(path) && isApexTest(text)))
      .flatMap(({ path, component, text }) => frontdoorSigns(text).map((sign) => ({ component, file: path, ...sign })));
    return population(uses, [
      ...gaps,
      ...archives.map(({ path }) => fileGap(path, 'is an archive that was not opened.')),
    ]);
  },
};
