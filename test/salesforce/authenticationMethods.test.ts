import { expect } from 'chai';
import { reportedMethod } from '../../src/salesforce/authenticationMethods.js';

describe('what an identity provider reported about a login', () => {
  const cases: ReadonlyArray<[string | undefined, ReadonlyArray<string | null | undefined>]> = [
    ['phishing-resistant', ['pwd,hwk']],
    ['phishing-resistant', [null, 'urn:oasis:names:tc:SAML:2.0:ac:classes:X509']],
    ['mfa', ['["pwd","mfa"]']],
    ['mfa', [undefined, 'http://schemas.microsoft.com/claims/multipleauthn']],
    ['weak', ['pwd sms']],
    ['unknown', [null, 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport']],
    ['unknown', ['pwd', 'Level3']],
    [undefined, [null, '']],
  ];
  for (const [method, values] of cases) {
    it(`${JSON.stringify(values)} is ${String(method)}`, () => expect(reportedMethod(...values)).to.equal(method));
  }
});
