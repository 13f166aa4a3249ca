import { orgSettings } from '../../../salesforce/orgSettings.js';
import {
  foreignHost,
  metadataOperation,
  prohibitedMetadata,
  type SalesforceApi,
} from '../../../salesforce/sessionIds.js';
import { addressOfPage, callUse, prohibitedInText, type Use } from '../sinks.js';
import { keysOf, type Marks } from './marks.js';

/** The API that a class calls. */
type ApiOf = (type: string) => SalesforceApi | undefined;

/** The address of a page to which a user is sent with a session id. */
export function apexAddressUse(marks: Marks): Use {
  const hosts = keysOf(marks, 'text').map(foreignHost);
  return addressOfPage(hosts.find((one) => one !== undefined));
}

/** A call of a class that WSDL2Apex made, on an object that contains the session id. */
export function portUse(apiOf: ApiOf, method: string, receiver: Marks, args: Marks): Use {
  const api = keysOf(receiver, 'type')
    .map(apiOf)
    .find((found) => found !== undefined);
  const operation = metadataOperation(method);
  if (api === 'data') return { to: 'data', what: `${method}() of a data API` };
  if (api === 'metadata' && operation !== undefined) {
    const prohibited = operation === 'write' ? kindIn(args, apiOf) : undefined;
    return callUse(`metadata-${operation}`, method, 'the Metadata API', prohibited);
  }
  if (api === 'tooling') {
    const writes = /^(create|update|upsert|delete|executeanonymous|compile)/i.test(method);
    const prohibited = writes ? kindIn(args, apiOf) : undefined;
    return callUse(writes ? 'tooling-write' : 'tooling-query', method, 'the Tooling API', prohibited);
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
export function unfollowed(path: string, written: string): Use {
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
    ...keysOf(args, 'text').map(prohibitedInText),
  ].find((one) => one !== undefined);
}
