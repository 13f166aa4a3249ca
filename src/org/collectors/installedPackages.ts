import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { mapEvidence, valueOf } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { InstalledPackage } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { orgCollector } from './shared/orgCollector.js';
import { publishedBySalesforce } from './shared/publishers.js';
import { flag, soqlLiteral, text } from './shared/soql.js';

const packageRow = z.object({ Name: text, NamespacePrefix: text });
const versionRow = z.object({
  MajorVersion: z.number().nullable(),
  MinorVersion: z.number().nullable(),
  PatchVersion: z.number().nullable(),
  BuildNumber: z.number().nullable(),
  IsManaged: flag,
  IsBeta: flag,
  IsSecurityReviewed: flag,
  Package2ContainerOptions: text,
});
const idRow = z.object({ SubscriberPackageId: z.string(), SubscriberPackageVersionId: text });
const joinedRow = idRow.extend({
  SubscriberPackage: packageRow.nullable(),
  SubscriberPackageVersion: versionRow.nullable(),
});
type Row = z.infer<typeof joinedRow>;

const idColumns = 'SubscriberPackageId, SubscriberPackageVersionId';
const joinColumns = [
  'SubscriberPackage.Name',
  'SubscriberPackage.NamespacePrefix',
  ...Object.keys(versionRow.shape).map((column) => `SubscriberPackageVersion.${column}`),
].join(', ');

/** Tooling API, InstalledSubscriberPackage: "Download AppExchange Packages"; without it the object is unknown. */
export const installedPackages = orgCollector<readonly InstalledPackage[]>({
  reads: [
    'InstalledSubscriberPackage (Tooling)',
    'SubscriberPackage (Tooling)',
    'SubscriberPackageVersion (Tooling)',
    'Publisher',
  ],
  requires: [['InstallPackaging']],
  collect: async (org) => {
    const joined = await org.toolingQuery(
      `SELECT ${idColumns}, ${joinColumns} FROM InstalledSubscriberPackage`,
      joinedRow
    );
    // One version that Salesforce cannot load fails the whole query with UNKNOWN_EXCEPTION; then ask row by row.
    const rows = joined.status === 'unavailable' && joined.gap.kind === 'error' ? await oneByOne(org) : joined;
    if (rows.status === 'unavailable') return rows;
    const publishers = await publishedBySalesforce(org);
    return mapEvidence(rows, (all) => all.map((one) => packageOf(one, publishers)));
  },
});

const oneByOne = async (org: OrgReader): Promise<Evidence<readonly Row[]>> => {
  const rows = await org.toolingQuery(`SELECT ${idColumns} FROM InstalledSubscriberPackage`, idRow);
  if (rows.status === 'unavailable') return rows;
  // Both parents answer only a query by Id (Tooling API, SubscriberPackageVersion).
  const whole = await Promise.all(
    rows.value.map(async (ids) => ({
      ...ids,
      SubscriberPackage: await parent(org, 'SubscriberPackage', ids.SubscriberPackageId, packageRow),
      SubscriberPackageVersion: ids.SubscriberPackageVersionId
        ? await parent(org, 'SubscriberPackageVersion', ids.SubscriberPackageVersionId, versionRow)
        : null,
    }))
  );
  return mapEvidence(rows, () => whole);
};

const parent = async <T>(
  org: OrgReader,
  object: string,
  id: string,
  row: z.ZodType<T> & { shape: object }
): Promise<T | null> => {
  const columns = Object.keys(row.shape).join(', ');
  const rows = await org.toolingQuery(`SELECT ${columns} FROM ${object} WHERE Id = ${soqlLiteral(id)}`, row);
  return valueOf(rows)?.[0] ?? null;
};

const packageOf = (
  { SubscriberPackageId, SubscriberPackageVersionId, SubscriberPackage, SubscriberPackageVersion: version }: Row,
  publishers: ReadonlyMap<string, boolean>
): InstalledPackage => {
  const namespace = SubscriberPackage?.NamespacePrefix;
  const numbers = [version?.MajorVersion, version?.MinorVersion, version?.PatchVersion, version?.BuildNumber];
  const container = version?.Package2ContainerOptions;
  return defined<InstalledPackage>({
    subscriberPackageId: SubscriberPackageId,
    versionId: SubscriberPackageVersionId,
    name: SubscriberPackage?.Name,
    namespace,
    version: version ? numbers.map((number) => number ?? 0).join('.') : undefined,
    managed: version?.IsManaged,
    beta: version?.IsBeta,
    unlocked: container ? container === 'Unlocked' : undefined,
    securityReviewed: version?.IsSecurityReviewed,
    publishedBySalesforce: publishers.get(namespace?.toLowerCase() ?? ''),
  });
};
