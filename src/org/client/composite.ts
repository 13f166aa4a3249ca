import * as z from 'zod';
import { chunksOf } from '../../common/chunks.js';
import { codedError } from './errors.js';

/** REST API Developer Guide, Composite: 25 subrequests, of which 5 may be queries; the whole counts as one call. */
const queriesPerCall = 5;

const answerShape = z.object({
  compositeResponse: z.array(z.object({ body: z.unknown(), httpStatusCode: z.number() })),
});
const refusalShape = z.tuple([z.object({ errorCode: z.string(), message: z.string() })]).rest(z.unknown());
const readsShape = z.strictObject({
  compositeRequest: z.array(z.strictObject({ method: z.literal('GET'), url: z.string(), referenceId: z.string() })),
});

/**
 * Asks several queries in few calls. `at`: the composite resource, of the Tooling API for its queries (Tooling API,
 * "Improve Performance with the Composite Resource"). What a composite leaves open is asked alone: all of it when the
 * composite itself is refused, a part when it failed for a reason that may pass.
 */
export const askTogether = (
  ask: (path: string, body?: string) => Promise<unknown>,
  at: string,
  paths: readonly string[]
): Array<Promise<unknown>> =>
  chunksOf(paths, queriesPerCall).flatMap((some) => {
    const parts = some.map((url, index) => ({ method: 'GET', url, referenceId: `q${index}` }));
    const answered = ask(at, JSON.stringify({ compositeRequest: parts })).then(
      (answer) => answerShape.safeParse(answer).data?.compositeResponse ?? [],
      () => []
    );
    return some.map(async (path, index) => {
      const part = (await answered)[index];
      if (part?.httpStatusCode === 200) return part.body;
      const refusal = refusalShape.safeParse(part?.body).data?.[0];
      const isRefused = part && part.httpStatusCode < 429 && refusal && refusal.errorCode !== 'REQUEST_LIMIT_EXCEEDED';
      if (isRefused) throw codedError(refusal.errorCode, refusal.message);
      return ask(path);
    });
  });

/** Whether every part of a composite request only reads. */
export const isCompositeOfReads = (body: string): boolean => {
  try {
    return readsShape.parse(JSON.parse(body)).compositeRequest.length > 0;
  } catch {
    return false;
  }
};
