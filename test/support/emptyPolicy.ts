import type { Policy } from '../../src/engine/types.js';

/** A policy that decides nothing. */
export const emptyPolicy: Policy = {
  version: 1,
  orgs: [],
  trust: { packages: [], apps: [], tokens: [], ipRanges: [] },
  integrations: [],
  submission: {},
  justifications: [],
  attestations: [],
  waivers: [],
  controls: {},
  gate: { failOn: 'medium', inconclusive: 'block' },
  maxEvidenceAge: 30,
};
