import type { Gap } from '../../engine/types.js';
import { isPlaceholder, looksLikePassword, looksRandom } from '../../salesforce/secretShapes.js';
import { fileGap } from '../parsing/gaps.js';
import { isApex } from '../parsing/component.js';
import { isApexTest } from '../parsing/stripComments.js';
import { wordsOfTexts } from '../parsing/words.js';
import { readCode, type CodeFile } from '../source/reading/readCodeFiles.js';
import { dottedName } from '../sessions/apex/platformCalls.js';
import { outerOf, Program, type CallSite, type ValueSite } from '../sessions/apex/program.js';
import type { Call, Expression, Method, Scope } from '../sessions/apex/syntax.js';
import { widenCircle } from '../sessions/apex/widenCircle.js';
import type { PackageSource } from '../source/packageSource.js';
import { looksLikeKey } from './literalKeys.js';
import { credentialHeader } from './metadataSecrets.js';

/** A literal that Apex uses as a secret, wherever it is written down. */
export type ApexLiteral = { kind: string; value: string; file: string; line: number };

type Kind = 'hard-coded key' | 'hard-coded authorization';
type Sink = { kind: Kind; value: Expression; scope: Scope };

/** How often the circle of classes is widened, and how many expressions are read; past either there is a gap. */
const WIDEST = 7;
const MOST_WORK = 400_000;

/** Where a call of the platform takes a key. */
const keyArguments: Readonly<Record<string, number>> = {
  decrypt: 1,
  decryptwithmanagediv: 1,
  encrypt: 1,
  encryptwithmanagediv: 1,
  generatemac: 2,
  sign: 2,
  verifyhmac: 3,
};
/** The name of a header that proves who calls, as a key of a map whose entries become headers. */
const headerKey =
  /^(?:[\w-]{0,40}authorization|[\w-]{0,30}(?:api|subscription|access|auth)[-_]?(?:key|token|secret)|x-[\w-]{0,40}(?:key|token|secret))$/i;
const headerInMap =
  /(?:\bput\s*\(\s*)?'(?:[\w-]{0,40}authorization|[\w-]{0,30}(?:api|subscription|access|auth)[-_]?(?:key|token|secret)|x-[\w-]{0,40}(?:key|token|secret))'\s*(?:,|=>)/i;
const sinkWords =
  /\bCrypto\s*\.\s*(?:decrypt|encrypt|generateMac|sign\s*\(|verifyHMac)|\bsetHeader\s*\(\s*'[^']{0,40}(?:authorization|key|token|secret|passw)/i;
/** Calls of the platform whose result is made of what they are given, and keeps it legible. */
const keeps =
  /^(?:valueof|tostring|trim|format|join|concat|base64encode|base64decode|converttohex|convertfromhex|urlencode|urldecode|escapesinglequotes|replace|replaceall|remove|removestart|removeend|tolowercase|touppercase|substring|left|right|topdf|serialize|name|append)$/;

/** The secrets that Apex spells out and hands on to a request or to cryptography, through methods and fields. */
export async function apexLiterals(
  source: PackageSource
): Promise<{ found: readonly ApexLiteral[]; gaps: readonly Gap[] }> {
  const { files } = await readCode(
    source,
    isApex,
    (text, path, words) => (sinkWords.test(text) || headerInMap.test(text)) && !isApexTest(path, text, words),
    ['secretSink']
  );
  if (files.length === 0) return { found: [], gaps: [] };
  const readerOf = (program: Program): LiteralReader => new LiteralReader(program);
  const circle = await widenCircle(files, WIDEST, readerOf, (reader) => classesAround(source, reader));
  const { reader, left } = circle;
  // A class that such a class only leads to may stay unread.
  const gaps = files.flatMap(({ path }) => circle.gaps.get(path) ?? []);
  const [first] = files;
  if (first && (reader.cut || left.length > 0)) {
    gaps.push(
      fileGap(first.path, 'uses a credential that could not be followed to the end: too many ways lead there.')
    );
  }
  return { found: reader.found, gaps };
}

/** The classes that are asked for a value, and those that call a method which hands one on. */
async function classesAround(source: PackageSource, { asked, opened }: LiteralReader): Promise<readonly CodeFile[]> {
  if (asked.size + opened.size === 0) return [];
  const calls = [...opened].map((call) => call.split(' '));
  const namesIn = wordsOfTexts(calls.flat());
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.')).toLowerCase();
  const isCalling = (text: string): boolean => {
    if (calls.length === 0) return false;
    const found = namesIn(text);
    return calls.some((names) => names.every((name) => found.has(name)));
  };
  const { files } = await readCode(
    source,
    isApex,
    (text, path, words) => (asked.has(nameOf(path)) || isCalling(text)) && !isApexTest(path, text, words)
  );
  return files;
}

/** Reads backwards which literals reach a header or a key, without regard to the order of statements. */
class LiteralReader {
  public readonly found: ApexLiteral[] = [];
  /** Classes that are asked for a value, in lower case. */
  public readonly asked = new Set<string>();
  /** Methods whose callers give the value: `class method`. */
  public readonly opened = new Set<string>();
  public cut = false;
  private work = MOST_WORK;
  private seen = new Set<Expression>();

  public constructor(private readonly program: Program) {
    this.read();
  }

  private read(): void {
    const sinks = this.program.scopes.flatMap(({ method }) => this.program.callsIn(method).flatMap(sinksOf));
    const known = new Set<string>();
    for (const { kind, value, scope } of sinks) {
      this.seen = new Set();
      this.follow(value, scope, (literal, file) => {
        const plain = secretIn(kind, literal.value);
        const key = `${file}:${literal.place.line}:${literal.place.column}`;
        if (plain === undefined || known.has(key)) return;
        known.add(key);
        this.found.push({ kind, value: plain, file, line: literal.place.line });
      });
    }
  }

  private follow(expression: Expression, scope: Scope, tell: Teller): void {
    if (this.seen.has(expression)) return;
    this.seen.add(expression);
    this.work -= 1;
    if (this.work < 0) {
      this.cut = true;
      return;
    }
    switch (expression.kind) {
      case 'text':
        tell(expression, scope.file);
        return;
      case 'name':
        this.variable(expression.name, scope, tell);
        return;
      case 'member':
        this.member(expression, scope, tell);
        return;
      case 'call':
        this.call(expression, scope, tell);
        return;
      case 'new':
        if (/^(?:list|set)<|\[\]/.test(expression.type))
          expression.args.forEach((one) => this.follow(one, scope, tell));
        // Keys and values take turns.
        if (expression.type.startsWith('map<'))
          expression.args.filter((_, index) => index % 2 === 1).forEach((one) => this.follow(one, scope, tell));
        return;
      case 'assign':
        this.follow(expression.value, scope, tell);
        return;
      case 'choice':
        expression.branches.forEach((one) => this.follow(one, scope, tell));
        return;
      case 'join':
      case 'parts':
        expression.parts.forEach((one) => this.follow(one, scope, tell));
        return;
      default:
    }
  }

  private variable(name: string, scope: Scope, tell: Teller): void {
    const { method, owner } = scope;
    if (!method.locals.has(name)) {
      const holder = this.program.holderOf(owner, name);
      if (holder) this.sites(this.program.fieldSites(holder, name), tell);
      else if (owner.extends !== undefined) this.asked.add(outerOf(owner.extends));
      return;
    }
    this.sites(this.program.localSites(method, name), tell);
    const index = method.parameters.findIndex((one) => one.name === name);
    if (index >= 0) this.argument(method, index, scope, tell);
  }

  private argument(method: Method, index: number, { owner }: Scope, tell: Teller): void {
    const name = owner.name.replace(/^.*\./, '');
    this.opened.add(`${name} ${method.name === 'new' ? name : method.name}`);
    for (const { call, scope } of this.program.callersOf(method)) {
      const given = call.args[index];
      if (given) this.follow(given, scope, tell);
    }
  }

  private member(expression: Extract<Expression, { kind: 'member' }>, scope: Scope, tell: Teller): void {
    const { of, name } = expression;
    if (name === '[]') {
      this.follow(of, scope, tell);
      return;
    }
    const path = dottedName(of);
    if (path === 'this') {
      const holder = this.program.holderOf(scope.owner, name);
      if (holder) this.sites(this.program.fieldSites(holder, name), tell);
      return;
    }
    const fixed = this.program.staticClass(of, scope);
    const type = fixed ? undefined : this.program.typeOf(of, scope);
    const owner = fixed ?? (type === undefined ? undefined : this.program.classOf(type, scope.owner));
    if (!owner) this.asked.add(outerOf(type ?? path));
    const holder = owner && this.program.holderOf(owner, name);
    if (holder) this.sites(this.program.fieldSites(holder, name), tell);
  }

  private call(call: Call, scope: Scope, tell: Teller): void {
    const callees = this.program.calleesOf(call, scope);
    for (const { method } of callees) {
      const inside = this.program.scopeOf(method);
      for (const step of method.steps ?? [])
        if (inside && step.kind === 'return') this.follow(step.value, inside, tell);
    }
    if (callees.length > 0) return;
    const path = dottedName(call.of);
    // What a list or a map contains; its key or number is not a part of it.
    if (call.of && call.name === 'get' && this.program.isValue(path, scope)) this.follow(call.of, scope, tell);
    if (keeps.test(call.name)) {
      [...(call.of && this.program.isValue(path, scope) ? [call.of] : []), ...call.args].forEach((one) =>
        this.follow(one, scope, tell)
      );
      if (call.of && path === '') this.follow(call.of, scope, tell);
      return;
    }
    const type = call.of ? (this.program.typeOf(call.of, scope) ?? path) : (scope.owner.extends ?? '');
    if (type !== '') this.asked.add(outerOf(type));
  }

  private sites(sites: readonly ValueSite[], tell: Teller): void {
    sites.forEach(({ value, scope }) => this.follow(value, scope, tell));
  }
}

type Teller = (literal: Extract<Expression, { kind: 'text' }>, file: string) => void;

function sinksOf({ call, scope }: CallSite): Sink[] {
  const authorizes = (name?: Expression, value?: Expression): Sink[] =>
    value && name?.kind === 'text' && headerKey.test(name.value)
      ? [{ kind: 'hard-coded authorization', value, scope }]
      : [];
  // Keys and values take turns.
  if (call.kind === 'new')
    return call.type.startsWith('map<')
      ? call.args.flatMap((name, index) => (index % 2 === 0 ? authorizes(name, call.args[index + 1]) : []))
      : [];
  if (call.name === 'put') return authorizes(...call.args);
  const path = dottedName(call.of);
  const key = /^(?:system\.)?crypto$/.test(path) ? call.args[keyArguments[call.name] ?? -1] : undefined;
  if (key) return [{ kind: 'hard-coded key', value: key, scope }];
  const [name, value] = call.args;
  const isHeader = call.name === 'setheader' && name?.kind === 'text' && credentialHeader.test(name.value);
  return isHeader && value ? [{ kind: 'hard-coded authorization', value, scope }] : [];
}

/** The part of a literal that is a secret: without a scheme, and without the user of `user:password`. */
function secretIn(kind: Kind, literal: string): string | undefined {
  const value = literal
    .replace(/^(?:Bearer|Basic|OAuth|Token|ApiKey)\s+/i, '')
    .replace(/^[^\s:/]{0,100}:(?=[^\s/])/, '');
  if (value.length < 6 || isPlaceholder(value) || /\s|^https?:|^[^@\s]+@[\w.-]+$/.test(value)) return undefined;
  if (kind === 'hard-coded key') return looksLikeKey(value) ? value : undefined;
  return looksRandom(value) || looksLikePassword(value) ? value : undefined;
}
