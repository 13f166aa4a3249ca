import { expect } from 'chai';
import { reference } from '../../src/catalogue.js';
import { renderEntries, renderReference } from '../../src/render/index.js';
import { controlReference } from '../../scripts/tools/controls.js';

describe('a list on a narrow terminal', () => {
  it('stands line below line, and cuts no word that fits', () => {
    const entries = [{ head: 'package/pkce-required (high)', about: ['Every app requires PKCE', 'Owner: platform'] }];
    expect(renderEntries(entries, 20)).to.equal(
      'package/pkce-\nrequired (high)\n  Every app requires\n  PKCE\n  Owner: platform'
    );
  });
});

describe('what is said of a control before it runs', () => {
  const controls = reference();
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

  for (const control of controls) {
    it(`${control.id}: a terminal and the page say how it is decided, after the guidance`, () => {
      const { requirement, decision, rationale } = control;
      expect(oneLine(renderReference(control))).to.contain(
        `Guidance ${requirement} How it is decided ${decision} Why ${rationale}`
      );
      expect(oneLine(controlReference('audit-org', [control]))).to.contain(
        `Guidance: ${requirement} How it is decided: ${decision} Why: ${rationale}`
      );
    });
  }
});
