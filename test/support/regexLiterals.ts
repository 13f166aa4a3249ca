import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

type RegexInSource = {
  /** File and line, below the folder. */
  readonly at: string;
  readonly regex: RegExp;
};

/**
 * Every regular expression in the source files of a folder. Those that are built of strings are read with the constants
 * of their file; a part that is only known at run time becomes a letter.
 */
export function readRegexes(folder: string): RegexInSource[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .sort()
    .flatMap((file) => regexesIn(file, readFileSync(join(folder, file), 'utf8')));
}

function regexesIn(file: string, text: string): RegexInSource[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const constants = new Map<string, ts.Expression>();
  const found: RegexInSource[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      constants.set(node.name.text, node.initializer);
    }
    ts.forEachChild(node, collect);
  };
  const visit = (node: ts.Node): void => {
    const regex = ts.isExpression(node) ? regexOf(node, constants) : undefined;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    if (regex) found.push({ at: `${file}:${line + 1}`, regex });
    ts.forEachChild(node, visit);
  };
  collect(source);
  visit(source);
  return found;
}

function regexOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): RegExp | undefined {
  if (ts.isRegularExpressionLiteral(node)) return fromLiteral(node.text);
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'RegExp') return undefined;
  const [pattern, flags] = node.arguments ?? [];
  if (!pattern) return undefined;
  return new RegExp(textOf(pattern, constants), flags ? textOf(flags, constants) : '');
}

function fromLiteral(text: string): RegExp {
  const end = text.lastIndexOf('/');
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}

function textOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string {
  const inner = (expression: ts.Expression): string => textOf(expression, constants);
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isRegularExpressionLiteral(node)) return fromLiteral(node.text).source;
  if (ts.isBinaryExpression(node)) return inner(node.left) + inner(node.right);
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map((span) => inner(span.expression) + span.literal.text).join('');
  }
  if (ts.isTaggedTemplateExpression(node)) {
    const { template } = node;
    if (ts.isNoSubstitutionTemplateLiteral(template)) return template.rawText ?? template.text;
    const spans = template.templateSpans.map((span) => inner(span.expression) + (span.literal.rawText ?? ''));
    return (template.head.rawText ?? '') + spans.join('');
  }
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'source') return inner(node.expression);
  if (ts.isIdentifier(node)) {
    const value = constants.get(node.text);
    return value ? inner(value) : 'x';
  }
  return 'x';
}
