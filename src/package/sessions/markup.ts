import { apiOfPath, foreignHost, prohibitedMetadataIn, sessionMergeField } from '../../salesforce/sessionIds.js';
import { lineAt, type CodeFile } from '../reading/readCodeFiles.js';
import { withoutHtmlComments } from '../parsing/stripComments.js';
import type { Component } from '../parsing/component.js';
import type { SessionId, SessionUse } from '../facts.js';
import { child, type ParsedXml, type XmlElement } from '../parsing/xml.js';
import { metadataUse } from './sinks.js';

/** Elements of a composite file that are components of their own. */
const parts: Readonly<Record<string, string>> = {
  fields: 'CustomField',
  outboundMessages: 'WorkflowOutboundMessage',
  validationRules: 'ValidationRule',
  webLinks: 'WebLink',
};

/** The session ids in a Visualforce page or the markup of a component: one entry for the file. */
export const sessionsInMarkup = ({ path: file, component, text }: CodeFile): SessionId[] => {
  const plain = withoutHtmlComments(text);
  const found = sessionMergeField.exec(plain);
  if (!found) return [];
  const line = lineAt(plain, found.index);
  return [{ component, file, line, source: found[0], at: found[0], uses: [{ ...textUse(plain), file, line }] }];
};

/** The session ids in formulas, links and flows, and the outbound messages that send one. */
export const sessionsInXml = (
  { path: file, component }: CodeFile,
  { root }: Extract<ParsedXml, { root: XmlElement }>
): SessionId[] => {
  const visit = (element: XmlElement, owner: Component, at: string): SessionId[] => {
    const type = parts[element.name];
    const name = (child(element, 'fullName') ?? child(element, 'name'))?.text;
    const holder = type === undefined || name === undefined ? owner : { type, name: `${component.name}.${name}` };
    const here = [at, element.name, ...(name === undefined ? [] : [name])].filter((one) => one !== '').join(' ');
    const { line } = element;
    const includes = element.name === 'outboundMessages' ? child(element, 'includeSessionId') : undefined;
    const message: SessionId[] =
      includes?.text === 'true'
        ? [
            {
              component: holder,
              file,
              line: includes.line,
              source: 'includeSessionId',
              at: here,
              uses: [{ to: 'third-party', what: 'the endpoint of an outbound message', file, line: includes.line }],
            },
          ]
        : [];
    const field = element.children.length === 0 ? sessionMergeField.exec(element.text) : null;
    const formula: SessionId[] = field
      ? [
          {
            component: holder,
            file,
            line,
            source: field[0],
            at: here,
            uses: [{ ...textUse(element.text), file, line }],
          },
        ]
      : [];
    return [...message, ...formula, ...element.children.flatMap((one) => visit(one, holder, here))];
  };
  return root.children.flatMap((one) => visit(one, component, ''));
};

/** Where markup, script or a formula takes the session id that stands in it. */
const textUse = (text: string): Pick<SessionUse, 'to' | 'what'> => {
  // In one URL, or in one formula that puts a URL together, the host gets what follows it.
  const [address] = new RegExp(`https?://[^\\s'"<>]{1,500}?(?:${sessionMergeField.source})`, 'i').exec(text) ?? [];
  const host = address === undefined ? undefined : foreignHost(address);
  if (host !== undefined) return { to: 'third-party', what: `an address at ${host}` };
  if (apiOfPath(text) === 'metadata') return metadataUse([text], 'a request to the Metadata API');
  if (apiOfPath(text) === 'tooling') {
    const writes = /\b(post|put|patch|delete|create|update|upsert)\b/i.test(text);
    const prohibited = writes ? prohibitedMetadataIn(text) : undefined;
    if (prohibited !== undefined)
      return { to: 'prohibited', what: `a change of ${prohibited} through the Tooling API` };
    return writes
      ? { to: 'tooling-write', what: 'a request to the Tooling API that can change something' }
      : { to: 'tooling-query', what: 'a query of the Tooling API' };
  }
  return everyUse(text, /sforce\.connection\.(sessionId\s*=|init\()|\.setSessionToken\(/)
    ? { to: 'data', what: 'a library for the data API of the org' }
    : { to: 'unknown', what: 'markup or script whose use of it could not be followed' };
};

/** Whether every merge field stands right behind such words. */
const everyUse = (text: string, words: RegExp): boolean =>
  text
    .split(new RegExp(sessionMergeField.source, 'i'))
    .slice(0, -1)
    .every((before) => words.test(before.slice(-60)));
