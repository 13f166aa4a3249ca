import { expect } from 'chai';
import { isPackageProblem } from '../../src/package/index.js';
import { metadata, packageProject, sourceOf } from '../support/packageSource.js';

const app = metadata('ConnectedApp', '<label>X</label>');
const project = (content: object): string => JSON.stringify(content);
const directories = (...paths: ReadonlyArray<Record<string, unknown>>): string =>
  project({ packageDirectories: paths });
/** Files that exist, each with the same app in it. */
const files = (...paths: readonly string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [path, app]));

type Case = {
  name: string;
  files: Record<string, string>;
  folder?: string;
  packaged: readonly string[];
  project?: Record<string, unknown>;
};

const a = 'force-app/connectedApps/A.connectedApp-meta.xml';
const b = 'other/connectedApps/B.connectedApp-meta.xml';

const cases: readonly Case[] = [
  {
    name: 'only directories that have a package are packaged',
    files: {
      'sfdx-project.json': directories({ path: 'force-app', package: 'Acme' }, { path: 'other' }),
      ...files(a, b, 'elsewhere/C.connectedApp-meta.xml'),
    },
    packaged: [a],
    project: {
      layout: 'sfdx-project',

      generation: 'second',
      directories: ['force-app'],
      name: 'Acme',
    },
  },
  {
    name: 'the old key id marks a package as well',
    files: {
      'sfdx-project.json': directories({ path: 'force-app', id: '0Ho000000000000' }, { path: 'other' }),
      ...files(a, b),
    },
    packaged: [a],
    project: { generation: 'second', name: 'acme' },
  },
  {
    name: 'aliases, ancestor and base packages are those of the judged directories',
    files: {
      'sfdx-project.json': project({
        packageDirectories: [
          {
            path: 'force-app',
            package: 'Acme',
            ancestorVersion: 'HIGHEST',
            dependencies: [{ package: 'Base@1.0.0-1' }, { subscriberPackageVersionId: '04t2' }],
          },
          { path: 'other', package: 'Other', dependencies: [{ package: 'Else' }], ancestorId: '' },
        ],
        packageAliases: { 'Base@1.0.0-1': '04t1' },
      }),
      ...files(a, b),
    },
    folder: 'force-app',
    packaged: [a],
    project: {
      ancestor: 'HIGHEST',
      dependencies: ['Base@1.0.0-1', '04t2'],
      aliases: { 'Base@1.0.0-1': '04t1' },
    },
  },
  {
    name: 'an empty package key marks none',
    files: { 'sfdx-project.json': directories({ path: 'force-app', package: '' }), ...files(a) },
    packaged: [a],
    project: { undeclared: true },
  },
  {
    name: 'an empty namespace with a package is a package, managed or not',
    files: {
      'sfdx-project.json': project({ namespace: '', packageDirectories: [{ path: 'force-app', package: 'Acme' }] }),
      ...files(a),
    },
    packaged: [a],
    project: { generation: 'second', namespace: undefined },
  },
  {
    name: 'a namespace without a package key is a 1GP that something else builds; unpackaged/ lies outside',
    files: {
      'sfdx-project.json': project({
        namespace: 'acme',
        packageDirectories: [{ path: 'force-app' }, { path: 'other', default: true }, { path: 'unpackaged/test' }],
      }),
      ...files(a, b, 'unpackaged/test/C.connectedApp-meta.xml'),
    },
    packaged: [a, b],
    project: { generation: 'first', namespace: 'acme', directories: ['force-app', 'other'] },
  },
  {
    name: 'a project as sf project generate writes it: all package directories are checked',
    files: {
      'sfdx-project.json': project({
        name: 'new',
        namespace: '',
        packageDirectories: [{ path: 'force-app', default: true }, { path: 'unpackaged' }],
      }),
      ...files(a, 'unpackaged/C.connectedApp-meta.xml'),
    },
    packaged: [a, 'unpackaged/C.connectedApp-meta.xml'],
    project: { undeclared: true, generation: 'unknown', name: 'new' },
  },
  {
    name: 'the same path twice counts once',
    files: {
      'sfdx-project.json': directories({ path: 'force-app', package: 'One' }, { path: './force-app/', package: 'Two' }),
      ...files(a),
    },
    packaged: [a],
    project: { directories: ['force-app'] },
  },
  {
    name: 'nested directories count once, paths may contain blanks and backslashes',
    files: {
      'sfdx-project.json': directories({ path: 'my app', package: 'One' }, { path: 'my app\\in side', package: 'Two' }),
      ...files('my app/in side/A B.connectedApp-meta.xml'),
    },
    packaged: ['my app/in side/A B.connectedApp-meta.xml'],
    project: { directories: ['my app', 'my app/in side'] },
  },
  {
    name: 'a directory is not taken for one whose name begins alike',
    files: { 'sfdx-project.json': packageProject, ...files(a, 'force-app-two/B.connectedApp-meta.xml') },
    packaged: [a],
  },
  {
    name: 'unpackagedMetadata and seedMetadata lie outside the package',
    files: {
      'sfdx-project.json': directories({
        path: 'force-app',
        package: 'Acme',
        unpackagedMetadata: { path: 'force-app/unpackaged' },
        seedMetadata: { path: 'force-app/seed' },
      }),
      ...files(a, 'force-app/seed/S.connectedApp-meta.xml', 'force-app/unpackaged/U.connectedApp-meta.xml'),
    },
    packaged: [a],
  },
  {
    name: 'trap: what one package deploys in addition may be another package',
    files: {
      'sfdx-project.json': directories(
        { path: 'force-app', package: 'Acme', default: true, unpackagedMetadata: { path: 'other' } },
        { path: 'other', package: 'Other' }
      ),
      ...files(a, b),
    },
    packaged: [a, b],
  },
  {
    name: '.forceignore keeps files out, and its exceptions bring some back',
    files: {
      'sfdx-project.json': packageProject,
      '.forceignore': '# apps\n**/connectedApps/*\n!**/A.connectedApp-meta.xml\n',
      ...files(a, 'force-app/connectedApps/B.connectedApp-meta.xml'),
    },
    packaged: [a],
    project: { ignored: 1 },
  },
  {
    name: 'the nearest .forceignore decides, as the CLI looks upwards from the package directory',
    files: {
      'sfdx-project.json': packageProject,
      '.forceignore': '**/A.*',
      'force-app/.forceignore': '**/B.*',
      ...files(a, 'force-app/connectedApps/B.connectedApp-meta.xml'),
    },
    packaged: [a],
  },
  {
    name: 'a folder inside a project: only that folder is judged, with the namespace found upwards',
    files: {
      'sfdx-project.json': project({
        namespace: 'acme',
        packageDirectories: [{ path: 'force-app', package: 'Acme', default: true }],
      }),
      '.forceignore': '**/I.*',
      ...files(a, 'force-app/sub/B.connectedApp-meta.xml', 'force-app/sub/I.connectedApp-meta.xml'),
    },
    folder: 'force-app/sub',
    packaged: ['force-app/sub/B.connectedApp-meta.xml'],
    project: { namespace: 'acme', directories: ['force-app/sub'], name: 'Acme', ignored: 1 },
  },
  {
    name: 'a folder that contains one of two packages is that package',
    files: {
      'sfdx-project.json': directories(
        { path: 'packages/one/src', package: 'One', default: true },
        { path: 'packages/two/src', package: 'Two' }
      ),
      ...files('packages/one/src/A.connectedApp-meta.xml', 'packages/two/src/B.connectedApp-meta.xml'),
    },
    folder: 'packages/two',
    packaged: ['packages/two/src/B.connectedApp-meta.xml'],
    project: { name: 'Two', directories: ['packages/two/src'] },
  },
  {
    name: 'a plain source folder is checked completely, with its own .forceignore',
    files: { '.forceignore': '**/B.*', ...files(a, b) },
    packaged: [a],
    project: { layout: 'source-folder', generation: 'unknown', directories: ['.'], name: 'acme' },
  },
  {
    name: 'a Metadata API folder: what package.xml does not list is not packaged',
    files: {
      'package.xml': metadata('Package', '<types><members>A</members><name>ConnectedApp</name></types>'),
      ...files('connectedApps/A.connectedApp', 'connectedApps/B.connectedApp', 'externalClientApps/C.eca'),
    },
    packaged: ['connectedApps/A.connectedApp', 'package.xml'],
    project: { layout: 'metadata-folder', ignored: 2, generation: 'unknown', name: 'acme' },
  },
  {
    name: 'a wildcard in package.xml lists all of a type',
    files: {
      'package.xml': metadata('Package', '<types><members>*</members><name>ConnectedApp</name></types>'),
      ...files('connectedApps/A.connectedApp', 'connectedApps/B.connectedApp'),
    },
    packaged: ['connectedApps/A.connectedApp', 'connectedApps/B.connectedApp', 'package.xml'],
    project: { ignored: 0 },
  },
  {
    name: 'a namespace in package.xml is a 1GP',
    files: {
      'package.xml': metadata('Package', '<namespacePrefix>acme</namespacePrefix>'),
      'classes/A.cls': '',
    },
    packaged: ['classes/A.cls', 'package.xml'],
    project: { generation: 'first', namespace: 'acme' },
  },
];

const refused: ReadonlyArray<[name: string, files: Record<string, string>, message: RegExp, folder?: string]> = [
  ['malformed JSON', { 'sfdx-project.json': '{ "packageDirectories": [', ...files(a) }, /not valid JSON/],
  ['no package directories', { 'sfdx-project.json': '{}', ...files(a) }, /not valid at packageDirectories/],
  ['a path that is no text', { 'sfdx-project.json': directories({ path: 3 }) }, /packageDirectories.0.path/],
  ['JSON that is no object', { 'sfdx-project.json': '[]' }, /the top level/],
  ['a package.xml that does not parse', { 'package.xml': '<Package>', ...files(a) }, /package.xml cannot be read/],
  ['a package.xml that is something else', { 'package.xml': app, ...files(a) }, /package.xml cannot be read/],
  [
    'a package.xml in which one list names two types',
    {
      'package.xml': metadata(
        'Package',
        '<types><name>ApexClass</name><members>A</members><name>ConnectedApp</name></types>'
      ),
      'connectedApps/A.connectedApp': app,
    },
    /does not name exactly one type/,
  ],
  ['an empty folder', {}, /^No package source was found in acme: it contains no sfdx-project.json, no package.xml/],
  ['a folder without metadata', { 'README.md': '', 'src/index.js': '' }, /and no file that ends in -meta.xml/],
  ['a manifest without files', { 'package.xml': metadata('Package', '<version>66.0</version>') }, /No package source/],
  [
    'a project without metadata',
    { 'sfdx-project.json': packageProject, 'README.md': '' },
    /sfdx-project.json names force-app as package directory, and it contains no metadata/,
  ],
  [
    'a folder of the project that is not packaged',
    { 'sfdx-project.json': packageProject, ...files(a, b) },
    /other is not in a package directory of sfdx-project.json/,
    'other',
  ],
  [
    'a folder that contains projects and is not one',
    { 'one/sfdx-project.json': packageProject, 'two/sfdx-project.json': packageProject, [`one/${a}`]: app },
    /contains projects: one, two/,
  ],
];

describe('package/project', () => {
  for (const one of cases) {
    it(one.name, async () => {
      const source = await sourceOf(one.files, { folder: one.folder });
      expect(source.packaged).to.deep.equal(one.packaged);
      for (const [key, value] of Object.entries(one.project ?? {})) {
        expect({ ...source.project }, key).to.deep.include(value === undefined ? {} : { [key]: value });
        if (value === undefined) expect(source.project).to.not.have.property(key);
      }
      expect(source.unseen.packaged).to.deep.equal([]);
    });
  }

  for (const [name, held, message, folder] of refused) {
    it(`refuses ${name}, with exit code 1`, async () => {
      const error: unknown = await sourceOf(held, { folder }).then(
        () => undefined,
        (thrown: unknown) => thrown
      );
      expect(isPackageProblem(error) && error.message).to.match(message);
      expect(isPackageProblem(error) && error.exitCode).to.equal(1);
      expect(isPackageProblem(error) && error.actions).to.have.length.above(0);
    });
  }

  for (const path of ['sfdx-project.json', '.forceignore', 'force-app/.forceignore', 'package.xml']) {
    it(`trap: refuses to guess what ${path} says when it is a link to a place outside the folder`, async () => {
      const held = { ...(path.endsWith('ignore') ? { 'sfdx-project.json': packageProject } : {}), ...files(a) };
      const reason = 'is a link to a place outside the folder';
      const error: unknown = await sourceOf(held, { unseen: [{ path, reason }] }).catch((thrown: unknown) => thrown);
      expect(isPackageProblem(error) && error.message).to.equal(`${path} ${reason}.`);
    });
  }

  it('an app that package.xml lists and that is not in the folder makes the evidence a part', async () => {
    const types = [
      '<types><members>A</members><members>Gone</members><name>ConnectedApp</name></types>',
      '<types><members>*</members><name>ExternalClientApplication</name></types>',
      '<types><members>Other</members><name>ApexClass</name></types>',
    ];
    const { unseen } = await sourceOf({
      'package.xml': metadata('Package', ...types),
      ...files('connectedApps/A.connectedApp'),
    });
    const gap = {
      kind: 'not-given',
      detail: 'package.xml lists the ConnectedApp Gone, whose file is not in the folder.',
      subject: { type: 'ConnectedApp', name: 'Gone' },
    };
    expect(unseen).to.deep.equal({ packaged: [gap], files: [gap] });
  });

  it('a package directory that does not exist makes the evidence a part', async () => {
    const json = directories({ path: 'force-app', package: 'One' }, { path: 'gone', package: 'Two' });
    const { unseen } = await sourceOf({ 'sfdx-project.json': json, ...files(a) });
    const gap = {
      kind: 'unreadable',
      detail: 'gone is a package directory that does not exist or is empty.',
      subject: { type: 'File', name: 'gone', file: 'gone' },
    };
    expect(unseen).to.deep.equal({ packaged: [gap], files: [gap] });
  });

  it('a package directory outside the project makes the evidence a part', async () => {
    const json = directories({ path: 'force-app', package: 'One' }, { path: '../shared', package: 'Two' });
    const { unseen } = await sourceOf({ 'sfdx-project.json': json, ...files(a) });
    expect(unseen.packaged.map(({ subject }) => subject?.name)).to.deep.equal(['../shared']);
  });

  it('a folder that could not be listed makes the evidence a part, inside the package only', async () => {
    const unseen = [
      { path: 'docs/', reason: 'could not be listed (EACCES)' },
      { path: 'force-app/secret/', reason: 'could not be listed (EACCES)' },
      { path: 'force-app/README.md', reason: 'is a broken link (ENOENT)' },
    ];
    const source = await sourceOf({ 'sfdx-project.json': packageProject, ...files(a) }, { unseen });
    expect(source.unseen.packaged.map(({ subject }) => subject?.name)).to.deep.equal(['force-app/secret']);
    expect(source.unseen.files.map(({ subject }) => subject?.name)).to.deep.equal(['docs', 'force-app/secret']);
  });

  it('states why a package directory that cannot be read is empty', async () => {
    const unseen = [{ path: 'force-app/', reason: 'is a link to a place outside the folder' }];
    const error: unknown = await sourceOf({ 'sfdx-project.json': packageProject }, { unseen }).catch(
      (thrown: unknown) => thrown
    );
    expect(isPackageProblem(error) && error.message).to.match(/force-app\/ is a link to a place outside the folder/);
  });
});
