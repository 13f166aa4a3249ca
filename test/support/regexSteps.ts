import { parseRegExpLiteral, visitRegExpAST, type AST } from '@eslint-community/regexpp';

/**
 * Counts the steps of a backtracking search, so that a test can tell linear from quadratic without a clock. The steps
 * grow as those of V8 do; what V8 optimizes away (a fixed first letter) changes the factor only.
 */
type Then = (at: number) => boolean;
type Match = (at: number, then: Then) => boolean;
type Captures = Map<AST.CapturingGroup, readonly [number, number]>;

/** A search that takes more is over. */
const MOST_STEPS = 3_000_000;
/** `{0,400}` costs a factor of 400 at most: a bound, so it is tried with this much. */
const MOST_REPEATS = 5;
const LETTERS = [
  'a',
  '0',
  ' ',
  '\n',
  '_',
  '.',
  '-',
  '/',
  '"',
  "'",
  '(',
  '<',
  '{',
  '[',
  ':',
  ',',
  '=',
  'Z',
  '\\',
  '*',
  '$',
];

type SlowInput = {
  readonly input: string;
  readonly steps: readonly [short: number, long: number];
};

/** An input on which the work of a search grows faster than its length; undefined if none was found. */
export function findSlowInput(regex: RegExp): SlowInput | undefined {
  if (!/[*+]|,\}/.test(regex.source)) return undefined;
  const literal = parseRegExpLiteral(regex);
  const counter = new StepCounter(literal);
  for (const { before, pump, after } of hostilePieces(literal)) {
    const build = (length: number): string =>
      before + pump.repeat(Math.max(1, Math.ceil(length / pump.length))) + after;
    const short = counter.count(build(128));
    const long = short < 1000 ? 0 : counter.count(build(256));
    if (long >= MOST_STEPS || long > short * 3) return { input: build(128), steps: [short, long] };
  }
  return undefined;
}

type Piece = {
  readonly before: string;
  readonly pump: string;
  readonly after: string;
};

/** Repetitions of what each unbounded quantifier can take, of what precedes it, and of both. */
function hostilePieces(literal: AST.RegExpLiteral): Piece[] {
  const pieces = new Map<string, Piece>();
  const add = (before: string, pump: string, after: string): void => {
    if (pump) pieces.set(JSON.stringify([before, pump, after]), { before, pump, after });
  };
  const sampler = new Sampler(literal);
  for (const { prefix, quantifier } of quantifiersOf(literal.pattern, '', sampler)) {
    const pumps = sampler.samples(quantifier.element);
    add('', prefix, '');
    add('', prefix, '\0');
    const stop = LETTERS.find((letter) => !sampler.takes(quantifier.element.raw, letter)) ?? '\0';
    add('\0', prefix, `\n\0${prefix}`);
    add('\0', prefix, stop + prefix);
    for (const pump of pumps) {
      add('', pump, '\0');
      add(prefix, pump, '\0');
      add(prefix, pump, '\n\0');
      add('\0', pump, '\0');
      add('', prefix + pump, '\0');
    }
  }
  const full = sampler.sample(literal.pattern);
  add('', full, '\0');
  add('', full.slice(0, -1), '\0');
  return [...pieces.values()];
}

function* quantifiersOf(
  node: AST.Node,
  prefix: string,
  sampler: Sampler
): Generator<{ prefix: string; quantifier: AST.Quantifier }> {
  if (node.type === 'Pattern' || node.type === 'Group' || node.type === 'CapturingGroup' || isLook(node)) {
    for (const alternative of node.alternatives) {
      let before = prefix;
      for (const element of alternative.elements) {
        yield* quantifiersOf(element, before, sampler);
        before += sampler.sample(element);
      }
    }
  } else if (node.type === 'Quantifier') {
    if (node.max === Infinity) yield { prefix, quantifier: node };
    yield* quantifiersOf(node.element, prefix, sampler);
  }
}

function isLook(node: AST.Node): node is AST.LookaroundAssertion {
  return node.type === 'Assertion' && (node.kind === 'lookahead' || node.kind === 'lookbehind');
}

/** Texts that a part of a pattern matches. */
class Sampler {
  private readonly tests = new Map<string, RegExp>();
  private readonly flags: AST.Flags;
  /** One letter of those between which the pattern makes no difference. */
  private readonly letters: readonly string[];

  public constructor({ flags, pattern }: AST.RegExpLiteral) {
    this.flags = flags;
    const parts = new Set(['\\w', '\\n']);
    const add = ({ raw, parent }: AST.Node): void => {
      if (parent?.type === 'Alternative' || parent?.type === 'Quantifier') parts.add(raw);
    };
    visitRegExpAST(pattern, {
      onCharacterEnter: add,
      onCharacterSetEnter: add,
      onCharacterClassEnter: add,
      onExpressionCharacterClassEnter: add,
    });
    const byUse = new Map(
      [...LETTERS]
        .reverse()
        .map((letter) => [[...parts].map((raw) => Number(this.takes(raw, letter))).join(''), letter])
    );
    this.letters = LETTERS.filter((letter) => [...byUse.values()].includes(letter));
  }

  public sample(node: AST.Node): string {
    return this.samples(node)[0] ?? '';
  }

  public samples(node: AST.Node): string[] {
    switch (node.type) {
      case 'Pattern':
      case 'Group':
      case 'CapturingGroup':
        return node.alternatives.flatMap(({ elements }) => this.sequence(elements)).slice(0, 12);
      case 'Quantifier':
        return node.min === 0
          ? ['', ...this.samples(node.element)]
          : this.samples(node.element).map((one) => one.repeat(Math.min(node.min, MOST_REPEATS)));
      case 'Character':
        return [String.fromCodePoint(node.value)];
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass': {
        const letters = this.letters.filter((letter) => this.takes(node.raw, letter));
        return letters.length > 0 ? letters : this.anyCharacter(node.raw);
      }
      default:
        return [''];
    }
  }

  public takes(raw: string, letter: string): boolean {
    const flags = `${this.flags.ignoreCase ? 'i' : ''}${this.flags.dotAll ? 's' : ''}${this.flags.unicode ? 'u' : ''}`;
    const test = this.tests.get(raw) ?? new RegExp(`^(?:${raw})$`, flags);
    this.tests.set(raw, test);
    return test.test(letter);
  }

  /** All samples of the last part with one of the parts before it. */
  private sequence(elements: readonly AST.Element[]): string[] {
    let texts = [''];
    for (const element of elements) {
      const next = this.samples(element);
      const [first = ''] = next;
      texts = [...texts.map((text) => text + first), ...next.slice(1).map((one) => (texts[0] ?? '') + one)];
    }
    return texts;
  }

  private anyCharacter(raw: string): string[] {
    for (let code = 0; code < 0x30_00; code += 1) {
      if (this.takes(raw, String.fromCharCode(code))) return [String.fromCharCode(code)];
    }
    return [''];
  }
}

class StepCounter {
  private readonly sampler: Sampler;
  private readonly known = new Map<string, Map<string, boolean>>();
  private readonly start: Match;
  private captures: Captures = new Map();
  private text = '';
  private steps = 0;

  public constructor(private readonly literal: AST.RegExpLiteral) {
    this.sampler = new Sampler(literal);
    this.start = this.compile(literal.pattern, true);
  }

  /** The steps of finding all matches of a global pattern, or the first one. */
  public count(text: string): number {
    this.text = text;
    this.steps = 0;
    try {
      this.search();
    } catch (error) {
      if (error !== tooMany && !(error instanceof RangeError)) throw error;
      return MOST_STEPS;
    }
    return this.steps;
  }

  private search(): void {
    for (let at = 0; at <= this.text.length;) {
      this.captures = new Map();
      let end = -1;
      const found = this.start(at, (reached) => {
        end = reached;
        return true;
      });
      if (found && !this.literal.flags.global) return;
      at = found && end > at ? end : at + 1;
      if (this.literal.flags.sticky && !found) return;
    }
  }

  private step(): void {
    this.steps += 1;
    if (this.steps > MOST_STEPS) throw tooMany;
  }

  private compile(node: AST.Node, forward: boolean): Match {
    switch (node.type) {
      case 'Pattern':
      case 'Group':
        return this.choice(node.alternatives, forward);
      case 'CapturingGroup':
        return this.capture(node, forward);
      case 'Quantifier':
        return this.repeat(node, forward);
      case 'Assertion':
        return this.assertion(node);
      case 'Backreference':
        return this.reference(node, forward);
      default:
        return this.character(node.raw, forward);
    }
  }

  private choice(alternatives: readonly AST.Alternative[], forward: boolean): Match {
    const compiled = alternatives.map(({ elements }) => this.sequence(elements, forward));
    return (at, then) => compiled.some((alternative) => alternative(at, then));
  }

  private sequence(elements: readonly AST.Element[], forward: boolean): Match {
    const compiled = elements.map((element) => this.compile(element, forward));
    if (forward) compiled.reverse();
    return compiled.reduce<Match>(
      (rest, first) => (at, then) => first(at, (next) => rest(next, then)),
      (at, then) => then(at)
    );
  }

  private capture(node: AST.CapturingGroup, forward: boolean): Match {
    const inner = this.choice(node.alternatives, forward);
    return (at, then) =>
      inner(at, (end) => {
        const before = this.captures.get(node);
        this.captures.set(node, [Math.min(at, end), Math.max(at, end)]);
        if (then(end)) return true;
        if (before) this.captures.set(node, before);
        else this.captures.delete(node);
        return false;
      });
  }

  private repeat({ element, min, max, greedy }: AST.Quantifier, forward: boolean): Match {
    const inner = this.compile(element, forward);
    const least = Math.min(min, MOST_REPEATS);
    const most = max === Infinity ? Infinity : Math.min(max, Math.max(least, MOST_REPEATS));
    const again =
      (done: number): Match =>
      (at, then) => {
        const more = (): boolean =>
          done < most && inner(at, (next) => (next === at && done >= least ? false : again(done + 1)(next, then)));
        if (done < least) return more();
        return greedy ? more() || then(at) : then(at) || more();
      };
    return again(0);
  }

  private assertion(node: AST.Assertion): Match {
    if (node.kind === 'lookahead' || node.kind === 'lookbehind') {
      const inner = this.choice(node.alternatives, node.kind === 'lookahead');
      return (at, then) => inner(at, () => true) !== node.negate && then(at);
    }
    if (node.kind === 'word') {
      return (at, then) => {
        this.step();
        return (this.isWord(at - 1) !== this.isWord(at)) !== node.negate && then(at);
      };
    }
    const { multiline } = this.literal.flags;
    const [edge, offset] = node.kind === 'start' ? [(): number => 0, -1] : [(): number => this.text.length, 0];
    return (at, then) => {
      this.step();
      return (at === edge() || (multiline && /[\n\r\u2028\u2029]/.test(this.text[at + offset] ?? ''))) && then(at);
    };
  }

  private isWord(at: number): boolean {
    return this.takes('\\w', this.text[at] ?? '');
  }

  private reference({ resolved }: AST.Backreference, forward: boolean): Match {
    const [group] = Array.isArray(resolved) ? resolved : [resolved];
    return (at, then) => {
      this.step();
      const [start, end] = (group && this.captures.get(group)) ?? [0, 0];
      const length = end - start;
      const from = forward ? at : at - length;
      if (this.text.slice(from, from + length) !== this.text.slice(start, end)) return false;
      return then(forward ? at + length : at - length);
    };
  }

  private character(raw: string, forward: boolean): Match {
    return (at, then) => {
      this.step();
      const letter = this.text[forward ? at : at - 1];
      return letter !== undefined && this.takes(raw, letter) && then(forward ? at + 1 : at - 1);
    };
  }

  private takes(raw: string, letter: string): boolean {
    const of = this.known.get(raw) ?? new Map<string, boolean>();
    this.known.set(raw, of);
    const known = of.get(letter) ?? this.sampler.takes(raw, letter);
    of.set(letter, known);
    return known;
  }
}

const tooMany = new Error('too many steps');
