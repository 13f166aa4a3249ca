import * as z from 'zod';
import { complete, mapEvidence, orGap } from '../../engine/evidence.js';
import type { CollectContext, Evidence, Gap } from '../../engine/types.js';
import type { OwnGlobalOauthSettings } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { oauthSettings } from './shared/oauthSettings.js';
import { externalClientAppRows, isOwnExternalClientAppRow } from './shared/externalClientApps.js';
import { orgCollector, seeMetadata } from './shared/orgCollector.js';
import { settingsOf, toBoolean } from './shared/soql.js';

const type = 'ExtlClntAppGlobalOauthSettings';

/** Everything else of a component, the consumer secret above all, never leaves the reader. */
const kept = [
  'externalClientApplication',
  'callbackUrl',
  'certificate',
  'isClientCredentialsFlowEnabled',
  'isDeviceFlowEnabled',
  'isEnforceRefreshTokenTTL',
  'isPkceRequired',
  'isRefreshTokenRotationEnabled',
];

/** Reads no settings unless the policy requires it: the answer may carry the consumer secret of every app. */
export const ownGlobalOauthSettings = orgCollector<OwnGlobalOauthSettings>({
  reads: [
    `${type} (Metadata API, only with the parameter readGlobalOauthSettings)`,
    'ExternalClientAppSettings (Tooling)',
  ],
  requires: [seeMetadata],
  restsOn: ({ read }) => (read ? [seeMetadata] : []),
  collect: async (org, { params }) => {
    const { gap, ...secrets } = await secretsOf(org);
    // Metadata API, ExternalClientAppSettings: an org that hides secrets shows these settings to no user.
    if (!isAskedFor(params) || secrets.secrets === 'hidden') {
      return orGap(complete({ read: false, ...secrets, apps: [] }), gap);
    }
    const settings = mapEvidence(await read(org), (found) => ({ ...found, ...secrets }));
    // Salesforce Help: "View External Client App Consumer Secrets in Metadata".
    return settings.status === 'unavailable' && settings.gap.kind === 'no-access'
      ? { ...settings, gap: { ...settings.gap, grants: ['ViewClientSecret', 'ModifyMetadata'] } }
      : settings;
  },
});

type Secrets = Pick<OwnGlobalOauthSettings, 'secrets'> & { gap?: Gap };

/**
 * An org without External Client Apps of its own has no settings in question. A switch that the org does not send is
 * unknown to everyone; one whose read failed is not, so no attestation can replace it.
 */
const secretsOf = async (org: OrgReader): Promise<Secrets> => {
  const apps = await externalClientAppRows(org);
  if (apps.status === 'complete' && !apps.value.some((row) => isOwnExternalClientAppRow(org, row))) return {};
  const settings = await settingsOf(org, 'ExternalClientAppSettings');
  if (settings.status !== 'complete') return { gap: settings.gap };
  const shown = toBoolean(settings.value['enableConsumerSecretApiAccess']);
  return shown === undefined ? {} : { secrets: shown ? 'shown' : 'hidden' };
};

const asking = z.object({ readGlobalOauthSettings: z.literal(true) });

const isAskedFor = (params: CollectContext['params']): boolean =>
  Object.values(params).some((one) => asking.safeParse(one).success);

const read = async (org: OrgReader): Promise<Evidence<OwnGlobalOauthSettings>> => {
  const names = await org.listMetadata(type);
  if (names.status === 'unavailable') return names;
  return mapEvidence(await org.readMetadata(type, names.value, kept), (components) => ({
    read: true,
    apps: components.map((component) => ({
      app: plainName(String(component['externalClientApplication']), org.namespace),
      ...oauthSettings(component),
    })),
  }));
};

/** The component may name the app with the namespace of the org; another namespace is another app. */
const plainName = (name: string, namespace: string | undefined): string => {
  const prefix = `${namespace ?? ''}__`.toLowerCase();
  return namespace !== undefined && name.toLowerCase().startsWith(prefix) ? name.slice(prefix.length) : name;
};
