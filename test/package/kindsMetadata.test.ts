/* eslint-disable camelcase -- fields of Salesforce */
import {
  cls,
  itChecks,
  label,
  metadataType,
  NOT_PASSED,
  OK,
  record,
  xml,
  type SmallPackage,
} from '../support/smallPackages.js';
import { canary } from '../support/secrets.js';

const SESSION = 'no-session-id-for-metadata-api';
const P = 'force-app/main/default';
const webLink = (name: string, body: string): Record<string, string | Uint8Array> =>
  xml(
    `objects/Account/webLinks/${name}.webLink-meta.xml`,
    'WebLink',
    `<fullName>${name}</fullName><availability>online</availability><displayType>button</displayType><masterLabel>${name}</masterLabel><openType>newWindow</openType><protected>false</protected>${body}`
  );
const tab = (name: string, url: string): Record<string, string | Uint8Array> =>
  xml(
    `tabs/${name}.tab-meta.xml`,
    'CustomTab',
    `<customObject>false</customObject><label>T</label><motif>Custom1: Heart</motif>\n<url>${url}</url>`
  );

const packages: SmallPackage[] = [
  {
    title: 'a web tab that shows another host with the session id',
    control: SESSION,
    files: tab(
      'Portal',
      'https://portal.acme-sync.example/sso?s={!$Api.Session_ID}&amp;u={!$Api.Partner_Server_URL_260}'
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Portal'],
    at: ['tabs/Portal.tab-meta.xml:3'],
  },
  {
    title: 'trap: a web tab without a session id',
    control: SESSION,
    files: tab('Help', 'https://help.acme-sync.example/?org={!$Organization.Id}'),
    verdict: OK,
  },
  {
    title: 'an S-control that posts the session id',
    control: SESSION,
    files: {
      ...xml(
        'scontrols/Legacy.scf-meta.xml',
        'Scontrol',
        '<contentSource>HTML</contentSource><encodingKey>UTF-8</encodingKey><name>Legacy</name><supportsCaching>false</supportsCaching>'
      ),
      [`${P}/scontrols/Legacy.scf`]:
        '<html><body>\n<iframe src="https://portal.acme-sync.example/?s={!API.Session_ID}"></iframe>\n</body></html>',
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['Legacy'],
  },
  {
    title: 'a JavaScript button that calls the Tooling API',
    control: SESSION,
    files: webLink(
      'Deploy',
      `<linkType>javascript</linkType><url>{!REQUIRESCRIPT(&quot;/soap/ajax/60.0/connection.js&quot;)}
var x = new XMLHttpRequest();
x.open(&quot;POST&quot;, &quot;/services/data/v60.0/tooling/sobjects/ApexClass&quot;);
x.setRequestHeader(&quot;Authorization&quot;, &quot;Bearer &quot; + sforce.connection.sessionId);
x.send(&quot;{}&quot;);</url>`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Deploy', 'Account.Deploy'],
  },
  {
    title: 'trap: a JavaScript button that updates a record',
    control: SESSION,
    files: webLink(
      'Close',
      `<linkType>javascript</linkType><url>{!REQUIRESCRIPT(&quot;/soap/ajax/60.0/connection.js&quot;)}
var c = new sforce.SObject(&quot;Case&quot;); c.Id = &quot;{!Case.Id}&quot;; c.Status = &quot;Closed&quot;;
sforce.connection.update([c]); window.location.reload();</url>`
    ),
    verdict: OK,
  },
  {
    title: 'an outbound message that sends the session id',
    control: SESSION,
    files: xml(
      'workflows/Account.workflow-meta.xml',
      'Workflow',
      '<outboundMessages><fullName>Push</fullName><apiVersion>60.0</apiVersion><endpointUrl>https://hub.acme-sync.example/om</endpointUrl><fields>Id</fields><includeSessionId>true</includeSessionId><integrationUser>a@b.example</integrationUser><name>Push</name><protected>false</protected><useDeadLetterQueue>false</useDeadLetterQueue></outboundMessages>'
    ),
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'trap: an outbound message without the session id',
    control: SESSION,
    files: xml(
      'workflows/Account.workflow-meta.xml',
      'Workflow',
      '<outboundMessages><fullName>Push</fullName><apiVersion>60.0</apiVersion><endpointUrl>https://hub.acme-sync.example/om</endpointUrl><fields>Id</fields><includeSessionId>false</includeSessionId><integrationUser>a@b.example</integrationUser><name>Push</name><protected>false</protected><useDeadLetterQueue>false</useDeadLetterQueue></outboundMessages>'
    ),
    verdict: OK,
  },
  {
    title: 'a flow that hands the session id to an action',
    control: SESSION,
    files: xml(
      'flows/Send.flow-meta.xml',
      'Flow',
      '<apiVersion>60.0</apiVersion><actionCalls><name>Call</name><label>Call</label><actionName>Sender</actionName><actionType>apex</actionType><inputParameters><name>token</name><value><elementReference>Sid</elementReference></value></inputParameters></actionCalls><formulas><name>Sid</name><dataType>String</dataType><expression>{!$Api.Session_ID}</expression></formulas><label>Send</label><processType>AutoLaunchedFlow</processType><status>Active</status>'
    ),
    verdict: 'fail',
  },
  {
    title: 'a home page component with a script',
    control: SESSION,
    files: xml(
      'homePageComponents/Side.homePageComponent-meta.xml',
      'HomePageComponent',
      '<body>&lt;script src=&quot;https://portal.acme-sync.example/s.js?sid={!API.Session_ID}&quot;&gt;&lt;/script&gt;</body><height>200</height><pageComponentType>htmlArea</pageComponentType><showLabel>true</showLabel><showScrollbars>false</showScrollbars><width>narrow</width>'
    ),
    verdict: NOT_PASSED,
  },
  {
    title: 'an e-mail template with a session id',
    control: SESSION,
    files: {
      ...xml(
        'email/Acme/Welcome.email-meta.xml',
        'EmailTemplate',
        '<available>true</available><encodingKey>UTF-8</encodingKey><name>Welcome</name><style>none</style><subject>Hi</subject><type>text</type><uiType>Aloha</uiType>'
      ),
      [`${P}/email/Acme/Welcome.email`]: 'Open https://portal.acme-sync.example/?s={!API.Session_ID}',
    },
    verdict: NOT_PASSED,
  },
  {
    title: 'a kind of metadata without a rule that contains the words',
    control: SESSION,
    files: xml(
      'acmeThings/One.acmeThing-meta.xml',
      'AcmeThing',
      '<body>https://x.example/?s={!$Api.Session_ID}</body>'
    ),
    verdict: NOT_PASSED,
  },
  {
    title: 'trap: a kind of metadata without a rule and without the words',
    control: SESSION,
    files: xml(
      'topicsForObjects/Account.topicsForObjects-meta.xml',
      'TopicsForObjects',
      '<enableTopics>false</enableTopics><entityApiName>Account</entityApiName>'
    ),
    verdict: OK,
  },
  {
    title: 'trap: a hyperlink formula to a page of the org',
    control: SESSION,
    files: xml(
      'objects/Account/fields/Open__c.field-meta.xml',
      'CustomField',
      '<fullName>Open__c</fullName><formula>HYPERLINK(&quot;/apex/Open?id=&quot; &amp; Id, &quot;Open&quot;)</formula><label>Open</label><type>Text</type>'
    ),
    verdict: OK,
  },
  {
    title: 'a canvas app on a Lightning page',
    control: 'apps-packaged',
    files: xml(
      'flexipages/Home.flexipage-meta.xml',
      'FlexiPage',
      '<flexiPageRegions><itemInstances><componentInstance><componentInstanceProperties><name>canvasAppName</name><value>Acme_Canvas</value></componentInstanceProperties><componentName>force:canvasApp</componentName></componentInstance></itemInstances><name>main</name><type>Region</type></flexiPageRegions><masterLabel>Home</masterLabel><template><name>home:desktopTemplate</name></template><type>HomePage</type>'
    ),
    verdict: NOT_PASSED,
  },
  {
    title: 'a quick action that opens a canvas app',
    control: 'apps-packaged',
    files: xml(
      'quickActions/Account.Open.quickAction-meta.xml',
      'QuickAction',
      '<canvas>Acme_Canvas</canvas><height>250</height><label>Open</label><optionsCreateFeedItem>false</optionsCreateFeedItem><type>Canvas</type><width>300</width>'
    ),
    verdict: 'fail',
  },
  {
    title: 'trap: a quick action that opens a Lightning component',
    control: 'apps-packaged',
    files: xml(
      'quickActions/Account.Open.quickAction-meta.xml',
      'QuickAction',
      '<actionSubtype>ScreenAction</actionSubtype><label>Open</label><lightningWebComponent>open</lightningWebComponent><optionsCreateFeedItem>false</optionsCreateFeedItem><type>LightningWebComponent</type>'
    ),
    verdict: OK,
  },
  {
    title: 'an external credential with the scopes of a Salesforce org',
    control: 'broad-scopes-justified',
    files: {
      ...xml(
        'externalCredentials/Hub.externalCredential-meta.xml',
        'ExternalCredential',
        '<authenticationProtocol>Oauth</authenticationProtocol><externalCredentialParameters><parameterGroup>DefaultGroup</parameterGroup><parameterName>AuthProvider</parameterName><parameterType>AuthProvider</parameterType><authProvider>Sf</authProvider></externalCredentialParameters><externalCredentialParameters><parameterGroup>DefaultGroup</parameterGroup><parameterName>Scope</parameterName><parameterType>AuthParameter</parameterType><parameterValue>full refresh_token</parameterValue></externalCredentialParameters><label>Hub</label>'
      ),
      ...xml(
        'authproviders/Sf.authprovider-meta.xml',
        'AuthProvider',
        '<authorizeUrl>https://login.salesforce.com/services/oauth2/authorize</authorizeUrl><consumerKey>3MVG9x</consumerKey><friendlyName>Sf</friendlyName><providerType>Salesforce</providerType><tokenUrl>https://login.salesforce.com/services/oauth2/token</tokenUrl>'
      ),
    },
    verdict: NOT_PASSED,
  },
  {
    title: 'trap: the scopes of another vendor',
    control: 'broad-scopes-justified',
    files: xml(
      'authproviders/Hub.authprovider-meta.xml',
      'AuthProvider',
      '<authorizeUrl>https://hub.acme-sync.example/authorize</authorizeUrl><consumerKey>acme</consumerKey><defaultScopes>full web</defaultScopes><friendlyName>Hub</friendlyName><providerType>OpenIdConnect</providerType><tokenUrl>https://hub.acme-sync.example/token</tokenUrl>'
    ),
    verdict: OK,
  },
  {
    title: 'a metadata record with the address of an implicit flow',
    control: 'no-implicit-flow',
    files: {
      ...metadataType('Link__mdt', 'Public'),
      ...record('Link.Login', {
        Url__c: 'https://test.salesforce.com/services/oauth2/authorize?response_type=token&amp;client_id=1',
      }),
    },
    verdict: NOT_PASSED,
  },
  {
    title: 'a metadata record with a password grant',
    control: 'no-username-password-flow',
    files: {
      ...metadataType('Link__mdt', 'Protected'),
      ...record('Link.Login', { Url__c: 'https://login.salesforce.com/services/oauth2/token', Grant__c: 'password' }),
      ...cls(
        'Login',
        "public class Login {\n    public void go(String u, String p) {\n        Link__mdt link = Link__mdt.getInstance('Login');\n        HttpRequest req = new HttpRequest();\n        req.setEndpoint(link.Url__c);\n        req.setMethod('POST');\n        req.setBody('grant_type=' + link.Grant__c + '&username=' + u + '&password=' + p);\n        new Http().send(req);\n    }\n}"
      ),
    },
    verdict: NOT_PASSED,
  },
  {
    title: 'a private key in a label',
    control: 'no-secrets-in-source',
    files: label({ Signing_Key: canary.pkcs8 }),
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'trap: a record with a link to the documentation of a flow',
    control: 'no-implicit-flow',
    files: {
      ...metadataType('Link__mdt', 'Public'),
      ...record('Link.Docs', { Url__c: 'https://developer.salesforce.com/docs/oauth' }),
    },
    verdict: OK,
  },
  {
    title: 'a list button that starts the implicit flow',
    control: 'no-implicit-flow',
    files: webLink(
      'Login',
      '<linkType>url</linkType><url>{!URLFOR(&quot;https://login.salesforce.com/services/oauth2/authorize&quot;, null, [response_type=&quot;token&quot;, client_id=&quot;k&quot;])}</url>'
    ),
    verdict: NOT_PASSED,
  },
];

describe('metadata that carries addresses, formulas, scripts and scopes', () => {
  itChecks(packages);
});
