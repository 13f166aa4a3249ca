import { createRequire } from 'node:module';
import type { Report } from '../engine/types.js';

type PackageJson = Report['tool'] & { engines: { node: string } };

const packageJson = (): PackageJson => createRequire(import.meta.url)('../../package.json') as PackageJson;

/** The versions of Node that the plugin supports. */
export const supportedNode = (): string => packageJson().engines.node;

/** This tool, as its reports and its evidence name it. */
export const tool = (): Report['tool'] => {
  const { name, version } = packageJson();
  return { name, version };
};
