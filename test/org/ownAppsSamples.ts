import type { OwnConnectedApp, OwnExternalClientApp, OwnGlobalOauthSettings, OrgFacts } from '../../src/org/facts.js';

type OwnAppFacts = Pick<OrgFacts, 'ownConnectedApps' | 'ownExternalClientApps' | 'ownGlobalOauthSettings'>;
type Oauth = NonNullable<OwnConnectedApp['oauth']>;

/** A Connected App that does everything right, read with API 68. */
export const connected = (
  oauth: Partial<Oauth> | undefined = {},
  rest: Partial<OwnConnectedApp> = {}
): OwnConnectedApp => ({
  developerName: 'Acme_Sync',
  name: 'Acme Sync',
  created: '2024-05-01T08:00:00.000Z',
  packaged: true,
  oauth: {
    scopes: ['Api', 'RefreshToken'],
    callbacks: ['https://sync.acme.example/callback'],
    pkceRequired: true,
    refreshTokenRotation: true,
    deviceFlow: false,
    refreshTokenTtl: true,
    ipBinding: true,
    clientCredentials: false,
    certificate: false,
    refreshTokenPolicy: 'infinite',
    ...oauth,
  },
  ...rest,
});

/** An app for SAML only. */
export const saml = connected({}, { developerName: 'Acme_Saml', name: 'Acme Saml', oauth: undefined });

/** An External Client App, and its global OAuth settings. */
export const external = (
  oauth: OwnExternalClientApp['oauth'] = {},
  rest: Partial<OwnExternalClientApp> = {}
): OwnExternalClientApp => ({
  id: '0xI1',
  developerName: 'Acme_Door',
  packaged: true,
  oauth: { scopes: ['API', 'REFRESH_TOKEN'], refreshTokenPolicy: 'Infinite', tokenRanges: [], ...oauth },
  ...rest,
});
export const global = (
  settings: Partial<OwnGlobalOauthSettings['apps'][number]> = {}
): OwnGlobalOauthSettings['apps'][number] => ({
  app: 'Acme_Door',
  callbacks: ['https://door.acme.example/callback'],
  pkceRequired: true,
  refreshTokenRotation: true,
  deviceFlow: false,
  refreshTokenTtl: true,
  clientCredentials: false,
  certificate: false,
  ...settings,
});

/** `globals` absent: nobody asked for the global OAuth settings. */
export const facts = (
  apps: ReadonlyArray<OwnConnectedApp | OwnExternalClientApp>,
  globals?: OwnGlobalOauthSettings['apps']
): OwnAppFacts => ({
  ownConnectedApps: apps.filter((app): app is OwnConnectedApp => !('id' in app)),
  ownExternalClientApps: apps.filter((app): app is OwnExternalClientApp => 'id' in app),
  ownGlobalOauthSettings: { read: globals !== undefined, apps: globals ?? [] },
});

export const none = facts([]);
