import { canary } from '../support/secrets.js';
import {
  APPS_PACKAGED,
  BROAD_SCOPES,
  FRONTDOOR,
  IMPLICIT_FLOW,
  PUBLIC_CLIENTS,
  PASSWORD_FLOW,
  SECRETS,
  bad,
  checkKinds,
  gap,
  ok,
  quiet,
  type Kind,
} from './integrationKind.js';

const SECRET = canary.consumerSecret;

const okHttpLoginAt = (host: string): string => `import okhttp3.*;

class Auth {
  private static final String GRANT = "password";
  private static final String TOKEN = "https://${host}/oauth2/token";

  Response login(OkHttpClient http, String user, String word) throws Exception {
    RequestBody form = new FormBody.Builder().add("grant_type", GRANT).add("username", user).add("password", word).build();
    return http.newCall(new Request.Builder().url(TOKEN).post(form).build()).execute();
  }
}
`;

const bootConfig = (scope: string): string => `<?xml version="1.0" encoding="utf-8"?>
<resources>
    <string name="remoteAccessConsumerKey">3MVG9Iu66FKeHhINkB1l7xt7kR8</string>
    <string name="oauthRedirectURI">acme://cb</string>
    <string-array name="oauthScopes"><item>${scope}</item><item>refresh_token</item></string-array>
</resources>
`;

const httpClientLoginAt = (host: string): string => `using System.Net.Http;
public class Auth {
  public async Task<string> Login(string user, string word) {
    var form = new FormUrlEncodedContent(new Dictionary<string, string> {
      { "grant_type", "password" }, { "client_id", id }, { "username", user }, { "password", word } });
    var answer = await http.PostAsync("https://${host}/token", form);
    return await answer.Content.ReadAsStringAsync();
  }
}
`;

const httpClientExchange = (redirect: string): string => `using System.Net.Http;
public class Auth {
  public Task<HttpResponseMessage> Exchange(string code) => http.PostAsync("https://login.salesforce.com/services/oauth2/token",
    new FormUrlEncodedContent(new Dictionary<string, string> {
      ["grant_type"] = "authorization_code", ["code"] = code, ["client_id"] = Id, ["client_secret"] = Secret, ["redirect_uri"] = ${redirect} }));
}
`;

const goLoginAt = (host: string): string => `package auth

import "golang.org/x/oauth2"

var config = oauth2.Config{ClientID: id, ClientSecret: secret, Endpoint: oauth2.Endpoint{TokenURL: "https://${host}/oauth2/token"}}

func Login(ctx context.Context, user, word string) (*oauth2.Token, error) {
	return config.PasswordCredentialsToken(ctx, user, word)
}
`;

const jvm: Kind[] = [
  {
    title: 'the partner stub with a password',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'Loader.java': `import com.sforce.soap.partner.Connector;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectorConfig;

public class Loader {
  PartnerConnection open(String user, String word) throws Exception {
    ConnectorConfig config = new ConnectorConfig();
    config.setUsername(user);
    config.setPassword(word);
    config.setAuthEndpoint("https://login.salesforce.com/services/Soap/u/59.0");
    return Connector.newConnection(config);
  }
}
`,
    },
  },
  {
    title: 'the partner stub with a token',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'Loader.java': `import com.sforce.soap.partner.Connector;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectorConfig;

public class Loader {
  PartnerConnection open(String token, String endpoint) throws Exception {
    ConnectorConfig config = new ConnectorConfig();
    config.setSessionId(token);
    config.setServiceEndpoint(endpoint);
    return Connector.newConnection(config);
  }
}
`,
    },
  },
  {
    title: 'Spring settings with the password grant',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'src/main/resources/application.yml': `spring:
  security:
    oauth2:
      client:
        registration:
          crm:
            client-id: \${SF_ID}
            client-secret: \${SF_SECRET}
            authorization-grant-type: password
        provider:
          crm:
            token-uri: https://login.salesforce.com/services/oauth2/token
`,
    },
  },
  {
    title: 'Spring settings with the password grant of another vendor',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'src/main/resources/application.yml': `spring:
  security:
    oauth2:
      client:
        registration:
          crm:
            client-id: \${ID}
            authorization-grant-type: password
        provider:
          crm:
            token-uri: https://id.acme.example/oauth2/token
`,
    },
  },
  {
    title: 'Spring properties with the password grant',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'application.properties': `spring.security.oauth2.client.registration.sf.authorization-grant-type=password
spring.security.oauth2.client.provider.sf.token-uri=https://login.salesforce.com/services/oauth2/token
`,
    },
  },
  {
    title: 'Spring settings with the full scope',
    control: BROAD_SCOPES,
    verdicts: bad,
    kind: 'justification',
    files: {
      'application.yml': `spring:
  security:
    oauth2:
      client:
        registration:
          salesforce:
            client-id: \${SF_ID}
            client-secret: \${SF_SECRET}
            authorization-grant-type: authorization_code
            scope: full, refresh_token
        provider:
          salesforce:
            authorization-uri: https://login.salesforce.com/services/oauth2/authorize
            token-uri: https://login.salesforce.com/services/oauth2/token
`,
    },
  },
  {
    title: 'OkHttp with constants',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'Auth.java': okHttpLoginAt('login.salesforce.com/services'),
    },
  },
  {
    title: 'OkHttp with constants of another vendor',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'Auth.java': okHttpLoginAt('id.acme.example'),
    },
  },
  {
    title: 'a form of Ktor',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'Auth.kt': `import io.ktor.client.request.forms.submitForm
import io.ktor.http.parameters

suspend fun login(user: String, word: String) = client.submitForm(
    url = "https://login.salesforce.com/services/oauth2/token",
    formParameters = parameters {
        append("grant_type", "password")
        append("username", user)
        append("password", word)
    }
)
`,
    },
  },
  {
    title: 'a Mule connection with user name and password over OAuth',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'src/main/mule/global.xml': `<?xml version="1.0" encoding="UTF-8"?>
<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:salesforce="http://www.mulesoft.org/schema/mule/salesforce">
  <salesforce:sfdc-config name="Salesforce_Config">
    <salesforce:oauth-user-pass-connection consumerKey="\${k}" consumerSecret="\${s}" username="\${u}" password="\${p}"/>
  </salesforce:sfdc-config>
</mule>
`,
    },
  },
  {
    title: 'a Mule connection with JWT',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'src/main/mule/global.xml': `<?xml version="1.0" encoding="UTF-8"?>
<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:salesforce="http://www.mulesoft.org/schema/mule/salesforce">
  <salesforce:sfdc-config name="Salesforce_Config">
    <salesforce:oauth-jwt-connection consumerKey="\${k}" keyStorePath="\${ks}" storePassword="\${sp}" principal="\${u}"/>
  </salesforce:sfdc-config>
</mule>
`,
    },
  },
  {
    title: 'Camel with a password',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'src/main/resources/application.properties': `camel.component.salesforce.login-url=https://login.salesforce.com
camel.component.salesforce.client-id={{sf.id}}
camel.component.salesforce.client-secret={{sf.secret}}
camel.component.salesforce.user-name={{sf.user}}
camel.component.salesforce.password={{sf.password}}
`,
      'pom.xml':
        '<project><dependencies><dependency><groupId>org.apache.camel.springboot</groupId><artifactId>camel-salesforce-starter</artifactId></dependency></dependencies></project>',
    },
  },
  {
    title: 'an Android app that authenticates with a secret',
    control: PUBLIC_CLIENTS,
    verdicts: gap,
    files: {
      'app/src/main/AndroidManifest.xml':
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.acme"><application android:label="Acme"/></manifest>',
      'app/src/main/java/com/acme/Auth.kt': `import net.openid.appauth.*

class Auth(private val service: AuthorizationService) {
    private val config = AuthorizationServiceConfiguration(
        Uri.parse("https://login.salesforce.com/services/oauth2/authorize"),
        Uri.parse("https://login.salesforce.com/services/oauth2/token"))

    fun exchange(response: AuthorizationResponse) =
        service.performTokenRequest(response.createTokenExchangeRequest(), ClientSecretPost(BuildConfig.SF_SECRET)) { token, error -> }
}
`,
    },
  },
  {
    title: 'the boot configuration of an Android app with the full scope',
    control: BROAD_SCOPES,
    verdicts: bad,
    kind: 'justification',
    files: {
      'app/src/main/AndroidManifest.xml':
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.acme"><application android:label="Acme"/></manifest>',
      'app/src/main/res/values/bootconfig.xml': bootConfig('full'),
    },
  },
  {
    title: 'the boot configuration of an Android app with the API scope',
    control: BROAD_SCOPES,
    verdicts: ok,
    files: {
      'app/src/main/res/values/bootconfig.xml': bootConfig('api'),
    },
  },
  {
    title: 'sid from the frontdoor address in Kotlin',
    control: FRONTDOOR,
    verdicts: bad,
    kind: 'violation',
    files: {
      'Bridge.kt': `fun session(answer: JSONObject): String? {
    val door = Uri.parse(answer.getString("frontdoor_uri"))
    return door.getQueryParameter("sid")
}
`,
    },
  },
  {
    title: 'a client secret in a constant of Java',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    at: 'Config.java:2',
    files: {
      'Config.java': `final class Config {
  static final String CLIENT_SECRET = "${SECRET}";
  static final String HOST = "https://login.salesforce.com";
}
`,
    },
  },
];

const dotnet: Kind[] = [
  {
    title: 'a form of HttpClient',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'Auth.cs': httpClientLoginAt('login.salesforce.com/services/oauth2'),
    },
  },
  {
    title: 'a form of HttpClient toward another vendor',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'Auth.cs': httpClientLoginAt('login.microsoftonline.com/acme/oauth2/v2.0'),
    },
  },
  {
    title: 'the generated client for SOAP',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'Sync.cs': `using Acme.SforceService;
public class Sync {
  public async Task<string> Open(string user, string word) {
    var client = new SoapClient();
    var result = await client.loginAsync(null, user, word);
    return result.result.sessionId;
  }
}
`,
    },
  },
  {
    title: 'NetCoreForce',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'Sync.cs': `using NetCoreForce.Client;
public class Sync {
  public async Task<ForceClient> Open() {
    var auth = new AuthenticationClient();
    await auth.UsernamePasswordAsync(id, secret, user, word, "https://login.salesforce.com/services/oauth2/token");
    return new ForceClient(auth.AccessInfo.InstanceUrl, auth.ApiVersion, auth.AccessInfo.AccessToken);
  }
}
`,
    },
  },
  {
    title: 'an envelope of XElement',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'Soap.cs': `using System.Xml.Linq;
public class Soap {
  static readonly XNamespace Partner = "urn:partner.soap.sforce.com";
  public XElement Body(string user, string word) =>
    new XElement(Partner + "login", new XElement(Partner + "username", user), new XElement(Partner + "password", word));
}
`,
    },
  },
  {
    title: 'RestSharp with parameters',
    control: PASSWORD_FLOW,
    verdicts: bad,
    files: {
      'Rest.cs': `using RestSharp;
public class Rest {
  public RestResponse Login(string user, string word) {
    var client = new RestClient("https://login.salesforce.com");
    var request = new RestRequest("/services/oauth2/token", Method.Post);
    request.AddParameter("grant_type", "password");
    request.AddParameter("username", user);
    request.AddParameter("password", word);
    return client.Execute(request);
  }
}
`,
    },
  },
  {
    title: 'a WPF program that sends a secret',
    control: PUBLIC_CLIENTS,
    verdicts: bad,
    kind: 'violation',
    files: {
      'Desk.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0-windows</TargetFramework><UseWPF>true</UseWPF></PropertyGroup></Project>',
      'Auth.cs': httpClientExchange('"acme://cb"'),
    },
  },
  {
    title: 'a web server that sends a secret',
    control: PUBLIC_CLIENTS,
    verdicts: ok,
    files: {
      'Web.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>',
      'Auth.cs': httpClientExchange('Redirect'),
    },
  },
  {
    title: 'sid from the frontdoor address in C#',
    control: FRONTDOOR,
    verdicts: bad,
    kind: 'violation',
    files: {
      'Bridge.cs': `using System.Web;
public static class Bridge {
  public static string Session(JsonElement answer) {
    var door = new Uri(answer.GetProperty("frontdoor_uri").GetString());
    return HttpUtility.ParseQueryString(door.Query)["sid"];
  }
}
`,
    },
  },
  {
    title: 'a password in the settings of a program',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    files: {
      'App.config':
        '<?xml version="1.0"?>\n<configuration><appSettings>\n<add key="SalesforceUser" value="sync@acme.example"/>\n<add key="SalesforcePassword" value="Gr8-Tulip7!xQ"/>\n</appSettings></configuration>\n',
    },
  },
  {
    title: 'a client secret in the settings of a server',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    at: 'appsettings.json:1',
    files: {
      'appsettings.json': `{"Salesforce":{"ClientId":"x","ClientSecret":"${SECRET}"}}\n`,
    },
  },
];

const go: Kind[] = [
  {
    title: 'values of a form',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'auth.go': `package auth

import (
	"net/http"
	"net/url"
)

func Login(user, word string) (*http.Response, error) {
	form := url.Values{"grant_type": {"password"}, "username": {user}, "password": {word}}
	return http.PostForm("https://login.salesforce.com/services/oauth2/token", form)
}
`,
    },
  },
  {
    title: 'simpleforce',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    at: 'main.go:7',
    files: {
      'go.mod':
        'module acme.example/sync\n\ngo 1.22\n\nrequire github.com/simpleforce/simpleforce v0.0.0-20220429021116-acd1b2c8a7a4\n',
      'main.go': `package main

import "github.com/simpleforce/simpleforce"

func main() {
	client := simpleforce.NewClient("https://login.salesforce.com", simpleforce.DefaultClientID, simpleforce.DefaultAPIVersion)
	client.LoginPassword(user, word, token)
}
`,
    },
  },
  {
    title: 'go-force',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'main.go': `package main

import "github.com/nimajalali/go-force/force"

func open() (*force.ForceApi, error) {
	return force.Create("v58.0", id, secret, user, word, token, "production")
}
`,
    },
  },
  {
    title: 'an envelope of struct tags',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'soap.go': `package soap

type Login struct {
	XMLName  xml.Name \`xml:"urn:partner.soap.sforce.com login"\`
	Username string   \`xml:"username"\`
	Password string   \`xml:"password"\`
}

func Open(user, word string) ([]byte, error) {
	return call("/services/Soap/u/58.0", Login{Username: user, Password: word})
}
`,
    },
  },
  {
    title: 'the password grant of the oauth2 package',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'auth.go': goLoginAt('login.salesforce.com/services'),
    },
  },
  {
    title: 'the password grant of the oauth2 package toward another vendor',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'auth.go': goLoginAt('id.acme.example'),
    },
  },
  {
    title: 'a builder of queries only',
    control: PASSWORD_FLOW,
    verdicts: quiet,
    files: {
      'query.go': `package query

import "github.com/forcedotcom/go-soql"

type criteria struct {
	Names []string \`soql:"inOperator,fieldName=Name"\`
}

func Build(names []string) (string, error) {
	return soql.MarshalWhereClause(criteria{Names: names})
}
`,
    },
  },
];

const rubyPhp: Kind[] = [
  {
    title: 'Restforce.configure in an initializer',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'config/initializers/restforce.rb': `Restforce.configure do |config|
  config.username = ENV['SF_USER']
  config.password = ENV['SF_PASSWORD']
  config.security_token = ENV['SF_TOKEN']
end
`,
      'app/jobs/sync_job.rb': `class SyncJob < ApplicationJob
  def perform
    Restforce.new.query('select Id from Account')
  end
end
`,
    },
  },
  {
    title: 'Restforce with tokens',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      Gemfile: "source 'https://rubygems.org'\ngem 'restforce', '~> 7.0'\n",
      'app/services/crm.rb': `class Crm
  def client(account)
    Restforce.new(oauth_token: account.token, refresh_token: account.refresh, instance_url: account.url,
                  client_id: ENV['SF_ID'], client_secret: ENV['SF_SECRET'], api_version: '58.0')
  end
end
`,
    },
  },
  {
    title: 'a provider of OmniAuth with the full scope',
    control: BROAD_SCOPES,
    verdicts: bad,
    kind: 'justification',
    files: {
      'config/initializers/omniauth.rb': `Rails.application.config.middleware.use OmniAuth::Builder do
  provider :salesforce, ENV['SF_ID'], ENV['SF_SECRET'], scope: 'full refresh_token'
end
`,
    },
  },
  {
    title: 'a provider of OmniAuth is a code flow',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'config/initializers/omniauth.rb': `Rails.application.config.middleware.use OmniAuth::Builder do
  provider :salesforce, ENV['SF_ID'], ENV['SF_SECRET'], scope: 'api refresh_token'
end
`,
    },
  },
  {
    title: 'Faraday',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'auth.rb': `require 'faraday'
def login(user, word)
  Faraday.post('https://login.salesforce.com/services/oauth2/token', grant_type: 'password', client_id: ENV['ID'], username: user, password: word)
end
`,
    },
  },
  {
    title: 'Savon with the partner description',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'soap.rb': `require 'savon'
client = Savon.client(wsdl: 'config/partner.wsdl.xml', endpoint: 'https://login.salesforce.com/services/Soap/u/58.0')
client.call(:login, message: { username: ENV['U'], password: ENV['P'] })
`,
    },
  },
  {
    title: 'the toolkit for PHP',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'sync.php': `<?php
require_once 'soapclient/SforcePartnerClient.php';
$org = new SforcePartnerClient();
$org->createConnection('partner.wsdl.xml');
$org->login(getenv('U'), getenv('P') . getenv('T'));
`,
    },
  },
  {
    title: 'SoapClient with the partner description',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'soap.php': `<?php
$client = new SoapClient(__DIR__ . '/partner.wsdl.xml', ['location' => 'https://login.salesforce.com/services/Soap/u/58.0']);
$result = $client->login(['username' => getenv('U'), 'password' => getenv('P')]);
$client->__setSoapHeaders(new SoapHeader('urn:partner.soap.sforce.com', 'SessionHeader', ['sessionId' => $result->result->sessionId]));
`,
    },
  },
  {
    title: 'SoapClient of another vendor',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'soap.php': `<?php
$client = new SoapClient('https://erp.acme.example/api?wsdl');
$session = $client->login(['username' => getenv('U'), 'password' => getenv('P')]);
`,
    },
  },
  {
    title: 'Guzzle with form parameters',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'src/Auth.php': `<?php
namespace Acme;
final class Auth {
  public function login(\\GuzzleHttp\\Client $http, string $user, string $word) {
    return $http->post('https://login.salesforce.com/services/oauth2/token', ['form_params' => ['grant_type' => 'password', 'username' => $user, 'password' => $word]]);
  }
}
`,
    },
  },
];

const mobile: Kind[] = [
  {
    title: 'AppAuth for iOS with a secret',
    control: PUBLIC_CLIENTS,
    verdicts: gap,
    files: {
      'Info.plist':
        '<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleIdentifier</key><string>com.acme</string><key>UIMainStoryboardFile</key><string>Main</string></dict></plist>',
      'Auth.swift': `import AppAuth
let config = OIDServiceConfiguration(
  authorizationEndpoint: URL(string: "https://login.salesforce.com/services/oauth2/authorize")!,
  tokenEndpoint: URL(string: "https://login.salesforce.com/services/oauth2/token")!)
let request = OIDAuthorizationRequest(configuration: config, clientId: id, clientSecret: Secrets.salesforce, scopes: ["api"], redirectURL: URL(string: "acme://cb")!, responseType: OIDResponseTypeCode, additionalParameters: nil)
`,
    },
  },
  {
    title: 'scopes of the mobile SDK in Swift',
    control: BROAD_SCOPES,
    verdicts: gap,
    files: {
      'AppDelegate.swift': `import SalesforceSDKCore
SalesforceManager.initializeSDK()
let boot = BootConfig()
boot.remoteAccessConsumerKey = "3MVG9Iu66FKeHhINkB1l7xt7kR8"
boot.oauthRedirectURI = "acme://cb"
boot.oauthScopes = ["web", "api", "refresh_token"]
SalesforceManager.shared.bootConfig = boot
`,
    },
  },
  {
    title: 'a Flutter app with a secret',
    control: PUBLIC_CLIENTS,
    verdicts: gap,
    files: {
      'pubspec.yaml': 'name: acme\ndependencies:\n  flutter:\n    sdk: flutter\n  flutter_appauth: ^6.0.0\n',
      'lib/auth.dart': `import 'package:flutter_appauth/flutter_appauth.dart';
Future<void> login() => FlutterAppAuth().authorizeAndExchangeCode(AuthorizationTokenRequest('id', 'com.acme://cb',
    clientSecret: 'from-config', issuer: 'https://login.salesforce.com', scopes: ['api']));
`,
    },
  },
];

const CURL_CLIENT_CREDENTIALS = {
  'login.sh': `#!/bin/bash
curl -s "https://acme.my.salesforce.com/services/oauth2/token" -d "grant_type=client_credentials" -d "client_id=$ID" -d "client_secret=$SECRET"
`,
};

const rest: Kind[] = [
  {
    title: 'curl over several lines',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'login.sh': `#!/bin/bash
LOGIN=https://login.salesforce.com
curl -s "$LOGIN/services/oauth2/token" \\
  -d "grant_type=password" \\
  -d "client_id=$ID" -d "client_secret=$SECRET" \\
  -d "username=$SF_USER" --data-urlencode "password=$SF_PASSWORD"
`,
    },
  },
  {
    title: 'curl with client credentials',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: CURL_CLIENT_CREDENTIALS,
  },
  {
    title: 'curl with client credentials and no app in the package',
    control: APPS_PACKAGED,
    verdicts: bad,
    kind: 'justification',
    files: CURL_CLIENT_CREDENTIALS,
  },
  {
    title: 'a batch file',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'login.bat': `@echo off\r\nset SF_URL=https://test.salesforce.com\r\ncurl %SF_URL%/services/oauth2/token -d "grant_type=password&client_id=%ID%&username=%SFUSER%&password=%SFPASS%"\r\n`,
    },
  },
  {
    title: 'an envelope in PowerShell',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      'login.ps1': `$body = @"
<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:urn="urn:enterprise.soap.sforce.com">
<env:Body><urn:login><urn:username>$user</urn:username><urn:password>$word</urn:password></urn:login></env:Body></env:Envelope>
"@
Invoke-WebRequest -Uri "https://login.salesforce.com/services/Soap/c/58.0" -Method Post -Headers @{ SOAPAction = 'login' } -Body $body
`,
    },
  },
  {
    title: 'a secret as the default of a Terraform variable',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    at: 'variables.tf:3',
    files: {
      'variables.tf': `variable "salesforce_client_secret" {
  type    = string
  default = "${SECRET}"
}
`,
    },
  },
  {
    title: 'a Terraform app of another vendor with the password grant',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'okta.tf': `resource "okta_app_oauth" "crm" {
  label       = "CRM"
  type        = "native"
  grant_types = ["password", "refresh_token"]
}
`,
    },
  },
  {
    title: 'a secret in a Dockerfile',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    at: 'Dockerfile:2',
    files: {
      Dockerfile: `FROM node:22
ENV SF_CLIENT_SECRET=${SECRET}
CMD ["node", "index.js"]
`,
    },
  },
  {
    title: 'a password in a compose file',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    files: {
      'docker-compose.yml': `services:
  sync:
    image: acme/sync
    environment:
      SALESFORCE_USERNAME: sync@acme.example
      SALESFORCE_PASSWORD: Gr8-Tulip7!xQ
`,
    },
  },
  {
    title: 'a compose file that reads the environment',
    control: SECRETS,
    verdicts: ok,
    files: {
      'docker-compose.yml': `services:
  sync:
    image: acme/sync
    environment:
      SALESFORCE_USERNAME: \${SALESFORCE_USERNAME}
      SALESFORCE_PASSWORD: \${SALESFORCE_PASSWORD}
`,
    },
  },
  {
    title: 'a login in a workflow',
    control: PASSWORD_FLOW,
    verdicts: bad,
    kind: 'violation',
    files: {
      '.github/workflows/sync.yml': `on: push
jobs:
  sync:
    runs-on: ubuntu-latest
    steps:
      - run: |
          curl "https://login.salesforce.com/services/oauth2/token" \\
            -d grant_type=password -d username=\${{ secrets.U }} -d password=\${{ secrets.P }}
`,
    },
  },
  {
    title: 'a workflow that signs in with a stored address',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      '.github/workflows/deploy.yml': `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ secrets.SFDX_AUTH_URL }}" > auth.txt
      - run: sf org login sfdx-url --sfdx-url-file auth.txt --alias prod
      - run: sf project deploy start --target-org prod
`,
    },
  },
  {
    title: 'an authorization address in a workflow',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    files: {
      '.github/workflows/deploy.yml': `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: echo "force://PlatformCLI::${canary.refreshToken}@acme.my.salesforce.com" > auth.txt
`,
    },
  },
  {
    title: 'a collection of requests with the password grant',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'sf.postman_collection.json': JSON.stringify({
        info: { name: 'SF', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        item: [
          {
            name: 'Login',
            request: {
              method: 'POST',
              url: {
                raw: '{{loginUrl}}/services/oauth2/token',
                host: ['{{loginUrl}}'],
                path: ['services', 'oauth2', 'token'],
              },
              body: {
                mode: 'urlencoded',
                urlencoded: [
                  { key: 'grant_type', value: 'password' },
                  { key: 'username', value: '{{u}}' },
                  { key: 'password', value: '{{p}}' },
                ],
              },
            },
          },
        ],
      }),
    },
  },
  {
    title: 'a collection of requests of another vendor with the password grant',
    control: PASSWORD_FLOW,
    verdicts: ok,
    files: {
      'erp.postman_collection.json': JSON.stringify({
        info: { name: 'ERP', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        item: [
          {
            name: 'Login',
            request: {
              method: 'POST',
              url: { raw: 'https://erp.acme.example/oauth2/token' },
              body: { mode: 'urlencoded', urlencoded: [{ key: 'grant_type', value: 'password' }] },
            },
          },
        ],
      }),
    },
  },
  {
    title: 'a collection whose sign-in uses the password grant',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'sf.postman_collection.json': JSON.stringify({
        info: { name: 'SF', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        auth: {
          type: 'oauth2',
          oauth2: [
            { key: 'grant_type', value: 'password_credentials' },
            { key: 'accessTokenUrl', value: 'https://login.salesforce.com/services/oauth2/token' },
          ],
        },
        item: [
          {
            name: 'Accounts',
            request: { method: 'GET', url: { raw: '{{instance}}/services/data/v60.0/sobjects/Account' } },
          },
        ],
      }),
    },
  },
  {
    title: 'a collection whose sign-in uses the implicit flow',
    control: IMPLICIT_FLOW,
    verdicts: gap,
    files: {
      'sf.postman_collection.json': JSON.stringify({
        info: { name: 'SF', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        auth: {
          type: 'oauth2',
          oauth2: [
            { key: 'grant_type', value: 'implicit' },
            { key: 'authUrl', value: 'https://login.salesforce.com/services/oauth2/authorize' },
          ],
        },
        item: [],
      }),
    },
  },
  {
    title: 'a connector of Kafka with a password',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'connector.json': JSON.stringify({
        name: 'sf',
        config: {
          'connector.class': 'io.confluent.salesforce.SalesforceCdcSourceConnector',
          'salesforce.instance': 'https://login.salesforce.com',
          'salesforce.username': '${file:/s:u}',
          'salesforce.password': '${file:/s:p}',
        },
      }),
    },
  },
  {
    title: 'a client for Elixir with a password',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'mix.exs': 'defmodule Sync.MixProject do\n  use Mix.Project\n  defp deps, do: [{:forcex, "~> 0.8"}]\nend\n',
      'config/config.exs':
        'import Config\nconfig :forcex, Forcex.Client, username: System.get_env("U"), password: System.get_env("P"), client_id: System.get_env("I")\n',
    },
  },
  {
    title: 'a client for Rust with a password',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'Cargo.toml': '[package]\nname = "sync"\n\n[dependencies]\nrustforce = "0.2"\n',
      'src/main.rs':
        'use rustforce::Client;\nasync fn open() {\n    let mut client = Client::new(id, secret);\n    client.login_with_credential(user, word).await.unwrap();\n}\n',
    },
  },
  {
    title: 'a client for Perl with a password',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'sync.pl': 'use WWW::Salesforce;\nmy $sf = WWW::Salesforce->login( username => $ENV{U}, password => $ENV{P} );\n',
    },
  },
  {
    title: 'a client for R with a password',
    control: PASSWORD_FLOW,
    verdicts: gap,
    files: {
      'sync.R': 'library(salesforcer)\nsf_auth(username = user, password = word, security_token = token)\n',
    },
  },
  {
    title: 'a private key of the integration',
    control: SECRETS,
    verdicts: bad,
    kind: 'violation',
    files: {
      'certs/server.key': `-----BEGIN RSA PRIVATE KEY-----
MIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu
KUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQJAIJLixBy2qpFoS4DSmoEm
o3qGy0t6z09AIJtH+5OeRV1be+N4cDYJKffGzDa88vQENZiRm0GRq6a+HPGQMd2k
TQIhAKMSvzIBnni7ot/OSie2TmJLY4SwTQAevXysE2RbFDYdAiEBCUEaRQnMnbp7
9mxDXDf6AU0cN/RPBjb9qSHDcWZHGzUCIG2Es59z8ugGrDY+pxLQnwfotadxd+Uy
v/Ow5T0q5gIJAiEAyS4RaI9YG8EWx/2w0T67ZUVAw8eOMB6BIUg0Xcu+3okCIBOs
/5OiPgoTdSy7bcF9IGpSE8ZgGKzgYQVZeN97YE00
-----END RSA PRIVATE KEY-----
`,
    },
  },
];

checkKinds('integrations for the JVM', jvm);
checkKinds('integrations in C#', dotnet);
checkKinds('integrations in Go', go);
checkKinds('integrations in Ruby and PHP', rubyPhp);
checkKinds('integrations of mobile apps', mobile);
checkKinds('integrations in scripts and configuration', rest);
