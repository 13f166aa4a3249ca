import type { XmlElement } from './xml.js';

/**
 * A file of an app, recognized by its name: `Name.suffix-meta.xml` in source, `Name.suffix` in a Metadata API folder.
 */
export type AppFile = { path: string; name: string; suffix: string };

/** An app file that was read. `text` shows whether two files are copies: spaces and line ends do not count. */
export type ReadFile = AppFile & { root: XmlElement; text: string };

/**
 * Suffix → type of every file that makes up an app.
 * Source: the registry of source-deploy-retrieve 13.7.0 and the Metadata API types of API 68.
 */
export const appTypes: Readonly<Record<string, string>> = {
  connectedApp: 'ConnectedApp',
  eca: 'ExternalClientApplication',
  ecaAttest: 'ExtlClntAppAttestSettings',
  ecaAttestPlcy: 'ExtlClntAppAttestConfigurablePolicies',
  ecaCanvas: 'ExtlClntAppCanvasSettings',
  ecaGlblOauth: 'ExtlClntAppGlobalOauthSettings',
  ecaMobile: 'ExtlClntAppMobileSettings',
  ecaMobilePlcy: 'ExtlClntAppMobileConfigurablePolicies',
  ecaNotifications: 'ExtlClntAppNotificationSettings',
  ecaOauth: 'ExtlClntAppOauthSettings',
  ecaOauthPlcy: 'ExtlClntAppOauthConfigurablePolicies',
  ecaOauthSecurity: 'ExtlClntAppOauthSecuritySettings',
  ecaPlcy: 'ExtlClntAppConfigurablePolicies',
  ecaPush: 'ExtlClntAppPushSettings',
  ecaPushPlcy: 'ExtlClntAppPushConfigurablePolicies',
  ecaSamlPlcy: 'ExtlClntAppSamlConfigurablePolicies',
  ecaSmpl: 'ExtlClntAppSampleSettings',
  ecaSmplPlcy: 'ExtlClntAppSampleConfigurablePolicies',
};

const spelled = new Map(Object.keys(appTypes).map((suffix) => [suffix.toLowerCase(), suffix]));

/** The app file of a path; also one of a family member that is newer than this list (`.ecaSomething`). */
export const appFile = (path: string): AppFile | undefined => {
  // Whatever lies in a static resource is its content, by any name.
  if (/(?:^|\/)staticresources\/[^/]+\/./.test(path)) return undefined;
  const { name, suffix: written } = splitName(path.replace(/-meta\.xml$/i, ''));
  if (name === '' || !/^[a-z]+$/i.test(written)) return undefined;
  const unlisted = /^eca[A-Z]/.test(written) ? written : undefined;
  const suffix = spelled.get(written.toLowerCase()) ?? unlisted;
  return suffix === undefined ? undefined : { path, name, suffix };
};

/** The name of a file before its last dot, and the rest; called for every file of a package, for some of them often. */
export function splitName(path: string): { name: string; suffix: string } {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  return dot < 0 ? { name: '', suffix: '' } : { name: base.slice(0, dot), suffix: base.slice(dot + 1) };
}

export const headerSuffix = 'eca';
export const oauthSuffix = 'ecaOauth';
export const globalSuffix = 'ecaGlblOauth';
export const policySuffix = 'ecaOauthPlcy';
export const securitySuffix = 'ecaOauthSecurity';

export const isConnectedAppFile = ({ suffix }: AppFile): boolean => suffix === 'connectedApp';
