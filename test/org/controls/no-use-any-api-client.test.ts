import { noUseAnyApiClient } from '../../../src/org/controls/no-use-any-api-client.js';
import { testControl } from '../../support/controlTester.js';
import { grant, grants } from './samples.js';

const provisioned = { apiAccessControl: { adminApprovedAppsOnly: true } };
const none = { apiAccessControl: {} };

testControl(noUseAnyApiClient, {
  pass: [
    { name: 'provisioned, and no user has it', facts: { useAnyApiClient: grants(), ...provisioned } },
    {
      trap: true,
      name: "Salesforce's own users, which never logged in, have it where API Access Control is provisioned",
      facts: { useAnyApiClient: grants([grant('integration', { population: 'salesforce' })]), ...provisioned },
      latent: ['User:integration@acme.example'],
    },
    {
      trap: true,
      name: 'the column is absent because API Access Control is not provisioned',
      facts: { useAnyApiClient: grants([], { provisioned: false }), ...none },
      latent: ['Setting:ConnectedApp.enableAdminApprovedAppsOnly'],
      reason: /The permission does not exist in this org: API Access Control is not provisioned/,
    },
    {
      name: 'an inactive user, an expired and a revoked assignment, and containers without users are latent',
      facts: {
        useAnyApiClient: grants(
          [
            grant('gone', { userIsActive: false }),
            grant('late', { expires: '2026-11-23T10:00:00.000Z' }),
            grant('past', { assignmentIsActive: false }),
          ],
          {
            unassigned: [
              { kind: 'permission-set', name: 'Spare', id: '0PS2' },
              { kind: 'group', name: 'Spare_Group', id: '0PG2' },
              { kind: 'profile', name: 'Old Admin', id: '00e2' },
            ],
          }
        ),
        ...provisioned,
      },
      latent: [
        'User:gone@acme.example',
        'User:late@acme.example',
        'User:past@acme.example',
        'PermissionSet:Spare',
        'PermissionSetGroup:Spare_Group',
        'Profile:Old Admin',
      ],
    },
  ],
  fail: [
    {
      name: 'one finding a user, naming every way in',
      facts: {
        useAnyApiClient: grants([
          grant('ada'),
          grant('ada', { through: { kind: 'profile', name: 'System Administrator', id: '00e1' } }),
          grant('bob', { through: { kind: 'group', name: 'Ops', id: '0PG1' } }),
        ]),
        ...provisioned,
      },
      names: ['User:ada@acme.example', 'User:bob@acme.example'],
      says: [/permission set "Api", profile "System Administrator"\.$/, /permission set group "Ops"/],
    },
    {
      trap: true,
      name: 'a session-based grant can be activated',
      facts: { useAnyApiClient: grants([grant('ada', { needsActivation: true })]), ...provisioned },
      names: ['User:ada@acme.example'],
      says: [/can be activated/],
    },
    {
      trap: true,
      name: 'rows of one user, one expired and one live, are a holder; only the live one is named',
      facts: {
        useAnyApiClient: grants([
          grant('ada', { assignmentIsActive: false }),
          grant('ada', { through: { kind: 'group', name: 'Ops', id: '0PG1' }, expires: '2026-11-24T00:00:00.000Z' }),
        ]),
        ...provisioned,
      },
      names: ['User:ada@acme.example'],
      says: [/^ada@acme\.example has Use Any API Client through permission set group "Ops"\.$/],
    },
    {
      name: 'a user with it, and a group that could not be decided',
      facts: { useAnyApiClient: grants([grant('ada')], { undecidedGroups: ['Stale'] }), ...provisioned },
      names: ['User:ada@acme.example'],
    },
    {
      name: 'the column exists although the setting was not sent',
      facts: { useAnyApiClient: grants([grant('ada')]), ...none },
      names: ['User:ada@acme.example'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'a profile whose row and permission set disagree',
      facts: { useAnyApiClient: grants([], { undecidedProfiles: ['Staff'] }), ...provisioned },
    },
    {
      trap: true,
      name: 'the column is absent but the setting is there',
      facts: { useAnyApiClient: grants([], { provisioned: false }), ...provisioned },
    },
    {
      trap: true,
      name: 'the setting is there and off, which is still there',
      facts: {
        useAnyApiClient: grants([], { provisioned: false }),
        apiAccessControl: { adminApprovedAppsOnly: false },
      },
    },
    {
      trap: true,
      name: 'describe lacks the control columns too, so a missing column proves nothing',
      facts: { useAnyApiClient: grants([], { provisioned: undefined }), ...none },
    },
    {
      trap: true,
      name: 'an outdated group whose components could not be read',
      facts: { useAnyApiClient: grants([], { undecidedGroups: ['Stale'] }), ...provisioned },
    },
  ],
});
