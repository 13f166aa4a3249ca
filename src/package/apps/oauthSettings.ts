import type { Located, OauthSettings } from '../facts.js';
import { child, childrenNamed, only, type XmlElement } from '../parsing/xml.js';

type Switches = Pick<
  OauthSettings,
  | 'pkceRequired'
  | 'refreshTokenRotation'
  | 'deviceFlow'
  | 'clientCredentials'
  | 'consumerSecretOptional'
  | 'secretRequiredForRefresh'
  | 'idleTokensLimited'
  | 'tokenIpsEnforced'
>;

/** The element of each switch; the two kinds of app spell one of them differently. */
const elementsOf: Readonly<Record<keyof Switches, readonly string[]>> = {
  pkceRequired: ['isPkceRequired'],
  refreshTokenRotation: ['isRefreshTokenRotationEnabled'],
  deviceFlow: ['isDeviceFlowEnabled'],
  clientCredentials: ['isClientCredentialEnabled', 'isClientCredentialsFlowEnabled'],
  consumerSecretOptional: ['isConsumerSecretOptional'],
  secretRequiredForRefresh: ['isSecretRequiredForRefreshToken'],
  idleTokensLimited: ['isEnforceRefreshTokenTTL'],
  tokenIpsEnforced: ['isIpBindingEnabled'],
};

/** Callbacks and switches from their element. Each kind of file has its own form of scopes. */
export const parseOauthSettings = (settings: XmlElement, file: string): OauthSettings => ({
  file,
  line: settings.line,
  ...callbacksOf(settings, file),
  ...switchesOf(settings, file),
  ...certificateOf(settings, file),
});

/** One element contains all callbacks, separated by line breaks or blanks. */
const callbacksOf = (settings: XmlElement, file: string): Pick<OauthSettings, 'callbacks'> => {
  const callbacks = childrenNamed(settings, 'callbackUrl').flatMap((element) => words(element, /\s+/, file));
  return callbacks.length > 0 ? { callbacks } : {};
};

/** Each scope has an element, or one element contains all of them, separated by commas. */
export const scopesOf = (settings: XmlElement, name: string, file: string): Array<Located<string>> =>
  childrenNamed(settings, name).flatMap((element) => words(element, /[\s,;]+/, file));

/** The words of an element, empty ones left out. */
const words = ({ text, line }: XmlElement, separator: RegExp, file: string): Array<Located<string>> =>
  text
    .split(separator)
    .filter((word) => word !== '')
    .map((value) => ({ value, file, line }));

const switchesOf = (settings: XmlElement, file: string): Switches =>
  Object.fromEntries(
    Object.entries(elementsOf).flatMap(([key, names]) => {
      const found = settings.children.filter(({ name }) => names.includes(name));
      const [first] = found;
      // An empty, misspelt or contradictory switch says no more than one that is not there.
      const value = new Set(found.map(({ text }) => text)).size === 1 ? first?.text : undefined;
      if (!first || (value !== 'true' && value !== 'false')) return [];
      return [[key, { value: value === 'true', file, line: first.line }]];
    })
  );

const certificateOf = (settings: XmlElement, file: string): Pick<OauthSettings, 'certificate'> => {
  const element = child(settings, 'certificate');
  return element ? { certificate: { value: element.text !== '', file, line: element.line } } : {};
};

/** How long refresh tokens last: one element of a Connected App; of an External Client App up to three. */
export const refreshTokenPolicy = (
  policy: XmlElement | undefined,
  names: readonly [string, ...string[]],
  file: string
): { refreshTokenPolicy?: Located<string> } => {
  const first = only(policy, names[0]);
  if (!first) return {};
  const parts = names.map((name) => only(policy, name)?.text ?? '').filter((text) => text !== '');
  return { refreshTokenPolicy: { value: parts.join(':'), file, line: first.line } };
};
