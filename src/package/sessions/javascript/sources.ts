import type { AnyNode, Expression, Super } from 'acorn';

/** A method of Apex that gives a session id to whoever asks: `Controller.getSessionId`, in lower case. */
export type Givers = ReadonlySet<string>;

/** What a name with dots says: `window.sforce.connection`; `''`: it is computed. */
export const dotted = (node: Expression | Super | AnyNode): string => {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'ChainExpression') return dotted(node.expression);
  if (node.type !== 'MemberExpression') return '';
  const [of, name] = [dotted(node.object), memberName(node)];
  return of === '' || name === undefined ? '' : `${of}.${name}`;
};

/** The name of a member; `undefined`: it is computed, or a number. */
export const memberName = ({
  property,
  computed,
}: Extract<AnyNode, { type: 'MemberExpression' }>): string | undefined => {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
};

/** Sources that a script holds by itself; the cookie counts where the script takes `sid` out of one. */
export const sourceNamed = (name: string, cookies: boolean): string | undefined => {
  const plain = name.replace(/^(?:window|self|top|parent|globalThis)\./, '');
  const [found] = /^(?:sforce\.connection\.sessionId|__sfdcSessionId|document\.cookie)(?=\.|$)/.exec(plain) ?? [];
  return found === 'document.cookie' && !cookies ? undefined : found;
};

/** Whether a script may hold one of them: a look before it is parsed. */
export const maySource = (text: string): boolean =>
  /\bsforce\s*\.\s*connection\s*\.\s*sessionId\b|__sfdcSessionId\b/.test(text) ||
  (/\bdocument\s*\.\s*cookie\b/.test(text) && /\bsid\b/.test(text));
/** Words that stand for a session id of Salesforce alone, and so count in a bundle, too. */
export const sureSource = /\bsforce\.connection\.sessionId\b(?!\s*=[^=])|\b__sfdcSessionId\b/;
/** How a script takes the session id out of a cookie: `'sid'`, `'sid='`, `/sid=([^;]+)/`. */
export const takesSid = (node: AnyNode): boolean =>
  node.type === 'Literal' &&
  (node.regex
    ? /\bsid\b/.test(node.regex.pattern)
    : typeof node.value === 'string' && /^[;\s]*sid=?$/.test(node.value));

/** The ways in which a script names a method of Apex. */
export const apexImport = (module: string): string | undefined =>
  /^@salesforce\/apex(?:Continuation)?\/(?:\w+\.)?(\w+\.\w+)$/.exec(module)?.[1]?.toLowerCase();
