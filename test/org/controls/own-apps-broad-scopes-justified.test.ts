import { ownAppsBroadScopesJustified } from '../../../src/org/controls/own-apps-broad-scopes-justified.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts, none, saml } from '../ownAppsSamples.js';

testControl(ownAppsBroadScopesJustified, {
  pass: [
    { name: 'narrow scopes in both kinds of app', facts: facts([connected(), external(), saml]) },
    {
      name: 'a scope that is new, or has the other word in it',
      facts: facts([connected({ scopes: ['A2A', 'Api'] }), external({ scopes: ['VF', 'PWDLESS_LOGIN_API'] })]),
    },
  ],
  fail: [
    {
      name: 'Full and Web are two findings',
      facts: facts([connected({ scopes: ['Full', 'Web'] }), external({ scopes: ['FULL', 'API'] })]),
      names: ['ConnectedApp:Acme Sync', 'ConnectedApp:Acme Sync', 'ExternalClientApp:Acme_Door'],
      says: [/scope Full/, /scope Web/, /scope Full/],
    },
    {
      trap: true,
      name: 'columns and metadata write a scope in different cases',
      facts: facts([connected({ scopes: ['WEB'] }), external({ scopes: ['WEB'] })]),
      names: ['ConnectedApp:Acme Sync', 'ExternalClientApp:Acme_Door'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'the columns could not be described', facts: facts([external({ scopes: undefined })]) },
  ],
  notApplicable: [
    { name: 'the org owns no app', facts: none },
    { name: 'no OAuth settings', facts: facts([external({}, { oauth: undefined }), saml]) },
  ],
});
