import { expect } from 'chai';
import { exportedNames, unusedExports } from '../scripts/tools/exportedNames.js';

describe('the exported names of src', () => {
  const names = exportedNames();

  it('are found', () => {
    expect(names.size).to.be.above(1000);
    expect(names.get('settle')).to.deep.equal(['src/engine/applyPolicy.ts']);
  });

  it('have one meaning each: one file declares a name', () => {
    const shared = [...names].filter(([, files]) => new Set(files).size > 1);
    expect(shared.map(([name, files]) => `${name}: ${files.join(', ')}`)).to.deep.equal([]);
  });

  it('are used in another file', () => {
    expect(unusedExports(names)).to.deep.equal([]);
  });
});
