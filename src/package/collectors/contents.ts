import type { Collector } from '../../engine/types.js';
import { complete, partial } from '../../engine/evidence.js';
import { appFile } from '../parsing/appFiles.js';
import type { Contents } from '../facts.js';
import type { PackageSource } from '../source/packageSource.js';

/** Whether the package contains more than apps, and which other packages it expects in the org. */
export const contents: Collector<PackageSource, Contents> = {
  reads: ['the names of the files of the package'],
  requires: [],
  collect: ({ packaged, unseen, project }) => {
    // Source has a -meta.xml for each component; in a Metadata API folder whatever lies in a folder is one.
    const metadata = packaged.filter(
      (path) => path.endsWith('-meta.xml') || (project.layout === 'metadata-folder' && path.includes('/'))
    );
    const installedPackages = packaged.flatMap((path) => {
      const [, name] = /(?<![^/])([^/]+)\.installedPackage(?:-meta\.xml)?$/.exec(path) ?? [];
      return name === undefined ? [] : [{ value: name, file: path }];
    });
    const value: Contents = {
      appFiles: metadata.filter((path) => appFile(path)).length,
      otherFiles: metadata.filter((path) => !appFile(path)).length - installedPackages.length,
      installedPackages,
    };
    const [gap] = unseen.packaged;
    return Promise.resolve(gap ? partial(value, gap) : complete(value));
  },
};
