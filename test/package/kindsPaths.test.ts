/* eslint-disable camelcase -- fields of Salesforce */
import { aura, cls, itChecks, label, lwc, OK, page, record, type SmallPackage } from '../support/smallPackages.js';

const control = 'no-session-id-for-metadata-api';

/** A request class with builder methods, as integration packages have it. */
const BUILDER = cls(
  'ApiRequest',
  `public with sharing class ApiRequest {
    private String verb = 'GET';
    private String resource;
    private Object payload;
    private static final String API_VERSION = 'v61.0';
    public static ApiRequest to(String resource) {
        ApiRequest request = new ApiRequest();
        request.resource = resource;
        return request;
    }
    public ApiRequest verb(String verb) { this.verb = verb; return this; }
    public ApiRequest payload(Object payload) { this.payload = payload; return this; }
    public HttpResponse send() {
        HttpRequest req = new HttpRequest();
        req.setMethod(verb);
        req.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + '/services/data/' + API_VERSION + '/' + resource);
        req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
        if (payload != null) {
            req.setBody(JSON.serialize(payload));
        }
        return new Http().send(req);
    }
}`
);

/** A service whose subclasses supply the path. */
const virtualService = (path: string): Record<string, string | Uint8Array> => ({
  ...cls(
    'BaseCallout',
    `public abstract with sharing class BaseCallout {
    protected abstract String getPath();
    protected virtual String getMethod() { return 'POST'; }
    public HttpResponse run(String body) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(System.Url.getOrgDomainUrl().toExternalForm() + getPath());
        req.setMethod(getMethod());
        req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
        req.setBody(body);
        return new Http().send(req);
    }
}`
  ),
  ...cls(
    'AccountCallout',
    `public class AccountCallout extends BaseCallout {
    protected override String getPath() { return '/services/data/v60.0/composite/sobjects'; }
}`
  ),
  ...cls(
    'SecondCallout',
    `public class SecondCallout extends BaseCallout {
    protected override String getPath() { return '${path}'; }
}`
  ),
});

/** A plain request object that a client sends. */
const requestObject = (path: string, verb: string): Record<string, string | Uint8Array> => ({
  ...cls(
    'RestCall',
    `public class RestCall {
    public String path;
    public String verb = 'GET';
    public Map<String, Object> fields = new Map<String, Object>();
}`
  ),
  ...cls(
    'RestClient',
    `public with sharing class RestClient {
    public static HttpResponse execute(RestCall call) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + '/services/data/v61.0' + call.path);
        req.setMethod(call.verb);
        req.setHeader('Authorization', 'OAuth ' + UserInfo.getSessionId());
        if (!call.fields.isEmpty()) { req.setBody(JSON.serialize(call.fields)); }
        return new Http().send(req);
    }
}`
  ),
  ...cls(
    'RestUser',
    `public with sharing class RestUser {
    public void save(String name) {
        RestCall call = new RestCall();
        call.path = '${path}';
        call.verb = '${verb}';
        call.fields.put('Name', name);
        RestClient.execute(call);
    }
}`
  ),
});

const inOneClass = (body: string): Record<string, string | Uint8Array> =>
  cls(
    'Caller',
    `public with sharing class Caller {
    private static final String BASE = URL.getOrgDomainUrl().toExternalForm();
    private HttpResponse send(String verb, String address, String body) {
        HttpRequest req = new HttpRequest();
        req.setMethod(verb);
        req.setEndpoint(address);
        req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
        if (String.isNotBlank(body)) req.setBody(body);
        return new Http().send(req);
    }
${body}
}`
  );

const metadataService = `public class MetadataService {
    public class SessionHeader_element { public String sessionId; }
    public class CustomField { public String type = 'CustomField'; public String fullName; public String label; }
    public class RemoteSiteSetting { public String type = 'RemoteSiteSetting'; public String fullName; public String url; }
    public class SaveResult { public Boolean success; }
    public class IReadResult { public Object[] records; }
    public class MetadataPort {
        public String endpoint_x = URL.getSalesforceBaseUrl().toExternalForm() + '/services/Soap/m/42.0';
        public MetadataService.SessionHeader_element SessionHeader;
        public SaveResult[] createMetadata(Object[] metadata) {
            Map<String, Object> response_map = new Map<String, Object>();
            WebServiceCallout.invoke(this, metadata, response_map, new String[]{ endpoint_x, '', 'http://soap.sforce.com/2006/04/metadata', 'createMetadata', 'http://soap.sforce.com/2006/04/metadata', 'createMetadataResponse', 'MetadataService.createMetadataResponse_element' });
            return (SaveResult[]) response_map.get('response_x');
        }
        public IReadResult readMetadata(String type_x, String[] fullNames) {
            Map<String, Object> response_map = new Map<String, Object>();
            WebServiceCallout.invoke(this, fullNames, response_map, new String[]{ endpoint_x, '', 'http://soap.sforce.com/2006/04/metadata', 'readMetadata', 'http://soap.sforce.com/2006/04/metadata', 'readMetadataResponse', 'MetadataService.readMetadataResponse_element' });
            return (IReadResult) response_map.get('response_x');
        }
    }
}`;
const soap = (use: string): Record<string, string | Uint8Array> => ({
  ...cls('MetadataService', metadataService),
  ...cls(
    'Setup',
    `public with sharing class Setup {
    private static MetadataService.MetadataPort port() {
        MetadataService.MetadataPort service = new MetadataService.MetadataPort();
        service.SessionHeader = new MetadataService.SessionHeader_element();
        service.SessionHeader.sessionId = UserInfo.getSessionId();
        return service;
    }
    public static void run() {
        ${use}
    }
}`
  ),
});

const scriptThatCalls = (path: string): string => `<apex:page>
<script>
  var api = { base: '/services/data/v58.0', token: '{!$Api.Session_ID}' };
  function call(path) {
    return fetch(api.base + path, { headers: { Authorization: 'Bearer ' + api.token } });
  }
  call(${path});
</script>
</apex:page>`;

const sessionTokenClass = cls(
  'Ctl',
  'public with sharing class Ctl {\n    @AuraEnabled\n    public static String sessionToken() { return UserInfo.getSessionId(); }\n}'
);

const restModule = lwc(
  'restUtil',
  `export function callRest(path, token, method, body) {
  return fetch(path, { method, headers: { Authorization: \`Bearer \${token}\`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}`
);

const packages: SmallPackage[] = [
  {
    title: 'a request builder that creates a class through the Tooling API',
    control,
    files: {
      ...BUILDER,
      ...cls(
        'CodeWriter',
        `public with sharing class CodeWriter {
    public static void write(String name, String body) {
        ApiRequest.to('tooling/sobjects/ApexClass').verb('POST').payload(new Map<String, Object>{ 'Name' => name, 'Body' => body }).send();
    }
}`
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['ApiRequest', 'CodeWriter'],
  },
  {
    title: 'trap: the same builder that only reads records',
    control,
    files: {
      ...BUILDER,
      ...cls(
        'AccountReader',
        `public with sharing class AccountReader {
    public static String read(Id accountId) {
        return ApiRequest.to('sobjects/Account/' + accountId).send().getBody();
    }
    public static String limits() { return ApiRequest.to('limits').verb('GET').send().getBody(); }
}`
      ),
    },
    verdict: OK,
  },
  {
    title: 'the same builder whose resource comes from the browser',
    control,
    files: {
      ...BUILDER,
      ...cls(
        'AnyResource',
        `public with sharing class AnyResource {
    @AuraEnabled
    public static String call(String resource) { return ApiRequest.to(resource).send().getBody(); }
}`
      ),
    },
    verdict: 'fail',
    kind: 'justification',
    names: ['ApiRequest', 'AnyResource'],
  },
  {
    title: 'a map from an enum to resources, one of them of the Tooling API',
    control,
    files: cls(
      'Resources',
      `public with sharing class Resources {
    public enum Kind { ACCOUNTS, FLOWS }
    private static final Map<Kind, String> PATHS = new Map<Kind, String>{
        Kind.ACCOUNTS => '/services/data/v61.0/sobjects/Account',
        Kind.FLOWS => '/services/data/v61.0/tooling/query/?q=SELECT+Id+FROM+Flow'
    };
    public static String get(Kind kind) {
        HttpRequest req = new HttpRequest();
        req.setMethod('GET');
        req.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + PATHS.get(kind));
        req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
        return new Http().send(req).getBody();
    }
}`
    ),
    verdict: 'fail',
    kind: 'justification',
    names: ['Resources'],
  },
  {
    title: 'a Tooling query whose address is joined from parts',
    control,
    files: inOneClass(`    public HttpResponse run(String soql) {
        String address = String.join(new List<String>{ BASE, 'services', 'data', 'v61.0', 'tooling', 'query' }, '/');
        return send('GET', address + '?q=' + EncodingUtil.urlEncode(soql, 'UTF-8'), null);
    }`),
    verdict: 'fail',
    kind: 'justification',
    names: ['Caller'],
  },
  {
    title: 'a path from a packaged metadata record that writes a trigger',
    control,
    files: {
      ...inOneClass(`    public HttpResponse run(String body) {
        return send('POST', BASE + Api_Setting__mdt.getInstance('Tooling').Path__c, body);
    }`),
      ...record('Api_Setting.Tooling', { Path__c: '/services/data/v61.0/tooling/sobjects/ApexTrigger' }),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['Caller'],
  },
  {
    title: 'a subclass that writes a remote site',
    control,
    files: virtualService('/services/data/v60.0/tooling/sobjects/RemoteProxy'),
    verdict: 'fail',
    kind: 'violation',
    names: ['BaseCallout', 'SecondCallout'],
  },
  {
    title: 'trap: subclasses that stay in the data API',
    control,
    files: virtualService('/services/data/v60.0/composite/tree/Contact'),
    verdict: OK,
  },
  {
    title: 'an interface whose implementation names a Tooling query',
    control,
    files: {
      ...cls('Endpoint', 'public interface Endpoint {\n    String url();\n}'),
      ...cls(
        'FlowEndpoint',
        `public class FlowEndpoint implements Endpoint {
    public String url() { return '/services/data/v61.0/tooling/query?q=SELECT+Id+FROM+FlowDefinition'; }
}`
      ),
      ...cls(
        'EndpointClient',
        `public with sharing class EndpointClient {
    public HttpResponse get(Endpoint target) {
        HttpRequest req = new HttpRequest();
        req.setMethod('GET');
        req.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + target.url());
        req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
        return new Http().send(req);
    }
    public void all() { get(new FlowEndpoint()); }
}`
      ),
    },
    verdict: 'fail',
    kind: 'justification',
    names: ['EndpointClient', 'FlowEndpoint'],
  },
  {
    title: 'a request object that patches a class',
    control,
    files: requestObject('/tooling/sobjects/ApexClass/01p000000000001', 'PATCH'),
    verdict: 'fail',
    kind: 'violation',
    names: ['RestClient', 'RestUser'],
  },
  {
    title: 'trap: a request object that creates a record',
    control,
    files: requestObject('/sobjects/Contact', 'POST'),
    verdict: OK,
  },
  {
    title: 'a template with replaced parts that writes a named credential',
    control,
    files: inOneClass(`    private static final String TEMPLATE = '/services/data/v{version}/{resource}';
    public HttpResponse run(String body) {
        String path = TEMPLATE.replace('{version}', '60.0').replace('{resource}', 'tooling/sobjects/NamedCredential');
        return send('POST', BASE + path, body);
    }`),
    verdict: 'fail',
    kind: 'violation',
    names: ['Caller'],
  },
  {
    title: 'a queueable that gets the path and creates a field',
    control,
    files: {
      ...cls(
        'ToolingJob',
        `public with sharing class ToolingJob implements Queueable, Database.AllowsCallouts {
    private final String path;
    private final String sessionId;
    private final String body;
    public ToolingJob(String path, String sessionId, String body) {
        this.path = path;
        this.sessionId = sessionId;
        this.body = body;
    }
    public void execute(QueueableContext context) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + path);
        req.setMethod('POST');
        req.setHeader('Authorization', 'Bearer ' + sessionId);
        req.setBody(body);
        new Http().send(req);
    }
}`
      ),
      ...cls(
        'Starter',
        `public with sharing class Starter {
    @AuraEnabled
    public static void addField(String body) {
        System.enqueueJob(new ToolingJob('/services/data/v60.0/tooling/sobjects/CustomField', UserInfo.getSessionId(), body));
    }
}`
      ),
    },
    verdict: 'fail',
    kind: 'justification',
    names: ['Starter', 'ToolingJob'],
  },
  {
    title: 'trap: a ternary between two resources of the data API',
    control,
    files: inOneClass(`    public HttpResponse save(List<SObject> records) {
        String path = '/services/data/v60.0/' + (records.size() > 1 ? 'composite/sobjects' : 'sobjects/' + records[0].getSObjectType());
        return send('POST', BASE + path, JSON.serialize(records));
    }`),
    verdict: OK,
  },
  {
    title: 'a composite request whose parts are serialised objects',
    control,
    files: inOneClass(`    private class Part {
        public String method;
        public String url;
        public String referenceId;
        public Object body;
        public Part(String method, String url, Object body) {
            this.method = method;
            this.url = url;
            this.body = body;
            this.referenceId = 'r1';
        }
    }
    public HttpResponse run(Object trigger_x) {
        List<Part> parts = new List<Part>();
        parts.add(new Part('POST', '/services/data/v60.0/tooling/sobjects/ApexTrigger', trigger_x));
        return send('POST', BASE + '/services/data/v60.0/composite', JSON.serialize(new Map<String, Object>{ 'compositeRequest' => parts }));
    }`),
    verdict: 'fail',
    names: ['Caller'],
  },
  {
    title: 'trap: a composite request over records',
    control,
    files: inOneClass(`    public HttpResponse run(String accountName) {
        String body = '{"allOrNone":true,"compositeRequest":[{"method":"POST","url":"/services/data/v60.0/sobjects/Account","referenceId":"a","body":{"Name":"' + accountName + '"}}]}';
        return send('POST', BASE + '/services/data/v60.0/composite/', body);
    }`),
    verdict: OK,
  },
  {
    title: 'trap: an object description whose version is a parameter',
    control,
    files: inOneClass(`    public HttpResponse describe(String version, String objectName) {
        return send('GET', BASE + String.format('/services/data/v{0}/ui-api/object-info/{1}', new List<Object>{ version, objectName }), null);
    }`),
    verdict: OK,
  },
  {
    title: 'a resource of a setting that the package does not contain',
    control,
    files: inOneClass(`    public HttpResponse run() {
        return send('GET', BASE + '/services/data/v60.0/' + Acme_Settings__c.getOrgDefaults().Resource__c, null);
    }`),
    verdict: 'fail',
    kind: 'justification',
    names: ['Caller'],
  },
  {
    title: 'a label that contains the path of the Tooling API',
    control,
    files: {
      ...inOneClass(`    public HttpResponse run() {
        return send('GET', BASE + System.Label.Tooling_Path + 'query?q=x', null);
    }`),
      ...label({ Tooling_Path: '/services/data/v61.0/tooling/' }),
    },
    verdict: 'fail',
    kind: 'justification',
    names: ['Caller'],
  },
  {
    title: 'a Visualforce page that runs anonymous Apex through a base address',
    control,
    files: page('Console', scriptThatCalls("'/tooling/executeAnonymous/?anonymousBody=' + encodeURIComponent('x();')")),
    verdict: 'fail',
    names: ['Console'],
  },
  {
    title: 'trap: a Visualforce page that queries records through the same base address',
    control,
    files: page('Lookup', scriptThatCalls("'/query/?q=' + encodeURIComponent('SELECT Id FROM Account')")),
    verdict: OK,
  },
  {
    title: 'a Lightning helper module that is given the path of a class',
    control,
    files: {
      ...sessionTokenClass,
      ...restModule,
      ...lwc(
        'editor',
        `import { LightningElement } from 'lwc';
import { callRest } from 'c/restUtil';
import sessionToken from '@salesforce/apex/Ctl.sessionToken';
export default class Editor extends LightningElement {
  async save(source) {
    const token = await sessionToken();
    await callRest('/services/data/v60.0/tooling/sobjects/ApexClass', token, 'POST', { Body: source });
  }
}`
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['editor', 'restUtil', 'Ctl'],
  },
  {
    title: 'trap: the same helper module with a query',
    control,
    files: {
      ...sessionTokenClass,
      ...restModule,
      ...lwc(
        'viewer',
        `import { LightningElement } from 'lwc';
import { callRest } from 'c/restUtil';
import sessionToken from '@salesforce/apex/Ctl.sessionToken';
export default class Viewer extends LightningElement {
  async load() {
    const token = await sessionToken();
    await callRest('/services/data/v60.0/query?q=SELECT+Id+FROM+Account', token, 'GET');
  }
}`
      ),
    },
    verdict: OK,
  },
  {
    title: 'an Aura helper that reads the Tooling API',
    control,
    files: {
      ...sessionTokenClass,
      ...aura(
        'Fields',
        '<aura:component controller="Ctl"><aura:attribute name="token" type="String"/></aura:component>',
        `({
  init: function (cmp, event, helper) {
    var action = cmp.get('c.sessionToken');
    action.setCallback(this, function (response) {
      cmp.set('v.token', response.getReturnValue());
      helper.load(cmp, 'tooling/query/?q=SELECT+Id+FROM+CustomField');
    });
    $A.enqueueAction(action);
  }
})`,
        `({
  load: function (cmp, resource) {
    var request = new XMLHttpRequest();
    request.open('GET', '/services/data/v59.0/' + resource);
    request.setRequestHeader('Authorization', 'Bearer ' + cmp.get('v.token'));
    request.send();
  }
})`
      ),
    },
    verdict: 'fail',
    kind: 'justification',
    names: ['Fields', 'Ctl'],
  },
  {
    title: 'Metadata API over SOAP that only reads',
    control,
    files: soap("port().readMetadata('CustomObject', new String[]{ 'Account' });"),
    verdict: 'fail',
    kind: 'justification',
    names: ['Setup'],
  },
  {
    title: 'Metadata API over SOAP that creates a remote site',
    control,
    files: soap(
      "MetadataService.RemoteSiteSetting site = new MetadataService.RemoteSiteSetting();\n        site.fullName = 'Acme';\n        site.url = 'https://api.acme.example';\n        port().createMetadata(new Object[]{ site });"
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Setup'],
  },
  {
    title: 'Metadata API over SOAP that creates a field',
    control,
    files: soap(
      "MetadataService.CustomField created = new MetadataService.CustomField();\n        created.fullName = 'Account.Acme__c';\n        port().createMetadata(new Object[]{ created });"
    ),
    verdict: 'fail',
    kind: 'justification',
    names: ['Setup'],
  },
];

describe('the path after /services/data decides', () => {
  itChecks(packages);
});
