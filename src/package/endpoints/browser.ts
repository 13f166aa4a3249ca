import { hostOf } from '../../salesforce/endpoints.js';

/** An address in code of a browser; `undefined`: it is put together or handed in. */
type ClientSight = {
  url: string | undefined;
  offset: number;
  kind: 'request of a browser' | 'resource of a page';
};

const literal = /[`'"]((?:https?:|wss?:)?\/\/[^`'"\s]+)[`'"]/.source;
/** Calls that send; the address is the first argument, or the second after a method. */
const requests = new RegExp(
  `\\b(?:fetch|axios(?:\\.\\w+)?|ajax|getJSON|getScript|importScripts|sendBeacon|EventSource|WebSocket)\\s*\\(\\s*(?:\\{[^{}]*?\\burl\\s*:\\s*)?${literal}|\\.open\\s*\\(\\s*[\`'"]\\w+[\`'"]\\s*,\\s*${literal}|\\.src\\s*=\\s*${literal}`,
  'gi'
);
const sends = /\bfetch\s*\(|\bXMLHttpRequest\b|\baxios\b|\bWebSocket\s*\(|\bajax\s*\(|\bsendBeacon\s*\(/;
const named = new RegExp(`\\b(?=\\w*(?:endpoint|url|uri|host|domain|origin))\\w+['"]?\\s*[:=]\\s*${literal}`, 'gi');
const computed =
  /(?<![\w.])(?:window\.)?fetch\s*\(\s*(?!['"`]|Request\b)([\w.$]+)|\bfetch\s*\(\s*`\$\{|\bfetch\s*\(\s*`https?:\/\/[^`/]*\$\{/g;

const tag =
  /<(?:script|iframe|img|link|form|embed|object|video|audio|source|apex:includescript|apex:iframe|apex:stylesheet|apex:image|ltng:require)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>?/gi;
const attribute =
  /\b(?:src|href|action|value|url|data|scripts|styles)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\{[^}]*(?:\}|$)))/gi;
/** What a page computes may lead anywhere, unless it names a file of the package or a page of the org. */
const frame = /^<(?:iframe|apex:iframe|script|apex:includescript|form)\b/i;
const inPackage = /^\{!?\s*(?:URLFOR\s*\(\s*)?\$(?:Resource|Page|Site|Label|Action)\b/i;

/**
 * Addresses in code and markup that run in a browser. `own`: written for this package, so an address that is computed
 * says something; of a library in a static resource only what it spells out counts.
 */
export const sightsInClient = (code: string, own: boolean): ClientSight[] => {
  const request = (url: string | undefined, offset: number): ClientSight => ({
    url,
    offset,
    kind: 'request of a browser',
  });
  const sending = sends.test(code);
  const spelled = [...code.matchAll(requests), ...(own && sending ? code.matchAll(named) : [])].map((match) =>
    request(address(match[1] ?? match[2] ?? match[3] ?? ''), match.index)
  );
  const open = own
    ? [...code.matchAll(computed)]
        .filter(({ 1: name = '' }) => !isSpelled(name, code))
        .map(({ index }) => request(undefined, index))
    : [];
  return [...spelled, ...open, ...inMarkup(code, own)];
};

const address = (text: string): string | undefined => (hostOf(text) === undefined ? undefined : text);

/** Whether the value of a variable is an address that this file contains: it is found there. */
const isSpelled = (name: string, code: string): boolean => {
  const last = name.split('.').at(-1) ?? '';
  return last !== '' && new RegExp(`\\b${last.replaceAll('$', '\\$')}\\s*[:=]\\s*[\`'"](?:https?:)?/`).test(code);
};

const inMarkup = (code: string, own: boolean): ClientSight[] =>
  [...code.matchAll(tag)].flatMap(({ 0: all, 1: attributes = '', index: offset }) =>
    [...attributes.matchAll(attribute)].flatMap(([, double, single, braces]): ClientSight[] => {
      const value = (double ?? single ?? braces ?? '').trim();
      if (/^(?:https?:)?\/\//i.test(value)) return [{ url: address(value), offset, kind: 'resource of a page' }];
      const open = own && frame.test(all) && value.startsWith('{') && !inPackage.test(value);
      return open ? [{ url: undefined, offset, kind: 'resource of a page' }] : [];
    })
  );
