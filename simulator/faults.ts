import type { OrgRequest } from './requests.js';

/** A failure that the org sends instead of an answer. */
export type Fault =
  | { kind: 'error'; status: number; errorCode: string; message?: string }
  | { kind: 'reset' }
  | { kind: 'hang' }
  /** The right answer, cut off in the middle with a correct length, so only a parser notices. */
  | { kind: 'truncated' }
  /** The right answer with its right length, and the connection closed in the middle of it. */
  | { kind: 'cut' }
  /** The right answer, changed: a column that is missing, rows that are held back. The only one besides `error` that a part shows. */
  | { kind: 'altered'; alter: (body: string) => string }
  | { kind: 'html'; status?: number; body?: string }
  /** The right answer, late. The only use of a real timer besides `latency`. */
  | { kind: 'slow'; milliseconds: number }
  /** Status 200 with any JSON body, to give a wrong shape. */
  | { kind: 'json'; body: unknown; status?: number }
  | { kind: 'soapFault'; code: string; message?: string; status?: number };

/**
 * Which requests: an expression on method, path and decoded query or SOAP action; or a function. The text of a composite
 * contains its parts, so an expression hits it as a whole; a function can ask for a part (`parts` undefined), which shows
 * faults of kind `error` and `altered` only.
 */
export type FaultPattern = RegExp | ((request: OrgRequest) => boolean);

/** How often a fault shows: `skip` matching requests pass first, then `times` are hit (default: all). */
export type FaultOptions = {
  times?: number;
  skip?: number;
};

type Entry = {
  pattern: FaultPattern;
  fault: Fault;
  skip: number;
  left: number;
};

/** The faults of one org, in the order they were set; the first that matches wins. */
export type Faults = {
  add: (pattern: FaultPattern, fault: Fault, options?: FaultOptions) => void;
  clear: () => void;
  match: (request: OrgRequest) => Fault | undefined;
};

export function createFaults(): Faults {
  let entries: Entry[] = [];
  return {
    add: (pattern, fault, options) => {
      entries.push({ pattern, fault, skip: options?.skip ?? 0, left: options?.times ?? Infinity });
    },
    clear: () => {
      entries = [];
    },
    match: (request) => {
      for (const entry of entries) {
        if (entry.left <= 0 || !matches(entry.pattern, request)) {
          continue;
        }
        if (entry.skip > 0) {
          entry.skip--;
          continue;
        }
        entry.left--;
        return entry.fault;
      }
      return undefined;
    },
  };
}

function matches(pattern: FaultPattern, request: OrgRequest): boolean {
  return typeof pattern === 'function'
    ? pattern(request)
    : new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(request.text);
}
