import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import type { Evidence } from '../../src/engine/types.js';
import { openPackage, openPackageZip, packageDomain } from '../../src/package/index.js';
import type { PackageSource } from '../../src/package/source/packageSource.js';
import { metadata, packageProject } from '../support/packageSource.js';
import { canary } from '../support/secrets.js';

const frontdoor = "const u = await open('/services/oauth2/singleaccess');\nx = u.match(/sid=([^&]+)/)";
const implicit = "go('https://login.salesforce.com/services/oauth2/authorize?response_type=token');";
const inner = {
  'js/main.js': frontdoor,
  'js/login.js': implicit,
  'config.json': JSON.stringify({ k: canary.pkcs8 }),
  'apps/Fake.connectedApp': metadata('ConnectedApp', '<label>x</label>'),
};
const zipped = (files: Record<string, string | Uint8Array>): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? strToU8(text) : text])
      )
    )
  );
const context = { asOf: new Date(0), params: {}, required: [] };
const folder = 'force-app/main/default';

describe('package/archives', () => {
  let root: string;
  const open = async (files: Record<string, string | Buffer>): Promise<PackageSource> => {
    for (const [path, content] of Object.entries({ 'sfdx-project.json': packageProject, ...files })) {
      // eslint-disable-next-line no-await-in-loop
      await mkdir(dirname(join(root, path)), { recursive: true });
      // eslint-disable-next-line no-await-in-loop
      await writeFile(join(root, path), content);
    }
    return openPackage(root);
  };
  const meta = { [`${folder}/staticresources/Lib.resource-meta.xml`]: metadata('StaticResource', '<label>x</label>') };
  const collect = <K extends keyof typeof packageDomain.collectors>(
    source: PackageSource,
    fact: K
  ): Promise<Evidence<unknown>> => packageDomain.collectors[fact].collect(source, context);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'archives '));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('trap: a zipped static resource is opened, and its content is evaluated in place', async () => {
    const source = await open({ ...meta, [`${folder}/staticresources/Lib.resource`]: zipped(inner) });
    const lib = `${folder}/staticresources/Lib.resource`;
    const uses = await collect(source, 'frontdoorUses');
    expect(uses).to.have.property('status', 'complete');
    expect(JSON.stringify(uses)).to.include(
      `"component":{"type":"StaticResource","name":"Lib"},"file":"${lib}/js/main.js"`
    );
    const code = JSON.stringify(await collect(source, 'code'));
    expect(code).to.include('"what":"implicit"').and.to.include(`"name":"Lib","file":"${lib}/js/login.js"`);
    const secrets = JSON.stringify(await collect(source, 'secretFindings'));
    expect(secrets).to.include(`"type":"StaticResource","name":"Lib","file":"${lib}/config.json"`);
    expect(secrets).to.include('"status":"complete"');
  });

  it('trap: an app in a static resource is content, and no app of the package', async () => {
    const source = await open({ ...meta, [`${folder}/staticresources/Lib.resource`]: zipped(inner) });
    expect(await collect(source, 'connectedApps')).to.deep.equal({ status: 'complete', value: [] });
  });

  it('opens one in a package zip', async () => {
    const files = {
      'package.xml': metadata('Package', '<version>66.0</version>'),
      'staticresources/Lib.resource': zipped(inner),
    };
    await writeFile(join(root, 'a.zip'), zipped(files));
    const source = await openPackageZip(join(root, 'a.zip'));
    expect(source.packaged).to.include('staticresources/Lib.resource/js/main.js');
    expect(JSON.stringify(await collect(source, 'frontdoorUses'))).to.include('taken');
  });

  it('one that is damaged, or contains another archive, stays a file that was not read', async () => {
    const damaged = zipped(inner).subarray(0, 200);
    const source = await open({ ...meta, [`${folder}/staticresources/Lib.resource`]: damaged });
    expect(await collect(source, 'frontdoorUses')).to.have.property('status', 'partial');
    expect(await collect(source, 'secretFindings')).to.have.property('status', 'partial');
    expect(await collect(source, 'code')).to.have.property('status', 'partial');
    const nested = await open({ [`${folder}/staticresources/Lib.resource`]: zipped({ 'inner.zip': zipped(inner) }) });
    expect(await collect(nested, 'secretFindings')).to.have.property('status', 'partial');
  });

  it('a picture or a script under the same suffix is left as it is', async () => {
    const source = await open({ ...meta, [`${folder}/staticresources/Lib.resource`]: frontdoor });
    expect(JSON.stringify(await collect(source, 'frontdoorUses'))).to.include('taken');
  });
});
