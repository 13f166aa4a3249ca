import { expect } from 'chai';
import type { CollectContext } from '../../../src/engine/types.js';
import { codeFacts } from '../../../src/package/collectors/code.js';
import { endpoints } from '../../../src/package/collectors/endpoints.js';
import { sessionIds } from '../../../src/package/collectors/sessionIds.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };

/** Something of a package in each of them. */
const header = { 'force-app/labels/A.labels-meta.xml': metadata('CustomLabels', '<labels/>') };

/** What every collector of Apex finds, as text. */
const findIn = async (...texts: readonly string[]): Promise<string> => {
  const files = Object.fromEntries(texts.map((text, index) => [`force-app/classes/C${index}.cls`, text]));
  const source = await sourceOf({ 'sfdx-project.json': packageProject, ...header, ...files });
  const found = [
    await sessionIds.collect(source, context),
    await endpoints.collect(source, context),
    await codeFacts.collect(source, context),
  ];
  expect(found.map(({ status }) => status)).to.not.include('unavailable');
  return JSON.stringify(found);
};

/** Numbers that are the same in every run. */
const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

/** A class whose variables, fields, getters and requests are made of one another, in circles. */
const program = (seed: number, name: string, other: string): string => {
  const random = randomFrom(seed);
  const variable = (): string => ['a', 'b', 'c', 'f', 'this.f', 'g', `${other}.s`, 'o.f', 'o.o.f'][random(9)] ?? 'a';
  const value = (depth: number): string => {
    const sub = (): string => (depth > 3 ? variable() : value(depth + 1));
    return (
      [
        variable,
        () => `'/services/data/v60.0/${'abc'[random(3)] ?? ''}'`,
        () => `${sub()} + ${sub()}`,
        () => `(c == null ? ${sub()} : ${sub()})`,
        () => `m(${sub()}, ${sub()})`,
        () => `${other}.t(${sub()})`,
        () => 'UserInfo.getSessionId()',
        () => `String.format(${sub()}, new List<String>{ ${sub()} })`,
        () => `new ${other}(${sub()}).m(${sub()}, ${sub()})`,
        () => `${sub()}.replace(${sub()}, ${sub()})`,
        () => 'r.getEndpoint()',
        () => `JSON.serialize(o)`,
        () => `l.get(${random(3)})`,
        () => `String.join(l, ${sub()})`,
      ][random(14)] ?? variable
    )();
  };
  const statement = (): string =>
    [
      () => `${variable()} = ${value(0)};`,
      () => `${variable()} += ${value(0)};`,
      () => `r.setEndpoint(${value(0)});`,
      () => `r.setBody(${value(0)});`,
      () => `r.setHeader('Authorization', ${value(0)});`,
      () => `while (a != null) { ${variable()} = ${value(1)}; r.setEndpoint(a); }`,
      () => `if (b == a) { ${variable()} += ${value(1)}; }`,
      () => `l.add(${value(0)});`,
      () => 'o = o.o;',
      () => `new Http().send(r);`,
      () => `send(r, ${value(0)});`,
    ][random(11)]?.() ?? '';
  const body = (count: number): string => Array.from({ length: count }, statement).join('\n');
  return `public virtual class ${name} extends ${other} {
    public static String s = ${value(1)}; String f = ${value(1)}; ${name} o; ${other} x; HttpRequest r = new HttpRequest();
    String g { get { return ${value(1)}; } set { f = value; } } List<String> l = new List<String>();
    public ${name}(String a) { f = a; o = this; }
    public String m(String a, String b) { String c = b; ${body(8)} return ${value(0)}; }
    public static String t(String a) { return ${value(2)}; }
    void send(HttpRequest q, String a) { q.setEndpoint(a); q.setBody(${value(1)}); new Http().send(q); send(q, a + a); }
    void run() { String a, b, c; ${body(14)} new Http().send(r); }
  }`;
};

describe('package/apex: everything ends', () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    it(`on the generated classes ${seed}, with the same answer each time`, async () => {
      const texts = [program(seed * 31, 'C0', 'C1'), program(seed * 57, 'C1', 'C0')];
      expect(await findIn(...texts)).to.equal(await findIn(...texts));
    });
  }

  const within = (body: string): string =>
    `public class C0 { String f; C0 next; void run() { HttpRequest r = new HttpRequest(); String sid = UserInfo.getSessionId(); ${body} } }`;
  const rows: ReadonlyArray<[string, string]> = [
    [
      'a ladder of choices',
      `String u30 = 'https://a.example'; ${Array.from({ length: 30 }, (_, index) => `String u${29 - index} = c ? u${30 - index} : u${31 - index};`).join(' ')} r.setEndpoint(u0); r.setBody(sid); new Http().send(r);`,
    ],
    ['a long chain of fields', `r.setEndpoint(this${'.next'.repeat(60)}.f); r.setBody(sid); new Http().send(r);`],
    ['a long chain of calls', `r.setEndpoint(f${'.trim()'.repeat(120)}); r.setBody(sid); new Http().send(r);`],
    [
      'calls in calls',
      `r.setEndpoint(${'String.valueOf('.repeat(60)}f${')'.repeat(60)}); r.setBody(sid); new Http().send(r);`,
    ],
    [
      'a body of a thousand pieces',
      `String b = sid; ${"b += '<a>' + f;".repeat(1000)} r.setBody(b); new Http().send(r);`,
    ],
    [
      'texts that double',
      `String b = sid; ${'b = b + b;'.repeat(40)} r.setEndpoint(b); r.setBody(b); new Http().send(r);`,
    ],
  ];
  for (const [what, body] of rows) {
    it(`on ${what}`, async () => {
      await findIn(within(body));
    });
  }

  it('on a wrapper with hundreds of callers that call each other', async () => {
    const callers = Array.from(
      { length: 60 },
      (_, index) =>
        `void m${index}(String p) { m${(index + 1) % 60}(p + '/a'); m${(index * 7) % 60}('/b' + p); send(p); }`
    );
    await findIn(
      `public class C0 { ${callers.join('\n')} void send(String p) { HttpRequest r = new HttpRequest(); r.setEndpoint(p); r.setBody(UserInfo.getSessionId()); new Http().send(r); } }`
    );
  });
});
