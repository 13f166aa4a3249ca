import { expect } from 'chai';
import { tokenRequests } from '../../../src/package/collectors/tokenRequests.js';
import { memoryTree } from '../../support/memoryTree.js';
import { packageProject, sourceOf } from '../../support/packageSource.js';

type Files = Readonly<Record<string, string>>;

const collect = async (files: Files, integration?: Files): ReturnType<typeof tokenRequests.collect> => {
  const source = await sourceOf({
    'sfdx-project.json': packageProject,
    'force-app/labels/Acme.labels-meta.xml': '<CustomLabels/>',
    ...files,
  });
  const integrations = integration ? [{ folder: 'gateway', tree: memoryTree(integration) }] : [];
  return tokenRequests.collect({ ...source, integrations }, { asOf: new Date(0), params: {}, required: [] });
};
/** `file:line kept guarded` of each refresh, `file:line challenge` of each authorization request. */
const seen = async (integration: Files, files: Files = {}): Promise<string[]> => {
  const evidence = await collect(files, integration);
  expect(evidence.status).to.equal('complete');
  if (evidence.status === 'unavailable') return [];
  const { refreshes, authorizations } = evidence.value;
  return [
    ...refreshes.map(
      ({ subject, keepsRotatedToken, guarded }) => `${subject.file}:${subject.line} ${keepsRotatedToken} ${guarded}`
    ),
    ...authorizations.map(({ subject, challenge }) => `${subject.file}:${subject.line} challenge ${challenge}`),
  ];
};
const url = 'https://login.salesforce.com/services/oauth2/token';

/** The same code before and after its repair. */
type Pair = { name: string; file: string; before: string; after: string };
const pairs: readonly Pair[] = [
  {
    name: 'TypeScript that awaits',
    file: 'src/auth.ts',
    before: `export class Session {
  async renew(): Promise<void> {
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: this.refreshToken });
    const response = await fetch('${url}', { method: 'POST', body });
    const answer = (await response.json()) as Answer;
    this.accessToken = answer.access_token;
    await this.store.save(this.user, { access: answer.access_token, refresh: this.refreshToken });
  }
}`,
    after: `export class Session {
  async renew(): Promise<void> {
    await this.mutex.runExclusive(async () => {
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: this.refreshToken });
      const response = await fetch('${url}', { method: 'POST', body });
      const answer = (await response.json()) as Answer;
      this.accessToken = answer.access_token;
      this.refreshToken = answer.refresh_token ?? this.refreshToken;
      await this.store.save(this.user, { access: answer.access_token, refresh: this.refreshToken });
    });
  }
}`,
  },
  {
    name: 'JavaScript that returns the answer to a caller',
    file: 'lib/token.js',
    before: `function exchangeToken(session) {
  const form = new URLSearchParams({ grant_type: 'refresh_token' });
  form.append('refresh_token', session.refresh);
  return fetch('${url}', { method: 'POST', body: form }).then((response) => response.json());
}
async function callApi(session, path) {
  const { access_token: fresh } = await exchangeToken(session);
  session.access = fresh;
}`,
    after: `function exchangeToken(session) {
  const form = new URLSearchParams({ grant_type: 'refresh_token' });
  form.append('refresh_token', session.refresh);
  return fetch('${url}', { method: 'POST', body: form }).then((response) => response.json());
}
async function callApi(session, path) {
  const release = await lock(session.user);
  const { access_token: fresh, refresh_token: next } = await exchangeToken(session);
  await store(session.user, fresh, next);
  release();
}`,
  },
  {
    name: 'Python',
    file: 'sync/login.py',
    before: `class Client:
    def login(self):
        body = {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        resp = requests.post("${url}", data=body)
        auth = resp.json()
        self.access_token = auth["access_token"]
        self.instance_url = auth["instance_url"]
`,
    after: `class Client:
    def login(self):
        with self._lock:
            body = {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
            resp = requests.post("${url}", data=body)
            auth = resp.json()
            self.access_token = auth["access_token"]
            fresh = auth.get("refresh_token")
            if fresh:
                self.refresh_token = fresh
                self.write_config()
`,
  },
  {
    name: 'Java',
    file: 'src/main/java/acme/Tokens.java',
    before: `class Tokens {
  String refresh(String refreshToken) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("${url}"))
        .POST(BodyPublishers.ofString("grant_type=refresh_token&refresh_token=" + refreshToken)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    JSONObject json = new JSONObject(response.body());
    return json.getString("access_token");
  }
}`,
    after: `class Tokens {
  synchronized String refresh(String refreshToken) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("${url}"))
        .POST(BodyPublishers.ofString("grant_type=refresh_token&refresh_token=" + refreshToken)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    JSONObject json = new JSONObject(response.body());
    this.store.save(json.getString("access_token"), json.optString("refresh_token", refreshToken));
    return json.getString("access_token");
  }
}`,
  },
  {
    name: 'Kotlin',
    file: 'app/Tokens.kt',
    before: `class Tokens {
  suspend fun refresh() {
    val body = FormBody.Builder().add("grant_type", "refresh_token").add("refresh_token", stored).build()
    val response = client.newCall(Request.Builder().url("${url}").post(body).build()).execute()
    val json = JSONObject(response.body!!.string())
    accessToken = json.getString("access_token")
  }
}`,
    after: `class Tokens {
  suspend fun refresh() = mutex.withLock {
    val body = FormBody.Builder().add("grant_type", "refresh_token").add("refresh_token", stored).build()
    val response = client.newCall(Request.Builder().url("${url}").post(body).build()).execute()
    val json = JSONObject(response.body!!.string())
    accessToken = json.getString("access_token")
    preferences.put("refresh", json.getString("refresh_token"))
  }
}`,
  },
  {
    name: 'Ruby',
    file: 'lib/token.rb',
    before: `class Token
  def refresh!
    response = Faraday.post('${url}', grant_type: 'refresh_token', refresh_token: @refresh_token)
    body = JSON.parse(response.body)
    @access_token = body['access_token']
  end
end`,
    after: `class Token
  def refresh!
    with_lock do
      response = Faraday.post('${url}', grant_type: 'refresh_token', refresh_token: @refresh_token)
      body = JSON.parse(response.body)
      update!(access_token: body['access_token'], refresh_token: body['refresh_token'] || refresh_token)
    end
  end
end`,
  },
  {
    name: 'Go',
    file: 'token.go',
    before: `package token

func (c *Client) Refresh() error {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {c.refreshToken}}
	resp, err := http.PostForm("${url}", form)
	if err != nil {
		return err
	}
	var tok answer
	if err := json.NewDecoder(resp.Body).Decode(&tok); err != nil {
		return err
	}
	c.accessToken = tok.AccessToken
	return nil
}`,
    after: `package token

func (c *Client) Refresh() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {c.refreshToken}}
	resp, err := http.PostForm("${url}", form)
	if err != nil {
		return err
	}
	var tok answer
	if err := json.NewDecoder(resp.Body).Decode(&tok); err != nil {
		return err
	}
	c.accessToken = tok.AccessToken
	if tok.RefreshToken != "" {
		c.refreshToken = tok.RefreshToken
	}
	return c.save()
}`,
  },
  {
    name: 'C# that writes the old token over the new one',
    file: 'Gateway/Client.cs',
    before: `class Client {
  public async Task RefreshAsync(string refreshToken) {
    var content = new FormUrlEncodedContent(new Dictionary<string, string> { { "grant_type", "refresh_token" }, { "refresh_token", refreshToken } });
    var message = await http.PostAsync("${url}", content);
    var text = await message.Content.ReadAsStringAsync();
    this.Info = JsonConvert.DeserializeObject<Answer>(text);
    this.Info.RefreshToken = refreshToken;
  }
}`,
    after: `class Client {
  public async Task RefreshAsync(string refreshToken) {
    await semaphore.WaitAsync();
    var content = new FormUrlEncodedContent(new Dictionary<string, string> { { "grant_type", "refresh_token" }, { "refresh_token", refreshToken } });
    var message = await http.PostAsync("${url}", content);
    var text = await message.Content.ReadAsStringAsync();
    this.Info = JsonConvert.DeserializeObject<Answer>(text);
    if (string.IsNullOrEmpty(this.Info.RefreshToken)) this.Info.RefreshToken = refreshToken;
  }
}`,
  },
];

/** Shapes of public reports, written anew: what was lost, and how it was repaired. */
const incidents: ReadonlyArray<Pair & { unlocked?: true }> = [
  {
    name: 'SalesforceMobileSDK-Android #2879, an account whose refresh token is stored apart from the rest',
    file: 'src/Accounts.java',
    before: `class Accounts {
  void refreshStale(Account account) throws IOException {
    synchronized (lock) {
      Response response = http.newCall(post("${url}", "grant_type=refresh_token&refresh_token=" + manager.getPassword(account))).execute();
      JSONObject answer = new JSONObject(response.body().string());
      Bundle values = new Bundle();
      values.putString("token", answer.getString("access_token"));
      values.putString("instance", answer.getString("instance_url"));
      manager.updateUserData(account, values);
    }
  }
}`,
    after: `class Accounts {
  void refreshStale(Account account) throws IOException {
    synchronized (lock) {
      Response response = http.newCall(post("${url}", "grant_type=refresh_token&refresh_token=" + manager.getPassword(account))).execute();
      JSONObject answer = new JSONObject(response.body().string());
      Bundle values = new Bundle();
      values.putString("token", answer.getString("access_token"));
      values.putString("instance", answer.getString("instance_url"));
      manager.updateUserData(account, values);
      if (answer.has("refresh_token")) manager.setPassword(account, answer.getString("refresh_token"));
    }
  }
}`,
  },
  {
    name: 'dust #20853, a provider that returns the token of the database',
    file: 'src/provider.ts',
    before: `export class Provider {
  async refresh(connection: Connection): Promise<Tokens> {
    return withLock(connection.id, async () => {
      const refreshToken = await connection.unsealRefreshToken();
      const raw = await this.request('${url}', { grant_type: 'refresh_token', refresh_token: refreshToken });
      const accessToken = raw['access_token'];
      if (!accessToken) throw new Error('no access token');
      return { accessToken, refreshToken, raw: undefined };
    });
  }
}`,
    after: `export class Provider {
  async refresh(connection: Connection): Promise<Tokens> {
    return withLock(connection.id, async () => {
      const refreshToken = await connection.unsealRefreshToken();
      const raw = await this.request('${url}', { grant_type: 'refresh_token', refresh_token: refreshToken });
      const accessToken = raw['access_token'];
      if (!accessToken) throw new Error('no access token');
      return { accessToken, refreshToken: raw['refresh_token'] ?? refreshToken, raw: undefined };
    });
  }
}`,
  },
  {
    name: 'ballerina salesforce #405, a listener that uses the token of its configuration each time',
    file: 'src/Listener.kt',
    before: `class Listener(private val config: Config) {
  fun reconnect() = lock.withLock {
    val form = "grant_type=refresh_token&refresh_token=" + config.refreshToken
    val response = http.send(post("${url}", form), BodyHandlers.ofString())
    val answer = mapper.readTree(response.body())
    this.accessToken = answer.get("access_token").asText()
  }
}`,
    after: `class Listener(private val config: Config, private val tokens: TokenStore) {
  fun reconnect() = lock.withLock {
    val form = "grant_type=refresh_token&refresh_token=" + (tokens.current() ?: config.refreshToken)
    val response = http.send(post("${url}", form), BodyHandlers.ofString())
    val answer = mapper.readTree(response.body())
    this.accessToken = answer.get("access_token").asText()
    tokens.set(answer.get("refresh_token").asText())
  }
}`,
  },
  {
    name: 'airbyte #80783, a connector that logs in again during a sync',
    file: 'source/api.py',
    before: `class Salesforce:
    def login(self):
        body = {"grant_type": "refresh_token", "client_id": self.client_id, "refresh_token": self.refresh_token}
        resp = self.make_request("POST", "${url}", body=body)
        auth = resp.json()
        self.access_token = auth["access_token"]
        self.instance_url = auth["instance_url"]
`,
    after: `class Salesforce:
    def login(self):
        with self.login_lock:
            body = {"grant_type": "refresh_token", "client_id": self.client_id, "refresh_token": self.refresh_token}
            resp = self.make_request("POST", "${url}", body=body)
            auth = resp.json()
            self.access_token = auth["access_token"]
            self.instance_url = auth["instance_url"]
            if auth.get("refresh_token"):
                self.refresh_token = auth["refresh_token"]
                self.on_refresh_token(self.refresh_token)
`,
  },
  {
    name: 'jetstream #1664 and #1726, requests that share one token',
    file: 'src/adapter.ts',
    before: `export class Adapter {
  async renew(session: Session): Promise<string> {
    const response = await fetch('${url}', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: session.refreshToken }).toString(),
    });
    const { access_token: accessToken } = await response.json();
    session.onRefresh(accessToken);
    return accessToken;
  }
}`,
    after: `export class Adapter {
  async renew(session: Session): Promise<string> {
    return this.lock.runExclusive(async () => {
      const response = await fetch('${url}', {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: session.refreshToken }).toString(),
      });
      const { access_token: accessToken, refresh_token: refreshToken } = await response.json();
      await session.onRefresh(accessToken, refreshToken);
      return accessToken;
    });
  }
}`,
  },
  {
    name: 'tap-salesforce #216, a configuration file that keeps the old token',
    file: 'tap/client.py',
    unlocked: true,
    before: `def login(self):
    login_body = {'grant_type': 'refresh_token', 'client_id': self.sf_client_id, 'refresh_token': self.refresh_token}
    resp = self.session.post('${url}', data=login_body)
    auth = resp.json()
    self.access_token = auth['access_token']
    self.instance_url = auth['instance_url']
`,
    after: `def login(self):
    login_body = {'grant_type': 'refresh_token', 'client_id': self.sf_client_id, 'refresh_token': self.refresh_token}
    resp = self.session.post('${url}', data=login_body)
    auth = resp.json()
    self.access_token = auth['access_token']
    self.instance_url = auth['instance_url']
    new_token = auth.get('refresh_token')
    if new_token and new_token != self.refresh_token:
        self.refresh_token = new_token
        self.save_config({'refresh_token': new_token})
`,
  },
  {
    name: 'sfdx-core #1340, settings that are built from the old token',
    file: 'src/auth.ts',
    unlocked: true,
    before: `import { OAuth2 } from '@jsforce/jsforce-node';
export async function buildConfig(options: Options): Promise<Fields> {
  const oauth2 = new OAuth2(options);
  const answer = await oauth2.refreshToken(options.refreshToken);
  return {
    accessToken: answer.access_token,
    instanceUrl: answer.instance_url,
    refreshToken: options.refreshToken,
  };
}`,
    after: `import { OAuth2 } from '@jsforce/jsforce-node';
export async function buildConfig(options: Options): Promise<Fields> {
  const oauth2 = new OAuth2(options);
  const answer = await oauth2.refreshToken(options.refreshToken);
  return {
    accessToken: answer.access_token,
    instanceUrl: answer.instance_url,
    refreshToken: answer.refresh_token ?? options.refreshToken,
  };
}`,
  },
  {
    name: 'restforce #957, a callback that stores the access token only',
    file: 'lib/client.rb',
    unlocked: true,
    before: `client = Restforce.new(
  oauth_token: org.token, refresh_token: org.refresh, client_id: id, client_secret: secret,
  authentication_callback: ->(answer) { org.update!(token: answer.access_token) }
)
`,
    after: `client = Restforce.new(
  oauth_token: org.token, refresh_token: org.refresh, client_id: id, client_secret: secret,
  authentication_callback: ->(answer) { org.update!(token: answer.access_token, refresh: answer.refresh_token) }
)
`,
  },
];

describe('tokenRequests: the refresh token of the answer', () => {
  for (const { name, file, before, after } of pairs) {
    it(`is dropped before and kept after: ${name}`, async () => {
      const [line, ...others] = await seen({ [file]: before });
      expect(line).to.match(/^\S+:\d+ no unknown$/);
      expect(others).to.deep.equal([]);
      expect((await seen({ [file]: after })).join()).to.match(/^\S+:\d+ yes yes$/);
    });
  }

  for (const { name, file, before, after, ...more } of incidents) {
    it(`is lost as in a public incident, and kept after its repair: ${name}`, async () => {
      expect((await seen({ [file]: before })).join()).to.match(/^\S+:\d+ no (?:unknown|yes)$/);
      expect((await seen({ [file]: after })).join()).to.match(
        more.unlocked ? /^\S+:\d+ yes unknown$/ : /^\S+:\d+ yes yes$/
      );
    });
  }

  it('is dropped before and kept after: Apex', async () => {
    const apex = (...lines: readonly string[]): Files => ({
      'force-app/classes/Renew.cls': [
        'public class Renew {',
        '  public static void run(String old) {',
        '    HttpRequest req = new HttpRequest();',
        `    req.setEndpoint('${url}');`,
        "    req.setBody('grant_type=refresh_token&refresh_token=' + old);",
        '    HttpResponse res = new Http().send(req);',
        '    Map<String, Object> answer = (Map<String, Object>) JSON.deserializeUntyped(res.getBody());',
        "    token = (String) answer.get('access_token');",
        ...lines,
        '  }',
        '}',
      ].join('\n'),
    });
    expect(await seen({}, apex())).to.deep.equal(['force-app/classes/Renew.cls:5 no unknown']);
    const kept = apex(
      "    update new Acme__c(Id = [SELECT Id FROM Acme__c FOR UPDATE].Id, Refresh__c = (String) answer.get('refresh_token'));"
    );
    expect(await seen({}, kept)).to.deep.equal(['force-app/classes/Renew.cls:5 yes yes']);
  });

  it('is followed into the function of another file that sends it', async () => {
    const files = (reads: string): Files => ({
      'src/token.js': `export async function renewToken(old) {
  const answer = await post('${url}', { grant_type: 'refresh_token', refresh_token: old });
  return answer.data;
}`,
      'src/job.js': `import { renewToken } from './token.js';
export async function runJob(store) {
  const tokens = await renewToken(store.refresh);
  ${reads}
}`,
    });
    expect(await seen(files('store.access = tokens.access_token;'))).to.deep.equal(['src/token.js:2 no unknown']);
    expect(await seen(files('await store.save(tokens);'))).to.deep.equal(['src/token.js:2 yes unknown']);
  });

  const traps: ReadonlyArray<[name: string, text: string, ...wanted: string[]]> = [
    [
      'a token that is only written to the log is not kept',
      `async function renew(s) {
  const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  console.log('rotated', answer.refresh_token);
  s.access = answer.access_token;
}`,
      'a.js:2 no unknown',
    ],
    [
      'an answer that nothing takes is dropped',
      `import { Connection } from 'jsforce';
async function renew(conn) {
  await conn.oauth2.refreshToken(conn.refreshToken);
  await conn.query('SELECT Id FROM Organization');
}`,
      'a.js:3 no unknown',
    ],
    [
      'an answer that nothing takes is dropped, whatever it is called with',
      `async function renew(s) {
  await fetch('${url}', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: s.old }),
  });
  s.retries = 0;
}`,
      'a.js:4 no unknown',
    ],
    [
      'an answer that goes to a callback is not dropped',
      `function renew(s, done) {
  request.post({ url: '${url}', form: { grant_type: 'refresh_token', refresh_token: s.old } }, done);
}`,
      'a.js:2 unknown unknown',
    ],
    [
      'a function of the project may keep the answer by itself',
      `async function renew(s) {
  await this.requestToken('${url}', { grant_type: 'refresh_token', refresh_token: s.old });
}`,
      'a.js:2 unknown unknown',
    ],
    [
      'a statement that is too long to be followed is not understood',
      `async function renew(s) {
  const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  const text = ${'s.a+'.repeat(2000)}answer.access_token;
  s.access = answer.access_token;
}`,
      'a.js:2 unknown unknown',
    ],
    [
      'an answer that goes to an unknown function is not understood',
      `async function renew(s) {
  const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  tokensArrived(answer);
}`,
      'a.js:2 unknown unknown',
    ],
    [
      'a refresh at another vendor',
      `async function renew(s) {
  const answer = await (await fetch('https://oauth2.vendor.example/token', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  s.access = answer.access_token;
}`,
    ],
    [
      'a server that implements the grant itself',
      `function issue(req) {
  if (req.body.grant_type === 'refresh_token') return rotate(req.body.refresh_token);
}`,
    ],
    [
      'a grant that is chosen elsewhere is not understood',
      `async function renew(s, kind) {
  const answer = await send('${url}', { grant_type: kind, refresh_token: s.refreshToken });
  s.access = answer.access_token;
}`,
      'a.js:2 unknown unknown',
    ],
    [
      'a caller that reads the access token only, after the function stored both',
      `async function refreshAll(s) {
  const { data, error } = await client.functions.invoke('salesforce-auth', { body: { grant_type: 'refresh_token', refresh_token: s.old, url: '${url}' } });
  if (error) throw error;
  if (data.refresh_token) s.setItem('refresh', data.refresh_token);
  return data;
}
async function check(s) {
  const answer = await refreshAll(s);
  return { valid: true, token: answer.access_token };
}`,
      'a.js:2 yes unknown',
    ],
    [
      'a clock is no lock',
      `async function renew(s) {
  const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  await s.save(answer, clock.now(), Clock.systemUTC(), block(s));
}`,
      'a.js:2 yes unknown',
    ],
    [
      'a lock of any name',
      `async function renew(s) {
  await this.tokenLock.acquire();
  const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  await s.save(answer);
}`,
      'a.js:3 yes yes',
    ],
    [
      'what starts in parallel after a refresh is no refresh',
      `async function renew(s) {
  const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  await s.save(answer);
  await Promise.all([audit(s), notify(s)]);
}
async function start(user) {
  const [profile, limits] = await Promise.all([readProfile(user), readLimits(user)]);
  await renew(user);
}`,
      'a.js:2 yes unknown',
    ],
    [
      'requests that one function starts in parallel',
      `async function everyUser(users) {
  await Promise.all(users.map(async (s) => {
    const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
    await s.save(answer);
  }));
}`,
      'a.js:3 yes no',
    ],
    [
      'a function that is handed to what calls it in parallel is not followed',
      `async function renew(s) {
  const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  await s.save(answer);
}
function everyUser(users) {
  return Promise.allSettled(users.map(renew));
}`,
      'a.js:2 yes unknown',
    ],
    [
      'refreshes that start in parallel',
      `async function renew(s) {
  const answer = await (await fetch('${url}', { body: 'grant_type=refresh_token&refresh_token=' + s.old })).json();
  await s.save(answer);
}
async function everyUser(users) {
  await Promise.all(users.map((user) => renew(user)));
}`,
      'a.js:2 yes no',
    ],
  ];
  for (const [name, text, ...wanted] of traps) {
    it(`trap: ${name}`, async () => {
      expect(await seen({ 'a.js': text })).to.deep.equal(wanted);
    });
  }

  it('is followed where one function writes the request and another one sends it', async () => {
    const client = (line: string): Files => ({
      'Common.cs': `static class Common {
  public static string FormatRefreshTokenUrl(string url, string token) {
    return $"{url}?grant_type=refresh_token&refresh_token={token}";
  }
}`,
      'Client.cs': `class Client {
  public async Task RefreshAsync(string refreshToken) {
    var address = Common.FormatRefreshTokenUrl("${url}", refreshToken);
    var message = await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, Proxy(new Uri(address))));
    var text = await message.Content.ReadAsStringAsync();
    var answer = JsonConvert.DeserializeObject<Answer>(text);
    AccessToken = answer.AccessToken;
    RefreshToken = ${line};
  }
}`,
    });
    expect(await seen(client('refreshToken'))).to.deep.equal(['Common.cs:3 no unknown']);
    expect(await seen(client('answer.RefreshToken'))).to.deep.equal(['Common.cs:3 yes unknown']);
  });

  it('is followed where constants name the parameter and the grant', async () => {
    const names =
      'class Names { static final String GRANT_TYPE = "grant_type"; static final String REFRESH_TOKEN = "refresh_token"; static final String ACCESS = "access"; }';
    const client = (grant: string): Files => ({
      'Names.java': names,
      'Client.java': `class Client {
  void renew(String token) {
    Form form = new Form().param(Names.GRANT_TYPE, ${grant}).param(Names.REFRESH_TOKEN, token);
    Map<String, String> answer = http.post("${url}", form).json();
    this.accessToken = answer.get("access_token");
  }
}`,
    });
    expect(await seen(client('Names.REFRESH_TOKEN'))).to.deep.equal(['Client.java:3 no unknown']);
    // Trap: what the constant is given is no grant.
    expect(await seen(client('Names.ACCESS'))).to.deep.equal([]);
  });

  it('is kept where the old one is only used if the answer has none', async () => {
    const python = `class Auth:
    def renew(self, old):
        data = urlencode(dict(grant_type='refresh_token', refresh_token=old))
        answer = self.checked(requests.post('${url}', data=data))
        answer.setdefault('refresh_token', old)
        return answer

    def current(self):
        with lock:
            tokens[self.alias] = self.renew(tokens[self.alias]['refresh_token'])
            return tokens[self.alias]
`;
    expect(await seen({ 'a.py': python })).to.deep.equal(['a.py:3 yes yes']);
  });

  it('is followed through an assignment that is the first of its block', async () => {
    const python = (line: string): Files => ({
      'a.py': `def renew(row):
    response = requests.post('${url}', data={'grant_type': 'refresh_token', 'refresh_token': row.refresh})
    try:
        answer = checked(response)
    except ValueError as e:
        if response is not None:
            message = 'Salesforce answered: {}'.format(response.text)
        raise Exception(message) from e
    ${line}
`,
    });
    expect(await seen(python("row.refresh = answer['refresh_token']"))).to.deep.equal(['a.py:2 yes unknown']);
    expect(await seen(python("row.access = answer['access_token']"))).to.deep.equal(['a.py:2 no unknown']);
  });

  const starts: ReadonlyArray<[name: string, file: string, text: string]> = [
    [
      'asyncio',
      'a.py',
      `async def renew(s):\n    answer = (await http.post('${url}', data={'grant_type': 'refresh_token', 'refresh_token': s.old})).json()\n    s.save(answer)\n\nasync def all_users(users):\n    await asyncio.gather(*[renew(user) for user in users])\n`,
    ],
    [
      'a goroutine',
      'a.go',
      `package a\nfunc Renew(s *State) error {\n\tresp, err := http.PostForm("${url}", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {s.old}})\n\tvar tok Answer\n\tjson.NewDecoder(resp.Body).Decode(&tok)\n\ts.refresh = tok.RefreshToken\n\treturn err\n}\nfunc All(users []*State) {\n\tfor _, u := range users {\n\t\tgo func() { Renew(u) }()\n\t}\n}\n`,
    ],
    [
      'a thread',
      'a.rb',
      `def renew(s)\n  body = JSON.parse(Faraday.post('${url}', grant_type: 'refresh_token', refresh_token: s.old).body)\n  s.update!(refresh: body['refresh_token'])\nend\n\ndef everyone(users)\n  users.map { |user| Thread.new { renew(user) } }\nend\n`,
    ],
  ];
  for (const [name, file, text] of starts) {
    it(`is used twice by what starts in ${name}`, async () => {
      expect((await seen({ [file]: text })).join()).to.match(/^\S+ (?:yes|unknown) no$/);
    });
  }

  it('is lost by a connection of jsforce unless its event is handled', async () => {
    const connection =
      "const jsforce = require('jsforce');\nconst conn = new jsforce.Connection({ oauth2, accessToken, refreshToken: user.token });\n";
    expect(await seen({ 'a.js': connection })).to.deep.equal(['a.js:2 no yes']);
    const half = `${connection}conn.on('refresh', (accessToken) => save(accessToken));`;
    expect(await seen({ 'a.js': half })).to.deep.equal(['a.js:2 no yes']);
    const whole = `${connection}conn.on('refresh', (accessToken, answer) => save(accessToken, answer.refresh_token));`;
    expect(await seen({ 'a.js': whole })).to.deep.equal(['a.js:2 yes yes']);
  });

  const handlers: ReadonlyArray<[name: string, handler: string, kept: string, more?: string]> = [
    ['stores the answer', '(token, answer) => save(user, answer)', 'yes'],
    ['takes the answer apart', '(token, { refresh_token }) => save(user, token, refresh_token)', 'yes'],
    ['only logs the answer', "(token, answer) => { console.log('rotated', answer.refresh_token); save(token); }", 'no'],
    [
      'only logs a part of the answer',
      '(token, { refresh_token }) => { console.log(refresh_token); save(token); }',
      'no',
    ],
    ['ignores the answer', '(token, answer) => save(user, token)', 'no'],
    ['hands the answer to unknown code', '(token, answer) => arrived(answer)', 'unknown'],
    [
      'is a function that stores the answer',
      'onRefresh',
      'yes',
      'function onRefresh(token, answer) { user.refresh = answer.refresh_token; }',
    ],
    [
      'is a function that drops the answer',
      'onRefresh',
      'no',
      'function onRefresh(token, answer) { user.access = token; }',
    ],
    [
      'is a function without the answer',
      'onRefresh',
      'no',
      'const onRefresh = async (token) => { await save(token); };',
    ],
    ['is a method that is not shown', 'this.store.onRefresh', 'unknown'],
  ];
  for (const [name, handler, kept, more = ''] of handlers) {
    it(`is ${kept === 'yes' ? 'kept' : kept === 'no' ? 'lost' : 'not followed'} by a connection of jsforce whose handler ${name}`, async () => {
      const text = `const jsforce = require('jsforce');\nconst conn = new jsforce.Connection({ oauth2, accessToken, refreshToken });\nconn.on('refresh', ${handler});\n${more}\n`;
      expect(await seen({ 'a.js': text })).to.deep.equal([`a.js:2 ${kept} yes`]);
    });
  }

  it('is lost by the one of two connections of jsforce whose event is not handled', async () => {
    const made = (name: string): string =>
      `const ${name} = new jsforce.Connection({ oauth2, accessToken, refreshToken: user.${name} });\n`;
    const handled = (name: string): string => `${name}.on('refresh', (t, answer) => save(t, answer.refresh_token));\n`;
    const file = (...lines: readonly string[]): Files => ({
      'a.js': ["const jsforce = require('jsforce');\n", ...lines].join(''),
    });
    expect(await seen(file(made('one'), made('two'), handled('one')))).to.deep.equal([
      'a.js:2 yes yes',
      'a.js:3 no yes',
    ]);
    expect(await seen(file(made('one'), handled('one'), made('two'), handled('two')))).to.deep.equal([
      'a.js:2 yes yes',
    ]);
    // Trap: the names of two functions.
    const open = (name: string, ...lines: readonly string[]): string => `function ${name}() {\n${lines.join('')}}\n`;
    expect(await seen(file(open('read', made('conn'), handled('conn')), open('write', made('conn'))))).to.deep.equal([
      'a.js:3 yes yes',
      'a.js:7 no yes',
    ]);
    // Trap: a function that handles whatever it is given.
    expect(await seen(file(open('watch', handled('one')), made('one'), made('two'), 'watch(one);'))).to.deep.equal([
      'a.js:5 unknown yes',
    ]);
    const chained = made('one').replace(/;\n$/, `${handled('').replace(/;\n$/, '')};\n`);
    expect(await seen(file(chained, made('two')))).to.deep.equal(['a.js:2 yes yes', 'a.js:3 no yes']);
  });

  it('is lost by a session of requests-oauthlib unless its updater, or the code around it, stores it', async () => {
    const session = (more: string, rest = ''): Files => ({
      'a.py': `from requests_oauthlib import OAuth2Session, TokenUpdated\nURL = "${url}"\ns = OAuth2Session(cid, token=t, auto_refresh_url=URL${more})\n${rest}`,
    });
    expect(await seen(session(''))).to.deep.equal(['a.py:3 no unknown']);
    const updater = (...lines: readonly string[]): Promise<string[]> =>
      seen(session(', token_updater=save_token', ['def save_token(new):', ...lines, ''].join('\n    ')));
    expect(await updater("db.store('sf', new)")).to.deep.equal(['a.py:3 yes unknown']);
    expect(await updater("row.refresh = new['refresh_token']")).to.deep.equal(['a.py:3 yes unknown']);
    expect(await updater("row.access = new['access_token']")).to.deep.equal(['a.py:3 no unknown']);
    expect(await updater("log.info('refreshed')")).to.deep.equal(['a.py:3 no unknown']);
    expect(await updater("log.info('refreshed %s', new)")).to.deep.equal(['a.py:3 no unknown']);
    expect(await updater('arrived(new)')).to.deep.equal(['a.py:3 unknown unknown']);
    // Trap: a function that the code does not show.
    expect(await seen(session(', token_updater=save_token'))).to.deep.equal(['a.py:3 unknown unknown']);
    expect(await seen(session(', token_updater=self.save_token'))).to.deep.equal(['a.py:3 unknown unknown']);
    const elsewhere = { 'b.py': "def save_token(new):\n    db.store('sf', new)\n" };
    expect(await seen({ ...session(', token_updater=save_token'), ...elsewhere })).to.deep.equal([
      'a.py:3 yes unknown',
    ]);
    const twice = { ...elsewhere, 'c.py': 'def save_token(new):\n    pass\n' };
    expect(await seen({ ...session(', token_updater=save_token'), ...twice })).to.deep.equal([
      'a.py:3 unknown unknown',
    ]);
    expect(await seen(session(', token_updater=lambda new: None'))).to.deep.equal(['a.py:3 no unknown']);
    expect(await seen(session(', token_updater=lambda new: log.info(new)'))).to.deep.equal(['a.py:3 no unknown']);
    expect(await seen(session(', token_updater=lambda new: store.save(new)'))).to.deep.equal(['a.py:3 yes unknown']);
    expect(
      await seen(session('', 'try:\n    s.get(u)\nexcept TokenUpdated:\n    pass\nprint(s.token)\n'))
    ).to.deep.equal(['a.py:3 no unknown']);
    expect(await seen(session('', 'try:\n    s.get(u)\nexcept TokenUpdated as e:\n    save(e.token)\n'))).to.deep.equal(
      ['a.py:3 yes unknown']
    );
    const catching = {
      'b.py':
        'from requests_oauthlib import TokenUpdated\ntry:\n    go()\nexcept TokenUpdated as e:\n    save(e.token)\n',
    };
    expect(await seen({ ...session(''), ...catching })).to.deep.equal(['a.py:3 unknown unknown']);
    expect(await seen(session(', **options'))).to.deep.equal(['a.py:3 unknown unknown']);
    const other =
      'from requests_oauthlib import OAuth2Session\nURL = "https://oauth2.vendor.example/token"\ns = OAuth2Session(cid, token=t, auto_refresh_url=URL)\n';
    expect(await seen({ 'a.py': other })).to.deep.equal([]);
  });

  it('is followed where a session of Python refreshes in a call', async () => {
    const call = (line: string): Files => ({
      'a.py': `from authlib.integrations.requests_client import OAuth2Session\nURL = "${url}"\ndef renew(s, row):\n    token = s.refresh_token(URL, refresh_token=row.refresh)\n    ${line}\n`,
    });
    expect(await seen(call("row.access = token['access_token']"))).to.deep.equal(['a.py:4 no unknown']);
    expect(await seen(call('row.save(token)'))).to.deep.equal(['a.py:4 yes unknown']);
  });

  it('is followed where oauthlib writes the request', async () => {
    const client = (...lines: readonly string[]): Files => ({
      'a.py': [
        'from oauthlib.oauth2 import WebApplicationClient',
        'def renew(row):',
        `    url, headers, body = WebApplicationClient(cid).prepare_refresh_token_request("${url}", refresh_token=row.refresh)`,
        '    answer = requests.post(url, headers=headers, data=body).json()',
        ...lines.map((line) => `    ${line}`),
        '',
      ].join('\n'),
    });
    expect(await seen(client("row.access = answer['access_token']"))).to.deep.equal(['a.py:3 no unknown']);
    expect(await seen(client("row.refresh = answer['refresh_token']"))).to.deep.equal(['a.py:3 yes unknown']);
    expect(await seen(client('arrived(answer)'))).to.deep.equal(['a.py:3 unknown unknown']);
    const [other = ''] = Object.values(client("row.access = answer['access_token']"));
    expect(await seen({ 'a.py': other.replace(url, 'https://oauth2.vendor.example/token') })).to.deep.equal([]);
  });

  it('is lost by passport-oauth2-refresh unless its callback uses the third value', async () => {
    const refresh = (callback: string): Files => ({
      'a.js': `const refresh = require('passport-oauth2-refresh');\nrefresh.requestNewAccessToken('salesforce', user.refreshToken, ${callback});`,
    });
    expect(await seen(refresh('(error, accessToken) => { user.token = accessToken; }'))).to.deep.equal([
      'a.js:2 no unknown',
    ]);
    const kept = 'function (error, accessToken, refreshToken) { user.save(accessToken, refreshToken); }';
    expect(await seen(refresh(kept))).to.deep.equal(['a.js:2 yes unknown']);
    expect(await seen(refresh('stored'))).to.deep.equal(['a.js:2 unknown unknown']);
    const logged = '(error, accessToken, next) => { console.log("rotated", next); user.save(accessToken); }';
    expect(await seen(refresh(logged))).to.deep.equal(['a.js:2 no unknown']);
    const other = "refresh.requestNewAccessToken('google', t, (error, accessToken) => { u = accessToken; });";
    expect(await seen({ 'a.js': other })).to.deep.equal([]);
  });

  it('is lost by an authentication provider in Apex that gives the old token back', async () => {
    const provider = (token: string): Files => ({
      'force-app/classes/Login.cls': [
        'public class Login extends Auth.AuthProviderPluginClass {',
        '  public override Auth.OAuthRefreshResult refresh(Map<String, String> settings, String refreshToken) {',
        '    HttpRequest req = new HttpRequest();',
        `    req.setEndpoint('${url}');`,
        "    req.setBody('grant_type=refresh_token&refresh_token=' + refreshToken);",
        '    HttpResponse res = new Http().send(req);',
        '    Map<String, Object> answer = (Map<String, Object>) JSON.deserializeUntyped(res.getBody());',
        `    return new Auth.OAuthRefreshResult((String) answer.get('access_token'), ${token});`,
        '  }',
        '}',
      ].join('\n'),
    });
    const dropping = await Promise.all(['refreshToken', 'null'].map((token) => seen({}, provider(token))));
    expect(dropping).to.deep.equal([
      ['force-app/classes/Login.cls:5 no unknown'],
      ['force-app/classes/Login.cls:5 no unknown'],
    ]);
    expect(await seen({}, provider("(String) answer.get('refresh_token')"))).to.deep.equal([
      'force-app/classes/Login.cls:5 yes unknown',
    ]);
  });

  const results: ReadonlyArray<
    [name: string, address: string, read: string, access: string, token: string, wanted?: string]
  > = [
    [
      'a class',
      `'${url}'`,
      'Tokens t = (Tokens) JSON.deserialize(res.getBody(), Tokens.class);',
      't.access_token',
      't.refresh_token',
      'yes unknown',
    ],
    [
      'a class, and gives the old one back',
      `'${url}'`,
      'Tokens t = (Tokens) JSON.deserialize(res.getBody(), Tokens.class);',
      't.access_token',
      'old',
      'no unknown',
    ],
    [
      'a class, and gives an error back',
      `'${url}'`,
      'Tokens t = (Tokens) JSON.deserialize(res.getBody(), Tokens.class);',
      't.access_token',
      "null, 'failed'",
      'no unknown',
    ],
    [
      'the settings of the provider',
      "settings.get('Token_URL__c')",
      'Tokens t = (Tokens) JSON.deserialize(res.getBody(), Tokens.class);',
      't.access_token',
      'old',
      'unknown unknown',
    ],
    [
      'another vendor',
      "'https://oauth2.vendor.example/token'",
      'Tokens t = (Tokens) JSON.deserialize(res.getBody(), Tokens.class);',
      't.access_token',
      'old',
    ],
  ];
  for (const [name, address, read, access, token, wanted] of results) {
    it(`is followed into the result of an authentication provider in Apex that reads ${name}`, async () => {
      const text = [
        'public class Login extends Auth.AuthProviderPluginClass {',
        '  public override Auth.OAuthRefreshResult refresh(Map<String, String> settings, String old) {',
        '    HttpRequest req = new HttpRequest();',
        `    req.setEndpoint(${address});`,
        "    req.setBody('grant_type=refresh_token&refresh_token=' + EncodingUtil.urlEncode(old, 'UTF-8'));",
        '    HttpResponse res = new Http().send(req);',
        `    ${read}`,
        `    return new Auth.OAuthRefreshResult(${access}, ${token});`,
        '  }',
        '}',
      ].join('\n');
      expect(await seen({}, { 'force-app/classes/Login.cls': text })).to.deep.equal(
        wanted === undefined ? [] : [`force-app/classes/Login.cls:5 ${wanted}`]
      );
    });
  }

  it('is followed into the class of an authentication provider that calls another one', async () => {
    const files = (token: string): Files => ({
      'force-app/classes/TokenService.cls': [
        'public class TokenService {',
        '  public static Map<String, Object> renewToken(String old) {',
        '    HttpRequest req = new HttpRequest();',
        `    req.setEndpoint('${url}');`,
        "    req.setBody('grant_type=refresh_token&refresh_token=' + old);",
        '    return (Map<String, Object>) JSON.deserializeUntyped(new Http().send(req).getBody());',
        '  }',
        '}',
      ].join('\n'),
      'force-app/classes/Login.cls': [
        'public class Login extends Auth.AuthProviderPluginClass {',
        '  public override Auth.OAuthRefreshResult refresh(Map<String, String> settings, String old) {',
        '    Map<String, Object> answer = TokenService.renewToken(old);',
        `    return new Auth.OAuthRefreshResult((String) answer.get('access_token'), ${token});`,
        '  }',
        '}',
      ].join('\n'),
    });
    const at = 'force-app/classes/TokenService.cls:5';
    expect(await seen({}, files('old'))).to.deep.equal([`${at} no unknown`]);
    expect(await seen({}, files("(String) answer.get('refresh_token')"))).to.deep.equal([`${at} yes unknown`]);
  });

  it('is lost by Restforce unless its callback stores it', async () => {
    const client = (callback: string): Files => ({
      'a.rb': `client = Restforce.new(oauth_token: t, refresh_token: r, client_id: c, client_secret: s${callback})\n`,
    });
    expect(await seen(client(''))).to.deep.equal(['a.rb:1 no unknown']);
    const stored = ', authentication_callback: ->(a) { user.update!(refresh_token: a.refresh_token) }';
    expect(await seen(client(stored))).to.deep.equal(['a.rb:1 yes unknown']);
    const logged = ', authentication_callback: ->(a) { puts(a.refresh_token); user.update!(token: a.access_token) }';
    expect(await seen(client(logged))).to.deep.equal(['a.rb:1 no unknown']);
  });
});

describe('tokenRequests: authorization requests', () => {
  const authorize = 'https://login.salesforce.com/services/oauth2/authorize';
  const cases: ReadonlyArray<[name: string, file: string, text: string, challenge?: string]> = [
    [
      'without a challenge',
      'a.js',
      `function go() { return \`${authorize}?response_type=code&client_id=\${id}\`; }`,
      'no',
    ],
    [
      'with a challenge',
      'a.js',
      `function go() { return \`${authorize}?response_type=code&code_challenge=\${c}\`; }`,
      'yes',
    ],
    [
      'with parameters that are handed in',
      'a.js',
      `function go(more) { return send('${authorize}', { response_type: 'code', ...more }); }`,
      'unknown',
    ],
    [
      'of jsforce',
      'a.js',
      "const { OAuth2 } = require('jsforce');\nconst o = new OAuth2({ clientId });\nconst u = o.getAuthorizationUrl({ scope: 'api' });",
      'no',
    ],
    [
      'of jsforce with a verifier',
      'a.js',
      "const { OAuth2 } = require('jsforce');\nconst o = new OAuth2({ clientId, useVerifier: true });\nconst u = o.getAuthorizationUrl({ scope: 'api' });",
      'yes',
    ],
    [
      'at another vendor',
      'a.js',
      "function go() { const page = 'https://oauth2.vendor.example/authorize?response_type=code&client_id=' + id; open(page); }",
    ],
    [
      'at another vendor whose path Salesforce does not have',
      'a.js',
      'function go(tenant) { return `${tenant}/oauth/authorize?response_type=code&client_id=${id}`; }',
    ],
    [
      'at another vendor of which one path is also one of Salesforce',
      'a.js',
      "const tokenPath = '/oauth/token';\nfunction go(tenant) { return `${tenant}/authorize?response_type=code&client_id=${id}`; }",
    ],
    [
      'whose response type is handed in',
      'a.js',
      `function go(type) { return \`${authorize}?response_type=\${type}&client_id=\${id}&redirect_uri=\${back}\`; }`,
      'unknown',
    ],
    [
      'in one address, next to other code that hands values in',
      'a.js',
      `function go(rest) {\n  const all = { ...rest };\n  save(all);\n\n\n\n  open(\`${authorize}?response_type=code&client_id=\${id}\`);\n}`,
      'no',
    ],
    [
      'in an address to which parameters are joined',
      'a.js',
      `function go(rest) { open(\`${authorize}?response_type=code&\${rest}\`); }`,
      'unknown',
    ],
    [
      'in an address to which a text is joined',
      'a.js',
      `function go(rest) { open('${authorize}?response_type=code&' + rest); }`,
      'unknown',
    ],
    [
      'whose response type is a text in braces',
      'A.cs',
      `class A { string Go() { return $"${authorize}?response_type={"code"}&client_id={id}"; } }`,
      'no',
    ],
    [
      'whose response type is escaped',
      'A.cs',
      `class A { string Go() { return "${authorize}?client_id=" + id + "&response_type=" + Uri.EscapeDataString("code"); } }`,
      'no',
    ],
    [
      'whose response type and host are handed in',
      'a.js',
      'function go(base, type) { return `${base}?response_type=${type}&client_id=${id}&redirect_uri=${back}`; }',
      'unknown',
    ],
    [
      'whose response type is handed in, with a challenge',
      'a.js',
      `function go(type) { return \`${authorize}?response_type=\${type}&code_challenge=\${c}&redirect_uri=\${back}\`; }`,
      'yes',
    ],
    [
      'whose response type is read from a request',
      'a.js',
      'function serve(req) { if (req.query.response_type === kind) return send(req.query.redirect_uri); }',
    ],
    [
      'at a host that is computed',
      'a.js',
      'function go(base) { return `${base}/oauth2/authorize?response_type=code&client_id=${id}`; }',
      'unknown',
    ],
    [
      'next to the path of a server in the same file',
      'a.js',
      "app.get('/oauth/authorize', go);\nfunction go(base) { return redirect(base, { response_type: 'code' }); }",
      'unknown',
    ],
    [
      'in a file that names Salesforce',
      'a.js',
      'const salesforce = true;\nfunction go(tenant) { return `${tenant}/oauth/authorize?response_type=code`; }',
      'unknown',
    ],
    ...(
      [
        ['of passport without PKCE', 'clientID, callbackURL', 'no'],
        ['of passport with PKCE', 'clientID, callbackURL, state: true, pkce: true', 'yes'],
        ['of passport with options that are handed in', 'clientID, ...options', 'unknown'],
      ] as const
    ).map(([name, options, challenge]): [string, string, string, string] => [
      name,
      'a.js',
      `const ForceStrategy = require('passport-forcedotcom').Strategy;\npassport.use(new ForceStrategy({ ${options} }, verify));`,
      challenge,
    ]),
    [
      'of passport for another vendor, next to one for Salesforce with PKCE',
      'a.js',
      "const ForceStrategy = require('passport-forcedotcom').Strategy;\nconst { Strategy: Other } = require('passport-google-oauth20');\npassport.use(new ForceStrategy({ pkce: true, state: true }, verify));\nfunction more() { passport.use(new OtherStrategy({ clientID }, verify)); }\nconst OtherStrategy = require('passport-google-oauth20').Strategy;",
      'yes',
    ],
    [
      'of passport-oauth2 at another vendor',
      'a.js',
      "const OAuth2Strategy = require('passport-oauth2');\npassport.use(new OAuth2Strategy({ authorizationURL: 'https://oauth2.vendor.example/authorize', clientID }, verify));",
    ],
    [
      'of golang.org/x/oauth2 without an option',
      'a.go',
      `import "golang.org/x/oauth2"\nvar c = oauth2.Config{Endpoint: oauth2.Endpoint{AuthURL: "${authorize}"}}\nfunc Link(state string) string { return c.AuthCodeURL(state) }`,
      'no',
    ],
    [
      'of golang.org/x/oauth2 with a challenge that is joined',
      'a.go',
      `import "golang.org/x/oauth2"\nvar c = oauth2.Config{Endpoint: oauth2.Endpoint{AuthURL: "${authorize}"}}\nfunc Link(state string) string { return c.AuthCodeURL(state) + "&code_challenge=" + hash() }`,
      'yes',
    ],
    [
      'of golang.org/x/oauth2 with options that are handed in',
      'a.go',
      `import "golang.org/x/oauth2"\nvar c = oauth2.Config{Endpoint: oauth2.Endpoint{AuthURL: "${authorize}"}}\nfunc Link(state string, o ...oauth2.AuthCodeOption) string { return c.AuthCodeURL(state, o...) }`,
      'unknown',
    ],
  ];
  for (const [name, file, text, challenge] of cases) {
    it(name, async () => {
      const all = await seen({ [file]: text });
      expect(all.map((one) => one.replace(/^\S+ /, ''))).to.deep.equal(
        challenge === undefined ? [] : [`challenge ${challenge}`]
      );
    });
  }

  const request = `${authorize}?response_type=code&client_id=\${id}`;
  const proofs: ReadonlyArray<[name: string, text: string, file?: string]> = [
    ['a key', `const q = { response_type: 'code', code_challenge: c, url: '${authorize}' };`],
    ['a shorthand key', `const q = { response_type: 'code', code_challenge, url: '${authorize}' };`],
    [
      'a parameter that is set',
      `u = new URL('${authorize}'); u.set('response_type', 'code'); u.set('code_challenge', c);`,
    ],
    ['a parameter that is joined', `const u = '${authorize}?response_type=code' + '&code_challenge=' + c;`],
    ['a call', `String u = b.url("${authorize}?response_type=code").codeChallenge(c).build();`, 'A.java'],
    ['a keyword', `q = urlencode(dict(response_type="code", code_challenge=c, url="${authorize}"))`, 'a.py'],
    ['a switch of a library', `const u = get('${authorize}', { response_type: 'code', use_pkce: true });`],
    ['a method of a library', `const u = get('${authorize}', { response_type: 'code', pkce: 'S256' });`],
    ['an enumeration', `var u = Get("${authorize}?response_type=code", CodeChallengeMethod.S256);`, 'A.cs'],
    ['a challenge method', `u = get("${authorize}", response_type="code", code_challenge_method="S256")`, 'a.py'],
    [
      'an option of golang.org/x/oauth2',
      `u := get("${authorize}?response_type=code", oauth2.S256ChallengeOption(v))`,
      'a.go',
    ],
  ];
  for (const [name, text, file = 'a.js'] of proofs) {
    it(`shows its challenge by ${name}`, async () => {
      expect((await seen({ [file]: text })).join()).to.match(/^\S+ challenge yes$/);
    });
  }

  const mentions: ReadonlyArray<[name: string, text: string]> = [
    ['a text of the log', `function go() { console.log('this app uses PKCE with S256'); return \`${request}\`; }`],
    ['a value of the log', `function go() { console.log('code_challenge=', none); return \`${request}\`; }`],
    ['a message', `function go() { if (!id) throw Error('no code_challenge: ask us'); return \`${request}\`; }`],
    ['a switch that is off', `const q = { response_type: 'code', pkce: false, url: '${authorize}' };`],
    ['a type', `type Q = { code_challenge: string };\nfunction go() { return \`${request}\`; }`],
    [
      'a function that no request uses',
      `function makeCodeChallenge(v) { return hash(v); }\nfunction go() { return \`${request}\`; }`,
    ],
    [
      'a parameter that a server reads',
      `function serve(req) { const { code_challenge, scope } = req.query; check(code_challenge); }\nfunction go() { return \`${request}\`; }`,
    ],
    [
      'another request of the file',
      `function one() { return \`${request}&code_challenge=\${c}\`; }\nfunction two() { return \`${request}\`; }`,
    ],
  ];
  for (const [name, text] of mentions) {
    it(`trap: shows no challenge by ${name}`, async () => {
      const all = await seen({ 'a.ts': text });
      expect(all.at(-1)).to.match(/^\S+ challenge unknown$/);
    });
  }

  it('has none where each caller hands in the address of Salesforce', async () => {
    const base = "function link(page) { return page + '?response_type=code' + '&client_id=' + id; }\n";
    const calls = (address: string): string => `function start() { open(link('${address}')); }\n`;
    expect(await seen({ 'a.js': base, 'b.js': calls(authorize) })).to.deep.equal(['a.js:1 challenge no']);
    expect(await seen({ 'a.js': base, 'b.js': calls('/page') })).to.deep.equal(['a.js:1 challenge unknown']);
    const more = { 'b.js': calls(authorize), 'c.js': "function more() { open(link('/authorize')); }\n" };
    expect(await seen({ 'a.js': base, ...more })).to.deep.equal(['a.js:1 challenge unknown']);
    const later = { 'b.js': 'function start() { const page = whole(); page.set("code_challenge", c); }' };
    const whole = `function whole() { return new URL('${authorize}?response_type=code&client_id=1'); }\n`;
    expect(await seen({ 'a.js': whole, ...later })).to.deep.equal(['a.js:1 challenge yes']);
    const adds = "function start() { open(link('" + authorize + "') + '&code_challenge=' + c); }\n";
    expect(await seen({ 'a.js': base, 'b.js': adds })).to.deep.equal(['a.js:1 challenge yes']);
  });

  it('shows its challenge by the functions that call the one that builds it', async () => {
    const base = `function basis() { return new URL('${authorize}?response_type=code'); }\n`;
    const adds = (name: string): string =>
      `function ${name}() { const u = basis(); u.set('code_challenge', c); return u; }\n`;
    expect(await seen({ 'a.js': base + adds('login') })).to.deep.equal(['a.js:1 challenge yes']);
    const other = 'function other() { return basis(); }\n';
    expect(await seen({ 'a.js': base + adds('login') + other })).to.deep.equal(['a.js:1 challenge unknown']);
  });

  it('is silent where a constant is the address of another vendor, and open where it may be another one', async () => {
    const refresh =
      "import { TOKEN_URL } from './urls';\nexport async function renew(s) { const answer = await send(TOKEN_URL, { grant_type: 'refresh_token', refresh_token: s.old }); s.access = answer.access_token; }\n";
    const vendor = "export const TOKEN_URL = 'https://oauth2.vendor.example/token';\n";
    expect(await seen({ 'a.ts': refresh, 'urls.ts': vendor })).to.deep.equal([]);
    const computed = { 'b/urls.ts': 'export const TOKEN_URL = process.env.TOKEN_URL;\n' };
    expect(await seen({ 'a.ts': refresh, 'urls.ts': vendor, ...computed })).to.deep.equal(['a.ts:2 unknown unknown']);
  });

  it('has a gap for a file with more functions than are evaluated', async () => {
    const functions = Array.from({ length: 5001 }, (_, index) => `function f${index}() { return ${index}; }`);
    const evidence = await collect(
      {},
      { 'generated.js': [...functions, `post('${url}', 'grant_type=refresh_token')`].join('\n') }
    );
    expect(evidence.status === 'partial' && [evidence.gap.kind, evidence.gap.detail]).to.deep.equal([
      'limit',
      'generated.js has 5000 functions or more, and not all of them were evaluated.',
    ]);
  });
});
