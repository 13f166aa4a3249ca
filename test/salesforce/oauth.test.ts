import { expect } from 'chai';
import { broadScope, isRefreshScope, isScope, limitsIdleTokens } from '../../src/salesforce/oauth.js';

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

  it('knows which refresh token policies end idle tokens within 30 days', () => {
    const limits = [
      'zero',
      'Zero',
      'specific_inactivity:30:DAYS',
      'SpecificInactivity:7:Days',
      'specific_inactivity:1:HOURS',
    ];
    expect(limits.map(limitsIdleTokens)).to.deep.equal(limits.map(() => true));
    const longer = [
      'infinite',
      'Infinite',
      'specific_inactivity:31:DAYS',
      'specific_inactivity:721:HOURS',
      'specific_inactivity:1:MONTHS',
      'specific_lifetime:1:DAYS',
    ];
    expect(longer.map(limitsIdleTokens)).to.deep.equal(longer.map(() => false));
    const unknown = ['', 'never', 'specific_inactivity:?:?', 'specific_inactivity:1:YEARS'];
    expect(unknown.map(limitsIdleTokens)).to.deep.equal(unknown.map(() => undefined));
  });
});
