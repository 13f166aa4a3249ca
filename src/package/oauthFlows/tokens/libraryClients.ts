import type { Endpoint } from '../destination.js';
import type { YesNoUnknown } from '../../facts.js';
import { closing } from '../../parsing/brackets.js';
import { languageFamily } from '../languages.js';
import { withoutLogs } from './answer.js';
import { keptByCallback } from './callbacks.js';
import type { NamedFunction } from './functions.js';

/** A client of a library that refreshes by itself, or in one call, and what becomes of the new refresh token. */
type LibraryClient = { offset: number; form: string; keeps: YesNoUnknown };

type Source = {
  code: string;
  language: string;
  functions: readonly NamedFunction[];
  endpointAt: (offset: number) => Endpoint;
};
type Others = ReadonlyArray<Pick<Source, 'code' | 'language' | 'functions'>>;

/** Calls of OAuth libraries that refresh a token and return the complete answer. */
const refreshCalls: ReadonlyArray<{ family: string; library: RegExp; call: RegExp }> = [
  {
    family: 'JavaScript',
    library: /["'](?:simple-oauth2|client-oauth2|openid-client|oauth4webapi)["']/,
    call: /\.\s*refresh(?:Token(?:Grant\w*)?)?\s*\(|\brefreshTokenGrant\w*\s*\(/,
  },
  { family: 'Ruby', library: /\bOAuth2::/, call: /\.\s*refresh!/ },
  { family: 'C#', library: /\bIdentityModel\b/, call: /\.\s*RequestRefreshTokenAsync\s*\(/ },
  { family: 'PHP', library: /OAuth2\\Client/, call: /\bgetAccessToken\s*\(\s*["']refresh_token["']/ },
];

/** `call`: what the answer comes from. */
export function libraryRefreshes({
  code,
  language,
}: Pick<Source, 'code' | 'language'>): Array<{ offset: number; form: string; call: RegExp }> {
  return refreshCalls
    .filter(({ family, library }) => languageFamily(language) === family && library.test(code))
    .flatMap(({ call }) =>
      [...code.matchAll(new RegExp(call, 'g'))].map(({ 0: text, index }) => ({
        offset: index,
        form: text.replace(/[\s.]|\([^]*$/g, ''),
        call,
      }))
    );
}

/** Clients of Python and Node libraries for any vendor; only those of Salesforce count. `all`: the files of the place. */
export function libraryClients(file: Source, all: Others): LibraryClient[] {
  if (file.language === 'Python') return pythonSessions(file, all);
  return /^(?:JavaScript|TypeScript)$/.test(file.language) ? passportRefreshes(file) : [];
}

/**
 * requests-oauthlib hands the new token to `token_updater`, or throws it as TokenUpdated; Authlib hands it to
 * `update_token`. https://requests-oauthlib.readthedocs.io/en/latest/oauth2_workflow.html#refreshing-tokens
 */
function pythonSessions(file: Source, all: Others): LibraryClient[] {
  const { code, endpointAt } = file;
  return [...code.matchAll(/\b(?:Async)?OAuth2(?:Session|Client)\s*(?=\()/g)].flatMap(({ 0: text, index }) => {
    const start = index + text.length;
    const given = code.slice(start, closing(code, start));
    const refreshes = /\bauto_refresh_url\s*=|\btoken_endpoint\s*=/.test(given);
    if (!refreshes || endpointAt(index) !== 'salesforce') return [];
    return [{ offset: index, form: text.trim(), keeps: keptBySession(given, file, all) }];
  });
}

function keptBySession(given: string, file: Source, all: Others): YesNoUnknown {
  const [updater, parameter, body = '', name] =
    /\b(?:token_updater|update_token)\s*=\s*(?!None\b)(?:lambda\s+(\w+)[^:\n]{0,100}:([^\n]{0,500})|([\w.]+))?/.exec(
      given
    ) ?? [];
  // A function without a name that does not use the token keeps none.
  if (parameter !== undefined) return new RegExp(`\\b${parameter}\\b`).test(withoutLogs(body)) ? 'yes' : 'no';
  if (updater !== undefined) return name === undefined ? 'unknown' : keptByCallback(name, 0, file, all);
  if (/\*\*\w/.test(given)) return 'unknown';
  if (/\bauto_refresh_url\s*=/.test(given)) {
    if (takesThrown(file.code)) return 'yes';
    // Which session throws what another file catches is not shown.
    return all.some((one) => takesThrown(one.code)) ? 'unknown' : 'no';
  }
  // Authlib refreshes only a session that was given a token.
  return /\btoken\s*=|\bleeway\s*=/.test(given) ? 'no' : 'unknown';
}

/** `except TokenUpdated as e: save(e.token)`. */
function takesThrown(code: string): boolean {
  const caught = code.matchAll(/\bexcept\b[^:\n]{0,200}\bTokenUpdated\b[^:\n]{0,100}?\bas\s+(\w+)/g);
  return [...caught].some(([, name = '']) => new RegExp(`\\b${name}\\.token\\b`).test(code));
}

/** passport-oauth2-refresh: the callback gets the error, the access token and the refresh token. */
function passportRefreshes({ code, endpointAt }: Source): LibraryClient[] {
  return [...code.matchAll(/\brequestNewAccessToken\s*(?=\()/g)].flatMap(({ 0: text, index }) => {
    const start = index + text.length;
    const given = code.slice(start + 1, closing(code, start));
    const isOurs = /^\s*["'`](?:salesforce|forcedotcom)[\w-]*["'`]/i.test(given) || endpointAt(index) === 'salesforce';
    return isOurs ? [{ offset: index, form: text.trim(), keeps: keptByPassport(given) }] : [];
  });
}

function keptByPassport(given: string): YesNoUnknown {
  const [head, written, arrow] =
    /(?:\bfunction\s{0,40}\w{0,100}\s{0,40}\(([^()]{0,1000})\)|\(([^()]{0,1000})\)\s{0,40}(?::[^={]{1,40})?=>)/.exec(
      given
    ) ?? [];
  if (head === undefined) return 'unknown';
  const [, , third] = (written ?? arrow ?? '').split(',').map((one) => /^\s*(\w+)/.exec(one)?.[1]);
  if (third === undefined) return 'no';
  const body = withoutLogs(given.slice(given.indexOf(head) + head.length));
  return new RegExp(`(?<![\\w$.])${third}(?![\\w$])`).test(body) ? 'yes' : 'no';
}
