import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findCycles, floorsOf, longFunctions, readGraph, roomsBelow } from '../scripts/tools/importGraph.js';
import { inRoot } from '../scripts/tools/paths.js';

describe('the import graph of src', () => {
  const { imports, arrows } = readGraph(inRoot('src'));
  const inPackage = roomsBelow(arrows, 'package');

  it('has no cycle of files, whether they import values or types', () => {
    expect(findCycles(imports)).to.deep.equal([]);
  });

  it('has no cycle and no upward arrow between the rooms of the package domain', () => {
    expect(findCycles(inPackage)).to.deep.equal([]);
  });

  it('has at most 13 rooms on 6 floors in the package domain', () => {
    expect(inPackage.size).to.be.at.most(13);
    expect(Math.max(...floorsOf(inPackage).values())).to.be.at.most(6);
  });

  it('has no function longer than 60 lines', () => {
    expect(longFunctions(inRoot('src'), 60)).to.deep.equal([]);
  });

  it('finds a cycle of files in every form of import', () => {
    const folder = mkdtempSync(join(tmpdir(), 'graph-'));
    const files = {
      'a.ts': "import { b } from './b.js';",
      'b.ts': "import './c.js';",
      'c.ts': "import type {\n  D,\n} from './d.js';",
      'd.ts': "export * from './e.js';",
      'e.tsx': "export const later = () => import('./a.js');",
      'f.ts': "import { a } from './a.js';",
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const cycles = findCycles(readGraph(folder).imports);
    rmSync(folder, { recursive: true });
    expect(cycles).to.deep.equal([['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.tsx']]);
  });

  it('finds a cycle, and the floors above it', () => {
    const rooms = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['b'])],
    ]);
    expect(findCycles(rooms)).to.deep.equal([['b', 'c']]);
    expect(floorsOf(rooms).get('a')).to.equal(3);
  });
});
