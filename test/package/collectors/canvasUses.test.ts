import { expect } from 'chai';
import type { CollectContext, Evidence } from '../../../src/engine/types.js';
import { canvasUses } from '../../../src/package/collectors/canvasUses.js';
import type { CanvasUse } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const folder = 'force-app/main/default';
const page = `${folder}/pages/Checkout.page`;
const collect = async (
  files: Record<string, string>,
  project = packageProject,
  unseen: Array<{ path: string; reason: string }> = []
): Promise<Evidence<readonly CanvasUse[]>> =>
  canvasUses.collect(
    await sourceOf({ 'sfdx-project.json': project, 'force-app/A.cls-meta.xml': '', ...files }, { unseen }),
    context
  );
const usesOf = async (files: Record<string, string>): Promise<readonly CanvasUse[]> => {
  const evidence = await collect(files);
  expect(evidence.status).to.equal('complete');
  return evidence.status === 'complete' ? evidence.value : [];
};

describe('package/collectors/canvasUses', () => {
  it('finds canvas apps in pages, components and quick actions', async () => {
    const uses = await usesOf({
      [page]: '<apex:page>\n  <apex:canvasApp\n developerName="Panel" namespacePrefix="acme"/>\n</apex:page>',
      [`${folder}/components/Part.component`]:
        "<apex:component><APEX:canvasapp developerName='Panel'></apex:component>",
      [`${folder}/aura/Show/Show.cmp`]: '<aura:component><force:canvasApp developerName="Panel" /></aura:component>',
      [`${folder}/quickActions/Open.quickAction-meta.xml`]: metadata(
        'QuickAction',
        '<canvas>acme__Panel</canvas>',
        '<type>Canvas</type>'
      ),
    });
    expect(uses.map(({ type, name, line, app, namespace }) => [type, name, line, app, namespace])).to.have.deep.members(
      [
        ['AuraDefinitionBundle', 'Show', 1, 'Panel', undefined],
        ['VisualforceComponent', 'Part', 1, 'Panel', undefined],
        ['VisualforcePage', 'Checkout', 2, 'Panel', 'acme'],
        ['QuickAction', 'Open', 4, 'Panel', 'acme'],
      ]
    );
    expect(uses.find(({ name }) => name === 'Checkout')?.file).to.equal(page);
  });

  it('trap: a canvas app in a comment is not shown', async () => {
    expect(
      await usesOf({ [page]: '<apex:page><!-- <apex:canvasApp developerName="A"/> --></apex:page>' })
    ).to.deep.equal([]);
  });

  it('a name that is computed, or written inside another attribute, is not known', async () => {
    const text = '<apex:canvasApp parameters="{a: \'>\', developerName=\'No\'}" developerName="{!name}"/>';
    expect(await usesOf({ [page]: text })).to.deep.equal([
      { type: 'VisualforcePage', name: 'Checkout', file: page, line: 1 },
    ]);
  });

  it('a name that is replaced when a version is created is not known', async () => {
    const project = JSON.stringify({
      packageDirectories: [{ path: 'force-app', package: 'Acme' }],
      replacements: [{ glob: '**/*.page', stringToReplace: 'PANEL', replaceWithEnv: 'PANEL' }],
    });
    const evidence = await collect({ [page]: '<apex:canvasApp developerName="PANEL"/>' }, project);
    expect(evidence.status === 'complete' && evidence.value[0]).to.not.have.property('app');
  });

  it('other quick actions, settings of an app, and pages outside the package are no use', async () => {
    const uses = await usesOf({
      [`${folder}/quickActions/New.quickAction-meta.xml`]: metadata(
        'QuickAction',
        '<type>Create</type>',
        '<label>Canvas</label>'
      ),
      [`${folder}/extlClntAppCanvasSettings/A.ecaCanvas-meta.xml`]: metadata(
        'ExtlClntAppCanvasSettings',
        '<canvasUrl>x</canvasUrl>'
      ),
      'unpackaged/pages/B.page': '<apex:canvasApp developerName="B"/>',
    });
    expect(uses).to.deep.equal([]);
  });

  it('an action that does not parse, and a page that could not be listed, make the evidence a part', async () => {
    const action = { [`${folder}/quickActions/Open.quickAction-meta.xml`]: '<QuickAction><type>Canvas' };
    expect((await collect(action)).status).to.equal('partial');
    const hidden = await collect({}, packageProject, [
      { path: page, reason: 'is a link to a place outside the folder' },
    ]);
    expect(hidden.status === 'partial' && hidden.gap.detail).to.equal(
      `${page} could not be opened (is a link to a place outside the folder).`
    );
  });
});
