import { expect } from 'chai';
import { seenIn } from '../../support/integrations.js';

/** How a language writes a comment, a request with a form, and the form put together from parts. */
type Written = { file: string; test: string; comment: (text: string) => string; form: string; parts: string };

const line =
  (mark: string) =>
  (text: string): string =>
    text.replace(/^/gm, `${mark} `);
const slashes = line('//');
const number = line('#');

const languages: Readonly<Record<string, Written>> = {
  JavaScript: {
    file: 'a.js',
    test: 'a.test.js',
    comment: slashes,
    form: "post(URL, { grant_type: 'password' });",
    parts: "post(URL, 'grant_' + 'type=pass' + 'word');",
  },
  TypeScript: {
    file: 'a.ts',
    test: '__tests__/a.ts',
    comment: (text) => `/* ${text} */`,
    form: "post(URL, { grant_type: 'password' });",
    parts: "post(URL, ['grant', 'type=password'].join('_'));",
  },
  Java: {
    file: 'A.java',
    test: 'src/test/java/A.java',
    comment: slashes,
    form: 'form.put("grant_type", "password"); post(URL, form);',
    parts: 'post(URL, "grant_" + "type=" + kind);',
  },
  Python: {
    file: 'a.py',
    test: 'test_a.py',
    comment: number,
    form: "requests.post(URL, data={'grant_type': 'password'})",
    parts: "requests.post(URL, data='grant_' + 'type=pass' + 'word')",
  },
  Go: {
    file: 'a.go',
    test: 'a_test.go',
    comment: slashes,
    form: 'form.Set("grant_type", "password"); http.PostForm(URL, form)',
    parts: 'post(URL, "grant_" + "type=password")',
  },
  'C#': {
    file: 'A.cs',
    test: 'ATests.cs',
    comment: line('///'),
    form: 'form["grant_type"] = "password"; Post(URL, form);',
    parts: 'Post(URL, string.Concat("grant_", "type=password"));',
  },
  PHP: {
    file: 'a.php',
    test: 'tests/ATest.php',
    comment: (text) => `<?php\n${number(text)}`,
    form: "<?php post(URL, ['grant_type' => 'password']);",
    parts: "<?php post(URL, 'grant_' . 'type=password');",
  },
  Ruby: {
    file: 'a.rb',
    test: 'spec/a_spec.rb',
    comment: number,
    form: "post(URL, grant_type: 'password')",
    parts: "post(URL, 'grant_' + 'type=password')",
  },
  Swift: {
    file: 'A.swift',
    test: 'ATests.swift',
    comment: slashes,
    form: 'post(URL, ["grant_type": "password"])',
    parts: 'post(URL, "grant_" + "type=password")',
  },
  Kotlin: {
    file: 'A.kt',
    test: 'app/src/androidTest/A.kt',
    comment: (text) => `/** ${text} */`,
    form: 'post(URL, mapOf("grant_type" to "password"))',
    parts: 'post(URL, "grant_" + "type=password")',
  },
  shell: {
    file: 'a.sh',
    test: 'test/a.sh',
    comment: number,
    form: 'curl URL -d grant_type=password',
    parts: 'curl URL -d "grant_""type=password"',
  },
  JSON: {
    file: 'a.json',
    test: 'fixtures/a.json',
    comment: slashes,
    form: '{ "url": URL, "grant_type": "password" }',
    parts: '{ "url": URL, "grant_": "type=password" }',
  },
  YAML: {
    file: 'a.yml',
    test: 'docs/a.yml',
    comment: number,
    form: 'url: URL\ngrant_type: password',
    parts: 'url: URL\ngrant_: type=password',
  },
  properties: {
    file: 'a.properties',
    test: 'src/test/resources/a.properties',
    comment: number,
    form: 'a.url=URL\na.grant_type=password',
    parts: 'a.url=URL\na.grant=_type=password',
  },
  XML: {
    file: 'a.xml',
    test: 'test/a.xml',
    comment: (text) => `<a>\n<!-- ${text} -->\n</a>`,
    form: '<a url="URL"><grant_type>password</grant_type></a>',
    parts: '<a url="URL"><b>grant_</b><b>type=password</b></a>',
  },
};

const at = (text: string, url: string): string =>
  text.includes('"URL"') || /^(url|a\.url|curl)/.test(text)
    ? text.replace('URL', url)
    : text.replace('URL', `"${url}"`);
const ours = 'https://acme.my.salesforce.com/services/oauth2/token';
const theirs = 'https://login.vendor.example/oauth2/token';

describe('code, the traps of each language', () => {
  for (const [language, { file, test, comment, form, parts }] of Object.entries(languages)) {
    describe(language, () => {
      it('sees the flow where it is one', async () => {
        expect(await seenIn(file, at(form, ours))).to.deep.equal([
          `username-password grant_type=password ${form.includes('\n') ? 2 : 1}`,
        ]);
      });
      it("trap: another vendor's endpoint", async () => {
        expect(await seenIn(file, at(form, theirs))).to.deep.equal([]);
      });
      it('trap: a comment', async () => {
        expect(await seenIn(file, comment(at(form.replace('<?php ', ''), ours)))).to.deep.equal([]);
      });
      it('trap: a test file', async () => {
        expect(await seenIn(test, at(form, ours))).to.deep.equal([]);
      });
      it('trap: a string assembled from parts is not guessed', async () => {
        expect(await seenIn(file, at(parts, ours))).to.deep.equal([]);
      });
    });
  }
});

describe('code, what decides', () => {
  const cases: ReadonlyArray<{ name: string; file: string; code: string; seen: readonly string[] }> = [
    {
      name: 'trap: without an endpoint the owner of the flow is not known',
      file: 'a.js',
      code: "post(config.url, { grant_type: 'password' });",
      seen: ['username-password? grant_type=password 1'],
    },
    {
      name: 'trap: two endpoints in one file, each next to its flow',
      file: 'a.js',
      code: `post('${theirs}', { grant_type: 'password' });\npost('${ours}', { grant_type: 'client_credentials' });`,
      seen: ['client-credentials grant_type=client_credentials 2'],
    },
    {
      name: 'trap: two endpoints above one flow leave the question open',
      file: 'a.js',
      code: `const a = '${ours}';\nconst b = '${theirs}';\npost(pick(), { grant_type: 'password' });`,
      seen: ['username-password? grant_type=password 3'],
    },
    {
      name: 'a value that is handed in leaves the question open',
      file: 'a.js',
      code: `post('${ours}', 'grant_type=' + kind);`,
      seen: ['unknown? grant_type 1'],
    },
    {
      name: 'a variable of the same file says its value',
      file: 'a.py',
      code: `KIND = 'password'\nrequests.post('${ours}', data={'grant_type': KIND})`,
      seen: ['username-password grant_type=password 2'],
    },
    {
      name: 'trap: a type of TypeScript asks for nothing',
      file: 'a.ts',
      code: `type Grant = { grant_type: 'password' | 'refresh_token'; response_type: 'token'; scope: string };\npost('${ours}');`,
      seen: [],
    },
    {
      name: 'trap: a comparison asks for nothing',
      file: 'a.js',
      code: `if (grant_type === 'password' || response_type == 'token') refuse('${ours}');`,
      seen: [],
    },
    {
      name: 'trap: a callback is not where the flow goes to',
      file: 'a.js',
      code: `open('${ours.replace('token', 'authorize')}?response_type=token', { redirect_uri: 'https://acme.example/oauth' });`,
      seen: ['implicit response_type=token 1'],
    },
    {
      name: 'trap: response types that are no flow of OAuth',
      file: 'a.js',
      code: `axios.get('${ours}', { responseType: 'json' }); xhr.responseType = 'blob';`,
      seen: [],
    },
    {
      name: 'trap: login of something else next to jsforce',
      file: 'a.js',
      code: "import jsforce from 'jsforce';\nreq.login(user, done);\nconn.login();",
      seen: [],
    },
    {
      name: 'trap: simple_salesforce with a session, a key, or client credentials uses no password',
      file: 'a.py',
      code: [
        'from simple_salesforce import Salesforce',
        'a = Salesforce(instance_url=url, session_id=sid)',
        'b = Salesforce(username=user, consumer_key=key, privatekey_file=path)',
        'c = Salesforce(consumer_key=key, consumer_secret=secret, domain=domain)',
      ].join('\n'),
      seen: [
        'jwt-bearer simple_salesforce with a key 3',
        'client-credentials simple_salesforce with client credentials 4',
      ],
    },
    {
      name: 'simple_salesforce with what stands elsewhere',
      file: 'a.py',
      code: 'from simple_salesforce import Salesforce\nsf = Salesforce(**settings)',
      seen: ['username-password? simple_salesforce Salesforce(password=…) 2'],
    },
    {
      name: 'trap: a docstring is a comment, a text that is sent is not',
      file: 'a.py',
      code: `def f():\n    """POST ${ours}?grant_type=password&x=1"""\n    return send("""${ours}?response_type=token&y""")`,
      seen: ['implicit response_type=token 3'],
    },
    {
      name: 'trap: a number sign inside an address begins no comment',
      file: 'a.sh',
      code: `curl ${ours}#x -d grant_type=password`,
      seen: ['username-password grant_type=password 1'],
    },
    {
      name: 'trap: JWT bearer, the code flow and refresh tokens are fine',
      file: 'a.rb',
      code: `post('${ours}', grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer')\npost('${ours}', grant_type: 'refresh_token')`,
      seen: ['jwt-bearer grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer 1'],
    },
    {
      name: 'trap: a client secret on a server is no public client',
      file: 'a.js',
      code: `post('${ours}', { client_secret: secret });`,
      seen: [],
    },
    {
      name: 'trap: a scope that is computed or passed in leaves the question open, in a request of OAuth',
      file: 'a.js',
      code: `post('${ours}', { grant_type: 'authorization_code', scope: config.scope });`,
      seen: ['authorization-code grant_type=authorization_code 1', 'broad-scope? scope 1'],
    },
    {
      name: 'a scope in the address of a login',
      file: 'a.js',
      code: `open(\`${ours.replace('token', 'authorize')}?client_id=\${id}&scope=\${scopes}\`);`,
      seen: ['broad-scope? scope 1'],
    },
    {
      name: 'a scope that a parameter of Python hands in',
      file: 'a.py',
      code: `requests.post('${ours}', data={'grant_type': 'refresh_token', 'scope': settings.scope})`,
      seen: ['broad-scope? scope 1'],
    },
    {
      name: 'trap: a broad scope whose endpoint is not shown leaves the question open',
      file: 'a.js',
      code: "open(base + '?response_type=code&scope=full&client_id=' + id);",
      seen: ['authorization-code? response_type=code 1', 'broad-scope? scope=full 1'],
    },
    {
      name: 'trap: a scope that the same file writes is known',
      file: 'a.js',
      code: `const scope = 'api refresh_token';\npost('${ours}', { response_type: 'code', scope: scope });`,
      seen: ['authorization-code response_type=code 2'],
    },
    {
      name: 'trap: scope is a word of many things',
      file: 'a.js',
      code: [
        `post('${ours}', { grant_type: 'refresh_token' });`,
        ...Array.from({ length: 12 }, () => '//'),
        "app.directive('card', function () { return { scope: bound, template: html } });",
        "angular.controller('List', ['$scope', function ($scope) { $scope.user = user; }]);",
        'const rule = { scope: lexical.scope }; scope = rule.scope;',
        "navigator.serviceWorker.register('/sw.js', { scope: base });",
      ].join('\n'),
      seen: [],
    },
    {
      name: 'trap: the scope that a token came with is not asked for',
      file: 'a.js',
      code: `const token = await post('${ours}', { grant_type: 'refresh_token' });\nreturn { scope: token.scope, expires: 1 };`,
      seen: [],
    },
    {
      name: "trap: a scope of another vendor's login is nothing",
      file: 'a.js',
      code: `post('${theirs}', { grant_type: 'authorization_code', scope: config.scope });`,
      seen: [],
    },
    {
      name: 'trap: a type of TypeScript hands in no scope',
      file: 'a.ts',
      code: `type Grant = { client_id: string; scope: Scope; scopes: string[] };\npost('${ours}', { grant_type: 'refresh_token' } as Grant);`,
      seen: [],
    },
    {
      name: 'a file in UTF-16',
      file: 'A.cs',
      code: [...`form["grant_type"] = "password"; Post("${ours}");`].join('\0'),
      seen: ['username-password grant_type=password 1'],
    },
    {
      name: 'a script without an ending',
      file: 'bin/login',
      code: `#!/usr/bin/env bash\ncurl ${ours} -d grant_type=password`,
      seen: ['username-password grant_type=password 2'],
    },
  ];
  for (const { name, file, code, seen } of cases) {
    it(name, async () => {
      expect(await seenIn(file, code)).to.deep.equal(seen);
    });
  }
});
