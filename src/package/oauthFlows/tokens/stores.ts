import { closing, statementEnd } from '../../parsing/brackets.js';
import { assignmentsIn } from './answer.js';
import { namesAnswer, visibleArguments, type AnswerName } from './bareTokens.js';

/** A place that keeps a value in a store whose protection the file does not show. */
type OpenStore = { to: 'store' | 'address'; form: string; offset: number; given: string; isOpen: true };

/** Sinks of one file at most. */
const MOST = 500;
/** `tokens.save(`, `db.users.updateOne(`, `settings->setValue(`: a receiver, and what it does. */
const keeping =
  /(?<![\w$.>@])((?:[@$]?\w{1,60}(?:\([^()\n]{0,40}\))?\s{0,4}(?:\?\.|!?\.|->|::)\s{0,4}){1,5}(?:set(?:String|Value|Property|ex)?|put(?:String|_?Item|_?Object)?|hm?set|save\w{0,30}|store\w{0,30}|persist\w{0,30}|insert\w{0,30}|update\w{0,30}|upsert\w{0,30}|replaceOne|write\w{0,30}|create|query|execute|exec|run)!?)\s{0,4}\(/gi;
const redirect =
  /(?<![\w$])((?:\w{1,40}\.)?(?:redirect(?:_to)?|sendRedirect)|(?:window\.)?location\.(?:assign|replace))\s{0,4}\(|(?:window\.)?(location(?:\.href)?)\s{0,4}=(?!=)/g;

/** What is protected by its name, or by the code around it. */
const isProtected =
  /vault|secret|key_?(?:chain|tar|stor|ring)|secure|encrypt|cipher|crypt|\bkms\b|dpapi|protect|credential|passw/i;
const encrypts =
  /encrypt|cipher|\bkms\b|ProtectedData|DataProtect|Fernet|sodium|secretbox|\bseal\s{0,4}\(|vault|key_?chain|\bKeyStore\b|keytar|keyring|SecItem(?:Add|Update)|secret_?(?:manager|client|value|stor)|namespaced_?secret|\bsecrets?\s{0,4}\.\s{0,4}(?:store|put|set|write|create)|secure_?(?:stor|pref|string)|safe_?storage|credential_?(?:manager|store|locker)|password_?(?:vault|credential)/i;
/** Platforms that keep the tokens of their apps themselves. */
const platforms = /zapier-platform|\bnext-auth\b|@auth\/core|@forge\/|@pipedream\//;
/** What comes with an answer and is only of use later. */
const refreshToken =
  /(?:\.|->|(?<=[\w)\]?])\[\s{0,4}["':])\s{0,4}refresh_?token\b|\b(?:get|dig|fetch)\w{0,20}\(\s{0,4}["':]refresh_?token|\bgetRefreshToken\s{0,4}\(|\{[^{}]{0,200}\brefresh_?token\b[^{}]{0,200}\}\s{0,4}=(?![=>])/i;
/** In a shell: `jq -r .access_token > file`, `$answer.access_token | Out-File x`, `curl -o file …/oauth2/token`. */
const shellFiles: readonly RegExp[] = [
  /(?:access|refresh)_token[^\n>]{0,60}(>{1,2})\s{0,4}["']?(?!&|\/dev\/)[\w./$~{-]/g,
  /(?:access|refresh)_token[^\n|]{0,60}\|\s{0,4}(Out-File|Set-Content|Add-Content|tee)\b/gi,
  /\b(curl)\b(?=(?:[^\n|;]|\\\n){0,400}oauth2\/token)(?=(?:[^\n|;]|\\\n){0,400}\s(?:-o|--output|>)\s{0,4}["']?(?!\/dev\/)[\w./$~{-])/g,
];
/** Receivers of verbs that also put a request together, or hash. */
const requestPart =
  /(?:params?|conf(?:ig)?|headers?|form(?:data)?|body|query|search|ur[il]|req(?:uest)?|builder|options?|payload|fields?|claims|auth|json|res(?:ponse)?|reply|hash|hmac|digest|stdout|stderr|console|out|err|cookies?|mock)$/i;
const sendsHttp = /^(?:axios|https?|http_?client|requests|httpx|got|ky|rest|api)$/i;
const request = /grant_?type|client_?secret|\bBearer\b|code_verifier/i;
const needsSql = /^(?:query|execute|exec|run)$/i;
const sql = /\b(?:insert\s{1,9}into|update\s{1,9}\S{1,60}\s{1,9}set|replace\s{1,9}into|merge\s{1,9}into)\b/i;
/** A map that is gone with the process. */
const memory = String.raw`(?:\w{0,40}(?:Map|Memory_?Cache|NodeCache|LRU\w*|Dictionary)\b|\{\s*\}|dict\(\))`;
/** Stores that other patterns know. */
const knownElsewhere =
  /(?:local|session)Storage|AsyncStorage|UserDefaults|\bedit\(\)|\bprefs?\b|\bfsp?\b|\bFiles?\b|\bstorage\.session\b/i;

/** Every place of a file that may keep a token where the file does not show what protects it. */
export function openStoresIn(code: string): OpenStore[] {
  if (encrypts.test(code)) return redirectsIn(code);
  return [
    ...[...code.matchAll(keeping)].slice(0, MOST).flatMap(({ 0: text, 1: form = '', index }): OpenStore[] => {
      const open = index + text.length - 1;
      const given = code.slice(open + 1, closing(code, open)).slice(0, 2000);
      return keeps(code, form, given) ? [openStore('store', form, index, given)] : [];
    }),
    ...redirectsIn(code),
  ];
}

/** Whether code works with a refresh token, which it has to keep somewhere. */
export function takesRefreshToken(code: string): boolean {
  return refreshToken.test(code);
}

/** Whether code that works with tokens shows a store for secrets, or encrypts. */
export function showsProtection(code: string): boolean {
  return encrypts.test(code) || platforms.test(code);
}

/** Files that scripts of a shell write a token to. */
export function shellFilesIn(code: string): Array<Omit<OpenStore, 'to'> & { to: 'file' }> {
  return shellFiles.flatMap((pattern) =>
    [...code.matchAll(pattern)].slice(0, MOST).map(({ 1: form = '', index: offset }) => ({
      to: 'file' as const,
      form,
      offset,
      given: 'access_token',
      isOpen: true as const,
    }))
  );
}

/** Parameters and variables whose type is that of a token, and what is made of them. */
export function tokenTyped(code: string): AnswerName[] {
  const declared = [
    ...code.matchAll(
      /\b(?:(?!Cancellation|Csrf|Antiforgery|Xsrf|Security|Stopping)\w){0,60}?(?:\bOAuth2?|Salesforce|Sf|Sfdc|Auth|Access)Token(?:Response|Answer|Set|Result|Data|s)?\??\s{1,4}(\w{1,40})\s{0,4}[,)=;]/g
    ),
    ...code.matchAll(/\b(\w{1,40})\s{0,4}:?\s{0,4}\*?oauth2\.Token\b/g),
    ...code.matchAll(
      /\b(\w{1,40})\s{0,4}:\s{0,4}(?:OAuth2?|Salesforce|Sf|Sfdc|Auth|Access)?Token(?:Response|Answer|Set|Result|Data|s)?\b/g
    ),
  ].map(([, name = '']): AnswerName => ({ name, isText: true }));
  const made = assignmentsIn(code)
    .filter(({ value }) => /^\w[\w.]{0,60}\(/.test(value) && namesAnswer(visibleArguments(value), declared))
    .map(({ target }): AnswerName => ({ name: /^\w+/.exec(target)?.[0] ?? '', isText: true }));
  return [...declared, ...made].filter(({ name }) => name !== '').slice(0, 100);
}

function keeps(code: string, form: string, given: string): boolean {
  const words = form.replace(/\([^()]*\)/g, '').match(/\w+/g) ?? [];
  const [receiver = '', verb = ''] = words.slice(-2);
  if (requestPart.test(receiver) || (verb === 'put' && sendsHttp.test(receiver)) || knownElsewhere.test(form))
    return false;
  if (isProtected.test(form) || isProtected.test(given) || request.test(given)) return false;
  if (needsSql.test(verb)) return sql.test(given) || (/statement|stmt/i.test(receiver) && sql.test(code));
  if (/^create$/i.test(verb)) return /^\s*\{\s*data\s*:/.test(given);
  // `tokens = new Map()`, `IMemoryCache cache`, `var cache sync.Map`
  const declared = [
    String.raw`\b${receiver}\s{0,4}(?::[^=\n]{0,60})?=\s{0,4}(?:new\s{1,4})?${memory}`,
    String.raw`${memory}(?:<[^<>\n]{0,60}>)?\s{1,4}${receiver}\b`,
    String.raw`\b${receiver}\s{1,4}(?:\w{1,20}\.)?${memory}`,
  ];
  return !declared.some((pattern) => new RegExp(pattern).test(code));
}

/** An address that a browser is sent to stays in its history and in logs. */
function redirectsIn(code: string): OpenStore[] {
  return [...code.matchAll(redirect)].slice(0, MOST).flatMap(({ 0: text, 1: call, 2: property, index }) => {
    const start = index + text.length;
    const end = text.endsWith('(') ? closing(code, start - 1) : statementEnd(code, start);
    const given = code.slice(start, end).slice(0, 2000);
    // Salesforce takes the token of a session in such an address, and of a logout.
    if (/frontdoor|singleaccess|\/services\/|logout|revoke/i.test(given)) return [];
    return [openStore('address', call ?? property ?? '', index, given)];
  });
}

function openStore(to: OpenStore['to'], form: string, offset: number, given: string): OpenStore {
  return { to, form: form.replace(/\s/g, ''), offset, given, isOpen: true };
}
