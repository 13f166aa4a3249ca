import { expect } from 'chai';
import { orgControls } from '../../../src/org/controls/index.js';

/** Addresses of Setup pages by the names that the steps use. */
const PAGES: Readonly<Record<string, string>> = {
  'App Manager': 'NavigationMenus',
  'Certificate and Key Management': 'CertificatesAndKeysManagement',
  'Company Information': 'CompanyProfileInfo',
  'Connected Apps OAuth Usage': 'ConnectedAppsUsage',
  'External Client App Manager': 'ManageExternalClientApplication',
  'External Client App Settings': 'ExternalClientApplicationSettings',
  'Identity Verification': 'IdentityVerification',
  'Installed Packages': 'ImportedPackage',
  'Login History': 'OrgLoginHistory',
  'Manage Connected Apps': 'ConnectedApplication',
  'OAuth and OpenID Connect Settings': 'OauthOidcSettings',
  'Permission Sets': 'PermSets',
  Profiles: 'EnhancedProfiles',
  'Session Settings': 'SecuritySession',
  Sites: 'CustomDomain',
  Users: 'ManageUsers',
  'View Setup Audit Trail': 'SecurityEvents',
};

describe('the Setup link of a control of an org', () => {
  for (const { id, setup, fix = [] } of orgControls) {
    it(`${id}: opens the first Setup page that its steps name`, () => {
      const [, page] = /\bSetup > ([^:>,(]+?)(?= >|:|,| \()/.exec(fix.join('\n')) ?? [];
      const address = PAGES[page ?? ''];
      expect(address, page).to.equal(
        page === undefined ? undefined : /^\/lightning\/setup\/(\w+)\/home$/.exec(setup ?? '')?.[1]
      );
    });
  }
});
