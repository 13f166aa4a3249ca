import { metadataOperation, prohibitedMetadata } from '../../../salesforce/sessionIds.js';
import { DATA_REQUEST } from '../requestUse.js';
import { callUse, worst, type Use } from '../sinks.js';
import type { ScriptCall, ScriptFlow } from './dataFlow.js';
import { scriptHost, requestUse } from './sinks.js';
import { HOLE, NOTHING, textsOf, type Value } from './values.js';

/** A client of jsforce by the name of what made it, and what is called on it. */
const jsforce =
  /^(?:window\.)?(?:jsforce(?:\/[\w/.-]+)?|@jsforce\/[\w-]+)(?:\.default|\.jsforce)?\.Connection\(\)(?:\.(.*))?$/;
const toolkit = /^(?:(?:window|self|top|parent|opener)\.)*sforce\.(?:connection|apex)\.(\w+)$/;
const forcetk = /^(?:window\.)?forcetk\.Client\(\)\.(\w+)$/;

/** What leads to a call, or takes its result. */
const leading = /^(?:sobject|create(?:Job|Batch)|job|batch|topic|channel|report|dashboard)$/;
const steps = /^(?:sobject|then|catch|finally|on|once|stream|pipe|toString)$/;

const library: Use = { to: 'data', what: 'a library for the data API of the org' };

/** Whether a call asks a client for something, and is no step on the way to such a call. */
export function callsClient({ libraries, last }: ScriptCall): boolean {
  return (
    !/^(?:set|init|login|authorize)/.test(last) &&
    libraries.some(({ kind }) => {
      const path = jsforce.exec(kind)?.[1];
      return path === undefined ? forcetk.test(kind) || toolkit.test(kind) : path.includes('()') || !leading.test(last);
    })
  );
}

/** What a call on a client that has a session id does; `undefined`: it is a call of another object. */
export function connectionUse(flow: ScriptFlow, site: ScriptCall, all: Value): Use | undefined {
  const uses = site.libraries.flatMap(({ kind }) => {
    const path = jsforce.exec(kind)?.[1];
    if (path !== undefined) return steps.test(site.last) ? [] : [jsforceUse(flow, site, path, all)];
    const method = forcetk.exec(kind)?.[1];
    if (method !== undefined) return [forcetkUse(flow, site, method, all)];
    const called = toolkit.exec(kind)?.[1];
    if (called !== undefined) return toolkitUse(flow, site, called);
    // A client of the same kind that another library makes.
    return site.last === 'setSessionToken' ? [library] : [];
  });
  return worst(uses);
}

/** The AJAX toolkit calls the SOAP API for records, and methods of Apex with what it is given. */
const toolkitUse = (flow: ScriptFlow, { args }: ScriptCall, method: string): Use[] => {
  if (method === 'init') return [library];
  if (method === 'remoteFunction') {
    const [options = NOTHING] = args;
    const endpoints = textsOf(flow.option(options, 'url'));
    const given = flow.deep(args);
    return given.sessions.size === 0
      ? []
      : [requestUse({ endpoints, methods: flow.option(options, 'method').texts, words: given.words })];
  }
  return method === 'execute' && flow.deep(args).sessions.size > 0 ? [] : [library];
};

const jsforceUse = (flow: ScriptFlow, site: ScriptCall, path: string, all: Value): Use => {
  const server = scriptHost(serverTexts(flow, site));
  if (server !== undefined) return { to: 'third-party', what: `a client of ${server}` };
  const [area] = path.split('.');
  const method = site.last;
  if (area === 'metadata') return metadataCall(method, site.args);
  if (area === 'tooling') return toolingCall(flow, site, method);
  if (/^request(?:Get|Post|Put|Patch|Delete)?$/.test(path)) return jsforceRequest(flow, site, path, all);
  if (/^(?:apex|bulk2?|streaming|analytics|chatter|limits|cache|process|quickAction)\b/.test(path)) return DATA_REQUEST;
  return dataMethods.test(area?.replace(/\(\)[^]*$/, '') ?? '') ? dataCall(flow, site, method) : unknownCall(method);
};

const dataMethods =
  /^(?:query|queryAll|queryMore|search|sobject|retrieve|create|insert|update|upsert|del|delete|destroy|describe\w*|identity|limits|recent|updated|deleted|tabs|theme|quickActions|explain|on|authorize|logout|revoke|version|userInfo)$/;

const unknownCall = (method: string): Use => ({
  to: 'unknown',
  what: `${method}() of a client that has it, which could not be followed`,
});

/** The address that the client is configured with. */
const serverTexts = (flow: ScriptFlow, { object }: ScriptCall): readonly string[] => {
  const found: string[] = [];
  const open = [...object.things];
  const seen = new Set(open);
  for (let thing = open.pop(); thing; thing = open.pop()) {
    flow.work.spend(1);
    const options = [...(thing.properties.get('#options')?.value.things ?? [])];
    for (const name of ['instanceUrl', 'serverUrl']) {
      for (const one of [thing, ...options]) found.push(...(one.properties.get(name)?.value.texts ?? []));
    }
    for (const base of thing.properties.get('#base')?.value.things ?? []) {
      if (!seen.has(base)) open.push(base);
      seen.add(base);
    }
  }
  return found;
};

/** `conn.metadata.upsert('RemoteSiteSetting', …)`. */
const metadataCall = (method: string, [type = NOTHING]: readonly Value[]): Use => {
  const short = /^(?:create|update|upsert|delete|rename|deploy)/i.test(method) ? 'write' : undefined;
  const operation = short ?? (/^(?:read|list|describe)/i.test(method) ? 'read' : metadataOperation(method));
  const forbidden = operation === 'write' ? prohibitedIn(type.texts) : undefined;
  return callUse(operation ? `metadata-${operation}` : 'unknown', method, 'the Metadata API', forbidden);
};

const writing = /^(?:create|insert|update|upsert|del|delete|destroy|executeAnonymous)/i;

/** `conn.tooling.create('ApexClass', …)` and `conn.tooling.sobject('ApexClass').create(…)`. */
const toolingCall = (flow: ScriptFlow, site: ScriptCall, method: string): Use => {
  if (method.startsWith('request')) return jsforceRequest(flow, site, method, flow.deep(site.args), '/tooling');
  if (!writing.test(method)) return callUse('tooling-query', method, 'the Tooling API');
  return callUse('tooling-write', method, 'the Tooling API', forbiddenOf(flow, site));
};

/** Apex and credentials must not be written through the data API either. */
const dataCall = (flow: ScriptFlow, site: ScriptCall, method: string): Use => {
  const forbidden = writing.test(method) ? forbiddenOf(flow, site) : undefined;
  return forbidden === undefined ? DATA_REQUEST : { to: 'prohibited', what: `${method}() of ${forbidden}` };
};

/** The type that a call names itself, or the `sobject(…)` that it is a call of. */
const forbiddenOf = (flow: ScriptFlow, { args, object }: ScriptCall): string | undefined => {
  const types = [
    ...(args[0]?.texts ?? []),
    ...[...object.things].flatMap(({ properties }) => [...(properties.get('#options')?.value.texts ?? [])]),
  ];
  flow.work.spend(types.length);
  return prohibitedIn(types);
};

const prohibitedIn = (types: Iterable<string>): string | undefined =>
  [...types].map(prohibitedMetadata).find((one) => one !== undefined);

const jsforceRequest = (flow: ScriptFlow, site: ScriptCall, method: string, all: Value, area = ''): Use => {
  const [first = NOTHING] = site.args;
  const url = flow.option(first, 'url');
  const paths =
    first.texts.size > 0 && !first.texts.has(HOLE) ? first.texts : textsOf(url.texts.size > 0 ? url : first);
  const endpoints = [...paths].map((path) => restPath(path, area));
  const verb = /^request(Get|Post|Put|Patch|Delete)$/.exec(method)?.[1];
  const methods = verb === undefined ? [...flow.option(first, 'method').texts] : [verb];
  return requestUse({ endpoints, methods, words: new Set([...all.words, ...all.texts]) });
};

/** A path that begins after the version: `/tooling/query`. */
const restPath = (path: string, area = ''): string =>
  /^\/(?!services\/|\/)/.test(path) || area !== ''
    ? `/services/data/v0${area}${path.startsWith('/') ? '' : '/'}${path}`
    : path;

/** `client.ajax('/v50.0/tooling/sobjects/ApexClass/', ok, failed, 'POST', body)`. */
const forcetkUse = (flow: ScriptFlow, { args }: ScriptCall, method: string, all: Value): Use => {
  const [path = NOTHING, , , verb = NOTHING] = args;
  if (method === 'ajax') {
    const endpoints = [...textsOf(path)].map((one) => (one.startsWith('/') ? `/services/data${one}` : one));
    return requestUse({ endpoints, methods: verb.texts, words: new Set([...all.words, ...all.texts]) });
  }
  if (/^(?:create|update|upsert|del)$/.test(method)) {
    const forbidden = prohibitedIn(path.texts);
    if (forbidden !== undefined) return { to: 'prohibited', what: `${method}() of ${forbidden}` };
  }
  return /^(?:setSessionToken|setRefreshToken|apexrest|query\w*|search|retrieve\w*|create|update|upsert|del|describe\w*|metadata|versions|resources|getChatterFile)$/.test(
    method
  )
    ? library
    : unknownCall(method);
};
