import { XMLParser } from 'fast-xml-parser';
import type { Auth } from './auth.js';
import type { OrgRequest } from './requests.js';
import { holds } from './visibility.js';
import type { Scenario } from './scenario.js';
import { metadataTypeExists, visibleMetadata } from './schema.js';

/** Metadata API, readMetadata: "Limit: 10. (For CustomMetadata and CustomApplication only, the limit is 200)". */
const READ_LIMIT = 10;
const READ_LIMIT_LARGE = 200;
/** Metadata API, listMetadata: at most three queries a call. */
const LIST_LIMIT = 3;

const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'fullNames' || name === 'queries',
});

type Envelope = {
  Envelope?: {
    Header?: { SessionHeader?: { sessionId?: string } };
    Body?: {
      readMetadata?: { type?: string; fullNames?: string[] };
      listMetadata?: { queries?: Array<{ type?: string }>; asOfVersion?: string };
      describeMetadata?: unknown;
    };
  };
};

/** Answers a call of the Metadata API. */
export function answerSoap(scenario: Scenario, auth: Auth, request: OrgRequest): { status: number; body: string } {
  const version = Number(/^\/services\/Soap\/m\/(\d+)/.exec(request.path)?.[1]);
  const envelope = (parser.parse(request.body) as Envelope).Envelope;
  const refuse = (code: string, message: string): { status: number; body: string } => ({
    status: 500,
    body: soapFault(code, message),
  });
  if (!auth.isValid(envelope?.Header?.SessionHeader?.sessionId ?? '')) {
    return refuse(
      'sf:INVALID_SESSION_ID',
      'INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session'
    );
  }
  if (!scenario.features.apiAccess) {
    return refuse(
      'sf:API_DISABLED_FOR_ORG',
      'API_DISABLED_FOR_ORG: API is not enabled for this Organization or Partner'
    );
  }
  if (version > scenario.apiVersion) {
    return refuse('sf:UNSUPPORTED_API_VERSION', 'UNSUPPORTED_API_VERSION: Invalid Api version specified on URL');
  }
  // Metadata API, readMetadata: "Modify Metadata Through Metadata API Functions" or "Modify All Data".
  if (!holds(scenario, 'ModifyMetadata', 'ModifyAllData')) {
    return refuse(
      'sf:INSUFFICIENT_ACCESS',
      'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions'
    );
  }
  const body = envelope?.Body;
  const asked = body?.readMetadata ? [body.readMetadata] : (body?.listMetadata?.queries ?? []);
  const refusal = typeRefusal(
    scenario,
    asked.map(({ type = '' }) => type),
    version
  );
  if (refusal) {
    return refuse(...refusal);
  }
  if (body?.readMetadata) {
    const type = body.readMetadata.type ?? '';
    const names = body.readMetadata.fullNames ?? [];
    const limit = /^(CustomMetadata|CustomApplication)$/.test(type) ? READ_LIMIT_LARGE : READ_LIMIT;
    if (names.length > limit) {
      return refuse(
        'sf:EXCEEDED_ID_LIMIT',
        `EXCEEDED_ID_LIMIT: record limit reached. cannot submit more than ${limit} records into this call`
      );
    }
    return ok(
      'readMetadata',
      `<result>${names.map((name) => readRecord(scenario, type, name, version)).join('')}</result>`
    );
  }
  if (body?.listMetadata) {
    const queries = body.listMetadata.queries ?? [];
    if (queries.length > LIST_LIMIT) {
      return refuse(
        'sf:EXCEEDED_ID_LIMIT',
        `EXCEEDED_ID_LIMIT: cannot submit more than ${LIST_LIMIT} queries into this call`
      );
    }
    return ok('listMetadata', queries.map((query) => listResults(scenario, query.type ?? '')).join(''));
  }
  if (request.soapAction === 'describeMetadata') {
    return ok('describeMetadata', `<result>${describeResult(scenario)}</result>`);
  }
  return refuse('sf:UNKNOWN_EXCEPTION', `UNKNOWN_EXCEPTION: ${request.soapAction ?? 'nothing'} is not simulated`);
}

/** A SOAP fault envelope. */
export function soapFault(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="${METADATA_NAMESPACE}"><soapenv:Body><soapenv:Fault><faultcode>${escape(code)}</faultcode><faultstring>${escape(message)}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
}

function ok(action: string, inner: string): { status: number; body: string } {
  return {
    status: 200,
    body: `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${METADATA_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><${action}Response>${inner}</${action}Response></soapenv:Body></soapenv:Envelope>`,
  };
}

function readRecord(scenario: Scenario, type: string, name: string, version: number): string {
  const component = scenario.metadata[type]?.[name];
  if (component === undefined) {
    return '<records xsi:nil="true"/>';
  }
  const visible = visibleMetadata(component, version, scenario.features.apiAccessControl, type);
  return `<records xsi:type="${escape(type)}">${element('fullName', name)}${elements(visible)}</records>`;
}

/** Why a call about these types is refused. */
function typeRefusal(
  scenario: Scenario,
  types: string[],
  version: number
): [code: string, message: string] | undefined {
  const unknown = types.find((type) => !metadataTypeExists(type, version));
  if (unknown !== undefined) {
    return ['sf:INVALID_TYPE', `INVALID_TYPE: Unknown type:${unknown}`];
  }
  return types.includes(GLOBAL_OAUTH) && !showsConsumerSecrets(scenario)
    ? ['sf:INSUFFICIENT_ACCESS', 'INSUFFICIENT_ACCESS: insufficient access rights on entity']
    : undefined;
}

const GLOBAL_OAUTH = 'ExtlClntAppGlobalOauthSettings';

/**
 * The global OAuth settings of External Client Apps need the switch enableConsumerSecretApiAccess ("Allow Access to OAuth
 * Consumer Secrets via Metadata API", Metadata API, ExternalClientAppSettings) and the permission "View External Client
 * App Consumer Secrets in Metadata". Assumption: without both, the type is refused.
 */
function showsConsumerSecrets(scenario: Scenario): boolean {
  const settings: { enableConsumerSecretApiAccess?: boolean } =
    scenario.metadata['ExternalClientAppSettings']?.['ExternalClientApp'] ?? {};
  return settings.enableConsumerSecretApiAccess === true && holds(scenario, 'ViewClientSecret');
}

function listResults(scenario: Scenario, type: string): string {
  return Object.keys(scenario.metadata[type] ?? {})
    .map(
      (name) =>
        `<result>${element('fullName', name)}${element('id', idOf(scenario, type, name))}${element('fileName', `${type}/${name}`)}${element('type', type)}${element('createdDate', scenario.createdDate)}${element('lastModifiedDate', scenario.createdDate)}${element('manageableState', scenario.manageableStates[type]?.[name] ?? 'unmanaged')}</result>`
    )
    .join('');
}

/** Metadata API, FileProperties: "id: Required. ID of the file." Also known of what has rows. */
function idOf(scenario: Scenario, type: string, name: string): unknown {
  return scenario.tables[type]?.find((row) => row['FullName'] === name)?.['Id'];
}

function describeResult(scenario: Scenario): string {
  const objects = Object.keys(scenario.metadata).map(
    (type) =>
      `<metadataObjects>${element('xmlName', type)}${element('inFolder', false)}${element('metaFile', false)}</metadataObjects>`
  );
  return `${objects.join('')}${element('organizationNamespace', '')}${element('partialSaveAllowed', true)}${element('testRequired', false)}`;
}

/** Every value is text in XML; lists repeat their element, null leaves it out. */
function elements(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return '';
  }
  return Object.entries(value)
    .map(([name, inner]) =>
      [inner]
        .flat()
        .map((item) => element(name, item))
        .join('')
    )
    .join('');
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (isNil(value)) {
    return `<${name} xsi:nil="true"/>`;
  }
  const inner = typeof value === 'object' ? elements(value) : escape(String(value));
  return `<${name}>${inner}</${name}>`;
}

/** An element that is there and has no value, written as the parsed form of `xsi:nil`. */
function isNil(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '$' in value;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
