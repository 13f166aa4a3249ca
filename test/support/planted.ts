import { readFileSync } from 'node:fs';
import type { Scenario } from '../../simulator/index.js';
import { broken } from '../../simulator/scenarios/broken.js';
import { metadata, packageProject } from './packageSource.js';
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

/** Columns into which anybody can write what they like; the users, profiles and permissions of the scenario keep their names. */
const namedByPeople = (object: string): string[] =>
  /^(?:User|Profile|PermissionSet\w*|Organization)$/.test(object) ? [] : ['Name', 'AppName', 'MasterLabel', 'Label'];

/** The org with every kind of trouble, with a secret in every place that has room for one. */
export const planted = (): Scenario => {
  const scenario = broken();
  for (const [object, rows] of Object.entries(scenario.tables)) {
    for (const row of rows) {
      for (const column of columnsOf(object)) row[column] ??= canary.token;
      for (const column of namedByPeople(object)) {
        if (typeof row[column] === 'string')
          row[column] = `${row[column]} ${canary.accessToken} ${canary.refreshToken}`;
      }
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

/** Every secret in every kind of file, also in files that break off, and in an element of each type that holds some. */
export const plantedPackage = (): Record<string, string> => {
  const files: Record<string, string> = { 'sfdx-project.json': packageProject };
  for (const [name, secret] of Object.entries(canary)) {
    const values = `<values><field>Client_Secret__c</field><value>${secret}</value></values>`;
    const folder = `force-app/${name}`;
    files[`${folder}/classes/${name}.cls`] = `public class A { String apiToken = '${secret}'; }`;
    files[`${folder}/lwc/${name}/${name}.js`] = `const password = \`${secret}\`; // client_secret=${secret}`;
    files[`${folder}/staticresources/${name}.json`] = JSON.stringify({ secret });
    files[`${folder}/customMetadata/T.${name}.md-meta.xml`] = metadata('CustomMetadata', values);
    files[`${folder}/customMetadata/U.${name}.md`] = metadata('CustomMetadata', values).slice(0, -20);
    files[`${folder}/labels/${name}.labels-meta.xml`] = metadata(
      'CustomLabels',
      `<labels><fullName>Api_Key</fullName><value>${secret}</value></labels>`
    );
    for (const [suffix, type, element] of [
      ['connectedApp', 'ConnectedApp', 'consumerSecret'],
      ['ecaOauth', 'ExtlClntAppOauthSettings', 'consumerSecret'],
      ['ecaGlblOauth', 'ExtlClntAppGlobalOauthSettings', 'consumerSecret'],
      ['ecaPush', 'ExtlClntAppPushSettings', 'signingKey'],
      ['authprovider', 'AuthProvider', 'consumerSecret'],
      ['namedCredential', 'NamedCredential', 'password'],
      ['dataSource', 'ExternalDataSource', 'oauthToken'],
    ] as const) {
      const text = metadata(type, '<label>Acme</label>', `<${element}>${secret}</${element}>`);
      files[`${folder}/${name}.${suffix}-meta.xml`] = text;
      files[`${folder}/${name}Broken.${suffix}-meta.xml`] = text.slice(0, -20);
    }
  }
  files['force-app/objects/T__mdt/T__mdt.object-meta.xml'] = metadata('CustomObject', '<label>T</label>');
  return files;
};

/** The lines of a private key, and whatever else is long enough not to stand in a text by chance. */
export const piecesOf = (secrets: readonly string[]): string[] => [
  ...new Set(
    secrets
      .flatMap((secret) => secret.split(/\s+/))
      .filter((line) => line.length >= 8 && !/^-----|-----$|PRIVATE/.test(line))
  ),
];
