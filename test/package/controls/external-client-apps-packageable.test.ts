import { expect } from 'chai';
import { externalClientAppsPackageable } from '../../../src/package/controls/external-client-apps-packageable.js';
import type { ExternalClientApp, PackageFacts, Project } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import {
  externalClientApp,
  found,
  oneExternalClientApp,
  packageFacts,
  samlApp,
  stub,
} from '../../support/packageFacts.js';

const eca = 'force-app/main/default/externalClientApps/Acme.eca-meta.xml';
const state = (value: string): PackageFacts =>
  oneExternalClientApp({ distributionState: { value, file: eca, line: 4 }, local: { scopes: [] } });
const file = (type: string, suffix: string): ExternalClientApp['files'][number] => ({
  type,
  suffix,
  file: `force-app/main/default/eca/Acme.${suffix}-meta.xml`,
});
const link = (value: string, ownerOrg?: string): PackageFacts =>
  oneExternalClientApp({
    local: { scopes: [] },
    oauthLink: { value, file: 'force-app/a.ecaOauth-meta.xml', line: 5 },
    ...(ownerOrg === undefined ? {} : { ownerOrg }),
  });
const saml = file('ExtlClntAppSamlConfigurablePolicies', 'ecaSamlPlcy');
const canvas = file('ExtlClntAppCanvasSettings', 'ecaCanvas');
const holding = (...files: ExternalClientApp['files']): PackageFacts => oneExternalClientApp({ files });
const built = (generation: Project['generation'], facts: PackageFacts): PackageFacts => ({
  ...facts,
  project: { ...facts.project, generation },
});

testControl(externalClientAppsPackageable, {
  pass: [
    { name: 'Packaged', facts: state('Packaged') },
    {
      trap: true,
      name: 'without a single finding this is a pass, also where every app is a Connected App',
      facts: packageFacts({ connectedApps: [stub] }),
    },
    { name: 'an app for SAML only is an app', facts: packageFacts({ connectedApps: [samlApp] }) },
    { trap: true, name: '.ecaOauth may be missing', facts: oneExternalClientApp({}) },
    {
      trap: true,
      name: 'notification and push settings can be packaged',
      facts: holding(
        file('ExtlClntAppNotificationSettings', 'ecaNotifications'),
        file('ExtlClntAppPushSettings', 'ecaPush')
      ),
    },
    {
      trap: true,
      name: 'an oauthLink with ids of 18 characters, to the org that owns the app',
      facts: link('00D000000000001EAA:888000000000001AAA', '00D000000000001'),
    },
    { name: 'canvas settings in a 2GP', facts: built('second', holding(canvas)) },
    {
      trap: true,
      name: 'global OAuth settings are reported by their own control only',
      facts: holding(file('ExtlClntAppGlobalOauthSettings', 'ecaGlblOauth')),
    },
  ],
  fail: [
    {
      name: 'OAuth settings without an oauthLink',
      facts: link(''),
      names: ['ExternalClientApp:Acme'],
      says: [/^Acme has no oauthLink/],
    },
    {
      name: 'an oauthLink that leads nowhere',
      facts: link('Acme_glbloauth'),
      names: ['ExternalClientApp:Acme'],
      says: [/not <org id>:<consumer id>/],
    },
    {
      name: 'an oauthLink to another org than the one that owns the app',
      facts: link('00D000000000002:888000000000001', '00D000000000001EAA'),
      names: ['ExternalClientApp:Acme'],
      says: [/an org that does not own the app/],
    },
    {
      trap: true,
      name: 'Local cannot be packaged as it stands',
      facts: state('Local'),
      names: ['ExternalClientApp:Acme'],
      says: [/Local, so the app cannot be packaged\.$/],
    },
    {
      trap: true,
      name: 'Packageable is a word of a blog and no value',
      facts: state('Packageable'),
      names: ['ExternalClientApp:Acme'],
      says: [/Packageable/],
    },
    { name: 'Managed is kept for Salesforce', facts: state('Managed'), names: ['ExternalClientApp:Acme'] },
    { name: 'AutoInstalled is kept for Salesforce', facts: state('AutoInstalled'), names: ['ExternalClientApp:Acme'] },
    {
      name: 'every file that cannot be packaged',
      facts: holding(
        file('ExtlClntAppOauthConfigurablePolicies', 'ecaOauthPlcy'),
        file('ExtlClntAppConfigurablePolicies', 'ecaPlcy'),
        file('ExtlClntAppOauthSecuritySettings', 'ecaOauthSecurity'),
        file('ExtlClntAppMobileSettings', 'ecaMobile'),
        file('ExtlClntAppMobileConfigurablePolicies', 'ecaMobilePlcy'),
        file('ExtlClntAppPushConfigurablePolicies', 'ecaPushPlcy'),
        file('ExtlClntAppAttestSettings', 'ecaAttest'),
        file('ExtlClntAppAttestConfigurablePolicies', 'ecaAttestPlcy'),
        file('ExtlClntAppSampleSettings', 'ecaSmpl')
      ),
      names: Array.from({ length: 9 }, () => 'ExternalClientApp:Acme'),
      says: [/ cannot be packaged: with ExtlClntAppOauthConfigurablePolicies, /],
    },
    {
      trap: true,
      name: 'canvas settings in a 1GP',
      facts: built('first', holding(canvas)),
      names: ['ExternalClientApp:Acme'],
      says: [/first-generation/],
    },
    {
      name: 'a file that cannot be packaged, of an app without a header',
      facts: oneExternalClientApp({ hasHeader: false, files: [saml] }),
      names: ['ExternalClientApp:Acme'],
    },
  ],
  inconclusive: [
    { name: 'an oauthLink that is filled in later', facts: link('__ORG__:__CONSUMER__') },
    { name: 'the header is missing', facts: oneExternalClientApp({ hasHeader: false, distributionState: undefined }) },
    { name: 'the header does not name a state', facts: oneExternalClientApp({ distributionState: undefined }) },
    { trap: true, name: 'a state that is filled in later', facts: state('{{STATE}}'), reason: /filled in later/ },
    {
      name: 'canvas settings in a folder that does not say what is built of it',
      facts: built('unknown', holding(canvas)),
    },
    { name: 'a type that is newer than this tool', facts: holding(file('ExtlClntAppFutureSettings', 'ecaFuture')) },
    {
      name: 'one member could not be checked',
      facts: packageFacts({
        externalClientApps: [externalClientApp(), externalClientApp({ name: 'Other', hasHeader: false })],
      }),
    },
  ],
  notApplicable: [{ name: 'no app', facts: packageFacts() }],
});

describe('package/external-client-apps-packageable', () => {
  it('trap: a SAML app must be Local, so only its SAML file violates it', () => {
    const facts = oneExternalClientApp({ distributionState: { value: 'Local', file: eca, line: 4 }, files: [saml] });
    expect(found(externalClientAppsPackageable, facts)).to.deep.equal([
      `violation ExternalClientApp:Acme ${saml.file}:`,
    ]);
  });

  it('names the line of the state', () => {
    expect(found(externalClientAppsPackageable, state('Local'))).to.deep.equal([
      `violation ExternalClientApp:Acme ${eca}:4`,
    ]);
  });
});
