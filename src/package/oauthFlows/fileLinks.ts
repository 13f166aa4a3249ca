import type { Language } from './languages.js';

/** A statement that takes in another file, up to the end of its line. */
const importing =
  /^[ \t]*(?:import|from|export|using|use|include|include_once|require|require_once|require_relative|load|autoload|source|\.|library|part|mod|pub mod)\b[^\n]{0,300}|\b(?:require|import|importScripts|include|jest\.mock|require_once)\s{0,4}\(\s{0,4}["'`][^"'`\n]{1,200}["'`]|\bfrom\s{1,4}["'][^"'\n]{1,200}["']|["'`(=\s][\w@./-]{1,200}\.(?:[cm]?[jt]sx?|vue|svelte|py|rb|php|sh|ps1|pl)\b/gm;
/** Names of modules in such a statement. */
const moduleNames = /[\w@$-]+(?:[./\\:]+[\w@$-]+)*/g;
/** Classes see each other by their name alone. */
const byName: ReadonlySet<Language | 'other'> = new Set<Language | 'other'>([
  'C#',
  'Dart',
  'Groovy',
  'Java',
  'Kotlin',
  'Objective-C',
  'PHP',
  'Ruby',
  'Scala',
  'Swift',
  'Visual Basic',
]);
const definition =
  /\b(?:class|interface|object|struct|enum|trait|module|protocol|extension|@interface)\s+([A-Z]\w{3,60})/g;
/** Of C# and PHP. */
const namespaces = /^[ \t]*(?:namespace\s+([\w.\\]{3,100})|using\s+(?:static\s+)?([\w.]{3,100})\s*;)/gm;
/** A constant with the name of one: `TOKEN_URL = …`. */
const constant = /^[ \t]*(?:[a-z]+[ \t]+){0,5}([A-Z][A-Z\d]*_[A-Z\d_]{2,60})[ \t]*[:=]/gm;
/** Such a name alone says too little: another folder may have one of its own. */
const common =
  /^(?:_+init_+|api|app|application|base|client|common|config|configuration|connection|constants|core|error|errors|helper|helpers|index|lib|logger|main|mod|model|models|program|salesforce|service|services|setup|src|test|types|util|utils)$/i;
const script = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;
/** Names that one file takes in; a generated one has more, and counts as one that takes in every file. */
const mostImports = 20_000;

/** Files with the same name that are compared with each import of it. */
const mostAlike = 50;

type LinkedFile = { path: string; text: string; language: Language | 'other' };

/**
 * Which files of a place run together: one takes in the other or uses a class of it, at any distance, or a third file
 * does so with both. What two files take in, such as a log, does not connect them.
 */
export class FileLinks {
  private readonly uses = new Map<string, Set<string>>();
  private readonly usedBy = new Map<string, Set<string>>();
  private readonly stems = new Map<string, Set<string>>();
  private readonly places = new Map<string, Set<string>>();
  private readonly imports = new Map<string, string[]>();
  private readonly crowded: string[] = [];

  /** Learns what a file takes in. */
  public add(path: string, text: string): void {
    for (const stem of stemsOf(path)) {
      addTo(this.stems, stem, path);
      addTo(this.places, linkedPath(path, stem), path);
    }
    const found = new Set<string>();
    for (const [statement] of text.matchAll(importing)) {
      if (found.size > mostImports) {
        this.crowded.push(path);
        break;
      }
      for (const name of namesIn(statement, path)) found.add(name);
    }
    if (found.size > 0) this.imports.set(path, [...found]);
  }

  /** Connects the files that were added. `relevant`: those whose classes matter. */
  public connect(relevant: readonly LinkedFile[]): void {
    for (const [path, names] of this.imports) for (const name of names) this.connectImport(path, name);
    const all = this.crowded.length === 0 ? [] : [...new Set([...this.stems.values()].flatMap((paths) => [...paths]))];
    for (const path of this.crowded) for (const other of all) if (other !== path) this.link(path, other);
    this.connectNames(relevant);
    // All files of a folder are one package of Go.
    for (const { path, language } of relevant) {
      if (language !== 'Go') continue;
      this.link(path, `folder ${folderOf(path)}`);
      this.link(`folder ${folderOf(path)}`, path);
    }
  }

  /** The files that run together with one of some files, and these. */
  public around(paths: readonly string[]): ReadonlySet<string> {
    return reached(reached(paths, this.usedBy), this.uses);
  }

  private connectImport(from: string, name: string): void {
    const parts = partsOf(name);
    const [last = '', before = ''] = parts.toReversed();
    for (const stem of [last, before]) {
      const meant = this.named(from, stem, parts).filter((path) => isMeant(from, path, stem, parts));
      for (const path of nearest(from, meant, parts)) if (path !== from) this.link(from, path);
    }
  }

  /** The files with a name; where too many have it, those that a folder around a file leads to. */
  private named(from: string, stem: string, parts: readonly string[]): readonly string[] {
    const all = this.stems.get(stem.toLowerCase());
    if (all === undefined || all.size <= mostAlike) return [...(all ?? [])];
    // `@/` and `~/` are a folder of the project.
    const written = parts
      .slice(0, parts.lastIndexOf(stem) + 1)
      .filter((part, index) => index > 0 || !/^[@~#]$/.test(part));
    const around = folderOf(from).split('/');
    return around
      .map((_, index) => [...around.slice(0, around.length - index), ...written].join('/').toLowerCase())
      .flatMap((place) => [...(this.places.get(place) ?? [])]);
  }

  /** Connects files that use a class, a namespace or a constant of each other. */
  private connectNames(files: readonly LinkedFile[]): void {
    const owners = new Map<string, Set<string>>();
    for (const { path, text, language } of files) {
      if (language !== 'configuration') for (const [, name = ''] of text.matchAll(constant)) addTo(owners, name, path);
      if (!byName.has(language)) continue;
      // Who uses a namespace may use what it declares; two files that declare one need not know each other.
      for (const [, declared, used] of text.matchAll(namespaces)) {
        const name = `namespace ${(declared ?? used ?? '').toLowerCase()}`;
        if (declared === undefined) addTo(this.usedBy, name, path);
        else addTo(this.usedBy, path, name);
      }
      for (const name of [...[...text.matchAll(definition)].map(([, one = '']) => one), className(path)]) {
        if (name !== '' && !common.test(name)) addTo(owners, name, path);
      }
    }
    for (const { path, text } of files) {
      for (const [name] of text.matchAll(/\b[A-Z]\w{3,60}\b/g)) {
        const defined = owners.get(name);
        // A name that many files define tells nothing, and a file means its own.
        if (defined && defined.size <= 2 && !defined.has(path))
          for (const owner of nearest(path, [...defined], [])) this.link(path, owner);
      }
    }
  }

  private link(from: string, to: string): void {
    addTo(this.uses, from, to);
    addTo(this.usedBy, to, from);
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, path: string): void {
  sets.set(key, (sets.get(key) ?? new Set<string>()).add(path));
}

/** The folder and the name by which a file is taken in; an index is its folder. */
function linkedPath(path: string, stem: string): string {
  const folder = folderOf(path).toLowerCase();
  return folder.endsWith(`/${stem}`) && /^(?:index|__init__|mod)\./i.test(path.split('/').at(-1) ?? '')
    ? folder
    : `${folder}/${stem}`;
}

/** Everything that a way leads to, with where it begins. */
function reached(from: Iterable<string>, ways: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set(from);
  for (const one of found) ways.get(one)?.forEach((next) => found.add(next));
  return found;
}

/** The modules that a statement names. Of a script only what it quotes, and a bare name is a package of others. */
function namesIn(statement: string, path: string): string[] {
  const quoted = script.test(path) ? [...statement.matchAll(/["'`]([^"'`\n]{1,200})["'`]/g)] : [];
  if (quoted.length === 0) return [...statement.matchAll(moduleNames)].map(([name]) => name);
  return quoted.flatMap(([, name = '']) =>
    /^[\w-]+$/.test(name) ? [] : [...name.matchAll(moduleNames)].map(([one]) => one)
  );
}

/** Of files with the same name, those that agree most with what is written, and of these the nearest ones. */
function nearest(from: string, paths: readonly string[], parts: readonly string[]): string[] {
  const written = parts.join('/').toLowerCase();
  const rank = (path: string): number => {
    const bare = path.toLowerCase().replace(/(?:\/(?:index|__init__|mod))?\.\w+$/, '');
    const same = agreeing(bare.split('/').toReversed(), written.split('/').toReversed());
    return same * 1000 + agreeing(folderOf(path).split('/'), folderOf(from).split('/'));
  };
  const ranks = paths.map(rank);
  const best = ranks.reduce((most, one) => Math.max(most, one), 0);
  return paths.filter((_, index) => ranks[index] === best);
}

/** How many parts are the same from the beginning on. */
function agreeing(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((part, index) => part !== other[index]);
  return end < 0 ? one.length : end;
}

function partsOf(name: string): string[] {
  return name
    .replace(/\.(?:[cm]?[jt]sx?|vue|svelte|py|rb|php|sh|ps1|pl)$/, '')
    .split(/[./\\:]+/)
    .filter((part) => part !== '');
}

/** `a/b/login.service.ts` is `login.service`, `service` in a chain of names, and `login`; an index is its folder. */
function stemsOf(path: string): string[] {
  const parts = path.toLowerCase().split('/');
  const name = (parts.at(-1) ?? '').replace(/\.\w+$/, '');
  const stems = [
    name,
    name.replace(/^.*\./, ''),
    ...(/^(?:index|__init__|mod)$/.test(name) ? [parts.at(-2) ?? ''] : []),
  ];
  return [...new Set(stems)].filter((stem) => stem !== '');
}

/** The same folder, or a name that the path ends with; a name that is not common says enough alone. */
function isMeant(from: string, path: string, stem: string, parts: readonly string[]): boolean {
  if (folderOf(from) === folderOf(path)) return true;
  const folders = folderOf(path).toLowerCase().split('/');
  const at = parts.findIndex((part) => part === stem);
  const above = parts[at - 1]?.toLowerCase();
  if (above !== undefined && folders.at(-1) === above) return true;
  return !common.test(stem) && stem.length > 3;
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** `salesforce_client.rb` defines `SalesforceClient`. */
function className(path: string): string {
  const [stem = ''] = (path.split('/').at(-1) ?? '').split('.');
  const name = stem.replace(/(?:^|[_-])([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return /^[A-Z]\w{3,60}$/.test(name) ? name : '';
}
