import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { textCache, type TextCache } from '../../src/cli/textCache.js';
import { collectEvidence } from '../../src/engine/review.js';
import type { EvidenceOf } from '../../src/engine/types.js';
import { keepAnswers, loadAnswers, openIntegrations, openPackage, packageDomain } from '../../src/package/index.js';
import type { PackageFacts } from '../../src/package/facts.js';
import { inRoot } from '../../scripts/tools/paths.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { canaries, canary } from '../support/secrets.js';

describe('what is known of single files from an earlier run', () => {
  let folder: string;
  let cache: string;
  const write = (name: string, text: string): void =>
    writeFileSync(join(folder, 'app', 'force-app', 'main', 'default', name), text);
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'answers-')));
    cache = join(folder, 'cache');
    cpSync(inRoot('examples', 'acme-pay'), join(folder, 'app'), { recursive: true });
    cpSync(inRoot('examples', 'acme-pay', 'force-app'), join(folder, 'gateway'), { recursive: true });
    write('Keys.cls', `public class Keys {\n  static final String API_KEY = '${canary.apiKey}';\n}`);
    writeFileSync(join(folder, 'gateway', 'login.js'), `const token = '${canary.github}';\n`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const store = (): TextCache => textCache(cache, 'a build');
  const run = async (kept?: TextCache): Promise<EvidenceOf<PackageFacts>> => {
    const source = {
      ...(await openPackage(join(folder, 'app'))),
      integrations: await openIntegrations([join(folder, 'gateway')], [], undefined),
    };
    const answers = kept && loadAnswers(kept, source);
    const asOf = new Date('2026-11-30T00:00:00Z');
    const facts = await collectEvidence(packageDomain, { ...source, answers }, { policy: emptyPolicy, asOf });
    if (kept && answers) keepAnswers(kept, source, answers);
    return facts;
  };
  const keptFile = (): string => join(cache, readdirSync(cache)[0] ?? '');
  const secretsIn = ({ secretFindings: found }: EvidenceOf<PackageFacts>): string[] =>
    found === undefined || found.status === 'unavailable' ? [] : found.value.map(({ file, line }) => `${file}:${line}`);

  it('gives the same bytes as a run without it, also after a file changed, came or went', async () => {
    const plain = await run();
    expect(secretsIn(plain)).to.have.length.above(1);
    expect(JSON.stringify(await run(store()))).to.equal(JSON.stringify(plain));
    expect(JSON.stringify(await run(store()))).to.equal(JSON.stringify(plain));
    write('Keys.cls', `public class Keys {\n\n  static final String API_KEY = '${canary.apiKey}';\n}`);
    write('More.cls', `public class More { static final String API_KEY = '${canary.token}'; }`);
    const changed = await run();
    expect(JSON.stringify(await run(store()))).to.equal(JSON.stringify(changed));
    expect(secretsIn(changed)).to.not.deep.equal(secretsIn(plain));
  });

  it('is used for the files that did not change', async () => {
    await run(store());
    const earlier: TextCache = {
      read: (key) => store().read(key)?.replaceAll('"line":2', '"line":77'),
      write: () => undefined,
    };
    write('Other.cls', 'public class Other {}');
    expect(secretsIn(await run(earlier)).join()).to.match(/Keys\.cls:77/);
    write('Keys.cls', `public class Keys {\n  static final String API_KEY = '${canary.token}';\n}`);
    expect(secretsIn(await run(earlier)).join()).to.match(/Keys\.cls:2/);
  });

  it('is found anew where it is damaged', async () => {
    const plain = JSON.stringify(await run(store()));
    for (const damaged of ['{', '{"nothing":{}}', '[]', '{"nothing":[],"answers":{"x":1}}']) {
      // eslint-disable-next-line no-await-in-loop -- one folder
      expect(JSON.stringify(await run({ read: () => damaged, write: () => undefined }))).to.equal(plain);
    }
    const wrong: TextCache = {
      read: (key) => store().read(key)?.replaceAll('"line":2', '"line":"2"'),
      write: () => undefined,
    };
    expect(JSON.stringify(await run(wrong))).to.equal(plain);
    writeFileSync(keptFile(), 'cut');
    expect(JSON.stringify(await run(store()))).to.equal(plain);
  });

  it('contains no secret and no path', async () => {
    await run(store());
    const text = readFileSync(keptFile(), 'utf8');
    expect(text).to.match(/"kind":"/);
    for (const secret of canaries) expect(text).to.not.contain(secret);
    expect(text).to.not.contain('Keys').and.not.contain('force-app');
  });
});
