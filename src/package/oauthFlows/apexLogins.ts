import type { Gap } from '../../engine/types.js';
import { isLoginPath } from '../../salesforce/endpoints.js';
import type { CodeUse } from '../facts.js';
import { componentOf, isApex, pathsByName } from '../parsing/component.js';
import { isApexTest } from '../parsing/stripComments.js';
import { readApexTexts, type ApexTexts } from '../source/reading/readApexTexts.js';
import { readCode, type CodeFile } from '../source/reading/readCodeFiles.js';
import { Backtrace, type Outside } from '../sessions/apex/backtrace.js';
import { dottedName } from '../sessions/apex/platformCalls.js';
import { outerOf, type CallSite, type Program } from '../sessions/apex/program.js';
import { RequestFinder, type Request } from '../sessions/apex/requests.js';
import { apiOfName } from '../sessions/apex/sinks.js';
import { written as writtenText } from '../sessions/apex/texts.js';
import type { Scope } from '../sessions/apex/syntax.js';
import { widenCircle } from '../sessions/apex/widenCircle.js';
import { addressOf } from '../sessions/requestUse.js';
import type { PackageSource } from '../source/packageSource.js';
import { fileGap } from '../parsing/gaps.js';
import { flowOfParameter } from './libraryCalls.js';

/** What Apex logs in to, read from the values of its requests. */
type ApexLogins = {
  uses: readonly CodeUse[];
  /** Flows that a file starts at another vendor only: `file flow`. */
  elsewhere: ReadonlySet<string>;
  /** Parameters whose values were read in every request of a file: `file grant_type`. */
  resolved: ReadonlySet<string>;
  gaps: readonly Gap[];
};

type Destination = 'salesforce' | 'another' | 'unknown';
type Login = { what: CodeUse['what']; form: string; to: Destination; file: string; line: number };

/** How often the circle of classes is widened. */
const WIDEST = 4;
const loginWords =
  /grant[-_]?type|response[-_]?type|services\/(?:soap|oauth2)|\.soap\.sforce\.com|JWTBearerTokenExchange|\.\s*login\s*\(|'login'/i;
const generated = /webservicecallout\s*\.\s*invoke/i;
const loginApi = /urn:(?:partner|enterprise)\.soap\.sforce\.com|\/services\/soap\/[uc]\b/i;

/** The logins of the Apex of a package. `credentials`: where named credentials lead, by name. */
export async function apexLogins(source: PackageSource, credentials: ReadonlyMap<string, string>): Promise<ApexLogins> {
  const texts = await readApexTexts(source);
  const words = wordsOf(texts);
  const { files } = await readCode(
    source,
    isApex,
    (text, path, ofText) => words.test(text) && !isApexTest(path, text, ofText),
    // A type of custom metadata may have any name.
    words.source === loginWords.source ? ['apexLogin'] : undefined
  );
  if (files.length === 0) return { uses: [], elsewhere: new Set(), resolved: new Set(), gaps: [] };
  // What one proxy only defines is no login.
  const proxies = new Set(
    files
      .filter(({ text }) => generated.test(text) && loginApi.test(text))
      .map(({ component }) => component.name.toLowerCase())
  );
  const named = new Map([...credentials].map(([name, leads]) => [name.toLowerCase(), leads]));
  const { program, grants, gaps } = await parsed(files, source, texts);
  const finder = new RequestFinder(program, outsideOf(texts));
  const reader = new LoginReader(program, finder, { credentials: named, proxies, grants }, texts);
  const logins = program.scopes.flatMap(({ method }) => program.callsIn(method).flatMap((site) => reader.at(site)));
  const { uses, elsewhere } = summary(logins);
  const resolved = new Set([...reader.known].filter((key) => !reader.open.has(key)));
  return { uses, elsewhere, resolved, gaps: [...texts.gaps, ...gaps, ...reader.gaps] };
}

/** The uses that a look at the words of each file found, corrected and completed. */
export function withApexLogins(uses: readonly CodeUse[], { uses: found, elsewhere, resolved }: ApexLogins): CodeUse[] {
  const keyOf = ({ subject, what, form }: CodeUse): string => `${subject.file ?? ''} ${what} ${form}`;
  const known = new Map(uses.map((use) => [keyOf(use), use]));
  const sure = new Set(found.filter(({ unsure }) => unsure === undefined).map(keyOf));
  // A flow whose name is put together is known once all of it was read.
  const isResolved = ({ what, form, subject }: CodeUse): boolean =>
    what === 'unknown' &&
    resolved.has(`${subject.file ?? ''} ${form}`) &&
    found.every((one) => one.subject.file !== subject.file || one.what !== 'unknown');
  const kept = uses.flatMap((use): CodeUse[] => {
    if (use.unsure === undefined) return [use];
    if (elsewhere.has(`${use.subject.file ?? ''} ${use.what}`) || isResolved(use)) return [];
    if (!sure.has(keyOf(use))) return [use];
    const { what, form, in: place, subject, at } = use;
    return [{ what, form, in: place, subject, at }];
  });
  return [...kept, ...found.filter((use) => !known.has(keyOf(use)))];
}

/** Names of custom metadata types whose records start a flow count as words of a login. */
function wordsOf(texts: ApexTexts): RegExp {
  return new RegExp([loginWords.source, ...texts.typesWith(loginWords)].join('|'), 'i');
}

async function parsed(
  files: readonly CodeFile[],
  source: PackageSource,
  texts: ApexTexts
): Promise<{ program: Program; grants: ReadonlySet<string>; gaps: readonly Gap[] }> {
  const grants = new Set<string>();
  const paths = pathsByName(source.packaged, /\.cls$/i);
  const written = (read: readonly CodeFile[]): CodeFile[] => {
    const own = read.filter(({ text }) => !generated.test(text));
    for (const { path, text } of own) if (/grant[-_]?type/i.test(text)) grants.add(path);
    return own;
  };
  const around = async (read: Program): Promise<readonly CodeFile[]> => {
    const bySinks = askedBySinks(read, texts);
    const wanted = new Set([...askedIn(read), ...bySinks.types].flatMap((type) => paths.get(outerOf(type)) ?? []));
    const extending = extendingClasses(bySinks.extended);
    const found = await readCode(
      source,
      (path) => wanted.has(path) || (extending !== undefined && /\.cls$/i.test(path)),
      (text, path) => wanted.has(path) || (extending?.test(text) === true && !isApexTest(path, text))
    );
    return written(found.files);
  };
  const circle = await widenCircle(written(files), WIDEST, (read) => read, around);
  const { reader: program, gaps, left: next } = circle;
  // A class that only runs along may stay unread; one that decides on a request may not.
  const deciding = next.length === 0 ? undefined : askedBySinks(program, texts);
  const left = new Set([...(deciding?.types ?? [])].flatMap((type) => paths.get(outerOf(type)) ?? []));
  const extending = extendingClasses(deciding?.extended ?? new Set());
  next.filter(({ text }) => extending?.test(text)).forEach(({ path }) => left.add(path));
  for (const { path } of next) {
    if (left.has(path)) gaps.set(path, fileGap(path, 'was not followed: too many classes lead there.'));
  }
  return { program, grants, gaps: [...gaps.values()] };
}

/** What shows a class that may override a method of one of the classes. */
function extendingClasses(owners: ReadonlySet<string>): RegExp | undefined {
  const names = [...owners].map((owner) => owner.replace(/^.*\./, ''));
  return names.length === 0
    ? undefined
    : new RegExp(`\\b(?:extends|implements)\\s[^{]{0,1000}\\b(?:${names.join('|')})\\b`, 'i');
}

/** Classes that decide what is sent: they have constants, put a request together, or send what they are given. */
function askedIn(program: Program): Set<string> {
  const called = program.scopes.flatMap(({ method }) =>
    program.callsIn(method).flatMap(({ call, scope }) => {
      if (call.kind === 'new') return [call.type];
      return call.of ? [program.typeOf(call.of, scope) ?? '', dottedName(call.of)] : [];
    })
  );
  return new Set(called);
}

/** Classes that a request takes a value from, and those that others may extend to decide on one. */
function askedBySinks(program: Program, texts: ApexTexts): { types: Set<string>; extended: Set<string> } {
  const finder = new RequestFinder(program, outsideOf(texts));
  const found = sinksIn(program).flatMap((site) => {
    const request = site.call.args.at(-1);
    if (site.call.kind !== 'call' || !request) return [];
    return [finder.find({ scope: site.scope, step: site.step, call: site.call, request })];
  });
  return {
    types: new Set(found.flatMap(({ asked }) => [...asked])),
    extended: new Set(found.flatMap(({ extended }) => [...extended])),
  };
}

function sinksIn(program: Program): CallSite[] {
  return program.scopes.flatMap(({ method }) => program.callsIn(method).filter(({ call }) => isSend(call)));
}

function isSend(call: CallSite['call']): boolean {
  return call.kind === 'call' && /^(?:send|addhttprequest)$/.test(call.name) && call.args.length > 0;
}

function outsideOf({ label, recorded }: ApexTexts): Outside {
  return { label, records: recorded, sourceAt: () => undefined };
}

/** `grants`: files that name a grant type. */
type Around = {
  credentials: ReadonlyMap<string, string>;
  proxies: ReadonlySet<string>;
  grants: ReadonlySet<string>;
};

const tooMuch = 'has a request that could not be followed to the end: too many ways lead through this code.';

/** Reads the logins that calls start. */
class LoginReader {
  public readonly gaps: Gap[] = [];
  /** Parameters with a value that was read, and with one that was not: `file grant_type`. */
  public readonly known = new Set<string>();
  public readonly open = new Set<string>();

  public constructor(
    private readonly program: Program,
    private readonly finder: RequestFinder,
    private readonly around: Around,
    private readonly texts: ApexTexts
  ) {}

  public at(site: CallSite): Login[] {
    const { call, scope, step } = site;
    if (call.kind === 'new') return this.exchange(site);
    const request = call.args.at(-1);
    if (isSend(call) && request) {
      const { requests, cut, asked } = this.finder.find({ scope, step, call, request });
      if (cut) this.gaps.push(fileGap(scope.file, tooMuch, call.place.line));
      const files = [scope.file, ...this.filesOf(asked)];
      const named = files.some((file) => this.around.grants.has(file));
      return requests.flatMap((one) => [...this.inRequest(one), ...(named ? [] : this.openBody(one))]);
    }
    if (call.name === 'login' && call.args.length >= 2) return this.proxy(site);
    return /^(?:addchildelement|createrootelement|writestartelement)$/.test(call.name) ? this.element(site) : [];
  }

  /** What the parameters of a request start. */
  private inRequest({ endpoint, texts, file, line }: Request): Login[] {
    const to = this.destination(endpoint);
    const found = [endpoint, ...texts].flatMap((text) => this.flowsIn(text, to, file));
    const envelope = texts.some(
      (text) => /<(?:\w+:)?login[\s>]/i.test(text) && (loginApi.test(text) || loginApi.test(endpoint))
    );
    const soap = envelope
      ? [{ what: 'soap-login' as const, form: 'SOAP login()', to }]
      : isOpenEnvelope(endpoint, texts)
        ? [{ what: 'unknown' as const, form: 'the SOAP body', to }]
        : [];
    const all = [...found, ...soap];
    return all.map((one) => ({ ...one, file, line }));
  }

  /** A body that is handed in, sent to the token endpoint of Salesforce by classes none of which names a grant type. */
  private openBody({ endpoint, body, file, line }: Request): Login[] {
    const [path = ''] = addressOf(endpoint, this.around.credentials).path.split(/[?#]/, 1);
    const isOpen = body.some((text) => text.includes('…')) && !this.around.grants.has(file);
    if (!isOpen || !/\/services\/oauth2\/token\/?$/i.test(path) || /grant_type=/i.test(endpoint)) return [];
    return [{ what: 'unknown', form: 'the body', to: 'salesforce', file, line }];
  }

  private filesOf(types: ReadonlySet<string>): string[] {
    const owners = new Set([...types].map(outerOf));
    return this.program.scopes.flatMap(({ owner, file }) => (owners.has(outerOf(owner.name)) ? [file] : []));
  }

  private flowsIn(text: string, to: Destination, file: string): Array<Pick<Login, 'what' | 'form' | 'to'>> {
    return [...text.matchAll(/(grant_type|response_type)(?:\\?["']?\s*[:=…]\s*\\?["']?…?)([\w:%.+-]*…?)/gi)].flatMap(
      ({ 1: name = '', 2: value = '' }): Array<Pick<Login, 'what' | 'form' | 'to'>> => {
        const plain = value
          .replace(/%3A/gi, ':')
          .replace(/%20|\+/g, ' ')
          .toLowerCase();
        const form = `${name.toLowerCase()}=${plain}`;
        const what = flowOfParameter.get(form);
        (plain === '' || plain.endsWith('…') ? this.open : this.known).add(`${file} ${name.toLowerCase()}`);
        if (what !== undefined) return [{ what, form, to }];
        return plain.endsWith('…') && to === 'salesforce' ? [{ what: 'unknown', form: name.toLowerCase(), to }] : [];
      }
    );
  }

  private destination(endpoint: string): Destination {
    const { host, path } = addressOf(endpoint, this.around.credentials);
    if (host === 'own' || host === 'salesforce' || isLoginPath(path)) return 'salesforce';
    if (typeof host === 'object' && 'foreign' in host) return 'another';
    // The token endpoint of Salesforce has the same path in every org; another one belongs to another vendor.
    const [plain = ''] = path.split(/[?#]/, 1);
    const isEnd = plain.includes('…') || '/services/oauth2/token'.endsWith(plain.replace(/\/$/, ''));
    return typeof host === 'object' && !isEnd ? 'another' : 'unknown';
  }

  /** `login()` of a class that was generated from the WSDL of the Partner or Enterprise API. */
  private proxy({ call, scope }: CallSite): Login[] {
    if (call.kind !== 'call' || !call.of) return [];
    const type = this.program.typeOf(call.of, scope);
    const outer = type === undefined ? '' : outerOf(type);
    if (
      !this.around.proxies.has(outer) &&
      (apiOfName(type ?? '') !== 'data' || this.program.classOf(outer, scope.owner))
    )
      return [];
    return [{ what: 'soap-login', form: 'SOAP login()', to: 'salesforce', file: scope.file, line: call.place.line }];
  }

  /** An element `login` in the namespace of the Partner or Enterprise API. */
  private element({ call, scope, step }: CallSite): Login[] {
    const values = call.args.map((argument) => this.read(argument, scope, step));
    const isLogin = values.some((value) => value.includes('login'));
    return isLogin && values.some((value) => value.some((text) => loginApi.test(text)))
      ? [{ what: 'soap-login', form: 'SOAP login()', to: 'salesforce', file: scope.file, line: call.place.line }]
      : [];
  }

  /** `new Auth.JWTBearerTokenExchange(endpoint, jws)`. */
  private exchange({ call, scope, step }: CallSite): Login[] {
    if (call.kind !== 'new' || !/^(?:auth\.)?jwtbearertokenexchange$/.test(call.type)) return [];
    const [endpoint] = call.args;
    const found = endpoint ? this.read(endpoint, scope, step) : ['…'];
    const place = { file: scope.file, line: call.place.line };
    return found.map((one) => ({
      what: 'jwt-bearer',
      form: 'Auth.JWTBearerTokenExchange',
      to: this.destination(one),
      ...place,
    }));
  }

  private read(expression: CallSite['call']['args'][number], scope: Scope, step: number): string[] {
    const trace = new Backtrace(this.program, outsideOf(this.texts));
    const found = trace.read(expression, trace.frameOf(scope, step, false)).map(writtenText);
    return found.length === 0 ? ['…'] : found;
  }
}

/** Without a session the SOAP API of the login hosts answers `login()` only. */
function isOpenEnvelope(endpoint: string, texts: readonly string[]): boolean {
  return (
    /^https:\/\/(?:login|test)\.salesforce\.com\/services\/soap\/[uc]\b/i.test(endpoint) &&
    texts.every((text) => !/<(?:\w+:)?Body[^<>]*>\s*<(?:\w+:)?\w/i.test(text)) &&
    texts.some((text) => text.includes('…'))
  );
}

/** The first place of each form in a file; one that is sure counts for the others. */
function summary(logins: readonly Login[]): { uses: CodeUse[]; elsewhere: ReadonlySet<string> } {
  const found = new Map<string, CodeUse>();
  const open = new Set(logins.filter(({ to }) => to !== 'another').map(({ file, what }) => `${file} ${what}`));
  for (const { what, form, to, file, line } of logins.toSorted((one, other) => one.line - other.line)) {
    if (to === 'another') continue;
    const key = `${file} ${what} ${form}`;
    const known = found.get(key);
    if (known && (known.unsure === undefined || to === 'unknown')) continue;
    const unsure = to === 'unknown' ? { unsure: 'the code does not show the address of the request' } : {};
    const why =
      what === 'unknown'
        ? { unsure: `the code does not show which flow it starts, because ${form} is computed or passed in` }
        : unsure;
    found.set(key, { what, form, in: 'package', subject: { ...componentOf(file), file, line }, at: form, ...why });
  }
  const another = logins.filter(({ to }) => to === 'another').map(({ file, what }) => `${file} ${what}`);
  return { uses: [...found.values()], elsewhere: new Set(another.filter((key) => !open.has(key))) };
}
