import { expect } from 'chai';
import type { CollectContext, Evidence } from '../../../src/engine/types.js';
import { destructiveChanges } from '../../../src/package/collectors/destructiveChanges.js';
import type { DestructiveChange } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const list = (type: string, ...members: readonly string[]): string =>
  metadata(
    'Package',
    '<types>',
    ...members.map((one) => `<members>${one}</members>`),
    `<name>${type}</name>`,
    '</types>'
  );
const collect = async (files: Record<string, string>, folder = ''): Promise<Evidence<readonly DestructiveChange[]>> =>
  destructiveChanges.collect(
    await sourceOf({ 'sfdx-project.json': packageProject, 'force-app/A.cls-meta.xml': '', ...files }, { folder }),
    context
  );

describe('package/collectors/destructiveChanges', () => {
  it('finds apps and parts of apps in all three files, wherever they lie', async () => {
    const evidence = await collect({
      'manifest/destructiveChanges.xml': list('ConnectedApp', 'A', 'B'),
      'force-app/destructiveChangesPre.xml': list('ExternalClientApplication', 'C'),
      'x/y/destructiveChangesPost.xml': list('ExtlClntAppOauthSettings', 'C_oauth'),
    });
    expect(evidence.status === 'complete' && evidence.value).to.deep.equal([
      { type: 'ExternalClientApplication', name: 'C', file: 'force-app/destructiveChangesPre.xml', line: 4 },
      { type: 'ConnectedApp', name: 'A', file: 'manifest/destructiveChanges.xml', line: 4 },
      { type: 'ConnectedApp', name: 'B', file: 'manifest/destructiveChanges.xml', line: 5 },
      { type: 'ExtlClntAppOauthSettings', name: 'C_oauth', file: 'x/y/destructiveChangesPost.xml', line: 4 },
    ]);
  });

  it('other types, an empty list and other files are nothing', async () => {
    const evidence = await collect({
      'manifest/destructiveChanges.xml': list('ApexClass', 'ConnectedApp'),
      'manifest/destructiveChangesPost.xml': metadata('Package', '<version>66.0</version>'),
      'manifest/package.xml': list('ConnectedApp', 'A'),
    });
    expect(evidence).to.deep.equal({ status: 'complete', value: [] });
  });

  it('only the folder that was asked for is looked through', async () => {
    const files = { 'manifest/destructiveChanges.xml': list('ConnectedApp', 'A') };
    expect(await collect(files, 'force-app')).to.deep.equal({ status: 'complete', value: [] });
  });

  it('a file that does not parse makes the evidence a part', async () => {
    const evidence = await collect({
      'a/destructiveChanges.xml': '<Package><types>',
      'b/destructiveChanges.xml': list('ConnectedApp', 'A'),
    });
    expect(evidence.status === 'partial' && evidence.gap.subject?.file).to.equal('a/destructiveChanges.xml');
    expect(evidence.status === 'partial' && evidence.value).to.have.lengthOf(1);
  });
});
