import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { inRoot } from './paths.js';

/** Exported names of `src`, each with the files that declare it. */
export type ExportedNames = ReadonlyMap<string, readonly string[]>;

/** The names that the files of `src` declare and export. */
export function exportedNames(): ExportedNames {
  const names = new Map<string, string[]>();
  for (const file of filesIn('src')) {
    for (const name of namesIn(file)) names.set(name, [...(names.get(name) ?? []), file]);
  }
  return names;
}

/** Names that no other file of the repository contains, as `name file`: nothing needs their export. */
export function unusedExports(names: ExportedNames): string[] {
  const users = new Map<string, Set<string>>();
  for (const file of ['src', 'test', 'scripts', 'simulator'].flatMap(filesIn)) {
    for (const [word] of readFileSync(inRoot(file), 'utf8').matchAll(/[A-Za-z_$][\w$]*/g)) {
      users.set(word, (users.get(word) ?? new Set()).add(file));
    }
  }
  return [...names].flatMap(([name, files]) =>
    files.filter((file) => ![...(users.get(name) ?? [])].some((user) => user !== file)).map((file) => `${name} ${file}`)
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('test/package/cases/'));
}

function namesIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(inRoot(file), 'utf8'), ts.ScriptTarget.Latest, false);
  return source.statements.flatMap((statement) => {
    const kinds = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []).map(({ kind }) => kind) : [];
    if (!kinds.includes(ts.SyntaxKind.ExportKeyword) || kinds.includes(ts.SyntaxKind.DefaultKeyword)) return [];
    return ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap(({ name }) => boundNames(name))
      : declaredName(statement);
  });
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

function declaredName(statement: ts.Statement): string[] {
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}
