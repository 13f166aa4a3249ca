import type { CodeFile } from '../../source/reading/readCodeFiles.js';
import { withoutHtmlComments } from '../../parsing/stripComments.js';

/** A property that a template binds to an address: `src={url}` of LWC, `src="{!v.url}"` of Aura. */
const bound =
  /<(?:iframe|img|a|embed|object|form|video|audio|source|script|link|lightning-(?:button|formatted-url)|lightning:formattedUrl)\b[^<>]{0,1000}?\b(?:src|href|action|data|value)\s{0,9}=\s{0,9}["']?\{(!?)\s{0,9}([\w.]{1,100})\s{0,9}\}/gi;

/** Whether a template may bind a property to an address: a test before it is read as a template. */
export const mayBindAddress = (text: string): boolean =>
  /\b(?:src|href|action|data|value)\s{0,9}=\s{0,9}["']?\{/i.test(text);

/** The properties of a component that its template binds to an address; those of Aura begin with `v.`. */
export const boundAddresses = ({ text }: CodeFile): string[] =>
  [...withoutHtmlComments(text).matchAll(bound)].map(([, , path = '']) => path);
