import { complete } from '../../engine/evidence.js';
import type { Collector } from '../../engine/types.js';
import type { Project } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';

/** What is judged, as the project file or the folder says. */
export const project: Collector<PackageSource, Project> = {
  reads: ['sfdx-project.json', '.forceignore', 'package.xml'],
  requires: [],
  collect: (source) => Promise.resolve(complete(source.project)),
};
