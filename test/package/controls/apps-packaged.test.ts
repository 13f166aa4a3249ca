import { expect } from 'chai';
import type { Integration } from '../../../src/engine/types.js';
import { appsPackaged } from '../../../src/package/controls/apps-packaged.js';
import type { CanvasUse, CodeUse, PackageFacts } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import { connectedApp, externalClientApp, found, packageFacts, stub, use } from '../../support/packageFacts.js';

const using = (...integrations: readonly Integration[]): { declared: { integrations: readonly Integration[] } } => ({
  declared: { integrations },
});
const page = (shown: Partial<CanvasUse> = {}): CanvasUse => ({
  type: 'VisualforcePage',
  name: 'Checkout',
  file: 'force-app/pages/Checkout.page',
  line: 3,
  ...shown,
});
const app = packageFacts({ externalClientApps: [externalClientApp()] });
const state = (value: string): { value: string; file: string } => ({ value, file: 'Acme.eca-meta.xml' });

const starts = (unsure?: string): CodeUse => ({
  ...use('jwt-bearer', 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer'),
  in: 'package',
  subject: { type: 'ApexClass', name: 'Sync', file: 'force-app/classes/Sync.cls', line: 4 },
  ...(unsure === undefined ? {} : { unsure }),
});
const coded = (one: CodeUse): PackageFacts['code'] => ({ places: packageFacts().code.places, uses: [one] });

testControl(appsPackaged, {
  pass: [
    {
      trap: true,
      name: 'a flow in code, next to an app of the package, may be that of the app',
      facts: packageFacts({ externalClientApps: [externalClientApp()], code: coded(starts()) }),
    },
    { name: 'a packaged app', facts: app },
    {
      name: 'each integration has its app in the package',
      facts: packageFacts({ externalClientApps: [externalClientApp()], connectedApps: [connectedApp({}, 'Old')] }),
      ...using(
        { name: 'Web', app: 'Acme', flow: 'authorization-code', callbackOwner: 'isv' },
        { name: 'Sync', app: 'Old', flow: 'jwt-bearer' }
      ),
    },
    {
      name: 'an integration names its app as an org shows it, with the namespace of the package',
      facts: packageFacts({
        project: { ...packageFacts().project, namespace: 'acme' },
        externalClientApps: [externalClientApp()],
        connectedApps: [connectedApp({}, 'acme__Old')],
      }),
      ...using(
        { name: 'Web', app: 'acme__Acme', flow: 'authorization-code', callbackOwner: 'isv' },
        { name: 'Sync', app: 'acme__Old', flow: 'jwt-bearer', secretOwner: 'isv' }
      ),
    },
    {
      name: 'an integration without OAuth needs no app',
      facts: app,
      ...using({ name: 'Export', flow: 'none' }),
    },
    {
      trap: true,
      name: 'an app for SAML has to stay Local, so it is not expected in the package',
      facts: packageFacts({
        externalClientApps: [
          externalClientApp(),
          externalClientApp({ name: 'Sso', distributionState: state('Local') }),
        ],
      }),
      ...using({ name: 'Single sign-on', app: 'Sso', flow: 'saml' }, { name: 'Portal', flow: 'saml' }),
    },
    {
      name: 'a canvas app whose app is in the package',
      facts: packageFacts({ externalClientApps: [externalClientApp()], canvasUses: [page({ app: 'Acme' })] }),
    },
    {
      trap: true,
      name: 'a reference with its namespace is an app of the package',
      facts: {
        ...packageFacts({ connectedApps: [stub], canvasUses: [page({ app: 'Stub', namespace: 'acme' })] }),
        project: { ...packageFacts().project, namespace: 'acme' },
      },
      ...using({ name: 'Sync', app: 'Stub', flow: 'jwt-bearer', secretOwner: 'isv' }),
    },
  ],
  fail: [
    {
      trap: true,
      name: 'code starts a flow, and the package contains no app',
      facts: packageFacts({ code: coded(starts()) }),
      names: ['ApexClass:Sync'],
      says: [/starts the jwt-bearer flow .* subscribers create the app/],
    },
    {
      name: 'the table of the guidance: mandatory, and not in the package',
      facts: app,
      ...using(
        { name: 'Web', app: 'AcmeWeb', flow: 'authorization-code', callbackOwner: 'isv' },
        { name: 'Sync', app: 'AcmeSync', flow: 'client-credentials', secretOwner: 'isv' },
        { name: 'Metadata', app: 'AcmeMeta', flow: 'jwt-bearer', secretOwner: 'isv' },
        { name: 'Panel', flow: 'canvas' }
      ),
      names: [
        'ExternalClientApp:AcmeWeb',
        'ExternalClientApp:AcmeSync',
        'ExternalClientApp:AcmeMeta',
        'ExternalClientApp:Panel',
      ],
      says: [/Web uses authorization-code, and its app is not in the package/],
    },
    {
      trap: true,
      name: 'an app that the subscriber creates is asked to be justified',
      facts: packageFacts(),
      ...using(
        { name: 'Web', flow: 'authorization-code', callbackOwner: 'subscriber' },
        { name: 'Sync', flow: 'client-credentials', secretOwner: 'subscriber' },
        { name: 'Exchange', flow: 'token-exchange' }
      ),
      names: ['ExternalClientApp:Web', 'ExternalClientApp:Sync', 'ExternalClientApp:Exchange'],
      says: [/created in the subscriber org/],
    },
    {
      trap: true,
      name: 'a canvas app is shown, and the package contains no app',
      facts: packageFacts({ canvasUses: [page({ app: 'Panel' })] }),
      names: ['VisualforcePage:Checkout'],
      says: [/canvas app Panel/],
    },
    {
      name: 'two canvas apps on one page',
      facts: packageFacts({ canvasUses: [page({ app: 'Panel' }), page()] }),
      names: ['VisualforcePage:Checkout', 'VisualforcePage:Checkout'],
    },
  ],
  inconclusive: [
    {
      name: 'code that may start a flow of Salesforce or of another vendor',
      facts: packageFacts({ code: coded(starts('the code does not show the address of the request')) }),
      reason: /does not show the address of the request/,
    },
    { name: 'the policy does not name the flow', facts: app, ...using({ name: 'Web' }), reason: /depends on its flow/ },
    {
      name: 'the policy does not say whose the callback is',
      facts: app,
      ...using({ name: 'Web', flow: 'authorization-code' }),
      reason: /callbackOwner/,
    },
    {
      name: 'the policy does not say whose the secret is',
      facts: app,
      ...using({ name: 'Sync', flow: 'jwt-bearer' }),
      reason: /secretOwner/,
    },
    {
      trap: true,
      name: 'a Local app in the package directory is not packaged',
      facts: packageFacts({ externalClientApps: [externalClientApp({ distributionState: state('Local') })] }),
      ...using({ name: 'Web', app: 'Acme', flow: 'authorization-code', callbackOwner: 'isv' }),
    },
    {
      name: 'settings without the .eca file',
      facts: packageFacts({ externalClientApps: [externalClientApp({ hasHeader: false })] }),
      ...using({ name: 'Web', app: 'Acme', flow: 'authorization-code', callbackOwner: 'isv' }),
    },
    {
      trap: true,
      name: 'a canvas app of another package is not missing in this one',
      facts: packageFacts({ canvasUses: [page({ app: 'Panel', namespace: 'base' })] }),
      reason: /base__Panel/,
    },
    {
      name: 'one member is not known: which canvas app it is, is computed',
      facts: packageFacts({ connectedApps: [connectedApp({})], canvasUses: [page({ app: 'Acme' }), page()] }),
    },
  ],
  notApplicable: [
    {
      trap: true,
      name: 'a developer logs in with the Salesforce CLI',
      facts: packageFacts({ code: coded(use('jwt-bearer', 'sf org login jwt')) }),
    },
    { name: 'no app, no canvas app, no integration', facts: packageFacts() },
    {
      name: 'an integration without OAuth, and one with SAML',
      facts: packageFacts(),
      ...using({ name: 'Export', flow: 'none' }, { name: 'Single sign-on', flow: 'saml' }),
    },
  ],
});

describe('package/apps-packaged, findings', () => {
  it('tells canvas apps of one page apart, though their names cannot be read', () => {
    const facts = packageFacts({
      canvasUses: [page(), page({ line: 9 }), page({ app: 'Panel' }), page({ app: 'Panel' })],
    });
    expect(
      found(appsPackaged, facts).map((one) => one.replace(/^violation VisualforcePage:Checkout \S+/, ''))
    ).to.deep.equal(['', ' #2', ' Panel', ' Panel #2']);
  });
});
