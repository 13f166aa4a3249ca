import { foreignHost, sessionMergeField } from '../../salesforce/sessionIds.js';

/** Characters of one formula. Salesforce allows 3,900; of a longer text the rest is not looked at. */
const MAX_LENGTH = 20_000;
/** Brackets in one another. */
const MAX_DEPTH = 60;

/** What a part of a formula is made of: its texts, whether it has the session id, and the host that gets the id. */
type Part = { texts: readonly string[]; session: boolean; host?: string };

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

/** Parts that are put together: the host of one gets the session id of another. */
const joined = (parts: readonly Part[]): Part => {
  const inside = parts.find(({ host }) => host !== undefined)?.host;
  const meets = parts.flatMap(({ texts }, index) =>
    parts.some(({ session }, other) => session && other !== index)
      ? texts.flatMap((text) => foreignHost(text) ?? [])
      : []
  );
  const host = inside ?? meets[0];
  return {
    texts: parts.flatMap(({ texts }) => texts),
    session: parts.some(({ session }) => session),
    ...(host === undefined ? {} : { host }),
  };
};

/** Alternatives or arguments: each has its own address. */
const apart = (parts: readonly Part[]): Part => {
  const host = parts.find((part) => part.host !== undefined)?.host;
  return {
    texts: parts.flatMap(({ texts }) => texts),
    session: parts.some(({ session }) => session),
    ...(host === undefined ? {} : { host }),
  };
};

/** Reads a formula from left to right. */
class FormulaReader {
  private readonly tokens: readonly string[];
  private at = 0;
  private depth = 0;

  public constructor(formula: string) {
    this.tokens = formula.slice(0, MAX_LENGTH).match(token) ?? [];
  }

  /** What operators put together, up to a comma or the bracket that closes. */
  public chain(): Part {
    const parts: Part[] = [];
    while (this.at < this.tokens.length && !/^[,)\]]$/.test(this.tokens[this.at] ?? '')) parts.push(this.operand());
    return joined(parts);
  }

  private operand(): Part {
    const found = this.tokens[this.at] ?? '';
    this.at += 1;
    if (/^["']/.test(found)) return { texts: [found.slice(1, -1)], session: false };
    if (found === '(' || found === '[') return apart(this.list());
    if (!/^[\w.$:]+$/.test(found)) return nothing;
    if (this.tokens[this.at] !== '(') return { texts: [], session: sessionMergeField.test(found) };
    this.at += 1;
    const parts = this.list();
    if (/^GETSESSIONID$/i.test(found)) return { texts: [], session: true };
    // URLFOR(target, id, [name = value]) puts all of them into one address.
    return /^URLFOR$/i.test(found) ? joined(parts) : apart(parts);
  }

  private list(): Part[] {
    const parts: Part[] = [];
    this.depth += 1;
    while (this.at < this.tokens.length && this.depth <= MAX_DEPTH) {
      parts.push(this.chain());
      const closing = this.tokens[this.at];
      this.at += 1;
      if (closing !== ',') break;
    }
    this.depth -= 1;
    return parts;
  }
}
