import { openTree, type PackageSource } from '../../src/package/project.js';
import { memoryTree } from './memoryTree.js';

/** A second-generation project with one package directory, `force-app`. */
export const packageProject = JSON.stringify({
  packageDirectories: [{ path: 'force-app', package: 'Acme', default: true }],
});

/** Opens files in memory as the package domain opens a folder named `acme`. */
export const sourceOf = (
  files: Readonly<Record<string, string>>,
  { folder = '', tracked = [] as readonly string[] | undefined, unseen = [] as Parameters<typeof memoryTree>[1] } = {}
): Promise<PackageSource> =>
  openTree(memoryTree(files, unseen), folder, 'acme', () => Promise.resolve(tracked && new Set(tracked)));

/** The content of a metadata file: the type, and what is in it. */
export const metadata = (type: string, ...lines: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${type} xmlns="http://soap.sforce.com/2006/04/metadata">`,
    ...lines.map((line) => `    ${line}`),
    `</${type}>`,
    '',
  ].join('\n');
