/** One request as the org understood it. */
export type OrgRequest = {
  method: string;
  /** Path without the query string. */
  path: string;
  /** Decoded SOQL of a query, or undefined. */
  soql?: string;
  /** SOAP action, e.g. `readMetadata`, or undefined. */
  soapAction?: string;
  /** Parts of a composite request. */
  parts?: OrgRequest[];
  /** True when the request can not change anything. */
  isRead: boolean;
  /** HTTP status of the answer; 0 until it is sent, or when the connection was dropped. */
  status: number;
  /** Everything a pattern can be matched on: method, path, query or action. */
  text: string;
  body: string;
};

const READING_SOAP = new Set(['readMetadata', 'listMetadata', 'describeMetadata']);

/** Decodes a request without answering it. */
export function decodeRequest(method: string, target: string, body: string): OrgRequest {
  const url = new URL(target, 'http://localhost');
  const path = decodeURIComponent(url.pathname);
  const request: OrgRequest = {
    method,
    path,
    isRead: method === 'GET' || method === 'HEAD',
    status: 0,
    text: '',
    body,
  };
  if (/\/query\/?$/.test(path)) {
    request.soql = url.searchParams.get('q') ?? undefined;
  }
  if (path.startsWith('/services/Soap/m/')) {
    request.soapAction = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1];
    request.isRead = request.soapAction !== undefined && READING_SOAP.has(request.soapAction);
  } else if (method === 'POST' && /\/composite(\/batch)?\/?$/.test(path)) {
    request.parts = compositeParts(body);
    request.isRead = request.parts.length > 0 && request.parts.every((part) => part.isRead);
  } else if (path === '/services/oauth2/token' || path === '/services/oauth2/userinfo') {
    request.isRead = true;
  }
  request.text = [method, path, request.soql, request.soapAction, ...(request.parts ?? []).map((part) => part.text)]
    .filter((word) => word !== undefined)
    .join(' ');
  return request;
}

type CompositeBody = {
  batchRequests?: Array<{ method?: string; url?: string }>;
  compositeRequest?: Array<{ method?: string; url?: string }>;
};

function compositeParts(body: string): OrgRequest[] {
  let parsed: CompositeBody;
  try {
    parsed = JSON.parse(body) as CompositeBody;
  } catch {
    return [];
  }
  return (parsed.batchRequests ?? parsed.compositeRequest ?? []).map((part) =>
    decodeRequest((part.method ?? 'GET').toUpperCase(), absolute(part.url ?? ''), '')
  );
}

/** Batch addresses are relative to /services/data, composite ones absolute (REST API Developer Guide, both resources). */
export function absolute(url: string): string {
  return url.startsWith('/') ? url : `/services/data/${url}`;
}
