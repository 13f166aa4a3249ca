import type { TokenExposure } from '../../facts.js';
import { closing, statementEnd } from '../../parsing/brackets.js';
import { openStoresIn, shellFilesIn } from './stores.js';

/** A call or an assignment that takes a value out of the code. `isOpen`: the file does not show which store it is. */
export type TokenSink = { to: TokenExposure['to']; form: string; offset: number; given: string; isOpen?: boolean };

/** Stores of a browser, and cookies. */
const storage =
  /\b(?:(?:window|globalThis|self)\.)?((?:local|session)Storage)\s*\.\s*setItem\s*\(|(?<![\w$])((?:res|reply|response|resp)\w{0,20}\s*\.\s*(?:cookie|setCookie|set_cookie)|Cookies\s*\.\s*set|Cookies\s*\.\s*Append)\s*\(|\b((?:local|session)Storage)\s*(?:\.\s*(?!setItem\b)\w+|\[[^\]\n]{1,80}\])\s*=(?!=)|\bdocument\s*\.\s*(cookie)\s*=(?!=)/g;
const hiddenCookie = /http_?only["']?\s*[:=]\s*true/i;
/** Preferences of a device; the encrypted ones have the same calls. */
const preferences =
  /\b(AsyncStorage\s*\.\s*setItem|UserDefaults\s*\.\s*\w{1,40}\s*\.\s*set|putString|prefs?\w{0,20}\s*\.\s*setString|PlayerPrefs\s*\.\s*SetString|Preferences\s*\.\s*(?:Default\s*\.\s*)?[Ss]et|(?:chrome|browser)\s*\.\s*storage\s*\.\s*(?:local|sync)\s*\.\s*set|localforage\s*\.\s*setItem)\s*\(/g;
const plainPreferences =
  /SharedPreferences|\b(?:UserDefaults|AsyncStorage|shared_preferences|PlayerPrefs|localforage|Microsoft\.Maui|Xamarin\.Essentials|@capacitor\/preferences)\b|\b(?:chrome|browser)\s*\.\s*storage\b/;
const encryptedPreferences = /\bEncryptedSharedPreferences\b|\bflutter_secure_storage\b|\bEncryptedStorage\b/;
const fileSink =
  /(?<![\w$])(json\.dump|pickle\.dump|(?:fs|fsp|promises)\.writeFile(?:Sync)?|(?:File|Files)\.(?:WriteAllText(?:Async)?|writeString|write)|os\.WriteFile|ioutil\.WriteFile|file_put_contents|\w{0,40}\.write_text)\s*\(/g;
const log =
  /(?<![\w.$>])\$?((?:console|(?:[\w$]+(?:\.|->)){0,3}_?\w*log(?:ger|ging)?|System)\s*(?:\.|::|->)\s*(?:log(?:Information|Debug|Trace|Warning|Error|Critical)?|info(?:rmation|[fw])?|debug[fw]?|warn(?:ing)?[fw]?|error[fw]?|trace|verbose|fatal[fw]?|notice|print(?:ln|f)?|[diwev]))\b(?=\s*\(|[ \t]+["'\w#:@])/gi;
/** Output of a program: what keeps it, its source does not show. */
const output =
  /(?<![\w.$>])(System\.(?:out|err)\.print(?:ln|f)?|Console\.(?:Error\.)?Write(?:Line)?|fmt\.Print(?:ln|f)?|println|print|puts|var_dump|print_r|error_log)\b(?=\s*\(|[ \t]+["'\w#$:@])/g;
/** A variable that is the storage of a browser, and a store with the same calls that the file does not show. */
const storageAlias =
  /\b(\w{1,60})\s{0,4}(?::\s{0,4}\w{1,20}\s{0,4})?=\s{0,4}(?:(?:window|globalThis|self)\.)?(?:local|session)Storage\b(?!\s{0,4}[.[])/g;
const setItem = /(?<![\w$.])((?:this\.)?\w{1,60})\s{0,4}\.\s{0,4}setItem\s{0,4}\(/g;
const otherStores = /secure|encrypt|keychain|^(?:local|session)Storage$|AsyncStorage/i;
/** Stores that keep a file of JSON in the folder of the user. */
const plainStore = /\b(\w{1,60})\s{0,4}=\s{0,4}new\s+(?:Store|ElectronStore|Conf|Configstore)\b/g;
const plainStoreLibrary = /["'](?:electron-store|conf|configstore)["']/;
/** `const debug = require('debug')('acme')` */
const debugFunction =
  /\b(\w{1,60})\s{0,4}=\s{0,4}(?:\w{0,40}debug\w{0,40}|require\(\s{0,4}["']debug["']\s{0,4}\))\s{0,4}\(/gi;

/** Every place of a file that may write a token to where others can read it. */
export function sinksIn(code: string, isShell = false): TokenSink[] {
  const isPlain = plainPreferences.test(code) && !encryptedPreferences.test(code);
  return [
    ...callsOf(code, storage, 'browser')
      .filter(({ given }) => !hiddenCookie.test(given))
      .map((one) => ({ ...one, isOpen: optionsElsewhere(one) })),
    ...inStorages(code),
    ...(isPlain ? callsOf(code, preferences, 'device') : []),
    ...callsOf(code, fileSink, 'file'),
    ...(plainStoreLibrary.test(code)
      ? callsOf(code, memberOf(code, plainStore, '\\s{0,4}\\.\\s{0,4}set'), 'file')
      : []),
    ...openStoresIn(code),
    ...(isShell ? shellFilesIn(code) : []),
    ...callsOf(code, log, 'log'),
    ...callsOf(code, output, 'output'),
    ...(/["']debug["']/.test(code) ? callsOf(code, memberOf(code, debugFunction, ''), 'output') : []),
  ];
}

function inStorages(code: string): TokenSink[] {
  const known = new Set([...code.matchAll(storageAlias)].map(([, name = '']) => name));
  return callsOf(code, setItem, 'browser')
    .filter(({ form }) => !otherStores.test(form))
    .map((one) => ({ ...one, isOpen: !known.has(one.form.replace('this.', '')) }));
}

/** Calls of the variables that a pattern finds: of a member of them, or of themselves. */
function memberOf(code: string, variables: RegExp, member: string): RegExp {
  const names = [...new Set([...code.matchAll(variables)].map(([, name = '']) => name))].slice(0, 20);
  return names.length === 0 ? /(?!)/g : new RegExp(`(?<![\\w$.])((?:${names.join('|')})${member})\\s{0,4}\\(`, 'g');
}

/** `res.cookie(name, token, options)`: whether scripts can read the cookie, the options say. */
function optionsElsewhere({ form, given }: TokenSink): boolean {
  return /cookie/i.test(form) && /,[^,]{1,400},\s{0,9}[A-Za-z_$][\w$.]{0,80}\s{0,9}$/.test(given);
}

function callsOf(code: string, pattern: RegExp, to: TokenSink['to']): TokenSink[] {
  return [...code.matchAll(pattern)].map((match): TokenSink => {
    const form = (match.slice(1).find((one) => one !== undefined) ?? '').replace(/\s/g, '');
    const end = match.index + match[0].length;
    const open = match[0].endsWith('(')
      ? end - 1
      : /^\s*\(/.test(code.slice(end, end + 40))
        ? code.indexOf('(', end)
        : -1;
    const given = open < 0 ? code.slice(end, statementEnd(code, end)) : code.slice(open + 1, closing(code, open));
    return { to, form, offset: match.index, given: given.slice(0, 2000) };
  });
}
