import type { SalesforceApi } from '../../../salesforce/sessionIds.js';
import { hasSession, NO_MARKS, unionOf, type Marks } from './marks.js';
import { libraryCall } from './platformCalls.js';
import { portUse, unfollowed, type ApexUse } from './sinks.js';

/** `kept`: what the object of the call contains from now on; `use`: where a session id has gone; `sends`: in a request. */
type Foreign = { result: Marks; kept?: Marks; use?: ApexUse; sends?: true };

/** A call of the platform, of a generated class, or of something that is not here. */
export function foreignCall(
  path: string,
  { name, written }: { name: string; written: string },
  receiver: Marks,
  given: Marks,
  apiOf: (type: string) => SalesforceApi | undefined
): Foreign {
  const all = unionOf([receiver, given]);
  const kind = libraryCall(path, name);
  if (kind === 'question') return { result: NO_MARKS };
  if (kind === 'mutator') return { result: all, kept: given };
  if (kind === 'transform' || !hasSession(all)) return { result: all };
  if (kind === 'send') return { result: NO_MARKS, sends: true };
  if (name === 'debug' && /^(?:system\.)?system$/.test(path)) {
    return { result: NO_MARKS, use: { to: 'unknown', what: 'the debug log' } };
  }
  if (!hasSession(receiver)) return { result: NO_MARKS, use: unfollowed(path, written) };
  return { result: NO_MARKS, use: portUse(apiOf, written, receiver, given) };
}
