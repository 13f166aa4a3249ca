import { createRequire } from 'node:module';
import type { Report } from '../engine/types.js';

/** The versions of Node that the plugin supports, as package.json names them. */
export function supportedNode(): string {
  const { engines } = createRequire(import.meta.url)('../../package.json') as { engines: { node: string } };
  return engines.node;
}

/** This tool, as its reports and its evidence name it. */
export const tool = (): Report['tool'] => {
  const { name, version } = createRequire(import.meta.url)('../../package.json') as Report['tool'];
  return { name, version };
};
