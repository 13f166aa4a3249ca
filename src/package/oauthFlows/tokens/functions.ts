import { closing, statementEnd } from '../../parsing/brackets.js';
import type { Language } from '../languages.js';

/** A function with a name. Offsets count in the text of its file; `body` begins after its parameters. */
export type NamedFunction = { name: string; start: number; body: number; end: number };

/** Functions of one file at most: a generated file with more is not divided further, which leaves a gap. */
export const MOST_FUNCTIONS = 5000;

const notNames =
  /^(?:if|for|foreach|while|switch|catch|return|function|synchronized|lock|using|when|else|do|with|new|await|try|fixed|elsif|unless|until|super|async)$/;
/** `function a(`, `func (r *T) a(`, `fun a(`, `a = async (…) =>`, `a: x =>`, `Type a(…) {`. */
const heads: readonly RegExp[] = [
  /\b(?:function(?:\s*\*\s*|\s+)|func(?:\s*\([^()]*\))?\s+|fun(?:\s*<[^<>]*>)?\s+)(?:\w+\.)?([A-Za-z_$]\w*)\s*(?:<[^<>]*>\s*)?(?=\()/g,
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*(?::[^=;{}()\n]{1,80})?[:=]\s*(?:async\s*)?(?:function\s*)?(?:<[^<>()]{1,80}>\s*)?(?=\()/g,
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*[:=]\s*(?:async\s+)?(?=\w+\s*=>)/g,
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*(?:<[^<>()]*>\s*)?(?=\()/g,
];

/** The named functions of a text without comments. */
export function functionsIn(code: string, language: Language | 'other'): NamedFunction[] {
  if (language === 'Python') return inPython(code);
  if (language === 'Ruby') return inRuby(code);
  const found = new Map<number, NamedFunction>();
  for (const [index, head] of heads.entries()) {
    for (const match of code.matchAll(head)) {
      if (found.size >= MOST_FUNCTIONS) break;
      const [, name = ''] = match;
      if (notNames.test(name)) continue;
      const start = match.index + match[0].length;
      const end = code[start] === '(' ? closing(code, start) + 1 : start;
      const body = bodyAfter(code, end, index);
      if (body !== undefined && !found.has(body.body)) found.set(body.body, { name, start: match.index, ...body });
    }
  }
  return [...found.values()];
}

/** The innermost function that contains an offset. */
export function functionAt(functions: readonly NamedFunction[], offset: number): NamedFunction | undefined {
  return functions
    .filter(({ start, end }) => start <= offset && offset < end)
    .reduce<NamedFunction | undefined>(
      (inner, one) => (inner === undefined || one.end - one.start < inner.end - inner.start ? one : inner),
      undefined
    );
}

/** What Java throws, what Kotlin, Go and C# put between parameters and body, and `=>`; white space is one blank. */
const beforeBlock =
  /^ ?(?:throws [\w., ]{1,200}?|-> [\w<>[\], .?]{1,80}?|\(?[\w*.,[\] ]{1,80}\)?)? ?(?:=>|= ?[\w.]{1,80}(?:\([^(){]{0,80}\))?|=)? ?\{/;

function bodyAfter(code: string, from: number, head: number): { body: number; end: number } | undefined {
  // An arrow function with one parameter has no brackets around it.
  const parameter = head === 2 ? (/^\w+/.exec(code.slice(from, from + 80))?.[0].length ?? 0) : 0;
  const start = afterType(code, from + parameter);
  const rest = code.slice(start, start + 400);
  const block = rest.indexOf('{');
  if (block >= 0 && isBeforeBlock(rest.slice(0, block + 1))) {
    const body = start + block;
    return { body, end: closing(code, body) + 1 };
  }
  const arrow = head === 1 || head === 2 ? /^\s*=>\s*/.exec(rest) : null;
  return arrow ? { body: start + arrow[0].length, end: statementEnd(code, start + arrow[0].length) } : undefined;
}

/** A first look: only a default value may contain a semicolon. */
function isBeforeBlock(text: string): boolean {
  return (!text.includes(';') || text.includes('=')) && beforeBlock.test(text.replace(/\s+/g, ' '));
}

/** After the type that a function of TypeScript or Kotlin returns, which may have brackets of its own. */
function afterType(code: string, from: number): number {
  const colon = /^\s*:\s*/.exec(code.slice(from, from + 40));
  if (!colon) return from;
  let depth = 0;
  let isOpen = true;
  for (let at = from + colon[0].length; at < Math.min(code.length, from + 400); at += 1) {
    const one = code[at] ?? '';
    if (one === '{' && depth === 0 && !isOpen) return at;
    if (depth === 0 && (code.startsWith('=>', at) || /[;,=]/.test(one))) return at;
    if ('{(['.includes(one)) at = closing(code, at);
    else if (one === '<') depth += 1;
    else if (one === '>') depth -= 1;
    if (!/\s/.test(one)) isOpen = /[|&]/.test(one);
  }
  return from;
}

function inPython(code: string): NamedFunction[] {
  return [...code.matchAll(/^([ \t]*)(?:async\s+)?def\s+(\w+)\s*(?=\()/gm)].slice(0, MOST_FUNCTIONS).map((match) => {
    const [, indent = '', name = ''] = match;
    const body = closing(code, match.index + match[0].length) + 1;
    const after = new RegExp(`^[ \\t]{0,${indent.length}}\\S`, 'gm');
    after.lastIndex = Math.max(code.indexOf('\n', body), body) + 1;
    return { name, start: match.index, body, end: after.exec(code)?.index ?? code.length };
  });
}

function inRuby(code: string): NamedFunction[] {
  return [...code.matchAll(/^([ \t]*)def\s+(?:self\.)?(\w+[!?]?)/gm)].slice(0, MOST_FUNCTIONS).map((match) => {
    const [all, indent = '', name = ''] = match;
    const last = new RegExp(`^${indent}end\\b`, 'gm');
    last.lastIndex = match.index + all.length;
    return { name, start: match.index, body: match.index + all.length, end: last.exec(code)?.index ?? code.length };
  });
}
