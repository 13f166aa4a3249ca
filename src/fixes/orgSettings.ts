import type { ControlInfo, Finding } from '../engine/types.js';

/** A setting of an org as the Metadata API names it, and the value that closes the finding. */
export type Setting = { type: string; path: readonly string[]; value: string; effect: string };

const MFA = 'Security.sessionSettings.enableMFADirectUILoginOptIn';

const PASSWORDS_EXPIRE =
  'Users whose password is older have to change it at the next login, users of integrations included.';

/** By the name of the subject, which is the path of the setting. */
const SETTINGS: Readonly<Record<string, { value: string; effect: string }>> = {
  'OauthOidc.blockOAuthUsrAgtFlow': {
    value: 'true',
    effect: 'Apps that log in with the user-agent flow can no longer do so.',
  },
  'OauthOidc.blockOAuthUnPwFlow': {
    value: 'true',
    effect: 'Integrations that log in with the username-password flow can no longer do so.',
  },
  'Security.sessionSettings.enforceIpRangesEveryRequest': {
    value: 'true',
    effect: 'A session ends when its address leaves the login IP ranges of the profile, such as on a mobile network.',
  },
  'ExternalClientApp.enableConsumerSecretApiAccess': {
    value: 'false',
    effect: 'Scripts that read consumer secrets through the Metadata API get none.',
  },
  'ExternalClientApp.enableClientSecretInRestApiAccess': {
    value: 'false',
    effect: 'Scripts that read consumer secrets through the REST API get none.',
  },
  [MFA]: {
    value: 'true',
    effect: 'Each user who logs in with a password registers a second factor at the next login.',
  },
};

/** The setting that closes a finding of an org; nothing where no setting does. */
export function settingFor({ id }: ControlInfo, finding: Finding): Setting | undefined {
  if (finding.kind !== 'violation') return undefined;
  const { subject, at, components = [] } = finding;
  const own = components.find(({ type, value }) => type === 'Settings' && value !== undefined);
  if (own?.value !== undefined) return { ...pathOf(own.fullName), value: own.value, effect: PASSWORDS_EXPIRE };
  // The switch covers users without MFA, and not those who are exempt by a permission.
  const isUserWithoutMfa = id === 'org/mfa-enforced' && subject.type === 'User' && at === undefined;
  const name = isUserWithoutMfa ? MFA : subject.type === 'Setting' ? subject.name : '';
  const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (setting === undefined) return undefined;
  return { ...pathOf(name), ...setting };
}

function pathOf(name: string): Pick<Setting, 'type' | 'path'> {
  const [type = '', ...path] = name.split('.');
  return { type, path };
}
