import { isLoginPath, isSalesforceHost } from '../../salesforce/endpoints.js';

/** Where something in the code is sent to, as far as the code around it shows. */
export type Endpoint = 'salesforce' | 'another' | 'both' | 'none';

type Sign = { offset: number; line: number; salesforce: boolean };

const url = /https?:\/\/([^\s"'`<>)/\\]+)([^\s"'`<>)]*)/gi;
/** What shows Salesforce without a whole address: a host, a path, a library, the org that Apex runs in. */
const bare =
  /(?<!\/\/|[\w.-])(?:[\w-]+\.)*(?:(?:login|test)\.salesforce\.com|my\.salesforce\.com)|\/services\/(?:oauth2\/|soap\/[uc]\b|data\/|async\/)|\bjsforce\b|\bsimple_salesforce\b|\brestforce\b|\bcom\.sforce\.|\bSforce\w*Client\b|\bSforceService\b|\bSalesforce(?:SDK)?(?:Manager|Core)\b|\bgetOrgDomainUrl\b|\bgetSalesforceBaseUrl\b|urn:(?:partner|enterprise)\.soap\.sforce\.com/gi;
const identifier = /[A-Za-z_$][\w$]{3,}/g;
const callout = /\bcallout:(\w+)(\/[\w./-]*)?/gi;
/** Addresses that come back from a login are not where it goes to. */
const comesBack = /(?<![\w"'\s-])(?=[\w"'\s-]*?(?:redirect|callback|return|origin))[\w"'\s-]+(?:[:=(,]\s*)?["'`]?$/i;
/** What comes before the address of a provider of logins, whatever its path is. */
const isIssuer =
  /(?:issuer|discover|discovery|authority|identity_?provider)[\w"']{0,10}\s*[:=(,]{1,2}\s*(?:new\s+URL\(\s*)?["'`]$/i;
/** A library for many vendors that takes one by its name. */
const provider =
  /["'](?:next-auth|@auth\/[\w-]{1,40})\/providers\/([\w-]{1,40})["']|\bSocialite::driver\s{0,4}\(\s{0,4}["']([\w-]{1,40})["']|\bprovider\s{0,4}\(?\s{0,4}:(\w{1,40})/g;
/** Providers that are any vendor. */
const anyProvider = /^(?:oauth2?|oidc|openid\w*|saml\w*|custom|credentials|email|identity|developer)$/i;
const aboutOauth = /oauth|token|auth|login|signin|connect|accounts|sso/i;

/** What the package says about addresses that its code does not write down. */
export type Addresses = {
  /** Where named credentials lead, by name. */
  named: ReadonlyMap<string, string>;
  /** Fields of custom metadata whose records contain an address of Salesforce, by type. */
  recorded: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names to which other files give an address of Salesforce, and no other. */
  constants?: ReadonlySet<string>;
  /** Names that other files only give addresses of other vendors. */
  others?: ReadonlySet<string>;
};

/** Finds, for one file, what the code around an offset is sent to. `libraries`: where a library shows Salesforce. */
export const endpointsIn = (
  code: string,
  lineAt: (offset: number) => number,
  { named, recorded, constants = new Set() }: Addresses,
  libraries: readonly number[] = []
): ((offset: number) => Endpoint) => {
  const sign = (offset: number, salesforce: boolean): Sign => ({ offset, line: lineAt(offset), salesforce });
  const signs = [
    ...[...code.matchAll(url)].flatMap((match) => {
      const before = code.slice(Math.max(0, match.index - 40), match.index);
      const salesforce = ofAddress(match[1] ?? '', (match[2] ?? '') + (isIssuer.test(before) ? '/oauth' : ''));
      const back = comesBack.test(before.slice(-30));
      return salesforce === undefined || back ? [] : [sign(match.index, salesforce)];
    }),
    ...[...code.matchAll(bare)].map(({ index }) => sign(index, true)),
    ...libraries.map((offset) => sign(offset, true)),
    ...[...code.matchAll(provider)].flatMap(({ 1: module, 2: driver, 3: symbol, index }) => {
      const name = module ?? driver ?? symbol ?? '';
      return anyProvider.test(name) ? [] : [sign(index, /salesforce/i.test(name))];
    }),
    ...(constants.size === 0
      ? []
      : [...code.matchAll(identifier)].flatMap(({ 0: name, index }) =>
          constants.has(name) ? [sign(index, true)] : []
        )),
    ...[...code.matchAll(callout)].flatMap((match) => {
      const leads = isSalesforceAddress(named.get(match[1]?.replace(/^.*?__/, '') ?? '') ?? '');
      if (leads === undefined && !isTokenPathOfAnother(match[2] ?? '')) return [];
      return [sign(match.index, leads === true)];
    }),
    // A record of another host proves nothing: a subscriber may change it.
    ...[...recorded].flatMap(([type, fields]) =>
      new RegExp(`\\b${type}\\b`, 'i').test(code)
        ? [...fields].flatMap((field) =>
            [...code.matchAll(new RegExp(`\\.${field}\\b`, 'gi'))].map(({ index }) => sign(index, true))
          )
        : []
    ),
  ];
  return (offset) => {
    const line = lineAt(offset);
    // The statement first, then the code around it, then the file.
    for (const distance of [0, 3, 10, Infinity]) {
      const near = signs.filter((one) => Math.abs(one.line - line) <= distance);
      const ours = near.some(({ salesforce }) => salesforce);
      if (near.length > 0)
        return ours ? (near.every(({ salesforce }) => salesforce) ? 'salesforce' : 'both') : 'another';
    }
    return 'none';
  };
};

/** Whether an address leads to a host or a login of Salesforce; `undefined`: the text is no address. */
export function isSalesforceAddress(text: string): boolean | undefined {
  const [, host, path = ''] = /^https?:\/\/([^/]+)([^]*)$/i.exec(text) ?? [];
  return host === undefined ? undefined : isSalesforceHost(host) || isLoginPath(path);
}

/** After a credential that is not here: Salesforce has one path for tokens, and a credential may end within it. */
const isTokenPathOfAnother = (path: string): boolean =>
  /oauth|token/i.test(path) && !isLoginPath(path) && !/^\/(?:oauth2\/)?(?:token|authorize)\/?$/i.test(path);

/** Whether an address is one of Salesforce; `undefined`: it tells nothing about where a login goes. */
export const ofAddress = (host: string, path: string): boolean | undefined => {
  if (isSalesforceHost(host) || isLoginPath(path)) return true;
  const named = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(host) && !/^(?:127\.|localhost)/i.test(host);
  return named && aboutOauth.test(host + path) && !/callback|redirect/i.test(path) ? false : undefined;
};
