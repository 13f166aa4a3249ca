import { mapEvidence } from '../../engine/evidence.js';
import type { RequiredPermission } from '../../engine/types.js';
import type { Auditor } from '../facts.js';
import { orgCollector } from './shared/orgCollector.js';

/** Object Reference, UserPermissionAccess: one row, the permissions of the session's user; needs no permission itself. */
export const auditor = orgCollector<Auditor>({
  reads: ['UserPermissionAccess'],
  requires: [],
  collect: async (org, { required }) =>
    mapEvidence(await org.viewer(), ({ held, known }) =>
      requiring({ username: org.username, held: [...held], known: [...known] }, required)
    ),
});

/** The same user, asked about these requirements. */
export const requiring = (
  { username, held, known }: Omit<Auditor, 'required'>,
  required: readonly RequiredPermission[]
): Auditor => ({
  username,
  held,
  known,
  required: required.map(({ anyOf, controls }) => ({
    anyOf,
    controls,
    holds:
      anyOf.some((name) => held.includes(name)) || (anyOf.every((name) => known.includes(name)) ? false : undefined),
  })),
});
