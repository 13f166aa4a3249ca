import { wordSet } from '../common/text.js';
import { orgSettings } from './orgSettings.js';

/** What Salesforce says about session ids. Source: Secure Coding Guide, Security Considerations for Session IDs. */

const reads = wordSet(`
  readmetadata listmetadata describemetadata describevaluetype
  retrieve checkretrievestatus checkdeploystatus checkstatus
`);
/** `create`, `update` and `delete` are the asynchronous calls of Metadata API 30 and earlier. */
const writes = wordSet(`
  createmetadata updatemetadata upsertmetadata deletemetadata renamemetadata
  deploy deployrecentvalidation canceldeploy create update delete
`);

/** What an operation of the Metadata API does. Some port classes add `_x` or `Async` to a reserved word. */
export const metadataOperation = (name: string): 'read' | 'write' | undefined => {
  const plain = name
    .toLowerCase()
    .replace(/^begin/, '')
    .replace(/(_x|_z|async)$/, '');
  return reads.has(plain) ? 'read' : writes.has(plain) ? 'write' : undefined;
};

/** The operation that a SOAP body or a SOAPAction names. The short names of old versions are ordinary words. */
export const metadataOperationIn = (text: string): 'read' | 'write' | undefined => {
  if (/\b(create|update|upsert|delete|rename)Metadata\b|\bdeploy(RecentValidation|Request)?\b/i.test(text))
    return 'write';
  return /\b(read|list|describe)Metadata\b|\b(retrieve|describeValueType|check(Deploy|Retrieve)?Status)\b/i.test(text)
    ? 'read'
    : undefined;
};

const credentials =
  '(?:ApexClass|ApexClassMember|ApexTrigger|ApexTriggerMember|NamedCredential|ExternalCredential|ConnectedApp|ConnectedApplication|ExternalClientApplication|' +
  'ExtlClntApp\\w+|RemoteSiteSetting|RemoteProxy|ProfilePasswordPolicy|ProfileSessionSetting)';
const credentialsName = new RegExp(`^${credentials}$`, 'i');
/** The type of an element, what `deleteMetadata` deletes, and what the REST and Tooling API change. */
const typeInside = /(?:type="(?:\w+:)?|"type"\s*:\s*"|<(?:\w+:)?type>\s*|\/sobjects\/)(\w+)/gi;
/** In a `package.xml` the element of a type also names other things, and all settings have one name. */
const memberInside = new RegExp(
  `<name>\\s*(${credentials})\\s*</name>|<name>\\s*(Settings)\\s*</name>\\s*</types>`,
  'i'
);

/** Metadata that must never be written with a session id: code, credentials, apps, remote sites, settings of the org. */
export const prohibitedMetadata = (name: string): string | undefined =>
  credentialsName.test(name) ? name : orgSettings(name);
/** The same, named in a SOAP body, a `package.xml` or a path of the Tooling API. */
export const prohibitedMetadataIn = (text: string): string | undefined => {
  const types = [...text.matchAll(typeInside)].flatMap(([, name = '']) => prohibitedMetadata(name) ?? []);
  const [, member, settings] = memberInside.exec(text) ?? [];
  return types[0] ?? member ?? settings;
};

export type SalesforceApi = 'metadata' | 'tooling' | 'data';

/** The API of the path of a URL. */
export const apiOfPath = (text: string): SalesforceApi | undefined => {
  if (/\/services\/soap\/m(\/|$|\b)/i.test(text) || /\/metadata\/deployrequest/i.test(text)) return 'metadata';
  if (/\/services\/soap\/t(\/|$|\b)/i.test(text) || /\/tooling(\/|$)/i.test(text)) return 'tooling';
  // Bulk, streaming and Apex REST work on the data of the org, like the SOAP and REST API.
  return /\/services\/(soap\/(u|c|class)\b|data\b|async\b|apexrest\b)|\/cometd\b/i.test(text) ? 'data' : undefined;
};

/**
 * The literal host of a URL that is not the org itself. A literal Salesforce host belongs to another org, except for
 * the login hosts of all orgs. `undefined`: no host is written in the code.
 */
export const foreignHost = (text: string): string | undefined => {
  const [, host] = /https?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/i.exec(text) ?? [];
  if (host === undefined || /^(login|test|[a-z]{2,3}\d+)\.salesforce\.com$/i.test(host)) return undefined;
  // The names of XML namespaces look like URLs.
  return /(^|\.)(xmlsoap\.org|w3\.org|soap\.sforce\.com)$/i.test(host) ? undefined : host;
};

/** A merge field or formula function that gives the session id. */
export const sessionMergeField = /\$Api\s*\.\s*Session_ID\b|\bAPI\.Session_ID\b|\bGETSESSIONID\s*\(\s*\)/i;

/** The same where code spells out a formula or a template, and not a call of its own: `{!API.Session_ID}`. */
export const sessionTemplate = /\$Api\s*\.\s*Session_ID\b|\{!\s*(?:API\.Session_ID\b|GETSESSIONID\s*\(\s*\))/i;
