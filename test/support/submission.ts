import type { Submission } from '../../src/engine/types.js';

/** A policy in which nobody answered anything for the submission. */
export const nothingAnswered: Submission = {
  apps: [],
  clientKeys: [],
  secrets: [],
  credentials: [],
  basePackages: [],
  subscriberApps: [],
  falsePositives: [],
};
