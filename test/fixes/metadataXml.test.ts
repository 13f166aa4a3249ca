import { expect } from 'chai';
import { element, metadataFile } from '../../src/fixes/metadataXml.js';
import { parseXml } from '../../src/package/parsing/xml.js';

const textIn = (text: string): string | undefined => {
  const parsed = parseXml(metadataFile('Profile', [element('fullName', text)], []));
  return 'root' in parsed ? parsed.root.children[0]?.text : undefined;
};

describe('the XML of a metadata file', () => {
  for (const [what, name] of [
    ['a joiner between letters', 'نمی\u200cخواهم'],
    ['a joined sign', 'Team 👩\u200d💻'],
    ['a mark of direction', 'Kauf\u200fer'],
    ['signs of markup', 'R&D <Admins>'],
  ] as const) {
    it(`keeps ${what} in a name, so that the name is the one of the org`, () => {
      expect(textIn(name)).to.equal(name);
    });
  }

  it('writes what has no shape as a reference, so that a reader sees it', () => {
    expect(metadataFile('Profile', [element('fullName', 'a\u202eb')], [])).to.contain('a&#x202E;b');
  });

  it('leaves out what XML does not have', () => {
    expect(textIn('a\u0007b\ufffec')).to.equal('abc');
  });

  it('leaves out of a comment what could turn its text around', () => {
    expect(metadataFile('Profile', [element('fullName', 'a')], ['x\u202ey --> z'])).to.contain('<!-- xy - -&gt; z -->');
  });
});
