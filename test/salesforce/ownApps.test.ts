import { expect } from 'chai';
import { isOwnExternalClientApp } from '../../src/salesforce/ownApps.js';

const org = { orgId: '00D000000000001AAA', namespace: 'acme' };

describe('salesforce/ownApps', () => {
  const cases: ReadonlyArray<[string, Parameters<typeof isOwnExternalClientApp>[1], boolean]> = [
    ['made here, by the short form of the id', { orgScopedName: '00D000000000001:Door' }, true],
    ['made elsewhere', { orgScopedName: '00D000000000002:Door', distributionState: 'Local' }, false],
    ['made elsewhere, and packaged without a namespace', { orgScopedName: '00D000000000002:Door' }, false],
    ['under the namespace of the org', { orgScopedName: '00D000000000002:Door', namespace: 'ACME' }, true],
    [
      'made here, and installed back from a package',
      { orgScopedName: '00D000000000001:Door', namespace: 'other' },
      true,
    ],
    ['no maker, Local', { distributionState: 'Local' }, true],
    ['no maker, Packaged', { distributionState: 'Packaged' }, true],
    ['no maker, Managed', { distributionState: 'Managed' }, false],
    ['no maker, a foreign namespace', { distributionState: 'Packaged', namespace: 'other' }, false],
    ['nothing at all', {}, false],
  ];
  for (const [name, app, own] of cases) {
    it(name, () => {
      expect(isOwnExternalClientApp(org, app)).to.equal(own);
    });
  }

  it('does not take no namespace for the namespace of an org without one', () => {
    expect(isOwnExternalClientApp({ orgId: org.orgId }, { orgScopedName: '00D000000000002:Door' })).to.equal(false);
  });
});
