import { readFileSync } from 'node:fs';
import type { Scenario } from '../../simulator/index.js';
import { broken } from '../../simulator/scenarios/broken.js';
import { canary } from './secrets.js';

/** Columns of any object in which a secret stands, or could. */
const secretColumn =
  /token|secret|password|privatekey|credential|sessionkey|sessionid|certificate$|assertion|consumerkey|body$/i;

const [standard, tooling] = ['standard', 'tooling'].map(
  (name) => JSON.parse(readFileSync(new URL(`../../simulator/schema/${name}.json`, import.meta.url), 'utf8')) as Schema
);
type Schema = { objects: Record<string, { fields: Record<string, { type: string }> }> };
const columnsOf = (object: string): string[] =>
  [standard, tooling].flatMap((schema) =>
    Object.entries(schema?.objects[object]?.fields ?? {}).flatMap(([name, { type }]) =>
      type === 'string' && secretColumn.test(name) ? [name] : []
    )
  );

/** Every form of a secret on one line, as somebody might have typed it into a free text. */
export const typed = [
  `sid=${canary.accessToken}`,
  `Bearer ${canary.accessToken}`,
  `refresh_token=${canary.refreshToken}`,
  `client_secret: ${canary.consumerSecret}`,
  `password=${canary.password}`,
  canary.accessToken,
  canary.refreshToken,
  canary.pkcs8.replaceAll('\n', ' '),
].join(' ');

/** The org with every kind of trouble, with a secret in every place that has room for one. */
export const planted = (): Scenario => {
  const scenario = broken();
  for (const [object, rows] of Object.entries(scenario.tables)) {
    for (const row of rows) {
      for (const column of columnsOf(object)) row[column] ??= canary.token;
      if (object === 'SetupAuditTrail') row['Display'] = `${String(row['Display'])} ${typed}`;
      if (object === 'LoginHistory') Object.assign(row, { LoginUrl: `login.example?${typed}`, Browser: typed });
    }
  }
  const oauth = {
    consumerKey: canary.apiKey,
    consumerSecret: canary.consumerSecret,
    isConsumerSecretOptional: 'false',
  };
  for (const [type, element] of [
    ['ConnectedApp', 'oauthConfig'],
    ['ExtlClntAppGlobalOauthSettings', undefined],
    ['Certificate', undefined],
  ] as const) {
    for (const component of Object.values(scenario.metadata[type] ?? {})) {
      const holder = component as Record<string, object>;
      const secrets = { ...oauth, content: canary.pkcs8, privateKey: canary.pkcs1 };
      Object.assign(element === undefined ? holder : (holder[element] ?? {}), secrets);
    }
  }
  scenario.metadata['NamedCredential'] = { Gateway: { password: canary.password, oauthToken: canary.token } };
  scenario.metadata['AuthProvider'] = { Corporate: { consumerSecret: canary.consumerSecret } };
  return scenario;
};

/** The lines of a private key, and whatever else is long enough not to stand in a text by chance. */
export const piecesOf = (secrets: readonly string[]): string[] => [
  ...new Set(
    secrets
      .flatMap((secret) => secret.split(/\s+/))
      .filter((line) => line.length >= 8 && !/^-----|-----$|PRIVATE/.test(line))
  ),
];
