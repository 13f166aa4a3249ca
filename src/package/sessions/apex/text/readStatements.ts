import { assigned, straight, type Body, type Nesting } from '../model.js';
import type { Expression, Step } from '../syntax.js';
import { ExpressionReader } from './readExpressions.js';
import { Refused } from './readTypes.js';

/** Modifiers of one word. */
const modifierWords: ReadonlySet<string> = new Set(
  'abstract final global override private protected public static testmethod transient virtual webservice'.split(' ')
);

/** Reads statements: every expression of a body, in the order of the text. */
export class StatementReader extends ExpressionReader {
  protected into: Body = { steps: [], locals: new Map() };
  private nesting: Nesting = straight;

  protected block(): void {
    this.expect('{');
    while (!this.take('}')) this.statement();
  }

  /** Also of a trigger, whose variables the grammar calls fields. */
  protected statement(): void {
    this.enter();
    this.oneStatement(this.words[this.at] ?? '');
    this.leave();
  }

  /** Annotations and modifiers, each in lower case without blanks. */
  protected modifiers(): string[] {
    const found: string[] = [];
    for (;;) {
      const word = this.words[this.at] ?? '';
      if (word === '@') found.push(this.annotation());
      else if (modifierWords.has(word)) {
        this.at += 1;
        found.push(word);
      } else if (/^(?:with|without|inherited)$/.test(word) && this.words[this.at + 1] === 'sharing') {
        this.at += 2;
        found.push(`${word}sharing`);
      } else return found;
    }
  }

  private annotation(): string {
    const { at } = this;
    this.at += 1;
    this.name();
    if (this.take('(')) {
      if (this.isName(this.at)) {
        do {
          this.name();
          this.expect('=');
          this.annotationValue();
          this.take(',');
        } while (this.isName(this.at));
      } else if (!this.is(')')) this.annotationValue();
      this.expect(')');
    }
    return this.written(at, this.at).toLowerCase();
  }

  private annotationValue(): void {
    if (!/^(?:'|0|null|true|false)$/.test(this.words[this.at] ?? '')) throw new Refused();
    this.at += 1;
  }

  private oneStatement(word: string): void {
    switch (word) {
      case '{':
        return this.block();
      case 'if':
        return this.branch();
      case 'for':
      case 'while':
      case 'do':
        return this.within({ nested: true, looped: true }, () => this.loop(word));
      case 'try':
        return this.attempt();
      case 'return':
        return this.returned();
      case 'throw':
      case 'insert':
      case 'update':
      case 'delete':
      case 'upsert':
        return this.leaving(word);
      case 'undelete':
        return this.expressions(1);
      case 'merge':
        return this.expressions(2);
      case 'break':
      case 'continue':
        this.at += 1;
        return this.expect(';');
      default:
        return this.otherStatement(word);
    }
  }

  private otherStatement(word: string): void {
    if (word === 'switch' && this.words[this.at + 1] === 'on') return this.switched();
    if (word === 'final' || word === '@') {
      this.modifiers();
      if (!this.startsDeclaration()) throw new Refused();
    }
    if (this.startsDeclaration()) this.declaration();
    else this.push(this.expression());
    this.expect(';');
  }

  private push(value: Expression, kind: Step['kind'] = 'do'): void {
    this.into.steps.push({ kind, value, ...this.nesting });
  }

  private within(nesting: Nesting, read: () => void): void {
    const outer = this.nesting;
    this.nesting = nesting;
    read();
    this.nesting = outer;
  }

  private startsDeclaration(): boolean {
    const end = this.typeEnd(this.at);
    return end > 0 && this.isName(end) && /^[=,;]$/.test(this.words[end + 1] ?? '');
  }

  private declaration(): void {
    const type = this.type();
    do {
      const name = this.name().toLowerCase();
      // The variable is known before its value is read.
      this.into.locals.set(name, type);
      if (this.take('=')) this.push(assigned(name, this.expression()));
    } while (this.take(','));
  }

  /** `(a == b)`. */
  private asked(): void {
    this.expect('(');
    this.push(this.expression());
    this.expect(')');
  }

  private branch(): void {
    this.at += 1;
    this.within({ ...this.nesting, nested: true }, () => {
      this.asked();
      this.statement();
      if (this.take('else')) this.statement();
    });
  }

  private loop(word: string): void {
    this.at += 1;
    if (word === 'do') {
      this.block();
      this.expect('while');
      this.asked();
      this.expect(';');
      return;
    }
    if (word === 'while') this.asked();
    else this.forControl();
    if (!this.take(';')) this.statement();
  }

  private forControl(): void {
    this.expect('(');
    const end = this.typeEnd(this.at);
    if (end > 0 && this.isName(end) && this.words[end + 1] === ':') {
      const type = this.type();
      const name = this.name().toLowerCase();
      this.into.locals.set(name, type);
      this.expect(':');
      this.push(assigned(name, this.expression()));
    } else {
      if (this.startsDeclaration()) this.declaration();
      else if (!this.is(';')) this.list();
      this.expect(';');
      if (!this.is(';')) this.push(this.expression());
      this.expect(';');
      if (!this.is(')')) this.list();
    }
    this.expect(')');
  }

  private list(): void {
    this.expressionList().forEach((one) => this.push(one));
  }

  private attempt(): void {
    this.at += 1;
    this.block();
    if (!this.is('catch') && !this.is('finally')) throw new Refused();
    while (this.take('catch')) {
      this.expect('(');
      this.modifiers();
      this.qualifiedName();
      this.name();
      this.expect(')');
      this.within({ ...this.nesting, nested: true }, () => this.block());
    }
    if (this.take('finally')) this.block();
  }

  private returned(): void {
    this.at += 1;
    if (!this.is(';')) this.push(this.expression(), 'return');
    this.expect(';');
  }

  /** A value that is stored in the database, or thrown, is gone out of sight. */
  private leaving(word: string): void {
    const { at } = this;
    this.at += 1;
    if (word !== 'throw') this.accessLevel();
    const args = [this.expression()];
    if (word === 'upsert' && !this.is(';')) this.qualifiedName();
    this.expect(';');
    this.push({ kind: 'call', name: word, written: this.written(at, at + 1), args, place: this.placeAt(at) });
  }

  private accessLevel(): void {
    if (this.is('as') && /^(?:system|user)$/.test(this.words[this.at + 1] ?? '')) this.at += 2;
  }

  private expressions(count: number): void {
    this.at += 1;
    this.accessLevel();
    for (let left = count; left > 0; left -= 1) this.push(this.expression());
    this.expect(';');
  }

  private switched(): void {
    this.at += 2;
    this.within({ ...this.nesting, nested: true }, () => {
      this.push(this.expression());
      this.expect('{');
      do {
        this.expect('when');
        this.caseValue();
        this.block();
      } while (!this.take('}'));
    });
  }

  private caseValue(): void {
    if (this.take('else')) return;
    const end = this.typeEnd(this.at);
    if (end > 0 && this.isName(end)) {
      this.at = end + 1;
      return;
    }
    do this.caseLiteral();
    while (this.take(','));
  }

  private caseLiteral(): void {
    if (this.take('(')) {
      this.enter();
      this.caseLiteral();
      this.leave();
      this.expect(')');
    } else if (this.isName(this.at)) this.qualifiedName();
    else {
      const isSigned = this.is('-') || this.is('+');
      while (this.take('-') || this.take('+'));
      const isNumber = this.is('0') && !this.written(this.at, this.at + 1).includes('.');
      if (!isNumber && (isSigned || !/^(?:'|null)$/.test(this.words[this.at] ?? ''))) throw new Refused();
      this.at += 1;
    }
  }
}
