import { isSalesforceHost } from '../../salesforce/endpoints.js';
import { foreignHost, prohibitedMetadataIn } from '../../salesforce/sessionIds.js';
import { requestedApi } from './apiPaths.js';
import { metadataUse, prohibitedInText, worst, type Use } from './sinks.js';

/** A request as far as code shows it. In each text `…` is a part that is not known, and `⌂` the address of the org. */
export type WrittenRequest = {
  endpoint: string;
  /** What the method may be; empty: none is set. */
  methods: readonly string[];
  /** Body and headers. */
  texts: readonly string[];
};

/** Where a request goes: the host, and its path. */
type Address = {
  host: 'own' | 'salesforce' | 'unknown' | { foreign: string } | { credential: string };
  path: string;
};

/** A request for records. */
export const DATA_REQUEST: Use = { to: 'data', what: 'a request to a data API of the org' };

/** What a request that carries a session id does. `credentials`: where named credentials of the package lead. */
export function useOfRequest(request: WrittenRequest, credentials: ReadonlyMap<string, string>): Use {
  const { host, path } = addressOf(request.endpoint, credentials);
  if (typeof host === 'object' && 'foreign' in host) return { to: 'third-party', what: `a request to ${host.foreign}` };
  const named = typeof host === 'object' ? ` (callout:${host.credential})` : '';
  const unknown: Use = { to: 'unknown', what: `a request whose address could not be followed${named}` };
  const api = requestedApi(path);
  switch (api) {
    case 'metadata':
      return metadataUse([...request.texts, path]);
    case 'tooling':
    case 'tooling-soap':
      return toolingUse(request, path, api === 'tooling-soap');
    case 'named-credentials':
      return writes(request) === 'yes'
        ? { to: 'prohibited', what: 'a change of named credentials through the Connect API' }
        : { to: 'unknown', what: 'a request to the Connect API for named credentials' };
    case 'composite':
      return compositeUse(request, host === 'unknown' ? unknown : undefined);
    case 'data': {
      if (host !== 'own' && host !== 'salesforce') return unknown;
      const kind = writes(request) === 'no' ? undefined : prohibitedMetadataIn(path);
      return kind === undefined ? DATA_REQUEST : changeOf(kind, request, 'the REST API');
    }
    default:
      return unknown;
  }
}

/** The host and the path of an address. */
export function addressOf(endpoint: string, credentials: ReadonlyMap<string, string>): Address {
  const own = /^(?:https?:\/\/)?⌂(.*)$/is.exec(endpoint);
  if (own) return { host: 'own', path: own[1] ?? '' };
  const [, credential, behind = ''] = /^callout:([\w]+)(.*)$/is.exec(endpoint) ?? [];
  if (credential !== undefined) {
    const leads = credentials.get(credential.replace(/^\w*?__/, '').toLowerCase());
    const target = leads === undefined ? undefined : addressOf(leads, new Map());
    if (target === undefined || target.host === 'unknown') return { host: { credential }, path: behind };
    return { host: target.host, path: `${target.path.replace(/\/$/, '')}${behind}` };
  }
  const [, authority = '', path = ''] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(endpoint) ?? [];
  if (authority === '') return { host: 'unknown', path: endpoint };
  if (!authority.includes('…')) return { host: hostOf(endpoint, authority), path };
  // Only the end of a host is known: `https://….acme.example`.
  const [, end = ''] = /…(\.[a-z\d-]+(?:\.[a-z\d-]+)+)(?::\d+)?$/i.exec(authority) ?? [];
  if (end === '') return { host: 'unknown', path };
  return { host: isSalesforceHost(`x${end}`) ? 'salesforce' : { foreign: `*${end}` }, path };
}

function hostOf(endpoint: string, authority: string): Address['host'] {
  const foreign = foreignHost(endpoint);
  if (foreign !== undefined) return { foreign };
  return isSalesforceHost(authority.replace(/^.*@/, '')) ? 'salesforce' : 'unknown';
}

/** Whether a request changes something. */
function writes({ endpoint, methods }: WrittenRequest): 'yes' | 'no' | 'maybe' {
  if (/[?&]_HttpMethod=(?:PATCH|PUT|DELETE|POST)/i.test(endpoint)) return 'yes';
  if (methods.some((method) => /^(?:post|put|patch|delete)$/i.test(method.trim()))) return 'yes';
  return methods.some((method) => method.includes('…')) ? 'maybe' : 'no';
}

/** Whatever the method of the request is, the code may change anything. */
export const RUNS_APEX: Use = { to: 'tooling-write', what: 'a request that runs Apex through the Tooling API' };

function toolingUse(request: WrittenRequest, path: string, soap: boolean): Use {
  const change = soap ? 'yes' : writes(request);
  if (/\/executeAnonymous\b/i.test(path)) return RUNS_APEX;
  if (change === 'no') return { to: 'tooling-query', what: 'a query of the Tooling API' };
  const all = [path, ...request.texts];
  const kind = all.map(prohibitedInText).find((one) => one !== undefined) ?? (soap ? compiled(all) : undefined);
  return kind === undefined
    ? { to: 'tooling-write', what: 'a request to the Tooling API that can change something' }
    : changeOf(kind, request, 'the Tooling API', soap);
}

/** The Apex API compiles classes and triggers. */
function compiled(texts: readonly string[]): string | undefined {
  if (texts.some((text) => /\bcompileTriggers\b/i.test(text))) return 'ApexTrigger';
  return texts.some((text) => /\bcompile(?:Classes|AndTest)\b/i.test(text)) ? 'ApexClass' : undefined;
}

/** A change of prohibited metadata; where the method is not known, it may be one. */
function changeOf(kind: string, request: WrittenRequest, api: string, sure = false): Use {
  return sure || writes(request) === 'yes'
    ? { to: 'prohibited', what: `a change of ${kind} through ${api}` }
    : { to: 'tooling-write', what: `a request for ${kind} to ${api} that can change it` };
}

/** A composite request does what the requests in its body do. */
function compositeUse({ texts }: WrittenRequest, fallback: Use | undefined): Use {
  const bodies = texts.map((text) => text.replaceAll('\\"', '"'));
  const urls = bodies.flatMap((body) => innerTexts(body, 'url', isInnerPath));
  const methods = bodies.flatMap((body) => innerTexts(body, 'method', isMethod));
  const isOpen = urls.length === 0 ? bodies.some((body) => body.includes('…')) : bodies.some(hasOpenPart);
  const unknown: Use = { to: 'unknown', what: 'a composite request whose parts could not be followed' };
  const uses = urls.map((url) => {
    const path = url.replace(/^\//, '');
    const endpoint = /^services\//i.test(path)
      ? `⌂/${path}`
      : `⌂/services/data/v0.0/${path.replace(/^v[\d.…]+\//i, '')}`;
    return useOfRequest({ endpoint, methods, texts: bodies }, new Map());
  });
  const ranked = [...uses, ...(isOpen || bodies.length === 0 ? [unknown] : [])];
  return fallback ?? worst(ranked) ?? DATA_REQUEST;
}

/** The values of a key in JSON; of a script a value is a text of its own. */
function innerTexts(body: string, key: string, isValue: (text: string) => boolean): string[] {
  if (isValue(body)) return [body];
  return [...body.matchAll(new RegExp(`"${key}"\\s*:\\s*"([^"]*)"`, 'gi'))].map(({ 1: value = '' }) => value);
}

const isInnerPath = (text: string): boolean =>
  /^\/?(?:services\/data\/)?v[\d.…]+\/[^\s"]+$/i.test(text) && requestedApi(text) !== 'composite';
const isMethod = (text: string): boolean => /^(?:get|post|put|patch|delete)$/i.test(text);
/** A part of the list is not known. */
const hasOpenPart = (body: string): boolean => /[[,]\s*…\s*[,\]]/.test(body);
