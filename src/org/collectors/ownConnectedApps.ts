import { z } from 'zod';
import { mapEvidence } from '../../engine/evidence.js';
import type { OwnConnectedApp } from '../facts.js';
import type { Component, OrgReader } from '../reader.js';
import { isObject, listOf } from '../soap.js';
import { oauthSettings } from './oauthSettings.js';
import { orgCollector, seeMetadata } from './orgCollector.js';
import { defined } from './soql.js';

/** The Metadata API gives Connected Apps of this org only; were an installed one among them, its state would say so. */
export const ownConnectedApps = orgCollector<readonly OwnConnectedApp[]>({
  reads: ['ConnectedApp (Metadata API)', 'ConnectedApplication'],
  requires: [seeMetadata],
  collect: async (org) => {
    const listed = await org.listComponents('ConnectedApp');
    if (listed.status === 'unavailable') return listed;
    const own = listed.value.filter(({ state }) => !state?.startsWith('installed'));
    if (own.length === 0) return mapEvidence(listed, () => []);
    const [components, created] = await Promise.all([
      org.readMetadata(
        'ConnectedApp',
        own.map(({ fullName }) => fullName)
      ),
      creationDates(org),
    ]);
    return mapEvidence(components, (all) => all.map((component) => appOf(component, own, created)));
  },
});

/** By name, in lower case; empty when not readable, and then no date is known. */
const creationDates = async (org: OrgReader): Promise<ReadonlyMap<string, string>> => {
  const rows = await org.query(
    'SELECT Name, CreatedDate FROM ConnectedApplication',
    z.object({ Name: z.string(), CreatedDate: z.string() })
  );
  if (rows.status === 'unavailable') return new Map();
  return new Map(
    rows.value.map(({ Name, CreatedDate }) => [Name.toLowerCase(), new Date(CreatedDate).toISOString()] as const)
  );
};

const appOf = (
  { fullName, label, oauthConfig, oauthPolicy }: Record<string, unknown>,
  listed: readonly Component[],
  created: ReadonlyMap<string, string>
): OwnConnectedApp => {
  const developerName = String(fullName);
  const name = typeof label === 'string' ? label : developerName;
  const state = listed.find((component) => component.fullName === developerName)?.state;
  const policy = isObject(oauthPolicy) ? oauthPolicy['refreshTokenPolicy'] : undefined;
  return defined<OwnConnectedApp>({
    developerName,
    name,
    created: created.get(name.toLowerCase()),
    packaged: state === undefined ? undefined : state !== 'unmanaged',
    oauth: isObject(oauthConfig)
      ? defined({
          ...oauthSettings(oauthConfig),
          scopes: listOf(oauthConfig['scopes']).map(String),
          refreshTokenPolicy: typeof policy === 'string' ? policy : undefined,
        })
      : undefined,
  });
};
