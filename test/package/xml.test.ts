import { expect } from 'chai';
import { child, childrenNamed, parseXml, type XmlElement } from '../../src/package/parsing/xml.js';

const rootOf = (text: string): XmlElement => {
  const parsed = parseXml(text);
  if (!('root' in parsed)) throw new Error(parsed.problem);
  return parsed.root;
};
const textOf = (text: string): string | undefined => child(rootOf(text), 'b')?.text;

const texts: ReadonlyArray<[name: string, xml: string, text: string]> = [
  ['decodes the numeric reference between two callbacks', '<a><b>one&#10;two</b></a>', 'one\ntwo'],
  ['decodes a hexadecimal reference', '<a><b>&#x41;&#xD;</b></a>', 'A'],
  ['decodes the standard entities once', '<a><b>&lt;x&gt; &amp;#10; &amp;amp;</b></a>', '<x> &#10; &amp;'],
  ['keeps 66.0 as it is written', '<a><b>66.0</b></a>', '66.0'],
  ['keeps leading zeros and long numbers', '<a><b>00123456789012345678901234</b></a>', '00123456789012345678901234'],
  ['keeps true as text', '<a><b>true</b></a>', 'true'],
  ['leaves a comment inside an element out', '<a><b><!-- <b>false</b> -->true</b></a>', 'true'],
  ['reads CDATA as text', '<a><b><![CDATA[x<y>&amp;]]></b></a>', 'x<y>&amp;'],
  ['keeps the line break between two pieces of CDATA', '<a><b><![CDATA[one]]>\n<![CDATA[two]]></b></a>', 'one\ntwo'],
  ['reads a tag that is wrapped over several lines', '<a><b\n  xml:lang="en"\n  >x</b\n></a>', 'x'],
  ['is not misled by > in an attribute', '<a><b note="x>y">z</b></a>', 'z'],
  ['trims the line breaks of pretty printing', '<a><b>\n    x\n  </b></a>', 'x'],
  ['tolerates a namespace prefix', '<m:a xmlns:m="urn:x"><m:b>x</m:b></m:a>', 'x'],
  ['tolerates a byte order mark', '\uFEFF<?xml version="1.0"?><a><b>x</b></a>', 'x'],
  ['reads an empty element as empty text', '<a><b></b></a>', ''],
  ['reads a self-closing element as empty text', '<a><b/></a>', ''],
];

const refused: ReadonlyArray<[name: string, xml: string, problem: RegExp, line?: number]> = [
  ['an empty file', '', /empty/],
  ['blanks only', ' \n ', /empty/],
  ['a byte order mark only', '\uFEFF', /empty/],
  ['plain text', 'consumer secret', /not well-formed/, 1],
  ['crossed tags', '<a>\n<b>x</c></a>', /not well-formed/, 2],
  ['a file cut off after an element', '<a>\n<b>x</b>\n', /not well-formed/, 1],
  ['a file cut off inside a tag', '<a>\n<b>x</b', /not well-formed/],
  ['text after the root', '<a></a>more', /not well-formed/],
  ['text after a root that closes itself', '<a/>more', /root element is empty/],
  ['an empty root', '<a></a>', /root element is empty/],
  ['a root that contains text only', '<a>x</a>', /root element is empty/],
  ['two roots', '<a/><b/>', /exactly one root/],
  ['a declaration without a root', '<?xml version="1.0"?>', /not well-formed/],
  ['a comment without a root', '<!-- <a/> -->', /not well-formed/],
  ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b></a>', /document type/],
  ['an external document type', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', /document type/],
  ['a document type in lower case', '<!doctype a><a/>', /document type/],
  ['markup that swallows the element after it', '<a><! <oauthConfig><b>x</b></oauthConfig></a>', /document type/],
  ['a closing tag that closes itself', '<a><b></c/><d/></b></a>', /document type/],
  ['a reserved name', '<a><__proto__>x</__proto__></a>', /is not allowed/],
  ['elements nested very deep', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, /is not allowed/],
  ['text that is not UTF-8', Buffer.from('<a/>', 'utf16le').toString('utf8'), /not UTF-8/],
];

describe('package/xml', () => {
  for (const [name, xml, text] of texts) {
    it(name, () => expect(textOf(xml)).to.equal(text));
  }

  for (const [name, xml, problem, line] of refused) {
    it(`refuses ${name}, and throws nothing`, () => {
      const parsed = parseXml(xml);
      expect(parsed).to.have.property('problem').that.matches(problem);
      if (line !== undefined) expect(parsed).to.have.property('line', line);
    });
  }

  it('never quotes the file when it refuses it', () => {
    for (const xml of ['<a><consumerSecret=S3CRET>', '<a><b S3CRET>x</b></a>', '<a>S3CRET & more</a>', '<S3CRET']) {
      expect(JSON.stringify(parseXml(xml)), xml).to.not.contain('S3CRET');
    }
  });

  it('gives each element the line on which its tag opens, also among equal texts', () => {
    const root = rootOf('<a>\n  <b>x</b>\n  <!-- <b>x</b>\n  -->\n  <c\n    d="1">\n    <b>x</b></c><b>x</b>\n</a>');
    expect(childrenNamed(root, 'b').map(({ line }) => line)).to.deep.equal([2, 7]);
    expect(child(root, 'c')?.line).to.equal(5);
    expect(child(child(root, 'c'), 'b')?.line).to.equal(7);
  });

  for (const [name, end] of [
    ['Windows', '\r\n'],
    ['old Mac', '\r'],
  ] as const) {
    it(`counts ${name} line ends once`, () => {
      expect(child(rootOf(['<a>', '<c/>', '<b>x</b>', '</a>'].join(end)), 'b')?.line).to.equal(3);
    });
  }

  it('parses a file with very many entities', () => {
    expect(textOf(`<a><b>${'&quot;'.repeat(150_000)}</b></a>`)).to.have.lengthOf(150_000);
  });
});
