import type { EvidenceOf } from '../engine/types.js';
import type {
  InstalledConnectedApp,
  InstalledExternalClientApp,
  InstalledPackage,
  IpRange,
  LinkedOrgs,
  OauthTokens,
  OrgFacts,
  ProfileLoginRanges,
  RoleSign,
} from '../org/facts.js';
import { isFirstParty } from '../salesforce/firstPartyNamespaces.js';
import { cidrOf, interval, isUnroutable, isWider } from '../salesforce/ipRanges.js';
import { shortDay } from '../common/dates.js';
import { found, together, type Found, type Proposal, type Remark, type Section } from './proposals.js';

/** The facts of an org that a first policy is drafted from. */
export const orgFactsOfDraft = [
  'roleSigns',
  'linkedOrgs',
  'installedPackages',
  'connectedApps',
  'externalClientApps',
  'oauthTokens',
  'profileLoginRanges',
  'ownConnectedApps',
  'ownExternalClientApps',
] as const satisfies ReadonlyArray<keyof OrgFacts>;

/** An org as it was opened. */
type DraftedOrg = { name: string; orgId: string; namespace?: string };

/** The controls of the org that one look at an External Client App in Setup answers. */
const ANSWERED_IN_SETUP = [
  'org/own-apps-allowlist-token-ips',
  'org/own-apps-callbacks-separate',
  'org/own-apps-controls-reviewed',
  'org/own-apps-require-pkce',
  'org/own-apps-rotate-refresh-tokens',
  'org/own-apps-without-device-flow',
];

const attestation = ({ name: target, orgId }: DraftedOrg, developerName: string): Proposal => ({
  section: 'attestations',
  target,
  about: 'External Client App of this org',
  entry: { subject: `ExternalClientApp:${developerName}`, org: orgId },
  lists: { control: ANSWERED_IN_SETUP },
  fill: ['owner', 'reason', 'on', 'expires'],
});

const decision = ['owner', 'reason', 'reviewBy'];
const integrationChoices = ['name', 'flow', 'callbackOwner', 'secretOwner'];

/** What an org shows that a policy may want to say something about. */
export const ofOrg = (org: DraftedOrg, evidence: EvidenceOf<OrgFacts>): Found => {
  const { name: target, orgId } = org;
  const own = (developerName: string): Proposal => ({
    section: 'integrations',
    target,
    about: 'an app of this org',
    entry: { app: developerName },
    fill: integrationChoices,
  });
  return together([
    { proposals: [thisOrg(org)], remarks: [], unseen: [] },
    found('orgs', target, evidence.roleSigns, (signs) => ({ proposals: [], remarks: signs.map(roleRemark(target)) })),
    found('orgs', target, evidence.linkedOrgs, (linked) => linkedOrgs(target, linked)),
    found('trust.packages', target, evidence.installedPackages, (packages) =>
      sorted('trust.packages', target, packages, packageProposal(target), (one) => one.name ?? one.subscriberPackageId)
    ),
    found('trust.apps', target, evidence.connectedApps, (apps) =>
      sorted('trust.apps', target, apps, connectedApp(target, orgId), ({ name }) => name)
    ),
    found('trust.apps', target, evidence.externalClientApps, (apps) =>
      sorted('trust.apps', target, apps, externalClientApp(target, orgId), ({ name }) => name)
    ),
    found('trust.tokens', target, evidence.oauthTokens, ({ uninstalled }) => ({
      proposals: uninstalled.map(tokenProposal(target, orgId)),
      remarks: [],
    })),
    found('trust.ipRanges', target, evidence.profileLoginRanges, (profiles) => loginRanges(target, profiles)),
    found('integrations', target, evidence.ownConnectedApps, (apps) => ({
      proposals: apps.filter(({ oauth }) => oauth !== undefined).map(({ developerName }) => own(developerName)),
      remarks: [],
    })),
    found('integrations', target, evidence.ownExternalClientApps, (apps) => ({
      proposals: apps
        .filter(({ oauth }) => oauth !== undefined)
        .flatMap(({ developerName }) => [own(developerName), attestation(org, developerName)]),
      remarks: [],
    })),
  ]);
};

type Shown = Pick<Found, 'proposals' | 'remarks'>;

const thisOrg = ({ name, orgId, namespace }: DraftedOrg): Proposal => ({
  section: 'orgs',
  target: name,
  about: 'the org that was looked at',
  entry: { alias: name, id: orgId, ...(namespace === undefined ? {} : { namespace }) },
  fill: [],
});

const roleRemark =
  (target: string) =>
  ({ role, holds, because }: RoleSign): Remark => ({
    section: 'orgs',
    target,
    text: `Role ${role}: ${holds === undefined ? 'could not be decided' : holds ? 'held' : 'not held'}, ${because}.`,
  });

const linkedOrgs = (target: string, { links }: LinkedOrgs): Shown => ({
  proposals: links.map(({ namespace, orgId }) => ({
    section: 'orgs',
    target,
    about: 'linked to the Dev Hub',
    entry: { ...(orgId === undefined ? {} : { id: orgId }), namespace },
    fill: orgId === undefined ? ['alias', 'id'] : ['alias'],
  })),
  remarks: [],
});

/** What Salesforce publishes, and what was made in the org itself, is trusted or judged without an entry. */
const sorted = <T extends { namespace?: string; own?: boolean }>(
  section: Section,
  target: string,
  all: readonly T[],
  propose: (one: T) => Proposal,
  nameOf: (one: T) => string
): Shown => {
  const reason = ({ own, namespace }: T): string | undefined => {
    if (own === true) return 'created in this org, evaluated by the own-apps controls';
    return isFirstParty(namespace) ? `has the namespace ${namespace ?? ''} of Salesforce` : undefined;
  };
  return {
    proposals: all.filter((one) => reason(one) === undefined).map(propose),
    remarks: all.flatMap((one) => {
      const why = reason(one);
      return why === undefined ? [] : [{ section, target, text: `No entry for ${nameOf(one)}: ${why}.` }];
    }),
  };
};

const packageProposal =
  (target: string) =>
  (one: InstalledPackage): Proposal => ({
    section: 'trust.packages',
    target,
    about: [
      one.name ?? 'a package without a name',
      ...(one.version === undefined ? [] : [`version ${one.version}`]),
      ...(one.managed === false && one.unlocked !== true ? ['unmanaged'] : []),
      ...(one.unlocked === true ? ['unlocked'] : []),
      ...(one.beta === true ? ['beta'] : []),
      ...(one.securityReviewed === undefined ? [] : [`${one.securityReviewed ? '' : 'not '}security-reviewed`]),
    ].join(', '),
    entry: { id: one.subscriberPackageId, ...(one.namespace === undefined ? {} : { namespace: one.namespace }) },
    fill: decision,
  });

const sinceOf = ({ name, namespace, created, own }: InstalledConnectedApp | InstalledExternalClientApp): string[] => [
  name,
  namespace === undefined ? 'without namespace' : `namespace ${namespace}`,
  `installed ${shortDay(created)}`,
  ...(own === undefined ? ['whether it was created in this org could not be determined'] : []),
];

const connectedApp =
  (target: string, orgId: string) =>
  (app: InstalledConnectedApp): Proposal => ({
    section: 'trust.apps',
    target,
    about: `Connected App ${sinceOf(app).join(', ')}${app.selfAuthorized ? ', any user can authorize it' : ''}`,
    // An id is valid in one org only.
    entry: { org: orgId, id: app.id },
    fill: decision,
  });

const externalClientApp =
  (target: string, orgId: string) =>
  (app: InstalledExternalClientApp): Proposal => ({
    section: 'trust.apps',
    target,
    about: `External Client App ${sinceOf(app).join(', ')}${app.selfAuthorized ? ', any user can authorize it' : ''}`,
    entry: app.orgScopedName === undefined ? { org: orgId, id: app.id } : { externalApp: app.orgScopedName },
    fill: decision,
  });

const tokenProposal =
  (target: string, orgId: string) =>
  ({ appName, tokens, users, lastUsed }: OauthTokens['uninstalled'][number]): Proposal => ({
    section: 'trust.tokens',
    target,
    about:
      `not installed, live tokens: ${tokens}, users: ${users.length}, ` +
      `last use: ${lastUsed === undefined ? 'unknown' : shortDay(lastUsed)}; revoke them rather`,
    entry: { org: orgId, appName },
    fill: decision,
  });

/** A range that is wider than this is not a list of known addresses, and must be reviewed before it is used. */
const widest = { ipv4: 16, ipv6: 48 };

const loginRanges = (target: string, profiles: readonly ProfileLoginRanges[]): Shown => {
  const shown = profiles.flatMap(({ name, ranges = [] }) => ranges.map((range) => rangeShown(target, name, range)));
  return {
    proposals: shown.flatMap((one) => ('entry' in one ? [one] : [])),
    remarks: [
      ...shown.flatMap((one) => ('entry' in one ? [] : [one])),
      ...profiles
        .filter(({ ranges }) => ranges === undefined)
        .map(({ name, unseen = '' }): Remark => ({
          section: 'trust.ipRanges',
          target,
          text: `The ranges of the profile ${name} could not be read. ${unseen}`,
        })),
    ],
  };
};

const rangeShown = (target: string, profile: string, { start, end }: IpRange): Proposal | Remark => {
  const section = 'trust.ipRanges';
  const addresses = interval(start, end);
  const cidr = cidrOf(start, end);
  const remark = (why: string): Remark => ({
    section,
    target,
    text: `No entry for ${start} to ${end} of the profile ${profile}: ${why}.`,
  });
  if (addresses === undefined) return remark('it is no range of addresses');
  if (isUnroutable(addresses)) return remark('no login comes from there');
  if (isWider(addresses, widest)) return remark('it is very wide');
  if (cidr === undefined) return remark('it is no single CIDR range');
  return { section, target, about: `login range of the profile ${profile}`, entry: { cidr }, fill: ['name'] };
};
