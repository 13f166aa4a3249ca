import { scenario } from '../scenario.js';
import type { ProfileInput, Row, Scenario, UserInput } from '../scenario.js';
import { CORPORATE_RANGES, hardenedInput } from './hardened.js';
import { carefulPerson, daysAgo, login } from './people.js';

const PROFILES = 60;
const TOKENS = 2600;
const LOGINS = 10;
/** Of so many users one is not forced to use MFA, and another has an old password. */
const CAREFUL_BETWEEN = 1000;

/**
 * The hardened org with that many users in all, for measurements: 60 profiles; of each user 3 assignments and 10 logins;
 * 2,600 live tokens. MFA is forced user by user, not by the org-wide switch, so that users have to be looked at.
 */
export function population(users: number): Scenario {
  const input = hardenedInput('population');
  const profiles = Array.from({ length: PROFILES - input.profiles.length }, (_, index): ProfileInput => ({
    name: `Staff ${index + 1}`,
    ranges: CORPORATE_RANGES,
  }));
  const staff = Array.from({ length: users - input.users.length }, (_, index): UserInput => ({
    username: `user${index}@population.example`,
    name: `User ${index}`,
    profile: profiles[index % profiles.length]?.name ?? '',
    permissionSets: [index % CAREFUL_BETWEEN === 50 ? 'Staff_Tools' : 'Mfa_Required', 'Staff_Base'],
    fields: carefulPerson(index % CAREFUL_BETWEEN === 51 ? { LastPasswordChangeDate: daysAgo(400) } : {}),
  }));
  // The four people that the hardened org has get the same number of assignments.
  const own = input.users.filter(({ fields }) => fields?.['LastLoginDate'] === null);
  const people = input.users.filter((user) => !own.includes(user));
  const known = people.map((user): UserInput => {
    const held = (user.permissionSets ?? []).length + (user.groups ?? []).length;
    return {
      ...user,
      permissionSets: [...(user.permissionSets ?? []), ...['Mfa_Required', 'Staff_Base'].slice(0, 2 - held)],
    };
  });
  return scenario({
    ...input,
    orgNumber: 5,
    profiles: [...input.profiles, ...profiles],
    permissionSets: [
      ...(input.permissionSets ?? []),
      { name: 'Mfa_Required', permissions: ['ForceTwoFactor'] },
      { name: 'Staff_Base' },
      { name: 'Staff_Tools' },
    ],
    users: [...known, ...own, ...staff],
    settings: { ...input.settings, SecuritySettings: withoutSwitch(input.settings?.['SecuritySettings']) },
    tables: (ids) => {
      const tables = input.tables?.(ids) ?? {};
      const everyone = [...known, ...staff].map(({ username }) => ids.user(username));
      const menuItem = tables['AppMenuItem']?.[0]?.['Id'] ?? null;
      return {
        ...tables,
        LoginHistory: everyone.flatMap((user, index) => loginsOf(user, index)),
        OauthToken: Array.from({ length: TOKENS }, (_, index): Row => ({
          Id: null,
          AppName: 'Org Audit',
          AppMenuItemId: menuItem,
          UserId: everyone[index % everyone.length],
          UseCount: 1 + (index % 50),
          CreatedDate: daysAgo(100),
          LastUsedDate: daysAgo(index % 60),
        })),
      };
    },
  });
}

/** One login a week, from an address of the office or of the VPN. */
function loginsOf(user: string, index: number): Row[] {
  return Array.from({ length: LOGINS }, (_, week) =>
    login(user, 1 + week * 7, `${week % 2 === 0 ? '198.51.100' : '203.0.113'}.${1 + (index % 250)}`)
  );
}

function withoutSwitch(settings: object | undefined): object {
  const { sessionSettings } = settings as { sessionSettings: object };
  return { ...settings, sessionSettings: { ...sessionSettings, enableMFADirectUILoginOptIn: false } };
}
