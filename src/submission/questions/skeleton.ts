import { groupsOf } from '../../common/lists.js';
import type { Declared } from '../../engine/types.js';
import { appsOf, endpointSubject, integrationAt, integrationsOf } from '../packageApps.js';
import type { SubmissionFacts } from '../facts.js';
import type { AnsweredTopic } from './answers.js';

type Facts = Pick<SubmissionFacts, 'project' | 'connectedApps' | 'externalClientApps' | 'endpoints'>;

/** The key by which an entry of a list is known. */
const KEYS: Readonly<Record<string, string>> = {
  apps: 'app',
  clientKeys: 'app',
  sessionIds: 'component',
  credentials: 'integration',
  basePackages: 'package',
  subscriberApps: 'integration',
};

/** A field that is missing, and what it asks. */
type Field = { path: readonly string[]; asks: string };
/** Of one entry, or of one mapping, all fields that are missing. */
type Entry = { section: string; head: ReadonlyArray<readonly [string, string]>; fields: readonly Field[] };

/** A policy in YAML with a place for every missing answer. It is text to complete, and no valid policy before. */
export function questionsOf(topics: readonly AnsweredTopic[], facts: Facts, declared: Declared): string {
  const entries = topics.flatMap((topic) => entryOf(topic, declared) ?? []);
  const integrations = integrationLines(facts, declared);
  const submission = submissionLines(merged(entries));
  return `${[
    '# Every answer that the submission needs and the policy does not have. Complete the empty values, and move them',
    '# into security-review.yml: the fields of an entry that is already there belong in that entry.',
    ...(integrations.length + submission.length === 0 ? ['# Every question is answered.'] : ['version: 1']),
    ...(integrations.length === 0 ? [] : ['integrations:', ...integrations]),
    ...(submission.length === 0 ? [] : ['submission:', ...submission]),
  ].join('\n')}\n`;
}

function entryOf({ path, questions }: AnsweredTopic, declared: Declared): Entry | undefined {
  const missing = questions.filter((question) => question.missing !== undefined);
  if (missing.length === 0) return undefined;
  const at = path.indexOf('.');
  const section = at < 0 ? path : path.slice(0, at);
  const name = at < 0 ? '' : path.slice(at + 1).replace(/\.rotation$/, '');
  const start = path === 'solution' ? 'submission.' : `submission.${at < 0 ? path : `${section}.${name}`}.`;
  return {
    section,
    head: headOf(section, name, declared),
    fields: missing.map(({ path: place, asks, choices }) => ({
      path: place.slice(start.length).split('.'),
      asks: choices === undefined ? asks : `${asks}: ${choices}`,
    })),
  };
}

function headOf(section: string, name: string, { integrations }: Declared): Entry['head'] {
  const key = KEYS[section];
  if (key !== undefined) return [[key, name]];
  if (section !== 'secrets') return [];
  if (/^Custom(?:MetadataType|Setting|Object):/.test(name))
    return [
      ['name', name],
      ['store', name],
    ];
  return [['name', name], ...(integrations.some((one) => one.name === name) ? [['integration', name] as const] : [])];
}

/** The secret and its rotation are two topics and one entry. */
function merged(entries: readonly Entry[]): Entry[] {
  return groupsOf(entries, ({ section, head }) => JSON.stringify([section, head])).map((same) => ({
    ...same[0],
    fields: same.flatMap(({ fields }) => fields),
  }));
}

function submissionLines(entries: readonly Entry[]): string[] {
  return groupsOf(entries, ({ section }) => section).flatMap((own) => {
    const [{ section }] = own;
    if (section === 'solution') return own.flatMap(({ fields }) => fieldLines(fields, '  '));
    const isList = own.every(({ head }) => head.length > 0);
    return [`  ${section}:`, ...own.flatMap((entry) => (isList ? listLines(entry) : fieldLines(entry.fields, '    ')))];
  });
}

function listLines({ head, fields }: Entry): string[] {
  const lines = [...head.map(([key, value]) => `${key}: ${JSON.stringify(value)}`), ...fieldLines(fields, '')];
  return lines.map((line, index) => `    ${index === 0 ? '- ' : '  '}${line}`);
}

function fieldLines(fields: readonly Field[], indent: string): string[] {
  const plain = fields.filter(({ path }) => path.length === 1);
  const nested = fields.filter(({ path }) => path.length > 1);
  return [
    ...plain.map(({ path: [key = ''], asks }) => `${indent}${key}: "" # ${oneLine(asks)}`),
    ...groupsOf(nested, ({ path: [parent] }) => parent).flatMap((own) => [
      `${indent}${own[0].path[0] ?? ''}:`,
      ...fieldLines(
        own.map(({ path, asks }) => ({ path: path.slice(1), asks })),
        `${indent}  `
      ),
    ]),
  ];
}

/** Apps and endpoints that no integration names, each in an entry of its own. */
function integrationLines(facts: Facts, declared: Declared): string[] {
  const apps = appsOf(facts)
    .filter(({ subject }) => integrationsOf(subject.name, declared).length === 0)
    .map(({ subject }) => [`app: ${JSON.stringify(subject.name)}`]);
  const hosts = facts.endpoints
    .filter((endpoint) => integrationAt(endpoint, declared) === undefined)
    .map((endpoint) => {
      const { type, name } = endpointSubject(endpoint);
      return endpoint.host === undefined ? `${type}:${name}` : name;
    });
  const endpoints = [...new Set(hosts)].map((host) => ['endpoints:', `  - ${JSON.stringify(host)}`]);
  return [...apps, ...endpoints].flatMap((known) => [
    '  - name: "" # How you call this integration',
    ...known.map((line) => `    ${line}`),
    '    flow: "" # authorization-code, client-credentials, jwt-bearer, canvas, token-exchange, saml or none',
    '    callbackOwner: "" # isv or subscriber',
    '    secretOwner: "" # isv or subscriber',
  ]);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
