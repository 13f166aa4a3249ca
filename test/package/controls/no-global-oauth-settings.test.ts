import { expect } from 'chai';
import { noGlobalOauthSettings } from '../../../src/package/controls/no-global-oauth-settings.js';
import type { GlobalOauthFile, PackageFacts } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import { connectedApp, externalClientApp, found, packageFacts, samlApp } from '../../support/packageFacts.js';

const file = 'secret/Acme_glbloauth.ecaGlblOauth-meta.xml';
const global = (said: Partial<GlobalOauthFile>): GlobalOauthFile => ({
  app: 'Acme',
  file,
  inPackage: false,
  tracked: false,
  ...said,
});
const tree = (...said: Array<Partial<GlobalOauthFile>>): PackageFacts =>
  packageFacts({ externalClientApps: [externalClientApp()], globalOauthFiles: said.map(global) });

testControl(noGlobalOauthSettings, {
  pass: [
    { trap: true, name: 'no such file, and an app, is a pass', facts: tree() },
    { name: 'a Connected App is an app', facts: packageFacts({ connectedApps: [connectedApp({})] }) },
    { name: 'an app for SAML only is an app', facts: packageFacts({ connectedApps: [samlApp] }) },
    { name: 'outside package and git', facts: tree({ secretLine: 9 }), latent: ['ExternalClientApp:Acme'] },
  ],
  fail: [
    {
      name: 'in the package',
      facts: tree({ inPackage: true }),
      names: ['ExternalClientApp:Acme'],
      says: [/are in the package\.$/],
    },
    {
      name: 'tracked by git',
      facts: tree({ tracked: true }),
      names: ['ExternalClientApp:Acme'],
      says: [/are tracked by git\.$/],
    },
    {
      trap: true,
      name: 'in the package, where git could not be asked',
      facts: tree({ inPackage: true, tracked: undefined }),
      names: ['ExternalClientApp:Acme'],
    },
    {
      trap: true,
      name: 'a file without the secret is also forbidden, and one with it is reported as such',
      facts: tree({ tracked: true }, { file: 'b.ecaGlblOauth', inPackage: true, tracked: true, secretLine: 9 }),
      names: ['ExternalClientApp:Acme', 'ExternalClientApp:Acme'],
      says: [/git\.$/, /are in the package and tracked by git, with the consumer secret\.$/],
    },
  ],
  inconclusive: [
    { name: 'git could not be asked', facts: tree({ tracked: undefined }) },
    { name: 'one member could not be checked', facts: tree({}, { file: 'b.ecaGlblOauth', tracked: undefined }) },
  ],
  notApplicable: [
    { name: 'no app and no file', facts: packageFacts(), reason: /^The package contains no app, and the folder / },
  ],
});

describe('package/no-global-oauth-settings', () => {
  it('names the line of the secret', () => {
    expect(found(noGlobalOauthSettings, tree({ tracked: true, secretLine: 9 }))).to.deep.equal([
      `violation ExternalClientApp:Acme ${file}:9`,
    ]);
  });
});
