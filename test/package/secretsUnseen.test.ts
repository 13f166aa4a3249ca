import { expect } from 'chai';
import { review } from '../../src/engine/review.js';
import type { Report, TargetReport } from '../../src/engine/types.js';
import { packageDomain } from '../../src/package/index.js';
import { renderHuman } from '../../src/render/human.js';
import { formats, render } from '../../src/render/index.js';
import { emptyPolicy as policy } from '../support/emptyPolicy.js';
import { metadata, packageProject, sourceOf } from '../support/packageSource.js';
import { canaries, canary } from '../support/secrets.js';

/** Every secret in every kind of file, also in files that break off, and in an element of each type that holds some. */
const files = (): Record<string, string> => {
  const planted: Record<string, string> = { 'sfdx-project.json': packageProject };
  for (const [name, secret] of Object.entries(canary)) {
    const values = `<values><field>Client_Secret__c</field><value>${secret}</value></values>`;
    const folder = `force-app/${name}`;
    planted[`${folder}/classes/${name}.cls`] = `public class A { String apiToken = '${secret}'; }`;
    planted[`${folder}/lwc/${name}/${name}.js`] = `const password = \`${secret}\`; // client_secret=${secret}`;
    planted[`${folder}/staticresources/${name}.json`] = JSON.stringify({ secret });
    planted[`${folder}/customMetadata/T.${name}.md-meta.xml`] = metadata('CustomMetadata', values);
    planted[`${folder}/customMetadata/U.${name}.md`] = metadata('CustomMetadata', values).slice(0, -20);
    planted[`${folder}/labels/${name}.labels-meta.xml`] = metadata(
      'CustomLabels',
      `<labels><fullName>Api_Key</fullName><value>${secret}</value></labels>`
    );
    for (const [suffix, type, element] of [
      ['connectedApp', 'ConnectedApp', 'consumerSecret'],
      ['ecaOauth', 'ExtlClntAppOauthSettings', 'consumerSecret'],
      ['ecaGlblOauth', 'ExtlClntAppGlobalOauthSettings', 'consumerSecret'],
      ['ecaPush', 'ExtlClntAppPushSettings', 'signingKey'],
      ['authprovider', 'AuthProvider', 'consumerSecret'],
      ['namedCredential', 'NamedCredential', 'password'],
      ['dataSource', 'ExternalDataSource', 'oauthToken'],
    ] as const) {
      const text = metadata(type, '<label>Acme</label>', `<${element}>${secret}</${element}>`);
      planted[`${folder}/${name}.${suffix}-meta.xml`] = text;
      planted[`${folder}/${name}Broken.${suffix}-meta.xml`] = text.slice(0, -20);
    }
  }
  planted['force-app/objects/T__mdt/T__mdt.object-meta.xml'] = metadata('CustomObject', '<label>T</label>');
  return planted;
};

describe('secrets in a package', () => {
  it('canary: appear in no byte of the evidence and of the report, in any format', async () => {
    const source = await sourceOf(files());
    const context = { asOf: new Date(0), params: {}, required: [] };
    const evidence = await Promise.all(
      Object.values(packageDomain.collectors).map((collector) => collector.collect(source, context))
    );
    const target = await review(packageDomain, source, {
      policy,
      target: { kind: 'package', name: 'acme' },
      asOf: new Date('2026-11-23T10:00:00.000Z'),
      audited: [],
    });
    const found = target.results.find(({ control }) => control.id === 'package/no-secrets-in-source');
    expect(found?.findings.length).to.be.above(100);
    const report = reportOf(target);
    const said = [
      JSON.stringify(evidence),
      ...(await Promise.all(formats.map((format) => render(report, format)))),
      renderHuman(report),
    ].join('\n');
    canaries.forEach((secret) => expect(said.includes(secret), secret.slice(0, 4)).to.equal(false));
  });
});

const reportOf = (target: TargetReport): Report => ({
  schemaVersion: 1,
  tool: { name: 'sf-plugin-security-review', version: '0.0.0' },
  asOf: target.asOf,
  scope: { controls: 'all', failOn: 'medium', inconclusive: 'block' },
  gate: target.gate,
  summary: target.summary,
  targets: [target],
});
