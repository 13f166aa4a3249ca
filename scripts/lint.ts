import { ESLint } from 'eslint';
import ts from 'typescript';
import { inRoot, root } from './tools/paths.js';

const FOLDERS = ['src', 'test', 'scripts', 'simulator'];

/** What the compiler finds, as `tsc --noEmit -p test` prints it. */
function typeErrors(program: ts.Program): string {
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  });
}

/** What ESLint finds, as `eslint --max-warnings 0` prints it. The rules ask the program for types. */
async function lintErrors(program: ts.Program): Promise<string> {
  const eslint = new ESLint({
    cwd: root,
    extensions: ['.ts', '.tsx'],
    overrideConfig: { parserOptions: { programs: [program] } },
  });
  const results = await eslint.lintFiles(FOLDERS);
  const formatter = await eslint.loadFormatter('stylish');
  return formatter.format(results);
}

/**
 * Rules ask for the type of the same expression one after the other, and the compiler derives the type of a literal anew
 * each time, with all that is in it. After the check of the types, the answer no longer changes.
 */
function rememberTypes(checker: ts.TypeChecker): void {
  const known = new Map<ts.Node, ts.Type>();
  const derive = checker.getTypeAtLocation.bind(checker);
  checker.getTypeAtLocation = (node): ts.Type => {
    const type = known.get(node) ?? derive(node);
    known.set(node, type);
    return type;
  };
}

/** One program for both: the compiler's answer about the types of a file is the same for each. */
function programOf(config: string): ts.Program {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (): void => undefined };
  const parsed = ts.getParsedCommandLineOfConfigFile(config, {}, host);
  if (!parsed) throw new Error(`${config} cannot be read.`);
  return ts.createProgram({
    rootNames: parsed.fileNames,
    options: parsed.options,
    configFileParsingDiagnostics: parsed.errors,
  });
}

const program = programOf(inRoot('test', 'tsconfig.json'));
const types = typeErrors(program);
rememberTypes(program.getTypeChecker());
const found = [types, await lintErrors(program)].filter((text) => text !== '');
for (const text of found) console.log(text);
console.log(`${2 - found.length} passing, ${found.length} failing (types; lint and layers)`);
process.exitCode = found.length === 0 ? 0 : 1;
