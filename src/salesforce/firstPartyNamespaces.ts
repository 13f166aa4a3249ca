/**
 * Namespaces of packages that Salesforce itself publishes. A namespace is unique in all of Salesforce, so it identifies
 * its owner; a publisher's name does not. Add one only with evidence.
 */
const firstParty = new Set([
  // "Salesforce Connected Apps" and "Salesforce Mobile Apps" (once "Salesforce and Chatter Apps"): preinstalled, with
  // the same package ids 03330000000wDAb and 03330000001Ig8M in the listings of unrelated orgs.
  'sf_com_apps',
  'sf_chttr_apps',
  // Preinstalled in every new Developer Edition, in the listings of unrelated orgs.
  'devedapp',
  // "Sales Insights" in the listing of an org.
  'oiq',
  // https://developer.salesforce.com/docs/atlas.en-us.field_service_dev.meta/field_service_dev/fsl_dev_mp_intro.htm
  'fsl',
  // https://developer.salesforce.com/docs/atlas.en-us.cpq_dev_api.meta/cpq_dev_api/cpq_developer_guide_intro.htm
  'sbqq',
]);

/** Namespaces do not tell upper from lower case. */
export const isFirstParty = (namespace: string | undefined): boolean =>
  namespace !== undefined && firstParty.has(namespace.toLowerCase());
