/** A page of Salesforce, or of a standard. */
type PageText = {
  title: string;
  url: string;
  /** The page was read in part or in translation, so its English title is ours. Its rules decide no verdict by a day. */
  titleUnverified?: true;
};

/** The pages from which the rules are. */
export const pages = {
  '005318040': {
    title: 'Connected Apps (CAs) and External Client Apps (ECAs) AppExchange Security Review Submission Guidance',
    url: 'https://help.salesforce.com/s/articleView?id=005318040&type=1',
  },
  '005225370': {
    title: 'Partner Third-Party Connections Recommended Security Settings',
    url: 'https://help.salesforce.com/s/articleView?id=005225370&type=1',
  },
  '005228017': {
    title: "Salesforce Platform: New Connected Apps Can No Longer Be Created in Spring '26",
    url: 'https://help.salesforce.com/s/articleView?id=005228017&type=1',
  },
  '005316711': {
    title: 'Force one-time-use Refresh Tokens - (RTR) Refresh Token Rotation',
    url: 'https://help.salesforce.com/s/articleView?id=005316711&type=1',
  },
  '005321563': {
    title: 'Phishing-resistant multi-factor authentication for privileged users',
    url: 'https://help.salesforce.com/s/articleView?id=005321563&type=1',
    titleUnverified: true,
  },
  '005461976': {
    title: 'Retirement of the OAuth 2.0 Username-Password Flow for Connected Apps',
    url: 'https://help.salesforce.com/s/articleView?id=005461976&type=1',
    titleUnverified: true,
  },
  '005132110': {
    title: 'Platform SOAP API login() Retirement',
    url: 'https://help.salesforce.com/s/articleView?id=005132110&type=1',
  },
  'isvforce-ac-eca': {
    title: 'Secure Your Connected Apps and External Client Apps',
    url: 'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  },
  'package-mcp': {
    title: 'MCP for Agentforce Metadata in Managed Packages',
    url: 'https://developer.salesforce.com/docs/atlas.en-us.pkg2_dev.meta/pkg2_dev/dev2gp_package_mcp_agentforce.htm',
  },
  'hosted-mcp': {
    title: 'Salesforce Hosted MCP Servers: Create an External Client App',
    url: 'https://developer.salesforce.com/docs/platform/hosted-mcp-servers/guide/create-external-client-app.html',
  },
  'hardening-apps': {
    title: 'Review External Client Apps',
    url: 'https://help.salesforce.com/s/articleView?id=xcloud.shr_external_client_apps.htm&type=5',
  },
  'hardening-any-api': {
    title: 'Use Any API Client: Restriction',
    url: 'https://help.salesforce.com/s/articleView?id=xcloud.shr_use_any_api_restriction.htm&type=5',
    titleUnverified: true,
  },
  'ca-browser-forum': {
    title: 'Ballot SC081v3: Introduce Schedule of Reducing Validity and Data Reuse Periods',
    url: 'https://cabforum.org/2025/04/11/ballot-sc081v3-introduce-schedule-of-reducing-validity-and-data-reuse-periods',
  },
} as const satisfies Record<string, PageText>;

export type Page = keyof typeof pages;

/** Whether the title of a page is ours. */
export function isTitleUnverified(page: Page): boolean {
  const text: PageText = pages[page];
  return text.titleUnverified === true;
}
