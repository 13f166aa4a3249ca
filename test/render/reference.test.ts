import { expect } from 'chai';
import { reference } from '../../src/catalogue.js';
import { renderEntries, renderReference } from '../../src/render/index.js';
import { withoutMarks } from '../../src/render/text.js';
import { controlReference } from '../../scripts/tools/controls.js';

describe('a list on a narrow terminal', () => {
  it('stands line below line, and cuts no word that fits', () => {
    const entries = [{ head: 'package/pkce-required (high)', about: ['Every app requires PKCE', 'Owner: platform'] }];
    expect(renderEntries(entries, 20)).to.equal(
      'package/pkce-\nrequired (high)\n  Every app requires\n  PKCE\n  Owner: platform'
    );
  });
});

describe('the text of a control before it runs', () => {
  const controls = reference();
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

  for (const control of controls) {
    it(`${control.id}: the terminal and the page print the data sheet in its order`, () => {
      const { requirement, why, checks, fails, inconclusive, fix } = control;
      const texts = [requirement, why, ...checks, ...fails, ...inconclusive, ...fix].map(oneLine);
      const page = controlReference('audit-org', [control]);
      for (const [printed, wanted] of [
        [oneLine(renderReference(control)), texts.map(withoutMarks)],
        [oneLine(page), texts],
      ] as const) {
        let at = 0;
        for (const text of wanted) {
          const next = printed.indexOf(text, at);
          expect(next, text).to.be.at.least(at);
          at = next + text.length;
        }
      }
    });
  }
});
