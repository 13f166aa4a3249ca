import type { YesNoUnknown, AuthorizationRequest, TokenRefresh } from '../../facts.js';
import { endpointsIn, type Addresses, type Endpoint } from '../destination.js';
import { languageFamily, type Language } from '../languages.js';
import type { Form } from '../forms/form.js';
import { forms, laterGrants } from '../libraryCalls.js';
import { parametersIn } from '../oauthParameters.js';
import { closing, statementEnd } from '../../parsing/brackets.js';
import { AnswerFlow, sendsRequest, withoutLogs, type AnswerUse } from './answer.js';
import { keptByCallback } from './callbacks.js';
import { mentionsChallenge, sendsChallenge } from './challenge.js';
import { libraryClients, libraryRefreshes } from './libraryClients.js';
import { challengeOptions, isStrategyOfAnother } from './libraryOptions.js';
import { leadsElsewhere } from './otherVendors.js';
import { redirectIn } from './redirect.js';
import { functionAt, functionsIn, type NamedFunction } from './functions.js';

/** A file without its comments. */
export type TokenFile = {
  path: string;
  code: string;
  language: Language | 'other';
  lineAt: (offset: number) => number;
};
type FoundRequests<T> = Omit<T, 'in' | 'folder' | 'subject' | 'at'> & { path: string; line: number };
type RequestLists = {
  refreshes: ReadonlyArray<FoundRequests<TokenRefresh>>;
  authorizations: ReadonlyArray<FoundRequests<AuthorizationRequest>>;
};

/** Callers are followed so far, and so many of them at each step. */
const MOST_LEVELS = 3;
const MOST_CALLERS = 20;

/** Languages whose code is followed; in others a request is found, and its answer is not understood. */
const followed = /^(?:JavaScript|TypeScript|markup|Python|Java|Kotlin|Ruby|Go|C#|Apex)$/;
const locks =
  /\b(?:mutex\w*|semaphore\w*|runExclusive|synchronized|synchronize|withLock|with_lock|redlock|navigator\.locks|single_?flight|in_?flight\w*|pg_advisory\w*|advisory_lock|FOR\s+UPDATE|select_for_update|Interlocked|WaitAsync|tryLock|filelock|lockfile|isRefreshing|refresh(?:ing)?_?(?:Promise|InProgress)|pending_?Refresh\w*|computeIfAbsent)\b|\block(?:file)?\w*\s*\(|(?<![bc])lock\b\s*(?:\(|\.|:|\))|\bMu(?:tex)?\b|\.\s*Lock\s*\(|\bmu\.Lock/i;
const parallel =
  /\bPromise\.all(?:Settled)?\s*\(|\basyncio\.gather\s*\(|\bThreadPoolExecutor\b|\bTask\.WhenAll\s*\(|\bparallelStream\s*\(|\bgo\s+func\b|\bThread\.new\b|\bParallel\.\w+\s*\(/;
const handedIn = /\.\.\.\s*\w|\*\*\w|Object\.assign|\bmerge\(|\bextra\w*|putAll\(/;

type Cut = TokenFile & { functions: readonly NamedFunction[]; endpointAt: (offset: number) => Endpoint };
/** `seed`: what the answer comes from, where that is not a request. */
type Site = { file: Cut; offset: number; form: string; endpoint: Endpoint; seed?: RegExp };
/** A function, and where the answer comes from in it. */
type Visit = { file: Cut; body: NamedFunction; seed?: RegExp };

/** What is in a text that itself refreshes a token or asks for a code, or takes what a library refreshed. */
const ownRequest =
  /grant[-_]?type|response[-_]?type|refresh_?token|jsforce|oauthlib|OAuth2(?:Session|Client)|TokenUpdated|requestNewAccessToken|simple-oauth2|client-oauth2|openid-client|oauth4webapi|OAuth2::|OAuth2\\Client|IdentityModel/i;

/**
 * Whether a text may refresh a token or ask for an authorization code. Where no text of a body of code may,
 * `TokenRequests` finds nothing: asked first, this spares the search for comments and functions.
 */
export function mayRequest(text: string, language: TokenFile['language']): boolean {
  return ownRequest.test(text) || authorizationForms(text, language).length > 0;
}

/** The calls of libraries that ask for a code, as far as the text names the library. */
function authorizationForms(text: string, language: TokenFile['language']): Form[] {
  return forms.filter(
    ({ flow, languages, with: guards }) =>
      flow === 'authorization-code' &&
      languages !== 'all' &&
      languages.includes(language as Language) &&
      [guards].flat().every((guard) => guard.test(text))
  );
}

/** Every refresh of a token and every authorization request of one body of code. */
export class TokenRequests {
  private readonly files: readonly Cut[];

  public constructor(
    files: readonly TokenFile[],
    addresses: Addresses,
    private readonly texts: ReadonlyMap<string, string>
  ) {
    this.files = files.map((file) => ({
      ...file,
      functions: functionsIn(file.code, file.language),
      endpointAt: endpointOf(file, addresses),
    }));
  }

  public all(): RequestLists {
    return {
      refreshes: this.files.flatMap((file) => [
        ...this.refreshSites(file).map((site) => this.refresh(site)),
        ...this.clientsOf(file),
      ]),
      authorizations: this.files.flatMap((file) =>
        this.authorizationSites(file).map((site) => this.authorization(site))
      ),
    };
  }

  private refreshSites(file: Cut): Site[] {
    const { code, language, endpointAt } = file;
    const parameters = parametersIn(code, language as Language, this.texts)
      .filter(({ name }) => name === 'grant_type')
      .flatMap(({ offset, value }): Site[] => {
        if (value !== undefined && !(laterGrants.test(value) && value.includes('refresh'))) return [];
        // A grant that is chosen elsewhere is one of a refresh where the code around it names a refresh token.
        if (value === undefined && !/refresh_?token/i.test(code.slice(Math.max(0, offset - 400), offset + 400)))
          return [];
        const endpoint = value === undefined && endpointAt(offset) !== 'another' ? 'none' : endpointAt(offset);
        return [{ file, offset, form: value === undefined ? 'grant_type' : `grant_type=${value}`, endpoint }];
      });
    const calls = /jsforce/i.test(code) ? [...code.matchAll(/\boauth2?\w*\s*\.\s*refreshToken\s*\(/gi)] : [];
    // The session of requests-oauthlib and Authlib sends the request, and returns the complete answer.
    const sessions =
      /\bOAuth2(?:Session|Client)\b/.test(code) && language === 'Python' ? /\.\s*refresh_token\s*\(/g : undefined;
    // oauthlib writes the request, and the code sends it.
    const written = language === 'Python' && /\boauthlib\b/.test(code) ? /\.\s*prepare_refresh_\w+\s*\(/g : undefined;
    const refreshed = [sessions, written].flatMap((pattern) => (pattern ? [...code.matchAll(pattern)] : []));
    return [
      ...parameters.filter(({ endpoint }) => endpoint !== 'another'),
      ...calls.map(({ index }): Site => ({
        file,
        offset: index,
        form: 'oauth2.refreshToken()',
        endpoint: 'salesforce',
      })),
      ...libraryRefreshes(file).flatMap(({ offset, form, call }): Site[] =>
        endpointAt(offset) === 'salesforce' ? [{ file, offset, form, endpoint: 'salesforce', seed: call }] : []
      ),
      ...refreshed.flatMap(({ 0: text, index }): Site[] =>
        endpointAt(index) === 'salesforce'
          ? [{ file, offset: index, form: `${text.replace(/[\s.(]/g, '')}()`, endpoint: 'salesforce' }]
          : []
      ),
    ];
  }

  private refresh({ file, offset, form, endpoint, seed }: Site): FoundRequests<TokenRefresh> {
    const at = { path: file.path, line: file.lineAt(offset), language: file.language, form };
    const body = functionAt(file.functions, offset) ?? whole(file);
    const visited: Visit[] = [];
    const kept = this.isKept(seed === undefined ? { file, body } : { file, body, seed }, 0, visited);
    const sure = this.isSure(endpoint, visited) && followed.test(file.language);
    const keepsRotatedToken = kept === 'no' && !sure ? 'unknown' : kept;
    const guarded = guardOf(visited);
    return { ...at, keepsRotatedToken, guarded: guarded === 'no' && !sure ? 'unknown' : guarded };
  }

  /** A function that only writes the request leaves it to its callers where it goes. */
  private isSure(endpoint: Endpoint, visited: readonly Visit[]): boolean {
    const callers = visited.slice(1);
    return (
      endpoint === 'salesforce' ||
      (endpoint === 'none' &&
        callers.length > 0 &&
        callers.every(({ file, body }) => file.endpointAt(body.body) === 'salesforce'))
    );
  }

  /** Whether a function, or what it returns the answer to, keeps the token. */
  private isKept(visit: Visit, level: number, visited: Visit[]): YesNoUnknown {
    const { file, body, seed } = visit;
    visited.push(visit);
    const text = file.code.slice(body.body, body.end);
    if (seed === undefined && !sendsRequest(text) && level < MOST_LEVELS)
      return this.inCallers(visit, 'written', level, visited);
    const use = new AnswerFlow(text, seed).use();
    if (use === 'kept') {
      this.callersOf(visit)
        .slice(0, MOST_CALLERS)
        .forEach((caller) => visited.push(caller));
      return 'yes';
    }
    if (use === 'dropped') return 'no';
    if (use === 'handed' || level >= MOST_LEVELS) return 'unknown';
    return this.inCallers(visit, use, level, visited);
  }

  /** `written`: the function only writes the request, and its callers send it. */
  private inCallers(visit: Visit, use: AnswerUse | 'written', level: number, visited: Visit[]): YesNoUnknown {
    const found = this.callersOf(visit);
    const callers = use === 'written' ? found.map(({ file, body }) => ({ file, body })) : found;
    if (callers.length === 0 || callers.length > MOST_CALLERS) return 'unknown';
    const answers = callers.map((caller) => this.isKept(caller, level + 1, visited));
    if (answers.every((answer) => answer === 'yes')) return 'yes';
    // Two functions of one name: the call may be one of the other.
    const definitions = this.files.flatMap(({ functions }) => functions.filter(({ name }) => name === visit.body.name));
    const isKnown = use !== 'none' || definitions.length === 1;
    return isKnown && definitions.length === 1 && answers.some((answer) => answer === 'no') ? 'no' : 'unknown';
  }

  private callersOf({ file, body }: Visit): Visit[] {
    const { name } = body;
    if (name.length < 4) return [];
    const call = new RegExp(`(?<![\\w$])${name.replace(/[$?!]/g, '\\$&')}(?![\\w$])\\s*(?:\\(|$|\\n)`);
    return this.files
      .filter(({ language }) => languageFamily(language) === languageFamily(file.language))
      .flatMap((other) =>
        [...other.code.matchAll(new RegExp(call, 'g'))].flatMap(({ index }): Visit[] => {
          const caller = functionAt(other.functions, index);
          if (!caller || index < caller.body || (other === file && caller.body === body.body)) return [];
          if (/\b(?:def|func|fun|function)\s+(?:self\.)?$/.test(other.code.slice(Math.max(0, index - 20), index)))
            return [];
          return other.functions.some(({ start }) => start === index)
            ? []
            : [{ file: other, body: caller, seed: call }];
        })
      );
  }

  /** Clients that refresh by themselves, and tell the code of it. */
  private clientsOf(file: Cut): Array<FoundRequests<TokenRefresh>> {
    const { code } = file;
    const restforce = file.language === 'Ruby' ? [...code.matchAll(/\bRestforce\.new\s*\(?/g)] : [];
    return [
      ...libraryClients(file, this.files).map(({ offset, form, keeps }) => this.client(file, offset, form, keeps)),
      ...refreshingConnections(code).map((index) =>
        this.client(file, index, 'jsforce Connection with a refresh token', this.onRefresh(file, index))
      ),
      ...restforce.flatMap(({ index }) => {
        const given = code.slice(index, statementEnd(code, index));
        const callback = /\bauthentication_callback\b/.test(given);
        const kept = callback ? callbackKeeps(given) : 'no';
        return /\brefresh_token\b/.test(given)
          ? [this.client(file, index, 'Restforce with a refresh token', kept)]
          : [];
      }),
    ];
  }

  private client(
    file: Cut,
    offset: number,
    form: string,
    keepsRotatedToken: YesNoUnknown
  ): FoundRequests<TokenRefresh> {
    const body = functionAt(file.functions, offset) ?? whole(file);
    // A connection of jsforce waits for a refresh that is under way.
    const guarded = form.startsWith('jsforce') ? 'yes' : guardOf([{ file, body }]);
    return { path: file.path, line: file.lineAt(offset), language: file.language, form, keepsRotatedToken, guarded };
  }

  /** `connection.on('refresh', (accessToken, answer) => …)` of jsforce, for the connection that is made at an offset. */
  private onRefresh(file: Cut, offset: number): YesNoUnknown {
    const own = refreshHandlers(file.code);
    if (refreshingConnections(file.code).length > 1 && own.length > 0) return this.onRefreshOfOne(file, offset, own);
    const kept = own.map((one) => this.keptBy(one, file));
    const others = this.files.filter((one) => one !== file);
    const elsewhere = others.flatMap((one) => refreshHandlers(one.code).map((handler) => this.keptBy(handler, one)));
    if (kept.includes('yes')) return 'yes';
    // A handler in another file is for sure of this connection only where no other file has one.
    if (elsewhere.includes('yes'))
      return others.some(({ code }) => refreshingConnections(code).length > 0) ? 'unknown' : 'yes';
    return [...kept, ...elsewhere].every((answer) => answer === 'no') ? 'no' : 'unknown';
  }

  /** The answer is the second value that jsforce gives a handler. */
  private keptBy({ handler }: Handler, file: Cut): YesNoUnknown {
    return keptByCallback(handler, 1, file, this.files);
  }

  /** One of several connections of a file: the handler that is set on its variable, or on itself. */
  private onRefreshOfOne(file: Cut, offset: number, handlers: readonly Handler[]): YesNoUnknown {
    const place = functionAt(file.functions, offset)?.body;
    const made = variableOf(file.code, offset);
    const end = closing(file.code, file.code.indexOf('(', offset)) + 1;
    const own = handlers.filter(
      ({ on, at }) => at === end || (on !== '' && on === made && functionAt(file.functions, at)?.body === place)
    );
    const kept = own.map((one) => this.keptBy(one, file));
    if (kept.includes('yes')) return 'yes';
    if (kept.length > 0) return kept.every((answer) => answer === 'no') ? 'no' : 'unknown';
    // Each of the others belongs to another connection, or to whatever is handed to its function.
    const places = refreshingConnections(file.code).map((one) => ({
      name: variableOf(file.code, one),
      place: functionAt(file.functions, one)?.body,
      end: closing(file.code, file.code.indexOf('(', one)) + 1,
    }));
    const isOfAnother = ({ on, at }: Handler): boolean =>
      places.some((one) => one.end === at || (one.name === on && one.place === functionAt(file.functions, at)?.body));
    return handlers.every(isOfAnother) ? 'no' : 'unknown';
  }

  private authorizationSites(file: Cut): Site[] {
    const { code, language, endpointAt } = file;
    const parameters = parametersIn(code, language as Language, this.texts)
      .filter(({ name }) => name === 'response_type')
      .filter(({ offset, value }) =>
        // A type that is handed in is one of an authorization request where the code around it sends users back.
        value === undefined
          ? /redirect_?ur[il]/i.test(code.slice(Math.max(0, offset - 400), offset + 400))
          : /^code\b/.test(value)
      )
      .map(({ offset, value }) => {
        const form = value === undefined ? 'response_type' : 'response_type=code';
        return { file, offset, form, endpoint: endpointAt(offset) };
      });
    const calls = authorizationForms(code, language).flatMap((form) =>
      [...code.matchAll(form.pattern)]
        .filter(({ 0: text }) => /ur[il]\b|authori[sz]e|AuthCodeURL|Strategy|Provider|Salesforce/i.test(text))
        .filter(({ 0: text }) => !isStrategyOfAnother(code, text.split('(', 1)[0]?.trim() ?? ''))
        .map(({ 0: text, index }): Site => ({
          file,
          offset: index,
          form: text
            .replace(/(?<!\s)\s*[({][^]*$/, '')
            .replace(/^[.\s]+/, '')
            .slice(0, 60),
          endpoint: form.anyVendor === true ? endpointAt(index) : 'salesforce',
        }))
    );
    return [...parameters, ...calls].filter(({ endpoint }) => endpoint !== 'another');
  }

  private authorization({ file, offset, form, endpoint }: Site): FoundRequests<AuthorizationRequest> {
    const body = functionAt(file.functions, offset) ?? whole(file);
    // Only what goes to Salesforce shows a callback of the app.
    const redirect = endpoint === 'salesforce' ? redirectIn(file.code, body, offset) : undefined;
    const at = {
      path: file.path,
      line: file.lineAt(offset),
      language: file.language,
      form,
      ...(redirect === undefined ? {} : { redirect }),
    };
    const isWritten = form === 'response_type=code' && !isHandedIn(file.code, body, offset);
    const options = isWritten ? undefined : challengeOptions({ ...file, offset, form });
    const sends = options === undefined ? this.hasChallenge({ file, body }, isWritten) : sendsChallenge(options);
    if (sends) return { ...at, challenge: 'yes' };
    const isShown = isWritten || options !== undefined;
    const places = [{ file, body }, ...(isWritten ? this.callersOf({ file, body }) : [])];
    const sure = this.isSure(endpoint, places) && followed.test(file.language) && isShown;
    return { ...at, challenge: sure && !mentionsChallenge(file.code) ? 'no' : 'unknown' };
  }

  /**
   * A request that is written out has it in its function or in every one that calls it. One of a library, or with
   * parameters that are handed in, may have it from elsewhere in the file.
   */
  private hasChallenge(visit: Visit, isWritten: boolean): boolean {
    const { file, body } = visit;
    if (sendsChallenge(file.code.slice(body.start, body.end))) return true;
    if (!isWritten) return sendsChallenge(file.code);
    const callers = this.callersOf(visit);
    return (
      callers.length > 0 &&
      callers.every((caller) => sendsChallenge(caller.file.code.slice(caller.body.start, caller.body.end)))
    );
  }
}

function endpointOf({ code, lineAt }: TokenFile, addresses: Addresses): (offset: number) => Endpoint {
  const shown = endpointsIn(code, lineAt, addresses);
  const open = leadsElsewhere(code, addresses.others ?? new Set()) ? 'another' : 'none';
  return (offset) => {
    const endpoint = shown(offset);
    return endpoint === 'none' ? open : endpoint;
  };
}

/** Whether parameters may come from elsewhere: next to an address that is written down, or anywhere around the request. */
function isHandedIn(code: string, body: NamedFunction, offset: number): boolean {
  const isAddress = /[?&]$/.test(code.slice(Math.max(0, offset - 1), offset));
  const most = isAddress ? 200 : 2000;
  const around = code.slice(Math.max(body.start, offset - most), Math.min(body.end, offset + most));
  if (!isAddress) return handedIn.test(around);
  const before = around.slice(0, offset - Math.max(body.start, offset - most));
  const start = before.lastIndexOf('\n', before.lastIndexOf('\n') - 1) + 1;
  return (
    handedIn.test(around.slice(start)) ||
    /&(?:\$\{|%[sv]|["'`]\s{0,20}[+.]\s{0,20}[A-Za-z_$])/.test(around.slice(start))
  );
}

/** A lock anywhere on the way to the request; without one only code that shows two requests at a time proves its lack. */
function guardOf(visited: readonly Visit[]): YesNoUnknown {
  const bodies = visited.map(({ file, body }) => file.code.slice(Math.max(0, body.start - 120), body.end));
  if (bodies.some((text) => locks.test(text))) return 'yes';
  const names = visited.map(({ body }) => body.name).filter((name) => name !== '');
  const refreshes = new RegExp(
    ['refresh_?token', ...names.map((name) => `(?<![\\w$])${name.replace(/[$?!]/g, '\\$&')}\\s*\\(`)].join('|'),
    'i'
  );
  return bodies.some((text) => parallelParts(text).some((part) => refreshes.test(part))) ? 'no' : 'unknown';
}

/** What a function starts in parallel. */
function parallelParts(text: string): string[] {
  return [...text.matchAll(new RegExp(parallel, 'g'))].map(({ 0: found, index }) => {
    const end = index + found.length;
    const open = found.endsWith('(') ? end - 1 : text.indexOf('{', end);
    // A pool of threads is started, and used later.
    const isPool = /Executor|parallelStream/.test(found) || open < 0;
    return text.slice(end, isPool ? text.length : closing(text, open));
  });
}

/** Where code makes a connection of jsforce that refreshes its token by itself. */
function refreshingConnections(code: string): number[] {
  const made = /jsforce/i.test(code) ? [...code.matchAll(/\bnew\s+(?:\w+\.)*Connection\s*(?=\()/g)] : [];
  return made.flatMap(({ 0: text, index }) => {
    const given = code.slice(index, closing(code, index + text.length));
    const refreshes = /\brefreshToken\b/.test(given) && /\boauth2\b/.test(given) && !/\brefreshFn\b/.test(given);
    return refreshes ? [index] : [];
  });
}

/** `on`: the variable whose event it handles; `at`: where the call goes on from. */
type Handler = { on: string; at: number; handler: string };

function refreshHandlers(code: string): Handler[] {
  return [
    ...code.matchAll(
      /(?<![\w$.])([\w$.]{0,80})\s{0,100}\.\s{0,20}on\s{0,20}\(\s{0,100}["'`]refresh["'`]\s{0,20},\s{0,100}/g
    ),
  ].map(({ 0: text, 1: on = '', index }) => ({
    on,
    at: index,
    handler: code.slice(index + text.length, closing(code, code.indexOf('(', index))),
  }));
}

/** The variable or member that what is made at an offset is given to. */
function variableOf(code: string, offset: number): string {
  const before = code.slice(Math.max(0, offset - 200), offset);
  return /([\w$.]{1,80})\s{0,20}(?::[^=;{}]{1,60})?=\s{0,20}(?:await\s{1,4})?$/.exec(before)?.[1] ?? '';
}

function callbackKeeps(given: string): YesNoUnknown {
  const [, callback = ''] = /authentication_callback["']?\s*(?::|=>)\s*([^]*)$/.exec(given) ?? [];
  if (/\brefresh_token\b/.test(withoutLogs(callback))) return 'yes';
  return /^(?:->|lambda|proc|Proc\.new)/.test(callback) ? 'no' : 'unknown';
}

function whole({ code }: TokenFile): NamedFunction {
  return { name: '', start: 0, body: 0, end: code.length };
}
