import { decide, inconclusive, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Subject } from '../../engine/types.js';
import { sameId } from '../../salesforce/ids.js';
import { orgControl, type LinkedOrgs } from '../facts.js';

type Link = LinkedOrgs['links'][number];
type Known = { orgId: string; namespace?: string };

/** By Id where it is known: a sandbox of the org has its namespace, too. */
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
  const message = `Is linked to this Dev Hub (${facts.join(', ')}), and neither in this run nor in the orgs of the policy.`;
  return { kind: 'violation', subject, message };
};

export const linkedOrgsAudited = orgControl({
  id: 'org/linked-orgs-audited',
  title: 'Every org that is linked to the Dev Hub is audited too',
  severity: 'high',
  topic: 'linked orgs',
  problem: { one: 'linked org is not audited', many: 'linked orgs are not audited' },
  area: 'Org and keys',
  requirement:
    'Robust security measures are essential for the integrity of Packaging Orgs (1GP), Namespace Definition Orgs (2GP), ' +
    'and DevHubs.',
  checks: [
    'Checks each org in the namespace registry of a Dev Hub, and each namespace of a managed package that was made in it and is not deprecated; an org that is no Dev Hub is not-applicable, and a role that the org proves counts whatever the policy says.',
    'An org counts when this run, or the reports merged with it, evaluate all org controls for it: by its Id, or by its namespace where no Id is known; sandboxes, scratch orgs and trials never count.',
  ],
  fails: [],
  inconclusive: [
    'An org of which only a part of the controls is evaluated, or that only `orgs` of the policy names, is a gap; one in neither is a violation.',
    'It is inconclusive where the org does not show whether it is a Dev Hub, or only the policy says so.',
  ],
  why:
    'Whoever controls the org of a namespace controls the packages of that namespace. An audit of the Dev Hub alone ' +
    'says nothing about it.',
  fix: [
    'Dev Hub > Namespace Registries: unlink a namespace that is not used any more.',
    'List the other orgs under orgs in the policy, and audit them in the same run.',
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
    const sign = roleSigns.find(({ role }) => role === 'dev-hub');
    // The policy decides what the org does not prove.
    const isDevHub = sign?.holds === true || (roles ? roles.includes('dev-hub') : sign?.holds);
    if (isDevHub === false) {
      return notApplicable(`The org is no Dev Hub: ${roles ? 'the policy says so' : (sign?.because ?? '')}.`);
    }
    if (!read) {
      const because = sign ? ` (${sign.because})` : '';
      const detail =
        isDevHub === true
          ? `The policy says that the org is a Dev Hub, but nothing in the org shows it${because}.`
          : `Whether the org is a Dev Hub could not be decided${because}.`;
      return inconclusive(detail, [{ kind: 'not-supported', detail }]);
    }
    return decide(
      links.map((link) => evaluateLink(link, declared)),
      links.length === 0 ? 'No org is linked to this Dev Hub.' : `Each linked org (${links.length}) is in this run.`
    );
  },
});
