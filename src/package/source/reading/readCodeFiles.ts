import { oncePer } from '../../../common/oncePer.js';
import type { Gap } from '../../../engine/types.js';
import type { Look, TextWords } from '../../parsing/textWords.js';
import { appFile } from '../../parsing/appFiles.js';
import type { PackageComponent } from '../../parsing/component.js';
import { canCarry, packageIndex, type PackageFile, type PackageIndex } from '../packageIndex.js';
import type { PackageSource } from '../packageSource.js';

/** What of the content of a static resource a browser runs or shows. */
const runs = /^(?:[cm]?[jt]sx?|html?|svg|xht(?:ml)?|resource)$/;
/** These kinds of code contain neither scripts nor formulas. */
const style = /^(?:css|auradoc|design)$/;

function holdsCode(file: PackageFile): boolean {
  if (isLwcTest(file.path)) return false;
  if (file.form === 'content') return runs.test(file.suffix);
  return file.form === 'code' ? !style.test(file.suffix) : canCarry(file);
}

/** `lwc/x/__tests__/x.test.js`; no package contains it. A static resource is packaged with every file in it. */
function isLwcTest(path: string): boolean {
  if (!/\/__(?:tests|mocks)__\//.test(path)) return false;
  const folders = path.split('/').slice(0, -1);
  if (folders.includes('staticresources')) return false;
  const bundles = folders.indexOf('lwc');
  return bundles >= 0 && folders.slice(bundles + 2).some((folder) => /^__(?:tests|mocks)__$/.test(folder));
}

/** The files of a package that contain code; found once for all collectors. */
const codeFiles = oncePer((index: PackageIndex) => new Set(index.files.filter(holdsCode)));

export type CodeFile = { path: string; component: PackageComponent; text: string };

/**
 * Reads what of the package a pattern finds anything in. Every file is looked at, and none is kept without need. `looks`:
 * `holds` is false for a text without a word for one of them.
 */
export const readCode = async (
  source: PackageSource,
  wanted: (path: string) => boolean,
  holds: (text: string, path: string, words: TextWords) => boolean,
  looks?: readonly Look[]
): Promise<{ files: readonly CodeFile[]; gaps: readonly Gap[] }> => {
  const index = packageIndex(source);
  const code = codeFiles(index);
  const { read, gaps } = await index.texts({
    file: (file) => code.has(file) && wanted(file.path),
    holds,
    looks,
  });
  return {
    files: read.map(({ path, component, text }) => ({ path, component, text })),
    gaps: [
      // Folders that were not listed, and package directories that are not there; not what is missing of an app.
      ...source.unseen.packaged.filter(({ subject }) => subject?.file !== undefined && !appFile(subject.file)),
      ...index.missingBodies.filter(({ subject }) => wanted(subject?.file?.replace(/-meta\.xml$/i, '') ?? '')),
      ...gaps,
    ],
  };
};
