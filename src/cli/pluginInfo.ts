import { createRequire } from 'node:module';
import type { Report } from '../engine/types.js';

/** This tool, as its reports and its evidence name it. */
export const tool = (): Report['tool'] => {
  const { name, version } = createRequire(import.meta.url)('../../package.json') as Report['tool'];
  return { name, version };
};
