import { expect } from 'chai';
import { codeWithoutComments, languageOf } from '../../../src/package/oauthFlows/languages.js';
import { exposuresIn } from '../../../src/package/oauthFlows/tokens/exposures.js';
import { lineFinder } from '../../../src/package/parsing/lineFinder.js';

type Example = { name: string; file: string; code: string };

const url = 'https://login.salesforce.com/services/oauth2/token';
const js = `const answer = await fetch('${url}', { method: 'POST', body });\nconst tokens = await answer.json();\n`;
const py = `r = requests.post("${url}", data={"grant_type": "refresh_token"})\ndata = r.json()\n`;

const exposed: readonly Example[] = [
  { name: 'an access token in the console', file: 'a.js', code: `${js}console.log('token', tokens.access_token);` },
  { name: 'a refresh token in a template', file: 'a.ts', code: `${js}logger.info(\`rt \${tokens.refresh_token}\`);` },
  { name: 'a complete answer', file: 'a.js', code: `${js}console.log(JSON.stringify(tokens));` },
  {
    name: 'a complete answer in the local storage',
    file: 'a.js',
    code: `${js}localStorage.setItem('sf', JSON.stringify(tokens));`,
  },
  { name: 'an item of the session storage', file: 'a.js', code: `${js}sessionStorage['sf'] = tokens.access_token;` },
  { name: 'a cookie that a script sets', file: 'a.js', code: `${js}document.cookie = 'sf=' + tokens.access_token;` },
  { name: 'a subscript in Python', file: 'a.py', code: `${py}logger.info("token %s", data["access_token"])` },
  { name: 'a formatted string of Python', file: 'a.py', code: `${py}logging.debug(f'answer {data}')` },
  {
    name: 'a getter in Java',
    file: 'A.java',
    code: `class A { void a() { post("${url}"); log.info("Token: " + response.getAccessToken()); } }`,
  },
  {
    name: 'an interpolated text of C#',
    file: 'A.cs',
    code: `var u = "${url}"; _logger.LogDebug($"got {result.AccessToken}");`,
  },
  {
    name: 'a symbol in Ruby',
    file: 'a.rb',
    code: `HTTP.post('${url}')\nRails.logger.debug "token #{answer[:access_token]}"`,
  },
  {
    name: 'a logger of PHP',
    file: 'a.php',
    code: `<?php $u = '${url}'; $this->logger->info('t', ['t' => $tokens['access_token']]);`,
  },
  { name: 'a facade of PHP', file: 'a.php', code: `<?php $u = '${url}'; Log::debug($tokens['refresh_token']);` },
  { name: 'Go', file: 'a.go', code: `func a() { post("${url}"); log.Printf("token %s", tok.AccessToken) }` },
  {
    name: 'a cookie that scripts can read',
    file: 'a.js',
    code: `${js}res.cookie('t', tokens.access_token, { secure: true });`,
  },
  { name: 'a cookie of Flask', file: 'a.py', code: `${py}response.set_cookie("t", data["access_token"])` },
  {
    name: 'the preferences of Android',
    file: 'a.kt',
    code: `val u = "${url}"\ngetSharedPreferences("sf", 0).edit().putString("rt", tokens.refreshToken).apply()`,
  },
  {
    name: 'the user defaults of iOS',
    file: 'a.swift',
    code: `let u = "${url}"\nUserDefaults.standard.set(tokens.refreshToken, forKey: "rt")`,
  },
  {
    name: 'the storage of React Native',
    file: 'a.js',
    code: `${js}await AsyncStorage.setItem('rt', tokens.refresh_token);`,
  },
  {
    name: 'the text of an answer, whose address is a constant',
    file: 'A.java',
    code: `class A { static final String TOKEN_URL = "${url}"; void a() { HttpResponse answer = http.execute(new HttpPost(TOKEN_URL)); String text = EntityUtils.toString(answer.getEntity()); log.info(text); } }`,
  },
  {
    name: 'a complete answer of Serilog',
    file: 'A.cs',
    code: `var a = await http.PostAsync("${url}", form);\nvar tokens = await a.Content.ReadFromJsonAsync<Tokens>();\nLog.Information("got {@T}", tokens);`,
  },
  {
    name: 'the local storage under another name',
    file: 'a.js',
    code: `${js}const box = window.localStorage;\nbox.setItem('t', tokens.access_token);`,
  },
  {
    name: 'the end of a chain',
    file: 'a.js',
    code: `fetch('${url}', { body }).then((r) => r.json()).then((t) => { console.log(t); });`,
  },
  {
    name: 'the content of an answer in a chain',
    file: 'a.js',
    code: `axios.post('${url}', body).then(({ data }) => console.log(data));`,
  },
];

const innocent: readonly Example[] = [
  { name: 'words', file: 'a.js', code: `${js}console.log('no access_token in the answer');` },
  {
    name: 'whether it is there',
    file: 'a.js',
    code: `${js}console.log(!!tokens.refresh_token, Boolean(tokens.refresh_token));`,
  },
  { name: 'its length', file: 'a.js', code: `${js}console.log(tokens.access_token.length);` },
  { name: 'a question', file: 'a.js', code: `${js}console.log(tokens.access_token ? 'in' : 'out');` },
  { name: 'a mask', file: 'a.js', code: `${js}logger.info('token', mask(tokens.access_token));` },
  { name: 'its beginning', file: 'a.js', code: `${js}logger.info(tokens.access_token.slice(0, 4));` },
  { name: 'a name for a mask', file: 'a.js', code: `${js}console.log({ access_token: '***', scope: tokens.scope });` },
  {
    name: 'the answer of a request that failed',
    file: 'a.js',
    code: `${js.split('\n')[0] ?? ''}\nif (!answer.ok) {\n  console.log('failed', await answer.text());\n}`,
  },
  { name: 'an error', file: 'a.js', code: `${js}console.error('failed', tokens);` },
  { name: 'the response without its content', file: 'a.py', code: `${py}logger.info("answer %s", r)` },
  { name: 'the status', file: 'a.py', code: `${py}logger.info("status %s", r.status_code)` },
  {
    name: 'whether a key is in the answer',
    file: 'a.py',
    code: `${py}logger.info("ok", extra={"has": "access_token" in data})`,
  },
  { name: 'the keys', file: 'a.py', code: `${py}logger.info(list(data.keys()))` },
  {
    name: 'the answer of a later request',
    file: 'a.py',
    code: `${py}rows = requests.get(data["instance_url"] + "/services/data/v62.0/query").json()\nlogger.info(rows)`,
  },
  {
    name: 'a key that is removed',
    file: 'a.js',
    code: `${js}localStorage.removeItem('access_token'); localStorage.setItem('state', state);`,
  },
  { name: 'an encrypted token', file: 'a.js', code: `${js}localStorage.setItem('rt', encrypt(tokens.refresh_token));` },
  {
    name: 'its end',
    file: 'A.java',
    code: `class A { void a() { post("${url}"); log.info("until {}", token.getAccessTokenExpiry()); } }`,
  },
  {
    name: 'a name of a structured message',
    file: 'A.cs',
    code: `var u = "${url}"; log.LogInformation("got {AccessToken}", Mask(t.AccessToken));`,
  },
  {
    name: 'a token of another vendor',
    file: 'a.js',
    code: "const a = await fetch('https://oauth2.googleapis.com/token');\nconsole.log(a.access_token);",
  },
  {
    name: 'a cookie that scripts cannot read',
    file: 'a.js',
    code: `${js}res.cookie('t', tokens.access_token, { httpOnly: true, secure: true });`,
  },
  {
    name: 'the encrypted preferences of Android',
    file: 'a.kt',
    code: `val u = "${url}"\nval p = EncryptedSharedPreferences.create(c)\np.edit().putString("rt", tokens.refreshToken).apply()`,
  },
  { name: 'an encrypted file', file: 'a.py', code: `${py}json.dump({"rt": seal(data["refresh_token"])}, out)` },
  { name: 'the keychain', file: 'a.swift', code: `let u = "${url}"\nkeychain.set(tokens.refreshToken, forKey: "rt")` },
  {
    name: 'the rows of a query',
    file: 'a.js',
    code: `${js}const client = connect(tokens);\nconst rows = await client.query('x');\nconsole.log(rows);`,
  },
  {
    name: 'the answer of a later request in a chain',
    file: 'a.js',
    code: `fetch('${url}', { body }).then((r) => fetch(host + '/rows')).then((rows) => console.log(rows));`,
  },
  {
    name: 'the response in a chain',
    file: 'a.js',
    code: `fetch('${url}', { body }).then((r) => { console.log(r.status, r); return r; });`,
  },
  { name: 'an encrypted store', file: 'a.js', code: `${js}SecureStorage.setItem('t', tokens.access_token);` },
  { name: 'a comment', file: 'a.js', code: `${js}// console.log(tokens.access_token);` },
  { name: 'a mathematical function', file: 'a.js', code: `${js}Math.log(tokens.access_token);` },
];

const unsure: readonly Example[] = [
  {
    name: 'a cookie with options of elsewhere',
    file: 'a.js',
    code: `${js}res.cookie('t', tokens.access_token, cookieOptions);`,
  },
  { name: 'a store that the file does not show', file: 'a.js', code: `${js}cache.setItem('t', tokens.access_token);` },
  {
    name: 'the plain store of Electron',
    file: 'a.js',
    code: `import Store from 'electron-store';\nconst store = new Store();\n${js}store.set('t', tokens.refresh_token);`,
  },
  {
    name: 'the debug module',
    file: 'a.js',
    code: `const debug = require('debug')('acme');\n${js}debug('%o', tokens);`,
  },
  { name: 'a file', file: 'a.py', code: `${py}json.dump(data, out)` },
  { name: 'what a script prints', file: 'a.py', code: `${py}print(data["access_token"])` },
  {
    name: 'a token without an address',
    file: 'a.js',
    code: "localStorage.setItem('refresh_token', answer.refreshToken);",
  },
  {
    name: 'a file that talks to two vendors',
    file: 'a.js',
    code: `await fetch('https://oauth2.googleapis.com/token');\n${js}console.log(x.access_token);`.replace(/\n/g, ' '),
  },
];

async function outcomes({ file, code: written }: Example): Promise<boolean[]> {
  const code = await codeWithoutComments(file, written);
  const language = languageOf(file) ?? 'other';
  const found = exposuresIn(
    { path: file, code, language, lineAt: lineFinder(code) },
    { named: new Map(), recorded: new Map() }
  );
  return [...new Set(found.map(({ sure }) => sure))];
}

describe('where code writes tokens', () => {
  it('has a bound for quotes that do not end', () => {
    const code = `services/oauth2/token access_token console.log('${"\\\\'".repeat(100_000)}`;
    const before = process.cpuUsage().user;
    exposuresIn(
      { path: 'a.js', code, language: 'JavaScript', lineAt: lineFinder(code) },
      { named: new Map(), recorded: new Map() }
    );
    expect((process.cpuUsage().user - before) / 1000).to.be.lessThan(2000);
  });

  for (const one of exposed) {
    it(`finds ${one.name} (${one.file})`, async () => {
      expect(await outcomes(one)).to.deep.equal([true]);
    });
  }
  for (const one of innocent) {
    it(`leaves alone ${one.name} (${one.file})`, async () => {
      expect(await outcomes(one)).to.deep.equal([]);
    });
  }
  for (const one of unsure) {
    it(`is not sure about ${one.name}`, async () => {
      expect(await outcomes(one)).to.deep.equal([false]);
    });
  }
});
