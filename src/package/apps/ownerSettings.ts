import { sameId } from '../../common/ids.js';
import type { ExternalClientApp, Located, OauthSettings, OwnerApp, OwnerSettings } from '../facts.js';

/** The app, completed by what the org that owns it shows. What the source shows is kept. */
export function withOwner(app: ExternalClientApp, owners: readonly OwnerSettings[] = []): ExternalClientApp {
  const { ownerOrg, ownerApp } = app;
  if (owners.length === 0 || ownerOrg === undefined || ownerApp === undefined) return app;
  const owner = owners.find(({ orgId }) => sameId(orgId, ownerOrg));
  if (owner === undefined) {
    return { ...app, owner: { problem: 'other-org', source: owners.map(({ source }) => source).join(', ') } };
  }
  const shown = owner.apps.find(({ name }) => name === ownerApp);
  if (shown === undefined) {
    return { ...app, owner: { problem: owner.complete ? 'no-app' : 'not-read', source: owner.source } };
  }
  return {
    ...app,
    ...settingsOf(app, shown),
    owner: { source: owner.source, ...policyOf(shown) },
  };
}

function policyOf({ packaged, ipRelaxation, clientCredentials }: OwnerApp): Partial<ExternalClientApp['owner']> {
  return {
    ...(packaged === undefined ? {} : { packaged }),
    ...(ipRelaxation === undefined ? {} : { ipRelaxation }),
    ...(clientCredentials === undefined ? {} : { clientCredentials }),
  };
}

function settingsOf(app: ExternalClientApp, shown: OwnerApp): Partial<ExternalClientApp> {
  const place = { file: app.file, ...(app.line === undefined ? {} : { line: app.line }) };
  const located = <T>(value: T): Located<T> => ({ value, ...place });
  const { scopes, refreshTokenPolicy, tokenIpRanges, settings } = shown;
  return {
    ...(app.oauth === undefined && scopes !== undefined ? { oauth: { ...place, scopes: scopes.map(located) } } : {}),
    ...(app.refreshTokenPolicy === undefined && refreshTokenPolicy !== undefined
      ? { refreshTokenPolicy: located(refreshTokenPolicy) }
      : {}),
    ...(app.tokenIpRanges === undefined && tokenIpRanges !== undefined
      ? { tokenIpRanges: tokenIpRanges.map(located) }
      : {}),
    ...(app.global === undefined && settings !== undefined ? { global: globalOf(settings, place, located) } : {}),
  };
}

function globalOf(
  { callbacks, ...switches }: NonNullable<OwnerApp['settings']>,
  place: { file: string; line?: number },
  located: <T>(value: T) => Located<T>
): OauthSettings {
  const shown = Object.entries(switches).filter(([, value]) => typeof value === 'boolean');
  return {
    ...place,
    ...(callbacks.length > 0 ? { callbacks: callbacks.map(located) } : {}),
    ...Object.fromEntries(shown.map(([name, value]) => [name, located(value)])),
  };
}
