/** What the XML of a kind of metadata can carry that a reviewer looks for. */
export type Carries = 'url' | 'formula' | 'script' | 'scope' | 'canvas';

type MetadataKind = { type: string; carries: readonly Carries[] };

/**
 * The kinds of metadata whose XML can carry a URL, a formula, a script or a scope, by suffix in lower case.
 * Source: the registry of source-deploy-retrieve 13.7.0 and
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_types_list.htm
 */
const METADATA_KINDS: Readonly<Record<string, MetadataKind>> = {
  app: { type: 'CustomApplication', carries: ['url'] },
  approvalprocess: { type: 'ApprovalProcess', carries: ['formula'] },
  authprovider: { type: 'AuthProvider', carries: ['url', 'scope'] },
  connectedapp: { type: 'ConnectedApp', carries: ['url', 'scope', 'canvas'] },
  csptrustedsite: { type: 'CspTrustedSite', carries: ['url'] },
  customapplicationcomponent: { type: 'CustomApplicationComponent', carries: ['url'] },
  custompageweblink: { type: 'CustomPageWebLink', carries: ['url', 'script', 'formula'] },
  datasource: { type: 'ExternalDataSource', carries: ['url', 'scope'] },
  externalauthidentityprovider: { type: 'ExternalAuthIdentityProvider', carries: ['url', 'scope'] },
  externalcredential: { type: 'ExternalCredential', carries: ['url', 'scope', 'formula'] },
  externalserviceregistration: { type: 'ExternalServiceRegistration', carries: ['url', 'scope'] },
  field: { type: 'CustomField', carries: ['formula'] },
  flexipage: { type: 'FlexiPage', carries: ['url', 'canvas'] },
  flow: { type: 'Flow', carries: ['url', 'formula'] },
  homepagecomponent: { type: 'HomePageComponent', carries: ['url', 'script'] },
  labels: { type: 'CustomLabels', carries: ['url'] },
  layout: { type: 'Layout', carries: ['canvas'] },
  listview: { type: 'ListView', carries: ['formula'] },
  md: { type: 'CustomMetadata', carries: ['url', 'scope', 'script'] },
  namedcredential: { type: 'NamedCredential', carries: ['url', 'scope'] },
  network: { type: 'Network', carries: ['url'] },
  object: { type: 'CustomObject', carries: ['url', 'formula', 'script'] },
  quickaction: { type: 'QuickAction', carries: ['canvas', 'formula'] },
  remotesite: { type: 'RemoteSiteSetting', carries: ['url'] },
  scf: { type: 'Scontrol', carries: ['url', 'script'] },
  site: { type: 'CustomSite', carries: ['url'] },
  tab: { type: 'CustomTab', carries: ['url', 'formula'] },
  validationrule: { type: 'ValidationRule', carries: ['formula'] },
  weblink: { type: 'WebLink', carries: ['url', 'script', 'formula'] },
  workflow: { type: 'Workflow', carries: ['url', 'formula'] },
};

/** The kind of metadata that a suffix (lower case, without `-meta.xml`) names, if its XML can carry any of these. */
export function metadataKind(suffix: string): MetadataKind | undefined {
  return METADATA_KINDS[suffix];
}
