/** A path for tokens that is joined to a host, or that a constant is given. */
const path =
  /(?:\}|%[sv]|\+\s{0,20}["'`]|\b\w{0,40}(?:path|endpoint|url)\w{0,20}\s{0,4}(?::\s{0,4}\w{1,20}\s{0,4}|\s\w{1,20}\s{0,4})?(?::=|[=:])\s{0,4}["'`])(\/(?:[\w.-]{1,40}\/){0,6}(?:token|authorize)\/?)(?=["'`?&])/gi;
const salesforce = /salesforce|sforce|sfdc|\bforce\.com/i;
/** Salesforce has one path for each, and code may write down its end. */
const ofSalesforce: readonly string[] = ['/services/oauth2/token', '/services/oauth2/authorize'];

/**
 * Whether a file that does not name Salesforce leads to another vendor only: by the path of its token endpoint, or by
 * constants. `others`: names that are only given addresses of other vendors.
 */
export function leadsElsewhere(code: string, others: ReadonlySet<string>): boolean {
  if (salesforce.test(code)) return false;
  const paths = [...code.matchAll(path)].map(([, one = '']) => one.replace(/\/$/, '').toLowerCase());
  const isOther = paths.some((one) => ofSalesforce.every((whole) => !whole.endsWith(one)));
  return isOther || [...code.matchAll(/\b[A-Z][A-Z\d_]{4,60}\b/g)].some(([name]) => others.has(name));
}
