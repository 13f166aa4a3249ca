import { appFile, appTypes, splitName } from './appFiles.js';
import { suffixTable } from './suffixTable.js';

/** A component as people name it: `ApexClass:Deployer`. */
export type PackageComponent = { type: string; name: string };

/** Types by suffix, and of bundles by folder. Source: the registry of source-deploy-retrieve 13.7.0. */
const types: Readonly<Record<string, string>> = suffixTable({
  authprovider: 'AuthProvider',
  approvalprocess: 'ApprovalProcess',
  cls: 'ApexClass',
  component: 'VisualforceComponent',
  csptrustedsite: 'CspTrustedSite',
  customapplicationcomponent: 'CustomApplicationComponent',
  custompageweblink: 'CustomPageWebLink',
  datasource: 'ExternalDataSource',
  email: 'EmailTemplate',
  externalauthidentityprovider: 'ExternalAuthIdentityProvider',
  externalcredential: 'ExternalCredential',
  externalserviceregistration: 'ExternalServiceRegistration',
  field: 'CustomField',
  flexipage: 'FlexiPage',
  flow: 'Flow',
  homepagecomponent: 'HomePageComponent',
  labels: 'CustomLabels',
  layout: 'Layout',
  md: 'CustomMetadata',
  namedcredential: 'NamedCredential',
  object: 'CustomObject',
  page: 'VisualforcePage',
  quickaction: 'QuickAction',
  remotesite: 'RemoteSiteSetting',
  resource: 'StaticResource',
  scf: 'Scontrol',
  tab: 'CustomTab',
  trigger: 'ApexTrigger',
  validationrule: 'ValidationRule',
  weblink: 'WebLink',
  workflow: 'Workflow',
});
const bundles: Readonly<Record<string, string>> = {
  aura: 'AuraDefinitionBundle',
  lwc: 'LightningComponentBundle',
  staticresources: 'StaticResource',
};

/** Whether a file contains Apex: a class or a trigger. */
export const isApex = (path: string): boolean => /\.(?:cls|trigger)$/i.test(path);

/** The files with an ending, by the names of their components in lower case. */
export const pathsByName = (paths: readonly string[], ending: RegExp): ReadonlyMap<string, string> =>
  new Map(paths.filter((path) => ending.test(path)).map((path) => [componentOf(path).name.toLowerCase(), path]));

/** The component that a file belongs to; of what is not known here, the file. */
export const componentOf = (path: string): PackageComponent => {
  const [, folder = '', bundle = ''] = /(?:^|\/)(aura|lwc|staticresources)\/([^/.]+)/.exec(path) ?? [];
  const inBundle = bundles[folder];
  if (inBundle !== undefined) return { type: inBundle, name: bundle };
  const { name: written, suffix } = splitName(path.replace(/-meta\.xml$/i, ''));
  const name = written === '' || !/^\w+$/.test(suffix) ? path : written;
  const app = appFile(path);
  if (app?.suffix.startsWith('eca') === true) return { type: 'ExternalClientApp', name };
  const type = app ? appTypes[app.suffix] : types[suffix.toLowerCase()];
  if (type === undefined) return { type: 'File', name: path };
  // What is decomposed lies in the folder of its object.
  const [, object] = /(?:^|\/)objects\/([^/]+)\/[^/]+\/[^/]+$/.exec(path) ?? [];
  return { type, name: object === undefined ? name : `${object}.${name}` };
};

/**
 * The type and name of a record of custom metadata: `Type.Name.md-meta.xml`, or `Type.Name.md` in a Metadata API folder.
 * In source the folder does not count; without `-meta.xml` any other `.md` is a document.
 */
export const recordName = (path: string): { type: string; name: string } | undefined => {
  const [, type, name] =
    /(?:^|\/)([^/.]+)\.([^/]+?)\.md-meta\.xml$/i.exec(path) ??
    /(?:^|\/)customMetadata\/([^/.]+)\.([^/]+?)\.md$/i.exec(path) ??
    [];
  return type === undefined || name === undefined ? undefined : { type, name };
};
