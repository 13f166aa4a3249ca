import type { SalesforceApi } from '../../../salesforce/sessionIds.js';
import type { SessionUse } from '../../facts.js';
import { holdsSession, portUse, requestOf, requestUse } from '../sinks.js';
import { libraryCall } from './platformCalls.js';
import { union } from './taintStore.js';
import type { Marks } from './syntax.js';

type Use = Pick<SessionUse, 'to' | 'what'>;
/** `kept`: what the object of the call holds from now on; `use`: where a session id has gone. */
type Foreign = { result: Marks; kept?: Marks; use?: Use };

/** A call of the platform, of a generated class, or of something that is not here. */
export const foreignCall = (
  path: string,
  { name, written }: { name: string; written: string },
  receiver: Marks,
  given: Marks,
  apiOf: (type: string) => SalesforceApi | undefined
): Foreign => {
  const all = union([receiver, given]);
  const kind = libraryCall(path, name);
  if (kind === 'question') return { result: new Set() };
  if (kind === 'mutator') {
    const label = { setendpoint: 'endpoint:', setmethod: 'method:' }[name];
    // Only what a text or an address is made of gets the label, and only one: marks must stay finite.
    const labelled = (mark: string): string => (/^(?:text:|own$)/.test(mark) ? `${label ?? ''}${mark}` : mark);
    const kept = new Set([...given].map(labelled));
    return { result: union([receiver, kept]), kept };
  }
  if (kind === 'transform' || !holdsSession(all)) return { result: all };
  if (kind === 'send') return { result: new Set(), use: requestUse(requestOf(given)) };
  if (!holdsSession(receiver)) return { result: new Set(), use: unfollowed(path, written) };
  return { result: new Set(), use: portUse(apiOf, written, receiver, given) };
};

/** The call without its arguments: they may hold a secret. */
export const unfollowed = (path: string, written: string): Use => ({
  to: 'unknown',
  what: `${path === '' ? '' : `${path}.`}${written}(), which could not be followed`,
});
