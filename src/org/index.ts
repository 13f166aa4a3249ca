import type { CollectContext, Description, Domain, EvidenceOf, Policy, Role, TemporaryOrg } from '../engine/types.js';
import { mapEvidence, valueOf } from '../engine/evidence.js';
import { defined } from '../common/defined.js';
import { sameId } from '../common/ids.js';
import { some } from '../common/text.js';
import { requiring } from './collectors/auditor.js';
import { orgCollectors } from './collectors/index.js';
import { orgControls } from './controls/index.js';
import type { Organization, OrgFacts, RoleSign } from './facts.js';
import { lackingOf } from './missingPermissions.js';
import type { OrgReader } from './client/types.js';

export type { OrgFacts } from './facts.js';
export { gatherIncident, incidentReads, type IncidentQuestion } from './incident/index.js';
export { linkedAgain } from './rejudgeLinkedOrgs.js';
export { openOrg, type OpenOptions } from './client/openOrg.js';
export type { OrgReader } from './client/types.js';
export { defaultTimeouts, type Timeouts } from './client/transport.js';

/**
 * Before anything else is read: which permissions the auditing user lacks, and which controls may stay undecided for it.
 * The reader reads it once, and the collectors reuse it.
 */
export const preflight = async (org: OrgReader, context: CollectContext): Promise<string | undefined> =>
  lackingOf(await orgCollectors.auditor.collect(org, context));

/** What an org is, for the head of its report: the auditing user, and its roles, each with the reason. */
const describe = (evidence: EvidenceOf<OrgFacts>, policy: Policy): Description => {
  const organization = valueOf(evidence.organization);
  const auditor = valueOf(evidence.auditor);
  const declared = policy.orgs.find(({ id }) => organization && sameId(id, organization.id))?.roles;
  const signs = valueOf(evidence.roleSigns);
  const lacking = evidence.auditor && lackingOf(evidence.auditor);
  const temporary = organization && temporaryKind(organization);
  const proven = (signs ?? []).filter(({ holds }) => holds);
  const roles = [...new Set([...(declared ?? []), ...proven.map(({ role }) => role)])];
  const { ownExternalClientApps: apps } = evidence;
  return defined<Description>({
    orgId: organization?.id,
    organization: organization?.name,
    namespace: organization?.namespace,
    instanceUrl: organization?.instanceUrl,
    username: auditor?.username,
    roles: (declared ?? signs) ? roles : undefined,
    temporary,
    population:
      apps?.status === 'complete'
        ? { ExternalClientApp: apps.value.map(({ developerName }) => developerName) }
        : undefined,
    notices: [
      ...(declared ? declaredRoles(declared, proven) : (signs ?? []).map(notice)),
      ...(temporary ? [temporaryNotices[temporary]] : []),
      ...(organization?.oldApiVersion === undefined ? [] : [oldVersionNotice(organization.oldApiVersion)]),
      ...(lacking === undefined ? [] : [lacking]),
      ...populationNotices(evidence.userPopulations),
    ],
  });
};

/** Salesforce returns the same error for an object that is newer than the version and for one that is not allowed. */
const oldVersionNotice = (version: string): string =>
  `The org was read with API version ${version}, which is old: objects that are newer, such as those of External Client Apps, are not available in it. Run again with a higher --api-version, if the org offers one.`;

/** The three kinds of active users: controls treat them differently. */
const populationNotices = (evidence: EvidenceOf<OrgFacts>['userPopulations']): string[] => {
  if (evidence === undefined) return [];
  if (evidence.status === 'unavailable') return [`The users could not be counted: ${evidence.gap.detail}`];
  const { internal, external, salesforce, clock, latestLogin = '' } = evidence.value;
  const names = salesforce.length > 0 ? ` (${some(salesforce.map(({ username }) => username))})` : '';
  const part = evidence.status === 'partial' ? ` Some may be missing: ${evidence.gap.detail}` : '';
  return [
    `Active users: ${internal} internal, ${external} external, ${salesforce.length} created by Salesforce${names}.${part}`,
    ...(clock === undefined ? [] : [clockNotice(clock, latestLogin)]),
  ];
};

/** Verdicts on ages rest on the clock of the org. */
const clockNotice = (clock: 'ahead' | 'behind', latestLogin: string): string =>
  clock === 'ahead'
    ? `The newest login of a user is from ${latestLogin}, later than this run: the clock of the org, or of this machine, is wrong. Ages of passwords, logins and certificates prove nothing.`
    : `The newest login of a user is from ${latestLogin}, more than 90 days before this run, although the auditing user has a session: the clock of the org may be behind. Check it before you rely on ages of passwords, logins and certificates.`;

/** A scratch org is a sandbox that ends. */
const temporaryKind = ({ sandbox, trialExpires }: Organization): TemporaryOrg | undefined => {
  if (sandbox) return trialExpires === undefined ? 'sandbox' : 'scratch-org';
  return trialExpires === undefined ? undefined : 'trial';
};

const instead = 'It does not count as the org of a namespace or of a package: audit that org itself.';
const temporaryNotices: Readonly<Record<TemporaryOrg, string>> = {
  sandbox: `The org is a sandbox. ${instead}`,
  'scratch-org': `The org is a scratch org. ${instead}`,
  trial: `The org is a trial. ${instead}`,
};

/** A role that the org proves stays, whatever the policy says. */
const declaredRoles = (declared: readonly Role[], proven: readonly RoleSign[]): string[] => [
  `The policy gives the org the roles: ${listed(declared)}.`,
  ...proven
    .filter(({ role }) => !declared.includes(role))
    .map(({ role, because }) => `The policy leaves out the role ${role}, which counts anyway: ${because}.`),
];

const listed = (roles: readonly Role[]): string => (roles.length > 0 ? roles.join(', ') : 'none');

const notice = ({ role, holds, because }: RoleSign): string =>
  holds === undefined
    ? `Could not determine the role ${role}: ${because}. Set it in the policy (orgs, roles).`
    : `The org ${holds ? 'has' : 'does not have'} the role ${role}: ${because}.`;

export const orgDomain: Domain<OrgReader, OrgFacts> = {
  name: 'org',
  collectors: orgCollectors,
  controls: orgControls,
  describes: ['organization', 'roleSigns', 'auditor', 'userPopulations'],
  reselect: ({ auditor, ...others }, required) =>
    auditor === undefined ? others : { ...others, auditor: mapEvidence(auditor, (one) => requiring(one, required)) },
  describe,
};
