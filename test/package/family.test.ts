import { expect } from 'chai';
import type { Evidence } from '../../src/engine/types.js';
import { packagedExternalClientApps } from '../../src/package/collectors/externalClientApps.js';
import type { ExternalClientApp } from '../../src/package/facts.js';
import { openTree } from '../../src/package/source/packageSource.js';
import { asOf } from '../support/controlTester.js';
import { memoryTree } from '../support/memoryTree.js';

const project = JSON.stringify({ packageDirectories: [{ path: 'force-app', package: 'acme' }] });
const header = (state: string): string =>
  `<ExternalClientApplication><distributionState>${state}</distributionState></ExternalClientApplication>`;
const local = (scopes: string): string =>
  '<ExtlClntAppOauthSettings><externalClientApplication>Acme</externalClientApplication>' +
  `<commaSeparatedOauthScopes>${scopes}</commaSeparatedOauthScopes></ExtlClntAppOauthSettings>`;
const global = (pkce: boolean): string =>
  '<ExtlClntAppGlobalOauthSettings><externalClientApplication>Acme</externalClientApplication>' +
  `<isPkceRequired>${String(pkce)}</isPkceRequired></ExtlClntAppGlobalOauthSettings>`;

const collected = async (files: Record<string, string>): Promise<Evidence<readonly ExternalClientApp[]>> => {
  const tree = memoryTree({ 'sfdx-project.json': project, ...files });
  const source = await openTree(tree, '', 'acme', () => Promise.resolve(new Set()));
  return packagedExternalClientApps.collect(source, { asOf, params: {}, required: [] });
};

describe('package/family', () => {
  it('takes two copies of the same settings for one', async () => {
    const evidence = await collected({
      'force-app/a/Acme.eca-meta.xml': header('Packaged'),
      'dev/Acme.ecaGlblOauth-meta.xml': global(true),
      'live/Acme.ecaGlblOauth-meta.xml': global(true),
    });
    expect(evidence.status).to.equal('complete');
    expect(evidence.status === 'complete' && evidence.value[0]?.global?.pkceRequired?.value).to.equal(true);
  });

  it('believes no global settings in the package more than others: none is ever packaged', async () => {
    const evidence = await collected({
      'force-app/Acme.eca-meta.xml': header('Packaged'),
      'force-app/Acme.ecaGlblOauth-meta.xml': global(true),
      'dev/Acme.ecaGlblOauth-meta.xml': global(false),
    });
    expect(evidence.status).to.equal('partial');
    expect(evidence.status === 'partial' && evidence.value[0]).not.to.have.property('global');
  });

  it('believes neither of two files that contradict each other, so that neither proves a violation', async () => {
    const evidence = await collected({
      'force-app/a/Acme.eca-meta.xml': header('Packaged'),
      'force-app/b/Acme.eca-meta.xml': header('Local'),
      'force-app/a/One.ecaOauth-meta.xml': local('Full'),
      'force-app/b/Two.ecaOauth-meta.xml': local('Api'),
      'dev/Acme.ecaGlblOauth-meta.xml': global(false),
      'live/Acme.ecaGlblOauth-meta.xml': global(true),
    });
    expect(evidence.status).to.equal('partial');
    const [app] = evidence.status === 'partial' ? evidence.value : [];
    expect(app).to.include({ name: 'Acme', hasHeader: true });
    expect(app).not.to.have.any.keys('distributionState', 'oauth', 'global');
  });
});
