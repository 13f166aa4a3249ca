import { expect } from 'chai';
import { gapsIn } from '../../../src/engine/coverage.js';
import { codeOf, seenIn, short } from '../../support/integrations.js';

type Files = Readonly<Record<string, string>>;

const token = 'https://login.salesforce.com/services/oauth2/token';
const jwt = `post('${token}', { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });`;

/** What is open in an integration with these files: file, line and what stands there. */
const open = async (files: Files): Promise<string[]> =>
  gapsIn(await codeOf({}, { it: files })).map(({ kind, detail }) => {
    expect(kind).to.equal('not-understood');
    return detail.replace(/^it\//, '').replace(/ (?:is an?|has a) .*$/, '');
  });

const uses = async (files: Files): Promise<string[]> => {
  const evidence = await codeOf({}, { it: files });
  return evidence.status === 'unavailable' ? [] : evidence.value.uses.map(short);
};

describe('places that touch Salesforce', () => {
  describe('are open where no recognised flow explains them', () => {
    const cases: ReadonlyArray<{ name: string; files: Files; open: readonly string[] }> = [
      {
        name: 'an unknown library in a manifest of JavaScript',
        files: { 'package.json': '{\n"dependencies": { "acme-salesforce-login": "^1.0.0" }\n}', 'a.js': jwt },
        open: ['package.json:2: acme-salesforce-login'],
      },
      {
        name: 'an unknown library in a requirements file',
        files: { 'requirements.txt': 'requests\nsfdc-connector==1.2\n', 'a.py': 'run()' },
        open: ['requirements.txt:2: sfdc-connector'],
      },
      {
        name: 'an unknown library in a Gemfile',
        files: { Gemfile: "gem 'rails'\ngem 'easy_salesforce', '~> 2'", 'a.rb': 'run' },
        open: ['Gemfile:2: easy_salesforce'],
      },
      {
        name: 'an unknown library in a pom',
        files: {
          'pom.xml':
            '<project><artifactId>my-salesforce-sync</artifactId><dependencies><dependency><groupId>a</groupId><artifactId>salesforce-magic</artifactId></dependency></dependencies></project>',
          'A.java': 'class A {}',
        },
        open: ['pom.xml:1: salesforce-magic'],
      },
      {
        name: 'an unknown library of .NET and of Go',
        files: {
          'a.csproj':
            '<Project><ItemGroup><PackageReference Include="Acme.SalesforceClient" Version="1" /></ItemGroup></Project>',
          'go.mod': 'module acme.example/x\n\nrequire github.com/other/salesforce-thing v1.0.0\n',
          'A.cs': 'class A {}',
        },
        open: ['a.csproj:1: Acme.SalesforceClient', 'go.mod:3: github.com/other/salesforce-thing'],
      },
      {
        name: 'a known library, and nothing that shows how it logs in',
        files: { 'a.py': 'from simple_salesforce import Salesforce\nsf = connect(Salesforce)' },
        open: ['a.py:1: simple_salesforce'],
      },
      {
        name: 'a request to the token endpoint whose flow is nowhere written',
        files: { 'a.py': `requests.post("${token}", data=build(user))`, 'b.js': jwt },
        open: ['a.py:1: /services/oauth2/token'],
      },
      {
        name: 'a password next to a login host in settings',
        files: {
          'sf.yml': 'salesforce:\n  url: https://login.salesforce.com\n  username: a@b.example\n  password: ${PW}',
          'b.js': jwt,
        },
        open: ['sf.yml:1: salesforce'],
      },
      {
        name: 'an API of Salesforce that nothing logs in to',
        files: { 'A.php': '<?php get($base . "/services/data/v60.0/query");' },
        open: ['A.php:1: /services/data/v'],
      },
      {
        name: 'a request to Salesforce in a language that is not read',
        files: { 'a.lua': `post("${token}")` },
        open: ['a.lua: The file uses Salesforce in a language that is not supported.'],
      },
    ];
    for (const { name, files, open: expected } of cases) {
      it(name, async () => {
        expect(await open(files)).to.deep.equal(expected);
      });
    }
  });

  describe('are explained', () => {
    const cases: ReadonlyArray<{ name: string; files: Files }> = [
      {
        name: 'by JWT bearer in the same file',
        files: { 'a.js': `${jwt}\nget('https://acme.my.salesforce.com/services/data/v60.0/query');` },
      },
      {
        name: 'by client credentials in another file that a constant leads to',
        files: {
          'config.py': `TOKEN_URL = "${token}"\n`,
          'login.py': 'requests.post(config.TOKEN_URL, data={"grant_type": "client_credentials"})',
        },
      },
      {
        name: 'by the web server flow with PKCE, and the refresh of its token in another file',
        files: {
          'a.ts': `open('https://login.salesforce.com/services/oauth2/authorize?response_type=code&code_challenge=' + c);`,
          'b.ts': `await fetch('${token}', { body: 'grant_type=refresh_token&refresh_token=' + token });`,
        },
      },
      {
        name: 'by a session that is handed in',
        files: { 'a.py': 'from simple_salesforce import Salesforce\nsf = Salesforce(instance_url=u, session_id=s)' },
      },
      {
        name: 'by a bearer token',
        files: { 'a.js': 'fetch(`${base}/services/data/v60.0/`, { headers: { Authorization: `Bearer ${token}` } });' },
      },
      {
        name: 'by a login of the Salesforce CLI in a pipeline',
        files: { '.github/workflows/ci.yml': 'run: sf org login jwt --instance-url https://login.salesforce.com' },
      },
      {
        name: 'by the Mobile SDK',
        files: {
          'A.swift': 'import SalesforceSDKCore\nSalesforceManager.initializeSDK()',
          'bootconfig.plist': '<dict><key>remoteAccessConsumerKey</key><string>x</string></dict>',
        },
      },
    ];
    for (const { name, files } of cases) {
      it(name, async () => {
        expect(await open(files)).to.deep.equal([]);
      });
    }
  });

  describe('does not count them', () => {
    const cases: ReadonlyArray<{ name: string; files: Files }> = [
      { name: 'an integration that mentions no Salesforce', files: { 'a.js': "fetch('https://api.acme.example')" } },
      { name: 'a comment', files: { 'a.js': `// see ${token}\nrun();`, 'a.py': `# ${token}\nrun()` } },
      {
        name: 'documents, tests and lock files',
        files: { 'README.md': token, 'test/a.js': jwt, 'yarn.lock': 'jsforce@1' },
      },
      { name: 'documentation of Salesforce', files: { 'a.js': "open('https://developer.salesforce.com/docs/x');" } },
      { name: 'an address of mail', files: { 'a.js': "mail('someone@salesforce.com'); mail('a@eu.salesforce.com');" } },
      {
        name: 'tools of developers',
        files: {
          'package.json':
            '{ "name": "acme-salesforce", "devDependencies": { "@salesforce/eslint-config-lwc": "^3", "@salesforce/sfdx-lwc-jest": "^4" } }',
        },
      },
      {
        name: 'own modules that are called after it',
        files: { 'salesforce/x.py': 'a()', 'b.py': 'from salesforce.x import a' },
      },
      {
        name: 'translations',
        files: { 'locales/en.json': `{ "hint": "Your password at https://login.salesforce.com" }` },
      },
    ];
    for (const { name, files } of cases) {
      it(name, async () => {
        expect(await open(files)).to.deep.equal([]);
      });
    }
  });

  it("of a package: a link to the login page, and calls of its own org, don't count", async () => {
    const page = `<apex:page><a href="https://login.salesforce.com">Log in</a><script>fetch('/services/data/v60.0/')</script></apex:page>`;
    expect(
      gapsIn(await codeOf({ 'force-app/pages/A.page': page, 'force-app/pages/A.page-meta.xml': '' }))
    ).to.deep.equal([]);
  });

  it('are counted for each place', async () => {
    const evidence = await codeOf({}, { it: { 'a.js': jwt, 'b.py': 'import salesforce_bulk' } });
    expect(evidence.status !== 'unavailable' && evidence.value.places.at(-1)?.touchpoints).to.deep.equal({
      found: 2,
      notUnderstood: 1,
    });
  });
});

describe('logins of libraries', () => {
  const cases: ReadonlyArray<{ name: string; file: string; code: string; seen: readonly string[] }> = [
    {
      name: 'nforce with options that are defined elsewhere',
      file: 'a.js',
      code: "const nforce = require('nforce');\norg.authenticate(credentials, done);",
      seen: ['username-password? nforce authenticate 2'],
    },
    {
      name: 'nforce with a code',
      file: 'a.js',
      code: "const nforce = require('nforce');\norg.authenticate({ code: req.query.code }, done);",
      seen: ['authorization-code nforce authenticate with a code 2'],
    },
    {
      name: 'curl in Terraform',
      file: 'main.tf',
      code: `resource "x" "y" {\n  command = "curl ${token} -d grant_type=password"\n}`,
      seen: ['username-password grant_type=password 2'],
    },
    {
      name: 'curl in a batch file',
      file: 'login.bat',
      code: `REM log in\r\ncurl ${token} -d "grant_type=password" -d "username=%USER%"`,
      seen: ['username-password grant_type=password 2'],
    },
    {
      name: 'Spring properties',
      file: 'application.properties',
      code: `spring.security.oauth2.client.registration.sf.authorization-grant-type=password\nspring.security.oauth2.client.provider.sf.token-uri=${token}`,
      seen: ['username-password grant_type=password 1'],
    },
    {
      name: 'trap: the password grant of Spring for another vendor',
      file: 'A.java',
      code: 'import org.springframework.security.oauth2.core.AuthorizationGrantType;\nObject r = b("x").tokenUri("https://auth.vendor.example/oauth/token").authorizationGrantType(AuthorizationGrantType.PASSWORD);',
      seen: [],
    },
    {
      name: 'trap: the legacy client of oauthlib for another vendor',
      file: 'a.py',
      code: 'from oauthlib.oauth2 import LegacyApplicationClient\ns = OAuth2Session(client=LegacyApplicationClient(client_id=i))\ns.fetch_token("https://auth.vendor.example/oauth/token", username=u)',
      seen: [],
    },
    {
      name: 'suds with the partner WSDL',
      file: 'a.py',
      code: "from suds.client import Client\nc = Client('file:partner.wsdl.xml')\nr = c.service.login(user, pw)",
      seen: ['soap-login SOAP client login(user, password) 3'],
    },
    {
      name: 'SoapClient of PHP',
      file: 'a.php',
      code: "<?php\n$c = new SoapClient('partner.wsdl');\n$r = $c->login(['username' => $u, 'password' => $p]);",
      seen: ['soap-login SoapClient->login 3'],
    },
    {
      name: 'XElement of C#',
      file: 'A.cs',
      code: 'XNamespace p = "urn:partner.soap.sforce.com";\nvar body = new XElement(p + "login", new XElement(p + "username", u));',
      seen: ['soap-login SOAP login() built element by element 2'],
    },
    {
      name: 'a struct tag of Go',
      file: 'a.go',
      code: 'type Login struct {\n  XMLName xml.Name `xml:"urn:partner.soap.sforce.com login"`\n}',
      seen: ['soap-login SOAP login() in a struct tag 2'],
    },
    {
      name: 'Restforce.configure',
      file: 'a.rb',
      code: "require 'restforce'\nRestforce.configure do |config|\n  config.password = ENV['PW']\nend",
      seen: ['username-password Restforce.configure password 3'],
    },
    {
      name: 'MuleSoft with a password',
      file: 'mule.xml',
      code: '<mule xmlns:salesforce="http://www.mulesoft.org/schema/mule/salesforce"><salesforce:sfdc-config name="c"><salesforce:basic-connection username="${u}" password="${p}"/></salesforce:sfdc-config></mule>',
      seen: ['soap-login MuleSoft basic-connection 1'],
    },
    {
      name: 'a device login with the Salesforce CLI',
      file: 'ci.sh',
      code: 'sf org login device --alias x',
      seen: ['device sf org login device 1'],
    },
    {
      name: 'a full scope in the bootconfig of Android',
      file: 'app/src/main/res/values/bootconfig.xml',
      code: '<resources><string name="remoteAccessConsumerKey">x</string><string-array name="oauthScopes"><item>api</item><item>web</item></string-array></resources>',
      seen: ['broad-scope scope=web 1', 'authorization-code a session of the Salesforce Mobile SDK 1'],
    },
  ];
  for (const { name, file, code, seen } of cases) {
    it(name, async () => {
      expect(new Set(await seenIn(file, code))).to.deep.equal(new Set(seen));
    });
  }

  it('joins a grant and an address that other files define', async () => {
    const files = {
      'grants.ts': "export const Grants = { Password: 'password', Refresh: 'refresh_token' };",
      'urls.ts': `export const SALESFORCE_TOKEN_URL = '${token}';`,
      'login.ts': 'await post(urls.SALESFORCE_TOKEN_URL, { grant_type: Grants.Password, username });',
    };
    expect(await uses(files)).to.deep.equal(['username-password grant_type=password 1']);
  });

  it('trap: does not join a name that two files define differently', async () => {
    const files = {
      'a.ts': "export const GRANT = 'password';",
      'b.ts': "export const GRANT = 'client_credentials';",
      'login.ts': `await post('${token}', { grant_type: config.GRANT, username });`,
    };
    expect(await uses(files)).to.deep.equal(['unknown? grant_type 1']);
  });

  it('trap: takes no constant of another vendor for an address of Salesforce', async () => {
    const files = {
      'urls.py': 'TOKEN_URL = "https://auth.vendor.example/oauth/token"\n',
      'other.py': `TOKEN_URL = "${token}"\n`,
      'login.py': 'requests.post(urls.TOKEN_URL, data={"grant_type": "password"})',
    };
    expect(await uses(files)).to.deep.equal(['username-password? grant_type=password 1']);
  });

  it('a generated proxy defines login, and the code that calls it logs in', async () => {
    const proxy =
      'public partial class SforceService : SoapHttpClientProtocol { public LoginResult login(string u, string p) { this.loginAsync(u, p); } }';
    expect(await uses({ 'Reference.cs': proxy })).to.deep.equal([]);
    const caller = 'var service = new SforceService();\nservice.login(user, pw);';
    expect(await uses({ 'Reference.cs': proxy, 'A.cs': caller })).to.deep.equal(['soap-login SforceService.login 2']);
  });

  it('ends soon on a long line', async () => {
    const line = `grant_type: x.${'a.'.repeat(200_000)};https://${'a'.repeat(200_000)}.my.salesforce.com;import ${'b.'.repeat(100_000)}salesforce`;
    expect(
      await uses({ 'a.js': line, 'a.java': line, 'a.py': line, 'pom.xml': '<dependency>'.repeat(20_000) })
    ).to.be.an('array');
  }).timeout(20_000);
});

describe('public clients', () => {
  const body = `fetch('${token}', { body: { grant_type: 'authorization_code', client_secret: settings.secret } });`;
  const cases: ReadonlyArray<{ name: string; files: Files; sure: 'yes' | 'open' | 'no' }> = [
    {
      name: 'Electron by its manifest',
      files: { 'package.json': '{"devDependencies":{"electron":"30"}}', 'src/a.js': body },
      sure: 'yes',
    },
    {
      name: 'React Native by what it takes in',
      files: { 'a.js': `import { Linking } from 'react-native';\n${body}` },
      sure: 'yes',
    },
    {
      name: 'a browser extension',
      files: { 'ext/manifest.json': '{"manifest_version":3}', 'ext/a.js': body },
      sure: 'yes',
    },
    {
      name: 'a page of Vite',
      files: { 'package.json': '{"devDependencies":{"vite":"5","vue":"3"}}', 'src/a.js': body },
      sure: 'yes',
    },
    {
      name: 'trap: a function of a server next to such a page',
      files: {
        'package.json': '{"devDependencies":{"vite":"5"}}',
        'supabase/functions/a.ts': `Deno.serve(async () => {\n${body}\n});`,
      },
      sure: 'no',
    },
    { name: 'a command line', files: { 'package.json': '{"bin":{"acme":"a.js"}}', 'a.js': body }, sure: 'open' },
    { name: 'trap: a server', files: { 'package.json': '{"dependencies":{"express":"4"}}', 'a.js': body }, sure: 'no' },
    {
      name: 'WPF by its project',
      files: {
        'App.csproj':
          '<Project><PropertyGroup><OutputType>WinExe</OutputType><UseWPF>true</UseWPF></PropertyGroup></Project>',
        'A.cs': `Post("${token}", new Dictionary<string, string> { { "grant_type", "authorization_code" }, { "client_secret", Settings.Secret } });`,
      },
      sure: 'yes',
    },
    {
      name: 'Flutter by its pubspec',
      files: {
        'pubspec.yaml': 'dependencies:\n  flutter:\n    sdk: flutter',
        'lib/a.dart': `http.post('${token}', body: {'grant_type': 'authorization_code', 'client_secret': secret});`,
      },
      sure: 'yes',
    },
  ];
  for (const { name, files, sure } of cases) {
    it(`${name}: a secret is ${sure === 'no' ? 'nothing' : sure === 'yes' ? 'a use' : 'open'}`, async () => {
      const secrets = (await uses(files)).filter((one) => one.startsWith('client-secret'));
      expect(secrets.map((one) => (one.startsWith('client-secret?') ? 'open' : 'yes'))).to.deep.equal(
        sure === 'no' ? [] : [sure]
      );
    });
  }
});
