import { canary } from '../support/secrets.js';
import {
  APPS_PACKAGED,
  BROAD_SCOPES,
  DEVICE_FLOW,
  FRONTDOOR,
  IMPLICIT_FLOW,
  PUBLIC_CLIENTS,
  PASSWORD_FLOW,
  SECRETS,
  bad,
  checkKinds,
  gap,
  ok,
  type Kind,
} from './integrationKind.js';

const SECRET = canary.consumerSecret;

/** A second set, labeled before its first run as well. */
const kinds: Kind[] = [
  {
    // A finding is due; the static field is not followed yet, so it ends as a gap.
    title: 'a class in another file that returns its connection',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
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
    title: 'a connection through an alias of the source folder',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'src/lib/sf.ts': `import jsforce from 'jsforce';\nexport const org = new jsforce.Connection({});\n`,
      'src/jobs/sync.ts': `import { org } from '@/lib/sf';\nexport const run = () => org.login(U, P);\n`,
    },
  },
  {
    title: 'a browser page of Playwright beside a connection',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'sf.ts': `import { Connection } from 'jsforce';\nexport const org = (accessToken: string, instanceUrl: string) => new Connection({ accessToken, instanceUrl });\n`,
      'portal.ts': `import { org } from './sf';
import { Portal } from 'acme-portal';
const portal = new Portal();
export async function run(token: string) { await portal.login('sync', process.env.PORTAL); return org(token, URL).query('SELECT Id FROM Account'); }
`,
    },
  },
  {
    title: 'superagent with a form',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'a.js': `const request = require('superagent');
module.exports = (u, p) => request.post('https://login.salesforce.com/services/oauth2/token').type('form').send({ grant_type: 'password', username: u, password: p });
`,
    },
  },
  {
    title: 'a query string by hand',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'a.ts': `const body = 'grant_type=' + encodeURIComponent('password') + '&username=' + user;
fetch(process.env.SF_HOST + '/services/oauth2/token', { method: 'POST', body });
`,
    },
  },
  {
    title: 'NextAuth with the provider for Salesforce and the full scope',
    control: BROAD_SCOPES,
    verdicts: bad,
    files: {
      'pages/api/auth/[...nextauth].ts': `import NextAuth from 'next-auth';
import SalesforceProvider from 'next-auth/providers/salesforce';
export default NextAuth({ providers: [SalesforceProvider({ clientId: process.env.ID, clientSecret: process.env.S, authorization: { params: { scope: 'full refresh_token' } } })] });
`,
    },
  },
  {
    title: 'NextAuth with the provider of another vendor and the full scope',
    control: BROAD_SCOPES,
    verdicts: ok,
    files: {
      'pages/api/auth/[...nextauth].ts': `import NextAuth from 'next-auth';
import AcmeProvider from 'next-auth/providers/acme';
export default NextAuth({ providers: [AcmeProvider({ clientId: process.env.ID, clientSecret: process.env.S, authorization: { params: { scope: 'full' } } })] });
`,
    },
  },
  {
    title: 'a hybrid token in a mobile web view',
    control: IMPLICIT_FLOW,
    verdicts: bad,
    files: {
      'login.kt': `val url = "https://login.salesforce.com/services/oauth2/authorize?display=touch&response_type=hybrid_token&client_id=$id"\n`,
    },
  },
  {
    title: 'an access token taken from the fragment of a page',
    control: IMPLICIT_FLOW,
    verdicts: gap,
    files: {
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
    title: 'the device flow of the CLI in a script',
    control: DEVICE_FLOW,
    verdicts: bad,
    files: {
      'login.sh': '#!/bin/sh\nsf org login device --instance-url https://login.salesforce.com --client-id "$ID"\n',
    },
  },
  {
    title: 'the device flow in Go',
    control: DEVICE_FLOW,
    verdicts: bad,
    files: {
      'main.go': `package main
func start() { http.PostForm("https://login.salesforce.com/services/oauth2/token", url.Values{"response_type": {"device_code"}, "client_id": {id}}) }
`,
    },
  },
  {
    title: 'Flask-Dance for Salesforce by hand',
    control: APPS_PACKAGED,
    verdicts: bad,
    kind: 'justification',
    files: {
      'app.py': `from flask_dance.consumer import OAuth2ConsumerBlueprint
sf = OAuth2ConsumerBlueprint('sf', __name__, client_id=ID, client_secret=SECRET, base_url='https://login.salesforce.com',
    token_url='https://login.salesforce.com/services/oauth2/token', authorization_url='https://login.salesforce.com/services/oauth2/authorize')
`,
    },
  },
  {
    title: 'a class that inherits from Salesforce',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'crm.py': `from simple_salesforce import Salesforce

class Crm(Salesforce):
    def __init__(self, settings):
        super().__init__(username=settings.user, password=settings.word, security_token=settings.token)
`,
    },
  },
  {
    title: 'aiohttp with a dictionary in another file',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
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
    title: 'environment file of Python with a password',
    control: SECRETS,
    verdicts: bad,
    files: { '.env': 'SF_USERNAME=sync@acme.example\nSF_PASSWORD=Gr8-Tulip7!xQ\n', 'a.py': 'import os\n' },
  },
  {
    title: 'a password that is a reference to a vault',
    control: SECRETS,
    verdicts: ok,
    files: {
      'values.yaml':
        'salesforce:\n  password: vault:secret/data/sf#password\n  clientSecret: "{{ .Values.global.sfSecret }}"\n  token: !Ref SalesforceToken\n',
    },
  },
  {
    title: 'a client secret in a Kubernetes secret of plain text',
    control: SECRETS,
    verdicts: bad,
    files: { 'secret.yaml': `kind: Secret\nstringData:\n  SF_CLIENT_SECRET: ${SECRET}\n` },
  },
  {
    title: 'a client secret in properties of Gradle',
    control: SECRETS,
    verdicts: bad,
    files: { 'gradle.properties': `sf.consumerSecret=${SECRET}\n` },
  },
  {
    title: 'a client secret in resources of Android',
    control: SECRETS,
    verdicts: bad,
    files: {
      'app/src/main/res/values/strings.xml': `<resources><string name="sf_client_secret">${SECRET}</string></resources>\n`,
    },
  },
  {
    title: 'a digest of a container image and a commit',
    control: SECRETS,
    verdicts: ok,
    files: {
      'deploy.yml': `image: acme/sf-sync@sha256:${SECRET.toLowerCase()}\nref: 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567\n`,
    },
  },
  {
    title: 'a message about a password',
    control: SECRETS,
    verdicts: ok,
    files: { 'config/errors.yml': 'password: must-have-8-characters\ninvalid_token: sign-in-again-please1\n' },
  },
  {
    title: 'WinForms with a secret in Visual Basic',
    control: PUBLIC_CLIENTS,
    verdicts: gap,
    files: {
      'Desk.vbproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>WinExe</OutputType><UseWindowsForms>true</UseWindowsForms></PropertyGroup></Project>',
      'Auth.vb': `Dim form As New Dictionary(Of String, String) From {{"grant_type", "authorization_code"}, {"client_secret", Secret}}
Dim answer = Await http.PostAsync("https://login.salesforce.com/services/oauth2/token", New FormUrlEncodedContent(form))
`,
    },
  },
  {
    title: 'an Expo app with a secret',
    control: PUBLIC_CLIENTS,
    verdicts: bad,
    files: {
      'package.json': '{"name":"app","dependencies":{"expo":"^51.0.0","expo-auth-session":"^5.0.0"}}',
      'login.ts': `import { exchangeCodeAsync } from 'expo-auth-session';
export const swap = (code: string) => exchangeCodeAsync({ code, clientId: ID, clientSecret: SF_SECRET, redirectUri: 'acme://cb' }, { tokenEndpoint: 'https://login.salesforce.com/services/oauth2/token' });
`,
    },
  },
  {
    title: 'an extension of an editor with a secret',
    control: PUBLIC_CLIENTS,
    verdicts: bad,
    files: {
      'package.json': '{"name":"ext","engines":{"vscode":"^1.80.0"},"main":"out/extension.js"}',
      'src/extension.ts': `import * as vscode from 'vscode';
export const swap = (code: string) => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: ID, client_secret: SECRET }) });
`,
    },
  },
  {
    title: 'a Tauri app with a secret in Rust',
    control: PUBLIC_CLIENTS,
    verdicts: gap,
    files: {
      'src-tauri/tauri.conf.json': '{"productName":"acme","identifier":"com.acme"}',
      'src-tauri/src/main.rs': `fn main() { let _ = client.post("https://login.salesforce.com/services/oauth2/token").form(&[("grant_type", "authorization_code"), ("client_secret", SECRET)]).send(); }\n`,
    },
  },
  {
    title: 'a function of Azure with a secret',
    control: PUBLIC_CLIENTS,
    verdicts: ok,
    files: {
      'host.json': '{"version":"2.0"}',
      'package.json': '{"name":"fn","dependencies":{"@azure/functions":"^4.0.0"}}',
      'token/index.js': `module.exports = async (context) => { await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: process.env.ID, client_secret: process.env.S }) }); };\n`,
    },
  },
  {
    title: 'sid from a frontdoor address with a regular expression in Java',
    control: FRONTDOOR,
    verdicts: bad,
    kind: 'violation',
    files: {
      'Bridge.java': `class Bridge { String session(JsonNode answer) {
  String door = answer.get("frontdoor_uri").asText();
  Matcher m = Pattern.compile("sid=([^&]+)").matcher(door);
  return m.find() ? m.group(1) : null;
} }
`,
    },
  },
  {
    title: 'sid from a frontdoor address in PowerShell',
    control: FRONTDOOR,
    verdicts: bad,
    files: {
      'bridge.ps1': `$door = (Invoke-RestMethod "$instance/services/oauth2/singleaccess" -Method Post).frontdoor_uri
$sid = [System.Web.HttpUtility]::ParseQueryString(([uri]$door).Query)['sid']
`,
    },
  },
  {
    title: 'sid that a helper takes from the address that it is given',
    control: FRONTDOOR,
    verdicts: bad,
    files: {
      'bridge.ts': `const sidOf = (address: string) => new URL(address).searchParams.get('sid');
export async function session(instance: string) {
  const { frontdoor_uri } = await (await fetch(instance + '/services/oauth2/singleaccess', { method: 'POST' })).json();
  return sidOf(frontdoor_uri);
}
`,
    },
  },
  {
    title: 'a frontdoor address that is put together from a token',
    control: FRONTDOOR,
    verdicts: ok,
    files: {
      'open.py': `def address(instance, token):
    return f"{instance}/secur/frontdoor.jsp?sid={token}"
`,
    },
  },
  {
    title: 'client credentials of the Terraform provider for another vendor',
    control: APPS_PACKAGED,
    verdicts: ok,
    files: {
      'main.tf': `provider "auth0" {\n  domain        = "acme.auth0.com"\n  client_id     = var.id\n  client_secret = var.secret\n}\n`,
    },
  },
  {
    title: 'JWT bearer in Go',
    control: APPS_PACKAGED,
    verdicts: bad,
    kind: 'justification',
    files: {
      'jwt.go': `package sf
func token(assertion string) (*http.Response, error) {
	return http.PostForm(loginURL+"/services/oauth2/token", url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}})
}
`,
    },
  },
  {
    title: 'a Mule flow over HTTP with the password grant',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'flow.xml': `<mule><http:request method="POST" url="https://login.salesforce.com/services/oauth2/token"><http:body>#["grant_type=password&amp;username=" ++ p('u')]</http:body></http:request></mule>\n`,
    },
  },
  {
    title: 'an Ant build with a password',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'build.xml': `<project xmlns:sf="antlib:com.salesforce"><target name="deploy"><sf:deploy username="\${sf.u}" password="\${sf.p}" serverurl="https://login.salesforce.com"/></target></project>\n`,
    },
  },
  {
    title: 'a Jenkins pipeline that signs in with a key',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      Jenkinsfile: `pipeline { agent any\n stages { stage('deploy') { steps { sh "sf org login jwt --client-id \${ID} --jwt-key-file \${KEY} --username \${USER}" } } } }\n`,
    },
  },
  {
    title: 'Laravel Socialite for Salesforce',
    control: APPS_PACKAGED,
    verdicts: bad,
    files: {
      'app/Auth.php': `<?php\nuse Laravel\\Socialite\\Facades\\Socialite;\nreturn Socialite::driver('salesforce')->redirect();\n`,
    },
  },
  {
    title: 'Spring settings in a profile with another name for the provider',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
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
