import { complete } from '../../engine/evidence.js';
import type { Collector } from '../../engine/types.js';
import { noBaseline } from '../source/baseline.js';
import type { Baseline } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';

/** What the package is compared with: what `--baseline` names, else the newest git tag of an earlier commit with the same directory. */
export const baseline: Collector<PackageSource, Baseline> = {
  reads: ['the released source (git for-each-ref, ls-tree, cat-file)'],
  requires: [],
  collect: ({ baseline: released, project }) =>
    released?.() ?? Promise.resolve(complete(noBaseline('no repository was searched', project, true))),
};
