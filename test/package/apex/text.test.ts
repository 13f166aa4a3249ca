import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../../../scripts/tools/paths.js';
import { synthetic, syntheticPackage } from '../../../scripts/tools/bench/syntheticPackage.js';
import { parseByGrammar } from '../../../src/package/sessions/apex/grammar.js';
import { readClasses } from '../../../src/package/sessions/apex/text/readClasses.js';
import { apexTokens } from '../../../src/package/sessions/apex/text/tokens.js';
import type { ApexClass } from '../../../src/package/sessions/apex/syntax.js';

/** Maps as lists. */
const comparable = (classes: readonly ApexClass[]): unknown =>
  classes.map(({ fields, methods, constants, ...one }) => ({
    ...one,
    constants: [...(constants ?? [])],
    fields: [...fields],
    methods: methods.map(({ locals, ...method }) => ({ ...method, locals: [...locals] })),
  }));

const grammarReads = (path: string, source: string): unknown => {
  const parsed = parseByGrammar(path, source);
  return 'classes' in parsed ? comparable(parsed.classes) : undefined;
};

const textReads = (path: string, source: string): unknown => {
  const read = readClasses(path, source);
  return read && comparable(read);
};

const inMethod = (statement: string): string =>
  `public class A { String f; Object m(String p, List<Account> l) {\n${statement}\n} }`;

const apexBelow = (...folder: readonly string[]): string[] =>
  readdirSync(inRoot(...folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:cls|trigger)$/.test(path))
    .map((path) => join(inRoot(...folder), path));

const statements = [
  'String a; Integer b = 1, c; List<String> d = new List<String>{ p, f };',
  'final Map<String, List<Account>> a = new Map<String, List<Account>>{ p => l, f => l };',
  'a.b.C d = (a.b.C) e; String[] g = new String[]{ p, f, }; String[] h = new String[3]; Object o = new A[]{};',
  "return p + 'a' + 'b' + (f + 'c') - 1 + 2;",
  'return a == b && c != d || !e ? f : g ?? h;',
  'return a < b && c >= d && e <> f && g === h && i !== j && k <= m;',
  'return (Account) l[0].x(p).y[1].z?.w?.v(f, p);',
  'return (String) (p) + (f);',
  'return (a) - b; ',
  'return (a) + -b * c / d;',
  'return a << 2 | b >> 3 ^ c >>> 4 & ~d;',
  'a = b = c += d -= e *= g /= h; i++; --j; k--; ++n; q <<= 1; r >>>= 2; s |= t; u &= v; w ^= x; y >>= 3;',
  'return a instanceof Map<String, A> && b instanceof C.D[];',
  'Type t = List<String>.class; return Account.class.getName() + a.B.class + void.class;',
  'return new A.B<C>(x = 1, y = p).z(new Set<Id>{ a }, new Set<Id>());',
  'if (a) b(); else if (c) { d(); } else return null;',
  'for (Integer i = 0, n = 2; i < n; i++) a(i); for (;;) { break; } for (i = 0, j = 1; ; i++, j++) continue;',
  'for (Account a : [SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Name = :p AND X > 2024-01-01]) b(a);',
  'for (A.B c : d) while (c) { e(); } do { g(); } while (h(p)); while (x);',
  'try { a(); } catch (b.C d) { e(); } catch (Exception x) { throw x; } finally { g(); }',
  "switch on p { when 1, -2, 3L { a(); } when 'b', null { c(); } when B d { e(d); } when X.Y { g(); } when else { h(); } }",
  'insert as user l; update l; upsert l A__c.B__c; upsert l; delete as system l; undelete l; merge a b; throw new E(p);',
  'List<List<SObject>> r = [FIND :p IN ALL FIELDS RETURNING Account(Id)]; return Database.query(p);',
  "return [SELECT COUNT() FROM A WHERE B IN :c.d(e[0]) LIMIT 1] + '' + 1.5 + .5 + 2L + 3.0d + true;",
  "return 'a\\'b\\\\c\\n\\u00e9' + '' + 'd\n';",
  'Set<String> set = get.order(limit, from).when.class_x; this.f = super.g(this, p).new.select;',
  'this.m(p, l); m(p, l); A.m(p); a.m().m(); ',
  "@SuppressWarnings('PMD') final String a = p; { String b; b = a; }",
  'return a ? b ? c : d : e ? g : h;',
  '/* one */ a(/* two */); // three\n\n b(\n p);',
];

const members = [
  "public static final String A = 'b', C; private transient Integer d; public Boolean e { get; private set; }",
  'public String f { get { return g; } set { g = value; } } static { h = 1; } { i = 2; } ;',
  'public A() { this(1); } public A(Integer a) { super(a); } A.B m(final String a, List<String> b) { return null; }',
  '@AuraEnabled(cacheable=true) public static String a(String b) { return b; } global abstract void c(); ',
  "@InvocableMethod(label='a' description='b') global static void a() {} webservice static void d() {}",
  '@IsTest static void a() { b(); } static testMethod void c() { d(); } @TestVisible private String e;',
  'public class B extends C.D implements E, F<G> { String h; void i() {} } enum J { K, L } interface M extends N { void o(P q); R s(); }',
  'public virtual with sharing class B { class C { Integer d; } }',
  'void a() { WebServiceCallout.invoke(this, b, c, d); }',
  "public String[] a_type_info = new String[]{'a','b',null}; public A.B[] c;",
  'public List<String> a = new List<String>{ b() }; public Integer a { get; }',
];

/** What is no Apex, or has more than one reading, or is written as few people write. */
const left = [
  ...[
    'int int int;',
    'a b c;',
    'return p..x;',
    'return [a];',
    'return (a)++;',
    'System.runAs(u) { a(); }',
    'x = 1.;',
    'String é = p;',
    'a = 2024-01-01;',
    "String s = 'it''s';",
    "String s = '\\d';",
    "String s = '''\\n a''';",
    'return "a";',
    'for (final A a : b) {}',
  ].map(inMethod),
  ...['void () {}', 'String a() { return b }', 'String a', 'transient a;', 'A(); '].map(
    (one) => `class A {\n${one}\n}`
  ),
  'class A {} class B {}',
  'class A { /* }',
  "class A { String a = '",
];

describe('package/apex/text', () => {
  for (const statement of statements) {
    it(`reads as the grammar does: ${statement.replace(/\s+/g, ' ').slice(0, 60)}`, () => {
      const source = inMethod(statement);
      expect(textReads('A.cls', source)).to.deep.equal(grammarReads('A.cls', source));
    });
  }

  for (const member of members) {
    it(`reads as the grammar does: ${member.slice(0, 60)}`, () => {
      const source = `global with sharing class A extends B implements C {\n${member}\n}`;
      expect(textReads('A.cls', source)).to.deep.equal(grammarReads('A.cls', source));
    });
  }

  for (const source of left) {
    it(`leaves to the grammar: ${source.replace(/\s+/g, ' ').slice(0, 60)}`, () => {
      expect(readClasses('A.cls', source)).to.equal(undefined);
    });
  }

  it('reads every class of the examples and the cases as the grammar does', () => {
    const paths = [...apexBelow('examples'), ...apexBelow('test', 'package', 'cases')];
    expect(paths.length).to.be.greaterThan(50);
    const unread = paths.filter((path) => {
      // Without its mark, as the tree gives it; a hidden body is no class.
      const source = readFileSync(path, 'utf8')
        .replace(/^\uFEFF/, '')
        .replace(/\r(?!\n)/g, '\n');
      if (source.trim() === '(hidden)') return false;
      const read = textReads(path, source);
      if (read) expect(read, path).to.deep.equal(grammarReads(path, source));
      return !read;
    });
    expect(unread).to.deep.equal([]);
  });

  it('reads every tenth class of a package of thousands without the grammar', () => {
    const unread: string[] = [];
    let seen = 0;
    for (const [path, text] of syntheticPackage()) {
      if (!path.endsWith('.cls')) continue;
      // Those that matter to a control are among the tenth.
      if (seen % 10 === 0 && !readClasses(path, text)) unread.push(path);
      seen += 1;
    }
    expect(seen).to.equal(synthetic.classes);
    expect(unread).to.deep.equal([]);
  });

  it('reads no class from which a token is missing, or that has one twice, if the grammar does not', () => {
    const source = inMethod(statements.slice(0, 8).join('\n'));
    const { starts = [], ends = [] } = apexTokens(source) ?? {};
    for (let at = 0; at < starts.length; at += 1) {
      const token = source.slice(starts[at], ends[at]);
      for (const changed of [
        `${source.slice(0, starts[at])} ${source.slice(ends[at])}`,
        `${source.slice(0, ends[at])} ${token} ${source.slice(ends[at])}`,
      ]) {
        const read = textReads('A.cls', changed);
        if (read) expect(read, changed).to.deep.equal(grammarReads('A.cls', changed));
      }
    }
  });

  it('reads triggers', () => {
    const source = 'trigger A on B__c (before insert, after undelete) { String c = d; if (Trigger.isInsert) e(c); }';
    expect(textReads('A.trigger', source)).to.deep.equal(grammarReads('A.trigger', source));
  });
});
