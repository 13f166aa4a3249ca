import { closing, statementEnd } from '../../parsing/brackets.js';

/** What a function does with the answer of a token request; `handed`: to something that the source does not explain. */
export type AnswerUse = 'kept' | 'dropped' | 'returned' | 'handed' | 'none';

/** How often names are followed from one assignment to the next. */
const MOST_STEPS = 8;

const sends =
  /\b(?=\w*(?:fetch|post|request|send|execute|exchange|invoke|urlopen|newcall|enqueue|perform|refresh_?token))(?!(?:build|format|make|create|prepare|get)\w*(?:ur[il]|body|params|payload)\b)\w+[!?]?\s*(?:<[^<>()]*>\s*)?\(|\.\s*(?:post|Do|do_post|call|json)\s*\(|\bpost\s+["'(]|\baxios\b/i;
const assignment =
  /(?:^|[\n;{}(])[^\S\n]*(?:(?:const|let|var|val|final|auto|export)\s+){0,4}(?:[A-Za-z_][\w.]*(?:<[^;={}()]{0,200}>)?(?:\[\])?\??\s+)?(\{[^{}=]*\}|\[[^[\]=]*\]|[@$A-Za-z_][\w$.]*(?:\[[^\]\n]{0,200}\])?(?:\s*,\s*[A-Za-z_]\w*){0,20})\s*(?::[^\S\n]*[\w<>[\]. |?]{1,120}?[^\S\n]{0,20})?(?::=|=(?![=>~]))\s*/g;
/** A call that returns the answer and keeps nothing, at the start of a statement. */
const requestAlone =
  /(?:^|[;{}\n])[^\S\n]*(?:await\s+)?(?:(?:window\.|globalThis\.)?fetch|axios(?:\.post)?|got(?:\.post)?|(?:requests|httpx|Faraday|HTTParty)\.post|[\w$.]{1,80}\.oauth2?\.refreshToken)(?=\()/g;
const token = /refresh_?token/gi;
const accessToken = /(?:access_?token|instance_?url)/i;
const logs =
  /(?<![\w.])(?=[\w.]*\b(?:log|logger|console|print|println|printf|puts|debug|system\.out|trace)\b)[\w.]+\s*\(/i;
const logCalls = new RegExp(`${logs.source}|\\b(?:puts|logger\\.\\w{1,10})[ \\t]+[^\\n;}]*`, 'gi');
/** Between a name and what is read of it: other members, calls, subscripts. */
const members = String.raw`(?:\s*(?:\?\.|!!?\.|!?\.|->|&\.)\s*\w+(?:\([^()]{0,100}\))?|\[[^\]]{0,100}\]){0,10}`;
const reader = String.raw`\s*(?:\?\.|!!?\.|!?\.|->|&\.|\??\[|\??!?\.\s*(?:get\w*|opt\w*|fetch|dig|path|value|TryGet\w*|has|containsKey|key\?|setdefault)\s*\(|\??!?\.\s*(?:get|is|has))\s*["'\`:]*$`;
const stores =
  /save|store|persist|update|set|write|put|upsert|insert|cache|commit|emit|resolve|callback|^cb$|handle|apply|assign/i;
const parses =
  /json|parse|deserial|decode|unmarshal|readvalue|readtree|string|entity|body|text|check|valid|assert|is|has|len|typeof|raise|throw|error|exception|format|sprintf|close/i;

/** The same text without what is only written to a log. */
export function withoutLogs(text: string): string {
  let rest = '';
  let from = 0;
  for (const { 0: call, index } of text.matchAll(logCalls)) {
    if (index < from) continue;
    rest += text.slice(from, index);
    from = call.endsWith('(') ? closing(text, index + call.length - 1) + 1 : index + call.length;
  }
  return rest + text.slice(from);
}

export function sendsRequest(text: string): boolean {
  return sends.test(text);
}

/** Every assignment of a text, with its value up to the end of the statement. */
export function assignmentsIn(text: string): Array<{ target: string; value: string }> {
  return [...text.matchAll(assignment)].map((match) => {
    const start = match.index + match[0].length;
    return { target: match[1] ?? '', value: text.slice(start, Math.min(statementEnd(text, start), start + 2000)) };
  });
}

/** Follows the answer of a token request through one function. */
export class AnswerFlow {
  private readonly names = new Set<string>();
  /** A statement is longer than what is followed. */
  private isCut = false;
  private readonly assigned: ReadonlyArray<{ target: string; value: string }>;

  /** `seed`: what the answer comes from; absent: whatever sends a request. `given`: names that it already has. */
  public constructor(
    private readonly text: string,
    private readonly seed: RegExp = sends,
    given: readonly string[] = []
  ) {
    given.forEach((name) => this.names.add(name));
    const assigned = [...text.matchAll(assignment)].map((match) => {
      const start = match.index + match[0].length;
      return { target: match[1] ?? '', value: this.statementAt(start) };
    });
    for (const parameter of this.callbackParameters()) this.add(parameter);
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const before = this.names.size;
      for (const { target, value } of assigned) if (this.isOfAnswer(value) && !isPart(value)) this.add(target);
      for (const decoded of this.decodedInto()) this.add(decoded);
      if (this.names.size === before) break;
    }
    this.assigned = assigned;
  }

  public use(): AnswerUse {
    if (this.readsRefreshToken()) return 'kept';
    const overwritten = this.isOverwritten();
    if (!overwritten && this.isStored()) return 'kept';
    if (this.isCut) return 'handed';
    if (overwritten || this.takesApart(accessToken) || this.isIgnored()) return 'dropped';
    if (this.isReturned()) return 'returned';
    if (this.isHanded()) return 'handed';
    return this.readsAccessToken() ? 'dropped' : 'none';
  }

  private statementAt(start: number): string {
    const end = statementEnd(this.text, start, () => {
      this.isCut = true;
    });
    return this.text.slice(start, end);
  }

  private add(target: string): void {
    // Members of another object are no names of the answer; of a pattern only its content is.
    const written = /^[{[]/.test(target) ? contentOf(target) : target.replace(/\[[^\][]*\]/g, '[');
    for (const [name] of written.matchAll(/(?:\bself\.|\bthis\.|@)?[A-Za-z_$][\w$]*(?![\w$]*[.([])/g)) {
      if (!/^(?:err|error|_|e|ok|null|true|false)$/.test(name)) this.names.add(name);
    }
  }

  private pattern(): string {
    const names = [...this.names].sort((a, b) => b.length - a.length).slice(0, 200);
    return `(?<![\\w$.@])(?:${names.map((name) => name.replace(/[$.]/g, '\\$&')).join('|')})(?![\\w$])`;
  }

  private isOfAnswer(value: string): boolean {
    return this.seed.test(value) || (this.names.size > 0 && new RegExp(this.pattern()).test(value));
  }

  private callbackParameters(): string[] {
    const from = this.text.search(this.seed);
    if (from < 0) return [];
    // Those of its statement: `.then((answer) => …)`.
    const after = this.statementAt(from);
    return [
      ...after.matchAll(
        /(?:\(([\w\s,:?<>.[\]|]*)\)|\b(\w+))\s*=>|\bfunction(?:\s+\w+)?\s*\(([^()]*)\)|[{o]\s*\|([^|\n]*)\|/g
      ),
    ].map(([, list, one, written, block]) => (list ?? one ?? written ?? block ?? '').replace(/:\s*[^,]*/g, ''));
  }

  /** Go decodes an answer into a variable that it names by address. */
  private decodedInto(): string[] {
    return [...this.text.matchAll(/\b(?:Unmarshal|Decode|NewDecoder)\b[^\n;]{0,300}&(\w+)/g)].flatMap(
      ([statement, name = '']) => (this.isOfAnswer(statement) ? [name] : [])
    );
  }

  /** Whether the code before an offset reads a member of the answer. */
  private readsAt(offset: number): boolean {
    const before = this.text.slice(Math.max(0, offset - 200), offset);
    if (this.names.size > 0 && new RegExp(this.pattern() + members + reader, 'i').test(before)) return true;
    const line = before.slice(before.lastIndexOf('\n') + 1);
    return /\)\s*(?:\?\.|!?\.|\[|&\.)\s*["':]*(?:get)?$/.test(before) && /json|parse|await|\bbody\b/i.test(line);
  }

  private readsRefreshToken(): boolean {
    const read = [...this.text.matchAll(token)].some(({ 0: found, index }) => {
      if (!this.readsAt(index) || isAssigned(this.text, index + found.length)) return false;
      return !logs.test(lineOf(this.text, index));
    });
    return read || this.takesApart(/refresh_?token/i);
  }

  private readsAccessToken(): boolean {
    const read = [...this.text.matchAll(new RegExp(accessToken, 'gi'))].some(({ index }) => this.readsAt(index));
    return read || this.takesApart(accessToken);
  }

  /** `const { refresh_token } = await …`, `({ refresh_token }) => …`. */
  private takesApart(wanted: RegExp): boolean {
    return (
      this.assigned.some(
        ({ target, value }) => /^[{[]/.test(target) && wanted.test(target) && this.isOfAnswer(value)
      ) ||
      [...this.text.matchAll(/\(\s*\{([^{}]*)\}[^()]*\)\s*=>/g)].some(
        ({ 1: list = '', index }) => wanted.test(list) && this.seed.test(this.text.slice(0, index))
      )
    );
  }

  /** The token of the answer is replaced by the one that was sent. */
  private isOverwritten(): boolean {
    return [...this.text.matchAll(token)].some(({ 0: found, index }) => {
      const end = index + found.length;
      return (
        this.readsAt(index) && isAssigned(this.text, end) && !/^["'\])\s]*(?:\?\?|\|\|)=/.test(this.text.slice(end))
      );
    });
  }

  /** The request is a statement of its own, and nothing is called with its answer. */
  private isIgnored(): boolean {
    if (this.names.size > 0) return false;
    const alone = [...this.text.matchAll(requestAlone)].map(({ 0: found, index }) => {
      const start = index + found.length;
      const end = closing(this.text, start);
      const given = this.text.slice(start + 1, end).trim();
      const isCalledBack = /=>|\bfunction\b|,\s*[\w$.]+$/.test(given);
      return !isCalledBack && /^[^\S\n]*(?:[;\n}]|$)/.test(this.text.slice(end + 1, end + 80));
    });
    return alone.length > 0 && alone.every(Boolean);
  }

  private isStored(): boolean {
    const whole =
      this.names.size === 0
        ? /$^/
        : new RegExp(`^(?:await\\s+)?(?:[\\w.]*\\(\\s*)?${this.pattern()}${unwrapped}\\s*\\)?$`);
    const kept = this.assigned.some(
      ({ target, value }) =>
        /^@|[.[]/.test(target) &&
        !/^[{[]/.test(target) &&
        (whole.test(value.trim()) || this.isCall(value.trim())) &&
        !isPart(value)
    );
    if (kept || this.names.size === 0) return kept;
    return (
      new RegExp(`\\.\\.\\.\\s*${this.pattern()}(?!\\s*[.[])`).test(this.text) ||
      this.receivers().some(({ name }) => stores.test(name))
    );
  }

  /** `cache[user] = this.renew(…)`: what a function of the project returns as it is. */
  private isCall(value: string): boolean {
    const [head] = /^(?:await\s+)?[\w.$]+\s*(?=\()/.exec(value) ?? [];
    if (head === undefined || this.seed === sends || !this.seed.test(`${head}(`)) return false;
    return closing(value, head.length) === value.length - 1;
  }

  private isReturned(): boolean {
    const returned = [...this.text.matchAll(/\breturn\b(?!\s*[;\n}])\s*/g)].map(({ 0: found, index }) => {
      const start = index + found.length;
      return this.statementAt(start);
    });
    const last = this.text.trimEnd().split('\n').at(-1)?.trim() ?? '';
    const whole = this.names.size === 0 ? undefined : new RegExp(`^(?:await\\s+)?${this.pattern()}${unwrapped}$`);
    return (
      returned.some((value) => !/^[{[]/.test(value) && this.isOfAnswer(beforeBlock(value)) && !isPart(value)) ||
      (/^[a-z_@][\w.]*$/.test(last) && (whole?.test(last) ?? false)) ||
      (!/[\n;]/.test(this.text.trim()) && !this.text.startsWith('{') && this.seed.test(this.text))
    );
  }

  private isHanded(): boolean {
    return this.receivers().some(
      ({ of, name }) =>
        !stores.test(name) && !parses.test(name) && !logs.test(`${of}${name}(`) && !sends.test(`${name}(`)
    );
  }

  /** The functions that get the answer as it is, and what they are members of. */
  private receivers(): Array<{ of: string; name: string }> {
    if (this.names.size === 0) return [];
    const whole = new RegExp(
      `(?<![\\w$])((?:[\\w$]{1,40}\\.)?)([\\w$]+)[!?]?\\s*(?:\\?\\.)?\\((?:[^()]*,)?\\s*${this.pattern()}(?:${unwrapped})\\s*(?=[,)])`,
      'g'
    );
    return [...this.text.matchAll(whole)].flatMap(({ 1: of = '', 2: name = '' }) =>
      /^(?:function|async|if|while|return|catch|switch)$/.test(name) ? [] : [{ of, name }]
    );
  }
}

/** The names under which `{ data, error }` or `{ body: answer }` takes the content of a response. */
function contentOf(pattern: string): string {
  return [...pattern.matchAll(/\b(?:data|body|json|result|payload)\b(?:\s*:\s*(\w+))?/g)]
    .map(([name, renamed]) => renamed ?? name)
    .join(' ');
}

const unwrapped = String.raw`(?:\s*(?:\?\.|!?\.|&\.)\s*(?:json|data|body|text|getBody|parsed|result|value)\b(?:\(\))?)*`;

/** Something else than the token is read: a status, a header, the access token. */
export function isPart(value: string): boolean {
  return (
    /(?:\.|\?\.|\[\s*["':]|\(\s*["':])\s*(?:get)?(?:access_?token|instance_?url|status\w*|headers?|ok|error\w*|token_type|issued_at|id|message|code)\b(?!\s*:)/i.test(
      value
    ) && !value.includes('=>')
  );
}

/** What a function in place returns, its own `return` shows. */
function beforeBlock(value: string): string {
  const block = value.search(/=>\s{0,20}\{|\bfunction\b/);
  return block < 0 ? value : value.slice(0, block);
}

function isAssigned(text: string, end: number): boolean {
  return /^(?:["'`\])\s]|\?\?|\|\|)*=(?![=>~])/.test(text.slice(end, end + 20));
}

function lineOf(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset) + 1, end < 0 ? text.length : end);
}
