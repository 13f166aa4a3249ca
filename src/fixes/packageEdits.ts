import type { Finding } from '../engine/types.js';

/** A line is taken out by `undefined`, so that the numbers of the others stay. */
type Lines = Array<string | undefined>;
type Edit = {
  /** What the users of the app notice. */
  effect: string;
  /** Other files, as a function of the file of the finding, in which the element may be. */
  files?: (file: string) => string[];
  /** Whether the lines were changed. */
  apply(lines: Lines, finding: Finding): boolean;
};

const NO_CHANGE = 'Users notice nothing.';

/** The changes of metadata that close a finding, by control. A control that is not here cannot be planned. */
const EDITS: Readonly<Record<string, Edit>> = {
  'package/pkce-required': {
    effect: 'A client that sends no code challenge can no longer log in, and the switch cannot be turned off again.',
    apply: (lines, finding) => setElement(lines, finding, ['isPkceRequired'], 'false', 'true'),
  },
  'package/refresh-tokens-rotated': {
    effect: 'Each use of a refresh token returns a new one; a client that keeps the old one has to log in again.',
    apply: (lines, finding) => setElement(lines, finding, ['isRefreshTokenRotationEnabled'], 'false', 'true'),
  },
  'package/no-device-flow': {
    effect: 'Devices that log in with the device flow can no longer do so.',
    apply: (lines, finding) => setElement(lines, finding, ['isDeviceFlowEnabled'], 'true', 'false'),
  },
  'package/external-client-apps-packageable': {
    effect: NO_CHANGE,
    apply: (lines, finding) => setElement(lines, finding, ['distributionState'], 'Local', 'Packaged'),
  },
  'package/broad-scopes-justified': {
    effect: 'Calls that need the removed scope fail; test the integration with the scopes that remain.',
    apply: removeScope,
  },
  'package/callbacks-https': {
    effect: 'The client must be reachable by https.',
    apply: httpsCallback,
  },
  'package/localhost-callback-alone': {
    effect: 'Developers need an app of their own for localhost.',
    apply: removeLocalhost,
  },
  'package/packaged-secrets-protected': protection(),
  'package/subscriber-secrets-protected': protection(),
};

export function editFor(control: string): Edit | undefined {
  return EDITS[control];
}

function protection(): Edit {
  return {
    effect: 'Code outside of the package can no longer read the values. A released type cannot be changed this way.',
    files: (file) => {
      const [, object] = /^(.*\/objects\/([^/]+))\/fields\/[^/]+$/.exec(file)?.slice(1) ?? [];
      return object === undefined ? [] : [file.replace(/\/fields\/[^/]+$/, `/${object}.object-meta.xml`)];
    },
    apply: (lines, finding) =>
      setElement(lines, finding, ['visibility', 'customSettingsVisibility'], 'Public', 'Protected') ||
      setElement(lines, finding, ['protected'], 'false', 'true'),
  };
}

/** At the line of the finding, otherwise where it is the only one of the file. */
function setElement(lines: Lines, { subject }: Finding, names: readonly string[], from: string, to: string): boolean {
  const pattern = new RegExp(`<(${names.join('|')})>\\s*${from}\\s*</\\1>`);
  const at = (subject.line ?? 0) - 1;
  const places = pattern.test(lines[at] ?? '')
    ? [at]
    : lines.flatMap((line, index) => (pattern.test(line ?? '') ? [index] : []));
  const [place, another] = places;
  if (place === undefined || another !== undefined) return false;
  lines.splice(place, 1, lines[place]?.replace(pattern, `<$1>${to}</$1>`));
  return true;
}

/** Only where another scope remains: an app without a scope can do nothing. */
function removeScope(lines: Lines, { subject, at: scope }: Finding): boolean {
  const at = (subject.line ?? 0) - 1;
  const line = lines[at];
  if (line === undefined || scope === undefined) return false;
  const list = /^(\s*<commaSeparatedOauthScopes>)([^<]*)(<\/commaSeparatedOauthScopes>\s*)$/.exec(line);
  if (list) {
    const [, open = '', text = '', close = ''] = list;
    const scopes = text.split(',').map((one) => one.trim());
    const left = scopes.filter((one) => one.toLowerCase() !== scope.toLowerCase());
    if (left.length === 0 || left.length === scopes.length) return false;
    lines.splice(at, 1, `${open}${left.join(', ')}${close}`);
    return true;
  }
  const isScope = (one: string | undefined): boolean => /^\s*<scopes>[^<]*<\/scopes>\s*$/.test(one ?? '');
  const isThis = line.trim().toLowerCase() === `<scopes>${scope.toLowerCase()}</scopes>`;
  if (!isThis || lines.filter(isScope).length < 2) return false;
  lines.splice(at, 1, undefined);
  return true;
}

function httpsCallback(lines: Lines, { kind, at: callback = '', subject }: Finding): boolean {
  if (kind !== 'violation' || !callback.startsWith('http://')) return false;
  const start = (subject.line ?? 1) - 1;
  const place = lines.findIndex((line, index) => index >= start && urlsIn(line).includes(callback));
  if (place < 0) return false;
  lines.splice(place, 1, lines[place]?.replace(callback, callback.replace('http://', 'https://')));
  return true;
}

function urlsIn(line = ''): string[] {
  return line.replace(/<[^>]*>/g, ' ').split(/[\s,]+/);
}

/** Of the callbacks of one element, each on a line; at least one has to remain. */
function removeLocalhost(lines: Lines, { subject }: Finding): boolean {
  const start = (subject.line ?? 0) - 1;
  const end = lines.findIndex((line, index) => index >= start && line?.includes('</callbackUrl>'));
  if (!lines[start]?.includes('<callbackUrl>') || end < 0) return false;
  const block = lines.slice(start, end + 1).filter((line) => line !== undefined);
  const [, before = '', text = '', after = ''] =
    /^(.*<callbackUrl>)([^]*)(<\/callbackUrl>.*)$/s.exec(block.join('\n')) ?? [];
  const urls = text.split(/\s+/).filter((url) => url !== '');
  const left = urls.filter((url) => !isLocalhost(url));
  if (left.length === 0 || left.length === urls.length) return false;
  const lineEnd = text.includes('\r') ? '\r\n' : '\n';
  const changed = `${before}${left.join(lineEnd)}${after}`.split('\n');
  for (let index = start; index <= end; index += 1) lines.splice(index, 1, changed[index - start]);
  return true;
}

function isLocalhost(url: string): boolean {
  return URL.canParse(url) && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
