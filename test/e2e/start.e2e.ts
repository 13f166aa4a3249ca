import { expect } from 'chai';
import { isOwn, startOf } from '../../scripts/tools/bench/start.js';
import { lastBuild } from '../../scripts/tools/build.js';
import type { Sf } from '../../scripts/tools/sf.js';
import { newSf } from './support.js';

/** Libraries that only some runs need. */
const heavy =
  /(?:^|\/)node_modules\/(?:@apexdevtools|antlr4|@secretlint|refractor|preact|preact-render-to-string|node-sarif-builder|junit-report-builder|beautiful-mermaid|elkjs|ink|react|react-reconciler)\//;

/** The sources and libraries in the files of the bundle that a run loaded. */
const inputsOf = (modules: readonly string[]): string[] => {
  const { outputs } = lastBuild();
  return Object.entries(outputs)
    .filter(([file]) => modules.some((url) => url.endsWith(`/${file}`)))
    .flatMap(([, { inputs }]) => Object.keys(inputs));
};

describe('the start of a command, through the real sf', () => {
  let sf: Sf;
  before(() => {
    const { start, ...others } = newSf();
    sf = { ...others, run: start };
    sf.install();
  });
  after(() => sf.remove());

  it('loads nothing of the plugin for its help', async () => {
    const { code, modules } = await startOf(sf, ['security-review', 'check-package', '--help'], true);
    expect(code).to.equal(0);
    expect(modules.filter(isOwn)).to.deep.equal([]);
  });

  for (const args of [['list-controls'], ['explain', 'org/mfa-enforced']]) {
    it(`loads no library that ${args[0]} does not use`, async () => {
      const { code, modules } = await startOf(sf, ['security-review', ...args], true);
      expect(code).to.equal(0);
      expect(modules.filter(isOwn)).not.to.deep.equal([]);
      expect(inputsOf(modules).filter((path) => heavy.test(path))).to.deep.equal([]);
      expect(inputsOf(modules)).not.to.deep.equal([]);
    });
  }
});
