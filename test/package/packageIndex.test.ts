import { expect } from 'chai';
import { canCarry, packageIndex, type PackageIndex } from '../../src/package/source/packageIndex.js';
import { metadata, packageProject, sourceOf } from '../support/packageSource.js';

const index = async (files: Record<string, string>): Promise<PackageIndex> =>
  packageIndex(await sourceOf({ 'sfdx-project.json': packageProject, 'force-app/A.eca-meta.xml': '', ...files }));
const missing = async (files: Record<string, string>): Promise<string[]> =>
  (await index(files)).missingBodies.map(({ subject }) => subject?.file ?? '');

describe('the index of a package', () => {
  it('is the same one for every collector', async () => {
    const source = await sourceOf({ 'sfdx-project.json': packageProject, 'force-app/A.eca-meta.xml': '' });
    expect(packageIndex(source)).to.equal(packageIndex(source));
  });

  it('tells metadata, code and content apart', async () => {
    const { files } = await index({
      'force-app/tabs/T.tab-meta.xml': '',
      'force-app/classes/C.cls': '',
      'force-app/staticresources/lib/dist/x.page': '',
      'force-app/applications/X.app-meta.xml': '',
      'force-app/aura/X/X.app': '',
    });
    const forms = Object.fromEntries(files.map(({ path, form }) => [path.replace('force-app/', ''), form]));
    expect(forms).to.deep.equal({
      'A.eca-meta.xml': 'metadata',
      'applications/X.app-meta.xml': 'metadata',
      'aura/X/X.app': 'code',
      'classes/C.cls': 'code',
      'staticresources/lib/dist/x.page': 'content',
      'tabs/T.tab-meta.xml': 'metadata',
    });
  });

  it('reads the documents that mention a word, and names those that do not parse', async () => {
    const found = await (
      await index({
        'force-app/tabs/A.tab-meta.xml': metadata('CustomTab', '<url>https://acme.example</url>'),
        'force-app/tabs/B.tab-meta.xml': metadata('CustomTab', '<label>b</label>'),
        'force-app/tabs/C.tab-meta.xml': '<CustomTab>https:',
      })
    ).documents({ file: ({ suffix }) => suffix === 'tab', mentions: /https:/ });
    expect(found.read.map(({ component }) => `${component.type}:${component.name}`)).to.deep.equal(['CustomTab:A']);
    expect(found.gaps.map(({ subject }) => subject?.file)).to.deep.equal(['force-app/tabs/C.tab-meta.xml']);
  });

  it('trap: takes a suffix that every object has for no kind of metadata', async () => {
    const path = 'force-app/odd/A.constructor-meta.xml';
    const { files } = await index({ [path]: metadata('A', '<url>https://acme.example</url>') });
    const odd = files.find((file) => file.path === path);
    expect(odd?.component).to.deep.equal({ type: 'File', name: path });
    expect(odd && canCarry(odd)).to.equal(false);
  });

  it('names every component whose body is missing', async () => {
    const bodies = [
      'classes/A.cls',
      'triggers/T.trigger',
      'pages/P.page',
      'components/C.component',
      'staticresources/R.resource',
      'aura/X/X.cmp',
      'lwc/y/y.js',
    ];
    const files = Object.fromEntries(bodies.map((path) => [`force-app/${path}-meta.xml`, '']));
    expect(await missing(files)).to.have.members(bodies.map((path) => `force-app/${path}-meta.xml`));
  });

  it('trap: finds the body of a resource with dots in its name, of an unpacked one, and of a module of styles', async () => {
    expect(
      await missing({
        'force-app/staticresources/jquery.acme.resource-meta.xml': '',
        'force-app/staticresources/jquery.acme.js': '',
        'force-app/staticresources/spa.resource-meta.xml': '',
        'force-app/staticresources/spa/static/main.js': '',
        'force-app/lwc/styles/styles.js-meta.xml': '',
        'force-app/lwc/styles/styles.css': '',
        'force-app/applications/Acme.app-meta.xml': '',
        'force-app/tabs/T.tab-meta.xml': '',
      })
    ).to.deep.equal([]);
  });
});
