import { oncePer } from '../../common/oncePer.js';
import { isLoginPath, isSalesforceHost } from '../../salesforce/endpoints.js';
import { matchesAt, matchesIn, partsAround } from '../parsing/partsAround.js';
import type { TextWords } from '../parsing/textWords.js';
import { wordsOfFile } from '../source/fileWords.js';
import type { PackageTree } from '../source/folderTree.js';
import { ofAddress } from './destination.js';
import { flowOfParameter, laterGrants } from './libraryCalls.js';

/** What the files of an integration give to names that other files of it use. */
type Constants = {
  /** Names of a grant or response type, each with the one text that it is given. */
  texts: ReadonlyMap<string, string>;
  /** Names that are given an address of Salesforce, and no other. */
  addresses: ReadonlySet<string>;
  /** Names in capitals that are only given addresses of logins of other vendors. */
  others: ReadonlySet<string>;
};

/** Names that are collected at most; an integration with more shows the rest as not written down. */
const MOST_NAMES = 5000;

const grants = new Set([...flowOfParameter.keys()].map((one) => one.replace(/^.*?=/, '')));
const mayDefine =
  /["'`](?:password|device|token|device_code|client_credentials|authorization_code|refresh_token)["'`]|urn:ietf:params:oauth|["'`]https?:\/\/|services\/(?:oauth2|soap)/i;
const definition =
  /\b([A-Za-z_][\w$]{2,60})["']?\s{0,20}(?:=>|:=|=(?!=)|:(?!:)|\()\s{0,20}(?:new\s+\w{1,40}\(\s{0,20})?["'`]([^"'`\n]{2,300})["'`]/g;
const computed = /\b([A-Z][A-Z\d_]{4,60})\s{0,20}(?::\s{0,4}\w{1,40}\s{0,4})?(?::=|=(?![=>~]))\s{0,20}(?=[^\s"'`=])/g;
/** A name of anything, such as `type`, says nothing about the constant that bears it elsewhere. */
const isConstant = (name: string): boolean => /^[A-Z]|grant|oauth/i.test(name) && /^[A-Z]|[A-Z]|grant/.test(name);
const isAddressName = (name: string): boolean =>
  name.length >= 5 && /url|uri|endpoint|host|domain|login|instance|authority/i.test(name);

/** What may follow the name of an address if it is given one. */
const givesLiteral = /[\w$]*["']?\s{0,20}(?:=>|:=|=(?!=)|:(?!:)|\()\s{0,20}(?:new\s|["'`])/y;
const givesComputed = /[A-Z\d_]*\s{0,20}(?::\s{0,4}\w{1,40}\s{0,4})?:?=/y;

/** A name that matters to a login, and its value; without one it is computed. */
type Constant = { name: string; value?: string };

const constantsOf = oncePer<PackageTree, Map<string, readonly Constant[]>>(() => new Map());

/** The constants of a file, by its text; found once for all collectors. */
export function constantsOfFile(tree: PackageTree, path: string, text: string): readonly Constant[] {
  const files = constantsOf(tree);
  const known = files.get(path) ?? constantsIn(text, wordsOfFile(tree, path, text));
  files.set(path, known);
  return known;
}

/** The constants of a text; no pattern for one crosses the end of a statement. `words`: of the text. */
export function constantsIn(text: string, words: TextWords): readonly Constant[] {
  const names = words.ends('addressName');
  const computedAt = names?.filter((end) => isCapital(text.charCodeAt(end - 1)) && matchesAt(givesComputed, text, end));
  const inCode = matchesIn(partsAround(text, computedAt), computed).flatMap(({ match: [, name = ''] }) =>
    isAddressName(name) ? [{ name }] : []
  );
  if (!words.has('loginConstant')) return inCode;
  const grantsAt = words.ends('grant');
  const literalAt = names && grantsAt && [...names.filter((end) => matchesAt(givesLiteral, text, end)), ...grantsAt];
  if (literalAt?.length === 0 || !mayDefine.test(text)) return inCode;
  const literal = matchesIn(partsAround(text, literalAt), definition).flatMap(({ match: [, name = '', value = ''] }) =>
    isGrant(name, value) || isAddressName(name) ? [{ name, value }] : []
  );
  return [...inCode, ...literal];
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

const isGrant = (name: string, value: string): boolean =>
  isConstant(name) && (grants.has(value.toLowerCase()) || laterGrants.test(value.toLowerCase()));

/** Collects the constants of the files of one place, one file after the other. */
export class ConstantTable {
  readonly #texts = new Map<string, Set<string>>();
  readonly #addresses = new Map<string, boolean>();
  /** Names of addresses, and whether each value is a login of another vendor. */
  readonly #others = new Map<string, boolean>();

  public add(constants: readonly Constant[]): void {
    for (const { name, value } of constants) {
      if (value === undefined) {
        this.addOther(name, false);
        continue;
      }
      // A name that is known may still get another value.
      const isFull = this.#texts.size + this.#addresses.size > MOST_NAMES;
      if (isFull && !this.#texts.has(name) && !this.#addresses.has(name)) continue;
      if (isGrant(name, value)) this.#texts.set(name, (this.#texts.get(name) ?? new Set()).add(value));
      else this.addAddress(name, value);
    }
  }

  public constants(): Constants {
    const single = [...this.#texts].flatMap(([name, [value, ...others]]) =>
      value === undefined || others.length > 0 ? [] : [[name, value] as const]
    );
    const addresses = [...this.#addresses].flatMap(([name, salesforce]) => (salesforce ? [name] : []));
    const others = [...this.#others].flatMap(([name, other]) => (other ? [name] : []));
    return { texts: new Map(single), addresses: new Set(addresses), others: new Set(others) };
  }

  private addAddress(name: string, value: string): void {
    const [, host = '', path = ''] = /^https?:\/\/([^/]+)([^]*)$/i.exec(value) ?? [];
    const salesforce = isLoginPath(value) || (host !== '' && (isSalesforceHost(host) || isLoginPath(path)));
    if (salesforce || host !== '') this.#addresses.set(name, salesforce && (this.#addresses.get(name) ?? true));
    if (/^[A-Z\d_]+$/.test(name)) this.addOther(name, ofAddress(host, path) === false);
  }

  private addOther(name: string, other: boolean): void {
    if (this.#others.size > MOST_NAMES && !this.#others.has(name)) return;
    this.#others.set(name, other && (this.#others.get(name) ?? true));
  }
}
