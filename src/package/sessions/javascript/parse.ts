import { Parser, parse, type Comment, type Options, type Program } from 'acorn';
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

type Parse = (text: string, onComment?: Comment[]) => Program;
const asModule: Parse = (text, onComment) => parse(text, { ...options, onComment, sourceType: 'module' });
/** An Aura controller is one expression in brackets; an old script may use what a module may not. */
const asScript: Parse = (text, onComment) => parse(text, { ...options, onComment, sourceType: 'script' });
const asTypeScript: Parse = (text, onComment) =>
  treeOf(typescript.parse(text, { ...options, onComment, sourceType: 'module' }), onComment);
const asJsx: Parse = (text, onComment) =>
  treeOf(jsx.parse(text, { ...options, onComment, sourceType: 'module' }), onComment);
/** A look for comments needs no tree, so its types may stay. */
const treeOf = (program: Program, onComment: Comment[] | undefined): Program =>
  onComment ? program : withoutTypes(program);

/** The syntax tree of a script or of TypeScript without its types; else the line that is wrong. */
export function parseScript(text: string, path = ''): Program | { line?: number } {
  if (text.length > longest) return {};
  let line: number | undefined;
  for (const attempt of attemptsFor(path)) {
    try {
      return attempt(text);
    } catch (error) {
      // Too many brackets in one another are more than the parser has room for.
      if (!(error instanceof SyntaxError)) return {};
      line ??= lineOf(error);
    }
  }
  return line === undefined ? {} : { line };
}

/** Where the comments of a script are; `undefined`: it could not be parsed. */
export function commentsIn(text: string, path: string): ReadonlyArray<{ start: number; end: number }> | undefined {
  if (text.length > longest) return undefined;
  for (const attempt of attemptsFor(path)) {
    const comments: Comment[] = [];
    try {
      attempt(text, comments);
      return comments;
    } catch (error) {
      if (!(error instanceof SyntaxError)) return undefined;
    }
  }
  return undefined;
}

const attemptsFor = (path: string): readonly Parse[] => {
  if (/\.tsx$/i.test(path)) return [asJsx];
  return /\.[cm]?ts$/i.test(path) ? [asTypeScript] : [asModule, asScript, asJsx];
};

const lineOf = (error: SyntaxError): number | undefined =>
  'loc' in error && typeof error.loc === 'object' && error.loc !== null && 'line' in error.loc
    ? Number(error.loc.line)
    : undefined;
