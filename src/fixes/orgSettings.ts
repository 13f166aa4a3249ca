import type { ControlInfo, Finding } from '../engine/types.js';

/** A setting of an org as the Metadata API names it, and the value that closes the finding. */
export type Setting = { type: string; path: readonly string[]; value: string; effect: string };

const MFA = 'Security.sessionSettings.enableMFADirectUILoginOptIn';

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
export function settingFor({ id }: ControlInfo, { kind, subject, at }: Finding): Setting | undefined {
  if (kind !== 'violation') return undefined;
  // The switch covers users without MFA, and not those who are exempt by a permission.
  const isUserWithoutMfa = id === 'org/mfa-enforced' && subject.type === 'User' && at === undefined;
  const name = isUserWithoutMfa ? MFA : subject.type === 'Setting' ? subject.name : '';
  const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (setting === undefined) return undefined;
  const [type = '', ...path] = name.split('.');
  return { type, path, ...setting };
}

/** `settings/Security.settings-meta.xml` and the others, each with what it changes and nothing else. */
export function settingsFiles(settings: readonly Setting[]): Array<{ name: string; content: string }> {
  const types = [...new Set(settings.map(({ type }) => type))].sort();
  return types.map((type) => ({
    name: `settings/${type}.settings-meta.xml`,
    content: settingsFile(
      type,
      settings.filter((one) => one.type === type)
    ),
  }));
}

function settingsFile(type: string, settings: readonly Setting[]): string {
  const groups = new Map<string, Set<string>>();
  for (const { path, value } of settings) {
    const [last = '', ...around] = path.toReversed();
    const group = around.toReversed().join('.');
    groups.set(group, (groups.get(group) ?? new Set()).add(`<${last}>${value}</${last}>`));
  }
  const body = [...groups].sort().flatMap(([group, elements]) => {
    const lines = [...elements].sort();
    return group === ''
      ? lines.map((line) => `    ${line}`)
      : [`    <${group}>`, ...lines.map((line) => `        ${line}`), `    </${group}>`];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${type}Settings xmlns="http://soap.sforce.com/2006/04/metadata">`,
    ...body,
    `</${type}Settings>`,
    '',
  ].join('\n');
}
