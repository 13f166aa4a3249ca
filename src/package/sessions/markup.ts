import { apiOfPath, prohibitedMetadataIn, sessionMergeField } from '../../salesforce/sessionIds.js';
import type { Gap } from '../../engine/types.js';
import { type CodeFile } from '../source/reading/readCodeFiles.js';
import { blank, withoutHtmlComments } from '../parsing/stripComments.js';
import type { PackageComponent } from '../parsing/component.js';
import type { SessionId } from '../facts.js';
import { child, type ParsedXml, type XmlElement } from '../parsing/xml.js';
import { lineAt } from '../parsing/lineAt.js';
import { givesSession, hostInFormula, hostInTemplate, sessionFields } from './formulas.js';
import { withoutBraces } from './flows.js';
import type { FilledProperty } from './apex/escapes.js';
import { withoutScripts } from './javascript/scripts.js';
import { maySource } from './javascript/sources.js';
import { sessionsInScripts, sessionsInSnippet } from './javascript/sessionIds.js';
import { RUNS_APEX } from './requestUse.js';
import { metadataUse, type Use } from './sinks.js';

/** Elements of a composite file that are components of their own. */
const parts: Readonly<Record<string, string>> = {
  fields: 'CustomField',
  outboundMessages: 'WorkflowOutboundMessage',
  validationRules: 'ValidationRule',
  webLinks: 'WebLink',
};

/** What markup hands to code that was followed: fields by `file:offset`, and pages whose content Apex reads. */
type Taken = { fields: ReadonlySet<string>; pages: ReadonlySet<string> };

const NOTHING_TAKEN: Taken = { fields: new Set(), pages: new Set() };

/** The merge fields with a session id outside of the scripts of a page. */
const fieldsIn = (text: string): { tags: string; fields: ReturnType<typeof sessionFields> } => {
  const tags = withoutEvents(withoutScripts(withoutHtmlComments(text)));
  return { tags, fields: sessionFields(tags) };
};

/**
 * The session ids in the tags of a page or of the markup of a component: one entry for the file. Its scripts and what it
 * does on events are followed as scripts.
 */
export const sessionsInMarkup = (
  { path: file, component, text }: CodeFile,
  { fields: filled, pages }: Taken = NOTHING_TAKEN
): SessionId[] => {
  const { tags, fields: all } = fieldsIn(text);
  const isRead = component.type === 'VisualforcePage' && pages.has(component.name.toLowerCase());
  const fields = all.filter(({ index }) => !filled.has(`${file}:${index}`));
  const uses = fields
    .map(({ index }) => ({ ...tagUse(tags, index), file, line: lineAt(tags, index) }))
    // Where the content of the page goes is a finding of the class that reads it.
    .filter(({ to }) => !isRead || to !== 'unknown');
  const [first, ...others] = uses;
  const [found] = fields;
  if (!first || !found) return [];
  const { source } = found;
  return [{ component, file, line: first.line, source, at: source, uses: [first, ...others] }];
};

/** The attributes of the components of the package that markup assigns to a controller: `Widget.sid` and its property. */
type AssignedAttributes = ReadonlyMap<string, Pick<FilledProperty, 'classes' | 'property'>>;

/** The attributes of a component that become a property of its controller, by `component.attribute` in lower case. */
export const assignedAttributes = ({
  component,
  text,
}: CodeFile): Array<[string, Pick<FilledProperty, 'classes' | 'property'>]> =>
  [...withoutHtmlComments(text).matchAll(/<apex:attribute\b[^>]{1,1000}>/gi)].flatMap(([tag]) => {
    const [name, property] = [attributeIn(tag, 'name'), propertyIn(tag)];
    return name === undefined || property === undefined
      ? []
      : [[`${component.name}.${name}`.toLowerCase(), { classes: classesOf(text), property: property.toLowerCase() }]];
  });

/** The properties of controllers to which markup gives a session id, by itself or through a component. */
export const filledProperties = (
  { path: file, component, text }: CodeFile,
  attributes: AssignedAttributes
): FilledProperty[] => {
  const { tags, fields } = fieldsIn(text);
  return fields.flatMap(({ source, index: offset }) => {
    const tag = tags.slice(tags.lastIndexOf('<', offset), endOfTag(tags, offset));
    const [, name = ''] = /^<\w+:(\w+)/.exec(tag) ?? [];
    const [, attribute = ''] = openAttribute.exec(tags.slice(tags.lastIndexOf('<', offset), offset)) ?? [];
    const property = propertyIn(tag);
    const found =
      property === undefined
        ? attributes.get(`${name}.${attribute}`.toLowerCase())
        : { classes: classesOf(text), property: property.toLowerCase() };
    return found ? [{ file, component, line: lineAt(tags, offset), offset, source, ...found }] : [];
  });
};

/** The attribute in whose value a text ends. */
const openAttribute = /(?<![\w:-])([\w:-]+)\s*=\s*(?:"[^"]*|'[^']*)$/;

const attributeIn = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)`, 'i').exec(tag)?.[1];

const propertyIn = (tag: string): string | undefined => /\bassignTo\s*=\s*["']\{!\s*([\w.]+)/i.exec(tag)?.[1];

const endOfTag = (text: string, offset: number): number => {
  const end = text.indexOf('>', offset);
  return end < 0 ? text.length : end;
};

/** The controller and the extensions of a page or a component, in lower case and without a namespace. */
const classesOf = (text: string): string[] =>
  [...text.matchAll(/\b(?:controller|extensions)\s*=\s*["']([^"']*)/gi)]
    .flatMap(([, list = '']) => list.toLowerCase().split(/[\s,]+/))
    .map((name) => name.replace(/^\w*\./, ''))
    .filter((name) => name !== '');

/** What a page does on an event is a script of the page; in Aura and LWC it names a function. */
const withoutEvents = (text: string): string =>
  text.replace(/(\bon\w{3,20}\s*=\s*)("[^"]*"|'[^']*')/gi, (_, name: string, value: string) => name + blank(value));

/** Where a tag takes the session id that is in it. */
const tagUse = (text: string, offset: number): Use => {
  const start = text.lastIndexOf('<', offset);
  const tag = text.slice(start, offset);
  const attribute = openAttribute.exec(tag);
  const value = attribute ? text.slice(start + attribute.index, endOfValue(text, offset)) : lineOf(text, offset);
  const host =
    hostInTemplate(value.replace(/^[\w:-]+\s*=\s*["']/, '')) ?? (attribute ? hostAround(text, start) : undefined);
  if (host !== undefined) return { to: 'third-party', what: `an address at ${host}` };
  const property = propertyIn(text.slice(start, endOfTag(text, offset)));
  if (property !== undefined) return { to: 'unknown', what: `the property ${property} of the controller` };
  return textUse(value);
};

const endOfValue = (text: string, offset: number): number => {
  const end = text.slice(offset).search(/["'](?=[\s/>])/);
  return end < 0 ? text.length : offset + end;
};

const lineOf = (text: string, offset: number): string => {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset) + 1, end < 0 ? text.length : end);
};

/** The link or the form that a parameter or an input is part of: `<form action="https://host">`. */
const hostAround = (text: string, start: number): string | undefined => {
  const before = text.slice(Math.max(0, start - 5000), start);
  const opened = [...before.matchAll(/<(apex:outputLink|apex:iframe|form|object|embed)\b[^>]*(?:>|$)/gi)].at(-1);
  if (!opened || new RegExp(`</${opened[1] ?? ''}\\s*>`, 'i').test(before.slice(opened.index))) return undefined;
  const [, address = ''] = /\b(?:value|src|action|data)\s*=\s*["']([^"']*)/i.exec(opened[0]) ?? [];
  // The session id of the tag inside becomes a part of the address.
  return hostInTemplate(`${address}{!$Api.Session_ID}`);
};

type Found = { sessions: readonly SessionId[]; gaps: readonly Gap[] };
const NONE: Found = { sessions: [], gaps: [] };

/** The session ids in formulas, links, buttons and flows, and the outbound messages that send one. */
export const sessionsInXml = async (
  { path: file, component, text }: CodeFile,
  { root }: Extract<ParsedXml, { root: XmlElement }>
): Promise<Found> => {
  const pieces = elementsIn(root, component).map(async ({ element, owner, at, parent }): Promise<Found> => {
    const includes = element.name === 'outboundMessages' ? child(element, 'includeSessionId') : undefined;
    if (includes?.text === 'true') {
      const place = { file, line: includes.line };
      const use = { to: 'third-party', what: 'the endpoint of an outbound message', ...place } as const;
      return { sessions: [{ component: owner, ...place, source: 'includeSessionId', at, uses: [use] }], gaps: [] };
    }
    if (element.children.length > 0 || isProse(element)) return NONE;
    const part = { path: file, component: owner, text };
    const written = element.name === 'expression' ? withoutBraces(element.text) : element.text;
    return sessionsInText(part, written, { line: element.line, at, script: isScript(parent) });
  });
  const found = await Promise.all(pieces);
  return { sessions: found.flatMap(({ sessions }) => sessions), gaps: found.flatMap(({ gaps }) => gaps) };
};

/**
 * The session ids in one piece of a file: a formula, a link, the code of a button, or the HTML of a component. `line` is
 * where the piece begins, `at` its place without a line, `script` that it runs as JavaScript.
 */
const sessionsInText = async (
  file: CodeFile,
  text: string,
  { line, at, script }: { line: number; at: string; script: boolean }
): Promise<Found> => {
  const field = sessionMergeField.exec(text);
  if (!field && !maySource(text)) return NONE;
  const piece = { ...file, text };
  const named = (sessions: readonly SessionId[], before: number): SessionId[] =>
    sessions.map((one, index) => ({
      ...one,
      file: file.path,
      line: (one.line ?? 1) + before,
      at: index === 0 ? at : `${at} #${index + 1}`,
      uses: one.uses.map((use) => ({
        ...use,
        file: file.path,
        line: (use.line ?? 1) + before,
      })) as unknown as SessionId['uses'],
    }));
  if (/<script\b|<\w(?:[^<>]|<(?!\w))*\bon\w+\s*=/i.test(text)) {
    const page = { ...piece, path: `${file.path}.html` };
    const { sessions, gaps } = await sessionsInScripts([page], new Set(), () => []);
    return { sessions: named([...sessions, ...sessionsInMarkup(page)], line - 1), gaps };
  }
  if (script || (!field && maySource(text)) || /\{!\s*REQUIRESCRIPT\b/i.test(text)) {
    const { sessions, gaps } = await sessionsInSnippet(piece, text.replace(/^javascript:/i, blank), line - 1);
    return { sessions: named(sessions, 0), gaps };
  }
  if (!field || !givesSession(text)) return NONE;
  const use = { ...formulaUse(text), file: file.path, line };
  const { component } = file;
  return { sessions: [{ component, file: file.path, line, source: field[0], at, uses: [use] }], gaps: [] };
};

/** What people read, or what a condition only asks about. */
const isProse = ({ name, text }: XmlElement): boolean =>
  /^(?:description|leftValueReference)$/.test(name) ||
  (/^(?:label|masterLabel|inlineHelpText|shortDescription|errorMessage)$/.test(name) && !text.includes('{!'));

/** A button or a link that runs JavaScript. */
const isScript = (parent: XmlElement): boolean =>
  /^javascript$/i.test(child(parent, 'linkType')?.text ?? '') ||
  /^onClickJavaScript$/i.test(child(parent, 'openType')?.text ?? '');

type OwnedElement = { element: XmlElement; owner: PackageComponent; at: string; parent: XmlElement };

/** The elements of a file, with the component that each belongs to. */
const elementsIn = (root: XmlElement, component: PackageComponent): OwnedElement[] => {
  const visit = (element: XmlElement, parent: XmlElement, holder: PackageComponent, before: string): OwnedElement[] => {
    const type = parts[element.name];
    const name = (child(element, 'fullName') ?? child(element, 'name'))?.text;
    const owner = type === undefined || name === undefined ? holder : { type, name: `${component.name}.${name}` };
    const at = [before, element.name, ...(name === undefined ? [] : [name])].filter((one) => one !== '').join(' ');
    return [{ element, owner, at, parent }, ...element.children.flatMap((one) => visit(one, element, owner, at))];
  };
  return root.children.flatMap((one) => visit(one, root, component, ''));
};

/** Where a formula, or text with merge fields, takes the session id. */
const formulaUse = (text: string): Use => {
  const host = text.includes('{!') ? hostInTemplate(text) : hostInFormula(text);
  return host === undefined ? textUse(text) : { to: 'third-party', what: `an address at ${host}` };
};

/** Where text takes the session id that is in it, by the API that it names. */
const textUse = (text: string): Use => {
  if (apiOfPath(text) === 'metadata') return metadataUse([text]);
  if (apiOfPath(text) !== 'tooling')
    return { to: 'unknown', what: 'markup or a formula whose use of it could not be followed' };
  if (/\/executeAnonymous\b/i.test(text)) return RUNS_APEX;
  const writes = /\b(post|put|patch|delete|create|update|upsert)\b/i.test(text);
  const prohibited = writes ? prohibitedMetadataIn(text) : undefined;
  if (prohibited !== undefined) return { to: 'prohibited', what: `a change of ${prohibited} through the Tooling API` };
  return writes
    ? { to: 'tooling-write', what: 'a request to the Tooling API that can change something' }
    : { to: 'tooling-query', what: 'a query of the Tooling API' };
};
