import { decide, inconclusive, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Subject } from '../../engine/types.js';
import { sameId } from '../../common/ids.js';
import { checkText } from '../findings/ownApps.js';
import { orgControl, type LinkedOrgs } from '../facts.js';

type Link = LinkedOrgs['links'][number];
type Known = { orgId: string; namespace?: string };

/** By Id where it is known: a sandbox also has the namespace of its org. */
export const isLinked = ({ orgId, namespace }: Omit<Link, 'packages'>, known: Known): boolean =>
  orgId === undefined ? namespace.toLowerCase() === known.namespace?.toLowerCase() : sameId(orgId, known.orgId);

const evaluateLink = (link: Link, { audited, orgs }: Declared): SubjectOutcome => {
  const { namespace, orgId, packages } = link;
  const subject: Subject = { type: 'Org', name: namespace, ...(orgId === undefined ? {} : { id: orgId }) };
  const here = audited.filter((org) => isLinked(link, org));
  if (here.some(({ partly }) => partly === undefined)) return undefined;
  if (here.length > 0) {
    const detail = 'The org of this namespace is in this run, but not every org control is evaluated for it.';
    return { kind: 'not-given', detail, subject };
  }
  const declared = orgs.find(({ id, ...org }) => isLinked(link, { ...org, orgId: id }));
  if (declared) {
    const detail = `The org of this namespace is in the policy (${declared.alias}) but not in this run.`;
    return { kind: 'not-given', detail, subject };
  }
  const facts = [
    ...(orgId === undefined ? ['no entry in the namespace registry'] : [`org ${orgId}`]),
    ...(packages.length > 0 ? [`packages ${packages.join(', ')}`] : []),
  ];
  const message = `The org of namespace ${namespace} is linked to this Dev Hub (${facts.join(', ')}), but is neither in this run nor under orgs in the policy.`;
  return { kind: 'violation', subject, message };
};

/** Orgs that own other apps of a package of this org, and are not audited. */
const packageOwners = ({ packages = [], audited, orgs }: Declared): SubjectOutcome[] =>
  packages.flatMap(({ otherOrgs, ...check }) =>
    otherOrgs.flatMap((id): SubjectOutcome[] => {
      if (audited.some(({ orgId, partly }) => sameId(orgId, id) && partly === undefined)) return [];
      const { alias } = orgs.find((org) => sameId(org.id, id)) ?? {};
      const detail = `${checkText(check)} shows that an app of the package belongs to the org ${alias === undefined ? id : `${alias} (${id})`}, which is not fully audited in this run.`;
      return [{ kind: 'not-given', detail, subject: { type: 'Org', name: alias ?? id, id } }];
    })
  );

export const linkedOrgsAudited = orgControl({
  id: 'org/linked-orgs-audited',
  title: 'Every org that is linked to the Dev Hub is also audited',
  severity: 'high',
  topic: 'linked orgs',
  problem: { one: 'linked org is not audited', many: 'linked orgs are not audited' },
  area: 'Org and keys',
  setup: '/lightning/o/NamespaceRegistry/list',
  requirement:
    'Robust security measures are essential for the integrity of Packaging Orgs (1GP), Namespace Definition Orgs (2GP), ' +
    'and DevHubs.',
  why: 'A user who controls the org of a namespace controls the packages of that namespace. An audit of the Dev Hub alone does not cover that org.',
  checks: [
    'Each org in the namespace registry of the Dev Hub is audited in this run or in a report merged with it.',
    'The org of each namespace with a managed package of this Dev Hub that is not deprecated is audited as well.',
    'An org is matched by its Id, or by its namespace where no Id is known. Sandboxes, scratch orgs and trials do not count.',
  ],
  fails: ['A linked org is neither in this run nor under `orgs` in the policy.'],
  inconclusive: [
    'A linked org is under `orgs` in the policy but not in this run.',
    'Only a part of the org controls is evaluated for a linked org.',
    'A report of `--package-report` shows an app of the package that belongs to an org that is not in this run.',
    'The org does not show whether it is a Dev Hub, or only the policy states it.',
  ],
  notes: ['An org that is not a Dev Hub is not applicable. A role that the org proves overrides the policy.'],
  fix: [
    'App Launcher > Namespace Registries: unlink namespaces that are no longer used.',
    'List the other orgs under `orgs` in the policy.',
    'Audit all of them in one run, or merge their reports.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_namespaceregistry.htm',
  ],
  attestable: false,
  needs: ['linkedOrgs', 'roleSigns', 'organization'],
  compares: ['orgs'],
  judge: ({ linkedOrgs: { read, links }, roleSigns, organization }, { declared }) => {
    const roles = declared.orgs.find(({ id }) => sameId(id, organization.id))?.roles;
    const owners = packageOwners(declared);
    const sign = roleSigns.find(({ role }) => role === 'dev-hub');
    // The policy counts where the org proves nothing.
    const isDevHub = sign?.holds === true || (roles ? roles.includes('dev-hub') : sign?.holds);
    if (isDevHub === false && owners.length === 0) {
      return notApplicable(
        `The org is not a Dev Hub: ${roles ? 'the policy gives it other roles' : (sign?.because ?? '')}.`
      );
    }
    if (!read && isDevHub !== false) {
      const because = sign ? ` (${sign.because})` : '';
      const detail =
        isDevHub === true
          ? `The policy lists the org as a Dev Hub, but the org does not show it${because}.`
          : `Could not determine whether the org is a Dev Hub${because}.`;
      return inconclusive(detail, [{ kind: 'not-supported', detail }]);
    }
    return decide(
      [...links.map((link) => evaluateLink(link, declared)), ...owners],
      links.length === 0 ? 'No org is linked to this Dev Hub.' : `Each linked org (${links.length}) is in this run.`
    );
  },
});
