import type { Gap } from '../../../engine/types.js';
import { apiOfPath } from '../../../salesforce/sessionIds.js';
import type { CodeFile } from '../../source/reading/readCodeFiles.js';
import type { SessionId, SessionUse } from '../../facts.js';
import { withOrdinals } from '../ordinals.js';
import { useOfRequest } from '../requestUse.js';
import type { Use } from '../sinks.js';
import { fileGap } from '../../parsing/gaps.js';
import type { Outside } from './backtrace.js';
import { keyOf, SessionFlow } from './dataFlow.js';
import { handedOut, type ApexSource, type Handed, type Surroundings } from './escapes.js';
import { hasSession, keysOf } from './marks.js';
import { parseApex } from './parse.js';
import { outerOf, Program } from './program.js';
import { RequestFinder } from './requests.js';
import type { ApexFile, Method } from './syntax.js';

/** The rest of the package: what is read only when a session id leads there. */
export type ApexReader = {
  /** Paths of classes by name, in lower case. */
  classes: ReadonlyMap<string, string>;
  read: (path: string) => Promise<CodeFile | undefined>;
  /**
   * Classes and triggers that contain all the words of one of these lists, or extend or implement one of `parents`, as
   * far as no earlier question gave them.
   */
  search: (words: ReadonlyArray<readonly string[]>, parents: readonly string[]) => Promise<readonly CodeFile[]>;
  showsSession: Surroundings['showsSession'];
  filled: Surroundings['filled'];
  /** Where a page that has this class as its controller takes this member. */
  onPage: (controller: string, member: string) => Use | undefined;
  /** Where named credentials of the package lead, by name in lower case. */
  credentials: ReadonlyMap<string, string>;
  label: Outside['label'];
  records: Outside['records'];
};

export type ApexSessions = {
  sessions: readonly SessionId[];
  /** `Controller.getSession`, in lower case: what gives a session id to any caller outside of Apex. */
  sessionMethods: ReadonlySet<string>;
  /** Uses that only components and pages of the package decide, with the method that they call. */
  byComponents: ReadonlyMap<SessionUse, string>;
  /** Markup whose session id Apex takes over: by `file:offset` of the merge field, and pages by their name. */
  taken: { fields: ReadonlySet<string>; pages: ReadonlySet<string> };
  gaps: readonly Gap[];
};

/** How often the circle of classes is widened; past it there is a gap. */
const WIDEST = 12;
const generatedCall = /webservicecallout\s*\.\s*invoke/i;

/** The session IDs that Apex reads, starting from the files that read one. */
export async function apexSessions(holding: readonly CodeFile[], reader: ApexReader): Promise<ApexSessions> {
  const parsed = new Map<string, ApexFile>();
  const generated = new Map<string, ReturnType<typeof apiOfPath>>();
  const gaps = new Map<string, Gap>();
  const isNew = ({ path }: CodeFile): boolean => !parsed.has(path) && !gaps.has(path);
  // A class that WSDL2Apex made is large, and nothing but a way out.
  const learn = (files: readonly CodeFile[]): void =>
    files
      .filter(({ text }) => generatedCall.test(text))
      .forEach(({ component, text }) => generated.set(component.name.toLowerCase(), apiOfPath(text)));
  learn(holding);
  let next: readonly CodeFile[] = holding;
  let trail: Trail | undefined;
  let known = -1;
  const isWider = (): boolean => next.length > 0 || generated.size > known;
  // Once the bound on work is reached, each further round would reach it again, with more classes.
  for (let round = 0; round < WIDEST && isWider() && trail?.isSpent !== true; round += 1) {
    known = generated.size;
    for (const { path, text } of next) {
      // eslint-disable-next-line no-await-in-loop -- one class after the other keeps memory small
      const file = await parseApex(path, text);
      if ('path' in file) parsed.set(path, file);
      else gaps.set(path, fileGap(path, 'could not be parsed as Apex.', file.line));
    }
    trail = follow([...parsed.values()], reader, generated);
    // eslint-disable-next-line no-await-in-loop -- each round depends on the one before
    const around = await surrounding(trail, reader);
    learn(around);
    next = around.filter((one) => isNew(one) && !generatedCall.test(one.text));
  }
  const beyond = next.filter(isNew).map(({ path }) => fileGap(path, 'was not followed: too many classes lead there.'));
  const byComponents = new Map<SessionUse, string>();
  const sessions = trail ? sessionsOf(trail, reader, byComponents) : [];
  return {
    sessions,
    sessionMethods: sessionMethodsIn(trail?.handed ?? []),
    byComponents,
    taken: {
      fields: new Set(trail?.sources.flatMap(({ page }) => (page ? [`${page.file}:${page.offset}`] : []))),
      pages: trail?.pagesRead ?? new Set(),
    },
    gaps: [...gaps.values(), ...beyond, ...(trail?.gaps ?? [])],
  };
}

type Trail = {
  sources: readonly ApexSource[];
  /** By key of the source. */
  uses: ReadonlyMap<string, readonly SessionUse[]>;
  /** Classes that are named where a session id is handled, parsed or not. */
  reached: ReadonlySet<string>;
  /** Methods whose callers decide where a session id goes: class and method, in lower case. */
  wanted: ReadonlyArray<readonly [owner: string, method: string]>;
  /** Classes that others may extend to decide where it goes. */
  extended: ReadonlySet<string>;
  handed: readonly Handed[];
  pagesRead: ReadonlySet<string>;
  /** The bound on work was reached, and what was not followed is a gap. */
  isSpent: boolean;
  gaps: readonly Gap[];
};

/** Follows session ids forward to where they are used, and from requests backwards to what decides on them. */
function follow(files: readonly ApexFile[], reader: ApexReader, generated: Surroundings['generated']): Trail {
  const program = new Program(files);
  const flow = new SessionFlow(program, { showsSession: reader.showsSession, filled: reader.filled, generated });
  flow.run();
  const sources = [...flow.sources.values()].filter(({ key }) => !flow.isOnlyAsked(key));
  const uses = new Map<string, SessionUse[]>(sources.map(({ key }) => [key, [...flow.usesOf(key)]]));
  const reached = flow.reached();
  const opened = new Set<Method>(flow.askers);
  const extended = new Set<string>();
  const gaps: Gap[] = flow.cut ? sources.map(({ file, line }) => fileGap(file, tooMuch, line)) : [];
  const finder = new RequestFinder(program, {
    label: reader.label,
    records: reader.records,
    sourceAt: (file, place) => {
      const key = keyOf({ file }, place);
      return flow.sources.has(key) ? key : undefined;
    },
  });
  for (const { sink, sessions } of flow.sinks.values()) {
    if (sessions.size === 0) continue;
    const found = finder.find(sink);
    found.asked.forEach((type) => reached.add(type));
    found.opened.forEach((method) => opened.add(method));
    found.extended.forEach((owner) => extended.add(owner.replace(/^.*\./, '')));
    if (found.cut) gaps.push(fileGap(sink.scope.file, tooMuch, sink.call.place.line));
    for (const key of sessions) {
      // Where callers are distinguished, only those that pass this session ID count.
      const own = found.requests.filter((request) => request.sessions.has(key));
      for (const request of own.length > 0 ? own : found.requests) {
        const { file, line } = request;
        uses.get(key)?.push({ ...useOfRequest(request, reader.credentials), file, line });
      }
    }
  }
  const wanted = [...opened].flatMap((method) => {
    const owner = program.scopeOf(method)?.owner.name.replace(/^.*\./, '');
    return owner === undefined || method.name === '' ? [] : [[owner, method.name] as const];
  });
  const { pagesRead, cut } = flow;
  const handed = handedOut(program, flow);
  const isSpent = cut || finder.isSpent;
  return { sources, uses: distinctUses(uses), reached, wanted, extended, handed, pagesRead, isSpent, gaps };
}

const tooMuch = 'could not be followed to the end: too many ways lead through this code.';

function distinctUses(uses: ReadonlyMap<string, readonly SessionUse[]>): Map<string, readonly SessionUse[]> {
  return new Map(
    [...uses].map(([key, all]) => [key, [...new Map(all.map((use) => [JSON.stringify(use), use])).values()]])
  );
}

function sessionsOf(
  { sources, uses, handed }: Trail,
  reader: ApexReader,
  byComponents: Map<SessionUse, string>
): SessionId[] {
  const found = sources.map((source): SessionId => {
    const given = handed.flatMap((one) => {
      const handedUses = handedUse(one, source, reader);
      if (one.byComponents) handedUses.forEach((use) => byComponents.set(use, methodNameOf(one)));
      return handedUses;
    });
    const [first, ...others] = [...(uses.get(source.key) ?? []), ...given];
    const at = source.page ? source.source : `${source.label}.${source.method}: ${source.source}`;
    const { file, line } = source;
    return {
      component: source.page?.component ?? {
        type: /\.trigger$/i.test(file) ? 'ApexTrigger' : 'ApexClass',
        name: source.label.replace(/\..*/, ''),
      },
      file,
      line,
      source: source.source,
      at,
      uses: first ? [first, ...others] : [{ to: 'unknown', what: 'a place that could not be followed', file, line }],
    };
  });
  return withOrdinals(found, ({ at }) => at);
}

/** `Controller.getSession`, in lower case: what gives a session id to any caller outside of Apex. */
function sessionMethodsIn(handed: readonly Handed[]): ReadonlySet<string> {
  return new Set(handed.flatMap((one) => (one.exposed && hasSession(one.marks) ? [methodNameOf(one)] : [])));
}

function methodNameOf({ owner, name }: Handed): string {
  return `${owner.name}.${name}`.toLowerCase();
}

/** The classes that session ids lead to, those that ask for one, and those that decide where one goes. */
async function surrounding({ reached, wanted, extended, handed }: Trail, reader: ApexReader): Promise<CodeFile[]> {
  const paths = new Set([...reached].flatMap((type) => reader.classes.get(outerOf(type)) ?? []));
  const read = await Promise.all([...paths].map((path) => reader.read(path)));
  const words = [...handed.map(({ owner, name }) => [owner.name.replace(/^.*\./, ''), name]), ...wanted];
  const parents = [...extended, ...wanted.map(([owner]) => owner)];
  const found = words.length + parents.length > 0 ? await reader.search(words, parents) : [];
  return [...read.flatMap((one) => one ?? []), ...found];
}

/** A session id that a method or a field gives to code outside of the package's Apex. */
function handedUse(handed: Handed, { key, page }: ApexSource, { onPage }: ApexReader): SessionUse[] {
  const { owner, name, label, file, exposed, called, marks } = handed;
  // The flow filled it, and only the action reads it.
  if (page?.isInput && page.property === name) return [];
  if (!keysOf(marks, 'session').includes(key)) return [];
  const member = `${owner.label}.${label}`;
  if (exposed) return [{ to: 'unknown', what: `code outside of Apex that calls ${member}`, file }];
  const shown = onPage(owner.name, name);
  if (shown) return [{ ...shown, what: shown.to === 'unknown' ? `a page that shows ${member}` : shown.what, file }];
  return called ? [] : [{ to: 'unknown', what: `the callers of ${member}, of which none was found`, file }];
}
