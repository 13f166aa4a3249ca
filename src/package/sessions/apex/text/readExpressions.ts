import { joinedTexts, literalText, queryOf } from '../model.js';
import type { Expression } from '../syntax.js';
import { DEEPEST_APEX, Refused, TypeReader } from './readTypes.js';

/** How strongly operators bind, as in the grammar. */
const CAST = 19;
const POST = 17;
const PRE = 16;
const NOT = 15;
const JOIN = 13;
const SHIFT = 12;
const COMPARE = 11;
const INSTANCE = 10;
const CHOICE = 3;
const CONDITION = 2;
const ASSIGN = 1;

type Binary = { binds: number; kind: 'parts' | 'question' | 'coal' };
const binary: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ...['*', '/'].map((one) => [one, { binds: 14, kind: 'parts' }] as const),
  ['-', { binds: JOIN, kind: 'parts' }],
  ...['==', '===', '!=', '!==', '<>'].map((one) => [one, { binds: 9, kind: 'question' }] as const),
  ['&', { binds: 8, kind: 'parts' }],
  ['^', { binds: 7, kind: 'parts' }],
  ['|', { binds: 6, kind: 'parts' }],
  ['&&', { binds: 5, kind: 'question' }],
  ['||', { binds: 4, kind: 'question' }],
  ['??', { binds: CHOICE, kind: 'coal' }],
]);
const assignments: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '&=', '|=', '^=', '>>=', '>>>=', '<<=']);

/** Reads expressions: an operator takes what binds at least as strongly as it does. */
export class ExpressionReader extends TypeReader {
  protected expression(binds = 0): Expression {
    this.enter();
    const read = this.operators(this.operand(), binds);
    this.leave();
    return read;
  }

  protected expressionList(): Expression[] {
    const list = [this.expression()];
    while (this.take(',')) list.push(this.expression());
    return list;
  }

  private operators(first: Expression, binds: number): Expression {
    let left = first;
    for (let count = 0; ; count += 1) {
      if (count > DEEPEST_APEX) throw new Refused();
      const next = this.operator(left, binds);
      if (!next) return left;
      left = next;
    }
  }

  /** What one operator makes of what is left of it; `undefined`: no operator follows that binds strongly enough. */
  private operator(left: Expression, binds: number): Expression | undefined {
    const word = this.words[this.at] ?? '';
    const known = binary.get(word);
    if (known) return known.binds < binds ? undefined : this.binary(left, known);
    if (word === '.' || word === '?.') return this.member(left);
    if (word === '[') return this.element(left);
    if (word === '+') return JOIN < binds ? undefined : this.join(left);
    if (word === '++' || word === '--') return POST < binds ? undefined : this.after(left);
    if (word === '<' || word === '>') return this.angle(left, word, binds);
    if (word === 'instanceof') return INSTANCE < binds ? undefined : this.instance(left);
    if (word === '?') return CONDITION < binds ? undefined : this.condition(left);
    return assignments.has(word) && ASSIGN >= binds ? this.assignment(left, word) : undefined;
  }

  private binary(left: Expression, { binds, kind }: Binary): Expression {
    this.at += 1;
    const parts = [left, this.expression(binds + 1)];
    return kind === 'coal' ? { kind: 'choice', asked: [], branches: parts } : { kind, parts };
  }

  private member(of: Expression): Expression {
    const at = this.at + 1;
    const name = this.words[at] ?? '';
    if (!this.isWord(at) || /^(?:void|true|false)$/.test(name)) throw new Refused();
    const written = this.written(at, at + 1);
    this.at = at + 1;
    if (!this.is('(')) return { kind: 'member', of, name, written };
    return { kind: 'call', of, name, written, args: this.args(), place: this.placeAt(at) };
  }

  /** An element counts as its list, whatever the index. */
  private element(of: Expression): Expression {
    this.at += 1;
    this.expression();
    this.expect(']');
    return { kind: 'member', of, name: '[]', written: '[]' };
  }

  private join(left: Expression): Expression {
    const parts = [left];
    while (this.take('+')) parts.push(this.expression(JOIN + 1));
    return joinedTexts(parts);
  }

  private after(of: Expression): Expression {
    this.at += 1;
    return { kind: 'parts', parts: [of] };
  }

  private angle(left: Expression, word: string, binds: number): Expression | undefined {
    const isShift = this.words[this.at + 1] === word;
    if ((isShift ? SHIFT : COMPARE) < binds) return undefined;
    this.at += 1;
    if (!isShift) {
      this.take('=');
      return { kind: 'question', parts: [left, this.expression(COMPARE + 1)] };
    }
    this.at += 1;
    if (word === '>') this.take('>');
    return { kind: 'parts', parts: [left, this.expression(SHIFT + 1)] };
  }

  private instance(left: Expression): Expression {
    this.at += 1;
    this.type();
    return { kind: 'question', parts: [left] };
  }

  private condition(asked: Expression): Expression {
    this.at += 1;
    const one = this.expression();
    this.expect(':');
    return { kind: 'choice', asked: [asked], branches: [one, this.expression(CONDITION)] };
  }

  private assignment(target: Expression, word: string): Expression {
    this.at += 1;
    const value = this.expression(ASSIGN);
    return word === '+=' ? { kind: 'assign', target, value, append: true } : { kind: 'assign', target, value };
  }

  private operand(): Expression {
    const { at } = this;
    const kind = this.tokens.kinds[at];
    if (kind === 'text' || kind === 'number') return this.literal();
    if (kind === 'word') return this.wordOperand(this.words[at] ?? '');
    if (kind !== 'mark') throw new Refused();
    switch (this.words[at]) {
      case '(':
        return this.bracket();
      case '[':
        return this.query();
      case '!':
      case '~':
        this.at += 1;
        return { kind: 'question', parts: [this.expression(NOT)] };
      case '+':
      case '-':
      case '++':
      case '--':
        this.at += 1;
        return { kind: 'parts', parts: [this.expression(PRE)] };
      default:
        throw new Refused();
    }
  }

  private literal(): Expression {
    const { at } = this;
    this.at += 1;
    const value = literalText(this.written(at, at + 1));
    return value === undefined ? { kind: 'nothing' } : { kind: 'text', value, place: this.placeAt(at) };
  }

  private wordOperand(word: string): Expression {
    switch (word) {
      case 'null':
      case 'true':
      case 'false':
        this.at += 1;
        return { kind: 'nothing' };
      case 'this':
      case 'super':
        return this.words[this.at + 1] === '(' ? this.call() : this.variable(word);
      case 'new':
        return this.creation();
      case 'void':
        return this.typeName(this.at + 1);
      default:
        return this.named();
    }
  }

  private named(): Expression {
    const next = this.words[this.at + 1];
    if (next === '.' || next === '<' || next === '[' || !this.isName(this.at)) {
      const end = this.typeEnd(this.at);
      if (end > 0 && this.words[end] === '.' && this.words[end + 1] === 'class') return this.typeName(end);
    }
    if (!this.isName(this.at)) throw new Refused();
    return next === '(' ? this.call() : this.variable(this.written(this.at, this.at + 1));
  }

  private variable(written: string): Expression {
    this.at += 1;
    const name = this.words[this.at - 1] ?? '';
    return { kind: 'name', name, written: /^(?:this|super)$/.test(name) ? name : written };
  }

  /** `Account.class`: `end` is where the type ends. */
  private typeName(end: number): Expression {
    if (this.words[end] !== '.' || this.words[end + 1] !== 'class') throw new Refused();
    const name = this.words.slice(this.at, end + 2).join('');
    this.at = end + 2;
    return { kind: 'name', name, written: '' };
  }

  private call(): Expression {
    const { at } = this;
    this.at += 1;
    const written = this.written(at, at + 1);
    return { kind: 'call', name: this.words[at] ?? '', written, args: this.args(), place: this.placeAt(at) };
  }

  private args(): Expression[] {
    this.expect('(');
    if (this.take(')')) return [];
    const list = this.expressionList();
    this.expect(')');
    return list;
  }

  /** A cast, where what is in the brackets may be a type and something follows that it could be applied to. */
  private bracket(): Expression {
    const end = this.typeEnd(this.at + 1);
    if (end > 0 && this.words[end] === ')' && this.startsOperand(end + 1)) {
      this.at = end + 1;
      return this.expression(CAST);
    }
    this.at += 1;
    const inside = this.expression();
    this.expect(')');
    return inside;
  }

  private startsOperand(at: number): boolean {
    const word = this.words[at] ?? '';
    const kind = this.tokens.kinds[at];
    if (kind === 'word') return this.isName(at) || /^(?:false|list|map|new|null|super|this|true|void)$/.test(word);
    // Both an operation on what is in the brackets and one on what follows.
    if (word === '++' || word === '--') throw new Refused();
    if (word === '[') return this.isQuery(at);
    return kind !== 'mark' || /^[-(!~+]$/.test(word);
  }

  private creation(): Expression {
    const at = this.at + 1;
    this.at = at;
    do {
      if (!this.isWord(this.at) || /^(?:void|true|false)$/.test(this.words[this.at] ?? '')) throw new Refused();
      this.at += 1;
      if (this.is('<')) {
        this.at = this.argumentsEnd(this.at);
        if (this.at < 0) throw new Refused();
      }
    } while (this.take('.'));
    const type = this.words.slice(at, this.at).join('');
    return { kind: 'new', type, args: this.creationArgs(), place: this.placeAt(at) };
  }

  private creationArgs(): Expression[] {
    if (this.is('(')) return this.args();
    if (this.is('{')) return this.elements(false);
    this.expect('[');
    if (this.take(']')) return this.is('{') ? this.elements(true) : [];
    const size = this.expression();
    this.expect(']');
    return [size];
  }

  /** Of a list, a set or a map: `{a, b}`, `{a => b}`. Only those of an array may end with a comma. */
  private elements(isArray: boolean): Expression[] {
    this.expect('{');
    const list: Expression[] = [];
    if (this.take('}')) return list;
    list.push(this.expression());
    const isMap = !isArray && this.is('=>');
    if (isMap) list.push(this.mapped());
    while (this.take(',')) {
      if (isArray && this.is('}')) break;
      list.push(this.expression());
      if (isMap) list.push(this.mapped());
    }
    this.expect('}');
    return list;
  }

  private mapped(): Expression {
    this.expect('=>');
    return this.expression();
  }

  private isQuery(at: number): boolean {
    return this.words[at] === '[' && /^(?:select|find)$/.test(this.words[at + 1] ?? '');
  }

  /** Nothing in a query is followed; it ends at the bracket that closes it. */
  private query(): Expression {
    if (!this.isQuery(this.at)) throw new Refused();
    let depth = 0;
    let records: string | undefined;
    do {
      const word = this.words[this.at];
      if (word === undefined || /^[{};]$/.test(word)) throw new Refused();
      if (word === '[' || word === '(') depth += 1;
      if (word === ']' || word === ')') depth -= 1;
      if (word === 'from' && depth === 1) records ??= this.words[this.at + 1];
      this.at += 1;
    } while (depth > 0);
    return queryOf(records);
  }
}
