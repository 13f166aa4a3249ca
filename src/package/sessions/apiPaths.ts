/** An API of the org. `tooling-soap` can change something whatever the method is. */
export type Api = 'metadata' | 'tooling' | 'tooling-soap' | 'named-credentials' | 'composite' | 'data' | 'unknown';

/** The SOAP APIs by their letter. The Apex API (`s`) compiles classes and runs code. */
const SOAP: Readonly<Record<string, Api>> = {
  m: 'metadata',
  t: 'tooling-soap',
  s: 'tooling-soap',
  u: 'data',
  c: 'data',
  class: 'data',
};
/** What may follow the version in a path and is no data API. */
const OTHERS = ['tooling', 'metadata', 'named-credentials', 'composite'] as const;

/**
 * The API of a path, for Apex and for scripts alike. `…` is a part that is not known: after the version it may be any
 * API, unless what is known before it begins none of the others.
 */
export function requestedApi(path: string): Api {
  const [, services] = /(?:^|\/)services\/(.*)$/is.exec(path) ?? [];
  if (services === undefined) return /(?:^|\/)cometd(?:\/|$)/i.test(path) ? 'data' : 'unknown';
  const [, soap] = /^soap\/(\w+)(?=\/|$|\?)/i.exec(services) ?? [];
  if (soap !== undefined) return SOAP[soap.toLowerCase()] ?? 'unknown';
  if (/^(?:async|apexrest)\//i.test(services)) return 'data';
  if (!/^data(?:\/|$)/i.test(services)) return 'unknown';
  const [, version = '', rest] = /^data(?:\/([^/?#]*)(?:\/([^]*))?)?/i.exec(services) ?? [];
  // What follows the version may be a part of what is not known.
  if (rest === undefined) return version.endsWith('…') ? 'unknown' : 'data';
  const [first = ''] = rest.toLowerCase().split(/[/?#]/, 1);
  const [known = ''] = first.split('…', 1);
  if (known !== first) return OTHERS.some((other) => other.startsWith(known)) ? 'unknown' : 'data';
  if (first === '') return 'unknown';
  if (first === 'composite') return isComposite.test(rest) ? 'composite' : 'data';
  return OTHERS.find((other) => other === first) ?? 'data';
}

/** `composite/sobjects` and `composite/tree` are about records; the others carry requests in their body. */
const isComposite = /^composite(?:\/(?:batch|graph|…).*)?\/?(?:\?.*)?$/is;
