import { expect } from 'chai';
import type { Evidence } from '../../src/engine/types.js';
import { packagedConnectedApps } from '../../src/package/collectors/connectedApps.js';
import type { ConnectedApp } from '../../src/package/facts.js';
import { metadata, sourceOf } from '../support/packageSource.js';

const file = 'force-app/connectedApps/A.connectedApp-meta.xml';
const url = 'https://acme.example/callback';
const app = metadata(
  'ConnectedApp',
  `<oauthConfig><callbackUrl>${url}</callbackUrl><consumerKey>__KEY__</consumerKey>`,
  '<isPkceRequired>true</isPkceRequired><scopes>Api</scopes></oauthConfig>'
);
const collect = async (...replacements: object[]): Promise<Evidence<readonly ConnectedApp[]>> => {
  const project = { packageDirectories: [{ path: 'force-app', package: 'Acme' }], replacements };
  const source = await sourceOf({ 'sfdx-project.json': JSON.stringify(project), [file]: app });
  return packagedConnectedApps.collect(source, { asOf: new Date(0), params: {}, required: [] });
};
/** What is seen of the app: callbacks, scopes, the switch. */
const seen = async (replacement: object): Promise<unknown> => {
  const evidence = await collect({ replaceWithEnv: 'X', ...replacement });
  if (evidence.status !== 'complete') return evidence.status;
  const [oauth] = evidence.value.map((one) => one.oauth);
  const values = [...(oauth?.callbacks ?? []), ...(oauth?.scopes ?? [])].map(({ value }) => value);
  return [...values, oauth?.pkceRequired?.value];
};
const whole = [url, 'Api', true];
const all = { glob: '**/*.connectedApp-meta.xml' };

const cases: ReadonlyArray<[name: string, replacement: object, seen: unknown]> = [
  ['a key that no control checks', { ...all, stringToReplace: '__KEY__' }, whole],
  ['a text that is not there', { ...all, stringToReplace: 'https://elsewhere.example' }, whole],
  ['a text of another file', { filename: 'force-app/B.connectedApp-meta.xml', stringToReplace: 'true' }, whole],
  ['a text of other files', { glob: 'force-app/classes/*', stringToReplace: 'true' }, whole],
  ['a host', { ...all, stringToReplace: 'acme.example' }, ['https://{{acme.example}}/callback', 'Api', true]],
  ['a host, by file', { filename: file, stringToReplace: url }, [`{{${url}}}`, 'Api', true]],
  ['a scope', { ...all, regexToReplace: 'A.i' }, [url, '{{Api}}', true]],
  ['a switch', { ...all, stringToReplace: 'true' }, [url, 'Api', undefined]],
  ['a glob that only minimatch knows', { glob: '*.{xml,cls}', stringToReplace: 'true' }, [url, 'Api', undefined]],
  ['whole elements', { ...all, regexToReplace: '<scopes>.*</scopes>' }, 'partial'],
  ['an expression that is not valid', { ...all, regexToReplace: '(' }, 'partial'],
];

describe('package/replacements', () => {
  for (const [name, replacement, expected] of cases) {
    it(`what takes the place of ${name} is not in the source`, async () => {
      expect(await seen(replacement)).to.deep.equal(expected);
    });
  }

  it('says why a file cannot be judged', async () => {
    const evidence = await collect({ ...all, regexToReplace: '<scopes>.*</scopes>', replaceWithFile: 'x' });
    expect(evidence.status === 'partial' && evidence.gap.detail).to.equal(
      `${file} could not be read: sfdx-project.json replaces elements in it when a package version is created.`
    );
  });
});
