import { expect } from 'chai';
import type { CollectContext, Evidence } from '../../../src/engine/types.js';
import { frontdoorUses } from '../../../src/package/collectors/frontdoorUses.js';
import type { FrontdoorUse } from '../../../src/package/facts.js';
import { memoryTree } from '../../support/memoryTree.js';
import { metadata, packageProject, sourceOf } from '../../support/packageSource.js';

const context: CollectContext = { asOf: new Date(0), params: {}, required: [] };
const folder = 'force-app/main/default';
const header = { [`${folder}/labels/A.labels-meta.xml`]: metadata('CustomLabels', '<labels/>') };
const collect = async (files: Record<string, string>): Promise<Evidence<readonly FrontdoorUse[]>> =>
  frontdoorUses.collect(await sourceOf({ 'sfdx-project.json': packageProject, ...header, ...files }), context);

const script = (text: string): Record<string, string> => ({ [`${folder}/lwc/opener/opener.js`]: text });
const apex = (text: string): Record<string, string> => ({ [`${folder}/classes/A.cls`]: text });

const table: ReadonlyArray<[title: string, files: Record<string, string>, expected: readonly string[]]> = [
  [
    'the query of the URL, in a component',
    script("const target = new URL(data.frontdoor_uri);\nsend(target.searchParams.get('sid'));"),
    ['LightningComponentBundle:opener:2 taken'],
  ],
  [
    'a method of another name that takes a parameter',
    script("const target = Uri.parse(data.frontdoor_uri);\nsend(target.getQueryParameter('sid'));"),
    ['LightningComponentBundle:opener:2 taken'],
  ],
  [
    'a pattern that is kept before it is used',
    script('const SID = /[?&]sid=([^&]+)/;\nconst found = SID.exec(frontdoorUrl);'),
    ['LightningComponentBundle:opener:1 near'],
  ],
  [
    'a pattern out of a text',
    script("const pattern = new RegExp('sid=([^&]+)');\nuse(pattern.exec(frontdoorUri)[1]);"),
    ['LightningComponentBundle:opener:1 near'],
  ],
  [
    'a part of a query that a function took apart',
    script('const { sid } = parseQuery(frontdoorUri);\nuse(sid);'),
    ['LightningComponentBundle:opener:1 taken'],
  ],
  [
    'a property of a query',
    script("const s = qs.parse(frontdoorUri.split('?')[1]).sid;"),
    ['LightningComponentBundle:opener:1 taken'],
  ],
  [
    'trap: what goes into a frontdoor URL is not taken out of one',
    script('res.redirect(`${base}/secur/frontdoor.jsp?sid=${req.query.sid}`);'),
    ['LightningComponentBundle:opener:1 near', 'LightningComponentBundle:opener:1 built'],
  ],
  ['a property that is set', script("query.sid = token;\ngo('/secur/frontdoor.jsp');"), []],
  [
    'a pattern, in a static resource',
    {
      [`${folder}/staticresources/lib/a.js`]:
        'const u = await open("/services/oauth2/singleaccess");\nx = u.match(/sid=([^&]+)/)',
    },
    ['StaticResource:lib:2 taken'],
  ],
  [
    'text functions of Apex',
    apex(
      "class A { void r() { String url = '/services/oauth2/singleaccess'; String u = get(url);\nString s = u.substringAfter('sid='); } }"
    ),
    ['ApexClass:A:2 taken'],
  ],
  [
    'trap: building a frontdoor URL is not taking one apart',
    script('window.open(host + "/secur/frontdoor.jsp?sid=" + token);'),
    ['LightningComponentBundle:opener:1 built'],
  ],
  [
    'the session id of something else next to a frontdoor URL',
    script("const own = new URL(location).searchParams.get('sid');\ngo('/secur/frontdoor.jsp');"),
    ['LightningComponentBundle:opener:1 near'],
  ],
  ['trap: a frontdoor URL that is only opened', script('window.open(result.frontdoor_uri);'), []],
  ['trap: a comment is nothing', script("// frontdoor_uri.split('sid=')\n/* frontdoor */ x = y.get('sid');"), []],
  ['a session id without a frontdoor URL', script("x = url.searchParams.get('sid');"), []],
  [
    'trap: test code is nothing',
    {
      [`${folder}/lwc/opener/__tests__/a.js`]: "frontdoor_uri.split('sid=')",
      ...apex("@IsTest class A { String s = frontdoorUrl.substringAfter('sid='); }"),
    },
    [],
  ],
];

describe('package/collectors/frontdoorUses', () => {
  for (const [title, files, expected] of table) {
    it(title, async () => {
      const evidence = await collect(files);
      expect(
        evidence.status === 'complete' &&
          evidence.value.map(({ component: { type, name }, line, kind }) => `${type}:${name}:${line} ${kind}`)
      ).to.deep.equal(expected);
    });
  }

  const languages: ReadonlyArray<[language: string, file: string, code: string, expected: readonly string[]]> = [
    ['JavaScript, a cookie', 'a.js', "open(frontdoorUrl);\nconst s = jar.find((c) => c.startsWith('sid='));", ['near']],
    [
      'JavaScript, a loop',
      'a.js',
      "const u = new URL(frontdoorUri);\nfor (const [k, v] of u.searchParams) { if (k === 'sid') save(v); }",
      ['near'],
    ],
    [
      'TypeScript, a browser',
      'a.ts',
      "await page.goto(frontdoorUrl);\nconst s = (await page.cookies()).find((c) => c.name === 'sid');",
      ['taken'],
    ],
    ['Python, a cookie', 'a.py', 'r = session.get(frontdoor_url)\nsid = session.cookies.get("sid")', ['taken']],
    [
      'trap: a cookie of the server',
      'a.js',
      "res.redirect(frontdoorUrl);\nconst own = req.cookies.get('sid');",
      ['near'],
    ],
    ['Python, a partition', 'a.py', 'url = data["frontdoor_uri"]\nsid = url.partition("sid=")[2]', ['taken']],
    [
      'Java, a name',
      'A.java',
      'URI frontdoor = get();\nfor (NameValuePair p : URLEncodedUtils.parse(frontdoor, UTF_8)) { if (p.getName().equals("sid")) use(p); }',
      ['near'],
    ],
    ['Java, a cookie', 'A.java', 'open(frontdoorUrl);\nif ("sid".equals(cookie.getName())) { use(cookie); }', ['near']],
    ['C#, a pattern', 'a.cs', 'var m = Regex.Match(frontdoorUri, @"[?&]sid=([^&]+)");', ['taken']],
    ['PHP, a pattern', 'a.php', "<?php preg_match('/[?&]sid=([^&]+)/', $frontdoorUri, $m);", ['taken']],
    ['PHP, a position', 'a.php', "<?php $at = strpos($frontdoorUri, 'sid=');", ['taken']],
    ['Ruby, an index', 'a.rb', 'frontdoor = json["frontdoor_uri"]\nsid = frontdoor[/sid=([^&]+)/, 1]', ['taken']],
    ['Go, a query', 'a.go', 'u, _ := url.Parse(frontdoorURI)\nsid := u.Query().Get("sid")', ['taken']],
    ['Go, a prefix', 'a.go', 'open(frontdoorURL)\nif strings.HasPrefix(cookie, "sid=") {', ['near']],
    [
      'shell, grep',
      'a.sh',
      "FRONTDOOR=$(curl x/services/oauth2/singleaccess)\nSID=$(echo $FRONTDOOR | grep -o 'sid=[^&]*')",
      ['taken'],
    ],
    ['shell, an expansion', 'a.sh', 'frontdoor=$1\nsid=${frontdoor#*sid=}', ['taken']],
    [
      'trap: the parameter of another page, in a language without semicolons',
      'a.py',
      'go(frontdoor_url)\nown = request.args.get("sid")',
      ['near'],
    ],
    ['trap: a URL that is put together', 'a.py', 'url = base + "/secur/frontdoor.jsp?sid=" + token', ['built']],
    [
      'trap: a word that contains the letters',
      'a.js',
      "open(frontdoorUrl);\nif (side === 'inside') go('beside=1');",
      [],
    ],
  ];
  for (const [language, file, code, expected] of languages) {
    it(`takes it for what it is in ${language}`, async () => {
      const integrations = [{ folder: 'gateway', tree: memoryTree({ [file]: code }) }];
      const source = { ...(await sourceOf({ 'sfdx-project.json': packageProject, ...header })), integrations };
      const evidence = await frontdoorUses.collect(source, context);
      const uses = evidence.status === 'complete' ? evidence.value : [];
      expect([...new Set(uses.map(({ kind }) => kind))], JSON.stringify(evidence)).to.deep.equal(expected);
    });
  }

  it('an archive that was not opened makes the evidence a part', async () => {
    const evidence = await collect({ [`${folder}/staticresources/lib.resource`]: 'PK\u0003\u0004frontdoor' });
    expect(evidence.status === 'partial' && evidence.gap.detail).to.match(/lib\.resource is an archive/);
  });

  it('reads the code of integrations, and takes a file that it cannot read for a gap', async () => {
    const python = 'url = data["frontdoor_uri"]\nsid = parse_qs(url)["sid"]\n';
    const tree = memoryTree({ 'app/login.py': python, 'tests/test_login.py': python });
    const integrations = [{ folder: '../gateway', tree }];
    const source = { ...(await sourceOf({ 'sfdx-project.json': packageProject, ...header })), integrations };
    const evidence = await frontdoorUses.collect(source, context);
    expect(evidence.status).to.equal('complete');
    const uses = evidence.status === 'complete' ? evidence.value : [];
    expect(uses.map(({ component, file, line, at, kind }) => [component.name, file, line, at, kind])).to.deep.equal([
      ['app/login.py', 'app/login.py', 2, 'gateway ["sid"]', 'taken'],
    ]);
    const closed = { ...tree, read: () => Promise.reject(new Error('closed')) };
    const unread = await frontdoorUses.collect(
      { ...source, integrations: [{ folder: 'gateway', tree: closed }] },
      context
    );
    expect(unread).to.have.property('status', 'partial');
  });
});
