import { posix } from 'node:path';
import type { ModuleExports } from '../sessions/javascript/moduleExports.js';
import { isForSalesforce } from './libraries.js';

/** A script of an integration: what it takes in, and whether it names the library or may log in. */
type Module = { imports: readonly string[]; makes: boolean; calls: boolean };

const SCRIPT = /\.[cm]?[jt]sx?$/i;
const taken = /(?:\bfrom|\brequire\s*\(|\bimport(?:\s*\()?)\s*["'`]([^"'`\n]{1,200})["'`]/g;
const LIBRARY = /jsforce|@salesforce\/core/i;
const LOGIN = /\.\s*(?:login(?:ByOAuth2|BySoap)?|authenticate)\s*\(/;
/** Modules that one name may lead through. */
const MAX_STEPS = 10;

/**
 * The scripts of one integration and how they take in one another, so that a connection that one file makes is known in
 * the others. Files are read again only where a name leads to them.
 */
export class ScriptModules {
  readonly #modules = new Map<string, Module>();
  readonly #exports = new Map<string, Promise<ModuleExports | undefined>>();
  #related: ReadonlySet<string> | undefined;

  public constructor(private readonly read: (path: string) => Promise<string>) {}

  public add(path: string, text: string): void {
    if (!SCRIPT.test(path)) return;
    const imports = [...new Set([...text.matchAll(taken)].map(([, from = '']) => from))];
    this.#modules.set(path, { imports, makes: LIBRARY.test(text), calls: LOGIN.test(text) });
  }

  /** Whether a script may log in with a connection that another file makes. */
  public mayLogIn(path: string): boolean {
    return this.#modules.get(path)?.calls === true && this.related().has(path);
  }

  /** Whether a name begins with a package of others that is not for Salesforce. */
  public isForeign(name: string, path: string): boolean {
    const imports = this.#modules.get(path)?.imports ?? [];
    return imports.some((from) => !/^[.~@#/]/.test(from) && begins(name, from) && !isForSalesforce(from));
  }

  /**
   * The names that a name of another module has where its value is made; `undefined`: they are not known. An empty list:
   * what it leads to has nothing to do with the library.
   */
  public async resolve(name: string, path: string, steps = 0): Promise<readonly string[] | undefined> {
    const from = this.#modules
      .get(path)
      ?.imports.filter((one) => /^[.~@#/]/.test(one) && begins(name, one))
      .sort((one, other) => other.length - one.length)[0];
    const target = from === undefined ? undefined : this.fileOf(from, path);
    if (from === undefined || target === undefined || steps > MAX_STEPS) return undefined;
    if (!this.related().has(target)) return [];
    const exported = await this.exportsOf(target);
    const rest = name.slice(from.length).replace(/^\./, '');
    const way = [...(exported?.names.keys() ?? [])]
      .filter((one) => one === '' || begins(rest, one))
      .sort((one, other) => other.length - one.length)[0];
    const names = way === undefined ? [] : [...(exported?.names.get(way) ?? [])];
    const after = rest.slice(way?.length ?? 0);
    const leads = [
      ...names.map((one) => `${one}${/^[.(]|^$/.test(after) ? '' : '.'}${after}`),
      ...(way === undefined || way === '' ? (exported?.all ?? []).map((one) => `${one}.${rest}`) : []),
    ];
    const found: string[] = [];
    for (const one of leads) {
      if (/^[.~@#/]/.test(one)) {
        // eslint-disable-next-line no-await-in-loop -- one step leads to the next
        found.push(...((await this.resolve(one, target, steps + 1)) ?? []));
      } else if (!this.isForeign(one, target)) found.push(one);
    }
    return found.length > 0 || leads.length > 0 ? found : undefined;
  }

  /** The scripts that take in, over any number of others, one that names the library; with these. */
  private related(): ReadonlySet<string> {
    if (this.#related) return this.#related;
    const importers = new Map<string, string[]>();
    for (const [path, { imports }] of this.#modules) {
      for (const from of imports) {
        const target = this.fileOf(from, path);
        if (target !== undefined) importers.set(target, [...(importers.get(target) ?? []), path]);
      }
    }
    const found = new Set([...this.#modules].filter(([, { makes }]) => makes).map(([path]) => path));
    for (const path of found) importers.get(path)?.forEach((one) => found.add(one));
    this.#related = found;
    return found;
  }

  /** The file that a script takes in; `@/` and `~/` lead to the source folder in most projects. */
  private fileOf(from: string, path: string): string | undefined {
    if (!/^(?:\.|[@~#]\/)/.test(from)) return undefined;
    const folders = from.startsWith('.') ? [posix.dirname(path)] : aliasedFolders(path);
    return folders
      .map((folder) => posix.join(folder, from.replace(/^[@~#]\//, '')).replace(/^\.\//, ''))
      .flatMap((base) => [base, base.replace(/\.([cm]?)jsx?$/, '.$1ts'), base.replace(/\.[cm]?jsx?$/, '.tsx')])
      .flatMap((base) => [
        base,
        ...ENDINGS.map((ending) => `${base}.${ending}`),
        ...ENDINGS.map((ending) => posix.join(base, `index.${ending}`)),
      ])
      .find((one) => this.#modules.has(one));
  }

  private exportsOf(path: string): Promise<ModuleExports | undefined> {
    const known = this.#exports.get(path) ?? this.readExports(path);
    this.#exports.set(path, known);
    return known;
  }

  private async readExports(path: string): Promise<ModuleExports | undefined> {
    const { parseScript } = await import('../sessions/javascript/parse.js');
    const { exportsOfScript } = await import('../sessions/javascript/followScripts.js');
    try {
      const program = parseScript(await this.read(path), path);
      return 'type' in program ? exportsOfScript({ file: path, program, linesBefore: 0 }) : undefined;
    } catch (error) {
      // Not readable, too deep for the stack, or more steps than one file may take.
      if (error instanceof Error) return undefined;
      throw error;
    }
  }
}

const ENDINGS = ['ts', 'js', 'tsx', 'jsx', 'mjs', 'cjs', 'mts', 'cts'] as const;

const begins = (name: string, start: string): boolean =>
  name === start || (name.startsWith(start) && /[.(]/.test(name[start.length] ?? ''));

/** The folders above a script, and `src` in each of them, the nearest first. */
function aliasedFolders(path: string): string[] {
  const parts = posix.dirname(path).split('/');
  const above = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
  return [...above, '.'].flatMap((folder) => [posix.join(folder, 'src'), folder]);
}
