import { expect } from 'chai';
import type { CollectContext } from '../../../src/engine/types.js';
import { globalOauthFiles } from '../../../src/package/collectors/globalOauthFiles.js';
import { project } from '../../../src/package/collectors/project.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const inside = 'force-app/extlClntAppGlobalOauthSets/A.ecaGlblOauth-meta.xml';
const outside = 'config/B.ecaGlblOauth';
const settings = (...lines: readonly string[]): string =>
  metadata(
    'ExtlClntAppGlobalOauthSettings',
    '<externalClientApplication>AcmePay</externalClientApplication>',
    ...lines
  );
const header = { 'force-app/AcmePay.eca-meta.xml': metadata('ExternalClientApplication', '<label>X</label>') };

const collect = async (
  files: Record<string, string>,
  options: Parameters<typeof sourceOf>[1] = {},
  json = packageProject
): ReturnType<typeof globalOauthFiles.collect> =>
  globalOauthFiles.collect(await sourceOf({ 'sfdx-project.json': json, ...header, ...files }, options), context);

describe('package/collectors/globalOauthFiles', () => {
  it('finds a file by its root element, under any suffix, and no other', async () => {
    const evidence = await collect({
      'force-app/x/A.ecaGlobalOauth-meta.xml': `<?xml version="1.0"?>\n<!-- x -->\n${settings().replace(/^<\?[^>]*>\s*/, '')}`,
      'force-app/x/A.ecaOauth-meta.xml': metadata(
        'ExtlClntAppOauthSettings',
        '<label>ExtlClntAppGlobalOauthSettings</label>'
      ),
    });
    expect(evidence.status === 'complete' && evidence.value.map(({ app, file }) => `${app} ${file}`)).to.deep.equal([
      'AcmePay force-app/x/A.ecaGlobalOauth-meta.xml',
    ]);
  });

  it('finds the files in and outside the package, with the line of the secret and never the secret', async () => {
    const secret = '<consumerSecret>\n      S3CRET\n    </consumerSecret>';
    const evidence = await collect(
      { [inside]: settings('<label>X</label>', secret), [outside]: settings() },
      { tracked: [inside] }
    );
    expect(evidence).to.deep.equal({
      status: 'complete',
      value: [
        { app: 'AcmePay', file: outside, inPackage: false, tracked: false },
        { app: 'AcmePay', file: inside, secretLine: 5, inPackage: true, tracked: true },
      ],
    });
    expect(JSON.stringify(evidence)).to.not.contain('S3CRET');
  });

  it("an empty secret doesn't count, and a consumer key is no secret", async () => {
    const evidence = await collect({ [inside]: settings('<consumerKey>KEY</consumerKey>', '<consumerSecret/>') });
    expect(evidence.status === 'complete' && evidence.value[0]).to.not.have.property('secretLine');
  });

  it('two copies of a file are both found, each with its secret', async () => {
    const text = settings('<consumerSecret>S3CRET</consumerSecret>');
    const evidence = await collect({ [inside]: text, 'copy/A.ecaGlblOauth-meta.xml': text });
    expect(evidence.status === 'complete' && evidence.value.map(({ secretLine }) => secretLine)).to.deep.equal([4, 4]);
  });

  it('a repository that git could not read leaves tracked open', async () => {
    const evidence = await collect({ [inside]: settings() }, { tracked: 'unknown' });
    expect(evidence.status === 'complete' && evidence.value[0]?.tracked).to.equal(undefined);
  });

  it('a file that .forceignore leaves out lies in the tree all the same', async () => {
    const evidence = await collect({ '.forceignore': '**/*.ecaGlblOauth*', [inside]: settings() });
    expect(evidence.status === 'complete' && evidence.value).to.deep.equal([
      { app: 'AcmePay', file: inside, inPackage: false, tracked: false },
    ]);
  });

  it('a project without a package definition is searched as if it were packaged', async () => {
    const dump = JSON.stringify({ packageDirectories: [{ path: 'force-app' }] });
    const evidence = await collect({ [inside]: settings(), [outside]: settings() }, {}, dump);
    expect(evidence.status === 'complete' && evidence.value.map(({ inPackage }) => inPackage)).to.deep.equal([
      false,
      true,
    ]);
  });

  it('only the folder that was asked for is looked through', async () => {
    const evidence = await collect({ [inside]: settings(), [outside]: settings() }, { folder: 'force-app' });
    expect(evidence.status === 'complete' && evidence.value.map(({ file }) => file)).to.deep.equal([inside]);
  });

  it('a file that does not parse is listed under its own name, and makes the evidence a part', async () => {
    const evidence = await collect({ [inside]: '<ExtlClntAppGlobalOauthSettings><consumerSecret>S3CRET' });
    expect(evidence.status === 'partial' && evidence.value).to.deep.equal([
      { app: 'A', file: inside, inPackage: true, tracked: false },
    ]);
    expect(evidence.status === 'partial' && evidence.gap.subject?.file).to.equal(inside);
    expect(JSON.stringify(evidence)).to.not.contain('S3CRET');
  });

  it('a file that names no app goes by its own name', async () => {
    const evidence = await collect({ [inside]: metadata('ExtlClntAppGlobalOauthSettings', '<label>X</label>') });
    expect(evidence.status === 'complete' && evidence.value[0]?.app).to.equal('A');
  });

  it('a folder that could not be listed makes the evidence a part', async () => {
    const unseen = [{ path: 'config/', reason: 'could not be listed (EACCES)' }];
    expect((await collect({}, { unseen })).status).to.equal('partial');
  });
});

describe('package/collectors/project', () => {
  it('hands on what was decided when the source was opened', async () => {
    const source = await sourceOf({ 'sfdx-project.json': packageProject, ...header });
    expect(await project.collect(source, context)).to.deep.equal({ status: 'complete', value: source.project });
  });
});
