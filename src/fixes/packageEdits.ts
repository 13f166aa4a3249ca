import type { Finding } from '../engine/types.js';
import { classifyCallback } from '../salesforce/callbacks.js';

/** A line is taken out by `undefined`, so that the numbers of the others stay. */
type Lines = Array<string | undefined>;
type Edit = {
  /** What the users of the app notice. */
  effect: string;
  /** Other files, as a function of the file of the finding, in which the element may be. */
  files?: (file: string) => string[];
  /** Files that change in addition, where the finding is in a file of this kind. */
  also?: (file: string) => string[];
  /** The element as it should be, where it is the same for every app. */
  snippet?: string;
  /** Whether the lines were changed. */
  apply(lines: Lines, finding: Finding): boolean;
};

const NO_CHANGE = 'Users notice nothing.';

const PKCE: Edit = {
  snippet: '<isPkceRequired>true</isPkceRequired>',
  effect: 'A client that sends no code challenge can no longer log in, and the switch cannot be turned off again.',
  apply: (lines, finding) => setElement(lines, finding, ['isPkceRequired'], 'false', 'true'),
};
const ROTATION: Edit = {
  snippet: '<isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>',
  effect: 'Each use of a refresh token returns a new one; a client that keeps the old one has to log in again.',
  apply: (lines, finding) => setElement(lines, finding, ['isRefreshTokenRotationEnabled'], 'false', 'true'),
};
const DEVICE_FLOW: Edit = {
  snippet: '<isDeviceFlowEnabled>false</isDeviceFlowEnabled>',
  effect: 'Devices that log in with the device flow can no longer do so.',
  apply: (lines, finding) => setElement(lines, finding, ['isDeviceFlowEnabled'], 'true', 'false'),
};
const SCOPE: Edit = {
  effect: 'Calls that need the removed scope fail; test the integration with the scopes that remain.',
  apply: removeScope,
};
const HTTPS: Edit = { effect: 'The client must be reachable by https.', apply: httpsCallback };
const WITHOUT_LOCALHOST: Edit = {
  effect: 'Developers need an app of their own for localhost.',
  apply: (lines, finding) => removeCallbacks(lines, finding, isLocalhost),
};
const WITHOUT_DEVICE: Edit = {
  effect:
    'A mobile or desktop client can no longer log in with this app: create a separate External Client App for it, and release the client, before this change.',
  apply: (lines, finding) => removeCallbacks(lines, finding, isOfDevice),
};
const IDLE_LIMIT: Edit = {
  snippet: '<isEnforceRefreshTokenTTL>true</isEnforceRefreshTokenTTL>',
  effect: 'A client that does not use its refresh token for 30 days has to log in again.',
  apply: (lines, finding) => setElement(lines, finding, ['isEnforceRefreshTokenTTL'], 'false', 'true'),
};
const IP_RANGES: Edit = {
  effect: 'Users of the app who are outside of the login IP ranges of their profile are denied.',
  apply: (lines, finding) =>
    setElement(lines, finding, ['ipRelaxation'], 'BYPASS(?:_2FACTOR)?', 'ENFORCE') ||
    setElement(lines, finding, ['ipRelaxationPolicyType'], 'Bypass(?:_2factor)?', 'Enforce'),
};

const WITHOUT_GUESTS: Edit = {
  effect: 'Visitors without a login no longer reach the site, or no longer see files, Chatter and members on it.',
  apply: (lines, { subject }) =>
    subject.type === 'Site'
      ? turnOff(lines, ['active'])
      : turnOff(lines, ['enableGuestChatter', 'enableGuestFileAccess', 'enableGuestMemberVisibility']),
};

/** The changes of metadata that close a finding, by control. A control that is not here cannot be planned. */
const EDITS: Readonly<Record<string, Edit>> = {
  'package/pkce-required': PKCE,
  'package/public-clients-without-secret': PKCE,
  'package/refresh-tokens-rotated': ROTATION,
  'package/no-device-flow': DEVICE_FLOW,
  'package/idle-tokens-limited': IDLE_LIMIT,
  'package/external-client-apps-packageable': {
    snippet: '<distributionState>Packaged</distributionState>',
    effect: NO_CHANGE,
    apply: (lines, finding) => setElement(lines, finding, ['distributionState'], '(?!Packaged<)[^<]*?', 'Packaged'),
  },
  'package/broad-scopes-justified': SCOPE,
  'package/callbacks-https': HTTPS,
  'package/localhost-callback-alone': WITHOUT_LOCALHOST,
  'package/callbacks-not-mixed': WITHOUT_DEVICE,
  'package/packaged-secrets-protected': protection(),
  'package/subscriber-secrets-protected': protection(),
  'package/tokens-stored-securely': protection(),
  'org/own-apps-require-pkce': PKCE,
  'org/own-apps-rotate-refresh-tokens': ROTATION,
  'org/own-apps-without-device-flow': DEVICE_FLOW,
  'org/own-apps-limit-idle-tokens': IDLE_LIMIT,
  'org/own-apps-broad-scopes-justified': SCOPE,
  'org/own-apps-callbacks-separate': HTTPS,
  'org/apps-enforce-ip-ranges': IP_RANGES,
  'org/no-guest-sites': WITHOUT_GUESTS,
};

/** What one finding of a control needs, where its other findings need something else; by `at`. */
const EDITS_AT: Readonly<Record<string, Readonly<Record<string, Edit>>>> = {
  'org/own-apps-callbacks-separate': { mixed: WITHOUT_DEVICE, localhost: WITHOUT_LOCALHOST },
};

export function editFor(control: string, { at = '' }: Pick<Finding, 'at'> = {}): Edit | undefined {
  const own = EDITS_AT[control] ?? {};
  return Object.hasOwn(own, at) ? own[at] : EDITS[control];
}

/** The definition of the type of a record: in the folder that also contains `customMetadata`, or at its usual place. */
function typeOfRecord(file: string): string | undefined {
  const folders = file.split('/');
  const name = folders.pop() ?? '';
  const [, type] = /^(\w{1,60})\.[^/]{1,60}\.md(?:-meta\.xml)?$/.exec(name) ?? [];
  const usual = folders.lastIndexOf('customMetadata');
  const end = usual >= 0 ? usual : folders.findIndex((one, at) => one === 'default' && folders[at - 1] === 'main') + 1;
  if (type === undefined || (usual < 0 && end === 0)) return undefined;
  return [...folders.slice(0, end), 'objects', `${type}__mdt`, `${type}__mdt.object-meta.xml`].join('/');
}

function protection(): Edit {
  return {
    snippet: '<visibility>Protected</visibility>',
    effect: 'Code outside of the package can no longer read the values. A released type cannot be changed this way.',
    files: (file) => {
      const [, object] = /^(.*\/objects\/([^/]+))\/fields\/[^/]+$/.exec(file)?.slice(1) ?? [];
      return object === undefined ? [] : [file.replace(/\/fields\/[^/]+$/, `/${object}.object-meta.xml`)];
    },
    also: (file) => {
      const type = typeOfRecord(file);
      return type === undefined ? [] : [type];
    },
    apply: (lines, finding) =>
      setElement(lines, finding, ['visibility', 'customSettingsVisibility'], 'Public', 'Protected') ||
      // A record is protected only with its type, whose file is known by the usual place of the record.
      (typeOfRecord(finding.subject.file ?? '') !== undefined &&
        setElement(lines, finding, ['protected'], 'false', 'true')),
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

/** Each switch of these that is on, wherever it is in the file. */
function turnOff(lines: Lines, names: readonly string[]): boolean {
  const pattern = new RegExp(`<(${names.join('|')})>\\s*true\\s*</\\1>`);
  const on = lines.flatMap((line, index) => (pattern.test(line ?? '') ? [index] : []));
  for (const index of on) lines.splice(index, 1, lines[index]?.replace(pattern, '<$1>false</$1>'));
  return on.length > 0;
}

/** The app keeps its other scopes; where it has none, it gets the scope for the API, because it can do nothing without. */
function removeScope(lines: Lines, { subject, at: scope }: Finding): boolean {
  const at = subject.line === undefined ? lines.findIndex((one) => namesScope(one, scope)) : subject.line - 1;
  const line = lines[at];
  if (line === undefined) return false;
  const list = /^(.*<(commaSeparatedOauthScopes|defaultScopes|oauthScope)>)([^<]*)(<\/\2>.*)$/.exec(line);
  if (list) {
    const [, open = '', element = '', text = '', close = ''] = list;
    const isApp = element === 'commaSeparatedOauthScopes';
    const scopes = text.split(/[\s,]+/).filter((one) => one !== '');
    const unwanted = isApp && scope !== undefined ? [scope.toLowerCase()] : ['full', 'web'];
    const left = scopes.filter((one) => !unwanted.includes(one.toLowerCase()));
    if (left.length === scopes.length) return false;
    const kept = left.length > 0 ? left : [isApp ? 'Api' : 'api'];
    lines.splice(at, 1, `${open}${kept.join(isApp ? ', ' : ' ')}${close}`);
    return true;
  }
  if (scope === undefined || line.trim().toLowerCase() !== `<scopes>${scope.toLowerCase()}</scopes>`) return false;
  const isAlone = lines.filter((one) => /^\s*<scopes>[^<]*<\/scopes>\s*$/.test(one ?? '')).length < 2;
  lines.splice(at, 1, isAlone ? line.replace(/>[^<>]*</, '>Api<') : undefined);
  return true;
}

/** In a file of an org, whose findings have no line. */
function namesScope(line = '', scope = ''): boolean {
  const [, text = ''] = /<(?:scopes|commaSeparatedOauthScopes)>([^<]*)</.exec(line) ?? [];
  return text.split(/[\s,]+/).some((one) => one.toLowerCase() === scope.toLowerCase() && one !== '');
}

function httpsCallback(lines: Lines, { kind, at: callback = '', subject }: Finding): boolean {
  if (kind !== 'violation' || !callback.startsWith('http://')) return false;
  const start = (subject.line ?? 1) - 1;
  const place = lines.findIndex((line, index) => index >= start && urlsIn(line).includes(callback));
  if (place < 0) return false;
  const secure = callback.replace('http://', 'https://');
  const isThere = lines.some((line, index) => index !== place && urlsIn(line).includes(secure));
  const isAlone = lines[place]?.trim() === callback;
  lines.splice(place, 1, isThere && isAlone ? undefined : lines[place]?.replace(callback, secure));
  return true;
}

function urlsIn(line = ''): string[] {
  return line.replace(/<[^<>]*>/g, ' ').split(/[\s,]+/);
}

/** Of the callbacks of one element, each on a line; at least one has to remain. */
function removeCallbacks(lines: Lines, { subject }: Finding, isUnwanted: (url: string) => boolean): boolean {
  const [start, end] = callbackElement(lines, subject.line);
  if (start === undefined || end === undefined) return false;
  const block = lines.slice(start, end + 1).filter((line) => line !== undefined);
  const all = block.join('\n');
  const opened = all.lastIndexOf('<callbackUrl>') + '<callbackUrl>'.length;
  const closed = all.lastIndexOf('</callbackUrl>');
  if (closed < opened) return false;
  const [before, text, after] = [all.slice(0, opened), all.slice(opened, closed), all.slice(closed)];
  const urls = text.split(/\s+/).filter((url) => url !== '');
  const left = urls.filter((url) => !isUnwanted(url));
  if (left.length === 0 || left.length === urls.length) return false;
  const lineEnd = text.includes('\r') ? '\r\n' : '\n';
  const changed = `${before}${left.join(lineEnd)}${after}`.split('\n');
  for (let index = start; index <= end; index += 1) lines.splice(index, 1, changed[index - start]);
  return true;
}

/** The first and the last line of the element at a line; without a line, of the only one of the file. */
function callbackElement(lines: Lines, line: number | undefined): [start?: number, end?: number] {
  const starts = lines.flatMap((text, index) => (text?.includes('<callbackUrl>') ? [index] : []));
  const start =
    line === undefined && starts.length > 1 ? undefined : starts.findLast((one) => one < (line ?? Infinity));
  const end = lines.findIndex((text, index) => index >= (start ?? 0) && text?.includes('</callbackUrl>'));
  return start === undefined || end < 0 || (line !== undefined && end < line - 1) ? [] : [start, end];
}

function isLocalhost(url: string): boolean {
  return classifyCallback(url).kind === 'loopback';
}

function isOfDevice(url: string): boolean {
  return classifyCallback(url).kind === 'custom-scheme';
}
