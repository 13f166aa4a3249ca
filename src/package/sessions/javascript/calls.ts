import type { Use } from '../sinks.js';
import { isToolkit, type ScriptCall, type ScriptFlow } from './dataFlow.js';
import { callsClient, connectionUse } from './connections.js';
import type { FixedSet } from './fixedSet.js';
import type { ScriptPlace } from './program.js';
import {
  addressUse,
  scriptHost,
  isContainer,
  isQuestion,
  isTransform,
  opensAddress,
  requestCall,
  requestUse,
} from './sinks.js';
import { apexImport, exposedMethodSource, readsCookie } from './sources.js';
import { concat, HOLE, NOTHING, taint, textsOf, textValue, UNKNOWN_VALUE, type Thing, type Value } from './values.js';

/** Notes what a call does with session ids, and returns its result. */
export function callOutside(flow: ScriptFlow, site: ScriptCall): Value {
  const { node, script, libraries, args } = site;
  const place: ScriptPlace = { node, script };
  for (const { kind } of libraries) flow.noteCall({ name: kind, written: site.name, place, args, spread: site.spread });
  const given = sourceOf(flow, site);
  prepare(flow, args);
  const sessions = flow.reach([site.object, ...args]);
  const answered = sessions.size > 0 && isAnswered(site);
  const result = answered ? answerOf(flow, site) : callResult(flow, site, sessions);
  if (given) {
    callBack(flow, site, given.sessions);
    return { ...given, things: result.things };
  }
  const handled = attribute(flow, site) ?? inSteps(flow, site);
  if (handled) return handled;
  callBack(flow, site, answered ? NOTHING.sessions : sessions);
  if (isQuestion(site.last)) return NOTHING;
  const use = flow.isRecording && sessions.size > 0 ? useOf(flow, site, flow.deep([site.object, ...args])) : undefined;
  if (use) flow.use(sessions, place, use);
  return withReturned(flow, site, transformed(flow, site) ?? result);
}

/** The names by which a call is known: those of libraries, else as written. */
const namesOf = ({ libraries, name, last }: ScriptCall): readonly string[] => {
  const names = libraries.map(({ kind }) => kind);
  return names.length > 0 ? names : [name === '' ? last : name];
};

/** A client is judged by what is called on it. */
const makesClient =
  /(?:^|\.)(?:jsforce(?:\/[\w/.-]{1,100})?|@jsforce\/[\w-]{1,60})(?:\.\w{1,60}){0,9}\.Connection$|(?:^|\.)forcetk\.Client$/;

const plain = (name: string): string => name.replace(/^\?/, '');

/** A call that gives a session id: of Apex, by an import of LWC, `c.name` of Aura or remoting; of a container app. */
const sourceOf = (flow: ScriptFlow, site: ScriptCall): Value | undefined => {
  if (site.last === 'getRESTAPISessionKey') return flow.source(site, 'LCC.getRESTAPISessionKey()');
  const texts = site.args.flatMap((one) => [...one.texts]);
  if (texts[0] === 'sid' && namesOf(site).some(readsCookie)) return flow.source(site, 'the cookie sid');
  const action = site.last === 'get' ? texts.flatMap((one) => /^c\.(\w+)$/.exec(one)?.[1] ?? []) : [];
  const named = [
    ...namesOf(site).flatMap((name) => apexImport(name) ?? []),
    ...action.flatMap((one) => flow.controllers.map((controller) => `${controller}.${one}`)),
    ...(site.last === 'invokeAction' ? texts.flatMap((one) => /(?<!\w)(\w+\.\w+)\W*$/.exec(one)?.[1] ?? []) : []),
    ...(/^(?:\w+\.)?\w+\.\w+$/.test(site.name) ? [site.name.split('.').slice(-2).join('.')] : []),
  ];
  const method = named.find((one) => flow.sessionMethods.has(one.toLowerCase()));
  return method === undefined ? undefined : flow.source(site, exposedMethodSource(method));
};

/** jQuery gives the request to a function before it is sent, which sets its headers: `beforeSend: (xhr) => …`. */
const prepare = (flow: ScriptFlow, args: readonly Value[]): void => {
  for (const options of args.flatMap(({ things }) => [...things])) {
    for (const { code } of options.properties.get('beforeSend')?.value.things ?? []) {
      const [first] = code?.function.params ?? [];
      if (!code || !first) continue;
      const request = flow.index.thingAt(first, 'object').value;
      flow.assign(first, request, code.script);
      flow.add(options.cell('#request'), request);
    }
  }
};

/** Functions that are handed over get what the call is about. */
const callBack = (flow: ScriptFlow, site: ScriptCall, sessions: FixedSet<string>): void => {
  const overElements = /^(?:forEach|map|filter|find|some|every|flatMap|findLast|reduce|sort)$/.test(site.last);
  const first = site.last === 'then' ? site.object : overElements ? flow.elements(site.object) : undefined;
  for (const value of site.args) {
    for (const thing of value.things) {
      if (!thing.code) continue;
      if (first) flow.invoke(thing, site.last === 'reduce' ? [NOTHING, first] : [first]);
      else if (sessions.size > 0)
        flow.invoke(
          thing,
          thing.code.function.params.map(() => taint(sessions))
        );
    }
  }
};

/** An attribute of an Aura component; `undefined` for anything else. */
const attribute = (
  flow: ScriptFlow,
  { last, args: [name = NOTHING, value = NOTHING] }: ScriptCall
): Value | undefined => {
  if (last !== 'set' && last !== 'get') return undefined;
  const path = [...name.texts].find((one) => /^v\.\w+/.test(one));
  if (path === undefined) return undefined;
  const cell = flow.index.component.cell(`#${path}`);
  if (last === 'get') return cell.value;
  flow.add(cell, value);
  return NOTHING;
};

/** A request or a form that is put together in steps, as with XMLHttpRequest; `undefined`: it is none of them. */
const inSteps = (flow: ScriptFlow, site: ScriptCall): Value | undefined => {
  const { last, object, args } = site;
  const [first = NOTHING, second = NOTHING] = args;
  const keep = (name: string, value: Value): void =>
    object.things.forEach((thing) => flow.add(thing.cell(name), value));
  const kept = (name: string): Value[] =>
    [...object.things].flatMap((thing) => thing.properties.get(name)?.value ?? []);
  const isMethod = [...first.texts].some((one) => /^(?:get|post|put|patch|delete|head)$/i.test(one));
  if (last === 'open' && (isMethod || args.length >= 3) && object.things.size > 0) {
    keep('#method', first);
    keep('#endpoint', second);
    return NOTHING;
  }
  if (last === 'setRequestHeader' && object.things.size > 0) {
    args.forEach((value) => keep('#sent', value));
    return NOTHING;
  }
  if (last === 'setAttribute') return setAttribute(flow, site, keep);
  if (last === 'send' && kept('#endpoint').length > 0) {
    if (!flow.isRecording) return NOTHING;
    const endpoint = kept('#endpoint').flatMap((value) => [...textsOf(value)]);
    const all = flow.deep([...args, ...kept('#endpoint'), ...kept('#sent')]);
    const methods = kept('#method').flatMap((value) => [...textsOf(value)]);
    flow.use(all.sessions, site, requestUse({ endpoints: endpoint, methods, words: wordsOf(all) }));
    return NOTHING;
  }
  if (last !== 'submit') return undefined;
  if (!flow.isRecording) return NOTHING;
  const all = flow.deep([object]);
  flow.use(all.sessions, site, addressUse(addressesIn(all)));
  return NOTHING;
};

const setAttribute = (
  flow: ScriptFlow,
  { args: [name = NOTHING, value = NOTHING], ...site }: ScriptCall,
  keep: (name: string, value: Value) => void
): Value => {
  for (const one of name.texts) keep(one, value);
  const isAddress = [...name.texts].some((one) => /^(?:src|href|action)$/i.test(one));
  if (isAddress) flow.use(value.sessions, site, addressUse(textsOf(value)));
  return NOTHING;
};

const wordsOf = ({ words, texts }: Value): Set<string> => new Set([...words, ...texts]);
/** Where nothing is known of a text as a whole, the literals in it still may name a host. */
const addressesIn = (all: Value): readonly string[] => [...all.texts, ...all.words];

/** What a call with a session ID does; `undefined`: nothing that sends it anywhere. */
const useOf = (flow: ScriptFlow, site: ScriptCall, all: Value): Use | undefined => {
  const { last, object, args } = site;
  const found =
    request(flow, site, all) ?? connectionUse(flow, site, all) ?? navigation(flow, site) ?? opening(site, all);
  if (found) return found;
  if (site.node.type === 'NewExpression' && site.libraries.some(({ kind }) => makesClient.test(kind))) return undefined;
  const passes =
    site.node.type === 'NewExpression'
      ? namesOf(site).some((name) => isContainer(plain(name)))
      : isTransform(site.name || last) || isTransform(last);
  const given = flow.deep(args);
  if (passes || given.sessions.size === 0) return undefined;
  const host = addressWithSession(flow, args);
  if (host !== undefined) return { to: 'third-party', what: `an address at ${host}` };
  // A value that already contains it may receive more: `action.setParams({ token: … })`.
  if (object.sessions.size > 0) return undefined;
  return { to: 'unknown', what: `${site.name || last || 'a function'}(), which could not be followed` };
};

/** A request that one call sends. */
const request = (flow: ScriptFlow, { libraries, name, args }: ScriptCall, all: Value): Use | undefined => {
  const calls = [...libraries.map(({ kind }) => kind), name].map((one) => requestCall(plain(one)));
  const call = calls.find((one) => one !== undefined);
  if (!call) return undefined;
  const [first = NOTHING, second = NOTHING, third = NOTHING] = args;
  const inObject = [flow.option(first, 'url'), flow.option(first, 'uri')].flatMap((value) => [...textsOf(value)]);
  const bases = [first, second, third, ...libraries.map(baseOptions)]
    .flatMap((value) => [...flow.option(value, 'baseURL').texts])
    .filter((text) => text !== HOLE);
  const paths = inObject.length > 0 && first.texts.size === 0 ? inObject : [...textsOf(first)];
  const endpoints = bases.length === 0 ? paths : bases.flatMap((base) => paths.map((path) => base + path));
  const methods = [
    ...[first, second, third].flatMap((value) =>
      ['method', 'type'].flatMap((key) => [...flow.option(value, key).texts])
    ),
    ...(call.method === undefined ? [] : [call.method]),
  ];
  return requestUse({ endpoints, methods, words: wordsOf(all) });
};

/** What a client was made with: `axios.create({ baseURL })`. */
const baseOptions = (library: Thing): Value => {
  const [base] = library.properties.get('#base')?.value.things ?? [];
  return base?.properties.get('#options')?.value ?? NOTHING;
};

/** A service that leads the browser somewhere: LWC, an event of Aura, a component of either. */
const navigation = (flow: ScriptFlow, { last, libraries, object, args }: ScriptCall): Use | undefined => {
  const isService =
    libraries.some(({ kind }) => /(?:^|\.)NavigationMixin\.|^lightning\/navigation\./.test(kind)) ||
    /^(?:navigate|generateUrl|openTab|openSubtab|openPrimaryTab|openConsoleURL)$/.test(last);
  if (isService) return addressUse(addressesIn(flow.deep(args)));
  if (last !== 'setParams' && last !== 'setParam') return undefined;
  const names = flow.deep([object]).words;
  return [...names].some((name) => /^(?:e\.)?force:navigateTo/i.test(name))
    ? addressUse(addressesIn(flow.deep(args)))
    : undefined;
};

/** A library of Salesforce that takes a session id, a window, or a message to one. */
const opening = ({ libraries, name, last, args }: ScriptCall, all: Value): Use | undefined => {
  const names = [...libraries.map(({ kind }) => plain(kind)), name];
  if (names.some((one) => /(?:^|\.)sforce\.connection\.init$/.test(one)))
    return { to: 'data', what: 'a library for the data API of the org' };
  if (names.some((one) => opensAddress.test(one))) return addressUse(args.flatMap((one) => [...textsOf(one)]));
  if (last === 'postMessage' || names.some((one) => /(?:^|\.)document\.write(?:ln)?$/.test(one)))
    return addressUse(addressesIn(all));
  if (last === 'insertAdjacentHTML' || last === 'html') return addressUse(addressesIn(all));
  return undefined;
};

/** The host of an address that has a session id in itself, whatever it is handed to. */
const addressWithSession = (flow: ScriptFlow, args: readonly Value[]): string | undefined => {
  const open = [...args];
  const seen = new Set<Thing>();
  for (let value = open.pop(); value; value = open.pop()) {
    const host = value.sessions.size > 0 ? scriptHost([...value.texts].filter((text) => text !== HOLE)) : undefined;
    if (host !== undefined) return host;
    for (const thing of value.things) {
      if (seen.has(thing) || thing.kind !== 'object') continue;
      seen.add(thing);
      flow.work.spend(1);
      for (const cell of thing.properties.values()) open.push(cell.value);
    }
  }
  return undefined;
};

/**
 * A call that sends a session id as the key to an API, to a page's controller or to a method of Apex. What comes back is
 * an answer, and not the session id.
 */
const isAnswered = (site: ScriptCall): boolean =>
  site.node.type === 'CallExpression' &&
  (site.last === 'invokeAction' ||
    callsClient(site) ||
    namesOf(site).some((name) => apexImport(name) !== undefined || answers.test(plain(name))));

/** They return a promise of the answer, or hand it to a function. A socket is an object that can send more. */
const answers =
  /^(?:window\.)?(?:fetch|node-fetch|cross-fetch|axios(?:\.create\(\))?(?:\.(?:get|post|put|patch|delete|request))?|(?:\$j?|j\$|jQuery)(?:\.noConflict\(\))?\.(?:ajax|get|post|getJSON))$/;

/** An answer is known by the call only, not by what the call was given. */
const answerOf = (flow: ScriptFlow, { libraries, node, script }: ScriptCall): Value => {
  const place = `${script.file}:${script.linesBefore}:${node.start}`;
  return { ...UNKNOWN_VALUE, things: flow.merge(libraries.map((library) => library.result(place).value)).things };
};

/** What a call returns: a text that is known, or an object that remembers what it was made of. */
const callResult = (flow: ScriptFlow, site: ScriptCall, sessions: FixedSet<string>): Value => {
  const { libraries, args, node, script } = site;
  const made = libraries.map((library) => library.result(`${script.file}:${script.linesBefore}:${node.start}`));
  for (const [index, thing] of made.entries()) {
    args.forEach((value) => flow.add(thing.cell('#options'), value));
    const of = libraries[index]?.properties.get('#base')?.value;
    if (of) flow.add(thing.cell('#base'), of);
  }
  const base: Value = sessions.size > 0 ? taint(sessions) : UNKNOWN_VALUE;
  return { ...base, things: flow.merge(made.map(({ value }) => value)).things };
};

const withReturned = (flow: ScriptFlow, site: ScriptCall, result: Value): Value => {
  const returned = site.args.flatMap((value) =>
    [...value.things].flatMap((thing) => (thing.code ? [thing.cell('#return').value] : []))
  );
  if (/^(?:then|catch|finally)$/.test(site.last)) {
    return flow.merge(returned.length > 0 && site.last === 'then' ? returned : [...returned, site.object]);
  }
  return /^(?:map|flatMap|reduce)$/.test(site.last) && returned.length > 0 ? flow.merge([...returned, result]) : result;
};

/** Texts and objects that a well-known function hands on. */
const transformed = (flow: ScriptFlow, site: ScriptCall): Value | undefined => {
  const { last, object, args, name } = site;
  const [first = NOTHING, second = NOTHING] = args;
  if (/^(?:String|Object\.(?:freeze|values|entries)|JSON\.(?:parse|stringify)|Promise\.\w+)$/.test(name)) return first;
  if (/^(?:toString|trim|trimEnd|trimStart|bind|valueOf|toLowerCase|toUpperCase)$/.test(last)) return object;
  if (name === 'Object.assign') {
    for (const to of first.things) args.slice(1).forEach((from) => flow.copy(from, to));
    return flow.merge(args);
  }
  if (last === 'concat') return [object, ...args].reduce((all, part) => concat(all, part, flow.work));
  if (/^replace(?:All)?$/.test(last)) return replaced(flow, object, first, second);
  return last === 'join' ? joined(flow, object, first) : ofCollection(flow, site);
};

const ofCollection = (flow: ScriptFlow, { last, object, args }: ScriptCall): Value | undefined => {
  // What a client is set up with stays with it: `client.setSessionToken(token)`.
  if (/^(?:push|unshift|append|appendChild|add|set\w*|init\w*|configure)$/.test(last)) {
    for (const thing of object.things)
      if (!isToolkit(thing)) args.forEach((value) => flow.add(thing.cell('#any'), value));
    return undefined;
  }
  if (/^(?:find|findLast|pop|shift|at)$/.test(last)) return flow.elements(object);
  return /^(?:filter|reverse|sort|slice)$/.test(last) && object.texts.size === 0 ? object : undefined;
};

/** `path.replace('{0}', id)`. */
const replaced = (flow: ScriptFlow, object: Value, pattern: Value, by: Value): Value => {
  const [mark, ...others] = pattern.texts;
  if (mark === undefined || mark === '' || others.length > 0 || mark.includes(HOLE)) {
    return { ...flow.merge([object, by]), texts: UNKNOWN_VALUE.texts };
  }
  const parts = [...object.texts].map((text) => {
    const at = text.indexOf(mark);
    if (at < 0) return textValue(text);
    return [textValue(text.slice(0, at)), by, textValue(text.slice(at + mark.length))].reduce((all, part) =>
      concat(all, part, flow.work)
    );
  });
  const value = flow.merge(parts);
  return { ...value, sessions: flow.merge([object, by]).sessions, words: flow.merge([object, by]).words };
};

/** `['https://host', path].join('/')`. */
const joined = (flow: ScriptFlow, object: Value, between: Value): Value | undefined => {
  const values = [...object.things].flatMap((thing) => {
    if (thing.kind !== 'object' || thing.properties.has('#any')) return [];
    const cells = [...thing.properties].filter(([key]) => /^\d+$/.test(key)).map(([, cell]) => cell.value);
    const separator = between.texts.size === 0 ? textValue(',') : between;
    const parts = cells.flatMap((cell, index) => (index === 0 ? [cell] : [separator, cell]));
    return parts.length === 0 ? [] : [parts.reduce((all, part) => concat(all, part, flow.work))];
  });
  return values.length === 0 ? undefined : flow.merge(values);
};
