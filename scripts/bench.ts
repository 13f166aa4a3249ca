import { parseArgs } from 'node:util';
import { benchFleet, benchOrg, benchWaterfall } from './tools/bench/org.js';
import { benchPackage } from './tools/bench/package.js';
import { writeParts } from './tools/bench/page.js';
import { benchRequests } from './tools/bench/requests.js';
import { benchStart } from './tools/bench/start.js';
import { build } from './tools/build.js';
import { newSf } from './tools/sf.js';

// Measures the commands and writes the figures into docs/benchmarks.md, where what is not measured stays as it is:
//   npm run bench                                                   all
//   npm run bench -- org [100 10000]                                audit-org; with sizes it is only shown
//   npm run bench -- waterfall                                      the round trips of an audit
//   npm run bench -- fleet                                          30 orgs in one run
//   npm run bench -- requests                                       how many requests an audit sends
//   npm run bench -- package [--source-dir <folder> --name <name>]  check-package, also on a repository of yours
//   npm run bench -- start                                          what the start of a command costs

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'source-dir': { type: 'string' }, name: { type: 'string' } },
});
const [what, ...sizes] = positionals;
if (what !== undefined && !['org', 'waterfall', 'fleet', 'requests', 'package', 'start'].includes(what))
  throw new Error(`Nothing to measure: ${what}.`);

await build();
const sf = newSf();
try {
  sf.install();
  const versions = (await sf.run(['version'])).stdout.trim();
  const asked = sizes.length > 0 ? sizes.map(Number) : [100, 10_000, 100_000];
  const asksFor = (part: string): boolean => what === undefined || what === part;
  const org = asksFor('org') ? await benchOrg(sf, asked, versions) : undefined;
  const waterfall = asksFor('waterfall') ? { waterfall: await benchWaterfall(sf) } : {};
  const fleet = asksFor('fleet') ? { fleet: await benchFleet(sf, versions) } : {};
  const folder = values['source-dir'];
  const repository = folder === undefined ? undefined : { folder, name: values.name };
  const parts = asksFor('package') ? await benchPackage(sf, versions, repository) : {};
  const start = asksFor('start') ? { start: await benchStart(sf, versions) } : {};
  // Last, because it moves the folders of sf for this process.
  const requests = asksFor('requests') ? { requests: await benchRequests() } : {};
  const measured = { ...(org === undefined ? {} : { org }), ...waterfall, ...fleet, ...parts, ...start, ...requests };
  console.log(Object.values(measured).join('\n\n'));
  if (sizes.length === 0) writeParts(measured);
} finally {
  sf.remove();
}
