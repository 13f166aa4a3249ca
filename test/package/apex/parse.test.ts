import { expect } from 'chai';
import { generatedClass } from '../../../scripts/tools/bench/syntheticPackage.js';
import { parseByGrammar } from '../../../src/package/sessions/apex/grammar.js';
import { parseApex } from '../../../src/package/sessions/apex/parse.js';
import { withoutPlainFields } from '../../../src/package/sessions/apex/plainFields.js';
import type { ApexClass } from '../../../src/package/sessions/apex/syntax.js';

const keywords = new Set(['class', 'public', 'private', 'new', 'null', 'name']);
const soap = 'http://soap.sforce.com/2006/04/metadata';

/** What is left to the parser of a class with these members, and what was taken out of it. */
const leftOf = (...members: readonly string[]): { left: string; taken: string[] } => {
  const { rest, fields } = withoutPlainFields(`public class A {\n${members.join('\n')}\n}`, keywords);
  const taken = [...fields].flatMap(([holder, all]) => all.map(({ name }) => `${holder}.${name}`));
  return { left: rest.replace(/^public class A \{\s*|\s*\}$/g, ''), taken };
};

/** Without columns: they tell two places of one line apart, and a field that was taken out leaves none behind. */
const classesIn = (source: string): unknown[] => {
  const parsed = parseByGrammar('classes/A.cls', source);
  if (!('classes' in parsed)) throw new Error(`The class does not parse from line ${parsed.line ?? 0} on.`);
  const sorted = (of: Iterable<unknown>): string[] => [...of].map((one) => JSON.stringify(one)).sort();
  const lines = JSON.stringify(parsed.classes.map(plain(sorted))).replace(/\\*"column\\*":\d+/g, '');
  return JSON.parse(lines) as unknown[];
};

/** Nothing depends on the order of fields and initial values. */
const plain =
  (sorted: (of: Iterable<unknown>) => string[]) =>
  ({ fields, methods, ...one }: ApexClass): unknown => ({
    ...one,
    fields: sorted(fields),
    methods: methods.map(({ locals, steps, ...method }) => ({
      ...method,
      locals: sorted(locals),
      steps: steps && sorted(steps),
    })),
  });

describe('package/apex/parse', () => {
  it('leaves of a generated class only what is no plain field to the parser', () => {
    const source = generatedClass(1_000_000);
    const { rest } = withoutPlainFields(source, keywords);
    expect(source.length).to.be.greaterThan(1_000_000);
    expect(rest).not.to.contain('_type_info = ');
    expect(rest.replace(/\s+/g, ' ').length).to.be.lessThan(60_000);
    expect(rest).to.contain('UserInfo.getSessionId()');
    expect(rest.split('\n')).to.have.length(source.split('\n').length);
  });

  it('knows the same of a class whose fields were taken out as of one that was parsed as a whole', () => {
    const source = generatedClass(20_000);
    // A comment within a field keeps it where it is.
    const whole = source.replaceAll(';', ' /* */;');
    expect(withoutPlainFields(whole, keywords).fields.size).to.equal(0);
    expect(withoutPlainFields(source, keywords).fields.size).to.be.greaterThan(10);
    expect(classesIn(source)).to.deep.equal(classesIn(whole));
  });

  it('takes out fields of inner classes, with and without a list of literals', () => {
    const members = [
      'public String a;',
      `private String[] b = new String[]{'a','${soap}',null,'0'};`,
      'public class B extends C.D {',
      '/** of what */ global static C.D[] c;',
      '}',
    ];
    expect(leftOf(...members).taken).to.deep.equal(['a.a', 'a.b', 'a.b.c']);
  });

  for (const [what, member] of [
    ['a field with another value', 'public String a = UserInfo.getSessionId();'],
    ['a list of something else', "private String[] a = new String[]{'a',b()};"],
    ['a field whose name is a word of the language', 'public String class;'],
    ['a field without a type', 'public a;'],
    ['a field with an annotation', '@AuraEnabled public String a;'],
    ['a field with a comment in it', 'public /* not */ String a;'],
    ['a line of a comment', '/* public String a;\n public String b; */'],
    ['a text', "String a = 'b; public String c;';"],
    ['a text with a line that is cut off', "String a = 'b\n; public class;"],
    ['a property', 'public String a { get; private set; }'],
    ['a method, whatever a comment calls it', 'void a() // public class B\n{ public String a; }'],
    ['an interface', 'interface B { public String a; }'],
  ] as const) {
    it(`leaves to the parser ${what}`, () => {
      expect(leftOf(member)).to.deep.equal({
        left: member.replace(/\s*\}$/, member.endsWith('}') ? ' }' : ''),
        taken: [],
      });
    });
  }

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
