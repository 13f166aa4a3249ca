/** Code that sends a challenge, or has a library send one. */
const forms: readonly RegExp[] = [
  // `set('code_challenge', …)`, `{ "code_challenge": … }`, `params["code_challenge"] = …`.
  /["'`]code_?challenge["'`]\s{0,20}(?:\]\s{0,20}=(?![=>~])|=>|[:,])/gi,
  // `?code_challenge=…` in an address or a form.
  /(?:["'`&?]|\\u0026|^)code_challenge=/gim,
  // `code_challenge: …`, `code_challenge=…`; not the type of a member.
  /(?:^|[{,(;\n])\s{0,40}(?:this\.|self\.)?code_?challenge\s{0,20}(?::(?!:)|=(?![=>~]))(?!\s{0,20}(?:string|str|any|unknown|undefined|null|none|nil)\b)/gi,
  // `.codeChallenge(…)`, `setCodeChallenge(…)`.
  /\.\s{0,20}(?:set|with|add)?_?code_?challenge\s{0,20}\((?!\s{0,20}\))/gi,
  /\buse_?verifier["']?\s{0,20}:\s{0,20}true\b/gi,
  /\b(?:\w{1,20}_)?(?:use|enable|with|require)?_?pkce["']?\s{0,20}(?:=>|:(?!:)|=(?![=>~]))(?!\s{0,20}["']?(?:false|nil|none|null|undefined|off|0|bool\w*|string|str|any)\b)/gi,
  /\bwith_?pkce\s{0,20}\(/gi,
  /\bchecks["']?\s{0,20}:\s{0,20}\[[^\]\n]{0,80}["']pkce["']/gi,
  /challenge_?method["'`\]]{0,3}\s{0,20}(?:=>|=(?![=>~])|[:,(])\s{0,20}(?:["'`]S256|S256\b)/gi,
  /\b\w{0,30}(?:method|challenge|pkce)\w{0,20}\s{0,4}(?:\.|::)\s{0,4}S256\b|\bS256Challenge\w{0,20}\s{0,4}\(/gi,
  /\bAppAuth\b|\bnet\.openid\.appauth\b/g,
];
/** `{ code_challenge, … }`, of which the fields of an answer or a request are no proof. */
const shorthand = /[{,]\s{0,40}(?:\.\.\.)?code_?challenge\s{0,20}[,}]/gi;
const mention = /code_?challenge|\bpkce|pkce\b|S256|useVerifier|\bAppAuth\b/i;
const logs =
  /(?<![\w.])(?:console|log|logger|logging|print|println|printf|puts|debug|trace|fmt)\b[\w.]{0,40}\s{0,4}\(/i;

/** Whether code shows that a challenge is sent. */
export function sendsChallenge(code: string): boolean {
  return (
    forms.some((form) => [...code.matchAll(form)].some(({ 0: text, index }) => isCode(code, index + text.length))) ||
    [...code.matchAll(shorthand)].some(({ index }) => isGiven(code, index))
  );
}

/** Whether code has a word about challenges, which alone proves nothing. */
export function mentionsChallenge(code: string): boolean {
  return mention.test(code);
}

/** What is no line of a log, and no text for a reader. */
function isCode(code: string, offset: number): boolean {
  const start = code.lastIndexOf('\n', offset - 1) + 1;
  const before = code.slice(Math.max(start, offset - 500), offset);
  return !logs.test(before) && !isProse(before, code.slice(offset, offset + 200));
}

/** Inside of quotes that also contain blanks: a sentence. */
function isProse(before: string, after: string): boolean {
  let quote = '';
  let opened = 0;
  for (let at = 0; at < before.length; at += 1) {
    const one = before[at] ?? '';
    if (one === '\\') at += 1;
    else if (quote === '' && /["'`]/.test(one)) {
      quote = one;
      opened = at + 1;
    } else if (one === quote) quote = '';
  }
  if (quote === '') return false;
  const end = after.search(new RegExp(`[${quote}\\n]`));
  const text = before.slice(opened) + after.slice(0, end < 0 ? after.length : end);
  return /[a-z,.:;]\s+[a-z]/i.test(text.replace(/[#$]?\{[^{}]{0,100}\}/g, ''));
}

/** Not the list of what is taken apart, and not the parameters of a function. */
function isGiven(code: string, offset: number): boolean {
  const start = code.lastIndexOf('{', offset);
  const end = code.indexOf('}', offset + 1);
  if (start < 0 || end < 0 || code.slice(start + 1, offset).includes('}')) return false;
  return !/^\}\s{0,20}(?:=(?![=>~])|:\s{0,20}\w|\)\s{0,20}(?:=>|\{))/.test(code.slice(end, end + 60));
}
