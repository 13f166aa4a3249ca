/** Third-party libraries that packages include as a file; their banner begins with one of these names. */
const NAMES = [
  ...['Ace', 'AmCharts', 'AngularJS', 'Angular', 'Axios', 'Backbone', 'Bluebird', 'Bootstrap', 'Chart'],
  ...['Chosen', 'CKEditor', 'CryptoJS', 'D3', 'DataTables', 'Dropzone', 'Ember', 'FullCalendar', 'Handlebars'],
  ...['Highcharts', 'Highstock', 'jQuery Migrate', 'jQuery Mobile', 'jQuery UI', 'jQuery Validation Plugin'],
  ...['jQuery', 'jsPDF', 'JSZip', 'Knockout', 'Leaflet', 'Lodash', 'lodash', 'Modernizr', 'moment-timezone'],
  ...['moment', 'Moment', 'Mustache', 'PapaParse', 'Papa Parse', 'pdfmake', 'Popper', 'Quill', 'React DOM'],
  ...['React', 'RequireJS', 'Select2', 'Sizzle', 'Sortable', 'Svelte', 'TinyMCE', 'Toastr', 'Underscore'],
  ...['Vue', 'XLSX', 'Zepto'],
].join('|');

/** Characters at the beginning of a file in which a banner is looked for. */
const TOP = 2000;
/** The name, at most a few words that are not another name, and a version: `jQuery Acme Plugin v1.0` is not jQuery. */
const banner = new RegExp(
  `^(${NAMES})(?:\\.js|: [\\w.-]{1,30})?(?:[ ,(-]{0,3}(?:JavaScript Library|JS|library|core|compressed|minified|full build|and other contributors))?` +
    '[\\s,:;|(<@-]{0,20}(?:https?://[^\\s>)]{1,80}[\\s>)]{0,4})?(?:@?version|release|v)?[\\s.:]{0,4}\\d{1,3}\\.\\d{1,4}',
  'i'
);
/** No such library mentions Salesforce or a login with OAuth, so a file that does was changed. */
const ofSalesforce =
  /\bsforce\b|\bjsforce\b|\bforcetk\b|__sfdcSessionId|getSessionId|getRESTAPISessionKey|\$Api\.Session|Session_ID|\.salesforce\.com|\bfrontdoor\.jsp|\/services\/(?:data|oauth2|soap|async|apexrest)\b|\b(?:grant_type|response_type|client_secret)\b/i;
/** Nor does one look for the session ID among the cookies. */
const takesCookie = (text: string): boolean => /\bcookie\b/i.test(text) && /\bsid=|["'`]sid["'`]/.test(text);

/** What begins a line of forcetk that is not indented, besides comments; anything else was added to it. */
const ofForcetk =
  /^(?:var forcetk\b|if \(forcetk\b|forcetk(?:\.Client)? {0,4}=|;?\(function\b|["']use strict["']|\.call\([\w$, ]{0,40}\);?$)/;
/** The brackets that close it. */
const closing = /^[})]{1,4}(?:\.call)?(?:\([\w$, ]{0,40}\))?[);]{0,4}$/;

function isForcetk(text: string): boolean {
  const isIt =
    /\bforcetk\.Client\s*=/.test(text) && /Copyright \(c\) 20\d\d, salesforce\.com/i.test(text.slice(0, TOP));
  return isIt && hasOnlyForcetk(text.split(/\r\n?|\n/)) && !namesOtherHost(text);
}

/** Whether each line is one of forcetk, or indented between two of them. */
function hasOnlyForcetk(lines: readonly string[]): boolean {
  let isInside = false;
  return lines.every((line) => {
    if (/^\s*(?:$|\/\/|\/?\*)/.test(line)) return true;
    if (/^\s/.test(line)) return isInside;
    const isEnd = closing.test(line.trimEnd());
    isInside = !isEnd;
    return isEnd || ofForcetk.test(line);
  });
}

/** Hosts that the builds of jsforce and forcetk name. */
const hosts = /^(?:www\.w3\.org|schemas\.xmlsoap\.org|github\.com|(?:[\w-]+\.)*(?:salesforce|force|sforce)\.com)$/i;

/** Whether a literal names the host of another: a copy that does was changed. */
function namesOtherHost(text: string): boolean {
  return [...text.matchAll(/["'`](?:https?:)?\/\/([\w-]{1,63}(?:\.[\w-]{1,63}){1,9})/gi)].some(
    ([, host = '']) => !hosts.test(host)
  );
}

/** What the wrapper of each build of jsforce begins and ends with; own code is before the one or after the other. */
const beginnings = [
  /^[!;(]{0,2}function\b[^]{0,700}[.\w)]\.jsforce\s*=\s*\w+\(\)/,
  /^var jsforce;\s*(?:\/\*{1,9}\/\s*)?\(\(\)\s*=>/,
];
const endings = [
  // Browserify lists its modules at the end.
  /\},\{[^{}]{0,9999}\},\[[\d,]{0,99}\]\)\(\d{1,9}\)\s{0,9}\}\){1,2};?$/,
  /\bjsforce\s{0,9}=\s{0,9}\w{1,60};?\s{0,9}(?:\/\*{1,9}\/\s{0,9})?\}\)\(\)\s{0,9};?$/,
];
const ofJsforce = ['queryMore', 'describeGlobal', 'instanceUrl'];

/** A build of jsforce: its wrapper exports it and is all of the file, and it has the methods and hosts of jsforce. */
function isJsforce(text: string): boolean {
  const begin = text.slice(0, TOP).replace(/^\uFEFF?(?:\s*(?:\/\*[^]*?\*\/|\/\/[^\n]*\n))*\s*/, '');
  if (!beginnings.some((one) => one.test(begin))) return false;
  const end = withoutSourceMap(text).trimEnd().slice(-12_000);
  return endings.some((one) => one.test(end)) && ofJsforce.every((one) => text.includes(one)) && !namesOtherHost(text);
}

function withoutSourceMap(text: string): string {
  const end = text.trimEnd();
  const last = end.lastIndexOf('\n') + 1;
  return /^\s{0,9}\/\/[#@] ?sourceMappingURL=/.test(end.slice(last, last + 100)) ? end.slice(0, last) : end;
}

/**
 * The library that a file is a copy of, by its banner; `undefined`: that is not proven, whatever the file is called.
 */
export function knownLibrary(text: string): string | undefined {
  const top = text.slice(0, TOP);
  if (isForcetk(text)) return 'forcetk';
  if (isJsforce(text)) return 'jsforce';
  const [, name] = banner.exec(bannerText(top)) ?? [];
  return name === undefined || ofSalesforce.test(text) || takesCookie(text) ? undefined : name;
}

/** The words of the comment at the beginning, without its marks and the tags before the name. */
function bannerText(top: string): string {
  const [comment = ''] = /^\uFEFF?\s*(?:\/\*[^]*?\*\/|(?:\/\/[^\n]*\n?\s*)+)/.exec(top) ?? [];
  // Without a version it is no banner.
  if (!/\d\.\d/.test(comment)) return '';
  return comment
    .replace(/^[\s\uFEFF]*\/[*/]+!?/, '')
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/^\s*(?:\*|\/\/)?[\s!*=-]*/, '').trim())
    .filter((line) => line !== '' && !/^vim:|^eslint|^jshint|^global /i.test(line))
    .join('\n')
    .replace(/^(?:@(?:license|preserve|name|overview|file|module)\s*:?\s*)+/i, '')
    .trimStart();
}

/** Tests of components, which no package contains. A static resource is packaged with every file in it. */
export function isComponentTest(path: string): boolean {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  if (folders.includes('staticresources')) return false;
  const bundles = folders.findIndex((folder) => folder === 'lwc' || folder === 'aura');
  if (bundles < 0) return false;
  const inBundle = folders.slice(bundles + 2);
  return /\.(?:test|spec)\.js$/.test(name) || inBundle.some((one) => one === '__tests__' || one === '__mocks__');
}

/**
 * Whether a script of a package is a proven copy of a third-party library, or only tests. The code that passes a
 * session ID to a library is checked instead. The name of a file or folder proves nothing.
 */
export function isLibrary(path: string, text: string): boolean {
  return isComponentTest(path) || knownLibrary(text) !== undefined;
}

/** A bundle has very long lines; its libraries name flows that it may not start. */
export function isBundle(text: string): boolean {
  return /^[^\n]{5000}/m.test(text);
}
