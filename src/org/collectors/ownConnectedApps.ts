import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { mapEvidence } from '../../engine/evidence.js';
import { isScope } from '../../salesforce/oauth.js';
import type { OwnConnectedApp } from '../facts.js';
import type { MetadataComponent, OrgReader } from '../client/types.js';
import { elementsOf, elementList } from '../client/soap.js';
import { connectedAppsQuery } from './connectedApps.js';
import { oauthSettings } from './shared/oauthSettings.js';
import { orgCollector, seeMetadata } from './shared/orgCollector.js';
import { isPackagedState } from './shared/packagedState.js';
import { isoTime } from './shared/soql.js';

/** The Metadata API gives only Connected Apps that were created in this org (Metadata API, ConnectedApp). */
export const ownConnectedApps = orgCollector<readonly OwnConnectedApp[]>({
  reads: ['ConnectedApp (Metadata API)', 'ConnectedApplication'],
  requires: [seeMetadata],
  collect: async (org) => {
    const listed = await org.listComponents('ConnectedApp');
    if (listed.status === 'unavailable' || listed.value.length === 0) return mapEvidence(listed, () => []);
    const [components, created] = await Promise.all([
      org.readMetadata(
        'ConnectedApp',
        listed.value.map(({ fullName }) => fullName)
      ),
      creationDates(org),
    ]);
    return mapEvidence(components, (all) => all.map((component) => appOf(component, listed.value, created)));
  },
});

/** By name, in lower case, if one app has it: of several, any may be the one of this org. Empty when not fully read. */
const creationDates = async (org: OrgReader): Promise<ReadonlyMap<string, string>> => {
  const rows = await org.query(connectedAppsQuery, z.object({ Name: z.string(), CreatedDate: z.string() }));
  if (rows.status !== 'complete') return new Map();
  const dated = rows.value.map(({ Name, CreatedDate }) => [Name.toLowerCase(), isoTime(CreatedDate)] as const);
  const isOnly = ([name]: readonly [string, string]): boolean => dated.filter(([other]) => other === name).length === 1;
  return new Map(dated.filter(isOnly));
};

const appOf = (
  { fullName, label, oauthConfig, oauthPolicy }: Record<string, unknown>,
  listed: readonly MetadataComponent[],
  created: ReadonlyMap<string, string>
): OwnConnectedApp => {
  const developerName = String(fullName);
  // Some apps have no label; findings then go by the developer name.
  const name = typeof label === 'string' ? label : developerName;
  const state = listed.find((component) => component.fullName === developerName)?.state;
  return defined<OwnConnectedApp>({
    developerName,
    name,
    created: created.get(name.toLowerCase()),
    packaged: isPackagedState(state),
    oauth: oauthConfig === undefined ? undefined : oauthOf(elementsOf(oauthConfig), elementsOf(oauthPolicy)),
  });
};

/** Every app that uses OAuth has a scope, so none means that it was not sent; and what is no name of a scope could be any. */
const oauthOf = (
  config: Record<string, unknown>,
  { refreshTokenPolicy, ipRelaxation }: Record<string, unknown>
): OwnConnectedApp['oauth'] => {
  const scopes = elementList(config['scopes']).map(String);
  return defined<NonNullable<OwnConnectedApp['oauth']>>({
    ...oauthSettings(config),
    scopes: scopes.length > 0 && scopes.every(isScope) ? scopes : undefined,
    refreshTokenPolicy: typeof refreshTokenPolicy === 'string' ? refreshTokenPolicy : undefined,
    ipRelaxation: typeof ipRelaxation === 'string' ? ipRelaxation : undefined,
  });
};
