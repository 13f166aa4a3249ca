import {
  assigned,
  classWith,
  constantsOf,
  doing,
  initialClass,
  isTest,
  methodWith,
  propertySteps,
  setField,
  triggerWith,
  type Building,
  type Body,
} from '../model.js';
import type { ApexClass, Method } from '../syntax.js';
import { StatementReader } from './readStatements.js';
import { Refused } from './readTypes.js';
import { apexTokens, type Tokens } from './tokens.js';

/**
 * The classes of a file, read without the grammar: hundreds of classes take the time in which the grammar starts.
 * `undefined`: something in it is not plain enough, and the grammar decides. What is read is what the grammar reads,
 * except that a query is not looked into.
 */
export function readClasses(path: string, source: string): readonly ApexClass[] | undefined {
  const tokens = apexTokens(source);
  if (!tokens) return undefined;
  const reader = new ClassReader(tokens);
  try {
    return /\.trigger$/i.test(path) ? reader.trigger() : reader.file();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

class ClassReader extends StatementReader {
  private readonly mayCallService: boolean;

  public constructor(tokens: Tokens) {
    super(tokens);
    this.mayCallService = /webservicecallout/i.test(tokens.source);
  }

  public file(): ApexClass[] {
    const found = this.declared(this.modifiers(), '');
    this.end();
    return found;
  }

  public trigger(): ApexClass[] {
    this.expect('trigger');
    const label = this.name();
    this.expect('on');
    this.name();
    this.expect('(');
    do this.triggerCase();
    while (this.take(','));
    this.expect(')');
    const body = this.body(() => this.block());
    this.end();
    return [triggerWith(label, body)];
  }

  private end(): void {
    if (this.at < this.words.length) throw new Refused();
  }

  private triggerCase(): void {
    if (!this.take('before')) this.expect('after');
    if (!/^(?:insert|update|delete|undelete)$/.test(this.words[this.at] ?? '')) throw new Refused();
    this.at += 1;
  }

  /** What is read goes into a body. */
  private body(read: () => void, body: Body = { steps: [], locals: new Map() }): Body {
    const outer = this.into;
    this.into = body;
    read();
    this.into = outer;
    return body;
  }

  private declared(modifiers: readonly string[], outer: string): ApexClass[] {
    this.enter();
    const found = this.is('enum') ? [this.enum(outer)] : this.classOrInterface(outer);
    this.leave();
    return modifiers.some(isTest) ? [] : found;
  }

  private enum(outer: string): ApexClass {
    this.at += 1;
    const label = `${outer}${this.name()}`;
    const names: string[] = [];
    this.expect('{');
    if (!this.is('}')) {
      do names.push(this.name());
      while (this.take(','));
    }
    this.expect('}');
    return constantsOf(label, names);
  }

  private classOrInterface(outer: string): ApexClass[] {
    const isClass = this.take('class');
    if (!isClass) this.expect('interface');
    const label = `${outer}${this.name()}`;
    const building = initialClass(label);
    const parent = isClass && this.take('extends') ? this.type() : undefined;
    const interfaces = this.take(isClass ? 'implements' : 'extends') ? this.typeList() : [];
    this.expect('{');
    while (!this.take('}')) {
      if (isClass) this.classMember(building);
      else this.interfaceMethod(building);
    }
    return classWith(building, parent, interfaces);
  }

  private interfaceMethod({ methods }: Building): void {
    const modifiers = this.modifiers();
    const type = this.take('void') ? 'void' : this.type();
    const label = this.name();
    const method = this.method(label, type, modifiers);
    if (method.steps) throw new Refused();
    if (!modifiers.some(isTest)) methods.push(method);
  }

  private classMember(building: Building): void {
    if (this.take(';')) return;
    if (this.is('{') || (this.is('static') && this.words[this.at + 1] === '{')) {
      this.take('static');
      this.body(() => this.block(), building.initial);
      return;
    }
    const modifiers = this.modifiers();
    const skip = modifiers.some(isTest);
    if (this.is('class') || this.is('interface') || this.is('enum')) {
      const inner = this.declared(modifiers, `${building.label}.`);
      if (!skip) building.inner.push(...inner);
      return;
    }
    const into = skip ? initialClass('') : building;
    if (this.take('void')) {
      into.methods.push(this.method(this.name(), 'void', modifiers));
      return;
    }
    this.typedMember(into, modifiers);
  }

  private typedMember(building: Building, modifiers: readonly string[]): void {
    const end = this.typeEnd(this.at);
    if (end > 0 && this.words[end] === '(') {
      this.qualifiedName();
      const method = this.method('new', '', modifiers);
      if (this.words[this.at - 1] !== '}') throw new Refused();
      building.methods.push(method);
      return;
    }
    const type = this.type();
    const next = this.words[this.at + 1];
    if (next === '(') building.methods.push(this.method(this.name(), type, modifiers));
    else if (next === '{') this.property(building, type, modifiers);
    else this.fields(building, type, modifiers);
  }

  private fields(building: Building, type: string, modifiers: readonly string[]): void {
    do {
      const name = this.name().toLowerCase();
      setField(building, name, type, modifiers);
      if (this.take('=')) building.initial.steps.push(doing(assigned(name, this.expression())));
    } while (this.take(','));
    this.expect(';');
  }

  private property(building: Building, type: string, modifiers: readonly string[]): void {
    const name = this.name().toLowerCase();
    setField(building, name, type, modifiers);
    this.expect('{');
    const body = this.body(() => {
      while (!this.take('}')) {
        this.modifiers();
        if (!this.take('get')) this.expect('set');
        if (!this.take(';')) this.block();
      }
    });
    propertySteps(building, name, body);
  }

  /** From the parameters on. */
  private method(label: string, type: string, modifiers: readonly string[]): Method {
    this.expect('(');
    const parameters: Array<{ name: string; type: string }> = [];
    if (!this.take(')')) {
      do {
        this.modifiers();
        const of = this.type();
        parameters.push({ name: this.name().toLowerCase(), type: of });
      } while (this.take(','));
      this.expect(')');
    }
    const { at } = this;
    const body = this.take(';') ? undefined : this.body(() => this.block());
    const isService = this.mayCallService && body && /webservicecallout\.invoke/i.test(this.written(at, this.at));
    return methodWith(label, type, parameters, isService ? undefined : body, modifiers);
  }
}
