import { withoutHtmlComments } from '../parsing/stripComments.js';
import type { CodeFile } from '../source/reading/readCodeFiles.js';
import { sessionFields } from './formulas.js';

/** A session ID that a page gives to a component of the package: `<c:Panel token="{!$Api.Session_ID}"/>`. */
type HandedOn = { file: string; offset: number; component: string; attribute: string };

/** The session IDs that pages give as the whole value of an attribute. Names are in lower case. */
export function handedOn({ path: file, text }: CodeFile): HandedOn[] {
  const tags = withoutHtmlComments(text);
  return sessionFields(tags).flatMap(({ index: offset }) => {
    const tag = tags.slice(tags.lastIndexOf('<', offset), offset);
    const [, component] = /^<\w+:(\w+)\s/.exec(tag) ?? [];
    const [, attribute] = /(?<![\w:-])(\w+)\s{0,9}=\s{0,9}["']\s{0,9}\{!\s{0,9}$/.exec(tag) ?? [];
    const isWhole = /^[\w$.]{1,60}(?:\(\s{0,9}\))?\s{0,9}\}\s{0,9}["']/.test(tags.slice(offset, offset + 100));
    return component === undefined || attribute === undefined || !isWhole
      ? []
      : [{ file, offset, component: component.toLowerCase(), attribute: attribute.toLowerCase() }];
  });
}

/** Whether a component declares an attribute that it does not assign to its controller. */
export function declaresAttribute({ text }: CodeFile, attribute: string): boolean {
  return [...withoutHtmlComments(text).matchAll(/<apex:attribute\b[^>]{1,1000}>/gi)].some(
    ([tag]) =>
      (/\bname\s{0,9}=\s{0,9}["'](\w+)/i.exec(tag)?.[1] ?? '').toLowerCase() === attribute && !/\bassignTo\b/i.test(tag)
  );
}

/** A component as if the merge fields of these attributes were the session ID itself; each line stays where it is. */
export function givenSession(file: CodeFile, attributes: ReadonlySet<string>): CodeFile {
  const text = file.text.replace(/\{![^{}]*\}/g, (field) =>
    field.replace(/(?<![\w.$'"])\w+(?!\w|\s{0,9}\()/g, (name) =>
      attributes.has(name.toLowerCase()) ? '$Api.Session_ID' : name
    )
  );
  return { ...file, text };
}
