/** Pages about Salesforce, which no client logs in to. */
const documentation = /^(?:www|developer|help|trailhead|admin|architect|trust|status|api\.status|appexchange|ideas)\./i;

/** Whether a host is one of Salesforce that clients talk to. A part of the name may be filled in later. */
export const isSalesforceHost = (host: string): boolean =>
  /(?:^|\.)(?:salesforce|force|cloudforce)\.(?:com|mil)(?::\d+)?$|\.my\.site\.com$/i.test(host) &&
  !documentation.test(host);

/** Paths that are the same in every org: OAuth, and the two SOAP APIs that have a `login()`. */
export const isLoginPath = (path: string): boolean => /\/services\/(?:oauth2\/|soap\/[uc]\b)/i.test(path);
