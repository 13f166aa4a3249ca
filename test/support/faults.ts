import type { Fault } from '../../simulator/index.js';

/** A fault that an org shows, its name, and what has to hold beyond "nothing becomes better". */
export type NamedFault = {
  name: string;
  fault: Fault;
  /** The answers hold everything that was asked for, so every verdict has to stay. */
  harmless?: true;
  /** The reader has to wait for its time limit. */
  silent?: true;
  /** How many answers it changed so far; a fault that finds nothing to change is no case. */
  changed?: () => number;
  /** One of a series over the fields of a row: where it finds none, the next one finds none either. */
  series?: string;
};

const error = (status: number, errorCode: string): NamedFault => ({
  name: `${status} ${errorCode}`,
  fault: { kind: 'error', status, errorCode },
});

/** Every status of the REST API, and every code that Salesforce documents for a read that it refuses. */
const refusals: readonly NamedFault[] = [
  error(401, 'INVALID_SESSION_ID'),
  error(403, 'INSUFFICIENT_ACCESS'),
  error(403, 'API_DISABLED_FOR_ORG'),
  error(403, 'API_CURRENTLY_DISABLED'),
  error(403, 'FUNCTIONALITY_NOT_ENABLED'),
  error(403, 'REQUEST_LIMIT_EXCEEDED'),
  error(403, 'ORG_LOCKED'),
  error(403, 'TRIAL_EXPIRED'),
  error(403, 'LOGIN_DURING_RESTRICTED_DOMAIN'),
  error(403, 'LOGIN_MUST_USE_SECURITY_TOKEN'),
  error(403, 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD'),
  error(404, 'NOT_FOUND'),
  error(400, 'INVALID_TYPE'),
  error(400, 'INVALID_FIELD'),
  error(400, 'MALFORMED_QUERY'),
  error(400, 'QUERY_TIMEOUT'),
  error(400, 'EXCEEDED_ID_LIMIT'),
  error(400, 'OPERATION_TOO_LARGE'),
  error(400, 'NUMBER_OUTSIDE_VALID_RANGE'),
  error(429, 'TOO_MANY_REQUESTS'),
  error(500, 'UNKNOWN_EXCEPTION'),
  error(503, 'SERVER_UNAVAILABLE'),
  error(503, 'FUNCTIONALITY_TEMPORARILY_UNAVAILABLE'),
];

const broken: readonly NamedFault[] = [
  { name: 'reset', fault: { kind: 'reset' } },
  { name: 'hang', fault: { kind: 'hang' }, silent: true },
  { name: 'half an answer', fault: { kind: 'truncated' } },
  { name: 'connection closed within the body', fault: { kind: 'cut' } },
  { name: 'HTML', fault: { kind: 'html' } },
  { name: 'slow', fault: { kind: 'slow', milliseconds: 20 }, harmless: true },
  ...([{}, [], null, 'text', 7, { records: {} }, { totalSize: 0, done: true }] as const).map((body): NamedFault => ({
    name: `JSON of another shape: ${JSON.stringify(body)}`,
    fault: { kind: 'json', body },
  })),
];

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes the rows of an answer, whatever the resource calls them. */
const altered = (name: string, json: (answer: Json) => Json, xml: (text: string) => string): NamedFault => {
  let changed = 0;
  const alter = (body: string): string => {
    if (body.startsWith('<')) return xml(body);
    const answer: unknown = JSON.parse(body);
    return JSON.stringify(isJson(answer) ? json(answer) : answer);
  };
  return {
    name,
    changed: () => changed,
    fault: {
      kind: 'altered',
      alter: (body) => {
        const text = alter(body);
        changed += text === body ? 0 : 1;
        return text;
      },
    },
  };
};

const eachRow =
  (change: (row: Json) => unknown) =>
  (answer: Json): Json =>
    Object.fromEntries(
      Object.entries(answer).map(([key, value]) => [
        key,
        (key === 'records' || key === 'fields') && Array.isArray(value)
          ? value.map((row: unknown) => (isJson(row) ? change(row) : row))
          : value,
      ])
    );

type Path = readonly [string, ...string[]];

/** Where the values of a row stand; what a list holds counts as one. */
const leaves = (row: Json): Path[] =>
  Object.entries(row).flatMap(([key, value]): Path[] =>
    key === 'attributes' ? [] : isJson(value) ? [[key], ...leaves(value).map((path): Path => [key, ...path])] : [[key]]
  );

const at = (row: Json, [key, ...rest]: Path, change: (holder: Json, key: string) => void): Json => {
  const copy = { ...row };
  const [next, ...others] = rest;
  const inner = copy[key];
  if (next !== undefined && isJson(inner)) copy[key] = at(inner, [next, ...others], change);
  else change(copy, key);
  return copy;
};

const nth =
  (index: number, change: (holder: Json, key: string) => void) =>
  (row: Json): Json => {
    const path = leaves(row)[index];
    return path === undefined ? row : at(row, path, change);
  };

/** The innermost elements of the answer of the Metadata API, by name. */
const nthElement = (index: number, change: (element: string) => string) => (xml: string) => {
  const [head = '', ...rest] = xml.split(/(?=<result>)/);
  const result = rest.join('');
  const names = [...new Set([...result.matchAll(/<(\w+)>[^<]*<\/\1>/g)].map(([, name]) => name ?? ''))];
  const name = names[index];
  return name === undefined ? xml : head + result.replace(new RegExp(`<${name}>[^<]*</${name}>`, 'g'), change);
};

/** More values than a row of any answer holds would change nothing. */
const fields = Array.from({ length: 14 }, (_, index) => index);

const shapes: readonly NamedFault[] = [
  {
    ...altered(
      'fields that nobody asked for',
      (answer) => ({ ...eachRow((row) => ({ ...row, surplusText: 'x', surplus: { a: [1] } }))(answer), surplus: true }),
      (xml) => xml.replace(/<\/(records|result)>/g, '<surplus>x</surplus></$1>')
    ),
    harmless: true,
  },
  ...fields.flatMap((index) => [
    {
      ...altered(
        `field ${index + 1} of a row is missing`,
        eachRow(nth(index, (holder, key) => delete holder[key])),
        nthElement(index, () => '')
      ),
      series: 'missing',
    },
    {
      ...altered(
        `field ${index + 1} of a row has another type`,
        eachRow(
          nth(index, (holder, key) => {
            holder[key] = typeof holder[key] === 'number' ? 'text' : 7;
          })
        ),
        nthElement(index, (element) => element.replace(/>[^<]*</, '>&#65533;<'))
      ),
      series: 'type',
    },
  ]),
  ...['totalSize', 'done', 'records', 'fields'].map((name) =>
    altered(
      `${name} is missing`,
      (answer) => Object.fromEntries(Object.entries(answer).filter(([key]) => key !== name)),
      // An empty list has no result either, so nobody can tell: what was not sent of a list is said of as of rows.
      (xml) => (xml.includes('<listMetadataResponse>') ? xml : xml.replace(/<result>[\s\S]*<\/result>/, ''))
    )
  ),
];

const half = (answer: Json): Json => ({
  ...answer,
  ...(Array.isArray(answer['records']) ? { records: answer['records'].slice(0, answer['records'].length / 2) } : {}),
});
const sameXml = (xml: string): string => xml;
const page = (answer: Json, next: Json): Json =>
  Array.isArray(answer['records']) ? { ...half(answer), ...next } : answer;
const locator = '/services/data/v67.0/query/01gHs0000000000-1';

const parts: readonly NamedFault[] = [
  altered('rows are held back', half, sameXml),
  altered('a page that is not the last, without the next', (answer) => page(answer, { done: false }), sameXml),
  altered('a next page that is refused', (answer) => page(answer, { done: false, nextRecordsUrl: locator }), sameXml),
  altered(
    'a next page of another host',
    (answer) =>
      page(answer, { done: false, nextRecordsUrl: 'https://attacker.example/services/data/v67.0/query/01g-1' }),
    sameXml
  ),
  altered(
    'a next page without rows',
    (answer) => ({ ...page(answer, { done: false, nextRecordsUrl: locator }), records: [] }),
    sameXml
  ),
];

/** Everything that can go wrong between an answer and who asked. */
export const everyFault: readonly NamedFault[] = [...refusals, ...broken, ...shapes, ...parts];
