import type { AnyNode } from 'acorn';

/** A method of Apex that returns a session id to its caller: `Controller.getSessionId`, in lower case. */
export type SessionMethods = ReadonlySet<string>;

/**
 * Signs that take the place of merge fields in the scripts of a page, as long as the field so that every offset stays.
 * They are letters, so that the script parses inside and outside of quotation marks.
 */
export const SESSION_SIGN = '\u01c3';
export const UNKNOWN_SIGN = '\u01c0';
export const SERVER_SIGN = '\u01c1';

/** How a source is called that a method of Apex gives. */
export const exposedMethodSource = (method: string): string => `the Apex method ${method}`;

/** The window of the script, and those that it can reach. */
export const windows = /^(?:(?:window|self|top|parent|opener|globalThis)\.){1,9}/;

/** Sources that a script has by itself; the cookie counts where the script takes `sid` out of one. */
export const sourceNamed = (name: string, cookies: boolean): string | undefined => {
  const plain = name.replace(windows, '');
  const [found] = /^(?:sforce\.connection\.sessionId|__sfdcSessionId|document\.cookie)(?=\.|$)/.exec(plain) ?? [];
  return found === 'document.cookie' && !cookies ? undefined : found;
};

/** Whether a script may contain one of them: a test before it is parsed. */
export const maySource = (text: string): boolean =>
  /__sfdcSessionId\b|\bgetRESTAPISessionKey\b/.test(text) ||
  (/\bsforce\b/.test(text) && /\bsessionId\b/.test(text)) ||
  (/cookie/i.test(text) && /\bsid\b/.test(text));
/** A library that reads a cookie by its name: `Cookies.get('sid')`, `$.cookie('sid')`. */
export const readsCookie = (name: string): boolean =>
  /(?:^|\.)(?:cookies?(?:store)?(?:\.(?:get|getItem|read))?|(?:get|read)Cookie)$/i.test(name);
/** An API of the org, by its path: a script that names one may send a session id to it. */
export const namesApi = /\bservices\/(?:data|soap|async|apexrest)\b/i;
/** Words that mean a session id of Salesforce and nothing else, and so also count in a bundle. */
export const sureSource =
  /\bsforce\.connection\.sessionId\b(?!\s*=[^=])|\b__sfdcSessionId\b|\bgetRESTAPISessionKey\b|\bcookie\b[^\n]{0,300}?["'`;/\s]sid(?:=|["'`/])|["'`;/\s]sid(?:=|["'`/])[^\n]{0,300}?\bcookie\b/;
/** How a script takes the session id out of a cookie: `'sid'`, `'sid='`, `/sid=([^;]+)/`. */
export const takesSid = (node: AnyNode): boolean =>
  node.type === 'Literal' &&
  (node.regex
    ? /\bsid\b/.test(node.regex.pattern)
    : typeof node.value === 'string' && /^[;\s]*sid=?$/.test(node.value));

/** The Apex method that the name of a module leads to: `@salesforce/apex/ns.Controller.method`. */
export const apexImport = (module: string): string | undefined =>
  /^@salesforce\/apex(?:Continuation)?\/(?:\w+\.)?(\w+\.\w+)$/.exec(module)?.[1]?.toLowerCase();
