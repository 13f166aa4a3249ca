import { orgSettings } from '../../../salesforce/orgSettings.js';
import {
  foreignHost,
  metadataOperation,
  prohibitedMetadata,
  prohibitedMetadataIn,
  type SalesforceApi,
} from '../../../salesforce/sessionIds.js';
import type { SessionUse } from '../../facts.js';
import { keysOf, type Marks } from './marks.js';

/** Where a session id goes, and in words what with. */
export type ApexUse = Pick<SessionUse, 'to' | 'what'>;
/** The API that a class calls. */
type ApiOf = (type: string) => SalesforceApi | undefined;

/** The address of a page to which a user is sent with a session id. */
export function apexAddressUse(marks: Marks): ApexUse {
  const host = keysOf(marks, 'text')
    .map(foreignHost)
    .find((one) => one !== undefined);
  return host === undefined
    ? { to: 'unknown', what: 'the address of a page' }
    : { to: 'third-party', what: `an address at ${host}` };
}

/** A call of a class that WSDL2Apex made, on an object that contains the session id. */
export function portUse(apiOf: ApiOf, method: string, receiver: Marks, args: Marks): ApexUse {
  const api = keysOf(receiver, 'type')
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
  return { to: 'unknown', what: `${method}() of an object that contains it` };
}

/** The API of a generated class, by the name that people give it. */
export function apiOfName(type: string): SalesforceApi | undefined {
  if (/metadata(service|port|api)?/i.test(type)) return 'metadata';
  if (/tooling/i.test(type)) return 'tooling';
  return /partnersoap|enterprisesoap|soapsforcecom/i.test(type) ? 'data' : undefined;
}

/** The call without its arguments: they may contain a secret. */
export function unfollowed(path: string, written: string): ApexUse {
  return { to: 'unknown', what: `${path === '' ? '' : `${path}.`}${written}(), which could not be followed` };
}

/** The pages whose content is asked for; `''`: one whose name is computed. */
export function pagesIn(receiver: Marks): string[] {
  return [
    ...keysOf(receiver, 'page'),
    ...keysOf(receiver, 'text').flatMap((text) => /\/apex\/(\w*)/i.exec(text)?.[1] ?? []),
  ];
}

/** A class of the package may have a name like settings of the org; those of the API are in a generated class. */
function kindIn(args: Marks, apiOf: ApiOf): string | undefined {
  return [
    ...keysOf(args, 'type').map((type) => {
      const name = type.slice(type.lastIndexOf('.') + 1);
      return (orgSettings(name) !== undefined || /^apex/i.test(name)) && (name === type || apiOf(type) === undefined)
        ? undefined
        : prohibitedMetadata(name);
    }),
    // A type is also put into the text of a request from a variable, so that it is a literal of its own.
    ...keysOf(args, 'text').map((text) => prohibitedMetadata(text) ?? prohibitedMetadataIn(text)),
  ].find((one) => one !== undefined);
}
