import { createRequire } from 'node:module';
import type { Report } from '../engine/types.js';

/** The name and version that stand in a report. */
export const tool = (): Report['tool'] => {
  const { name, version } = createRequire(import.meta.url)('../../package.json') as Report['tool'];
  return { name, version };
};
