import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { complete } from '../../../src/engine/evidence.js';
import type { CollectContext, Policy } from '../../../src/engine/types.js';
import { packagedExternalClientApps } from '../../../src/package/collectors/externalClientApps.js';
import { givenOauthFiles } from '../../../src/package/collectors/givenOauthFiles.js';
import { isPackageProblem, openPackage, packageDomain, type PackageSource } from '../../../src/package/index.js';
import { metadata, packageProject } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const settings = (app: string, ...lines: readonly string[]): string =>
  metadata(
    'ExtlClntAppGlobalOauthSettings',
    '<callbackUrl>https://a.example/x</callbackUrl>',
    '<consumerSecret>S3CRET</consumerSecret>',
    ...(app === '' ? [] : [`<externalClientApplication>${app}</externalClientApplication>`]),
    ...lines
  );

describe('package/collectors/givenOauthFiles', () => {
  let root: string;
  const at = (path: string): string => join(root, path);
  const write = async (path: string, text: string): Promise<string> => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
    return at(path);
  };
  const open = (...files: readonly string[]): Promise<PackageSource> =>
    openPackage(at('project'), { ecaGlobalOauth: files });
  const problemOf = async (file: string): Promise<string> => {
    const error: unknown = await open(file).catch((thrown: unknown) => thrown);
    return isPackageProblem(error) ? `${error.exitCode} ${error.message}` : 'no problem';
  };

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'given ')));
    await write('project/sfdx-project.json', packageProject);
    const header = metadata('ExternalClientApplication', '<distributionState>Packaged</distributionState>');
    await write('project/force-app/externalClientApps/AcmePay.eca-meta.xml', header);
  });
  afterEach(() => rm(root, { recursive: true }));

  it('joins the file with its app, and drops the secret immediately', async () => {
    const file = await write('secret/any name.xml', settings('AcmePay', '<isPkceRequired>true</isPkceRequired>'));
    const source = await open(file);
    const apps = await packagedExternalClientApps.collect(source, context);
    expect(apps.status === 'complete' && apps.value[0]?.global?.pkceRequired).to.include({ value: true });
    expect(apps.status === 'complete' && apps.value[0]?.global?.callbacks?.[0]?.value).to.equal('https://a.example/x');
    expect(await givenOauthFiles.collect(source, context)).to.deep.equal(complete([{ app: 'AcmePay', file }]));
    expect(JSON.stringify([source, apps])).to.not.contain('S3CRET');
  });

  it('a copy in the tree agrees with the file, and another version contradicts it', async () => {
    const tree = 'project/secret/AcmePay.ecaGlblOauth-meta.xml';
    await write(tree, settings('AcmePay').replace('S3CRET', 'OTHER'));
    const file = await write('outside.xml', settings('AcmePay'));
    expect((await packagedExternalClientApps.collect(await open(file), context)).status).to.equal('complete');
    await write(tree, settings('AcmePay', '<isPkceRequired>true</isPkceRequired>'));
    expect((await packagedExternalClientApps.collect(await open(file), context)).status).to.equal('partial');
  });

  it("a file that joins no app is a notice, one that joins isn't", async () => {
    const source = await open(await write('a.xml', settings('AcmePay')), await write('b.xml', settings('Other')));
    const evidence = {
      project: complete(source.project),
      externalClientApps: await packagedExternalClientApps.collect(source, context),
      givenOauthFiles: await givenOauthFiles.collect(source, context),
    };
    const { notices } = packageDomain.describe(evidence, {} as Policy);
    expect(notices).to.have.lengthOf(1);
    expect(notices[0]).to.match(/b\.xml configures the app Other/);
  });

  it('a missing file is a wrong command line, an unusable one leaves nothing to judge', async () => {
    expect(await problemOf(at('nowhere.xml'))).to.match(/^2 .*nowhere\.xml does not exist/);
    expect(await problemOf(at('project'))).to.match(/^2 .*is not a file/);
    expect(await problemOf(await write('cut.xml', '<ExtlClntAppGlobalOauthSettings><consumerSecret>S3CRET'))).to.match(
      /^1 /
    );
    expect(await problemOf(await write('other.xml', metadata('ConnectedApp', '<label>X</label>')))).to.match(
      /^1 .*root element is not ExtlClntAppGlobalOauthSettings/
    );
    expect(await problemOf(await write('nameless.xml', settings('')))).to.match(/^1 .*does not name its app/);
    expect(await problemOf(await write('large.xml', ' '.repeat(2 ** 20 + 1)))).to.match(/^1 .*larger than 1 MB/);
    expect(await problemOf(await write('cut2.xml', '<a>S3CRET'))).to.not.contain('S3CRET');
  });
});
