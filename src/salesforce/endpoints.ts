/** Pages about Salesforce, which no client logs in to. */
const documentation = /^(?:www|developer|help|trailhead|admin|architect|trust|status|api\.status|appexchange|ideas)\./i;

/** Whether a host is one of Salesforce that clients talk to. A part of the name may be filled in later. */
export const isSalesforceHost = (host: string): boolean =>
  /(?:^|\.)(?:salesforce|force|cloudforce)\.(?:com|mil)(?::\d+)?$|\.my\.site\.com$/i.test(host) &&
  !documentation.test(host);

/** Paths that are the same in every org: OAuth, and the two SOAP APIs that have a `login()`. */
export const isLoginPath = (path: string): boolean => /\/services\/(?:oauth2\/|soap\/[uc]\b)/i.test(path);

/** Every host of Salesforce: orgs, sites, content, chat, documentation. */
const salesforce =
  /(?:^|\.)(?:salesforce|force|cloudforce|sforce|salesforce-sites|visualforce|documentforce|salesforceliveagent|salesforce-scrt|salesforce-experience|sfdcstatic)\.(?:com|mil)$|\.my\.site\.com$/;
/** Hosts in names of XML namespaces and schemas; nothing is sent there. */
const names =
  /(?:^|\.)(?:w3\.org|xmlsoap\.org|openxmlformats\.org|purl\.org|json-schema\.org|oasis-open\.org)$|^(?:schemas?|xmlns|ns)\./;

/** The host of a URL, in lower case and without its port; `undefined`: not a URL, or the host is not written in it. */
export const hostOf = (url: string): string | undefined => {
  const [, written = ''] = /^(?:(?:https?|wss?):)?\/\/(?:[^/?#@\s]*@)?([^/?#\s]*)/i.exec(url.trim()) ?? [];
  const host = written.replace(/:\d*$/, '').toLowerCase().replace(/\.$/, '');
  return /^(?:\*\.)?(?:[a-z\d_](?:[a-z\d_-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$|^localhost$|^\d+(?:\.\d+){3}$/.test(
    host
  )
    ? host
    : undefined;
};

/** Whether a host is outside of Salesforce, and no part of a name. */
export const isForeignHost = (host: string): boolean => !salesforce.test(host) && !names.test(host);

/**
 * Whether an integration declares a host, or the component whose code computes where it goes: `api.acme.example`, a URL
 * of it, `*.acme.example`, `ApexClass:Gateway`.
 */
export const declares = (endpoint: string, host: string): boolean => {
  const declared = endpoint.trim();
  const wanted = (hostOf(declared) ?? declared.replace(/[/:][^]*$/, '')).toLowerCase();
  if (/^\w+:[A-Za-z]\w*$/.test(declared)) return declared === host;
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : wanted === host;
};
