import { complete } from '../../engine/evidence.js';
import type { Collector } from '../../engine/types.js';
import { appOf } from '../apps/assembleExternalClientApp.js';
import type { GivenOauthFile } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';

/** The global OAuth settings that `--eca-global-oauth` names, and the app of each. */
export const givenOauthFiles: Collector<PackageSource, readonly GivenOauthFile[]> = {
  reads: ['ExtlClntAppGlobalOauthSettings given with --eca-global-oauth'],
  requires: [],
  collect: ({ given = [], project }) =>
    Promise.resolve(
      complete(
        given.flatMap((file) => appOf(file, project.namespace) ?? []).map(({ app, path }) => ({ app, file: path }))
      )
    ),
};
