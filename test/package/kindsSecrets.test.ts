/* eslint-disable camelcase -- fields of Salesforce */
import {
  cls,
  component,
  field,
  itChecks,
  label,
  metadataType,
  OK,
  page,
  record,
  resource,
  settingType,
  xml,
  aura,
  type SmallPackage,
} from '../support/smallPackages.js';
import { canary } from '../support/secrets.js';

const control = 'no-secrets-in-source';
const P = 'force-app/main/default';
const classWith = (body: string): Record<string, string | Uint8Array> =>
  cls('Config', `public with sharing class Config {\n${body}\n}`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQd0v7l2pG1J3Yb4mX0kq7W1cZ8QwCgYIKoZIzj0EAwIw\nEzERMA8GA1UEAwwIYWNtZS1odWIwHhcNMjUwMTAxMDAwMDAwWhcNMzUwMTAxMDAw\n-----END CERTIFICATE-----';

const hubClient = (source = ''): string => `public with sharing class HubClient {
    private final String credential;
    public HubClient(String credential) { this.credential = credential; }
    public HttpResponse get(String path) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://hub.acme-sync.example' + path);
        req.setHeader('X-Api-Key', credential);
${source}        return new Http().send(req);
    }
}`;

const protectedLiteral = {
  ...metadataType('Hub__mdt', 'Protected'),
  ...field('Hub__mdt', 'Client_Secret__c'),
  ...record('Hub.Main', { Client_Secret__c: canary.consumerSecret }, true),
};

const packages: SmallPackage[] = [
  {
    title: 'the key of a signature in Blob.valueOf',
    control,
    files: classWith(`    public static String sign(String text) {
        return EncodingUtil.convertToHex(Crypto.generateMac('HmacSHA256', Blob.valueOf(text), Blob.valueOf('${canary.token}')));
    }`),
    verdict: 'fail',
    kind: 'violation',
    names: ['Config'],
    at: ['Config.cls:3'],
  },
  {
    title: 'the key of an encryption in base64Decode',
    control,
    files: classWith(`    private static final Blob AES = EncodingUtil.base64Decode('${base64(canary.apiKey)}');
    public static Blob hide(String text) { return Crypto.encryptWithManagedIV('AES256', AES, Blob.valueOf(text)); }`),
    verdict: 'fail',
    kind: 'violation',
    names: ['Config'],
    at: ['Config.cls:2'],
  },
  {
    title: 'Basic authentication of a literal user and password',
    control,
    files: classWith(`    public static void authorize(HttpRequest req) {
        String header = 'Basic ' + EncodingUtil.base64Encode(Blob.valueOf('acme-service:${canary.password}'));
        req.setHeader('Authorization', header);
    }`),
    verdict: 'fail',
    kind: 'violation',
    names: ['Config'],
    at: ['Config.cls:3'],
  },
  {
    title: 'Basic authentication as a finished header',
    control,
    files: classWith(`    public static void authorize(HttpRequest req) {
        req.setHeader('Authorization', 'Basic ${base64(`acme-service:${canary.password}`)}');
    }`),
    verdict: 'fail',
    kind: 'violation',
    names: ['Config'],
    at: ['Config.cls:3'],
  },
  {
    title: 'a password that methods hand on to a header',
    control,
    files: {
      ...cls(
        'HubAuth',
        `public with sharing class HubAuth {
    private static String user() { return 'acme-service'; }
    private static String phrase() { return '${canary.password}'; }
    public static String header() { return basic(user(), phrase()); }
    private static String basic(String name, String second) {
        return 'Basic ' + EncodingUtil.base64Encode(Blob.valueOf(name + ':' + second));
    }
}`
      ),
      ...cls(
        'HubCall',
        `public with sharing class HubCall {
    public void go() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://hub.acme-sync.example');
        req.setHeader('Authorization', HubAuth.header());
        new Http().send(req);
    }
}`
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['HubAuth'],
    at: ['HubAuth.cls:3', 'HubAuth.cls:6'],
  },
  {
    title: 'a key that a constructor hands on to a header of another class',
    control,
    files: {
      ...cls('HubClient', hubClient()),
      ...cls(
        'HubFactory',
        `public with sharing class HubFactory {
    public static HubClient make() { return new HubClient('${canary.apiKey}'); }
}`
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['HubFactory', 'HubClient'],
    at: ['HubFactory.cls:2', 'HubClient.cls:7'],
  },
  {
    title: 'trap: the same client whose key comes from a protected setting',
    control,
    files: {
      ...cls(
        'HubClient',
        hubClient(`        req.setHeader('X-Request-Source', 'managed-package-acme-2024');
`)
      ),
      ...cls(
        'HubFactory',
        'public with sharing class HubFactory {\n    public static HubClient make() { return new HubClient(Acme__c.getOrgDefaults().Api_Key__c); }\n}'
      ),
    },
    verdict: OK,
  },
  {
    title: 'a password in a serialised login request',
    control,
    files: classWith(`    private class Login { public String userName; public String password; }
    public static String body() {
        Login request = new Login();
        request.userName = 'acme-service';
        request.password = '${canary.password}';
        return JSON.serialize(request);
    }`),
    verdict: 'fail',
    kind: 'violation',
    at: ['Config.cls:6'],
  },
  {
    title: 'a key in a map of headers',
    control,
    files: classWith(`    private static final Map<String, String> HEADERS = new Map<String, String>{
        'Content-Type' => 'application/json',
        'x-api-key' => '${canary.apiKey}'
    };`),
    verdict: 'fail',
    kind: 'violation',
    at: ['Config.cls:4'],
  },
  {
    title: 'a connection string of Azure storage',
    control,
    files: classWith(
      `    static final String STORE = 'DefaultEndpointsProtocol=https;AccountName=acmehub;AccountKey=${base64(canary.consumerSecret + canary.apiKey.slice(0, 2)).slice(0, 86)}==;EndpointSuffix=core.windows.net';`
    ),
    verdict: 'fail',
    kind: 'violation',
    at: ['Config.cls:2'],
  },
  {
    title: 'the access key of Amazon',
    control,
    files: classWith(`    static final String AWS_ID = 'AKIA${canary.consumerSecret
      .replace(/[^A-Z2-7]/g, '')
      .slice(0, 16)
      .padEnd(16, 'Q')}';
    static final String AWS_SECRET_ACCESS_KEY = '${canary.token}';`),
    verdict: 'fail',
    kind: 'violation',
    names: ['Config'],
  },
  {
    title: 'a token of GitHub in a static resource',
    control,
    files: resource(
      'settings.json',
      JSON.stringify({ repository: 'acme/hub', pat: canary.github }),
      'application/json'
    ),
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'a symmetric JSON web key',
    control,
    files: resource(
      'jwk.json',
      JSON.stringify({ kty: 'oct', kid: 'acme', alg: 'HS256', k: canary.token }),
      'application/json'
    ),
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'a private key as a list of lines',
    control,
    files: classWith(
      `    static final String KEY = String.join(new List<String>{\n${canary.pkcs8
        .trim()
        .split('\n')
        .map((line) => `        '${line}'`)
        .join(',\n')}\n    }, '\\n');`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Config'],
  },
  {
    title: 'trap: a certificate',
    control,
    files: resource('acme.pem', CERTIFICATE, 'application/x-pem-file'),
    verdict: OK,
  },
  {
    title: 'trap: names, labels and addresses of secrets',
    control,
    files: classWith(`    static final String TOKEN_URL = 'https://hub.acme-sync.example/oauth/token';
    static final String PASSWORD_FIELD = 'Password__c';
    static final String SECRET_LABEL = 'Client secret';
    static final String API_KEY_HEADER = 'X-Acme-Api-Key';
    static final String TOKEN_CACHE_KEY = 'local.AcmePartition.hubAccessToken';
    static final String CLIENT_SECRET = '<YOUR_CLIENT_SECRET>';
    static final String API_KEY = 'REPLACE_ME';
    static final String PASSWORD = '{!$Credential.Password}';
    static final String SECRET = '%%HUB_SECRET%%';
    static final String PASSWORD_RESET_TEMPLATE = 'Acme_Password_Reset_2024';`),
    verdict: OK,
  },
  {
    title: 'trap: a test class with an invented secret',
    control,
    files: cls(
      'ConfigTest',
      `@IsTest\nprivate class ConfigTest {\n    static final String CLIENT_SECRET = '${canary.consumerSecret}';\n}`
    ),
    verdict: OK,
  },
  {
    title: 'a literal secret in a protected record of a protected type',
    control,
    files: protectedLiteral,
    verdict: 'fail',
    kind: 'justification',
  },
  {
    title: 'the store of that record is protected',
    control: 'packaged-secrets-protected',
    files: protectedLiteral,
    verdict: 'pass',
  },
  {
    title: 'a secret of a key-value record in a public type',
    control: 'packaged-secrets-protected',
    files: {
      ...metadataType('Parameter__mdt', 'Public'),
      ...field('Parameter__mdt', 'Key__c'),
      ...field('Parameter__mdt', 'Value__c'),
      ...record('Parameter.Hub', { Key__c: 'hub.api.secret', Value__c: canary.apiKey }),
    },
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'trap: an ordinary key-value record',
    control: 'packaged-secrets-protected',
    files: {
      ...metadataType('Parameter__mdt', 'Public'),
      ...field('Parameter__mdt', 'Key__c'),
      ...field('Parameter__mdt', 'Value__c'),
      ...record('Parameter.Hub', { Key__c: 'hub.page.size', Value__c: '200' }),
      ...record('Parameter.Url', { Key__c: 'hub.token.url', Value__c: 'https://hub.acme-sync.example/oauth/token' }),
    },
    verdict: OK,
  },
  {
    title: 'a public setting whose secret field has a suffix',
    control: 'subscriber-secrets-protected',
    files: { ...settingType('Hub_Settings__c', 'Public'), ...field('Hub_Settings__c', 'Client_Secret_Sandbox__c') },
    verdict: 'fail',
    kind: 'violation',
    names: ['Hub_Settings__c'],
  },
  {
    title: 'a public setting with a pass phrase in lower case',
    control: 'subscriber-secrets-protected',
    files: {
      ...settingType('Hub_Settings__c', 'Public'),
      ...field('Hub_Settings__c', 'hubapikey__c'),
      ...field('Hub_Settings__c', 'privatekeypassphrase__c'),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['Hub_Settings__c'],
  },
  {
    title: 'trap: a protected setting with the same fields',
    control: 'subscriber-secrets-protected',
    files: {
      ...settingType('Hub_Settings__c', 'Protected'),
      ...field('Hub_Settings__c', 'Client_Secret_Sandbox__c'),
      ...field('Hub_Settings__c', 'hubapikey__c'),
    },
    verdict: OK,
  },
  {
    title: 'trap: a public setting with fields about secrets',
    control: 'subscriber-secrets-protected',
    files: {
      ...settingType('Hub_Settings__c', 'Public'),
      ...field('Hub_Settings__c', 'Token_Expires_At__c', 'DateTime'),
      ...field('Hub_Settings__c', 'Secret_Rotation_Enabled__c', 'Checkbox', '<defaultValue>false</defaultValue>'),
      ...field('Hub_Settings__c', 'Token_Lifetime__c', 'Number', '<precision>5</precision><scale>0</scale>'),
      ...field('Hub_Settings__c', 'Token_Url__c', 'Url'),
      ...field('Hub_Settings__c', 'Monkey__c'),
    },
    verdict: OK,
  },
  {
    title: 'a token in an ordinary object',
    control: 'tokens-stored-securely',
    files: {
      ...xml(
        'objects/Hub_Account__c/Hub_Account__c.object-meta.xml',
        'CustomObject',
        '<deploymentStatus>Deployed</deploymentStatus><label>A</label><nameField><label>N</label><type>Text</type></nameField><pluralLabel>A</pluralLabel><sharingModel>Private</sharingModel>'
      ),
      ...field(
        'Hub_Account__c',
        'OAuth_Refresh_Token__c',
        'LongTextArea',
        '<length>32000</length><visibleLines>3</visibleLines>'
      ),
    },
    verdict: 'fail',
    kind: 'justification',
    names: ['Hub_Account__c', 'Hub_Account__c.OAuth_Refresh_Token__c'],
  },
  {
    title: 'a hidden input with a secret',
    control,
    files: page(
      'Connect',
      `<apex:page>\n<form action="https://hub.acme-sync.example/token" method="post">\n<input type="hidden" name="client_secret" value="${canary.consumerSecret}"/>\n</form>\n</apex:page>`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Connect'],
    at: ['Connect.page:3'],
  },
  {
    title: 'a default value of a component attribute',
    control,
    files: component(
      'Connect',
      `<apex:component>\n<apex:attribute name="apiSecret" type="String" description="x" default="${canary.apiKey}"/>\n</apex:component>`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Connect'],
  },
  {
    title: 'a default value of an Aura attribute',
    control,
    files: aura(
      'Connect',
      `<aura:component>\n<aura:attribute name="apiKey" type="String" default="${canary.apiKey}"/>\n</aura:component>`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Connect'],
  },
  {
    title: 'a constant of a flow',
    control,
    files: xml(
      'flows/Call.flow-meta.xml',
      'Flow',
      `<apiVersion>60.0</apiVersion><constants><name>HubApiKey</name><dataType>String</dataType><value><stringValue>${canary.apiKey}</stringValue></value></constants><label>Call</label><processType>AutoLaunchedFlow</processType><status>Active</status>`
    ),
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'the secret of an authentication provider',
    control,
    files: xml(
      'authproviders/Hub.authprovider-meta.xml',
      'AuthProvider',
      `<authorizeUrl>https://hub.acme-sync.example/a</authorizeUrl><consumerKey>acme</consumerKey>\n<consumerSecret>${canary.token}</consumerSecret><friendlyName>Hub</friendlyName><providerType>OpenIdConnect</providerType>`
    ),
    verdict: 'fail',
    kind: 'violation',
    at: ['Hub.authprovider-meta.xml:3'],
  },
  {
    title: 'trap: the key of an authentication provider without a secret',
    control,
    files: xml(
      'authproviders/Hub.authprovider-meta.xml',
      'AuthProvider',
      '<authorizeUrl>https://hub.acme-sync.example/a</authorizeUrl><consumerKey>3MVG9PhR6g6B7ps6examplekeyexamplekeyexamplekeyexamplekeyexamplekeyexamplekeyexample</consumerKey><consumerSecret>Placeholder_Value</consumerSecret><friendlyName>Hub</friendlyName><providerType>OpenIdConnect</providerType>'
    ),
    verdict: OK,
  },
  {
    title: 'a replacement that brings a secret file into the package',
    control,
    files: {
      ...classWith(
        "    static final String HUB = '%%HUB_TOKEN%%';\n    static void go(HttpRequest req) { req.setHeader('Authorization', 'Bearer ' + HUB); }"
      ),
      'config/hub.txt': canary.github,
    },
    project: {
      packageDirectories: [{ path: 'force-app', default: true, package: 'X', versionNumber: '1.0.0.NEXT' }],
      namespace: 'acme',
      sourceApiVersion: '62.0',
      replacements: [
        { filename: `${P}/classes/Config.cls`, stringToReplace: '%%HUB_TOKEN%%', replaceWithFile: 'config/hub.txt' },
      ],
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['Config', 'config/hub.txt'],
  },
  {
    title: 'trap: a placeholder that looks like a secret',
    control,
    files: classWith(`    static final String CLIENT_SECRET = '${canary.token}';`),
    project: {
      packageDirectories: [{ path: 'force-app', default: true, package: 'X', versionNumber: '1.0.0.NEXT' }],
      namespace: 'acme',
      sourceApiVersion: '62.0',
      replacements: [{ glob: 'force-app/**/*.cls', stringToReplace: canary.token, replaceWithEnv: 'HUB_SECRET' }],
    },
    verdict: OK,
  },
  {
    title: 'a consumer secret in source that a replacement takes out of the package',
    control,
    files: classWith(`    static final String CLIENT_SECRET = '${canary.consumerSecret}';`),
    project: {
      packageDirectories: [{ path: 'force-app', default: true, package: 'X', versionNumber: '1.0.0.NEXT' }],
      namespace: 'acme',
      sourceApiVersion: '62.0',
      replacements: [
        { filename: `${P}/classes/Config.cls`, stringToReplace: canary.consumerSecret, replaceWithEnv: 'HUB_SECRET' },
      ],
    },
    // The source still contains the secret: "literal secret value committed anywhere in source".
    verdict: 'fail',
    kind: 'violation',
    names: ['Config'],
  },
  {
    title: 'a label with a bearer token',
    control,
    files: {
      ...label({ Hub_Token: canary.accessToken }),
      ...classWith(
        "    static void go(HttpRequest req) { req.setHeader('Authorization', 'Bearer ' + Label.Hub_Token); }"
      ),
    },
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'a key that Apex takes out of a map of literals is found',
    control: 'no-secrets-in-source',
    files: cls(
      'Caller',
      `public class Caller {
  static Map<String, String> KEYS = new Map<String, String>{ 'live' => '${'q8Zr7Lk2Vn5Xb9Tc'}4Wm6Py3Hs1Jd0Fg' };
  public void go(HttpRequest r) { r.setHeader('Authorization', 'Bearer ' + KEYS.get('live')); }
}`
    ),
    verdict: 'fail',
  },
];

describe('secrets in the source of a package', () => {
  itChecks(packages);
});
