import type { CodeUse } from '../../src/package/facts.js';

/** A form that is recognised, as people write it. The tests read each one, and docs/flows-in-code.md shows them. */
type FlowExample = { language: string; file: string; what: CodeUse['what']; code: string };

const token = 'https://login.salesforce.com/services/oauth2/token';
const authorize = 'https://login.salesforce.com/services/oauth2/authorize';
const soap = 'https://login.salesforce.com/services/Soap/u/60.0';

const of =
  (language: string, file: string) =>
  (what: CodeUse['what'], ...lines: readonly string[]): FlowExample => ({
    language,
    file,
    what,
    code: lines.join('\n'),
  });

const js = of('JavaScript, TypeScript', 'src/login.js');
const ts = of('JavaScript, TypeScript', 'src/login.ts');
const java = of('Java', 'src/Login.java');
const python = of('Python', 'login.py');
const go = of('Go', 'login.go');
const csharp = of('C#', 'Login.cs');
const php = of('PHP', 'login.php');
const ruby = of('Ruby', 'login.rb');
const swift = of('Swift', 'Login.swift');
const kotlin = of('Kotlin', 'Login.kt');
const shell = of('shell', 'login.sh');
const json = of('configuration: JSON', 'config.json');
const yaml = of('configuration: YAML', 'config.yml');
const env = of('configuration: .env', '.env');
const properties = of('configuration: properties', 'application.properties');
const xml = of('configuration: XML', 'beans.xml');

export const flowExamples: readonly FlowExample[] = [
  js('username-password', `await post('${token}', { grant_type: 'password', username, password });`),
  js('username-password', `fetch(\`\${host}/services/oauth2/token?grant_type=password&username=\${user}\`);`),
  js('username-password', `params.append('grant_type', 'password');`, `await axios.post('${token}', params);`),
  js(
    'username-password',
    `const jsforce = require('jsforce');`,
    `const conn = new jsforce.Connection({});`,
    `await conn.login(user, password);`
  ),
  js('username-password', `import jsforce from 'jsforce';`, `await conn.loginByOAuth2(user, password);`),
  ts('soap-login', `import { Connection } from '@jsforce/jsforce-node';`, `await conn.loginBySoap(user, password);`),
  ts('soap-login', `const body = '<urn:login><urn:username>' + user;`, `await send('${soap}', body);`),
  ts('implicit', `location.href = '${authorize}?response_type=token&client_id=' + id;`),
  ts('implicit', `const url = new URL('${authorize}');`, `url.searchParams.set('response_type', 'token id_token');`),
  ts('implicit', `import jsforce from 'jsforce';`, `jsforce.browser.login({ popup: true });`),
  ts('device', `await post('${token}', { response_type: 'device_code', client_id: id });`),
  ts('device', `const grant: string = 'device';`, `await post('${token}', { 'grant_type': grant, code });`),
  js('broad-scope', `open('${authorize}?response_type=code&scope=api%20web');`),
  js('client-secret', `const secret = import.meta.env.VITE_SF_CLIENT_SECRET;`),
  java(
    'username-password',
    `params.add(new BasicNameValuePair("grant_type", "password"));`,
    `post("${token}", params);`
  ),
  java('username-password', `String body = "grant_type=password&username=" + user;`, `post("${token}", body);`),
  java('soap-login', `import com.sforce.soap.partner.PartnerConnection;`, `connection.login(user, password);`),
  java('soap-login', `import com.sforce.ws.ConnectorConfig;`, `config.setPassword(password);`),
  java('implicit', `String url = "${authorize}?response_type=token&client_id=" + id;`),
  java('implicit', `SalesforceSDKManager.getInstance().setUseWebServerAuthentication(false);`),
  java('device', `form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");`, `post("${token}", form);`),
  python(
    'username-password',
    `data = {'grant_type': 'password', 'username': user}`,
    `requests.post('${token}', data=data)`
  ),
  python(
    'username-password',
    `from simple_salesforce import Salesforce`,
    `sf = Salesforce(username=user, password=pw, security_token=token)`
  ),
  python(
    'soap-login',
    `body = """<n1:login xmlns:n1="urn:partner.soap.sforce.com">"""`,
    `requests.post('${soap}', data=body)`
  ),
  python('implicit', `url = f"{base}/services/oauth2/authorize?response_type=token&client_id={key}"`),
  python('device', `requests.post('${token}', data=dict(grant_type='device', code=code))`),
  go('username-password', `query.Add("grant_type", "password")`, `http.PostForm("${token}", query)`),
  go(
    'username-password',
    `form := url.Values{"grant_type": {"password"}, "username": {user}}`,
    `http.PostForm("${token}", form)`
  ),
  go(
    'username-password',
    `import "github.com/k-capehart/go-salesforce/v2"`,
    `sf, err := salesforce.Init(salesforce.Creds{Username: user, Password: pw})`
  ),
  go('soap-login', `import "github.com/simpleforce/simpleforce"`, `err := client.LoginPassword(user, pw, token)`),
  go('implicit', 'u := `' + authorize + '?response_type=token&client_id=` + id'),
  go('device', `data.Set("response_type", "device_code")`, `http.PostForm("${token}", data)`),
  csharp(
    'username-password',
    `var form = new Dictionary<string, string> { { "grant_type", "password" } };`,
    `Post("${token}", form);`
  ),
  csharp(
    'username-password',
    `var client = new Salesforce.Common.AuthenticationClient();`,
    `await client.UsernamePasswordAsync(key, secret, user, pw);`
  ),
  csharp('soap-login', `var service = new SforceService();`, `var result = service.login(user, pw);`),
  csharp('implicit', `var url = $"${authorize}?response_type=token&client_id={id}";`),
  csharp('device', `form["grant_type"] = "device";`, `Post("${token}", form);`),
  php(
    'username-password',
    `<?php`,
    `$form = ['grant_type' => 'password', 'username' => $user];`,
    `post('${token}', $form);`
  ),
  php('soap-login', `<?php`, `$client = new SforcePartnerClient();`, `$client->login($user, $pw . $token);`),
  php('implicit', `<?php`, `$url = '${authorize}?response_type=token&client_id=' . $id;`),
  php('device', `<?php`, `$form['response_type'] = 'device_code';`, `post('${token}', $form);`),
  ruby('username-password', `form = { :grant_type => 'password', :username => user }`, `post('${token}', form)`),
  ruby(
    'username-password',
    `require 'restforce'`,
    `client = Restforce.new(username: user,`,
    `                       password: pw,`,
    `                       security_token: token)`
  ),
  ruby('soap-login', `body = "<urn:login><urn:username>#{user}"`, `post('${soap}', body)`),
  ruby('implicit', `redirect_to "${authorize}?response_type=token&client_id=#{id}"`),
  ruby('device', `post('${token}', grant_type: 'device', code: code)`),
  swift('username-password', `let item = URLQueryItem(name: "grant_type", value: "password")`, `let url = "${token}"`),
  swift('soap-login', `let body = "<urn:login><urn:username>\\(user)"`, `send("${soap}", body)`),
  swift('implicit', `SalesforceManager.shared.useWebServerAuthentication = false`),
  swift('implicit', `let url = "${authorize}?response_type=token&client_id=\\(id)"`),
  swift('device', `let form = ["response_type": "device_code", "client_id": id]`, `post("${token}", form)`),
  swift('client-secret', `let form = ["client_secret": secret]`, `post("${token}", form)`),
  kotlin('username-password', `val form = mapOf("grant_type" to "password")`, `post("${token}", form)`),
  kotlin('soap-login', `import com.sforce.soap.partner.PartnerConnection`, `connection.login(user, password)`),
  kotlin('implicit', `SalesforceSDKManager.getInstance().useWebServerAuthentication = false`),
  kotlin('device', `val body = FormBody.Builder().add("grant_type", "device").build()`, `post("${token}", body)`),
  shell('username-password', `curl ${token} -d grant_type=password -d "username=$SF_USER"`),
  shell('soap-login', `curl ${soap} -d "<urn:login><urn:username>$SF_USER</urn:username>"`),
  shell('implicit', `open "${authorize}?response_type=token&client_id=$ID"`),
  shell('device', `curl ${token} --data-urlencode 'response_type=device_code'`),
  json('username-password', `{ "url": "${token}", "body": { "grant_type": "password" } }`),
  json('implicit', `{ "authorize": "${authorize}", "response_type": "token" }`),
  json('device', `{ "key": "grant_type", "value": "device", "url": "${token}" }`),
  yaml('username-password', `url: ${token}`, `grant_type: password`),
  yaml('implicit', `authorize: ${authorize}`, `response_type: token id_token`),
  yaml('device', `- name: grant_type`, `  value: "device"`, `- url: ${token}`),
  env('username-password', `SF_TOKEN_URL=${token}`, `SF_GRANT_TYPE=password`),
  env('implicit', `SF_URL="${authorize}"`, `SF_RESPONSE_TYPE="token"`),
  env('device', `SF_URL=${token}`, `SF_GRANT_TYPE=device`),
  env('client-secret', `REACT_APP_SALESFORCE_CLIENT_SECRET=abc`),
  properties('username-password', `sf.url=${token}`, `sf.authorization-grant-type=password`),
  properties('implicit', `sf.url=${authorize}`, `sf.response_type=token`),
  properties('device', `sf.url=${token}`, `sf.grant_type = device`),
  xml('username-password', `<a url="${token}"><property name="grant_type" value="password"/></a>`),
  xml('implicit', `<a url="${authorize}"><response_type>token</response_type></a>`),
  xml('device', `<a url="${token}"><entry key="grant_type">device</entry></a>`),
  xml(
    'soap-login',
    `<e xmlns:urn="urn:enterprise.soap.sforce.com"><urn:login><urn:username>a</urn:username></urn:login></e>`
  ),
];
