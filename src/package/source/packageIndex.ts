import { oncePer } from '../../common/oncePer.js';
import type { Gap } from '../../engine/types.js';
import { componentOf, type PackageComponent } from '../parsing/component.js';
import { canCarryAny } from '../parsing/metadataKinds.js';
import { parseXml, type XmlElement } from '../parsing/xml.js';
import { fileGap } from '../parsing/gaps.js';
import { looksFor, type Look, type Looks, type TextWords } from '../parsing/textWords.js';
import { knownWords, wordsOfFile } from './fileWords.js';
import { codeOf } from './folderTree.js';
import type { PackageSource } from './packageSource.js';
import { withPlaceholders } from './replacements.js';

/**
 * A file of the package, classified by its name. `form`: what its text is. `metadata` is XML of a component, `code` is
 * the body of one, `content` lies in a static resource or is a file of another kind.
 */
export type PackageFile = {
  path: string;
  component: PackageComponent;
  /** In lower case, without `-meta.xml`. */
  suffix: string;
  form: 'metadata' | 'code' | 'content';
};
type PackageText = PackageFile & { text: string };
export type PackageDocument = PackageText & { root: XmlElement };
/** What could be read, and a gap for each file that could not. */
export type Reading<T> = { read: readonly T[]; gaps: readonly Gap[] };

/**
 * Which files to read: by name, by a pattern for the written text, and by a look at the packaged text. `looks`: what of
 * the text has to contain a word of one of these for the pattern and the look to find anything.
 */
export type Wanted = {
  file: (file: PackageFile) => boolean;
  looks?: readonly Look[];
  mentions?: RegExp;
  holds?: (text: string, path: string, words: TextWords) => boolean;
};

/** The files of a package, each classified once; texts come from the cache of the tree. */
export type PackageIndex = {
  files: readonly PackageFile[];
  /** A gap for each component of which only the `-meta.xml` is in the package; its subject names that file. */
  missingBodies: readonly Gap[];
  /** The texts as they are packaged, with placeholders for what `replacements` fill in later. */
  texts(wanted: Wanted): Promise<Reading<PackageText>>;
  /** The same for XML, parsed. */
  documents(wanted: Wanted): Promise<Reading<PackageDocument>>;
};

/** The index of a source; the same one for every collector. */
export const packageIndex = oncePer(createIndex);

/** Whether the XML of a file is of a kind that can carry a URL, a formula, a scope, a canvas app or a script. */
export function canCarry({ form, suffix }: PackageFile): boolean {
  return form === 'metadata' && canCarryAny(suffix);
}

function createIndex(source: PackageSource): PackageIndex {
  const files = source.packaged.map((path) => classify(path, source.project.layout === 'metadata-folder'));
  async function texts(wanted: Wanted): Promise<Reading<PackageText>> {
    const { file: isWanted, mentions, holds } = wanted;
    // Whether a text that is filled in later has the words is not known.
    const looks = source.replacements.length === 0 && wanted.looks ? looksFor(wanted.looks) : undefined;
    const known = knownWords(source.tree);
    const read: PackageText[] = [];
    const gaps: Gap[] = [];
    for (const file of files) {
      const words = looks && known.get(file.path);
      if (words && !words.hasAny(looks)) continue;
      if (!isWanted(file)) continue;
      // eslint-disable-next-line no-await-in-loop -- a package can be larger than the memory
      const text = await packagedText(source, file.path, { looks, mentions });
      if (typeof text === 'object') gaps.push(text);
      else if (text !== undefined && (holds?.(text, file.path, wordsOfFile(source.tree, file.path, text)) ?? true))
        read.push({ ...file, text });
    }
    return { read, gaps };
  }
  return {
    files,
    missingBodies: missingBodies(source.packaged),
    texts,
    documents: async (wanted) => {
      const { read, gaps } = await texts(wanted);
      const results = read.map((file) => ({ file, root: rootOf(file) }));
      return {
        read: results.flatMap(({ file, root }) => ('detail' in root ? [] : [{ ...file, root }])),
        gaps: [...gaps, ...results.flatMap(({ root }) => ('detail' in root ? [root] : []))],
      };
    },
  };
}

function rootOf({ path, text }: PackageText): XmlElement | Gap {
  const parsed = parseXml(text);
  return 'root' in parsed ? parsed.root : fileGap(path, `could not be read: ${parsed.problem}`, parsed.line);
}

/** The text of one file; `undefined`: it does not mention what is looked for. */
async function packagedText(
  { tree, replacements }: PackageSource,
  path: string,
  { looks, mentions }: { looks?: Looks | undefined; mentions?: RegExp | undefined }
): Promise<string | Gap | undefined> {
  try {
    // A file in UTF-16 without its mark stays readable without its zeros.
    const written = (await tree.read(path)).replaceAll('\0', '');
    const words = wordsOfFile(tree, path, written);
    if (looks && !words.hasAny(looks)) return undefined;
    if (mentions && !mentions.test(written)) return undefined;
    return (
      withPlaceholders(replacements, path, written) ??
      fileGap(path, 'could not be read: sfdx-project.json replaces parts of it when a package version is created.')
    );
  } catch (error) {
    return fileGap(path, `could not be opened (${codeOf(error)}).`);
  }
}

/** Kinds whose body is a file of its own. */
const bodies = /^(?:cls|trigger|page|component|email|cmp|app|evt|intf|design|auradoc|js|mjs|ts|html?|css|scf)$/;

function classify(path: string, isMetadataFolder: boolean): PackageFile {
  const isDefinition = /-meta\.xml$/i.test(path);
  const [, suffix = ''] = /\.([^./]+)$/.exec(path.replace(/-meta\.xml$/i, '')) ?? [];
  const named = { path, component: componentOf(path), suffix: suffix.toLowerCase() };
  if (/(?:^|\/)staticresources\/[^/]+/.test(path) && !isDefinition) return { ...named, form: 'content' };
  if (isDefinition) return { ...named, form: 'metadata' };
  const inBundle = /(?:^|\/)(?:aura|lwc)\/[^/]+\/./.test(path);
  // In a Metadata API folder `applications/Acme.app` is the XML of an application.
  const isXml = named.suffix === 'app' && !inBundle;
  if (bodies.test(named.suffix) && !isXml) return { ...named, form: 'code' };
  const isMetadata = canCarryAny(named.suffix) || (isMetadataFolder && path.includes('/'));
  return { ...named, form: isMetadata ? 'metadata' : 'content' };
}

/** Kinds whose `-meta.xml` says nothing of what the component does. */
const BODY_EXPECTED = /^((?:[^/]*\/)*)([^/]+)\.(cls|trigger|page|component|email|scf|resource|cmp|app|js)-meta\.xml$/i;

function missingBodies(paths: readonly string[]): Gap[] {
  const present = new Set(paths);
  const stems = new Set(paths.flatMap((path) => (/-meta\.xml$/i.test(path) ? [] : stemsOf(path))));
  return paths.flatMap((path) => {
    const [, folder = '', name = '', suffix = ''] = BODY_EXPECTED.exec(path) ?? [];
    if (name === '') return [];
    const inBundle = /(?:^|\/)(?:aura|lwc)\/[^/]+\/$/.test(folder);
    if (/^(?:cmp|app|js)$/i.test(suffix) && !inBundle) return [];
    // A static resource takes the ending of what it contains, or is a folder; a module may have styles only.
    const isThere =
      present.has(path.replace(/-meta\.xml$/i, '')) ||
      (/^(?:resource|js)$/i.test(suffix) && stems.has(`${folder}${name}`));
    return isThere ? [] : [fileGap(path, 'describes a component whose body is not in the package.')];
  });
}

/** Every name that the path could be the body of: `a/b.c.js` of `a/b.c` and `a/b`; `a/b/c.js` of `a/b`. */
function stemsOf(path: string): string[] {
  const [, inside] = /^((?:.*?\/)?staticresources\/[^/]+)\/./.exec(path) ?? [];
  const whole = inside ?? path;
  const base = whole.lastIndexOf('/') + 1;
  const stems = inside === undefined ? [] : [inside];
  for (let dot = whole.indexOf('.', base); dot >= 0; dot = whole.indexOf('.', dot + 1)) stems.push(whole.slice(0, dot));
  return stems;
}
