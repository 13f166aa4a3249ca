import { expect } from 'chai';
import { SCENARIOS } from '../../simulator/index.js';
import { fieldOf, requestsOf, underFault, type Field } from '../support/faultCampaign.js';
import { everyFault } from '../support/faults.js';
import { folder, small } from './support.js';

const scenarios = ['hardened', 'broken'] as const;

/** The short form of `npm run test:faults`: every fault once in two orgs, at one place after the other. */
for (const [turn, scenario] of scenarios.entries()) {
  describe(`an audit of the ${scenario} org under faults`, () => {
    let field: Field;
    before(async () => {
      const neighbour = small({
        name: 'neighbour',
        now: SCENARIOS.hardened().now,
        users: [{ username: 'admin@neighbour.example', profile: 'Administrator' }],
      });
      field = await fieldOf(scenario, neighbour, folder);
    });
    after(() => field.stop());

    it('begins with verdicts that a fault could change', () => {
      const [org, neighbour] = field.calm.report?.targets ?? [];
      expect(org?.gate).to.equal(scenario === 'hardened' ? 'passed' : 'failed');
      expect(neighbour?.results.map(({ verdict }) => verdict)).to.include.members(['fail', 'inconclusive']);
    });

    everyFault.forEach((named, index) => {
      it(`never becomes better: ${named.name}`, async () => {
        const places = [...field.asked];
        const [place, texts] = places[(index + turn * Math.floor(places.length / 2)) % places.length] ?? [];
        if (texts === undefined) throw new Error('Nothing was asked.');
        const found = await underFault(field, named, requestsOf(texts, named.fault), index % 10 === 0);
        expect(found, place).to.satisfy(
          (one: unknown) => one === 'no case' || (Array.isArray(one) && one.length === 0)
        );
      });
    });
  });
}
