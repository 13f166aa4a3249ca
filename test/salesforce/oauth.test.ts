import { expect } from 'chai';
import { broadScope, isRefreshScope } from '../../src/salesforce/oauth.js';

describe('salesforce/oauth', () => {
  it('knows the broad scopes in any case, and nothing else', () => {
    expect(['Full', 'FULL', 'full', ' Web '].map(broadScope)).to.deep.equal(['Full', 'Full', 'Full', 'Web']);
    expect(['Api', 'Webhook', 'FullName', ''].map(broadScope)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('knows the refresh scope by both names of metadata and both of the protocol', () => {
    expect(['RefreshToken', 'offlineAccess', 'refresh_token', 'offline_access'].every(isRefreshScope)).to.equal(true);
    expect(['Full', 'Api', 'Offline'].some(isRefreshScope)).to.equal(false);
  });
});
