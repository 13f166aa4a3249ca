import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { inRoot } from '../../scripts/tools/paths.js';
import { HELP_GROUPS } from '../../src/cli/flags.js';

type Flag = { name: string; helpGroup?: string };
type Manifest = { commands: Record<string, { id: string; flags: Record<string, Flag> }> };

describe('the flags in the help of the commands', () => {
  const { commands } = JSON.parse(readFileSync(inRoot('oclif.manifest.json'), 'utf8')) as Manifest;
  const flags = Object.values(commands).flatMap(({ id, flags: own }) =>
    Object.values(own).map(({ name, helpGroup }) => ({ id, name, helpGroup }))
  );

  it('are each under a heading that sf or this plugin knows', () => {
    const known: Array<string | undefined> = ['GLOBAL', ...Object.values(HELP_GROUPS)];
    expect(flags.length).to.be.above(100);
    expect(flags.filter(({ helpGroup }) => !known.includes(helpGroup))).to.deep.equal([]);
  });

  it('are under the same heading in every command', () => {
    const headings = new Map<string, Set<string | undefined>>();
    for (const { name, helpGroup } of flags) {
      headings.set(name, (headings.get(name) ?? new Set()).add(helpGroup));
    }
    // The end of a period that is read, and the last day of an entry.
    headings.delete('until');
    expect([...headings].filter(([, groups]) => groups.size > 1).map(([name]) => name)).to.deep.equal([]);
  });

  it('use every heading', () => {
    const used = new Set(flags.map(({ helpGroup }) => helpGroup));
    expect(Object.values(HELP_GROUPS).filter((heading) => !used.has(heading))).to.deep.equal([]);
  });
});
