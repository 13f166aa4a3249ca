import { openTree, type PackageSource } from '../../src/package/source/packageSource.js';
import type { PackageTree } from '../../src/package/source/folderTree.js';
import { memoryTree } from './memoryTree.js';

/** A second-generation project with one package directory, `force-app`. */
export const packageProject = JSON.stringify({
  packageDirectories: [{ path: 'force-app', package: 'Acme', default: true }],
});

type Options = {
  folder?: string;
  /** Paths that git tracks; `unknown`: it could not be asked. */
  tracked?: readonly string[] | 'unknown';
  unseen?: PackageTree['unseen'];
};

/** Opens files in memory as the package domain opens a folder named `acme`. */
export const sourceOf = (
  files: Readonly<Record<string, string>>,
  { folder = '', tracked = [], unseen = [] }: Options = {}
): Promise<PackageSource> =>
  openTree(memoryTree(files, unseen), folder, 'acme', () =>
    Promise.resolve(tracked === 'unknown' ? undefined : new Set(tracked))
  );

/** The content of a metadata file: the type, and what is in it. */
export const metadata = (type: string, ...lines: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${type} xmlns="http://soap.sforce.com/2006/04/metadata">`,
    ...lines.map((line) => `    ${line}`),
    `</${type}>`,
    '',
  ].join('\n');
