import type { Subject } from '../../engine/types.js';
import { isSetupPath, subjectPage } from '../../salesforce/setupPages.js';

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
  if (org === undefined || !isSetupPath(setup)) return undefined;
  return new URL(setup, org).href;
}

/** Where a finding is fixed: its record, its kind of settings, otherwise the page of its control. */
export function findingPage(
  instanceUrl: string | undefined,
  subject: Subject,
  setup: string | undefined
): string | undefined {
  return recordPage(instanceUrl, subject) ?? setupPage(instanceUrl, subjectPage(subject) ?? setup ?? '');
}

/** Pages of Setup that show one record, and the prefix of the ids of such records. */
const RECORD_PAGES: Readonly<Record<string, { page: string; prefix: string; query: string }>> = {
  User: { page: 'ManageUsers', prefix: '005', query: '?noredirect=1&isUserEntityOverride=1' },
  Profile: { page: 'EnhancedProfiles', prefix: '00e', query: '' },
  PermissionSet: { page: 'PermSets', prefix: '0PS', query: '' },
};

/** The page of Setup that shows a user, profile or permission set of an org. */
export function recordPage(instanceUrl: string | undefined, { type, id = '' }: Subject): string | undefined {
  const org = instanceUrl === undefined ? undefined : salesforcePage(instanceUrl);
  const record = Object.hasOwn(RECORD_PAGES, type) ? RECORD_PAGES[type] : undefined;
  if (org === undefined || record === undefined) return undefined;
  if (!/^(?:\w{15}|\w{18})$/.test(id) || !id.startsWith(record.prefix)) return undefined;
  const address = encodeURIComponent(`/${id}${record.query}`);
  return new URL(`/lightning/setup/${record.page}/page?address=${address}`, org).href;
}
