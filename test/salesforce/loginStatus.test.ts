import { expect } from 'chai';
import { loginSucceeded } from '../../src/salesforce/loginStatus.js';

describe('the word for the result of a login', () => {
  for (const word of ['Success', 'success', ' SUCCESS ']) {
    it(`${JSON.stringify(word)} is a success`, () => expect(loginSucceeded(word)).to.equal(true));
  }
  for (const word of ['Invalid Password', 'restricted ip', 'User is Inactive', 'Failed: SAML Error']) {
    it(`${JSON.stringify(word)} is a failure`, () => expect(loginSucceeded(word)).to.equal(false));
  }
  for (const word of ['Erfolg', '成功', '', null, undefined, 'Unknown failure']) {
    it(`${JSON.stringify(word)} decides nothing`, () => expect(loginSucceeded(word)).to.equal(undefined));
  }
});
