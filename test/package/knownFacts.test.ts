import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { noCache, textCache } from '../../src/cli/textCache.js';
import { collectEvidence } from '../../src/engine/review.js';
import type { EvidenceOf } from '../../src/engine/types.js';
import { openIntegrations, openPackage, packageDomain } from '../../src/package/index.js';
import type { PackageFacts } from '../../src/package/facts.js';
import {
  factsOfFiles,
  keepFacts,
  loadKnown,
  withKnown,
  type FactStore,
} from '../../src/package/collectors/knownFacts.js';
import type { PackageSource } from '../../src/package/source/packageSource.js';
import { packageCollectors } from '../../src/package/collectors/index.js';
import { inRoot } from '../../scripts/tools/paths.js';
import { emptyPolicy } from '../support/emptyPolicy.js';

const asOf = new Date('2026-11-30T00:00:00Z');
const selection = { controls: ['all'] };

describe('facts that are known from an earlier run', () => {
  let folder: string;
  let cache: string;
  const edit = (...path: string[]): void => writeFileSync(join(folder, ...path), 'public class A {}');
  const classes = ['app', 'force-app', 'main', 'default', 'classes'];
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'known-')));
    cache = join(folder, 'cache');
    cpSync(inRoot('examples', 'acme-pay'), join(folder, 'app'), { recursive: true });
    mkdirSync(join(folder, ...classes), { recursive: true });
    edit(...classes, 'B.cls');
    cpSync(inRoot('examples', 'acme-pay', 'force-app'), join(folder, 'gateway'), { recursive: true });
    writeFileSync(join(folder, 'gateway', 'login.js'), "const user = await sf.login('a@b.example', 'x');\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = async (): Promise<PackageSource> => ({
    ...(await openPackage(join(folder, 'app'))),
    integrations: await openIntegrations([join(folder, 'gateway')], [], undefined),
  });
  const run = async (
    store: FactStore,
    with_ = selection
  ): Promise<{ facts: EvidenceOf<PackageFacts>; warm: boolean }> => {
    const source = await open();
    const known = await loadKnown(store, source, with_);
    const domain = known ? withKnown(packageDomain, known) : packageDomain;
    const facts = await collectEvidence(domain, source, { policy: emptyPolicy, asOf });
    if (!known) keepFacts(store, source, with_, facts);
    return { facts, warm: known !== undefined };
  };
  const store = (): FactStore => textCache(cache, 'a build');
  it('are the same bytes as those that are collected', async () => {
    const plain = await run(noCache);
    const cold = await run(store());
    const warm = await run(store());
    expect([cold.warm, warm.warm]).to.deep.equal([false, true]);
    expect(JSON.stringify(cold.facts)).to.equal(JSON.stringify(plain.facts));
    expect(JSON.stringify(warm.facts)).to.equal(JSON.stringify(plain.facts));
  });

  it('are not used after a file changed, came or went, in the package or in an integration', async () => {
    await run(store());
    writeFileSync(join(folder, ...classes, 'B.cls'), 'public class B { String s; }');
    expect((await run(store())).warm).to.equal(false);
    edit(...classes, 'New.cls');
    expect((await run(store())).warm).to.equal(false);
    rmSync(join(folder, ...classes, 'New.cls'));
    expect((await run(store())).warm, 'the state before is known').to.equal(true);
    edit('gateway', 'login.js');
    expect((await run(store())).warm).to.equal(false);
    expect((await run(store())).warm).to.equal(true);
  });

  it('are not used by another build, another selection or another place', async () => {
    await run(store());
    expect((await run(textCache(cache, 'another build'))).warm).to.equal(false);
    expect((await run(store(), { controls: ['one'] })).warm).to.equal(false);
    cpSync(join(folder, 'app'), join(folder, 'copy'), { recursive: true });
    const copy = { ...(await openPackage(join(folder, 'copy'))), integrations: [] };
    expect(await loadKnown(store(), copy, selection)).to.equal(undefined);
  });

  it('are collected anew where what was kept is damaged', async () => {
    const { facts } = await run(store());
    const file = join(cache, readdirSync(cache)[0] ?? '');
    const whole = readFileSync(file, 'utf8');
    for (const damaged of ['', whole.slice(0, -20), whole.replace('"complete"', '"unknown"'), '{"trees":[]}']) {
      writeFileSync(file, damaged);
      // eslint-disable-next-line no-await-in-loop -- one file
      const again = await run(store());
      expect(again.warm).to.equal(false);
      expect(JSON.stringify(again.facts)).to.equal(JSON.stringify(facts));
    }
  });

  it('cost nothing but time where nothing can be kept', async () => {
    writeFileSync(cache, 'a file where the folder should be');
    expect((await run(store())).warm).to.equal(false);
    expect((await run(store())).warm).to.equal(false);
  });

  it('come from collectors that look at nothing but listed files', async () => {
    const source = await open();
    const others = ['given', 'owners', 'probes', 'baseline', 'tracked'];
    const onlyFiles = new Proxy(source, {
      get: (of, name) => {
        if (others.includes(String(name))) throw new Error(`reads ${String(name)}`);
        return Reflect.get(of, name) as unknown;
      },
      ownKeys: (of) => Reflect.ownKeys(of).filter((name) => !others.includes(String(name))),
    });
    for (const fact of factsOfFiles) {
      const context = new Proxy({ asOf, params: {}, required: [] }, { get: (_, name) => expect.fail(String(name)) });
      // eslint-disable-next-line no-await-in-loop -- the name of the fact belongs to the message
      expect(await packageCollectors[fact].collect(onlyFiles, context), fact).to.have.property('status');
    }
  });
});
