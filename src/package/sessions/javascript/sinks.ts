import { foreignHost, prohibitedMetadata, prohibitedMetadataIn } from '../../../salesforce/sessionIds.js';
import type { SessionUse } from '../../facts.js';
import { requestedApi, type Api } from '../apiPaths.js';
import { metadataUse, worst } from '../sinks.js';
import { HOLE, ORG } from './values.js';

export type Use = Pick<SessionUse, 'to' | 'what'>;

/** What a request is made of; in a text, a hole is what is not known. */
type ScriptRequest = {
  endpoints: Iterable<string>;
  methods: Iterable<string>;
  /** Literals of the body and of the address. */
  words: Iterable<string>;
};

/** What a request that carries a session id does: the worst of what it may do. */
export function requestUse({ endpoints, methods, words }: ScriptRequest): Use {
  const [all, verbs] = [[...words], [...methods]];
  return worst([...endpoints].map((endpoint) => endpointUse(endpoint, verbs, all))) ?? unknownAddress;
}

const unknownAddress: Use = { to: 'unknown', what: 'a request whose address could not be followed' };

const endpointUse = (endpoint: string, methods: readonly string[], words: readonly string[]): Use => {
  const { host, own, path } = partsOf(endpoint);
  if (host !== undefined) return { to: 'third-party', what: `a request to ${host}` };
  const { api, object } = apiOf(path);
  const writes = methods.some((method) => /^(?:post|put|patch|delete)$/i.test(method) || method.includes(HOLE));
  if (api === 'metadata') return metadataUse([...words, endpoint], 'a request to the Metadata API');
  const changed = writes || api === 'tooling-soap' ? changedType(object, words, api !== 'data') : undefined;
  if (changed !== undefined && api !== 'unknown') {
    return { to: 'prohibited', what: `a change of ${changed} through the ${api === 'data' ? 'REST' : 'Tooling'} API` };
  }
  if (api === 'tooling' || api === 'tooling-soap' || (api === 'composite' && namesTooling(words))) {
    return writes || api === 'tooling-soap'
      ? { to: 'tooling-write', what: 'a request to the Tooling API that can change something' }
      : { to: 'tooling-query', what: 'a query of the Tooling API' };
  }
  if (api === 'named-credentials') {
    return writes
      ? { to: 'prohibited', what: 'a change of named credentials through the Connect API' }
      : { to: 'unknown', what: 'a request to the Connect API for named credentials' };
  }
  if (api === 'data' || api === 'composite') {
    return own ? { to: 'data', what: 'a request to a data API of the org' } : unknownAddress;
  }
  return unknownAddress;
};

const namesTooling = (words: readonly string[]): boolean => words.some((word) => /\/tooling\//i.test(word));

/** Metadata that no session id may write. */
const changedType = (object: string | undefined, words: readonly string[], inBody: boolean): string | undefined =>
  (object === undefined ? undefined : forbiddenType(object)) ??
  (inBody ? words.map(forbiddenIn).find((one) => one !== undefined) : undefined);

export const forbiddenType = (name: string): string | undefined =>
  /^Apex(?:Class|Trigger)(?:Member)?$/i.test(name) ? name : prohibitedMetadata(name);

const forbiddenIn = (text: string): string | undefined =>
  prohibitedMetadata(text) ??
  prohibitedMetadataIn(text) ??
  /\/sobjects\/(Apex(?:Class|Trigger)(?:Member)?)\b/i.exec(text)?.[1];

type Parts = { host?: string; own: boolean; path: string };

/** The host of another, whether the address is one of the org itself, and the path. */
const partsOf = (endpoint: string): Parts => {
  const text = endpoint.replaceAll(new RegExp(`${ORG}(?::?//)?${ORG}`, 'g'), ORG);
  const [, host, path = ''] = /^(?:(?:https?|wss?):)?\/\/([^/?#]*)([^]*)$/i.exec(text) ?? [];
  if (host === undefined) {
    const own = text.startsWith('/') || text.startsWith(ORG) || /^services\//i.test(text);
    return { own, path: text.slice(text.search(/\/|services\//i) < 0 ? text.length : text.search(/\/|services\//i)) };
  }
  if (host.includes(ORG)) return { own: true, path };
  const literal = host.slice(host.lastIndexOf(HOLE) + 1).replace(/^[^.]*\./, host.includes(HOLE) ? '' : '$&');
  // `https://${myDomain}.my.salesforce.com` is the address of whichever org the code runs for.
  if (host.includes(HOLE) && /(?:^|\.)(?:salesforce|force)\.com$/i.test(literal)) return { own: true, path };
  const foreign = foreignHost(`https://${literal}`);
  return foreign === undefined
    ? { own: host !== '' && !host.includes(HOLE), path }
    : { host: foreign, own: false, path };
};

/** The API behind a path, and the object that it names. */
const apiOf = (whole: string): { api: Api; object?: string } => {
  const path = whole.replaceAll(HOLE, '…');
  const [, object] = /\/sobjects\/(\w+)/i.exec(path) ?? [];
  return { api: requestedApi(path), ...(object === undefined ? {} : { object }) };
};

/** The host that an address with a session id leads to; `undefined`: none of another is written down. */
export const scriptHost = (texts: Iterable<string>): string | undefined =>
  [...texts].map((text) => foreignIn(text)).find((one) => one !== undefined);

const foreignIn = (text: string): string | undefined =>
  /^(?:(?:https?|wss?):)?\/\//i.test(text)
    ? partsOf(text).host
    : // Text of a page: `<iframe src="https://…`.
      foreignHost(text);

/** An address that a browser opens, or a picture that it loads. */
export const addressUse = (texts: Iterable<string>): Use => {
  const host = scriptHost(texts);
  return host === undefined
    ? { to: 'unknown', what: 'the address of a page' }
    : { to: 'third-party', what: `an address at ${host}` };
};

/** Calls that hand back what they were given, and send it nowhere. */
const transforms =
  /(?:^|\.)(?:String|(?:en|de)codeURI(?:Component)?|escape|unescape|btoa|atob|parse|stringify|assign|freeze|entries|keys|values|all|resolve|getCallback|enqueueAction|setCallback|bind|push|unshift|append|appendChild|set|isEmpty|isBlank|isUndefinedOrNull|param|toString|trim|trimEnd|trimStart|toLowerCase|toUpperCase|concat|join|replace|replaceAll|split|slice|substring|substr|find|filter|map|forEach|reduce|pop|shift|at|exec|match|matchAll|get|then|catch|finally|serialize|createElement|querySelector|getElementById)$/;
export const isTransform = (name: string): boolean => transforms.test(name);
/** Calls whose result says whether, or how much, and nothing of the text itself. */
const questions =
  /(?:^|\.)(?:test|includes|startsWith|endsWith|indexOf|lastIndexOf|search|isEmpty|isBlank|isUndefinedOrNull|Boolean|has|hasOwnProperty|every|some|localeCompare)$/;
export const isQuestion = (name: string): boolean => questions.test(name);
const containers =
  /(?:^|\.)(?:Headers|FormData|URLSearchParams|URL|Request|Promise|Map|Set|Array|Object|String|RegExp|Error|Blob)$/;
export const isContainer = (name: string): boolean => containers.test(name);

/** Calls that send a request, by the name of what is called, and the method that the name gives. */
export const requestCall = (name: string): { method?: string } | undefined => {
  const plain = name.replace(/^(?:window|self|top|parent|globalThis)\./, '');
  if (/(?:^|\.)(?:fetch|axios|sendBeacon|WebSocket|EventSource|importScripts|request)$/.test(plain)) {
    return /^(?:fetch|axios|node-fetch|cross-fetch|navigator\.sendBeacon|WebSocket|EventSource|importScripts|request|superagent|got|ky|needle)\b/.test(
      plain
    )
      ? {}
      : undefined;
  }
  if (
    /^(?:\$j?|j\$|jQuery)(?:\.noConflict\(\))?\.ajax$|^axios(?:\.create\(\))?\.request$|\.cometd\.(?:init|configure)$/.test(
      plain
    )
  )
    return {};
  const [, verb] =
    /^(?:axios(?:\.create\(\))?|(?:\$j?|j\$|jQuery)(?:\.noConflict\(\))?|\??\$http|superagent|request|got|ky|https?)\.(get|post|put|patch|delete|getJSON|load|getScript)$/.exec(
      plain
    ) ?? [];
  if (verb === undefined) return undefined;
  return { method: /^(?:getJSON|load|getScript)$/.test(verb) ? 'get' : verb };
};

export const opensAddress = /(?:^|window\.)open$|(?:^|\.)location\.(?:assign|replace)$|\.navigateTo(?:URL)?$/;
export const isAddress = /^(?:location|href|src|action|innerHTML|outerHTML|srcdoc)$/;
