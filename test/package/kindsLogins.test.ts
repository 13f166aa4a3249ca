/* eslint-disable camelcase -- fields of Salesforce */
import {
  cls,
  itChecks,
  label,
  NOT_PASSED,
  OK,
  record,
  resource,
  xml,
  type SmallPackage,
} from '../support/smallPackages.js';

const control = 'no-username-password-flow';
const TOKEN = 'https://login.salesforce.com/services/oauth2/token';

/** A form-encoded request as a map of parameters. */
const form = (endpoint: string, grant: string): Record<string, string | Uint8Array> =>
  cls(
    'TokenClient',
    `public with sharing class TokenClient {
    public String login(String username, String password) {
        Map<String, String> params = new Map<String, String>{
            'grant_type' => ${grant},
            'client_id' => Label.Client_Id,
            'username' => username,
            'password' => password
        };
        List<String> pairs = new List<String>();
        for (String key : params.keySet()) {
            pairs.add(key + '=' + EncodingUtil.urlEncode(params.get(key), 'UTF-8'));
        }
        HttpRequest req = new HttpRequest();
        req.setEndpoint(${endpoint});
        req.setMethod('POST');
        req.setHeader('Content-Type', 'application/x-www-form-urlencoded');
        req.setBody(String.join(pairs, '&'));
        return new Http().send(req).getBody();
    }
}`
  );
const AUTH_CONSTANTS = cls(
  'AuthConstants',
  `public class AuthConstants {
    public static final String LOGIN_HOST = 'https://login.salesforce.com';
    public static final String TOKEN_PATH = '/services/oauth2/token';
    public static final String GRANT_PASSWORD = 'password';
    public static final String GRANT_REFRESH = 'refresh_token';
    public static final String GRANT_JWT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
}`
);
const partnerStub = `public class partnerSoap {
    public class LoginResult { public String sessionId; public String serverUrl; }
    public class Soap {
        public String endpoint_x = 'https://login.salesforce.com/services/Soap/u/58.0';
        private String[] ns_map_type_info = new String[]{ 'urn:partner.soap.sforce.com', 'partnerSoap' };
        public partnerSoap.LoginResult login(String username, String password) {
            Map<String, Object> response_map_x = new Map<String, Object>();
            WebServiceCallout.invoke(this, new List<String>{ username, password }, response_map_x, new String[]{ endpoint_x, '', 'urn:partner.soap.sforce.com', 'login', 'urn:partner.soap.sforce.com', 'loginResponse', 'partnerSoap.loginResponse_element' });
            return (partnerSoap.LoginResult) response_map_x.get('response_x');
        }
    }
}`;

const packages: SmallPackage[] = [
  {
    title: 'a password grant in a formatted body',
    control,
    files: cls(
      'Remote',
      `public class Remote {
    private static final String BODY = 'grant_type=password&client_id={0}&client_secret={1}&username={2}&password={3}';
    public void connect(List<String> args) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('${TOKEN}');
        req.setMethod('POST');
        req.setBody(String.format(BODY, args));
        new Http().send(req);
    }
}`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Remote'],
    at: ['Remote.cls:2', 'Remote.cls:7', 'Remote.cls:5', 'Remote.cls:8'],
  },
  {
    title: 'a password grant as a map of parameters with constants of another class',
    control,
    files: {
      ...AUTH_CONSTANTS,
      ...form('AuthConstants.LOGIN_HOST + AuthConstants.TOKEN_PATH', 'AuthConstants.GRANT_PASSWORD'),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['TokenClient', 'AuthConstants'],
  },
  {
    title: 'trap: a password grant of another vendor',
    control,
    files: {
      ...AUTH_CONSTANTS,
      ...form("'https://auth.acme-sync.example/oauth/token'", 'AuthConstants.GRANT_PASSWORD'),
    },
    verdict: OK,
  },
  {
    title: 'trap: the same client with a refresh token',
    control,
    files: {
      ...AUTH_CONSTANTS,
      ...cls(
        'Refresh',
        `public class Refresh {
    public String run(String token) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(AuthConstants.LOGIN_HOST + AuthConstants.TOKEN_PATH);
        req.setMethod('POST');
        req.setBody('grant_type=' + AuthConstants.GRANT_REFRESH + '&refresh_token=' + EncodingUtil.urlEncode(token, 'UTF-8') + '&client_id=' + Label.Client_Id);
        return new Http().send(req).getBody();
    }
}`
      ),
    },
    verdict: OK,
  },
  {
    title: 'an enum names the grant',
    control,
    files: cls(
      'Grants',
      `public class Grants {
    public enum Grant { PASSWORD, REFRESH_TOKEN }
    public void token(String rest) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('${TOKEN}');
        req.setMethod('POST');
        req.setBody('grant_type=' + Grant.PASSWORD.name().toLowerCase() + '&' + rest);
        new Http().send(req);
    }
}`
    ),
    verdict: NOT_PASSED,
  },
  {
    title: 'a request class that the caller fills',
    control,
    files: {
      ...cls(
        'HttpForm',
        `public class HttpForm {
    private String address;
    private List<String> parts = new List<String>();
    public HttpForm(String address) { this.address = address; }
    public HttpForm add(String key, String value) {
        parts.add(key + '=' + EncodingUtil.urlEncode(value, 'UTF-8'));
        return this;
    }
    public HttpResponse post() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(address);
        req.setMethod('POST');
        req.setBody(String.join(parts, '&'));
        return new Http().send(req);
    }
}`
      ),
      ...cls(
        'LegacyLogin',
        `public class LegacyLogin {
    public void go(String user, String pass) {
        new HttpForm('https://test.salesforce.com/services/oauth2/token').add('grant_type', 'password').add('username', user).add('password', pass).post();
    }
}`
      ),
    },
    verdict: 'fail',
    names: ['LegacyLogin', 'HttpForm'],
  },
  {
    title: 'a SOAP login that an XML writer writes',
    control,
    files: cls(
      'SoapWriter',
      `public class SoapWriter {
    public void login(String user, String pass) {
        XmlStreamWriter w = new XmlStreamWriter();
        w.writeStartDocument('utf-8', '1.0');
        w.writeStartElement('soapenv', 'Envelope', 'http://schemas.xmlsoap.org/soap/envelope/');
        w.writeStartElement('soapenv', 'Body', 'http://schemas.xmlsoap.org/soap/envelope/');
        w.writeStartElement('urn', 'login', 'urn:partner.soap.sforce.com');
        w.writeStartElement('urn', 'username', 'urn:partner.soap.sforce.com');
        w.writeCharacters(user);
        w.writeEndElement();
        w.writeEndElement();
        w.writeEndElement();
        w.writeEndDocument();
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://login.salesforce.com/services/Soap/u/58.0');
        req.setMethod('POST');
        req.setHeader('SOAPAction', '""');
        req.setBody(w.getXmlString());
        new Http().send(req);
    }
}`
    ),
    verdict: 'fail',
    names: ['SoapWriter'],
  },
  {
    title: 'a SOAP login in a text of a static resource',
    control,
    files: {
      ...resource(
        'loginEnvelope.xml',
        '<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Body><login xmlns="urn:partner.soap.sforce.com"><username>{0}</username><password>{1}</password></login></se:Body></se:Envelope>',
        'text/xml'
      ),
      ...cls(
        'Envelope',
        `public class Envelope {
    public void login(String u, String p) {
        StaticResource body = [SELECT Body FROM StaticResource WHERE Name = 'loginEnvelope' LIMIT 1];
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://login.salesforce.com/services/Soap/u/58.0');
        req.setMethod('POST');
        req.setBody(String.format(body.Body.toString(), new List<String>{ u, p }));
        new Http().send(req);
    }
}`
      ),
    },
    verdict: NOT_PASSED,
  },
  {
    title: 'a partner stub whose login is called',
    control,
    files: {
      ...cls('partnerSoap', partnerStub),
      ...cls(
        'Migrate',
        'public class Migrate {\n    public String open(String user, String pass) {\n        partnerSoap.Soap port = new partnerSoap.Soap();\n        return port.login(user, pass).sessionId;\n    }\n}'
      ),
    },
    verdict: 'fail',
    names: ['Migrate', 'partnerSoap'],
  },
  {
    title: 'trap: a partner stub whose login is never called',
    control,
    files: {
      ...cls('partnerSoap', partnerStub),
      ...cls('Use', 'public class Use {\n    public Object port() { return new partnerSoap.Soap(); }\n}'),
    },
    verdict: ['pass', 'inconclusive', 'not-applicable'],
  },
  {
    title: 'trap: a login page of an Experience site',
    control,
    files: cls(
      'SiteLoginController',
      `global with sharing class SiteLoginController {
    global String username { get; set; }
    global String password { get; set; }
    global PageReference login() {
        String startUrl = System.currentPageReference().getParameters().get('startURL');
        return Site.login(username, password, startUrl);
    }
}`
    ),
    verdict: OK,
  },
  {
    title: 'a named credential of the token endpoint with the password of the credential',
    control,
    files: {
      ...xml(
        'namedCredentials/Sf_Token.namedCredential-meta.xml',
        'NamedCredential',
        '<allowMergeFieldsInBody>true</allowMergeFieldsInBody><endpoint>https://login.salesforce.com/services/oauth2/token</endpoint><label>T</label><principalType>NamedUser</principalType><protocol>Password</protocol>'
      ),
      ...cls(
        'Hub',
        "public class Hub {\n    public HttpResponse token() {\n        HttpRequest req = new HttpRequest();\n        req.setEndpoint('callout:Sf_Token');\n        req.setMethod('POST');\n        req.setBody('grant_type=password&username={!$Credential.Username}&password={!$Credential.Password}');\n        return new Http().send(req);\n    }\n}"
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['Hub'],
  },
  {
    title: 'trap: basic authentication of another vendor through a named credential',
    control,
    files: {
      ...xml(
        'namedCredentials/Hub.namedCredential-meta.xml',
        'NamedCredential',
        '<endpoint>https://hub.acme-sync.example</endpoint><label>T</label><principalType>NamedUser</principalType><protocol>Password</protocol>'
      ),
      ...cls(
        'Hub',
        "public class Hub {\n    public HttpResponse token() {\n        HttpRequest req = new HttpRequest();\n        req.setEndpoint('callout:Hub/login');\n        req.setMethod('POST');\n        req.setBody('username={!$Credential.Username}&password={!$Credential.Password}');\n        return new Http().send(req);\n    }\n}"
      ),
    },
    verdict: OK,
  },
  {
    title: 'a label that contains the body of the login',
    control,
    files: {
      ...label({ Token_Body: 'grant_type=password&amp;client_id={0}&amp;username={1}&amp;password={2}' }),
      ...cls(
        'Login',
        `public class Login {
    public void go(List<String> args) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('${TOKEN}');
        req.setMethod('POST');
        req.setBody(String.format(System.Label.Token_Body, args));
        new Http().send(req);
    }
}`
      ),
    },
    verdict: NOT_PASSED,
  },
  {
    title: 'trap: a JWT bearer exchange is no password flow',
    control,
    files: cls(
      'Jwt',
      `public class Jwt {
    public String token(String user) {
        Auth.JWT jwt = new Auth.JWT();
        jwt.setSub(user);
        jwt.setAud('https://login.salesforce.com');
        jwt.setIss(Label.Client_Id);
        Auth.JWS jws = new Auth.JWS(jwt, 'Acme_Cert');
        return new Auth.JWTBearerTokenExchange('${TOKEN}', jws).getAccessToken();
    }
}`
    ),
    verdict: OK,
  },
  {
    title: 'trap: a test class with a mocked password grant',
    control,
    files: cls(
      'LoginTest',
      `@isTest
private class LoginTest {
    @isTest static void logsIn() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('${TOKEN}');
        req.setBody('grant_type=password&username=a&password=b');
        System.assertNotEquals(null, req);
    }
}`
    ),
    verdict: OK,
  },
  {
    title: 'an implicit flow that a page reference starts',
    control: 'no-implicit-flow',
    files: cls(
      'Authorize',
      `public class Authorize {
    public PageReference start() {
        PageReference target = new PageReference('https://login.salesforce.com/services/oauth2/authorize');
        target.getParameters().put('response_type', 'token');
        target.getParameters().put('client_id', Label.Client_Id);
        return target;
    }
}`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Authorize'],
  },
  {
    title: 'trap: an authorization code that a page reference starts',
    control: 'no-implicit-flow',
    files: cls(
      'Authorize',
      `public class Authorize {
    public PageReference start() {
        PageReference target = new PageReference('https://login.salesforce.com/services/oauth2/authorize');
        target.getParameters().putAll(new Map<String, String>{ 'response_type' => 'code', 'code_challenge' => challenge(), 'client_id' => Label.Client_Id });
        return target;
    }
    private String challenge() { return EncodingUtil.base64Encode(Crypto.generateDigest('SHA-256', Blob.valueOf('x'))); }
}`
    ),
    verdict: OK,
  },
  {
    title: 'a device flow that Apex starts',
    control: 'no-device-flow',
    files: cls(
      'Device',
      `public class Device {
    public HttpResponse start(String clientId) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('${TOKEN}');
        req.setMethod('POST');
        req.setBody('response_type=device_code&scope=api&client_id=' + clientId);
        return new Http().send(req);
    }
}`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Device'],
  },
  {
    title: 'a token address from a record and a grant from the code',
    control,
    files: {
      ...record('Org_Link.Main', { Host__c: 'https://acme.my.salesforce.com' }),
      ...cls(
        'Linked',
        `public class Linked {
    public void go(String u, String p) {
        Org_Link__mdt link = Org_Link__mdt.getInstance('Main');
        HttpRequest req = new HttpRequest();
        req.setEndpoint(link.Host__c + '/services/oauth2/token');
        req.setMethod('POST');
        req.setBody('username=' + u + '&password=' + p + '&grant_type=password');
        new Http().send(req);
    }
}`
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['Linked'],
  },
];

describe('logins that Apex starts', () => {
  itChecks(packages);
});
