/**
 * Whose a user is. `salesforce`: an identity that Salesforce put into the org for its own services.
 * Help 000384569 lists its reserved usernames, Help 000382200 asks not to change or deactivate the analytics users.
 */
export type UserPopulation = 'internal' | 'external' | 'salesforce';

/** What Salesforce sends about a user, as far as it shows whose it is. */
export type UserTraits = {
  username: string;
  /** `User.UserType`. */
  userType?: string | null;
  /** `Profile.Name`. */
  profile?: string | null;
  /** `Profile.UserLicense.LicenseDefinitionKey` and `Name`: any of them. */
  licenses?: ReadonlyArray<string | null | undefined>;
  /** `LastLoginDate` has a value. */
  hasLoggedIn: boolean;
};

/** Visitors of sites: they have no password. */
export const guestUserType = 'Guest';

/**
 * Values of UserType for users outside the company (Object Reference, User). The list is closed: `CsnOnly` (Chatter Free)
 * is for employees, and a type that is not listed counts as internal, where the rules are stricter.
 */
export const externalUserTypes: readonly string[] = [
  guestUserType,
  'PowerPartner',
  'CspLitePortal',
  'CustomerSuccess',
  'PowerCustomerSuccess',
];

/** Types that only Salesforce can give to a user (Help, Platform Integration User). */
const salesforceUserTypes: readonly string[] = ['AutomatedProcess', 'CloudIntegrationUser'];

/**
 * Profiles and licenses of Salesforce's integrations, by the names that public org dumps show. `Salesforce Integration` is
 * not among them: it is the license for the integrations of customers.
 */
const integrationNames: ReadonlySet<string> = new Set([
  'analytics cloud integration user',
  'analytics cloud security user',
  'b2bma integration user',
  'cpq integration user',
  'sales insights integration user',
  'salesforceiq integration user',
]);

/** `chatty.<org id>.…@chatter.salesforce.com`: the domain of the address is Salesforce's. */
const chatterIdentity = /^chatty\.00d[0-9a-z]{12,15}\b[^@]*@chatter\.salesforce\.com$/i;

/**
 * Whose a user is. What shows an identity of Salesforce counts only until the first login: an administrator can assign
 * a profile, license or username to an employee. An identity of Salesforce that has logged in counts as internal.
 */
export function populationOf({ username, userType, profile, licenses = [], hasLoggedIn }: UserTraits): UserPopulation {
  const type = userType ?? '';
  if (externalUserTypes.some((external) => isSame(external, type))) return 'external';
  if (hasLoggedIn) return 'internal';
  if (salesforceUserTypes.some((own) => isSame(own, type))) return 'salesforce';
  const names = [profile, ...licenses].map((name) => (name ?? '').trim().toLowerCase());
  return names.some((name) => integrationNames.has(name)) || chatterIdentity.test(username) ? 'salesforce' : 'internal';
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
