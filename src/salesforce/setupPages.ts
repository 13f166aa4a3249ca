/** Pages of an org by the names that Salesforce gives them, as steps write them. */
const PAGES: Readonly<Record<string, string>> = {
  'All Sites': '/lightning/setup/SetupNetworks/home',
  'App Manager': '/lightning/setup/NavigationMenus/home',
  'Auth. Providers': '/lightning/setup/AuthProviders/home',
  'Certificate and Key Management': '/lightning/setup/CertificatesAndKeysManagement/home',
  'Company Information': '/lightning/setup/CompanyProfileInfo/home',
  'Connected Apps OAuth Usage': '/lightning/setup/ConnectedAppsUsage/home',
  'External Client App Manager': '/lightning/setup/ManageExternalClientApplication/home',
  'External Client App Settings': '/lightning/setup/ExternalClientApplicationSettings/home',
  'Identity Verification': '/lightning/setup/IdentityVerification/home',
  'Installed Packages': '/lightning/setup/ImportedPackage/home',
  'Login History': '/lightning/setup/OrgLoginHistory/home',
  'Manage Connected Apps': '/lightning/setup/ConnectedApplication/home',
  'Namespace Registries': '/lightning/o/NamespaceRegistry/list',
  'OAuth and OpenID Connect Settings': '/lightning/setup/OauthOidcSettings/home',
  'Password Policies': '/lightning/setup/SecurityPolicies/home',
  'Permission Set Groups': '/lightning/setup/PermSetGroups/home',
  'Permission Sets': '/lightning/setup/PermSets/home',
  Profiles: '/lightning/setup/EnhancedProfiles/home',
  'Session Settings': '/lightning/setup/SecuritySession/home',
  'Single Sign-On Settings': '/lightning/setup/SingleSignOn/home',
  Sites: '/lightning/setup/CustomDomain/home',
  Users: '/lightning/setup/ManageUsers/home',
  'View Setup Audit Trail': '/lightning/setup/SecurityEvents/home',
};
/** The longest first: one name may be a part of another. */
const NAMES = Object.keys(PAGES).toSorted((one, other) => other.length - one.length);

type SetupPage = { name: string; path: string };

/** The pages that these steps name, in this order: a step names them before its colon. */
export function setupPagesIn(steps: readonly string[]): SetupPage[] {
  const pages = steps.flatMap((step) => {
    const [where = ''] = /^(?:\w+ )?(?:Setup|Launcher) > [^:]*/.exec(step) ?? [];
    const found: Array<SetupPage & { at: number }> = [];
    let rest = where;
    for (const name of NAMES) {
      const at = rest.indexOf(name);
      if (at < 0) continue;
      found.push({ name, path: PAGES[name] ?? '', at });
      rest = rest.slice(0, at) + ' '.repeat(name.length) + rest.slice(at + name.length);
    }
    return found.toSorted((one, other) => one.at - other.at).map(({ name, path }) => ({ name, path }));
  });
  return [...new Map(pages.map((page) => [page.path, page])).values()];
}

/** The name of the page at this path. */
export function setupPageName(path: string): string | undefined {
  return NAMES.find((name) => PAGES[name] === path);
}

/** Whether a link to this path of an org leads to a page of Setup. */
export function isSetupPath(path: string): boolean {
  return /^\/lightning\/setup\/\w+\/home$/.test(path) || path === PAGES['Namespace Registries'];
}

/** The page of the settings that a finding is about, where it is not the page of its control. */
export function subjectPage({ type, name }: { type: string; name: string }): string | undefined {
  const page = Object.hasOwn(PAGE_OF_SUBJECT, type) ? PAGE_OF_SUBJECT[type] : PAGE_OF_SETTING[name];
  return page === undefined ? undefined : PAGES[page];
}

const PAGE_OF_SUBJECT: Readonly<Record<string, string>> = {
  ExternalClientApp: 'External Client App Manager',
  Network: 'All Sites',
  Profile: 'Profiles',
};
const PAGE_OF_SETTING: Readonly<Record<string, string>> = {
  'Security.passwordPolicies.expiration': 'Password Policies',
};
