import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Messages } from '@salesforce/core';
import { build as esbuild, type Metafile, type Plugin } from 'esbuild';
import { inRoot } from './paths.js';

/** Own messages and those of sf-plugins-core become part of the bundle: nothing is looked up at run time. */
const MESSAGE_DIRECTORIES: ReadonlyArray<{ name: string; folder: string }> = [
  { name: 'sf-plugin-security-review', folder: inRoot() },
  { name: '@salesforce/sf-plugins-core', folder: inRoot('node_modules', '@salesforce', 'sf-plugins-core') },
];

/**
 * Bundles the plugin and everything it needs into `lib`: one file per command, shared chunks, and no package to
 * install. Commands that a run does not use, and libraries of a dynamic import, stay unread.
 */
export async function bundle(out = inRoot('lib')): Promise<Metafile> {
  rmSync(out, { recursive: true, force: true });
  const commands = readdirSync(inRoot('src', 'commands', 'security-review')).map((file) => basename(file, '.ts'));
  const hooks = readdirSync(inRoot('src', 'hooks')).map((file) => basename(file, '.ts'));
  const { metafile } = await esbuild({
    absWorkingDir: inRoot(),
    entryPoints: [
      { in: 'src/index.ts', out: 'index' },
      ...commands.map((name) => ({ in: `src/commands/security-review/${name}.ts`, out: `bundle/${name}` })),
      ...hooks.map((name) => ({ in: `src/hooks/${name}.ts`, out: `hooks/${name}` })),
    ],
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    chunkNames: 'chunks/[name]-[hash]',
    keepNames: true,
    minify: true,
    legalComments: 'none',
    metafile: true,
    // The renderer of stages carries a second build for its developers.
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.SECURITY_REVIEW_BUILD': JSON.stringify(buildId()) },
    logLevel: 'error',
    // Optional packages that the libraries look for and do without.
    external: ['bufferutil', 'utf-8-validate', 'tsx', 'tsx/*', 'ts-node', 'typescript', 'react-devtools-core'],
    // Libraries written as CommonJS expect these three.
    banner: {
      js: [
        "import{createRequire as ownRequire}from'node:module';",
        "import{fileURLToPath as ownPath}from'node:url';import{dirname as ownDirname}from'node:path';",
        'const require=ownRequire(import.meta.url),__filename=ownPath(import.meta.url),__dirname=ownDirname(__filename);',
      ].join(''),
    },
    plugins: [hardCodedMessages(), synchronousLog(), noTables(), noDeveloperTools(), noForeignWords()],
  });
  refuseDynamicCommonJs(metafile);
  mkdirSync(join(out, 'commands', 'security-review'), { recursive: true });
  for (const name of commands) {
    writeFileSync(join(out, 'commands', 'security-review', `${name}.js`), stub(name));
  }
  return metafile;
}

/** Changes with every source file and every version of a library, so that no cache of another build is used. */
function buildId(): string {
  const sources = readdirSync(inRoot('src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .sort()
    .map((file) => [file, readFileSync(inRoot('src', file), 'utf8')]);
  return hash('sha256', JSON.stringify([sources, readFileSync(inRoot('package-lock.json'), 'utf8')]));
}

/** The names that such an import asks for would be undefined at run time; one is rewritten below. */
function refuseDynamicCommonJs({ inputs }: Metafile): void {
  for (const [file, { imports }] of Object.entries(inputs)) {
    const wrong = imports.find(({ kind, path }) => kind === 'dynamic-import' && inputs[path]?.format === 'cjs');
    if (wrong && !file.endsWith('flags/orgApiVersion.js'))
      throw new Error(`${file} imports ${wrong.path} dynamically.`);
  }
}

/** The cache has to be on before the bundle is read, so the command itself is imported afterwards. */
function stub(name: string): string {
  return [
    "import { enableCompileCache } from 'node:module';",
    'enableCompileCache();',
    `export default (await import('../../bundle/${name}.js')).default;`,
    '',
  ].join('\n');
}

/** Replaces each call that loads messages at run time by the messages themselves. */
function hardCodedMessages(): Plugin {
  for (const { name, folder } of MESSAGE_DIRECTORIES) Messages.importMessagesDirectory(folder, false, name);
  const literal = (name: string, file: string): string => {
    const loaded = Messages.loadMessages(name, file) as unknown as { messages: Map<string, unknown> };
    return `new Messages(${JSON.stringify(name)}, ${JSON.stringify(file)}, new Map(${JSON.stringify([...loaded.messages])}))`;
  };
  return {
    name: 'hard-coded-messages',
    setup: ({ onLoad }) => {
      onLoad({ filter: /(?:[\\/]src[\\/].*\.ts|sf-plugins-core[\\/]lib[\\/].*\.js)$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!/Messages\.loadMessages\(|import\('@salesforce\/core'\)/.test(text)) return undefined;
        const contents = text
          // A chunk of a CommonJS library exports its default only; sf loads a linked plugin in a way that unwraps it.
          .replace(
            /await import\('@salesforce\/core'\)/g,
            "(await import('@salesforce/core').then((core) => (core.ConfigAggregator ? core : core.default)))"
          )
          .replace(/Messages\.importMessagesDirectoryFromMetaUrl\(import\.meta\.url\);/g, '')
          .replace(/Messages\.loadMessages\('([^']+)', '([^']+)'\)/g, (_, name: string, file: string) =>
            literal(name, file)
          );
        if (/Messages\.(?:loadMessages|importMessages)/.test(contents))
          throw new Error(`${path} loads messages in another way.`);
        return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
      });
    },
  };
}

/**
 * Core's logger starts a worker for its file, and a process waits for it at its end, up to a second. The plugin's copy
 * writes its few lines itself: the same file, the same filter of secrets.
 */
function synchronousLog(): Plugin {
  const worker =
    /this\.pinoLogger = \(0, pino_1\.pino\)\(\{\s*\.\.\.commonOptions,\s*transport: \{[\s\S]*?\n {16}\}\);/;
  return {
    name: 'synchronous-log',
    setup: ({ onLoad }) => {
      onLoad({ filter: /@salesforce[\\/]core[\\/]lib[\\/]logger[\\/]logger\.js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!worker.test(text)) throw new Error(`${path} no longer starts its worker as expected.`);
        const contents = text.replace(
          worker,
          [
            'const { options } = (0, exports.getWriteStream)(level);',
            "const unwrap = require('../util/unwrapArray').unwrapArray, { filterSecrets } = require('./filters');",
            'const write = (line) => {',
            "  const text = JSON.stringify(unwrap(filterSecrets([JSON.parse(line)]))) + '\\n';",
            "  if (typeof options.destination === 'number') return process.stderr.write(text);",
            "  const fs = require('node:fs');",
            '  try {',
            "    fs.mkdirSync(require('node:path').dirname(options.destination), { recursive: true });",
            '    fs.appendFileSync(options.destination, text, { mode: 0o600 });',
            '  } catch { /* A log that cannot be written must not end a run. */ }',
            '};',
            'this.pinoLogger = (0, pino_1.pino)(commonOptions, { write });',
          ].join('\n')
        );
        return { contents, loader: 'js' };
      });
    },
  };
}

/** The table of sf-plugins-core brings a renderer of React for terminals along, half a second of every start. */
function noTables(): Plugin {
  return {
    name: 'no-tables',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^@oclif\/table$/ }, () => ({ path: 'table', namespace: 'no-tables' }));
      onLoad({ filter: /.*/, namespace: 'no-tables' }, () => ({
        contents:
          "export function printTable() { throw new Error('Use renderTable.'); }\nexport const makeTable = printTable;",
      }));
    },
  };
}

/** The renderer of stages connects to tools of React's developers if they are installed, which no user has. */
function noDeveloperTools(): Plugin {
  return {
    name: 'no-developer-tools',
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: '' }));
    },
  };
}

/** The messages of zod in 50 languages, of which core and the plugin use the English ones: 0.3 MB. */
function noForeignWords(): Plugin {
  return {
    name: 'no-foreign-words',
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/][\w-]+\.cjs$/ }, ({ path }) =>
        ['en.cjs', 'index.cjs'].includes(basename(path)) ? undefined : { contents: '' }
      );
    },
  };
}
