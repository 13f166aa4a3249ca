import { linkedOrgsAudited } from '../../../src/org/controls/linked-orgs-audited.js';
import type { Declared, Role } from '../../../src/engine/types.js';
import type { LinkedOrgs, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { organization, orgId } from './samples.js';

type Facts = Pick<OrgFacts, 'linkedOrgs' | 'roleSigns' | 'organization'>;
type Link = LinkedOrgs['links'][number];

const payId = '00D0000000000PaAAA';
const pay: Link = { namespace: 'acmepay', orgId: payId.slice(0, 15), packages: ['Acme Pay'] };
const sign = (holds: boolean | undefined): Facts['roleSigns'] => [
  { role: 'packaging', holds: true, because: 'x' },
  { role: 'dev-hub', holds, because: 'Dev Hub is switched so' },
];
const facts = (links: readonly Link[], rest: Partial<Facts> = {}): Facts => ({
  linkedOrgs: { read: true, links },
  roleSigns: sign(true),
  organization,
  ...rest,
});
const nothing: LinkedOrgs = { read: false, links: [] };
const run = (...audited: Declared['audited']): Partial<Declared> => ({ audited: [{ orgId }, ...audited] });
const orgs = (id: string, namespace?: string): Partial<Declared> => ({
  orgs: [{ alias: 'pay', id, ...(namespace === undefined ? {} : { namespace }) }],
});
const saying = (...roles: Role[]): Partial<Declared> => ({ orgs: [{ alias: 'hub', id: orgId, roles }] });
const names = ['Org:acmepay'];

testControl(linkedOrgsAudited, {
  pass: [
    { name: 'no linked org', facts: facts([]), reason: /No org is linked/ },
    {
      trap: true,
      name: 'the registry writes 15 characters, the run 18',
      facts: facts([pay]),
      declared: run({ orgId: payId }),
    },
    {
      name: 'in the run by namespace',
      facts: facts([{ ...pay, orgId: undefined }]),
      declared: run({ orgId: payId, namespace: 'AcmePay' }),
    },
    {
      name: 'in the run twice, once with all controls',
      facts: facts([pay]),
      declared: run({ orgId: payId, partly: true }, { orgId: payId }),
    },
    {
      name: 'this org has the namespace itself',
      facts: facts([{ ...pay, orgId: orgId.slice(0, 15) }]),
      declared: run(),
    },
  ],
  fail: [
    {
      name: 'in neither',
      facts: facts([pay]),
      declared: run(),
      names,
      says: [/\(org 00D0000000000Pa, packages Acme Pay\), but is neither in this run nor under orgs in the policy/],
    },
    {
      trap: true,
      name: 'a managed package whose namespace is in no registry',
      facts: facts([{ namespace: 'acmepay', packages: ['Acme Pay'] }]),
      names,
      says: [/no entry in the namespace registry/],
    },
    { name: 'the policy has another org', facts: facts([pay]), declared: orgs('00D0000000000XxAAA', 'other'), names },
    {
      name: 'the policy makes it a Dev Hub',
      facts: facts([pay], { roleSigns: sign(undefined) }),
      declared: saying('dev-hub'),
      names,
    },
    {
      trap: true,
      name: 'an org in the run with the namespace but another Id, such as a sandbox, is another org',
      facts: facts([pay]),
      declared: run({ orgId: '00D0000000000XxAAA', namespace: 'acmepay' }),
      names,
    },
    {
      name: 'an org of the policy with the namespace but another Id',
      facts: facts([pay]),
      declared: { ...run(), ...orgs('00D0000000000XxAAA', 'acmepay') },
      names,
    },
    {
      trap: true,
      name: 'roles of the policy do not take away the role that the org proves',
      facts: facts([pay]),
      declared: { ...run(), ...saying() },
      names,
    },
    {
      name: 'one unknown, and one that is not in this run',
      facts: facts([{ namespace: 'x', packages: [] }, pay]),
      declared: orgs(payId),
      names: ['Org:x'],
    },
  ],
  inconclusive: [
    {
      name: "in the policy's orgs, not in this run",
      facts: facts([pay]),
      declared: { ...run(), ...orgs(payId) },
      reason: /^acmepay: .*\(pay\) but not in this run/,
    },
    {
      name: 'in the orgs of the policy by namespace, where no Id is known',
      facts: facts([{ namespace: 'acmepay', packages: ['Acme Pay'] }]),
      declared: { ...run(), ...orgs(payId, 'acmepay') },
    },
    {
      trap: true,
      name: 'a linked org of which only some controls are evaluated is not audited',
      facts: facts([pay]),
      declared: run({ orgId: payId, partly: true }),
      reason: /^acmepay: .*not every org control/,
    },
    {
      trap: true,
      name: 'a role that could not be decided',
      facts: facts([], { linkedOrgs: nothing, roleSigns: sign(undefined) }),
      reason: /Could not determine whether the org is a Dev Hub \(Dev Hub is switched so\)/,
    },
    {
      name: 'the policy says Dev Hub, the org does not',
      facts: facts([], { linkedOrgs: nothing, roleSigns: sign(false) }),
      declared: saying('dev-hub'),
    },
  ],
  notApplicable: [
    { name: 'no Dev Hub', facts: facts([], { linkedOrgs: nothing, roleSigns: sign(false) }) },
    {
      name: 'the policy decides a role that the org does not show',
      facts: facts([pay], { roleSigns: sign(undefined) }),
      declared: saying('namespace'),
      reason: /the policy gives it other roles/,
    },
  ],
});
