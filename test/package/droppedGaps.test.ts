import { expect } from 'chai';
import { checkSmallPackage, cls, record, page, resource } from '../support/smallPackages.js';

const P = 'force-app/main/default';
const gapsOf = async (control: string, files: Parameters<typeof checkSmallPackage>[0]): Promise<string> => {
  const result = (await checkSmallPackage(files)).get(control);
  return (result?.gaps ?? []).map(({ detail }) => detail).join(' ');
};
const broken = { [`${P}/labels/CustomLabels.labels-meta.xml`]: '<CustomLabels><labels></CustomLabels>' };
const session = cls(
  'Caller',
  `public class Caller {
    public void go() {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(URL.getOrgDomainUrl().toExternalForm() + '/services/data/v60.0/query');
        req.setHeader('Authorization', 'Bearer ' + UserInfo.getSessionId());
        new Http().send(req);
    }
}`
);
const login = cls(
  'Login',
  `public class Login {
    public void go(String body) {
        HttpRequest req = new HttpRequest();
        req.setEndpoint(Label.Host + '/services/oauth2/token');
        req.setBody('grant_type=refresh_token&' + body);
        new Http().send(req);
    }
}`
);

describe('what is left out is a gap', () => {
  it('labels that do not parse, where Apex sends a session ID', async () => {
    expect(await gapsOf('no-session-id-for-metadata-api', { ...session, ...broken })).to.contain('CustomLabels');
  });

  it('labels that do not parse, where Apex starts a login', async () => {
    expect(await gapsOf('no-username-password-flow', { ...login, ...broken })).to.contain('CustomLabels');
  });

  it('a record that does not parse, where Apex starts a login', async () => {
    const [path = ''] = Object.keys(record('Host.Main', {}));
    expect(
      await gapsOf('no-implicit-flow', { ...login, [path]: '<CustomMetadata><values></CustomMetadata>' })
    ).to.contain('Host.Main');
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
});
