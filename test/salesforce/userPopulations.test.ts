import { expect } from 'chai';
import { populationOf, type UserPopulation, type UserTraits } from '../../src/salesforce/userPopulations.js';

const cases: ReadonlyArray<[UserPopulation, string, Partial<UserTraits>]> = [
  ['internal', 'an employee', { userType: 'Standard' }],
  ['internal', 'Chatter Free, which is for employees', { userType: 'CsnOnly', profile: 'Chatter Free User' }],
  ['internal', 'a type that is not known', { userType: 'SomethingNew' }],
  ['internal', 'a type that was not sent', { userType: null }],
  [
    'internal',
    'the license for integrations of customers',
    { userType: 'Standard', licenses: ['Salesforce Integration'] },
  ],
  [
    'internal',
    'an integration user of Salesforce that logged in',
    { profile: 'Analytics Cloud Integration User', hasLoggedIn: true },
  ],
  [
    'internal',
    'an address that only looks like Salesforce',
    { username: 'chatty.00d000000000001.x@chatter.salesforce.com.evil.example' },
  ],
  ['external', 'a partner', { userType: 'PowerPartner' }],
  ['external', 'a customer, whatever the case', { userType: 'cspliteportal' }],
  ['external', 'a guest', { userType: 'Guest' }],
  [
    'external',
    'a partner with the profile of an integration',
    { userType: 'PowerPartner', profile: 'CPQ Integration User' },
  ],
  ['salesforce', 'the automated process', { userType: 'AutomatedProcess' }],
  ['salesforce', 'the platform integration user, which uses tokens', { userType: 'CloudIntegrationUser' }],
  ['internal', 'the automated process once it logged in', { userType: 'AutomatedProcess', hasLoggedIn: true }],
  [
    'internal',
    'the platform integration user once it logged in',
    { userType: 'CloudIntegrationUser', hasLoggedIn: true },
  ],
  ['salesforce', 'a profile', { userType: 'Standard', profile: 'Analytics Cloud Security User' }],
  ['salesforce', 'a license', { userType: 'Standard', profile: 'Analytik', licenses: ['B2BMA Integration User'] }],
  [
    'salesforce',
    'a Chatter identity',
    { userType: 'CsnOnly', username: 'chatty.00d000000000001.9xk@chatter.salesforce.com' },
  ],
];

describe('whose a user is', () => {
  for (const [population, name, traits] of cases) {
    it(`is ${population}: ${name}`, () => {
      expect(populationOf({ username: 'ada@acme.example', hasLoggedIn: false, ...traits })).to.equal(population);
    });
  }
});
