import { addressUse, requestUse, valuesOf } from '../sinks.js';
import type { Marks } from '../apex/syntax.js';
import type { SessionUse } from '../../facts.js';

type Use = Pick<SessionUse, 'to' | 'what'>;

/** What a request of a script is made of. */
export type ScriptRequest = { endpoint: Marks; method: Marks; all: Marks };

/** What a request that carries a session id does. An address that begins with a slash is one of the own org. */
export const scriptRequest = ({ endpoint, method, all }: ScriptRequest): Use =>
  requestUse({
    endpoint: valuesOf(asHttp(endpoint), 'text:'),
    own: endpoint.has('own') || endpoint.has('relative'),
    methods: valuesOf(method, 'text:'),
    texts: valuesOf(all, 'text:'),
  });

/** An address that a browser opens, or a picture that it loads. */
export const scriptAddress = (marks: Marks): Use => addressUse(asHttp(marks));

const asHttp = (marks: Marks): Marks => new Set([...marks].map((mark) => mark.replace(/^text:wss?:/i, 'text:https:')));

/** Calls that hand back what they were given, and send it nowhere. */
const transforms =
  /(?:^|\.)(?:String|(?:en|de)codeURI(?:Component)?|escape|unescape|btoa|atob|parse|stringify|assign|freeze|entries|Promise\.(?:resolve|all)|getCallback|enqueueAction|bind|concat|push|append|set|isEmpty|isBlank|test|exec|match|param)$/;
export const isTransform = (name: string): boolean => transforms.test(name);
const containers =
  /(?:^|\.)(?:Headers|FormData|URLSearchParams|URL|Request|Promise|Map|Set|Array|Object|String|RegExp|Error)$/;
export const isContainer = (name: string): boolean => containers.test(name);

/** Calls that send a request: which of their arguments is the address, or that all stands in one object. */
export const requestCall = (name: string): { method?: string; inObject: boolean } | undefined => {
  if (/(?:^|\.)(?:fetch|axios|sendBeacon|WebSocket|EventSource|importScripts)$/.test(name)) return { inObject: true };
  if (/^(?:window\.)?(?:\$j?|j\$|jQuery)\.(?:ajax)$|(?:^|\.)axios\.request$/.test(name)) return { inObject: true };
  const [, verb] =
    /(?:^|\.)(?:axios|\$j?|j\$|jQuery|\$http|superagent|ky|http)\.(get|post|put|patch|delete|getJSON|load)$/.exec(
      name
    ) ?? [];
  return verb === undefined
    ? undefined
    : { method: verb === 'getJSON' || verb === 'load' ? 'get' : verb, inObject: false };
};

/** Libraries for the data API of the org, which take a session id to work with. */
export const dataLibrary = /(?:^|\.)sforce\.connection\.init$|\.setSessionToken$/;

export const opensAddress = /(?:^|window\.)open$|(?:^|\.)location\.(?:assign|replace)$/;
export const isAddress = /(?:^|\.)(?:location|href|src|action)$/;
