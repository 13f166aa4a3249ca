import { expect } from 'chai';
import { generatedClass } from '../../../scripts/tools/bench/syntheticPackage.js';
import { parseApex } from '../../../src/package/sessions/apex/parse.js';
import { readClasses } from '../../../src/package/sessions/apex/text/readClasses.js';

describe('package/apex/parse', () => {
  it('reads a generated class of a million characters without the grammar', () => {
    const source = generatedClass(1_000_000);
    expect(source.length).to.be.greaterThan(1_000_000);
    expect(readClasses('classes/A.cls', source)).to.have.property('length').that.is.greaterThan(10);
  });

  for (const [what, member] of [
    ['a method behind one', 'public String a; void b() { int int int; }'],
    ['an open comment behind one', 'public String a; /*'],
    ['an open text behind one', "public String a; String b = 'c;"],
    ['a bracket too many', '} public String a;'],
  ] as const) {
    it(`still does not parse ${what}`, async () => {
      const parsed = await parseApex('classes/A.cls', `public class A {\n${member}\n}`);
      expect(parsed).not.to.have.property('classes');
    });
  }

  it('names the line of the file where it stops being Apex', async () => {
    expect(
      await parseApex('classes/A.cls', 'public class A {\npublic String a;\npublic String b;\nint int int;\n}')
    ).to.deep.equal({
      line: 4,
    });
  });

  it('stops after the same amount of work on every machine', async () => {
    const casts = (count: number): string => `public class A { Object o = ${'(String)'.repeat(count)}x; }`;
    expect(await parseApex('classes/A.cls', casts(20))).to.have.property('classes');
    expect(await parseApex('classes/A.cls', casts(300))).to.deep.equal({});
    const chain = (count: number): string => `public class A { Object o = a${'.b(c)'.repeat(count)}; }`;
    expect(await parseApex('classes/A.cls', chain(50))).to.have.property('classes');
    expect(await parseApex('classes/A.cls', chain(2000))).to.deep.equal({});
    const fields = (count: number): string => `public class A { Object o = a${'.b'.repeat(count)}; }`;
    expect(await parseApex('classes/A.cls', fields(50))).to.have.property('classes');
    expect(await parseApex('classes/A.cls', fields(2000))).to.deep.equal({});
    const types = (count: number): string => `public class A { ${'List<'.repeat(count)}A${'>'.repeat(count)} a; }`;
    expect(await parseApex('classes/A.cls', types(20))).to.have.property('classes');
    expect(await parseApex('classes/A.cls', types(20_000))).to.deep.equal({});
  });
});
