import { foreignHost, sessionMergeField } from '../../salesforce/sessionIds.js';

/** Characters of one formula. Salesforce allows 3,900; of a longer text the rest is not looked at. */
const MAX_LENGTH = 20_000;
/** Brackets in one another. */
const MAX_DEPTH = 60;

/** What a part of a formula is made of: its texts, whether it has the session id, and the host that gets the id. */
type Part = { texts: readonly string[]; session: boolean; host?: string | undefined };

const nothing: Part = { texts: [], session: false };
const token = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[\w.$:]+|\/\*[^]*?(?:\*\/|$)|[^\s]/g;

/** The foreign host that a formula combines with the session ID in one address; `undefined` without one. */
export function hostInFormula(formula: string): string | undefined {
  return new FormulaReader(formula).chain().host;
}

/**
 * The same for text with merge fields: `https://host/?sid={!API.Session_ID}`. One address has no blanks outside of
 * fields.
 */
export function hostInTemplate(text: string): string | undefined {
  const short = text.slice(0, MAX_LENGTH);
  for (const [address] of short.matchAll(/(?:\{![^{}]*\}|[^\s"'<>{}]|\{(?!!))+/g)) {
    if (!sessionMergeField.test(address)) continue;
    const parts = address
      .split(/(\{![^{}]*\})/)
      .filter((part) => part !== '')
      .map((part): Part => {
        const [, formula] = /^\{!([^{}]*)\}$/.exec(part) ?? [];
        return formula === undefined ? { texts: [part], session: false } : new FormulaReader(formula).chain();
      });
    const { host } = joined(parts);
    if (host !== undefined) return host;
  }
  return undefined;
}

/** Whether a formula, or text with merge fields, contains the session ID, and not only an answer about it. */
export function givesSession(text: string): boolean {
  if (!text.includes('{!')) return sessionMergeField.test(text) && new FormulaReader(text).chain().session;
  return sessionFields(text).length > 0;
}

/** The merge fields of a text that contain the session ID: `{!$Api.Session_ID}`. Outside of braces it is only a word. */
export function sessionFields(text: string): Array<{ source: string; index: number }> {
  return [...text.matchAll(/\{!([^{}]*)(?:\}|$)/g)].flatMap(({ 0: all, 1: formula = '', index }) => {
    const found = sessionMergeField.exec(formula);
    if (!found || !new FormulaReader(formula).chain().session) return [];
    return [{ source: found[0], index: index + all.indexOf(formula) + found.index }];
  });
}

/** Alternatives or arguments: each has its own address. */
function apart(parts: readonly Part[]): Part {
  return {
    texts: parts.flatMap(({ texts }) => texts),
    session: parts.some(({ session }) => session),
    host: parts.find(({ host }) => host !== undefined)?.host,
  };
}

/** Parts that are put together: the host of one gets the session id of another. */
function joined(parts: readonly Part[]): Part {
  const all = apart(parts);
  const meets = parts.flatMap(({ texts }, index) =>
    parts.some(({ session }, other) => session && other !== index)
      ? texts.flatMap((text) => foreignHost(text) ?? [])
      : []
  );
  return { ...all, host: all.host ?? meets[0] };
}

/** They answer something about a text; the text does not come out. */
const questions = /^(?:ISBLANK|ISNULL|ISNUMBER|ISCHANGED|LEN|CONTAINS|BEGINS|FIND|REGEX|INCLUDES|NOT|AND|OR)$/i;

/** Reads a formula from left to right. */
class FormulaReader {
  private readonly tokens: readonly string[];
  private at = 0;
  private depth = 0;

  public constructor(formula: string) {
    this.tokens = formula.slice(0, MAX_LENGTH).match(token) ?? [];
  }

  /** What operators put together, up to a comma or the bracket that closes. */
  public chain(isParameter = false): Part {
    const parts: Part[] = [];
    let isComparison = false;
    for (let next = this.tokens[this.at]; next !== undefined && !/^[,)\]]$/.test(next); next = this.tokens[this.at]) {
      isComparison ||= /^[=<>!|]$/.test(next) || (next === '&' && this.tokens[this.at + 1] === '&');
      parts.push(this.operand());
    }
    const all = joined(parts);
    return isComparison && !isParameter ? { ...all, session: false } : all;
  }

  private operand(): Part {
    const found = this.tokens[this.at] ?? '';
    this.at += 1;
    if (/^["']/.test(found)) return { texts: [found.slice(1, -1)], session: false };
    if (found === '(' || found === '[') return apart(this.list(found === '['));
    if (!/^[\w.$:]+$/.test(found)) return nothing;
    if (this.tokens[this.at] !== '(') return { texts: [], session: sessionMergeField.test(found) };
    this.at += 1;
    const parts = this.list();
    if (/^GETSESSIONID$/i.test(found)) return { texts: [], session: true };
    if (questions.test(found)) return { ...apart(parts), session: false };
    // What is asked first is not what comes out.
    if (/^(?:IF|CASE)$/i.test(found)) return { ...apart(parts), session: apart(parts.slice(1)).session };
    // URLFOR(target, id, [name = value]) puts all of them into one address.
    return /^URLFOR$/i.test(found) ? joined(parts) : apart(parts);
  }

  /** `[name = value]`: parameters of an address. */
  private list(areParameters = false): Part[] {
    const parts: Part[] = [];
    this.depth += 1;
    while (this.at < this.tokens.length && this.depth <= MAX_DEPTH) {
      parts.push(this.chain(areParameters));
      const closing = this.tokens[this.at];
      this.at += 1;
      if (closing !== ',') break;
    }
    this.depth -= 1;
    return parts;
  }
}
