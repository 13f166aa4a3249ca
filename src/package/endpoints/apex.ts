import type { Gap } from '../../engine/types.js';
import { hostOf } from '../../salesforce/endpoints.js';
import { componentOf, isApex } from '../parsing/component.js';
import { fileGap } from '../parsing/gaps.js';
import { lineAt } from '../parsing/lineAt.js';
import { isApexTest } from '../parsing/stripComments.js';
import { Backtrace, type Outside } from '../sessions/apex/backtrace.js';
import { outerOf, type Program } from '../sessions/apex/program.js';
import type { Expression, Method, Scope } from '../sessions/apex/syntax.js';
import { written as writtenText, type Texts } from '../sessions/apex/texts.js';
import { widenCircle } from '../sessions/apex/widenCircle.js';
import type { PackageSource } from '../source/packageSource.js';
import { readApexTexts } from '../source/reading/readApexTexts.js';
import { readCode, type CodeFile } from '../source/reading/readCodeFiles.js';

/** Where a request goes: a URL, a named credential, an org of Salesforce, or not known from the code. */
export type Origin = { url: string } | { credential: string } | 'salesforce' | 'unknown';
type Sight = { origin: Origin; file: string; line: number };

/** How often the circle of classes is widened; past it there is a gap. */
const WIDEST = 6;
/** Constants that are passed to a class that sends requests, recognized by their names. */
const named = /endpoint/i;
/** In a class that sends itself, names of addresses also count, and so does what is handed to a method that sends. */
const ofAddress = /url|uri|host|domain|endpoint/i;
const sending = /post|get|put|send|call|request|fetch/i;

/** Everything in classes and triggers that shows where their requests go. */
export async function sightsInApex(
  files: readonly CodeFile[],
  source: PackageSource
): Promise<{ sights: readonly Sight[]; gaps: readonly Gap[] }> {
  if (files.length === 0) return { sights: [], gaps: [] };
  const texts = await readApexTexts(source);
  const written = new Map(files.map(({ path, text }) => [path, text]));
  const outside: Outside = { label: texts.label, records: texts.recorded, sourceAt: () => undefined };
  const { reader, gaps, left } = await widenCircle(
    files,
    WIDEST,
    (program) => new AddressReader(program, outside, written),
    (one) => classesAround(source, one)
  );
  for (const { path } of left) gaps.set(path, fileGap(path, 'was not followed: too many classes lead there.'));
  // A label or a record that could not be read may be an address.
  const isOpen = reader.sights.some(({ origin }) => origin === 'unknown');
  return { sights: reader.sights, gaps: [...gaps.values(), ...(isOpen ? texts.gaps : [])] };
}

/** The classes that are asked for a value, and those that call a method which is given one. */
async function classesAround(
  source: PackageSource,
  { asked, opened, extended }: AddressReader
): Promise<readonly CodeFile[]> {
  const calls = [...opened].map((call) => call.split(' ').map((name) => new RegExp(String.raw`\b${name}\b`, 'i')));
  const heirs = [...extended].map(
    (name) => new RegExp(String.raw`\b(?:extends|implements)\s[^{]{0,500}\b${name}\b`, 'i')
  );
  const { files } = await readCode(
    source,
    isApex,
    (text, path) =>
      (asked.has(componentOf(path).name.toLowerCase()) ||
        calls.some((names) => names.every((name) => name.test(text))) ||
        heirs.some((heir) => heir.test(text))) &&
      !isApexTest(path, text)
  );
  return files;
}

/** Reads the addresses that classes set, by what the texts are made of. */
class AddressReader {
  public readonly sights: Sight[] = [];
  /** Classes that are asked for a value, in lower case. */
  public readonly asked = new Set<string>();
  /** Methods whose callers give the value: `class method`. */
  public readonly opened = new Set<string>();
  /** Classes that others may extend to give another value. */
  public readonly extended = new Set<string>();

  /** `texts`: of the files whose addresses count, by path. */
  public constructor(
    private readonly program: Program,
    private readonly outside: Outside,
    private readonly texts: ReadonlyMap<string, string>
  ) {
    this.read();
  }

  private read(): void {
    const { texts } = this;
    const scopes = this.program.scopes.filter(({ file }) => texts.has(file));
    const senders = new Set(scopes.filter((scope) => sends(this.program, scope)).map(({ file }) => file));
    for (const scope of scopes) {
      const isSender = senders.has(scope.file);
      scope.method.steps?.forEach(({ value }, step) =>
        visit(value, (one) => this.at(one, scope, step, { isSender, text: texts.get(scope.file) ?? '' }))
      );
    }
  }

  private at(one: Expression, scope: Scope, step: number, file: { isSender: boolean; text: string }): void {
    if (one.kind === 'call') {
      const [argument] = one.args;
      if (argument && one.name === 'setendpoint') this.sink(argument, scope, step, one.place.line);
      else if (file.isSender && sending.test(one.name) && argument) this.literal(argument, scope);
    } else if (one.kind === 'new') {
      const [argument] = one.args;
      if (argument && file.isSender && sending.test(one.type)) this.literal(argument, scope);
    } else if (one.kind === 'assign') {
      const name = one.target.kind === 'name' || one.target.kind === 'member' ? one.target.name : '';
      if (one.value.kind === 'text') {
        if ((file.isSender ? ofAddress : named).test(name)) this.literal(one.value, scope);
      } else if (name === 'endpoint_x') {
        this.sink(one.value, scope, step, lineAt(file.text, Math.max(0, file.text.search(/\bendpoint_x\s*=(?!=)/i))));
      }
    }
  }

  private sink(value: Expression, scope: Scope, step: number, line: number): void {
    const trace = new Backtrace(this.program, this.outside);
    const origins = originsOf(trace.read(value, trace.frameOf(scope, step, false)));
    this.sights.push(...origins.map((origin) => ({ origin, file: scope.file, line })));
    trace.asked.forEach((type) => this.asked.add(outerOf(type)));
    trace.extended.forEach((owner) => this.extended.add(owner.replace(/^.*\./, '')));
    trace.opened.forEach((method) => this.opened.add(this.nameOf(method)));
  }

  private literal(value: Expression, { file }: Scope): void {
    if (value.kind !== 'text' || !/^(?:https?:\/\/|callout:)/i.test(value.value)) return;
    this.sights.push({ origin: originOf(value.value), file, line: value.place.line });
  }

  private nameOf(method: Method): string {
    const owner = (this.program.scopeOf(method)?.owner.name ?? '').replace(/^.*\./, '');
    return `${owner} ${method.name === 'new' ? owner : method.name}`;
  }
}

function sends(program: Program, { method }: Scope): boolean {
  return program.callsIn(method).some(({ call }) => call.kind === 'call' && call.name === 'setendpoint');
}

/** Every expression in one, itself included. */
function visit(one: Expression, look: (one: Expression) => void): void {
  look(one);
  for (const part of partsOf(one)) visit(part, look);
}

function partsOf(one: Expression): readonly Expression[] {
  switch (one.kind) {
    case 'member':
      return [one.of];
    case 'call':
      return [...(one.of ? [one.of] : []), ...one.args];
    case 'new':
      return one.args;
    case 'assign':
      return [one.target, one.value];
    case 'choice':
      return [...one.asked, ...one.branches];
    case 'join':
    case 'parts':
    case 'question':
      return one.parts;
    default:
      return [];
  }
}

function originsOf(texts: Texts): Origin[] {
  const origins = texts.map((text): Origin => originOf(writtenText(text)));
  return [
    ...new Map(
      (origins.length === 0 ? ['unknown' as const] : origins).map((one) => [JSON.stringify(one), one])
    ).values(),
  ];
}

/** In a text `⌂` is the address of the org, and `…` a part that is not known: a host has to be whole. */
function originOf(text: string): Origin {
  if (/^(?:https?:\/\/)?⌂/i.test(text)) return 'salesforce';
  const [, credential] = /^callout:(?:\w+?__)?(\w+)(?![\w…])/i.exec(text) ?? [];
  if (credential !== undefined) return { credential };
  const [start = '', host = '', open = ''] = /^https?:\/\/([^/?#…]*)(…?)/i.exec(text) ?? [];
  // After a complete host a path follows; after `https://api.` the rest of the host.
  const isCut = open !== '' && (/[.:-]$/.test(host) || !host.includes('.'));
  const url = text.replace(/…[^]*$/, '');
  return start !== '' && !isCut && hostOf(url) !== undefined ? { url } : 'unknown';
}
