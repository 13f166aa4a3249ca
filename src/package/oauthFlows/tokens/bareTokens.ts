import { closing } from '../../parsing/brackets.js';

/** A name of an answer; `isText`: it is the content of the answer, not the response around it. */
export type AnswerName = { name: string; isText: boolean };

/** Calls whose result still contains what they are given. */
const transparent =
  /(?:^|[^\w$])(?:JSON\.stringify|json\.dumps|String|str|repr|vars|dict|encodeURIComponent|encodeURI|(?:fmt\.)?Sprintf?|String\.format|string\.Format|format|JsonConvert\.SerializeObject|JsonSerializer\.Serialize|JSON\.serialize(?:Pretty)?|json_encode|json\.Marshal(?:Indent)?|util\.inspect|Objects\.toString|String\.valueOf|concat)\s*$/;
/** A member of an answer that is its content. */
const content =
  /^(?:\s*(?:\?\.|!?\.|->|&\.)\s*(?:body|getBody|data|json|text|content|parsed_?response|getEntity|asString|inspect|to_s|to_json|to_h|toString|ToString|string|bodyAsText|Body|Data|Content)\b(?:\(\))?)+/;
const name = /(?<![\w$])[\w$]+/g;
const tokenName =
  /^(?!(?:has|is|no|needs?|missing|masked|redacted|hashed|encrypted|with|without)[_A-Z])\w{0,40}?(?:access|refresh|oauth)_?token$/i;

/** What arguments write as it is: no literals, and nothing that another call takes. */
export function visibleArguments(given: string): string {
  return visible(withMembers(given));
}

/** Whether visible arguments contain a token: not its length, not whether it is there. */
export function bareTokens(text: string): boolean {
  return [...text.matchAll(name)].some(
    ({ 0: word, index }) => tokenName.test(word) && isBare(text, index, index + word.length)
  );
}

/** Whether visible arguments contain an answer as it is, or its content. */
export function namesAnswer(text: string, answers: readonly AnswerName[]): boolean {
  const known = new Map(answers.map((one) => [one.name.replace(/^(?:this|self)\.|^@/, ''), one.isText]));
  if (known.size === 0) return false;
  return [...text.matchAll(name)].some(({ 0: word, index }) => {
    const isText = known.get(word);
    if (isText === undefined) return false;
    const end = index + word.length;
    const [part = ''] = content.exec(text.slice(end, end + 300)) ?? [];
    return (isText || part !== '') && isBare(text, index, end + part.length);
  });
}

/** `answer["access_token"]`, `answer.get("access_token")` as `answer.access_token`. */
function withMembers(text: string): string {
  return text
    .replace(
      /\[\s*(?:["'`]([\w]{1,60})["'`]|:(\w{1,60}))\s*\]/g,
      (_, quoted?: string, symbol?: string) => `.${quoted ?? symbol ?? ''}`
    )
    .replace(
      /(?:\.|->)\s*(?:get|fetch|dig|value|at|getString|GetProperty|optString)\s*\(\s*["':]([\w]{1,60})["']?\s*\)/g,
      '.$1'
    );
}

function isBare(text: string, start: number, end: number): boolean {
  const head = beforeMembers(text.slice(Math.max(0, start - 200), start));
  const after = text.slice(end, end + 60);
  if (/(?:!|\b(?:not|typeof|in|instanceof|of)\s|\blen\s*\(|\bBoolean\s*\()\s*$/.test(head)) return false;
  // Nothing but the end of the argument, the next part of a text, or its own text: no length, no question, no name of a value.
  return /^\s*(?:\(\)\s*)?(?:\.\s*(?:toString|to_s|ToString|strip|trim)\(?\)?\s*)?(?:$|[),}\]+;\n]|\?\?|\|\||<<|\.\s)/.test(
    after
  );
}

/** What stands before `answer.data.` that a name is a member of. */
function beforeMembers(text: string): string {
  let head = text;
  for (let step = 0; step < 6; step += 1) {
    const shorter = head.replace(/[\w$]{1,60}(?:\([^()]{0,40}\))?\s{0,4}(?:\?\.|!?\.|->|::|&\.)\s{0,4}$/, '');
    if (shorter === head) break;
    head = shorter;
  }
  return head;
}

/** What of arguments is written as it is: no literals, and nothing that another call takes; interpolated parts stay. */
function visible(text: string, level = 0): string {
  let found = '';
  for (let at = 0; at < text.length; at += 1) {
    const one = text[at] ?? '';
    if (/["'`]/.test(one)) {
      const end = endOfLiteral(text, at);
      const [prefix = ''] = /[$@a-zA-Z]{0,3}$/.exec(found) ?? [];
      found += level > 3 ? ' ' : ` ${interpolated(prefix, text.slice(at, end + 1), level)} `;
      at = end;
    } else if (
      one === '(' &&
      /[\w$]\s*$/.test(found) &&
      !transparent.test(found) &&
      !/\(\s*\)/.test(text.slice(at, at + 3))
    ) {
      found += '()';
      at = closing(text, at);
    } else found += one;
  }
  return found;
}

function endOfLiteral(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && text[at + 1] !== '(') at += 1;
    else if (text[at] === text[start]) return at;
  }
  return text.length;
}

/** The parts of a text in place: `${token}`, `#{token}`, `{token}` of Python and C#, `$token` of PHP and Kotlin. */
function interpolated(prefix: string, literal: string, level: number): string {
  const isBraced = /^(?:[rRbB]?[fF]|[fF][rR]|\$@?|@\$)$/.test(prefix);
  if (literal.startsWith("'") && !isBraced) return '';
  const pattern = isBraced ? /\{([^{}]{1,300})\}/g : /[$#]\{([^{}]{1,300})\}|\$([A-Za-z_]\w{0,60})(?![\w(])/g;
  const parts = [...literal.matchAll(pattern)].map(([, braced, plain]) =>
    (braced ?? plain ?? '').replace(/(?<!:):(?!:)[^:()[\]]*$/, '')
  );
  return parts.map((part) => `(${visible(withMembers(part), level + 1)})`).join(',');
}
