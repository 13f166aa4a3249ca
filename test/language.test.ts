import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { inRoot } from '../scripts/tools/paths.js';

/** Words that do not read as plain English, or name a thing differently from Salesforce. */
const retired: readonly RegExp[] = [
  /\b(?:told|said)\b|\bsays? (?:of itself|so)\b/i,
  /\bstands? (?:in|for|there|beside|behind|at|under|on|as)\b/i,
  /\b(?:nobody|somebody|whoever|anybody|everybody)\b/i,
  /\b(?:offends?|offended|offending|offences?|offenders?)\b/i,
  /\bneeds? a person\b/i,
  /\b(?:judged|read|answered) whole\b|\bwhole answers?\b/i,
  /(?<!org's |your )\bown apps?\b|\bof ours\b/i,
  /\bin vain\b|\bat once\b|\bstretch of time\b|\bwhat every \w+ owes\b/i,
  /\bnot to be seen\b|\b(?:was|were|is|are) not seen\b|\bunseen\b/i,
  /\b(?:holds?|holding)\b/i,
  /\b(?:brings?|brought) along\b|\bmends?\b|\bbeside\b/i,
  /\b(?:is|are|was|were) none\b(?! of)|\bof which that\b/i,
];
/** Written by `npm run docs` from texts that are checked where they are. */
const generated = /^docs\/(?:controls\/|commands\.md|what-it-reads\.md)/;

function filesIn(folder: string): string[] {
  return readdirSync(inRoot(folder)).flatMap((name) => {
    const path = join(folder, name);
    return statSync(inRoot(path)).isDirectory() ? filesIn(path) : [path];
  });
}

/** The comments of a TypeScript file, and its strings that contain a sentence. */
function proseOf(path: string, text: string): string[] {
  if (!/\.tsx?$/.test(path)) return [text.replace(/```[^]*?```|^# [\w.-]+$/gm, '')];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const comments = new Map<number, string>();
  const found: string[] = [];
  function visit(node: ts.Node): void {
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ];
    for (const { pos, end } of ranges) comments.set(pos, text.slice(pos, end));
    if (isText(node) && node.text.includes(' ')) found.push(node.text);
    ts.forEachChild(node, visit);
  }
  visit(source);
  return [...found, ...comments.values()];
}

function isText(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.JsxText {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isJsxText(node)
  );
}

/** The titles of tests: the text of `describe` or `it` without its variables, and the names of cases in tables. */
function titlesOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(inRoot(path), 'utf8'), ts.ScriptTarget.Latest, false);
  const titles: string[] = [];
  function visit(node: ts.Node): void {
    const [title] = ts.isCallExpression(node) && isTest(node.expression) ? node.arguments : [];
    if (title && ts.isStringLiteralLike(title)) titles.push(title.text);
    if (title && ts.isTemplateExpression(title)) {
      titles.push(title.head.text + title.templateSpans.map(({ literal }) => `X${literal.text}`).join(''));
    }
    if (ts.isPropertyAssignment(node) && isCaseName(node)) titles.push(node.initializer.text);
    ts.forEachChild(node, visit);
  }
  visit(source);
  return titles;
}

type CaseName = ts.PropertyAssignment & { initializer: ts.StringLiteral };

function isCaseName(node: ts.PropertyAssignment): node is CaseName {
  const { name, initializer } = node;
  return (
    ts.isIdentifier(name) && name.text === 'name' && ts.isStringLiteral(initializer) && initializer.text.includes(' ')
  );
}

function isTest(callee: ts.Expression): boolean {
  return ts.isIdentifier(callee) && ['it', 'describe'].includes(callee.text);
}

describe('the language of the project', () => {
  const files = [
    ...filesIn('src'),
    ...filesIn('scripts'),
    ...filesIn('simulator'),
    ...filesIn('messages'),
    ...filesIn('docs'),
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
  ]
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:tsx?|md)$/.test(path) && !generated.test(path));

  it('uses no retired word as the name of a value', () => {
    const declared = /\b(?:const|let|function|type) (told|said|giver|givers|nobody|somebody|beside|behind)\b/;
    const hits = ['src', 'scripts', 'simulator'].flatMap(filesIn).flatMap(
      (path) =>
        declared
          .exec(readFileSync(inRoot(path), 'utf8'))
          ?.slice(1)
          .map((word) => `${path}: ${word}`) ?? []
    );
    expect(hits).to.deep.equal([]);
  });

  it('uses no retired word in the title of a test', () => {
    const hits = filesIn('test')
      .filter((path) => /\.(?:test|e2e)\.ts$/.test(path))
      .flatMap((path) => titlesOf(path).map((title) => ({ path, title })))
      .filter(({ title }) => retired.some((word) => word.test(title)));
    expect(hits.map(({ path, title }) => `${path}: ${title}`)).to.deep.equal([]);
  });

  for (const folder of [...new Set(files.map((path) => path.split('/').slice(0, 2).join('/')))]) {
    it(`uses no retired word in ${folder}`, () => {
      const hits = files
        .filter((path) => path === folder || path.startsWith(`${folder}/`))
        .flatMap((path) =>
          proseOf(path, readFileSync(inRoot(path), 'utf8')).flatMap((prose) => {
            // Code may have any name.
            const text = prose.replace(/`[^`\n]*`/g, '').replace(/\s*\n\s*\*?\s*/g, ' ');
            return retired.flatMap((word) => {
              const match = word.exec(text);
              return match ? [`${path}: ${text.slice(Math.max(0, match.index - 50), match.index + 60)}`] : [];
            });
          })
        );
      expect(hits).to.deep.equal([]);
    });
  }
});
