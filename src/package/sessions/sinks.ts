import { metadataOperationIn, prohibitedMetadata, prohibitedMetadataIn } from '../../salesforce/sessionIds.js';
import type { SessionUse } from '../facts.js';

/** Where a session id goes, and in words what with. */
export type Use = Pick<SessionUse, 'to' | 'what'>;

/** What SOAP text does with the Metadata API. */
export const metadataUse = (texts: readonly string[]): Use => {
  const through = 'a request to the Metadata API';
  const prohibited = texts.map(prohibitedInText).find((one) => one !== undefined);
  const operations = texts.map(metadataOperationIn);
  if (operations.includes('write')) {
    return prohibited === undefined
      ? { to: 'metadata-write', what: `${through} that writes` }
      : { to: 'prohibited', what: `${through} that writes ${prohibited}` };
  }
  return operations.includes('read')
    ? { to: 'metadata-read', what: `${through} that reads` }
    : { to: 'unknown', what: through };
};

/** A call of an API on an object that has the session id. `prohibited`: the metadata that it changes. */
export function callUse(to: Use['to'], method: string, api: string, prohibited?: string): Use {
  return prohibited === undefined
    ? { to, what: `${method}() of ${api}` }
    : { to: 'prohibited', what: `${method}() of ${prohibited}` };
}

/** An address with a session id in it; `host`: of another, if one is written down. */
export function addressOfPage(host: string | undefined): Use {
  return host === undefined
    ? { to: 'unknown', what: 'the address of a page' }
    : { to: 'third-party', what: `an address at ${host}` };
}

/** A type is also put into the text of a request from a variable, so that it is a literal of its own. */
export const prohibitedInText = (text: string): string | undefined =>
  prohibitedMetadata(text) ?? prohibitedMetadataIn(text);

/** From the worst to the most harmless. */
const RANKS: ReadonlyArray<SessionUse['to']> = [
  'third-party',
  'prohibited',
  'metadata-write',
  'tooling-write',
  'metadata-read',
  'tooling-query',
  'unknown',
  'data',
];

/** The worst of several uses. */
export function worst<T extends Pick<SessionUse, 'to'>>(uses: readonly T[]): T | undefined {
  return uses.toSorted((one, other) => RANKS.indexOf(one.to) - RANKS.indexOf(other.to))[0];
}
