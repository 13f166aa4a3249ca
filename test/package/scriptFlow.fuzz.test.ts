import { expect } from 'chai';
import type { ScriptSource } from '../../src/package/sessions/javascript/dataFlow.js';
import { followScripts } from '../../src/package/sessions/javascript/followScripts.js';
import { parseScript } from '../../src/package/sessions/javascript/parse.js';
import { TooMuchWork, Work } from '../../src/package/sessions/javascript/work.js';

const SESSION = 'sforce.connection.sessionId';
const PROGRAMS = 80;
/** Steps for one of them: most are stopped by them, as a component that is too large would be. */
const STEPS = 500_000;

describe('following scripts', () => {
  for (const [title, lines] of [
    ['a URL that is made of itself', ['var u = "/a"; function more(q) { u = u + "?q=" + q; more(u); } fetch(u);']],
    ['two variables that are made of each other', ['var a = b + "x", b = a + "y"; a = "1"; fetch(a + b);']],
    ['an object that has itself', ['var o = {}; o.o = o; o.next = { o: o }; o = o.next.o; send(o);']],
    [
      'a chain of unknown members',
      ['var n = tree; while (n) { n = n.left || n.right || n.up || n.down || n.next; } send(n);'],
    ],
    [
      'a getter that reads itself',
      ['class A { get x() { return this.x + this.y; } get y() { return this.x; } } send(new A().x);'],
    ],
    [
      'a function that calls itself with more',
      ['function f(a, b) { return f(b + a, [a, b]) + f(a); } fetch(f("x", k));'],
    ],
    ['ternaries in a loop', ['var p = "a"; p = x ? p + "b" : y ? p + "c" : z ? "d" + p : p; fetch(p + p + p);']],
    ['requests in requests', [`fetch({ url: ${'fetch({ url: '.repeat(60)}k${' })'.repeat(60)} });`]],
    [
      'a class that extends itself',
      ['class A extends A { go() { return super.go() + this.go(); } } send(new A().go());'],
    ],
    ['a long chain of calls', [`send(q${'.then((a) => a.b(a))'.repeat(80)});`]],
  ] as const) {
    it(`ends for ${title}`, () => {
      expect(follow([`var k = ${SESSION};`, ...lines].join('\n'))).to.be.an('array');
    });
  }

  it(`ends for ${PROGRAMS} generated programs with cycles, getters, ternaries and references to themselves`, () => {
    const random = generator(20_261_130);
    for (let index = 0; index < PROGRAMS; index += 1) {
      const text = program(random);
      const first = follow(text);
      expect(follow(text), text).to.deep.equal(first);
    }
  });

  it('stops after a number of steps, whatever the time, so that the verdict is the same on any machine', () => {
    const parsed = parseScript(program(generator(7)));
    const scripts = 'type' in parsed ? [{ file: 'a.js', program: parsed, linesBefore: 0 }] : [];
    expect(() => followScripts(scripts, new Set(), [], new Work(50))).to.throw(TooMuchWork);
  }).timeout(600_000);
});

/** What is found in a script, or that it takes too many steps. */
function follow(text: string): readonly ScriptSource[] | 'too much' {
  const parsed = parseScript(text);
  if (!('type' in parsed)) throw new Error(`does not parse: ${text}`);
  try {
    return followScripts([{ file: 'a.js', program: parsed, linesBefore: 0 }], new Set(), [], new Work(STEPS));
  } catch (error) {
    if (error instanceof TooMuchWork) return 'too much';
    throw error;
  }
}

type Random = (below: number) => number;

/** The same numbers on every run. */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}

function program(random: Random): string {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const name = (): string => names[random(names.length)] ?? 'a';
  const expression = (depth: number): string => {
    if (depth <= 0) return [name(), `'/services/data/v60.0/'`, SESSION, `'x'`, 'this'][random(5)] ?? name();
    const inner = (): string => expression(depth - 1);
    const shapes: ReadonlyArray<() => string> = [
      () => `(${inner()} + ${inner()})`,
      () => `(${name()} ? ${inner()} : ${inner()})`,
      () => `{ ${name()}: ${inner()}, get ${name()}() { return ${inner()}; } }`,
      () => `[${inner()}, ...${name()}]`,
      () => `${name()}.${name()}`,
      () => `${name()}[${inner()}]`,
      () => `${name()}(${inner()}, ${inner()})`,
      () => `(function (${name()}) { ${name()} = ${inner()}; return ${inner()}; })`,
      () => `((${name()}) => ${inner()})`,
      () => `new ${name()}(${inner()})`,
      () => `fetch(${inner()}, { headers: ${name()} })`,
      () => `Object.assign(${name()}, ${inner()})`,
      () => '`${' + inner() + '}/${' + inner() + '}`',
    ];
    return `(${shapes[random(shapes.length)]?.() ?? name()})`;
  };
  const statements: ReadonlyArray<() => string> = [
    () => `var ${name()} = ${expression(2)};`,
    () => `${name()} = ${expression(3)};`,
    () => `${name()} += ${expression(2)};`,
    () => `${name()}.${name()} = ${expression(2)};`,
    () => `function ${name()}(${name()}) { return ${expression(2)}; }`,
    () => `for (var ${name()} of ${name()}) { ${name()}.push(${expression(2)}); }`,
    () => `var { ${name()}, ...${name()} } = ${expression(2)};`,
  ];
  return Array.from({ length: 8 + random(25) }, () => statements[random(statements.length)]?.()).join('\n');
}
