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
/** Import statements of one file; a generated one has more. */
const mostImports = 2000;

type LinkedFile = { path: string; text: string; language: Language | 'other' };

/** Which files of a place run together, because one takes in the other or uses a class of it, at any distance. */
export class FileLinks {
  private readonly parents = new Map<string, string>();
  private readonly stems = new Map<string, string[]>();
  private readonly imports = new Map<string, string[]>();

  /** Learns what a file takes in. */
  public add(path: string, text: string): void {
    this.parents.set(path, path);
    for (const stem of stemsOf(path)) this.stems.set(stem, [...(this.stems.get(stem) ?? []), path]);
    const found = new Set<string>();
    for (const [statement] of text.matchAll(importing)) {
      if (found.size > mostImports) break;
      for (const [name] of statement.matchAll(moduleNames)) found.add(name);
    }
    if (found.size > 0) this.imports.set(path, [...found]);
  }

  /** One file that represents all files that run together with a file. `relevant`: those whose classes matter. */
  public groups(relevant: readonly LinkedFile[]): (path: string) => string {
    for (const [path, names] of this.imports) for (const name of names) this.connect(path, name);
    this.connectNames(relevant);
    const folders = new Map<string, string>();
    for (const { path, language } of relevant) {
      // All files of a folder are one package of Go.
      const folder = `${language} ${folderOf(path)}`;
      if (language === 'Go') this.join(path, folders.get(folder) ?? path);
      folders.set(folder, path);
    }
    return (path) => this.find(path);
  }

  private connect(from: string, name: string): void {
    const parts = partsOf(name);
    const [last = '', before] = parts.toReversed();
    for (const stem of [last, before ?? '']) {
      for (const path of stem === '' ? [] : (this.stems.get(stem.toLowerCase()) ?? [])) {
        if (path !== from && isMeant(from, path, stem, parts)) this.join(from, path);
      }
    }
  }

  /** Connects files that use a class, a namespace or a constant of each other. */
  private connectNames(files: readonly LinkedFile[]): void {
    const named: Array<[path: string, name: string]> = [];
    const owners = new Map<string, Set<string>>();
    for (const { path, text, language } of files) {
      for (const [, name = ''] of text.matchAll(constant))
        owners.set(name, (owners.get(name) ?? new Set<string>()).add(path));
      if (!byName.has(language)) continue;
      // A namespace that one file declares and another uses is the same for both.
      for (const [, declared, used] of text.matchAll(namespaces)) {
        const name = `namespace ${(declared ?? used ?? '').toLowerCase()}`;
        this.parents.set(name, this.parents.get(name) ?? name);
        if (declared !== undefined) this.join(path, name);
        else named.push([path, name]);
      }
      for (const name of [...[...text.matchAll(definition)].map(([, one = '']) => one), className(path)]) {
        if (name !== '' && !common.test(name)) owners.set(name, (owners.get(name) ?? new Set<string>()).add(path));
      }
    }
    named.forEach(([path, name]) => this.join(path, name));
    for (const { path, text } of files) {
      for (const [name] of text.matchAll(/\b[A-Z]\w{3,60}\b/g)) {
        const defined = owners.get(name);
        // A name that many files define tells nothing.
        if (defined && defined.size <= 2) defined.forEach((owner) => this.join(path, owner));
      }
    }
  }

  private join(one: string, other: string): void {
    const [first, second] = [this.find(one), this.find(other)];
    if (first !== second) this.parents.set(first, second);
  }

  private find(path: string): string {
    let root = path;
    for (let next = this.parents.get(root); next !== undefined && next !== root; next = this.parents.get(root))
      root = next;
    // The way is short the next time.
    for (let at = path; at !== root;) {
      const next = this.parents.get(at) ?? root;
      this.parents.set(at, root);
      at = next;
    }
    return root;
  }
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
