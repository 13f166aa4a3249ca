import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, complete } from '../../engine/evidence.js';
import type { Evidence, Requirement } from '../../engine/types.js';
import type { LinkedOrgs } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { orgCollector } from './shared/orgCollector.js';
import { roleSigns } from './roleSigns.js';
import { flag, text } from './shared/soql.js';

const nothingRead: LinkedOrgs = { read: false, links: [] };

/** Tooling API, Package2: "Create and Update Second-Generation Packages". */
const seePackages: Requirement = ['Packaging2'];

export const linkedOrgs = orgCollector<LinkedOrgs>({
  reads: ['NamespaceRegistry', 'Package2 (Tooling)', 'DevHubSettings (Tooling)', 'ScratchOrgInfo'],
  requires: [seePackages],
  restsOn: ({ read }) => (read ? [seePackages] : []),
  collect: async (org, context) => {
    const signs = await roleSigns.collect(org, context);
    if (signs.status === 'unavailable') return signs;
    const isDevHub = signs.value.find(({ role }) => role === 'dev-hub')?.holds;
    if (isDevHub === false) return complete(nothingRead);
    const links = await linksOf(org);
    // Both objects exist in a Dev Hub only, so a refusal leaves an undecided role undecided.
    return isDevHub === undefined && links.status === 'unavailable' ? complete(nothingRead) : links;
  },
});

const linksOf = async (org: OrgReader): Promise<Evidence<LinkedOrgs>> => {
  const [registry, packages] = await Promise.all([
    org.query(
      'SELECT NamespacePrefix, NamespaceOrg FROM NamespaceRegistry',
      z.object({ NamespacePrefix: text, NamespaceOrg: text })
    ),
    org.toolingQuery(
      'SELECT Name, NamespacePrefix, ContainerOptions, IsDeprecated FROM Package2',
      z.object({ Name: z.string(), NamespacePrefix: text, ContainerOptions: text, IsDeprecated: flag })
    ),
  ]);
  return combine([registry, packages], (entries, made) => {
    const managed = new Map<string, { namespace: string; packages: string[] }>();
    for (const { Name, NamespacePrefix, ContainerOptions, IsDeprecated } of made) {
      if (!NamespacePrefix || ContainerOptions !== 'Managed' || IsDeprecated === true) continue;
      const key = NamespacePrefix.toLowerCase();
      const { packages: others } = managed.get(key) ?? { packages: [] };
      managed.set(key, { namespace: NamespacePrefix, packages: [...others, Name] });
    }
    const registered = entries.map(({ NamespacePrefix, NamespaceOrg }) => {
      const namespace = NamespacePrefix ?? NamespaceOrg ?? '';
      const { packages: own = [] } = managed.get(namespace.toLowerCase()) ?? {};
      return defined<LinkedOrgs['links'][number]>({ namespace, packages: own, orgId: NamespaceOrg });
    });
    const known = new Set(registered.map(({ namespace }) => namespace.toLowerCase()));
    return {
      read: true,
      links: [...registered, ...[...managed].flatMap(([key, link]) => (known.has(key) ? [] : [link]))],
    };
  });
};
