import type { ProfileInput, ScenarioInput, UserInput } from '../scenario.js';
import { daysAgo } from './people.js';

/**
 * What Salesforce puts into every org: users of its own that never log in, and policies that outlived their profiles. Real
 * orgs show the integration users as Standard, with PasswordNeverExpires in the profile, and UseAnyApiClient where API
 * Access Control is provisioned.
 */
export function withSalesforceUsers(input: ScenarioInput): ScenarioInput {
  const anyClient = input.features?.apiAccessControl === true ? ['UseAnyApiClient'] : [];
  return {
    ...input,
    profiles: [...input.profiles, ...profiles(anyClient)],
    users: [...input.users, ...users(input.name)],
    metadata: {
      ...input.metadata,
      ProfilePasswordPolicy: { ...input.metadata?.['ProfilePasswordPolicy'], ...PASSWORD_POLICIES },
      ProfileSessionSetting: { ...input.metadata?.['ProfileSessionSetting'], ...SESSION_SETTINGS },
    },
  };
}

function profiles(anyClient: string[]): ProfileInput[] {
  const analytics = 'Analytics Cloud Integration User';
  const integration = ['PasswordNeverExpires', 'ApiEnabled', ...anyClient];
  return [
    { name: analytics, fullName: analytics, license: analytics, permissions: [...integration, 'ViewAllData'] },
    {
      name: 'Analytics Cloud Security User',
      fullName: 'Analytics Cloud Security User',
      license: analytics,
      permissions: [...integration, 'ViewAllData'],
    },
    {
      name: 'Chatter Free User',
      fullName: 'Chatter Free User',
      userType: 'CsnOnly',
      license: 'Chatter Free',
      permissions: ['BypassMFAForUiLogins', 'PasswordNeverExpires'],
    },
    { name: 'Automated Process', userType: 'AutomatedProcess', license: 'Automated Process' },
    { name: 'Cloud Integration User', userType: 'CloudIntegrationUser', license: 'Cloud Integration User' },
    // Profiles without users, under the names that the Metadata API has for them.
    { name: 'Standard Platform User', fullName: 'StandardAul', license: 'Salesforce Platform' },
    { name: 'Marketing User', fullName: 'MarketingProfile' },
    { name: 'Force.com - App Subscription User', fullName: 'Force%2Ecom - App Subscription User' },
  ];
}

/** Username of the identity under which Salesforce's services run. */
export function platformUser(name: string): string {
  return `cloud@${orgIdIn(name)}`;
}

/** Salesforce writes the Id of the org in lower case into these usernames. */
function orgIdIn(name: string): string {
  return `00ds${name}0000000001`.slice(0, 15);
}

function users(name: string): UserInput[] {
  const orgId = orgIdIn(name);
  const never = { LastLoginDate: null, LastPasswordChangeDate: null, CreatedDate: daysAgo(900) };
  return [
    {
      username: `integration@${orgId}.com`,
      name: 'Integration User',
      profile: 'Analytics Cloud Integration User',
      fields: never,
    },
    {
      username: `insightssecurity@${orgId}.com`,
      name: 'Security User',
      profile: 'Analytics Cloud Security User',
      fields: never,
    },
    {
      username: `chatty.${orgId}.9xk2vq@chatter.salesforce.com`,
      name: 'Chatter Expert',
      profile: 'Chatter Free User',
      fields: never,
    },
    { username: `autoproc@${orgId}`, name: 'Automated Process', profile: 'Automated Process', fields: never },
    {
      username: platformUser(name),
      name: 'Platform Integration User',
      profile: 'Cloud Integration User',
      fields: { ...never, ProfileId: null },
    },
  ];
}

const DELETED = { $: { 'xsi:nil': 'true' } };

const PASSWORD_POLICIES = {
  PT90: { profile: DELETED, passwordExpiration: 0, minimumPasswordLength: 8 },
  PT91: { profile: 'force%2Ecom - app subscription user', passwordExpiration: 0 },
  PT92: { profile: 'standardaul', passwordExpiration: 0 },
};

const SESSION_SETTINGS = {
  ST90: { profile: DELETED, requiredSessionLevel: 'HIGH_ASSURANCE', sessionTimeout: 720 },
  ST91: { profile: 'marketingprofile', requiredSessionLevel: 'HIGH_ASSURANCE', sessionTimeout: 120 },
};
