import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, valueOf } from '../../engine/evidence.js';
import type { InstalledConnectedApp } from '../facts.js';
import { apiAccessControl } from './apiAccessControl.js';
import { orgCollector, seeApps, seeMetadata } from './shared/orgCollector.js';
import { publishedBySalesforce } from './shared/publishers.js';
import { flag, isoTime, orPart, text } from './shared/soql.js';

const appRow = z.object({
  Id: z.string(),
  Name: z.string(),
  CreatedDate: z.string(),
  OptionsAllowAdminApprovedUsersOnly: flag,
});
const itemRow = z.object({ ApplicationId: text, Name: text, NamespacePrefix: text });
type App = z.infer<typeof appRow>;
type Item = z.infer<typeof itemRow>;

/** Both are also asked by other collectors, in the same words, so that the org is asked once. */
export const connectedAppsQuery =
  'SELECT Id, Name, CreatedDate, OptionsAllowAdminApprovedUsersOnly FROM ConnectedApplication';
/** ConnectedApplication has neither a namespace nor a developer name; its entry in the app menu has both. */
export const menuQuery = 'SELECT Id, ApplicationId, Name, NamespacePrefix FROM AppMenuItem';

export const connectedApps = orgCollector<readonly InstalledConnectedApp[]>({
  reads: [
    'ConnectedApplication',
    'AppMenuItem',
    'ConnectedApp (Metadata API)',
    'ConnectedAppSettings (Tooling)',
    'Publisher',
  ],
  requires: [seeApps, seeMetadata],
  collect: async (org, context) => {
    const [apps, items, listed, control, publishers] = await Promise.all([
      org.query(connectedAppsQuery, appRow),
      org.query(menuQuery, itemRow),
      // The Metadata API lists only apps that were created in this org (Metadata API, ConnectedApp).
      org.listMetadata('ConnectedApp'),
      apiAccessControl.collect(org, context),
      publishedBySalesforce(org),
    ]);
    const approvedOnly = valueOf(control)?.adminApprovedAppsOnly === true;
    return combine([apps, orPart(items, undefined), orPart(listed, undefined)], (rows, menu, names) => {
      const itemOf = (app: App): Item | undefined => menu?.find(({ ApplicationId }) => ApplicationId === app.Id);
      const shown = rows.flatMap((app) => itemOf(app) ?? []);
      const ownOf = ownership(shown, items.status === 'complete', names, org.namespace);
      return rows.map((app) => {
        const item = itemOf(app);
        return defined<InstalledConnectedApp>({
          id: app.Id,
          name: app.Name,
          namespace: item?.NamespacePrefix,
          created: isoTime(app.CreatedDate),
          own: ownOf(item),
          publishedBySalesforce: publishers.get(item?.NamespacePrefix?.toLowerCase() ?? ''),
          selfAuthorized: app.OptionsAllowAdminApprovedUsersOnly !== true && !approvedOnly,
        });
      });
    });
  },
});

/** Whether the app behind its menu item was created here; `undefined` where the answers do not show it. */
const ownership = (
  items: readonly Item[],
  isWholeMenu: boolean,
  listed: readonly string[] | undefined,
  namespace: string | undefined
): ((item: Item | undefined) => boolean | undefined) => {
  const prefix = namespace === undefined ? '' : `${namespace}__`.toLowerCase();
  const plain = (name: string): string => {
    const lower = name.toLowerCase();
    return prefix !== '' && lower.startsWith(prefix) ? lower.slice(prefix.length) : lower;
  };
  const isHere = ({ NamespacePrefix }: Item): boolean =>
    !NamespacePrefix || NamespacePrefix.toLowerCase() === namespace?.toLowerCase();
  const made = listed && new Set(listed.map(plain));
  const names = items.filter(isHere).map(({ Name }) => plain(Name ?? ''));
  const isListedOnly = made === undefined || [...made].some((name) => !names.includes(name));
  return (item) => {
    // Without a menu item an app may be any of those made here that have none either.
    if (item === undefined) return isWholeMenu && !isListedOnly ? false : undefined;
    if (!isHere(item)) return false;
    const name = plain(item.Name ?? '');
    // Any app can take a name: of several only one is the one that was made here.
    const isTaken = names.filter((one) => one === name).length > 1;
    return made?.has(name) && isTaken ? undefined : made?.has(name);
  };
};
