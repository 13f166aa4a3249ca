import { orgSettings } from '../../salesforce/orgSettings.js';
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

/** The API that a class stands for. */
type ApiOf = (type: string) => SalesforceApi | undefined;

/** A call of a class that WSDL2Apex made, on an object that holds the session id. */
export const portUse = (apiOf: ApiOf, method: string, receiver: Marks, args: Marks): Use => {
  const api = valuesOf(receiver, 'type:')
    .map(apiOf)
    .find((found) => found !== undefined);
  const operation = metadataOperation(method);
  if (api === 'data') return { to: 'data', what: `${method}() of a data API` };
  if (api === 'metadata' && operation !== undefined) {
    const prohibited = operation === 'write' ? kindIn(args, apiOf) : undefined;
    if (prohibited !== undefined) return { to: 'prohibited', what: `${method}() of ${prohibited}` };
    return { to: `metadata-${operation}`, what: `${method}() of the Metadata API` };
  }
  if (api === 'tooling') {
    const writes = /^(create|update|upsert|delete|executeanonymous|compile)/i.test(method);
    const prohibited = writes ? kindIn(args, apiOf) : undefined;
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

/** A class of the package may be called like settings of the org; those of the API stand in a generated class. */
const kindIn = (args: Marks, apiOf: ApiOf): string | undefined =>
  [
    ...valuesOf(args, 'type:').map((type) => {
      const name = type.slice(type.lastIndexOf('.') + 1);
      return orgSettings(name) !== undefined && (name === type || apiOf(type) === undefined)
        ? undefined
        : prohibitedMetadata(name);
    }),
    ...valuesOf(args, 'text:').map(prohibitedInText),
  ].find((one) => one !== undefined);

/** A type is also put into the text of a request from a variable, so that it is a literal of its own. */
const prohibitedInText = (text: string): string | undefined => prohibitedMetadata(text) ?? prohibitedMetadataIn(text);

export const valuesOf = (marks: Marks, label: string): string[] =>
  [...marks].filter((mark) => mark.startsWith(label)).map((mark) => mark.slice(label.length));

export const holdsSession = (marks: Marks): boolean => valuesOf(marks, 'session:').length > 0;

/** The content of a page that is not in the package: it may be a session id, and hardly ever is one. */
export const contentsIn = (marks: Marks): string[] => valuesOf(marks, 'content:');

/** The pages whose content is asked for; `''`: one whose name is made up as the code runs. */
export const pagesIn = (receiver: Marks): string[] => [
  ...valuesOf(receiver, 'page:'),
  ...valuesOf(receiver, 'text:').flatMap((text) => /\/apex\/(\w*)/i.exec(text)?.[1] ?? []),
];
