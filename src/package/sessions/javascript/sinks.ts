import { foreignHost } from '../../../salesforce/sessionIds.js';
import { useOfRequest } from '../requestUse.js';
import { addressOfPage, worst, type Use } from '../sinks.js';
import { HOLE, ORG } from './values.js';

/** What a request is made of; in a text, a hole is what is not known. */
type ScriptRequest = {
  endpoints: Iterable<string>;
  methods: Iterable<string>;
  /** Literals of the body and of the address. */
  words: Iterable<string>;
};

/** What a request that carries a session id does: the worst of what it may do. */
export function requestUse({ endpoints, methods, words }: ScriptRequest): Use {
  const verbs = [...methods].map(asWritten);
  const texts = [...words].map(asWritten);
  const uses = [...endpoints].map((endpoint) => {
    const { host, own, path } = partsOf(endpoint);
    // As Apex writes it: the sign of the org before the path, or the host.
    const start = host !== undefined ? `https://${host}` : own ? '⌂' : '…';
    return useOfRequest(
      { endpoint: start + asWritten(path), methods: verbs, texts: [...texts, asWritten(endpoint)] },
      NO_CREDENTIALS
    );
  });
  return worst(uses) ?? unknownAddress;
}

const unknownAddress: Use = { to: 'unknown', what: 'a request whose address could not be followed' };
const NO_CREDENTIALS: ReadonlyMap<string, string> = new Map();
const asWritten = (text: string): string => text.replaceAll(HOLE, '…').replaceAll(ORG, '⌂');

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

/** The host that an address with a session id leads to; `undefined`: none of another is written down. */
export const scriptHost = (texts: Iterable<string>): string | undefined =>
  [...texts].map((text) => foreignIn(text)).find((one) => one !== undefined);

const foreignIn = (text: string): string | undefined =>
  /^(?:(?:https?|wss?):)?\/\//i.test(text)
    ? partsOf(text).host
    : // Text of a page: `<iframe src="https://…`.
      foreignHost(text);

/** An address that a browser opens, or a picture that it loads. */
export const addressUse = (texts: Iterable<string>): Use => addressOfPage(scriptHost(texts));

/** Calls that hand back what they were given, and send it nowhere. */
export const isTransform = (name: string): boolean =>
  /(?:^|\.)(?:String|(?:en|de)codeURI(?:Component)?|escape|unescape|btoa|atob|parse|stringify|assign|freeze|entries|keys|values|all|resolve|getCallback|enqueueAction|setCallback|bind|push|unshift|append|appendChild|set|isEmpty|isBlank|isUndefinedOrNull|param|toString|trim|trimEnd|trimStart|toLowerCase|toUpperCase|concat|join|replace|replaceAll|split|slice|substring|substr|find|filter|map|forEach|reduce|pop|shift|at|exec|match|matchAll|get|then|catch|finally|serialize|createElement|querySelector|getElementById)$/.test(
    name
  );
/** Calls whose result says whether, or how much, and nothing of the text itself. */
export const isQuestion = (name: string): boolean =>
  /(?:^|\.)(?:test|includes|startsWith|endsWith|indexOf|lastIndexOf|search|isEmpty|isBlank|isUndefinedOrNull|Boolean|has|hasOwnProperty|every|some|localeCompare)$/.test(
    name
  );
export const isContainer = (name: string): boolean =>
  /(?:^|\.)(?:Headers|FormData|URLSearchParams|URL|Request|Promise|Map|Set|Array|Object|String|RegExp|Error|Blob)$/.test(
    name
  );

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
