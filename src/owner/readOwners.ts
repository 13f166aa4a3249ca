import { Messages } from '@salesforce/core';
import { defined } from '../common/defined.js';
import { sameId } from '../common/ids.js';
import { collect } from '../engine/collect.js';
import { valueOf } from '../engine/evidence.js';
import type { EvidenceOf } from '../engine/types.js';
import { openOrg, orgDomain, type OrgFacts } from '../org/index.js';
import type { OwnerApp, OwnerSettings, PackageFacts } from '../package/index.js';
import type { AsOf } from '../cli/asOf.js';
import { errorFromMessages, failureOf } from '../cli/errors.js';
import { readEvidence } from '../cli/evidenceFile.js';
import { namedOrgs, otherOrg } from '../cli/orgs.js';
import type { Prepared } from '../cli/runConfig.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/** What decides about the apps of a package, and nothing else of the org. */
const factsOfOwner = ['ownExternalClientApps', 'ownGlobalOauthSettings'] as const satisfies ReadonlyArray<
  keyof OrgFacts
>;

/**
 * What the org that owns the apps shows, from saved evidence or from the org itself.
 *
 * @throws SfError with exit code 1 or 2
 */
export async function readOwners(
  flags: { 'owner-org'?: string; 'owner-evidence'?: string; 'as-of'?: AsOf },
  prepared: Prepared
): Promise<OwnerSettings[]> {
  const { 'owner-org': alias, 'owner-evidence': file, 'as-of': asked } = flags;
  const saved = file === undefined ? [] : await readEvidence(file, orgDomain, prepared, asked);
  const fromFile = saved.flatMap((one) =>
    'facts' in one ? ownerOf(one.org?.orgId ?? one.target.orgId, file ?? '', one.facts) : []
  );
  if (file !== undefined && fromFile.length === 0) throw errorFromMessages(messages, 1, 'noOwnerEvidence', [file]);
  const owners = alias === undefined ? fromFile : [...fromFile, await readOrg(alias, prepared)];
  refuseTwins(owners);
  return owners;
}

/** Two readings of one org may differ, and nothing says which of them counts. */
function refuseTwins(owners: readonly OwnerSettings[]): void {
  const twin = owners.find(({ orgId }, index) => owners.findIndex((one) => sameId(one.orgId, orgId)) < index);
  if (twin === undefined) return;
  const sources = owners.filter(({ orgId }) => sameId(orgId, twin.orgId)).map(({ source }) => source);
  throw errorFromMessages(messages, 2, 'sameOwnerTwice', [sources.join(', '), twin.orgId]);
}

async function readOrg(alias: string, { policy }: Prepared): Promise<OwnerSettings> {
  const [named] = await namedOrgs([alias], policy);
  const reader = await openOrg({ username: named?.username ?? alias }).catch((error: unknown) => {
    throw failureOf(alias, error);
  });
  if (named?.id !== undefined && !sameId(reader.orgId, named.id)) throw otherOrg(alias, reader.orgId, named.id);
  const now = new Date();
  const context = { asOf: now, params: {}, required: [] };
  const facts = await collect(orgDomain.collectors, new Set(factsOfOwner), reader, context);
  const [owner] = ownerOf(reader.orgId, alias, facts);
  if (owner === undefined) throw errorFromMessages(messages, 1, 'ownerNotReadable', [alias]);
  return owner;
}

function ownerOf(orgId: string | undefined, source: string, facts: EvidenceOf<OrgFacts>): OwnerSettings[] {
  const { ownExternalClientApps: apps } = facts;
  if (orgId === undefined || apps === undefined || apps.status === 'unavailable') return [];
  const globals = valueOf(facts.ownGlobalOauthSettings)?.apps ?? [];
  return [{ orgId, source, complete: apps.status === 'complete', apps: apps.value.map((app) => appOf(app, globals)) }];
}

function appOf(
  { developerName: name, packaged, oauth = {} }: OrgFacts['ownExternalClientApps'][number],
  globals: OrgFacts['ownGlobalOauthSettings']['apps']
): OwnerApp {
  const [settings, ...others] = globals.filter(({ app }) => app === name);
  const { scopes, refreshTokenPolicy, tokenRanges, ipRelaxation, clientCredentials } = oauth;
  return defined<OwnerApp>({
    name,
    packaged,
    scopes,
    refreshTokenPolicy,
    tokenIpRanges: tokenRanges,
    ipRelaxation,
    clientCredentials,
    // Of several settings under one name it is not known which belong to the app.
    settings: settings === undefined || others.length > 0 ? undefined : settingsOf(settings),
  });
}

function settingsOf({
  callbacks,
  pkceRequired,
  refreshTokenRotation,
  deviceFlow,
  refreshTokenTtl: idleTokensLimited,
  clientCredentials,
  certificate,
}: OrgFacts['ownGlobalOauthSettings']['apps'][number]): NonNullable<OwnerApp['settings']> {
  const switches = { pkceRequired, refreshTokenRotation, deviceFlow, idleTokensLimited, clientCredentials };
  return defined<NonNullable<OwnerApp['settings']>>({ callbacks, ...switches, certificate });
}

/**
 * An org that owns none of the apps is the wrong org, and no reason to blame the package.
 *
 * @throws SfError with exit code 1
 */
export function refuseOtherOwner(
  owners: readonly OwnerSettings[],
  packages: ReadonlyArray<EvidenceOf<PackageFacts>>
): void {
  if (owners.length === 0) return;
  const apps = packages.flatMap(({ externalClientApps }) => valueOf(externalClientApps) ?? []);
  const orgs = [...new Set(apps.flatMap(({ ownerOrg }) => ownerOrg ?? []))];
  if (orgs.some((org) => owners.some(({ orgId }) => sameId(orgId, org)))) return;
  const given = owners.map(({ source, orgId }) => `${source} (${orgId})`).join(', ');
  const found = orgs.length > 0 ? `They belong to ${orgs.join(', ')}.` : 'Its source names no owning org.';
  throw errorFromMessages(messages, 1, 'otherOwner', [given, found]);
}
