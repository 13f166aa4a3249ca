/** The pages from which the rules are. */
export const pages = {
  '005318040': {
    title: 'Connected Apps and External Client Apps: AppExchange Security Review Submission Guidance',
    url: 'https://help.salesforce.com/s/articleView?id=005318040&type=1',
  },
  '005225370': {
    title: 'Recommended security settings for partners',
    url: 'https://help.salesforce.com/s/articleView?id=005225370&type=1',
  },
  '005228017': {
    title: 'Restricted creation of Connected Apps',
    url: 'https://help.salesforce.com/s/articleView?id=005228017&type=1',
  },
  '005316711': {
    title: 'Preparing integrations for refresh token rotation',
    url: 'https://help.salesforce.com/s/articleView?id=005316711&type=1',
  },
  '005321563': {
    title: 'Phishing-resistant multi-factor authentication for privileged users',
    url: 'https://help.salesforce.com/s/articleView?id=005321563&type=1',
  },
  '005461976': {
    title: 'Retirement of the OAuth username-password flow',
    url: 'https://help.salesforce.com/s/articleView?id=005461976&type=1',
  },
  '005132110': {
    title: 'Retirement of SOAP login()',
    url: 'https://help.salesforce.com/s/articleView?id=005132110&type=1',
  },
  'isvforce-ac-eca': {
    title: 'ISVforce Guide: security controls for Connected Apps and External Client Apps',
    url: 'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  },
  'package-mcp': {
    title: 'Second-Generation Managed Packaging: package MCP servers for Agentforce',
    url: 'https://developer.salesforce.com/docs/atlas.en-us.pkg2_dev.meta/pkg2_dev/dev2gp_package_mcp_agentforce.htm',
  },
  'hosted-mcp': {
    title: 'Salesforce Hosted MCP Servers: create an External Client App',
    url: 'https://developer.salesforce.com/docs/platform/hosted-mcp-servers/guide/create-external-client-app.html',
  },
  'hardening-apps': {
    title: 'Security hardening: External Client Apps',
    url: 'https://help.salesforce.com/s/articleView?id=xcloud.shr_external_client_apps.htm&type=5',
  },
  'hardening-any-api': {
    title: 'Security hardening: Use Any API Client',
    url: 'https://help.salesforce.com/s/articleView?id=xcloud.shr_use_any_api_restriction.htm&type=5',
  },
  'ca-browser-forum': {
    title: 'CA/Browser Forum: lifetime of public TLS certificates',
    url: 'https://cabforum.org/working-groups/server/baseline-requirements/',
  },
} as const satisfies Record<string, { title: string; url: string }>;

export type Page = keyof typeof pages;
