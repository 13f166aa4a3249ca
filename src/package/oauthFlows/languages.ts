import type { Element, Root, Text } from 'hast';
import { isApex } from '../parsing/component.js';
import { withoutComments as withoutPlainComments } from '../parsing/stripComments.js';

export type Language =
  | 'Apex'
  | 'JavaScript'
  | 'TypeScript'
  | 'Java'
  | 'Python'
  | 'Go'
  | 'C#'
  | 'PHP'
  | 'Ruby'
  | 'Swift'
  | 'Kotlin'
  | 'Dart'
  | 'Groovy'
  | 'Visual Basic'
  | 'Perl'
  | 'Scala'
  | 'Rust'
  | 'Elixir'
  | 'Objective-C'
  | 'PowerShell'
  | 'batch'
  | 'shell'
  | 'configuration'
  | 'markup';

type Syntax = Parameters<(typeof import('refractor/core'))['refractor']['register']>[0];
/** How the files of a language are named, and the grammar that tells its comments; it loads when it is used. */
type Grammar = { language: Language; files: RegExp; load: () => Promise<{ default: Syntax }> };

const grammars: readonly Grammar[] = [
  { language: 'JavaScript', files: /\.[cm]?jsx?$/i, load: () => import('refractor/jsx') },
  { language: 'TypeScript', files: /\.[cm]?ts$/i, load: () => import('refractor/typescript') },
  { language: 'TypeScript', files: /\.tsx$/i, load: () => import('refractor/tsx') },
  { language: 'Java', files: /\.java$/i, load: () => import('refractor/java') },
  { language: 'Python', files: /\.pyw?$/i, load: () => import('refractor/python') },
  { language: 'Go', files: /\.go$/i, load: () => import('refractor/go') },
  { language: 'C#', files: /\.cs$/i, load: () => import('refractor/csharp') },
  { language: 'PHP', files: /\.(php|phtml)$/i, load: () => import('refractor/php') },
  { language: 'Ruby', files: /\.(rb|rake)$|(^|\/)(Rakefile|Gemfile)$/i, load: () => import('refractor/ruby') },
  { language: 'Swift', files: /\.swift$/i, load: () => import('refractor/swift') },
  { language: 'Kotlin', files: /\.kts?$/i, load: () => import('refractor/kotlin') },
  { language: 'Dart', files: /\.dart$/i, load: () => import('refractor/dart') },
  {
    language: 'Groovy',
    files: /\.(groovy|gradle)$|(^|\/)Jenkinsfile(\.[^/]*)?$/i,
    load: () => import('refractor/groovy'),
  },
  { language: 'Visual Basic', files: /\.(vb|vbs|bas)$/i, load: () => import('refractor/vbnet') },
  { language: 'Perl', files: /\.(pl|pm)$/i, load: () => import('refractor/perl') },
  { language: 'Scala', files: /\.(scala|sbt)$/i, load: () => import('refractor/scala') },
  { language: 'Rust', files: /\.rs$/i, load: () => import('refractor/rust') },
  { language: 'Elixir', files: /\.exs?$/i, load: () => import('refractor/elixir') },
  { language: 'Objective-C', files: /\.mm?$/i, load: () => import('refractor/objectivec') },
  { language: 'PowerShell', files: /\.psm?1$/i, load: () => import('refractor/powershell') },
  { language: 'batch', files: /\.(bat|cmd)$/i, load: () => import('refractor/batch') },
  {
    language: 'shell',
    files: /\.(sh|bash|zsh|ksh)$|(^|\/)(Dockerfile|Makefile)(\.[^/]*)?$/i,
    load: () => import('refractor/bash'),
  },
  { language: 'configuration', files: /\.(json|json5|jsonc)$/i, load: () => import('refractor/json') },
  { language: 'configuration', files: /\.ya?ml$/i, load: () => import('refractor/yaml') },
  {
    language: 'configuration',
    files: /\.(properties|env|ini|conf|cfg|toml)$|(^|\/)\.env(\.[^/]*)?$/i,
    load: () => import('refractor/properties'),
  },
  { language: 'configuration', files: /\.(tf|tfvars|hcl)$/i, load: () => import('refractor/hcl') },
  { language: 'configuration', files: /\.(xml|config|plist)$/i, load: () => import('refractor/markup') },
  {
    language: 'markup',
    files: /\.(html?|vue|svelte|page|component|cmp|app)$/i,
    load: () => import('refractor/javascript'),
  },
];

/** Languages in which people write clients of Salesforce, and whose comments this tool cannot tell. */
const others =
  /\.(c|cc|cpp|hs|ml|fsx?|erl|jl|nim|cr|d|clj|lua|r|ipynb|abap|4gl|prg|pas|jsp|aspx?|cshtml|coffee|erb|ejs|hbs|twig|bicep|dwl|raml)$/i;

/** The language of a file by its name; `other` is code that nothing here can read; `undefined` is no code. */
export const languageOf = (path: string): Language | 'other' | undefined =>
  isApex(path)
    ? 'Apex'
    : (grammars.find(({ files }) => files.test(path))?.language ?? (others.test(path) ? 'other' : undefined));

/** The same text with blanks for its comments, so that every offset stays. */
export const codeWithoutComments = async (path: string, text: string): Promise<string> => {
  // Without regular expressions and templates, its comments need no grammar, which takes a second for a large class.
  if (isApex(path)) return withoutPlainComments(text);
  const grammar = grammars.find(({ files }) => files.test(path));
  if (grammar?.language === 'JavaScript') {
    const { commentsIn } = await import('../sessions/javascript/parse.js');
    const comments = commentsIn(text, path);
    if (comments) return withoutRanges(text, comments);
  }
  if (!grammar) return text;
  const { default: syntax } = await grammar.load();
  // Of a page the grammar is that of JavaScript, for its scripts.
  const name = grammar.language === 'markup' ? 'markup' : syntax.displayName;
  if (takesTooMuchWork(text, name)) return text;
  const { refractor } = await import('refractor/core');
  // The scripts of a page are recognized only if the grammar of pages is loaded before that of JavaScript.
  refractor.register((await import('refractor/markup')).default);
  refractor.register(syntax);
  const pieces: string[] = [];
  let before = '';
  const add = (node: Root | Element | Text, comment: boolean): void => {
    if (node.type !== 'text') {
      const inside = comment || isComment(node, before);
      for (const one of node.children) if (one.type === 'text' || one.type === 'element') add(one, inside);
      return;
    }
    const piece = comment ? node.value.replace(/[^\n]/g, ' ') : node.value;
    pieces.push(piece);
    before = (before + piece).slice(-40);
  };
  add(refractor.highlight(text, name), false);
  return pieces.join('');
};

function withoutRanges(text: string, ranges: ReadonlyArray<{ start: number; end: number }>): string {
  const pieces: string[] = [];
  let done = 0;
  // A parser that tries twice finds a comment twice.
  for (const { start, end } of ranges) {
    if (start < done) continue;
    pieces.push(text.slice(done, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    done = end;
  }
  return pieces.join('') + text.slice(done);
}

/** Characters that a grammar may look at again and again; beyond it comments count as code, so nothing is missed. */
const MOST_WORK = 200_000_000;
const BY_ANGLES: ReadonlySet<string> = new Set(['markup', 'ruby', 'perl', 'php']);

/** These grammars look from each `<` that does not close for its end, and from each blank for the end of the blanks. */
function takesTooMuchWork(text: string, name: string): boolean {
  const opened = BY_ANGLES.has(name) ? [...text.matchAll(/<(?=[^<>]*(?:<|$))/g)].length : 0;
  return opened * text.length > MOST_WORK || /(?<!\s)\s{20000}/.test(text);
}

const isComment = (node: Root | Element, before: string): boolean => {
  const classes = node.type === 'element' && Array.isArray(node.properties.className) ? node.properties.className : [];
  // A number sign inside a word begins no comment in a shell or in YAML: `https://host/#page`.
  if (classes.includes('comment')) return !(/[^\s;{}()]$/.test(before) && firstText(node).startsWith('#'));
  // A string that is a statement in Python is a docstring; a string that is used follows an operator or a keyword.
  return (
    classes.includes('triple-quoted-string') &&
    !/(?:[=([{,+%:]|\breturn|\bin|\b[frbu]{1,2})\s*$/i.test(before.replace(/:[^\S\n]*\n\s*$/, '\n'))
  );
};

const firstText = (node: Root | Element): string => {
  const [first] = node.children;
  if (first?.type === 'text') return first.value;
  return first?.type === 'element' ? firstText(first) : '';
};

/** Languages whose code calls one another's libraries. */
const FAMILIES: Readonly<Record<string, string>> = {
  TypeScript: 'JavaScript',
  markup: 'JavaScript',
  Kotlin: 'Java',
  Groovy: 'Java',
  Scala: 'Java',
  'Objective-C': 'Swift',
  'Visual Basic': 'C#',
};
export const languageFamily = (language: string): string => FAMILIES[language] ?? language;
