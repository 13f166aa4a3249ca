import { expect } from 'chai';
import { codeWithoutComments as withoutCommentsOf } from '../../src/package/oauthFlows/languages.js';
import { isApexTest, withoutComments, withoutHtmlComments } from '../../src/package/parsing/stripComments.js';

const code: ReadonlyArray<[title: string, text: string, expected: string]> = [
  ['both kinds of comments, line for line', 'a /* x\ny */ b // c\nd', 'a     \n     b     \nd'],
  ['a comment of HTML', 'a <!-- b --> c', 'a            c'],
  ['what looks like a comment in a string stays', '\'https://a\' + "/* b */"', '\'https://a\' + "/* b */"'],
  [
    'an address in the text of a page hides nothing',
    '<p>https://a.example</p> b // c',
    '<p>https://a.example</p> b     ',
  ],
  ['an escaped quote does not end a string', "'\\'//' // x", "'\\'//'     "],
  ['a quote that does not close on its line opens nothing', "it's // x\n'//'", "it's     \n'//'"],
  ['a template goes over lines', '`a\n// b` // c', '`a\n// b`     '],
  ['a string of Apex over lines', "'''\nit's // x\n/* y\n'''; a // b", "'''\nit's // x\n/* y\n'''; a     "],
  ['every line end ends a comment', "// a\rb // it's\u2028c // d\r\n'//'", "    \rb        \u2028c     \r\n'//'"],
  ['a comment that does not end stays', 'a /* b // c\nd', 'a /* b     \nd'],
];

describe('package/comments', () => {
  for (const [title, text, expected] of code) {
    it(title, () => expect(withoutComments(text)).to.equal(expected));
  }

  for (const [path, text] of [
    ['a.html', `${'<script '.repeat(100)}\n`.repeat(500)],
    ['a.xml', `${'<a b="'.repeat(100)}\n`.repeat(500)],
    ['a.pl', '\n'.repeat(100_000)],
  ] as const) {
    it(`keeps the comments of ${path} where its grammar would take too much work`, async () => {
      expect(await withoutCommentsOf(path, text)).to.equal(text);
    });
  }

  it('takes the comments of a page with scripts away', async () => {
    const page = '<p>a < b</p> <!-- c --> <script>d(); // e\n</script>';
    expect(await withoutCommentsOf('a.html', page)).to.equal('<p>a < b</p>            <script>d();     \n</script>');
  });

  it('comments of HTML alone', () => {
    expect(withoutHtmlComments('a <!-- b --> c <!-- d // e')).to.equal('a            c <!-- d // e');
  });

  it('knows a class of tests by what stands before its first brace', () => {
    expect(isApexTest('A.cls', '/* { */ @IsTest\nclass A {}')).to.equal(true);
    expect(isApexTest('A.cls', '// @IsTest\nclass A { @IsTest void m() {} }')).to.equal(false);
    expect(isApexTest('a.js', '@IsTest {')).to.equal(false);
  });
});
