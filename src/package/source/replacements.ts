import ignore from 'ignore';
import * as z from 'zod';
import { normalised } from './folderTree.js';

/**
 * The changes that `replacements` of `sfdx-project.json` make when a package version is created. The new value is in a
 * variable or another file, so the package differs from the source.
 */
export const replacementsJson = z
  .array(
    z.object({
      filename: z.string().nullish(),
      glob: z.string().nullish(),
      stringToReplace: z.string().nullish(),
      regexToReplace: z.string().nullish(),
      replaceWithFile: z.string().nullish(),
    })
  )
  .nullish();
export type Replacement = NonNullable<z.infer<typeof replacementsJson>>[number];

/**
 * The text of a file with every such place in `{{…}}`, which all checks treat as a value that is filled in later.
 * `undefined`: whole elements are replaced, or it is not known what.
 */
export const withPlaceholders = (
  replacements: readonly Replacement[],
  path: string,
  text: string
): string | undefined => {
  let marked = text;
  for (const replacement of replacements.filter((one) => concerns(one, path))) {
    const pattern = patternOf(replacement);
    if (!pattern || [...marked.matchAll(pattern)].some(([found]) => /[<>]/.test(found))) return undefined;
    marked = marked.replace(pattern, (found) => (found === '' ? '' : `{{${found}}}`));
  }
  return marked;
};

/** The files whose text takes the place of a part of a packaged file, relative to the project. */
export const replacingFiles = (replacements: readonly Replacement[], packaged: readonly string[]): string[] => [
  ...new Set(
    replacements.flatMap((one) =>
      typeof one.replaceWithFile === 'string' && packaged.some((path) => concerns(one, path))
        ? [normalised(one.replaceWithFile).replace(/^\.\//, '')]
        : []
    )
  ),
];

/** As source-deploy-retrieve 13.7.0 looks for files: the end of a path, or a glob below any folder. */
const concerns = ({ filename, glob }: Replacement, path: string): boolean =>
  (typeof filename === 'string' && path.endsWith(normalised(filename))) ||
  // This matcher does not evaluate alternatives: they may match anything.
  (typeof glob === 'string' &&
    (/[{(]/.test(glob) ||
      ignore()
        .add(`**/${normalised(glob)}`)
        .ignores(path)));

const patternOf = ({ stringToReplace, regexToReplace }: Replacement): RegExp | undefined => {
  const literal = stringToReplace?.replace(/[-/\\^$*+?.()|[\]{}]/g, '\\$&');
  try {
    const source = literal ?? regexToReplace;
    return source ? new RegExp(source, 'g') : undefined;
  } catch {
    return undefined;
  }
};
