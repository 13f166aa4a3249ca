import type { Submission } from '../../src/engine/types.js';

/** A policy in which nobody answered anything for the submission. */
export const nothingAnswered: Submission = {
  apps: [],
  sessionIds: [],
  clientKeys: [],
  secrets: [],
  credentials: [],
  basePackages: [],
  subscriberApps: [],
  falsePositives: [],
};
