import { givesSession } from '../formulas.js';
import { blank, withoutHtmlComments } from '../../parsing/stripComments.js';
import { lineAt } from '../../parsing/lineAt.js';
import { SERVER_SIGN, SESSION_SIGN, UNKNOWN_SIGN } from './sources.js';

/** A piece of script in a file, where signs take the place of merge fields. */
type Piece = { script: string; original: string; start: number; linesBefore: number };

/** Whether scripts are only a part of the file. */
export const isPage = ({ path, text }: { path: string; text: string }): boolean =>
  /\.(?:page|component|cmp|app|html?)$/i.test(path) || /^\s*</.test(text);

/** The scripts of a page, what it does on an event included; of what is no markup, all of it. */
export function scriptsIn(file: { path: string; text: string }): Piece[] {
  if (!isPage(file)) return [{ script: file.text, original: file.text, start: 0, linesBefore: 0 }];
  // Visualforce is XML: a script without a body may be one tag.
  const text = withoutHtmlComments(file.text).replace(/<script\b[^<>]*\/>/gi, blank);
  const signed = withSigns(text);
  const bodies = [...signed.matchAll(/<script\b[^>]*(?:>([^]*?)(?:<\/script>|$)|$)/gi)].map(
    ({ 1: body = '', 0: all, index }) =>
      pieceAt(text, body.replace(/<!\[CDATA\[|\]\]>/g, blank), index + all.indexOf('>') + 1)
  );
  // What a component does on an event is a call of its controller: `onclick="{!c.go}"`.
  const events = /\.(?:cmp|app)$/i.test(file.path)
    ? []
    : [...withoutScripts(signed).matchAll(/\bon\w{3,20}\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].flatMap((match) => {
        const body = match[1] ?? match[2] ?? '';
        const script = body.replace(/&(?:quot|apos|amp|#39);/g, (entity) =>
          (entities[entity] ?? ' ').padEnd(entity.length)
        );
        return /\w\s*\(|=/.test(script) ? [pieceAt(text, script, match.index + match[0].indexOf(body))] : [];
      });
  return [...bodies, ...events];
}

const entities: Readonly<Record<string, string>> = { '&quot;': '"', '&apos;': "'", '&#39;': "'", '&amp;': '&' };

const pieceAt = (text: string, script: string, start: number): Piece => ({
  script,
  original: text.slice(start, start + script.length),
  start,
  linesBefore: lineAt(text, start) - 1,
});

/** A page without its scripts, as long as before. */
export const withoutScripts = (text: string): string =>
  text.replace(/(<script\b[^>]*(?:>|$))([^]*?)(?=<\/script>|$)/gi, (_, tag: string, body: string) => tag + blank(body));

/** Letters for merge fields, as many as the field has: an identifier, or a part of a text. */
export const withSigns = (text: string): string =>
  text.replace(/\{![^{}]*\}/g, (field) => {
    const sign = givesSession(field)
      ? SESSION_SIGN
      : /Partner_Server_URL|Enterprise_Server_URL/i.test(field)
        ? SERVER_SIGN
        : UNKNOWN_SIGN;
    return sign + field.slice(1).replace(/[^\n]/g, sign);
  });
