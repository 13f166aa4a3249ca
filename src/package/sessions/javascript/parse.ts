import { Parser, type Comment, type Options, type Program } from 'acorn';
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { withoutTypes } from './typescript.js';

/** Characters. A script that a person wrote is smaller by far. */
const longest = 1_000_000;

const options: Omit<Options, 'sourceType'> = {
  ecmaVersion: 'latest',
  locations: true,
  ranges: true,
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowHashBang: true,
};
const typescript = Parser.extend(tsPlugin() as unknown as (of: typeof Parser) => typeof Parser);
/** JSX, and the decorators of Lightning Web Components. */
const jsx = Parser.extend(tsPlugin({ jsx: true }) as unknown as (of: typeof Parser) => typeof Parser);

/** One way to parse a script. */
type Attempt = { parser: typeof Parser; sourceType: 'module' | 'script'; hasTypes: boolean };
const asModule: Attempt = { parser: Parser, sourceType: 'module', hasTypes: false };
/** An Aura controller is one expression in brackets; an old script may use what a module may not. */
const asScript: Attempt = { parser: Parser, sourceType: 'script', hasTypes: false };
const asTypeScript: Attempt = { parser: typescript, sourceType: 'module', hasTypes: true };
const asJsx: Attempt = { parser: jsx, sourceType: 'module', hasTypes: true };

/** The syntax tree of a script or of TypeScript without its types; else the line that is wrong. */
export function parseScript(text: string, path = ''): Program | { line?: number } {
  const parsed = parseText(text, path);
  if (!('program' in parsed)) return parsed;
  return parsed.hasTypes ? withoutTypes(parsed.program) : parsed.program;
}

/** Where the comments of a script are; `undefined`: it could not be parsed. */
export function commentsIn(text: string, path: string): ReadonlyArray<{ start: number; end: number }> | undefined {
  const parsed = parseText(text, path);
  return 'program' in parsed ? parsed.comments : undefined;
}

type Parsed = { program: Program; comments: readonly Comment[]; hasTypes: boolean };

function parseText(text: string, path: string): Parsed | { line?: number } {
  if (text.length > longest) return {};
  let line: number | undefined;
  for (const { parser, sourceType, hasTypes } of attemptsFor(path)) {
    const comments: Comment[] = [];
    try {
      return { program: parser.parse(text, { ...options, sourceType, onComment: comments }), comments, hasTypes };
    } catch (error) {
      // Too many brackets in one another are more than the parser has room for.
      if (!(error instanceof SyntaxError)) return {};
      line ??= lineOf(error);
    }
  }
  return line === undefined ? {} : { line };
}

const attemptsFor = (path: string): readonly Attempt[] => {
  if (/\.tsx$/i.test(path)) return [asJsx];
  return /\.[cm]?ts$/i.test(path) ? [asTypeScript] : [asModule, asScript, asJsx];
};

const lineOf = (error: SyntaxError): number | undefined =>
  'loc' in error && typeof error.loc === 'object' && error.loc !== null && 'line' in error.loc
    ? Number(error.loc.line)
    : undefined;
