import type { Language } from './languages.js';

/** A library that a file takes in, or that a manifest names. */
type Import = { name: string; offset: number; /** No table knows how it logs in. */ isUnknown?: true };

/**
 * A word in the name of whatever is made for Salesforce. Names that only end in `force` are listed: many others do,
 * such as `enforce` and `d3-force`.
 */
const ofSalesforce =
  /salesforce|sfdc|sforce|restforce|databasedotcom|\bforrest\b|metaforce|beatbox|\bforce-(?:wsc|partner|rest|com|api)|emp-connector|\bnforce|\b(?:go-?|ex_?|py|rust|swissarmy|soap|active_?|php|nim)force\b|\bforcex\b|\brforcecom\b/i;
/** Whether a text names a library for Salesforce anywhere; cheap to ask before the text is parsed. */
export const mayNameLibrary = (text: string): boolean => ofSalesforce.test(text);
/** Whether a library is made for Salesforce, by its name. */
export const isForSalesforce = (name: string): boolean => ofSalesforce.test(name) && !tools.test(name);
/** Tools that build, test or draw; none of them logs in to an org for an integration. */
const tools =
  /^@?(?:salesforce-ux|salesforce|lwc)\/(?:eslint|sfdx-lwc-jest|prettier|design-system|apex|dev-|schemas|types|wire-service|lwc|cli|kit|ts-|plugin|sf-plugins|source-|sfdx-scanner|command|packaging|templates|agents|label|webapp|vscode|telemetry|lightning|best|cc-|commerce|retail|storefront|pwa|mrt|ssr|b2c|experimental)|^@types\/|eslint|prettier|stylelint|jest|lwc-jest|lightning-design-system|^tree-sitter|sfdx-lwc|marketing-?cloud|commerce-?cloud|sfcc|^salesforce-alm$/i;

/**
 * How the source code of a language takes in a library, and which names are those of libraries for Salesforce. `dotted`:
 * names are those of packages of the JVM, which begin with a host.
 */
type Importing = {
  languages: ReadonlyArray<Language | 'other'>;
  statement: RegExp;
  library: RegExp;
  others?: RegExp;
  dotted?: true;
};

const importing: readonly Importing[] = [
  {
    languages: ['JavaScript', 'TypeScript', 'markup'],
    statement: /(?:\bfrom|\brequire\s*\(|\bimport(?:\s*\()?)\s*["'`]([^"'`\n]{1,200})["'`]/g,
    library:
      /^(?:jsforce(?:\/|$)|@jsforce\/|nforce|node-salesforce|@salesforce\/core(?:-bundle)?$|forcejs|react-native-force|passport-(?:salesforce|forcedotcom))/,
    // A module of the project, or of LWC, is no library.
    others: /^(?:@(?!salesforce\/|lwc\/)[\w-]+\/)?(?=[\w-]*(?:salesforce|sfdc))[\w-]+$/i,
  },
  {
    languages: ['Python'],
    statement: /^[ \t]*(?:from|import)[ \t]+([\w.]{1,200})/gm,
    library: /^(?:simple_salesforce|salesforce_bulk\w*|beatbox|aiosalesforce|salesforce_api|sfdclib|sfdc_?\w*)\b/,
    others: /salesforce|sfdc|sforce/i,
  },
  {
    languages: ['Ruby'],
    statement: /^[ \t]*require[ \t]*\(?["']([^"'\n]{1,200})["']/gm,
    library: /^(?:restforce|databasedotcom|salesforce_bulk\w*|metaforce|active_?force|omniauth-salesforce|soapforce)/,
    others: /salesforce|sfdc|sforce/i,
  },
  {
    languages: ['PHP'],
    statement: /^[ \t]*use[ \t]+\\?([\w\\]{1,200})/gm,
    library:
      /^(?:Omniphx\\Forrest|Phpforce|Stevenmaguire\\OAuth2\\Client\\Provider\\Salesforce|Akeneo\\SalesForce|SForce)/i,
  },
  {
    languages: ['Go'],
    statement: /"([\w-]{1,60}\.[a-z]{2,10}\/[^"\s]{1,200})"/g,
    library: /simpleforce|go-salesforce|go-sfdc|nimforce|go-force\b|goforce\b/i,
    others: /salesforce|sforce|sfdc/i,
  },
  {
    languages: ['Java', 'Kotlin', 'Groovy', 'Scala'],
    statement: /^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.*]{1,200})/gm,
    library:
      /^(?:com\.sforce\.(?:soap|ws|async|rest|bulk)|com\.salesforce\.(?:androidsdk|emp\.connector|eventbus)|org\.apache\.camel\.component\.salesforce|com\.force\.api|com\.palominolabs\.crm|org\.mule\.extension\.salesforce|org\.springframework\.social\.salesforce)/,
    others: /(?:^|\.)(?:salesforce|sfdc|sforce)\./i,
    dotted: true,
  },
  {
    languages: ['C#', 'Visual Basic'],
    statement: /^[ \t]*(?:using|imports)[ \t]+([\w.]{1,200})[ \t]*(?:;[ \t]*)?$/gim,
    library:
      /^(?:Salesforce\.(?:Common|Force|Chatter)|NetCoreForce|SalesforceSharp|SalesForceAPI|DeveloperForce|CometD\.NetCore\.Salesforce)/i,
  },
  {
    languages: ['Swift', 'Objective-C'],
    statement: /(?:^|\n)[ \t]*[@#]?import[ \t]+[<"]?(\w{1,80})/g,
    library:
      /^(?:SalesforceSDK\w*|SalesforceReact|SalesforceHybridSDK|SmartStore|MobileSync|SmartSync|SwiftlySalesforce)$/,
  },
  {
    languages: ['Dart'],
    statement: /\bimport\s+["']package:([\w/.]{1,200})["']/g,
    library: /^(?:salesforce|flutter_salesforce|forcedotcom)\w*\//i,
    others: /^[^/]*salesforce/i,
  },
  { languages: ['Rust'], statement: /\buse\s+(\w{1,80})::/g, library: ofSalesforce },
  { languages: ['Perl'], statement: /^[ \t]*use\s+([\w:]{1,100})/gm, library: ofSalesforce },
  {
    languages: ['Elixir'],
    statement: /^[ \t]*(?:alias|import|use|config)\s+:?([\w.]{1,100})/gm,
    library: ofSalesforce,
  },
  {
    // Languages that nothing here can read.
    languages: ['other'],
    statement:
      /\b(?:library|require|requireNamespace|import|include|using|use|from|open)\b[ \t("'`<]{1,6}([\w:./@-]{1,100})/g,
    library: ofSalesforce,
  },
  {
    languages: ['PowerShell'],
    statement: /\bImport-Module\s+["']?([\w.-]{1,80})/gi,
    library: /salesforce|sfdc|psfdx/i,
  },
];

/** The libraries for Salesforce that a source file imports. `own`: names of folders and files next to it. */
export function importsIn(code: string, language: Language | 'other', own: ReadonlySet<string>): Import[] {
  return importing
    .filter(({ languages }) => languages.includes(language))
    .flatMap(({ statement, library, others, dotted }) =>
      [...code.matchAll(statement)].flatMap(({ 1: written = '', index: offset }) => {
        const name = written.replace(/\.$/, '');
        if (tools.test(name)) return [];
        const isOwn = dotted ? isOwnPackage(name, own) : isOwnModule(name, own);
        const other = others?.test(name) === true && !isOwn;
        if (library.test(name)) return [{ name, offset }];
        return other ? [{ name, offset, isUnknown: true as const }] : [];
      })
    );
}

function isOwnModule(name: string, own: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return own.has(lower.split(/[./\\:]/)[0] ?? '') || own.has(lower.replace(/^.*\//, ''));
}

function isOwnPackage(name: string, own: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return [...own].some((one) => one.endsWith('.') && lower.startsWith(one));
}

/** How a manifest names what it depends on. */
const manifests: ReadonlyArray<{ files: RegExp; entry: RegExp }> = [
  {
    files: /(^|\/)(package|composer|bower)\.json$/i,
    entry:
      /(?<!"name"\s{0,5}:\s{0,5})"((?:@[\w.-]{1,80}\/)?[\w.-]{1,100}(?:\/[\w.-]{1,100})?)"\s*:\s*"(?:[\^~<>=*v]{0,2}\s*\d|\*|x"|latest"|next"|dev-|npm:|git|github:|https?:|catalog:)/g,
  },
  { files: /(^|\/)(requirements[^/]*\.(txt|in)|constraints\.txt)$/i, entry: /^[ \t]*([\w.-]{1,100})/gm },
  {
    files: /(^|\/)(pyproject\.toml|Pipfile|setup\.(py|cfg)|environment\.ya?ml|poetry\.toml)$/i,
    entry:
      /(?<![=:]\s{0,5})["']([\w.-]{1,100})(?:\[[\w,]{0,60}\])?\s*(?:["']|[<>=~!;@])|^[ \t]*(?:-[ \t]*)?([\w.-]{1,100})\s*=\s*["'{]\s*(?:[\^~<>=*]|\d|version)|^[ \t]+(?:-[ \t]*)?([\w.-]{1,100})\s*(?:[<>=~!]=?\s*\d|$)/gm,
  },
  { files: /(^|\/)pom\.xml$/i, entry: /<dependency>[^]{0,400}?<artifactId>([^<]{1,100})</g },
  {
    files: /(^|\/)build\.gradle(\.kts)?$|\.sbt$|libs\.versions\.toml$/i,
    entry: /["']([\w.-]{1,100}:[\w.-]{1,100})[:"']/g,
  },
  { files: /(^|\/)(Gemfile|[^/]+\.gemspec)$/i, entry: /\b(?:gem|add_\w*dependency)[ \t(]+["']([\w.-]{1,100})["']/g },
  {
    files: /\.(cs|fs|vb)proj$|(^|\/)(packages\.config|Directory\.Packages\.props)$/i,
    entry: /<(?:PackageReference|PackageVersion|package)\s+(?:Include|Update|id)="([\w.-]{1,100})"/g,
  },
  { files: /(^|\/)go\.mod$/i, entry: /^(?:require)?[ \t]+([\w-]{1,60}\.[a-z]{2,10}\/\S{1,150})[ \t]+v/gm },
  { files: /(^|\/)pubspec\.yaml$/i, entry: /^[ \t]+([\w]{1,80}):/gm },
  { files: /(^|\/)(Podfile|[^/]+\.podspec)$/i, entry: /\bpod[ \t]+["']([\w/.-]{1,100})["']/g },
  { files: /(^|\/)Package\.swift$/i, entry: /\.package\s*\([^)]{0,200}?url:\s*["']([^"']{1,200})["']/g },
  { files: /(^|\/)Cargo\.toml$/i, entry: /^[ \t]*([\w-]{1,80})[ \t]*=/gm },
  { files: /(^|\/)mix\.exs$/i, entry: /\{:(\w{1,80}),/g },
];

export function isManifest(path: string): boolean {
  return manifests.some(({ files }) => files.test(path));
}

/** Libraries whose logins the tables of recognised flows know; no rule understands the others. */
const known =
  /^(?:jsforce|@jsforce\/jsforce-node|nforce|node-salesforce|@salesforce\/core(?:-bundle)?|simple[-_]salesforce|salesforce[-_]bulk(?:py)?|restforce|omniauth-salesforce|omniphx\/forrest|stevenmaguire\/oauth2-salesforce|developerforce\/force\.com-toolkit-for-php|force-?(?:wsc|partner-api|enterprise-api|metadata-api)|(?:[\w.-]+:)?(?:force-wsc|force-partner-api|force-metadata-api|camel-salesforce[\w-]*|SalesforceSDK[\w-]*|emp-connector)|com\.salesforce\.mobilesdk:\w+|DeveloperForce\.(?:Force|Common|Chatter)|NetCoreForce\.\w+|Salesforce\.(?:Force|Common)|Salesforce(?:SDK|React|Hybrid|Analytics|MobileSDK)[\w-]*|MobileSync|SmartStore|tap-salesforce|react-native-force|forcehybrid|forcedotcom|.*go-salesforce(?:\/v\d)?|.*simpleforce|.*go-sfdc|.*SwiftlySalesforce(?:\.git)?|passport-forcedotcom|passport-salesforce)$/i;

/** The libraries for Salesforce that a manifest names. */
export function dependenciesIn(
  path: string,
  text: string,
  own: ReadonlySet<string>
): Array<Import & { known: boolean }> {
  return manifests
    .filter(({ files }) => files.test(path))
    .flatMap(({ entry }) => [...text.matchAll(entry)])
    .flatMap(({ 0: entry, 1: first, 2: second, 3: third, index }) => {
      const name = first ?? second ?? third ?? '';
      const offset = index + Math.max(0, entry.indexOf(name));
      // A keyword, the name of a group, or a module of the project itself.
      const [module = ''] = name.toLowerCase().split('.');
      const isOwn = name === 'salesforce' || (/\.(?:py|toml|cfg)$/i.test(path) && own.has(module));
      return ofSalesforce.test(name) && !tools.test(name) && !isOwn ? [{ name, offset, known: known.test(name) }] : [];
    });
}
