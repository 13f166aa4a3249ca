import type { WrittenRequest } from '../requestUse.js';
import { Backtrace, MOST_WORK, type Gathered, type Outside } from './backtrace.js';
import type { Frame } from './runs.js';
import type { CallSite, Program } from './program.js';
import { sessionsIn, union, written } from './texts.js';
import type { Call, Expression, Method, Scope } from './syntax.js';

/** A call that sends a request. `step`: the index in the body of the method. */
export type Sink = { scope: Scope; step: number; call: Call; request: Expression };
/** One request that a sink may send, and the caller that decides what it is. */
export type Request = WrittenRequest & {
  body: readonly string[];
  sessions: ReadonlySet<string>;
  file: string;
  line: number;
};
export type Requests = {
  requests: readonly Request[];
  /** Methods whose callers decide. */
  opened: ReadonlySet<Method>;
  asked: ReadonlySet<string>;
  /** Classes that others may extend to decide on a request. */
  extended: ReadonlySet<string>;
  /** More than could be followed. */
  cut: boolean;
};

/** How many callers in a row are tried, and how many ways to reach one sink. */
const LONGEST_CHAIN = 6;
const MOST_CHAINS = 60;
const MOST_REQUESTS = 64;
/** How many expressions are read for one sink. */
const MOST_FOR_SINK = 4 * MOST_WORK;

/** Finds out what requests sinks send, each caller for itself: path, method and body belong together. */
export class RequestFinder {
  /** How much all of them may take together. */
  private left = 100 * MOST_WORK;

  public constructor(
    private readonly program: Program,
    private readonly outside: Outside
  ) {}

  /** Whether all the work that is allowed was done: what is asked for from then on is cut. */
  public get isSpent(): boolean {
    return this.left <= 0;
  }

  public find(sink: Sink): Requests {
    const found = new Map<string, Request>();
    const opened = new Set<Method>();
    const asked = new Set<string>();
    const extended = new Set<string>();
    let cut = false;
    let room = Math.min(this.left, MOST_FOR_SINK);
    const chains: CallSite[][] = [[]];
    // It grows while it is walked through.
    for (const chain of chains) {
      const trace = new Backtrace(this.program, this.outside, Math.min(MOST_WORK, room));
      const before = trace.left;
      const gathered = trace.gather(sink.request, this.frame(sink, chain, trace));
      room -= before - trace.left;
      this.left -= before - trace.left;
      cut ||= trace.cut;
      trace.opened.forEach((method) => opened.add(method));
      trace.asked.forEach((type) => asked.add(type));
      trace.extended.forEach((owner) => extended.add(owner));
      const outermost = chain.at(-1)?.scope ?? sink.scope;
      const callers = trace.opened.has(outermost.method) ? this.callersOf(outermost.method, chain) : [];
      const isOpen = chain.length < LONGEST_CHAIN && chains.length + callers.length <= MOST_CHAINS;
      if (callers.length > 0 && isOpen) chains.push(...callers.map((caller) => [...chain, caller]));
      cut ||= callers.length > 0 && !isOpen;
      if (callers.length === 0 || !isOpen || outermost.method.exposed) {
        for (const request of requestsIn(gathered, sinkPlace(sink, chain))) found.set(JSON.stringify(request), request);
      }
    }
    return {
      requests: [...found.values()].slice(0, MOST_REQUESTS),
      opened,
      asked,
      extended,
      cut: cut || found.size > MOST_REQUESTS,
    };
  }

  private callersOf(method: Method, chain: readonly CallSite[]): CallSite[] {
    return this.program
      .callersOf(method)
      .filter(({ scope }) => chain.every((one) => one.scope.method !== scope.method));
  }

  /** The run of the method of a sink that a chain of calls starts, from the outermost caller on. */
  private frame({ scope, step }: Sink, chain: readonly CallSite[], trace: Backtrace): Frame {
    const outermost = chain.at(-1);
    if (!outermost) return trace.frameOf(scope, step, true);
    let frame = trace.frameOf(outermost.scope, outermost.step, true);
    for (let index = chain.length - 1; index >= 0; index -= 1) {
      const site = chain[index];
      const inner = chain[index - 1];
      if (site) frame = { core: trace.called(site, inner?.scope ?? scope, frame), at: inner?.step ?? step };
    }
    return frame;
  }
}

function sinkPlace({ scope, call }: Sink, chain: readonly CallSite[]): { file: string; line: number } {
  const outermost = chain.at(-1);
  return outermost
    ? { file: outermost.scope.file, line: outermost.call.place.line }
    : { file: scope.file, line: call.place.line };
}

function requestsIn({ endpoint, method, body, headers }: Gathered, place: { file: string; line: number }): Request[] {
  const sessions = sessionsIn(union(endpoint, body, headers));
  const methods = method.map(written);
  const bodies = body.map(written);
  const texts = [...bodies, ...headers.map(written)];
  const endpoints = endpoint.length === 0 ? ['…'] : endpoint.map(written);
  return endpoints.map((one) => ({ endpoint: one, methods, texts, body: bodies, sessions, ...place }));
}
