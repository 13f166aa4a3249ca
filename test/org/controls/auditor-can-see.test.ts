import { auditorCanSee } from '../../../src/org/controls/auditor-can-see.js';
import type { Auditor } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

const facts = (...required: Auditor['required']): { auditor: Auditor } => ({
  auditor: { username: 'audit@acme.example', held: [], known: [], required },
});
const one = (anyOf: readonly string[], holds: boolean | undefined): Auditor['required'][number] => ({
  anyOf,
  controls: ['org/mfa-enforced', 'org/no-guest-sites'],
  holds,
});

testControl(auditorCanSee, {
  pass: [
    { name: 'nothing is required', facts: facts(), reason: /require no permission/ },
    { name: 'everything is held', facts: facts(one(['ViewSetup'], true)), reason: /has every permission/ },
  ],
  fail: [
    {
      name: 'one finding a missing permission, naming what stays undecided and the alternatives',
      facts: facts(
        one(['ViewSetup'], false),
        one(['ManageUsers'], true),
        one(['ModifyMetadata', 'ModifyAllData'], false),
        one(['ModifyMetadata'], false)
      ),
      names: ['Permission:ViewSetup', 'Permission:ModifyMetadata', 'Permission:ModifyMetadata'],
      says: [
        /does not have [^()]+ \(\w+\)\. These controls may be inconclusive: org\/mfa-enforced, org\/no-guest-sites\.$/,
        / or Modify All Data \(ModifyAllData\)\. These/,
      ],
    },
    {
      name: 'one is missing, another is not known',
      facts: facts(one(['ViewSetup'], undefined), one(['ManageUsers'], false)),
      names: ['Permission:ManageUsers'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'no column for the permission in this org', facts: facts(one(['ViewSetup'], undefined)) },
  ],
});
