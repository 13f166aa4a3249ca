import { expect } from 'chai';
import { gapsIn } from '../../../src/engine/coverage.js';
import type { CollectContext, Evidence } from '../../../src/engine/types.js';
import { packagedConnectedApps } from '../../../src/package/collectors/connectedApps.js';
import type { ConnectedApp } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const file = 'force-app/main/default/connectedApps/AcmePay.connectedApp-meta.xml';

const collect = async (files: Record<string, string>): Promise<Evidence<readonly ConnectedApp[]>> =>
  packagedConnectedApps.collect(await sourceOf({ 'sfdx-project.json': packageProject, ...files }), context);
const appOf = async (text: string): Promise<ConnectedApp | undefined> => {
  const evidence = await collect({ [file]: text });
  expect(evidence.status).to.equal('complete');
  return evidence.status === 'complete' ? evidence.value[0] : undefined;
};
const oauth = (...lines: readonly string[]): string =>
  metadata('ConnectedApp', '<oauthConfig>', ...lines, '</oauthConfig>');
const at = <T>(value: T, line: number): { value: T; file: string; line: number } => ({ value, file, line });

describe('package/collectors/connectedApps', () => {
  it('reads scopes, callbacks, every switch and the certificate with file and line', async () => {
    const app = await appOf(
      oauth(
        '<callbackUrl>https://acme.example/callback</callbackUrl>',
        '<certificate>MIIB\nAAAA</certificate>',
        '<consumerKey>__KEY__</consumerKey>',
        '<isClientCredentialEnabled>false</isClientCredentialEnabled>',
        '<isConsumerSecretOptional>false</isConsumerSecretOptional>',
        '<isDeviceFlowEnabled>true</isDeviceFlowEnabled>',
        '<isPkceRequired>true</isPkceRequired>',
        '<isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>',
        '<scopes>Api</scopes>',
        '<scopes>RefreshToken</scopes>'
      )
    );
    expect(app).to.deep.equal({
      name: 'AcmePay',
      file,
      kind: 'oauth',
      oauth: {
        file,
        line: 3,
        callbacks: [at('https://acme.example/callback', 4)],
        certificate: at(true, 5),
        clientCredentials: at(false, 8),
        consumerSecretOptional: at(false, 9),
        deviceFlow: at(true, 10),
        pkceRequired: at(true, 11),
        refreshTokenRotation: at(true, 12),
        scopes: [at('Api', 13), at('RefreshToken', 14)],
      },
    });
  });

  it('reads the switches of refresh tokens and their policy', async () => {
    const app = await appOf(
      metadata(
        'ConnectedApp',
        '<oauthConfig>',
        '<isEnforceRefreshTokenTTL>false</isEnforceRefreshTokenTTL>',
        '<isIpBindingEnabled>true</isIpBindingEnabled>',
        '<isSecretRequiredForRefreshToken>true</isSecretRequiredForRefreshToken>',
        '</oauthConfig>',
        '<oauthPolicy>',
        '<ipRelaxation>ENFORCE</ipRelaxation>',
        '<refreshTokenPolicy>specific_inactivity:30:DAYS</refreshTokenPolicy>',
        '</oauthPolicy>'
      )
    );
    expect(app?.oauth).to.deep.include({
      idleTokensLimited: at(false, 4),
      tokenIpsEnforced: at(true, 5),
      secretRequiredForRefresh: at(true, 6),
    });
    expect(app?.refreshTokenPolicy).to.deep.equal(at('specific_inactivity:30:DAYS', 10));
  });

  it('trusted IP ranges of an app are no allowlist', async () => {
    const ranges = '<ipRanges><start>192.0.2.1</start><end>192.0.2.1</end></ipRanges>';
    const app = await appOf(metadata('ConnectedApp', ranges, '<oauthConfig><scopes>Api</scopes></oauthConfig>'));
    expect(app?.oauth).to.not.have.property('tokenIpsEnforced');
  });

  const callbacks: ReadonlyArray<[name: string, element: string, urls: readonly string[]]> = [
    ['separated by line breaks', '<callbackUrl>https://a\n    https://b</callbackUrl>', ['https://a', 'https://b']],
    [
      'separated by a numeric reference',
      '<callbackUrl>https://a&#10;acme://b</callbackUrl>',
      ['https://a', 'acme://b'],
    ],
    ['separated by &#13;&#xA;', '<callbackUrl>https://a&#13;&#xA;https://b</callbackUrl>', ['https://a', 'https://b']],
    [
      'separated by blanks',
      '<callbackUrl>https://a https://b\thttps://c</callbackUrl>',
      ['https://a', 'https://b', 'https://c'],
    ],
    ['with a decoded ampersand', '<callbackUrl>https://a?x=1&amp;y=2</callbackUrl>', ['https://a?x=1&y=2']],
    [
      'in two pieces of CDATA',
      '<callbackUrl><![CDATA[https://a]]>\n<![CDATA[http://localhost]]></callbackUrl>',
      ['https://a', 'http://localhost'],
    ],
  ];
  for (const [name, element, urls] of callbacks) {
    it(`callbacks ${name}: ${urls.length}`, async () => {
      const app = await appOf(oauth(element));
      expect(app?.oauth?.callbacks?.map(({ value }) => value)).to.deep.equal(urls);
    });
  }

  // Every app with OAuth has a callback, so a file without one says nothing about it.
  for (const element of ['<callbackUrl/>', '', '<!-- <callbackUrl>http://a</callbackUrl> -->']) {
    it(`callbacks are not shown by ${element || 'nothing'}`, async () => {
      expect((await appOf(oauth(element)))?.oauth).to.not.have.property('callbacks');
    });
  }

  it('scopes in one element are separate, whatever separates them', async () => {
    const app = await appOf(oauth('<scopes>Api, Full;Web</scopes>'));
    expect(app?.oauth?.scopes?.map(({ value }) => value)).to.deep.equal(['Api', 'Full', 'Web']);
  });

  const switches: ReadonlyArray<[name: string, element: string, value: boolean | undefined]> = [
    ['true', '<isPkceRequired>true</isPkceRequired>', true],
    ['false', '<isPkceRequired>false</isPkceRequired>', false],
    ['wrapped over lines', '<isPkceRequired\n>\n  true\n</isPkceRequired>', true],
    ['not named, as an older API version writes it', '', undefined],
    ['empty', '<isPkceRequired/>', undefined],
    ['neither true nor false', '<isPkceRequired>1</isPkceRequired>', undefined],
    [
      'named twice and contradicting itself',
      '<isPkceRequired>true</isPkceRequired><isPkceRequired>false</isPkceRequired>',
      undefined,
    ],
    ['in a comment only', '<!-- <isPkceRequired>true</isPkceRequired> -->', undefined],
  ];
  for (const [name, element, value] of switches) {
    it(`a switch ${name} is ${value ?? 'not said'}`, async () => {
      expect((await appOf(oauth(element)))?.oauth?.pkceRequired?.value).to.equal(value);
    });
  }

  it("an empty certificate doesn't count", async () => {
    expect((await appOf(oauth('<certificate></certificate>')))?.oauth?.certificate?.value).to.equal(false);
  });

  it('unknown elements do no harm', async () => {
    const app = await appOf(oauth('<isQuantumSafe>true</isQuantumSafe>', '<scopes>SomethingNew</scopes>'));
    expect(app?.oauth?.scopes?.map(({ value }) => value)).to.deep.equal(['SomethingNew']);
  });

  it('a second oauthConfig does not hide behind the first', async () => {
    const text = metadata(
      'ConnectedApp',
      '<oauthConfig><scopes>Api</scopes></oauthConfig>',
      '<oauthConfig><scopes>Full</scopes></oauthConfig>'
    );
    expect((await appOf(text))?.oauth?.scopes?.map(({ value }) => value)).to.deep.equal(['Api', 'Full']);
  });

  it('never hands the consumer secret on', async () => {
    const evidence = await collect({
      [file]: oauth('<consumerSecret>S3CRET</consumerSecret>', '<scopes>Api</scopes>'),
    });
    expect(JSON.stringify(evidence)).to.not.contain('S3CRET');
  });

  const kinds: ReadonlyArray<[name: string, kind: ConnectedApp['kind'], lines: readonly string[]]> = [
    [
      'an app of a 2GP is a reference: a stub',
      'stub',
      ['<developerName>acme__AcmePay</developerName>', '<version>1.0</version>'],
    ],
    [
      'a SAML app has no OAuth',
      'no-oauth',
      ['<label>X</label>', '<samlConfig><acsUrl>https://a</acsUrl></samlConfig>'],
    ],
    ['a bookmark has no OAuth', 'no-oauth', ['<label>X</label>', '<startUrl>/lightning</startUrl>']],
    ['an app with OAuth and a version is no stub', 'oauth', ['<oauthConfig/>', '<version>1.0</version>']],
  ];
  for (const [name, kind, lines] of kinds) {
    it(name, async () => expect(await appOf(metadata('ConnectedApp', ...lines))).to.include({ kind, name: 'AcmePay' }));
  }

  const broken: ReadonlyArray<[name: string, text: string]> = [
    ['an empty file', ''],
    ['plain text', 'not xml'],
    ['a file cut off after <scopes>Full</scopes>', oauth('<scopes>Full</scopes>').split('</oauthConfig>')[0] ?? ''],
    ['crossed tags', '<ConnectedApp><oauthConfig></ConnectedApp></oauthConfig>'],
    ['an empty root', '<ConnectedApp/>'],
    ['another type', metadata('Profile', '<custom>true</custom>')],
    ['a document type', '<!DOCTYPE ConnectedApp><ConnectedApp><label>X</label></ConnectedApp>'],
  ];
  for (const [name, text] of broken) {
    it(`${name} makes the evidence a part, and the other apps stay in it`, async () => {
      const other = 'force-app/connectedApps/Other.connectedApp-meta.xml';
      const evidence = await collect({ [file]: text, [other]: oauth('<scopes>Api</scopes>') });
      expect(evidence.status).to.equal('partial');
      if (evidence.status !== 'partial') return;
      expect(evidence.value.map((app) => app.name)).to.deep.equal(['Other']);
      expect(evidence.gap.kind).to.equal('unreadable');
      expect(evidence.gap.detail).to.contain(`${file} could not be read: `);
      expect(evidence.gap.subject).to.include({ type: 'File', name: file, file });
    });
  }

  it('two files that do not parse are a gap each, so that an attestation covers one', async () => {
    const other = 'force-app/B.connectedApp-meta.xml';
    const evidence = await collect({ [file]: '', [other]: '' });
    expect(gapsIn(evidence).map(({ subject }) => subject?.file)).to.have.members([file, other]);
  });

  it('a file that cannot be opened makes the evidence a part', async () => {
    const source = await sourceOf({ 'sfdx-project.json': packageProject, [file]: oauth() });
    const tree = {
      ...source.tree,
      read: () => Promise.reject(Object.assign(new Error('/home/me'), { code: 'EACCES' })),
    };
    const evidence = await packagedConnectedApps.collect({ ...source, tree }, context);
    expect(evidence.status === 'partial' && evidence.gap.detail).to.equal(
      `${file} could not be read: The file could not be opened (EACCES).`
    );
  });

  it('what the tree could not list makes the evidence a part', async () => {
    const unseen = [{ path: 'force-app/x/', reason: 'could not be listed (EACCES)' }];
    const source = await sourceOf({ 'sfdx-project.json': packageProject, [file]: oauth() }, { unseen });
    expect((await packagedConnectedApps.collect(source, context)).status).to.equal('partial');
  });

  const name = (evidence: Evidence<readonly ConnectedApp[]>): readonly string[] =>
    evidence.status === 'unavailable' ? [] : evidence.value.map((app) => app.file);

  it("the same app in both formats is one app; a copy outside the package doesn't count", async () => {
    const text = oauth('<scopes>Api</scopes>');
    const evidence = await collect({
      [file]: text,
      'force-app/mdapi/connectedApps/AcmePay.connectedApp': text.replaceAll('\n', '\r\n'),
      'Doc/AcmePay.connectedApp-meta.xml': text,
    });
    expect(name(evidence)).to.deep.equal([file]);
  });

  it('two versions of one app are both judged', async () => {
    const evidence = await collect({
      [file]: oauth('<scopes>Api</scopes>'),
      'force-app/old/AcmePay.connectedApp': oauth('<scopes>Full</scopes>'),
    });
    expect(name(evidence)).to.have.lengthOf(2);
  });

  it('a path with blanks, and a suffix in other letters, are found', async () => {
    const path = 'force-app/my apps/Acme Pay.ConnectedApp-meta.xml';
    expect(name(await collect({ [path]: oauth() }))).to.deep.equal([path]);
  });

  it('a Metadata API folder keeps its apps without -meta.xml', async () => {
    const source = await sourceOf({
      'package.xml': metadata('Package', '<types><members>*</members><name>ConnectedApp</name></types>'),
      'connectedApps/AcmePay.connectedApp': oauth('<scopes>Full</scopes>'),
    });
    const evidence = await packagedConnectedApps.collect(source, context);
    expect(name(evidence)).to.deep.equal(['connectedApps/AcmePay.connectedApp']);
  });

  it('reads a project without a package definition as if it were packaged', async () => {
    const project = JSON.stringify({ packageDirectories: [{ path: 'force-app' }] });
    const source = await sourceOf({ 'sfdx-project.json': project, [file]: oauth() });
    expect(name(await packagedConnectedApps.collect(source, context))).to.deep.equal([file]);
  });

  it('reads no file but those of Connected Apps', async () => {
    const source = await sourceOf({
      'sfdx-project.json': packageProject,
      [file]: oauth(),
      'force-app/A.cls': '',
      'force-app/B.eca-meta.xml': '',
    });
    const read: string[] = [];
    const tree = { ...source.tree, read: (path: string) => (read.push(path), source.tree.read(path)) };
    await packagedConnectedApps.collect({ ...source, tree }, context);
    expect(read).to.deep.equal([file]);
  });
});
