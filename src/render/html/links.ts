/**
 * The address of a page of Salesforce that a report may link to; nothing for any other text. What was checked is what
 * becomes the link: the address as a browser would read it, not as it was written.
 */
export const salesforcePage = (reference: string): string | undefined => {
  if (!URL.canParse(reference)) return undefined;
  const { protocol, hostname, port, username, password, href } = new URL(reference);
  const ofSalesforce = hostname === 'salesforce.com' || hostname.endsWith('.salesforce.com');
  return protocol === 'https:' && ofSalesforce && port + username + password === '' ? href : undefined;
};

/** The Setup page of an org; nothing unless the address of the org is one of Salesforce, and the path one of Setup. */
export function setupPage(instanceUrl: string | undefined, setup: string): string | undefined {
  const org = instanceUrl === undefined ? undefined : salesforcePage(instanceUrl);
  if (org === undefined || !/^\/lightning\/setup\/\w+\/home$/.test(setup)) return undefined;
  return new URL(setup, org).href;
}
