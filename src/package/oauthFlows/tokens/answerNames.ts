import { closing } from '../../parsing/brackets.js';
import { assignmentsIn, isPart, sendsRequest } from './answer.js';
import type { AnswerName } from './bareTokens.js';

const aboutTokens = /oauth2\/token|grant_?type/i;
/** A request that is put together, and sent by another statement. */
const builds = /^(?:new\b|[\w.]{0,80}?(?:[Bb]uild|NewRequest|Request\.(?:new|create)))/;
/** Calls and members that give the content of a response. */
const reads =
  /^(?:new\s+)?[\w$.]{0,60}?(?:json|parse|decode|deserial|read|toString|loads|assign)[\w$]{0,40}\s{0,4}(?:<[^<>]{0,60}>)?\(\s{0,9}([^]*)\)$/i;
const contentAtEnd =
  /(?:\.|->)\s{0,4}(?:json|text|body|getBody|data|content|parsed_?response|ReadAs\w{1,30}|ReadFrom\w{1,30})(?:<[^<>]{0,60}>)?(?:\([^()]{0,60}\))?\)*$/i;
const member =
  /^(?:\s{0,4}(?:\?\.|!?\.|->|&\.)\s{0,4}(?:json|text|body|getBody|getEntity|data|content|Body|Data|Content|parsed_?response|ReadAs\w{1,30}|ReadFrom\w{1,30})(?:<[^<>]{0,60}>)?(?:\([^()]{0,60}\))?)*$/;
const MOST_STEPS = 6;
const MOST_NAMES = 50;

/**
 * The names under which a function has the answer of the token endpoint: only what is that answer or its content, not
 * what is made with it. `constants`: names of the address of the endpoint.
 */
export function answerNames(text: string, constants: readonly string[]): AnswerName[] {
  const assigned = assignmentsIn(text);
  const about = aboutRequests(assigned, constants);
  const names = new Map<string, boolean>();
  const add = (target: string, isText: boolean): void => {
    for (const name of namesOf(target))
      if (names.size < MOST_NAMES) names.set(name, isText || (names.get(name) ?? false));
  };
  for (const { target, value } of assigned) {
    if (sendsRequest(value) && !builds.test(value) && !isPart(value) && about.test(value))
      add(target, /^[{[]/.test(target) || contentAtEnd.test(value.trim()) || reads.test(withoutAwait(value)));
  }
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const before = JSON.stringify([...names]);
    for (const { target, value } of assigned) {
      const isText = isOfNames(value, names);
      if (isText !== undefined) add(target, isText || /^[{[]/.test(target));
    }
    for (const [statement, name = ''] of text.matchAll(/\b(?:Unmarshal|Decode|NewDecoder)\b[^\n;]{0,300}&(\w+)/g))
      if ((statement.match(/\w+/g) ?? []).some((word) => names.has(word))) add(name, true);
    if (JSON.stringify([...names]) === before) break;
  }
  return [...names].map(([name, isText]) => ({ name, isText }));
}

/** A parameter of `.then(…)` that gets the answer, and where that callback stands. */
export type ChainedAnswer = AnswerName & { start: number; end: number };

const callbackHead =
  /^\s{0,9}(?:async\s{1,9})?(?:function\s{0,9}\(([^()]{0,80})\)|\(([^()]{0,80})\)\s{0,9}=>|(\w{1,60})\s{0,9}=>)/;
const chainStart = /\b(?:fetch|(?:axios|got|ky|https?|request|superagent)(?:\.post)?)\s{0,4}\(/g;

/** The parameters of the callbacks in chains of a token request: `.then((answer) => answer.json()).then((tokens) => …)`. */
export function chainedAnswers(code: string, about: RegExp): ChainedAnswer[] {
  return [...code.matchAll(chainStart)].flatMap((match) => {
    const from = match.index + match[0].length - 1;
    let at = closing(code, from) + 1;
    if (code.slice(from, at).search(about) < 0) return [];
    const found: ChainedAnswer[] = [];
    let isText = false;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const [then] = /^\s{0,200}\.\s{0,4}then\s{0,4}\(/.exec(code.slice(at, at + 220)) ?? [];
      if (then === undefined) break;
      const start = at + then.length;
      const end = closing(code, start - 1);
      const [, ofFunction, inBrackets, alone] = callbackHead.exec(code.slice(start, Math.min(end, start + 200))) ?? [];
      const written = (ofFunction ?? inBrackets ?? alone ?? '').replace(/:\s*[^,{}]*/g, '').trim();
      for (const name of namesOf(written)) found.push({ name, isText: isText || written.startsWith('{'), start, end });
      const body = code.slice(start, end);
      if (/\.\s{0,4}(?:json|text)\s{0,4}\(|\.\s{0,4}data\b/.test(body)) isText = true;
      else if (sendsRequest(body)) break;
      at = end + 1;
    }
    return found;
  });
}

/** What only a request to the token endpoint contains: its path, a grant, or a name that is made of them. */
function aboutRequests(assigned: ReturnType<typeof assignmentsIn>, constants: readonly string[]): RegExp {
  const about = new Set(constants.slice(0, MOST_NAMES));
  const pattern = (): RegExp =>
    new RegExp([aboutTokens.source, ...[...about].map((name) => `(?<![\\w$.])${name}(?![\\w$])`)].join('|'), 'i');
  for (let step = 0; step < 3; step += 1) {
    const known = pattern();
    for (const { target, value } of assigned) {
      const [name] = namesOf(target);
      const isAnswer = sendsRequest(value) && !builds.test(value);
      if (name !== undefined && about.size < 2 * MOST_NAMES && !isAnswer && known.test(value)) about.add(name);
    }
  }
  return pattern();
}

/** Whether a value is a known answer as it is, and if so whether it is its content. */
function isOfNames(value: string, names: ReadonlyMap<string, boolean>): boolean | undefined {
  let inner = withoutAwait(value);
  let isRead = false;
  for (let step = 0; step < 3; step += 1) {
    const [, given] = reads.exec(inner) ?? [];
    if (given === undefined || /^[\w$]+\s*(?:\?\.|\.|->)/.test(inner) === false) break;
    if (given.trim() === '') break;
    inner = withoutAwait(given.split(',')[0] ?? '');
    isRead = true;
  }
  const [name = ''] = /^[@$]?(?:this\.|self\.)?([A-Za-z_][\w$]*)/.exec(inner) ?? [];
  const known = names.get(name.replace(/^[@$]|^(?:this|self)\./g, ''));
  const rest = inner.slice(name.length).trim();
  if (known === undefined || !member.test(rest)) return undefined;
  return known || isRead || rest !== '';
}

const withoutAwait = (value: string): string =>
  value
    .trim()
    .replace(/^\(?\s{0,4}await\s+/, '')
    .replace(/;$/, '');

/** The last names of a target; those of a pattern that are the content: `{ data: tokens }`. */
function namesOf(target: string): string[] {
  if (!/^[{[]/.test(target))
    return target
      .split(',')
      .map((one) => one.split(/[^\w$]/).at(-1) ?? '')
      .filter((one) => /^[A-Za-z_$]/.test(one))
      .slice(0, 1);
  return [...target.matchAll(/\b(?:data|body|json|result|payload)\b(?:\s{0,4}:\s{0,4}(\w+))?/g)].map(
    ([name, renamed]) => renamed ?? name
  );
}
