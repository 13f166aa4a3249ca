import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Control, Severity } from '../src/engine/types.js';
import { orgDomain } from '../src/org/index.js';
import { packageDomain } from '../src/package/index.js';
import { isSetupPath } from '../src/salesforce/setupPages.js';
import { submissionDomain } from '../src/submission/index.js';
import { inRoot } from '../scripts/tools/paths.js';

type Contract = Record<string, { severity: Severity; attestable: boolean }>;
/** Id, severity and attestability of every control: waivers and pipelines depend on them, so a change shows in a diff. */
const contract = JSON.parse(readFileSync(inRoot('test', 'contract.json'), 'utf8')) as Contract;

const domains: ReadonlyArray<{
  name: string;
  controls: ReadonlyArray<Omit<Control<Record<string, unknown>>, 'judge'>>;
  collectors: object;
}> = [orgDomain, packageDomain, submissionDomain];
const files = (folder: string, ending: string): string[] =>
  readdirSync(inRoot(folder))
    .filter((name) => name.endsWith(ending) && name !== 'index.ts')
    .map((name) => name.slice(0, -ending.length))
    .sort();

describe('the catalogue', () => {
  for (const { name, controls, collectors } of domains) {
    describe(name, () => {
      it('lists every control file once, in alphabetical order, under the id that is its path', () => {
        expect(controls.map(({ id }) => id)).to.deep.equal(
          files(`src/${name}/controls`, '.ts').map((file) => `${name}/${file}`)
        );
      });

      it('has a test table for every control that needs evidence', () => {
        const tables = files(`test/${name}/controls`, '.test.ts').map((file) => `${name}/${file}`);
        expect(tables).to.include.members(controls.filter(({ needs }) => needs.length > 0).map(({ id }) => id));
      });

      it('has a test for every fact', () => {
        const text = files(`test/${name}/collectors`, '.test.ts')
          .map((file) => readFileSync(inRoot(`test/${name}/collectors/${file}.test.ts`), 'utf8'))
          .join('\n');
        expect(Object.keys(collectors).filter((fact) => !new RegExp(`\\b${fact}\\b`).test(text))).to.deep.equal([]);
      });
    });
  }

  const everyControl = domains.flatMap(({ controls }) => controls);

  for (const control of everyControl) {
    const { id, severity, attestable, title, requirement, why, checks, fails, inconclusive, notes = [], fix } = control;
    it(`${id} keeps the contract and has a complete data sheet`, () => {
      expect(contract[id], 'npm run docs adds it').to.deep.equal({ severity, attestable });
      expect(title).not.to.match(/^Ensure|\.$/);
      expect(title.length).to.be.below(150);
      expect(requirement.length).to.be.above(20);
      const sentences = [why, ...checks, ...fails, ...inconclusive, ...notes, ...fix];
      for (const text of sentences) expect(text, text).to.match(/^[A-Za-z`"“(\d][^]*[.!)]$/);
      for (const list of [checks, fails, inconclusive, fix]) expect(list).not.to.have.length(0);
      expect(control.references).not.to.have.length(0);
      control.references.forEach((link) => expect(link).to.match(/^https:\/\/([a-z]+\.)*salesforce\.com\//));
    });

    it(`${id} names its parameters`, () => {
      const text = [...checks, ...fails, ...inconclusive, ...notes].join(' ');
      expect(text.split(/[^A-Za-z0-9]+/)).to.include.members(Object.keys(control.params ?? {}));
    });

    it(`${id} has a failure to report after a count`, () => {
      expect(control.topic.split(' ')).to.have.length.within(1, 4);
      for (const text of Object.values(control.problem)) expect(text).to.match(/^[A-Za-z][^.]{5,70}$/);
      expect(control.setup === undefined || isSetupPath(control.setup)).to.equal(true);
    });
  }

  it('has no control in the contract that is gone', () => {
    expect(Object.keys(contract).sort()).to.deep.equal(everyControl.map(({ id }) => id).sort());
  });
});
