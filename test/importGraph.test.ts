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
