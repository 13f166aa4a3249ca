import { complete } from '../engine/evidence.js';
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
import { found, integrationChoices, together, type Found, type Proposed, type Shown } from './proposals.js';

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

const decision = ['owner', 'reason', 'reviewBy'];

/** What an org shows that a policy may want to say something about. */
export const ofOrg = (org: DraftedOrg, evidence: EvidenceOf<OrgFacts>): Found => {
  const { name: target, orgId } = org;
  return together([
    found('orgs', target, complete(org), thisOrg),
    found('orgs', target, evidence.roleSigns, (signs) => ({ remarks: signs.map(roleText) })),
    found('orgs', target, evidence.linkedOrgs, linkedOrgs),
    found('trust.packages', target, evidence.installedPackages, (packages) =>
      sorted(packages, packageProposal, (one) => one.name ?? one.subscriberPackageId)
    ),
    found('trust.apps', target, evidence.connectedApps, (apps) =>
      sorted(apps, (app) => appProposal('Connected App', app, orgId), nameOf)
    ),
    found('trust.apps', target, evidence.externalClientApps, (apps) =>
      sorted(apps, (app) => appProposal('External Client App', app, orgId), nameOf)
    ),
    found('trust.tokens', target, evidence.oauthTokens, ({ uninstalled }) => ({
      proposals: uninstalled.map((token) => tokenProposal(token, orgId)),
    })),
    found('trust.ipRanges', target, evidence.profileLoginRanges, loginRanges),
    found('integrations', target, evidence.ownConnectedApps, (apps) => ({ proposals: withOauth(apps).map(ownApp) })),
    found('integrations', target, evidence.ownExternalClientApps, (apps) => ({
      proposals: withOauth(apps).flatMap((app) => [ownApp(app), attestation(app, orgId)]),
    })),
  ]);
};

const thisOrg = ({ name, orgId, namespace }: DraftedOrg): Shown => ({
  proposals: [
    {
      about: 'the org that was looked at',
      entry: { alias: name, id: orgId, ...(namespace === undefined ? {} : { namespace }) },
      fill: [],
    },
  ],
});

const roleText = ({ role, holds, because }: RoleSign): string =>
  `Role ${role}: ${holds === undefined ? 'could not be decided' : holds ? 'held' : 'not held'}, ${because}.`;

const linkedOrgs = ({ links }: LinkedOrgs): Shown => ({
  proposals: links.map(({ namespace, orgId }) => ({
    about: 'linked to the Dev Hub',
    entry: { ...(orgId === undefined ? {} : { id: orgId }), namespace },
    fill: orgId === undefined ? ['alias', 'id'] : ['alias'],
  })),
});

type OwnApp = { developerName: string; oauth?: unknown };

const withOauth = <T extends OwnApp>(apps: readonly T[]): T[] => apps.filter(({ oauth }) => oauth !== undefined);

const ownApp = ({ developerName }: OwnApp): Proposed => ({
  about: 'an app of this org',
  entry: { app: developerName },
  fill: integrationChoices,
});

const attestation = ({ developerName }: OwnApp, orgId: string): Proposed => ({
  section: 'attestations',
  about: 'External Client App of this org',
  entry: { subject: `ExternalClientApp:${developerName}`, org: orgId },
  lists: { control: ANSWERED_IN_SETUP },
  fill: ['owner', 'reason', 'on', 'expires'],
});

/** What Salesforce publishes, and what was made in the org itself, is trusted or judged without an entry. */
const sorted = <T extends { namespace?: string; own?: boolean }>(
  all: readonly T[],
  propose: (one: T) => Proposed,
  name: (one: T) => string
): Shown => {
  const reason = ({ own, namespace }: T): string | undefined => {
    if (own === true) return 'created in this org, evaluated by the own-apps controls';
    return isFirstParty(namespace) ? `has the namespace ${namespace ?? ''} of Salesforce` : undefined;
  };
  return {
    proposals: all.filter((one) => reason(one) === undefined).map(propose),
    remarks: all.flatMap((one) => {
      const why = reason(one);
      return why === undefined ? [] : [`No entry for ${name(one)}: ${why}.`];
    }),
  };
};

const nameOf = ({ name }: { name: string }): string => name;

const packageProposal = (one: InstalledPackage): Proposed => ({
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

type InstalledApp = InstalledConnectedApp | InstalledExternalClientApp;

const appProposal = (kind: string, app: InstalledApp, orgId: string): Proposed => ({
  about: [
    `${kind} ${app.name}`,
    app.namespace === undefined ? 'without namespace' : `namespace ${app.namespace}`,
    `installed ${shortDay(app.created)}`,
    ...(app.own === undefined ? ['whether it was created in this org could not be determined'] : []),
    ...(app.selfAuthorized ? ['any user can authorize it'] : []),
  ].join(', '),
  // An id is valid in one org only.
  entry:
    'orgScopedName' in app && app.orgScopedName !== undefined
      ? { externalApp: app.orgScopedName }
      : { org: orgId, id: app.id },
  fill: decision,
});

const tokenProposal = (
  { appName, tokens, users, lastUsed }: OauthTokens['uninstalled'][number],
  orgId: string
): Proposed => ({
  about:
    `not installed, live tokens: ${tokens}, users: ${users.length}, ` +
    `last use: ${lastUsed === undefined ? 'unknown' : shortDay(lastUsed)}; revoke them rather`,
  entry: { org: orgId, appName },
  fill: decision,
});

/** A range that is wider than this is not a list of known addresses, and must be reviewed before it is used. */
const widest = { ipv4: 16, ipv6: 48 };

const loginRanges = (profiles: readonly ProfileLoginRanges[]): Shown => {
  const shown = profiles.flatMap(({ name, ranges = [] }) => ranges.map((range) => rangeShown(name, range)));
  return {
    proposals: shown.filter((one) => typeof one !== 'string'),
    remarks: [
      ...shown.filter((one) => typeof one === 'string'),
      ...profiles
        .filter(({ ranges }) => ranges === undefined)
        .map(({ name, unseen = '' }) => `The ranges of the profile ${name} could not be read. ${unseen}`),
    ],
  };
};

/** An entry, or the reason why the range has no entry. */
const rangeShown = (profile: string, { start, end }: IpRange): Proposed | string => {
  const addresses = interval(start, end);
  const cidr = cidrOf(start, end);
  const remark = (why: string): string => `No entry for ${start} to ${end} of the profile ${profile}: ${why}.`;
  if (addresses === undefined) return remark('it is no range of addresses');
  if (isUnroutable(addresses)) return remark('no login comes from there');
  if (isWider(addresses, widest)) return remark('it is very wide');
  if (cidr === undefined) return remark('it is no single CIDR range');
  return { about: `login range of the profile ${profile}`, entry: { cidr }, fill: ['name'] };
};
