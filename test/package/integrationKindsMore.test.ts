import { canary } from '../support/secrets.js';
import { AP, B, D, F, I, PC, U, X, bad, checkKinds, gap, ok, type Kind } from './integrationKind.js';

const SECRET = canary.consumerSecret;

/** A second set, labeled before its first run as well. */
const kinds: Kind[] = [
  {
    // A finding is due; the static field is not followed yet, so it ends as a gap.
    n: 'a class in another file that returns its connection',
    c: U,
    v: gap,
    i: {
      'src/crm.ts': `import { Connection } from 'jsforce';
export class Crm { private static it: Connection; static get(): Connection { return (this.it ??= new Connection({})); } }
`,
      'src/job.ts': `import { Crm } from './crm';
const crm = Crm.get();
await crm.login(process.env.U!, process.env.P!);
`,
    },
  },
  {
    n: 'a connection through an alias of the source folder',
    c: U,
    v: bad,
    i: {
      'src/lib/sf.ts': `import jsforce from 'jsforce';\nexport const org = new jsforce.Connection({});\n`,
      'src/jobs/sync.ts': `import { org } from '@/lib/sf';\nexport const run = () => org.login(U, P);\n`,
    },
  },
  {
    n: 'a browser page of Playwright beside a connection',
    c: U,
    v: ok,
    i: {
      'sf.ts': `import { Connection } from 'jsforce';\nexport const org = (accessToken: string, instanceUrl: string) => new Connection({ accessToken, instanceUrl });\n`,
      'portal.ts': `import { org } from './sf';
import { Portal } from 'acme-portal';
const portal = new Portal();
export async function run(token: string) { await portal.login('sync', process.env.PORTAL); return org(token, URL).query('SELECT Id FROM Account'); }
`,
    },
  },
  {
    n: 'superagent with a form',
    c: U,
    v: bad,
    i: {
      'a.js': `const request = require('superagent');
module.exports = (u, p) => request.post('https://login.salesforce.com/services/oauth2/token').type('form').send({ grant_type: 'password', username: u, password: p });
`,
    },
  },
  {
    n: 'a query string by hand',
    c: U,
    v: bad,
    i: {
      'a.ts': `const body = 'grant_type=' + encodeURIComponent('password') + '&username=' + user;
fetch(process.env.SF_HOST + '/services/oauth2/token', { method: 'POST', body });
`,
    },
  },
  {
    n: 'NextAuth with the provider for Salesforce and the full scope',
    c: B,
    v: bad,
    i: {
      'pages/api/auth/[...nextauth].ts': `import NextAuth from 'next-auth';
import SalesforceProvider from 'next-auth/providers/salesforce';
export default NextAuth({ providers: [SalesforceProvider({ clientId: process.env.ID, clientSecret: process.env.S, authorization: { params: { scope: 'full refresh_token' } } })] });
`,
    },
  },
  {
    n: 'NextAuth with the provider of another vendor and the full scope',
    c: B,
    v: ok,
    i: {
      'pages/api/auth/[...nextauth].ts': `import NextAuth from 'next-auth';
import AcmeProvider from 'next-auth/providers/acme';
export default NextAuth({ providers: [AcmeProvider({ clientId: process.env.ID, clientSecret: process.env.S, authorization: { params: { scope: 'full' } } })] });
`,
    },
  },
  {
    n: 'a hybrid token in a mobile web view',
    c: I,
    v: bad,
    i: {
      'login.kt': `val url = "https://login.salesforce.com/services/oauth2/authorize?display=touch&response_type=hybrid_token&client_id=$id"\n`,
    },
  },
  {
    n: 'an access token taken from the fragment of a page',
    c: I,
    v: gap,
    i: {
      'callback.html': `<script>
const params = new URLSearchParams(location.hash.slice(1));
const token = params.get('access_token');
fetch(params.get('instance_url') + '/services/data/v60.0/query?q=SELECT+Id+FROM+Account', { headers: { Authorization: 'Bearer ' + token } });
</script>
`,
      'start.js': `location.href = cfg.sfLogin + '/services/oauth2/authorize?client_id=' + cfg.id + '&response_type=' + cfg.type;\n`,
    },
  },
  {
    n: 'the device flow of the CLI in a script',
    c: D,
    v: bad,
    i: { 'login.sh': '#!/bin/sh\nsf org login device --instance-url https://login.salesforce.com --client-id "$ID"\n' },
  },
  {
    n: 'the device flow in Go',
    c: D,
    v: bad,
    i: {
      'main.go': `package main
func start() { http.PostForm("https://login.salesforce.com/services/oauth2/token", url.Values{"response_type": {"device_code"}, "client_id": {id}}) }
`,
    },
  },
  {
    n: 'Flask-Dance for Salesforce by hand',
    c: AP,
    v: bad,
    k: 'justification',
    i: {
      'app.py': `from flask_dance.consumer import OAuth2ConsumerBlueprint
sf = OAuth2ConsumerBlueprint('sf', __name__, client_id=ID, client_secret=SECRET, base_url='https://login.salesforce.com',
    token_url='https://login.salesforce.com/services/oauth2/token', authorization_url='https://login.salesforce.com/services/oauth2/authorize')
`,
    },
  },
  {
    n: 'a class that inherits from Salesforce',
    c: U,
    v: bad,
    i: {
      'crm.py': `from simple_salesforce import Salesforce

class Crm(Salesforce):
    def __init__(self, settings):
        super().__init__(username=settings.user, password=settings.word, security_token=settings.token)
`,
    },
  },
  {
    n: 'aiohttp with a dictionary in another file',
    c: U,
    v: gap,
    i: {
      'payload.py': `PAYLOAD = {'grant_type': 'password', 'username': U, 'password': P}\n`,
      'client.py': `import aiohttp
from payload import PAYLOAD
async def token():
    async with aiohttp.ClientSession() as s:
        return await (await s.post('https://login.salesforce.com/services/oauth2/token', data=PAYLOAD)).json()
`,
    },
  },
  {
    n: 'environment file of Python with a password',
    c: X,
    v: bad,
    i: { '.env': 'SF_USERNAME=sync@acme.example\nSF_PASSWORD=Gr8-Tulip7!xQ\n', 'a.py': 'import os\n' },
  },
  {
    n: 'a password that is a reference to a vault',
    c: X,
    v: ok,
    i: {
      'values.yaml':
        'salesforce:\n  password: vault:secret/data/sf#password\n  clientSecret: "{{ .Values.global.sfSecret }}"\n  token: !Ref SalesforceToken\n',
    },
  },
  {
    n: 'a client secret in a Kubernetes secret of plain text',
    c: X,
    v: bad,
    i: { 'secret.yaml': `kind: Secret\nstringData:\n  SF_CLIENT_SECRET: ${SECRET}\n` },
  },
  {
    n: 'a client secret in properties of Gradle',
    c: X,
    v: bad,
    i: { 'gradle.properties': `sf.consumerSecret=${SECRET}\n` },
  },
  {
    n: 'a client secret in resources of Android',
    c: X,
    v: bad,
    i: {
      'app/src/main/res/values/strings.xml': `<resources><string name="sf_client_secret">${SECRET}</string></resources>\n`,
    },
  },
  {
    n: 'a digest of a container image and a commit',
    c: X,
    v: ok,
    i: {
      'deploy.yml': `image: acme/sf-sync@sha256:${SECRET.toLowerCase()}\nref: 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567\n`,
    },
  },
  {
    n: 'a message about a password',
    c: X,
    v: ok,
    i: { 'config/errors.yml': 'password: must-have-8-characters\ninvalid_token: sign-in-again-please1\n' },
  },
  {
    n: 'WinForms with a secret in Visual Basic',
    c: PC,
    v: gap,
    i: {
      'Desk.vbproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>WinExe</OutputType><UseWindowsForms>true</UseWindowsForms></PropertyGroup></Project>',
      'Auth.vb': `Dim form As New Dictionary(Of String, String) From {{"grant_type", "authorization_code"}, {"client_secret", Secret}}
Dim answer = Await http.PostAsync("https://login.salesforce.com/services/oauth2/token", New FormUrlEncodedContent(form))
`,
    },
  },
  {
    n: 'an Expo app with a secret',
    c: PC,
    v: bad,
    i: {
      'package.json': '{"name":"app","dependencies":{"expo":"^51.0.0","expo-auth-session":"^5.0.0"}}',
      'login.ts': `import { exchangeCodeAsync } from 'expo-auth-session';
export const swap = (code: string) => exchangeCodeAsync({ code, clientId: ID, clientSecret: SF_SECRET, redirectUri: 'acme://cb' }, { tokenEndpoint: 'https://login.salesforce.com/services/oauth2/token' });
`,
    },
  },
  {
    n: 'an extension of an editor with a secret',
    c: PC,
    v: bad,
    i: {
      'package.json': '{"name":"ext","engines":{"vscode":"^1.80.0"},"main":"out/extension.js"}',
      'src/extension.ts': `import * as vscode from 'vscode';
export const swap = (code: string) => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: ID, client_secret: SECRET }) });
`,
    },
  },
  {
    n: 'a Tauri app with a secret in Rust',
    c: PC,
    v: gap,
    i: {
      'src-tauri/tauri.conf.json': '{"productName":"acme","identifier":"com.acme"}',
      'src-tauri/src/main.rs': `fn main() { let _ = client.post("https://login.salesforce.com/services/oauth2/token").form(&[("grant_type", "authorization_code"), ("client_secret", SECRET)]).send(); }\n`,
    },
  },
  {
    n: 'a function of Azure with a secret',
    c: PC,
    v: ok,
    i: {
      'host.json': '{"version":"2.0"}',
      'package.json': '{"name":"fn","dependencies":{"@azure/functions":"^4.0.0"}}',
      'token/index.js': `module.exports = async (context) => { await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: process.env.ID, client_secret: process.env.S }) }); };\n`,
    },
  },
  {
    n: 'sid from a frontdoor address with a regular expression in Java',
    c: F,
    v: bad,
    k: 'violation',
    i: {
      'Bridge.java': `class Bridge { String session(JsonNode answer) {
  String door = answer.get("frontdoor_uri").asText();
  Matcher m = Pattern.compile("sid=([^&]+)").matcher(door);
  return m.find() ? m.group(1) : null;
} }
`,
    },
  },
  {
    n: 'sid from a frontdoor address in PowerShell',
    c: F,
    v: bad,
    i: {
      'bridge.ps1': `$door = (Invoke-RestMethod "$instance/services/oauth2/singleaccess" -Method Post).frontdoor_uri
$sid = [System.Web.HttpUtility]::ParseQueryString(([uri]$door).Query)['sid']
`,
    },
  },
  {
    n: 'sid that a helper takes from the address that it is given',
    c: F,
    v: bad,
    i: {
      'bridge.ts': `const sidOf = (address: string) => new URL(address).searchParams.get('sid');
export async function session(instance: string) {
  const { frontdoor_uri } = await (await fetch(instance + '/services/oauth2/singleaccess', { method: 'POST' })).json();
  return sidOf(frontdoor_uri);
}
`,
    },
  },
  {
    n: 'a frontdoor address that is put together from a token',
    c: F,
    v: ok,
    i: {
      'open.py': `def address(instance, token):
    return f"{instance}/secur/frontdoor.jsp?sid={token}"
`,
    },
  },
  {
    n: 'client credentials of the Terraform provider for another vendor',
    c: AP,
    v: ok,
    i: {
      'main.tf': `provider "auth0" {\n  domain        = "acme.auth0.com"\n  client_id     = var.id\n  client_secret = var.secret\n}\n`,
    },
  },
  {
    n: 'JWT bearer in Go',
    c: AP,
    v: bad,
    k: 'justification',
    i: {
      'jwt.go': `package sf
func token(assertion string) (*http.Response, error) {
	return http.PostForm(loginURL+"/services/oauth2/token", url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}})
}
`,
    },
  },
  {
    n: 'a Mule flow over HTTP with the password grant',
    c: U,
    v: bad,
    i: {
      'flow.xml': `<mule><http:request method="POST" url="https://login.salesforce.com/services/oauth2/token"><http:body>#["grant_type=password&amp;username=" ++ p('u')]</http:body></http:request></mule>\n`,
    },
  },
  {
    n: 'an Ant build with a password',
    c: U,
    v: bad,
    i: {
      'build.xml': `<project xmlns:sf="antlib:com.salesforce"><target name="deploy"><sf:deploy username="\${sf.u}" password="\${sf.p}" serverurl="https://login.salesforce.com"/></target></project>\n`,
    },
  },
  {
    n: 'a Jenkins pipeline that signs in with a key',
    c: U,
    v: ok,
    i: {
      Jenkinsfile: `pipeline { agent any\n stages { stage('deploy') { steps { sh "sf org login jwt --client-id \${ID} --jwt-key-file \${KEY} --username \${USER}" } } } }\n`,
    },
  },
  {
    n: 'Laravel Socialite for Salesforce',
    c: AP,
    v: bad,
    i: {
      'app/Auth.php': `<?php\nuse Laravel\\Socialite\\Facades\\Socialite;\nreturn Socialite::driver('salesforce')->redirect();\n`,
    },
  },
  {
    n: 'Spring settings in a profile with another name for the provider',
    c: U,
    v: bad,
    i: {
      'application-prod.yaml': `crm:
  oauth:
    token-url: https://acme.my.salesforce.com/services/oauth2/token
    grant-type: password
    username: \${U}
`,
    },
  },
];

checkKinds('integrations: a second set', kinds);
