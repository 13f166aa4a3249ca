import { expect } from 'chai';
import { isFirstParty } from '../../src/salesforce/firstPartyNamespaces.js';

describe('first-party namespaces', () => {
  it('know the packages that come with every org, in any case', () => {
    expect(['sf_com_apps', 'SF_Chttr_Apps', 'OIQ', 'SBQQ'].filter(isFirstParty)).to.have.length(4);
  });

  it('know no other, nothing like them, and no package without a namespace', () => {
    expect(['acme', 'sf_com_apps2', 'sf', '', undefined].filter(isFirstParty)).to.deep.equal([]);
  });
});
