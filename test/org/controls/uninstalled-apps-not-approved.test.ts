import { uninstalledAppsNotApproved } from '../../../src/org/controls/uninstalled-apps-not-approved.js';
import { testControl } from '../../support/controlTester.js';
import { grant, grants } from './samples.js';

testControl(uninstalledAppsNotApproved, {
  pass: [
    { name: 'no user has it', facts: { uninstalledAppApprovers: grants() }, latent: [] },
    {
      name: 'expired assignments and inactive users',
      facts: {
        uninstalledAppApprovers: grants([
          grant('eve', { assignmentIsActive: false }),
          grant('ina', { userIsActive: false }),
          grant('tom', { expires: '2026-11-23T10:00:00.000Z' }),
        ]),
      },
      latent: ['User:eve@acme.example', 'User:ina@acme.example', 'User:tom@acme.example'],
    },
    {
      trap: true,
      name: "Salesforce's own users that never logged in",
      facts: { uninstalledAppApprovers: grants([grant('integration', { population: 'salesforce' })]) },
      latent: ['User:integration@acme.example'],
    },
    {
      name: 'a permission set without users',
      facts: {
        uninstalledAppApprovers: grants([], { unassigned: [{ kind: 'permission-set', name: 'Apps', id: '0PS2' }] }),
      },
      latent: ['PermissionSet:Apps'],
    },
  ],
  fail: [
    {
      trap: true,
      name: 'Salesforce gave it to the standard profile System Administrator',
      facts: {
        uninstalledAppApprovers: grants([
          grant('ada', { through: { kind: 'profile', name: 'System Administrator', id: '00e1' } }),
        ]),
      },
      names: ['User:ada@acme.example'],
      says: [/Approve Uninstalled Connected Apps through profile "System Administrator"/],
    },
    {
      name: 'one user through two permission sets, and one session-based grant',
      facts: {
        uninstalledAppApprovers: grants([
          grant('bob'),
          grant('bob', { through: { kind: 'group', name: 'Team', id: '0PG1' } }),
          grant('sam', { needsActivation: true }),
        ]),
      },
      names: ['User:bob@acme.example', 'User:sam@acme.example'],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'an older API version has no column, which proves nothing',
      facts: { uninstalledAppApprovers: grants([], { provisioned: false }) },
    },
    { name: 'describe shows too little', facts: { uninstalledAppApprovers: grants([], { provisioned: undefined }) } },
    {
      name: 'a group that Salesforce has not recalculated',
      facts: { uninstalledAppApprovers: grants([], { undecidedGroups: ['Team'] }) },
    },
  ],
});
