import { mapEvidence } from '../../engine/evidence.js';
import type { Auditor } from '../facts.js';
import { orgCollector } from './orgCollector.js';

/** Object Reference, UserPermissionAccess: one row, the permissions of the session's user; needs no permission itself. */
export const auditor = orgCollector<Auditor>({
  reads: ['UserPermissionAccess'],
  requires: [],
  collect: async (org, { required }) =>
    mapEvidence(await org.viewer(), ({ held, known }) => ({
      username: org.username,
      held: [...held],
      required: required.map(({ anyOf, controls }) => ({
        anyOf,
        controls,
        holds: anyOf.some((name) => held.has(name)) || (anyOf.some((name) => known.has(name)) ? false : undefined),
      })),
    })),
});
