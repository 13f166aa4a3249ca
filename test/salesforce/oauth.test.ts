import { expect } from 'chai';
import { broadScope, isRefreshScope, isScope } from '../../src/salesforce/oauth.js';

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

  it('tells a scope, also one that it does not know, from what is filled in later', () => {
    expect(['Api', 'CDPIngest', 'A2A', 'refresh_token', 'SomethingNew'].every(isScope)).to.equal(true);
    expect(['__SCOPE__', '{{X}}', '${X}', '%%X%%', '<X>', 'Api|Full', ''].some(isScope)).to.equal(false);
  });

  it('knows the refresh scope by both names of metadata and both of the protocol', () => {
    expect(['RefreshToken', 'offlineAccess', 'refresh_token', 'offline_access'].every(isRefreshScope)).to.equal(true);
    expect(['Full', 'Api', 'Offline'].some(isRefreshScope)).to.equal(false);
  });
});
