import {
  apiOfPath,
  foreignHost,
  metadataOperationIn,
  prohibitedMetadata,
  prohibitedMetadataIn,
} from '../../salesforce/sessionIds.js';
import type { SessionUse } from '../facts.js';
import type { Marks } from './apex/syntax.js';

/** Where a session id goes, and in words what with. */
type Use = Pick<SessionUse, 'to' | 'what'>;

/** A request: what its endpoint, method and body are made of. */
export type Request = {
  endpoint: readonly string[];
  own: boolean;
  methods: readonly string[];
  texts: readonly string[];
};

/** What a request that carries a session id does. */
export const requestUse = ({ endpoint, own, methods, texts }: Request): Use => {
  const host = endpoint.map(foreignHost).find((one) => one !== undefined);
  if (host !== undefined) return { to: 'third-party', what: `a request to ${host}` };
  const apis = endpoint.map(apiOfPath);
  if (apis.includes('metadata')) return metadataUse([...texts, ...endpoint], 'a request to the Metadata API');
  if (apis.includes('tooling')) {
    const all = [...texts, ...endpoint];
    const soap = endpoint.some((text) => /\/soap\//i.test(text));
    const writes = methods.some((method) => /^(post|put|patch|delete)$/i.test(method)) || soap;
    const prohibited = writes ? all.map(prohibitedMetadataIn).find((one) => one !== undefined) : undefined;
    if (prohibited !== undefined)
      return { to: 'prohibited', what: `a change of ${prohibited} through the Tooling API` };
    return writes
      ? { to: 'tooling-write', what: 'a request to the Tooling API that can change something' }
      : { to: 'tooling-query', what: 'a query of the Tooling API' };
  }
  if (apis.includes('data') && (own || endpoint.some((text) => /salesforce\.com/i.test(text)))) {
    return { to: 'data', what: 'a request to a data API of the org' };
  }
  const named = endpoint.map((text) => /callout:\w*/i.exec(text)?.[0]).find((one) => one !== undefined);
  return { to: 'unknown', what: `a request whose address could not be followed${named ? ` (${named})` : ''}` };
};

/** A page to which somebody is sent with a session id in the address. */
export const addressUse = (marks: Marks): Use => {
  const host = valuesOf(marks, 'text:')
    .map(foreignHost)
    .find((one) => one !== undefined);
  return host === undefined
    ? { to: 'unknown', what: 'the address of a page' }
    : { to: 'third-party', what: `an address at ${host}` };
};

/** What SOAP text does with the Metadata API. */
export const metadataUse = (texts: readonly string[], through: string): Use => {
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

/** A type is also put into the text of a request from a variable, so that it is a literal of its own. */
const prohibitedInText = (text: string): string | undefined => prohibitedMetadata(text) ?? prohibitedMetadataIn(text);

export const valuesOf = (marks: Marks, label: string): string[] =>
  [...marks].filter((mark) => mark.startsWith(label)).map((mark) => mark.slice(label.length));

export const holdsSession = (marks: Marks): boolean => valuesOf(marks, 'session:').length > 0;
