import {
  apiOfPath,
  foreignHost,
  metadataOperation,
  metadataOperationIn,
  prohibitedMetadata,
  prohibitedMetadataIn,
  type SalesforceApi,
} from '../../salesforce/sessionIds.js';
import type { SessionUse } from '../facts.js';
import type { Marks } from './syntax.js';

/** Where a session id goes, and in words what with. */
type Use = Pick<SessionUse, 'to' | 'what'>;

/** A request: what its endpoint, method and body are made of. */
export type Request = {
  endpoint: readonly string[];
  own: boolean;
  methods: readonly string[];
  texts: readonly string[];
};

export const requestOf = (marks: Marks): Request => ({
  endpoint: valuesOf(marks, 'endpoint:text:'),
  own: marks.has('endpoint:own'),
  methods: valuesOf(marks, 'method:text:'),
  texts: valuesOf(marks, 'text:'),
});

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
  const prohibited = texts.map(prohibitedMetadataIn).find((one) => one !== undefined);
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

/** A call of a class that WSDL2Apex made, on an object that holds the session id. */
export const portUse = (api: SalesforceApi | undefined, method: string, args: Marks): Use => {
  const operation = metadataOperation(method);
  if (api === 'data') return { to: 'data', what: `${method}() of a data API` };
  if (api === 'metadata' && operation !== undefined) {
    const prohibited = operation === 'write' ? kindIn(args) : undefined;
    if (prohibited !== undefined) return { to: 'prohibited', what: `${method}() of ${prohibited}` };
    return { to: `metadata-${operation}`, what: `${method}() of the Metadata API` };
  }
  if (api === 'tooling') {
    const writes = /^(create|update|upsert|delete|executeanonymous|compile)/i.test(method);
    const prohibited = writes ? kindIn(args) : undefined;
    if (prohibited !== undefined) return { to: 'prohibited', what: `${method}() of ${prohibited}` };
    return { to: writes ? 'tooling-write' : 'tooling-query', what: `${method}() of the Tooling API` };
  }
  return { to: 'unknown', what: `${method}() of an object that holds it` };
};

/** The API of a generated class, by the name that people give it. */
export const apiOfName = (type: string): SalesforceApi | undefined => {
  if (/metadata(service|port|api)?/i.test(type)) return 'metadata';
  if (/tooling/i.test(type)) return 'tooling';
  return /partnersoap|enterprisesoap|soapsforcecom/i.test(type) ? 'data' : undefined;
};

const kindIn = (args: Marks): string | undefined =>
  [
    ...valuesOf(args, 'type:').map(prohibitedMetadata),
    ...valuesOf(args, 'text:').map((text) => prohibitedMetadata(text) ?? prohibitedMetadataIn(text)),
  ].find((one) => one !== undefined);

export const valuesOf = (marks: Marks, label: string): string[] =>
  [...marks].filter((mark) => mark.startsWith(label)).map((mark) => mark.slice(label.length));

export const holdsSession = (marks: Marks): boolean => valuesOf(marks, 'session:').length > 0;

/** The page whose content is asked for; `''`: one whose name is made up as the code runs. */
export const pageIn = (receiver: Marks): string | undefined => {
  const address = valuesOf(receiver, 'text:').flatMap((text) => /\/apex\/(\w*)/i.exec(text)?.[1] ?? []);
  return valuesOf(receiver, 'page:')[0] ?? address[0];
};
