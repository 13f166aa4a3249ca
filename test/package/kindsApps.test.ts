/* eslint-disable camelcase -- fields of Salesforce */
import { aura, cls, itChecks, NOT_PASSED, OK, page, xml, type SmallPackage } from '../support/smallPackages.js';

const control = 'apps-packaged';
const TOKEN = 'https://login.salesforce.com/services/oauth2/token';

const jwt = (audience: string, endpoint: string): Record<string, string | Uint8Array> =>
  cls(
    'JwtLogin',
    `public with sharing class JwtLogin {
    private static final String AUDIENCE = '${audience}';
    public String token(String subject, String issuer) {
        Auth.JWT token = new Auth.JWT();
        token.setSub(subject);
        token.setIss(issuer);
        token.setAud(AUDIENCE);
        Auth.JWS signed = new Auth.JWS(token, 'Acme_Cert');
        Auth.JWTBearerTokenExchange bearer = new Auth.JWTBearerTokenExchange('${endpoint}', signed);
        return bearer.getAccessToken();
    }
}`
  );
const APP = xml(
  'connectedApps/Acme.connectedApp-meta.xml',
  'ConnectedApp',
  '<contactEmail>dev@acme.example</contactEmail><label>Acme</label><canvasConfig><accessMethod>Post</accessMethod><canvasUrl>https://canvas.acme-sync.example</canvasUrl></canvasConfig><oauthConfig><callbackUrl>https://app.acme-sync.example/cb</callbackUrl><isPkceRequired>true</isPkceRequired><scopes>Api</scopes></oauthConfig>'
);

const packages: SmallPackage[] = [
  {
    title: 'a JWT bearer exchange toward Salesforce without an app',
    control,
    files: jwt('https://login.salesforce.com', TOKEN),
    verdict: 'fail',
    kind: 'justification',
    names: ['JwtLogin'],
  },
  {
    title: 'trap: the same exchange toward Google',
    control,
    files: jwt('https://oauth2.googleapis.com/token', 'https://oauth2.googleapis.com/token'),
    verdict: OK,
  },
  {
    title: 'a signed assertion whose grant and address are constants of another class',
    control,
    files: {
      ...cls(
        'OAuthConstants',
        `public class OAuthConstants {
    public static final String GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    public static final String URL_TOKEN = 'https://test.salesforce.com/services/oauth2/token';
}`
      ),
      ...cls(
        'Assertion',
        `public class Assertion {
    public String redeem(String header, String claims) {
        Blob signature = Crypto.signWithCertificate('RSA-SHA256', Blob.valueOf(header + '.' + claims), 'Acme_Cert');
        HttpRequest req = new HttpRequest();
        req.setEndpoint(OAuthConstants.URL_TOKEN);
        req.setMethod('POST');
        req.setBody('grant_type=' + EncodingUtil.urlEncode(OAuthConstants.GRANT, 'UTF-8') + '&assertion=' + header + '.' + claims + '.' + EncodingUtil.base64Encode(signature));
        return new Http().send(req).getBody();
    }
}`
      ),
    },
    verdict: 'fail',
    kind: 'justification',
    names: ['Assertion', 'OAuthConstants'],
  },
  {
    title: 'trap: a signed assertion for DocuSign',
    control,
    files: cls(
      'Assertion',
      `public class Assertion {
    private static final String GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    public String redeem(String header, String claims) {
        Blob signature = Crypto.signWithCertificate('RSA-SHA256', Blob.valueOf(header + '.' + claims), 'Acme_Cert');
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://account-d.docusign.com/oauth/token');
        req.setMethod('POST');
        req.setBody('grant_type=' + GRANT + '&assertion=' + header + '.' + claims + '.' + EncodingUtil.base64Encode(signature));
        return new Http().send(req).getBody();
    }
}`
    ),
    verdict: OK,
  },
  {
    title: 'an authorization code that Apex redeems at Salesforce',
    control,
    files: cls(
      'Callback',
      `public with sharing class Callback {
    public PageReference redeem() {
        String code = ApexPages.currentPage().getParameters().get('code');
        HttpRequest req = new HttpRequest();
        req.setEndpoint('${TOKEN}');
        req.setMethod('POST');
        req.setBody('grant_type=authorization_code&code=' + code + '&client_id=' + Acme__c.getOrgDefaults().Key__c + '&redirect_uri=' + Label.Callback);
        new Http().send(req);
        return null;
    }
}`
    ),
    verdict: 'fail',
    kind: 'justification',
    names: ['Callback'],
  },
  {
    title: 'client credentials toward a named credential of a My Domain',
    control,
    files: {
      ...xml(
        'namedCredentials/Other_Org.namedCredential-meta.xml',
        'NamedCredential',
        '<endpoint>https://acme-hub.my.salesforce.com</endpoint><label>O</label><principalType>Anonymous</principalType><protocol>NoAuthentication</protocol>'
      ),
      ...cls(
        'OrgToken',
        "public class OrgToken {\n    public String get() {\n        HttpRequest req = new HttpRequest();\n        req.setEndpoint('callout:Other_Org/services/oauth2/token');\n        req.setMethod('POST');\n        req.setBody('grant_type=client_credentials&client_id=' + Label.Id);\n        return new Http().send(req).getBody();\n    }\n}"
      ),
    },
    verdict: 'fail',
    names: ['OrgToken'],
  },
  {
    title: 'trap: client credentials toward another vendor',
    control,
    files: {
      ...xml(
        'namedCredentials/Hub.namedCredential-meta.xml',
        'NamedCredential',
        '<endpoint>https://hub.acme-sync.example</endpoint><label>O</label><principalType>Anonymous</principalType><protocol>NoAuthentication</protocol>'
      ),
      ...cls(
        'HubToken',
        "public class HubToken {\n    private static final String GRANT = 'client_credentials';\n    public String get() {\n        HttpRequest req = new HttpRequest();\n        req.setEndpoint('callout:Hub/oauth2/token');\n        req.setMethod('POST');\n        req.setBody('grant_type=' + GRANT);\n        return new Http().send(req).getBody();\n    }\n}"
      ),
    },
    verdict: OK,
  },
  {
    title: 'a canvas app on a page',
    control,
    files: page('Canvas', '<apex:page>\n  <apex:canvasApp developerName="Acme_Canvas" height="500px"/>\n</apex:page>'),
    verdict: 'fail',
    kind: 'violation',
    names: ['Canvas'],
    at: ['Canvas.page:2'],
  },
  {
    title: 'a canvas app in an Aura component',
    control,
    files: aura('Canvas', '<aura:component>\n  <force:canvasApp developerName="Acme_Canvas"/>\n</aura:component>'),
    verdict: 'fail',
    kind: 'violation',
    names: ['Canvas'],
  },
  {
    title: 'trap: a canvas app beside its app',
    control,
    files: { ...APP, ...page('Canvas', '<apex:page>\n  <apex:canvasApp developerName="Acme"/>\n</apex:page>') },
    verdict: 'pass',
  },
  {
    title: 'trap: a canvas element of a chart',
    control,
    files: page(
      'Chart',
      '<apex:page>\n  <canvas id="chart" width="400"></canvas>\n  <script>var c = document.getElementById("chart").getContext("2d");</script>\n</apex:page>'
    ),
    verdict: OK,
  },
  {
    title: 'an external credential that signs an assertion for Salesforce',
    control,
    files: xml(
      'externalCredentials/Org.externalCredential-meta.xml',
      'ExternalCredential',
      '<authenticationProtocol>Oauth</authenticationProtocol><externalCredentialParameters><parameterName>AuthProtocolVariant</parameterName><parameterType>AuthProtocolVariant</parameterType><parameterValue>JwtBearer</parameterValue></externalCredentialParameters><externalCredentialParameters><parameterName>AuthProviderUrl</parameterName><parameterType>AuthProviderUrl</parameterType><parameterValue>https://login.salesforce.com/services/oauth2/token</parameterValue></externalCredentialParameters><externalCredentialParameters><parameterName>aud</parameterName><parameterType>JwtBodyClaim</parameterType><parameterValue>https://login.salesforce.com</parameterValue></externalCredentialParameters><label>Org</label>'
    ),
    verdict: NOT_PASSED,
  },
  {
    title: 'trap: an external credential that signs an assertion for another vendor',
    control,
    files: xml(
      'externalCredentials/Hub.externalCredential-meta.xml',
      'ExternalCredential',
      '<authenticationProtocol>Oauth</authenticationProtocol><externalCredentialParameters><parameterName>AuthProtocolVariant</parameterName><parameterType>AuthProtocolVariant</parameterType><parameterValue>JwtBearer</parameterValue></externalCredentialParameters><externalCredentialParameters><parameterName>AuthProviderUrl</parameterName><parameterType>AuthProviderUrl</parameterType><parameterValue>https://hub.acme-sync.example/token</parameterValue></externalCredentialParameters><externalCredentialParameters><parameterName>aud</parameterName><parameterType>JwtBodyClaim</parameterType><parameterValue>https://hub.acme-sync.example</parameterValue></externalCredentialParameters><label>Hub</label>'
    ),
    verdict: OK,
  },
  {
    title: 'trap: an authentication provider of Google',
    control,
    files: xml(
      'authproviders/G.authprovider-meta.xml',
      'AuthProvider',
      '<consumerKey>1.apps.googleusercontent.com</consumerKey><friendlyName>G</friendlyName><providerType>Google</providerType>'
    ),
    verdict: OK,
  },
  {
    title: 'a token exchange toward Salesforce through a helper',
    control,
    files: {
      ...cls(
        'Poster',
        "public class Poster {\n    public static HttpResponse post(String address, Map<String, String> fields) {\n        String body = '';\n        for (String key : fields.keySet()) {\n            body += (body == '' ? '' : '&') + key + '=' + EncodingUtil.urlEncode(fields.get(key), 'UTF-8');\n        }\n        HttpRequest req = new HttpRequest();\n        req.setEndpoint(address);\n        req.setMethod('POST');\n        req.setBody(body);\n        return new Http().send(req);\n    }\n}"
      ),
      ...cls(
        'Exchange',
        "public class Exchange {\n    public void run(String token) {\n        Poster.post('https://acme-hub.my.salesforce.com/services/oauth2/token', new Map<String, String>{ 'grant_type' => 'urn:ietf:params:oauth:grant-type:token-exchange', 'subject_token' => token });\n    }\n}"
      ),
    },
    verdict: NOT_PASSED,
  },
  {
    title: 'trap: a package without any sign of OAuth',
    control,
    files: cls(
      'Math2',
      'public class Math2 {\n    // grant_type=client_credentials at https://login.salesforce.com/services/oauth2/token is not used\n    public static Integer add(Integer a, Integer b) { return a + b; }\n}'
    ),
    verdict: OK,
  },
];

describe('exchanges that need a packaged app', () => {
  itChecks(packages);
});
