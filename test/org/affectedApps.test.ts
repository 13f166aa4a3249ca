import { expect } from 'chai';
import { complete } from '../../src/engine/evidence.js';
import { affectedApps, type AffectedEvidence } from '../../src/org/incident/affected.js';
import type { TokenHolder } from '../../src/org/incident/facts.js';

const holder = (app: string): TokenHolder => ({
  app,
  user: { id: '005', username: 'ada@acme.example' },
  tokens: 2,
  uses: 5,
});
const external = (id: string, name: string, label: string): object => ({ id, name, label, created: '2026-01-01' });

/** An org with these External Client Apps, and tokens without a menu entry. */
const seen = (apps: readonly object[], ...holders: readonly TokenHolder[]): AffectedEvidence =>
  ({
    connectedApps: complete([]),
    externalClientApps: complete(apps),
    liveTokens: complete({ population: holders.length, holders }),
    logins: complete({ groups: [] }),
  }) as unknown as AffectedEvidence;
const told = (evidence: AffectedEvidence, asked?: readonly string[]): unknown[] =>
  affectedApps(evidence, asked).map(({ name, kind, holders }) => [name, kind, holders.length]);

describe('the apps of an incident', () => {
  it('trap: tokens of an External Client App have no menu entry, and show its label or its name', () => {
    const evidence = seen([external('0xI000000000001AAA', 'Acme_Sync', 'Acme Sync')], holder('ACME sync'));
    const expected = [['Acme_Sync', 'external-client-app', 1]];
    expect(told(evidence)).to.deep.equal(expected);
    for (const name of ['Acme_Sync', 'acme sync']) expect(told(evidence, [name]), name).to.deep.equal(expected);
  });

  it('trap: a label of two External Client Apps does not show whose the tokens are', () => {
    const apps = [external('0xI000000000001AAA', 'One', 'Sync'), external('0xI000000000002AAA', 'Two', 'Sync')];
    expect(told(seen(apps, holder('Sync')))).to.deep.equal([['Sync', 'not-installed', 1]]);
    expect(told(seen(apps, holder('Sync')), ['Sync'])).to.have.length(3);
  });
});
