import type { Gap } from '../../../engine/types.js';
import { codeOf, type PackageTree } from '../folderTree.js';
import { fileGap } from '../../parsing/gaps.js';

/** Characters. A text that is longer is no source, and the largest static resource is half of it. */
const longest = 10_000_000;

/** Tests, documents and the files of tools: part of a folder, not of the package. */
const besides =
  /(?:^|\/)(?:\.|__(?:tests?|mocks?)__\/)|\.(?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:README|CHANGELOG|LICEN[CS]E)(?:\.\w+)?$/i;
/** A static resource is packaged with its tests. */
const packagedTest =
  /^(?=[^]*(?:__(?:tests?|mocks?)__\/|\.(?:test|spec)\.))(?:[^]*\/)?staticresources\/(?!\.|[^]*\/\.)/i;
/** A record of custom metadata ends so in a Metadata API folder; every other such file is a document. */
const markdown = /(?<!(?:^|\/)customMetadata\/[^/]{1,200})\.(?:md|markdown)$/i;
/**
 * Images, fonts, audio, video and print files contain no source. Recognized by name or, in an asset or a document, by
 * the first bytes.
 */
const media = /\.(?:png|jpe?g|gif|ico|bmp|webp|avif|woff2?|ttf|eot|otf|mp[34]|m4[av]|webm|wav|ogg|mov|pdf)$/i;
const mediaBytes =
  /^(?:\uFFFDPNG\r\n|GIF8[79]a|\uFFFD{4}[\s\S]{0,6}(?:JFIF|Exif)|RIFF[^]{4}(?:WAVE|WEBP|AVI )|wOF[F2]|OTTO|\0[^]\0\0|ID3[^\w\s,;:=]|%PDF|[\s\S]{4}ftyp)/;

/** `.env`, `.env.production`; one that ends in `.example` is a template. */
const isEnvironmentFile = (path: string): boolean =>
  /(?:^|\/)\.env(?:\.[\w-]+)*$/i.test(path) && !/\.(?:example|sample|template|dist|test)$/i.test(path);

/** Archives, programs and office documents, by the ending that nothing else has. */
const binary =
  /\.(?:zip|jar|war|ear|exe|dll|so|dylib|class|pyc|t?gz|bz2|xz|7z|rar|dmg|iso|msi|apk|ipa|aab|nupkg|whl|gem|phar|wasm|sqlite3?|parquet|(?:doc|xls|ppt)x?)$/i;
export const isBinary = (path: string): boolean => binary.test(path);
/** Whether a file of an integration may be text that a program reads, by its name. */
export const isSearchable = (path: string): boolean => !binary.test(path) && integrationTexts([path]).length > 0;

/** The files of the package that may contain a secret. */
export const sourceFiles = (paths: readonly string[]): string[] =>
  paths.filter((path) => (!besides.test(path) || packagedTest.test(path)) && !markdown.test(path) && !media.test(path));

/**
 * The files of an integration that may contain a secret. What a pipeline runs is in hidden folders; a template of an
 * environment file has no secret.
 */
export const integrationTexts = (paths: readonly string[]): string[] =>
  paths.filter(
    (path) =>
      !besides.test(path.replace(/(^|\/)\.(?!git\/)/g, '$1')) &&
      !markdown.test(path) &&
      !media.test(path) &&
      (isEnvironmentFile(path) || !/(?:^|\/)\.env/i.test(path))
  );

/** The text of a file, or why it cannot be read. `isBinary`: it was opened, and contains something else than text. */
export const textOfFile = async (
  tree: PackageTree,
  path: string
): Promise<{ text: string } | { gap: Gap; isBinary: boolean }> => {
  try {
    const text = await tree.read(path);
    if (mediaBytes.test(text)) return { text: '' };
    // An archive, or UTF-16: it could contain anything.
    if (text.slice(0, 100_000).includes('\0'))
      return { gap: fileGap(path, 'is not text, and was not searched.'), isBinary: true };
    if (text.length > longest)
      return { gap: { ...fileGap(path, 'is too long to be searched.'), kind: 'limit' }, isBinary: false };
    return { text };
  } catch (error) {
    return { gap: fileGap(path, `could not be opened (${codeOf(error)}).`), isBinary: false };
  }
};
