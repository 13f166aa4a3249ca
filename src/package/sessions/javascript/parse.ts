import { parse, type Program } from 'acorn';

/** Characters. A script that somebody wrote is smaller by far. */
const longest = 1_000_000;
/** Decorators of Lightning Web Components, which are no JavaScript yet: `@api`, `@wire(getRecord, { … })`. */
const decorator = /^([ \t]*(?:@(?:api|track)[ \t]+)*)@(?:api|track|(wire)[ \t]*(?=\())/gm;

/** The syntax tree of a script as components, pages and static resources hold it; else the line that is wrong. */
export const parseScript = (text: string): Program | { line?: number } => {
  if (text.length > longest) return {};
  const source = withoutDecorators(text);
  let line: number | undefined;
  // An Aura controller is one expression in brackets, a script of old may use what a module may not.
  for (const sourceType of ['module', 'script'] as const) {
    try {
      const options = { allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true, allowHashBang: true };
      return parse(source, { ecmaVersion: 'latest', sourceType, locations: true, ...options });
    } catch (error) {
      // Too many brackets in one another are more than the parser has room for.
      if (!(error instanceof SyntaxError)) return {};
      line ??= lineOf(error);
    }
  }
  return line === undefined ? {} : { line };
};

/** Blanks of the same length, so that every line stays. */
const withoutDecorators = (text: string): string => {
  let source = text;
  for (const match of text.matchAll(decorator)) {
    const [all, before = '', wire] = match;
    const start = match.index + before.length;
    const end = wire === undefined ? match.index + all.length : closing(text, match.index + all.length);
    source = source.slice(0, start) + source.slice(start, end).replace(/[^\n]/g, ' ') + source.slice(end);
    if (before.includes('@')) {
      source = source.slice(0, match.index) + before.replace(/[^\n\t]/g, ' ') + source.slice(start);
    }
  }
  return source;
};

/** Behind the bracket that closes the one which opens here. */
const closing = (text: string, start: number): number => {
  let depth = 0;
  for (const { 0: bracket, index } of text.slice(start, start + 5000).matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1;
    if (depth === 0) return start + index + 1;
  }
  return start;
};

const lineOf = (error: SyntaxError): number | undefined =>
  'loc' in error && typeof error.loc === 'object' && error.loc !== null && 'line' in error.loc
    ? Number(error.loc.line)
    : undefined;
