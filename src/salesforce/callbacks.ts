/**
 * Where Salesforce sends the browser after a login.
 *
 * - `web`: https to a server
 * - `http`: http to a server, which is not this machine
 * - `loopback`: this machine
 * - `custom-scheme`: an app on a phone or a desktop (`acme://login`)
 * - `salesforce`: a page of Salesforce itself, such as the one that says that the login worked
 * - `placeholder`: filled in later, or no URL at all; what is called back is elsewhere
 */
export type CallbackKind = 'web' | 'http' | 'loopback' | 'custom-scheme' | 'salesforce' | 'placeholder';

export type Callback = {
  kind: CallbackKind;
  /** A `*` is in it. Whether Salesforce accepts one is not documented. */
  wildcard: boolean;
  /** Its host belongs to a testing service, so other users of that service may receive what is sent there. */
  testHost: boolean;
};

export const classifyCallback = (callback: string): Callback => {
  const address = addressOf(callback);
  const kind = address ? callbackKind(address) : 'placeholder';
  return {
    kind,
    wildcard: callback.includes('*'),
    testHost: address !== undefined && ['web', 'http'].includes(kind) && isTestHost(address.host),
  };
};

/** A callback of a server or of an app: not a placeholder, so a program waits there for an authorization code. */
export const isServerOrApp = ({ kind }: Callback): boolean => ['web', 'http', 'custom-scheme'].includes(kind);

type Address = { scheme: string; host: string; path: string };

/** `__HOST__`, `{{HOST}}`, `${HOST}`, `%%HOST%%`, `<HOST>`; but `/__/auth/handler` and `/apex/acme__Page__c` are paths. */
const template = /(?<![a-z0-9])__\w+__(?![a-z0-9])|%%|[{}<>]/i;
/** After the scheme comes a slash (RFC 8252, 7.1), so `acme.example:443/callback` is no URL of its own scheme. */
const ownScheme = /^([a-z][\w.+-]*):\/(?:\/(\[[^\]/]*\]|[^/:?#]*))?/i;

const addressOf = (callback: string): Address | undefined => {
  if (template.test(callback)) return undefined;
  if (/^https?:/i.test(callback)) {
    // A wildcard in place of the port is no URL, and changes nothing about where the callback leads.
    const url = URL.parse(callback.replace(/:\*(?=\/|$)/, ''));
    if (!url || !/^[a-z0-9.*-]+$|^\[/.test(url.hostname)) return undefined;
    return { scheme: url.protocol.slice(0, -1), host: rooted(url.hostname), path: url.pathname };
  }
  const [, scheme, host = ''] = ownScheme.exec(callback) ?? [];
  return scheme === undefined
    ? undefined
    : { scheme: scheme.toLowerCase(), host: rooted(host.toLowerCase()), path: '' };
};

/** `localhost.` is `localhost`: the dot only says that the name is complete. */
const rooted = (host: string): string => host.replace(/\.$/, '');

const callbackKind = (address: Address): CallbackKind => {
  // Whatever the scheme: `ionic://localhost` is a localhost callback in the words of the guidance too.
  if (isLoopback(address.host)) return 'loopback';
  if (address.scheme === 'http') return 'http';
  if (address.scheme !== 'https') return 'custom-scheme';
  return isSalesforce(address) ? 'salesforce' : 'web';
};

/**
 * A URL parser has turned `127.1` and its like into four numbers, and an IPv4 address inside an IPv6 one into two.
 * Names under localhost: RFC 6761, 6.3. The unspecified address (`0.0.0.0`) also leads a browser to its own machine.
 */
const isLoopback = (host: string): boolean =>
  /^(.+\.)?localhost$/.test(host) ||
  /^127\.\d+\.\d+\.\d+$/.test(host) ||
  /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(host) ||
  ['[::1]', '[::]', '0.0.0.0'].includes(host);

const isSalesforce = ({ host, path }: Address): boolean =>
  /(^|\.)salesforce\.com$/.test(host) && /^\/(services\/|environmenthub\/soma-callback\.apexp$)/.test(path);

const isTestHost = (host: string): boolean =>
  /(^|\.)(pstmn\.io|getpostman\.com|ngrok\.(io|app|dev)|ngrok-free\.(app|dev))$|^(www\.)?google\.com$/.test(host);
