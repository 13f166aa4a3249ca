import { expect } from 'chai';
import { complete, partial, unavailable } from '../../../src/engine/evidence.js';
import type { EvidenceOf, Gap } from '../../../src/engine/types.js';
import type { PackageFacts } from '../../../src/package/facts.js';
import { combined, factsOfPackage, submissionDomain } from '../../../src/submission/index.js';
import { connectedApp, packageFacts } from '../../support/packageFacts.js';
import { endpoint } from '../../support/submissionFacts.js';

const context = { asOf: new Date(0), params: {}, required: [] };
const gap: Gap = { kind: 'unreadable', detail: 'a.cls could not be read.' };

const evidenceOf = (facts: Partial<PackageFacts> = {}): EvidenceOf<PackageFacts> =>
  Object.fromEntries(Object.entries(packageFacts(facts)).map(([fact, value]) => [fact, complete(value)]));

describe('the facts of a submission', () => {
  // project, connectedApps, externalClientApps, canvasUses, code, contents, endpoints, secretStores, sessionIds
  for (const fact of factsOfPackage) {
    it(`${fact} is as whole as it was read from the package`, async () => {
      const collector = submissionDomain.collectors[fact];
      const evidence = evidenceOf();
      const source = { evidence, reports: [], previous: undefined };
      expect(await collector.collect(source, context)).to.equal(evidence[fact]);
      const part = { ...evidence, [fact]: partial([], gap) };
      expect(await collector.collect({ ...source, evidence: part }, context)).to.deep.equal(partial([], gap));
      expect((await collector.collect({ ...source, evidence: {} }, context)).status).to.equal('unavailable');
    });
  }

  it('reports and previous are what was given', async () => {
    const source = { evidence: {}, reports: [], previous: undefined };
    expect(await submissionDomain.collectors.reports.collect(source, context)).to.deep.equal(complete([]));
    expect(await submissionDomain.collectors.previous.collect(source, context)).to.deep.equal(complete(undefined));
  });
});

describe('packages that are submitted together', () => {
  const { project } = packageFacts();
  const base = evidenceOf({
    project: { ...project, name: 'Base' },
    connectedApps: [connectedApp({}, 'One')],
    endpoints: [endpoint('one.example')],
  });
  const extension = evidenceOf({
    project: { ...project, name: 'Extension', dependencies: ['Base@1.0', 'Other'] },
    connectedApps: [connectedApp({}, 'Two')],
    endpoints: [endpoint('two.example')],
  });

  it('have the apps and endpoints of all, and no base package that is among them', () => {
    const { connectedApps, endpoints, project: both } = combined([base, extension]);
    expect(connectedApps).to.have.nested.property('value.length', 2);
    expect(endpoints).to.have.nested.property('value.length', 2);
    expect(both).to.have.nested.property('value.name', 'Base and Extension');
    expect(both).to.have.deep.nested.property('value.dependencies', ['Other']);
  });

  it('need no base package that is any of three, in whichever order they are named', () => {
    const third = evidenceOf({ project: { ...project, name: 'Third', dependencies: ['Base@1.0'] } });
    expect(combined([base, extension, third]).project).to.have.deep.nested.property('value.dependencies', ['Other']);
    expect(combined([third, extension, base]).project).to.have.deep.nested.property('value.dependencies', ['Other']);
  });

  it('are seen no better than the one that was seen worst', () => {
    const blind = { ...base, endpoints: unavailable(gap), connectedApps: partial([connectedApp({}, 'One')], gap) };
    expect(combined([blind, extension]).endpoints?.status).to.equal('unavailable');
    expect(combined([extension, blind]).connectedApps?.status).to.equal('partial');
  });
});
