import { expect } from 'chai';
import { gapsIn } from '../../src/engine/coverage.js';
import { codeFacts } from '../../src/package/collectors/code.js';
import { endpoints } from '../../src/package/collectors/endpoints.js';
import { globalOauthFiles } from '../../src/package/collectors/globalOauthFiles.js';
import type { PackageTree } from '../../src/package/source/folderTree.js';
import { memoryTree } from '../support/memoryTree.js';
import { metadata, packageProject, sourceOf } from '../support/packageSource.js';
import { aura, checkSmallPackage, cls, record, page, resource } from '../support/smallPackages.js';

const P = 'force-app/main/default';
const gapsOf = async (control: string, files: Parameters<typeof checkSmallPackage>[0]): Promise<string> => {
  const result = (await checkSmallPackage(files)).get(control);
  return (result?.gaps ?? []).map(({ detail }) => detail).join(' ');
};
const broken = { [`${P}/labels/CustomLabels.labels-meta.xml`]: '<CustomLabels><labels></CustomLabels>' };
const sessionTo = (path: string): ReturnType<typeof cls> =>
  cls(
    'Caller',
    `public class Caller {
    public void go() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + ${path});
        req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
        new Http().send(req);
    }
}`
  );
const loginTo = (host: string): ReturnType<typeof cls> =>
  cls(
    'Login',
    `public class Login {
    public void go(String body) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(${host} + '/services/oauth2/token');
        req.setBody('grant_type=refresh_token&' + body);
        new Http().send(req);
    }
}`
  );
const login = loginTo('Label.Host');
const brokenRecord = Object.fromEntries(
  Object.keys(record('Host.Main', {})).map((path) => [path, '<CustomMetadata><values></CustomMetadata>'])
);

describe('what is left out is a gap', () => {
  it('labels that do not parse, where Apex sends a session ID to an address from one', async () => {
    const files = { ...sessionTo('Label.Path'), ...broken };
    expect(await gapsOf('no-session-id-for-metadata-api', files)).to.contain('CustomLabels');
  });

  it('labels that do not parse are no gap where the address of each request is known without one', async () => {
    const files = { ...sessionTo("'/services/data/v60.0/query'"), ...broken };
    expect(await gapsOf('no-session-id-for-metadata-api', files)).to.equal('');
  });

  it('labels that do not parse, where Apex starts a login', async () => {
    expect(await gapsOf('no-username-password-flow', { ...login, ...broken })).to.contain('CustomLabels');
  });

  it('a record that does not parse, where Apex starts a login at an address from one of its type', async () => {
    const files = { ...loginTo("Host__mdt.getInstance('Other').Url__c"), ...brokenRecord };
    expect(await gapsOf('no-implicit-flow', files)).to.contain('Host.Main');
  });

  it('a record that does not parse and that may start a login itself', async () => {
    const [path = ''] = Object.keys(brokenRecord);
    const text = '<CustomMetadata><values><value>grant_type=password</values></CustomMetadata>';
    expect(await gapsOf('no-implicit-flow', { ...login, [path]: text })).to.contain('Host.Main');
  });

  it('a record that does not parse is no gap where no value of its type is asked for', async () => {
    expect(await gapsOf('no-implicit-flow', { ...login, ...brokenRecord })).not.to.contain('Host.Main');
  });

  it('labels that do not parse are no gap of a control that reads none of them', async () => {
    const files = { ...cls('Hello', 'public class Hello { }'), ...broken };
    expect(await gapsOf('no-session-id-for-metadata-api', files)).to.equal('');
  });

  it('a chain of classes that is longer than what is followed decides on a login', async () => {
    const links = Array.from({ length: 8 }, (_, index) =>
      cls(
        `Link${index}`,
        `public class Link${index} { public static String value() { return Link${index + 1}.value(); } }`
      )
    );
    const start = cls(
      'Start',
      `public class Start {
    public void go() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint('https://login.salesforce.com/services/oauth2/token');
        req.setBody('grant_type=' + Link0.value());
        new Http().send(req);
    }
}`
    );
    const end = cls('Link8', "public class Link8 { public static String value() { return 'password'; } }");
    const files = Object.assign({}, start, end, ...links) as Parameters<typeof checkSmallPackage>[0];
    expect((await checkSmallPackage(files)).get('no-username-password-flow')?.verdict).to.be.oneOf([
      'fail',
      'inconclusive',
    ]);
  });

  it('a variable that may be more objects of libraries than are followed, one of them a connection', async () => {
    const others = Array.from({ length: 14 }, (_, index) => `if (kind === ${index}) client = lib${index}.create();`);
    const script = `var client;\n${others.join('\n')}\nif (kind === 99) client = new jsforce.Connection({ accessToken: '{!$Api.Session_ID}' });\nclient.tooling.query('SELECT Id FROM ApexClass');`;
    const files = {
      ...resource('jsforce.js', '/* own */'),
      ...page('Many', `<apex:page><script>${script}</script></apex:page>`),
    };
    expect((await checkSmallPackage(files)).get('no-session-id-for-metadata-api')?.verdict).to.be.oneOf([
      'fail',
      'inconclusive',
    ]);
  });

  it('a script that a page with a session ID loads, and that does not parse', async () => {
    const files = {
      ...resource('app.js', 'function go( { x.open("POST", "/services/Soap/m/60.0"); x.send(sid); }'),
      ...page(
        'Start',
        `<apex:page><apex:includeScript value="{!$Resource.app}"/><script>
var sid = '{!$Api.Session_ID}';
fetch('/services/data/v60.0/limits', { headers: { Authorization: 'Bearer ' + sid } });
</script></apex:page>`
      ),
    };
    expect(await gapsOf('no-session-id-for-metadata-api', files)).to.contain('app.js');
  });

  it('a bundle that a page with a session ID loads', async () => {
    const files = {
      ...resource('app.js', `${'var a=1;'.repeat(800)}window.go=function(t){send(t+window.sid)}`),
      ...page(
        'Start',
        `<apex:page><apex:includeScript value="{!$Resource.app}"/><script>
var sid = '{!$Api.Session_ID}';
fetch('/services/data/v60.0/limits', { headers: { Authorization: 'Bearer ' + sid } });
</script></apex:page>`
      ),
    };
    const result = (await checkSmallPackage(files)).get('no-session-id-for-metadata-api');
    expect(result?.verdict).to.equal('fail');
    expect(JSON.stringify(result?.findings)).to.contain('app.js');
  });

  const takes = "const target = new URL(data.frontdoor_uri);\nsend(target.searchParams.get('sid'));";
  const button = `<WebLink xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Go</fullName><linkType>javascript</linkType><openType>onClickJavaScript</openType><url>${takes}</url></WebLink>`;
  for (const [what, files] of [
    ['a component in TypeScript', { [`${P}/lwc/opener/opener.ts`]: takes }],
    ['an S-control', { [`${P}/scontrols/Open.scf`]: `<script>${takes}</script>` }],
    ['a button', { [`${P}/objects/Account/webLinks/Go.webLink-meta.xml`]: button }],
  ] as const) {
    it(`${what} that takes a session ID out of a frontdoor URL is a finding`, async () => {
      const results = await checkSmallPackage({ ...cls('Hello', 'public class Hello { }'), ...files });
      expect(results.get('no-session-id-from-frontdoor')?.verdict).to.equal('fail');
    });
  }

  it('a canvas app that a script creates', async () => {
    const files = {
      ...cls('Hello', 'public class Hello { }'),
      ...aura(
        'frame',
        '<aura:component><div aura:id="here"/></aura:component>',
        "({ init: function (cmp) { $A.createComponent('force:canvasApp', { developerName: 'Acme' }, function (one) { cmp.set('v.body', one); }); } })"
      ),
    };
    expect((await checkSmallPackage(files)).get('apps-packaged')?.verdict).to.be.oneOf(['fail', 'inconclusive']);
  });

  /** Rejects one file, as a system does that denies access. */
  function denying(files: Record<string, string>, denied: string): PackageTree {
    const tree = memoryTree(files);
    const read = (path: string): Promise<string> =>
      path === denied ? Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })) : tree.read(path);
    return { ...tree, read };
  }
  const started = {
    'sfdx-project.json': packageProject,
    'force-app/labels/A.labels-meta.xml': metadata('CustomLabels', '<labels/>'),
  };
  const context = { asOf: new Date(0), params: {}, required: [] };

  for (const manifest of [
    'ios/Info.plist',
    'extension/manifest.json',
    'desk/Desk.csproj',
    'phone/Podfile',
    'phone/config.xml',
  ]) {
    it(`a manifest that shows where an integration runs, and cannot be opened: ${manifest}`, async () => {
      const files = { [manifest]: '', 'src/a.js': 'go();' };
      const source = {
        ...(await sourceOf(started)),
        integrations: [{ folder: 'app', tree: denying(files, manifest) }],
      };
      expect(
        gapsIn(await codeFacts.collect(source, context))
          .map(({ detail }) => detail)
          .join(' ')
      ).to.contain(manifest);
    });
  }

  it('an XML file that may be global OAuth settings under another name, and cannot be opened', async () => {
    const file = 'config/settings.xml';
    const source = await sourceOf({ ...started, [file]: '' });
    const closed = { ...source, tree: denying({ ...started, [file]: '' }, file) };
    expect(
      gapsIn(await globalOauthFiles.collect(closed, context))
        .map(({ detail }) => detail)
        .join(' ')
    ).to.contain(file);
  });

  it('a host that a component in TypeScript asks', async () => {
    const source = await sourceOf({
      ...started,
      'force-app/lwc/pay/pay.ts': "fetch('https://api.acme.example/x')",
    });
    const evidence = await endpoints.collect(source, context);
    expect('value' in evidence && evidence.value.map(({ host }) => host)).to.deep.equal(['api.acme.example']);
  });

  const opens = 'https://login.salesforce.com/services/oauth2/authorize?response_type=token&client_id=x';
  for (const [path, text] of [
    ['digitalExperiences/site/A/sfdc_cms__view/home/head.html', `<script>location.href = '${opens}';</script>`],
    ['uiBundles/app/src/login.ts', `export const start = (): void => { location.href = '${opens}'; };`],
    ['webApplications/app/dist/main.js', `location.href = '${opens}';`],
  ] as const) {
    it(`a script in a folder of a kind that no rule names: ${path}`, async () => {
      const files = { ...cls('Hello', 'public class Hello { }'), [`${P}/${path}`]: text };
      expect((await checkSmallPackage(files)).get('no-implicit-flow')?.verdict).to.be.oneOf(['fail', 'inconclusive']);
    });
  }
});
