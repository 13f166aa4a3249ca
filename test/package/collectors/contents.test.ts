import { expect } from 'chai';
import { contents } from '../../../src/package/collectors/contents.js';

import { packageProject, sourceOf } from '../../support/packageSource.js';

const collect = async (...paths: readonly string[]): ReturnType<typeof contents.collect> =>
  contents.collect(
    await sourceOf({
      'sfdx-project.json': packageProject,
      ...Object.fromEntries(paths.map((path) => [`force-app/${path}`, 'x'])),
    }),
    { asOf: new Date(0), params: {}, required: [] }
  );

const app = 'externalClientApps/A.eca-meta.xml';

describe('contents', () => {
  it('distinguishes a package of apps from one that contains more', async () => {
    expect(await collect(app, 'README.md')).to.deep.equal({
      status: 'complete',
      value: { appFiles: 1, otherFiles: 0, installedPackages: [] },
    });
    expect(await collect(app, 'classes/A.cls', 'classes/A.cls-meta.xml'))
      .to.have.nested.property('value.otherFiles')
      .above(0);
  });

  it('names the packages that must be installed', async () => {
    const evidence = await collect(app, 'installedPackages/acmebase.installedPackage-meta.xml');
    expect('value' in evidence && evidence.value).to.deep.equal({
      appFiles: 1,
      otherFiles: 0,
      installedPackages: [
        { value: 'acmebase', file: 'force-app/installedPackages/acmebase.installedPackage-meta.xml' },
      ],
    });
  });
});
