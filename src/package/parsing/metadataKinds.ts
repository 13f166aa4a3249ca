/**
 * The kinds of metadata whose XML can carry a URL, a formula, a canvas app or a scope, by suffix in lower case.
 * Source: the registry of source-deploy-retrieve 13.7.0 and
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_types_list.htm
 */
const CARRYING: ReadonlySet<string> = new Set([
  ...['app', 'approvalprocess', 'authprovider', 'connectedapp', 'csptrustedsite', 'customapplicationcomponent'],
  ...['datasource', 'externalauthidentityprovider', 'externalcredential', 'externalserviceregistration', 'field'],
  ...['flexipage', 'flow', 'labels', 'layout', 'listview', 'namedcredential', 'network', 'quickaction', 'remotesite'],
  ...['site', 'tab', 'validationrule', 'workflow'],
]);
/** Kinds that can carry a script as well. */
const WITH_SCRIPT: ReadonlySet<string> = new Set([
  'custompageweblink',
  'homepagecomponent',
  'md',
  'object',
  'scf',
  'weblink',
]);

/** Whether a suffix (lower case, without `-meta.xml`) names a kind of metadata that can carry what a reviewer looks for. */
export function canCarryAny(suffix: string): boolean {
  return CARRYING.has(suffix) || WITH_SCRIPT.has(suffix);
}

/** Whether that kind of metadata can carry a script. */
export function canCarryScript(suffix: string): boolean {
  return WITH_SCRIPT.has(suffix);
}
