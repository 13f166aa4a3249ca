import { appRemovalsReviewed } from '../../../src/org/controls/app-removals-reviewed.js';
import type { OrgFacts, AuditTrail } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

type Change = AuditTrail['changes'][number];

const actions = ['deleteConnectedApplication', 'deleteApplication', 'generateOauthStagedCredential'];
const change = (action: string, rest: Partial<Change> = {}): Change => ({
  id: `0Ym${action}`,
  action,
  display: 'Deleted connected app Sync',
  by: 'ada@acme.example',
  time: '2026-10-01T00:00:00.000Z',
  ...rest,
});
const facts = (changes: readonly Change[], asked: readonly string[] = actions): Pick<OrgFacts, 'setupChanges'> => ({
  setupChanges: { actions: asked, changes },
});
const name = 'AuditTrail:Deleted connected app Sync';

testControl(appRemovalsReviewed, {
  pass: [
    {
      trap: true,
      name: 'nothing removed is reported for Connected Apps only',
      facts: facts([]),
      reason: /no removed Connected App. Removals of External Client Apps are not checked/,
    },
    { name: 'other changes', facts: facts([change('generateOauthStagedCredential')]) },
  ],
  fail: [
    {
      trap: true,
      name: 'an administrator who had logged in as another user is named',
      facts: facts([change('deleteApplication', { delegate: 'eve@acme.example' })]),
      names: [name],
      says: [/by ada@acme\.example \(eve@acme\.example logged in as that user\)/],
    },
    {
      name: 'both names of a removal, also twice of one app',
      facts: facts([
        change('deleteConnectedApplication'),
        change('deleteApplication', { by: undefined }),
        change('deleteApplication', { id: '0Ym2' }),
      ]),
      names: [name, name, name],
      says: [/removed on 1 Oct 2026 by ada@acme\.example/, /removed on 1 Oct 2026\.$/],
    },
    {
      name: 'a removal, and an action that was not asked',
      facts: facts([change('deleteApplication')], ['deleteApplication']),
      names: [name],
    },
  ],
  inconclusive: [
    { name: 'evidence that was selected by fewer actions', facts: facts([], ['deleteApplication']) },
    {
      trap: true,
      name: 'changes after the evidence was collected are not known',
      facts: facts([]),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      reason: /^Changes after 22 Nov 2026/,
    },
  ],
});
