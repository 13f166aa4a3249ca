import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../scripts/tools/paths.js';

type Manifest = { commands: Record<string, { id: string; aliases: string[]; flags: Record<string, unknown> }> };
type Package = { scripts: Record<string, string>; files: string[] };

const json = <T>(file: string): T => JSON.parse(readFileSync(inRoot(file), 'utf8')) as T;

function pagesIn(folder: string): string[] {
  return readdirSync(inRoot(folder)).flatMap((name) => {
    const path = posix.join(folder, name);
    if (statSync(inRoot(path)).isDirectory()) return pagesIn(path);
    return name.endsWith('.md') ? [path] : [];
  });
}

/** A name in a page that should exist, and the page with its line. */
function namesIn(pages: readonly string[], pattern: RegExp): Array<{ name: string; at: string }> {
  return pages.flatMap((page) =>
    readFileSync(inRoot(page), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(pattern)].map(([, name = '']) => ({ name, at: `${page}:${index + 1}: ${name}` }))
      )
  );
}

/** `a/{b,c}.ts` as `a/b.ts` and `a/c.ts`. */
function alternativesOf(path: string): string[] {
  const [all, list = ''] = /\{([^}]*)\}/.exec(path) ?? [];
  return all === undefined ? [path] : list.split(',').flatMap((one) => alternativesOf(path.replace(all, one.trim())));
}

/** The anchors of a page, as GitHub makes them from its headings. */
function anchorsOf(page: string): Set<string> {
  const headings = readFileSync(inRoot(page), 'utf8').matchAll(/^#{1,6} (.*)$/gm);
  const anchors = [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
  );
  const ids = [...readFileSync(inRoot(page), 'utf8').matchAll(/<a id="([^"]+)"/g)].map(([, id = '']) => id);
  return new Set([...anchors, ...ids]);
}

describe('the documentation', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...pagesIn('docs'), ...pagesIn('examples')];
  const { scripts, files } = json<Package>('package.json');
  const commands = Object.values(json<Manifest>('oclif.manifest.json').commands);

  it('links to pages, files and headings that exist', () => {
    const missing = pages.flatMap((page) =>
      namesIn([page], /\]\((?!https?:|mailto:)([^)\s]+)\)/g).flatMap(({ name, at }) => {
        const [path = '', anchor] = name.split('#');
        const target = path === '' ? page : posix.join(dirname(page), path);
        if (!existsSync(inRoot(target))) return [at];
        return anchor === undefined || !target.endsWith('.md') || anchorsOf(target).has(anchor) ? [] : [at];
      })
    );
    expect(missing).to.deep.equal([]);
  });

  it('names files and folders of the project that exist', () => {
    const named =
      /`((?:src|test|scripts|simulator|messages|schemas|docs|pipelines|permission-set|examples)\/[^\s`:<>…*]*)(?::\d+)?`/g;
    const missing = namesIn(pages, named).filter(({ name }) =>
      alternativesOf(name.replace(/\/$/, '')).some((path) => !existsSync(inRoot(path)))
    );
    expect(missing.map(({ at }) => at)).to.deep.equal([]);
  });

  it('names scripts of package.json', () => {
    const missing = namesIn(pages, /npm run ([\w:-]+)/g).filter(({ name }) => !(name in scripts));
    expect(missing.map(({ at }) => at)).to.deep.equal([]);
  });

  it('names commands, with flags that they have', () => {
    const known = new Map(
      commands.flatMap(({ id, aliases, flags }) =>
        [id, ...aliases].map((name): [string, string[]] => [
          name.split(':').slice(1).join(' '),
          [...Object.keys(flags), 'help', 'no-color'],
        ])
      )
    );
    const wrong = namesIn(pages, /sf security-review ([a-z][^`\n|#&;>()"]*)/g).flatMap(({ name, at }) => {
      const words = name.split(/\s+/);
      const command = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) => known.has(one));
      if (command === undefined) return [at];
      const flags = words.flatMap((word) => /^--([a-z][a-z-]*)/.exec(word)?.slice(1) ?? []);
      return flags.every((flag) => known.get(command)?.includes(flag)) ? [] : [at];
    });
    expect(wrong).to.deep.equal([]);
  });

  it('lists every page of docs in its index', () => {
    const index = readFileSync(inRoot('docs', 'README.md'), 'utf8');
    const unlisted = readdirSync(inRoot('docs'))
      .filter((name) => name !== 'README.md' && name !== 'images')
      .filter((name) => !index.includes(`](${name})`) && !index.includes(`](${name}/README.md)`));
    expect(unlisted).to.deep.equal([]);
  });

  it('lists every decision in its index, in ten lines each with context, decision and consequences', () => {
    const index = readFileSync(inRoot('docs', 'decisions', 'README.md'), 'utf8');
    for (const page of pagesIn('docs/decisions').filter((path) => !path.endsWith('README.md'))) {
      expect(index, page).to.contain(page.replace('docs/decisions/', ''));
      const text = readFileSync(inRoot(page), 'utf8').trimEnd();
      expect(text.split('\n').length, page).to.be.at.most(11);
      for (const part of ['Context', 'Decision', 'Consequences']) expect(text, page).to.contain(`**${part}`);
    }
  });

  it('is not what the installed plugin refers to, unless it is in the tarball', () => {
    const shipped = ['README.md', 'LICENSE', ...files.map((file) => file.slice(1))];
    const texts = ['action.yml', ...['messages', 'permission-set', 'schemas', 'src'].flatMap(filesIn)].map((path) => ({
      path,
      // What a comment names is for developers.
      text: readFileSync(inRoot(path), 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$|(?<=[;,{}()]) \/\/ .*$/gm, ''),
    }));
    const named = /(?<![\w./@-])((?:docs|src|test|examples|pipelines|simulator|scripts)\/[\w./-]*[\w])/g;
    const outside = texts.flatMap(({ path, text }) =>
      [...text.matchAll(named)]
        .map(([, name = '']) => name)
        .filter((name) => existsSync(inRoot(name)) && !shipped.some((file) => name.startsWith(file)))
        .map((name) => `${path}: ${name}`)
    );
    expect(outside).to.deep.equal([]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(inRoot(folder)).flatMap((name) => {
    const path = join(folder, name);
    return statSync(inRoot(path)).isDirectory() ? filesIn(path) : [path];
  });
}
