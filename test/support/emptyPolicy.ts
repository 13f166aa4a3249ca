import type { Policy } from '../../src/engine/types.js';
import { nothingAnswered } from './submission.js';

/** A policy that decides nothing. */
export const emptyPolicy: Policy = {
  version: 1,
  orgs: [],
  trust: { packages: [], apps: [], tokens: [], ipRanges: [] },
  integrations: [],
  submission: nothingAnswered,
  justifications: [],
  attestations: [],
  waivers: [],
  controls: {},
  gate: { failOn: 'medium', inconclusive: 'block' },
  maxEvidenceAge: 30,
};
