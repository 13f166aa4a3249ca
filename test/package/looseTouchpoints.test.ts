import { expect } from 'chai';
import { codeOf } from '../support/integrations.js';

type Files = Record<string, string>;

/** The files of an integration whose touchpoints nothing explains. */
async function openFiles(files: Files): Promise<string[]> {
  const evidence = await codeOf({}, { backend: files });
  const open = 'account' in evidence ? (evidence.account?.open ?? []) : [];
  return open.map(({ file }) => file.replace('backend/', '')).sort();
}

const LOGIN_JS = `const jsforce = require('jsforce');
const conn = new jsforce.Connection({ instanceUrl: process.env.URL, accessToken: process.env.TOKEN });
module.exports = { conn };
`;
const CALL_JS = `module.exports = (http) => http.get(process.env.URL + '/services/data/v60.0/limits');\n`;
const LOGIN_PY = `from simple_salesforce import Salesforce\n\ndef connect(session, url):\n    return Salesforce(session_id=session, instance_url=url)\n`;
const LOGIN_CS = `using Salesforce.Force;\nnamespace Acme.Login { public class SalesforceLogin { public ForceClient Open(string url, string token) { return new ForceClient(url, token, "v60.0"); } } }\n`;
const CALL_CS = (use: string): string =>
  `${use}\nnamespace Acme.Reports { public class LimitReport { public string Path() { return "/services/data/v60.0/limits"; } } }\n`;

describe('touchpoints without a login of their own', () => {
  it('are a gap where only an unrelated script of the same language logs in', async () => {
    expect(await openFiles({ 'jobs/login.js': LOGIN_JS, 'tools/limits.js': CALL_JS })).to.deep.equal([
      'tools/limits.js',
    ]);
  });

  it('are explained by a file that takes them in', async () => {
    const files = { 'jobs/login.js': `${LOGIN_JS}require('../tools/limits');\n`, 'tools/limits.js': CALL_JS };
    expect(await openFiles(files)).to.deep.equal([]);
  });

  it('are explained through a file that names neither', async () => {
    const files = {
      'jobs/login.js': LOGIN_JS,
      'tools/limits.js': CALL_JS,
      'start.js': "const { conn } = require('./jobs/login');\nrequire('./tools/limits')(conn);\n",
    };
    expect(await openFiles(files)).to.deep.equal([]);
  });

  it('are explained by a page that loads both scripts', async () => {
    const files = {
      'js/login.js': LOGIN_JS,
      'js/limits.js': CALL_JS,
      'index.html': '<script src="js/login.js"></script><script src="js/limits.js"></script>',
    };
    expect(await openFiles(files)).to.deep.equal([]);
  });

  it('of Python are explained by the module that they import, and by no other', async () => {
    const call = "def limits(sf):\n    return sf.session.get(sf.base + '/services/data/v60.0/limits')\n";
    expect(await openFiles({ 'acme/login.py': LOGIN_PY, 'batch/limits.py': call })).to.deep.equal(['batch/limits.py']);
    expect(
      await openFiles({ 'acme/sflogin.py': LOGIN_PY, 'batch/limits.py': `from acme.sflogin import connect\n${call}` })
    ).to.deep.equal([]);
  });

  it('of C# are explained by a class or a namespace that they use, and by no other', async () => {
    expect(await openFiles({ 'A/Login.cs': LOGIN_CS, 'B/Limits.cs': CALL_CS('using System;') })).to.deep.equal([
      'B/Limits.cs',
    ]);
    expect(await openFiles({ 'A/Login.cs': LOGIN_CS, 'B/Limits.cs': CALL_CS('using Acme.Login;') })).to.deep.equal([]);
    expect(
      await openFiles({ 'A/Login.cs': LOGIN_CS, 'B/Limits.cs': CALL_CS('class Start { SalesforceLogin login; }') })
    ).to.deep.equal([]);
  });

  it('of C# and PHP are not explained by a namespace that they share with a login', async () => {
    const csharp = (text: string): string => text.replace(/namespace [\w.]+/, 'namespace Acme.Sync');
    const files = { 'A/Login.cs': csharp(LOGIN_CS), 'B/Limits.cs': csharp(CALL_CS('using System;')) };
    expect(await openFiles(files)).to.deep.equal(['B/Limits.cs']);
    const user = 'using Acme.Sync;\nnamespace Acme { class Start { /* Salesforce */ } }\n';
    expect(await openFiles({ ...files, 'Start.cs': user })).to.deep.equal(['B/Limits.cs']);
    const php = (name: string, body: string): string => `<?php\nnamespace Acme\\Sync;\nclass ${name} { ${body} }\n`;
    const session = php(
      'Door',
      "function get($c, $t) { return $c->get('/services/data/v60.0', ['headers' => ['Authorization' => 'Bearer ' . $t]]); }"
    );
    const call = php('Limits', "function path() { return '/services/data/v60.0/limits'; }");
    expect(await openFiles({ 'a/Door.php': session, 'b/Limits.php': call })).to.deep.equal(['b/Limits.php']);
  });

  it('are matched where a project has more files of one name than are compared', async () => {
    const { FileLinks } = await import('../../src/package/oauthFlows/fileLinks.js');
    const links = new FileLinks();
    for (let index = 0; index < 60; index += 1) links.add(`src/services/part${index}/token.ts`, '');
    links.add('src/main.ts', "import { login } from '@/services/part8/token';\n");
    links.connect([]);
    expect([...links.around(['src/services/part8/token.ts'])].sort()).to.deep.equal([
      'src/main.ts',
      'src/services/part8/token.ts',
    ]);
  });

  it('are matched in a file that takes in more than two thousand others', async () => {
    const { FileLinks } = await import('../../src/package/oauthFlows/fileLinks.js');
    const links = new FileLinks();
    const names = Array.from({ length: 2600 }, (_, index) => `module_${index}`);
    for (const name of names) links.add(`jobs/${name}.js`, '');
    links.add('all.js', names.map((name) => `require('./jobs/${name}');\n`).join(''));
    links.connect([]);
    expect([...links.around(['jobs/module_2599.js'])]).to.include('all.js');
  });

  it('are not explained by a log, a constant or a namespace that the login also uses', async () => {
    const log = "require('../shared/logging');\n";
    const shared = { 'shared/logging.js': 'exports.log = console.log;\n' };
    expect(
      await openFiles({ ...shared, 'jobs/login.js': log + LOGIN_JS, 'tools/limits.js': log + CALL_JS })
    ).to.deep.equal(['tools/limits.js']);
    const [one, other] = ["const API_VERSION = 'v60.0';\n", "const API_VERSION = 'v61.0';\n"];
    expect(await openFiles({ 'jobs/login.js': one + LOGIN_JS, 'tools/limits.js': other + CALL_JS })).to.deep.equal([
      'tools/limits.js',
    ]);
    expect(
      await openFiles({ 'A/Login.cs': `using System;\n${LOGIN_CS}`, 'B/Limits.cs': CALL_CS('using System;') })
    ).to.deep.equal(['B/Limits.cs']);
  });

  it('are not explained by a login in a file of the same name elsewhere', async () => {
    const files = {
      'one/main.js': "require('./crm/session');\n",
      'one/crm/session.js': LOGIN_JS,
      'two/main.js': "require('./crm/session');\n",
      'two/crm/session.js': CALL_JS,
    };
    expect(await openFiles(files)).to.deep.equal(['two/crm/session.js']);
  });

  it('are matched to the nearest file, also where thousands have its name', async () => {
    const { FileLinks } = await import('../../src/package/oauthFlows/fileLinks.js');
    const links = new FileLinks();
    const services = Array.from({ length: 3000 }, (_, index) => `svc${index}`);
    for (const service of services) {
      links.add(`${service}/main.js`, "require('./crm/session');\n");
      links.add(`${service}/crm/session.js`, '');
    }
    links.connect([]);
    expect([...links.around(['svc7/crm/session.js'])].sort()).to.deep.equal(['svc7/crm/session.js', 'svc7/main.js']);
  });

  it('are not explained by a package of others, or a name in it, that is named like their file', async () => {
    const open = (statement: string): Promise<string[]> =>
      openFiles({ 'jobs/login.js': `${statement}\n${LOGIN_JS}`, 'tools/limits.js': CALL_JS });
    expect(await open("import { limits } from 'p-limit';")).to.deep.equal(['tools/limits.js']);
    expect(await open("require('limits');")).to.deep.equal(['tools/limits.js']);
  });

  it('are not explained by a manifest that names two programs', async () => {
    const scripts = { login: 'node jobs/login.js', limits: 'node tools/limits.js' };
    const files = {
      'package.json': JSON.stringify({ scripts, dependencies: { jsforce: '^2.0.0' } }),
      'jobs/login.js': LOGIN_JS,
      'tools/limits.js': CALL_JS,
    };
    expect(await openFiles(files)).to.deep.equal(['tools/limits.js']);
  });

  it('are explained by a package of the same repository that they take in', async () => {
    const files = {
      'packages/login/index.js': LOGIN_JS,
      'packages/limits/index.js': `require('@acme/login');\n${CALL_JS}`,
    };
    expect(await openFiles(files)).to.deep.equal([]);
  });

  it('are explained by the cookie of a browser, and not by a cookie of the own server', async () => {
    const call = "fetch(base + '/services/data/v60.0/limits', { headers });\n";
    const own = [
      "const express = require('express');\napp.get('/', (req) => { const user = users[req.cookies['sid']]; load(user.base, user.headers); });\n",
      "import { cookies } from 'next/headers';\nconst user = users[cookies().get('sid')];\n",
      "const user = users[cookies.get('sid')];\nconst theme = cookies.get('theme');\n",
    ];
    for (const start of own) {
      // eslint-disable-next-line no-await-in-loop -- three cases
      expect(await openFiles({ 'server.js': start + call }), start).to.deep.equal(['server.js']);
    }
    const browsers = [
      "chrome.cookies.get({ url: 'https://acme.my.salesforce.com', name: 'sid' }, use);\n",
      "const all = await page.cookies();\nconst { value } = all.find((one) => one.name === 'sid');\n",
      'const [, sid] = /sid=([^;]+)/.exec(document.cookie);\n',
    ];
    for (const start of browsers) {
      // eslint-disable-next-line no-await-in-loop -- three cases
      expect(await openFiles({ 'extension.js': start + call }), start).to.deep.equal([]);
    }
  });

  it('are not explained by a token for another vendor', async () => {
    const files = {
      'notify.js': `fetch('https://slack.com/api/chat.postMessage', { headers: { Authorization: 'Bearer ' + process.env.SLACK } });
const limits = (http) => http.get(process.env.SF_URL + '/services/data/v60.0/limits');
`,
    };
    expect(await openFiles(files)).to.deep.equal(['notify.js']);
  });

  it('are not explained by a cookie or a session of another site', async () => {
    const files = {
      'app.js': `const theme = document.cookie.split('theme=')[1];
const user = getSession();
const limits = (http) => http.get(user.instance + '/services/data/v60.0/limits');
`,
    };
    expect(await openFiles(files)).to.deep.equal(['app.js']);
  });

  it('are explained by the cookie of Salesforce in a browser extension', async () => {
    const files = {
      'background.js': `chrome.cookies.get({ url: 'https://acme.my.salesforce.com', name: 'sid' }, (cookie) => {
  fetch('https://acme.my.salesforce.com/services/data/v60.0/limits', { headers: { Authorization: 'Bearer ' + cookie.value } });
});
`,
    };
    expect(await openFiles(files)).to.deep.equal([]);
  });
});
