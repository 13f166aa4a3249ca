import { expect } from 'chai';
import type { CollectContext, Evidence } from '../../../src/engine/types.js';
import { packagedExternalClientApps } from '../../../src/package/collectors/externalClientApps.js';
import type { ExternalClientApp } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const folder = 'force-app/main/default';
const headerFile = `${folder}/externalClientApps/AcmePay.eca-meta.xml`;
const oauthFile = `${folder}/extlClntAppOauthSettings/Settings_of_it.ecaOauth-meta.xml`;
const globalFile = `${folder}/extlClntAppGlobalOauthSets/Whatever.ecaGlblOauth-meta.xml`;

const named = (app = 'AcmePay'): string => `<externalClientApplication>${app}</externalClientApplication>`;
const header = (state = 'Packaged'): string =>
  metadata('ExternalClientApplication', '<label>X</label>', `<distributionState>${state}</distributionState>`);
const oauth = (scopes = 'Api, RefreshToken', app = 'AcmePay'): string =>
  metadata('ExtlClntAppOauthSettings', `<commaSeparatedOauthScopes>${scopes}</commaSeparatedOauthScopes>`, named(app));
const global = (...lines: readonly string[]): string => metadata('ExtlClntAppGlobalOauthSettings', named(), ...lines);

type Files = Record<string, string>;
type Apps = Evidence<readonly ExternalClientApp[]>;
const collect = async (files: Files, project = packageProject): Promise<Apps> =>
  packagedExternalClientApps.collect(
    await sourceOf({ 'sfdx-project.json': project, 'force-app/A.cls-meta.xml': '', ...files }),
    context
  );
const appsOf = async (files: Files, project?: string): Promise<readonly ExternalClientApp[]> => {
  const evidence = await collect(files, project);
  expect(evidence).to.have.property('status', 'complete');
  return evidence.status === 'complete' ? evidence.value : [];
};
const gapOf = async (files: Files): Promise<string> => {
  const evidence = await collect(files);
  expect(evidence).to.have.property('status', 'partial');
  return evidence.status === 'partial' ? evidence.gap.detail : '';
};
const values = (located: ReadonlyArray<{ value: string }> | undefined): string[] | undefined =>
  located?.map(({ value }) => value);

describe('package/collectors/externalClientApps', () => {
  it('joins a packaged app from its files through externalClientApplication, whatever they are called', async () => {
    const apps = await appsOf({
      [headerFile]: header(),
      [oauthFile]: oauth(),
      [globalFile]: global(
        '<callbackUrl>https://a.example/x&#10;acme://b</callbackUrl>',
        '<certificate>MIIB</certificate>',
        '<consumerKey>KEY</consumerKey>',
        '<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>',
        '<isPkceRequired>false</isPkceRequired>'
      ),
    });
    const at = <T>(value: T, file: string, line: number): { value: T; file: string; line: number } => ({
      value,
      file,
      line,
    });
    expect(apps).to.deep.equal([
      {
        name: 'AcmePay',
        file: headerFile,
        line: 2,
        hasHeader: true,
        distributionState: at('Packaged', headerFile, 4),
        oauthLink: at('', oauthFile, 2),
        oauth: { file: oauthFile, line: 2, scopes: [at('Api', oauthFile, 3), at('RefreshToken', oauthFile, 3)] },
        global: {
          file: globalFile,
          line: 2,
          callbacks: [at('https://a.example/x', globalFile, 4), at('acme://b', globalFile, 4)],
          certificate: at(true, globalFile, 5),
          clientCredentials: at(true, globalFile, 7),
          pkceRequired: at(false, globalFile, 8),
        },
        files: [{ type: 'ExtlClntAppGlobalOauthSettings', suffix: 'ecaGlblOauth', file: globalFile }],
      },
    ]);
  });

  const scopes: ReadonlyArray<[name: string, written: string, expected: readonly string[]]> = [
    ['commas with blanks', 'Api, Web, OpenID', ['Api', 'Web', 'OpenID']],
    ['commas without blanks', 'Api,Web', ['Api', 'Web']],
    ['commas with line breaks', 'Api,\n    Full\n', ['Api', 'Full']],
    ['stray commas', ',Api,, ', ['Api']],
    ['nothing', '', []],
  ];
  for (const [name, written, expected] of scopes) {
    it(`scopes separated by ${name}`, async () => {
      const [app] = await appsOf({ [headerFile]: header(), [oauthFile]: oauth(written) });
      expect(values(app?.oauth?.scopes)).to.deep.equal(expected);
    });
  }

  const policy = (...lines: readonly string[]): string =>
    metadata('ExtlClntAppOauthConfigurablePolicies', named(), ...lines);
  const policyFile = 'policies/AcmePay.ecaOauthPlcy-meta.xml';

  it('reads the policy and the token ranges of an app, which are never packaged, wherever the tree keeps them', async () => {
    const range =
      '<tokenIpRanges><startIpAddress>192.0.2.1</startIpAddress><endIpAddress>192.0.2.9</endIpAddress></tokenIpRanges>';
    const [app] = await appsOf({
      [headerFile]: header(),
      [policyFile]: policy(
        '<refreshTokenPolicyType>SpecificInactivity</refreshTokenPolicyType>',
        '<refreshTokenValidityPeriod>30</refreshTokenValidityPeriod>',
        '<refreshTokenValidityUnit>Days</refreshTokenValidityUnit>'
      ),
      'policies/AcmePay.ecaOauthSecurity': metadata('ExtlClntAppOauthSecuritySettings', named(), range),
    });
    expect(app?.refreshTokenPolicy).to.deep.equal({ value: 'SpecificInactivity:30:Days', file: policyFile, line: 4 });
    expect(app?.tokenIpRanges?.map(({ value }) => value)).to.deep.equal([{ start: '192.0.2.1', end: '192.0.2.9' }]);
    expect(app?.files).to.deep.equal([]);
  });

  it('policies of two orgs that differ say nothing, and are no contradiction', async () => {
    const [app] = await appsOf({
      [headerFile]: header(),
      [policyFile]: policy('<refreshTokenPolicyType>Zero</refreshTokenPolicyType>'),
      'other/AcmePay.ecaOauthPlcy-meta.xml': policy('<refreshTokenPolicyType>Infinite</refreshTokenPolicyType>'),
    });
    expect(app).to.not.have.property('refreshTokenPolicy');
  });

  it('a header alone: scopes, callbacks and switches are not here', async () => {
    const [app] = await appsOf({ [headerFile]: header() });
    expect(app).to.not.have.any.keys('oauth', 'global');
  });

  it('settings without a header are an app all the same', async () => {
    const [app] = await appsOf({ [oauthFile]: oauth() });
    expect(app).to.deep.include({ name: 'AcmePay', file: oauthFile, line: 4, hasHeader: false, files: [] });
    expect(app).to.not.have.property('distributionState');
  });

  it('a distribution state that is missing, empty or unknown is distinguished', async () => {
    const state = async (text: string): Promise<string | undefined> =>
      (await appsOf({ [headerFile]: text }))[0]?.distributionState?.value;
    expect(await state(metadata('ExternalClientApplication', '<label>X</label>'))).to.equal(undefined);
    expect(await state(header('Packaged</distributionState><distributionState>Local'))).to.equal(undefined);
    expect(await state(header(''))).to.equal('');
    expect(await state(header('Packageable'))).to.equal('Packageable');
  });

  it('callbacks are not here when only .ecaOauth is, but its old form of API 57 contains some', async () => {
    const old = metadata(
      'ExtlClntAppOauthSettings',
      '<callbackUrl>https://a</callbackUrl>',
      '<consumerSecret>S3CRET</consumerSecret>',
      '<isClientCredentialEnabled>true</isClientCredentialEnabled>',
      named()
    );
    const [now] = await appsOf({ [oauthFile]: oauth() });
    expect(now?.oauth).to.not.have.property('callbacks');
    const [then] = await appsOf({ [oauthFile]: old });
    expect(values(then?.oauth?.callbacks)).to.deep.equal(['https://a']);
    expect(then?.oauth?.clientCredentials?.value).to.equal(true);
    expect(JSON.stringify(then)).to.not.contain('S3CRET');
  });

  it('never hands the consumer secret on', async () => {
    const secret = global('<consumerSecret>S3CRET</consumerSecret>');
    expect(JSON.stringify(await collect({ [headerFile]: header(), [globalFile]: secret }))).to.not.contain('S3CRET');
  });

  it('a namespace in front of the name is the same app', async () => {
    const project = JSON.stringify({ namespace: 'acme', packageDirectories: [{ path: 'force-app', package: 'Acme' }] });
    const apps = await appsOf({ [headerFile]: header(), [oauthFile]: oauth('Api', 'acme__AcmePay') }, project);
    expect(apps.map(({ name, hasHeader }) => [name, hasHeader])).to.deep.equal([['AcmePay', true]]);
    const both = { 'force-app/acme__AcmePay.eca-meta.xml': header(), [oauthFile]: oauth('Api', 'acme__AcmePay') };
    expect((await appsOf(both, project)).map(({ name, hasHeader }) => [name, hasHeader])).to.deep.equal([
      ['AcmePay', true],
    ]);
  });

  it('global settings outside the package answer for their app, but are none of its packaged files', async () => {
    const outside = 'secrets/AcmePay.ecaGlblOauth-meta.xml';
    const [app] = await appsOf({ [headerFile]: header(), [outside]: global('<isPkceRequired>true</isPkceRequired>') });
    expect(app?.global?.pkceRequired).to.deep.equal({ value: true, file: outside, line: 4 });
    expect(app?.files).to.deep.equal([]);
  });

  it('global settings that .forceignore leaves out answer for their app as well', async () => {
    const [app] = await appsOf({
      '.forceignore': '**/*.ecaGlblOauth-meta.xml',
      [headerFile]: header(),
      [globalFile]: global('<isPkceRequired>true</isPkceRequired>'),
    });
    expect(app?.global?.pkceRequired?.value).to.equal(true);
    expect(app?.files).to.deep.equal([]);
  });

  it('global settings outside the package make no app by themselves', async () => {
    expect(await appsOf({ 'docs/X.ecaGlblOauth-meta.xml': global() })).to.deep.equal([]);
  });

  it('lists every other file of the family, also of a type that is newer than this tool', async () => {
    const types: ReadonlyArray<[suffix: string, type: string]> = [
      ['ecaAttest', 'ExtlClntAppAttestSettings'],
      ['ecaAttestPlcy', 'ExtlClntAppAttestConfigurablePolicies'],
      ['ecaBrandNew', 'ExtlClntAppBrandNewSettings'],
      ['ecaCanvas', 'ExtlClntAppCanvasSettings'],
      ['ecaMobile', 'ExtlClntAppMobileSettings'],
      ['ecaMobilePlcy', 'ExtlClntAppMobileConfigurablePolicies'],
      ['ecaNotifications', 'ExtlClntAppNotificationSettings'],
      ['ecaOauthPlcy', 'ExtlClntAppOauthConfigurablePolicies'],
      ['ecaOauthSecurity', 'ExtlClntAppOauthSecuritySettings'],
      ['ecaPlcy', 'ExtlClntAppConfigurablePolicies'],
      ['ecaPush', 'ExtlClntAppPushSettings'],
      ['ecaPushPlcy', 'ExtlClntAppPushConfigurablePolicies'],
      ['ecaSamlPlcy', 'ExtlClntAppSamlConfigurablePolicies'],
      ['ecaSmpl', 'ExtlClntAppSampleSettings'],
      ['ecaSmplPlcy', 'ExtlClntAppSampleConfigurablePolicies'],
    ];
    const family = Object.fromEntries(
      types.map(([suffix, type]) => [`force-app/x/N.${suffix}-meta.xml`, metadata(type, named())])
    );
    const [app, ...others] = await appsOf({ [headerFile]: header(), ...family });
    expect(others).to.deep.equal([]);
    expect(app?.files).to.deep.equal(
      types.map(([suffix, type]) => ({ type, suffix, file: `force-app/x/N.${suffix}-meta.xml` }))
    );
  });

  it('sees a type that is newer than this tool in a Metadata API folder, too', async () => {
    const source = await sourceOf({
      'package.xml': metadata('Package', '<types><members>*</members><name>ExternalClientApplication</name></types>'),
      'externalClientApps/AcmePay.eca': header(),
      'extlClntAppBrandNews/N.ecaBrandNew': metadata('ExtlClntAppBrandNewSettings', named()),
    });
    const evidence = await packagedExternalClientApps.collect(source, context);
    const apps = evidence.status === 'complete' ? evidence.value : [];
    expect(apps.map(({ files }) => files.map(({ type }) => type))).to.deep.equal([['ExtlClntAppBrandNewSettings']]);
  });

  it('two copies of a file that breaks the build are both listed', async () => {
    const [app] = await appsOf({
      [headerFile]: header(),
      [globalFile]: global(),
      'force-app/copy/Whatever.ecaGlblOauth': global(),
    });
    expect(app?.files).to.have.lengthOf(2);
  });

  it('two files that contradict each other about an app make the evidence a part', async () => {
    const other = 'force-app/other/AcmePay.ecaOauth';
    expect(await gapOf({ [headerFile]: header(), [oauthFile]: oauth('Api'), [other]: oauth('Full') })).to.equal(
      `${other} and ${oauthFile} contradict each other about the app AcmePay.`
    );
  });

  it('the same file in both formats is no contradiction', async () => {
    const apps = await appsOf({
      [headerFile]: header(),
      'force-app/mdapi/AcmePay.eca': header(),
      [oauthFile]: oauth(),
    });
    expect(apps).to.have.lengthOf(1);
  });

  it('several apps are kept apart', async () => {
    const apps = await appsOf({
      [headerFile]: header(),
      'force-app/B.eca-meta.xml': header('Local'),
      [oauthFile]: oauth('Api', 'B'),
    });
    const seen = apps.map(({ name, oauth: settings }) => `${name}:${settings ? 'scopes' : 'none'}`);
    expect(seen).to.have.members(['AcmePay:none', 'B:scopes']);
  });

  const broken: ReadonlyArray<[name: string, path: string, text: string, said: RegExp]> = [
    ['a header that does not parse', headerFile, '<ExternalClientApplication>', /not well-formed/],
    ['scopes that do not parse', oauthFile, oauth().slice(0, 150), /not well-formed/],
    ['global settings outside the package that do not parse', 'x/Y.ecaGlblOauth-meta.xml', '', /empty/],
    ['a header of another type', headerFile, oauth(), /root element is not ExternalClientApplication/],
    ['scopes of another type', oauthFile, header(), /root element is not ExtlClntAppOauthSettings/],
    [
      'settings that name no app',
      oauthFile,
      metadata('ExtlClntAppOauthSettings', '<label>X</label>'),
      /does not name its app/,
    ],
    ['settings with an empty name', oauthFile, oauth('Api', ''), /does not name its app/],
    [
      'settings that name two apps',
      oauthFile,
      oauth('Api').replace('</Ext', `${named('B')}</Ext`),
      /does not name its app/,
    ],
  ];
  for (const [name, path, text, said] of broken) {
    it(`${name}: the evidence is a part`, async () => {
      expect(await gapOf({ 'force-app/B.eca-meta.xml': header(), [path]: text }))
        .to.match(said)
        .and.to.contain(path);
    });
  }

  it('in a Metadata API folder package.xml decides', async () => {
    const list = '<types><members>AcmePay</members><name>ExternalClientApplication</name></types>';
    const source = await sourceOf({
      'package.xml': metadata('Package', list),
      'externalClientApps/AcmePay.eca': header(),
      'externalClientApps/Other.eca': header('Local'),
      'extlClntAppOauthSettings/AcmePay.ecaOauth': oauth('Full'),
    });
    const evidence = await packagedExternalClientApps.collect(source, context);
    const seen =
      evidence.status === 'complete' ? evidence.value.map(({ name, oauth: settings }) => [name, settings]) : [];
    expect(seen).to.deep.equal([['AcmePay', undefined]]);
  });

  it('a project without a package definition has its apps evaluated as if they were packaged', async () => {
    const dump = JSON.stringify({ packageDirectories: [{ path: 'force-app' }] });
    expect((await appsOf({ [headerFile]: header('Local') }, dump)).map(({ name }) => name)).to.deep.equal(['AcmePay']);
  });
});
