import { expect } from 'chai';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { complete } from '../../src/engine/evidence.js';
import { contextOf, review } from '../../src/engine/review.js';
import type { TargetReport } from '../../src/engine/types.js';
import type { Auditor } from '../../src/org/facts.js';
import { orgDomain, preflight } from '../../src/org/index.js';
import { lackingOf } from '../../src/org/missingPermissions.js';
import { policy } from '../engine/samples.js';
import { open, refusal, small, stopAll, without } from './support.js';

const run = { policy, asOf: new Date('2026-06-15T12:00:00.000Z'), audited: [] };
const auditor = (required: Auditor['required']): ReturnType<typeof lackingOf> =>
  lackingOf(complete({ username: 'orla', held: [], known: [], required }));

describe('preflight', () => {
  afterEach(stopAll);

  it('says nothing when nothing is missing', () => {
    expect(auditor([{ anyOf: ['ViewSetup'], controls: ['org/a'], holds: true }])).to.equal(undefined);
  });

  it('names each missing permission once with all alternatives, and the controls that wait for any of them', () => {
    const said = auditor([
      { anyOf: ['ViewSetup'], controls: ['org/b', 'org/a'], holds: false },
      { anyOf: ['ModifyMetadata', 'ModifyAllData'], controls: ['org/b'], holds: false },
      { anyOf: ['Packaging2'], controls: ['org/c'], holds: undefined },
      { anyOf: ['ManageUsers'], controls: ['org/d'], holds: true },
    ]);
    expect(said).to.equal(
      'orla lacks View Setup and Configuration (ViewSetup); Modify Metadata Through Metadata API Functions (ModifyMetadata) or Modify All Data (ModifyAllData). ' +
        'Could not determine whether orla has Create and Update Second-Generation Packages (Packaging2). ' +
        'These controls may be inconclusive: org/a, org/b, org/c.'
    );
  });

  it('asks two questions, which the collectors do not ask again', async () => {
    const { org, reader } = await open(small(without('ManageUsers')));
    org.requests.length = 0;
    const said = await preflight(reader, contextOf(orgDomain, run));
    expect(said).to.contain('Manage Users (ManageUsers)').and.to.contain('org/mfa-enforced');
    expect(org.requests.map(({ text }) => text.replace(/SELECT .* FROM/, 'SELECT … FROM'))).to.deep.equal([
      'GET /services/data/v67.0/sobjects/UserPermissionAccess/describe',
      'GET /services/data/v67.0/query SELECT … FROM UserPermissionAccess',
    ]);
    const { notices } = await review(orgDomain, reader, { ...run, target: { kind: 'org', name: 'small' } });
    expect(notices).to.include(said);
    expect(org.requests.filter(({ text }) => text.includes('UserPermissionAccess'))).to.have.length(2);
  });

  it('looks at the selected controls only', async () => {
    const { reader } = await open(small(without('InstallPackaging')));
    const some = contextOf(orgDomain, { ...run, only: ['org/mfa-enforced'] });
    expect(await preflight(reader, some)).to.equal(undefined);
    expect(await preflight(reader, contextOf(orgDomain, run))).to.contain('org/packages-trusted');
  });

  it('does not take a refused question for "nothing is missing"', async () => {
    const { org, reader } = await open(small());
    org.fault(/UserPermissionAccess/, refusal());
    expect(await preflight(reader, contextOf(orgDomain, run))).to.match(/not known.*any control may be inconclusive/);
  });

  it('names in the end what would close each gap: of alternatives the narrowest', async () => {
    const { reader } = await open(SCENARIOS.blind());
    const report: TargetReport = await review(orgDomain, reader, { ...run, target: { kind: 'org', name: 'blind' } });
    const grants = new Set(report.results.flatMap(({ gaps }) => gaps.flatMap((gap) => gap.grants ?? [])));
    expect(grants).to.include('ModifyMetadata').and.to.include('ViewSetup').and.not.to.include('ModifyAllData');
  });
});
